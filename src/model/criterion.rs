//! A criterion: a question authorities ask, as a small decision table over facts.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, Law, Spanned, Text, Value};

/// Ein Kriterium; Dateiname = Kennung, Ordner = Bereich / a criterion; file name = id, folder = area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Der erfüllte Zustand, kurz / the satisfied state, short.
    pub title: Text,
    /// Die Frage, die es beantwortet / the question it answers.
    pub question: Text,
    /// Gewährleistungsziele des SDM, das führende zuerst / SDM protection goals, the leading one first.
    pub goals: Vec<Spanned<Goal>>,
    /// Gewicht 1 bis 5 / weight 1 to 5.
    #[schemars(range(min = 1, max = 5))]
    pub weight: Spanned<u32>,
    /// Rechtsgrundlagen / legal basis.
    #[serde(default)]
    pub legal_basis: Vec<Spanned<Law>>,
    /// Entscheidungstabelle, von oben gelesen; die letzte Zeile ohne `when` / decision table, read from the top.
    pub table: Vec<Row>,
    /// Was hilft, wenn es nicht erfüllt ist / what helps where it is not met.
    pub remedy: Text,
    /// Beispiele, die als Tests laufen / examples that run as tests.
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// Eine Zeile der Tabelle / a row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Bedingung; fehlt in der letzten Zeile / condition; absent in the last row.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Ergebnis / outcome.
    pub then: Spanned<OutcomeName>,
    /// Begründung, die immer zutrifft, wenn die Zeile entscheidet / reason, true whenever the row decides.
    pub because: Text,
}

/// Ein Beispiel: Tatsachen und alle möglichen Ergebnisse / an example: facts and all possible outcomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Tatsachen; nicht genannte sind unbekannt / facts; those not named are unknown.
    #[serde(default)]
    pub facts: IndexMap<Spanned<String>, Spanned<Value>>,
    /// Genau die möglichen Ergebnisse / exactly the possible outcomes.
    #[schemars(length(min = 1))]
    pub outcome: Vec<Spanned<OutcomeName>>,
}

/// Ergebnis eines Kriteriums / outcome of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeName {
    /// erfüllt / met
    Met,
    /// teilweise erfüllt / partly met
    Partly,
    /// nicht erfüllt / not met
    NotMet,
    /// Frage stellt sich nicht / the question does not arise
    NotApplicable,
}

/// Gewährleistungsziel des Standard-Datenschutzmodells / protection goal of the SDM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// Datenminimierung / data minimisation
    DataMinimisation,
    /// Verfügbarkeit / availability
    Availability,
    /// Integrität / integrity
    Integrity,
    /// Vertraulichkeit / confidentiality
    Confidentiality,
    /// Nichtverkettung / unlinkability
    Unlinkability,
    /// Transparenz / transparency
    Transparency,
    /// Intervenierbarkeit / intervenability
    Intervenability,
}

impl Goal {
    /// All seven, in the order of the SDM.
    pub const ALL: [Self; 7] = [
        Self::DataMinimisation,
        Self::Availability,
        Self::Integrity,
        Self::Confidentiality,
        Self::Unlinkability,
        Self::Transparency,
        Self::Intervenability,
    ];

    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::DataMinimisation => "data_minimisation",
            Self::Availability => "availability",
            Self::Integrity => "integrity",
            Self::Confidentiality => "confidentiality",
            Self::Unlinkability => "unlinkability",
            Self::Transparency => "transparency",
            Self::Intervenability => "intervenability",
        }
    }
}

impl OutcomeName {
    /// All four, best first.
    pub const ALL: [Self; 4] = [Self::Met, Self::Partly, Self::NotMet, Self::NotApplicable];

    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::NotMet => "not_met",
            Self::NotApplicable => "not_applicable",
        }
    }
}
