//! One messenger's page for a terminal.

use std::fmt::Write as _;

use super::{foot, table, text, wrap};
use crate::report::Words;
use crate::report::view::FactView;
use crate::report::view::sheet::SheetView;

/// Draws the page: verdicts, facts with their footing, measures, sources.
pub fn sheet(view: &SheetView, words: &Words<'_>, width: usize) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n\n{}\n", view.name, wrap(&view.summary, width, ""));
    if !view.ended.is_empty() {
        let _ =
            writeln!(out, "{}\n", words.fill("sheet.ended", &[("date", &view.ended), ("successor", &view.successor)]));
    }
    out.push_str(&verdicts(view, words, width));
    for area in &view.areas {
        let _ = writeln!(out, "\n{}\n", area.label);
        for fact in &area.facts {
            out.push_str(&paragraph(fact, words, width));
        }
    }
    if !view.measures.is_empty() {
        let _ = writeln!(out, "\n{}\n", words.get("sheet.measures"));
        for measure in &view.measures {
            let _ = writeln!(out, "{}", wrap(&measure.title, width, "  "));
            let _ = writeln!(out, "{}", wrap(&measure.how, width, "    "));
        }
    }
    let _ = writeln!(out, "\n{}\n", words.get("sheet.sources"));
    for source in &view.sources {
        let _ =
            writeln!(out, "{}", wrap(&format!("[{}] {}, {}", source.id, source.publisher, source.title), width, "  "));
        let _ = writeln!(out, "    {}", source.url);
    }
    out.push('\n');
    out.push_str(&foot(&view.head, width));
    out
}

fn verdicts(view: &SheetView, words: &Words<'_>, width: usize) -> String {
    let mut table = table(width);
    let head = ["use-case", "verdict", "shipped", "hardened"];
    table.set_header(head.iter().map(|name| words.named("column", name)));
    for (use_case, row) in &view.verdicts {
        table.add_row([
            use_case.label.clone(),
            format!("{} {}", row.verdict.symbol, row.verdict.label),
            row.shipped.score.label.clone(),
            row.hardened.score.label.clone(),
        ]);
    }
    text(table)
}

/// A fact: value in the first line, then note and footing.
fn paragraph(fact: &FactView, words: &Words<'_>, width: usize) -> String {
    let mut out = format!("{}\n", wrap(&format!("{}: {}", fact.label, fact.value), width, "  "));
    if !fact.note.is_empty() {
        let _ = writeln!(out, "{}", wrap(&fact.note, width, "    "));
    }
    let mut footing: Vec<String> = Vec::new();
    if !fact.inherited_from.is_empty() {
        footing.push(words.fill("fact.inherited", &[("name", &fact.inherited_from)]));
    }
    if fact.vendor_only {
        footing.push(words.get("fact.vendor-only").to_owned());
    }
    if !fact.confidence_label.is_empty() {
        footing.push(words.fill("fact.confidence", &[("level", &fact.confidence_label)]));
    }
    if !fact.basis_label.is_empty() {
        footing.push(fact.basis_label.clone());
    }
    if !fact.sources.is_empty() {
        let ids: Vec<&str> = fact.sources.iter().map(|source| source.id.as_str()).collect();
        footing.push(format!("[{}]", ids.join(", ")));
    }
    if !footing.is_empty() {
        let _ = writeln!(out, "{}", wrap(&footing.join(" · "), width, "    "));
    }
    out
}
