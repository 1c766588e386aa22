//! What somebody who knows messengers and data protection expects of the shipped data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;

use messwerk::catalog::{Catalog, Situation, State};
use messwerk::engine::{Assessment, KnockOutState, Plan, Verdict, assess, rank};
use messwerk::model::{Date, Lang};
use messwerk::report::Words;
use messwerk::report::view::{FactView, Stamp, facts, recommendation};

use support::{Folder, profile, shipped};

const TODAY: Stamp = Stamp { today: Date { year: 2026, month: 11, day: 22 }, own_data: false };

fn assessed(catalog: &Catalog, messenger: &str, use_case: &str) -> Assessment {
    let situation = Situation::default();
    let setting = &catalog.settings[catalog.setting(use_case).unwrap()];
    assess(&Plan::new(catalog, setting, &situation), catalog.profile(messenger).unwrap())
}

#[test]
fn a_use_case_is_found_however_its_name_is_written() {
    let catalog = shipped();
    let employment = catalog.setting("employment");
    assert!(employment.is_some());
    for name in ["Employment", "beschaeftigung", "Beschäftigung", "BESCHÄFTIGUNG"] {
        assert_eq!(catalog.setting(name), employment, "{name}");
    }
    assert_eq!(catalog.setting("beschaftigung"), None);
}

#[test]
fn a_service_for_public_bodies_is_offered_to_nobody_else() {
    let verdict = |use_case: &str| assessed(shipped(), "bundesmessenger", use_case).verdict;
    assert_eq!(verdict("municipality"), Verdict::Suitable);
    for use_case in ["employment", "customer", "works_council"] {
        assert_eq!(verdict(use_case), Verdict::Unsuitable, "{use_case}");
    }
}

#[test]
fn consumer_whatsapp_fails_in_a_hospital_on_several_independent_grounds() {
    let catalog = shipped();
    let whatsapp = assessed(catalog, "whatsapp", "health_hospital");
    assert_eq!(whatsapp.verdict, Verdict::Unsuitable);
    assert!(whatsapp.cures.is_empty());
    let failed: BTreeSet<&str> = whatsapp
        .knock_outs
        .iter()
        .filter(|finding| finding.shipped == KnockOutState::Failed && finding.reachable == KnockOutState::Failed)
        .map(|finding| catalog.rules[finding.rule].id.as_str())
        .collect();
    assert!(failed.len() >= 3, "{failed:?}");
    // What every authority names first: no contract, metadata to the group.
    assert!(failed.contains("processing-contract"), "{failed:?}");
    assert!(failed.contains("no-metadata-to-advertising-group"), "{failed:?}");
    // Independent: the grounds share no fact.
    let facts: Vec<_> = failed.iter().map(|id| &catalog.rules[catalog.rule(id).unwrap()].table.facts).collect();
    let apart = |one: usize, other: usize| facts[one].iter().all(|fact| !facts[other].contains(fact));
    let independent = (0..facts.len()).filter(|at| (0..*at).all(|other| apart(*at, other))).count();
    assert!(independent >= 3, "{failed:?}");
}

#[test]
fn an_own_xmpp_server_suits_a_hospital_with_encryption_and_managed_devices() {
    let catalog = shipped();
    let xmpp = assessed(catalog, "xmpp-own-server", "health_hospital");
    assert_eq!(xmpp.verdict, Verdict::WithMeasures);
    let steps = &catalog.profiles[xmpp.profile].measures;
    let cures: Vec<Vec<&str>> =
        xmpp.cures.iter().map(|cure| cure.iter().map(|at| steps[*at].id.as_str()).collect()).collect();
    assert!(!cures.is_empty());
    for cure in &cures {
        let encrypts = cure.iter().any(|id| ["omemo-always", "server-requires-e2ee", "own-client-build"].contains(id));
        assert!(encrypts && cure.iter().any(|id| id.contains("managed")), "{cures:?}");
    }
    assert!(cures[0].contains(&"omemo-always") && cures[0].contains(&"managed-work-container"), "{cures:?}");
    // With these alone, and nothing less, every knock-out passes.
    assert!(xmpp.knock_outs.iter().all(|finding| finding.reachable == KnockOutState::Passed));
    assert!(xmpp.knock_outs.iter().any(|finding| finding.shipped != KnockOutState::Passed));
}

#[test]
fn a_messenger_of_which_nothing_is_known_is_never_found_suitable() {
    let folder = Folder::with([("messengers/blank.yaml", profile(&[]).as_str())]);
    let catalog = folder.load_clean();
    let mut tried = 0;
    for setting in catalog.settings.iter().filter(|setting| !setting.knock_outs.is_empty()) {
        let verdict = assessed(&catalog, "blank", &setting.id).verdict;
        assert_eq!(verdict, Verdict::Undecided, "{}", setting.id);
        tried += 1;
    }
    assert!(tried > 10, "hardly any use case has knock-outs");
}

#[test]
fn an_undecided_verdict_names_what_to_find_out() {
    let catalog = shipped();
    let mut seen = 0;
    for setting in &catalog.settings {
        for profile in &catalog.profiles {
            let assessment = assessed(catalog, &profile.id, &setting.id);
            for finding in assessment.knock_outs.iter().filter(|own| own.reachable == KnockOutState::Open) {
                seen += 1;
                assert!(!assessment.open(catalog, finding).is_empty(), "{} in {}", profile.id, setting.id);
            }
        }
    }
    assert!(seen > 0);
}

#[test]
fn ended_services_rank_last_and_are_never_recommended() {
    let catalog = shipped();
    let words = Words::new(catalog, Lang::En);
    let ended: BTreeSet<&str> =
        catalog.profiles.iter().filter(|profile| profile.ended).map(|profile| profile.id.as_str()).collect();
    assert!(ended.contains("skype") && ended.contains("icq"));
    let situation = Situation::default();
    let asked = catalog.profile("whatsapp").unwrap();
    for setting in &catalog.settings {
        let plan = Plan::new(catalog, setting, &situation);
        let mut ranked: Vec<_> = (0..catalog.profiles.len()).map(|at| assess(&plan, at)).collect();
        rank(&mut ranked, catalog);
        let going_on = ranked.len() - ended.len();
        for (at, assessment) in ranked.iter().enumerate() {
            let id = catalog.profiles[assessment.profile].id.as_str();
            assert_eq!(at >= going_on, ended.contains(id), "{id} ranks {at} in {}", setting.id);
            assert_eq!(assessment.verdict == Verdict::Discontinued, ended.contains(id));
        }
        let view = recommendation::view(&words, TODAY, &plan, &ranked, &[asked], None);
        assert!(view.comparison.rows.iter().all(|row| !ended.contains(row.id.as_str())), "{}", setting.id);
    }
}

#[test]
fn the_report_offers_only_what_is_suitable_beside_what_was_asked_for() {
    let catalog = shipped();
    let words = Words::new(catalog, Lang::De);
    let situation = Situation::default();
    let plan = Plan::new(catalog, &catalog.settings[catalog.setting("health_hospital").unwrap()], &situation);
    let mut ranked: Vec<_> = (0..catalog.profiles.len()).map(|at| assess(&plan, at)).collect();
    rank(&mut ranked, catalog);
    let asked = catalog.profile("whatsapp").unwrap();
    let view = recommendation::view(&words, TODAY, &plan, &ranked, &[asked], None);
    let rows = &view.comparison.rows;
    assert!(rows.iter().any(|row| row.id == "whatsapp"));
    let others: Vec<_> = rows.iter().filter(|row| row.id != "whatsapp").collect();
    assert!(!others.is_empty());
    for row in others {
        assert!(["suitable", "with_measures"].contains(&row.verdict.id), "{}", row.id);
    }
}

#[test]
fn an_edition_inherits_what_it_does_not_say_itself_and_marks_it() {
    let catalog = shipped();
    let words = Words::new(catalog, Lang::En);
    let (work, parent) = (catalog.profile("threema-work").unwrap(), catalog.profile("threema").unwrap());
    let (edition, original) = (&catalog.profiles[work], &catalog.profiles[parent]);
    assert_eq!(edition.parent, Some(parent));
    let (mut inherited, mut own) = (0, 0);
    for (id, definition) in catalog.facts.iter() {
        let view = FactView::new(catalog, &words, work, id);
        match edition.stated_by[id.index()] {
            Some(at) if at == work => {
                own += 1;
                assert!(edition.messenger.facts.contains_key(definition.key.as_str()));
                assert_eq!(view.inherited_from, "");
            }
            Some(at) => {
                inherited += 1;
                assert_eq!(at, parent);
                assert_eq!(edition.states[id.index()], original.states[id.index()]);
                assert_eq!(view.inherited_from, "Threema");
                assert_eq!(view.value, FactView::new(catalog, &words, parent, id).value);
            }
            None => assert_eq!(edition.states[id.index()], State::Unknown),
        }
    }
    assert!(inherited > 0 && own > 0, "{inherited} inherited, {own} own");
    // The table of facts marks exactly the inherited cells.
    let table = facts::view(catalog, &words, TODAY, &[parent, work], &[], false);
    let mark = words.get("mark.inherited");
    let mut marked = 0;
    for cells in table.areas.iter().flat_map(|area| area.rows.iter().map(|row| &row.cells)) {
        assert!(!cells[0].marks.contains(mark), "the original inherits nothing");
        let expected = !cells[1].fact.inherited_from.is_empty() && cells[1].fact.state != "unknown";
        assert_eq!(cells[1].marks.contains(mark), expected, "{}", cells[1].fact.key);
        marked += usize::from(expected);
    }
    assert!(marked > 0);
}

#[test]
fn taking_measures_never_makes_a_knock_out_of_the_shipped_data_fail() {
    let catalog = shipped();
    let situation = Situation::default();
    for setting in &catalog.settings {
        let plan = Plan::new(catalog, setting, &situation);
        for profile in 0..catalog.profiles.len() {
            let assessment = assess(&plan, profile);
            for finding in &assessment.knock_outs {
                assert!(finding.reachable <= finding.shipped);
            }
        }
    }
}

#[test]
fn what_an_organisation_lacks_closes_the_measures_that_need_it() {
    let catalog = shipped();
    let mut closed = 0;
    for (at, profile) in catalog.profiles.iter().enumerate() {
        for (number, step) in profile.measures.iter().enumerate() {
            let Some(need) = step.needs.first() else { continue };
            let situation = Situation { lacks: vec![*need], ..Situation::default() };
            for setting in &catalog.settings {
                let plan = Plan::new(catalog, setting, &situation);
                let assessment = assess(&plan, at);
                assert!(!assessment.taken.contains(&number), "{} {}", profile.id, step.id);
                assert!(assessment.cures.iter().all(|cure| !cure.contains(&number)), "{} {}", profile.id, step.id);
            }
            closed += 1;
            break;
        }
    }
    assert!(closed > 0, "no measure needs anything");
}
