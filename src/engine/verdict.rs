//! The verdict: knock-outs first, then what measures can cure.
//!
//! No number of good points offsets a failed knock-out. A set of measures cures a verdict when every
//! knock-out passes with it; only the smallest such sets are named.

use std::collections::HashMap;

use crate::catalog::{Profile, Rule, Setting, Situation, State, Step, excluded};
use crate::model::{OutcomeName, Required};

use super::measures::{apply, is_available};
use super::{Outcomes, decide};

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
/// More measures than this are not combined with one another: each one more doubles the work. The largest real profile
/// has 13, of which a use case needs fewer; a check reports a profile with more.
pub const MAX_MEASURES: usize = 14;

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
        .map(|(index, (rule, required))| Trial::new(index, *rule, *required, &rules[*rule], states))
        .collect();
    let steps = Steps::new(profile, situation, &trials, states);
    for trial in &mut trials {
        trial.relevant = steps.touching(profile, trial.rule);
    }
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
        (_, target) => {
            let target = target.unwrap_or(KnockOutState::Passed);
            let (best, sets) = search(profile, &steps, &mut trials, states, target);
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

/// The measures worth trying: available, and changing a fact that a knock-out reads which does not pass as shipped.
struct Steps {
    /// Indices among the profile's measures; a set of them is a bit set over this list.
    measures: Vec<usize>,
    /// For each, the bits of those it cannot be combined with.
    conflicts: Vec<u32>,
    /// For each, its effort.
    efforts: Vec<u32>,
}

impl Steps {
    fn new(profile: &Profile, situation: &Situation, trials: &[Trial<'_>], states: &[State]) -> Self {
        // A measure that only touches what passes anyway cannot help.
        let lacking = trials.iter().filter(|trial| trial.shipped != KnockOutState::Passed);
        let lacking: Vec<&Rule> = lacking.map(|trial| trial.rule).collect();
        let useful = |step: &Step| {
            step.sets.iter().any(|(fact, value)| {
                states[fact.index()] != State::Known(*value)
                    && lacking.iter().any(|rule| rule.table.facts.contains(fact))
            })
        };
        let all = profile.measures.iter().enumerate();
        let open = all.filter(|(_, step)| useful(step) && is_available(step, situation));
        let measures: Vec<usize> = open.map(|(at, _)| at).take(MAX_MEASURES).collect();
        let clash = |one: usize| {
            let others = measures.iter().enumerate();
            let bits = others.filter(|(_, other)| excluded(&profile.measures[one], &profile.measures[**other]));
            bits.fold(0, |all, (bit, _)| all | 1 << bit)
        };
        Self {
            conflicts: measures.iter().map(|one| clash(*one)).collect(),
            efforts: measures.iter().map(|one| profile.measures[*one].effort).collect(),
            measures,
        }
    }

    /// The set of those that change a fact the criterion reads.
    fn touching(&self, profile: &Profile, rule: &Rule) -> u32 {
        let touches = |step: &Step| step.sets.iter().any(|(fact, _)| rule.table.facts.contains(fact));
        let bits = self.measures.iter().enumerate().filter(|(_, step)| touches(&profile.measures[**step]));
        bits.fold(0, |all, (bit, _)| all | 1 << bit)
    }

    fn bits(set: u32) -> impl Iterator<Item = usize> {
        (0..MAX_MEASURES).filter(move |bit| set & (1 << bit) != 0)
    }

    fn members(&self, set: u32) -> impl Iterator<Item = usize> {
        Self::bits(set).map(|bit| self.measures[bit])
    }

    fn compatible(&self, set: u32) -> bool {
        Self::bits(set).all(|bit| self.conflicts[bit] & set == 0)
    }

    fn effort(&self, set: u32) -> u32 {
        Self::bits(set).map(|bit| self.efforts[bit]).sum()
    }

    /// All combinable sets of a size, least effort first.
    fn of_size(&self, size: usize) -> Vec<u32> {
        let all = 0..1_u32 << self.measures.len();
        let mut sets: Vec<u32> = all.filter(|set| set.count_ones() as usize == size && self.compatible(*set)).collect();
        sets.sort_by_key(|set| (self.effort(*set), *set));
        sets
    }
}

/// One knock-out being tried with sets of measures; remembers what it has tried.
struct Trial<'a> {
    index: usize,
    number: usize,
    required: Required,
    rule: &'a Rule,
    /// How it stands as shipped.
    shipped: KnockOutState,
    /// The measures that can change it, as a set over the steps.
    relevant: u32,
    tried: HashMap<u32, KnockOutState>,
}

impl<'a> Trial<'a> {
    fn new(index: usize, number: usize, required: Required, rule: &'a Rule, states: &[State]) -> Self {
        let shipped = stand(decide(&rule.table, states).outcomes, required);
        // Which measures matter is known only once the steps are chosen.
        Self { index, number, required, rule, shipped, relevant: 0, tried: HashMap::from([(0, shipped)]) }
    }

    fn state(&mut self, set: u32, profile: &Profile, steps: &Steps, states: &[State]) -> KnockOutState {
        let set = set & self.relevant;
        if let Some(known) = self.tried.get(&set) {
            return *known;
        }
        let mut states = states.to_vec();
        apply(profile, steps.members(set), &mut states);
        let state = stand(decide(&self.rule.table, &states).outcomes, self.required);
        self.tried.insert(set, state);
        state
    }

    fn finding(&mut self, profile: &Profile, steps: &Steps, states: &[State]) -> KnockOutFinding {
        let mut best = self.shipped;
        // All subsets of the relevant measures, until one passes.
        let mut set = self.relevant;
        while best != KnockOutState::Passed && set != 0 {
            if steps.compatible(set) {
                best = best.min(self.state(set, profile, steps, states));
            }
            set = (set - 1) & self.relevant;
        }
        KnockOutFinding { index: self.index, rule: self.number, shipped: self.shipped, reachable: best }
    }
}

/// How a knock-out stands with these possible outcomes. What does not apply cannot fail.
pub fn stand(outcomes: Outcomes, required: Required) -> KnockOutState {
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

/// Looks for the smallest sets of measures with which all knock-outs together reach `target`, the best that
/// each reaches by itself. Returns the best that was found and, if that is passing, the sets.
fn search(
    profile: &Profile,
    steps: &Steps,
    trials: &mut [Trial<'_>],
    states: &[State],
    target: KnockOutState,
) -> (KnockOutState, Vec<Vec<usize>>) {
    let mut best = KnockOutState::Failed;
    for size in 0..=steps.measures.len() {
        let mut cures: Vec<Vec<usize>> = Vec::new();
        for set in steps.of_size(size) {
            let worst = trials.iter_mut().map(|trial| trial.state(set, profile, steps, states)).max();
            best = best.min(worst.unwrap_or(KnockOutState::Passed));
            if worst == Some(KnockOutState::Passed) && cures.len() < MAX_CURES {
                cures.push(steps.members(set).collect());
            }
        }
        if best <= target {
            return (best, cures);
        }
    }
    (best, Vec::new())
}
