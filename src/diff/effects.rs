//! What a change of the data does to the assessments.

use crate::catalog::{Catalog, FactId, Profile, Situation, State, Step};
use crate::engine::{Assessment, KnockOutState, Outcomes, Plan, Score, Verdict, assess_all};

use super::ground::{GroundChange, GroundKind};
use super::pairs::same_state;
use super::{Limits, Pairs, Sides, fact_id};

/// Sets of measures, as ids.
pub type Sets = Vec<Vec<String>>;

/// What changes for one messenger in one use case.
#[derive(Debug)]
pub struct Effect {
    /// The messenger, among the pairs.
    pub messenger: usize,
    /// The use case, among the pairs.
    pub setting: usize,
    /// The verdict.
    pub verdict: Sides<Verdict>,
    /// The score as shipped.
    pub shipped: Sides<Score>,
    /// The score with measures.
    pub hardened: Sides<Score>,
    /// Knock-outs that stand differently.
    pub knock_outs: Vec<KnockOutChange>,
    /// The smallest sets of measures, as ids, if they differ.
    pub cures: Option<Sides<Sets>>,
    /// Criteria that come out differently.
    pub outcomes: Vec<OutcomeChange>,
}

/// A knock-out that stands differently; `None` where it is none on that side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnockOutChange {
    /// The criterion, among the pairs.
    pub rule: usize,
    /// As shipped.
    pub shipped: Sides<Option<KnockOutState>>,
    /// With measures.
    pub reachable: Sides<Option<KnockOutState>>,
}

/// A criterion that comes out differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeChange {
    /// The criterion, among the pairs.
    pub rule: usize,
    /// As shipped.
    pub shipped: Sides<Outcomes>,
    /// With measures.
    pub hardened: Sides<Outcomes>,
    /// The facts it reads of which something else is known, as shipped or with measures; among the pairs.
    pub facts: Vec<usize>,
    /// Whether the criterion itself decides differently.
    pub rule_changed: bool,
}

impl Effect {
    /// Whether a range that people see has moved.
    pub fn moved(&self) -> bool {
        let same = |sides: Sides<Score>| sides.old.percent() == sides.new.percent();
        !same(self.shipped) || !same(self.hardened)
    }

    /// Whether anything at all changes.
    fn is_any(&self) -> bool {
        let covered = |sides: Sides<Score>| sides.old.coverage() == sides.new.coverage();
        self.verdict.old != self.verdict.new
            || self.moved()
            || !covered(self.shipped)
            || !covered(self.hardened)
            || !self.knock_outs.is_empty()
            || self.cures.is_some()
            || !self.outcomes.is_empty()
    }
}

/// The use cases that are compared, as pairs and their indices.
pub fn plans(pairs: &Pairs, limits: &Limits) -> Vec<(usize, Sides<usize>)> {
    let wanted = |at: &usize| limits.settings.as_ref().is_none_or(|own| own.contains(at));
    let all = pairs.settings.iter().enumerate().filter(|(at, _)| wanted(at));
    all.filter_map(|(at, pair)| Some((at, pair.both()?))).collect()
}

/// Whether both sides judge alike, fact by fact: then only messengers that differ can come out differently.
pub fn same_ground(old: &Catalog, new: &Catalog, ground: &[GroundChange]) -> bool {
    let judging =
        |change: &GroundChange| matches!(change.kind, GroundKind::Criterion | GroundKind::UseCase | GroundKind::Fact);
    let same = || {
        old.facts
            .iter()
            .zip(new.facts.iter())
            .all(|((_, one), (_, other))| one.key == other.key && one.def.values.keys().eq(other.def.values.keys()))
    };
    !ground.iter().any(judging) && old.facts.len() == new.facts.len() && same()
}

/// Assesses both sides and lists what differs: by messenger, then by use case.
pub fn effects(old: &Catalog, new: &Catalog, pairs: &Pairs, limits: &Limits, same_ground: bool) -> Vec<Effect> {
    let wanted = |at: &usize| limits.messengers.as_ref().is_none_or(|own| own.contains(at));
    let mut messengers = Vec::new();
    for (at, pair) in pairs.messengers.iter().enumerate().filter(|(at, _)| wanted(at)) {
        if let Some(both) = pair.both()
            && !(same_ground && same_profile(&old.profiles[both.old], &new.profiles[both.new]))
        {
            messengers.push((at, both));
        }
    }
    let situation = Situation::default();
    let indices = |side: fn(&Sides<usize>) -> usize| messengers.iter().map(|(_, both)| side(both)).collect::<Vec<_>>();
    let (all_old, all_new) = (indices(|both| both.old), indices(|both| both.new));
    let known = Known::new(old, new, pairs);
    let mut effects = Vec::new();
    for (setting, both) in plans(pairs, limits) {
        let before = Plan::new(old, &old.settings[both.old], &situation);
        let after = Plan::new(new, &new.settings[both.new], &situation);
        let assessed = assess_all(&before, &all_old).into_iter().zip(assess_all(&after, &all_new));
        for ((messenger, _), (old, new)) in messengers.iter().zip(assessed) {
            let effect = known.effect(*messenger, setting, Sides { old: &old, new: &new });
            effects.extend(Some(effect).filter(Effect::is_any));
        }
    }
    effects.sort_by_key(|effect| (effect.messenger, effect.setting));
    effects
}

/// What the engine reads of a messenger; both sides have the same vocabulary.
fn same_profile(old: &Profile, new: &Profile) -> bool {
    let same = |one: &Step, other: &Step| {
        one.id == other.id
            && one.sets == other.sets
            && one.needs == other.needs
            && one.excludes == other.excludes
            && one.effort == other.effort
    };
    old.ended == new.ended
        && old.states == new.states
        && old.measures.len() == new.measures.len()
        && old.measures.iter().zip(&new.measures).all(|(one, other)| same(one, other))
}

/// What is worked out once for all assessments.
struct Known<'a> {
    old: &'a Catalog,
    new: &'a Catalog,
    pairs: &'a Pairs,
    /// For each pair of criteria that exists on both sides: the facts either reads, among the pairs.
    reads: Vec<Vec<usize>>,
    /// For each pair of criteria: whether it decides differently.
    changed: Vec<bool>,
}

impl<'a> Known<'a> {
    fn new(old: &'a Catalog, new: &'a Catalog, pairs: &'a Pairs) -> Self {
        let mut reads = Vec::new();
        let mut changed = Vec::new();
        for pair in &pairs.rules {
            let of = |catalog: &Catalog, rule: Option<usize>| -> Vec<FactId> {
                rule.map(|at| catalog.rules[at].table.facts.clone()).unwrap_or_default()
            };
            let (before, after) = (of(old, pair.old), of(new, pair.new));
            let reads_it = |side: &[FactId], at: Option<usize>| at.is_some_and(|at| side.contains(&fact_id(at)));
            let all = pairs.facts.iter().enumerate();
            reads.push(
                all.filter(|(_, fact)| reads_it(&before, fact.old) || reads_it(&after, fact.new))
                    .map(|(at, _)| at)
                    .collect(),
            );
            changed.push(pair.both().is_some_and(|both| !same_table(old, new, both)));
        }
        Self { old, new, pairs, reads, changed }
    }

    fn effect(&self, messenger: usize, setting: usize, sides: Sides<&Assessment>) -> Effect {
        let Sides { old, new } = sides;
        let cures = Sides { old: cures(self.old, old), new: cures(self.new, new) };
        Effect {
            messenger,
            setting,
            verdict: Sides { old: old.verdict, new: new.verdict },
            shipped: Sides { old: old.shipped.score, new: new.shipped.score },
            hardened: Sides { old: old.hardened.score, new: new.hardened.score },
            knock_outs: self.knock_outs(sides),
            cures: (cures.old != cures.new).then_some(cures),
            outcomes: self.outcomes(sides),
        }
    }

    fn knock_outs(&self, sides: Sides<&Assessment>) -> Vec<KnockOutChange> {
        let find = |assessment: &Assessment, rule: Option<usize>| {
            let own = assessment.knock_outs.iter().find(|own| Some(own.rule) == rule)?;
            Some((own.shipped, own.reachable))
        };
        let mut changes = Vec::new();
        for (at, pair) in self.pairs.rules.iter().enumerate() {
            let (before, after) = (find(sides.old, pair.old), find(sides.new, pair.new));
            if before != after {
                changes.push(KnockOutChange {
                    rule: at,
                    shipped: Sides { old: before.map(|own| own.0), new: after.map(|own| own.0) },
                    reachable: Sides { old: before.map(|own| own.1), new: after.map(|own| own.1) },
                });
            }
        }
        changes
    }

    fn outcomes(&self, sides: Sides<&Assessment>) -> Vec<OutcomeChange> {
        let mut changes = Vec::new();
        for (at, pair) in self.pairs.rules.iter().enumerate() {
            let Some(both) = pair.both() else { continue };
            let shipped = Sides {
                old: sides.old.shipped.decisions[both.old].outcomes,
                new: sides.new.shipped.decisions[both.new].outcomes,
            };
            let hardened = Sides {
                old: sides.old.hardened.decisions[both.old].outcomes,
                new: sides.new.hardened.decisions[both.new].outcomes,
            };
            if shipped.old != shipped.new || hardened.old != hardened.new {
                let facts = self.reads[at].iter().copied().filter(|fact| self.fact_changed(*fact, sides)).collect();
                changes.push(OutcomeChange { rule: at, shipped, hardened, facts, rule_changed: self.changed[at] });
            }
        }
        changes
    }

    /// Whether something else is known about a fact, as shipped or with measures.
    fn fact_changed(&self, fact: usize, sides: Sides<&Assessment>) -> bool {
        let pair = self.pairs.facts[fact];
        let Some(both) = pair.both() else { return true };
        let id = Sides { old: fact_id(both.old), new: fact_id(both.new) };
        let facts = Sides { old: &self.old.facts, new: &self.new.facts };
        let differ = |old: &[State], new: &[State]| {
            let state = Sides { old: &old[both.old], new: &new[both.new] };
            !same_state(facts, id, state)
        };
        differ(&sides.old.shipped.states, &sides.new.shipped.states)
            || differ(&sides.old.hardened.states, &sides.new.hardened.states)
    }
}

/// Whether a criterion's table says the same on both sides; reasons aside.
fn same_table(old: &Catalog, new: &Catalog, both: Sides<usize>) -> bool {
    let (one, other) = (&old.rules[both.old], &new.rules[both.new]);
    if old.sources.get(one.source).text == new.sources.get(other.source).text {
        return true;
    }
    let (one, other) = (&one.criterion.table, &other.criterion.table);
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| one.when == other.when && one.then == other.then)
}

/// The smallest sets of measures as ids, where they are what the verdict rests on.
fn cures(catalog: &Catalog, assessment: &Assessment) -> Sets {
    if assessment.verdict != Verdict::WithMeasures {
        return Vec::new();
    }
    let measures = &catalog.profiles[assessment.profile].measures;
    assessment.cures.iter().map(|set| set.iter().map(|at| measures[*at].id.clone()).collect()).collect()
}
