//! A source that is cited is described, in the profile itself or in the one it is an edition of.

use super::{Lint, Subject};
use crate::catalog::{Profile, source_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Spanned;

pub const LINT: Lint = Lint { name: "unknown-source", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (at, profile) in subject.profiles() {
        for name in cited(profile).filter(|name| source_of(subject.catalog, at, name).is_none()) {
            let finding = LINT.at(profile.source, name.span).with("name", name.as_str());
            found.push(finding.suggest(name, profile.messenger.sources.keys().map(|key| key.as_str())));
        }
    }
}

/// All source ids a profile's own facts, measures and events cite.
pub fn cited(profile: &Profile) -> impl Iterator<Item = &Spanned<String>> {
    let messenger = &profile.messenger;
    let facts = messenger.facts.values().flat_map(|fact| &fact.sources);
    let measures = messenger.measures.values().flat_map(|measure| &measure.sources);
    facts.chain(measures).chain(messenger.history.iter().flat_map(|event| &event.sources))
}
