//! How much a criterion counts in a use case, with every factor visible.

use crate::catalog::{Rule, Setting, Situation};
use crate::model::Goal;

/// Where a criterion's weight comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightFrom {
    /// The criterion's own.
    Criterion,
    /// Replaced by the use case.
    UseCase,
    /// Replaced by the user.
    User,
}

/// A weight and its factors: `total = base * emphasis`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// 0 to 5.
    pub base: u32,
    /// Where the base comes from.
    pub from: WeightFrom,
    /// The goal whose emphasis counts: the criterion's leading one.
    pub goal: Goal,
    /// 1 to 3.
    pub emphasis: u32,
    /// Whether the emphasis is the user's own.
    pub own_emphasis: bool,
}

impl Weight {
    /// The weight that counts.
    pub fn total(self) -> u32 {
        self.base * self.emphasis
    }
}

/// The weight of a criterion (by index and value) in a use case, for an organisation.
pub fn weight(index: usize, rule: &Rule, setting: &Setting, situation: &Situation) -> Weight {
    let goal = rule.leading_goal();
    let own = situation.emphasis.get(&goal);
    let (base, from) = match (situation.weights.get(&index), setting.weights.get(&index)) {
        (Some(weight), _) => (*weight, WeightFrom::User),
        (None, Some(weight)) => (*weight, WeightFrom::UseCase),
        (None, None) => (rule.weight, WeightFrom::Criterion),
    };
    Weight {
        base,
        from,
        goal,
        emphasis: own.copied().unwrap_or_else(|| setting.emphasis_of(goal)),
        own_emphasis: own.is_some(),
    }
}
