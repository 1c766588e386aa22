//! What changed in the ground all verdicts stand on: vocabulary, criteria, use cases, checklists, positions.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::catalog::{Catalog, Entry};
use crate::model::{Spanned, Text};
use crate::source::SourceId;

use super::documents::{checklist, criterion, fact, positions, use_case};
use super::parts::{Item, Part, What, Within, all_in_order};
use super::{Pair, Pairs, Sides, fact_id};

/// What kind of document changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroundKind {
    /// A criterion.
    Criterion,
    /// A use case.
    UseCase,
    /// A fact of the vocabulary.
    Fact,
    /// An area of the vocabulary.
    Area,
    /// A checklist.
    Checklist,
    /// A body with its positions.
    Positions,
    /// Glossary, contradictions, freshness, redirects, waivers: named only.
    Other,
}

/// A document that came, went or changed.
#[derive(Debug)]
pub struct GroundChange {
    /// What it is.
    pub kind: GroundKind,
    /// Its id before and after.
    pub id: Sides<Option<String>>,
    /// Its title before and after.
    pub title: Sides<Option<Text>>,
    /// Whether it came, went, was renamed or changed.
    pub what: What,
    /// What changed within it.
    pub parts: Vec<Part>,
    /// Its knock-outs, requirements or positions that changed.
    pub items: Vec<Item>,
}

/// Compares everything but the messengers.
pub fn ground(old: &Catalog, new: &Catalog, pairs: &Pairs) -> Vec<GroundChange> {
    let sides = Sides { old, new };
    let mut changes = Vec::new();
    for pair in changed_files(sides, &pairs.rules, |all, at| all.rules[at].source) {
        let doc = Sides { old: pair.old.map(|at| &old.rules[at]), new: pair.new.map(|at| &new.rules[at]) };
        let id = Sides { old: doc.old.map(|own| own.id.clone()), new: doc.new.map(|own| own.id.clone()) };
        changes.extend(change(GroundKind::Criterion, id, doc, |own| own.criterion.title.clone(), criterion));
    }
    for pair in changed_files(sides, &pairs.settings, |all, at| all.settings[at].source) {
        let doc = Sides { old: pair.old.map(|at| &old.settings[at]), new: pair.new.map(|at| &new.settings[at]) };
        let id = Sides { old: doc.old.map(|own| own.id.clone()), new: doc.new.map(|own| own.id.clone()) };
        changes.extend(change(
            GroundKind::UseCase,
            id,
            doc,
            |own| own.use_case.title.clone(),
            |old, new| use_case(&old.use_case, &new.use_case),
        ));
    }
    for pair in &pairs.facts {
        let doc = Sides {
            old: pair.old.map(|at| old.facts.get(fact_id(at))),
            new: pair.new.map(|at| new.facts.get(fact_id(at))),
        };
        let id = Sides { old: doc.old.map(|own| own.key.value.clone()), new: doc.new.map(|own| own.key.value.clone()) };
        changes.extend(change(
            GroundKind::Fact,
            id,
            doc,
            |own| own.def.label.clone(),
            |old, new| (fact(&old.def, &new.def), Vec::new()),
        ));
    }
    changes.extend(areas(old, new));
    for pair in changed_files(sides, &pairs.checklists, |all, at| all.checklists[at].source) {
        let (id, doc) = entry(&old.checklists, &new.checklists, pair);
        changes.extend(change(
            GroundKind::Checklist,
            id,
            doc,
            |own| own.value.title.clone(),
            |old, new| checklist(&old.value, &new.value),
        ));
    }
    for pair in changed_files(sides, &pairs.positions, |all, at| all.positions[at].source) {
        let (id, doc) = entry(&old.positions, &new.positions, pair);
        changes.extend(change(
            GroundKind::Positions,
            id,
            doc,
            |own| own.value.authority.clone(),
            |old, new| positions(&old.value, &new.value),
        ));
    }
    changes.extend(others(old, new));
    changes
}

/// The pairs whose files do not say the same to the letter.
fn changed_files<'a>(
    sides: Sides<&'a Catalog>,
    pairs: &'a [Pair],
    file: impl Fn(&Catalog, usize) -> SourceId + 'a,
) -> impl Iterator<Item = Pair> + 'a {
    let text = |catalog: &'a Catalog, id: SourceId| catalog.sources.get(id);
    pairs.iter().copied().filter(move |pair| {
        let Some(both) = pair.both() else { return true };
        let old = text(sides.old, file(sides.old, both.old));
        let new = text(sides.new, file(sides.new, both.new));
        // A file that was renamed or moved says something else by its place.
        let name = |path: &str| path.rsplit(['/', ':']).take(2).map(str::to_owned).collect::<Vec<_>>();
        old.text != new.text || name(&old.path) != name(&new.path)
    })
}

type EntrySides<'a, T> = (Sides<Option<String>>, Sides<Option<&'a Entry<T>>>);

fn entry<'a, T>(old: &'a [Entry<T>], new: &'a [Entry<T>], pair: Pair) -> EntrySides<'a, T> {
    let doc = Sides { old: pair.old.map(|at| &old[at]), new: pair.new.map(|at| &new[at]) };
    (Sides { old: doc.old.map(|own| own.id.clone()), new: doc.new.map(|own| own.id.clone()) }, doc)
}

fn change<T>(
    kind: GroundKind,
    id: Sides<Option<String>>,
    doc: Sides<Option<&T>>,
    title: impl Fn(&T) -> Text,
    compare: impl Fn(&T, &T) -> Within,
) -> Option<GroundChange> {
    let mut what = What::of(doc.old.is_some(), doc.new.is_some());
    let (parts, items) = match (doc.old, doc.new) {
        (Some(old), Some(new)) => compare(old, new),
        _ => Within::default(),
    };
    if what == What::Changed && id.old != id.new {
        what = What::Renamed;
    }
    if what == What::Changed && parts.is_empty() && items.is_empty() {
        return None;
    }
    let title = Sides { old: doc.old.map(&title), new: doc.new.map(&title) };
    Some(GroundChange { kind, id, title, what, parts, items })
}

fn areas(old: &Catalog, new: &Catalog) -> Vec<GroundChange> {
    let all = all_in_order(&old.facts.areas, &new.facts.areas).into_iter();
    let compare = |key: &String| {
        let doc = Sides { old: old.facts.areas.get(key), new: new.facts.areas.get(key) };
        let id = Sides { old: doc.old.map(|_| key.clone()), new: doc.new.map(|_| key.clone()) };
        change(GroundKind::Area, id, doc, Clone::clone, |old, new| {
            let mut parts = super::parts::Parts::default();
            parts.text("label", old, new);
            (parts.0, Vec::new())
        })
    };
    all.filter_map(compare).collect()
}

/// Documents that are only named: none of them enters a verdict.
fn others(old: &Catalog, new: &Catalog) -> Vec<GroundChange> {
    let glossary = |all: &Catalog| all.glossary.as_ref().map(|own| own.terms.clone());
    let contradictions = |all: &Catalog| -> IndexMap<_, _> {
        all.contradictions.iter().flat_map(|own| own.value.iter().map(|(id, own)| (id.clone(), own.clone()))).collect()
    };
    let freshness = |all: &Catalog| all.freshness.last().map(|own| own.value.clone());
    let waivers = |all: &Catalog| -> Vec<_> { all.waivers.iter().flat_map(|own| own.value.waivers.clone()).collect() };
    let same = [
        ("glossary", glossary(old) == glossary(new)),
        ("contradictions", contradictions(old) == contradictions(new)),
        ("freshness", freshness(old) == freshness(new)),
        ("redirects", redirects(old) == redirects(new)),
        ("waivers", waivers(old) == waivers(new)),
    ];
    let named = same.into_iter().filter(|(_, same)| !same).map(|(id, _)| {
        let id = Sides { old: Some(id.to_owned()), new: Some(id.to_owned()) };
        let title = Sides { old: None, new: None };
        GroundChange { kind: GroundKind::Other, id, title, what: What::Changed, parts: Vec::new(), items: Vec::new() }
    });
    named.collect()
}

/// All redirects of all layers, by kind.
fn redirects(catalog: &Catalog) -> Vec<BTreeMap<Spanned<String>, Spanned<String>>> {
    let mut all = vec![BTreeMap::new(); 5];
    for own in &catalog.redirects {
        let own = &*own.value;
        let kinds = [&own.messengers, &own.criteria, &own.use_cases, &own.checklists, &own.facts];
        for (all, kind) in all.iter_mut().zip(kinds) {
            all.extend(kind.iter().map(|(from, to)| (from.clone(), to.clone())));
        }
    }
    all
}
