//! An example names only facts its criterion reads.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Severity};

pub const LINT: Lint = Lint { name: "example-fact-unused", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for rule in subject.rules() {
        for key in rule.criterion.examples.iter().flat_map(|example| example.facts.keys()) {
            // A key that does not exist is reported where the example is tried.
            if subject.catalog.facts.id(key).is_some_and(|id| !rule.table.reads(id)) {
                found.push(LINT.at(rule.source, key.span).with("fact", key.as_str()));
            }
        }
    }
}
