//! A document as it is written: entries in file order, each with its comments and blank lines.

/// A whole document.
#[derive(Debug)]
pub struct Tree {
    /// Comments that belong to the file, not to its first entry.
    pub head: Vec<Line>,
    /// The document itself, as an entry without a key.
    pub root: Entry,
    /// Comments after everything else.
    pub tail: Vec<Line>,
}

/// An entry of a map (with a key) or of a list (without).
#[derive(Debug)]
pub struct Entry {
    /// Where it begins in the source: at its key or dash.
    pub start: usize,
    /// Column of its beginning, from 0.
    pub column: usize,
    /// The key.
    pub key: Option<Scalar>,
    /// The value.
    pub value: Value,
    /// Comments and blank lines above it.
    pub above: Vec<Line>,
    /// The comment at the end of its line.
    pub right: Vec<String>,
}

/// What an entry holds.
#[derive(Debug)]
pub enum Value {
    /// Not even a word.
    Nothing,
    /// One value.
    Scalar(Scalar),
    /// A list or map.
    Many(Many),
}

/// A list or map.
#[derive(Debug)]
pub struct Many {
    /// In brackets or braces, instead of by indentation.
    pub flow: bool,
    /// A map, not a list.
    pub map: bool,
    /// What it holds.
    pub entries: Vec<Entry>,
    /// Comments after the last entry.
    pub tail: Vec<Line>,
    /// Where it begins; in flow style at the bracket.
    pub start: usize,
    /// Where it ends; only known in flow style, after the bracket.
    pub end: usize,
    /// The lines between the brackets, if it runs over several.
    pub lines: Vec<String>,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// As a block that keeps its lines, `|`.
    Literal,
    /// As a block whose lines are joined, `>`.
    Folded,
}

/// One value or key.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// How it is written.
    pub style: Style,
    /// What it says.
    pub value: String,
    /// As written, quotes included; of a block its lines without the header.
    pub raw: String,
    /// Where it begins.
    pub start: usize,
}

/// A line that is no data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// An empty line; several count as one.
    Blank,
    /// A comment with its `#`.
    Comment(String),
}

impl Many {
    /// Whether a comment stands between its brackets or entries.
    pub fn has_comments(&self) -> bool {
        let comment = |line: &Line| matches!(line, Line::Comment(_));
        self.tail.iter().any(comment)
            || self.entries.iter().any(|entry| {
                let inside = matches!(&entry.value, Value::Many(many) if many.has_comments());
                inside || !entry.right.is_empty() || entry.above.iter().any(comment)
            })
    }
}

impl Scalar {
    /// Whether it stands on one line.
    pub fn on_one_line(&self) -> bool {
        !self.raw.contains(['\n', '\r'])
    }
}
