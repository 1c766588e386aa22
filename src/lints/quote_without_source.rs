//! A quotation comes from a source.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Severity};

pub const LINT: Lint = Lint { name: "quote-without-source", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (_, profile, _, fact) in subject.facts().filter(|(_, _, _, fact)| fact.sources.is_empty()) {
        found.extend(fact.quote.as_ref().map(|quote| LINT.at(profile.source, quote.span)));
    }
}
