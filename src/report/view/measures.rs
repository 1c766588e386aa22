//! A messenger's measures: what to do, what it changes, what it costs.

use serde::Serialize;

use super::common::{SourceView, label};
use crate::catalog::{Catalog, State, source_of};
use crate::model::Basis;
use crate::report::Words;

/// A measure.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureView {
    /// Stable id within the messenger.
    pub id: String,
    /// Title.
    pub title: String,
    /// What exactly to do.
    pub how: String,
    /// Effort, as a word.
    pub effort: String,
    /// What it changes.
    pub changes: Vec<ChangeView>,
    /// Side effects; empty if none are known.
    pub side_effects: String,
    /// What the organisation must have in place.
    pub needs: Vec<String>,
    /// Sources.
    pub sources: Vec<SourceView>,
    /// What it rests on without a source, as words; empty otherwise.
    pub basis: String,
    /// Whether it belongs to a set that makes the messenger suitable here.
    pub cures: bool,
    /// Whether it is among the measures taken in the hardened state.
    pub taken: bool,
}

/// A fact that a measure changes.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// Label of the fact.
    pub label: String,
    /// Value as shipped.
    pub before: String,
    /// Value afterwards.
    pub after: String,
}

/// All measures of a messenger (by index) that change something.
pub fn views(
    catalog: &Catalog,
    words: &Words<'_>,
    profile: usize,
    cures: &[Vec<usize>],
    taken: &[usize],
) -> Vec<MeasureView> {
    let steps = 0..catalog.profiles[profile].measures.len();
    let mut views: Vec<MeasureView> = steps
        .filter_map(|step| {
            let mut view = view(catalog, words, profile, step)?;
            view.cures = cures.iter().any(|set| set.contains(&step));
            view.taken = taken.contains(&step);
            Some(view)
        })
        .collect();
    views.sort_by_key(|view| !view.cures);
    views
}

fn view(catalog: &Catalog, words: &Words<'_>, profile: usize, step: usize) -> Option<MeasureView> {
    let states = &catalog.profiles[profile].states;
    let step = &catalog.profiles[profile].measures[step];
    let measure = catalog.profiles[step.owner].messenger.measures.get(step.id.as_str())?;
    let changes: Vec<ChangeView> = step
        .sets
        .iter()
        .filter(|(fact, value)| states[fact.index()] != State::Known(*value))
        .map(|(fact, value)| ChangeView {
            label: words.text(&catalog.facts.get(*fact).def.label).to_owned(),
            before: super::common::FactView::new(catalog, words, profile, *fact).value,
            after: words.concrete(catalog, *fact, *value),
        })
        .collect();
    // An edition may inherit a measure that changes nothing for it.
    if changes.is_empty() {
        return None;
    }
    let basis = measure.basis.map_or("", Basis::id);
    let sources = measure.sources.iter().filter_map(|name| Some((name, source_of(catalog, step.owner, name)?)));
    Some(MeasureView {
        id: step.id.clone(),
        title: words.text(&measure.title).to_owned(),
        how: words.text(&measure.how).to_owned(),
        effort: words.named("effort", measure.effort.id()),
        changes,
        side_effects: measure.side_effects.as_ref().map(|text| words.text(text).to_owned()).unwrap_or_default(),
        needs: step.needs.iter().map(|need| words.text(&catalog.facts.get(*need).def.label).to_owned()).collect(),
        sources: sources.map(|(name, source)| SourceView::new(words, name, source)).collect(),
        basis: label(words, "basis", basis),
        cures: false,
        taken: false,
    })
}
