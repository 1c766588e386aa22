//! The editors' schemas: up to date, valid, and of one mind with the program about the shipped files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use jsonschema::Validator;
use messwerk::document::{self, DocumentKind};
use messwerk::report::schema;
use serde_json::Value as Json;

use support::{criterion, profile, root, shipped, shipped_yaml, use_case};

fn validator(kind: DocumentKind) -> Validator {
    jsonschema::validator_for(&schema::build(shipped(), kind)).unwrap()
}

/// A YAML text as JSON, read by a reader that is not ours.
fn json(text: &str) -> Json {
    let value: yaml_serde::Value = yaml_serde::from_str(text).unwrap();
    serde_json::to_value(value).unwrap()
}

fn mistakes(validator: &Validator, text: &str) -> Vec<String> {
    let document = json(text);
    validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schema_files_are_up_to_date() {
    for kind in DocumentKind::ALL {
        let path = root().join("criteria/schema").join(format!("{}.json", kind.schema_name()));
        let written = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(
            written == schema::text(shipped(), kind).unwrap(),
            "{} is stale: run `cargo run -- schema -o criteria/schema --force`",
            path.display()
        );
    }
}

#[test]
fn there_is_a_schema_for_each_kind_of_file_and_no_other() {
    let found: BTreeSet<String> = fs::read_dir(root().join("criteria/schema"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let expected = DocumentKind::ALL.map(|kind| format!("{}.json", kind.schema_name()));
    assert_eq!(found, BTreeSet::from(expected));
}

#[test]
fn every_schema_is_one() {
    for kind in DocumentKind::ALL {
        let schema = schema::build(shipped(), kind);
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{}: {error}", kind.schema_name()));
        // A schema that allows everything would also be one.
        assert_eq!(schema["type"], "object", "{}", kind.schema_name());
        assert!(!validator(kind).is_valid(&Json::Array(Vec::new())), "{}", kind.schema_name());
    }
}

#[test]
fn every_shipped_file_fits_its_schema() {
    let validators = DocumentKind::ALL.map(validator);
    let mut found = String::new();
    for (path, text) in shipped_yaml() {
        let kind = document::place(&path).unwrap().kind;
        for mistake in mistakes(&validators[kind as usize], &text) {
            let _ = writeln!(found, "{path}: {mistake}");
        }
    }
    assert!(found.is_empty(), "{found}");
}

/// A policy by id and by alias, with measures of two messengers, one of which has none.
const POLICY: &str = "defaults: {verdict: suitable, minimum_low: 0}
permitted:
  school: {messengers: [signal], measures: {signal: [deny-contacts, hide-phone-number]}}
  firma: {messengers: [wire, email-e2ee], measures: {wire: []}, maximum_age: 12}
";

#[test]
fn what_the_tests_themselves_write_fits_too() {
    let cases = [
        (DocumentKind::Messenger, profile(&[("encryption.groups", "value: default")])),
        (DocumentKind::Messenger, profile(&[("encryption.groups", "value: disputed, candidates: [none, default]")])),
        (DocumentKind::Criterion, criterion(&[("{encryption.groups: {is: default}}", "met")], "not_met")),
        (DocumentKind::UseCase, use_case(&[("processing-contract", "met")])),
        (DocumentKind::Organisation, "has: {org.mdm_in_use: yes}\nemphasis: {transparency: 3}\n".to_owned()),
        (DocumentKind::Policy, POLICY.to_owned()),
    ];
    for (kind, text) in cases {
        assert_eq!(mistakes(&validator(kind), &text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_broken_document_is_refused_at_its_place() {
    let good = profile(&[("encryption.groups", "value: default")]);
    let rule = criterion(&[("{encryption.groups: {is: default}}", "met")], "not_met");
    let case = use_case(&[("processing-contract", "met")]);
    let text = "{de: x, en: x}";
    let cases = [
        (DocumentKind::Messenger, good.replace("summary", "sumary"), ""),
        (DocumentKind::Messenger, good.replace("checked: 2026-11-22", "checked: 22.11.2026"), "/checked"),
        (DocumentKind::Messenger, good.replace("encryption.groups", "encryption.goups"), "/facts"),
        (DocumentKind::Messenger, good.replace("value: default", "value: defalt"), "/facts/encryption.groups/value"),
        (DocumentKind::Messenger, good.replace("high", "certain"), "/facts/encryption.groups/confidence"),
        (DocumentKind::Messenger, good.replace("facts:", "measures:"), "/measures"),
        (DocumentKind::Criterion, rule.replace("goals: [transparency]", "goals: [beauty]"), "/goals/0"),
        (DocumentKind::Criterion, rule.replace("weight: 1", "weight: 6"), "/weight"),
        (DocumentKind::Criterion, rule.replace("is: default", "is: defalt"), "/table/0/when"),
        (DocumentKind::Criterion, rule.replace("is: default", "at_least: 3"), "/table/0/when"),
        (DocumentKind::Criterion, rule.replace("{is: default}", "{is: default, one_of: [none]}"), "/table/0/when"),
        (DocumentKind::Criterion, rule.replace("then: met", "then: good"), "/table/0/then"),
        (DocumentKind::UseCase, case.replace("criterion: processing-contract", "criterion: none"), "/knock_outs/0"),
        (DocumentKind::UseCase, case.replace("requires: met", "requires: yes"), "/knock_outs/0/requires"),
        (DocumentKind::Organisation, "has: {encryption.groups: default}\n".to_owned(), "/has"),
        (DocumentKind::Policy, POLICY.replace("[signal]", "[signall]"), "/permitted/school/messengers/0"),
        (DocumentKind::Policy, POLICY.replace("deny-contacts", "none"), "/permitted/school/measures/signal/0"),
        (DocumentKind::Policy, POLICY.replace("minimum_low: 0", "minimum_low: 101"), "/defaults/minimum_low"),
        (DocumentKind::Policy, POLICY.replace("suitable", "undecided"), "/defaults/verdict"),
        (DocumentKind::Policy, POLICY.replace("[wire, email-e2ee]", "[]"), "/permitted/firma/messengers"),
        (DocumentKind::Texts, format!("a.b: {text}\nc.d: {{de: x}}\n"), "/c.d"),
        (DocumentKind::Glossary, format!("terms: {{a: {{term: {text}}}}}\n"), "/terms/a"),
        (
            DocumentKind::Vocabulary,
            format!("areas: {{a: {text}}}\nfacts: {{a.b: {{kind: word, label: {text}, why: {text}}}}}\n"),
            "/facts/a.b/kind",
        ),
    ];
    for (kind, text, place) in cases {
        let found = mistakes(&validator(kind), &text);
        assert!(found.iter().any(|mistake| mistake.starts_with(place)), "{text}\nis accepted; found: {found:?}");
        assert!(!found.is_empty());
    }
}
