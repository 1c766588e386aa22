//! The shipped data are whole: they load without a finding, and every form of them says the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use messwerk::catalog::{Catalog, Loaded, Situation, load, load_paths};
use messwerk::diagnostic::Severity;
use messwerk::document::{self, Document, DocumentKind};
use messwerk::embedded;
use messwerk::engine::{Assessment, Plan, assess, rank};
use messwerk::index::Assembly;
use messwerk::lints::{self, Subject};
use messwerk::model::Date;
use messwerk::source;
use messwerk::source::{Source, SourceId};
use messwerk::yaml::{self, Kind, Node};

use support::{root, shipped_yaml, shown};

/// The day the shipped data were checked last.
const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

fn source_of(path: &str, text: &str) -> Source {
    Source { path: Cow::Owned(path.to_owned()), text: Cow::Owned(text.to_owned()), embedded: false }
}

#[test]
fn all_shipped_data_load_without_a_finding() {
    let Loaded { catalog, findings, .. } = load_paths(&[]).unwrap();
    assert!(findings.is_empty(), "{}", shown(&catalog, &findings));
    for count in [catalog.profiles.len(), catalog.rules.len(), catalog.settings.len(), catalog.checklists.len()] {
        assert!(count > 10, "hardly any data");
    }
}

#[test]
fn all_checks_are_clean_on_the_shipped_data() {
    let catalog = support::shipped();
    let subject = Subject::all(catalog, TODAY);
    let mut findings = lints::run(&subject);
    let known = |name: &str| catalog.lint_pages.iter().any(|page| page.id == name);
    lints::waive(&subject, &known, true, &mut findings);
    // Notes say what could be better, not what is wrong.
    findings.retain(|finding| finding.severity > Severity::Note);
    assert!(findings.is_empty(), "{}", shown(catalog, &findings));
}

/// Everything a ranking says, in words and exact numbers.
fn results(catalog: &Catalog) -> Vec<String> {
    let situation = Situation::default();
    let mut lines = Vec::new();
    for setting in &catalog.settings {
        let plan = Plan::new(catalog, setting, &situation);
        let mut all: Vec<Assessment> = (0..catalog.profiles.len()).map(|profile| assess(&plan, profile)).collect();
        rank(&mut all, catalog);
        for assessment in &all {
            let id = &catalog.profiles[assessment.profile].id;
            let range = |at: &messwerk::engine::Score| {
                at.range.map(|(low, high)| (low.points, low.of, high.points, high.of, at.decided, at.weight))
            };
            lines.push(format!(
                "{} {id} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                setting.id,
                assessment.verdict,
                assessment.cures,
                assessment.taken,
                assessment.knock_outs,
                range(&assessment.shipped.score),
                range(&assessment.hardened.score),
                assessment.shipped.goals.iter().map(range).collect::<Vec<_>>(),
            ));
        }
    }
    lines
}

#[track_caller]
fn same_results(catalog: &Catalog) {
    let (own, shipped) = (results(catalog), results(support::shipped()));
    assert_eq!(own.len(), shipped.len());
    for (own, shipped) in own.iter().zip(&shipped) {
        assert_eq!(own, shipped);
    }
}

#[test]
fn the_repository_laid_over_itself_changes_no_result() {
    let Loaded { catalog, findings, read } = load(&[root()]).unwrap();
    assert!(findings.is_empty(), "{}", shown(&catalog, &findings));
    assert_eq!(read.len(), shipped_yaml().len(), "every shipped file is read again");
    same_results(&catalog);
}

#[test]
fn the_order_in_which_files_are_named_changes_no_result() {
    let mut paths: Vec<_> = shipped_yaml().into_iter().map(|(path, _)| root().join(path)).collect();
    // Halves swapped and reversed: editions before their parents, use cases before the vocabulary.
    let half = paths.len() / 2;
    paths.rotate_left(half);
    paths.reverse();
    let Loaded { catalog, findings, .. } = load_paths(&paths).unwrap();
    assert!(findings.is_empty(), "{}", shown(&catalog, &findings));
    same_results(&catalog);
}

#[test]
fn the_embedded_form_equals_the_files() {
    let embedded: Vec<&str> = embedded::FILES.iter().map(|file| file.path).collect();
    let mut on_disk: Vec<String> = shipped_yaml().into_iter().map(|(path, _)| path).collect();
    on_disk.extend(support::files_below(&root().join("templates"), ".j2").iter().map(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        format!("templates/{name}")
    }));
    on_disk.sort_unstable();
    assert_eq!(embedded, on_disk);
    for (number, file) in embedded::FILES.iter().enumerate() {
        let path = file.path;
        let text = fs::read_to_string(root().join(path)).unwrap();
        assert!(file.text == text, "{path}: the embedded text differs");
        let number = u32::try_from(number).unwrap();
        let Some(place) = document::place(path) else {
            assert!(path.starts_with("templates/") && embedded::document(number).is_none(), "{path}");
            continue;
        };
        let read = document::read(place.kind, &source_of(path, &text), SourceId(number)).0.unwrap();
        if let Document::Texts(texts) = &read {
            let table: Vec<_> = texts.iter().map(|(key, text)| (key.as_str(), &text.de, &text.en)).collect();
            assert!(postcard::to_allocvec(&table).unwrap() == embedded::TEXTS, "the embedded texts differ");
            assert!(table.len() > 500 && table.is_sorted_by_key(|(key, ..)| *key));
        }
        let embedded = embedded::document(number).unwrap();
        // Compared as bytes, since the equality of a Spanned is its value's: this way places count too.
        let (read, embedded) = (postcard::to_allocvec(&read).unwrap(), postcard::to_allocvec(&embedded).unwrap());
        assert!(read == embedded, "{path}: the embedded form differs");
    }
}

#[test]
fn the_embedded_index_equals_the_one_made_from_the_files() {
    let mut assembly = Assembly::default();
    for (number, file) in embedded::FILES.iter().enumerate() {
        let id = SourceId(u32::try_from(number).unwrap());
        let Some(place) = document::place(file.path) else { continue };
        let document = document::read(place.kind, &source_of(file.path, file.text), id).0.unwrap();
        assembly.add(place, id, document);
    }
    let mut found = Vec::new();
    let index = assembly.finish(&mut found);
    assert!(found.is_empty(), "{found:?}");
    assert!(postcard::to_allocvec(&index).unwrap() == embedded::INDEX, "the embedded index differs");
}

#[test]
fn the_thorough_way_to_load_gives_the_same_results_as_the_quick_one() {
    same_results(&load_paths(&[]).unwrap().catalog);
}

#[test]
fn places_count_when_the_embedded_form_is_compared() {
    let spanned = |start| messwerk::model::Spanned { value: 1_u32, span: source::Span::new(start, 9) };
    assert_eq!(spanned(1), spanned(2));
    assert_ne!(postcard::to_allocvec(&spanned(1)).unwrap(), postcard::to_allocvec(&spanned(2)).unwrap());
}

/// Both readers' trees side by side; the first difference, with its path.
fn difference(ours: &Node, theirs: &yaml_serde::Value, path: &str) -> Option<String> {
    use yaml_serde::Value;
    match (&ours.kind, theirs) {
        (Kind::Null, Value::Null) => None,
        (Kind::Plain(raw), Value::Bool(value)) if *raw == value.to_string() => None,
        (Kind::Plain(raw), Value::Number(number)) if raw.parse::<f64>().ok() == number.as_f64() => None,
        (Kind::Text(text), Value::String(other)) if text == other => None,
        (Kind::List(items), Value::Sequence(others)) if items.len() == others.len() => {
            let pairs = items.iter().zip(others).enumerate();
            pairs.into_iter().find_map(|(at, (own, other))| difference(own, other, &format!("{path}[{at}]")))
        }
        (Kind::Map(entries), Value::Mapping(others)) if entries.len() == others.len() => {
            entries.iter().zip(others).find_map(|((key, own), (other_key, other))| {
                let path = format!("{path}.{}", key.value);
                if other_key.as_str() == Some(key.value.as_str()) {
                    difference(own, other, &path)
                } else {
                    Some(format!("{path}: the key is {other_key:?} there"))
                }
            })
        }
        (own, other) => Some(format!("{path}: {own:?} here, {other:?} there")),
    }
}

fn compared(path: &str, text: &str) -> Option<String> {
    let ours = yaml::parse(&source_of(path, text), SourceId(0)).unwrap();
    let theirs: yaml_serde::Value = yaml_serde::from_str(text).unwrap();
    difference(&ours, &theirs, path)
}

#[test]
fn every_file_means_the_same_to_an_independent_reader() {
    let differences: Vec<String> = shipped_yaml().iter().filter_map(|(path, text)| compared(path, text)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_comparison_of_readers_sees_a_difference() {
    assert_eq!(compared("x", "a: [no, 1, true, ~, 'q', 2026-11-22]\nb:\n  c: >-\n    d\n    e\n"), None);
    let theirs: yaml_serde::Value = yaml_serde::from_str("a: [1, 2]").unwrap();
    for other in ["a: [1, 3]", "a: [1]", "b: [1, 2]", "a: [1, '2']", "a: {b: 1}"] {
        let ours = yaml::parse(&source_of("x", other), SourceId(0)).unwrap();
        assert!(difference(&ours, &theirs, "x").is_some(), "{other}");
    }
}

#[test]
fn every_file_tells_the_editor_its_schema() {
    for (path, text) in shipped_yaml() {
        let first = text.lines().next().unwrap_or_default();
        let Some(relative) = first.strip_prefix("# yaml-language-server: $schema=") else {
            panic!("{path}: begins with {first:?}");
        };
        let kind: DocumentKind = document::place(&path).unwrap_or_else(|| panic!("{path} has no place")).kind;
        let folder = Path::new(&path).parent().unwrap();
        let schema = fs::canonicalize(root().join(folder).join(relative));
        let schema = schema.unwrap_or_else(|error| panic!("{path}: {relative}: {error}"));
        let expected = root().join("criteria/schema").join(format!("{}.json", kind.schema_name()));
        assert_eq!(schema, fs::canonicalize(expected).unwrap(), "{path}");
    }
}
