//! What belongs together in two states: the same id, or where the newer state says an id went.

use std::collections::{BTreeMap, HashMap};

use crate::catalog::{Catalog, Concrete, Entry, FactId, Facts, State};
use crate::model::Spanned;

/// The old and the new of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides<T> {
    /// Before.
    pub old: T,
    /// After.
    pub new: T,
}

/// One thing in both states, as indices; `None` where it does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Its index in the old state.
    pub old: Option<usize>,
    /// Its index in the new state.
    pub new: Option<usize>,
    /// For something gone: the index in the new state that its id leads to.
    pub into: Option<usize>,
}

impl Pair {
    /// Both indices, if it exists on both sides.
    pub fn both(self) -> Option<Sides<usize>> {
        Some(Sides { old: self.old?, new: self.new? })
    }
}

/// What belongs together: first what is in the new state, in its order, then what is gone.
#[derive(Debug)]
pub struct Pairs {
    /// Messengers.
    pub messengers: Vec<Pair>,
    /// Use cases.
    pub settings: Vec<Pair>,
    /// Criteria.
    pub rules: Vec<Pair>,
    /// Facts of the vocabulary.
    pub facts: Vec<Pair>,
    /// Checklists.
    pub checklists: Vec<Pair>,
    /// Bodies with their positions.
    pub positions: Vec<Pair>,
}

impl Pairs {
    /// Pairs two states.
    pub fn new(old: &Catalog, new: &Catalog) -> Self {
        let mut gone: [BTreeMap<&str, &str>; 5] = Default::default();
        for own in &new.redirects {
            let kinds = [
                &own.value.messengers,
                &own.value.use_cases,
                &own.value.criteria,
                &own.value.facts,
                &own.value.checklists,
            ];
            for (all, kind) in gone.iter_mut().zip(kinds) {
                all.extend(kind.iter().map(|(from, to): (&Spanned<String>, _)| (from.as_str(), to.as_str())));
            }
        }
        let [messengers, settings, rules, facts, checklists] = gone;
        Self {
            messengers: pair(&profile_ids(old), &profile_ids(new), &messengers),
            settings: pair(&setting_ids(old), &setting_ids(new), &settings),
            rules: pair(&rule_ids(old), &rule_ids(new), &rules),
            facts: pair(&fact_keys(old), &fact_keys(new), &facts),
            checklists: pair(&entry_ids(&old.checklists), &entry_ids(&new.checklists), &checklists),
            positions: pair(&entry_ids(&old.positions), &entry_ids(&new.positions), &BTreeMap::new()),
        }
    }

    /// The pair of a messenger of the old state.
    pub fn messenger_of_old(&self, index: usize) -> Option<usize> {
        self.messengers.iter().position(|pair| pair.old == Some(index))
    }

    /// The pair of a messenger of the new state.
    pub fn messenger_of_new(&self, index: usize) -> Option<usize> {
        self.messengers.iter().position(|pair| pair.new == Some(index))
    }
}

fn profile_ids(catalog: &Catalog) -> Vec<&str> {
    catalog.profiles.iter().map(|own| own.id.as_str()).collect()
}

fn setting_ids(catalog: &Catalog) -> Vec<&str> {
    catalog.settings.iter().map(|own| own.id.as_str()).collect()
}

fn rule_ids(catalog: &Catalog) -> Vec<&str> {
    catalog.rules.iter().map(|own| own.id.as_str()).collect()
}

fn fact_keys(catalog: &Catalog) -> Vec<&str> {
    catalog.facts.iter().map(|(_, own)| own.key.as_str()).collect()
}

fn entry_ids<T>(entries: &[Entry<T>]) -> Vec<&str> {
    entries.iter().map(|entry| entry.id.as_str()).collect()
}

fn pair(old: &[&str], new: &[&str], redirects: &BTreeMap<&str, &str>) -> Vec<Pair> {
    let places: HashMap<&str, usize> = new.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut origin: Vec<Option<usize>> = vec![None; new.len()];
    let mut rest = Vec::new();
    for (at, id) in old.iter().enumerate() {
        match places.get(id) {
            Some(place) => origin[*place] = Some(at),
            None => rest.push(at),
        }
    }
    let mut gone = Vec::new();
    for at in rest {
        match followed(old[at], redirects, &places) {
            Some(place) if origin[place].is_none() => origin[place] = Some(at),
            into => gone.push(Pair { old: Some(at), new: None, into }),
        }
    }
    let here = origin.into_iter().enumerate().map(|(at, old)| Pair { old, new: Some(at), into: None });
    here.chain(gone).collect()
}

/// Where an id leads to, over as many steps as there are redirects.
fn followed(id: &str, redirects: &BTreeMap<&str, &str>, places: &HashMap<&str, usize>) -> Option<usize> {
    let mut at = id;
    for _ in 0..redirects.len() {
        at = redirects.get(at)?;
        if let Some(place) = places.get(at) {
            return Some(*place);
        }
    }
    None
}

/// A value that means the same under two vocabularies.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Plain<'a> {
    Words(Vec<&'a str>),
    Number(i64),
    Country([u8; 2]),
    Text(bool),
    NotApplicable,
}

fn plain(facts: &Facts, id: FactId, value: Concrete) -> Plain<'_> {
    let values = &facts.get(id).def.values;
    match value {
        Concrete::Word(at) => {
            Plain::Words(values.get_index(usize::from(at)).map(|(word, _)| word.as_str()).into_iter().collect())
        }
        Concrete::Set(bits) => {
            let all = values.keys().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
            let mut words: Vec<&str> = all.map(|(_, word)| word.as_str()).collect();
            words.sort_unstable();
            Plain::Words(words)
        }
        Concrete::Number(number) => Plain::Number(number),
        Concrete::Country(code) => Plain::Country(code),
        Concrete::Text => Plain::Text(true),
        Concrete::NoText => Plain::Text(false),
        Concrete::NotApplicable => Plain::NotApplicable,
    }
}

/// Whether the same is known about a fact in both states.
pub fn same_state(facts: Sides<&Facts>, id: Sides<FactId>, state: Sides<&State>) -> bool {
    match (state.old, state.new) {
        (State::Unknown, State::Unknown) => true,
        (State::Known(old), State::Known(new)) => plain(facts.old, id.old, *old) == plain(facts.new, id.new, *new),
        (State::Disputed(old), State::Disputed(new)) => {
            let mut one: Vec<_> = old.iter().map(|value| plain(facts.old, id.old, *value)).collect();
            let mut other: Vec<_> = new.iter().map(|value| plain(facts.new, id.new, *value)).collect();
            one.sort_unstable();
            other.sort_unstable();
            one == other
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(pairs: &[Pair]) -> Vec<(Option<usize>, Option<usize>, Option<usize>)> {
        pairs.iter().map(|pair| (pair.old, pair.new, pair.into)).collect()
    }

    #[test]
    fn ids_are_followed_to_where_they_went() {
        let redirects = BTreeMap::from([("a", "b"), ("b", "c"), ("d", "e"), ("x", "y"), ("y", "x")]);
        let pairs = pair(&["a", "e", "d", "x"], &["c", "e", "f"], &redirects);
        assert_eq!(
            shape(&pairs),
            [
                (Some(0), Some(0), None),
                (Some(1), Some(1), None),
                (None, Some(2), None),
                (Some(2), None, Some(1)),
                (Some(3), None, None)
            ]
        );
    }
}
