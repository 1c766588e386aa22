//! The files with which others build messwerk into their own work stay true: hooks, action, snippets, their docs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use messwerk::document;
use regex::Regex;
use serde_json::Value as Json;

use support::{files_below, root, run, shipped_yaml};

/// The files that call messwerk.
const FILES: [&str; 5] =
    [".pre-commit-hooks.yaml", "action.yml", "docs/ci/gitlab-ci.yml", "docs/ci.md", "docs/editors.md"];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Json {
    let value: yaml_serde::Value = yaml_serde::from_str(&read(path)).unwrap();
    serde_json::to_value(value).unwrap()
}

fn hooks() -> Vec<Json> {
    yaml(".pre-commit-hooks.yaml").as_array().unwrap().clone()
}

/// Every call of messwerk in a file: the command and the rest of its line.
fn calls(path: &str) -> Vec<(String, String)> {
    let mut commands = run(["--help", "--lang", "en"]).out;
    commands = commands.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap().to_owned();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let call = Regex::new(&format!(r#"(?:messwerk|"\$MESSWERK")\s+({})\b([^|`\n]*)"#, names.join("|"))).unwrap();
    let text = read(path).replace("\\\n", " ");
    let mut found: Vec<(String, String)> =
        call.captures_iter(&text).map(|own| (own[1].to_owned(), own[2].to_owned())).collect();
    if path == ".pre-commit-hooks.yaml" {
        for hook in hooks() {
            let entry = hook["entry"].as_str().unwrap().strip_prefix("messwerk ").unwrap().to_owned();
            let args = hook["args"].as_array().into_iter().flatten().map(|arg| arg.as_str().unwrap());
            found.push((entry, args.collect::<Vec<_>>().join(" ")));
        }
    }
    found
}

#[test]
fn every_option_used_exists() {
    let option = Regex::new(r"--([a-z][a-z-]+)").unwrap();
    let format = Regex::new(r#"--(?:format[ =]|output[ =]"?)([a-z]+)(?:=|\s|$)"#).unwrap();
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    let mut checked = 0;
    for path in FILES {
        let calls = calls(path);
        assert!(!calls.is_empty(), "{path} calls nothing: is this test blind?");
        for (command, rest) in calls {
            let help = helps.entry(command.clone()).or_insert_with(|| {
                let shown = run([command.as_str(), "--help", "--lang", "en", "--width", "200"]);
                shown.ended_with(0);
                shown.out.split_whitespace().collect::<Vec<_>>().join(" ")
            });
            for own in option.captures_iter(&rest) {
                let known = Regex::new(&format!(r"--{}\b[^-]", &own[1])).unwrap();
                assert!(known.is_match(help), "{path}: {command} has no {}", &own[0]);
                checked += 1;
            }
            if command == "check" {
                for own in format.captures_iter(&rest) {
                    assert!(help.contains(&own[1]), "{path}: {command} has no format {}", &own[1]);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 20, "only {checked} options found: is this test blind?");
}

#[test]
fn the_hooks_files_are_the_data_files() {
    let shipped: BTreeSet<String> = shipped_yaml().into_iter().map(|(path, _)| path).collect();
    assert!(shipped.len() > 100);
    let folders = ["criteria", "messengers", "templates", "tests", "docs", "src", ".github"];
    let files = folders.iter().flat_map(|folder| files_below(&root().join(folder), ""));
    let relative = |path: PathBuf| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    let mut all: Vec<String> = files.map(relative).collect();
    all.extend(["action.yml", ".pre-commit-hooks.yaml", "Cargo.toml", "x/messengers/a.yaml"].map(str::to_owned));
    for hook in hooks() {
        let pattern = Regex::new(hook["files"].as_str().unwrap()).unwrap();
        let matched: BTreeSet<String> = all.iter().filter(|path| pattern.is_match(path)).cloned().collect();
        assert_eq!(matched, shipped, "{}", hook["id"]);
        // Also for files that are not there yet, the pattern and the program are of one mind.
        for path in ["criteria/rules/new/x.yaml", "criteria/rules/x.yaml", "messengers/a/b.yaml", "messengers/a.yml"] {
            assert_eq!(pattern.is_match(path), document::place(path).is_some(), "{path}");
        }
    }
}

#[test]
fn the_actions_inputs_and_outputs_fit_together() {
    let action = yaml("action.yml");
    let text = read("action.yml");
    let inputs: BTreeSet<&str> = action["inputs"].as_object().unwrap().keys().map(String::as_str).collect();
    let used = Regex::new(r"inputs\.([a-z-]+)").unwrap();
    let used: BTreeSet<&str> = used.captures_iter(&text).map(|own| own.get(1).unwrap().as_str()).collect();
    assert_eq!(inputs, used);
    let described = read("docs/ci.md");
    for input in inputs {
        assert!(described.contains(&format!("`{input}`")), "docs/ci.md says nothing of the input {input}");
    }
    let steps = action["runs"]["steps"].as_array().unwrap();
    let ids: BTreeSet<&str> = steps.iter().filter_map(|step| step["id"].as_str()).collect();
    let named = Regex::new(r"steps\.([a-z]+)\.outputs\.([a-z]+)").unwrap();
    for own in named.captures_iter(&text) {
        assert!(ids.contains(&own[1]), "no step {}", &own[1]);
        let step = steps.iter().find(|step| step["id"] == own[1]).unwrap();
        assert!(step["run"].as_str().unwrap().contains(&format!("echo \"{}=", &own[2])), "{}", &own[0]);
    }
}

/// What an attacker may choose, such as a branch's name, must never become part of a script's text.
#[test]
fn no_script_of_the_action_is_put_together_from_expressions() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    assert!(steps.len() > 3);
    let variable = Regex::new(r"\$\{?([A-Z][A-Z_]+)").unwrap();
    for step in steps {
        let script = step["run"].as_str().unwrap();
        assert!(!script.contains("${{"), "{}", step["name"]);
        assert!(script.starts_with("set -euo pipefail\n"), "{}", step["name"]);
        assert_eq!(step["shell"], "bash", "{}", step["name"]);
        for own in variable.captures_iter(script) {
            let given = step["env"].get(&own[1]).is_some();
            assert!(
                given || own[1].starts_with("GITHUB_") || &own[1] == "RUNNER_TEMP",
                "{}: {}",
                step["name"],
                &own[1]
            );
        }
    }
}

/// The schemas' folder the documentation maps by pattern holds one for each pattern named.
#[test]
fn every_schema_named_in_the_documentation_exists() {
    let named = Regex::new(r"schema/([a-z-]+)\.json").unwrap();
    let text = read("docs/editors.md");
    let names: BTreeSet<&str> = named.captures_iter(&text).map(|own| own.get(1).unwrap().as_str()).collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        assert!(root().join(format!("criteria/schema/{name}.json")).is_file(), "{name}");
    }
}
