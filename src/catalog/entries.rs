//! Documents the catalogue keeps as they are: no more than an id, a file, and what the file says.

use crate::document::Document;
use crate::index::{Doc, Embedded};
use crate::model::{Checklist, Contradictions, Freshness, Glossary, LintPage, Positions, Redirects, Waivers};
use crate::source::SourceId;

/// A document that needs no more than its id and file.
#[derive(Debug)]
pub struct Entry<T> {
    /// Its id: the file's name without ending.
    pub id: String,
    /// Its file.
    pub source: SourceId,
    /// What the file says.
    pub value: Doc<T>,
}

impl<T> Entry<T> {
    /// A document at hand.
    pub fn new(id: String, source: SourceId, value: T) -> Self {
        Self { id, source, value: Doc::new(value, source) }
    }

    /// An embedded document, decoded on first use.
    pub fn embedded(id: String, source: SourceId) -> Self {
        Self { id, source, value: Doc::embedded(source) }
    }
}

/// Adds an entry to a list sorted by id, or replaces the one of the same id.
pub fn replace<T>(entries: &mut Vec<Entry<T>>, entry: Entry<T>) {
    match entries.binary_search_by(|known| known.id.cmp(&entry.id)) {
        Ok(at) => entries[at] = entry,
        Err(at) => entries.insert(at, entry),
    }
}

impl Embedded for Checklist {
    fn from_document(document: Document) -> Option<Self> {
        if let Document::Checklist(own) = document { Some(own) } else { None }
    }
}

impl Embedded for Positions {
    fn from_document(document: Document) -> Option<Self> {
        if let Document::Positions(own) = document { Some(own) } else { None }
    }
}

impl Embedded for Glossary {
    fn from_document(document: Document) -> Option<Self> {
        if let Document::Glossary(own) = document { Some(own) } else { None }
    }
}

impl Embedded for Contradictions {
    fn from_document(document: Document) -> Option<Self> {
        if let Document::Contradictions(own) = document { Some(own) } else { None }
    }
}

impl Embedded for Freshness {
    fn from_document(document: Document) -> Option<Self> {
        if let Document::Freshness(own) = document { Some(own) } else { None }
    }
}

impl Embedded for Redirects {
    fn from_document(document: Document) -> Option<Self> {
        if let Document::Redirects(own) = document { Some(own) } else { None }
    }
}

impl Embedded for Waivers {
    fn from_document(document: Document) -> Option<Self> {
        if let Document::Waivers(own) = document { Some(own) } else { None }
    }
}

impl Embedded for LintPage {
    fn from_document(document: Document) -> Option<Self> {
        if let Document::LintPage(own) = document { Some(own) } else { None }
    }
}
