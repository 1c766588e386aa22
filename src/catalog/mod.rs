//! Everything messwerk knows, loaded, merged and with all references resolved.
//!
//! The embedded data come first; each of the user's folders lies over them: the same id replaces, a new
//! id adds. Loading never stops at a mistake: it collects findings and leaves out what cannot be used.

mod files;
mod load;
mod organisation;
mod references;
mod urls;

use std::collections::BTreeMap;

use crate::document::{Document, Texts};
use crate::index::Index;
use crate::model::{Checklist, Glossary, Position, Positions, Requirement};
use crate::source::{SourceId, Sources};

pub use crate::index::{
    Check, Clause, Concrete, Definition, Doc, Embedded, FactId, Facts, MAX_SET, Profile, Rule, Setting, State, Step,
    candidates, excluded,
};
pub use files::display;
pub use load::{Loaded, load, load_paths};
pub use organisation::{Situation, read as read_organisation};
pub use references::source_of;
pub use urls::safe_url;

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

impl Embedded for Checklist {
    fn from_document(document: Document) -> Option<Self> {
        match document {
            Document::Checklist(checklist) => Some(checklist),
            _ => None,
        }
    }
}

impl Embedded for Positions {
    fn from_document(document: Document) -> Option<Self> {
        match document {
            Document::Positions(positions) => Some(positions),
            _ => None,
        }
    }
}

impl Embedded for Glossary {
    fn from_document(document: Document) -> Option<Self> {
        match document {
            Document::Glossary(glossary) => Some(glossary),
            _ => None,
        }
    }
}

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
    /// The program's texts.
    pub texts: Texts,
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

    /// The index of a messenger.
    pub fn profile(&self, id: &str) -> Option<usize> {
        self.profiles.binary_search_by(|profile| profile.id.as_str().cmp(id)).ok()
    }

    /// The index of a use case, by id or alias.
    pub fn setting(&self, name: &str) -> Option<usize> {
        let by_alias = || self.settings.iter().position(|setting| setting.aliases.iter().any(|alias| alias == name));
        self.settings.iter().position(|setting| setting.id == name).or_else(by_alias)
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
