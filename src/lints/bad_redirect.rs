//! A redirect leads from an id that is gone to one that is there.

use super::ids::KINDS;
use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};

pub const LINT: Lint = Lint { name: "bad-redirect", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for layer in subject.catalog.redirects.iter().filter(|layer| subject.wants(layer.source)) {
        for kind in KINDS {
            let ids = (kind.ids)(subject.catalog);
            for (old, new) in (kind.redirects)(&layer.value) {
                let (span, why) = if ids.contains(old.as_str()) {
                    (old.span, "redirect-of-living")
                } else if !ids.contains(new.as_str()) {
                    (new.span, "redirect-to-nowhere")
                } else {
                    continue;
                };
                let finding = LINT.at(layer.source, span).with("old", old.as_str()).with("new", new.as_str());
                let finding = finding.help(Message::new(why).with_key("kind", kind.name));
                found.push(finding);
            }
        }
    }
}
