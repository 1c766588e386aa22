//! A YAML document as a tree that knows where everything stands.

use crate::model::Spanned;
use crate::source::Span;

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
