//! The comparison of messengers in a use case.

use serde::Serialize;

use super::common::{Head, Named, RangeView, Stamp};
use crate::catalog::Catalog;
use crate::engine::{Assessment, KnockOutState, Plan, Variant, Verdict};
use crate::model::Goal;
use crate::report::Words;

/// `compare`: one matrix per use case.
#[derive(Debug, Serialize)]
pub struct CompareView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// The seven protection goals, in the order of the columns.
    pub goals: Vec<GoalView>,
    /// One matrix per use case.
    pub use_cases: Vec<MatrixView>,
}

/// A protection goal as a column.
#[derive(Debug, Clone, Serialize)]
pub struct GoalView {
    /// Stable id.
    pub id: &'static str,
    /// Full name.
    pub label: String,
    /// Short name for a narrow column.
    pub short: String,
}

/// One use case.
#[derive(Debug, Serialize)]
pub struct MatrixView {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who communicates with whom, to what end.
    pub summary: String,
    /// Emphasis of each goal, 1 to 3, in the order of the columns.
    pub emphasis: Vec<u32>,
    /// Messengers, best first.
    pub rows: Vec<RowView>,
}

/// One messenger in a use case.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// Place in the ranking of this use case, from 1.
    pub rank: usize,
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Id of the messenger it is an edition of; empty if none.
    pub edition_of: String,
    /// Verdict.
    pub verdict: VerdictView,
    /// As shipped.
    pub shipped: StateView,
    /// With all measures that can be taken together.
    pub hardened: StateView,
    /// The smallest sets of measures that make it suitable.
    pub cures: Vec<Vec<Named>>,
    /// Knock-outs that fail even with measures.
    pub failed: Vec<Named>,
    /// Facts to find out, where the verdict rests on them.
    pub open: Vec<Named>,
}

/// A verdict.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictView {
    /// Stable id.
    pub id: &'static str,
    /// Word.
    pub label: String,
    /// A symbol that needs no colour.
    pub symbol: &'static str,
}

/// One state of a messenger: as shipped or hardened.
#[derive(Debug, Serialize)]
pub struct StateView {
    /// Overall score.
    pub score: RangeView,
    /// Scores per goal, in the order of the columns.
    pub goals: Vec<RangeView>,
}

impl VerdictView {
    /// The view of a verdict.
    pub fn new(words: &Words<'_>, verdict: Verdict) -> Self {
        let (id, symbol) = match verdict {
            Verdict::Suitable => ("suitable", "✔"),
            Verdict::WithMeasures => ("with_measures", "◐"),
            Verdict::Undecided => ("undecided", "?"),
            Verdict::Unsuitable => ("unsuitable", "✘"),
            Verdict::Discontinued => ("discontinued", "■"),
        };
        Self { id, label: words.named("verdict", id), symbol }
    }
}

impl StateView {
    fn new(variant: &Variant) -> Self {
        Self { score: RangeView::new(&variant.score), goals: variant.goals.iter().map(RangeView::new).collect() }
    }
}

/// The protection goals as columns.
pub fn goals(words: &Words<'_>) -> Vec<GoalView> {
    let view = |goal: Goal| GoalView {
        id: goal.id(),
        label: words.named("goal", goal.id()),
        short: words.named("goal-short", goal.id()),
    };
    Goal::ALL.into_iter().map(view).collect()
}

/// Whether a row also gives the reasons of its verdict. They are what takes time: each opens documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Verdicts and scores only.
    Bare,
    /// Measures, failed knock-outs and open facts too.
    Reasons,
}

/// Arranges ranked assessments of one or more use cases.
pub fn view(
    catalog: &Catalog,
    words: &Words<'_>,
    stamp: Stamp,
    results: &[(Plan<'_>, Vec<Assessment>)],
    detail: Detail,
) -> CompareView {
    CompareView {
        head: Head::new("messwerk.compare/1", catalog, words, stamp),
        goals: goals(words),
        use_cases: results.iter().map(|(plan, assessments)| matrix(words, plan, assessments, detail)).collect(),
    }
}

/// One use case with its rows.
pub fn matrix(words: &Words<'_>, plan: &Plan<'_>, assessments: &[Assessment], detail: Detail) -> MatrixView {
    let use_case = &plan.setting.use_case;
    let own = &plan.situation.emphasis;
    let emphasis = |goal: Goal| own.get(&goal).copied().unwrap_or_else(|| plan.setting.emphasis_of(goal));
    let rows = assessments.iter().enumerate();
    MatrixView {
        id: plan.setting.id.clone(),
        title: words.text(&use_case.title).to_owned(),
        summary: words.text(&use_case.summary).to_owned(),
        emphasis: Goal::ALL.into_iter().map(emphasis).collect(),
        rows: rows.map(|(at, assessment)| bare_or_full(words, plan, at + 1, assessment, detail)).collect(),
    }
}

fn bare_or_full(words: &Words<'_>, plan: &Plan<'_>, rank: usize, assessment: &Assessment, detail: Detail) -> RowView {
    match detail {
        Detail::Bare => bare(words, plan, rank, assessment),
        Detail::Reasons => row(words, plan, rank, assessment),
    }
}

fn bare(words: &Words<'_>, plan: &Plan<'_>, rank: usize, assessment: &Assessment) -> RowView {
    let profiles = &plan.catalog.profiles;
    let profile = &profiles[assessment.profile];
    RowView {
        rank,
        id: profile.id.clone(),
        name: profile.name.get(words.lang).to_owned(),
        edition_of: profile.parent.map(|parent| profiles[parent].id.clone()).unwrap_or_default(),
        verdict: VerdictView::new(words, assessment.verdict),
        shipped: StateView::new(&assessment.shipped),
        hardened: StateView::new(&assessment.hardened),
        cures: Vec::new(),
        failed: Vec::new(),
        open: Vec::new(),
    }
}

/// One messenger's row with the reasons of its verdict.
pub fn row(words: &Words<'_>, plan: &Plan<'_>, rank: usize, assessment: &Assessment) -> RowView {
    let catalog = plan.catalog;
    let measure = |step: &usize| measure_name(catalog, words, assessment.profile, *step);
    let criterion = |rule: usize| Named {
        id: catalog.rules[rule].id.clone(),
        label: words.text(&catalog.rules[rule].criterion.title).to_owned(),
    };
    let fact = |id: &crate::catalog::FactId| Named {
        id: catalog.facts.get(*id).key.value.clone(),
        label: words.text(&catalog.facts.get(*id).def.label).to_owned(),
    };
    let failed = assessment.knock_outs.iter().filter(|finding| finding.reachable == KnockOutState::Failed);
    let open = assessment.all_open(catalog);
    let cures = if assessment.verdict == Verdict::WithMeasures { assessment.cures.as_slice() } else { &[] };
    RowView {
        cures: cures.iter().map(|set| set.iter().map(measure).collect()).collect(),
        failed: failed.map(|finding| criterion(finding.rule)).collect(),
        open: open.iter().map(fact).collect(),
        ..bare(words, plan, rank, assessment)
    }
}

/// Id and title of a messenger's measure.
pub fn measure_name(catalog: &Catalog, words: &Words<'_>, profile: usize, step: usize) -> Named {
    let step = &catalog.profiles[profile].measures[step];
    let measure = catalog.profiles[step.owner].messenger.measures.get(step.id.as_str());
    Named {
        id: step.id.clone(),
        label: measure.map_or_else(|| step.id.clone(), |measure| words.text(&measure.title).to_owned()),
    }
}
