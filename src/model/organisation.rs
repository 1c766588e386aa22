//! What one organisation has in place and how it weighs things; given by the user for one run.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Goal, Spanned, Value};

/// Angaben einer Organisation / an organisation's own statements.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Name, wie er im Bericht stehen soll / name as it shall stand in the report.
    #[serde(default)]
    pub name: Option<String>,
    /// Was vorhanden ist: org.*-Schlüssel mit yes oder no / what is in place: org.* keys with yes or no.
    #[serde(default)]
    pub has: BTreeMap<Spanned<String>, Spanned<Value>>,
    /// Eigene Gewichtung der Ziele, 1 bis 3 / own emphasis of the goals, 1 to 3.
    #[serde(default)]
    pub emphasis: BTreeMap<Spanned<Goal>, Spanned<u32>>,
    /// Eigene Gewichte einzelner Kriterien, 0 bis 5 / own weights of single criteria, 0 to 5.
    #[serde(default)]
    pub weights: BTreeMap<Spanned<String>, Spanned<u32>>,
}
