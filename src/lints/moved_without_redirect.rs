//! An id that was there before and is gone has a redirect, so that links and documents still lead somewhere.

use super::ids::KINDS;
use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::source::Span;

pub const LINT: Lint = Lint { name: "moved-without-redirect", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(before) = subject.before.filter(|_| subject.leads()) else {
        return;
    };
    // Reported in the file that would have to hold the redirect.
    let Some(place) = subject.catalog.redirects.last() else { return };
    for kind in KINDS {
        let now = (kind.ids)(subject.catalog);
        for id in (kind.ids)(before).difference(&now).filter(|id| !kind.redirected(subject.catalog, id)) {
            let finding = LINT.at(place.source, Span::default()).with_key("kind", kind.name).with("id", id.as_str());
            let help = Message::new("moved-without-redirect-help").with("id", id.as_str());
            found.push(finding.help(help.with("section", kind.section)));
        }
    }
}
