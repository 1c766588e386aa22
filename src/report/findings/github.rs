//! Findings as GitHub Actions' workflow commands, which show them at the lines of a pull request.

use std::fmt::Write as _;

use super::Context;
use super::resolved::{self, Finding, Place, one_line};
use crate::diagnostic::{Diagnostic, Severity};

/// All findings; nothing where there are none.
pub fn render(context: Context<'_>, findings: &[Diagnostic]) -> String {
    resolved::all(context, findings).iter().map(|finding| command(finding) + "\n").collect()
}

fn command(finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut out = format!("::{name} ");
    if let Some(place) = &finding.place {
        let _ = write!(out, "file={},line={}", property(&place.file), place.line);
        // GitHub refuses columns of a place that runs over several lines.
        if place.line == place.end_line {
            let _ = write!(out, ",col={},endLine={},endColumn={},", place.column, place.end_line, place.end_column);
        } else {
            let _ = write!(out, ",endLine={},", place.end_line);
        }
    }
    let _ = write!(out, "title={}::{}", property(finding.code), data(&message(finding)));
    out
}

/// The sentence, then a line for each further place.
fn message(finding: &Finding) -> String {
    let related = |place: &Place| match &place.label {
        Some(label) => format!("{}: {label}", place.short()),
        None => place.short(),
    };
    let lines = std::iter::once(finding.sentence()).chain(finding.related.iter().map(related));
    lines.map(|line| one_line(&line)).collect::<Vec<_>>().join("\n")
}

/// What stands after `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands after `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_is_escaped() {
        assert_eq!(property("a%0A,b:\r\n"), "a%250A%2Cb%3A%0D%0A");
        assert_eq!(data("a,b: 5 %\n"), "a,b: 5 %25%0A");
    }
}
