//! More measures than can be combined with one another: those beyond are left out of account.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::MAX_MEASURES;
use crate::source::Span;

pub const LINT: Lint = Lint { name: "too-many-measures", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (_, profile) in subject.profiles().filter(|(_, profile)| profile.measures.len() > MAX_MEASURES) {
        let place = profile.messenger.measures.keys().last().map_or_else(Span::default, |key| key.span);
        let finding = LINT.at(profile.source, place).with("count", profile.measures.len().to_string());
        found.push(finding.with("most", MAX_MEASURES.to_string()));
    }
}
