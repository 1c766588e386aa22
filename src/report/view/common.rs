//! What several views share.

use serde::Serialize;

use crate::catalog::{Catalog, FactId, State, source_of};
use crate::engine::{Decision, Outcomes, Score};
use crate::model::{Basis, Confidence, Date, Fact, SourceRef};
use crate::report::Words;

/// When and with what a result was made.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// The day of the result.
    pub today: Date,
    /// Whether a user's folder lies over the shipped data.
    pub own_data: bool,
}

/// What every result says about itself.
#[derive(Debug, Serialize)]
pub struct Head {
    /// Name and version of the view's shape, such as `messwerk.compare/1`.
    pub schema: &'static str,
    /// Version of the program and its data.
    pub version: &'static str,
    /// Language code.
    pub language: &'static str,
    /// Day of the result, ISO 8601.
    pub date: String,
    /// The same for people.
    pub date_label: String,
    /// Version and state of the data, for people.
    pub data: String,
    /// That this is decision support, not legal advice.
    pub disclaimer: String,
}

impl Head {
    /// The head of a view.
    pub fn new(schema: &'static str, catalog: &Catalog, words: &Words<'_>, stamp: Stamp) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let newest = catalog.profiles.iter().map(|profile| profile.checked).max();
        let newest = newest.map(|date| words.date(date)).unwrap_or_default();
        let key = if stamp.own_data { "head.data-own" } else { "head.data" };
        Self {
            schema,
            version,
            language: words.lang.code(),
            date: stamp.today.to_string(),
            date_label: words.date(stamp.today),
            data: words.fill(key, &[("version", version), ("checked", &newest)]),
            disclaimer: words.get("head.disclaimer").to_owned(),
        }
    }
}

/// A score for people and machines, in whole percent.
#[derive(Debug, Clone, Serialize)]
pub struct RangeView {
    /// Low end, rounded down; absent where nothing applies.
    pub low: Option<u64>,
    /// High end, rounded up.
    pub high: Option<u64>,
    /// Share of the weight that is decided.
    pub coverage: Option<u64>,
    /// `40–55`, `47` or `–`.
    pub label: String,
}

impl RangeView {
    /// The view of a score.
    pub fn new(score: &Score) -> Self {
        let (low, high) = score.percent().unzip();
        let label = match (low, high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}–{high}"),
            _ => "–".to_owned(),
        };
        Self { low, high, coverage: score.coverage(), label }
    }
}

/// An id and its word.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// Stable id.
    pub id: String,
    /// Word in the user's language.
    pub label: String,
}

impl Named {
    /// A word from the group of texts that belongs to its id.
    pub fn of(words: &Words<'_>, group: &str, id: &str) -> Self {
        Self { id: id.to_owned(), label: words.named(group, id) }
    }
}

/// The outcome of a criterion, or the outcomes that are possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeView {
    /// Possible outcomes, best first; one if decided.
    pub possible: Vec<&'static str>,
    /// Whether it is decided.
    pub decided: bool,
    /// A symbol that needs no colour.
    pub symbol: &'static str,
    /// `erfüllt`, or `offen: erfüllt oder nicht erfüllt`.
    pub label: String,
}

impl OutcomeView {
    /// The view of a set of outcomes.
    pub fn new(words: &Words<'_>, outcomes: Outcomes) -> Self {
        let possible: Vec<&'static str> = outcomes.iter().map(crate::model::OutcomeName::id).collect();
        let labels: Vec<String> = possible.iter().map(|id| words.named("outcome", id)).collect();
        let decided = possible.len() == 1;
        let symbol = match possible.as_slice() {
            ["met"] => "✔",
            ["partly"] => "◐",
            ["not_met"] => "✘",
            ["not_applicable"] => "–",
            _ => "?",
        };
        let label = if decided {
            labels.concat()
        } else {
            format!("{}: {}", words.get("outcome.open"), labels.join(words.get("word.or-joined")))
        };
        Self { possible, decided, symbol, label }
    }

    /// The view of a decision.
    pub fn of(words: &Words<'_>, decision: &Decision) -> Self {
        Self::new(words, decision.outcomes)
    }
}

/// A source as a reader needs it.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Id within its profile.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Address.
    pub url: String,
    /// Kind, as a word.
    pub kind: String,
    /// Whether it is the provider's own statement.
    pub vendor: bool,
    /// Published, for people; empty if not known.
    pub published: String,
    /// Last seen, for people.
    pub seen: String,
    /// Address of the copy it was read in; empty if none.
    pub via: String,
    /// Remark; empty if none.
    pub note: String,
}

impl SourceView {
    /// The view of a source.
    pub fn new(words: &Words<'_>, id: &str, source: &SourceRef) -> Self {
        Self {
            id: id.to_owned(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            url: source.url.value.clone(),
            kind: words.named("source", source.kind.id()),
            vendor: source.kind.by_provider(),
            published: source.published.as_ref().map(|date| words.date(date.value)).unwrap_or_default(),
            seen: words.date(source.seen.value),
            via: source.via.as_ref().map(|url| url.value.clone()).unwrap_or_default(),
            note: source.note.as_ref().map(|note| words.text(note).to_owned()).unwrap_or_default(),
        }
    }
}

/// A fact of one messenger with everything it rests on.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// Key of the vocabulary.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The value, for people.
    pub value: String,
    /// `known`, `unknown`, `disputed` or `not_applicable`.
    pub state: &'static str,
    /// What exactly is so; empty if there is no note.
    pub note: String,
    /// Quotation; empty if none.
    pub quote: String,
    /// How sure: `high`, `medium`, `low`; empty for an unknown.
    pub confidence: &'static str,
    /// The same as a word.
    pub confidence_label: String,
    /// What it rests on without a source: `general_knowledge`, `inference`; empty otherwise.
    pub basis: &'static str,
    /// The same as words.
    pub basis_label: String,
    /// Whether only the provider says so.
    pub vendor_only: bool,
    /// Checked on, for people.
    pub checked: String,
    /// Name of the messenger it is inherited from; empty if its own.
    pub inherited_from: String,
    /// Sources, the most important first.
    pub sources: Vec<SourceView>,
    /// File and line where the profile says it; empty if nobody states it.
    pub place: String,
}

impl FactView {
    /// The view of a fact of a messenger (by index).
    pub fn new(catalog: &Catalog, words: &Words<'_>, profile: usize, id: FactId) -> Self {
        let definition = catalog.facts.get(id);
        let stated = catalog.profiles[profile].stated_by[id.index()].and_then(|owner| {
            let fact = catalog.profiles[owner].messenger.facts.get(definition.key.as_str())?;
            Some((owner, fact))
        });
        let mut view = Self {
            key: definition.key.value.clone(),
            label: words.text(&definition.def.label).to_owned(),
            value: words.get("value.unknown").to_owned(),
            state: "unknown",
            note: String::new(),
            quote: String::new(),
            confidence: "",
            confidence_label: String::new(),
            basis: "",
            basis_label: String::new(),
            vendor_only: false,
            checked: String::new(),
            inherited_from: String::new(),
            sources: Vec::new(),
            place: String::new(),
        };
        if let Some((owner, fact)) = stated {
            view.fill(catalog, words, profile, owner, id, fact);
        }
        view
    }

    fn fill(&mut self, catalog: &Catalog, words: &Words<'_>, profile: usize, owner: usize, id: FactId, fact: &Fact) {
        let home = &catalog.profiles[owner];
        self.value = words.stated(catalog, id, fact);
        self.state = match &catalog.profiles[profile].states[id.index()] {
            State::Unknown => "unknown",
            State::Disputed(_) => "disputed",
            State::Known(crate::catalog::Concrete::NotApplicable) => "not_applicable",
            State::Known(_) => "known",
        };
        self.note = fact.note.as_ref().map(|note| words.text(note).to_owned()).unwrap_or_default();
        self.quote = fact.quote.as_ref().map(|quote| quote.value.clone()).unwrap_or_default();
        self.confidence = fact.confidence.map_or("", Confidence::id);
        self.basis = fact.basis.map_or("", Basis::id);
        self.confidence_label = label(words, "confidence", self.confidence);
        self.basis_label = label(words, "basis", self.basis);
        let checked = fact.checked.as_ref().unwrap_or(&home.messenger.checked);
        self.checked = words.date(checked.value);
        if owner != profile {
            home.name.get(words.lang).clone_into(&mut self.inherited_from);
        }
        let sources = fact.sources.iter().filter_map(|name| Some((name, source_of(catalog, owner, name)?)));
        self.sources = sources.map(|(name, source)| SourceView::new(words, name, source)).collect();
        self.vendor_only = !self.sources.is_empty() && self.sources.iter().all(|source| source.vendor);
        let file = catalog.sources.get(home.source);
        let line = file.position(fact.value.span.start).line;
        self.place = format!("{}:{line}", file.path);
    }
}

/// The word for an id, or nothing for no id.
pub fn label(words: &Words<'_>, group: &str, id: &str) -> String {
    if id.is_empty() { String::new() } else { words.named(group, id) }
}
