//! Whether permitted messengers still reach what an organisation demands of them.
//!
//! Where the policy names the measures that are taken, exactly these count. Where it names none, a messenger that is
//! suitable as shipped is judged as shipped, any other with all measures that can be taken together.

use crate::catalog::{Catalog, Demands, FactId, Permit, Profile, Situation, State, excluded};
use crate::model::{Date, LeastVerdict};

use super::measures::{all_measures, is_available};
use super::{
    Assessment, KnockOutState, MAX_MEASURES, Plan, Variant, Verdict, assess, open_facts, stand, with_measures,
};

/// At most this many sets of measures are named.
const MAX_CURES: usize = 3;
/// Larger sets of measures are not all tried: one that has nothing to spare is named.
const MAX_SIZE: usize = 3;

/// The state a permission is judged in.
#[derive(Debug)]
pub enum Standing {
    /// As shipped.
    Shipped,
    /// With all measures that can be taken together: an assumption.
    All,
    /// With exactly the measures the policy names.
    Named(Box<Variant>),
}

/// Why a permission fails. Criteria are indices among the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The service has ended.
    Discontinued,
    /// These knock-outs fail.
    Failed(Vec<usize>),
    /// A knock-out rests on something unknown: these facts.
    Open(usize, Vec<FactId>),
    /// Measures cure each of these knock-outs, but not all together.
    Together(Vec<usize>),
    /// A measure that is said to be taken needs what the organisation states to lack.
    Lacks(usize, Vec<FactId>),
    /// The low end of the range and what is demanded; `None` where no criterion applies.
    Low(Option<u64>, u32),
    /// The coverage and what is demanded; `None` where no criterion applies.
    Coverage(Option<u64>, u32),
    /// Facts checked too long ago.
    Old(Old),
}

/// Facts that were checked on the same day, too long ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old {
    /// The day.
    pub checked: Date,
    /// Whole months since then.
    pub months: u32,
    /// How many that is too many.
    pub over: u32,
    /// The facts, in display order.
    pub facts: Vec<FactId>,
    /// Whether these are all known facts that count in the use case.
    pub all: bool,
}

/// How one permission stands.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The permission.
    pub permit: &'a Permit,
    /// The messenger in the use case, without regard to the policy.
    pub assessment: Assessment,
    /// The state it is judged in.
    pub standing: Standing,
    /// Why it fails; empty if it passes.
    pub reasons: Vec<Reason>,
    /// The smallest sets of further measures (indices among the profile's) with which verdict, range and coverage
    /// are as demanded; least effort first.
    pub cures: Vec<Vec<usize>>,
    /// The day on which the oldest fact that counts was checked; `None` if none is known.
    pub oldest: Option<Date>,
}

impl Passage<'_> {
    /// Whether the messenger reaches all that is demanded.
    pub fn passes(&self) -> bool {
        self.reasons.is_empty()
    }

    /// The result the permission is judged by.
    pub fn judged(&self) -> &Variant {
        judged(&self.assessment, &self.standing)
    }
}

fn judged<'a>(assessment: &'a Assessment, standing: &'a Standing) -> &'a Variant {
    match standing {
        Standing::Shipped => &assessment.shipped,
        Standing::All => &assessment.hardened,
        Standing::Named(variant) => variant,
    }
}

/// Judges all permissions, in their order.
pub fn gate<'a>(catalog: &Catalog, situation: &Situation, permits: &'a [Permit], today: Date) -> Vec<Passage<'a>> {
    let mut passages = Vec::new();
    for of_one in permits.chunk_by(|one, other| one.setting == other.setting) {
        let Some(first) = of_one.first() else { continue };
        let plan = Plan::new(catalog, &catalog.settings[first.setting], situation);
        passages.extend(of_one.iter().map(|permit| passage(&plan, permit, today)));
    }
    passages
}

fn passage<'a>(plan: &Plan<'_>, permit: &'a Permit, today: Date) -> Passage<'a> {
    let assessment = assess(plan, permit.profile);
    let as_shipped = assessment.verdict == Verdict::Suitable || permit.demands.verdict == LeastVerdict::Suitable;
    let standing = match &permit.measures {
        Some(taken) => Standing::Named(Box::new(with_measures(plan, permit.profile, taken))),
        None if as_shipped => Standing::Shipped,
        None => Standing::All,
    };
    let checks = checks(plan, permit.profile);
    let oldest = checks.iter().map(|(checked, _)| *checked).min();
    let mut passage = Passage { permit, assessment, standing, reasons: Vec::new(), cures: Vec::new(), oldest };
    if passage.assessment.verdict == Verdict::Discontinued {
        passage.reasons.push(Reason::Discontinued);
        return passage;
    }
    let mut reasons = knock_outs(plan, &passage);
    reasons.extend(scores(passage.judged(), permit.demands));
    if !reasons.is_empty() {
        passage.cures = cures(plan, &passage);
    }
    reasons.extend(lacks(plan, permit));
    reasons.extend(permit.demands.age.into_iter().flat_map(|most| old(&checks, today, most)));
    passage.reasons = reasons;
    passage
}

/// The knock-outs that keep the verdict below what is demanded.
fn knock_outs(plan: &Plan<'_>, passage: &Passage<'_>) -> Vec<Reason> {
    let assessment = &passage.assessment;
    let least = passage.permit.demands.verdict;
    let (mut failed, mut open) = (Vec::new(), Vec::new());
    for finding in &assessment.knock_outs {
        let (rule, required) = plan.setting.knock_outs[finding.index];
        let (state, variant) = match &passage.standing {
            _ if least == LeastVerdict::Suitable && finding.shipped != KnockOutState::Passed => {
                (finding.shipped, &assessment.shipped)
            }
            Standing::Named(variant) => (stand(variant.decisions[rule].outcomes, required), variant.as_ref()),
            Standing::Shipped => (finding.shipped, &assessment.shipped),
            Standing::All => (finding.reachable, &assessment.hardened),
        };
        match state {
            KnockOutState::Passed => {}
            KnockOutState::Failed => failed.push(rule),
            KnockOutState::Open => {
                open.push(Reason::Open(rule, open_facts(&plan.catalog.rules[rule].table, &variant.states)));
            }
        }
    }
    let mut reasons = Vec::new();
    let worse = failed.is_empty() && (assessment.verdict == Verdict::Unsuitable || open.is_empty());
    if matches!(passage.standing, Standing::All) && assessment.verdict > Verdict::WithMeasures && worse {
        let lacking = assessment.knock_outs.iter().filter(|finding| finding.shipped != KnockOutState::Passed);
        reasons.push(Reason::Together(lacking.map(|finding| finding.rule).collect()));
    }
    if !failed.is_empty() {
        reasons.push(Reason::Failed(failed));
    }
    reasons.extend(open);
    reasons
}

fn scores(variant: &Variant, demands: Demands) -> Vec<Reason> {
    let low = variant.score.percent().map(|(low, _)| low);
    let coverage = variant.score.coverage();
    // Where nothing applies there is nothing that could reach a minimum.
    let short = |found: Option<u64>, least: u32| found.is_none_or(|found| found < u64::from(least));
    let low = demands.low.filter(|least| short(low, *least)).map(|least| Reason::Low(low, least));
    let coverage =
        demands.coverage.filter(|least| short(coverage, *least)).map(|least| Reason::Coverage(coverage, least));
    low.into_iter().chain(coverage).collect()
}

fn lacks(plan: &Plan<'_>, permit: &Permit) -> Vec<Reason> {
    let steps = &plan.catalog.profiles[permit.profile].measures;
    let missing = |at: &usize| {
        let needs = steps[*at].needs.iter().copied();
        let missing: Vec<FactId> = needs.filter(|need| plan.situation.lacks.contains(need)).collect();
        (!missing.is_empty()).then_some(Reason::Lacks(*at, missing))
    };
    permit.measures.iter().flatten().filter_map(missing).collect()
}

/// Every known fact that a criterion with weight in this use case reads, and when it was checked.
fn checks(plan: &Plan<'_>, index: usize) -> Vec<(Date, FactId)> {
    let profile = &plan.catalog.profiles[index];
    let mut facts: Vec<FactId> = Vec::new();
    for (at, rule) in plan.catalog.rules.iter().enumerate() {
        let knock_out = plan.setting.knock_outs.iter().any(|(own, _)| *own == at);
        if knock_out || plan.weights[at].total() > 0 {
            facts.extend(&rule.table.facts);
        }
    }
    facts.sort_unstable();
    facts.dedup();
    facts.retain(|fact| matches!(profile.states[fact.index()], State::Known(_)));
    facts.into_iter().filter_map(|fact| Some((checked(plan.catalog, profile, fact)?, fact))).collect()
}

/// The day a fact of a profile was checked: its own, or that of the profile that states it.
fn checked(catalog: &Catalog, profile: &Profile, fact: FactId) -> Option<Date> {
    let owner = &catalog.profiles[profile.stated_by[fact.index()]?];
    let stated = owner.messenger.facts.get(catalog.facts.get(fact).key.as_str())?;
    Some(stated.checked.as_ref().map_or(owner.checked, |own| own.value))
}

/// The facts that were checked too long ago, by day, the oldest first.
fn old(checks: &[(Date, FactId)], today: Date, most: u32) -> Vec<Reason> {
    let mut late: Vec<(Date, FactId)> =
        checks.iter().copied().filter(|(checked, _)| checked.months_until(today) > most).collect();
    late.sort_unstable();
    let group = |group: &[(Date, FactId)]| {
        let checked = group.first()?.0;
        let months = checked.months_until(today);
        let facts: Vec<FactId> = group.iter().map(|(_, fact)| *fact).collect();
        Some(Reason::Old(Old { checked, months, over: months - most, all: facts.len() == checks.len(), facts }))
    };
    late.chunk_by(|one, other| one.0 == other.0).filter_map(group).collect()
}

/// The smallest sets of further measures that cure all that measures can cure.
fn cures(plan: &Plan<'_>, passage: &Passage<'_>) -> Vec<Vec<usize>> {
    let permit = passage.permit;
    let beyond = permit.demands.verdict == LeastVerdict::Suitable && passage.assessment.verdict != Verdict::Suitable;
    // All measures are taken already, or no measure counts.
    if beyond || matches!(passage.standing, Standing::All) {
        return Vec::new();
    }
    let steps = &plan.catalog.profiles[permit.profile].measures;
    let taken = permit.measures.clone().unwrap_or_default();
    let apart = |at: usize, others: &[usize]| others.iter().all(|other| !excluded(&steps[at], &steps[*other]));
    let free: Vec<usize> = (0..steps.len())
        .filter(|at| !taken.contains(at) && is_available(&steps[*at], plan.situation) && apart(*at, &taken))
        .take(MAX_MEASURES)
        .collect();
    let enough = |more: &[usize]| meets(plan, permit, &[&taken, more].concat());
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..MAX_SIZE.min(free.len()) {
        let grown = sets.iter().flat_map(|set| {
            let later = free.iter().filter(|at| set.last().is_none_or(|last| *at > last) && apart(**at, set));
            later.map(|at| [set.as_slice(), &[*at]].concat()).collect::<Vec<_>>()
        });
        sets = grown.collect();
        let mut found: Vec<Vec<usize>> = sets.iter().filter(|set| enough(set)).cloned().collect();
        if !found.is_empty() {
            found.sort_by_key(|set| set.iter().map(|at| steps[*at].effort).sum::<u32>());
            found.truncate(MAX_CURES);
            return found;
        }
    }
    let mut all = all_measures(&plan.catalog.profiles[permit.profile], plan.situation, &taken);
    all.retain(|at| !taken.contains(at));
    if all.len() <= MAX_SIZE || !enough(&all) {
        return Vec::new();
    }
    // Too many for the search: take away what is not needed, the most effort first.
    let mut order = all.clone();
    order.sort_by_key(|at| std::cmp::Reverse(steps[*at].effort));
    for at in order {
        let less: Vec<usize> = all.iter().copied().filter(|own| *own != at).collect();
        if enough(&less) {
            all = less;
        }
    }
    vec![all]
}

/// Whether knock-outs, range and coverage are as demanded with exactly these measures.
fn meets(plan: &Plan<'_>, permit: &Permit, measures: &[usize]) -> bool {
    let variant = with_measures(plan, permit.profile, measures);
    let passed =
        |(rule, required): &(usize, _)| stand(variant.decisions[*rule].outcomes, *required) == KnockOutState::Passed;
    plan.setting.knock_outs.iter().all(passed) && scores(&variant, permit.demands).is_empty()
}
