//! Nobody saw a source before it was published.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Severity};

pub const LINT: Lint = Lint { name: "seen-before-published", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (file, _, source) in subject.sources() {
        if let Some(published) = source.published.as_ref().filter(|day| day.earliest() > source.seen.latest()) {
            let finding = LINT.at(file, source.seen.span).with("seen", source.seen.to_string());
            found.push(finding.with("published", published.to_string()));
        }
    }
}
