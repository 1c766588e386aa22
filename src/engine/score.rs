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
    /// The ends of the range in whole percent. A decided score is one number; only a real range is rounded outwards.
    pub fn percent(&self) -> Option<(u64, u64)> {
        let (low, high) = self.range?;
        Some(if low == high { (low.round(), low.round()) } else { (low.floor(), high.ceil()) })
    }

    /// Coverage in whole percent, rounded down; `None` where nothing applies.
    pub fn coverage(&self) -> Option<u64> {
        (self.weight > 0).then(|| self.decided * 100 / self.weight)
    }
}

/// The score of criteria, given as their possible outcomes and weights.
pub fn score(parts: impl IntoIterator<Item = Part>) -> Score {
    let mut score = Score::default();
    let (mut low, mut high) = ((0, 0), (0, 0));
    let mut open = Vec::new();
    for part in parts {
        let decided = part.outcomes.decided();
        if part.weight == 0 || decided == Some(OutcomeName::NotApplicable) {
            continue;
        }
        score.weight += u64::from(part.weight);
        score.decided += decided.map_or(0, |_| u64::from(part.weight));
        if part.outcomes.contains(OutcomeName::NotApplicable) {
            open.push(part);
        } else {
            low = add(low, extreme_points(part, false));
            high = add(high, extreme_points(part, true));
        }
    }
    score.range = extreme(&open, low, false).zip(extreme(&open, high, true));
    score
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

/// Points and maximum of a part's worst or best outcome that applies.
fn extreme_points(part: Part, largest: bool) -> (u64, u64) {
    let all = part.outcomes.iter().filter(|outcome| applies(*outcome)).map(|outcome| points(outcome, part.weight));
    let found = if largest { all.max() } else { all.min() };
    found.unwrap_or_default()
}

/// The smallest or largest ratio over all choices of one outcome per part.
///
/// Parts that certainly apply have already been summed up in `fixed` with their worst or best outcome. Whether
/// leaving out one of the `open` parts, which may not apply, helps or harms depends on the ratio itself; for
/// those this is Dinkelbach's method for fractional programs, exact in integers: improve the choice against the
/// last ratio until it stays.
fn extreme(open: &[Part], fixed: (u64, u64), largest: bool) -> Option<Ratio> {
    // Start with everything applying, so that the sum is never empty.
    let first = open.iter().fold(fixed, |so_far, part| add(so_far, extreme_points(*part, largest)));
    let mut best = ratio(first)?;
    if open.is_empty() {
        return Some(best);
    }
    loop {
        let choice = open.iter().filter_map(|part| {
            let gain = |outcome: &OutcomeName| {
                let (points, of) = points(*outcome, part.weight);
                let gain = i128::from(points) * i128::from(best.of) - i128::from(best.points) * i128::from(of);
                // On a tie what applies goes first, for the same reason.
                (if largest { gain } else { -gain }, applies(*outcome))
            };
            Some((part.outcomes.iter().max_by_key(gain)?, part.weight))
        });
        let sum = choice.fold(fixed, |so_far, (outcome, weight)| add(so_far, points(outcome, weight)));
        let next = ratio(sum)?;
        let better = if largest { next > best } else { next < best };
        if !better {
            return Some(best);
        }
        best = next;
    }
}

fn applies(outcome: OutcomeName) -> bool {
    outcome != OutcomeName::NotApplicable
}

fn add(one: (u64, u64), other: (u64, u64)) -> (u64, u64) {
    (one.0 + other.0, one.1 + other.1)
}

fn ratio((points, of): (u64, u64)) -> Option<Ratio> {
    (of > 0).then_some(Ratio { points, of })
}
