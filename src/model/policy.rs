//! Which messengers an organisation permits for what, and what they must reach; given by the user for one run.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Spanned;

/// Liste der zugelassenen Messenger einer Organisation / an organisation's list of permitted messengers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Name, wie er im Bericht stehen soll / name as it shall stand in the report.
    #[serde(default)]
    pub name: Option<String>,
    /// Was gilt, wo ein Einsatzfall nichts anderes sagt / what applies where a use case says nothing else.
    #[serde(default)]
    pub defaults: Defaults,
    /// Zulassungen je Einsatzfall, Kennung oder anderer Name / permissions by use case, id or alias.
    #[schemars(extend("minProperties" = 1))]
    pub permitted: IndexMap<Spanned<String>, Permission>,
}

/// Was Messenger erreichen müssen / what messengers must reach.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Urteil, das mindestens gelten muss; ohne Angabe `with_measures` / the least verdict; if not given `with_measures`.
    #[serde(default)]
    pub verdict: Option<LeastVerdict>,
    /// Unteres Ende der Spanne in Prozent, mindestens / low end of the range in percent, at least.
    #[serde(default)]
    #[schemars(range(max = 100))]
    pub minimum_low: Option<u32>,
    /// Abdeckung in Prozent, mindestens / coverage in percent, at least.
    #[serde(default)]
    #[schemars(range(max = 100))]
    pub minimum_coverage: Option<u32>,
    /// Ganze Monate seit der Prüfung jeder Tatsache, höchstens / whole months since each fact was checked, at most.
    #[serde(default)]
    #[schemars(range(max = 1200))]
    pub maximum_age: Option<u32>,
}

/// Die Zulassungen für einen Einsatzfall / the permissions for one use case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// Zugelassene Messenger / permitted messengers.
    #[schemars(length(min = 1))]
    pub messengers: Vec<Spanned<String>>,
    /// Umgesetzte Maßnahmen je Messenger. Ist einer genannt, zählen genau diese, sonst alle, die sich vertragen.
    /// / Measures taken, by messenger. For one that is named exactly these count, otherwise all compatible ones.
    #[serde(default)]
    pub measures: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Urteil, das mindestens gelten muss / the least verdict.
    #[serde(default)]
    pub verdict: Option<LeastVerdict>,
    /// Unteres Ende der Spanne in Prozent, mindestens / low end of the range in percent, at least.
    #[serde(default)]
    #[schemars(range(max = 100))]
    pub minimum_low: Option<u32>,
    /// Abdeckung in Prozent, mindestens / coverage in percent, at least.
    #[serde(default)]
    #[schemars(range(max = 100))]
    pub minimum_coverage: Option<u32>,
    /// Ganze Monate seit der Prüfung jeder Tatsache, höchstens / whole months since each fact was checked, at most.
    #[serde(default)]
    #[schemars(range(max = 1200))]
    pub maximum_age: Option<u32>,
}

/// Das schwächste Urteil, das noch genügt / the weakest verdict that is still enough.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeastVerdict {
    /// ab Werk geeignet / suitable as shipped
    Suitable,
    /// geeignet, wenn Maßnahmen umgesetzt sind / suitable once measures are taken
    #[default]
    WithMeasures,
}
