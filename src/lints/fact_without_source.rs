//! A fact that states something names what it rests on.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::Value;

pub const LINT: Lint = Lint { name: "fact-without-source", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (_, profile, key, fact) in subject.facts() {
        // An unknown rests on nothing.
        if fact.value.value != Value::Unknown && fact.sources.is_empty() && fact.basis.is_none() {
            let finding = LINT.at(profile.source, key.span).with("fact", key.as_str());
            found.push(finding.help(Message::new("fact-without-source-help")));
        }
    }
}
