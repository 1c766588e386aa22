//! Facts side by side, as many messengers at a time as fit.

use std::fmt::Write as _;

use super::{foot, table, text, wrap};
use crate::report::Words;
use crate::report::view::facts::{AreaView, FactsView};

/// Columns for the facts' labels and for each messenger.
const LABEL: usize = 26;
const MESSENGER: usize = 17;

/// Draws the table, in several blocks if the messengers do not fit beside each other.
pub fn facts(view: &FactsView, words: &Words<'_>, width: usize) -> String {
    let at_once = (width.saturating_sub(LABEL) / MESSENGER).max(1);
    let mut out = String::new();
    for from in (0..view.messengers.len()).step_by(at_once) {
        let to = (from + at_once).min(view.messengers.len());
        for area in &view.areas {
            out.push_str(&block(view, area, from, to, width));
            out.push('\n');
        }
    }
    let _ = writeln!(out, "{}\n", wrap(words.get("facts.legend"), width, ""));
    out.push_str(&foot(&view.head, width));
    out
}

fn block(view: &FactsView, area: &AreaView, from: usize, to: usize, width: usize) -> String {
    let mut table = table(width);
    let mut head = vec![area.label.clone()];
    head.extend(view.messengers[from..to].iter().map(|messenger| messenger.name.clone()));
    table.set_header(head);
    for row in &area.rows {
        let mut cells = vec![row.label.clone()];
        cells.extend(row.cells[from..to].iter().map(|cell| {
            let mark = if cell.marks.is_empty() { String::new() } else { format!(" {}", cell.marks) };
            format!("{}{mark}", cell.fact.value)
        }));
        table.add_row(cells);
    }
    text(table)
}
