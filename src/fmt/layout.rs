//! Printing a tree in its one form: where lines break, how far they are indented.

use super::scalar::{self, Form, Place};
use super::tree::{Entry, Line, Many, Tree, Value};
use super::wrap;

/// Before a comment at the end of a line.
const BEFORE_COMMENT: &str = "  ";

/// Prints a document. `texts` is whether it holds the program's texts.
pub fn print(tree: &Tree, texts: bool) -> String {
    let mut printer = Printer { out: String::new(), texts };
    printer.lines(&tree.head, 0);
    printer.lines(&tree.root.above, 0);
    match &tree.root.value {
        Value::Many(many) if printer.shape(many, 0, 0) == Shape::Block => printer.block(many, 0, false),
        _ => printer.value(&tree.root, 0, false),
    }
    printer.lines(&tree.tail, 0);
    printer.out
}

/// How a list or map is laid out.
#[derive(Debug, PartialEq, Eq)]
enum Shape {
    /// One entry below the other.
    Block,
    /// In brackets on one line.
    Line(String),
    /// In brackets, over several lines.
    Wrapped(Vec<String>),
}

struct Printer {
    out: String,
    texts: bool,
}

impl Printer {
    fn pad(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.pad(indent);
            self.out.push_str(text);
        }
        self.out.push('\n');
    }

    fn lines(&mut self, lines: &[Line], indent: usize) {
        for line in lines {
            match line {
                Line::Comment(text) => self.line(indent, text),
                Line::Blank if self.out.is_empty() || self.out.ends_with("\n\n") => {}
                Line::Blank => self.out.push('\n'),
            }
        }
    }

    /// Ends a line, with the comment of its entry.
    fn end(&mut self, entry: &Entry) {
        for comment in &entry.right {
            self.out.push_str(BEFORE_COMMENT);
            self.out.push_str(comment);
        }
        self.out.push('\n');
    }

    /// `joined`: the first entry goes on the line of the dash before it.
    fn block(&mut self, many: &Many, indent: usize, joined: bool) {
        for (at, entry) in many.entries.iter().enumerate() {
            if at > 0 || !joined {
                self.lines(&entry.above, indent);
                for comment in self.hoisted(entry, indent) {
                    self.line(indent, comment);
                }
                self.pad(indent);
            }
            match &entry.key {
                Some(key) => self.out.push_str(&(scalar::key(key, false) + ":")),
                None => self.out.push('-'),
            }
            self.value(entry, indent, true);
        }
        self.lines(&many.tail, indent);
    }

    /// Comments between a dash and the entry that goes on its line.
    fn hoisted<'e>(&self, entry: &'e Entry, indent: usize) -> Vec<&'e str> {
        let Value::Many(many) = &entry.value else { return Vec::new() };
        if entry.key.is_some() || self.shape(many, indent + 2, 0) != Shape::Block {
            return Vec::new();
        }
        let mut found: Vec<&str> = entry.right.iter().map(String::as_str).collect();
        if let Some(first) = many.entries.first() {
            found.extend(first.above.iter().filter_map(|line| match line {
                Line::Comment(text) => Some(text.as_str()),
                Line::Blank => None,
            }));
            found.extend(self.hoisted(first, indent + 2));
        }
        found
    }

    /// What follows a key or dash that stands at `indent`. `space`: a blank parts it from what is on the line.
    fn value(&mut self, entry: &Entry, indent: usize, space: bool) {
        let key = entry.key.as_ref();
        let used = indent + key.map_or(1, |key| scalar::key(key, false).chars().count() + 1);
        let (used, below) = if space { (used + 1, indent + 2) } else { (0, indent) };
        match &entry.value {
            Value::Nothing => self.end(entry),
            Value::Scalar(scalar) => self.scalar(entry, scalar, used, below),
            Value::Many(many) => match self.shape(many, used, below) {
                Shape::Line(text) => {
                    self.out.push_str(if space { " " } else { "" });
                    self.out.push_str(&text);
                    self.end(entry);
                }
                Shape::Block if key.is_some() => {
                    self.end(entry);
                    self.block(many, below, false);
                }
                Shape::Block => {
                    self.out.push(' ');
                    self.block(many, below, true);
                }
                Shape::Wrapped(lines) => self.wrapped(entry, &lines, below),
            },
        }
    }

    fn scalar(&mut self, entry: &Entry, scalar: &super::tree::Scalar, used: usize, below: usize) {
        // Without indentation, what follows a block at the root would become part of it.
        let below = below.max(2);
        let place = Place { used, indent: below, texts: self.texts };
        let (text, lines) = match scalar::form(scalar, place) {
            Form::Inline(text) => (text, Vec::new()),
            Form::Block(header, lines) => (header, lines),
        };
        self.out.push_str(if used > 0 { " " } else { "" });
        self.out.push_str(&text);
        self.end(entry);
        for line in lines {
            self.line(below, &line);
        }
    }

    fn wrapped(&mut self, entry: &Entry, lines: &[String], below: usize) {
        if entry.key.is_some() {
            self.end(entry);
            self.line(below, "[");
        } else {
            self.out.push_str(if self.out.ends_with('-') { " [" } else { "[" });
            self.end(entry);
        }
        for line in lines {
            self.line(below + 2, line);
        }
        self.line(below, "]");
    }

    /// `used` columns are taken on the line; further lines would be indented by `below` and two more.
    fn shape(&self, many: &Many, used: usize, below: usize) -> Shape {
        if !many.flow || many.has_comments() {
            return Shape::Block;
        }
        let line = self.flow(many);
        // As with texts, what is wrapped stays so around the width.
        let limit = if many.lines.is_empty() || many.map { wrap::WIDTH } else { wrap::NARROW };
        if many.entries.is_empty() || used + line.chars().count() <= limit {
            return Shape::Line(line);
        }
        if many.map || many.entries.iter().any(|entry| matches!(entry.value, Value::Many(_))) {
            return Shape::Block;
        }
        let last = many.entries.len() - 1;
        let word = |(at, entry): (usize, &Entry)| self.flow_value(&entry.value) + if at < last { "," } else { "" };
        let words: Vec<String> = many.entries.iter().enumerate().map(word).collect();
        let written: Vec<&str> = many.lines.iter().map(String::as_str).collect();
        Shape::Wrapped(wrap::fill(&words, below + 2, &written))
    }

    fn flow(&self, many: &Many) -> String {
        let entry = |entry: &Entry| match (&entry.key, &entry.value) {
            (Some(key), value) => format!("{}: {}", scalar::key(key, true), self.flow_value(value)),
            (None, value) => self.flow_value(value),
        };
        let entries: Vec<String> = many.entries.iter().map(entry).collect();
        let entries = entries.join(", ");
        if many.map { format!("{{{entries}}}") } else { format!("[{entries}]") }
    }

    fn flow_value(&self, value: &Value) -> String {
        match value {
            Value::Nothing => "null".to_owned(),
            Value::Scalar(scalar) => scalar::inline(scalar, true, self.texts),
            Value::Many(many) => self.flow(many),
        }
    }
}
