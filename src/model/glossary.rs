//! The terms a reader of a report meets.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spanned, Text};

/// Das Glossar / the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Begriffe nach Kennung / terms by id.
    pub terms: BTreeMap<Spanned<String>, Term>,
}

/// Ein Begriff / a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Der Begriff / the term.
    pub term: Text,
    /// Erklärung / explanation.
    pub text: Text,
}
