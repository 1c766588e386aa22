//! A YAML document as a tree that knows where everything stands.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_yaml as saphyr;

use crate::diagnostic::Diagnostic;
use crate::model::Spanned;
use crate::source::{Position, Source, SourceId, Span};

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands. For a list or map: from its first to its last entry.
    pub span: Span,
}

/// What a node is. Which type a scalar becomes is decided by the reader's expectation, not by its looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, `null` or `~`.
    Null,
    /// `true`, `false` or something that looks like a number, exactly as written.
    Plain(String),
    /// Any other scalar, escapes resolved.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in file order; keys are unique.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// A span good to point at: the first entry of a list or map, else the scalar itself.
    pub fn anchor(&self) -> Span {
        match &self.kind {
            Kind::List(items) => items.first().map_or(self.span, Self::anchor),
            Kind::Map(entries) => entries.first().map_or(self.span, |(key, _)| key.span),
            _ => self.span,
        }
    }

    /// The scalar's text, if it is one.
    pub fn scalar(&self) -> Option<&str> {
        match &self.kind {
            Kind::Plain(text) | Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entry of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|(name, _)| name.as_str() == key).map(|(_, node)| node),
            _ => None,
        }
    }
}

/// Reads one document. The first syntax error ends it.
pub fn parse(source: &Source, id: SourceId) -> Result<Node, Box<Diagnostic>> {
    match saphyr::from_str_with_options::<Raw>(&source.text, options()) {
        Ok(raw) => match raw.into_node(&source.text) {
            Node { kind: Kind::Null, .. } => Err(Box::new(Diagnostic::error("empty-file", id, Span::default()))),
            node => Ok(node),
        },
        Err(error) => Err(Box::new(diagnose(&error, source, id))),
    }
}

/// Plain YAML 1.2 only: no aliases, merge keys, tags or second documents; `yes` is a word, `007` is text.
fn options() -> saphyr::Options {
    saphyr::options! {
        budget: saphyr::budget! {
            max_aliases: 0,
            max_anchors: 0,
            max_depth: 16,
            max_nodes: 20_000,
            max_events: 60_000,
            max_documents: 1,
        },
        duplicate_keys: saphyr::DuplicateKeyPolicy::Error,
        merge_keys: saphyr::MergeKeyPolicy::Error,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        reject_unsupported_tags: true,
        with_snippet: false,
        // They are not data and must not count against the budget.
        emit_comments: false,
    }
}

fn diagnose(error: &saphyr::Error, source: &Source, id: SourceId) -> Diagnostic {
    let start = error.location().map_or(0, |at| match at.span().byte_offset() {
        Some(byte) => Span::new(usize::try_from(byte).unwrap_or(usize::MAX), 0).start,
        None => source.offset(Position {
            line: usize::try_from(at.line()).unwrap_or(usize::MAX),
            column: usize::try_from(at.column()).unwrap_or(usize::MAX),
        }),
    });
    let start = start.min(Span::new(source.text.len(), 0).start);
    let span = Span { start, end: start };
    match error {
        saphyr::Error::DuplicateMappingKey { key, .. } => {
            let key = key.clone().unwrap_or_default();
            Diagnostic::error("duplicate-key", id, widen(span, &key)).with("key", key)
        }
        saphyr::Error::Budget { breach, .. } => Diagnostic::error(breach_code(&format!("{breach:?}")), id, span),
        saphyr::Error::MultipleDocuments { .. } => Diagnostic::error("several-documents", id, span),
        saphyr::Error::UnsupportedTag { .. } => Diagnostic::error("yaml-tag", id, span),
        saphyr::Error::Eof { .. } => Diagnostic::error("empty-file", id, span),
        other => {
            let text = other.to_string();
            let detail = text.lines().next().unwrap_or_default();
            if detail.contains("unknown anchor") {
                return Diagnostic::error("yaml-alias", id, span);
            }
            if detail.contains("recursion limit") {
                return Diagnostic::error("yaml-too-large", id, span);
            }
            // The parser points at the scalar it was reading; the tab is what is wrong.
            let tab = detail.contains("found a tab").then(|| source.text[span.start as usize..].find('\t')).flatten();
            let span = tab.map_or(span, |at| Span::new(span.start as usize + at, span.start as usize + at + 1));
            Diagnostic::error("yaml-syntax", id, span).with("detail", without_position(detail))
        }
    }
}

/// Which of the limits was passed, by the name the parser gives it.
fn breach_code(breach: &str) -> &'static str {
    if breach.starts_with("Documents") {
        "several-documents"
    } else if breach.starts_with("Alias") || breach.starts_with("Anchor") {
        "yaml-alias"
    } else {
        "yaml-too-large"
    }
}

fn widen(span: Span, text: &str) -> Span {
    Span::new(span.start as usize, span.start as usize + text.len())
}

/// The parser repeats line and column in its message; we print them ourselves.
fn without_position(detail: &str) -> String {
    let detail = detail.strip_prefix("error: ").unwrap_or(detail);
    let cut = [" at line ", " (line "].iter().filter_map(|mark| detail.find(mark)).min();
    let detail = cut.map_or(detail, |at| &detail[..at]);
    match detail.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        Some((_, message)) => message.to_owned(),
        None => detail.to_owned(),
    }
}

/// The tree as serde-saphyr gives it.
struct Raw(saphyr::Spanned<RawKind>);

enum RawKind {
    Null,
    Plain,
    Text(String),
    List(Vec<Raw>),
    Map(Vec<(saphyr::Spanned<String>, Raw)>),
}

impl Raw {
    fn into_node(self, text: &str) -> Node {
        let own = byte_span(&self.0.referenced);
        let kind = match self.0.value {
            RawKind::Null => Kind::Null,
            RawKind::Plain => {
                let raw = text.get(own.start as usize..own.end as usize).unwrap_or_default();
                Kind::Plain(raw.trim().to_owned())
            }
            RawKind::Text(value) => Kind::Text(value),
            RawKind::List(items) => Kind::List(items.into_iter().map(|item| item.into_node(text)).collect()),
            RawKind::Map(entries) => Kind::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let span = byte_span(&key.referenced);
                        (Spanned { value: key.value, span }, value.into_node(text))
                    })
                    .collect(),
            ),
        };
        let ends = match &kind {
            Kind::List(items) => items.first().zip(items.last()).map(|(a, b)| (a.span, b.span)),
            Kind::Map(entries) => entries.first().zip(entries.last()).map(|(a, b)| (a.0.span, b.1.span)),
            _ => None,
        };
        let span = ends.map_or(own, |(first, last)| Span { start: first.start, end: last.end.max(first.end) });
        Node { kind, span }
    }
}

fn byte_span(at: &saphyr::Location) -> Span {
    let number = |value: Option<u64>| usize::try_from(value.unwrap_or(0)).unwrap_or(usize::MAX);
    let start = number(at.span().byte_offset());
    Span::new(start, start.saturating_add(number(at.span().byte_len())))
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        saphyr::Spanned::deserialize(deserializer).map(Raw)
    }
}

impl<'de> Deserialize<'de> for RawKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }
    fn visit_unit<E: Error>(self) -> Result<RawKind, E> {
        Ok(RawKind::Null)
    }
    fn visit_none<E: Error>(self) -> Result<RawKind, E> {
        Ok(RawKind::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawKind, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_bool<E: Error>(self, _: bool) -> Result<RawKind, E> {
        Ok(RawKind::Plain)
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<RawKind, E> {
        Ok(RawKind::Plain)
    }
    fn visit_u64<E: Error>(self, _: u64) -> Result<RawKind, E> {
        Ok(RawKind::Plain)
    }
    fn visit_i128<E: Error>(self, _: i128) -> Result<RawKind, E> {
        Ok(RawKind::Plain)
    }
    fn visit_u128<E: Error>(self, _: u128) -> Result<RawKind, E> {
        Ok(RawKind::Plain)
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<RawKind, E> {
        Ok(RawKind::Plain)
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<RawKind, E> {
        Ok(RawKind::Text(text.to_owned()))
    }
    fn visit_string<E: Error>(self, text: String) -> Result<RawKind, E> {
        Ok(RawKind::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RawKind, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(RawKind::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawKind, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(RawKind::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn read(text: &str) -> Result<Node, Box<Diagnostic>> {
        let source = Source { path: "t.yaml".into(), text: Cow::Owned(text.to_owned()), embedded: false };
        parse(&source, SourceId(0))
    }

    fn code(text: &str) -> &'static str {
        read(text).map_or_else(|finding| finding.code, |_| "read")
    }

    #[test]
    fn scalars_keep_what_was_written() {
        let text = "a: no\nb: 1.10\nc: 0755\nd: \"true\"\ne: true\nf: 2026-11-22\ng: 1_000\nh: NO\n";
        let node = read(text).unwrap();
        let got = |key| node.get(key).map(|entry| entry.kind.clone());
        assert_eq!(got("a"), Some(Kind::Text("no".into())));
        assert_eq!(got("b"), Some(Kind::Plain("1.10".into())));
        assert_eq!(got("c"), Some(Kind::Text("0755".into())));
        assert_eq!(got("d"), Some(Kind::Text("true".into())));
        assert_eq!(got("e"), Some(Kind::Plain("true".into())));
        assert_eq!(got("f"), Some(Kind::Text("2026-11-22".into())));
        assert_eq!(got("g"), Some(Kind::Text("1_000".into())));
        assert_eq!(got("h"), Some(Kind::Text("NO".into())));
    }

    #[test]
    fn spans_point_at_the_text_umlauts_included() {
        let text = "ä: [ö, ü]\nb:\n  c: 'ß'\n";
        let node = read(text).unwrap();
        let cut = |span: Span| &text[span.start as usize..span.end as usize];
        let Kind::List(items) = &node.get("ä").unwrap().kind else { panic!("list") };
        assert_eq!(cut(items[1].span), "ü");
        assert_eq!(cut(node.get("b").unwrap().anchor()), "c");
    }

    #[test]
    fn what_plain_yaml_does_not_have_is_refused_with_its_own_name() {
        assert_eq!(code("a: 1\na: 2\n"), "duplicate-key");
        assert_eq!(code("a: &x 1\nb: *x\n"), "yaml-alias");
        assert_eq!(code("a: 1\n---\nb: 2\n"), "several-documents");
        assert_eq!(code("a: !!binary aGk=\nb: !foo x\n"), "yaml-tag");
        assert_eq!(code("a: [1, 2\n"), "yaml-syntax");
        assert_eq!(code(&"[".repeat(100_000)), "yaml-too-large");
        assert_eq!(code(&format!("a: [{}]", "1,".repeat(30_000))), "yaml-too-large");
        assert_eq!(code("<<: {a: 1}\n"), "yaml-syntax");
        assert_eq!(code("# nothing\n"), "empty-file");
    }
}
