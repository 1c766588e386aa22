//! What changed between two states of the data, and what it does: nothing too much, nothing too little.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use messwerk::catalog::Catalog;
use messwerk::diff::{Diff, Limits, Pairs, diff};
use proptest::prelude::*;
use serde_json::Value;

use support::{Folder, Run, criterion, finish, messwerk, profile, root, run, shipped, shipped_yaml, use_case};

const UPLOAD: &str = "contacts.address_book_upload";

/// A use case `probe` that rules out whoever uploads the address book.
fn probe(value: &str) -> Folder {
    let rows = [("{contacts.address_book_upload: {is: none}}", "met")];
    Folder::with([
        ("criteria/rules/contacts/probe.yaml", criterion(&rows, "not_met").as_str()),
        ("criteria/use-cases/probe.yaml", use_case(&[("probe", "met")]).as_str()),
        ("messengers/probe.yaml", profile(&[(UPLOAD, &format!("value: {value}"))]).as_str()),
    ])
}

fn run_in(folder: &Path, args: &[&str]) -> Run {
    finish(messwerk().current_dir(folder).args(args).spawn().unwrap())
}

/// The diff of two folders as JSON; any exit code but a mistake in usage.
fn json(old: &Path, new: &Path, more: &[&str]) -> Value {
    let args = ["diff", old.to_str().unwrap(), new.to_str().unwrap(), "--format", "json", "--lang", "en"];
    let run = run(args.iter().chain(more));
    assert_ne!(run.code, Some(2), "{}", run.all());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.all()))
}

fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("{name}: {value}"))
}

/// A shipped file with something replaced, which must be there.
fn edited(path: &str, from: &str, to: &str) -> String {
    let text = fs::read_to_string(root().join(path)).unwrap();
    assert!(text.contains(from), "{path} does not contain {from}");
    text.replacen(from, to, 1)
}

/// Two shipped profiles, each with a fact that is not so.
fn other_facts() -> Folder {
    let upload = "contacts.address_book_upload:\n    value: ";
    let contract = "contract.data_processing_agreement:\n    value: ";
    Folder::with([
        (
            "messengers/signal.yaml",
            edited("messengers/signal.yaml", &format!("{upload}opt_in"), &format!("{upload}mandatory")).as_str(),
        ),
        (
            "messengers/whatsapp.yaml",
            edited("messengers/whatsapp.yaml", &format!("{contract}only_edition"), &format!("{contract}yes")).as_str(),
        ),
    ])
}

/// The same two profiles as they are shipped.
fn shipped_facts() -> Folder {
    let folder = Folder::new();
    for path in ["messengers/signal.yaml", "messengers/whatsapp.yaml"] {
        folder.write(path, fs::read_to_string(root().join(path)).unwrap());
    }
    folder
}

// Nothing too much

#[test]
fn equal_states_do_not_differ() {
    let (old, new) = (probe("none"), probe("none"));
    let found = json(old.path(), new.path(), &["--fail-on", "any"]);
    assert_eq!(found["same"], true);
    for name in ["messengers", "ground", "groups", "results", "outcomes"] {
        assert!(list(&found, name).is_empty(), "{name}");
    }
    let paths = [old.path().to_str().unwrap(), new.path().to_str().unwrap()];
    for format in ["terminal", "markdown"] {
        let run = run(["diff", paths[0], paths[1], "--format", format, "--fail-on", "any"]);
        run.ended_with(0).says("Keine Änderungen.");
    }
}

#[test]
fn comments_quoting_and_order_say_nothing() {
    let one = Folder::with([(
        "messengers/probe.yaml",
        "name: Probe\nsummary: {de: Probe, en: Probe}\nchecked: 2026-11-22\ntags: [consumer, open_source]\nfacts:\n  \
         contacts.address_book_upload: {value: none, confidence: high, basis: general_knowledge}\n  \
         identity.registration: {value: [phone_number, email], confidence: low, basis: inference}\n",
    )]);
    let other = Folder::with([(
        "messengers/probe.yaml",
        "# A remark.\nchecked: '2026-11-22'\nfacts:\n  identity.registration:\n    basis: inference\n    value:\n      \
         - email\n      - \"phone_number\"\n    confidence: low # sic\n  contacts.address_book_upload:\n    basis: \
         'general_knowledge'\n    confidence: high\n    value: >-\n      none\nsummary:\n  en: Probe\n  de: Probe\nname: \
         \"Probe\"\ntags: [open_source, consumer]\n",
    )]);
    one.load_clean();
    other.load_clean();
    assert_eq!(json(one.path(), other.path(), &[])["same"], true);
}

/// Every map of a document turned around.
fn reversed(value: yaml_serde::Value) -> yaml_serde::Value {
    use yaml_serde::Value::{Mapping, Sequence};
    match value {
        Mapping(map) => {
            let mut pairs: Vec<_> = map.into_iter().map(|(key, value)| (key, reversed(value))).collect();
            pairs.reverse();
            Mapping(pairs.into_iter().collect())
        }
        Sequence(items) => Sequence(items.into_iter().map(reversed).collect()),
        other => other,
    }
}

#[test]
fn all_shipped_data_turned_around_say_the_same() {
    let (plain, turned) = (Folder::new(), Folder::new());
    for (path, text) in shipped_yaml().into_iter().filter(|(path, _)| !path.starts_with("templates/")) {
        let document: yaml_serde::Value = yaml_serde::from_str(&text).unwrap();
        turned.write(&path, yaml_serde::to_string(&reversed(document)).unwrap());
        plain.write(&path, text);
    }
    let found = json(plain.path(), turned.path(), &[]);
    assert_eq!(found["old"]["reading"]["id"], "whole");
    assert_eq!(found["same"], true, "{:#}", found["summary"]);
    assert_ne!(
        fs::read(plain.join("criteria/facts.yaml")).unwrap(),
        fs::read(turned.join("criteria/facts.yaml")).unwrap()
    );
}

// Nothing too little

#[test]
fn a_fact_that_flips_a_knock_out_is_followed_to_the_verdict() {
    let (old, new) = (probe("none"), probe("mandatory"));
    let found = json(old.path(), new.path(), &["-u", "probe"]);
    let summary = &found["summary"];
    for (name, count) in [("facts", 1), ("values", 1), ("worse", 1), ("better", 0), ("ranges", 1), ("ground", 0)] {
        assert_eq!(summary[name], count, "{name}");
    }
    let [messenger] = list(&found, "messengers").as_slice() else { panic!("{found:#}") };
    let [fact] = list(messenger, "facts").as_slice() else { panic!("{messenger:#}") };
    assert_eq!((fact["key"].as_str(), fact["old_value"].as_str()), (Some(UPLOAD), Some("never")));
    assert_eq!((fact["new_value"].as_str(), &fact["changed"][0]["id"]), (Some("mandatory"), &Value::from("value")));
    let [result] = list(&found, "results").as_slice() else { panic!("{found:#}") };
    assert_eq!(result["messenger"]["id"], "probe");
    assert_eq!(result["use_case"]["id"], "probe");
    assert_eq!(result["direction"]["id"], "worse");
    assert_eq!(
        (&result["verdict"]["old"]["id"], &result["verdict"]["new"]["id"]),
        (&"suitable".into(), &"unsuitable".into())
    );
    assert_ne!(result["shipped"]["old"]["label"], result["shipped"]["new"]["label"]);
    let [knock_out] = list(result, "knock_outs").as_slice() else { panic!("{result:#}") };
    assert_eq!(knock_out["criterion"]["id"], "probe");
    assert_eq!(
        (&knock_out["shipped"]["old"]["id"], &knock_out["shipped"]["new"]["id"]),
        (&"passed".into(), &"failed".into())
    );
    let criteria: Vec<&str> =
        list(&found, "outcomes").iter().map(|own| own["criterion"]["id"].as_str().unwrap()).collect();
    assert!(criteria.contains(&"probe"), "{criteria:?}");
    for outcome in list(&found, "outcomes") {
        assert_eq!(list(outcome, "facts")[0]["id"], UPLOAD);
        assert_eq!(outcome["rule_changed"], false);
    }
}

#[test]
fn each_part_of_a_fact_is_told() {
    let source = "sources:\n  one: {title: One, publisher: P, url: \"https://one.example\", kind: press, seen: 2026-11-20}\n  \
                  two: {title: Two, publisher: P, url: \"https://two.example\", kind: press, seen: 2026-11-20}\n";
    let head = "name: Probe\nsummary: {de: Probe, en: Probe}\nchecked: 2026-11-22\n";
    let with = |fact: &str| {
        Folder::with([("messengers/probe.yaml", format!("{head}{source}facts:\n  {UPLOAD}: {fact}\n").as_str())])
    };
    let old = with("{value: none, confidence: high, sources: [one], quote: so it is}");
    let cases = [
        ("{value: none, confidence: low, sources: [one], quote: so it is}", "confidence"),
        ("{value: none, confidence: high, sources: [two], quote: so it is}", "sources"),
        ("{value: none, confidence: high, sources: [one], quote: so it was}", "quote"),
        ("{value: none, confidence: high, sources: [one], quote: so it is, note: {de: ja, en: yes}}", "note"),
        ("{value: none, confidence: high, sources: [one], quote: so it is, checked: 2026-11-01}", "checked"),
        ("{value: opt_in, confidence: high, sources: [one], quote: so it is}", "value"),
    ];
    for (fact, part) in cases {
        let found = json(old.path(), with(fact).path(), &[]);
        let [own] = list(&found["messengers"][0], "facts").as_slice() else { panic!("{part}: {found:#}") };
        let [changed] = list(own, "changed").as_slice() else { panic!("{part}: {own:#}") };
        assert_eq!(changed["id"], part);
        assert_eq!(own["value_changed"], part == "value");
    }
    let disputed = with("{value: disputed, candidates: [none, opt_in], confidence: low, sources: [one, two]}");
    let found = json(old.path(), disputed.path(), &[]);
    let fact = &found["messengers"][0]["facts"][0];
    assert_eq!(fact["new_value"], "disputed: never / only if permitted");
    assert_eq!(fact["sources_added"][0]["id"], "two");
    // A date that says what the profile says anyway is no change.
    let same = with("{value: none, confidence: high, sources: [one], quote: so it is, checked: 2026-11-22}");
    assert_eq!(json(old.path(), same.path(), &[])["same"], true);
}

#[test]
fn a_fact_is_listed_once_where_it_is_stated() {
    let with = |value: &str| {
        let edition = "name: Pro\nedition_of: probe\nsummary: {de: P, en: P}\nchecked: 2026-11-22\n";
        let folder = probe(value);
        folder.write("messengers/probe-pro.yaml", edition);
        folder
    };
    let (old, new) = (with("none"), with("mandatory"));
    let found = json(old.path(), new.path(), &["-u", "probe"]);
    let [messenger] = list(&found, "messengers").as_slice() else { panic!("{found:#}") };
    assert_eq!(messenger["id"], "probe");
    assert_eq!(messenger["facts"][0]["reaches"][0]["id"], "probe-pro");
    assert_eq!(list(&found, "results").len(), 2);
    // An edition that begins to speak for itself: what it inherited is shown as what was.
    let own = with("none");
    own.write(
        "messengers/probe-pro.yaml",
        profile(&[(UPLOAD, "value: mandatory")]).replacen("name", "edition_of: probe\nname", 1),
    );
    let found = json(old.path(), own.path(), &["-m", "probe-pro", "-u", "probe"]);
    assert_eq!(found["messengers"][0]["id"], "probe-pro");
    assert_eq!(found["messengers"][0]["facts"][0]["old_value"], "never (inherited from Probe)");
}

#[test]
fn criteria_and_use_cases_name_the_parts_that_changed() {
    let (old, new) = (probe("none"), probe("none"));
    let rows = [("{contacts.address_book_upload: {one_of: [none, opt_in]}}", "met")];
    new.write("criteria/rules/contacts/probe.yaml", criterion(&rows, "not_met").replace("weight: 1", "weight: 2"));
    let changed = use_case(&[("messages-end-to-end-encrypted", "met")]);
    let known = shipped().rules[0].id.clone();
    new.write("criteria/use-cases/probe.yaml", changed.replace("messages-end-to-end-encrypted", &known));
    let found = json(old.path(), new.path(), &[]);
    let of = |kind: &str| list(&found, "ground").iter().find(|own| own["kind"]["id"] == kind).unwrap().clone();
    let rule = of("criterion");
    let parts: Vec<&str> = list(&rule, "parts").iter().map(|part| part["part"]["id"].as_str().unwrap()).collect();
    assert_eq!(parts, ["weight", "table"]);
    assert_eq!((&rule["parts"][0]["old"], &rule["parts"][0]["new"]), (&"1".into(), &"2".into()));
    let case = of("use_case");
    let items: BTreeMap<&str, &str> = list(&case, "items")
        .iter()
        .map(|item| (item["id"].as_str().unwrap(), item["what"]["id"].as_str().unwrap()))
        .collect();
    assert_eq!(items, BTreeMap::from([("probe", "removed"), (known.as_str(), "added")]));
}

#[test]
fn ids_that_moved_are_followed() {
    let (old, new) = (probe("none"), probe("mandatory"));
    fs::rename(new.join("messengers/probe.yaml"), new.join("messengers/sample.yaml")).unwrap();
    let args = ["-u", "probe", "--fail-on", "verdict-worse"];
    let lost = json(old.path(), new.path(), &args);
    assert_eq!(lost["summary"]["messengers_lost"], 1);
    assert!(list(&lost, "results").is_empty());
    new.write("criteria/redirects.yaml", "messengers: {probe: sample}\n");
    let found = json(old.path(), new.path(), &args);
    assert_eq!((&found["summary"]["messengers_lost"], &found["summary"]["messengers_renamed"]), (&0.into(), &1.into()));
    assert_eq!((&found["messengers"][0]["renamed_from"], &found["summary"]["worse"]), (&"probe".into(), &1.into()));
}

/// Verdict and ranges of every messenger in every use case, as `compare` says.
fn compared(folder: &Path) -> BTreeMap<(String, String), [String; 3]> {
    let mut args =
        vec!["compare".to_owned(), "--format".into(), "json".into(), "--data".into(), folder.display().to_string()];
    for setting in &shipped().settings {
        args.extend(["-u".to_owned(), setting.id.clone()]);
    }
    let run = run(args);
    run.ended_with(0);
    let value: Value = serde_json::from_str(&run.out).unwrap();
    let mut all = BTreeMap::new();
    for case in list(&value, "use_cases") {
        for row in list(case, "rows") {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let said = [&row["verdict"]["id"], &row["shipped"]["score"]["label"], &row["hardened"]["score"]["label"]];
            all.insert((text(&row["id"]), text(&case["id"])), said.map(text));
        }
    }
    all
}

#[test]
fn it_says_what_two_comparisons_say() {
    let (old, new) = (shipped_facts(), other_facts());
    for heavier in [false, true] {
        if heavier {
            let path = "criteria/rules/contacts/address-book-stays-on-device.yaml";
            let text = fs::read_to_string(root().join(path)).unwrap();
            let weight = text.lines().find(|line| line.starts_with("weight: ")).unwrap();
            new.write(path, text.replace(weight, if weight == "weight: 2" { "weight: 5" } else { "weight: 2" }));
        }
        let (before, after) = (compared(old.path()), compared(new.path()));
        let differ = before.iter().filter(|(key, said)| after[*key] != **said).map(|(key, said)| {
            let [one, two, three] = said.clone();
            let [four, five, six] = after[key].clone();
            (key.clone(), [(one, four), (two, five), (three, six)])
        });
        let expected: BTreeMap<_, _> = differ.collect();
        assert!(expected.len() > 10);
        let found = json(old.path(), new.path(), &[]);
        let mut told = BTreeMap::new();
        for own in list(&found, "results") {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let sides = |two: &Value, field: &str| (text(&two["old"][field]), text(&two["new"][field]));
            let said =
                [sides(&own["verdict"], "id"), sides(&own["shipped"], "label"), sides(&own["hardened"], "label")];
            if said.iter().any(|(old, new)| old != new) {
                told.insert((text(&own["messenger"]["id"]), text(&own["use_case"]["id"])), said);
            }
        }
        assert_eq!(told, expected);
    }
}

// Both ways

/// Everything a diff says about verdicts and facts, with the sides swapped if asked.
fn essence(diff: &Diff, pairs: &Pairs, old: &Catalog, new: &Catalog, swap: bool) -> Vec<String> {
    fn two<T: std::fmt::Debug>(old: &T, new: &T, swap: bool) -> String {
        if swap { format!("{new:?} to {old:?}") } else { format!("{old:?} to {new:?}") }
    }
    let profile = |at: usize| match pairs.messengers[at] {
        own if own.new.is_some() => new.profiles[own.new.unwrap()].id.clone(),
        own => old.profiles[own.old.unwrap()].id.clone(),
    };
    let mut said = Vec::new();
    for effect in &diff.effects {
        let setting = &new.settings[pairs.settings[effect.setting].new.unwrap()].id;
        let mut text =
            format!("{} {setting} {}", profile(effect.messenger), two(&effect.verdict.old, &effect.verdict.new, swap));
        for sides in [effect.shipped, effect.hardened] {
            text += &two(&sides.old.percent(), &sides.new.percent(), swap);
        }
        for own in &effect.knock_outs {
            text += &new.rules[pairs.rules[own.rule].new.unwrap()].id;
            text += &two(&own.shipped.old, &own.shipped.new, swap);
            text += &two(&own.reachable.old, &own.reachable.new, swap);
        }
        if let Some(cures) = &effect.cures {
            text += &two(&cures.old, &cures.new, swap);
        }
        for own in &effect.outcomes {
            text += &new.rules[pairs.rules[own.rule].new.unwrap()].id;
            text += &two(&own.shipped.old, &own.shipped.new, swap);
            text += &two(&own.hardened.old, &own.hardened.new, swap);
            text += &two(&own.facts, &own.facts, swap);
        }
        said.push(text);
    }
    for change in &diff.messengers {
        for fact in &change.facts {
            let sources = two(&fact.removed, &fact.added, swap);
            let ids = two(&fact.fact.old, &fact.fact.new, swap);
            let reaches: Vec<String> = fact.reaches.iter().map(|at| profile(*at)).collect();
            said.push(format!("{} {ids} {:?} {sources} {reaches:?}", profile(change.pair), fact.parts));
        }
    }
    said.sort();
    said
}

fn any_facts() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::collection::vec((0..shipped().facts.len(), 0..6_usize), 0..14)
}

/// A main profile and an edition of it with these facts.
fn folder_of(main: &[(usize, usize)], edition: &[(usize, usize)]) -> Folder {
    let facts = |chosen: &[(usize, usize)]| -> Vec<(String, String)> {
        let mut all = BTreeMap::new();
        for (fact, value) in chosen {
            let (_, definition) = shipped().facts.iter().nth(*fact).unwrap();
            let key = definition.key.as_str();
            let values: Vec<&str> = definition.def.values.keys().map(|own| own.as_str()).collect();
            let choice = definition.def.kind.value == messwerk::model::Kind::Choice;
            if choice && !key.starts_with("setting.") && !key.starts_with("org.") {
                let value = values.get(*value).copied().unwrap_or("unknown");
                all.insert(key.to_owned(), format!("value: {value}"));
            }
        }
        all.into_iter().collect()
    };
    let text = |chosen: &[(usize, usize)]| {
        let facts = facts(chosen);
        profile(&facts.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect::<Vec<_>>())
    };
    let edition = text(edition).replacen("name", "edition_of: probe\nname", 1);
    Folder::with([("messengers/probe.yaml", text(main).as_str()), ("messengers/probe-pro.yaml", edition.as_str())])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_way_back_is_the_mirror(
        old in (any_facts(), any_facts()),
        new in (any_facts(), any_facts()),
    ) {
        let old = folder_of(&old.0, &old.1).load_clean();
        let new = folder_of(&new.0, &new.1).load_clean();
        let (there, back) = (Pairs::new(&old, &new), Pairs::new(&new, &old));
        let forth = diff(&old, &new, &there, &Limits::default());
        let home = diff(&new, &old, &back, &Limits::default());
        prop_assert_eq!(essence(&forth, &there, &old, &new, false), essence(&home, &back, &new, &old, true));
    }
}

// States

/// Runs git in a folder, as somebody, without the settings of the surroundings.
fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Probe", "-c", "user.email=probe@example.org"]).args(args);
    let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn commit_all(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "state"]);
}

#[test]
fn revisions_are_states_like_folders() {
    let repository = probe("none");
    git(repository.path(), &["init", "-q"]);
    commit_all(repository.path());
    repository.write("messengers/probe.yaml", profile(&[(UPLOAD, "value: mandatory")]));
    commit_all(repository.path());
    let changes = |run: &Run| -> Value {
        run.ended_with(0);
        let mut found: Value = serde_json::from_str(&run.out).unwrap();
        // Where a fact stands is named by its file.
        for side in ["old", "new"] {
            found["messengers"][0]["facts"][0][side]["place"] = Value::Null;
        }
        ["messengers", "ground", "results", "outcomes"].iter().map(|name| found[*name].clone()).collect()
    };
    let form = ["--format", "json", "--lang", "en"];
    let (old, new) = (probe("none"), probe("mandatory"));
    let folders = run(["diff", old.path().to_str().unwrap(), new.path().to_str().unwrap()].iter().chain(&form));
    let expected = changes(&folders);
    assert_eq!(list(&serde_json::json!({"all": expected[2].clone()}), "all")[0]["direction"]["id"], "worse");
    let here = |args: &[&str]| changes(&run_in(repository.path(), &[&["diff"], args, &form].concat()));
    assert_eq!(here(&["HEAD~1", "HEAD"]), expected);
    assert_eq!(here(&["HEAD~1"]), expected);
    assert_eq!(here(&["HEAD~1", new.path().to_str().unwrap()]), expected);
    assert_eq!(here(&[old.path().to_str().unwrap(), "HEAD"]), expected);
    let path = repository.path().to_str().unwrap();
    for args in [&["diff", "HEAD~1", "HEAD", "-C", path][..], &["diff", "HEAD~1", "--repository", path]] {
        assert_eq!(changes(&run(args.iter().chain(&form))), expected);
    }
    // What is not committed yet counts in the working folder only.
    repository.write("messengers/probe.yaml", profile(&[(UPLOAD, "value: none")]));
    run_in(repository.path(), &["diff", "HEAD~1"]).ended_with(0).says("Keine Änderungen.");
    assert_eq!(here(&["HEAD~1", "HEAD"]), expected);
}

#[test]
fn what_is_no_state_is_refused() {
    let repository = probe("none");
    git(repository.path(), &["init", "-q"]);
    commit_all(repository.path());
    let at = repository.path();
    run_in(at, &["diff", "nowhere"]).ended_with(2).says("weder ein Ordner noch eine Git-Revision");
    // Taken for an option of git, this one would write a file.
    run_in(at, &["diff", "--", "--output=written"]).ended_with(2).says("weder ein Ordner noch");
    assert!(!at.join("written").exists());
    run_in(at, &["diff", "HEAD:messengers/probe.yaml"]).ended_with(2);
    let empty = Folder::new();
    run_in(at, &["diff", "HEAD", empty.path().to_str().unwrap()]).ended_with(2).says("keine Daten");
    run_in(empty.path(), &["diff", "HEAD"]).ended_with(2).says("weder ein Ordner noch eine Git-Revision");
    let mut command = messwerk();
    command.current_dir(at).args(["diff", "HEAD"]).env("PATH", empty.path());
    finish(command.spawn().unwrap()).ended_with(2).says("fehlt das Programm git");
    run_in(at, &["diff", "HEAD", "-m", "nobody"]).ended_with(2).says("nobody");
    run_in(at, &["diff", "HEAD", "-u", "nothing"]).ended_with(2).says("nothing");
}

#[test]
fn states_read_differently_say_so() {
    let whole = Folder::new();
    for (path, text) in shipped_yaml().into_iter().filter(|(path, _)| !path.starts_with("templates/")) {
        whole.write(&path, text);
    }
    let part = shipped_facts();
    let found = json(whole.path(), part.path(), &[]);
    assert_eq!((&found["alike"], &found["same"]), (&false.into(), &true.into()));
    let paths = [whole.path().to_str().unwrap(), part.path().to_str().unwrap()];
    run(["diff", paths[0], paths[1]]).ended_with(0).says("Nur eine Seite ist ein vollständiger Datenbestand");
    // A whole set of data may lack what is shipped.
    fs::remove_file(whole.join("messengers/sms.yaml")).unwrap();
    let found = json(part.path(), whole.path(), &[]);
    assert_eq!(found["summary"]["messengers_lost"], 1);
}

#[test]
fn mistakes_in_the_data_stop_the_comparison() {
    let (old, new) = (probe("none"), probe("defalt"));
    let run = run(["diff", old.path().to_str().unwrap(), new.path().to_str().unwrap()]);
    run.ended_with(1).says("unknown-value").says("defalt");
    assert!(run.out.is_empty(), "{}", run.out);
}

// The gate

#[test]
fn the_gate_fails_on_what_it_is_told() {
    let states = [probe("none"), probe("mandatory"), probe("unknown"), Folder::new()];
    let [good, bad, open, without] = &states;
    without.write("messengers/other.yaml", profile(&[]));
    let noted = probe("none");
    noted.write("messengers/probe.yaml", profile(&[(UPLOAD, "value: none, note: {de: ja, en: yes}")]));
    let codes = |old: &Folder, new: &Folder| {
        ["never", "verdict-worse", "verdict-change", "any"].map(|gate| {
            let paths = [old.path().to_str().unwrap(), new.path().to_str().unwrap()];
            let run = run(["diff", paths[0], paths[1], "--fail-on", gate, "--lang", "en"]);
            assert_eq!(run.err.lines().count(), usize::from(run.code == Some(1)), "{}", run.err);
            assert!(run.out.contains("What changes"), "the result is shown in any case");
            run.code.unwrap()
        })
    };
    assert_eq!(codes(good, good), [0, 0, 0, 0]);
    assert_eq!(codes(good, &noted), [0, 0, 0, 1]);
    assert_eq!(codes(good, bad), [0, 1, 1, 1]);
    assert_eq!(codes(bad, good), [0, 0, 1, 1]);
    assert_eq!(codes(good, open), [0, 1, 1, 1]);
    // The messenger is gone and leads nowhere.
    assert_eq!(codes(good, without), [0, 1, 1, 1]);
}

// Output

#[test]
fn the_markdown_keeps_foreign_text_harmless() {
    let (old, new) = (probe("none"), probe("mandatory"));
    let name = "name: \"A|B <script>x</script> [y](javascript:z) `c`\"";
    for folder in [&old, &new] {
        let text = fs::read_to_string(folder.join("messengers/probe.yaml")).unwrap();
        folder.write("messengers/probe.yaml", text.replace("name: Probe", name));
    }
    let args = ["diff", old.path().to_str().unwrap(), new.path().to_str().unwrap(), "-f", "markdown", "--lang", "en"];
    let text = run(args).ended_with(0).out.clone();
    assert!(!text.contains("<script") && !text.contains("[y](j"), "{text}");
    assert!(text.starts_with("### messwerk: Verdicts worse: "), "{text}");
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    for block in text.split("\n\n").filter(|block| block.starts_with("| ")) {
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        let first = bars(block.lines().next().unwrap());
        for line in block.lines() {
            assert_eq!(bars(line), first, "{line}");
        }
    }
    // Underlined, a paragraph would become a heading.
    assert!(text.contains("\n\n---\n\n"), "{text}");
}

#[test]
fn a_terminal_of_80_columns_is_enough() {
    let (old, new) = (shipped_facts(), other_facts());
    for lang in ["de", "en"] {
        let args =
            ["diff", old.path().to_str().unwrap(), new.path().to_str().unwrap(), "--lang", lang, "--width", "80"];
        let text = run(args).ended_with(0).out.clone();
        assert!(text.lines().count() > 30);
        // The names of temporary folders are as long as they are.
        for line in text
            .lines()
            .filter(|line| !line.contains(old.path().to_str().unwrap()) && !line.contains(new.path().to_str().unwrap()))
        {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn the_json_has_the_documented_fields() {
    let found = json(shipped_facts().path(), other_facts().path(), &[]);
    assert_eq!(found["schema"], "messwerk.diff/1");
    let page = fs::read_to_string(root().join("docs/json.md")).unwrap();
    let page = page.split("## `messwerk.diff/1`").nth(1).unwrap().split("\n## ").next().unwrap();
    let shapes = [
        &found,
        &found["summary"],
        &found["messengers"][0],
        &found["messengers"][0]["facts"][0],
        &found["results"][0],
        &found["groups"][0],
        &found["outcomes"][0],
    ];
    let head = ["schema", "version", "language", "date", "date_label", "data", "disclaimer"];
    for shape in shapes {
        for name in shape.as_object().unwrap().keys().filter(|name| !head.contains(&name.as_str())) {
            let listed = page.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name);
            assert!(listed, "{name} is not documented");
        }
    }
}
