//! What a change does to the verdicts, with use cases of the same change together.

use std::cmp::{Ordering, Reverse};

use serde::Serialize;

use super::{Ground, Two};
use crate::catalog::Catalog;
use crate::diff::{Effect, KnockOutChange, OutcomeChange, Sets, Sides};
use crate::engine::{KnockOutState, Outcomes, Score};
use crate::report::view::common::{Named, OutcomeView, RangeView};
use crate::report::view::compare::{VerdictView, measure_name};

/// A changed verdict, or one that stays while a knock-out or the measures change.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// `worse`, `better` or `same`.
    pub direction: Named,
    /// Messenger.
    pub messenger: Named,
    /// Verdict.
    pub verdict: Two<VerdictView>,
    /// Ids of the use cases.
    pub use_cases: Vec<String>,
    /// The same for people: `in 3 von 15 Einsatzfällen: …`.
    pub in_cases: String,
    /// Knock-outs that stand differently.
    pub knock_outs: Vec<KnockOutView>,
    /// Changed sets of measures.
    pub cures: Vec<CuresView>,
}

/// A knock-out that stands differently.
#[derive(Debug, Clone, Serialize)]
pub struct KnockOutView {
    /// The criterion.
    pub criterion: Named,
    /// As shipped: `passed`, `open`, `failed`, `none` where it is no knock-out.
    pub shipped: Two<Named>,
    /// With measures, likewise.
    pub reachable: Two<Named>,
    /// Both in words, before and after.
    pub label: Two<String>,
    /// The use cases, where not all of its group; for people.
    pub in_cases: String,
}

/// Changed sets of measures.
#[derive(Debug, Clone, Serialize)]
pub struct CuresView {
    /// The sets before.
    pub old: Vec<Vec<Named>>,
    /// The sets after.
    pub new: Vec<Vec<Named>>,
    /// The use cases, where not all of its group; for people.
    pub in_cases: String,
}

/// One messenger in one use case.
#[derive(Debug, Serialize)]
pub struct ResultView {
    /// `worse`, `better` or `same`.
    pub direction: Named,
    /// Messenger.
    pub messenger: Named,
    /// Use case.
    pub use_case: Named,
    /// Verdict.
    pub verdict: Two<VerdictView>,
    /// Whether a range moved.
    pub moved: bool,
    /// Score as shipped.
    pub shipped: Two<RangeView>,
    /// Score with measures.
    pub hardened: Two<RangeView>,
    /// Knock-outs that stand differently.
    pub knock_outs: Vec<KnockOutView>,
    /// Changed sets of measures; `null` if they stay.
    pub cures: Option<CuresView>,
    /// Ids of the criteria that come out differently.
    pub criteria: Vec<String>,
}

/// A criterion that comes out differently for a messenger.
#[derive(Debug, Serialize)]
pub struct OutcomeGroupView {
    /// Messenger.
    pub messenger: Named,
    /// Criterion.
    pub criterion: Named,
    /// Outcome as shipped.
    pub shipped: Two<OutcomeView>,
    /// Outcome with measures.
    pub hardened: Two<OutcomeView>,
    /// Facts it reads of which something else is known.
    pub facts: Vec<Named>,
    /// Whether the criterion itself decides differently.
    pub rule_changed: bool,
    /// Ids of the use cases.
    pub use_cases: Vec<String>,
    /// The same for people.
    pub in_cases: String,
}

/// Worse first, then better, then the rest.
fn place(effect: &Effect) -> u8 {
    match effect.verdict.new.cmp(&effect.verdict.old) {
        Ordering::Greater => 0,
        Ordering::Less => 1,
        Ordering::Equal => 2,
    }
}

fn direction(ground: &Ground<'_>, effect: &Effect) -> Named {
    let words = ground.words;
    Named::of(words, "diff-direction", ["worse", "better", "same"][usize::from(place(effect))])
}

fn sorted(effects: &[Effect]) -> Vec<&Effect> {
    let mut all: Vec<&Effect> = effects.iter().collect();
    // Of what changes, the worst ends come first; effects are already sorted by messenger and use case.
    let ends = |effect: &Effect| (place(effect) < 2).then_some(Reverse(effect.verdict.new));
    all.sort_by_key(|effect| (place(effect), ends(effect)));
    all
}

/// Every messenger in every use case.
pub fn results(ground: &Ground<'_>, effects: &[Effect]) -> Vec<ResultView> {
    sorted(effects).into_iter().map(|effect| result(ground, effect)).collect()
}

fn result(ground: &Ground<'_>, effect: &Effect) -> ResultView {
    let range = |sides: Sides<Score>| Two { old: RangeView::new(&sides.old), new: RangeView::new(&sides.new) };
    ResultView {
        direction: direction(ground, effect),
        messenger: ground.messenger(effect.messenger),
        use_case: ground.setting(effect.setting),
        verdict: verdict(ground, effect),
        moved: effect.moved(),
        shipped: range(effect.shipped),
        hardened: range(effect.hardened),
        knock_outs: effect.knock_outs.iter().map(|own| knock_out(ground, own)).collect(),
        cures: effect.cures.as_ref().map(|own| cures(ground, effect.messenger, own)),
        criteria: effect.outcomes.iter().map(|own| ground.rule(own.rule).id).collect(),
    }
}

fn verdict(ground: &Ground<'_>, effect: &Effect) -> Two<VerdictView> {
    Two {
        old: VerdictView::new(ground.words, effect.verdict.old),
        new: VerdictView::new(ground.words, effect.verdict.new),
    }
}

fn knock_out(ground: &Ground<'_>, change: &KnockOutChange) -> KnockOutView {
    let words = ground.words;
    let state = |own: Option<KnockOutState>| {
        let id = match own {
            Some(KnockOutState::Passed) => "passed",
            Some(KnockOutState::Open) => "open",
            Some(KnockOutState::Failed) => "failed",
            None => "none",
        };
        Named::of(words, "knock-out-state", id)
    };
    let two = |sides: Sides<Option<KnockOutState>>| Two { old: state(sides.old), new: state(sides.new) };
    let (shipped, reachable) = (two(change.shipped), two(change.reachable));
    let label = |shipped: &Named, reachable: &Named| {
        if shipped.id == reachable.id {
            return shipped.label.clone();
        }
        ground.words.fill("diff.knock-out", &[("shipped", &shipped.label), ("reachable", &reachable.label)])
    };
    let label = Two { old: label(&shipped.old, &reachable.old), new: label(&shipped.new, &reachable.new) };
    KnockOutView { criterion: ground.rule(change.rule), shipped, reachable, label, in_cases: String::new() }
}

fn cures(ground: &Ground<'_>, messenger: usize, change: &Sides<Sets>) -> CuresView {
    let pair = ground.pairs.messengers[messenger];
    let side = |catalog: &Catalog, profile: Option<usize>, sets: &[Vec<String>]| -> Vec<Vec<Named>> {
        let name = |id: &String| {
            let found = profile.and_then(|at| {
                let step = catalog.profiles[at].measures.iter().position(|step| step.id == *id)?;
                Some(measure_name(catalog, ground.words, at, step))
            });
            found.unwrap_or_else(|| Named { id: id.clone(), label: id.clone() })
        };
        sets.iter().map(|set| set.iter().map(name).collect()).collect()
    };
    CuresView {
        old: side(ground.old, pair.old, &change.old),
        new: side(ground.new, pair.new, &change.new),
        in_cases: String::new(),
    }
}

/// Adds a member to the entry with the same key, which is likely among the last, or a new entry.
fn gather<K: PartialEq, M>(all: &mut Vec<(K, Vec<M>)>, key: K, member: M) {
    match all.iter_mut().rev().find(|(known, _)| *known == key) {
        Some((_, members)) => members.push(member),
        None => all.push((key, vec![member])),
    }
}

/// Changes of verdicts, knock-outs and measures.
pub fn groups(ground: &Ground<'_>, effects: &[Effect]) -> Vec<GroupView> {
    let mut groups: Vec<((usize, Sides<_>), Vec<&Effect>)> = Vec::new();
    for effect in sorted(effects) {
        let telling = place(effect) < 2 || !effect.knock_outs.is_empty() || effect.cures.is_some();
        if telling {
            gather(&mut groups, (effect.messenger, effect.verdict), effect);
        }
    }
    groups.into_iter().filter_map(|(_, members)| group(ground, &members)).collect()
}

fn group(ground: &Ground<'_>, members: &[&Effect]) -> Option<GroupView> {
    let first = members.first()?;
    let mut knock_outs: Vec<(&KnockOutChange, Vec<String>)> = Vec::new();
    let mut sets: Vec<(&Sides<Sets>, Vec<String>)> = Vec::new();
    let mut use_cases = Vec::new();
    for effect in members {
        let id = ground.setting(effect.setting).id;
        for change in &effect.knock_outs {
            gather(&mut knock_outs, change, id.clone());
        }
        if let Some(change) = &effect.cures {
            gather(&mut sets, change, id.clone());
        }
        use_cases.push(id);
    }
    let in_cases = |own: &[String]| if own.len() == use_cases.len() { String::new() } else { ground.in_cases(own) };
    Some(GroupView {
        direction: direction(ground, first),
        messenger: ground.messenger(first.messenger),
        verdict: verdict(ground, first),
        knock_outs: knock_outs
            .iter()
            .map(|(change, own)| KnockOutView { in_cases: in_cases(own), ..knock_out(ground, change) })
            .collect(),
        cures: sets
            .iter()
            .map(|(change, own)| CuresView { in_cases: in_cases(own), ..cures(ground, first.messenger, change) })
            .collect(),
        in_cases: ground.in_cases(&use_cases),
        use_cases,
    })
}

/// Criteria that come out differently.
pub fn outcomes(ground: &Ground<'_>, effects: &[Effect]) -> Vec<OutcomeGroupView> {
    let mut groups: Vec<((usize, &OutcomeChange), Vec<String>)> = Vec::new();
    for effect in effects {
        for change in &effect.outcomes {
            gather(&mut groups, (effect.messenger, change), ground.setting(effect.setting).id);
        }
    }
    let two = |sides: Sides<Outcomes>| Two {
        old: OutcomeView::new(ground.words, sides.old),
        new: OutcomeView::new(ground.words, sides.new),
    };
    let view = |((messenger, change), use_cases): ((usize, &OutcomeChange), Vec<String>)| OutcomeGroupView {
        messenger: ground.messenger(messenger),
        criterion: ground.rule(change.rule),
        shipped: two(change.shipped),
        hardened: two(change.hardened),
        facts: change.facts.iter().map(|fact| ground.fact(*fact)).collect(),
        rule_changed: change.rule_changed,
        in_cases: ground.in_cases(&use_cases),
        use_cases,
    };
    groups.into_iter().map(view).collect()
}
