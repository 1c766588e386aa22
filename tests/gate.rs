//! The gate: each demand by itself, at its boundary, and of one mind with the comparison.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;
use std::fs;

use messwerk::catalog::{Demands, Permit, Situation, load, read_policy};
use messwerk::engine::{Passage, Plan, Reason, Verdict, assess, gate};
use messwerk::model::{Date, LeastVerdict};
use messwerk::source::{SourceId, Span};
use serde_json::Value as Json;

use support::{Folder, Run, root, run, shipped, shown};

const TODAY: &str = "2026-11-22";

/// Runs the gate over a policy; further arguments follow.
fn judge(policy: &str, more: &[&str]) -> Run {
    let folder = Folder::with([("policy.yaml", policy)]);
    let path = folder.join("policy.yaml");
    let mut args = vec!["gate", path.to_str().unwrap()];
    for (option, value) in [("--lang", "en"), ("--today", TODAY)] {
        if !more.contains(&option) {
            args.extend([option, value]);
        }
    }
    args.extend(more);
    run(args)
}

fn json(policy: &str, more: &[&str], code: i32) -> Json {
    let run = judge(policy, &[&["--format", "json"], more].concat());
    run.ended_with(code);
    serde_json::from_str(&run.out).unwrap()
}

/// The ids of the reasons of the first permission.
fn reasons(result: &Json) -> Vec<&str> {
    let reasons = result["use_cases"][0]["rows"][0]["reasons"].as_array().unwrap();
    reasons.iter().map(|reason| reason["id"].as_str().unwrap()).collect()
}

fn ids(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|own| own["id"].as_str().unwrap()).collect()
}

/// A policy for one messenger with further lines about the use case.
fn one(use_case: &str, messenger: &str, demands: &str) -> String {
    format!("permitted:\n  {use_case}: {{messengers: [{messenger}]{demands}}}\n")
}

#[test]
fn a_permission_without_further_demands_passes_if_measures_can_make_it_suitable() {
    let result = json(&one("employment", "wire, signal", ""), &[], 0);
    assert_eq!(result["schema"], "messwerk.gate/1");
    assert_eq!((&result["passes"], &result["permissions"], &result["failing"]), (&true.into(), &2.into(), &0.into()));
    let rows = &result["use_cases"][0]["rows"];
    assert_eq!((&rows[0]["basis"]["id"], &rows[1]["basis"]["id"]), (&"shipped".into(), &"all_measures".into()));
    assert!(!rows[1]["measures"].as_array().unwrap().is_empty());
}

#[test]
fn a_failed_knock_out_is_named() {
    let run = judge(&one("employment", "whatsapp", ""), &[]);
    run.ended_with(1).says("Knock-outs missed even with measures: No metadata to an advertising group");
    assert_eq!(reasons(&json(&one("employment", "whatsapp", ""), &[], 1)), ["knock_out_failed"]);
}

#[test]
fn an_open_knock_out_names_the_facts_to_find_out() {
    let result = json(&one("employment", "ti-messenger", ""), &[], 1);
    let open = &result["use_cases"][0]["rows"][0]["reasons"];
    assert_eq!(reasons(&result), ["knock_out_open"]);
    assert_eq!(ids(&open[0]["criteria"]), ["no-metadata-to-advertising-group"]);
    assert!(ids(&open[0]["facts"]).iter().all(|key| shipped().facts.id(key).is_some()));
    assert!(!ids(&open[0]["facts"]).is_empty());
}

#[test]
fn suitable_as_shipped_can_be_demanded() {
    let result = json(&one("employment", "signal", ", verdict: suitable"), &[], 1);
    assert_eq!(reasons(&result), ["knock_out_failed"]);
    let row = &result["use_cases"][0]["rows"][0];
    assert_eq!((&row["verdict"]["id"], &row["basis"]["id"]), (&"with_measures".into(), &"shipped".into()));
    assert!(row["cures"].as_array().unwrap().is_empty() && row["remedy"].as_str().unwrap().contains("deny-contacts"));
    json(&one("employment", "wire", ", verdict: suitable"), &[], 0);
}

#[test]
fn a_discontinued_messenger_always_fails() {
    for demands in ["", ", measures: {skype: []}, minimum_low: 0"] {
        assert_eq!(reasons(&json(&one("private", "skype", demands), &[], 1)), ["discontinued"]);
    }
}

#[test]
fn exactly_the_minimum_passes_and_one_more_fails() {
    for messenger in ["wire", "signal", "threema-work", "xmpp-own-server"] {
        let score = json(&one("employment", messenger, ""), &[], 0)["use_cases"][0]["rows"][0]["score"].clone();
        for (demand, found, reason) in
            [("minimum_low", &score["low"], "low"), ("minimum_coverage", &score["coverage"], "coverage")]
        {
            let found = found.as_u64().unwrap();
            json(&one("employment", messenger, &format!(", {demand}: {found}")), &[], 0);
            let result = json(&one("employment", messenger, &format!(", {demand}: {}", found + 1)), &[], 1);
            assert_eq!(reasons(&result), [reason], "{messenger}");
            let reason = &result["use_cases"][0]["rows"][0]["reasons"][0];
            assert_eq!((&reason["found"], &reason["demanded"]), (&found.into(), &(found + 1).into()));
        }
    }
}

#[test]
fn a_use_case_overrides_the_defaults_one_by_one() {
    let policy = "defaults: {minimum_low: 100, minimum_coverage: 100}\n".to_owned();
    let strict = json(&(policy.clone() + &one("employment", "wire", "")), &[], 1);
    assert_eq!(reasons(&strict), ["low", "coverage"]);
    let milder = json(&(policy + &one("employment", "wire", ", minimum_low: 0")), &[], 1);
    assert_eq!(reasons(&milder), ["coverage"]);
}

// Age

/// The shipped data with another version of one profile.
fn changed(id: &str, change: impl Fn(String) -> String) -> Folder {
    let path = format!("messengers/{id}.yaml");
    let text = fs::read_to_string(root().join(&path)).unwrap();
    let new = change(text.clone());
    assert_ne!(new, text, "nothing is changed");
    Folder::with([(path.as_str(), new.as_str())])
}

fn aged(folder: &Folder, messenger: &str, most: u32, today: &str, code: i32) -> Json {
    let data = folder.path().to_str().unwrap();
    let policy = one("employment", messenger, &format!(", maximum_age: {most}"));
    json(&policy, &["--data", data, "--today", today], code)
}

#[test]
fn exactly_the_maximum_age_passes_and_one_month_more_fails() {
    let folder = changed("wire", |text| text.replace("\nchecked: 2026-11-22\n", "\nchecked: 2024-11-22\n"));
    for today in ["2025-01-01", "2026-11-22", "2026-12-21"] {
        aged(&folder, "wire", 24, today, 0);
    }
    let result = aged(&folder, "wire", 24, "2026-12-22", 1);
    assert_eq!(reasons(&result), ["age"]);
    let old = &result["use_cases"][0]["rows"][0]["reasons"][0];
    assert_eq!((&old["found"], &old["demanded"], &old["checked"]), (&25.into(), &24.into(), &"2024-11-22".into()));
    assert!(old["text"].as_str().unwrap().contains("25 months ago, 1 month too many"), "{}", old["text"]);
    aged(&folder, "wire", 25, "2026-12-22", 0);
}

#[test]
fn only_facts_that_count_and_are_known_grow_old_and_each_is_named() {
    let catalog = shipped();
    let wire = &catalog.profiles[catalog.profile("wire").unwrap()];
    let own = |key: &str| wire.messenger.facts.contains_key(key);
    let read = |id| catalog.rules.iter().any(|rule| rule.table.facts.contains(&id));
    let idle = catalog.facts.iter().find(|(id, definition)| own(&definition.key) && !read(*id)).unwrap().1;
    let unknown = catalog.facts.iter().find(|(id, definition)| {
        let unknown = wire.states[id.index()] == messwerk::catalog::State::Unknown;
        own(&definition.key) && read(*id) && unknown
    });
    let old = |text: String, key: &str| {
        text.replace(&format!("\n  {key}:\n"), &format!("\n  {key}:\n    checked: 2020-01-31\n"))
    };
    let keys = [idle.key.as_str(), unknown.unwrap().1.key.as_str()];
    let folder = changed("wire", |text| keys.iter().fold(text, |text, key| old(text, key)));
    aged(&folder, "wire", 12, TODAY, 0);

    let folder = changed("wire", |text| old(old(text, "encryption.groups"), "encryption.calls"));
    let result = aged(&folder, "wire", 12, TODAY, 1);
    let row = &result["use_cases"][0]["rows"][0];
    assert_eq!(ids(&row["reasons"][0]["facts"]), ["encryption.groups", "encryption.calls"]);
    assert_eq!((&row["oldest"], &row["oldest_months"]), (&"2020-01-31".into(), &81.into()));
    // What an edition inherits is as old as where it comes from.
    let result = aged(&folder, "wire-enterprise-onprem", 12, TODAY, 1);
    assert!(ids(&result["use_cases"][0]["rows"][0]["reasons"][0]["facts"]).contains(&"encryption.groups"));
}

// Measures

#[test]
fn named_measures_count_exactly() {
    let result = json(&one("employment", "signal", ", measures: {signal: []}"), &[], 1);
    let row = &result["use_cases"][0]["rows"][0];
    assert_eq!(reasons(&result), ["knock_out_failed"]);
    assert_eq!((&row["basis"]["id"], &row["verdict"]["id"]), (&"named_measures".into(), &"with_measures".into()));
    assert!(!row["cures"].as_array().unwrap().is_empty());
    for cure in row["cures"].as_array().unwrap() {
        let measures = format!(", measures: {{signal: [{}]}}", ids(cure).join(", "));
        let cured = json(&one("employment", "signal", &measures), &[], 0);
        let taken = ids(&cured["use_cases"][0]["rows"][0]["measures"]).len();
        assert_eq!(taken, cure.as_array().unwrap().len());
    }
}

#[test]
fn a_measure_that_needs_what_is_missing_does_not_count_as_taken() {
    let folder = Folder::with([("org.yaml", "has: {org.dpa_signed: no}\n")]);
    let organisation = folder.join("org.yaml");
    let policy = one("employment", "wire", ", measures: {wire: [team-contract]}");
    json(&policy, &[], 0);
    let result = json(&policy, &["--organisation", organisation.to_str().unwrap()], 1);
    assert_eq!(reasons(&result), ["measure_lacks_need"]);
    assert_eq!(ids(&result["use_cases"][0]["rows"][0]["reasons"][0]["facts"]), ["org.dpa_signed"]);
}

fn permit(setting: usize, profile: usize, demands: Demands, measures: Option<Vec<usize>>) -> Permit {
    Permit { setting, profile, demands, measures, source: SourceId(0), span: Span::default() }
}

fn passages(permits: &[Permit]) -> Vec<Passage<'_>> {
    gate(shipped(), &Situation::default(), permits, Date::parse(TODAY).unwrap())
}

#[test]
fn the_gate_agrees_with_the_verdict_and_every_cure_it_names_cures() {
    let catalog = shipped();
    let (mut cured, mut open) = (0, 0);
    for setting in (0..catalog.settings.len()).step_by(7) {
        let plan_situation = Situation::default();
        let plan = Plan::new(catalog, &catalog.settings[setting], &plan_situation);
        for profile in 0..catalog.profiles.len() {
            let verdict = assess(&plan, profile).verdict;
            let permits = [
                permit(setting, profile, Demands::default(), None),
                permit(setting, profile, Demands { verdict: LeastVerdict::Suitable, ..Demands::default() }, None),
                permit(setting, profile, Demands::default(), Some(Vec::new())),
                permit(setting, profile, Demands { low: Some(70), ..Demands::default() }, Some(Vec::new())),
            ];
            let all = passages(&permits);
            let passes: Vec<bool> = all.iter().map(Passage::passes).collect();
            let place = format!("{} {}", catalog.settings[setting].id, catalog.profiles[profile].id);
            assert_eq!(passes[0], verdict <= Verdict::WithMeasures, "{place}");
            assert_eq!((passes[1], passes[2]), (verdict == Verdict::Suitable, verdict == Verdict::Suitable), "{place}");
            // Whoever fails learns why: a knock-out that fails, or facts to find out.
            open += all[0]
                .reasons
                .iter()
                .filter(|reason| matches!(reason, Reason::Open(_, facts) if !facts.is_empty()))
                .count();
            for passage in &all[2..] {
                for cure in &passage.cures {
                    cured += 1;
                    let again = [permit(setting, profile, passage.permit.demands, Some(cure.clone()))];
                    assert!(passages(&again)[0].passes(), "{place}: {cure:?}");
                    // Smallest: without any one of its measures it is not enough.
                    for at in 0..cure.len() {
                        let mut less = cure.clone();
                        less.remove(at);
                        let less = [permit(setting, profile, passage.permit.demands, Some(less))];
                        assert!(!passages(&less)[0].passes(), "{place}: {cure:?}");
                    }
                }
            }
            assert_eq!(all[2].cures.is_empty(), verdict != Verdict::WithMeasures, "{place}");
        }
    }
    assert!(cured > 20 && open > 5, "{cured} {open}");
}

#[test]
fn every_row_shows_what_compare_shows() {
    let ids: Vec<&str> = shipped().profiles.iter().map(|profile| profile.id.as_str()).collect();
    let gate = json(&one("beschaeftigte", &ids.join(", "), ""), &[], 1);
    let compare = run(["compare", "-u", "employment", "--today", TODAY, "--lang", "en", "-f", "json"]);
    let compare: Json = serde_json::from_str(&compare.ended_with(0).out).unwrap();
    assert_eq!(gate["use_cases"][0]["id"], "employment");
    for row in gate["use_cases"][0]["rows"].as_array().unwrap() {
        let other = compare["use_cases"][0]["rows"].as_array().unwrap();
        let other = other.iter().find(|other| other["id"] == row["id"]).unwrap();
        assert_eq!(row["verdict"], other["verdict"]);
        let state = if other["verdict"]["id"] == "suitable" { "shipped" } else { "hardened" };
        assert_eq!(row["score"], other[state]["score"], "{}", row["id"]);
        let permitted = ["suitable", "with_measures"].contains(&other["verdict"]["id"].as_str().unwrap());
        assert_eq!(row["passes"], permitted, "{}", row["id"]);
        assert_eq!(row["reasons"].as_array().unwrap().is_empty(), permitted);
    }
}

#[test]
fn a_policy_may_still_name_what_is_called_something_else_by_now() {
    let redirects = "messengers: {wire-old: wire}\nuse_cases: {schooling: school}\n";
    let data = Folder::with([("criteria/redirects.yaml", redirects)]);
    let data = data.path().to_str().unwrap();
    let run = judge(&one("Schooling", "wire-old", ""), &["--data", data, "--format", "json"]);
    run.ended_with(0).says("\"schooling\" is now called \"school\"").says("\"wire-old\" is now called \"wire\"");
    let (old, new): (Json, Json) =
        (serde_json::from_str(&run.out).unwrap(), json(&one("school", "wire", ""), &["--data", data], 0));
    for part in ["id", "verdict", "score", "measures"] {
        assert_eq!(old["use_cases"][0]["rows"][0][part], new["use_cases"][0]["rows"][0][part]);
    }
}

#[test]
fn a_messenger_with_hundreds_of_measures_is_judged_in_time() {
    let mut text = String::from("name: Many\nsummary: {de: x, en: y}\nchecked: 2026-11-01\nfacts: {}\nmeasures:\n");
    for at in 0..400 {
        let sets =
            ["contacts.non_users_affected: 'no'", "encryption.calls: default", "encryption.groups: default"][at % 3];
        writeln!(text, "  m{at}:\n    title: {{de: x, en: y}}\n    how: {{de: x, en: y}}\n    effort: low").unwrap();
        writeln!(text, "    sets: {{{sets}}}\n    basis: general_knowledge").unwrap();
    }
    let data = Folder::with([("messengers/many.yaml", text.as_str())]);
    let data = data.path().to_str().unwrap();
    let result = judge(&one("school", "many", ", measures: {many: [m1]}"), &["--data", data]);
    result.ended_with(1).says("Many");
}

// Policies with mistakes

#[test]
fn mistakes_in_a_policy_are_reported_at_their_place() {
    let cases = [
        ("permitted: {}\n", "1:1: empty-map"),
        ("permitted:\n  school: {messengers: []}\n", "2:12: empty-list"),
        ("permitted:\n  scool: {messengers: [wire]}\n", "2:3: unknown-reference"),
        ("permitted:\n  school: {messengers: [wirr]}\n", "2:25: unknown-reference"),
        ("permitted:\n  school: {messengers: [wire, wire]}\n", "2:31: named-twice"),
        ("permitted:\n  school: {messengers: [wire]}\n  Schule: {messengers: [signal]}\n", "3:3: use-case-twice"),
        ("permitted:\n  school: {messengers: [wire]}\n  school: {messengers: [signal]}\n", "3:3: duplicate-key"),
        ("permitted:\n  school:\n    messengers: [wire]\n    measures: {signal: []}\n", "4:16: measures-not-permitted"),
        ("permitted:\n  school:\n    messengers: [wire]\n    measures: {wire: [fdroid]}\n", "4:23: unknown-reference"),
        (
            "permitted:\n  school:\n    messengers: [signal]\n    measures: {signal: [deny-contacts, deny-contacts]}\n",
            "4:40: named-twice",
        ),
        (
            "permitted:\n  school:\n    messengers: [delta-chat]\n    measures: {delta-chat: [own-relay, contracted-relay]}\n",
            "4:40: measures-exclude",
        ),
        ("defaults: {minimum_low: 101}\npermitted:\n  school: {messengers: [wire]}\n", "1:25: out-of-range"),
        ("defaults: {minimum_coverage: -1}\npermitted:\n  school: {messengers: [wire]}\n", "1:30: out-of-range"),
        ("defaults: {maximum_age: 1201}\npermitted:\n  school: {messengers: [wire]}\n", "1:25: out-of-range"),
        ("defaults: {verdict: undecided}\npermitted:\n  school: {messengers: [wire]}\n", "1:21: unknown-word"),
        ("defaults: {minimum: 1}\npermitted:\n  school: {messengers: [wire]}\n", "1:12: unknown-key"),
        ("name: x\n", "1:1: missing-key"),
    ];
    let mut catalog = load(&[]).unwrap().catalog;
    let mut wrong = String::new();
    for (text, expected) in cases {
        let folder = Folder::with([("policy.yaml", text)]);
        let (_, findings) = read_policy(&folder.join("policy.yaml"), &mut catalog);
        let found = shown(&catalog, &findings);
        if !found.contains(&format!("policy.yaml:{expected} ")) {
            let _ = writeln!(wrong, "{text}expected {expected}, found {found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_wrong_name_brings_the_nearest_one_and_nothing_is_judged() {
    let policy = "permitted:\n  school:\n    messengers: [sigal]\n  employmnt: {messengers: [signal]}\n  private:\n    \
                  messengers: [signal]\n    measures: {signal: [deny-contact]}\n";
    let run = judge(policy, &[]);
    run.ended_with(1).says("Did you mean \"signal\"?").says("Did you mean \"employment\"?").says("\"deny-contacts\"?");
    assert!(run.out.is_empty(), "{}", run.out);
    assert!(run.err.contains("policy.yaml:3:18") && run.err.contains("policy.yaml:4:3"), "{}", run.err);
}

#[test]
fn a_policy_that_is_not_there_is_an_error_and_none_at_all_is_wrong_usage() {
    run(["gate", "nowhere.yaml", "--lang", "en"]).ended_with(1).says("does not exist");
    run(["gate", "--lang", "en"]).ended_with(2).says("POLICY");
    let policy = one("private", "signal", "");
    judge(&policy, &["--format", "dokuwiki"]).ended_with(2).says("There are: terminal, json, markdown");
}

// Output

#[test]
fn the_result_depends_on_the_day_given_and_on_nothing_else() {
    let policy = one("private", "signal, whatsapp", ", maximum_age: 3");
    for format in ["terminal", "markdown", "json"] {
        let at = |day: &'static str| judge(&policy, &["--today", day, "--format", format]).out;
        let without_place = |text: String| {
            text.lines().filter(|line| !line.contains("\"place\"")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(without_place(at(TODAY)), without_place(at(TODAY)));
        assert_ne!(without_place(at(TODAY)), without_place(at("2027-06-01")));
    }
}

#[test]
fn a_file_is_written_even_when_the_gate_is_shut() {
    let folder = Folder::with([("policy.yaml", one("private", "skype", "").as_str())]);
    let (policy, out) = (folder.join("policy.yaml"), folder.join("out.md"));
    let args = ["gate", policy.to_str().unwrap(), "-o", out.to_str().unwrap(), "--lang", "de"];
    run(args).ended_with(1).says("Geschrieben");
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("# Zugelassene Messenger\n") && text.contains("Der Dienst ist eingestellt."), "{text}");
    run(args).ended_with(2).says("--force");
}

#[test]
fn lines_fit_the_terminal_in_both_languages() {
    let ids: Vec<&str> = shipped().profiles.iter().map(|profile| profile.id.as_str()).collect();
    let demands = ", minimum_low: 90, minimum_coverage: 99, maximum_age: 0";
    for lang in ["de", "en"] {
        for width in ["60", "80"] {
            let policy = one("health_hospital", &ids.join(", "), demands);
            let run = judge(&policy, &["--today", "2027-01-01", "--width", width, "--lang", lang]);
            let wide = run.ended_with(1).out.lines().find(|line| line.chars().count() > width.parse().unwrap());
            assert_eq!(wide, None);
            let last = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(last.contains(if lang == "de" { "keine Rechtsberatung" } else { "not legal advice" }));
        }
    }
}
