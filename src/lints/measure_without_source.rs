//! A measure names what its effect rests on.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};

pub const LINT: Lint = Lint { name: "measure-without-source", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (_, profile) in subject.profiles() {
        for (id, measure) in &profile.messenger.measures {
            if measure.sources.is_empty() && measure.basis.is_none() {
                let finding = LINT.at(profile.source, id.span).with("measure", id.as_str());
                found.push(finding.help(Message::new("fact-without-source-help")));
            }
        }
    }
}
