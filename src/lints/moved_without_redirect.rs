//! An id that was there before and is gone has a redirect, so that links and documents still lead somewhere.

use std::collections::BTreeSet;

use super::bad_redirect::{redirects, replaced};
use super::{Lint, Subject};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::{Redirects, Spanned};
use crate::source::Span;

pub const LINT: Lint = Lint { name: "moved-without-redirect", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(before) = subject.before.filter(|_| subject.leads()) else {
        return;
    };
    // Reported in the file that would have to hold the redirect.
    let Some(place) = redirects(subject.catalog).last() else { return };
    for kind in KINDS {
        let now = (kind.ids)(subject.catalog);
        for id in (kind.ids)(before).difference(&now).filter(|id| !replaced(subject.catalog, kind.map, id)) {
            let finding = LINT.at(place.source, Span::default()).with_key("kind", kind.name).with("id", id.as_str());
            let help = Message::new("moved-without-redirect-help").with("id", id.as_str());
            found.push(finding.help(help.with("section", kind.section)));
        }
    }
}

/// A kind of thing that has ids.
pub struct IdKind {
    /// Key of its word.
    pub name: &'static str,
    /// Its section in `redirects.yaml`.
    pub section: &'static str,
    /// All ids of a catalogue.
    pub ids: fn(&Catalog) -> BTreeSet<String>,
    /// Its redirects.
    pub map: fn(&Redirects) -> &std::collections::BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Everything that has ids that others refer to.
pub const KINDS: [IdKind; 5] = [
    IdKind {
        name: "kind.messenger",
        section: "messengers",
        ids: |catalog| catalog.profiles.iter().map(|own| own.id.clone()).collect(),
        map: |own| &own.messengers,
    },
    IdKind {
        name: "kind.criterion",
        section: "criteria",
        ids: |catalog| catalog.rules.iter().map(|own| own.id.clone()).collect(),
        map: |own| &own.criteria,
    },
    IdKind {
        name: "kind.use-case",
        section: "use_cases",
        ids: |catalog| catalog.settings.iter().map(|own| own.id.clone()).collect(),
        map: |own| &own.use_cases,
    },
    IdKind {
        name: "kind.checklist",
        section: "checklists",
        ids: |catalog| catalog.checklists.iter().map(|own| own.id.clone()).collect(),
        map: |own| &own.checklists,
    },
    IdKind {
        name: "kind.fact",
        section: "facts",
        ids: |catalog| catalog.facts.iter().map(|(_, own)| own.key.value.clone()).collect(),
        map: |own| &own.facts,
    },
];
