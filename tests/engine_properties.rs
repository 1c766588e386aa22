//! What must hold of the engine whatever the data say, tried with random states and tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use messwerk::catalog::{Catalog, Check, Clause, Concrete, Doc, Rule, Situation, State, Table};
use messwerk::engine::{
    Assessment, MAX_COMBINATIONS, Outcomes, Part, Plan, Ratio, Score, Verdict, assess, decide, open_facts, rank, score,
    what_if,
};
use messwerk::model::{FactDef, Kind, OutcomeName};
use proptest::prelude::*;
use proptest::sample::Index;

use support::{Folder, criterion, profile, shipped, use_case};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Any value a fact may have, not only those that stand for a region.
fn value(def: &FactDef, seed: u64) -> Concrete {
    if def.not_applicable && seed.is_multiple_of(7) {
        return Concrete::NotApplicable;
    }
    let seed = seed / 7;
    let count = def.values.len() as u64;
    match def.kind.value {
        Kind::Choice => Concrete::Word(u8::try_from(seed % count).unwrap()),
        Kind::Set => Concrete::Set(u32::try_from(seed % ((1 << count) - 1)).unwrap() + 1),
        Kind::Number => Concrete::Number(i64::try_from(seed % 400).unwrap() / i64::try_from(seed % 9 + 1).unwrap()),
        Kind::Country => [*b"DE", *b"CH", *b"US", *b"GB", *b"CN", *b"KI"]
            .into_iter()
            .nth(usize::try_from(seed % 6).unwrap())
            .map_or(Concrete::NotApplicable, Concrete::Country),
        Kind::Text => [Concrete::Text, Concrete::NoText][usize::from(seed.is_multiple_of(2))],
    }
}

fn values(def: &FactDef, seed: u64) -> Vec<Concrete> {
    let turns = [0_u32, 11, 22, 33].into_iter().take(if seed.is_multiple_of(2) { 2 } else { 4 });
    let mut all: Vec<Concrete> = turns.map(|turn| value(def, (seed / 2).rotate_left(turn))).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn state(def: &FactDef, seed: u64) -> State {
    match seed % 3 {
        0 => State::Unknown,
        1 => State::Known(value(def, seed / 3)),
        _ => State::Disputed(values(def, seed / 3)),
    }
}

/// A state that says more than `before` and does not contradict it.
fn learned(def: &FactDef, before: &State, seed: u64) -> State {
    let at = |all: &[Concrete]| all[usize::try_from((seed / 2) % all.len() as u64).unwrap()];
    match (before, seed % 2) {
        (State::Unknown, 0) => State::Known(value(def, seed / 2)),
        (State::Unknown, _) => State::Disputed(values(def, seed / 2)),
        (State::Disputed(all), 0) => State::Known(at(all)),
        (State::Disputed(all), _) => {
            let rest: Vec<Concrete> = all.iter().copied().filter(|value| all.len() == 1 || *value != at(all)).collect();
            State::Disputed(rest)
        }
        (State::Known(value), _) => State::Known(*value),
    }
}

/// A shipped rule and random states of the facts it reads.
fn situation_of(catalog: &'static Catalog, rule: Index, seeds: &[u64]) -> (&'static Rule, Vec<State>) {
    let rule = rule.get(&catalog.rules);
    assert!(rule.table.facts.len() <= seeds.len());
    let mut states = vec![State::Unknown; catalog.facts.len()];
    for (fact, seed) in rule.table.facts.iter().zip(seeds) {
        states[fact.index()] = state(&catalog.facts.get(*fact).def, *seed);
    }
    (rule, states)
}

const SEEDS: usize = 24;

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn learning_a_fact_only_narrows(
        rule in any::<Index>(), which in any::<Index>(), seed in any::<u64>(),
        seeds in proptest::collection::vec(any::<u64>(), SEEDS),
    ) {
        let catalog = shipped();
        let (rule, mut states) = situation_of(catalog, rule, &seeds);
        let before = decide(&rule.table, &states);
        prop_assert!(!before.outcomes.is_empty());
        let fact = *which.get(&rule.table.facts);
        states[fact.index()] = learned(&catalog.facts.get(fact).def, &states[fact.index()], seed);
        let after = decide(&rule.table, &states);
        prop_assert!(!after.outcomes.is_empty());
        prop_assert!(
            after.outcomes.is_subset(before.outcomes),
            "{}: {:?} became {:?} by {:?}", rule.id, before, after, states[fact.index()]
        );
        // A row that was certain stays certain.
        if before.row.is_some() {
            prop_assert_eq!(after.row, before.row);
        }
    }

    #[test]
    fn what_a_fact_can_turn_out_to_be_covers_the_outcomes_and_no_more(
        rule in any::<Index>(), which in any::<Index>(), seeds in proptest::collection::vec(any::<u64>(), SEEDS),
    ) {
        let (rule, states) = situation_of(shipped(), rule, &seeds);
        let decision = decide(&rule.table, &states);
        let branches = what_if(&rule.table, &states, *which.get(&rule.table.facts));
        let union = Outcomes::of(branches.iter().flat_map(|(_, outcomes)| outcomes.iter()));
        if decision.exact {
            prop_assert_eq!(union, decision.outcomes);
        } else {
            prop_assert!(union.is_subset(decision.outcomes));
        }
    }

    #[test]
    fn an_undecided_criterion_names_a_fact_to_find_out(
        rule in any::<Index>(), seeds in proptest::collection::vec(any::<u64>(), SEEDS),
    ) {
        let (rule, states) = situation_of(shipped(), rule, &seeds);
        let open = open_facts(&rule.table, &states);
        let decided = decide(&rule.table, &states).outcomes.decided().is_some();
        prop_assert_eq!(decided, open.is_empty(), "{}: {:?}", rule.id, decide(&rule.table, &states));
        for fact in open {
            prop_assert!(!matches!(states[fact.index()], State::Known(_)));
        }
    }
}

/// Parts with any non-empty set of outcomes and any weight.
fn parts(most: usize) -> impl Strategy<Value = Vec<Part>> {
    let part = (1_u8..16, 0_u32..=15).prop_map(|(mask, weight)| Part {
        outcomes: Outcomes::of(OutcomeName::ALL.into_iter().filter(|outcome| mask & (1 << *outcome as u8) != 0)),
        weight,
    });
    proptest::collection::vec(part, 0..=most)
}

fn score_of(parts: &[Part]) -> Score {
    score(parts.iter().copied())
}

fn points(outcome: OutcomeName) -> Option<u64> {
    match outcome {
        OutcomeName::Met => Some(2),
        OutcomeName::Partly => Some(1),
        OutcomeName::NotMet => Some(0),
        OutcomeName::NotApplicable => None,
    }
}

/// The extremes over every choice of one outcome per part; choices in which nothing applies do not count.
fn brute_force(parts: &[Part]) -> Option<(Ratio, Ratio)> {
    let mut sums = vec![(0, 0)];
    for part in parts {
        let mut next = Vec::new();
        for (reached, of) in sums {
            for outcome in part.outcomes.iter() {
                let weight = u64::from(part.weight);
                next.push(points(outcome).map_or((reached, of), |own| (reached + own * weight, of + 2 * weight)));
            }
        }
        sums = next;
    }
    let ratios = sums.into_iter().filter(|(_, of)| *of > 0).map(|(points, of)| Ratio { points, of });
    let ratios: Vec<Ratio> = ratios.collect();
    Some((*ratios.iter().min()?, *ratios.iter().max()?))
}

proptest! {
    #![proptest_config(config(4000))]

    #[test]
    fn the_range_is_that_of_all_choices(parts in parts(6)) {
        let score = score_of(&parts);
        prop_assert_eq!(score.range, brute_force(&parts));
        if let Some((low, high)) = score.range {
            prop_assert!(low <= high);
            prop_assert!(low.floor() <= low.round() && low.round() <= low.ceil() && high.ceil() <= 100);
        }
        prop_assert!(score.decided <= score.weight);
    }

    #[test]
    fn less_knowledge_never_narrows_the_range(parts in parts(6), which in any::<Index>(), mask in 0_u8..16) {
        prop_assume!(!parts.is_empty());
        let narrow = score_of(&parts);
        let mut wider = parts.clone();
        let part = &mut wider[which.index(parts.len())];
        for outcome in OutcomeName::ALL.into_iter().filter(|outcome| mask & (1 << *outcome as u8) != 0) {
            part.outcomes.insert(outcome);
        }
        if let Some((low, high)) = narrow.range {
            let (wide_low, wide_high) = score_of(&wider).range.expect("what applied still may");
            prop_assert!(wide_low <= low && high <= wide_high);
        }
    }

    #[test]
    fn partly_is_never_below_the_low_end_of_unknown(parts in parts(5), weight in 1_u32..=15, applies in any::<bool>()) {
        let with = |outcomes: &[OutcomeName]| {
            let mut parts = parts.clone();
            parts.push(Part { outcomes: Outcomes::of(outcomes.iter().copied()), weight });
            score_of(&parts).range.expect("something applies").0
        };
        let unknown = if applies { &OutcomeName::ALL[..3] } else { &OutcomeName::ALL[..] };
        prop_assert!(with(unknown) <= with(&[OutcomeName::Partly]));
        prop_assert!(with(&[OutcomeName::NotMet]) <= with(&[OutcomeName::Partly]));
        prop_assert!(with(&[OutcomeName::Partly]) <= with(&[OutcomeName::Met]));
    }

    #[test]
    fn what_does_not_apply_leaves_both_sides_of_the_fraction(parts in parts(5), weight in 0_u32..=15) {
        let mut more = parts.clone();
        more.push(Part { outcomes: Outcomes::only(OutcomeName::NotApplicable), weight });
        prop_assert_eq!(score_of(&more), score_of(&parts));
        more.push(Part { outcomes: Outcomes::of(OutcomeName::ALL), weight: 0 });
        prop_assert_eq!(score_of(&more), score_of(&parts));
    }
}

#[test]
fn shares_of_the_score_are_what_a_person_computes() {
    let part = |outcome, weight| Part { outcomes: Outcomes::only(outcome), weight };
    // 3 of 3, half of 2, nothing of 1: 4 of 6.
    let parts = [part(OutcomeName::Met, 3), part(OutcomeName::Partly, 2), part(OutcomeName::NotMet, 1)];
    let decided = score_of(&parts);
    let (low, high) = decided.range.unwrap();
    assert_eq!((low, low.floor(), low.round(), low.ceil()), (high, 66, 67, 67));
    assert_eq!(decided.coverage(), Some(100));
    let mut parts = parts.to_vec();
    parts.push(Part { outcomes: Outcomes::of([OutcomeName::Met, OutcomeName::NotMet]), weight: 2 });
    let open = score_of(&parts);
    let (low, high) = open.range.unwrap();
    // 4 of 8 to 6 of 8; 6 of 8 weights are decided.
    assert_eq!((low.round(), high.round(), open.coverage()), (50, 75, Some(75)));
    assert_eq!(score_of(&[]).range, None);
    assert_eq!(score_of(&[]).coverage(), None);
}

/// Which outcomes are neither met nor not met, and so keep an unknown criterion from ranging over everything.
fn ranges_fully(outcomes: Outcomes) -> bool {
    outcomes.contains(OutcomeName::Met) && outcomes.contains(OutcomeName::NotMet)
}

#[test]
fn knowing_nothing_gives_everything_from_0_to_100() {
    let folder = Folder::with([("messengers/blank.yaml", profile(&[]).as_str())]);
    let catalog = folder.load_clean();
    let blank = catalog.profile("blank").unwrap();
    let nothing = vec![State::Unknown; catalog.facts.len()];
    for setting in &catalog.settings {
        let situation = Situation::default();
        let plan = Plan::new(&catalog, setting, &situation);
        let assessment = assess(&plan, blank);
        // The criteria whose outcome the circumstances alone restrict; all others can be met or not.
        let mut restricted = BTreeMap::new();
        for (at, rule) in catalog.rules.iter().enumerate() {
            if ranges_fully(assessment.shipped.decisions[at].outcomes) {
                continue;
            }
            let reads = rule.table.facts.iter().any(|fact| catalog.facts.get(*fact).key.starts_with("setting."));
            let table = Outcomes::of(rule.table.rows.iter().map(|(_, outcome)| *outcome));
            let by_setting = reads && ranges_fully(decide(&rule.table, &nothing).outcomes);
            assert!(
                by_setting || !ranges_fully(table),
                "{}: {} is restricted to {:?} though nothing is known",
                setting.id,
                rule.id,
                assessment.shipped.decisions[at].outcomes.iter().collect::<Vec<_>>(),
            );
            restricted.insert(at, 0);
        }
        let situation = Situation { weights: restricted, ..Situation::default() };
        let score = assess(&Plan::new(&catalog, setting, &situation), blank).shipped.score;
        let (low, high) = score.range.unwrap();
        assert_eq!((low.points, high.points), (0, high.of), "{}", setting.id);
        assert_eq!(score.coverage(), Some(0), "{}", setting.id);
    }
}

const WORDS: [&str; 4] = ["good", "middling", "bad", "unknown"];

/// Three criteria that read one fact each, and one messenger for every combination of what is known of them.
fn ladder() -> Folder {
    let text = "{de: Probe, en: Probe}";
    let mut vocabulary = format!("areas:\n  probe: {text}\nfacts:\n");
    let folder = Folder::new();
    for number in 1..=3 {
        let _ = writeln!(
            vocabulary,
            "  probe.f{number}: {{kind: choice, label: {text}, why: {text}, \
             values: {{good: {text}, middling: {text}, bad: {text}}}}}"
        );
        let is = |word| format!("{{probe.f{number}: {{is: {word}}}}}");
        let rule = criterion(&[(&is("good"), "met"), (&is("middling"), "partly")], "not_met");
        folder.write(&format!("criteria/rules/probe/probe-{number}.yaml"), rule);
    }
    folder.write("criteria/facts.yaml", vocabulary);
    folder.write("criteria/use-cases/probe.yaml", use_case(&[("probe-1", "partly"), ("probe-2", "met")]));
    for at in 0..64 {
        let words = [WORDS[at / 16], WORDS[at / 4 % 4], WORDS[at % 4]];
        let values: Vec<(String, String)> = words
            .iter()
            .enumerate()
            .filter(|(_, word)| **word != "unknown")
            .map(|(number, word)| (format!("probe.f{}", number + 1), format!("value: {word}")))
            .collect();
        let facts: Vec<(&str, &str)> = values.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        folder.write(&format!("messengers/m-{}.yaml", words.join("-")), profile(&facts));
    }
    folder
}

/// Worst and best a word can turn out to be.
fn bounds(word: &str) -> (u32, u32) {
    match word {
        "good" => (2, 2),
        "middling" => (1, 1),
        "bad" => (0, 0),
        _ => (0, 2),
    }
}

#[test]
fn a_messenger_that_is_nowhere_worse_never_ranks_below() {
    let folder = ladder();
    let catalog = folder.load_clean();
    let weights = (0..catalog.rules.len()).map(|at| (at, u32::from(catalog.rules[at].area == "probe"))).collect();
    let situation = Situation { weights, ..Situation::default() };
    let plan = Plan::new(&catalog, &catalog.settings[catalog.setting("probe").unwrap()], &situation);
    let probes = (0..catalog.profiles.len()).filter(|at| catalog.profiles[*at].id.starts_with("m-"));
    let mut ranked: Vec<Assessment> = probes.map(|at| assess(&plan, at)).collect();
    rank(&mut ranked, &catalog);
    assert_eq!(ranked.len(), 64);
    let words = |assessment: &Assessment| -> Vec<String> {
        catalog.profiles[assessment.profile].id.split('-').skip(1).map(str::to_owned).collect()
    };
    let key = |assessment: &Assessment| (assessment.verdict, assessment.decisive().score.range);
    for (below, worse) in ranked.iter().enumerate() {
        for better in &ranked[below + 1..] {
            let (own, other) = (words(better), words(worse));
            let nowhere_worse = own
                .iter()
                .zip(&other)
                .all(|(own, other)| bounds(own).0 >= bounds(other).0 && bounds(own).1 >= bounds(other).1);
            assert!(!nowhere_worse || key(better) == key(worse), "{own:?} ranks below {other:?}");
        }
    }
    let verdict = |id: &str| {
        let at = catalog.profile(id).unwrap();
        ranked.iter().find(|assessment| assessment.profile == at).map(|assessment| assessment.verdict)
    };
    assert_eq!(words(&ranked[0]), ["good", "good", "good"]);
    assert_eq!(words(&ranked[63]), ["bad", "bad", "bad"]);
    assert_eq!(verdict("m-middling-good-bad"), Some(Verdict::Suitable));
    assert_eq!(verdict("m-good-middling-good"), Some(Verdict::Unsuitable));
    assert_eq!(verdict("m-good-unknown-good"), Some(Verdict::Undecided));
    assert_eq!(verdict("m-bad-unknown-good"), Some(Verdict::Unsuitable));
}

/// Facts of the criterion that is too wide to enumerate.
const WIDE: usize = 14;

/// A catalogue with a criterion that reads many yes-or-no facts.
fn wide() -> &'static Catalog {
    static WIDE_CATALOG: OnceLock<Catalog> = OnceLock::new();
    WIDE_CATALOG.get_or_init(|| {
        let text = "{de: Probe, en: Probe}";
        let mut vocabulary = format!("areas:\n  probe: {text}\nfacts:\n");
        let mut all = Vec::new();
        for number in 0..WIDE {
            let values = format!("{{yes: {text}, no: {text}}}");
            let _ = writeln!(
                vocabulary,
                "  probe.f{number:02}: {{kind: choice, label: {text}, why: {text}, values: {values}}}"
            );
            all.push(format!("{{probe.f{number:02}: {{is: yes}}}}"));
        }
        let rule = criterion(&[(&format!("{{all: [{}]}}", all.join(", ")), "met")], "not_met");
        let folder = Folder::with([
            ("criteria/facts.yaml", vocabulary.as_str()),
            ("criteria/rules/probe/probe-wide.yaml", rule.as_str()),
        ]);
        folder.load_clean()
    })
}

const YES: Concrete = Concrete::Word(0);
const NO: Concrete = Concrete::Word(1);

/// The wide rule with another table.
fn with_rows(rows: Vec<(Clause, OutcomeName)>) -> Rule {
    let catalog = wide();
    let rule = &catalog.rules[catalog.rule("probe-wide").unwrap()];
    Rule {
        id: rule.id.clone(),
        area: rule.area.clone(),
        source: rule.source,
        criterion: Doc::new((*rule.criterion).clone(), rule.source),
        goals: rule.goals.clone(),
        weight: rule.weight,
        table: Table { rows, ..rule.table.clone() },
    }
}

/// The outcomes in every world, each decided with all facts known. The first `open` facts range freely.
fn union_of_worlds(rule: &Rule, states: &[State], open: usize) -> Outcomes {
    let mut states = states.to_vec();
    let mut outcomes = Outcomes::default();
    for world in 0_u32..1 << open {
        for (bit, fact) in rule.table.facts.iter().take(open).enumerate() {
            states[fact.index()] = State::Known(if world & (1 << bit) == 0 { YES } else { NO });
        }
        let decision = decide(&rule.table, &states);
        assert!(decision.exact && decision.row.is_some());
        outcomes = Outcomes::of(outcomes.iter().chain(decision.outcomes.iter()));
    }
    outcomes
}

fn clause() -> impl Strategy<Value = Clause> {
    let leaf = (0..WIDE, any::<bool>())
        .prop_map(|(slot, yes)| Clause::Check(slot, Check::OneOf(vec![if yes { YES } else { NO }])));
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..5).prop_map(Clause::All),
            proptest::collection::vec(inner.clone(), 1..5).prop_map(Clause::Any),
            inner.prop_map(|part| Clause::Not(Box::new(part))),
        ]
    })
}

fn table() -> impl Strategy<Value = Vec<(Clause, OutcomeName)>> {
    let row = (clause(), (0..4_usize).prop_map(|at| OutcomeName::ALL[at]));
    (proptest::collection::vec(row, 1..4), 0..4_usize).prop_map(|(mut rows, last)| {
        rows.push((Clause::All(Vec::new()), OutcomeName::ALL[last]));
        rows
    })
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn the_bound_for_too_many_combinations_misses_no_outcome(rows in table(), last in any::<bool>()) {
        let rule = with_rows(rows);
        let mut states = vec![State::Unknown; wide().facts.len()];
        states[rule.table.facts[WIDE - 1].index()] = State::Known(if last { YES } else { NO });
        let bound = decide(&rule.table, &states);
        prop_assert!(!bound.exact);
        let exact = union_of_worlds(&rule, &states, WIDE - 1);
        prop_assert!(exact.is_subset(bound.outcomes), "{:?} is not within {:?}", exact, bound);
        if let Some(row) = bound.row {
            prop_assert_eq!(exact, Outcomes::only(rule.table.rows[row].1));
        }
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn enumeration_finds_exactly_the_outcomes_of_all_worlds(rows in table(), known in any::<u16>()) {
        let rule = with_rows(rows);
        let mut states = vec![State::Unknown; wide().facts.len()];
        for (bit, fact) in rule.table.facts.iter().enumerate().skip(5) {
            states[fact.index()] = State::Known(if known & (1 << bit) == 0 { YES } else { NO });
        }
        let decision = decide(&rule.table, &states);
        prop_assert!(decision.exact);
        prop_assert_eq!(decision.outcomes, union_of_worlds(&rule, &states, 5));
    }
}

#[test]
fn enumeration_ends_exactly_at_its_limit() {
    let catalog = wide();
    let rule = &catalog.rules[catalog.rule("probe-wide").unwrap()];
    let combinations: usize = rule.table.regions.iter().map(Vec::len).product();
    assert_eq!(combinations, 1 << WIDE);
    let mut states = vec![State::Unknown; catalog.facts.len()];
    for fact in &rule.table.facts {
        let open = rule.table.facts.iter().filter(|fact| states[fact.index()] == State::Unknown).count();
        let decision = decide(&rule.table, &states);
        assert_eq!(decision.exact, 1 << open <= MAX_COMBINATIONS, "{open} open facts");
        assert_eq!(decision.outcomes, Outcomes::of([OutcomeName::Met, OutcomeName::NotMet]), "{open} open facts");
        states[fact.index()] = State::Known(YES);
    }
    assert_eq!(decide(&rule.table, &states).outcomes, Outcomes::only(OutcomeName::Met));
}

#[test]
fn the_bound_still_decides_what_one_known_fact_settles() {
    let catalog = wide();
    let rule = &catalog.rules[catalog.rule("probe-wide").unwrap()];
    let mut states = vec![State::Unknown; catalog.facts.len()];
    states[rule.table.facts[3].index()] = State::Known(NO);
    let decision = decide(&rule.table, &states);
    assert!(!decision.exact);
    assert_eq!((decision.outcomes, decision.row), (Outcomes::only(OutcomeName::NotMet), Some(1)));
}

#[test]
fn every_assessment_of_the_shipped_data_is_in_order() {
    let catalog = shipped();
    let situation = Situation::default();
    for setting in &catalog.settings {
        let plan = Plan::new(catalog, setting, &situation);
        for profile in 0..catalog.profiles.len() {
            let assessment = assess(&plan, profile);
            let place = format!("{} in {}", catalog.profiles[profile].id, setting.id);
            for variant in [&assessment.shipped, &assessment.hardened] {
                for score in variant.goals.iter().chain([&variant.score]) {
                    let Some((low, high)) = score.range else { continue };
                    assert!(low <= high && high.points <= high.of && score.decided <= score.weight, "{place}");
                }
            }
            for finding in &assessment.knock_outs {
                assert!(finding.reachable <= finding.shipped, "{place}: measures made a knock-out worse");
            }
            let curable = assessment.verdict == Verdict::WithMeasures;
            let ended = assessment.verdict == Verdict::Discontinued;
            assert!(ended || curable != assessment.cures.is_empty(), "{place}: {:?}", assessment.cures);
        }
    }
}
