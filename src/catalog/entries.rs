//! Documents the catalogue keeps as they are: no more than an id, a file, and what the file says.

use crate::index::Doc;
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
