//! The page of a check on the data: what it finds, why that matters, and two examples that run as tests.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Spanned, Text};

/// Erklärung einer Prüfung / the page of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LintPage {
    /// Wie schwer ein Befund wiegt / how much a finding matters.
    pub level: LintLevel,
    /// Ein Satz: was gefunden wird / one sentence: what is found.
    pub summary: Text,
    /// Warum es zählt und was zu tun ist / why it matters and what to do.
    pub explanation: Text,
    /// Tag, an dem die Beispiele geprüft werden / day on which the examples are checked.
    #[serde(default)]
    pub today: Option<Spanned<Date>>,
    /// Dateien mit dem Fehler, je Pfad; leer, wo Text ihn nicht zeigen kann / files with the mistake, by path.
    #[serde(default)]
    pub faulty: IndexMap<Spanned<String>, String>,
    /// Dieselben Dateien ohne den Fehler / the same files without it.
    #[serde(default)]
    pub clean: IndexMap<Spanned<String>, String>,
}

/// Wie schwer ein Befund wiegt / how much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LintLevel {
    /// Die Daten sind so nicht zu gebrauchen / the data cannot be used as they are
    Error,
    /// Die Daten sind zu gebrauchen, aber etwas gehört berichtigt / usable, but something should be put right
    Warning,
    /// Gut zu wissen / good to know
    Note,
}
