//! A fact that states something says how sure it is.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Value;

pub const LINT: Lint = Lint { name: "fact-without-confidence", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (_, profile, key, fact) in subject.facts() {
        if fact.value.value != Value::Unknown && fact.confidence.is_none() {
            found.push(LINT.at(profile.source, key.span).with("fact", key.as_str()));
        }
    }
}
