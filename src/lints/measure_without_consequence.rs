//! A measure that changes facts changes what some criterion says, alone or together with all the others.

use super::measure_without_effect::{changes, own_steps};
use super::{Lint, Subject};
use crate::catalog::{Profile, State, Step};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::decide;

pub const LINT: Lint = Lint { name: "measure-without-consequence", level: Severity::Note, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (at, profile) in subject.profiles() {
        for (id, step) in own_steps(at, profile) {
            if changes(profile, step) && !matters(subject, profile, step) {
                found.push(LINT.at(profile.source, id.span).with("measure", &step.id));
            }
        }
    }
}

fn matters(subject: &Subject<'_>, profile: &Profile, step: &Step) -> bool {
    let mut alone = profile.states.clone();
    set(&mut alone, step);
    let mut others = profile.states.clone();
    profile.measures.iter().filter(|other| other.id != step.id).for_each(|other| set(&mut others, other));
    let mut all = others.clone();
    set(&mut all, step);
    let touched = |fact| step.sets.iter().any(|(own, _)| *own == fact);
    let rules = subject.catalog.rules.iter().filter(|rule| rule.table.facts.iter().any(|fact| touched(*fact)));
    rules.into_iter().any(|rule| {
        let outcomes = |states: &[State]| decide(&rule.table, states).outcomes;
        outcomes(&alone) != outcomes(&profile.states) || outcomes(&all) != outcomes(&others)
    })
}

fn set(states: &mut [State], step: &Step) {
    for (fact, value) in &step.sets {
        states[fact.index()] = State::Known(*value);
    }
}
