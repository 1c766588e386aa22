//! Tables for a terminal: legible at 80 columns, never by colour alone, the same in a pipe.

mod compare;
mod diff;
mod facts;
mod list;
mod sheet;

pub use compare::compare;
pub use diff::diff;
pub use facts::facts;
pub use list::list;
pub use sheet::sheet;

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};

use super::view::Head;

/// Narrower than this, tables cannot be drawn sensibly; they are drawn this wide.
pub const MIN_WIDTH: usize = 60;

/// Calm: no borders, no lines between rows, one line below the header.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

/// An empty table of the house style: one line below the header, columns apart by blanks.
fn table(width: usize) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width.max(MIN_WIDTH)).unwrap_or(u16::MAX));
    table
}

/// A table's text, columns two blanks apart, without trailing blanks.
fn text(mut table: Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut out = String::new();
    for line in table.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Breaks a text into lines of at most `width` characters, each after `indent`.
pub fn wrap(text: &str, width: usize, indent: &str) -> String {
    let room = width.saturating_sub(indent.chars().count()).max(20);
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let used = lines.last().map_or(0, |line| line.chars().count());
        if used > 0 && used + 1 + word.chars().count() > room {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.iter().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

/// What stands under every result: day, data, and that it is no legal advice.
fn foot(head: &Head, width: usize) -> String {
    format!("{}\n{}\n", wrap(&head.data, width, ""), wrap(&head.disclaimer, width, ""))
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_are_broken_between_words_only() {
        assert_eq!(wrap("eins zwei drei vier fünf sechs", 22, "  "), "  eins zwei drei vier\n  fünf sechs");
        let long = "Auftragsverarbeitungsvertragsverhandlung";
        assert_eq!(wrap(long, 20, ""), long);
    }
}
