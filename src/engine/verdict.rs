//! The verdict: knock-outs first, then what measures can cure.
//!
//! No number of good points offsets a failed knock-out. A set of measures cures a verdict when every
//! knock-out passes with it; only the smallest such sets are named.

use std::collections::HashMap;

use crate::catalog::{FactId, Profile, Rule, Setting, Situation, State, Step, excluded};
use crate::model::{OutcomeName, Required};

use super::{Outcomes, decide, open_facts};

/// The overall result, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Every knock-out passes as shipped.
    Suitable,
    /// Every knock-out passes once certain measures are taken.
    WithMeasures,
    /// No knock-out has to fail, but one rests on something unknown.
    Undecided,
    /// A knock-out fails and no listed measure cures it.
    Unsuitable,
    /// The service has ended.
    Discontinued,
}

/// How a knock-out stands. The order is from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KnockOutState {
    /// Passes whatever the open facts turn out to be.
    Passed,
    /// Rests on something unknown.
    Open,
    /// Fails whatever the open facts turn out to be.
    Failed,
}

/// One knock-out of the use case, for one messenger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnockOutFinding {
    /// Index among the use case's knock-outs.
    pub index: usize,
    /// Index of the criterion among the rules.
    pub rule: usize,
    /// How it stands as shipped.
    pub shipped: KnockOutState,
    /// The best any combination of the messenger's measures reaches for this knock-out alone.
    pub reachable: KnockOutState,
    /// What would have to be found out, if it is open even with measures.
    pub open: Vec<FactId>,
}

/// A verdict with its reasons.
#[derive(Debug)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Each knock-out, in the use case's order.
    pub knock_outs: Vec<KnockOutFinding>,
    /// The smallest sets of measures (indices among the profile's) that cure it; least effort first.
    pub cures: Vec<Vec<usize>>,
}

/// At most this many sets of measures are named.
const MAX_CURES: usize = 3;
/// More measures than this are not combined with one another; no real profile comes near.
const MAX_STEPS: usize = 16;

/// Judges one messenger. `states` is what holds as shipped, setting and organisation included.
pub fn judge(
    profile: &Profile,
    setting: &Setting,
    situation: &Situation,
    rules: &[Rule],
    states: &[State],
) -> Judgement {
    let mut trials: Vec<Trial<'_>> = setting
        .knock_outs
        .iter()
        .enumerate()
        .map(|(index, (rule, required))| Trial::new(index, *rule, *required, &rules[*rule]))
        .collect();
    let steps = useful_steps(profile, situation, &trials, states);
    let mut knock_outs = Vec::new();
    for trial in &mut trials {
        knock_outs.push(trial.finding(profile, &steps, states));
    }
    let reachable = knock_outs.iter().map(|finding| finding.reachable).max();
    let shipped = knock_outs.iter().map(|finding| finding.shipped).max();
    let mut cures = Vec::new();
    let verdict = match (shipped, reachable) {
        (None | Some(KnockOutState::Passed), _) => Verdict::Suitable,
        (_, Some(KnockOutState::Failed)) => Verdict::Unsuitable,
        _ => {
            let (best, sets) = search(profile, &steps, &mut trials, states);
            cures = sets;
            match best {
                KnockOutState::Passed => Verdict::WithMeasures,
                KnockOutState::Open => Verdict::Undecided,
                KnockOutState::Failed => Verdict::Unsuitable,
            }
        }
    };
    Judgement { verdict: if profile.ended { Verdict::Discontinued } else { verdict }, knock_outs, cures }
}

/// The measures that are available and change a fact some knock-out reads, as indices among the profile's.
fn useful_steps(profile: &Profile, situation: &Situation, trials: &[Trial<'_>], states: &[State]) -> Vec<usize> {
    let useful = |step: &Step| {
        step.sets.iter().any(|(fact, value)| {
            states[fact.index()] != State::Known(*value) && trials.iter().any(|trial| trial.rule.facts.contains(fact))
        })
    };
    let all = profile.measures.iter().enumerate();
    let open = all.filter(|(_, step)| useful(step) && super::assess::is_available(step, situation));
    open.map(|(at, _)| at).take(MAX_STEPS).collect()
}

/// One knock-out being tried with sets of measures; remembers what it has tried.
struct Trial<'a> {
    index: usize,
    number: usize,
    required: Required,
    rule: &'a Rule,
    tried: HashMap<u32, KnockOutState>,
}

impl<'a> Trial<'a> {
    fn new(index: usize, number: usize, required: Required, rule: &'a Rule) -> Self {
        Self { index, number, required, rule, tried: HashMap::new() }
    }

    /// The bits of the measures that can change this knock-out.
    fn relevant(&self, profile: &Profile, steps: &[usize]) -> u32 {
        let touches = |step: &Step| step.sets.iter().any(|(fact, _)| self.rule.facts.contains(fact));
        let bits = steps.iter().enumerate().filter(|(_, step)| touches(&profile.measures[**step]));
        bits.fold(0, |all, (bit, _)| all | 1 << bit)
    }

    fn state(&mut self, set: u32, profile: &Profile, steps: &[usize], states: &[State]) -> KnockOutState {
        let set = set & self.relevant(profile, steps);
        if let Some(known) = self.tried.get(&set) {
            return *known;
        }
        let mut states = states.to_vec();
        apply(profile, members(set, steps), &mut states);
        let state = stand(decide(self.rule, &states).outcomes, self.required);
        self.tried.insert(set, state);
        state
    }

    fn finding(&mut self, profile: &Profile, steps: &[usize], states: &[State]) -> KnockOutFinding {
        let shipped = self.state(0, profile, steps, states);
        let relevant = self.relevant(profile, steps);
        let mut best = (shipped, 0);
        // All subsets of the relevant measures, until one passes.
        let mut set = relevant;
        while best.0 != KnockOutState::Passed && set != 0 {
            if compatible(set, profile, steps) {
                best = best.min((self.state(set, profile, steps, states), set));
            }
            set = (set - 1) & relevant;
        }
        let open = if best.0 == KnockOutState::Open {
            let mut states = states.to_vec();
            apply(profile, members(best.1, steps), &mut states);
            open_facts(self.rule, &states)
        } else {
            Vec::new()
        };
        KnockOutFinding { index: self.index, rule: self.number, shipped, reachable: best.0, open }
    }
}

/// How a knock-out stands with these possible outcomes. What does not apply cannot fail.
fn stand(outcomes: Outcomes, required: Required) -> KnockOutState {
    let passes = |outcome: OutcomeName| match outcome {
        OutcomeName::Met | OutcomeName::NotApplicable => true,
        OutcomeName::Partly => required == Required::Partly,
        OutcomeName::NotMet => false,
    };
    match (outcomes.iter().any(passes), outcomes.iter().any(|outcome| !passes(outcome))) {
        (_, false) => KnockOutState::Passed,
        (true, true) => KnockOutState::Open,
        (false, true) => KnockOutState::Failed,
    }
}

/// The best state all knock-outs together can reach, and the smallest sets of measures that pass.
fn search(
    profile: &Profile,
    steps: &[usize],
    trials: &mut [Trial<'_>],
    states: &[State],
) -> (KnockOutState, Vec<Vec<usize>>) {
    let mut sets: Vec<u32> = (0..1_u32 << steps.len()).filter(|set| compatible(*set, profile, steps)).collect();
    sets.sort_by_key(|set| (set.count_ones(), effort(*set, profile, steps), *set));
    let mut best = KnockOutState::Failed;
    let mut cures: Vec<Vec<usize>> = Vec::new();
    for set in sets {
        if cures.first().is_some_and(|cure| cure.len() < set.count_ones() as usize) || cures.len() == MAX_CURES {
            break;
        }
        let worst = trials.iter_mut().map(|trial| trial.state(set, profile, steps, states)).max();
        let worst = worst.unwrap_or(KnockOutState::Passed);
        best = best.min(worst);
        if worst == KnockOutState::Passed {
            cures.push(members(set, steps).collect());
        }
    }
    (best, cures)
}

fn members(set: u32, steps: &[usize]) -> impl Iterator<Item = usize> {
    let of = move |(bit, step): (usize, &usize)| (set & (1 << bit) != 0).then_some(*step);
    steps.iter().enumerate().filter_map(of)
}

fn compatible(set: u32, profile: &Profile, steps: &[usize]) -> bool {
    let chosen: Vec<&Step> = members(set, steps).map(|step| &profile.measures[step]).collect();
    let clash = |(at, step): (usize, &&Step)| chosen[..at].iter().any(|other| excluded(step, other));
    !chosen.iter().enumerate().any(clash)
}

fn effort(set: u32, profile: &Profile, steps: &[usize]) -> u32 {
    members(set, steps).map(|step| profile.measures[step].effort).sum()
}

/// Takes measures: the facts they set hold from now on.
pub fn apply(profile: &Profile, measures: impl Iterator<Item = usize>, states: &mut [State]) {
    for measure in measures {
        for (fact, value) in &profile.measures[measure].sets {
            states[fact.index()] = State::Known(*value);
        }
    }
}
