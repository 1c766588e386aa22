//! Findings with words and positions in place of keys and bytes: what the formats for machines draw.

use serde::Serialize;

use super::{Context, fingerprint};
use crate::diagnostic::{Arg, Diagnostic, Label, Message, Severity};

/// Longer pieces of a file are cut within a message: the line in question shows them anyway.
const LONGEST: usize = 100;

/// A finding.
#[derive(Debug, Serialize)]
pub struct Finding {
    pub code: &'static str,
    #[serde(serialize_with = "severity_id")]
    pub severity: Severity,
    pub message: String,
    pub help: Option<String>,
    #[serde(flatten)]
    pub place: Option<Place>,
    pub related: Vec<Place>,
    /// Tells the finding from all others of the run and stays when lines are inserted above it.
    #[serde(skip)]
    pub fingerprint: String,
}

/// Lines and columns start at 1; columns count characters; the end is exclusive.
#[derive(Debug, Serialize)]
pub struct Place {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl Finding {
    /// Message and help as one text.
    pub fn sentence(&self) -> String {
        match &self.help {
            Some(help) if self.message.ends_with(['.', '!', '?']) => format!("{} {help}", self.message),
            Some(help) => format!("{}. {help}", self.message),
            None => self.message.clone(),
        }
    }

    /// The line that every reader of compiler messages understands.
    pub fn line(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("{}: ", place.short())).unwrap_or_default();
        one_line(&format!("{place}{}[{}]: {}", self.severity.id(), self.code, self.message))
    }

    /// The file; the program's name where a finding has none.
    pub fn file(&self) -> &str {
        self.place.as_ref().map_or(env!("CARGO_PKG_NAME"), |place| &place.file)
    }
}

impl Place {
    /// `path:line:column`.
    pub fn short(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn severity_id<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.id())
}

/// All findings, in their order.
pub fn all(context: Context<'_>, findings: &[Diagnostic]) -> Vec<Finding> {
    let fingerprints = fingerprint::all(&context.catalog.sources, findings);
    findings.iter().zip(fingerprints).map(|(own, fingerprint)| one(context, own, fingerprint)).collect()
}

fn one(context: Context<'_>, finding: &Diagnostic, fingerprint: String) -> Finding {
    let mut places = finding.labels.iter().map(|label| place(context, label));
    Finding {
        code: finding.code,
        severity: finding.severity,
        message: message(context, &finding.message),
        help: finding.help.as_ref().map(|text| help(context, text)),
        place: places.next(),
        related: places.collect(),
        fingerprint,
    }
}

fn place(context: Context<'_>, label: &Label) -> Place {
    let source = context.catalog.sources.get(label.source);
    let (start, end) = (source.position(label.span.start), source.position(label.span.end));
    Place {
        file: source.path.to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: label.text.as_ref().map(|text| message(context, text)),
    }
}

/// A message in the user's language. What it quotes from a file takes one line, and not a long one.
pub fn message(context: Context<'_>, message: &Message) -> String {
    context.words.message(&quoting(message, LONGEST))
}

/// A help; its lists of what is possible are never cut.
pub fn help(context: Context<'_>, help: &Message) -> String {
    context.words.message(&quoting(help, usize::MAX))
}

fn quoting(message: &Message, most: usize) -> Message {
    let quoted = |arg: &Arg| match arg {
        Arg::Key(key) => Arg::Key(key),
        Arg::Verbatim(text) => Arg::Verbatim(cut(one_line(text), most)),
        Arg::Text { de, en } => Arg::Text { de: one_line(de), en: one_line(en) },
    };
    Message { key: message.key, args: message.args.iter().map(|(gap, arg)| (*gap, quoted(arg))).collect() }
}

fn cut(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Text of files may hold line breaks and control characters, which a line for a terminal or a log must not.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split(char::is_control).filter(|piece| !piece.is_empty());
    out.extend(pieces.next());
    for piece in pieces {
        out.push(' ');
        out.push_str(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(one_line("a\r\nb\u{1b}[31mc\n"), "a b [31mc");
        assert_eq!(one_line("\n"), "");
    }

    #[test]
    fn only_long_pieces_are_cut() {
        assert_eq!(cut("äöü".into(), 3), "äöü");
        assert_eq!(cut("äöü".into(), 2), "äö…");
    }
}
