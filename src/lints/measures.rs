//! Measures: founded, effective, and naming only measures that exist.

use crate::catalog::{Catalog, State};
use crate::diagnostic::{Diagnostic, Message};

pub fn run(catalog: &Catalog, found: &mut Vec<Diagnostic>) {
    for (at, profile) in catalog.profiles.iter().enumerate() {
        for (id, measure) in &profile.messenger.measures {
            if measure.sources.is_empty() && measure.basis.is_none() {
                let finding = Diagnostic::error("measure-without-source", profile.source, id.span);
                found.push(finding.with("measure", id.as_str()).help(Message::new("fact-without-source-help")));
            }
            for other in &measure.excludes {
                if !profile.measures.iter().any(|step| step.id == other.value) {
                    let finding = Diagnostic::error("unknown-reference", profile.source, other.span);
                    let finding = finding.with_key("kind", "kind.measure").with("name", other.as_str());
                    found.push(finding.suggest(other, profile.measures.iter().map(|step| step.id.as_str())));
                }
            }
            let Some(step) = profile.measures.iter().find(|step| step.owner == at && step.id == id.value) else {
                continue;
            };
            let same = |(fact, value): &(crate::catalog::FactId, crate::catalog::Concrete)| {
                profile.states[fact.index()] == State::Known(*value)
            };
            if step.sets.iter().all(same) {
                let finding = Diagnostic::warning("measure-without-effect", profile.source, id.span);
                found.push(finding.with("measure", id.as_str()));
            }
        }
    }
}
