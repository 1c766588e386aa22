//! What keeps the data true over time: how long facts stay fresh, which facts exclude each other, where ids
//! went, and which findings are knowingly left standing.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, Date, SourceKind, Spanned, Text};

/// Widersprüche zwischen Tatsachen eines Messengers, je Kennung / contradictions between facts, by id.
pub type Contradictions = IndexMap<Spanned<String>, Contradiction>;

/// Tatsachen, die zusammen nicht wahr sein können / facts that cannot be true together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contradiction {
    /// Gilt diese Bedingung, liegt ein Widerspruch vor / where this condition holds, there is a contradiction.
    pub when: Condition,
    /// Warum beides nicht zugleich stimmen kann / why both cannot be true.
    pub because: Text,
}

/// Wie lange eine Prüfung trägt, je Art der ersten Quelle / how long a check lasts, by kind of the first source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Freshness {
    /// Angabe des Anbieters / the provider's own statement
    pub vendor: Limits,
    /// Datenschutzerklärung, Bedingungen, Vertrag / privacy policy, terms, contract
    pub policy: Limits,
    /// Presse / press
    pub press: Limits,
    /// Quelltext / source code
    pub code: Limits,
    /// Behörde / authority
    pub authority: Limits,
    /// Standard
    pub standard: Limits,
    /// Wissenschaft / academic work
    pub academic: Limits,
    /// Prüfbericht / audit report
    pub audit: Limits,
    /// Gericht / court
    pub court: Limits,
    /// Gesetz / law
    pub law: Limits,
    /// ohne Quelle / without a source
    pub unsourced: Limits,
}

/// Alter der Prüfung in Monaten, ab dem etwas gemeldet wird / age of the check in months from which it is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// als Hinweis / as a note
    pub note: u32,
    /// als Warnung / as a warning
    pub warning: u32,
    /// als Fehler / as an error
    pub error: u32,
}

impl Freshness {
    /// The limits for facts whose first source is of this kind; `None` for facts without a source.
    pub fn of(&self, kind: Option<SourceKind>) -> Limits {
        match kind {
            Some(SourceKind::Vendor) => self.vendor,
            Some(SourceKind::Policy) => self.policy,
            Some(SourceKind::Press) => self.press,
            Some(SourceKind::Code) => self.code,
            Some(SourceKind::Authority) => self.authority,
            Some(SourceKind::Standard) => self.standard,
            Some(SourceKind::Academic) => self.academic,
            Some(SourceKind::Audit) => self.audit,
            Some(SourceKind::Court) => self.court,
            Some(SourceKind::Law) => self.law,
            None => self.unsourced,
        }
    }
}

/// Umbenannte Kennungen, alt zu neu / renamed ids, old to new.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Redirects {
    /// Messenger / messengers
    #[serde(default)]
    pub messengers: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Kriterien / criteria
    #[serde(default)]
    pub criteria: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Einsatzfälle / use cases
    #[serde(default)]
    pub use_cases: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Prüflisten / checklists
    #[serde(default)]
    pub checklists: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Tatsachen / facts
    #[serde(default)]
    pub facts: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Ausnahmen von Prüfungen / exceptions from checks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waivers {
    /// Ausnahmen / exceptions.
    pub waivers: Vec<Waiver>,
}

/// Ein Befund, der bis zu einem Tag stehen bleiben darf / a finding that may stay until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Name der Prüfung / name of the check.
    pub lint: Spanned<String>,
    /// Datei, wie sie im Befund steht, vom Datenordner aus / file, relative to the data folder.
    pub file: Spanned<String>,
    /// Nur Befunde, die dies nennen: Tatsache, Quelle, Maßnahme / only findings that name this.
    #[serde(default)]
    pub about: Option<Spanned<String>>,
    /// Warum der Befund stehen bleiben darf / why the finding may stay.
    pub reason: String,
    /// Letzter Tag der Ausnahme / last day of the exception.
    pub until: Spanned<Date>,
}
