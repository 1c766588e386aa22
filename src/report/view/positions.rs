//! What authorities and courts have published about a messenger.

use serde::Serialize;

use super::common::{Head, Named};
use crate::catalog::{Catalog, Entry};
use crate::model::{Position, Positions, Stance};
use crate::report::Words;

/// A published position.
#[derive(Debug, Clone, Serialize)]
pub struct PositionView {
    /// Stable id.
    pub id: String,
    /// Who took it.
    pub authority: String,
    /// Kind of body, as a word.
    pub kind: String,
    /// Jurisdiction.
    pub jurisdiction: String,
    /// Date for people; empty if not dated.
    pub date: String,
    /// For, with conditions, against.
    pub stance: Named,
    /// Content.
    pub summary: String,
    /// Conditions.
    pub conditions: Vec<String>,
    /// Quotation; empty if none.
    pub quote: String,
    /// Address.
    pub url: String,
    /// How reliable the source is, as a word.
    pub reliability: String,
    /// Id of the position that superseded it; empty if none.
    pub superseded_by: String,
    /// Use cases it speaks about.
    pub use_cases: Vec<String>,
    /// Messengers it speaks about.
    pub messengers: Vec<String>,
}

/// `positions`: published opinions.
#[derive(Debug, Serialize)]
pub struct PositionsView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// Positions, the competent authority's first, superseded ones last, then the newest first.
    pub positions: Vec<PositionView>,
}

/// Which positions are wanted.
#[derive(Debug, Default)]
pub struct Wanted<'a> {
    /// Only about this messenger or what it is an edition of (ids).
    pub messengers: &'a [&'a str],
    /// Only about this use case (id).
    pub use_case: Option<&'a str>,
    /// Only with this stance.
    pub stance: Option<Stance>,
    /// Only from bodies competent for this jurisdiction.
    pub within: Option<&'a str>,
    /// The competent authority's come first.
    pub jurisdiction: Option<&'a str>,
}

/// The wanted positions: the competent authority's first, superseded ones last, then the newest first.
pub fn views(catalog: &Catalog, words: &Words<'_>, wanted: &Wanted<'_>) -> Vec<PositionView> {
    let about = |position: &Position| {
        let messenger = wanted.messengers.is_empty()
            || position.messengers.iter().any(|id| wanted.messengers.contains(&id.as_str()));
        let use_case = wanted.use_case.is_none_or(|wanted| position.use_cases.iter().any(|id| id.value == wanted));
        messenger && use_case
    };
    let mut found: Vec<_> = catalog.all_positions().filter(|(_, position)| about(position)).collect();
    found.sort_by_cached_key(|(body, position)| {
        let foreign = wanted.jurisdiction.is_some_and(|own| !competent(&body.value.jurisdiction, own));
        let age = std::cmp::Reverse(position.date.as_ref().map(|date| date.value));
        (foreign, position.superseded_by.is_some(), age, position.id.value.clone())
    });
    found.into_iter().map(|(body, position)| view(words, body, position)).collect()
}

/// A body is competent for its own jurisdiction; federal and European bodies speak for their parts.
fn competent(body: &str, own: &str) -> bool {
    body == own || own.starts_with(&format!("{body}-"))
}

/// One position.
pub fn view(words: &Words<'_>, body: &Entry<Positions>, position: &Position) -> PositionView {
    PositionView {
        id: position.id.value.clone(),
        authority: words.text(&body.value.authority).to_owned(),
        kind: words.named("body", body.value.kind.id()),
        jurisdiction: body.value.jurisdiction.value.clone(),
        date: position.date.as_ref().map(|date| words.date(date.value)).unwrap_or_default(),
        stance: Named::of(words, "stance", position.stance.id()),
        summary: words.text(&position.summary).to_owned(),
        conditions: position.conditions.iter().map(|text| words.text(text).to_owned()).collect(),
        quote: position.quote.as_ref().map(|quote| quote.value.clone()).unwrap_or_default(),
        url: position.url.value.clone(),
        reliability: words.named("confidence", position.reliability.id()),
        superseded_by: position.superseded_by.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        use_cases: position.use_cases.iter().map(|id| id.value.clone()).collect(),
        messengers: position.messengers.iter().map(|id| id.value.clone()).collect(),
    }
}
