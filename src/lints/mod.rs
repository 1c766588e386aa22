//! Checks on the data beyond what loading sees. One file per check, one line in [`LINTS`].

mod examples;
mod facts;
mod measures;
mod quotes;
mod sources;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::source::SourceId;

/// A check on the data.
pub struct Lint {
    /// Stable kebab-case name.
    pub name: &'static str,
    /// Appends what it finds.
    pub run: fn(&Catalog, &mut Vec<Diagnostic>),
}

/// All checks, in the order they run.
pub const LINTS: &[Lint] = &[
    Lint { name: "facts", run: facts::run },
    Lint { name: "sources", run: sources::run },
    Lint { name: "quotes", run: quotes::run },
    Lint { name: "measures", run: measures::run },
    Lint { name: "examples", run: examples::run },
];

/// Runs all checks and keeps what concerns the wanted files, in file order.
pub fn run(catalog: &Catalog, wanted: impl Fn(SourceId) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lint in LINTS {
        (lint.run)(catalog, &mut found);
    }
    found.retain(|finding| finding.labels.first().is_some_and(|label| wanted(label.source)));
    found.sort_by_key(|finding| finding.labels.first().map(|label| (label.source, label.span.start)));
    found
}
