//! A criterion's own examples come out as they say.

use crate::catalog::{Catalog, Rule, State};
use crate::diagnostic::{Diagnostic, Message};
use crate::engine::{Outcomes, decide};
use crate::model::{Example, OutcomeName};

pub fn run(catalog: &Catalog, found: &mut Vec<Diagnostic>) {
    for rule in &catalog.rules {
        if rule.criterion.examples.is_empty() {
            let finding = Diagnostic::warning("no-examples", rule.source, rule.criterion.weight.span);
            found.push(finding.with("criterion", rule.id.as_str()));
        }
        for example in &rule.criterion.examples {
            check(catalog, rule, example, found);
        }
    }
}

fn check(catalog: &Catalog, rule: &Rule, example: &Example, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    let mut states = vec![State::Unknown; catalog.facts.len()];
    for (key, value) in &example.facts {
        let Some(id) = catalog.facts.lookup(key, rule.source, found) else {
            continue;
        };
        if !rule.facts.contains(&id) {
            let finding = Diagnostic::warning("example-fact-unused", rule.source, key.span);
            found.push(finding.with("fact", key.as_str()));
        }
        if let Some(concrete) = catalog.facts.concrete(id, value, rule.source, found) {
            states[id.index()] = State::Known(concrete);
        }
    }
    if found.len() > before {
        return;
    }
    let expected = Outcomes::of(example.outcome.iter().map(|outcome| outcome.value));
    let actual = decide(rule, &states).outcomes;
    if actual != expected {
        let span = example.outcome.first().map(|outcome| outcome.span).unwrap_or_default();
        let names = |outcomes: Outcomes| outcomes.iter().map(OutcomeName::id).collect::<Vec<_>>().join(", ");
        let finding = Diagnostic::error("example-fails", rule.source, span);
        let finding = finding.with("expected", names(expected)).with("actual", names(actual));
        found.push(finding.help(Message::new("example-fails-help")));
    }
}
