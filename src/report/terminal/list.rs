//! Plain lists.

use std::fmt::Write as _;

use super::{table, text};
use crate::report::view::lists::ListView;

/// Draws a list.
pub fn list(view: &ListView, width: usize) -> String {
    let mut table = table(width);
    table.set_header(view.columns.clone());
    for row in &view.rows {
        table.add_row(row.clone());
    }
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", view.title);
    out.push_str(&text(table));
    out
}
