//! From text to tree, with styles and places: the parser below the YAML reader, whose events also carry comments.
//!
//! This is the one file that knows that parser. It is only given text that the strict reader has accepted.

use std::collections::VecDeque;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::tree::{Entry, Many, Scalar, Style, Value};

/// What cannot be put into normal form, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// A tag, at this byte.
    Tag(usize),
    /// A directive.
    Directive,
    /// The two parsers disagree.
    Unread,
}

/// A comment or blank line at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trivia {
    /// Byte at which it begins.
    pub at: usize,
    /// Which of them.
    pub what: What,
}

/// The kinds of trivia.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An empty line.
    Blank,
    /// A comment on a line of its own, with its column.
    Own(usize, String),
    /// A comment at the end of a line.
    Right(String),
}

/// Reads a document: its tree, still without comments, and everything that goes between its values.
pub fn read(text: &str) -> Result<(Entry, Vec<Trivia>), Refused> {
    let events = events(text)?;
    let comments: Vec<Range<usize>> = comments_of(&events);
    let events = events.into_iter().filter(|(event, _)| !matches!(event, Event::Comment(..))).collect();
    let mut builder = Builder { text, events, comments: &comments, at: 0, occupied: Vec::new() };
    let root = builder.document()?;
    let occupied = builder.occupied;
    Ok((root, trivia(text, &comments, &occupied)))
}

/// All comments with their `#`, in file order.
pub fn comments(text: &str) -> Result<Vec<String>, Refused> {
    let places = comments_of(&events(text)?);
    Ok(places.into_iter().map(|place| text[place].trim_end().to_owned()).collect())
}

type Spanned<'a> = (Event<'a>, Range<usize>);

fn events(text: &str) -> Result<Vec<Spanned<'_>>, Refused> {
    // Every comment of a file may stand in one place.
    let options = granit_parser::options! { max_buffered_comment_events: text.len() };
    let mut found = Vec::new();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|_| Refused::Unread)?;
        let place = span.byte_range().filter(|place| text.get(place.clone()).is_some()).ok_or(Refused::Unread)?;
        found.push((event, place));
    }
    Ok(found)
}

fn comments_of(events: &[Spanned<'_>]) -> Vec<Range<usize>> {
    let comments = events.iter().filter(|(event, _)| matches!(event, Event::Comment(..)));
    let mut places: Vec<Range<usize>> = comments.map(|(_, place)| place.clone()).collect();
    places.sort_by_key(|place| place.start);
    places
}

struct Builder<'a> {
    text: &'a str,
    events: VecDeque<Spanned<'a>>,
    comments: &'a [Range<usize>],
    /// Everything before this byte has been dealt with.
    at: usize,
    /// Where scalars stand: a blank line in there is part of one.
    occupied: Vec<Range<usize>>,
}

impl Builder<'_> {
    fn document(&mut self) -> Result<Entry, Refused> {
        while let Some((event, place)) = self.events.pop_front() {
            match event {
                Event::StreamStart => {}
                Event::DocumentStart(_, version) => {
                    let before = self.text[..place.start].lines();
                    if version.is_some() || before.into_iter().any(|line| line.starts_with('%')) {
                        return Err(Refused::Directive);
                    }
                    self.at = place.end;
                    let start = self.at;
                    let value = self.value(start)?;
                    return Ok(Entry { start, column: 0, key: None, value, above: Vec::new(), right: Vec::new() });
                }
                _ => break,
            }
        }
        Err(Refused::Unread)
    }

    /// The next node. `from` is where its entry begins.
    fn value(&mut self, from: usize) -> Result<Value, Refused> {
        let (event, place) = self.events.pop_front().ok_or(Refused::Unread)?;
        match event {
            Event::Scalar(.., Some(_)) | Event::SequenceStart(.., Some(_)) | Event::MappingStart(.., Some(_)) => {
                Err(Refused::Tag(place.start))
            }
            Event::Scalar(_, ScalarStyle::Plain, ..) if place.is_empty() => Ok(Value::Nothing),
            Event::Scalar(value, style, ..) => Ok(Value::Scalar(self.scalar(value.into_owned(), style, place, from))),
            Event::SequenceStart(style, ..) => self.many(style == StructureStyle::Flow, false, place).map(Value::Many),
            Event::MappingStart(style, ..) => self.many(style == StructureStyle::Flow, true, place).map(Value::Many),
            _ => Err(Refused::Unread),
        }
    }

    fn scalar(&mut self, value: String, style: ScalarStyle, mut place: Range<usize>, from: usize) -> Scalar {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let block = matches!(style, Style::Literal | Style::Folded);
        // Blank lines after a block are not part of it, unless it says so (`|+`).
        if block && !value.ends_with("\n\n") {
            place.end = place.start + self.text[place.clone()].trim_end().len();
        }
        // A block's place begins after its header and leading blank lines.
        self.occupied.push(if block { from..place.end } else { place.clone() });
        self.at = self.at.max(place.end);
        Scalar { style, value, raw: self.text[place.clone()].to_owned(), start: place.start }
    }

    fn many(&mut self, flow: bool, map: bool, place: Range<usize>) -> Result<Many, Refused> {
        if flow {
            self.at = self.at.max(place.end);
        }
        let mut many =
            Many { flow, map, entries: Vec::new(), tail: Vec::new(), start: place.start, end: 0, lines: Vec::new() };
        loop {
            match self.events.front() {
                Some((Event::SequenceEnd | Event::MappingEnd, end)) => {
                    many.end = end.end;
                    if flow {
                        self.at = self.at.max(end.end);
                        many.lines = inner_lines(self.text, place.start..end.end);
                    }
                    self.events.pop_front();
                    return Ok(many);
                }
                Some(_) => {
                    let entry = self.entry(flow, map)?;
                    many.entries.push(entry);
                }
                None => return Err(Refused::Unread),
            }
        }
    }

    fn entry(&mut self, flow: bool, map: bool) -> Result<Entry, Refused> {
        let mut start = match self.events.front() {
            Some((_, place)) => place.start,
            None => return Err(Refused::Unread),
        };
        let mut key = None;
        if map {
            let Value::Scalar(scalar) = self.value(start)? else {
                return Err(Refused::Unread);
            };
            key = Some(scalar);
        } else if !flow {
            start = self.dash()?;
            self.at = start + 1;
        }
        let column = column(self.text, start);
        let value = self.value(start)?;
        Ok(Entry { start, column, key, value, above: Vec::new(), right: Vec::new() })
    }

    /// The dash of the next list entry. No event tells its place, but only blanks, comments, `:` and `?` come before.
    fn dash(&self) -> Result<usize, Refused> {
        let mut at = self.at;
        loop {
            let found = self.text.get(at..).and_then(|rest| rest.find('-')).ok_or(Refused::Unread)? + at;
            let next = self.comments.partition_point(|comment| comment.end <= found);
            match self.comments.get(next).filter(|comment| comment.contains(&found)) {
                Some(comment) => at = comment.end,
                None => return Ok(found),
            }
        }
    }
}

/// The lines within brackets, without indentation and empty ones; nothing if all is on one line.
fn inner_lines(text: &str, place: Range<usize>) -> Vec<String> {
    let all = text.get(place.start + 1..place.end.saturating_sub(1)).unwrap_or_default();
    if !all.contains(['\n', '\r']) {
        return Vec::new();
    }
    all.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Start of the line a byte stands on; a byte order mark at the start of a file does not count.
fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}

fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

/// Comments and the blank lines that are no part of a scalar, in file order.
fn trivia(text: &str, comments: &[Range<usize>], occupied: &[Range<usize>]) -> Vec<Trivia> {
    let mut found: Vec<Trivia> = comments
        .iter()
        .map(|place| {
            let before = &text[line_start(text, place.start)..place.start];
            let words = text[place.clone()].trim_end().to_owned();
            let own = before.trim().is_empty();
            let what = if own { What::Own(before.chars().count(), words) } else { What::Right(words) };
            Trivia { at: place.start, what }
        })
        .collect();
    let mut at = 0;
    // A lone carriage return ends a line too; the pair CR LF then only adds an empty piece that does not end a line.
    for line in text.split_inclusive('\n').flat_map(|line| line.split_inclusive('\r')) {
        let end = at + line.len();
        let break_of_pair = line == "\n" && text[..at].ends_with('\r');
        let next = occupied.partition_point(|place| place.end <= at);
        let inside = occupied.get(next).is_some_and(|place| place.start < end);
        if line.trim().is_empty() && !break_of_pair && !inside {
            found.push(Trivia { at, what: What::Blank });
        }
        at = end;
    }
    found.sort_by_key(|trivia| trivia.at);
    found
}
