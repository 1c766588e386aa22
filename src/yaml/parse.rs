//! From text to tree: plain YAML 1.2 and nothing else, within limits.
//!
//! Built from the events of the parser, so that what is refused (anchors, aliases, tags, directives, a second
//! document, two equal keys) is refused by its own name at its own place, and too large a file as soon as it is.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError};

use super::{Kind, Node};
use crate::diagnostic::{Diagnostic, Message};
use crate::model::Spanned;
use crate::source::{Position, Source, SourceId, Span};

/// How deep lists and maps may be nested; the deepest real file has 9 levels.
const MAX_DEPTH: usize = 16;
/// How many keys and values a file may have; the largest real profile has about 3,000.
const MAX_NODES: usize = 20_000;

/// Reads one document. The first mistake ends it.
pub fn parse(source: &Source, id: SourceId) -> Result<Node, Box<Diagnostic>> {
    let mut reader =
        Reader { parser: Parser::new_from_str_with_options(&source.text, options()), source, id, nodes: 0 };
    let node = reader.document()?;
    match node.kind {
        Kind::Null => reader.refuse("empty-file", 0..0),
        _ => Ok(node),
    }
}

fn options() -> Options {
    let mut options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        // One more than is allowed: what is too deep is then found by us and called so.
        flow_nesting_limit: MAX_DEPTH + 1,
        block_nesting_limit: MAX_DEPTH + 1,
    };
    // They are no data.
    options.set_emit_comments(false);
    options
}

struct Reader<'a> {
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    source: &'a Source,
    id: SourceId,
    nodes: usize,
}

type Found<T> = Result<T, Box<Diagnostic>>;

impl<'a> Reader<'a> {
    fn document(&mut self) -> Found<Node> {
        let mut found = None;
        while let Some((event, place)) = self.next()? {
            match event {
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                Event::DocumentStart(..) if found.is_some() => return self.refuse("several-documents", place),
                Event::DocumentStart(..) => {
                    let Some((event, place)) = self.next()? else { break };
                    found = Some(self.node(event, place, 0)?);
                }
                _ => return self.refuse("yaml-syntax", place),
            }
        }
        Ok(found.unwrap_or(Node { kind: Kind::Null, span: Span::default() }))
    }

    fn next(&mut self) -> Found<Option<(Event<'a>, Range<usize>)>> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, span.byte_range().unwrap_or(0..0)))),
            Some(Err(error)) => self.explain(&error),
        }
    }

    fn node(&mut self, event: Event<'a>, place: Range<usize>, depth: usize) -> Found<Node> {
        self.nodes += 1;
        if self.nodes > MAX_NODES || depth > MAX_DEPTH {
            return self.refuse("yaml-too-large", place);
        }
        match event {
            Event::Scalar(.., Some(_)) | Event::SequenceStart(.., Some(_)) | Event::MappingStart(.., Some(_)) => {
                self.refuse("yaml-tag", place)
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.refuse("yaml-alias", place),
            Event::Scalar(_, _, anchor, _) | Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _)
                if anchor != 0 =>
            {
                self.refuse("yaml-alias", place)
            }
            Event::Scalar(text, style, ..) => {
                let span = Span::new(place.start, place.end);
                Ok(Node { kind: scalar(&text, style), span })
            }
            Event::SequenceStart(..) => self.list(place, depth),
            Event::MappingStart(..) => self.map(place, depth),
            _ => self.refuse("yaml-syntax", place),
        }
    }

    fn list(&mut self, place: Range<usize>, depth: usize) -> Found<Node> {
        let mut items: Vec<Node> = Vec::new();
        while let Some((event, at)) = self.next()? {
            if event == Event::SequenceEnd {
                break;
            }
            items.push(self.node(event, at, depth + 1)?);
        }
        let span = match (items.first(), items.last()) {
            (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end.max(first.span.end) },
            _ => Span::new(place.start, place.end),
        };
        Ok(Node { kind: Kind::List(items), span })
    }

    fn map(&mut self, place: Range<usize>, depth: usize) -> Found<Node> {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        let mut known = Known::default();
        while let Some((event, at)) = self.next()? {
            if event == Event::MappingEnd {
                break;
            }
            let key = self.key(event, at, depth)?;
            if let Some(first) = known.first(&key, &entries) {
                let finding = Diagnostic::error("duplicate-key", self.id, key.span).with("key", key.as_str());
                return Err(Box::new(finding.also(self.id, first, Message::new("first-here"))));
            }
            let Some((event, at)) = self.next()? else { break };
            entries.push((key, self.node(event, at, depth + 1)?));
        }
        let span = match (entries.first(), entries.last()) {
            (Some((first, _)), Some((_, last))) => {
                Span { start: first.span.start, end: last.span.end.max(first.span.end) }
            }
            _ => Span::new(place.start, place.end),
        };
        Ok(Node { kind: Kind::Map(entries), span })
    }

    /// A key is text, whatever it looks like; `<<` would mean something else to other readers.
    fn key(&mut self, event: Event<'a>, place: Range<usize>, depth: usize) -> Found<Spanned<String>> {
        let merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
        let nothing = matches!(&event, Event::Scalar(_, ScalarStyle::Plain, ..)) && place.is_empty();
        let node = self.node(event, place.clone(), depth)?;
        if merge || nothing {
            return self.syntax("yaml.key", place);
        }
        let text = match node.kind {
            Kind::Plain(text) | Kind::Text(text) => text,
            Kind::Null => self.source.text.get(place.clone()).unwrap_or_default().to_owned(),
            Kind::List(_) | Kind::Map(_) => return self.syntax("yaml.key", place),
        };
        Ok(Spanned { value: text, span: Span::new(place.start, place.end) })
    }

    fn refuse<T>(&self, code: &'static str, place: Range<usize>) -> Found<T> {
        Err(Box::new(Diagnostic::error(code, self.id, Span::new(place.start, place.end))))
    }

    fn syntax<T>(&self, detail: &'static str, place: Range<usize>) -> Found<T> {
        let span = Span::new(place.start, place.end);
        Err(Box::new(Diagnostic::error("yaml-syntax", self.id, span).with_key("detail", detail)))
    }

    /// A mistake of syntax in our words where it is a frequent one, else in the parser's.
    fn explain<T>(&self, error: &ScanError) -> Found<T> {
        let mark = error.marker();
        let at = mark
            .byte_offset()
            .unwrap_or_else(|| self.source.offset(Position { line: mark.line(), column: mark.col() + 1 }) as usize);
        let at = at.min(self.source.text.len());
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => self.refuse("yaml-too-large", at..at),
            ErrorKind::DirectiveDisallowed => self.refuse("yaml-directive", at..at),
            ErrorKind::UndeclaredTagHandle | ErrorKind::ExpectedTagBang | ErrorKind::InvalidTagTerminator => {
                self.refuse("yaml-tag", at..at)
            }
            kind => match detail(kind) {
                // The parser points at what it was reading; the tab is what is wrong.
                Some("yaml.tab") => {
                    let tab = self.source.text[at..].find('\t').map_or(at..at, |far| at + far..at + far + 1);
                    self.syntax("yaml.tab", tab)
                }
                Some(detail) => self.syntax(detail, at..at),
                None => {
                    let finding = Diagnostic::error("yaml-syntax", self.id, Span::new(at, at));
                    Err(Box::new(finding.with("detail", error.info())))
                }
            },
        }
    }
}

/// The keys of a map so far. Nearly all maps are small and searched as they are; a large one gets an index.
#[derive(Default)]
struct Known(HashMap<String, Span>);

impl Known {
    /// Where the key stood before, if it did.
    fn first(&mut self, key: &Spanned<String>, entries: &[(Spanned<String>, Node)]) -> Option<Span> {
        const SMALL: usize = 16;
        if entries.len() < SMALL {
            return entries.iter().find(|(own, _)| own.value == key.value).map(|(own, _)| own.span);
        }
        if self.0.is_empty() {
            self.0.extend(entries.iter().map(|(own, _)| (own.value.clone(), own.span)));
        }
        self.0.insert(key.value.clone(), key.span)
    }
}

/// The frequent mistakes, by the key of our text for them.
fn detail(kind: &ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => "yaml.tab",
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => "yaml.unclosed-bracket",
        ErrorKind::ExpectedFlowSequenceSeparator | ErrorKind::ExpectedFlowMappingSeparator => "yaml.separator",
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => "yaml.bracket",
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => "yaml.unclosed-quote",
        ErrorKind::UnknownQuotedScalarEscape => "yaml.escape",
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed => "yaml.indentation",
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => "yaml.colon-missing",
        ErrorKind::MappingKeyNotAllowed | ErrorKind::InvalidColonPlacement => "yaml.colon",
        ErrorKind::UnexpectedCharacter { .. } => "yaml.character",
        _ => return None,
    })
}

/// What a scalar is: only a plain one can be anything but text.
fn scalar(text: &str, style: ScalarStyle) -> Kind {
    if style != ScalarStyle::Plain {
        return Kind::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "false" => Kind::Plain(text.to_owned()),
        _ if is_number(text) => Kind::Plain(text.to_owned()),
        _ => Kind::Text(text.to_owned()),
    }
}

/// A number as YAML 1.2 writes it. `007` and `1_000` are text: nobody who writes so means 7 or 1000 for certain.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|b| (b'0'..=b'7').contains(&b));
    }
    let plain = unsigned.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    let mut digits = unsigned.bytes();
    let leading_zero = digits.next() == Some(b'0') && digits.next().is_some_and(|b| b.is_ascii_digit());
    plain && !leading_zero && unsigned.parse::<f64>().is_ok()
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
    fn large_maps_find_their_duplicates_as_well() {
        let map = |keys: &[usize]| keys.iter().fold(String::new(), |all, key| format!("{all}k{key}: 1\n"));
        let mut keys: Vec<usize> = (0..40).collect();
        assert_eq!(code(&map(&keys)), "read");
        for again in [0, 15, 16, 39] {
            keys.push(again);
            let finding = read(&map(&keys)).unwrap_err();
            assert_eq!(finding.code, "duplicate-key");
            assert!(finding.labels[1].span.start < finding.labels[0].span.start);
            keys.pop();
        }
    }

    #[test]
    fn numbers_are_those_nobody_can_read_otherwise() {
        for number in ["0", "-1", "+1", "1.5", "1.10", ".5", "1e3", "0x1F", "0o17", ".inf", "-.inf", ".nan", "12."] {
            assert!(is_number(number), "{number}");
        }
        for text in ["", "-", ".", "007", "00.5", "1_000", "1.2.3", "2026-11-22", "e3", "inf", "nan", "0x", "1,5", "+"]
        {
            assert!(!is_number(text), "{text}");
        }
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
        for tagged in
            ["a: !!str x\n", "a: !<tag:yaml.org,2002:str> x\n", "a: !!map {b: 1}\n", "a: ! x\n", "a: !x!y z\n"]
        {
            assert_eq!(code(tagged), "yaml-tag", "{tagged}");
        }
        assert_eq!(code("a: *x\n"), "yaml-alias");
        assert_eq!(code("%YAML 1.2\n---\na: 1\n"), "yaml-directive");
        for key in ["? [a]\n: b\n", "{a: 1}: b\n", ": b\n"] {
            assert_eq!(code(key), "yaml-syntax", "{key}");
        }
        assert_eq!(code("---\na: 1\n...\n"), "read");
        assert_eq!(code("# nothing\n"), "empty-file");
    }
}
