//! What changed in the profiles: facts, measures, sources and the rest.

use crate::catalog::{Catalog, FactId, Profile, source_of};
use crate::model::{Fact, Measure, Messenger, SourceRef, Spanned};

use super::parts::{Item, Part, Parts, Shown, What, all_keys, same_value};
use super::{Pairs, Sides, fact_id};

/// What changed in the profile of one messenger.
#[derive(Debug)]
pub struct MessengerChange {
    /// Its index among the pairs of messengers.
    pub pair: usize,
    /// Whether it came, went, was renamed or changed.
    pub what: What,
    /// Name, date, tags and the like.
    pub parts: Vec<Part>,
    /// Facts it states itself, on either side.
    pub facts: Vec<FactChange>,
    /// Its own measures.
    pub measures: Vec<Item>,
    /// Its own sources.
    pub sources: Vec<Item>,
}

/// A fact that changed.
#[derive(Debug)]
pub struct FactChange {
    /// The fact on both sides, as far as the vocabulary has it.
    pub fact: Sides<Option<FactId>>,
    /// Which parts: `value`, `dispute`, `confidence`, `basis`, `sources`, `quote`, `note`, `checked`, `stated`.
    pub parts: Vec<&'static str>,
    /// Ids of sources that only the old state cites.
    pub removed: Vec<String>,
    /// Ids of sources that only the new state cites.
    pub added: Vec<String>,
    /// Editions that inherit it on either side, as indices among the pairs.
    pub reaches: Vec<usize>,
}

impl FactChange {
    /// Whether what is known changed, not only what it rests on.
    pub fn changes_value(&self) -> bool {
        self.parts.iter().any(|part| matches!(*part, "value" | "dispute"))
    }
}

/// One side of a comparison of profiles.
#[derive(Clone, Copy)]
struct Side<'a> {
    catalog: &'a Catalog,
    profile: usize,
}

impl<'a> Side<'a> {
    fn profile(self) -> &'a Profile {
        &self.catalog.profiles[self.profile]
    }

    fn messenger(self) -> &'a Messenger {
        &self.catalog.profiles[self.profile].messenger
    }

    /// What holds here about a fact, and which profile states it.
    fn stated(self, id: FactId) -> Option<(usize, &'a Fact)> {
        let owner = self.profile().stated_by[id.index()]?;
        let key = self.catalog.facts.get(id).key.as_str();
        Some((owner, self.catalog.profiles[owner].messenger.facts.get(key)?))
    }

    fn text(self) -> &'a str {
        &self.catalog.sources.get(self.profile().source).text
    }

    /// Editions for which this profile states a fact.
    fn reaches(self, id: FactId) -> impl Iterator<Item = usize> + 'a {
        let own = self.profile;
        let all = self.catalog.profiles.iter().enumerate();
        all.filter(move |(at, other)| *at != own && other.stated_by[id.index()] == Some(own)).map(|(at, _)| at)
    }
}

/// Compares the profiles of all messengers, in the order of the pairs.
pub fn messengers(old: &Catalog, new: &Catalog, pairs: &Pairs) -> Vec<MessengerChange> {
    let mut changes = Vec::new();
    for (at, pair) in pairs.messengers.iter().enumerate() {
        let Some(sides) = pair.both() else {
            let what = What::of(pair.old.is_some(), pair.new.is_some());
            changes.push(MessengerChange {
                pair: at,
                what,
                parts: Vec::new(),
                facts: Vec::new(),
                measures: Vec::new(),
                sources: Vec::new(),
            });
            continue;
        };
        let sides =
            Sides { old: Side { catalog: old, profile: sides.old }, new: Side { catalog: new, profile: sides.new } };
        changes.extend(messenger(pairs, at, sides));
    }
    changes
}

fn messenger(pairs: &Pairs, at: usize, sides: Sides<Side<'_>>) -> Option<MessengerChange> {
    let renamed = sides.old.profile().id != sides.new.profile().id;
    // The same file says the same, unless the vocabulary has renamed a fact.
    if !renamed && sides.old.text() == sides.new.text() {
        return None;
    }
    let (old, new) = (sides.old.messenger(), sides.new.messenger());
    let change = MessengerChange {
        pair: at,
        what: if renamed { What::Renamed } else { What::Changed },
        parts: parts(old, new),
        facts: pairs.facts.iter().filter_map(|pair| fact(pairs, sides, pair.old, pair.new)).collect(),
        measures: measures(old, new),
        sources: sources(old, new),
    };
    let empty =
        change.parts.is_empty() && change.facts.is_empty() && change.measures.is_empty() && change.sources.is_empty();
    (renamed || !empty).then_some(change)
}

fn word(text: &Spanned<String>) -> Shown {
    Shown::Word(text.value.clone())
}

fn parts(old: &Messenger, new: &Messenger) -> Vec<Part> {
    let mut parts = Parts::default();
    parts.text("name", &old.name.0, &new.name.0);
    parts.shown("edition-of", old.edition_of.as_ref().map(word), new.edition_of.as_ref().map(word));
    parts.text("summary", &old.summary, &new.summary);
    parts.names("tags", &old.tags, &new.tags);
    parts.shown("website", old.website.as_ref().map(word), new.website.as_ref().map(word));
    parts.shown("checked", Some(Shown::Date(old.checked.value)), Some(Shown::Date(new.checked.value)));
    let ended = |own: &Messenger| own.ended.as_ref().map(|date| Shown::Date(date.value));
    parts.shown("ended", ended(old), ended(new));
    parts.shown("successor", old.successor.as_ref().map(word), new.successor.as_ref().map(word));
    parts.names("drops", &old.drops, &new.drops);
    parts.whole("history", &old.history, &new.history);
    parts.0
}

fn fact(pairs: &Pairs, sides: Sides<Side<'_>>, old: Option<usize>, new: Option<usize>) -> Option<FactChange> {
    let ids = Sides { old: old.map(fact_id), new: new.map(fact_id) };
    let stated =
        Sides { old: ids.old.and_then(|id| sides.old.stated(id)), new: ids.new.and_then(|id| sides.new.stated(id)) };
    let own = Sides {
        old: stated.old.is_some_and(|(owner, _)| owner == sides.old.profile),
        new: stated.new.is_some_and(|(owner, _)| owner == sides.new.profile),
    };
    // What both inherit is listed where it is stated.
    if !own.old && !own.new {
        return None;
    }
    let (removed, added) = cited(sides, stated);
    let mut parts = match (stated.old, stated.new) {
        (Some(before), Some(after)) => {
            let mut parts = fact_parts(before.1, after.1);
            if !removed.is_empty() || !added.is_empty() {
                parts.push("sources");
            }
            let checked = |side: Side<'_>, (owner, fact): (usize, &Fact)| {
                let whole = &side.catalog.profiles[owner].messenger.checked;
                fact.checked.as_ref().unwrap_or(whole).value
            };
            let dated = before.1.checked.is_some() || after.1.checked.is_some();
            if dated && checked(sides.old, before) != checked(sides.new, after) {
                parts.push("checked");
            }
            parts
        }
        _ => vec!["value"],
    };
    if own.old != own.new {
        parts.push("stated");
    }
    if parts.is_empty() {
        return None;
    }
    let reaches = reaches(pairs, sides, ids, own);
    Some(FactChange { fact: ids, parts, removed, added, reaches })
}

/// Editions that inherit a fact from a profile that states it itself, as indices among the pairs.
fn reaches(pairs: &Pairs, sides: Sides<Side<'_>>, ids: Sides<Option<FactId>>, own: Sides<bool>) -> Vec<usize> {
    let old = ids.old.filter(|_| own.old).into_iter().flat_map(|id| sides.old.reaches(id));
    let new = ids.new.filter(|_| own.new).into_iter().flat_map(|id| sides.new.reaches(id));
    let old = old.filter_map(|at| pairs.messenger_of_old(at));
    let mut all: Vec<usize> = old.chain(new.filter_map(|at| pairs.messenger_of_new(at))).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn fact_parts(old: &Fact, new: &Fact) -> Vec<&'static str> {
    let mut parts = Vec::new();
    if !same_value(&old.value, &new.value) {
        parts.push("value");
    }
    let within = |own: &Fact, other: &Fact| {
        own.candidates.iter().all(|value| other.candidates.iter().any(|known| same_value(known, value)))
    };
    if !within(old, new) || !within(new, old) {
        parts.push("dispute");
    }
    if old.confidence != new.confidence {
        parts.push("confidence");
    }
    if old.basis != new.basis {
        parts.push("basis");
    }
    if old.quote != new.quote {
        parts.push("quote");
    }
    if old.note != new.note {
        parts.push("note");
    }
    parts
}

/// Sources that only one side cites: those that neither share an id within one profile nor an address.
fn cited(sides: Sides<Side<'_>>, stated: Sides<Option<(usize, &Fact)>>) -> (Vec<String>, Vec<String>) {
    let list = |side: Side<'_>, stated: Option<(usize, &Fact)>| -> Vec<(String, String, bool)> {
        let Some((owner, fact)) = stated else { return Vec::new() };
        let url = |id: &str| source_of(side.catalog, owner, id).map(|source| source.url.value.clone());
        let own = owner == side.profile;
        fact.sources.iter().map(|id| (id.value.clone(), url(id).unwrap_or_default(), own)).collect()
    };
    let (old, new) = (list(sides.old, stated.old), list(sides.new, stated.new));
    let lacks = |all: &[(String, String, bool)], (id, url, own): &(String, String, bool)| {
        !all.iter().any(|(other, address, its)| url == address || id == other && own == its)
    };
    let removed = old.iter().filter(|one| lacks(&new, one)).map(|(id, _, _)| id.clone()).collect();
    let added = new.iter().filter(|one| lacks(&old, one)).map(|(id, _, _)| id.clone()).collect();
    (removed, added)
}

fn measures(old: &Messenger, new: &Messenger) -> Vec<Item> {
    let mut items = Vec::new();
    for key in all_keys(&old.measures, &new.measures) {
        let sides = Sides { old: old.measures.get(key), new: new.measures.get(key) };
        let parts = match (sides.old, sides.new) {
            (Some(old), Some(new)) => measure(old, new),
            _ => Vec::new(),
        };
        let what = What::of(sides.old.is_some(), sides.new.is_some());
        if what != What::Changed || !parts.is_empty() {
            let title = |own: Option<&Measure>| own.map(|own| own.title.clone());
            let title = Sides { old: title(sides.old), new: title(sides.new) };
            items.push(Item { id: key.value.clone(), title, what, parts });
        }
    }
    items
}

fn measure(old: &Measure, new: &Measure) -> Vec<Part> {
    let mut parts = Parts::default();
    parts.text("title", &old.title, &new.title);
    parts.text("how", &old.how, &new.how);
    parts.shown("effort", Some(Shown::Key("effort", old.effort.id())), Some(Shown::Key("effort", new.effort.id())));
    let value = |key: &Spanned<String>, value: &Spanned<crate::model::Value>| {
        Shown::Value(key.value.clone(), value.value.clone())
    };
    for key in all_keys(&old.sets, &new.sets) {
        let sides = (old.sets.get(key), new.sets.get(key));
        if !matches!(sides, (Some(old), Some(new)) if same_value(old, new)) {
            let item = Some(Shown::Fact(key.value.clone()));
            parts.item("sets", item, sides.0.map(|own| value(key, own)), sides.1.map(|own| value(key, own)));
        }
    }
    parts.texts("side-effects", old.side_effects.as_ref(), new.side_effects.as_ref());
    parts.names("needs", &old.needs, &new.needs);
    parts.names("excludes", &old.excludes, &new.excludes);
    parts.names("sources", &old.sources, &new.sources);
    let basis = |own: &Measure| own.basis.map(|basis| Shown::Key("basis", basis.id()));
    parts.shown("basis", basis(old), basis(new));
    parts.0
}

fn sources(old: &Messenger, new: &Messenger) -> Vec<Item> {
    let mut items = Vec::new();
    for key in all_keys(&old.sources, &new.sources) {
        let sides = Sides { old: old.sources.get(key), new: new.sources.get(key) };
        items.extend(source(&key.value, sides));
    }
    items
}

/// What changed about a source.
pub fn source(id: &str, sides: Sides<Option<&SourceRef>>) -> Option<Item> {
    let what = What::of(sides.old.is_some(), sides.new.is_some());
    let mut parts = Parts::default();
    if let (Some(old), Some(new)) = (sides.old, sides.new) {
        let text = |text: &String| Some(Shown::Word(text.clone()));
        parts.shown("title", text(&old.title), text(&new.title));
        parts.shown("publisher", text(&old.publisher), text(&new.publisher));
        parts.shown("url", text(&old.url), text(&new.url));
        let kind = |own: &SourceRef| Some(Shown::Key("source", own.kind.id()));
        parts.shown("kind", kind(old), kind(new));
        let published = |own: &SourceRef| own.published.as_ref().map(|date| Shown::Date(date.value));
        parts.shown("published", published(old), published(new));
        parts.shown("seen", Some(Shown::Date(old.seen.value)), Some(Shown::Date(new.seen.value)));
        parts.shown("via", old.via.as_ref().map(word), new.via.as_ref().map(word));
        parts.texts("note", old.note.as_ref(), new.note.as_ref());
    }
    let title =
        |own: Option<&SourceRef>| own.map(|own| crate::model::Text { de: own.title.clone(), en: own.title.clone() });
    let title = Sides { old: title(sides.old), new: title(sides.new) };
    (what != What::Changed || !parts.0.is_empty()).then(|| Item { id: id.to_owned(), title, what, parts: parts.0 })
}
