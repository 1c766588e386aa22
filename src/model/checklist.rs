//! A checklist: what one authority's document asks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Law, Spanned, Text};

/// Eine Prüfliste: ein Dokument einer Behörde / a checklist: one document of an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Titel des Dokuments / title of the document.
    pub title: Text,
    /// Herausgebende Stelle / issuing body.
    pub authority: Text,
    /// Zuständigkeit nach ISO 3166-2, Kirchen DE-KATH und DE-EVKD / jurisdiction.
    pub jurisdiction: Spanned<String>,
    /// Fassung / edition.
    pub edition: Text,
    /// Jüngstes Datum, wenn bekannt / latest date, if known.
    #[serde(default)]
    pub date: Option<Spanned<Date>>,
    /// Adresse / address.
    #[serde(default)]
    pub url: Option<Spanned<String>>,
    /// Wofür es gilt / what it applies to.
    pub scope: Text,
    /// Wie vollständig wir es gesehen haben / how completely we saw it.
    pub sourcing: Text,
    /// Lizenz der Quelle, wenn sie Nennung verlangt / the source's licence where it asks for credit.
    #[serde(default)]
    pub licence: Option<String>,
    /// Anforderungen / requirements.
    pub requirements: Vec<Requirement>,
}

/// Eine Anforderung / a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Kennung innerhalb der Prüfliste / id within the checklist.
    pub id: Spanned<String>,
    /// Verbindlichkeit / level.
    pub level: Level,
    /// Inhalt in eigenen Worten / content in our own words.
    pub text: Text,
    /// Fundstellen / citations.
    #[serde(default)]
    pub legal_basis: Vec<Spanned<Law>>,
    /// Wie wir es gesehen haben / how we saw it.
    pub seen_as: SeenAs,
    /// Ob die Stelle einen Verstoß als Ausschluss behandelt / whether the body treats failure as ruling out.
    #[serde(default)]
    pub knock_out: bool,
    /// Kriterien, die es beantworten / criteria that answer it.
    #[serde(default)]
    pub criteria: Vec<Spanned<String>>,
    /// org.*-Tatsachen, die es beantworten / org.* facts that answer it.
    #[serde(default)]
    pub organisation: Vec<Spanned<String>>,
    /// Warum es nicht beurteilt werden kann / why it cannot be assessed.
    #[serde(default)]
    pub not_assessable: Option<Text>,
}

/// Verbindlichkeit / level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Pflicht / duty
    Must,
    /// Empfehlung / recommendation
    Should,
    /// Möglichkeit / option
    May,
}

impl Level {
    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        }
    }
}

/// Wie wir eine Anforderung gesehen haben / how we saw a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeenAs {
    /// im Wortlaut / in full text
    FullText,
    /// in einer Zusammenfassung / in a summary
    Summary,
    /// gar nicht, allgemein bekannt / not at all, general knowledge
    GeneralKnowledge,
}
