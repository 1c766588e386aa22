//! The comparison as tables.

use std::fmt::Write as _;

use comfy_table::CellAlignment;

use super::{foot, table, text, wrap};
use crate::report::Words;
use crate::report::view::compare::{CompareView, MatrixView, RowView};

/// From this width on everything fits into one table.
const WIDE: usize = 132;

/// Draws the comparison. `why` adds the reason of each verdict.
pub fn compare(view: &CompareView, words: &Words<'_>, width: usize, why: bool) -> String {
    let mut out = String::new();
    for matrix in &view.use_cases {
        let title = words.fill("compare.title", &[("title", &matrix.title), ("id", &matrix.id)]);
        let _ = writeln!(out, "{}\n", wrap(&title, width, ""));
        if width >= WIDE {
            out.push_str(&verdicts(view, matrix, words, width, true));
        } else {
            out.push_str(&verdicts(view, matrix, words, width, false));
            let _ = writeln!(out, "\n{}\n", wrap(words.get("compare.goals-title"), width, ""));
            out.push_str(&goals(view, matrix, words, width));
        }
        if why {
            let _ = writeln!(out, "\n{}\n", words.get("compare.why-title"));
            out.push_str(&reasons(matrix, words, width));
        }
        out.push('\n');
    }
    let legend = view.goals.iter().map(|goal| format!("{} = {}", goal.short, goal.label)).collect::<Vec<_>>();
    let _ = writeln!(out, "{}", wrap(words.get("compare.legend"), width, ""));
    let _ = writeln!(out, "{}\n", wrap(&legend.join(", "), width, ""));
    out.push_str(&foot(&view.head, width));
    if !why {
        let _ = writeln!(out, "{}", wrap(words.get("compare.hint"), width, ""));
    }
    out
}

fn verdicts(view: &CompareView, matrix: &MatrixView, words: &Words<'_>, width: usize, wide: bool) -> String {
    let mut table = table(width);
    let mut head: Vec<String> = ["rank", "messenger", "verdict", "shipped", "hardened", "coverage"]
        .iter()
        .map(|name| words.named("column", name))
        .collect();
    if wide {
        head.extend(view.goals.iter().map(|goal| goal.short.clone()));
    }
    table.set_header(head);
    for row in &matrix.rows {
        let coverage = row.shipped.score.coverage.map_or_else(|| "–".into(), |share| format!("{share} %"));
        let mut cells = vec![
            row.rank.to_string(),
            row.name.clone(),
            format!("{} {}", row.verdict.symbol, row.verdict.label),
            row.shipped.score.label.clone(),
            row.hardened.score.label.clone(),
            coverage,
        ];
        if wide {
            cells.extend(goal_cells(row));
        }
        table.add_row(cells);
    }
    if let Some(rank) = table.column_mut(0) {
        rank.set_cell_alignment(CellAlignment::Right);
    }
    text(table)
}

fn goals(view: &CompareView, matrix: &MatrixView, words: &Words<'_>, width: usize) -> String {
    let mut table = table(width);
    let mut head = vec![words.named("column", "messenger")];
    head.extend(view.goals.iter().map(|goal| goal.short.clone()));
    table.set_header(head);
    for row in &matrix.rows {
        let mut cells = vec![row.name.clone()];
        cells.extend(goal_cells(row));
        table.add_row(cells);
    }
    text(table)
}

/// One cell per goal: as shipped above, hardened below; one line where nothing changes at all.
fn goal_cells(row: &RowView) -> Vec<String> {
    let pairs = || row.shipped.goals.iter().zip(&row.hardened.goals);
    let same = pairs().all(|(shipped, hardened)| shipped.label == hardened.label);
    pairs()
        .map(
            |(shipped, hardened)| {
                if same { shipped.label.clone() } else { format!("{}\n{}", shipped.label, hardened.label) }
            },
        )
        .collect()
}

/// Why each verdict came out as it did, one paragraph per messenger.
fn reasons(matrix: &MatrixView, words: &Words<'_>, width: usize) -> String {
    let mut out = String::new();
    for row in &matrix.rows {
        let _ = writeln!(out, "{} {}: {}", row.verdict.symbol, row.name, row.verdict.label);
        for line in reason_lines(row, words) {
            let _ = writeln!(out, "{}", wrap(&line, width, "    "));
        }
    }
    out
}

fn reason_lines(row: &RowView, words: &Words<'_>) -> Vec<String> {
    let join = |names: &[crate::report::view::Named]| {
        names.iter().map(|name| name.label.as_str()).collect::<Vec<_>>().join("; ")
    };
    let mut lines = Vec::new();
    if !row.failed.is_empty() {
        lines.push(words.fill("compare.why-failed", &[("list", &join(&row.failed))]));
    }
    if !row.open.is_empty() {
        lines.push(words.fill("compare.why-open", &[("list", &join(&row.open))]));
    }
    for (at, cure) in row.cures.iter().enumerate() {
        let key = if at == 0 { "compare.why-cure" } else { "compare.why-or" };
        lines.push(words.fill(key, &[("list", &join(cure))]));
    }
    lines
}
