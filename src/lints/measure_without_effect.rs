//! A measure sets at least one fact to something it is not already.

use super::{Lint, Subject};
use crate::catalog::{Profile, State, Step};
use crate::diagnostic::{Diagnostic, Severity};

pub const LINT: Lint = Lint { name: "measure-without-effect", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (at, profile) in subject.profiles() {
        for (id, step) in own_steps(at, profile).filter(|(_, step)| !step.sets.is_empty() && !changes(profile, step)) {
            found.push(LINT.at(profile.source, id.span).with("measure", &step.id));
        }
    }
}

/// The measures a profile describes itself.
pub fn own_steps(at: usize, profile: &Profile) -> impl Iterator<Item = (&crate::model::Spanned<String>, &Step)> {
    let own = profile.measures.iter().filter(move |step| step.owner == at);
    own.filter_map(|step| Some((profile.messenger.measures.get_key_value(step.id.as_str())?.0, step)))
}

/// Whether a measure changes a fact.
pub fn changes(profile: &Profile, step: &Step) -> bool {
    step.sets.iter().any(|(fact, value)| profile.states[fact.index()] != State::Known(*value))
}
