//! What has ids that others refer to, and where those ids went.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Section};

/// A kind of thing that has ids.
pub struct IdKind {
    /// Key of its word.
    pub name: &'static str,
    /// Its section in `redirects.yaml`.
    pub section: &'static str,
    /// All ids of a catalogue.
    pub ids: fn(&Catalog) -> BTreeSet<String>,
    /// Its redirects.
    pub redirects: Section,
}

/// Everything that has ids that others refer to.
pub const KINDS: [IdKind; 5] = [
    IdKind {
        name: "kind.messenger",
        section: "messengers",
        ids: |catalog| catalog.profiles.iter().map(|own| own.id.clone()).collect(),
        redirects: |own| &own.messengers,
    },
    IdKind {
        name: "kind.criterion",
        section: "criteria",
        ids: |catalog| catalog.rules.iter().map(|own| own.id.clone()).collect(),
        redirects: |own| &own.criteria,
    },
    IdKind {
        name: "kind.use-case",
        section: "use_cases",
        ids: |catalog| catalog.settings.iter().map(|own| own.id.clone()).collect(),
        redirects: |own| &own.use_cases,
    },
    IdKind {
        name: "kind.checklist",
        section: "checklists",
        ids: |catalog| catalog.checklists.iter().map(|own| own.id.clone()).collect(),
        redirects: |own| &own.checklists,
    },
    IdKind {
        name: "kind.fact",
        section: "facts",
        ids: |catalog| catalog.facts.iter().map(|(_, own)| own.key.value.clone()).collect(),
        redirects: |own| &own.facts,
    },
];

impl IdKind {
    /// Whether some layer redirects this id.
    pub fn redirected(&self, catalog: &Catalog, id: &str) -> bool {
        catalog.redirects.iter().any(|layer| (self.redirects)(&layer.value).contains_key(id))
    }
}
