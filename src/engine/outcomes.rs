//! The set of outcomes a criterion may have.

use crate::model::OutcomeName;

/// A set of outcomes. One member: decided. Several: what is not known could turn out either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Outcomes(u8);

impl Outcomes {
    /// The set of one outcome.
    pub fn only(outcome: OutcomeName) -> Self {
        Self(1 << outcome as u8)
    }

    /// The set of these outcomes.
    pub fn of(outcomes: impl IntoIterator<Item = OutcomeName>) -> Self {
        outcomes.into_iter().fold(Self::default(), |mut all, outcome| {
            all.insert(outcome);
            all
        })
    }

    /// Adds an outcome.
    pub fn insert(&mut self, outcome: OutcomeName) {
        self.0 |= 1 << outcome as u8;
    }

    /// Whether the outcome is possible.
    pub fn contains(self, outcome: OutcomeName) -> bool {
        self.0 & (1 << outcome as u8) != 0
    }

    /// Whether every outcome of this set is in the other.
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether there is no outcome at all.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The outcome, if there is exactly one.
    pub fn decided(self) -> Option<OutcomeName> {
        if self.0.is_power_of_two() { self.best() } else { None }
    }

    /// The best outcome; the order is that of [`OutcomeName::ALL`].
    pub fn best(self) -> Option<OutcomeName> {
        OutcomeName::ALL.get(self.0.trailing_zeros() as usize).copied()
    }

    /// The worst outcome; not applicable counts as the worst of all.
    pub fn worst(self) -> Option<OutcomeName> {
        let last = (u8::BITS - 1).checked_sub(self.0.leading_zeros())?;
        OutcomeName::ALL.get(last as usize).copied()
    }

    /// Those that apply.
    #[must_use]
    pub fn applicable(self) -> Self {
        Self(self.0 & !Self::only(OutcomeName::NotApplicable).0)
    }

    /// The outcomes, best first.
    pub fn iter(self) -> impl Iterator<Item = OutcomeName> {
        OutcomeName::ALL.into_iter().filter(move |outcome| self.contains(*outcome))
    }
}
