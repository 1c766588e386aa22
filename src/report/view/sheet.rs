//! One messenger's page: what it is, how it stands, and every fact with its sources.

use serde::Serialize;

use super::common::{FactView, Head, Named, SourceView, Stamp};
use super::compare::{RowView, row};
use super::facts::facts_of_area;
use super::measures::{MeasureView, views as measures};
use super::positions::{PositionView, Wanted, views as positions};
use crate::catalog::Catalog;
use crate::engine::{Assessment, Plan};
use crate::model::OutcomeName;
use crate::report::Words;

/// `facts ID`: a messenger's page.
#[derive(Debug, Serialize)]
pub struct SheetView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// Name of the messenger it is an edition of; empty if none.
    pub edition_of: String,
    /// Address; empty if none.
    pub website: String,
    /// Day the facts were checked, for people.
    pub checked: String,
    /// Day the service ended, for people; empty if it goes on.
    pub ended: String,
    /// Name of the successor; empty if none.
    pub successor: String,
    /// How it stands in each use case.
    pub verdicts: Vec<(Named, RowView)>,
    /// Weighty criteria that are met in every use case, as shipped.
    pub strong: Vec<Named>,
    /// Weighty criteria that are not met in any use case, as shipped.
    pub weak: Vec<Named>,
    /// Facts by area.
    pub areas: Vec<AreaView>,
    /// Facts that nobody has stated.
    pub unstated: Vec<Named>,
    /// Measures.
    pub measures: Vec<MeasureView>,
    /// Dated events, the oldest first.
    pub history: Vec<(String, String)>,
    /// Published positions.
    pub positions: Vec<PositionView>,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// Facts of an area.
#[derive(Debug, Serialize)]
pub struct AreaView {
    /// Heading.
    pub label: String,
    /// Facts.
    pub facts: Vec<FactView>,
}

/// Criteria at least this heavy (own weight) count as strong or weak points.
const WEIGHTY: u32 = 3;

/// Arranges the page of one messenger (by index). `results` are its assessments, one per use case.
pub fn view(
    catalog: &Catalog,
    words: &Words<'_>,
    stamp: Stamp,
    profile: usize,
    results: &[(Plan<'_>, Assessment)],
    jurisdiction: Option<&str>,
) -> SheetView {
    let own = &catalog.profiles[profile];
    let messenger = &own.messenger;
    let name_of = |id: &str| catalog.profile(id).map(|at| catalog.profiles[at].name.get(words.lang).to_owned());
    let ids = super::recommendation::lineage(catalog, profile);
    let wanted = Wanted { messengers: &ids, use_case: None, jurisdiction, ..Wanted::default() };
    let verdict = |(plan, assessment): &(Plan<'_>, Assessment)| {
        let use_case =
            Named { id: plan.setting.id.clone(), label: words.text(&plan.setting.use_case.title).to_owned() };
        (use_case, row(words, plan, 0, assessment))
    };
    let (areas, unstated) = areas(catalog, words, profile);
    let mut sources: Vec<SourceView> = Vec::new();
    let measures = measures(catalog, words, profile, &[], &[]);
    let of_facts = areas.iter().flat_map(|area| area.facts.iter().flat_map(|fact| &fact.sources));
    for source in of_facts.chain(measures.iter().flat_map(|measure| &measure.sources)) {
        if !sources.iter().any(|known| known.url == source.url) {
            sources.push(source.clone());
        }
    }
    let mut history: Vec<_> = messenger.history.iter().collect();
    history.sort_by_key(|event| event.date.value);
    SheetView {
        head: Head::new("messwerk.sheet/1", catalog, words, stamp),
        id: own.id.clone(),
        name: messenger.name.get(words.lang).to_owned(),
        summary: words.text(&messenger.summary).to_owned(),
        edition_of: messenger.edition_of.as_ref().and_then(|id| name_of(id)).unwrap_or_default(),
        website: messenger.website.as_ref().map(|url| url.value.clone()).unwrap_or_default(),
        checked: words.date(messenger.checked.value),
        ended: messenger.ended.as_ref().map(|date| words.date(date.value)).unwrap_or_default(),
        successor: messenger.successor.as_ref().and_then(|id| name_of(id)).unwrap_or_default(),
        verdicts: results.iter().map(verdict).collect(),
        strong: points(catalog, words, results, OutcomeName::Met),
        weak: points(catalog, words, results, OutcomeName::NotMet),
        areas,
        unstated,
        measures,
        history: history
            .iter()
            .map(|event| (words.date(event.date.value), words.text(&event.event).to_owned()))
            .collect(),
        positions: positions(catalog, words, &wanted),
        sources,
    }
}

fn areas(catalog: &Catalog, words: &Words<'_>, profile: usize) -> (Vec<AreaView>, Vec<Named>) {
    let mut areas = Vec::new();
    let mut unstated = Vec::new();
    for (area, label) in &catalog.facts.areas {
        let mut facts = Vec::new();
        for (id, definition) in facts_of_area(catalog, area) {
            if catalog.profiles[profile].stated_by[id.index()].is_some() {
                facts.push(FactView::new(catalog, words, profile, id));
            } else {
                unstated.push(Named {
                    id: definition.key.value.clone(),
                    label: words.text(&definition.def.label).to_owned(),
                });
            }
        }
        if !facts.is_empty() {
            let label = words.text(label).to_owned();
            areas.push(AreaView { label, facts });
        }
    }
    (areas, unstated)
}

/// The weighty criteria that have this outcome in every use case, heaviest first.
fn points(
    catalog: &Catalog,
    words: &Words<'_>,
    results: &[(Plan<'_>, Assessment)],
    outcome: OutcomeName,
) -> Vec<Named> {
    let everywhere = |at: usize| {
        let mut decided = results.iter().map(|(_, assessment)| assessment.shipped.decisions[at].outcomes.decided());
        !results.is_empty() && decided.all(|own| own == Some(outcome))
    };
    let mut rules: Vec<usize> = (0..catalog.rules.len()).collect();
    rules.retain(|at| catalog.rules[*at].criterion.weight.value >= WEIGHTY && everywhere(*at));
    rules.sort_by_key(|at| std::cmp::Reverse(catalog.rules[*at].criterion.weight.value));
    let name = |at: usize| Named {
        id: catalog.rules[at].id.clone(),
        label: words.text(&catalog.rules[at].criterion.title).to_owned(),
    };
    rules.into_iter().map(name).collect()
}
