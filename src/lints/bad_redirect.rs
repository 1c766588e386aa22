//! A redirect leads from an id that is gone to one that is there.

use std::collections::BTreeMap;

use super::moved_without_redirect::KINDS;
use super::{Lint, Subject};
use crate::catalog::{Catalog, Entry};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::{Redirects, Spanned};

pub const LINT: Lint = Lint { name: "bad-redirect", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for layer in redirects(subject.catalog).filter(|layer| subject.wants(layer.source)) {
        for kind in KINDS {
            let ids = (kind.ids)(subject.catalog);
            for (old, new) in (kind.map)(&layer.value) {
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

/// All layers of redirects.
pub fn redirects(catalog: &Catalog) -> impl DoubleEndedIterator<Item = &Entry<Redirects>> {
    catalog.redirects.iter()
}

/// Whether some layer redirects this id.
pub fn replaced(
    catalog: &Catalog,
    map: fn(&Redirects) -> &BTreeMap<Spanned<String>, Spanned<String>>,
    id: &str,
) -> bool {
    redirects(catalog).any(|layer| map(&layer.value).contains_key(id))
}
