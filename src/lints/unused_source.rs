//! A source that is described is cited, by the profile itself or by one of its editions.

use std::collections::HashSet;

use super::unknown_source::cited;
use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Severity};

pub const LINT: Lint = Lint { name: "unused-source", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (at, profile) in subject.profiles() {
        let used: HashSet<&str> = cited(profile).map(|name| name.as_str()).collect();
        for name in profile.messenger.sources.keys().filter(|name| !used.contains(name.as_str())) {
            if !cited_by_edition(subject, at, name) {
                found.push(LINT.at(profile.source, name.span).with("name", name.as_str()));
            }
        }
    }
}

/// Whether an edition of this messenger, or an edition of one, cites the source.
fn cited_by_edition(subject: &Subject<'_>, parent: usize, name: &str) -> bool {
    let editions = subject.catalog.profiles.iter().enumerate().filter(|(_, profile)| profile.parent == Some(parent));
    editions
        .into_iter()
        .any(|(at, edition)| cited(edition).any(|own| own.as_str() == name) || cited_by_edition(subject, at, name))
}
