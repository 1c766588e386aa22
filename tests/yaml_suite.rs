//! The official YAML test suite, through the reader and the formatter. What we refuse has its own code, what we read
//! says what the suite says, and what the suite calls invalid is refused, but for the differences named here.
//!
//! `tests/data/yaml-test-suite/README.md` says where the cases are from.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

#[path = "fuzzed/yaml.rs"]
mod fuzzed;

use std::fs;

use messwerk::source::{Source, SourceId};
use messwerk::yaml::{self, Kind, Node};
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
struct Case {
    id: String,
    title: String,
    yaml: String,
    /// Whether it is no YAML.
    #[serde(default)]
    invalid: bool,
    /// What it uses of that which our files do without.
    #[serde(default)]
    uses: Vec<String>,
    /// Its documents as JSON, where they can be written so.
    json: Option<Vec<Json>>,
}

/// What the suite calls invalid and we read. The closing lines of this flow sequence should be indented; every reader
/// in wide use takes it, and nobody can misread it.
const READ_ALL_THE_SAME: [&str; 1] = ["9C9N"];

/// Valid YAML with keys that are lists, maps or nothing. Ours are texts.
const KEYS_THAT_ARE_NO_TEXT: [&str; 24] = [
    "2JQS", "4FJ6", "565N", "6PBE", "9MMW", "CFD4", "DFF7", "FH7J", "FRK4", "KK5P", "LX3P", "M2N8-00", "M2N8-01",
    "M5DY", "NHX8", "NKF9", "Q9WF", "RZP5", "S3PD", "SBG9", "SM9W-01", "UKK6-00", "V9D5", "XW4D",
];

fn cases() -> Vec<Case> {
    let path = support::root().join("tests/data/yaml-test-suite/cases.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn read(case: &Case) -> Result<Node, &'static str> {
    let source = Source { path: "t.yaml".into(), text: case.yaml.clone().into(), embedded: false };
    yaml::parse(&source, SourceId(0)).map_err(|finding| finding.code)
}

/// Whether a tree says what the suite says. A scalar without quotes keeps its letters, so a number is compared as such.
fn same(node: &Node, json: &Json) -> bool {
    match (&node.kind, json) {
        (Kind::Null, Json::Null) => true,
        (Kind::Plain(raw), Json::Bool(own)) => *raw == own.to_string(),
        (Kind::Plain(raw), Json::Number(own)) => raw.parse::<f64>().ok() == own.as_f64(),
        (Kind::Text(text), Json::String(own)) => text == own,
        (Kind::List(items), Json::Array(own)) => {
            items.len() == own.len() && items.iter().zip(own).all(|(item, own)| same(item, own))
        }
        (Kind::Map(entries), Json::Object(own)) => {
            let known = |key: &str| own.get(key);
            entries.len() == own.len()
                && entries.iter().all(|(key, value)| known(key).is_some_and(|own| same(value, own)))
        }
        _ => false,
    }
}

#[test]
fn what_the_suite_calls_invalid_is_refused() {
    for case in cases().into_iter().filter(|case| case.invalid) {
        let refused = read(&case).is_err();
        assert_eq!(
            refused,
            !READ_ALL_THE_SAME.contains(&case.id.as_str()),
            "{} {}: {:?}",
            case.id,
            case.title,
            case.yaml
        );
    }
}

#[test]
fn what_our_files_do_without_is_refused_by_its_name() {
    for case in cases().into_iter().filter(|case| !case.invalid && !case.uses.is_empty()) {
        let what = format!("{} {}: {:?}", case.id, case.title, case.yaml);
        match read(&case) {
            Err(code) => {
                let own = case.uses.iter().map(|name| match name.as_str() {
                    "anchor" => "yaml-alias",
                    "tag" => "yaml-tag",
                    "documents" => "several-documents",
                    "directive" => "yaml-directive",
                    other => panic!("{other}"),
                });
                let nothing = code == "empty-file" && case.json.as_deref() == Some(&[Json::Null]);
                let named = nothing || KEYS_THAT_ARE_NO_TEXT.contains(&case.id.as_str());
                assert!(named || own.into_iter().any(|own| own == code), "{code} for {what}");
            }
            // A tag or directive that says what would hold anyway.
            Ok(node) => {
                assert!(case.uses.iter().all(|name| name == "tag" || name == "directive"), "{what}");
                assert!(case.json.is_none_or(|json| json.len() == 1 && same(&node, &json[0])), "{what}");
            }
        }
    }
}

#[test]
fn plain_yaml_is_read_as_the_suite_reads_it() {
    let mut count = 0;
    for case in cases().into_iter().filter(|case| !case.invalid && case.uses.is_empty()) {
        let what = format!("{} {}: {:?}", case.id, case.title, case.yaml);
        let read = read(&case);
        if KEYS_THAT_ARE_NO_TEXT.contains(&case.id.as_str()) {
            assert!(read.is_err(), "{what}");
            continue;
        }
        match case.json.as_deref() {
            None => assert!(read.is_ok(), "{what}"),
            Some([] | [Json::Null]) => assert_eq!(read, Err("empty-file"), "{what}"),
            Some([json]) => {
                count += 1;
                assert!(read.as_ref().is_ok_and(|node| same(node, json)), "{what}: {read:?} is not {json}");
            }
            Some(_) => panic!("{what}: several documents"),
        }
    }
    assert!(count > 150, "only {count} cases were compared");
}

#[test]
fn every_case_goes_through_reader_and_formatter() {
    for case in cases() {
        fuzzed::run(case.yaml.as_bytes());
    }
}
