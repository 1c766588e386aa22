//! A new profile to fill in: every fact of the vocabulary, still unknown, with what may stand there.

use serde::Serialize;

use super::{Words, template};
use crate::catalog::{Catalog, Definition, FactId, State};
use crate::model::{Date, FactDef, Kind};

/// The columns comments are broken at: files of data are edited, not printed.
const WIDTH: usize = 120;

/// A profile to be filled in.
#[derive(Debug, Clone, Copy)]
pub struct Scaffold<'a> {
    /// Its id.
    pub id: &'a str,
    /// Index of the messenger it is an edition of.
    pub edition_of: Option<usize>,
    /// The day it is made.
    pub today: Date,
}

#[derive(Serialize)]
struct ScaffoldView<'a> {
    id: &'a str,
    today: String,
    parent: Option<ParentView<'a>>,
    tags: Vec<&'a str>,
    areas: Vec<AreaView<'a>>,
    /// A fact and a value of it, for the example of a measure.
    example: Option<(&'a str, String)>,
}

#[derive(Serialize)]
struct ParentView<'a> {
    id: &'a str,
    name: &'a str,
    measures: Vec<&'a str>,
}

#[derive(Serialize)]
struct AreaView<'a> {
    label: &'a str,
    facts: Vec<ScaffoldFactView<'a>>,
}

#[derive(Serialize)]
struct ScaffoldFactView<'a> {
    key: &'a str,
    label: &'a str,
    why: &'a str,
    /// What may stand there, as a sentence.
    allowed: String,
    /// The parent's value, for people; empty if there is no parent.
    inherited: String,
}

/// The text of a new profile.
pub fn messenger(catalog: &Catalog, words: &Words<'_>, scaffold: Scaffold<'_>) -> anyhow::Result<String> {
    let wanted = |key: &str| !key.starts_with("setting.") && !key.starts_with("org.");
    let facts: Vec<(FactId, &Definition)> =
        catalog.facts.iter().filter(|(_, definition)| wanted(&definition.key)).collect();
    let mut areas: Vec<AreaView<'_>> = Vec::new();
    let mut last = "";
    for (id, definition) in &facts {
        let area = definition.key.split('.').next().unwrap_or_default();
        if area != last || areas.is_empty() {
            let label = catalog.facts.areas.get(area).map_or(area, |label| words.text(label));
            areas.push(AreaView { label, facts: Vec::new() });
            last = area;
        }
        if let Some(area) = areas.last_mut() {
            area.facts.push(fact(catalog, words, scaffold, *id, definition));
        }
    }
    let view = ScaffoldView {
        id: scaffold.id,
        today: scaffold.today.to_string(),
        parent: scaffold.edition_of.map(|parent| {
            let profile = &catalog.profiles[parent];
            let measures = profile.measures.iter().map(|step| step.id.as_str()).collect();
            ParentView { id: &profile.id, name: profile.name.get(words.lang), measures }
        }),
        tags: tags(catalog),
        areas,
        example: facts.iter().find_map(|(_, definition)| {
            let first = definition.def.values.keys().next().filter(|_| definition.def.kind.value == Kind::Choice)?;
            Some((definition.key.as_str(), first.value.clone()))
        }),
    };
    template::render(catalog, words, WIDTH, "_messenger", "yaml", &view)
}

fn tags(catalog: &Catalog) -> Vec<&str> {
    let mut tags: Vec<&str> =
        catalog.profiles.iter().flat_map(|profile| profile.tags.iter().map(String::as_str)).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

fn fact<'a>(
    catalog: &'a Catalog,
    words: &Words<'a>,
    scaffold: Scaffold<'_>,
    id: FactId,
    definition: &'a Definition,
) -> ScaffoldFactView<'a> {
    let inherited = scaffold.edition_of.map(|parent| inherited(catalog, words, parent, id));
    ScaffoldFactView {
        key: &definition.key,
        label: definition.def.label.get(words.lang),
        why: definition.def.why.get(words.lang),
        allowed: allowed(words, &definition.def),
        inherited: inherited.unwrap_or_default(),
    }
}

/// What a parent states, for people.
fn inherited(catalog: &Catalog, words: &Words<'_>, parent: usize, id: FactId) -> String {
    let profile = &catalog.profiles[parent];
    let stated = profile.stated_by[id.index()].and_then(|owner| {
        let messenger = &catalog.profiles[owner].messenger;
        messenger.facts.get(catalog.facts.get(id).key.as_str())
    });
    match (&profile.states[id.index()], stated) {
        (State::Unknown, _) | (_, None) => words.get("value.unknown").to_owned(),
        (_, Some(fact)) => words.stated(catalog, id, fact),
    }
}

/// Which values a fact may have, each word with its meaning.
fn allowed(words: &Words<'_>, def: &FactDef) -> String {
    let meaning = |(word, label): (&crate::model::Spanned<String>, &crate::model::Text)| {
        format!("{word} ({})", words.text(label))
    };
    let listed = def.values.iter().map(meaning).collect::<Vec<_>>().join(", ");
    let mut text = match def.kind.value {
        Kind::Choice => words.fill("scaffold.choice", &[("values", &listed)]),
        Kind::Set => words.fill("scaffold.set", &[("values", &listed)]),
        Kind::Number => match &def.unit {
            Some(unit) => words.fill("scaffold.number-of", &[("unit", words.text(unit))]),
            None => words.get("scaffold.number").to_owned(),
        },
        Kind::Country => words.get("scaffold.country").to_owned(),
        Kind::Text => words.get("scaffold.text").to_owned(),
    };
    if def.not_applicable {
        text.push_str(words.get("scaffold.or-not-applicable"));
    }
    text
}
