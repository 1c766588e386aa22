//! A criterion's own examples come out as they say.

use super::{Lint, Subject};
use crate::catalog::{Rule, State};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::engine::{Outcomes, decide};
use crate::model::{Example, OutcomeName};

pub const LINT: Lint = Lint { name: "example-fails", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for rule in subject.rules() {
        for example in &rule.criterion.examples {
            check(subject, rule, example, found);
        }
    }
}

fn check(subject: &Subject<'_>, rule: &Rule, example: &Example, found: &mut Vec<Diagnostic>) {
    let facts = &subject.catalog.facts;
    let before = found.len();
    let mut states = vec![State::Unknown; facts.len()];
    for (key, value) in &example.facts {
        let Some(id) = facts.lookup(key, rule.source, found) else { continue };
        if let Some(concrete) = facts.concrete(id, value, rule.source, found) {
            states[id.index()] = State::Known(concrete);
        }
    }
    // What the example says could not be understood: no use in trying it.
    if found.len() > before {
        return;
    }
    let expected = Outcomes::of(example.outcome.iter().map(|outcome| outcome.value));
    let actual = decide(&rule.table, &states).outcomes;
    if actual != expected {
        let span = example.outcome.first().map(|outcome| outcome.span).unwrap_or_default();
        let names = |outcomes: Outcomes| outcomes.iter().map(OutcomeName::id).collect::<Vec<_>>().join(", ");
        let finding = LINT.at(rule.source, span).with("expected", names(expected)).with("actual", names(actual));
        found.push(finding.help(Message::new("example-fails-help")));
    }
}
