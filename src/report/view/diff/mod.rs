//! Two states of the data beside each other: what changed, and what that does to the verdicts.

mod data;
mod effects;

use serde::Serialize;

use super::common::{Head, Named, Stamp};
use crate::catalog::{Base, Catalog};
use crate::diff::{Diff, Pairs, Sides, What};
use crate::report::Words;

pub use data::{FactChangeView, GroundView, ItemView, MessengerView, PartView};
pub use effects::{GroupView, KnockOutView, OutcomeGroupView, ResultView};

/// The old and the new of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Two<T> {
    /// Before.
    pub old: T,
    /// After.
    pub new: T,
}

/// `diff`: what changed and what that does.
#[derive(Debug, Serialize)]
pub struct DiffView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// The old state.
    pub old: StateView,
    /// The new state.
    pub new: StateView,
    /// Whether both were read alike: both as a whole set of data, or both over the shipped ones.
    pub alike: bool,
    /// Whether nothing changed at all.
    pub same: bool,
    /// Counts.
    pub summary: SummaryView,
    /// The result in a few words.
    pub headline: String,
    /// The counts in words.
    pub counts: String,
    /// How many use cases were compared.
    pub use_cases: usize,
    /// What changed in the profiles.
    pub messengers: Vec<MessengerView>,
    /// What changed in vocabulary, criteria, use cases, checklists, positions.
    pub ground: Vec<GroundView>,
    /// Changed verdicts, knock-outs and sets of measures: worse first, then better, then those whose verdict
    /// stays; use cases with the same change together.
    pub groups: Vec<GroupView>,
    /// Every messenger in every use case where anything changed: worse first, then better, then the others.
    pub results: Vec<ResultView>,
    /// Criteria that come out differently; use cases with the same change together.
    pub outcomes: Vec<OutcomeGroupView>,
}

/// A state of the data.
#[derive(Debug, Clone, Serialize)]
pub struct StateView {
    /// As it was named.
    pub name: String,
    /// `folder` or `revision`.
    pub kind: Named,
    /// `whole` or `over_shipped`.
    pub reading: Named,
}

impl StateView {
    /// The view of a state.
    pub fn new(words: &Words<'_>, name: &str, revision: bool, base: Base) -> Self {
        let reading = if base == Base::Nothing { "whole" } else { "over_shipped" };
        Self {
            name: name.to_owned(),
            kind: Named::of(words, "diff-state", if revision { "revision" } else { "folder" }),
            reading: Named::of(words, "diff-state", reading),
        }
    }
}

/// Counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SummaryView {
    /// Facts of which any part changed; each counts once, at the profile that states it.
    pub facts: usize,
    /// Of these: facts whose value changed.
    pub values: usize,
    /// Messengers that are new.
    pub messengers_added: usize,
    /// Messengers that are gone.
    pub messengers_removed: usize,
    /// Messengers that are gone and lead nowhere.
    pub messengers_lost: usize,
    /// Messengers with another id.
    pub messengers_renamed: usize,
    /// Changes in vocabulary, criteria, use cases, checklists, positions.
    pub ground: usize,
    /// Verdicts that got worse.
    pub worse: usize,
    /// Verdicts that got better.
    pub better: usize,
    /// Ranges that moved, as shipped or hardened, each messenger in each use case once.
    pub ranges: usize,
}

impl SummaryView {
    /// Whether a verdict got worse, or is gone with its messenger.
    pub fn got_worse(&self) -> bool {
        self.worse > 0 || self.messengers_lost > 0
    }

    /// Whether a verdict changed, or is gone with its messenger.
    pub fn verdicts_changed(&self) -> bool {
        self.got_worse() || self.better > 0
    }
}

/// What both halves of the view are made from.
#[derive(Clone, Copy)]
struct Ground<'a> {
    words: &'a Words<'a>,
    old: &'a Catalog,
    new: &'a Catalog,
    pairs: &'a Pairs,
    compared: usize,
}

impl<'a> Ground<'a> {
    /// Id and name of a messenger, of the new state if it is there.
    fn messenger(&self, pair: usize) -> Named {
        let pair = self.pairs.messengers[pair];
        let profile = pair.new.map(|at| &self.new.profiles[at]).or_else(|| pair.old.map(|at| &self.old.profiles[at]));
        profile
            .map_or_else(nothing, |own| Named { id: own.id.clone(), label: own.name.get(self.words.lang).to_owned() })
    }

    /// Id and title of a criterion.
    fn rule(&self, pair: usize) -> Named {
        let pair = self.pairs.rules[pair];
        let rule = pair.new.map(|at| &self.new.rules[at]).or_else(|| pair.old.map(|at| &self.old.rules[at]));
        rule.map_or_else(nothing, |own| Named {
            id: own.id.clone(),
            label: self.words.text(&own.criterion.title).to_owned(),
        })
    }

    /// Id and title of a use case.
    fn setting(&self, pair: usize) -> Named {
        let pair = self.pairs.settings[pair];
        let setting = pair.new.map(|at| &self.new.settings[at]).or_else(|| pair.old.map(|at| &self.old.settings[at]));
        setting.map_or_else(nothing, |own| Named {
            id: own.id.clone(),
            label: self.words.text(&own.use_case.title).to_owned(),
        })
    }

    /// Key and label of a fact.
    fn fact(&self, pair: usize) -> Named {
        let pair = self.pairs.facts[pair];
        let of = |catalog: &'a Catalog, at: Option<usize>| catalog.facts.iter().nth(at?).map(|(_, own)| own);
        let definition = of(self.new, pair.new).or_else(|| of(self.old, pair.old));
        definition.map_or_else(nothing, |own| Named {
            id: own.key.value.clone(),
            label: self.words.text(&own.def.label).to_owned(),
        })
    }

    /// The sides as catalogues.
    fn sides(&self) -> Sides<&'a Catalog> {
        Sides { old: self.old, new: self.new }
    }

    /// `in 3 von 15 Einsatzfällen: a, b, c`.
    fn in_cases(&self, ids: &[String]) -> String {
        let (count, total) = (ids.len().to_string(), self.compared.to_string());
        let list = ids.join(", ");
        if self.compared == 1 {
            self.words.fill("diff.in-one", &[("list", &list)])
        } else if ids.len() == self.compared {
            self.words.fill("diff.in-all", &[("total", &total)])
        } else {
            self.words.fill("diff.in-some", &[("count", &count), ("total", &total), ("list", &list)])
        }
    }
}

fn nothing() -> Named {
    Named { id: String::new(), label: String::new() }
}

/// The word for what happened to something.
fn what(words: &Words<'_>, what: What) -> Named {
    let id = match what {
        What::Added => "added",
        What::Removed => "removed",
        What::Renamed => "renamed",
        What::Changed => "changed",
    };
    Named::of(words, "diff-what", id)
}

/// Arranges a comparison.
pub fn view(
    words: &Words<'_>,
    stamp: Stamp,
    catalogs: Sides<&Catalog>,
    pairs: &Pairs,
    states: Sides<StateView>,
    diff: &Diff,
) -> DiffView {
    let ground = Ground { words, old: catalogs.old, new: catalogs.new, pairs, compared: diff.compared };
    let summary = summary(pairs, diff);
    let same = diff.messengers.is_empty() && diff.ground.is_empty() && diff.effects.is_empty();
    DiffView {
        head: Head::new("messwerk.diff/1", catalogs.new, words, Stamp { own_data: true, ..stamp }),
        alike: states.old.reading.id == states.new.reading.id,
        old: states.old,
        new: states.new,
        same,
        headline: headline(words, same, &summary),
        counts: counts(words, &summary),
        summary,
        use_cases: diff.compared,
        messengers: diff.messengers.iter().map(|change| data::messenger(&ground, change)).collect(),
        ground: diff.ground.iter().map(|change| data::ground(&ground, change)).collect(),
        groups: effects::groups(&ground, &diff.effects),
        results: effects::results(&ground, &diff.effects),
        outcomes: effects::outcomes(&ground, &diff.effects),
    }
}

fn summary(pairs: &Pairs, diff: &Diff) -> SummaryView {
    let facts = || diff.messengers.iter().flat_map(|change| &change.facts);
    let messengers = |what: What| diff.messengers.iter().filter(move |change| change.what == what);
    let verdicts = |better: bool| {
        diff.effects.iter().filter(move |effect| {
            let (old, new) = (effect.verdict.old, effect.verdict.new);
            if better { new < old } else { new > old }
        })
    };
    SummaryView {
        facts: facts().count(),
        values: facts().filter(|fact| fact.changes_value()).count(),
        messengers_added: messengers(What::Added).count(),
        messengers_removed: messengers(What::Removed).count(),
        messengers_lost: messengers(What::Removed)
            .filter(|change| pairs.messengers[change.pair].into.is_none())
            .count(),
        messengers_renamed: messengers(What::Renamed).count(),
        ground: diff.ground.len(),
        worse: verdicts(false).count(),
        better: verdicts(true).count(),
        ranges: diff.effects.iter().filter(|effect| effect.moved()).count(),
    }
}

fn headline(words: &Words<'_>, same: bool, summary: &SummaryView) -> String {
    if same {
        return words.get("diff.same").to_owned();
    }
    if summary.worse == 0 && summary.better == 0 {
        return words.get("diff.no-verdict").to_owned();
    }
    let (worse, better) = (summary.worse.to_string(), summary.better.to_string());
    words.fill("diff.verdicts-changed", &[("worse", &worse), ("better", &better)])
}

fn counts(words: &Words<'_>, summary: &SummaryView) -> String {
    let mut parts = vec![
        words.fill("diff.count-ranges", &[("count", &summary.ranges.to_string())]),
        words.fill(
            "diff.count-facts",
            &[("count", &summary.facts.to_string()), ("values", &summary.values.to_string())],
        ),
    ];
    let mut some = |key: &'static str, count: usize| {
        if count > 0 {
            parts.push(words.fill(key, &[("count", &count.to_string())]));
        }
    };
    some("diff.count-added", summary.messengers_added);
    some("diff.count-removed", summary.messengers_removed);
    some("diff.count-renamed", summary.messengers_renamed);
    some("diff.count-ground", summary.ground);
    parts.join(" · ")
}
