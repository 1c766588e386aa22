//! The data with all references worked out: what the engine needs, and nothing else.
//!
//! For the shipped data the index is made at build time and embedded in binary form, so that starting the
//! program parses and resolves nothing; texts stay behind [`Doc`] until somebody reads them. For a user's
//! folder the same code runs at start.

mod conditions;
mod doc;
mod facts;
mod profiles;
mod rules;
mod settings;
mod table;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, DocumentKind, Place};
use crate::model::{Criterion, Messenger, UseCase, Vocabulary};
use crate::source::SourceId;

pub use conditions::table;
pub use doc::{Doc, Embedded};
pub use facts::{Concrete, Definition, FactId, Facts, MAX_SET, State};
pub use profiles::{Profile, Step, excluded};
pub use rules::Rule;
pub use settings::{Setting, criterion, in_range};
pub use table::{Check, Clause, Table, advance, candidates, combinations};

/// Vocabulary, criteria, messengers and use cases, resolved. Lists are sorted by id, criteria by area and id.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Index {
    /// The vocabulary.
    pub facts: Facts,
    /// Criteria.
    pub rules: Vec<Rule>,
    /// Messengers and editions.
    pub profiles: Vec<Profile>,
    /// Use cases.
    pub settings: Vec<Setting>,
}

impl Index {
    /// Lays messengers over those of the index. Everything else stays: no other document reads a messenger.
    pub fn overlay(&mut self, messengers: BTreeMap<String, (SourceId, Messenger)>, found: &mut Vec<Diagnostic>) {
        let base = std::mem::take(&mut self.profiles);
        self.profiles = profiles::resolve(base, messengers, &self.facts, found);
    }
}

/// Documents on their way into an index: the last one of each id wins.
#[derive(Debug, Default)]
pub struct Assembly {
    facts: Facts,
    criteria: BTreeMap<String, (SourceId, String, Criterion)>,
    use_cases: BTreeMap<String, (SourceId, UseCase)>,
    messengers: BTreeMap<String, (SourceId, Messenger)>,
}

impl Assembly {
    /// Whether documents of this kind go into an index.
    pub fn takes(kind: DocumentKind) -> bool {
        matches!(
            kind,
            DocumentKind::Vocabulary | DocumentKind::Criterion | DocumentKind::UseCase | DocumentKind::Messenger
        )
    }

    /// Adds a document or replaces the one of the same id; of the vocabulary each area and fact by itself.
    /// Documents of other kinds are ignored.
    pub fn add(&mut self, place: Place, source: SourceId, document: Document) {
        match document {
            Document::Vocabulary(vocabulary) => self.vocabulary(source, vocabulary),
            Document::Criterion(own) => {
                drop(self.criteria.insert(place.id, (source, place.area.unwrap_or_default(), own)));
            }
            Document::UseCase(own) => drop(self.use_cases.insert(place.id, (source, own))),
            Document::Messenger(own) => self.messenger(place.id, source, own),
            _ => {}
        }
    }

    fn vocabulary(&mut self, source: SourceId, vocabulary: Vocabulary) {
        for (area, label) in vocabulary.areas {
            self.facts.areas.insert(area.value, label);
        }
        for (key, def) in vocabulary.facts {
            self.facts.define(key, source, def);
        }
    }

    /// Adds or replaces a messenger.
    pub fn messenger(&mut self, id: String, source: SourceId, messenger: Messenger) {
        self.messengers.insert(id, (source, messenger));
    }

    /// Works out all references. What does not resolve is reported and left out.
    pub fn finish(self, found: &mut Vec<Diagnostic>) -> Index {
        let facts = self.facts;
        facts.check(found);
        let mut rules = Vec::new();
        for (id, (source, area, criterion)) in self.criteria {
            rules.extend(rules::resolve(id, area, source, criterion, &facts, found));
        }
        rules.sort_by_cached_key(|rule| (facts.areas.get_index_of(&rule.area), rule.id.clone()));
        let profiles = profiles::resolve(Vec::new(), self.messengers, &facts, found);
        let mut settings = Vec::new();
        for (id, (source, use_case)) in self.use_cases {
            settings.push(settings::resolve(id, source, use_case, &facts, &rules, found));
        }
        Index { facts, rules, profiles, settings }
    }
}
