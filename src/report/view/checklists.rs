//! An authority's checklist answered for one messenger.

use serde::Serialize;

use super::common::{Named, OutcomeView};
use super::lists::{Coverage, coverage};
use crate::catalog::{Entry, State};
use crate::engine::{Assessment, Plan};
use crate::model::{Checklist, Requirement};
use crate::report::Words;

/// A checklist for one messenger.
#[derive(Debug, Serialize)]
pub struct ChecklistView {
    /// Stable id.
    pub id: String,
    /// Title of the document.
    pub title: String,
    /// Who issued it.
    pub authority: String,
    /// Edition.
    pub edition: String,
    /// How completely it was seen.
    pub sourcing: String,
    /// Address; empty if none.
    pub url: String,
    /// How many requirements are answered by what.
    pub coverage: Coverage,
    /// `17 von 26 Anforderungen …`.
    pub coverage_label: String,
    /// Requirements.
    pub requirements: Vec<RequirementView>,
}

/// A requirement for one messenger.
#[derive(Debug, Serialize)]
pub struct RequirementView {
    /// Id within the checklist.
    pub id: String,
    /// `must`, `should` or `may`, as a word.
    pub level: String,
    /// What is asked.
    pub text: String,
    /// Outcome of each criterion that answers it, with measures.
    pub criteria: Vec<(Named, OutcomeView)>,
    /// What the organisation must answer: label and what it stated.
    pub organisation: Vec<(String, String)>,
    /// Why it cannot be assessed; empty otherwise.
    pub not_assessable: String,
}

/// Answers a checklist for one messenger, with the measures taken.
pub fn checklist(
    words: &Words<'_>,
    plan: &Plan<'_>,
    assessment: &Assessment,
    entry: &Entry<Checklist>,
) -> ChecklistView {
    let counts = coverage(&entry.value);
    let [total, facts, own, none] =
        [counts.total, counts.by_facts, counts.by_organisation, counts.not_assessable].map(|n| n.to_string());
    let gaps = [("total", total.as_str()), ("facts", &facts), ("own", &own), ("none", &none)];
    let requirements = entry.value.requirements.iter();
    ChecklistView {
        id: entry.id.clone(),
        title: words.text(&entry.value.title).to_owned(),
        authority: words.text(&entry.value.authority).to_owned(),
        edition: words.text(&entry.value.edition).to_owned(),
        sourcing: words.text(&entry.value.sourcing).to_owned(),
        url: entry.value.url.as_ref().map(|url| url.value.clone()).unwrap_or_default(),
        coverage: counts,
        coverage_label: words.fill("checklist.coverage", &gaps),
        requirements: requirements.map(|own| requirement(words, plan, assessment, own)).collect(),
    }
}

fn requirement(
    words: &Words<'_>,
    plan: &Plan<'_>,
    assessment: &Assessment,
    requirement: &Requirement,
) -> RequirementView {
    let catalog = plan.catalog;
    let criteria = requirement.criteria.iter().filter_map(|id| {
        let rule = catalog.rule(id)?;
        let name = Named { id: id.value.clone(), label: words.text(&catalog.rules[rule].criterion.title).to_owned() };
        Some((name, OutcomeView::of(words, &assessment.hardened.decisions[rule])))
    });
    let organisation = requirement.organisation.iter().filter_map(|key| {
        let id = catalog.facts.id(key)?;
        let stated = match plan.situation.state(id) {
            State::Known(value) => words.concrete(catalog, id, *value),
            _ => words.get("duty.unknown").to_owned(),
        };
        Some((words.text(&catalog.facts.get(id).def.label).to_owned(), stated))
    });
    RequirementView {
        id: requirement.id.value.clone(),
        level: words.named("level", requirement.level.id()),
        text: words.text(&requirement.text).to_owned(),
        criteria: criteria.collect(),
        organisation: organisation.collect(),
        not_assessable: requirement.not_assessable.as_ref().map(|text| words.text(text).to_owned()).unwrap_or_default(),
    }
}
