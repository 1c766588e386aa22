//! The vocabulary: every fact that can be stated, and the values it can take.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spanned, Text};

/// Das Vokabular: alle Tatsachen und ihre Werte / the vocabulary: all facts and their values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Bereiche in Anzeigereihenfolge; der erste Teil jedes Schlüssels / areas in display order.
    pub areas: IndexMap<Spanned<String>, Text>,
    /// Tatsachen in Anzeigereihenfolge / facts in display order.
    pub facts: IndexMap<Spanned<String>, FactDef>,
}

/// Eine Tatsache des Vokabulars / one fact of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactDef {
    /// Art des Werts / kind of value.
    pub kind: Spanned<Kind>,
    /// Kurze Bezeichnung / short label.
    pub label: Text,
    /// Warum das für den Datenschutz zählt / why it matters for data protection.
    pub why: Text,
    /// Erlaubte Werte (nur choice und set), von gut nach schlecht, wo es eine Reihenfolge gibt / allowed values.
    #[serde(default)]
    pub values: IndexMap<Spanned<String>, Text>,
    /// Ob `not_applicable` erlaubt ist / whether `not_applicable` is allowed.
    #[serde(default)]
    pub not_applicable: bool,
    /// Einheit einer Zahl / unit of a number.
    #[serde(default)]
    pub unit: Option<Text>,
}

/// Art eines Werts / kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// ein Wort aus der Liste / one word of the list
    Choice,
    /// mehrere Wörter aus der Liste / several words of the list
    Set,
    /// eine ganze Zahl / a whole number
    Number,
    /// freier Text / free text
    Text,
    /// Ländercode nach ISO 3166-1 alpha-2 / country code
    Country,
}

impl Kind {
    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Set => "set",
            Self::Number => "number",
            Self::Text => "text",
            Self::Country => "country",
        }
    }
}
