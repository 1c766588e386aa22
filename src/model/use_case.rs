//! A use case: a setting, what matters in it, and what rules a service out.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Goal, Law, SourceRef, Spanned, Text, Value};

/// Ein Einsatzfall; der Dateiname ist die Kennung / a use case; the file's name is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseCase {
    /// Titel / title.
    pub title: Text,
    /// Wer kommuniziert mit wem, wozu / who communicates with whom, to what end.
    pub summary: Text,
    /// Andere Namen, unter denen man ihn sucht / other names people look for.
    #[serde(default)]
    pub aliases: Vec<Spanned<String>>,
    /// Die Umstände: jeder setting.*-Schlüssel / the circumstances: every setting.* key.
    pub setting: IndexMap<Spanned<String>, Spanned<Value>>,
    /// Rechtsgrundlagen / legal basis.
    pub legal_basis: Vec<LegalBasis>,
    /// Was eine Einwilligung hier kann und nicht kann / what consent can and cannot do here.
    pub consent: Text,
    /// Gewichtung je Gewährleistungsziel, 1 bis 3 / emphasis per protection goal, 1 to 3.
    pub emphasis: BTreeMap<Spanned<Goal>, Spanned<u32>>,
    /// Abweichende Gewichte einzelner Kriterien, 0 bis 5 / other weights of single criteria, 0 to 5.
    #[serde(default)]
    pub weights: BTreeMap<Spanned<String>, Spanned<u32>>,
    /// Ausschlusskriterien / knock-outs.
    pub knock_outs: Vec<KnockOut>,
    /// Prüflisten, die hier gelten / checklists that apply here.
    #[serde(default)]
    pub checklists: Vec<Spanned<String>>,
    /// Organisatorische Pflichten / organisational duties.
    #[serde(default)]
    pub duties: Vec<Duty>,
    /// Quellen / sources.
    #[serde(default)]
    pub sources: BTreeMap<Spanned<String>, SourceRef>,
}

/// Eine Rechtsgrundlage mit Erläuterung / a legal basis with a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Fundstelle / citation.
    pub law: Spanned<Law>,
    /// Erläuterung / remark.
    pub note: Text,
}

/// Ein Ausschlusskriterium / a knock-out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnockOut {
    /// Kriterium / criterion.
    pub criterion: Spanned<String>,
    /// Was mindestens erreicht sein muss / what must be reached at least.
    pub requires: Required,
    /// Wer es fordert / who demands it.
    pub demanded_by: DemandedBy,
    /// Warum es einen Dienst hier ausschließt / why it rules a service out here.
    pub reason: Text,
    /// Wo es nicht gilt, wer es anders sieht / where it does not hold, who sees it differently.
    pub limits: Text,
}

/// Was ein Ausschlusskriterium verlangt / what a knock-out requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// erfüllt / met
    Met,
    /// mindestens teilweise / at least partly
    Partly,
}

/// Wer etwas fordert / who demands something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DemandedBy {
    /// Anforderungen aus Prüflisten, PRÜFLISTE/ANFORDERUNG / requirements of checklists.
    #[serde(default)]
    pub requirements: Vec<Spanned<String>>,
    /// Gesetze / laws.
    #[serde(default)]
    pub laws: Vec<Spanned<Law>>,
}

/// Eine organisatorische Pflicht / an organisational duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Die org.*-Tatsache, die sie erfüllt / the org.* fact that fulfils it.
    pub org: Spanned<String>,
    /// Was zu tun ist / what is to be done.
    pub text: Text,
    /// Fundstellen / citations.
    #[serde(default)]
    pub law: Vec<Spanned<Law>>,
}
