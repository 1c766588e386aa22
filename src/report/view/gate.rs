//! A policy's permissions: which pass, and why the others do not.

use serde::Serialize;

use super::common::{Head, Named, RangeView, Stamp};
use super::compare::{VerdictView, measure_name};
use crate::catalog::{Catalog, Demands, FactId, Permits, Situation};
use crate::engine::{Passage, Reason, Standing, Verdict};
use crate::model::LeastVerdict;
use crate::report::Words;

/// `gate`: every permission by use case.
#[derive(Debug, Serialize)]
pub struct GateView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// The policy's name; empty if it has none.
    pub policy: String,
    /// The organisation's name; empty if none is given.
    pub organisation: String,
    /// Whether all permissions pass.
    pub passes: bool,
    /// How many permissions there are.
    pub permissions: usize,
    /// How many of them fail.
    pub failing: usize,
    /// The use cases in the policy's order.
    pub use_cases: Vec<GateCaseView>,
}

/// The permissions of one use case.
#[derive(Debug, Serialize)]
pub struct GateCaseView {
    /// Stable id.
    pub id: String,
    /// Title.
    pub label: String,
    /// What is demanded.
    pub demands: DemandsView,
    /// The messengers in the policy's order.
    pub rows: Vec<GateRowView>,
}

/// What is demanded; a number is absent where nothing is.
#[derive(Debug, Serialize)]
pub struct DemandsView {
    /// The least verdict.
    pub verdict: Named,
    /// Low end of the range in percent.
    pub minimum_low: Option<u32>,
    /// Coverage in percent.
    pub minimum_coverage: Option<u32>,
    /// Whole months since each fact was checked.
    pub maximum_age: Option<u32>,
    /// All of it as a sentence.
    pub text: String,
}

/// One permission.
#[derive(Debug, Serialize)]
pub struct GateRowView {
    /// Stable id of the messenger.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it passes.
    pub passes: bool,
    /// A symbol that needs no colour.
    pub symbol: &'static str,
    /// The same as a word.
    pub label: String,
    /// The verdict as in `compare`, whatever measures are named.
    pub verdict: VerdictView,
    /// In which state it is judged: `shipped`, `all_measures` (assumed) or `named_measures`.
    pub basis: Named,
    /// The measures this state rests on.
    pub measures: Vec<Named>,
    /// Its range and coverage in this state.
    pub score: RangeView,
    /// The day the oldest fact that counts was checked, ISO 8601; empty if no fact is known.
    pub oldest: String,
    /// The same for people; empty if none.
    pub oldest_label: String,
    /// Whole months since then.
    pub oldest_months: Option<u32>,
    /// The state, range, coverage and oldest check as a sentence.
    pub text: String,
    /// Why it fails; empty if it passes.
    pub reasons: Vec<ReasonView>,
    /// Smallest sets of further measures with which verdict, range and coverage are as demanded.
    pub cures: Vec<Vec<Named>>,
    /// The same as a sentence; empty if there is none.
    pub remedy: String,
    /// File and line of the permission.
    pub place: String,
}

/// Why a permission fails.
#[derive(Debug, Serialize)]
pub struct ReasonView {
    /// `discontinued`, `knock_out_failed`, `knock_out_open`, `not_together`, `measure_lacks_need`, `low`, `coverage`,
    /// `age`.
    pub id: &'static str,
    /// The reason as a sentence.
    pub text: String,
    /// The criteria in question.
    pub criteria: Vec<Named>,
    /// The facts in question.
    pub facts: Vec<Named>,
    /// The number that was found: percent or months.
    pub found: Option<u64>,
    /// The number that is demanded.
    pub demanded: Option<u64>,
    /// The day the facts were checked, ISO 8601; empty for other reasons.
    pub checked: String,
}

/// Arranges the permissions.
pub fn view(
    catalog: &Catalog,
    words: &Words<'_>,
    stamp: Stamp,
    situation: &Situation,
    policy: &Permits,
    passages: &[Passage<'_>],
) -> GateView {
    let failing = passages.iter().filter(|passage| !passage.passes()).count();
    let drawer = Drawer { catalog, words: *words, stamp };
    GateView {
        head: Head::new("messwerk.gate/1", catalog, words, stamp),
        policy: policy.name.clone().unwrap_or_default(),
        organisation: situation.name.clone().unwrap_or_default(),
        passes: failing == 0,
        permissions: passages.len(),
        failing,
        use_cases: passages
            .chunk_by(|one, other| one.permit.setting == other.permit.setting)
            .filter_map(|passages| drawer.use_case(passages))
            .collect(),
    }
}

struct Drawer<'a> {
    catalog: &'a Catalog,
    words: Words<'a>,
    stamp: Stamp,
}

impl Drawer<'_> {
    fn use_case(&self, passages: &[Passage<'_>]) -> Option<GateCaseView> {
        let permit = passages.first()?.permit;
        let setting = &self.catalog.settings[permit.setting];
        Some(GateCaseView {
            id: setting.id.clone(),
            label: self.words.text(&setting.use_case.title).to_owned(),
            demands: self.demands(permit.demands),
            rows: passages.iter().map(|passage| self.row(passage)).collect(),
        })
    }

    fn demands(&self, demands: Demands) -> DemandsView {
        let words = self.words;
        let verdict = Named::of(&words, "verdict", least(demands.verdict));
        let mut parts = vec![words.fill("gate.demand-verdict", &[("verdict", &verdict.label)])];
        let percent = |key, least: u32| words.fill(key, &[("least", &least.to_string())]);
        parts.extend(demands.low.map(|least| percent("gate.demand-low", least)));
        parts.extend(demands.coverage.map(|least| percent("gate.demand-coverage", least)));
        parts.extend(demands.age.map(|most| words.fill("gate.demand-age", &[("age", &self.months(most))])));
        DemandsView {
            text: words.fill("gate.demands", &[("list", &parts.join("; "))]),
            verdict,
            minimum_low: demands.low,
            minimum_coverage: demands.coverage,
            maximum_age: demands.age,
        }
    }

    fn row(&self, passage: &Passage<'_>) -> GateRowView {
        let profile = &self.catalog.profiles[passage.permit.profile];
        let passes = passage.passes();
        let score = RangeView::new(&passage.judged().score);
        let verdict = VerdictView::new(&self.words, passage.assessment.verdict);
        let source = self.catalog.sources.get(passage.permit.source);
        let steps = |steps: &[usize]| -> Vec<Named> { steps.iter().map(|step| self.measure(passage, *step)).collect() };
        let (basis, taken) = match (&passage.standing, &passage.permit.measures) {
            (Standing::Shipped, _) => ("shipped", Vec::new()),
            (Standing::All, _) => ("all_measures", steps(&passage.assessment.taken)),
            (Standing::Named(_), measures) => ("named_measures", steps(measures.as_deref().unwrap_or_default())),
        };
        let basis = Named { id: basis.to_owned(), label: self.basis(basis, &taken) };
        GateRowView {
            id: profile.id.clone(),
            name: profile.name.get(self.words.lang).to_owned(),
            passes,
            symbol: if passes { "✔" } else { "✘" },
            label: self.words.get(if passes { "gate.passes" } else { "gate.fails" }).to_owned(),
            text: self.standing(passage, &verdict, &score),
            verdict,
            basis,
            measures: taken,
            score,
            oldest: passage.oldest.map(|day| day.to_string()).unwrap_or_default(),
            oldest_label: passage.oldest.map(|day| self.words.date(day)).unwrap_or_default(),
            oldest_months: passage.oldest.map(|day| day.months_until(self.stamp.today)),
            reasons: passage.reasons.iter().map(|reason| self.reason(passage, reason)).collect(),
            cures: passage.cures.iter().map(|set| steps(set)).collect(),
            remedy: self.remedy(passage),
            place: format!("{}:{}", source.path, source.position(passage.permit.span.start).line),
        }
    }

    fn basis(&self, basis: &str, measures: &[Named]) -> String {
        let list = joined(measures);
        match basis {
            // A messenger may have no measures at all.
            "all_measures" if !measures.is_empty() => self.words.fill("gate.basis-all", &[("list", &list)]),
            "named_measures" if !measures.is_empty() => self.words.fill("gate.basis-named", &[("list", &list)]),
            _ => self.words.get("gate.basis-shipped").to_owned(),
        }
    }

    fn standing(&self, passage: &Passage<'_>, verdict: &VerdictView, score: &RangeView) -> String {
        let coverage = score.coverage.map_or_else(|| "–".to_owned(), |coverage| coverage.to_string());
        let oldest = passage.oldest.map_or_else(|| "–".to_owned(), |day| self.words.date(day));
        self.words.fill(
            "gate.standing",
            &[("verdict", &verdict.label), ("range", &score.label), ("coverage", &coverage), ("oldest", &oldest)],
        )
    }

    /// `1 Monat`, `24 Monate`.
    fn months(&self, count: u32) -> String {
        let key = if count == 1 { "gate.month" } else { "gate.months" };
        self.words.fill(key, &[("count", &count.to_string())])
    }

    fn measure(&self, passage: &Passage<'_>, step: usize) -> Named {
        measure_name(self.catalog, &self.words, passage.permit.profile, step)
    }

    fn criterion(&self, rule: usize) -> Named {
        let rule = &self.catalog.rules[rule];
        Named { id: rule.id.clone(), label: self.words.text(&rule.criterion.title).to_owned() }
    }

    fn facts(&self, facts: &[FactId]) -> Vec<Named> {
        let name = |fact: &FactId| {
            let definition = self.catalog.facts.get(*fact);
            Named { id: definition.key.value.clone(), label: self.words.text(&definition.def.label).to_owned() }
        };
        facts.iter().map(name).collect()
    }

    fn reason(&self, passage: &Passage<'_>, reason: &Reason) -> ReasonView {
        let words = self.words;
        let criteria = |rules: &[usize]| -> Vec<Named> { rules.iter().map(|rule| self.criterion(*rule)).collect() };
        let mut view = ReasonView {
            id: id(reason),
            text: String::new(),
            criteria: Vec::new(),
            facts: Vec::new(),
            found: None,
            demanded: None,
            checked: String::new(),
        };
        match reason {
            Reason::Discontinued => words.get("gate.discontinued").clone_into(&mut view.text),
            Reason::Failed(rules) => {
                view.criteria = criteria(rules);
                view.text = words.fill(failed_key(passage), &[("list", &joined(&view.criteria))]);
            }
            Reason::Open(rule, facts) => {
                (view.criteria, view.facts) = (criteria(&[*rule]), self.facts(facts));
                let (criterion, facts) = (joined(&view.criteria), joined(&view.facts));
                view.text = words.fill("gate.open", &[("criterion", &criterion), ("facts", &facts)]);
            }
            Reason::Together(rules) => {
                view.criteria = criteria(rules);
                view.text = words.fill("gate.together", &[("list", &joined(&view.criteria))]);
            }
            Reason::Lacks(step, needs) => {
                view.facts = self.facts(needs);
                let measure = self.measure(passage, *step).label;
                view.text = words.fill("gate.lacks", &[("measure", &measure), ("needs", &joined(&view.facts))]);
            }
            Reason::Low(found, least) => {
                (view.found, view.demanded) = (*found, Some(u64::from(*least)));
                view.text = self.short("gate.low", *found, *least);
            }
            Reason::Coverage(found, least) => {
                (view.found, view.demanded) = (*found, Some(u64::from(*least)));
                view.text = self.short("gate.coverage", *found, *least);
            }
            Reason::Old(old) => {
                view.facts = self.facts(&old.facts);
                (view.found, view.demanded) = (Some(u64::from(old.months)), Some(u64::from(old.months - old.over)));
                view.checked = old.checked.to_string();
                view.text = self.age(old, &view.facts);
            }
        }
        view
    }

    fn short(&self, key: &str, found: Option<u64>, least: u32) -> String {
        let found = found.map_or_else(|| "–".to_owned(), |found| found.to_string());
        self.words.fill(key, &[("found", &found), ("least", &least.to_string())])
    }

    fn age(&self, old: &crate::engine::Old, facts: &[Named]) -> String {
        let words = self.words;
        let facts = if old.all { words.get("gate.all-facts").to_owned() } else { joined(facts) };
        let (date, age, over) = (words.date(old.checked), self.months(old.months), self.months(old.over));
        words.fill("gate.age", &[("date", &date), ("age", &age), ("over", &over), ("facts", &facts)])
    }

    fn remedy(&self, passage: &Passage<'_>) -> String {
        let beyond = passage.permit.demands.verdict == LeastVerdict::Suitable
            && passage.assessment.verdict == Verdict::WithMeasures;
        let (key, sets) =
            if beyond { ("gate.cure-not-enough", &passage.assessment.cures) } else { ("gate.cure", &passage.cures) };
        let named = |set: &Vec<usize>| {
            let names: Vec<String> = set
                .iter()
                .map(|step| self.measure(passage, *step))
                .map(|measure| format!("{} ({})", measure.label, measure.id))
                .collect();
            self.words.list(&names)
        };
        let sets: Vec<String> = sets.iter().map(named).collect();
        if sets.is_empty() {
            return String::new();
        }
        self.words.fill(key, &[("sets", &sets.join(self.words.get("word.or-else")))])
    }
}

fn least(verdict: LeastVerdict) -> &'static str {
    match verdict {
        LeastVerdict::Suitable => "suitable",
        LeastVerdict::WithMeasures => "with_measures",
    }
}

fn id(reason: &Reason) -> &'static str {
    match reason {
        Reason::Discontinued => "discontinued",
        Reason::Failed(_) => "knock_out_failed",
        Reason::Open(..) => "knock_out_open",
        Reason::Together(_) => "not_together",
        Reason::Lacks(..) => "measure_lacks_need",
        Reason::Low(..) => "low",
        Reason::Coverage(..) => "coverage",
        Reason::Old(_) => "age",
    }
}

/// In which state knock-outs fail.
fn failed_key(passage: &Passage<'_>) -> &'static str {
    let named = passage.permit.measures.as_ref().is_some_and(|measures| !measures.is_empty());
    match passage.permit.demands.verdict {
        LeastVerdict::Suitable => "gate.failed-shipped",
        LeastVerdict::WithMeasures if named => "gate.failed-named",
        LeastVerdict::WithMeasures if passage.permit.measures.is_some() => "gate.failed-none-taken",
        LeastVerdict::WithMeasures => "gate.failed",
    }
}

fn joined(names: &[Named]) -> String {
    names.iter().map(|name| name.label.as_str()).collect::<Vec<_>>().join("; ")
}
