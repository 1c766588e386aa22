//! A document that is read only when somebody looks into it.

use std::io::Write as _;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::Document;
use crate::embedded;
use crate::model::{
    Checklist, Contradictions, Criterion, Freshness, Glossary, LintPage, Messenger, Positions, Redirects, UseCase,
    Waivers,
};
use crate::source::SourceId;

/// A type of document that can be embedded.
pub trait Embedded: Sized {
    /// The document, if it is of this type.
    fn from_document(document: Document) -> Option<Self>;
}

/// A document: at hand, or embedded under a number and decoded on first use.
#[derive(Debug)]
pub struct Doc<T> {
    value: OnceLock<T>,
    /// Its number among the embedded files; meaningless once the value is there.
    number: u32,
}

macro_rules! embedded {
    ($($kind:ident),+) => {
        $(impl Embedded for $kind {
            fn from_document(document: Document) -> Option<Self> {
                if let Document::$kind(own) = document { Some(own) } else { None }
            }
        })+
    };
}

embedded!(
    Checklist,
    Contradictions,
    Criterion,
    Freshness,
    Glossary,
    LintPage,
    Messenger,
    Positions,
    Redirects,
    UseCase,
    Waivers
);

impl<T> Doc<T> {
    /// A document at hand, from a file (for embedded data: the file's number).
    pub fn new(value: T, source: SourceId) -> Self {
        Self { value: OnceLock::from(value), number: source.0 }
    }

    /// An embedded document that has not been read yet.
    pub fn embedded(source: SourceId) -> Self {
        Self { value: OnceLock::new(), number: source.0 }
    }
}

impl<T: Embedded> Deref for Doc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| {
            let document = embedded::document(self.number).and_then(T::from_document);
            document.unwrap_or_else(|| damaged(self.number))
        })
    }
}

/// The embedded data are written and read by the same program version, and a test reads all of them.
/// Should they be damaged all the same, nothing sensible can follow.
fn damaged(number: u32) -> ! {
    let _ = writeln!(std::io::stderr(), "messwerk: the embedded document {number} is damaged");
    std::process::exit(101)
}

impl<T> Serialize for Doc<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.number.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Doc<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).map(|number| Self::embedded(SourceId(number)))
    }
}
