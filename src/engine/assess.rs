//! One messenger in one use case: assessed as shipped and with all measures taken.

use std::cmp::Reverse;

use crate::catalog::{Catalog, Profile, Setting, Situation, State, Step, excluded};
use crate::model::Goal;

use super::verdict::{Judgement, apply, judge};
use super::{Decision, KnockOutFinding, Part, Score, Verdict, Weight, decide, score, weight};

/// What is the same for every messenger in a use case.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The data.
    pub catalog: &'a Catalog,
    /// The use case.
    pub setting: &'a Setting,
    /// The organisation.
    pub situation: &'a Situation,
    /// The weight of each criterion, by index among the rules.
    pub weights: Vec<Weight>,
}

impl<'a> Plan<'a> {
    /// Prepares a use case for an organisation.
    pub fn new(catalog: &'a Catalog, setting: &'a Setting, situation: &'a Situation) -> Self {
        let rules = catalog.rules.iter().enumerate();
        let weights = rules.map(|(at, rule)| weight(at, rule, setting, situation)).collect();
        Self { catalog, setting, situation, weights }
    }
}

/// The result for one state of a messenger: as shipped, or with measures.
#[derive(Debug)]
pub struct Variant {
    /// What is known about each fact, setting and organisation included, by [`FactId`].
    pub states: Vec<State>,
    /// The decision on each criterion, by index among the rules.
    pub decisions: Vec<Decision>,
    /// The score over all criteria.
    pub score: Score,
    /// The score over the criteria that serve each goal, in the order of [`Goal::ALL`].
    pub goals: [Score; 7],
}

/// The assessment of one messenger in one use case.
#[derive(Debug)]
pub struct Assessment {
    /// Index of the messenger among the profiles.
    pub profile: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Each knock-out, in the use case's order.
    pub knock_outs: Vec<KnockOutFinding>,
    /// The smallest sets of measures (indices among the profile's) that cure the verdict, least effort first.
    pub cures: Vec<Vec<usize>>,
    /// As shipped.
    pub shipped: Variant,
    /// With all measures that can be taken together.
    pub hardened: Variant,
    /// Which measures these are: indices among the profile's.
    pub taken: Vec<usize>,
}

impl Assessment {
    /// The variant the verdict speaks of: a suitable messenger as shipped, any other at its best.
    pub fn decisive(&self) -> &Variant {
        if self.verdict == Verdict::Suitable { &self.shipped } else { &self.hardened }
    }
}

/// Assesses one messenger.
pub fn assess(plan: &Plan<'_>, index: usize) -> Assessment {
    let profile = &plan.catalog.profiles[index];
    let states = initial_states(plan, profile);
    let Judgement { verdict, knock_outs, cures } =
        judge(profile, plan.setting, plan.situation, &plan.catalog.rules, &states);
    let taken = all_measures(profile, plan.situation, cures.first().map_or(&[], Vec::as_slice));
    let mut hardened_states = states.clone();
    apply(profile, taken.iter().copied(), &mut hardened_states);
    Assessment {
        profile: index,
        verdict,
        knock_outs,
        cures,
        shipped: variant(plan, states),
        hardened: variant(plan, hardened_states),
        taken,
    }
}

/// What holds before any measure: the profile's facts, the circumstances, the organisation's statements.
fn initial_states(plan: &Plan<'_>, profile: &Profile) -> Vec<State> {
    let mut states = profile.states.clone();
    for (fact, state) in plan.setting.states.iter().chain(&plan.situation.states) {
        states[fact.index()] = state.clone();
    }
    states
}

fn variant(plan: &Plan<'_>, states: Vec<State>) -> Variant {
    let decisions: Vec<Decision> = plan.catalog.rules.iter().map(|rule| decide(rule, &states)).collect();
    let parts: Vec<Part> = decisions
        .iter()
        .zip(&plan.weights)
        .map(|(decision, weight)| Part { outcomes: decision.outcomes, weight: weight.total() })
        .collect();
    let goals = Goal::ALL.map(|goal| {
        let rules = plan.catalog.rules.iter().zip(&parts);
        let own: Vec<Part> = rules.filter(|(rule, _)| rule.serves(goal)).map(|(_, part)| *part).collect();
        score(&own)
    });
    Variant { score: score(&parts), states, decisions, goals }
}

/// As many measures as can be taken together: first those of the best cure, then the others by id.
fn all_measures(profile: &Profile, situation: &Situation, first: &[usize]) -> Vec<usize> {
    let mut taken: Vec<usize> = first.to_vec();
    for (at, step) in profile.measures.iter().enumerate() {
        let free = taken.iter().all(|other| *other != at && !excluded(step, &profile.measures[*other]));
        if free && is_available(step, situation) {
            taken.push(at);
        }
    }
    taken.sort_unstable();
    taken
}

/// Whether a measure is open to this organisation: nothing it needs is stated to be missing.
pub fn is_available(step: &Step, situation: &Situation) -> bool {
    !step.needs.iter().any(|need| situation.lacks.contains(need))
}

/// Sorts assessments of one use case: verdict, then the low end of the range, then the high end, then id.
pub fn rank(assessments: &mut [Assessment], catalog: &Catalog) {
    assessments.sort_by_key(|assessment| {
        let range = assessment.decisive().score.range;
        let id = catalog.profiles[assessment.profile].id.clone();
        (assessment.verdict, Reverse(range.map(|(low, _)| low)), Reverse(range.map(|(_, high)| high)), id)
    });
}
