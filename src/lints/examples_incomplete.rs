//! A criterion shows by examples what meets it, what does not, and what remains open.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::OutcomeName;

pub const LINT: Lint = Lint { name: "examples-incomplete", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for rule in subject.rules() {
        let can = |wanted: OutcomeName| rule.table.rows.iter().any(|(_, outcome)| *outcome == wanted);
        let examples = &rule.criterion.examples;
        let shows = |wanted: OutcomeName| {
            examples.iter().any(|example| matches!(example.outcome.as_slice(), [one] if one.value == wanted))
        };
        let mut missing = Vec::new();
        for outcome in [OutcomeName::Met, OutcomeName::NotMet] {
            if can(outcome) && !shows(outcome) {
                missing.push(outcome.id());
            }
        }
        if !examples.iter().any(|example| example.outcome.len() > 1) {
            missing.push("unknown");
        }
        if !missing.is_empty() {
            let finding = LINT.at(rule.source, rule.criterion.weight.span).with("criterion", &rule.id);
            let finding = finding.with("missing", missing.join(", "));
            found.push(finding.help(Message::new("examples-incomplete-help")));
        }
    }
}
