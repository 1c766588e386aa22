//! Reading a decision table, with exact treatment of what is not known.
//!
//! The possible outcomes are the outcomes over all values that the open facts could take. Each fact
//! contributes one value per region the table tells apart, so the enumeration is exact. Beyond
//! [`MAX_COMBINATIONS`] a bound by Kleene's strong three-valued logic takes over: it may name an outcome
//! too many, never one too few.

use std::collections::BTreeSet;

use crate::catalog::{Check, Clause, Concrete, FactId, Rule, State, candidates};

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

/// Decides a criterion. `states` holds what is known about each fact, by [`FactId`].
pub fn decide(rule: &Rule, states: &[State]) -> Decision {
    if let Some(row) = settled(rule, states) {
        return Decision { outcomes: Outcomes::only(rule.rows[row].1), row: Some(row), exact: true };
    }
    decide_among(rule, &choices(rule, states))
}

/// The values each fact of the table may have.
fn choices<'a>(rule: &'a Rule, states: &'a [State]) -> Vec<&'a [Concrete]> {
    let facts = rule.facts.iter().zip(&rule.regions);
    facts.map(|(fact, regions)| candidates(&states[fact.index()], regions)).collect()
}

/// The deciding row where every fact is known: by far the most frequent case, and it needs no enumeration.
fn settled(rule: &Rule, states: &[State]) -> Option<usize> {
    let known = |fact: &FactId| matches!(states[fact.index()], State::Known(_));
    if !rule.facts.iter().all(known) {
        return None;
    }
    let value = |slot: usize| match states[rule.facts[slot].index()] {
        State::Known(value) => value,
        // Excluded above.
        _ => Concrete::NotApplicable,
    };
    first_row(rule, &value)
}

fn decide_among(rule: &Rule, choices: &[&[Concrete]]) -> Decision {
    let combinations = choices.iter().try_fold(1_usize, |all, own| all.checked_mul(own.len()));
    match combinations {
        Some(count) if count <= MAX_COMBINATIONS => enumerate(rule, choices),
        _ => bound(rule, choices),
    }
}

fn enumerate(rule: &Rule, choices: &[&[Concrete]]) -> Decision {
    let possible = Outcomes::of(rule.rows.iter().map(|(_, outcome)| *outcome));
    let mut outcomes = Outcomes::default();
    let mut rows = Rows::None;
    let mut picks = vec![0; choices.len()];
    loop {
        let values = |slot: usize| choices[slot][picks[slot]];
        if let Some(row) = first_row(rule, &values) {
            outcomes.insert(rule.rows[row].1);
            rows.add(row);
        }
        // Once every outcome of the table has come up, nothing that follows can add one.
        if outcomes == possible && rows.single().is_none() || !advance(&mut picks, choices) {
            break;
        }
    }
    Decision { outcomes, row: rows.single(), exact: true }
}

/// Counts through all combinations like an odometer; false after the last one.
fn advance(picks: &mut [usize], choices: &[&[Concrete]]) -> bool {
    for (pick, own) in picks.iter_mut().zip(choices) {
        *pick += 1;
        if *pick < own.len() {
            return true;
        }
        *pick = 0;
    }
    false
}

fn first_row(rule: &Rule, values: &impl Fn(usize) -> Concrete) -> Option<usize> {
    rule.rows.iter().position(|(clause, _)| holds(clause, values))
}

fn holds(clause: &Clause, values: &impl Fn(usize) -> Concrete) -> bool {
    match clause {
        Clause::All(parts) => parts.iter().all(|part| holds(part, values)),
        Clause::Any(parts) => parts.iter().any(|part| holds(part, values)),
        Clause::Not(part) => !holds(part, values),
        Clause::Check(slot, check) => passes(values(*slot), check),
    }
}

/// Whether a value passes a test. One that does not apply passes only the question whether it applies.
fn passes(value: Concrete, check: &Check) -> bool {
    match (value, check) {
        (value, Check::OneOf(values)) => values.contains(&value),
        (Concrete::Set(bits), Check::Includes(wanted)) => bits & wanted != 0,
        (Concrete::Number(number), Check::AtLeast(bound)) => number >= *bound,
        (Concrete::Number(number), Check::AtMost(bound)) => number <= *bound,
        (Concrete::Text, Check::Known(wanted)) => *wanted,
        (Concrete::NoText | Concrete::NotApplicable, Check::Known(wanted)) => !wanted,
        _ => false,
    }
}

/// Kleene's bound: which rows can be reached, judging each test by itself.
fn bound(rule: &Rule, choices: &[&[Concrete]]) -> Decision {
    let mut outcomes = Outcomes::default();
    let mut rows = Rows::None;
    for (at, (clause, outcome)) in rule.rows.iter().enumerate() {
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
            let mut answers = choices[*slot].iter().map(|value| passes(*value, check));
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
pub fn possible_rows(rule: &Rule, states: &[State]) -> Vec<usize> {
    let choices = choices(rule, states);
    let combinations = choices.iter().try_fold(1_usize, |all, own| all.checked_mul(own.len()));
    if combinations.is_none_or(|count| count > MAX_COMBINATIONS) {
        return (0..rule.rows.len()).collect();
    }
    let mut rows = BTreeSet::new();
    let mut picks = vec![0; choices.len()];
    loop {
        rows.extend(first_row(rule, &|slot: usize| choices[slot][picks[slot]]));
        if !advance(&mut picks, &choices) {
            return rows.into_iter().collect();
        }
    }
}

/// The outcomes for each value an open fact could take, everything else left as it is.
pub fn what_if(rule: &Rule, states: &[State], fact: FactId) -> Vec<(Concrete, Outcomes)> {
    let Some(slot) = rule.facts.iter().position(|own| *own == fact) else {
        return Vec::new();
    };
    let mut states = states.to_vec();
    let values = candidates(&states[fact.index()], &rule.regions[slot]).to_vec();
    values
        .into_iter()
        .map(|value| {
            states[fact.index()] = State::Known(value);
            (value, decide(rule, &states).outcomes)
        })
        .collect()
}

/// The open facts that stand in the way of a decision: learning one of them can narrow the outcomes.
pub fn open_facts(rule: &Rule, states: &[State]) -> Vec<FactId> {
    let all = decide(rule, states).outcomes;
    if all.decided().is_some() {
        return Vec::new();
    }
    let open = rule.facts.iter().copied().filter(|fact| !matches!(states[fact.index()], State::Known(_)));
    open.filter(|fact| what_if(rule, states, *fact).iter().any(|(_, outcomes)| *outcomes != all)).collect()
}
