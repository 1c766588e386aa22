//! Our verdicts beside published ones, with the reason of each contradiction.

use serde::Serialize;

use super::common::{Head, Named, Stamp};
use super::compare::VerdictView;
use super::positions::{PositionView, view as position_view};
use crate::catalog::Catalog;
use crate::engine::{Relation, Trial};
use crate::model::{DifferenceReason, Position};
use crate::report::Words;

/// `backtest`: every trial and the counts.
#[derive(Debug, Serialize)]
pub struct BacktestView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// How many trials there are.
    pub trials: usize,
    /// How many agree.
    pub agreements: usize,
    /// How many are undecided.
    pub undecided: usize,
    /// How many contradict, explained or not.
    pub contradictions: usize,
    /// How many contradict without a reason in the data.
    pub unexplained: usize,
    /// Facts that leave verdicts undecided, with how many, most first.
    pub open: Vec<(Named, usize)>,
    /// The trials: contradictions first, then undecided, then agreements.
    pub rows: Vec<TrialView>,
}

/// One trial.
#[derive(Debug, Serialize)]
pub struct TrialView {
    /// `agreement`, `undecided` or `contradiction`.
    pub relation: Named,
    /// Messenger.
    pub messenger: Named,
    /// Use case.
    pub use_case: Named,
    /// Our verdict.
    pub verdict: VerdictView,
    /// The published opinion.
    pub position: PositionView,
    /// Kind of reason for a contradiction; empty if none is given.
    pub reason: String,
    /// The reason.
    pub explanation: String,
}

/// Arranges the trials.
pub fn view(catalog: &Catalog, words: &Words<'_>, stamp: Stamp, trials: &[Trial]) -> BacktestView {
    let mut rows: Vec<(Relation, TrialView)> =
        trials.iter().map(|trial| (trial.relation, row(catalog, words, trial))).collect();
    rows.sort_by_key(|(relation, _)| std::cmp::Reverse(*relation));
    let count = |wanted: Relation| trials.iter().filter(|trial| trial.relation == wanted).count();
    let bare =
        |(relation, row): &&(Relation, TrialView)| *relation == Relation::Contradiction && row.explanation.is_empty();
    BacktestView {
        head: Head::new("messwerk.backtest/1", catalog, words, stamp),
        trials: trials.len(),
        agreements: count(Relation::Agreement),
        undecided: count(Relation::Undecided),
        contradictions: count(Relation::Contradiction),
        unexplained: rows.iter().filter(bare).count(),
        open: open(catalog, words, trials),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

fn row(catalog: &Catalog, words: &Words<'_>, trial: &Trial) -> TrialView {
    let body = &catalog.positions[trial.body];
    let position = &body.value.positions[trial.position];
    let profile = &catalog.profiles[trial.profile];
    let setting = &catalog.settings[trial.setting];
    let relation = match trial.relation {
        Relation::Agreement => "agreement",
        Relation::Undecided => "undecided",
        Relation::Contradiction => "contradiction",
    };
    let difference = difference(position, &profile.id, &setting.id);
    TrialView {
        relation: Named::of(words, "relation", relation),
        messenger: Named { id: profile.id.clone(), label: profile.name.get(words.lang).to_owned() },
        use_case: Named { id: setting.id.clone(), label: words.text(&setting.use_case.title).to_owned() },
        verdict: VerdictView::new(words, trial.verdict),
        position: position_view(words, body, position),
        reason: difference.map(|found| words.get(reason_key(found.reason)).to_owned()).unwrap_or_default(),
        explanation: difference.map(|found| words.text(&found.text).to_owned()).unwrap_or_default(),
    }
}

/// The reason given for a messenger and use case, if any.
fn difference<'a>(position: &'a Position, messenger: &str, use_case: &str) -> Option<&'a crate::model::Difference> {
    position.differs.iter().find(|found| {
        let about = |list: &[crate::model::Spanned<String>], id: &str| {
            list.is_empty() || list.iter().any(|own| own.value == id)
        };
        about(&found.messengers, messenger) && about(&found.use_cases, use_case)
    })
}

fn reason_key(reason: DifferenceReason) -> &'static str {
    match reason {
        DifferenceReason::RuleSet => "difference.rule_set",
        DifferenceReason::Date => "difference.date",
        DifferenceReason::Jurisdiction => "difference.jurisdiction",
        DifferenceReason::Conditions => "difference.conditions",
        DifferenceReason::OurError => "difference.our_error",
    }
}

/// Which unknown facts leave verdicts undecided.
fn open(catalog: &Catalog, words: &Words<'_>, trials: &[Trial]) -> Vec<(Named, usize)> {
    let situation = crate::catalog::Situation::default();
    let mut counts = std::collections::BTreeMap::new();
    for trial in trials.iter().filter(|trial| trial.relation == Relation::Undecided) {
        let plan = crate::engine::Plan::new(catalog, &catalog.settings[trial.setting], &situation);
        let assessment = crate::engine::assess(&plan, trial.profile);
        for fact in assessment.all_open(catalog) {
            *counts.entry((trial.profile, fact)).or_insert(0) += 1;
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    let name = |((profile, fact), count): ((usize, crate::catalog::FactId), usize)| {
        let definition = catalog.facts.get(fact);
        let profile = &catalog.profiles[profile];
        let label = format!("{}: {}", profile.name.get(words.lang), words.text(&definition.def.label));
        (Named { id: format!("{}/{}", profile.id, definition.key), label }, count)
    };
    sorted.into_iter().map(name).collect()
}
