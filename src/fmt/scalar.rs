//! How a value is written: plain where that is safe, else in single quotes, in double ones where only escapes will do;
//! a long text as a folded block.

use std::fmt::Write as _;

use super::tree::{Scalar, Style};
use super::wrap;
use crate::source::{Source, SourceId};
use crate::yaml::{self, Kind};

/// A value ready to be printed.
#[derive(Debug, PartialEq, Eq)]
pub enum Form {
    /// On the line of its key or dash.
    Inline(String),
    /// A header on that line, and lines below it, without indentation.
    Block(String, Vec<String>),
}

/// Where a value is to stand.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Columns taken before it.
    pub used: usize,
    /// Indentation of a block below.
    pub indent: usize,
    /// Whether the file holds the program's texts: there every text is in double quotes.
    pub texts: bool,
}

/// How a value is written in block style.
pub fn form(scalar: &Scalar, place: Place) -> Form {
    let block = matches!(scalar.style, Style::Literal | Style::Folded);
    if block && scalar.value.contains('\n') {
        return lines(scalar, place);
    }
    let inline = inline(scalar, false, place.texts);
    if (place.texts && !block) || !foldable(&scalar.value) || keeps_escapes(scalar) {
        return Form::Inline(inline);
    }
    // Around the width a text stays as it is, so that it does not flip with every word.
    let limit = if scalar.style == Style::Folded { wrap::NARROW } else { wrap::WIDTH };
    if place.used + inline.chars().count() <= limit {
        return Form::Inline(inline);
    }
    let words = words(&scalar.value);
    let written: Vec<&str> = match scalar.style {
        Style::Folded => scalar.raw.lines().map(str::trim).collect(),
        _ => Vec::new(),
    };
    Form::Block(">-".to_owned(), wrap::fill(&words, place.indent, &written))
}

/// How a value is written on one line. `flow` is whether it stands in brackets or braces.
pub fn inline(scalar: &Scalar, flow: bool, texts: bool) -> String {
    let value = scalar.value.as_str();
    if scalar.style == Style::Plain && scalar.on_one_line() {
        return if texts && is_text(value) { double(value) } else { scalar.raw.clone() };
    }
    if keeps_escapes(scalar) {
        return scalar.raw.clone();
    }
    if texts || value.contains(needs_escape) {
        return double(value);
    }
    quoted(value, flow)
}

/// How a key is written.
pub fn key(scalar: &Scalar, flow: bool) -> String {
    if scalar.style == Style::Plain && scalar.on_one_line() || keeps_escapes(scalar) {
        return scalar.raw.clone();
    }
    let value = scalar.value.as_str();
    if value.contains(needs_escape) { double(value) } else { quoted(value, flow) }
}

fn quoted(value: &str, flow: bool) -> String {
    if plain_is_safe(value, flow) { value.to_owned() } else { format!("'{}'", value.replace('\'', "''")) }
}

/// Whoever writes `"\u00a0"` wants it to be seen.
fn keeps_escapes(scalar: &Scalar) -> bool {
    let inside = || {
        let without = scalar.raw.replace("\\\\", "").replace("\\\"", "");
        without.contains('\\')
    };
    scalar.style == Style::Double && scalar.on_one_line() && inside()
}

/// Characters that only an escape shows or keeps.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// In double quotes, with escapes.
fn double(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Infallible for a string.
            c if needs_escape(c) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether our reader takes this plain word for text.
fn is_text(value: &str) -> bool {
    read(&format!("- {value}")).is_some_and(|kind| matches!(kind, Kind::Text(_)))
}

/// The only entry of a list, as our reader sees it.
fn read(list: &str) -> Option<Kind> {
    let source = Source { path: "".into(), text: list.to_owned().into(), embedded: false };
    match yaml::parse(&source, SourceId(0)).ok()?.kind {
        Kind::List(mut items) if items.len() == 1 => items.pop().map(|item| item.kind),
        _ => None,
    }
}

/// Whether a text needs no quotes: our reader must read the very same text, and no other reader may be tempted to
/// see a number, a date, a yes or a comment.
fn plain_is_safe(value: &str, flow: bool) -> bool {
    if value.contains(": ") || value.contains(" #") || (flow && value.contains(":/")) || value.ends_with(':') {
        return false;
    }
    if value.starts_with("---") || value.starts_with("...") {
        return false;
    }
    if value.starts_with(|c: char| ",[]{}#&*!|>'\"%@`?:".contains(c)) || tempting(value) {
        return false;
    }
    if flow && value.contains([',', '[', ']', '{', '}']) {
        return false;
    }
    let list = if flow { format!("[{value}]") } else { format!("- {value}") };
    read(&list) == Some(Kind::Text(value.to_owned()))
}

/// What readers of other versions of YAML do not take for text.
fn tempting(value: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"];
    let number = value.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && value.chars().all(|c| c.is_ascii_digit() || "+-.,:_/ eExXoOTZ".contains(c));
    number || words.iter().any(|word| word.eq_ignore_ascii_case(value))
}

/// Whether a block may break the text and lose nothing.
fn foldable(value: &str) -> bool {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let ends = blank(value.chars().next()) || blank(value.chars().next_back());
    !ends && !value.contains(needs_escape) && words(value).len() > 1
}

/// The pieces between which a text may be broken: at single blanks only.
fn words(value: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut start = 0;
    for (at, _) in value.match_indices(' ') {
        let around = [value[..at].chars().next_back(), value[at + 1..].chars().next()];
        if around.iter().all(|c| c.is_some_and(|c| !c.is_whitespace())) {
            words.push(value[start..at].to_owned());
            start = at + 1;
        }
    }
    words.push(value[start..].to_owned());
    words
}

/// A text of several lines or paragraphs.
fn lines(scalar: &Scalar, place: Place) -> Form {
    let content = scalar.value.trim_end_matches('\n');
    let ends = scalar.value.len() - content.len();
    let printable = |c: char| c == '\n' || c == '\t' || !needs_escape(c);
    if content.is_empty() || !content.chars().all(printable) {
        return Form::Inline(double(&scalar.value));
    }
    let paragraphs: Vec<&str> = content.split('\n').collect();
    let whole = |line: &&str| line.is_empty() || line.trim() == *line;
    let fold = scalar.style == Style::Folded && paragraphs.iter().all(whole);
    let mut lines: Vec<String> = Vec::new();
    if fold {
        for (at, paragraph) in paragraphs.iter().enumerate() {
            if at > 0 {
                lines.push(String::new());
            }
            if !paragraph.is_empty() {
                lines.extend(wrap::fill(&words(paragraph), place.indent, &[]));
            }
        }
    } else {
        lines.extend(paragraphs.iter().map(|line| (*line).to_owned()));
    }
    // Without this the blanks at the beginning would count as indentation.
    let begins = paragraphs.iter().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with(' '));
    let end = match ends {
        0 => "-",
        1 => "",
        _ => "+",
    };
    lines.extend(std::iter::repeat_n(String::new(), ends.saturating_sub(1)));
    Form::Block(format!("{}{}{end}", if fold { '>' } else { '|' }, if begins { "2" } else { "" }), lines)
}
