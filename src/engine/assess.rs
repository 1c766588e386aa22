//! One messenger in one use case: assessed as shipped and with all measures taken.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::catalog::{Catalog, FactId, Profile, Setting, Situation, State};
use crate::model::Goal;
use crate::parallel;

use super::measures::{all_measures, apply};
use super::verdict::{Judgement, judge};
use super::{
    Decision, KnockOutFinding, KnockOutState, Part, Score, Verdict, Weight, decide, open_facts, score, weight,
};

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
    /// The criteria that serve each goal, as indices among the rules; in the order of [`Goal::ALL`].
    by_goal: [Vec<usize>; 7],
}

impl<'a> Plan<'a> {
    /// Prepares a use case for an organisation.
    pub fn new(catalog: &'a Catalog, setting: &'a Setting, situation: &'a Situation) -> Self {
        let rules = catalog.rules.iter().enumerate();
        let weights = rules.clone().map(|(at, rule)| weight(at, rule, setting, situation)).collect();
        let serving = |goal| rules.clone().filter(move |(_, rule)| rule.serves(goal)).map(|(at, _)| at).collect();
        Self { catalog, setting, situation, weights, by_goal: Goal::ALL.map(serving) }
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
    /// What would have to be found out for a knock-out that is open even with measures.
    pub fn open(&self, catalog: &Catalog, finding: &KnockOutFinding) -> Vec<FactId> {
        match finding.reachable {
            KnockOutState::Open => open_facts(&catalog.rules[finding.rule].table, &self.hardened.states),
            KnockOutState::Passed | KnockOutState::Failed => Vec::new(),
        }
    }

    /// The same for all knock-outs together, in display order.
    pub fn all_open(&self, catalog: &Catalog) -> Vec<FactId> {
        let facts: BTreeSet<FactId> = self.knock_outs.iter().flat_map(|finding| self.open(catalog, finding)).collect();
        facts.into_iter().collect()
    }

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
    let decisions = plan.catalog.rules.iter().map(|rule| decide(&rule.table, &states)).collect();
    let shipped = variant(plan, states, decisions);
    let decisions = decide_again(plan, &shipped, &hardened_states);
    let hardened = variant(plan, hardened_states, decisions);
    Assessment { profile: index, verdict, knock_outs, cures, shipped, hardened, taken }
}

/// Assesses several messengers, on all processors; the results are in the order of the indices.
pub fn assess_all(plan: &Plan<'_>, profiles: &[usize]) -> Vec<Assessment> {
    parallel::map(profiles.to_vec(), |profile| assess(plan, profile))
}

/// A messenger with exactly these measures taken (indices among the profile's).
pub fn with_measures(plan: &Plan<'_>, index: usize, measures: &[usize]) -> Variant {
    let profile = &plan.catalog.profiles[index];
    let mut states = initial_states(plan, profile);
    apply(profile, measures.iter().copied(), &mut states);
    let decisions = plan.catalog.rules.iter().map(|rule| decide(&rule.table, &states)).collect();
    variant(plan, states, decisions)
}

/// What holds before any measure: the profile's facts, the circumstances, the organisation's statements.
fn initial_states(plan: &Plan<'_>, profile: &Profile) -> Vec<State> {
    let mut states = profile.states.clone();
    for (fact, state) in plan.setting.states.iter().chain(&plan.situation.states) {
        states[fact.index()] = state.clone();
    }
    states
}

fn variant(plan: &Plan<'_>, states: Vec<State>, decisions: Vec<Decision>) -> Variant {
    let part = |at: usize| Part { outcomes: decisions[at].outcomes, weight: plan.weights[at].total() };
    let goals = Goal::ALL.map(|goal| score(plan.by_goal[goal as usize].iter().map(|at| part(*at))));
    let overall = score((0..decisions.len()).map(part));
    Variant { score: overall, goals, states, decisions }
}

/// The decisions after some facts have changed: only criteria that read one of them are decided anew.
fn decide_again(plan: &Plan<'_>, before: &Variant, states: &[State]) -> Vec<Decision> {
    let changed: Vec<bool> = before.states.iter().zip(states).map(|(old, new)| old != new).collect();
    let rules = plan.catalog.rules.iter().zip(&before.decisions);
    rules
        .map(|(rule, decision)| {
            let touched = rule.table.facts.iter().any(|fact| changed[fact.index()]);
            if touched { decide(&rule.table, states) } else { *decision }
        })
        .collect()
}

/// Sorts assessments of one use case: verdict, then the low end of the range, then the high end, then id.
pub fn rank(assessments: &mut [Assessment], catalog: &Catalog) {
    assessments.sort_by_cached_key(|assessment| {
        let range = assessment.decisive().score.range;
        let id = catalog.profiles[assessment.profile].id.clone();
        (assessment.verdict, Reverse(range.map(|(low, _)| low)), Reverse(range.map(|(_, high)| high)), id)
    });
}
