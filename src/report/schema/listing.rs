//! Lists of known words with the meaning of each, as editors show them.
//!
//! `enumDescriptions` is no keyword of JSON Schema but understood by the language servers of YAML and JSON: completion
//! and hover then show what each word means. Validators pass over it.

use serde_json::{Map, Value as Json, json};

use super::both;
use crate::catalog::Catalog;
use crate::model::{FactDef, Goal, Name, Text};

/// Words and what each means.
#[derive(Default)]
pub struct Listing {
    words: Vec<String>,
    meanings: Vec<String>,
}

impl Listing {
    pub fn add(&mut self, word: impl Into<String>, meaning: impl Into<String>) {
        self.words.push(word.into());
        self.meanings.push(meaning.into());
    }

    /// Takes over another's words.
    pub fn append(&mut self, other: &mut Self) {
        self.words.append(&mut other.words);
        self.meanings.append(&mut other.meanings);
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// One of these words. No `type` beside them: completion would then write `yes` in quotes, which it does not need.
    pub fn schema(&self) -> Json {
        json!({"enum": self.words, "enumDescriptions": self.meanings})
    }

    /// A map whose keys are these words.
    pub fn map_of(&self, value: &Json) -> Json {
        let mut properties = Map::new();
        for (word, meaning) in self.words.iter().zip(&self.meanings) {
            let mut own = value.clone();
            if let Some(object) = own.as_object_mut() {
                object.insert("description".into(), meaning.clone().into());
            }
            properties.insert(word.clone(), own);
        }
        json!({"type": "object", "properties": properties, "additionalProperties": false})
    }
}

fn collect<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> Listing {
    let mut listing = Listing::default();
    for (word, meaning) in entries {
        listing.add(word, meaning);
    }
    listing
}

/// The words of a fact's own list.
pub fn words(def: &FactDef) -> Listing {
    collect(def.values.iter().map(|(word, label)| (word.as_str(), both(label))))
}

/// The vocabulary's keys that are wanted.
pub fn keys(catalog: &Catalog, wanted: impl Fn(&str) -> bool) -> Listing {
    let wanted = catalog.facts.iter().filter(|(_, own)| wanted(&own.key));
    collect(wanted.map(|(_, own)| (own.key.as_str(), both(&own.def.label))))
}

pub fn criteria(catalog: &Catalog) -> Listing {
    collect(catalog.rules.iter().map(|rule| (rule.id.as_str(), both(&rule.criterion.title))))
}

pub fn messengers(catalog: &Catalog) -> Listing {
    collect(catalog.profiles.iter().map(|profile| (profile.id.as_str(), name(&profile.name))))
}

/// The measures of a messenger, own and inherited.
pub fn measures(catalog: &Catalog, profile: usize) -> Listing {
    let steps = catalog.profiles[profile].measures.iter();
    collect(steps.map(|step| {
        let title = catalog.profiles[step.owner].messenger.measures.get(step.id.as_str()).map(|own| both(&own.title));
        (step.id.as_str(), title.unwrap_or_default())
    }))
}

pub fn use_cases(catalog: &Catalog) -> Listing {
    collect(catalog.settings.iter().map(|setting| (setting.id.as_str(), both(&setting.use_case.title))))
}

pub fn checklists(catalog: &Catalog) -> Listing {
    collect(catalog.checklists.iter().map(|list| (list.id.as_str(), both(&list.value.title))))
}

pub fn requirements(catalog: &Catalog) -> Listing {
    let mut listing = Listing::default();
    for list in &catalog.checklists {
        for requirement in &list.value.requirements {
            listing.add(format!("{}/{}", list.id, requirement.id), both(&requirement.text));
        }
    }
    listing
}

pub fn checks(catalog: &Catalog) -> Listing {
    collect(catalog.lint_pages.iter().map(|page| (page.id.as_str(), both(&page.value.summary))))
}

pub fn goals(catalog: &Catalog) -> Listing {
    let label = |goal: Goal| catalog.texts.get(&format!("goal.{}", goal.id())).map(|text| both(&text.to_text()));
    collect(Goal::ALL.into_iter().map(|goal| (goal.id(), label(goal).unwrap_or_default())))
}

/// A name that is the same in both languages is written once.
fn name(name: &Name) -> String {
    let Text { de, en } = &name.0;
    if de == en { de.clone() } else { both(&name.0) }
}
