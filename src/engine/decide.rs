//! Reading a decision table, with exact treatment of what is not known.
//!
//! The possible outcomes are the outcomes over all values that the open facts could take. Each fact
//! contributes one value per region the table tells apart, so the enumeration is exact. Beyond
//! [`MAX_COMBINATIONS`] a bound by Kleene's strong three-valued logic takes over: it may name an outcome
//! too many, never one too few.

use std::collections::BTreeSet;

use crate::catalog::{Clause, Concrete, FactId, State, Table, advance, candidates, combinations};

use super::Outcomes;

/// More combinations than this are bounded instead of enumerated.
pub const MAX_COMBINATIONS: usize = 4096;

/// What a table says about one messenger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The possible outcomes.
    pub outcomes: Outcomes,
    /// The row that decides, if it is the same one whatever the open facts turn out to be.
    pub row: Option<usize>,
    /// False where the outcomes are a bound instead of an enumeration.
    pub exact: bool,
}

/// Decides a table. `states` holds what is known about each fact, by [`FactId`].
pub fn decide(table: &Table, states: &[State]) -> Decision {
    if let Some(row) = settled(table, states) {
        return Decision { outcomes: Outcomes::only(table.rows[row].1), row: Some(row), exact: true };
    }
    let choices = table.choices(states);
    match combinations(&choices) {
        Some(count) if count <= MAX_COMBINATIONS => enumerate(table, &choices),
        _ => bound(table, &choices),
    }
}

/// The deciding row where every fact is known: by far the most frequent case, and it needs no enumeration.
fn settled(table: &Table, states: &[State]) -> Option<usize> {
    let known = |fact: &FactId| matches!(states[fact.index()], State::Known(_));
    if !table.facts.iter().all(known) {
        return None;
    }
    let value = |slot: usize| match states[table.facts[slot].index()] {
        State::Known(value) => value,
        // Excluded above.
        _ => Concrete::NotApplicable,
    };
    table.row(&value)
}

fn enumerate(table: &Table, choices: &[&[Concrete]]) -> Decision {
    let possible = Outcomes::of(table.rows.iter().map(|(_, outcome)| *outcome));
    let mut outcomes = Outcomes::default();
    let mut rows = Rows::None;
    let mut picks = vec![0; choices.len()];
    loop {
        let values = |slot: usize| choices[slot][picks[slot]];
        if let Some(row) = table.row(&values) {
            outcomes.insert(table.rows[row].1);
            rows.add(row);
        }
        // Once every outcome of the table has come up, nothing that follows can add one.
        if outcomes == possible && rows.single().is_none() || !advance(&mut picks, choices) {
            break;
        }
    }
    Decision { outcomes, row: rows.single(), exact: true }
}

/// Kleene's bound: which rows can be reached, judging each test by itself.
fn bound(table: &Table, choices: &[&[Concrete]]) -> Decision {
    let mut outcomes = Outcomes::default();
    let mut rows = Rows::None;
    for (at, (clause, outcome)) in table.rows.iter().enumerate() {
        let (can_hold, can_fail) = possible(clause, choices);
        if can_hold {
            outcomes.insert(*outcome);
            rows.add(at);
        }
        if !can_fail {
            break;
        }
    }
    Decision { outcomes, row: rows.single(), exact: false }
}

/// Whether a clause can hold and whether it can fail.
fn possible(clause: &Clause, choices: &[&[Concrete]]) -> (bool, bool) {
    match clause {
        Clause::All(parts) => parts.iter().fold((true, false), |(hold, fail), part| {
            let (own_hold, own_fail) = possible(part, choices);
            (hold && own_hold, fail || own_fail)
        }),
        Clause::Any(parts) => parts.iter().fold((false, true), |(hold, fail), part| {
            let (own_hold, own_fail) = possible(part, choices);
            (hold || own_hold, fail && own_fail)
        }),
        Clause::Not(part) => {
            let (hold, fail) = possible(part, choices);
            (fail, hold)
        }
        Clause::Check(slot, check) => {
            let mut answers = choices[*slot].iter().map(|value| check.passes(*value));
            (answers.clone().any(|yes| yes), answers.any(|yes| !yes))
        }
    }
}

/// Which rows have decided so far.
enum Rows {
    None,
    One(usize),
    Many,
}

impl Rows {
    fn add(&mut self, row: usize) {
        *self = match self {
            Self::None => Self::One(row),
            Self::One(known) if *known == row => Self::One(row),
            _ => Self::Many,
        };
    }

    fn single(&self) -> Option<usize> {
        match self {
            Self::One(row) => Some(*row),
            _ => None,
        }
    }
}

/// The rows that may decide, over all values the open facts could take.
pub fn possible_rows(table: &Table, states: &[State]) -> Vec<usize> {
    let choices = table.choices(states);
    if combinations(&choices).is_none_or(|count| count > MAX_COMBINATIONS) {
        return (0..table.rows.len()).collect();
    }
    let mut rows = BTreeSet::new();
    let mut picks = vec![0; choices.len()];
    loop {
        rows.extend(table.row(&|slot: usize| choices[slot][picks[slot]]));
        if !advance(&mut picks, &choices) {
            return rows.into_iter().collect();
        }
    }
}

/// The outcomes for each value an open fact could take, everything else left as it is.
pub fn what_if(table: &Table, states: &[State], fact: FactId) -> Vec<(Concrete, Outcomes)> {
    let Some(slot) = table.facts.iter().position(|own| *own == fact) else {
        return Vec::new();
    };
    let mut states = states.to_vec();
    let values = candidates(&states[fact.index()], &table.regions[slot]).to_vec();
    values
        .into_iter()
        .map(|value| {
            states[fact.index()] = State::Known(value);
            (value, decide(table, &states).outcomes)
        })
        .collect()
}

/// The open facts that stand in the way of a decision: learning one of them can narrow the outcomes.
pub fn open_facts(table: &Table, states: &[State]) -> Vec<FactId> {
    let all = decide(table, states).outcomes;
    if all.decided().is_some() {
        return Vec::new();
    }
    let open = table.facts.iter().copied().filter(|fact| !matches!(states[fact.index()], State::Known(_)));
    open.filter(|fact| what_if(table, states, *fact).iter().any(|(_, outcomes)| *outcomes != all)).collect()
}
