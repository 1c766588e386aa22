//! Complete truth tables of conditions, through files, vocabulary and engine.
//!
//! Each table is read like this: a column is a condition, a row is what a profile states, a cell says whether
//! the condition holds (`+`), does not (`-`), or can turn out either way (`?`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;

use messwerk::catalog::Catalog;
use messwerk::engine::decide;
use messwerk::model::OutcomeName;

use support::{Folder, criterion, profile};

const VOCABULARY: &str = "
areas:
  probe: {de: Probe, en: Probe}
facts:
  probe.p:
    kind: choice
    label: {de: p, en: p}
    why: {de: p, en: p}
    values: {yes: {de: ja, en: yes}, no: {de: nein, en: no}}
  probe.q:
    kind: choice
    label: {de: q, en: q}
    why: {de: q, en: q}
    values: {yes: {de: ja, en: yes}, no: {de: nein, en: no}}
  probe.choice:
    kind: choice
    label: {de: Wahl, en: choice}
    why: {de: Wahl, en: choice}
    not_applicable: true
    values: {a: {de: a, en: a}, b: {de: b, en: b}, c: {de: c, en: c}}
  probe.set:
    kind: set
    label: {de: Menge, en: set}
    why: {de: Menge, en: set}
    not_applicable: true
    values: {x: {de: x, en: x}, y: {de: y, en: y}, z: {de: z, en: z}}
  probe.number:
    kind: number
    label: {de: Zahl, en: number}
    why: {de: Zahl, en: number}
    not_applicable: true
  probe.natural:
    kind: number
    label: {de: Zahl, en: number}
    why: {de: Zahl, en: number}
  probe.country:
    kind: country
    label: {de: Land, en: country}
    why: {de: Land, en: country}
    not_applicable: true
  probe.text:
    kind: text
    label: {de: Text, en: text}
    why: {de: Text, en: text}
    not_applicable: true
";

/// Columns are parted by this, since conditions hold commas and bars of their own do not occur.
const BAR: char = '|';

/// Checks a table: the first line names the conditions, each further line a profile's facts
/// (`KEY VALUE; KEY VALUE`, or `-` for none) and the cells.
#[track_caller]
fn check(table: &str) {
    let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    let conditions: Vec<&str> = lines.next().unwrap().split(BAR).skip(1).map(str::trim).collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(BAR).map(str::trim).collect()).collect();
    let folder = Folder::with([("criteria/facts.yaml", VOCABULARY)]);
    for (at, condition) in conditions.iter().enumerate() {
        let rule = criterion(&[(&format!("{{{condition}}}"), "met")], "not_met");
        folder.write(&format!("criteria/rules/probe/c{at:02}.yaml"), rule);
    }
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row.len(), conditions.len() + 1, "{row:?}");
        let facts: Vec<(&str, &str)> = row[0].split(';').filter_map(|fact| fact.trim().split_once(' ')).collect();
        let values: Vec<(&str, String)> = facts
            .into_iter()
            .map(|(key, value)| match value.strip_prefix("disputed ") {
                Some(candidates) => (key, format!("value: disputed, candidates: {candidates}")),
                None => (key, format!("value: {value}")),
            })
            .collect();
        let facts: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
        folder.write(&format!("messengers/m{at:02}.yaml"), profile(&facts));
    }
    let catalog = folder.load_clean();
    let mut wrong = String::new();
    for (row, cells) in rows.iter().enumerate() {
        for (column, condition) in conditions.iter().enumerate() {
            let found = cell(&catalog, &format!("m{row:02}"), &format!("c{column:02}"));
            if found != cells[column + 1] {
                let _ = writeln!(wrong, "{condition} with {}: {found}, not {}", cells[0], cells[column + 1]);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn cell(catalog: &Catalog, profile: &str, rule: &str) -> &'static str {
    let profile = &catalog.profiles[catalog.profile(profile).unwrap()];
    let decision = decide(&catalog.rules[catalog.rule(rule).unwrap()].table, &profile.states);
    assert!(decision.exact);
    match decision.outcomes.iter().collect::<Vec<_>>().as_slice() {
        [OutcomeName::Met] => "+",
        [OutcomeName::NotMet] => "-",
        [OutcomeName::Met, OutcomeName::NotMet] => "?",
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_any_and_not_over_what_is_known_and_what_is_not() {
    check(
        "
        facts                      | all: [probe.p: {is: yes}, probe.q: {is: yes}] | any: [probe.p: {is: yes}, probe.q: {is: yes}] | not: {probe.p: {is: yes}} | not: {all: [probe.p: {is: yes}, probe.q: {is: yes}]} | not: {any: [probe.p: {is: yes}, probe.q: {is: yes}]}
        probe.p yes; probe.q yes   | + | + | - | - | -
        probe.p yes; probe.q no    | - | + | - | + | -
        probe.p yes                | ? | + | - | ? | -
        probe.p no; probe.q yes    | - | + | + | + | -
        probe.p no; probe.q no     | - | - | + | + | +
        probe.p no                 | - | ? | + | + | ?
        probe.q yes                | ? | + | ? | ? | -
        probe.q no                 | - | ? | ? | + | ?
        -                          | ? | ? | ? | ? | ?
        probe.p unknown; probe.q unknown             | ? | ? | ? | ? | ?
        probe.p disputed [yes, no]; probe.q yes      | ? | + | ? | ? | -
        probe.p disputed [yes, no]; probe.q no       | - | ? | ? | + | ?
        ",
    );
}

#[test]
fn one_unknown_fact_has_one_value_wherever_it_is_read() {
    // Three-valued logic alone would leave the first two open.
    check(
        "
        facts       | all: [probe.p: {is: yes}, {not: {probe.p: {is: yes}}}] | any: [probe.p: {is: yes}, probe.p: {is: no}] | any: [all: [probe.p: {is: yes}, probe.q: {is: yes}], all: [probe.p: {is: no}, probe.q: {is: no}]]
        -           | - | + | ?
        probe.p yes | - | + | ?
        probe.p no; probe.q no | - | + | +
        probe.p no; probe.q yes | - | + | -
        ",
    );
}

#[test]
fn a_choice() {
    check(
        "
        facts                              | probe.choice: {is: a} | probe.choice: {one_of: [a, b]} | probe.choice: {is: not_applicable} | probe.choice: {one_of: [a, not_applicable]} | not: {probe.choice: {is: a}} | probe.choice: {one_of: [a, b, c, not_applicable]}
        probe.choice a                     | + | + | - | + | - | +
        probe.choice b                     | - | + | - | - | + | +
        probe.choice c                     | - | - | - | - | + | +
        probe.choice not_applicable        | - | - | + | + | + | +
        probe.choice unknown               | ? | ? | ? | ? | ? | +
        -                                  | ? | ? | ? | ? | ? | +
        probe.choice disputed [a, b]       | ? | + | - | ? | ? | +
        probe.choice disputed [b, c]       | - | ? | - | - | + | +
        probe.choice disputed [c, not_applicable] | - | - | ? | ? | + | +
        ",
    );
}

#[test]
fn a_set() {
    check(
        "
        facts                              | probe.set: {includes: x} | not: {probe.set: {includes: x}} | probe.set: {is: not_applicable} | any: [probe.set: {includes: x}, probe.set: {includes: y}, probe.set: {includes: z}] | all: [probe.set: {includes: x}, probe.set: {includes: y}]
        probe.set [x]                      | + | - | - | + | -
        probe.set [y]                      | - | + | - | + | -
        probe.set [y, x]                   | + | - | - | + | +
        probe.set [x, y, z]                | + | - | - | + | +
        probe.set not_applicable           | - | + | + | - | -
        probe.set unknown                  | ? | ? | ? | ? | ?
        probe.set disputed [[x], [x, y]]   | + | - | - | + | ?
        probe.set disputed [[x], [z]]      | ? | ? | - | + | -
        ",
    );
}

#[test]
fn a_number() {
    check(
        "
        facts                              | probe.number: {is: 16} | probe.number: {one_of: [16, 18]} | probe.number: {at_least: 16} | probe.number: {at_most: 16} | probe.number: {is: not_applicable} | not: {probe.number: {at_least: 16}} | all: [probe.number: {at_least: 17}, probe.number: {at_most: 17}]
        probe.number 15                    | - | - | - | + | - | + | -
        probe.number 16                    | + | + | + | + | - | - | -
        probe.number 17                    | - | - | + | - | - | - | +
        probe.number 18                    | - | + | + | - | - | - | -
        probe.number 0                     | - | - | - | + | - | + | -
        probe.number not_applicable        | - | - | - | - | + | + | -
        probe.number unknown               | ? | ? | ? | ? | ? | ? | ?
        probe.number disputed [13, 16]     | ? | ? | ? | + | - | ? | -
        probe.number disputed [17, 20]     | - | - | + | - | - | - | ?
        ",
    );
}

#[test]
fn a_number_is_never_negative() {
    check(
        "
        facts             | probe.natural: {at_least: 0} | probe.natural: {at_least: 1} | probe.natural: {at_most: 0} | probe.natural: {is: 0} | any: [probe.natural: {at_most: 3}, probe.natural: {at_least: 4}]
        probe.natural 0   | + | - | + | + | +
        probe.natural 1   | + | + | - | - | +
        probe.natural unknown | + | ? | ? | ? | +
        ",
    );
}

#[test]
fn a_country() {
    check(
        "
        facts                              | probe.country: {is: DE} | probe.country: {one_of: [DE, CH]} | probe.country: {is: not_applicable} | not: {probe.country: {one_of: [DE, CH]}}
        probe.country DE                   | + | + | - | -
        probe.country CH                   | - | + | - | -
        probe.country US                   | - | - | - | +
        probe.country NO                   | - | - | - | +
        probe.country not_applicable       | - | - | + | +
        probe.country unknown              | ? | ? | ? | ?
        probe.country disputed [DE, CH]    | ? | + | - | -
        probe.country disputed [CH, US]    | - | ? | - | ?
        ",
    );
}

#[test]
fn a_text() {
    check(
        "
        facts                              | probe.text: {known: yes} | probe.text: {known: no} | probe.text: {is: not_applicable} | not: {probe.text: {known: yes}}
        probe.text Mozilla                 | + | - | - | -
        probe.text {de: Stiftung, en: foundation} | + | - | - | -
        probe.text 2026                    | + | - | - | -
        probe.text not_applicable          | - | + | + | +
        probe.text unknown                 | ? | ? | ? | ?
        -                                  | ? | ? | ? | ?
        ",
    );
}

#[test]
fn the_first_row_that_holds_decides() {
    let rule = criterion(
        &[
            ("{probe.p: {is: yes}}", "not_applicable"),
            ("{probe.q: {is: yes}}", "partly"),
            ("{probe.p: {is: yes}}", "met"),
        ],
        "not_met",
    );
    let folder = Folder::with([("criteria/facts.yaml", VOCABULARY), ("criteria/rules/probe/rows.yaml", &rule)]);
    let cases = [
        ("yes-yes", &[("probe.p", "value: yes"), ("probe.q", "value: yes")][..], &[OutcomeName::NotApplicable][..]),
        ("no-yes", &[("probe.p", "value: no"), ("probe.q", "value: yes")], &[OutcomeName::Partly]),
        ("no-no", &[("probe.p", "value: no"), ("probe.q", "value: no")], &[OutcomeName::NotMet]),
        ("open-yes", &[("probe.q", "value: yes")], &[OutcomeName::Partly, OutcomeName::NotApplicable]),
        ("no-open", &[("probe.p", "value: no")], &[OutcomeName::Partly, OutcomeName::NotMet]),
        ("open-open", &[], &[OutcomeName::Partly, OutcomeName::NotMet, OutcomeName::NotApplicable]),
    ];
    for (id, facts, _) in &cases {
        folder.write(&format!("messengers/{id}.yaml"), profile(facts));
    }
    let catalog = folder.load_clean();
    let rule = &catalog.rules[catalog.rule("rows").unwrap()];
    for (id, _, expected) in cases {
        let profile = &catalog.profiles[catalog.profile(id).unwrap()];
        let decision = decide(&rule.table, &profile.states);
        assert_eq!(decision.outcomes.iter().collect::<Vec<_>>(), expected, "{id}");
        assert_eq!(decision.row.is_some(), expected.len() == 1, "{id}");
    }
}

/// Loads a criterion with this condition and returns the codes of the findings.
fn refused(condition: &str) -> Vec<&'static str> {
    let rule = criterion(&[(condition, "met")], "not_met");
    let folder = Folder::with([("criteria/facts.yaml", VOCABULARY), ("criteria/rules/probe/rule.yaml", &rule)]);
    let loaded = folder.load();
    assert!(loaded.catalog.rule("rule").is_none(), "{condition}: a rule that does not resolve must not be used");
    loaded.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn tests_that_do_not_fit_the_kind_are_refused() {
    let cases = [
        ("{probe.set: {is: x}}", "test-does-not-fit"),
        ("{probe.set: {one_of: [x]}}", "test-does-not-fit"),
        ("{probe.text: {is: x}}", "test-does-not-fit"),
        ("{probe.choice: {includes: a}}", "test-does-not-fit"),
        ("{probe.choice: {at_least: 1}}", "test-does-not-fit"),
        ("{probe.choice: {known: yes}}", "test-does-not-fit"),
        ("{probe.number: {includes: x}}", "test-does-not-fit"),
        ("{probe.country: {at_most: 1}}", "test-does-not-fit"),
        ("{probe.choice: {is: d}}", "unknown-value"),
        ("{probe.choice: {one_of: [a, d]}}", "unknown-value"),
        ("{probe.set: {includes: w}}", "unknown-value"),
        ("{probe.number: {is: many}}", "wrong-kind"),
        ("{probe.country: {is: Germany}}", "wrong-kind"),
        // Stands for all countries that are not named.
        ("{probe.country: {is: ZZ}}", "wrong-kind"),
        ("{probe.p: {is: not_applicable}}", "not-applicable-refused"),
        ("{probe.nothing: {is: a}}", "unknown-fact"),
        ("{probe.choice: {is: a, one_of: [a]}}", "one-key-only"),
        ("{probe.p: {is: yes}, probe.q: {is: yes}}", "one-key-only"),
        ("{probe.choice: {equals: a}}", "unknown-key"),
        ("{none: [probe.p: {is: yes}]}", "unknown-key"),
        ("{all: {probe.p: {is: yes}}}", "wrong-type"),
        ("{}", "empty-map"),
        ("{probe.number: {at_least: many}}", "wrong-type"),
        ("{probe.text: {known: maybe}}", "unknown-word"),
    ];
    for (condition, code) in cases {
        assert_eq!(refused(condition), [code], "{condition}");
    }
}

#[test]
fn asking_for_the_unknown_is_no_test() {
    // A condition on ignorance would turn silence into an argument.
    for word in ["unknown", "disputed"] {
        assert!(!refused(&format!("{{probe.choice: {{is: {word}}}}}")).is_empty(), "{word}");
        assert!(!refused(&format!("{{probe.choice: {{one_of: [a, {word}]}}}}")).is_empty(), "{word}");
    }
}
