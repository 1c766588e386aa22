//! New profiles: clean as they are made, complete, and ready to be filled in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;

use messwerk::catalog::{Catalog, Loaded, Situation, State, load_paths};
use messwerk::engine::{Plan, assess};
use messwerk::lints::{self, Subject};
use messwerk::model::{Date, FactDef, Kind};
use messwerk::report::schema;
use serde_json::Value as Json;

use support::{Folder, Run, messwerk, run, shipped, shown};

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

fn printed(args: &[&str]) -> String {
    let all = ["new", "messenger", "probe", "--stdout", "--today", "2026-11-22"].iter().chain(args);
    run(all).ended_with(0).out.clone()
}

/// Loads a profile over the shipped data; fails on any finding of loading or of the lints.
#[track_caller]
fn clean(text: &str) -> Catalog {
    let folder = Folder::with([("messengers/probe.yaml", text)]);
    let Loaded { catalog, mut findings, read } = load_paths(&[folder.join("messengers/probe.yaml")]).unwrap();
    findings.extend(lints::run(&Subject::of(&catalog, TODAY, read)));
    // What is still to be written is what a scaffold is full of; and filled in blindly, facts need not go together.
    findings.retain(|finding| !["todo-left", "contradictory-facts"].contains(&finding.code));
    assert!(findings.is_empty(), "{}{text}", shown(&catalog, &findings));
    catalog
}

/// The facts a profile may state, with their keys, in the order of the vocabulary.
fn vocabulary() -> Vec<(&'static str, &'static FactDef)> {
    let all = shipped().facts.iter().map(|(_, own)| (own.key.as_str(), &own.def));
    all.filter(|(key, _)| !key.starts_with("setting.") && !key.starts_with("org.")).collect()
}

/// The keys of the vocabulary that stand as a line of their own after `start`, in the order of the text.
fn keys<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    let key = |line: &'a str| {
        line.strip_prefix(start)?.strip_suffix(':').filter(|key| key.contains('.') && !key.contains(' '))
    };
    text.lines().filter_map(key).collect()
}

/// The comment above each fact, on one line.
fn comment(text: &str, key: &str) -> String {
    let (before, _) = text.split_once(&format!("\n  {key}:\n")).unwrap();
    let block = before.rsplit("\n\n").next().unwrap();
    block.lines().map(|line| line.trim_start_matches("  # ")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_new_profile_is_clean_and_nothing_is_known_in_it() {
    for lang in ["de", "en"] {
        let catalog = clean(&printed(&["--lang", lang]));
        let index = catalog.profile("probe").unwrap();
        let profile = &catalog.profiles[index];
        assert!(profile.states.iter().all(|state| *state == State::Unknown));
        assert_eq!(profile.checked, TODAY);
        let situation = Situation::default();
        for setting in &catalog.settings {
            let assessment = assess(&Plan::new(&catalog, setting, &situation), index);
            let (low, high) = assessment.shipped.score.percent().unwrap();
            // A criterion whose worst outcome is "partly" lifts the low end by a hair.
            assert!(low <= 1 && high == 100, "{}: {low} to {high}", setting.id);
            assert_eq!(assessment.shipped.score.coverage(), Some(0), "{}", setting.id);
        }
    }
}

#[test]
fn the_checker_and_the_editor_accept_it() {
    let folder = Folder::new();
    let data = folder.path().to_str().unwrap();
    for args in [&["plain"][..], &["ed", "--edition-of", "wire"]] {
        run(["new", "messenger"].iter().chain(args).chain(&["--data", data])).ended_with(0);
        let file = folder.join(&format!("messengers/{}.yaml", args[0]));
        // Nothing is wrong with it but what is still to be written.
        let checked = run(["check", file.to_str().unwrap(), "--format", "json"]);
        let findings: Json = serde_json::from_str(&checked.ended_with(1).out).unwrap();
        let findings = findings["findings"].as_array().unwrap();
        assert!(!findings.is_empty() && findings.iter().all(|own| own["code"] == "todo-left"), "{findings:?}");
        let text: yaml_serde::Value = yaml_serde::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let schema = schema::build(shipped(), messwerk::document::DocumentKind::Messenger);
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&serde_json::to_value(text).unwrap()));
    }
}

#[test]
fn every_key_stands_once_in_the_order_of_the_vocabulary_with_every_value_it_may_have() {
    for lang in ["de", "en"] {
        let text = printed(&["--lang", lang]);
        let expected: Vec<&str> = vocabulary().iter().map(|(key, _)| *key).collect();
        assert_eq!(keys(&text, "  "), expected);
        for (key, def) in vocabulary() {
            let comment = comment(&text, key);
            let say = |text: &messwerk::model::Text| {
                text.get(if lang == "de" { messwerk::model::Lang::De } else { messwerk::model::Lang::En })
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            assert!(comment.contains(&say(&def.label)) && comment.contains(&say(&def.why)), "{key}: {comment}");
            for (word, label) in &def.values {
                assert!(comment.contains(&format!("{word} ({})", say(label))), "{key}, {word}: {comment}");
            }
            assert_eq!(comment.contains("not_applicable"), def.not_applicable, "{key}: {comment}");
        }
        for (area, label) in &shipped().facts.areas {
            let heading = format!(
                "  # ── {} ──\n",
                label.get(if lang == "de" { messwerk::model::Lang::De } else { messwerk::model::Lang::En })
            );
            let used = vocabulary().iter().any(|(key, _)| key.starts_with(&format!("{area}.")));
            assert_eq!(text.matches(&heading).count(), usize::from(used), "{area}");
        }
        let wide = text.lines().find(|line| line.chars().count() > 120);
        assert_eq!(wide, None);
        assert!(text.matches("TODO").count() >= 4 && !text.contains("{{"));
    }
    assert_ne!(printed(&["--lang", "de"]), printed(&["--lang", "en"]));
    assert_eq!(printed(&["--lang", "de"]), printed(&["--lang", "de"]));
}

/// A value the vocabulary allows: the first of a list, else something of the kind.
fn first(def: &FactDef) -> String {
    let word = || def.values.keys().next().unwrap().value.clone();
    match def.kind.value {
        Kind::Choice => word(),
        Kind::Set => format!("[{}]", word()),
        Kind::Number => "16".into(),
        Kind::Country => "CH".into(),
        Kind::Text => "{de: ein Text, en: a text}".into(),
    }
}

#[test]
fn filled_in_with_the_first_value_of_each_fact_it_is_clean_and_everything_is_known() {
    let mut text = printed(&["--lang", "de"]);
    for (key, def) in vocabulary() {
        let blank = format!("\n  {key}:\n    value: unknown\n");
        let filled = format!("\n  {key}:\n    value: {}\n    confidence: low\n    basis: inference\n", first(def));
        assert!(text.contains(&blank), "{key}");
        text = text.replace(&blank, &filled);
    }
    let catalog = clean(&text);
    let profile = &catalog.profiles[catalog.profile("probe").unwrap()];
    for (key, _) in vocabulary() {
        let state = &profile.states[catalog.facts.id(key).unwrap().index()];
        assert!(matches!(state, State::Known(_)), "{key}: {state:?}");
    }
}

/// Removes the hash signs of the examples, from each line that begins so up to the first that is no comment.
fn uncommented(text: &str, starts: &[&str]) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in text.lines() {
        inside = starts.contains(&line) || inside && line.starts_with('#');
        out.push_str(if inside { &line[2..] } else { line });
        out.push('\n');
    }
    out
}

#[test]
fn the_examples_are_valid_without_their_hash_signs() {
    for lang in ["de", "en"] {
        let text = uncommented(&printed(&["--lang", lang]), &["# sources:", "# measures:"]);
        let catalog = clean(&text);
        let profile = &catalog.profiles[catalog.profile("probe").unwrap()];
        assert_eq!((profile.messenger.sources.len(), profile.measures.len()), (1, 1));
        // The example of a fact that is filled in stands in its own block, indented like a fact.
        let example: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("#   ")).collect();
        let example: Vec<&str> =
            example.iter().take_while(|line| line.starts_with("#   ")).map(|line| &line[1..]).collect();
        let key = example[0].trim().trim_end_matches(':');
        let example: Vec<&str> = example.iter().map(|line| &line[1..]).collect();
        let text = text.replace(&format!("\n  {key}:\n    value: unknown\n"), &format!("\n{}\n", example.join("\n")));
        clean(&text.replace(&format!("      {key}: no"), &format!("      {key}: yes")));
    }
}

// Editions

#[test]
fn an_edition_inherits_everything_and_shows_what() {
    for lang in ["de", "en"] {
        let text = printed(&["--edition-of", "wire", "--lang", lang]);
        let catalog = clean(&text);
        let (edition, parent) = (catalog.profile("probe").unwrap(), catalog.profile("wire").unwrap());
        assert_eq!(catalog.profiles[edition].parent, Some(parent));
        assert_eq!(catalog.profiles[edition].states, catalog.profiles[parent].states);
        assert!(keys(&text, "  ").is_empty());
        let expected: Vec<&str> = vocabulary().iter().map(|(key, _)| *key).collect();
        assert_eq!(keys(&text, "  # "), expected);
        let first = if lang == "de" { "  # Geerbt: E-Mail-Adresse, " } else { "  # Inherited: email address, " };
        assert!(text.contains(first));
        // As the comments say: hash signs away, value in.
        let key = "encryption.groups";
        let text = text.replace("\n# facts:\n", "\nfacts:\n").replace(
            &format!("\n  # {key}:\n  #   value: unknown\n"),
            &format!("\n  {key}:\n    value: none\n    confidence: low\n    basis: inference\n"),
        );
        let text = uncommented(&text, &["# drops: [decline-usage-statistics]"]);
        let catalog = clean(&text);
        let profile = &catalog.profiles[catalog.profile("probe").unwrap()];
        let at = catalog.facts.id(key).unwrap().index();
        assert_ne!(profile.states[at], catalog.profiles[parent].states[at]);
        assert_eq!(profile.measures.len() + 1, catalog.profiles[parent].measures.len());
    }
    run(["new", "messenger", "probe", "--stdout", "--edition-of", "wirre", "--lang", "en"])
        .ended_with(2)
        .says("Did you mean \"wire\"?");
}

// Where it is written

fn within(folder: &Path, args: &[&str]) -> Run {
    support::finish(
        messwerk().args(["--lang", "en", "new", "messenger"]).args(args).current_dir(folder).spawn().unwrap(),
    )
}

#[test]
fn it_is_written_below_the_data_folder_or_below_this_one_or_not_at_all() {
    let folder = Folder::new();
    within(folder.path(), &["probe"]).ended_with(2).says("--data DIR").says("--stdout");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

    fs::create_dir(folder.join("criteria")).unwrap();
    within(folder.path(), &["probe"]).ended_with(0).says("Written: messengers/probe.yaml").says("messwerk schema -o");
    assert!(folder.join("messengers/probe.yaml").exists());

    fs::create_dir(folder.join("own")).unwrap();
    within(folder.path(), &["other", "--data", "own"]).ended_with(0).says("own/messengers/other.yaml");
    within(folder.path(), &["third", "--data", "nowhere"]).ended_with(2).says("not a folder");
    within(folder.path(), &["fourth", "-o", "fourth.yaml"]).ended_with(0);
    within(folder.path(), &["fourth", "-o", "fifth.yaml"]).ended_with(2).says("fourth.yaml");
    within(folder.path(), &["fourth", "-o", "x.yaml", "--stdout"]).ended_with(2);
    assert!(!folder.join("fifth.yaml").exists());
}

#[test]
fn nothing_is_overwritten_or_hidden_without_force() {
    let folder = Folder::new();
    fs::create_dir(folder.join("messengers")).unwrap();
    let file = folder.join("messengers/probe.yaml");
    within(folder.path(), &["probe"]).ended_with(0);
    fs::write(&file, "mine").unwrap();
    within(folder.path(), &["probe"]).ended_with(2).says("exists already");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    within(folder.path(), &["probe", "--force"]).ended_with(0);
    assert!(fs::read_to_string(&file).unwrap().starts_with("# yaml-language-server: "));

    within(folder.path(), &["signal"]).ended_with(2).says("\"signal\" is already taken (messengers/signal.yaml)");
    assert!(!folder.join("messengers/signal.yaml").exists());
    within(folder.path(), &["signal", "--force"]).ended_with(0);
}

#[test]
fn only_ids_that_are_safe_everywhere_are_accepted() {
    let folder = Folder::new();
    fs::create_dir(folder.join("messengers")).unwrap();
    let bad = ["", "..", "../x", "a/b", "a\\b", "/tmp", "Abc", "ä", "a--b", "a-", "a_b", "a.b", "a b", "a\n", "C:"];
    for id in bad {
        within(folder.path(), &[id]).ended_with(2).says("lower-case letters a to z");
    }
    within(folder.path(), &["-a"]).ended_with(2);
    assert_eq!(fs::read_dir(folder.join("messengers")).unwrap().count(), 0);
    for good in ["a", "3cx", "my-own-messenger-2"] {
        within(folder.path(), &[good]).ended_with(0);
    }
}

#[test]
fn a_vocabulary_of_ones_own_is_followed() {
    let text = "{de: Probe, en: Probe}";
    let facts = format!(
        "areas: {{zz: {text}}}\nfacts:\n  zz.one: {{kind: choice, label: {text}, why: {text}, values: {{good: {text}}}}}\n"
    );
    let folder = Folder::with([("criteria/facts.yaml", facts.as_str())]);
    let out = run(["new", "messenger", "probe", "--stdout", "--data", folder.path().to_str().unwrap()]);
    let out = &out.ended_with(0).out;
    assert_eq!(keys(out, "  ").last(), Some(&"zz.one"));
    assert!(out.contains("good (Probe)"));
    let parsed: yaml_serde::Value = yaml_serde::from_str(out).unwrap();
    let parsed: Json = serde_json::to_value(parsed).unwrap();
    assert_eq!(parsed["facts"]["zz.one"]["value"], "unknown");
}
