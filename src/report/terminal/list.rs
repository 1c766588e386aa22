//! Plain lists.

use std::fmt::Write as _;

use comfy_table::ColumnConstraint;

use super::{table, text, wrap};
use crate::report::view::lists::ListView;

/// Columns whose cells are all at most this wide keep their width.
const SHORT: usize = 18;

/// Draws a list.
pub fn list(view: &ListView, width: usize) -> String {
    let mut table = table(width);
    table.set_header(view.columns.clone());
    for row in &view.rows {
        table.add_row(row.clone());
    }
    // Ids and short cells are never broken; what reads as text shares the rest.
    let widths = table.column_max_content_widths();
    for ((at, column), width) in table.column_iter_mut().enumerate().zip(widths) {
        if at == 0 || usize::from(width) <= SHORT {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", wrap(&view.title, width, ""));
    out.push_str(&text(table));
    out
}
