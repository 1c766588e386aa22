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
    let (mut low, mut high) = (Sum::default(), Sum::default());
    for Part { outcomes, weight } in parts {
        let apply = outcomes.applicable();
        let (Some(best), Some(worst), true) = (apply.best(), apply.worst(), weight > 0) else {
            continue;
        };
        score.weight += u64::from(weight);
        score.decided += outcomes.decided().map_or(0, |_| u64::from(weight));
        let certain = apply == outcomes;
        low.add(points(worst, weight), certain);
        high.add(points(best, weight), certain);
    }
    score.range = low.extreme(false).zip(high.extreme(true));
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

/// What adds up to one end of the range.
#[derive(Default)]
struct Sum {
    /// The parts that certainly apply.
    fixed: (u64, u64),
    /// The parts that may not apply, each as if it did.
    open: Vec<(u64, u64)>,
}

impl Sum {
    fn add(&mut self, points: (u64, u64), certain: bool) {
        if certain {
            self.fixed = add(self.fixed, points);
        } else {
            self.open.push(points);
        }
    }

    /// The smallest or largest ratio over all choices of which open parts apply.
    ///
    /// Whether leaving out one of them helps or harms depends on the ratio itself. This is Dinkelbach's method for
    /// fractional programs, exact in integers: improve the choice against the last ratio until it stays.
    fn extreme(&self, largest: bool) -> Option<Ratio> {
        // Start with everything applying, so that the sum is never empty.
        let mut best = ratio(self.open.iter().copied().fold(self.fixed, add))?;
        if self.open.is_empty() {
            return Some(best);
        }
        loop {
            // On a tie a part stays, for the same reason.
            let helps = |own: Ratio| if largest { own >= best } else { own <= best };
            let kept = self.open.iter().copied().filter(|part| ratio(*part).is_some_and(helps));
            let next = ratio(kept.fold(self.fixed, add))?;
            let better = if largest { next > best } else { next < best };
            if !better {
                return Some(best);
            }
            best = next;
        }
    }
}

fn add(one: (u64, u64), other: (u64, u64)) -> (u64, u64) {
    (one.0 + other.0, one.1 + other.1)
}

fn ratio((points, of): (u64, u64)) -> Option<Ratio> {
    (of > 0).then_some(Ratio { points, of })
}
