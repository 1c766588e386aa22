//! The data with all references worked out: what the engine needs, and nothing else.
//!
//! For the shipped data the index is made at build time and embedded in binary form, so that starting the
//! program parses and resolves nothing; texts stay behind [`Doc`] until somebody reads them. For a user's
//! folder the same code runs at start.

mod doc;
mod facts;
mod profiles;
mod rules;
mod settings;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::model::{Criterion, Messenger, UseCase, Vocabulary};
use crate::source::SourceId;

pub use doc::{Doc, Embedded};
pub use facts::{Concrete, Definition, FactId, Facts, MAX_SET, State};
pub use profiles::{Profile, Step, excluded};
pub use rules::{Check, Clause, Rule, candidates};
pub use settings::{Setting, criterion, in_range};

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

/// Documents on their way into an index: the last one of each id wins.
#[derive(Debug, Default)]
pub struct Assembly {
    facts: Facts,
    criteria: BTreeMap<String, (SourceId, String, Criterion)>,
    use_cases: BTreeMap<String, (SourceId, UseCase)>,
    messengers: BTreeMap<String, (SourceId, Messenger)>,
}

impl Assembly {
    /// Adds areas and facts, or replaces those of the same key.
    pub fn vocabulary(&mut self, source: SourceId, vocabulary: Vocabulary) {
        for (area, label) in vocabulary.areas {
            self.facts.areas.insert(area.value, label);
        }
        for (key, def) in vocabulary.facts {
            self.facts.define(key, source, def);
        }
    }

    /// Adds or replaces a criterion.
    pub fn criterion(&mut self, id: String, area: String, source: SourceId, criterion: Criterion) {
        self.criteria.insert(id, (source, area, criterion));
    }

    /// Adds or replaces a use case.
    pub fn use_case(&mut self, id: String, source: SourceId, use_case: UseCase) {
        self.use_cases.insert(id, (source, use_case));
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
        let profiles = profiles::resolve(self.messengers, &facts, found);
        let mut settings = Vec::new();
        for (id, (source, use_case)) in self.use_cases {
            settings.push(settings::resolve(id, source, use_case, &facts, &rules, found));
        }
        Index { facts, rules, profiles, settings }
    }
}
