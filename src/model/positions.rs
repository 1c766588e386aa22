//! What authorities and courts have published about a messenger in a setting.
//! Positions never enter a score.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Confidence, Date, Spanned, Text};

/// Die veröffentlichten Positionen einer Stelle / the published positions of one body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Positions {
    /// Die Stelle / the body.
    pub authority: Text,
    /// Art der Stelle / kind of body.
    pub kind: PositionKind,
    /// Zuständigkeit nach ISO 3166-2 / jurisdiction.
    pub jurisdiction: Spanned<String>,
    /// Positionen / positions.
    pub positions: Vec<Position>,
}

/// Art der Stelle / kind of body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PositionKind {
    /// Datenschutzaufsicht / data protection supervisory authority
    SupervisoryAuthority,
    /// Gericht / court
    Court,
    /// kirchliche Datenschutzaufsicht / church authority
    ChurchAuthority,
    /// Ministerium / ministry
    Ministry,
    /// Sicherheitsbehörde / security authority
    SecurityAuthority,
    /// andere öffentliche Stelle / other public body
    PublicBody,
    /// sonstige / other
    Other,
}

impl PositionKind {
    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::SupervisoryAuthority => "supervisory_authority",
            Self::Court => "court",
            Self::ChurchAuthority => "church_authority",
            Self::Ministry => "ministry",
            Self::SecurityAuthority => "security_authority",
            Self::PublicBody => "public_body",
            Self::Other => "other",
        }
    }
}

/// Eine Position / a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Kennung, eindeutig über alle Dateien / id, unique over all files.
    pub id: Spanned<String>,
    /// Kennungen der Messenger / ids of the messengers.
    pub messengers: Vec<Spanned<String>>,
    /// Kennungen der Einsatzfälle / ids of the use cases.
    pub use_cases: Vec<Spanned<String>>,
    /// Datum, wenn bekannt / date, if known.
    #[serde(default)]
    pub date: Option<Spanned<Date>>,
    /// Haltung / stance.
    pub stance: Stance,
    /// Inhalt in eigenen Worten / content in our own words.
    pub summary: Text,
    /// Bedingungen / conditions.
    #[serde(default)]
    pub conditions: Vec<Text>,
    /// Adresse / address.
    pub url: Spanned<String>,
    /// Wörtliches Zitat, höchstens 15 Wörter / quotation, at most 15 words.
    #[serde(default)]
    pub quote: Option<Spanned<String>>,
    /// Wie verlässlich die Quelle ist / how reliable the source is.
    pub reliability: Confidence,
    /// Überholt durch / superseded by.
    #[serde(default)]
    pub superseded_by: Option<Spanned<String>>,
    /// Ob unsere Regeln daran gemessen werden / whether our rules are measured by it.
    #[serde(default)]
    pub backtest: bool,
    /// Warum unser Urteil davon abweicht, wo es das tut / why our verdict differs, where it does.
    #[serde(default)]
    pub differs: Vec<Difference>,
}

/// Eine begründete Abweichung / an explained difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Einsatzfälle, für die sie gilt; ohne Angabe alle der Position / use cases it is about; without, all.
    #[serde(default)]
    pub use_cases: Vec<Spanned<String>>,
    /// Messenger, für die sie gilt; ohne Angabe alle der Position / messengers it is about; without, all.
    #[serde(default)]
    pub messengers: Vec<Spanned<String>>,
    /// Art des Grundes / kind of reason.
    pub reason: DifferenceReason,
    /// Der Grund / the reason.
    pub text: Text,
}

/// Art des Grundes einer Abweichung / kind of reason for a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceReason {
    /// andere Anforderungen / another set of rules
    RuleSet,
    /// anderer Zeitpunkt / another date
    Date,
    /// andere Zuständigkeit oder anderes Recht / another jurisdiction or law
    Jurisdiction,
    /// andere Bedingungen oder Umstände / other conditions or circumstances
    Conditions,
    /// ein Fehler bei uns / an error of ours
    OurError,
}

/// Haltung / stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// dagegen / against
    Against,
    /// unter Bedingungen / with conditions
    Conditional,
    /// dafür / for
    For,
}

impl Stance {
    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Against => "against",
            Self::Conditional => "conditional",
            Self::For => "for",
        }
    }
}
