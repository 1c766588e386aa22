//! Decision tables and conditions over facts, resolved: which row holds for which values.

use serde::{Deserialize, Serialize};

use super::facts::{ANOTHER_COUNTRY, Concrete, FactId, Facts, State};
use crate::model::{Kind, OutcomeName};

/// A decision table, read from the top: the first row that holds decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The facts it reads, in order of first mention. A place in this list is a slot.
    pub facts: Vec<FactId>,
    /// For each slot a value of every region the table tells apart: enough to stand for all values.
    pub regions: Vec<Vec<Concrete>>,
    /// Conditions and what follows.
    pub rows: Vec<(Clause, OutcomeName)>,
}

impl Table {
    /// Whether a fact is among those it reads.
    pub fn reads(&self, fact: FactId) -> bool {
        self.facts.contains(&fact)
    }

    /// The values each slot may have, given what is known about the facts.
    pub fn choices<'a>(&'a self, states: &'a [State]) -> Vec<&'a [Concrete]> {
        let slots = self.facts.iter().zip(&self.regions);
        slots.map(|(fact, regions)| candidates(&states[fact.index()], regions)).collect()
    }

    /// All values of each slot.
    pub fn all_choices(&self) -> Vec<&[Concrete]> {
        self.regions.iter().map(Vec::as_slice).collect()
    }

    /// The row that decides for these values.
    pub fn row(&self, values: &impl Fn(usize) -> Concrete) -> Option<usize> {
        self.rows.iter().position(|(clause, _)| clause.holds(values))
    }
}

/// A resolved condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clause {
    /// Every part holds; without parts always true (the last row).
    All(Vec<Clause>),
    /// At least one part holds.
    Any(Vec<Clause>),
    /// The part does not hold.
    Not(Box<Clause>),
    /// The fact in this slot of [`Table::facts`] passes the test.
    Check(usize, Check),
}

/// A resolved test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// The value is one of these.
    OneOf(Vec<Concrete>),
    /// The set has this bit.
    Includes(u32),
    /// The number is at least this.
    AtLeast(i64),
    /// The number is at most this.
    AtMost(i64),
    /// A text is stated, or is not.
    Known(bool),
}

impl Clause {
    /// Whether it holds for these values, by slot.
    pub fn holds(&self, values: &impl Fn(usize) -> Concrete) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(values)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(values)),
            Self::Not(part) => !part.holds(values),
            Self::Check(slot, check) => check.passes(values(*slot)),
        }
    }
}

impl Check {
    /// Whether a value passes. One that does not apply passes only the question whether it applies.
    pub fn passes(&self, value: Concrete) -> bool {
        match (value, self) {
            (value, Self::OneOf(values)) => values.contains(&value),
            (Concrete::Set(bits), Self::Includes(wanted)) => bits & wanted != 0,
            (Concrete::Number(number), Self::AtLeast(bound)) => number >= *bound,
            (Concrete::Number(number), Self::AtMost(bound)) => number <= *bound,
            (Concrete::Text, Self::Known(wanted)) => *wanted,
            (Concrete::NoText | Concrete::NotApplicable, Self::Known(wanted)) => !wanted,
            _ => false,
        }
    }
}

/// How many combinations of values there are; `None` beyond what can be counted.
pub fn combinations(choices: &[&[Concrete]]) -> Option<usize> {
    choices.iter().try_fold(1_usize, |all, own| all.checked_mul(own.len()))
}

/// Counts through all combinations like an odometer, beginning with all zeros; false after the last one.
pub fn advance(picks: &mut [usize], choices: &[&[Concrete]]) -> bool {
    for (pick, own) in picks.iter_mut().zip(choices) {
        *pick += 1;
        if *pick < own.len() {
            return true;
        }
        *pick = 0;
    }
    false
}

/// The values a fact may have, given what is known.
pub fn candidates<'a>(state: &'a State, regions: &'a [Concrete]) -> &'a [Concrete] {
    match state {
        State::Known(value) => std::slice::from_ref(value),
        State::Disputed(values) => values,
        State::Unknown => regions,
    }
}

/// A value for every combination of answers the tests can give, over all values the fact can take.
pub fn regions(facts: &Facts, id: FactId, tests: &[Check]) -> Vec<Concrete> {
    let def = &facts.get(id).def;
    let mut all: Vec<Concrete> = match def.kind.value {
        Kind::Choice => {
            let words = u8::try_from(def.values.len()).unwrap_or(u8::MAX);
            (0..words).map(Concrete::Word).collect()
        }
        Kind::Set => sets(tests, def.values.len()),
        Kind::Number => numbers(tests),
        Kind::Country => countries(tests),
        Kind::Text => vec![Concrete::Text, Concrete::NoText],
    };
    if def.not_applicable {
        all.push(Concrete::NotApplicable);
    }
    all
}

/// The most words of one set that a table may ask for: each one more doubles the values it tells apart.
pub const MOST_WORDS: u32 = 12;

/// Every combination of the mentioned words, with and without "something else"; never the empty set.
fn sets(tests: &[Check], size: usize) -> Vec<Concrete> {
    let mentioned = tests.iter().fold(0, |bits, test| match test {
        Check::Includes(bit) => bits | bit,
        _ => bits,
    });
    let whole = if size >= 32 { u32::MAX } else { (1 << size) - 1 };
    let other = whole & !mentioned;
    // The lowest unmentioned word stands for all of them.
    let free = mentioned | (other & other.wrapping_neg());
    let mut subset = free;
    let mut all = Vec::new();
    while subset != 0 {
        all.push(Concrete::Set(subset));
        subset = (subset - 1) & free;
    }
    all
}

fn numbers(tests: &[Check]) -> Vec<Concrete> {
    let mut all = vec![0];
    for test in tests {
        match test {
            Check::AtLeast(bound) => all.extend([bound.saturating_sub(1), *bound]),
            Check::AtMost(bound) => all.extend([*bound, bound.saturating_add(1)]),
            Check::OneOf(values) => {
                for value in values {
                    if let Concrete::Number(number) = value {
                        all.extend([number.saturating_sub(1), *number, number.saturating_add(1)]);
                    }
                }
            }
            Check::Includes(_) | Check::Known(_) => {}
        }
    }
    // Facts that are numbers count or measure something: they are never negative.
    all.retain(|number| *number >= 0);
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(Concrete::Number).collect()
}

/// All mentioned countries and one that is not.
fn countries(tests: &[Check]) -> Vec<Concrete> {
    let mut all = vec![Concrete::Country(ANOTHER_COUNTRY)];
    for test in tests {
        if let Check::OneOf(values) = test {
            all.extend(values.iter().filter(|value| matches!(value, Concrete::Country(_))));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
