//! A knock-out that passes only because the provider says so: nobody else has looked, and no policy binds it.

use super::{Lint, Subject};
use crate::catalog::{FactId, Profile, Rule, State};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{KnockOutState, decide, stand};
use crate::model::{Fact, Required, SourceKind};

pub const LINT: Lint = Lint { name: "knock-out-on-vendor-claim", level: Severity::Note, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let knock_outs = knock_outs(subject);
    for (at, profile) in subject.profiles().filter(|(_, profile)| !profile.ended) {
        for (key, fact) in &profile.messenger.facts {
            let Some(id) = subject.catalog.facts.id(key).filter(|_| only_claimed(subject, at, fact)) else {
                continue;
            };
            let mut resting: Vec<&str> = knock_outs
                .iter()
                .filter(|(rule, required)| rests_on(profile, rule, *required, id))
                .map(|(rule, _)| rule.id.as_str())
                .collect();
            resting.dedup();
            if !resting.is_empty() {
                let finding = LINT.at(profile.source, key.span).with("fact", key.as_str());
                found.push(finding.with("criteria", resting.join(", ")));
            }
        }
    }
}

/// Each criterion that is a knock-out somewhere, with each thing that is required of it.
fn knock_outs<'a>(subject: &Subject<'a>) -> Vec<(&'a Rule, Required)> {
    let mut all: Vec<(usize, Required)> = Vec::new();
    for knock_out in subject.catalog.settings.iter().flat_map(|setting| &setting.knock_outs) {
        if !all.contains(knock_out) {
            all.push(*knock_out);
        }
    }
    all.sort_by_key(|(rule, _)| *rule);
    all.into_iter().map(|(rule, required)| (&subject.catalog.rules[rule], required)).collect()
}

fn only_claimed(subject: &Subject<'_>, at: usize, fact: &Fact) -> bool {
    let mut kinds = subject.cited(at, fact).map(|source| source.kind).peekable();
    kinds.peek().is_some() && kinds.all(|kind| kind == SourceKind::Vendor)
}

/// Whether the knock-out passes, and would not if this fact were unknown.
fn rests_on(profile: &Profile, rule: &Rule, required: Required, fact: FactId) -> bool {
    let passes = |states: &[State]| stand(decide(&rule.table, states).outcomes, required) == KnockOutState::Passed;
    if !rule.table.reads(fact) || !passes(&profile.states) {
        return false;
    }
    let mut without = profile.states.clone();
    without[fact.index()] = State::Unknown;
    !passes(&without)
}
