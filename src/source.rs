//! File texts and positions in them. Knows nothing about YAML or messengers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A half-open byte range within one file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Builds a span from byte offsets; offsets beyond 4 GiB saturate (files are limited to 1 MiB).
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }
}

/// A position a person can type into an editor: both numbers start at 1, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (not bytes), from 1.
    pub column: usize,
}

/// Which file a span belongs to: an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// One file: where it came from and its text.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as shown to the user, always with `/`.
    pub path: Cow<'static, str>,
    /// The whole text; empty when the file could not be read.
    pub text: Cow<'static, str>,
    /// True for data that is compiled into the program.
    pub embedded: bool,
}

impl Source {
    /// A byte offset into the text: one beyond it counts as its end, one inside a character as the character's
    /// start, one inside a line break of two characters as the end of the line.
    pub fn clamp(&self, offset: u32) -> usize {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        if self.text[offset..].starts_with('\n') && self.text[..offset].ends_with('\r') {
            offset -= 1;
        }
        offset
    }

    /// Converts a byte offset into line and column; see [`Source::clamp`] for one that is nowhere in the text.
    pub fn position(&self, offset: u32) -> Position {
        let before = &self.text[..self.clamp(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// The line a byte offset stands in, without its line break.
    pub fn line_at(&self, offset: u32) -> &str {
        let offset = self.clamp(offset);
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        self.text[start..].lines().next().unwrap_or_default()
    }

    /// Converts a line and column (both from 1) into a byte offset, clamped to the text.
    pub fn offset(&self, position: Position) -> u32 {
        let mut start = 0;
        for _ in 1..position.line {
            match self.text[start..].find('\n') {
                Some(at) => start += at + 1,
                None => break,
            }
        }
        let column = position.column.saturating_sub(1);
        let within: usize = self.text[start..].chars().take(column).map(char::len_utf8).sum();
        Span::new(start + within, start + within).start
    }
}

/// All files of one run, in the order they were read.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// The id the next file will get.
    pub fn next(&self) -> SourceId {
        SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX))
    }

    /// Adds a file and returns its id.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = self.next();
        self.files.push(source);
        id
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The ids of all files, in the order they were read.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> {
        (0..self.files.len()).map(|at| SourceId(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// The file with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.files[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &'static str) -> Source {
        Source { path: "a.yaml".into(), text: Cow::Borrowed(text), embedded: false }
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = source("ä: ö\r\nß: x\n");
        let at = source.text.find('x').map_or(0, |n| Span::new(n, n).start);
        assert_eq!(source.position(at), Position { line: 2, column: 4 });
    }

    #[test]
    fn a_line_break_of_two_characters_is_no_column() {
        let source = source("ab\r\nc");
        assert_eq!([0, 3, 4, 5].map(|at| source.line_at(at)), ["ab", "ab", "c", "c"]);
        for (at, position) in [(2, (1, 3)), (3, (1, 3)), (4, (2, 1))] {
            let (line, column) = position;
            assert_eq!(source.position(at), Position { line, column }, "{at}");
        }
    }

    #[test]
    fn offsets_and_positions_are_inverse_and_clamped() {
        let source = source("one\nzwei ö\n");
        for (at, _) in source.text.char_indices() {
            let at = Span::new(at, at).start;
            assert_eq!(source.offset(source.position(at)), at);
        }
        assert_eq!(source.position(999), Position { line: 3, column: 1 });
    }
}
