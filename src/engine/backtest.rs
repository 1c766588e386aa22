//! Our verdicts beside the published ones.

use crate::catalog::{Catalog, Situation};
use crate::model::Stance;

use super::{Plan, Verdict, assess};

/// How our verdict relates to a published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Both permit, or both refuse.
    Agreement,
    /// We cannot say: a knock-out rests on something unknown.
    Undecided,
    /// One permits what the other refuses.
    Contradiction,
}

/// One published opinion on one messenger in one use case, and what we say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// Index of the body among the catalogue's positions.
    pub body: usize,
    /// Index of the position within the body's.
    pub position: usize,
    /// Index of the messenger.
    pub profile: usize,
    /// Index of the use case.
    pub setting: usize,
    /// Our verdict.
    pub verdict: Verdict,
    /// How the two relate.
    pub relation: Relation,
}

/// Tries all positions that are meant for it, in the order of the files. Superseded ones are left out.
pub fn backtest(catalog: &Catalog) -> Vec<Trial> {
    let situation = Situation::default();
    let plans: Vec<Plan<'_>> = catalog.settings.iter().map(|setting| Plan::new(catalog, setting, &situation)).collect();
    let mut trials = Vec::new();
    for (body, entry) in catalog.positions.iter().enumerate() {
        for (index, position) in entry.value.positions.iter().enumerate() {
            if !position.backtest || position.superseded_by.is_some() {
                continue;
            }
            let profiles = position.messengers.iter().filter_map(|id| catalog.profile(id));
            for profile in profiles {
                for setting in position.use_cases.iter().filter_map(|id| catalog.setting(id)) {
                    let verdict = assess(&plans[setting], profile).verdict;
                    trials.push(Trial {
                        body,
                        position: index,
                        profile,
                        setting,
                        verdict,
                        relation: relation(verdict, position.stance),
                    });
                }
            }
        }
    }
    trials
}

fn relation(verdict: Verdict, stance: Stance) -> Relation {
    match (verdict, stance) {
        (Verdict::Undecided, _) => Relation::Undecided,
        (Verdict::Suitable | Verdict::WithMeasures, Stance::For | Stance::Conditional)
        | (Verdict::Unsuitable | Verdict::Discontinued, Stance::Against) => Relation::Agreement,
        _ => Relation::Contradiction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permitting_and_refusing_are_told_apart() {
        assert_eq!(relation(Verdict::WithMeasures, Stance::Conditional), Relation::Agreement);
        assert_eq!(relation(Verdict::Unsuitable, Stance::Against), Relation::Agreement);
        assert_eq!(relation(Verdict::Suitable, Stance::Against), Relation::Contradiction);
        assert_eq!(relation(Verdict::Unsuitable, Stance::Conditional), Relation::Contradiction);
        assert_eq!(relation(Verdict::Undecided, Stance::Against), Relation::Undecided);
    }
}
