//! Everything messwerk knows, loaded, merged and with all references resolved.
//!
//! The embedded data come first; each of the user's folders lies over them: the same id replaces, a new
//! id adds. Loading never stops at a mistake: it collects findings and leaves out what cannot be used.

mod entries;
mod files;
mod inputs;
mod load;
mod moved;
mod organisation;
mod phrases;
mod policy;
mod references;
mod revision;
mod state;
mod urls;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::index::Index;
use crate::model::{
    Checklist, Contradictions, Freshness, Glossary, LintPage, Messenger, Position, Positions, Redirects, Requirement,
    Waivers, spelled_out,
};
use crate::source::{SourceId, Sources};

pub use crate::index::{
    Check, Clause, Concrete, Definition, Doc, Embedded, FactId, Facts, MAX_SET, Profile, Rule, Setting, State, Step,
    Table, advance, candidates, combinations, excluded, table,
};
pub use entries::Entry;
pub use files::{decode, display, read};
pub use inputs::{Content, Input, Role, data_files, is_data_folder, is_ground, place_of};
pub use load::{Base, Loaded, load, load_inputs, load_paths};
pub use moved::Section;
pub use organisation::{Situation, read as read_organisation};
pub use phrases::{Phrase, Phrases};
pub use policy::{Demands, Permit, Permits, read as read_policy};
pub use references::{check as check_references, source_of};
pub use revision::{Changes, changed_since, files_at, is_revision};
pub use state::{Opened, StateError, open_state};
pub use urls::safe_url;

/// A template for text output.
#[derive(Debug)]
pub struct Template {
    /// Its text.
    pub text: std::borrow::Cow<'static, str>,
    /// Whether it came from a user's folder.
    pub from_user: bool,
}

/// All data of one run. Lists are sorted by id, criteria by area and id.
#[derive(Debug, Default)]
pub struct Catalog {
    /// All files that were read.
    pub sources: Sources,
    /// The vocabulary.
    pub facts: Facts,
    /// Criteria.
    pub rules: Vec<Rule>,
    /// Messengers and editions.
    pub profiles: Vec<Profile>,
    /// Use cases.
    pub settings: Vec<Setting>,
    /// Checklists.
    pub checklists: Vec<Entry<Checklist>>,
    /// Published positions, by body.
    pub positions: Vec<Entry<Positions>>,
    /// Glossary.
    pub glossary: Option<Doc<Glossary>>,
    /// Contradictions between facts, one entry per layer.
    pub contradictions: Vec<Entry<Contradictions>>,
    /// How long facts stay fresh; the last layer counts.
    pub freshness: Vec<Entry<Freshness>>,
    /// Where ids went, one entry per layer.
    pub redirects: Vec<Entry<Redirects>>,
    /// Findings knowingly left standing, one entry per layer.
    pub waivers: Vec<Entry<Waivers>>,
    /// The pages of the checks.
    pub lint_pages: Vec<Entry<LintPage>>,
    /// The program's texts.
    pub texts: Phrases,
    /// Templates by file name, `COMMAND.FORMAT.j2`.
    pub templates: BTreeMap<String, Template>,
}

impl Catalog {
    /// Takes over what has been resolved.
    fn take(&mut self, index: Index) {
        self.facts = index.facts;
        self.rules = index.rules;
        self.profiles = index.profiles;
        self.settings = index.settings;
    }

    /// Lays messengers over those that are there.
    fn overlay(&mut self, messengers: BTreeMap<String, (SourceId, Messenger)>, found: &mut Vec<Diagnostic>) {
        let mut index = Index {
            facts: std::mem::take(&mut self.facts),
            rules: std::mem::take(&mut self.rules),
            profiles: std::mem::take(&mut self.profiles),
            settings: std::mem::take(&mut self.settings),
        };
        index.overlay(messengers, found);
        self.take(index);
    }

    /// The index of a messenger.
    pub fn profile(&self, id: &str) -> Option<usize> {
        self.profiles.binary_search_by(|profile| profile.id.as_str().cmp(id)).ok()
    }

    /// The index of a use case, by id or alias; capitals and umlauts (`Beschäftigung`) do no harm.
    pub fn setting(&self, name: &str) -> Option<usize> {
        let named = |name: &str| {
            let by_alias =
                || self.settings.iter().position(|setting| setting.aliases.iter().any(|alias| alias == name));
            self.settings.iter().position(|setting| setting.id == name).or_else(by_alias)
        };
        named(name).or_else(|| named(&spelled_out(name)))
    }

    /// The index of a criterion.
    pub fn rule(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|rule| rule.id == id)
    }

    /// A checklist by id.
    pub fn checklist(&self, id: &str) -> Option<&Entry<Checklist>> {
        self.checklists.iter().find(|checklist| checklist.id == id)
    }

    /// A requirement by `CHECKLIST/REQUIREMENT`.
    pub fn requirement(&self, name: &str) -> Option<(&Entry<Checklist>, &Requirement)> {
        let (checklist, id) = name.split_once('/')?;
        let checklist = self.checklist(checklist)?;
        let requirement = checklist.value.requirements.iter().find(|requirement| requirement.id.value == id)?;
        Some((checklist, requirement))
    }

    /// The names of all requirements, `CHECKLIST/REQUIREMENT`.
    pub fn requirement_names(&self) -> impl Iterator<Item = String> {
        self.checklists.iter().flat_map(|checklist| {
            let of_one = checklist.value.requirements.iter();
            of_one.map(|requirement| format!("{}/{}", checklist.id, requirement.id))
        })
    }

    /// All positions with the body that took them.
    pub fn all_positions(&self) -> impl Iterator<Item = (&Entry<Positions>, &Position)> {
        self.positions.iter().flat_map(|body| body.value.positions.iter().map(move |position| (body, position)))
    }
}
