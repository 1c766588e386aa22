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

const WAIVERS: &str = "waivers: [{lint: stale-fact, file: messengers/wire.yaml, reason: x, until: 2027-01-31}]\n";

#[test]
fn what_the_tests_themselves_write_fits_too() {
    let cases = [
        (DocumentKind::Messenger, profile(&[("encryption.groups", "value: default")])),
        (DocumentKind::Messenger, profile(&[("encryption.groups", "value: disputed, candidates: [none, default]")])),
        (DocumentKind::Criterion, criterion(&[("{encryption.groups: {is: default}}", "met")], "not_met")),
        (DocumentKind::UseCase, use_case(&[("processing-contract", "met")])),
        (DocumentKind::Organisation, "has: {org.mdm_in_use: yes}\nemphasis: {transparency: 3}\n".to_owned()),
        (DocumentKind::Policy, POLICY.to_owned()),
        (DocumentKind::Waivers, WAIVERS.to_owned()),
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
        (DocumentKind::Messenger, format!("edition_of: nobody\n{good}"), "/edition_of"),
        (
            DocumentKind::Messenger,
            good.replace("value: default", "value: default, quote: null"),
            "/facts/encryption.groups/quote",
        ),
        (DocumentKind::Messenger, good.replace("value: default", "quote: x"), "/facts/encryption.groups"),
        (DocumentKind::Criterion, rule.replace("goals: [transparency]", "goals: [beauty]"), "/goals/0"),
        (DocumentKind::Criterion, rule.replace("weight: 1", "weight: 6"), "/weight"),
        (DocumentKind::Criterion, rule.replace("is: default", "is: defalt"), "/table/0/when"),
        (DocumentKind::Criterion, rule.replace("is: default", "at_least: 3"), "/table/0/when"),
        (DocumentKind::Criterion, rule.replace("{is: default}", "{is: default, one_of: [none]}"), "/table/0/when"),
        (DocumentKind::Criterion, rule.replace("then: met", "then: good"), "/table/0/then"),
        (DocumentKind::UseCase, case.replace("criterion: processing-contract", "criterion: none"), "/knock_outs/0"),
        (DocumentKind::UseCase, case.replace("requires: met", "requires: yes"), "/knock_outs/0/requires"),
        (DocumentKind::UseCase, format!("weights: {{none: 1}}\n{case}"), "/weights"),
        (DocumentKind::UseCase, format!("weights: {{processing-contract: 6}}\n{case}"), "/weights/processing-contract"),
        (DocumentKind::UseCase, case.replace("transparency:", "beauty:"), "/emphasis"),
        (DocumentKind::UseCase, format!("checklists: [none]\n{case}"), "/checklists/0"),
        (DocumentKind::Waivers, WAIVERS.replace("stale-fact", "stale-facts"), "/waivers/0/lint"),
        (DocumentKind::Organisation, "weights: {none: 1}\n".to_owned(), "/weights"),
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

/// Calls a function with every schema within a schema and the place it stands at; names of properties are no keywords.
fn each_schema(schema: &Json, place: &str, visit: &mut impl FnMut(&str, &serde_json::Map<String, Json>)) {
    let Some(object) = schema.as_object() else { return };
    visit(place, object);
    for (keyword, value) in object {
        let place = format!("{place}/{keyword}");
        match (keyword.as_str(), value) {
            ("properties" | "patternProperties" | "$defs", Json::Object(named)) => {
                for (name, part) in named {
                    each_schema(part, &format!("{place}/{name}"), visit);
                }
            }
            ("anyOf" | "oneOf" | "allOf", Json::Array(parts)) => {
                for part in parts {
                    each_schema(part, &place, visit);
                }
            }
            (_, part @ Json::Object(_)) => each_schema(part, &place, visit),
            _ => {}
        }
    }
}

/// What an editor makes of a schema: `null` and `default` are inserted by completion, a word without a meaning explains
/// nothing, and beside `maxProperties` nothing is offered on an empty line.
#[test]
fn editors_are_offered_nothing_wrong_and_every_word_with_its_meaning() {
    let mut words = 0;
    for kind in DocumentKind::ALL {
        each_schema(&schema::build(shipped(), kind), kind.schema_name(), &mut |place, own| {
            assert!(!own.contains_key("default"), "{place}");
            assert!(!own.contains_key("const") && !own.contains_key("oneOf"), "{place}");
            assert!(!own.get("type").is_some_and(|types| types.to_string().contains("null")), "{place}");
            assert!(!(own.contains_key("properties") && own.contains_key("maxProperties")), "{place}");
            let Some(list) = own.get("enum").and_then(Json::as_array).filter(|list| list[0].is_string()) else {
                return;
            };
            let meanings = own.get("enumDescriptions").and_then(Json::as_array);
            let meanings = meanings.unwrap_or_else(|| panic!("{place}: words without meanings"));
            assert_eq!(list.len(), meanings.len(), "{place}");
            for (word, meaning) in list.iter().zip(meanings) {
                assert!(meaning.as_str().is_some_and(|text| !text.is_empty()), "{place}: {word}");
                words += 1;
            }
        });
    }
    assert!(words > 1000, "{words}");
}

#[test]
fn a_fact_is_explained_by_its_own_words_in_both_languages() {
    let (id, definition) = shipped().facts.iter().find(|(_, own)| own.key.value == "encryption.groups").unwrap();
    let (label, why) = (&definition.def.label, &shipped().facts.get(id).def.why);
    let profile = schema::build(shipped(), DocumentKind::Messenger);
    let fact = &profile["properties"]["facts"]["properties"]["encryption.groups"];
    let description = fact["description"].as_str().unwrap();
    for part in [&label.de, &label.en, &why.de, &why.en] {
        assert!(description.contains(part.as_str()), "{description}");
    }
    // A general shape beside it would come first in an editor.
    assert_eq!((&fact["allOf"], &fact["$ref"]), (&Json::Null, &Json::Null));
    let value = &fact["properties"]["value"];
    let words: Vec<&str> = value["enum"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    let own: Vec<&str> = definition.def.values.keys().map(|word| word.as_str()).collect();
    assert_eq!(words, [own.as_slice(), &["not_applicable", "unknown", "disputed"]].concat());
    let (_, first) = definition.def.values.first().unwrap();
    assert_eq!(value["enumDescriptions"][0], format!("{} / {}", first.de, first.en));
}
