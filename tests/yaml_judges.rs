//! Our reader beside two others: what it accepts means the same to them. Which YAML it refuses is its own business.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::borrow::Cow;

use messwerk::source::{Source, SourceId};
use messwerk::yaml::{self, Kind, Node};
use proptest::prelude::*;
use serde_json::{Map, Value as Json};

fn ours(text: &str) -> Option<Json> {
    let source = Source { path: "t.yaml".into(), text: Cow::Owned(text.to_owned()), embedded: false };
    yaml::parse(&source, SourceId(0)).ok().map(|node| json(&node))
}

/// The tree as JSON; a number as the text it was written as, since readers differ in what they make of it.
fn json(node: &Node) -> Json {
    match &node.kind {
        Kind::Null => Json::Null,
        Kind::Plain(raw) if raw == "true" || raw == "false" => Json::Bool(raw == "true"),
        Kind::Plain(raw) => Json::String(number(raw.parse().ok())),
        Kind::Text(text) => Json::String(format!("text {text}")),
        Kind::List(items) => Json::Array(items.iter().map(json).collect()),
        Kind::Map(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (key.value.clone(), json(value))).collect())
        }
    }
}

fn number(value: Option<f64>) -> String {
    // Not every reader knows every notation: 0x1F and .inf count as numbers of no particular value.
    value.filter(|value| value.is_finite()).map_or("number".into(), |value| format!("number {value}"))
}

/// What another reader made of it, in the same shape. `words` are the scalars that it takes for text and we do not.
fn theirs(value: Json) -> Json {
    match value {
        Json::Number(own) => Json::String(number(own.as_f64())),
        Json::String(text) => Json::String(format!("text {text}")),
        Json::Array(items) => Json::Array(items.into_iter().map(theirs).collect()),
        Json::Object(map) => Json::Object(map.into_iter().map(|(key, own)| (key, theirs(own))).collect::<Map<_, _>>()),
        other => other,
    }
}

fn saphyr(text: &str) -> Option<Json> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::Error,
        with_snippet: false,
    };
    serde_yaml::from_str_with_options::<Json>(text, options).ok().map(theirs)
}

fn libyaml(text: &str) -> Option<Json> {
    yaml_serde::from_str::<Json>(text).ok().map(theirs)
}

/// A value on one line: words, numbers, quotes, escapes, brackets.
fn flow() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-zäöü][a-z äöüß.!-]{0,12}[a-z]",
        "-?[1-9][0-9]{0,3}(\\.[0-9]{1,2})?",
        Just("true".to_owned()),
        Just("no".to_owned()),
        Just("2026-11-22".to_owned()),
        Just("~".to_owned()),
        "'[a-z #:{}\\[\\]&*!|>%@`]{0,12}'",
        "\"[a-z #:{}]{0,6}(\\\\n|\\\\t|\\\\u00e4)?[a-z]{0,3}\"",
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(inner, 0..4).prop_map(|items| {
                let entries: Vec<String> = items.iter().enumerate().map(|(at, own)| format!("k{at}: {own}")).collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

/// A document of block maps, lists and texts over several lines.
fn document() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        flow().prop_map(|own| format!(" {own}\n")),
        prop::collection::vec(flow(), 1..4)
            .prop_map(|items| items.iter().fold("\n".to_owned(), |all, own| all + "  - " + own + "\n")),
        prop::collection::vec(flow(), 1..4).prop_map(|items| {
            items.iter().enumerate().fold("\n".to_owned(), |all, (at, own)| format!("{all}  in{at}: {own}\n"))
        }),
        ("[|>][+-]?", prop::collection::vec("[a-z][a-z #:'äö]{0,12}", 1..4))
            .prop_map(|(head, lines)| lines.iter().fold(format!(" {head}\n"), |all, own| all + "    " + own + "\n")),
        Just("\n".to_owned()),
        Just(" # nothing\n".to_owned()),
    ];
    prop::collection::vec(block, 1..6)
        .prop_map(|parts| parts.iter().enumerate().fold(String::new(), |all, (at, own)| format!("{all}key-{at}:{own}")))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_we_accept_means_the_same_to_others(text in document()) {
        if let Some(own) = ours(&text) {
            let own = Some(own);
            prop_assert_eq!(&own, &saphyr(&text), "serde-saphyr:\n{}", &text);
            prop_assert_eq!(&own, &libyaml(&text), "yaml_serde:\n{}", &text);
        }
    }
}

#[test]
fn the_comparison_is_of_something() {
    let text = "a: [no, 1, 1.5, true, ~, 'q', 2026-11-22]\nb:\n  c: >-\n    d\n    e\n";
    assert!(ours(text).is_some());
    assert_eq!(ours(text), saphyr(text));
    assert_eq!(ours(text), libyaml(text));
    assert_ne!(ours("a: 1\n"), ours("a: '1'\n"));
}
