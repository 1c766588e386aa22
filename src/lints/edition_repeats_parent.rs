//! An edition states only what differs: what it repeats would silently stay behind when its parent changes.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::{Fact, Value};

pub const LINT: Lint = Lint { name: "edition-repeats-parent", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let profiles = &subject.catalog.profiles;
    for (_, profile) in subject.profiles() {
        let Some(parent) = profile.parent.map(|parent| &profiles[parent]) else { continue };
        for (key, fact) in &profile.messenger.facts {
            let owner = subject.catalog.facts.id(key).and_then(|id| parent.stated_by[id.index()]);
            let Some(owner) = owner.map(|owner| &profiles[owner]) else { continue };
            let Some((there, inherited)) = owner.messenger.facts.get_key_value(key.as_str()) else { continue };
            if same(fact, inherited) {
                let finding = LINT.at(profile.source, key.span).with("fact", key.as_str()).with("parent", &owner.id);
                found.push(finding.also(owner.source, there.span, Message::new("stated-there")));
            }
        }
    }
}

/// The same value on no other ground: an edition with sources of its own has been looked at by itself.
fn same(own: &Fact, inherited: &Fact) -> bool {
    let free_text = matches!(own.value.value, Value::Text(_));
    own.value == inherited.value
        && own.candidates == inherited.candidates
        && own.confidence == inherited.confidence
        && own.note == inherited.note
        && own.sources.iter().all(|source| inherited.sources.contains(source))
        && !free_text
}
