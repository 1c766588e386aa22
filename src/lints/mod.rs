//! Checks on the data beyond what loading sees. One file per check, one line in [`LINTS`].
//!
//! What a check finds, why it matters and two examples stand in `templates/lints/NAME.yaml`; a test runs them.

mod bad_redirect;
mod bad_url;
mod checked_before_published;
mod contradictory_facts;
mod criterion_never_used;
mod date_in_future;
mod edition_repeats_parent;
mod example_fact_unused;
mod example_fails;
mod examples_incomplete;
mod fact_never_asked;
mod fact_without_confidence;
mod fact_without_influence;
mod fact_without_source;
mod ids;
mod knock_out_on_vendor_claim;
mod knock_out_unmeetable;
mod measure_without_consequence;
mod measure_without_effect;
mod measure_without_source;
mod moved_without_redirect;
mod quote_too_long;
mod quote_without_source;
mod row_never_holds;
mod row_shadowed;
mod rows_contradict;
mod seen_before_published;
mod stale_fact;
mod subject;
mod tables;
mod too_many_measures;
mod unknown_source;
mod unused_source;
mod waivers;

use crate::diagnostic::{Diagnostic, Severity};
use crate::parallel;
use crate::source::{SourceId, Span};

pub use bad_url::addresses;
pub use subject::Subject;
pub use waivers::waive;

/// A check on the data.
#[derive(Debug)]
pub struct Lint {
    /// Stable kebab-case name: the code of its findings and the name of its page.
    pub name: &'static str,
    /// How much a finding matters, unless the check says otherwise.
    pub level: Severity,
    /// Appends what it finds.
    pub run: fn(&Subject<'_>, &mut Vec<Diagnostic>),
}

impl Lint {
    /// A finding of this check.
    pub fn at(&self, source: SourceId, span: Span) -> Diagnostic {
        Diagnostic { severity: self.level, ..Diagnostic::error(self.name, source, span) }
    }
}

/// All checks, in the order they run.
pub const LINTS: &[&Lint] = &[
    &bad_redirect::LINT,
    &bad_url::LINT,
    &checked_before_published::LINT,
    &contradictory_facts::LINT,
    &criterion_never_used::LINT,
    &date_in_future::LINT,
    &edition_repeats_parent::LINT,
    &example_fact_unused::LINT,
    &example_fails::LINT,
    &examples_incomplete::LINT,
    &fact_never_asked::LINT,
    &fact_without_confidence::LINT,
    &fact_without_influence::LINT,
    &fact_without_source::LINT,
    &knock_out_on_vendor_claim::LINT,
    &knock_out_unmeetable::LINT,
    &measure_without_consequence::LINT,
    &measure_without_effect::LINT,
    &measure_without_source::LINT,
    &moved_without_redirect::LINT,
    &quote_too_long::LINT,
    &quote_without_source::LINT,
    &row_never_holds::LINT,
    &row_shadowed::LINT,
    &rows_contradict::LINT,
    &seen_before_published::LINT,
    &stale_fact::LINT,
    &too_many_measures::LINT,
    &unknown_source::LINT,
    &unused_source::LINT,
];

/// Runs all checks, on all processors. What they find is in file order.
pub fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let each = |part: Subject<'_>| {
        let mut found = Vec::new();
        for lint in LINTS {
            (lint.run)(&part, &mut found);
        }
        found
    };
    let mut found: Vec<Diagnostic> =
        parallel::map(subject.split(parallel::processors()), each).into_iter().flatten().collect();
    found.sort_by_key(|finding| finding.labels.first().map(|label| (label.source, label.span.start)));
    found
}
