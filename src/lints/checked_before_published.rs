//! A fact cannot have been checked against a source that did not exist yet.

use super::{Lint, Subject};
use crate::catalog::source_of;
use crate::diagnostic::{Diagnostic, Message, Severity};

pub const LINT: Lint = Lint { name: "checked-before-published", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (at, profile, key, fact) in subject.facts() {
        let checked = fact.checked.as_ref().unwrap_or(&profile.messenger.checked);
        for name in &fact.sources {
            let Some(source) = source_of(subject.catalog, at, name) else { continue };
            let Some(published) = source.published.as_ref().filter(|day| day.earliest() > checked.latest()) else {
                continue;
            };
            let finding = LINT.at(profile.source, name.span).with("fact", key.as_str()).with("source", name.as_str());
            let finding = finding.with("checked", checked.to_string()).with("published", published.to_string());
            found.push(finding.also(profile.source, checked.span, Message::new("checked-here")));
        }
    }
}
