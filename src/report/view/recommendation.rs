//! The recommendation a data protection officer files.

use std::collections::BTreeMap;

use serde::Serialize;

use super::checklists::{ChecklistView, checklist};
use super::common::{FactView, Head, Named, SourceView, Stamp};
use super::compare::{Detail, MatrixView, RowView, goals, row};
use super::explain::{FindingView, finding};
use super::facts::{TermView, glossary};
use super::measures::{MeasureView, views as measures};
use super::positions::{PositionView, Wanted, views as positions};
use crate::catalog::{Catalog, FactId, State};
use crate::engine::{Assessment, KnockOutState, Plan, Verdict};
use crate::model::OutcomeName;
use crate::report::Words;

/// `report`: one use case, one or more messengers.
#[derive(Debug, Serialize)]
pub struct RecommendationView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// The organisation's name; empty if not given.
    pub organisation: String,
    /// The use case.
    pub use_case: UseCaseView,
    /// The protection goals.
    pub goals: Vec<super::compare::GoalView>,
    /// The messengers in question.
    pub messengers: Vec<MessengerView>,
    /// The best alternatives in this use case, the messengers in question included.
    pub comparison: MatrixView,
    /// How many messengers were compared.
    pub compared: usize,
    /// What the organisation must do whichever messenger it takes.
    pub duties: Vec<DutyView>,
    /// Sources by number.
    pub sources: Vec<SourceView>,
    /// The terms that occur.
    pub glossary: Vec<TermView>,
}

/// The setting of the report.
#[derive(Debug, Serialize)]
pub struct UseCaseView {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who communicates with whom, to what end.
    pub summary: String,
    /// Circumstances: label and value.
    pub setting: Vec<(String, String)>,
    /// Legal basis: citation and remark.
    pub legal_basis: Vec<(String, String)>,
    /// What consent can and cannot do.
    pub consent: String,
}

/// One messenger in the report.
#[derive(Debug, Serialize)]
pub struct MessengerView {
    /// Verdict and scores.
    #[serde(flatten)]
    pub row: RowView,
    /// What it is.
    pub about: String,
    /// The verdict as a sentence.
    pub sentence: String,
    /// Knock-outs.
    pub knock_outs: Vec<KnockOutView>,
    /// What speaks for it: weighty criteria that are met, heaviest first.
    pub strong: Vec<Named>,
    /// What is left even with measures: criteria not met, heaviest first.
    pub left: Vec<FindingView>,
    /// All criteria by area.
    pub areas: Vec<AreaView>,
    /// What is unknown and how much hangs on it, most first.
    pub unknown: Vec<UnknownView>,
    /// Facts that a knock-out rests on and that only the provider states or that are not well founded.
    pub thin: Vec<FactView>,
    /// Measures.
    pub measures: Vec<MeasureView>,
    /// Checklists that apply.
    pub checklists: Vec<ChecklistView>,
    /// Positions that speak against it.
    pub against: Vec<PositionView>,
    /// Positions that permit it, with or without conditions.
    pub permitting: Vec<PositionView>,
}

/// An area of criteria.
#[derive(Debug, Serialize)]
pub struct AreaView {
    /// Heading.
    pub label: String,
    /// Criteria.
    pub findings: Vec<FindingView>,
}

/// A knock-out of the use case and how it stands.
#[derive(Debug, Serialize)]
pub struct KnockOutView {
    /// Criterion.
    pub criterion: Named,
    /// `passed`, `open` or `failed` as shipped.
    pub shipped: Named,
    /// The same at best.
    pub reachable: Named,
    /// Why it rules a service out.
    pub reason: String,
    /// Where it does not hold.
    pub limits: String,
    /// Who demands it.
    pub demanded_by: Vec<String>,
}

/// Something unknown.
#[derive(Debug, Serialize)]
pub struct UnknownView {
    /// The fact.
    pub fact: FactView,
    /// Why it matters.
    pub why: String,
    /// Criteria that rest on it.
    pub criteria: Vec<String>,
    /// Whom to ask.
    pub ask: String,
    /// Whether a knock-out rests on it.
    pub decisive: bool,
}

/// A duty of the organisation.
#[derive(Debug, Serialize)]
pub struct DutyView {
    /// What is to be done.
    pub text: String,
    /// Citations.
    pub law: Vec<String>,
    /// `yes`, `no` or `unknown`: what the organisation stated.
    pub state: Named,
}

/// How many alternatives are shown beside the messengers in question.
const ALTERNATIVES: usize = 6;
/// How many strong points are named.
const STRONG: usize = 8;

/// Arranges the report. `ranked` are all messengers in rank order, `asked` the indices of those in question.
pub fn view(
    words: &Words<'_>,
    stamp: Stamp,
    plan: &Plan<'_>,
    ranked: &[Assessment],
    asked: &[usize],
    jurisdiction: Option<&str>,
) -> RecommendationView {
    let catalog = plan.catalog;
    let place = |profile: usize| ranked.iter().position(|assessment| assessment.profile == profile);
    let messengers = asked.iter().filter_map(|profile| {
        let at = place(*profile)?;
        Some(messenger(words, plan, at + 1, &ranked[at], jurisdiction))
    });
    let messengers: Vec<MessengerView> = messengers.collect();
    let mut view = RecommendationView {
        head: Head::new("messwerk.report/1", catalog, words, stamp),
        organisation: plan.situation.name.clone().unwrap_or_default(),
        use_case: use_case(words, plan),
        goals: goals(words),
        sources: cited(&messengers),
        messengers,
        comparison: comparison(words, plan, ranked, asked),
        compared: ranked.len(),
        duties: duties(words, plan),
        glossary: Vec::new(),
    };
    view.glossary = occurring(glossary(catalog, words), &view);
    view
}

fn use_case(words: &Words<'_>, plan: &Plan<'_>) -> UseCaseView {
    let (catalog, setting) = (plan.catalog, plan.setting);
    let circumstances = setting.states.iter().filter_map(|(id, state)| match state {
        State::Known(value) => {
            let label = words.text(&catalog.facts.get(*id).def.label).to_owned();
            Some((label, words.concrete(catalog, *id, *value)))
        }
        _ => None,
    });
    let use_case = &setting.use_case;
    let basis = use_case.legal_basis.iter();
    UseCaseView {
        id: setting.id.clone(),
        title: words.text(&use_case.title).to_owned(),
        summary: words.text(&use_case.summary).to_owned(),
        setting: circumstances.collect(),
        legal_basis: basis.map(|basis| (words.law(&basis.law), words.text(&basis.note).to_owned())).collect(),
        consent: words.text(&use_case.consent).to_owned(),
    }
}

fn comparison(words: &Words<'_>, plan: &Plan<'_>, ranked: &[Assessment], asked: &[usize]) -> MatrixView {
    let mut matrix = super::compare::matrix(words, plan, ranked, Detail::Reasons);
    let wanted: Vec<&str> = asked.iter().map(|at| plan.catalog.profiles[*at].id.as_str()).collect();
    let mut others = 0;
    matrix.rows.retain(|row| {
        let own = wanted.contains(&row.id.as_str());
        let good = matches!(row.verdict.id, "suitable" | "with_measures");
        others += usize::from(!own && good);
        own || good && others <= ALTERNATIVES
    });
    matrix
}

fn messenger(
    words: &Words<'_>,
    plan: &Plan<'_>,
    rank: usize,
    assessment: &Assessment,
    jurisdiction: Option<&str>,
) -> MessengerView {
    let catalog = plan.catalog;
    let profile = &catalog.profiles[assessment.profile];
    let row = row(words, plan, rank, assessment);
    let ids = lineage(catalog, assessment.profile);
    let wanted = Wanted { messengers: &ids, use_case: Some(&plan.setting.id), jurisdiction, ..Wanted::default() };
    let (against, permitting) =
        positions(catalog, words, &wanted).into_iter().partition(|position| position.stance.id == "against");
    MessengerView {
        about: words.text(&profile.messenger.summary).to_owned(),
        sentence: sentence(words, &row, assessment.verdict),
        knock_outs: knock_outs(words, plan, assessment),
        strong: strong(words, plan, assessment),
        left: left(words, plan, assessment),
        areas: areas(words, plan, assessment),
        unknown: unknown(words, plan, assessment),
        thin: thin(words, plan, assessment),
        measures: measures(catalog, words, assessment.profile, &assessment.cures, &assessment.taken),
        checklists: plan
            .setting
            .use_case
            .checklists
            .iter()
            .filter_map(|id| Some(checklist(words, plan, assessment, catalog.checklist(id)?)))
            .collect(),
        against,
        permitting,
        row,
    }
}

/// A messenger's id and those of what it is an edition of.
pub fn lineage(catalog: &Catalog, profile: usize) -> Vec<&str> {
    let mut ids = vec![catalog.profiles[profile].id.as_str()];
    let mut at = profile;
    while let Some(parent) = catalog.profiles[at].parent {
        ids.push(&catalog.profiles[parent].id);
        at = parent;
    }
    ids
}

fn sentence(words: &Words<'_>, row: &RowView, verdict: Verdict) -> String {
    let titles = |names: &[Named]| {
        let quoted: Vec<String> =
            names.iter().map(|name| words.fill("word.quoted", &[("text", &name.label)])).collect();
        words.list(&quoted)
    };
    let cures: Vec<String> = row.cures.iter().map(|set| titles(set)).collect();
    let key = match verdict {
        Verdict::Suitable => "sentence.suitable",
        Verdict::WithMeasures => "sentence.with-measures",
        Verdict::Undecided => "sentence.undecided",
        Verdict::Unsuitable => "sentence.unsuitable",
        Verdict::Discontinued => "sentence.discontinued",
    };
    let gaps = [
        ("name", row.name.as_str()),
        ("cures", &cures.join(words.get("word.or-else"))),
        ("failed", &titles(&row.failed)),
        ("open", &titles(&row.open)),
    ];
    words.fill(key, &gaps)
}

fn knock_outs(words: &Words<'_>, plan: &Plan<'_>, assessment: &Assessment) -> Vec<KnockOutView> {
    let catalog = plan.catalog;
    let state = |state: KnockOutState| {
        let id = match state {
            KnockOutState::Passed => "passed",
            KnockOutState::Open => "open",
            KnockOutState::Failed => "failed",
        };
        Named::of(words, "knock-out-state", id)
    };
    let mut views = Vec::new();
    for finding in &assessment.knock_outs {
        let knock_out = &plan.setting.use_case.knock_outs[finding.index];
        let rule = &catalog.rules[finding.rule];
        let requirements = knock_out.demanded_by.requirements.iter().filter_map(|name| {
            let (checklist, requirement) = catalog.requirement(name)?;
            Some(format!("{} ({})", words.text(&checklist.value.authority), requirement.id))
        });
        let laws = knock_out.demanded_by.laws.iter().map(|law| words.law(law));
        views.push(KnockOutView {
            criterion: Named { id: rule.id.clone(), label: words.text(&rule.criterion.title).to_owned() },
            shipped: state(finding.shipped),
            reachable: state(finding.reachable),
            reason: words.text(&knock_out.reason).to_owned(),
            limits: words.text(&knock_out.limits).to_owned(),
            demanded_by: requirements.chain(laws).collect(),
        });
    }
    views
}

/// The criteria that count here, heaviest first, as indices among the rules.
fn by_weight(plan: &Plan<'_>) -> Vec<usize> {
    let mut rules: Vec<usize> = (0..plan.weights.len()).filter(|at| plan.weights[*at].total() > 0).collect();
    rules.sort_by_key(|at| (std::cmp::Reverse(plan.weights[*at].total()), *at));
    rules
}

fn strong(words: &Words<'_>, plan: &Plan<'_>, assessment: &Assessment) -> Vec<Named> {
    let met = |at: &usize| assessment.shipped.decisions[*at].outcomes.decided() == Some(OutcomeName::Met);
    let name = |at: usize| Named {
        id: plan.catalog.rules[at].id.clone(),
        label: words.text(&plan.catalog.rules[at].criterion.title).to_owned(),
    };
    by_weight(plan).into_iter().filter(met).take(STRONG).map(name).collect()
}

fn left(words: &Words<'_>, plan: &Plan<'_>, assessment: &Assessment) -> Vec<FindingView> {
    let failed = |at: &usize| assessment.hardened.decisions[*at].outcomes.decided() == Some(OutcomeName::NotMet);
    by_weight(plan).into_iter().filter(failed).map(|at| finding(words, plan, assessment, at)).collect()
}

fn areas(words: &Words<'_>, plan: &Plan<'_>, assessment: &Assessment) -> Vec<AreaView> {
    let catalog = plan.catalog;
    let mut areas: Vec<(&str, AreaView)> = Vec::new();
    for (at, rule) in catalog.rules.iter().enumerate() {
        if plan.weights[at].total() == 0 {
            continue;
        }
        let finding = finding(words, plan, assessment, at);
        match areas.last_mut().filter(|(area, _)| *area == rule.area) {
            Some((_, area)) => area.findings.push(finding),
            None => {
                let label = finding.area.label.clone();
                let findings = vec![finding];
                areas.push((&rule.area, AreaView { label, findings }));
            }
        }
    }
    areas.into_iter().map(|(_, area)| area).collect()
}

fn unknown(words: &Words<'_>, plan: &Plan<'_>, assessment: &Assessment) -> Vec<UnknownView> {
    let catalog = plan.catalog;
    let states = &assessment.hardened.states;
    let decisive = assessment.all_open(catalog);
    let mut open: BTreeMap<FactId, (u32, Vec<String>)> = BTreeMap::new();
    for (at, rule) in catalog.rules.iter().enumerate() {
        let weight = plan.weights[at].total();
        if weight == 0 {
            continue;
        }
        for fact in crate::engine::open_facts(&rule.table, states) {
            let entry = open.entry(fact).or_default();
            entry.0 += weight;
            entry.1.push(words.text(&rule.criterion.title).to_owned());
        }
    }
    let mut sorted: Vec<_> = open.into_iter().collect();
    sorted.sort_by_key(|(fact, (weight, _))| (std::cmp::Reverse(*weight), *fact));
    let view = |(id, (_, criteria)): (FactId, (u32, Vec<String>))| {
        let fact = FactView::new(catalog, words, assessment.profile, id);
        let ask = match (fact.key.starts_with("org."), fact.state) {
            (true, _) => "ask.organisation",
            (_, "disputed") => "ask.disputed",
            _ => "ask.provider",
        };
        UnknownView {
            why: words.text(&catalog.facts.get(id).def.why).to_owned(),
            ask: words.get(ask).to_owned(),
            decisive: decisive.contains(&id),
            fact,
            criteria,
        }
    };
    sorted.into_iter().map(view).collect()
}

/// The facts that knock-outs read and whose footing is thin.
fn thin(words: &Words<'_>, plan: &Plan<'_>, assessment: &Assessment) -> Vec<FactView> {
    let catalog = plan.catalog;
    let mut facts: Vec<FactId> =
        assessment.knock_outs.iter().flat_map(|finding| catalog.rules[finding.rule].table.facts.clone()).collect();
    facts.sort_unstable();
    facts.dedup();
    let views = facts.into_iter().map(|fact| FactView::new(catalog, words, assessment.profile, fact));
    let thin = |fact: &FactView| {
        fact.state != "unknown" && (fact.vendor_only || fact.confidence == "low" || !fact.basis.is_empty())
    };
    views.filter(thin).collect()
}

fn duties(words: &Words<'_>, plan: &Plan<'_>) -> Vec<DutyView> {
    let catalog = plan.catalog;
    let view = |duty: &crate::model::Duty| {
        let state = catalog.facts.id(&duty.org).map(|id| (id, plan.situation.state(id)));
        let id = match state {
            Some((id, _)) if plan.situation.lacks.contains(&id) => "no",
            Some((_, State::Known(_))) => "yes",
            _ => "unknown",
        };
        DutyView {
            text: words.text(&duty.text).to_owned(),
            law: duty.law.iter().map(|law| words.law(law)).collect(),
            state: Named::of(words, "duty", id),
        }
    };
    plan.setting.use_case.duties.iter().map(view).collect()
}

/// All sources of the facts shown, each once, sorted by publisher and title.
fn cited(messengers: &[MessengerView]) -> Vec<SourceView> {
    let mut sources: BTreeMap<(String, String, String), SourceView> = BTreeMap::new();
    let findings = messengers.iter().flat_map(|messenger| messenger.areas.iter().flat_map(|area| &area.findings));
    let facts = findings.flat_map(|finding| finding.facts.iter().flat_map(|fact| &fact.fact.sources));
    let measures = messengers.iter().flat_map(|messenger| messenger.measures.iter().flat_map(|own| &own.sources));
    for source in facts.chain(measures) {
        let key = (source.publisher.to_lowercase(), source.title.clone(), source.url.clone());
        sources.entry(key).or_insert_with(|| source.clone());
    }
    sources.into_values().collect()
}

/// The terms that occur somewhere in the report.
fn occurring(terms: Vec<TermView>, view: &RecommendationView) -> Vec<TermView> {
    let text = serde_json::to_string(view).unwrap_or_default().to_lowercase();
    let named = |term: &TermView| {
        // „Erklärung (Zusatz)“ also occurs as „Erklärung“.
        let short = term.term.split(" (").next().unwrap_or_default().to_lowercase();
        !short.is_empty() && text.contains(&short)
    };
    terms.into_iter().filter(named).collect()
}
