//! Plain facts of several messengers side by side.

use serde::Serialize;

use super::common::{FactView, Head, SourceView, Stamp};
use crate::catalog::{Catalog, Definition, FactId};
use crate::report::Words;

/// `facts`: a table of facts, grouped by area.
#[derive(Debug, Serialize)]
pub struct FactsView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// Columns.
    pub messengers: Vec<ColumnView>,
    /// Rows, by area.
    pub areas: Vec<AreaView>,
    /// Sources cited in the cells, by their numbers.
    pub sources: Vec<CitedView>,
    /// Terms that help to read the table.
    pub glossary: Vec<TermView>,
}

/// A messenger as a column.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnView {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// Day the facts were checked, for people.
    pub checked: String,
}

/// An area of the vocabulary.
#[derive(Debug, Serialize)]
pub struct AreaView {
    /// Stable id.
    pub id: String,
    /// Heading.
    pub label: String,
    /// Facts.
    pub rows: Vec<FactRowView>,
}

/// A fact as a row.
#[derive(Debug, Serialize)]
pub struct FactRowView {
    /// Key of the vocabulary.
    pub key: String,
    /// Label.
    pub label: String,
    /// Why it matters.
    pub why: String,
    /// One cell per messenger.
    pub cells: Vec<CellView>,
}

/// One fact of one messenger.
#[derive(Debug, Serialize)]
pub struct CellView {
    /// The fact with everything it rests on.
    #[serde(flatten)]
    pub fact: FactView,
    /// Numbers of its sources in the list.
    pub cites: Vec<usize>,
    /// Marks after the value: inherited, vendor's claim, low confidence.
    pub marks: String,
}

/// A source with its number.
#[derive(Debug, Serialize)]
pub struct CitedView {
    /// Number, from 1.
    pub number: usize,
    /// Name of the messenger whose profile cites it.
    pub messenger: String,
    /// The source.
    #[serde(flatten)]
    pub source: SourceView,
}

/// A term of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// Stable id.
    pub id: String,
    /// Term.
    pub term: String,
    /// Explanation.
    pub text: String,
}

/// Whether facts of this key are stated by messengers.
fn is_messenger_fact(definition: &Definition) -> bool {
    !["setting.", "org."].iter().any(|space| definition.key.starts_with(space))
}

/// The facts of an area (its id) that messengers state, in display order.
pub fn facts_of_area<'a>(catalog: &'a Catalog, area: &'a str) -> impl Iterator<Item = (FactId, &'a Definition)> {
    catalog
        .facts
        .iter()
        .filter(move |(_, definition)| is_messenger_fact(definition) && definition.key.split('.').next() == Some(area))
}

/// Arranges the facts of some messengers (by index). Facts that none of them states are left out unless `all`.
/// `only` keeps the areas or keys that begin with one of its entries.
pub fn view(
    catalog: &Catalog,
    words: &Words<'_>,
    stamp: Stamp,
    profiles: &[usize],
    only: &[String],
    all: bool,
) -> FactsView {
    let mut sources = Cited::default();
    let wanted = |key: &str| only.is_empty() || only.iter().any(|start| key.starts_with(start.as_str()));
    let mut areas = Vec::new();
    for (area, label) in &catalog.facts.areas {
        let rows: Vec<FactRowView> = facts_of_area(catalog, area)
            .filter(|(id, definition)| {
                let stated = profiles.iter().any(|at| catalog.profiles[*at].stated_by[id.index()].is_some());
                wanted(&definition.key) && (all || stated)
            })
            .map(|(id, definition)| FactRowView {
                key: definition.key.value.clone(),
                label: words.text(&definition.def.label).to_owned(),
                why: words.text(&definition.def.why).to_owned(),
                cells: profiles.iter().map(|at| cell(catalog, words, *at, id, &mut sources)).collect(),
            })
            .collect();
        if !rows.is_empty() {
            areas.push(AreaView { id: area.clone(), label: words.text(label).to_owned(), rows });
        }
    }
    FactsView {
        head: Head::new("messwerk.facts/1", catalog, words, stamp),
        messengers: profiles.iter().map(|at| column(catalog, words, *at)).collect(),
        areas,
        sources: sources.list,
        glossary: glossary(catalog, words),
    }
}

fn column(catalog: &Catalog, words: &Words<'_>, at: usize) -> ColumnView {
    let profile = &catalog.profiles[at];
    ColumnView {
        id: profile.id.clone(),
        name: profile.name.get(words.lang).to_owned(),
        summary: words.text(&profile.messenger.summary).to_owned(),
        checked: words.date(profile.messenger.checked.value),
    }
}

/// Sources in the order they are first cited.
#[derive(Default)]
struct Cited {
    list: Vec<CitedView>,
}

impl Cited {
    fn number(&mut self, messenger: &str, source: &SourceView) -> usize {
        if let Some(known) = self.list.iter().find(|known| known.source.url == source.url) {
            return known.number;
        }
        let number = self.list.len() + 1;
        self.list.push(CitedView { number, messenger: messenger.to_owned(), source: source.clone() });
        number
    }
}

fn cell(catalog: &Catalog, words: &Words<'_>, at: usize, id: FactId, sources: &mut Cited) -> CellView {
    let fact = FactView::new(catalog, words, at, id);
    let name = catalog.profiles[at].name.get(words.lang);
    let cites = fact.sources.iter().map(|source| sources.number(name, source)).collect();
    let marks = marks(words, &fact);
    CellView { fact, cites, marks }
}

/// Marks for what a reader should know about a value's footing, each explained in the legend.
fn marks(words: &Words<'_>, fact: &FactView) -> String {
    let mut marks = String::new();
    if fact.state == "unknown" {
        return marks;
    }
    if !fact.inherited_from.is_empty() {
        marks.push_str(words.get("mark.inherited"));
    }
    if fact.vendor_only {
        marks.push_str(words.get("mark.vendor"));
    }
    if fact.confidence == "low" || !fact.basis.is_empty() {
        marks.push_str(words.get("mark.low"));
    }
    marks
}

/// The whole glossary, sorted by term.
pub fn glossary(catalog: &Catalog, words: &Words<'_>) -> Vec<TermView> {
    let Some(glossary) = &catalog.glossary else {
        return Vec::new();
    };
    let view = |(id, term): (&crate::model::Spanned<String>, &crate::model::Term)| TermView {
        id: id.value.clone(),
        term: words.text(&term.term).to_owned(),
        text: words.text(&term.text).to_owned(),
    };
    let mut terms: Vec<TermView> = glossary.terms.iter().map(view).collect();
    terms.sort_by_cached_key(|term| term.term.to_lowercase());
    terms
}
