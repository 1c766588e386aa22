//! Weighted points as an exact range.
//!
//! A weighted sum as in multi-criteria decision analysis, but over outcome *sets*: the range runs from the
//! worst to the best that the open facts allow. What does not apply leaves both sides of the fraction.

use crate::model::OutcomeName;

use super::Outcomes;

/// One criterion's share: its possible outcomes and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Possible outcomes.
    pub outcomes: Outcomes,
    /// Weight; 0 does not count.
    pub weight: u32,
}

/// Points out of a maximum, not reduced. `of` is never 0.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    /// Points reached.
    pub points: u64,
    /// Points that could be reached.
    pub of: u64,
}

impl Ratio {
    /// Whole percent, rounded down: never more than was reached.
    pub fn floor(self) -> u64 {
        self.points * 100 / self.of
    }

    /// Whole percent, rounded to the nearest.
    pub fn round(self) -> u64 {
        (self.points * 200 + self.of) / (2 * self.of)
    }

    /// Whole percent, rounded up: never less than may be reached.
    pub fn ceil(self) -> u64 {
        (self.points * 100).div_ceil(self.of)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == std::cmp::Ordering::Equal
    }
}
impl Eq for Ratio {}
impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Ratio {
    /// Exact, by cross multiplication.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (u128::from(self.points) * u128::from(other.of)).cmp(&(u128::from(other.points) * u128::from(self.of)))
    }
}

/// A score: a range and how much of it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// The range; `None` where nothing applies.
    pub range: Option<(Ratio, Ratio)>,
    /// Weight of the criteria that are decided.
    pub decided: u64,
    /// Weight of the criteria that apply or may apply.
    pub weight: u64,
}

impl Score {
    /// Coverage in whole percent, rounded down; `None` where nothing applies.
    pub fn coverage(&self) -> Option<u64> {
        (self.weight > 0).then(|| self.decided * 100 / self.weight)
    }
}

/// The score of a list of criteria.
pub fn score(parts: &[Part]) -> Score {
    let counted: Vec<Part> = parts
        .iter()
        .copied()
        .filter(|part| part.weight > 0 && part.outcomes.decided() != Some(OutcomeName::NotApplicable))
        .collect();
    let weight = counted.iter().map(|part| u64::from(part.weight)).sum();
    let decided = counted.iter().filter(|part| part.outcomes.decided().is_some());
    Score { range: range(&counted), decided: decided.map(|part| u64::from(part.weight)).sum(), weight }
}

/// Points and maximum of an outcome: met counts fully, partly half, not met nothing.
fn points(outcome: OutcomeName, weight: u32) -> (u64, u64) {
    let weight = u64::from(weight);
    match outcome {
        OutcomeName::Met => (2 * weight, 2 * weight),
        OutcomeName::Partly => (weight, 2 * weight),
        OutcomeName::NotMet => (0, 2 * weight),
        OutcomeName::NotApplicable => (0, 0),
    }
}

fn range(parts: &[Part]) -> Option<(Ratio, Ratio)> {
    Some((extreme(parts, false)?, extreme(parts, true)?))
}

/// The smallest or largest ratio over all choices of one outcome per part. Whether leaving a part out
/// (not applicable) helps or harms depends on the ratio itself, so this is Dinkelbach's method for
/// fractional programs, exact in integers: improve the choice against the last ratio until it stays.
fn extreme(parts: &[Part], largest: bool) -> Option<Ratio> {
    let applies = |outcome: &OutcomeName| *outcome != OutcomeName::NotApplicable;
    let first = parts.iter().filter_map(|part| Some((part.outcomes.iter().find(applies)?, part.weight)));
    let mut best = sum(first)?;
    loop {
        let choice = parts.iter().filter_map(|part| {
            let gain = |outcome: &OutcomeName| {
                let (points, of) = points(*outcome, part.weight);
                let gain = i128::from(points) * i128::from(best.of) - i128::from(best.points) * i128::from(of);
                // On a tie what applies goes first, so that the sum can never become empty.
                (if largest { gain } else { -gain }, applies(outcome))
            };
            Some((part.outcomes.iter().max_by_key(gain)?, part.weight))
        });
        let next = sum(choice)?;
        let better = if largest { next > best } else { next < best };
        if !better {
            return Some(best);
        }
        best = next;
    }
}

fn sum(choice: impl Iterator<Item = (OutcomeName, u32)>) -> Option<Ratio> {
    let (points, of) = choice.fold((0, 0), |(points_so_far, of_so_far), (outcome, weight)| {
        let (points, of) = points(outcome, weight);
        (points_so_far + points, of_so_far + of)
    });
    (of > 0).then_some(Ratio { points, of })
}
