//! A messenger's profile, or an edition of one.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Name, Spanned, Text, Value};

/// Profil eines Messengers; der Dateiname ist die Kennung / a messenger's profile; the file's name is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Messenger {
    /// Name, wie ihn der Anbieter schreibt / name as the provider writes it.
    pub name: Name,
    /// Kennung des Messengers, dessen Tatsachen diese Ausgabe erbt / the messenger whose facts this edition inherits.
    #[serde(default)]
    pub edition_of: Option<Spanned<String>>,
    /// Was es ist, wer es betreibt, für wen / what it is, who operates it, for whom.
    pub summary: Text,
    /// Schlagwörter zum Auswählen / tags to choose by.
    #[serde(default)]
    pub tags: Vec<Spanned<String>>,
    /// Internetadresse / web address.
    #[serde(default)]
    pub website: Option<Spanned<String>>,
    /// Tag, an dem die Tatsachen geprüft wurden / day the facts were checked.
    pub checked: Spanned<Date>,
    /// Tag der Einstellung des Dienstes / day the service ended.
    #[serde(default)]
    pub ended: Option<Spanned<Date>>,
    /// Nachfolger eines eingestellten Dienstes / successor of an ended service.
    #[serde(default)]
    pub successor: Option<Spanned<String>>,
    /// Quellen / sources.
    #[serde(default)]
    pub sources: BTreeMap<Spanned<String>, SourceRef>,
    /// Tatsachen nach dem Vokabular / facts by the vocabulary.
    #[serde(default)]
    pub facts: BTreeMap<Spanned<String>, Fact>,
    /// Maßnahmen, die Tatsachen ändern / measures that change facts.
    #[serde(default)]
    pub measures: BTreeMap<Spanned<String>, Measure>,
    /// Geerbte Maßnahmen, die es hier nicht gibt / inherited measures that do not exist here.
    #[serde(default)]
    pub drops: Vec<Spanned<String>>,
    /// Datierte Ereignisse / dated events.
    #[serde(default)]
    pub history: Vec<Event>,
}

/// Eine Quelle / a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRef {
    /// Titel / title.
    pub title: String,
    /// Herausgeber / publisher.
    pub publisher: String,
    /// Adresse / address.
    pub url: Spanned<String>,
    /// Art der Quelle / kind of source.
    pub kind: SourceKind,
    /// Veröffentlicht, wenn bekannt / published, if known.
    #[serde(default)]
    pub published: Option<Spanned<Date>>,
    /// Zuletzt gesehen / last seen.
    pub seen: Spanned<Date>,
    /// Adresse der Kopie, in der sie gelesen wurde / address of the copy it was read in.
    #[serde(default)]
    pub via: Option<Spanned<String>>,
    /// Bemerkung / remark.
    #[serde(default)]
    pub note: Option<Text>,
}

/// Art einer Quelle / kind of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// Angabe des Anbieters / the provider's own statement
    Vendor,
    /// Datenschutzerklärung, Bedingungen, Vertrag des Anbieters / the provider's privacy policy, terms, contract
    Policy,
    /// Presse / press
    Press,
    /// Quelltext / source code
    Code,
    /// Behörde / authority
    Authority,
    /// Standard
    Standard,
    /// Wissenschaft / academic work
    Academic,
    /// Prüfbericht / audit report
    Audit,
    /// Gericht / court
    Court,
    /// Gesetz / law
    Law,
}

impl SourceKind {
    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Policy => "policy",
            Self::Press => "press",
            Self::Code => "code",
            Self::Authority => "authority",
            Self::Standard => "standard",
            Self::Academic => "academic",
            Self::Audit => "audit",
            Self::Court => "court",
            Self::Law => "law",
        }
    }

    /// Whether the provider speaks about itself. A policy or contract binds it, but nobody else has looked.
    pub fn by_provider(self) -> bool {
        matches!(self, Self::Vendor | Self::Policy)
    }
}

/// Eine Tatsache: Wert, Quelle, Sicherheit / a fact: value, source, confidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Wert nach dem Vokabular, oder `unknown`, `disputed`, `not_applicable` / value by the vocabulary.
    pub value: Spanned<Value>,
    /// Mögliche Werte, wenn die Quellen sich widersprechen / possible values where sources disagree.
    #[serde(default)]
    pub candidates: Vec<Spanned<Value>>,
    /// Kennungen der Quellen, die wichtigste zuerst / ids of the sources, the most important first.
    #[serde(default)]
    pub sources: Vec<Spanned<String>>,
    /// Wörtliches Zitat aus der ersten Quelle, höchstens 15 Wörter / quotation, at most 15 words.
    #[serde(default)]
    pub quote: Option<Spanned<String>>,
    /// Wie sicher wir sind / how sure we are.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Worauf der Wert ohne Quelle beruht / what the value rests on without a source.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// Geprüft am, wenn anders als das Profil / checked on, if other than the profile.
    #[serde(default)]
    pub checked: Option<Spanned<Date>>,
    /// Was genau so ist / what exactly is so.
    #[serde(default)]
    pub note: Option<Text>,
}

/// Wie sicher eine Tatsache ist / how sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// gering / low
    Low,
    /// mittel / medium
    Medium,
    /// hoch / high
    High,
}

impl Confidence {
    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Worauf ein Wert ohne Quelle beruht / what a value without a source rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// allgemein bekannt, ungeprüft / general knowledge, unverified
    GeneralKnowledge,
    /// geschlossen aus anderem / inferred
    Inference,
}

impl Basis {
    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::GeneralKnowledge => "general_knowledge",
            Self::Inference => "inference",
        }
    }
}

/// Eine Maßnahme der Organisation, die Tatsachen ändert / a measure of the organisation that changes facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Kurz / short.
    pub title: Text,
    /// Was genau einzustellen ist / what exactly to configure.
    pub how: Text,
    /// Aufwand / effort.
    pub effort: Effort,
    /// Tatsachen, die danach gelten / facts that hold afterwards.
    pub sets: BTreeMap<Spanned<String>, Spanned<Value>>,
    /// Nebenwirkungen / side effects.
    #[serde(default)]
    pub side_effects: Option<Text>,
    /// Was die Organisation dafür haben muss (org.*) / what the organisation must have in place.
    #[serde(default)]
    pub needs: Vec<Spanned<String>>,
    /// Maßnahmen, mit denen sie sich nicht verträgt / measures it cannot be combined with.
    #[serde(default)]
    pub excludes: Vec<Spanned<String>>,
    /// Quellen / sources.
    #[serde(default)]
    pub sources: Vec<Spanned<String>>,
    /// Worauf sie ohne Quelle beruht / what it rests on without a source.
    #[serde(default)]
    pub basis: Option<Basis>,
}

/// Aufwand / effort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// gering / low
    Low,
    /// mittel / medium
    Medium,
    /// hoch / high
    High,
}

impl Effort {
    /// The word used in the data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Ein datiertes Ereignis / a dated event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Wann / when.
    pub date: Spanned<Date>,
    /// Was / what.
    pub event: Text,
    /// Quellen / sources.
    #[serde(default)]
    pub sources: Vec<Spanned<String>>,
}
