//! Why a criterion came out as it did, down to the sentence and date it rests on.

use serde::Serialize;

use super::common::{FactView, Head, Named, OutcomeView, Stamp};
use crate::catalog::{Catalog, Concrete, FactId, Rule, State};
use crate::engine::{Assessment, Outcomes, Plan, Variant, Weight, WeightFrom, possible_rows, what_if};
use crate::report::Words;

/// `explain`: one messenger, one criterion, one use case.
#[derive(Debug, Serialize)]
pub struct ExplainView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// Messenger.
    pub messenger: Named,
    /// Use case.
    pub use_case: Named,
    /// The criterion and what it comes to.
    pub finding: FindingView,
}

/// A criterion with its outcome and everything behind it.
#[derive(Debug, Serialize)]
pub struct FindingView {
    /// Stable id of the criterion.
    pub id: String,
    /// Title: the satisfied state.
    pub title: String,
    /// Area, as a word.
    pub area: Named,
    /// The question.
    pub question: String,
    /// Protection goals, the leading one first.
    pub goals: Vec<Named>,
    /// Legal basis.
    pub legal_basis: Vec<String>,
    /// What helps where it is not met.
    pub remedy: String,
    /// As shipped.
    pub shipped: OutcomeView,
    /// With all measures that can be taken together.
    pub hardened: OutcomeView,
    /// Why, as shipped: the reason of the deciding row, or of each row that may decide.
    pub reasons: Vec<String>,
    /// Why, with measures; empty where nothing changes.
    pub hardened_reasons: Vec<String>,
    /// The table.
    pub rows: Vec<RowView>,
    /// The facts it reads.
    pub facts: Vec<ReadView>,
    /// The weight.
    pub weight: WeightView,
    /// Measures that change a fact it reads.
    pub measures: Vec<Named>,
    /// Whether it is a knock-out here: what it requires; empty if it is none.
    pub knock_out: String,
    /// Who asks it: `DSK-KH-II-01 (must)`.
    pub asked_by: Vec<AskedView>,
    /// Where the criterion is written.
    pub place: String,
}

/// A row of the decision table.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// Number, from 1.
    pub number: usize,
    /// Line in the criterion's file.
    pub line: usize,
    /// Outcome it gives.
    pub outcome: OutcomeView,
    /// Reason it gives.
    pub because: String,
    /// Whether it decides as shipped.
    pub decides: bool,
    /// Whether it decides with measures.
    pub decides_hardened: bool,
}

/// A fact that a criterion reads.
#[derive(Debug, Serialize)]
pub struct ReadView {
    /// The fact.
    #[serde(flatten)]
    pub fact: FactView,
    /// Where the value comes from: `profile`, `setting`, `organisation`.
    pub origin: &'static str,
    /// Value with measures; empty where it is the same.
    pub hardened: String,
    /// For an open fact: what each value would mean, as shipped.
    pub what_if: Vec<WhatIfView>,
    /// The same with measures; empty where the fact is no longer open then or the answer is the same.
    pub what_if_hardened: Vec<WhatIfView>,
}

/// What a value would mean.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct WhatIfView {
    /// The value, for people.
    pub value: String,
    /// The outcome then.
    pub outcome: OutcomeView,
}

/// The factors of a weight.
#[derive(Debug, Serialize)]
pub struct WeightView {
    /// 0 to 5.
    pub base: u32,
    /// Where the base comes from, as words.
    pub from: String,
    /// 1 to 3.
    pub emphasis: u32,
    /// The leading goal.
    pub goal: Named,
    /// `base * emphasis`.
    pub total: u32,
    /// `5 × 3 (Vertraulichkeit) = 15`.
    pub label: String,
}

/// A requirement that a criterion answers.
#[derive(Debug, Clone, Serialize)]
pub struct AskedView {
    /// Checklist.
    pub checklist: String,
    /// Requirement.
    pub id: String,
    /// Who asks.
    pub authority: String,
    /// `must`, `should` or `may`, as a word.
    pub level: String,
    /// What is asked.
    pub text: String,
    /// Whether the body treats a failure as ruling out.
    pub knock_out: bool,
}

/// Arranges the explanation of one criterion (by index).
pub fn view(words: &Words<'_>, stamp: Stamp, plan: &Plan<'_>, assessment: &Assessment, rule: usize) -> ExplainView {
    let profile = &plan.catalog.profiles[assessment.profile];
    ExplainView {
        head: Head::new("messwerk.explain/1", plan.catalog, words, stamp),
        messenger: Named { id: profile.id.clone(), label: profile.name.get(words.lang).to_owned() },
        use_case: Named { id: plan.setting.id.clone(), label: words.text(&plan.setting.use_case.title).to_owned() },
        finding: finding(words, plan, assessment, rule),
    }
}

/// One criterion with everything behind it.
pub fn finding(words: &Words<'_>, plan: &Plan<'_>, assessment: &Assessment, index: usize) -> FindingView {
    let catalog = plan.catalog;
    let rule = &catalog.rules[index];
    let criterion = &rule.criterion;
    let (shipped, hardened) = (&assessment.shipped, &assessment.hardened);
    let knock_out = plan.setting.knock_outs.iter().position(|(own, _)| *own == index);
    let knock_out = knock_out.and_then(|at| plan.setting.use_case.knock_outs.get(at));
    let measure = |step: &usize| super::compare::measure_name(catalog, words, assessment.profile, *step);
    let reasons = reasons(words, rule, shipped);
    let hardened_reasons = self::reasons(words, rule, hardened);
    FindingView {
        id: rule.id.clone(),
        title: words.text(&criterion.title).to_owned(),
        area: Named {
            id: rule.area.clone(),
            label: catalog.facts.areas.get(&rule.area).map(|area| words.text(area).to_owned()).unwrap_or_default(),
        },
        question: words.text(&criterion.question).to_owned(),
        goals: criterion.goals.iter().map(|goal| Named::of(words, "goal", goal.id())).collect(),
        legal_basis: criterion.legal_basis.iter().map(|law| words.law(law)).collect(),
        remedy: words.text(&criterion.remedy).to_owned(),
        shipped: OutcomeView::of(words, &shipped.decisions[index]),
        hardened: OutcomeView::of(words, &hardened.decisions[index]),
        hardened_reasons: if reasons == hardened_reasons { Vec::new() } else { hardened_reasons },
        reasons,
        rows: rows(catalog, words, rule, shipped, hardened, index),
        facts: facts(words, plan, assessment, rule),
        weight: weight(words, plan.weights[index]),
        measures: relevant_measures(plan, assessment, rule).iter().map(measure).collect(),
        knock_out: knock_out
            .map(|knock_out| match knock_out.requires {
                crate::model::Required::Met => words.get("knock-out.met").to_owned(),
                crate::model::Required::Partly => words.get("knock-out.partly").to_owned(),
            })
            .unwrap_or_default(),
        asked_by: asked_by(catalog, words, &rule.id),
        place: catalog.sources.get(rule.source).path.to_string(),
    }
}

/// The reasons of all rows that may decide.
fn reasons(words: &Words<'_>, rule: &Rule, variant: &Variant) -> Vec<String> {
    let table = &rule.criterion.table;
    let rows = possible_rows(&rule.table, &variant.states);
    rows.into_iter().map(|row| words.text(&table[row].because).to_owned()).collect()
}

fn rows(
    catalog: &Catalog,
    words: &Words<'_>,
    rule: &Rule,
    shipped: &Variant,
    hardened: &Variant,
    index: usize,
) -> Vec<RowView> {
    let file = catalog.sources.get(rule.source);
    let view = |(at, row): (usize, &crate::model::Row)| RowView {
        number: at + 1,
        line: file.position(row.then.span.start).line,
        outcome: OutcomeView::new(words, Outcomes::only(row.then.value)),
        because: words.text(&row.because).to_owned(),
        decides: shipped.decisions[index].row == Some(at),
        decides_hardened: hardened.decisions[index].row == Some(at),
    };
    rule.criterion.table.iter().enumerate().map(view).collect()
}

fn facts(words: &Words<'_>, plan: &Plan<'_>, assessment: &Assessment, rule: &Rule) -> Vec<ReadView> {
    let catalog = plan.catalog;
    let (shipped, hardened) = (&assessment.shipped.states, &assessment.hardened.states);
    let mut views = Vec::new();
    for id in &rule.table.facts {
        let mut fact = FactView::new(catalog, words, assessment.profile, *id);
        let origin = match fact.key.split('.').next() {
            Some("setting") => "setting",
            Some("org") => "organisation",
            _ => "profile",
        };
        let (before, after) = (&shipped[id.index()], &hardened[id.index()]);
        if let (true, State::Known(value)) = (origin != "profile", before) {
            fact.value = words.concrete(catalog, *id, *value);
            fact.state = "known";
        }
        let hardened = match after {
            State::Known(value) if before != after => words.concrete(catalog, *id, *value),
            _ => String::new(),
        };
        let what_if = outcomes_by_value(words, plan, rule, shipped, *id);
        let with_measures = outcomes_by_value(words, plan, rule, &assessment.hardened.states, *id);
        let what_if_hardened = if with_measures == what_if { Vec::new() } else { with_measures };
        views.push(ReadView { fact, origin, hardened, what_if, what_if_hardened });
    }
    views
}

/// For an open fact: what each value it could take would mean.
fn outcomes_by_value(
    words: &Words<'_>,
    plan: &Plan<'_>,
    rule: &Rule,
    states: &[State],
    fact: FactId,
) -> Vec<WhatIfView> {
    if matches!(states[fact.index()], State::Known(_)) {
        return Vec::new();
    }
    // A set can be combined in very many ways; what each of its words alone would mean says enough.
    let telling = |(value, _): &(Concrete, Outcomes)| !matches!(value, Concrete::Set(bits) if bits.count_ones() > 1);
    let view = |(value, outcomes)| WhatIfView {
        value: words.concrete(plan.catalog, fact, value),
        outcome: OutcomeView::new(words, outcomes),
    };
    what_if(&rule.table, states, fact).into_iter().filter(telling).map(view).collect()
}

fn weight(words: &Words<'_>, weight: Weight) -> WeightView {
    let goal = Named::of(words, "goal", weight.goal.id());
    let from = words.get(match weight.from {
        WeightFrom::Criterion => "weight.criterion",
        WeightFrom::UseCase => "weight.use-case",
        WeightFrom::User => "weight.user",
    });
    WeightView {
        base: weight.base,
        from: from.to_owned(),
        emphasis: weight.emphasis,
        label: format!("{} × {} ({}) = {}", weight.base, weight.emphasis, goal.label, weight.total()),
        goal,
        total: weight.total(),
    }
}

/// The measures (indices among the profile's) that change a fact the criterion reads.
fn relevant_measures(plan: &Plan<'_>, assessment: &Assessment, rule: &Rule) -> Vec<usize> {
    let profile = &plan.catalog.profiles[assessment.profile];
    let changes = |step: &crate::catalog::Step| {
        step.sets.iter().any(|(fact, value)| {
            rule.table.facts.contains(fact) && assessment.shipped.states[fact.index()] != State::Known(*value)
        })
    };
    let steps = profile.measures.iter().enumerate();
    steps.filter(|(_, step)| changes(step)).map(|(at, _)| at).collect()
}

/// The requirements of all checklists that a criterion answers.
pub fn asked_by(catalog: &Catalog, words: &Words<'_>, criterion: &str) -> Vec<AskedView> {
    let mut asked = Vec::new();
    for checklist in &catalog.checklists {
        for requirement in &checklist.value.requirements {
            if requirement.criteria.iter().any(|id| id.value == criterion) {
                asked.push(AskedView {
                    checklist: checklist.id.clone(),
                    id: requirement.id.value.clone(),
                    authority: words.text(&checklist.value.authority).to_owned(),
                    level: words.named("level", requirement.level.id()),
                    text: words.text(&requirement.text).to_owned(),
                    knock_out: requirement.knock_out,
                });
            }
        }
    }
    asked
}
