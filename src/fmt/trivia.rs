//! Which entry a comment or blank line belongs to.
//!
//! A comment on its own line belongs to the entry below it, unless its indentation shows that it ends a block. A comment
//! at the end of a line belongs to the innermost entry of that line.

use super::syntax::{Trivia, What};
use super::tree::{Entry, Line, Many, Tree, Value};

/// Gives every comment and blank line its place in the tree.
pub fn attach(mut root: Entry, trivia: Vec<Trivia>) -> Tree {
    let mut cursor = Cursor { trivia, at: 0 };
    cursor.entry(&mut root, Next { start: usize::MAX, column: None }, 0);
    let mut tail = cursor.lines_before(usize::MAX);
    if tail.last() == Some(&Line::Blank) {
        tail.pop();
    }
    let mut tree = Tree { head: Vec::new(), root, tail };
    tree.head = head(&mut tree.root);
    tree
}

/// The comments at the top of a file stay there when its first entry moves: all up to the last blank line, and those
/// that begin with the line for the editor.
fn head(root: &mut Entry) -> Vec<Line> {
    let first = match &mut root.value {
        Value::Many(many) if !many.flow => many.entries.first_mut(),
        _ => None,
    };
    let Some(above) = first.map(|entry| &mut entry.above) else {
        return std::mem::take(&mut root.above);
    };
    let for_editor = |line: &Line| matches!(line, Line::Comment(text) if text.starts_with("# yaml-language-server:"));
    let blank = above.iter().rposition(|line| *line == Line::Blank).map_or(0, |at| at + 1);
    let end = if above[blank..].iter().any(for_editor) { above.len() } else { blank };
    above.drain(..end).collect()
}

/// The next entry after a block, for telling whether a comment still belongs to the block.
#[derive(Clone, Copy)]
struct Next {
    start: usize,
    column: Option<usize>,
}

struct Cursor {
    trivia: Vec<Trivia>,
    at: usize,
}

impl Cursor {
    /// The next comment or blank line before a byte.
    fn peek(&self, before: usize) -> Option<&What> {
        self.trivia.get(self.at).filter(|trivia| trivia.at < before).map(|trivia| &trivia.what)
    }

    /// Everything before a byte, several blank lines as one.
    fn lines_before(&mut self, byte: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        while let Some(what) = self.peek(byte).cloned() {
            self.at += 1;
            push(&mut lines, what);
        }
        lines
    }

    /// The comments at the end of the line just read.
    fn right(&mut self, entry: &mut Entry, before: usize) {
        while let Some(What::Right(text)) = self.peek(before).cloned() {
            self.at += 1;
            entry.right.push(text);
        }
    }

    /// What stands between an entry's beginning and its value.
    fn between(&mut self, entry: &mut Entry, before: usize) {
        while let Some(what) = self.peek(before).cloned() {
            self.at += 1;
            match what {
                What::Blank => {}
                What::Own(_, text) => entry.above.push(Line::Comment(text)),
                What::Right(text) => entry.right.push(text),
            }
        }
    }

    /// `floor` is the least column of a comment at the end of this entry's block.
    fn entry(&mut self, entry: &mut Entry, next: Next, floor: usize) {
        let mut value = std::mem::replace(&mut entry.value, Value::Nothing);
        match &mut value {
            Value::Nothing => {}
            Value::Scalar(scalar) => self.between(entry, scalar.start),
            Value::Many(many) if many.flow => {
                self.between(entry, many.start);
                let first = many.entries.first().map_or(many.end, |first| first.start);
                self.right(entry, first);
                self.flow(many);
                if many.entries.is_empty() {
                    entry.above.append(&mut many.tail);
                }
            }
            Value::Many(many) => {
                self.right(entry, many.entries.first().map_or(many.start, |first| first.start));
                self.block(many, next, floor);
            }
        }
        entry.value = value;
        self.right(entry, next.start);
        // Only one comment fits at the end of a line.
        while entry.right.len() > 1 {
            entry.above.push(Line::Comment(entry.right.remove(0)));
        }
    }

    fn block(&mut self, many: &mut Many, next: Next, floor: usize) {
        let starts: Vec<Next> =
            many.entries.iter().map(|entry| Next { start: entry.start, column: Some(entry.column) }).collect();
        for (at, entry) in many.entries.iter_mut().enumerate() {
            entry.above = self.lines_before(entry.start);
            let floor = entry.column + 1;
            self.entry(entry, starts.get(at + 1).copied().unwrap_or(next), floor);
        }
        let least = starts.first().and_then(|first| first.column).unwrap_or(0).max(floor);
        many.tail = self.tail(next, least);
    }

    fn flow(&mut self, many: &mut Many) {
        let starts: Vec<usize> = many.entries.iter().map(|entry| entry.start).collect();
        let comments = |mut lines: Vec<Line>| {
            lines.retain(|line| *line != Line::Blank);
            lines
        };
        for (at, entry) in many.entries.iter_mut().enumerate() {
            entry.above = comments(self.lines_before(entry.start));
            let start = starts.get(at + 1).copied().unwrap_or(many.end);
            self.entry(entry, Next { start, column: None }, 0);
        }
        many.tail = comments(self.lines_before(many.end));
    }

    /// The comments that end a block: indented as far as its entries and further than what follows.
    fn tail(&mut self, next: Next, least: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut taken = self.at;
        let mut end = 0;
        while let Some(trivia) = self.trivia.get(taken).filter(|trivia| trivia.at < next.start) {
            if matches!(trivia.what, What::Own(column, _) if column < least || next.column.is_some_and(|other| column <= other))
            {
                break;
            }
            push(&mut lines, trivia.what.clone());
            taken += 1;
            if matches!(lines.last(), Some(Line::Comment(_))) {
                self.at = taken;
                end = lines.len();
            }
        }
        lines.truncate(end);
        lines
    }
}

fn push(lines: &mut Vec<Line>, what: What) {
    match what {
        What::Blank if lines.last() == Some(&Line::Blank) => {}
        What::Blank => lines.push(Line::Blank),
        What::Own(_, text) | What::Right(text) => lines.push(Line::Comment(text)),
    }
}
