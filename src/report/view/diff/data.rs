//! What changed in the data, with every word in the reader's language.

use serde::Serialize;

use super::{Ground, what};
use crate::catalog::{Catalog, FactId, source_of};
use crate::diff::{FactChange, GroundChange, GroundKind, Item, MessengerChange, Part, Shown, Sides, What};
use crate::report::Words;
use crate::report::view::common::{FactView, Named, SourceView};

/// A profile that came, went, was renamed or changed.
#[derive(Debug, Serialize)]
pub struct MessengerView {
    /// Stable id, of the new state if it is there.
    pub id: String,
    /// Name.
    pub name: String,
    /// `added`, `removed`, `renamed` or `changed`.
    pub what: Named,
    /// The id it had before; empty unless renamed.
    pub renamed_from: String,
    /// For one that is gone: where its id leads to; empty if nowhere.
    pub redirected_to: String,
    /// Facts it states itself.
    pub facts: Vec<FactChangeView>,
    /// Its measures.
    pub measures: Vec<ItemView>,
    /// Its sources.
    pub sources: Vec<ItemView>,
    /// Name, dates, tags and the like.
    pub parts: Vec<PartView>,
}

/// A fact that changed.
#[derive(Debug, Serialize)]
pub struct FactChangeView {
    /// Key of the vocabulary.
    pub key: String,
    /// Label.
    pub label: String,
    /// Whether the value, or what is disputed about it, changed.
    pub value_changed: bool,
    /// The value before, for people.
    pub old_value: String,
    /// The value after, for people.
    pub new_value: String,
    /// Which parts changed: `value`, `dispute`, `confidence`, `basis`, `sources`, `quote`, `note`, `checked`, `stated`.
    pub changed: Vec<Named>,
    /// Parts other than value and sources, before and after.
    pub parts: Vec<PartView>,
    /// Sources that are cited now and were not.
    pub sources_added: Vec<SourceView>,
    /// Sources that were cited and are not now.
    pub sources_removed: Vec<SourceView>,
    /// Editions that inherit it.
    pub reaches: Vec<Named>,
    /// The fact before; `null` where nobody stated it.
    pub old: Option<FactView>,
    /// The fact after; `null` where nobody states it.
    pub new: Option<FactView>,
}

/// A part of a document that changed.
#[derive(Debug, Serialize)]
pub struct PartView {
    /// Which part.
    pub part: Named,
    /// Which of several, for people; empty if there is one.
    pub item: String,
    /// `added`, `removed` or `changed`.
    pub what: Named,
    /// Before, for people; empty if there was nothing, or where the part is named only.
    pub old: String,
    /// After, likewise.
    pub new: String,
}

/// Something with an id within a document.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// Id.
    pub id: String,
    /// Title; empty if it has none.
    pub title: String,
    /// `added`, `removed` or `changed`.
    pub what: Named,
    /// What changed within it.
    pub parts: Vec<PartView>,
}

/// A document other than a profile.
#[derive(Debug, Serialize)]
pub struct GroundView {
    /// `criterion`, `use_case`, `fact`, `area`, `checklist`, `positions` or `other`.
    pub kind: Named,
    /// Stable id, of the new state if it is there.
    pub id: String,
    /// Title.
    pub title: String,
    /// `added`, `removed`, `renamed` or `changed`.
    pub what: Named,
    /// The id it had before; empty unless renamed.
    pub renamed_from: String,
    /// Parts that changed.
    pub parts: Vec<PartView>,
    /// Knock-outs, requirements or positions that changed.
    pub items: Vec<ItemView>,
}

/// A profile.
pub fn messenger(ground: &Ground<'_>, change: &MessengerChange) -> MessengerView {
    let name = ground.messenger(change.pair);
    let pair = ground.pairs.messengers[change.pair];
    let renamed = pair.old.filter(|_| change.what == What::Renamed);
    let into = pair.into.map(|at| ground.new.profiles[at].id.clone());
    let items = |all: &[Item]| all.iter().map(|own| item(ground, own)).collect();
    MessengerView {
        id: name.id,
        name: name.label,
        what: what(ground.words, change.what),
        renamed_from: renamed.map(|at| ground.old.profiles[at].id.clone()).unwrap_or_default(),
        redirected_to: into.unwrap_or_default(),
        facts: change.facts.iter().map(|own| fact(ground, change.pair, own)).collect(),
        measures: items(&change.measures),
        sources: items(&change.sources),
        parts: parts(ground, &change.parts),
    }
}

/// One side of a fact that changed.
struct FactSide<'a> {
    catalog: &'a Catalog,
    profile: usize,
    view: Option<FactView>,
    id: Option<FactId>,
}

impl<'a> FactSide<'a> {
    fn new(words: &Words<'_>, catalog: &'a Catalog, profile: Option<usize>, id: Option<FactId>) -> Self {
        let stated = profile.zip(id).filter(|(at, id)| catalog.profiles[*at].stated_by[id.index()].is_some());
        let view = stated.map(|(at, id)| FactView::new(catalog, words, at, id));
        Self { catalog, profile: profile.unwrap_or_default(), view, id }
    }

    fn value(&self, words: &Words<'_>) -> String {
        match &self.view {
            None => words.get("diff.not-stated").to_owned(),
            Some(view) if view.inherited_from.is_empty() => view.value.clone(),
            Some(view) => words.fill("diff.inherited", &[("value", &view.value), ("name", &view.inherited_from)]),
        }
    }

    fn sources(&self, words: &Words<'_>, ids: &[String]) -> Vec<SourceView> {
        let owner = self.id.and_then(|id| self.catalog.profiles[self.profile].stated_by[id.index()]);
        let find = |id: &String| Some(SourceView::new(words, id, source_of(self.catalog, owner?, id)?));
        ids.iter().filter_map(find).collect()
    }
}

fn fact(ground: &Ground<'_>, messenger: usize, change: &FactChange) -> FactChangeView {
    let words = ground.words;
    let pair = ground.pairs.messengers[messenger];
    let old = FactSide::new(words, ground.old, pair.old, change.fact.old);
    let new = FactSide::new(words, ground.new, pair.new, change.fact.new);
    let (label, key) = new
        .view
        .as_ref()
        .or(old.view.as_ref())
        .map_or_else(Default::default, |own| (own.label.clone(), own.key.clone()));
    let details = ["confidence", "basis", "quote", "note", "checked"];
    let shown = details.into_iter().filter(|name| change.parts.contains(name));
    FactChangeView {
        key,
        label,
        value_changed: change.changes_value(),
        old_value: old.value(words),
        new_value: new.value(words),
        changed: change.parts.iter().map(|name| Named::of(words, "diff-part", name)).collect(),
        parts: shown.map(|name| detail(words, name, old.view.as_ref(), new.view.as_ref())).collect(),
        sources_added: new.sources(words, &change.added),
        sources_removed: old.sources(words, &change.removed),
        reaches: change.reaches.iter().map(|at| ground.messenger(*at)).collect(),
        old: old.view,
        new: new.view,
    }
}

/// A part of a fact, read off its views.
fn detail(words: &Words<'_>, name: &'static str, old: Option<&FactView>, new: Option<&FactView>) -> PartView {
    let of = |view: Option<&FactView>| {
        view.map(|own| match name {
            "confidence" => own.confidence_label.clone(),
            "basis" => own.basis_label.clone(),
            "quote" => own.quote.clone(),
            "note" => own.note.clone(),
            _ => own.checked.clone(),
        })
    };
    let (mut old, mut new) = (of(old).unwrap_or_default(), of(new).unwrap_or_default());
    let kind = What::of(!old.is_empty(), !new.is_empty());
    let mut part = Named::of(words, "diff-part", name);
    if old == new {
        part.label = other_language(words, &part.label);
        (old, new) = Default::default();
    }
    PartView { part, item: String::new(), what: what(words, kind), old, new }
}

/// The name of a text that changed in the other language only.
fn other_language(words: &Words<'_>, label: &str) -> String {
    words.fill("diff.other-language", &[("part", label)])
}

fn parts(ground: &Ground<'_>, all: &[Part]) -> Vec<PartView> {
    all.iter().map(|own| part(ground, own)).collect()
}

fn part(ground: &Ground<'_>, own: &Part) -> PartView {
    let words = ground.words;
    let Sides { old, new } = ground.sides();
    let mut part = Named::of(words, "diff-part", own.name);
    if let (Some(Shown::Text(one)), Some(Shown::Text(other))) = (&own.old, &own.new)
        && words.text(one) == words.text(other)
    {
        part.label = other_language(words, &part.label);
        return PartView {
            part,
            item: String::new(),
            what: what(words, own.what),
            old: String::new(),
            new: String::new(),
        };
    }
    let side = |catalog: &Catalog, value: &Option<Shown>| {
        value.as_ref().map(|value| shown(words, catalog, value)).unwrap_or_default()
    };
    let named = if own.new.is_some() { new } else { old };
    PartView {
        part,
        item: side(named, &own.item),
        what: what(words, own.what),
        old: side(old, &own.old),
        new: side(new, &own.new),
    }
}

fn shown(words: &Words<'_>, catalog: &Catalog, value: &Shown) -> String {
    match value {
        Shown::Text(text) => words.text(text).to_owned(),
        Shown::Word(word) => word.clone(),
        Shown::Date(date) => words.date(*date),
        Shown::Number(number) => number.to_string(),
        Shown::Laws(laws) => laws.iter().map(|law| words.law(law)).collect::<Vec<_>>().join("; "),
        Shown::Key(group, name) => words.named(group, name),
        Shown::Fact(key) => match catalog.facts.id(key) {
            Some(id) => words.text(&catalog.facts.get(id).def.label).to_owned(),
            None => key.clone(),
        },
        Shown::Value(key, value) => catalog.facts.id(key).map(|id| words.value(catalog, id, value)).unwrap_or_default(),
    }
}

fn item(ground: &Ground<'_>, own: &Item) -> ItemView {
    let title = own.title.new.as_ref().or(own.title.old.as_ref());
    ItemView {
        id: own.id.clone(),
        title: title.map(|text| ground.words.text(text).to_owned()).unwrap_or_default(),
        what: what(ground.words, own.what),
        parts: parts(ground, &own.parts),
    }
}

/// Anything but a profile.
pub fn ground(ground: &Ground<'_>, change: &GroundChange) -> GroundView {
    let words = ground.words;
    let kind = match change.kind {
        GroundKind::Criterion => "criterion",
        GroundKind::UseCase => "use_case",
        GroundKind::Fact => "fact",
        GroundKind::Area => "area",
        GroundKind::Checklist => "checklist",
        GroundKind::Positions => "positions",
        GroundKind::Other => "other",
    };
    let id = change.id.new.clone().or_else(|| change.id.old.clone()).unwrap_or_default();
    let title = change.title.new.as_ref().or(change.title.old.as_ref());
    let title = match (title, change.kind) {
        (Some(title), _) => words.text(title).to_owned(),
        (None, GroundKind::Other) => words.named("diff-other", &id),
        (None, _) => String::new(),
    };
    let mut items: Vec<ItemView> = change.items.iter().map(|own| item(ground, own)).collect();
    if change.kind == GroundKind::UseCase {
        for own in &mut items {
            own.title = rule_title(ground, &own.id);
        }
    }
    let renamed = change.what == What::Renamed;
    GroundView {
        kind: Named::of(words, "diff-kind", kind),
        id,
        title,
        what: what(words, change.what),
        renamed_from: change.id.old.clone().filter(|_| renamed).unwrap_or_default(),
        parts: parts(ground, &change.parts),
        items,
    }
}

/// The title of a criterion by its id, which may exist on one side only.
fn rule_title(ground: &Ground<'_>, id: &str) -> String {
    let of = |catalog: &Catalog| {
        let rule = catalog.rules.iter().find(|rule| rule.id == id)?;
        Some(ground.words.text(&rule.criterion.title).to_owned())
    };
    of(ground.new).or_else(|| of(ground.old)).unwrap_or_default()
}
