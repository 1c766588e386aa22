//! Messengers with inheritance worked out: each fact's state and which profile states it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::doc::Doc;
use super::facts::{Concrete, FactId, Facts, State};
use crate::diagnostic::{Diagnostic, Message};
use crate::model::{Date, Effort, Fact, Measure, Messenger, Name, Spanned, Value};
use crate::source::SourceId;

/// A messenger or edition, ready for the engine.
#[derive(Debug, Serialize, Deserialize)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// Its file.
    pub source: SourceId,
    /// What the file says.
    pub messenger: Doc<Messenger>,
    /// Its name.
    pub name: Name,
    /// Its tags.
    pub tags: Vec<String>,
    /// The day its facts were checked.
    pub checked: Date,
    /// Whether the service has ended.
    pub ended: bool,
    /// For an edition: its parent's index among the profiles.
    pub parent: Option<usize>,
    /// What is known about each fact of the vocabulary, by [`FactId`].
    pub states: Vec<State>,
    /// Which profile states each fact, by [`FactId`]; `None` if nobody does.
    pub stated_by: Vec<Option<usize>>,
    /// The measures that can be taken, own and inherited, by id.
    pub measures: Vec<Step>,
}

/// A measure, ready for the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// The profile that describes it.
    pub owner: usize,
    /// The facts that hold once it is taken.
    pub sets: Vec<(FactId, Concrete)>,
    /// What the organisation must have in place.
    pub needs: Vec<FactId>,
    /// Ids of measures it cannot be combined with.
    pub excludes: Vec<String>,
    /// Effort as a number, for choosing among sets of equal size: low 1, medium 2, high 4.
    pub effort: u32,
}

/// Resolves messengers over those already resolved: a known id replaces, a new one adds. Wrong keys, values and
/// references become findings; the rest stays usable.
pub fn resolve(
    base: Vec<Profile>,
    messengers: BTreeMap<String, (SourceId, Messenger)>,
    facts: &Facts,
    found: &mut Vec<Diagnostic>,
) -> Vec<Profile> {
    let mut changed: Vec<bool> = Vec::new();
    let mut profiles = merge(base, messengers, facts, &mut changed);
    let ids: Vec<String> = profiles.iter().map(|profile| profile.id.clone()).collect();
    for (profile, _) in profiles.iter_mut().zip(&changed).filter(|(_, changed)| **changed) {
        profile.parent = parent(profile, &ids, found);
    }
    break_cycles(&mut profiles, found);
    for at in parents_first(&profiles) {
        // An edition of what has changed has changed as well.
        if changed[at] || profiles[at].parent.is_some_and(|parent| changed[parent]) {
            changed[at] = true;
            inherit(&mut profiles, at, facts, found);
        }
    }
    profiles
}

/// Puts new messengers among the known ones, sorted by id; `changed` tells for each whether it is new.
fn merge(
    base: Vec<Profile>,
    messengers: BTreeMap<String, (SourceId, Messenger)>,
    facts: &Facts,
    changed: &mut Vec<bool>,
) -> Vec<Profile> {
    let mut ids: Vec<String> = base.iter().map(|profile| &profile.id).chain(messengers.keys()).cloned().collect();
    ids.sort_unstable();
    ids.dedup();
    let place = |id: &str| ids.binary_search_by(|known| known.as_str().cmp(id)).unwrap_or_default();
    // Profiles name one another by index, and a new one in between moves those behind it.
    let moved: Vec<usize> = base.iter().map(|profile| place(&profile.id)).collect();
    let mut profiles: Vec<Option<Profile>> = ids.iter().map(|_| None).collect();
    for (mut profile, at) in base.into_iter().zip(&moved) {
        profile.parent = profile.parent.map(|parent| moved[parent]);
        profile.stated_by.iter_mut().flatten().for_each(|owner| *owner = moved[*owner]);
        profile.measures.iter_mut().for_each(|step| step.owner = moved[step.owner]);
        profiles[*at] = Some(profile);
    }
    *changed = vec![false; ids.len()];
    for (id, (source, messenger)) in messengers {
        let at = place(&id);
        changed[at] = true;
        profiles[at] = Some(blank(id, source, messenger, facts));
    }
    profiles.into_iter().flatten().collect()
}

/// A messenger of which nothing is worked out yet.
fn blank(id: String, source: SourceId, messenger: Messenger, facts: &Facts) -> Profile {
    Profile {
        id,
        source,
        name: messenger.name.clone(),
        tags: messenger.tags.iter().map(|tag| tag.value.clone()).collect(),
        checked: messenger.checked.value,
        ended: messenger.ended.is_some(),
        messenger: Doc::new(messenger, source),
        parent: None,
        states: vec![State::Unknown; facts.len()],
        stated_by: vec![None; facts.len()],
        measures: Vec::new(),
    }
}

/// `ids` are sorted.
fn parent(profile: &Profile, ids: &[String], found: &mut Vec<Diagnostic>) -> Option<usize> {
    let wanted = profile.messenger.edition_of.as_ref()?;
    let parent = ids.binary_search_by(|id| id.as_str().cmp(wanted.as_str())).ok();
    if parent.is_none() {
        let finding = Diagnostic::error("unknown-reference", profile.source, wanted.span);
        let finding = finding.with_key("kind", "kind.messenger").with("name", wanted.as_str());
        found.push(finding.suggest(wanted, ids.iter().map(String::as_str)));
    }
    parent
}

/// Editions that lead back to themselves are reported once each and cut.
fn break_cycles(profiles: &mut [Profile], found: &mut Vec<Diagnostic>) {
    for start in 0..profiles.len() {
        let mut path = vec![start];
        let mut at = start;
        while let Some(next) = profiles[at].parent {
            if next == start {
                let names: Vec<&str> = path.iter().chain([&start]).map(|at| profiles[*at].id.as_str()).collect();
                let span = profiles[start].messenger.edition_of.as_ref().map_or_else(Default::default, |to| to.span);
                let finding = Diagnostic::error("edition-cycle", profiles[start].source, span);
                found.push(finding.with("path", names.join(" → ")));
                profiles[start].parent = None;
                break;
            }
            if path.contains(&next) {
                break;
            }
            path.push(next);
            at = next;
        }
    }
}

fn parents_first(profiles: &[Profile]) -> Vec<usize> {
    let depth = |mut at: usize| {
        let mut depth = 0;
        while let Some(next) = profiles[at].parent {
            depth += 1;
            at = next;
        }
        depth
    };
    let mut order: Vec<usize> = (0..profiles.len()).collect();
    order.sort_by_key(|at| depth(*at));
    order
}

fn inherit(profiles: &mut [Profile], at: usize, facts: &Facts, found: &mut Vec<Diagnostic>) {
    let (mut states, mut stated_by, mut steps) = match profiles[at].parent {
        Some(parent) => {
            (profiles[parent].states.clone(), profiles[parent].stated_by.clone(), profiles[parent].measures.clone())
        }
        None => (profiles[at].states.clone(), profiles[at].stated_by.clone(), Vec::new()),
    };
    let profile = &profiles[at];
    for (key, fact) in &profile.messenger.facts {
        let Some(id) = facts.lookup(key, profile.source, found) else {
            continue;
        };
        if ["setting.", "org."].iter().any(|space| key.starts_with(space)) {
            found.push(Diagnostic::error("not-a-messenger-fact", profile.source, key.span).with("key", key.as_str()));
            continue;
        }
        states[id.index()] = state(id, key, fact, profile.source, facts, found);
        stated_by[id.index()] = Some(at);
    }
    for name in &profile.messenger.drops {
        match steps.iter().position(|step| step.id == name.value) {
            Some(index) => drop(steps.remove(index)),
            None => {
                let finding = Diagnostic::error("unknown-reference", profile.source, name.span);
                let finding = finding.with_key("kind", "kind.measure").with("name", name.as_str());
                found.push(finding.suggest(name, steps.iter().map(|step| step.id.as_str())));
            }
        }
    }
    for (id, measure) in &profile.messenger.measures {
        steps.retain(|step| step.id != id.value);
        steps.push(step(id, measure, at, profile.source, facts, found));
    }
    steps.sort_by(|a, b| a.id.cmp(&b.id));
    check_exclusions(&steps, at, profile, found);
    let profile = &mut profiles[at];
    profile.states = states;
    profile.stated_by = stated_by;
    profile.measures = steps;
}

fn state(
    id: FactId,
    key: &Spanned<String>,
    fact: &Fact,
    source: SourceId,
    facts: &Facts,
    found: &mut Vec<Diagnostic>,
) -> State {
    let disputed = fact.value.value == Value::Disputed;
    if !disputed && let Some(candidate) = fact.candidates.first() {
        found.push(Diagnostic::error("candidates-without-dispute", source, candidate.span).with("fact", key.as_str()));
    }
    if disputed {
        let before = found.len();
        let mut values: Vec<Concrete> =
            fact.candidates.iter().filter_map(|value| facts.concrete(id, value, source, found)).collect();
        values.sort_unstable();
        values.dedup();
        // A candidate that is no value is a finding of its own.
        if values.len() < 2 && found.len() == before {
            let finding = Diagnostic::error("dispute-without-candidates", source, fact.value.span);
            found.push(finding.with("fact", key.as_str()));
        }
        return if values.is_empty() { State::Unknown } else { State::Disputed(values) };
    }
    facts.concrete(id, &fact.value, source, found).map_or(State::Unknown, State::Known)
}

fn step(
    id: &Spanned<String>,
    measure: &Measure,
    owner: usize,
    source: SourceId,
    facts: &Facts,
    found: &mut Vec<Diagnostic>,
) -> Step {
    let mut sets = Vec::new();
    for (key, value) in &measure.sets {
        let Some(fact) = facts.lookup(key, source, found) else {
            continue;
        };
        if ["setting.", "org."].iter().any(|space| key.starts_with(space)) {
            found.push(Diagnostic::error("not-a-messenger-fact", source, key.span).with("key", key.as_str()));
            continue;
        }
        match facts.concrete(fact, value, source, found) {
            Some(concrete) => sets.push((fact, concrete)),
            None if matches!(value.value, Value::Unknown | Value::Disputed) => {
                found.push(Diagnostic::error("measure-sets-unknown", source, value.span).with("fact", key.as_str()));
            }
            None => {}
        }
    }
    let mut needs = Vec::new();
    for key in &measure.needs {
        let Some(fact) = facts.lookup(key, source, found) else {
            continue;
        };
        if key.starts_with("org.") {
            needs.push(fact);
        } else {
            found.push(Diagnostic::error("needs-org-fact", source, key.span).with("key", key.as_str()));
        }
    }
    Step {
        id: id.value.clone(),
        owner,
        sets,
        needs,
        excludes: measure.excludes.iter().map(|name| name.value.clone()).collect(),
        effort: match measure.effort {
            Effort::Low => 1,
            Effort::Medium => 2,
            Effort::High => 4,
        },
    }
}

/// Two measures that set one fact differently cannot both be taken: one of them must say so.
fn check_exclusions(steps: &[Step], at: usize, profile: &Profile, found: &mut Vec<Diagnostic>) {
    for (index, step) in steps.iter().enumerate() {
        for other in &steps[index + 1..] {
            let differ = step.sets.iter().any(|(fact, value)| other.sets.iter().any(|(f, v)| f == fact && v != value));
            // Reported at the measure that this profile describes.
            let (own, other) = if step.owner == at { (step, other) } else { (other, step) };
            if own.owner != at || !differ || excluded(own, other) {
                continue;
            }
            let span = profile.messenger.measures.get_key_value(own.id.as_str()).map(|(key, _)| key.span);
            let finding = Diagnostic::error("measures-conflict", profile.source, span.unwrap_or_default());
            let finding = finding.with("one", own.id.as_str()).with("other", other.id.as_str());
            let help = Message::new("measures-conflict-help").with("one", own.id.as_str());
            found.push(finding.help(help.with("other", other.id.as_str())));
        }
    }
}

/// Whether two measures cannot be combined.
pub fn excluded(one: &Step, other: &Step) -> bool {
    one.excludes.contains(&other.id) || other.excludes.contains(&one.id)
}
