//! Sources: each id that is cited exists, each source is cited, each address can be followed.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Profile, safe_url, source_of};
use crate::diagnostic::Diagnostic;
use crate::model::{SourceRef, Spanned};
use crate::source::SourceId;

pub fn run(catalog: &Catalog, found: &mut Vec<Diagnostic>) {
    for (at, profile) in catalog.profiles.iter().enumerate() {
        let mut used = BTreeSet::new();
        for name in cited(profile) {
            used.insert(name.as_str());
            if source_of(catalog, at, name).is_none() {
                let finding =
                    Diagnostic::error("unknown-source", profile.source, name.span).with("name", name.as_str());
                found.push(finding.suggest(name, profile.messenger.sources.keys().map(|key| key.as_str())));
            }
        }
        for (name, source) in &profile.messenger.sources {
            if !used.contains(name.as_str()) && !used_by_edition(catalog, at, name) {
                let finding = Diagnostic::warning("unused-source", profile.source, name.span);
                found.push(finding.with("name", name.as_str()));
            }
            check(source, profile.source, found);
        }
        if let Some(website) = &profile.messenger.website {
            url(website, profile.source, found);
        }
    }
    for setting in &catalog.settings {
        setting.use_case.sources.values().for_each(|source| check(source, setting.source, found));
    }
    for checklist in &catalog.checklists {
        if let Some(address) = &checklist.value.url {
            url(address, checklist.source, found);
        }
    }
    for body in &catalog.positions {
        body.value.positions.iter().for_each(|position| url(&position.url, body.source, found));
    }
}

/// All source ids a profile's own facts, measures and events cite.
fn cited(profile: &Profile) -> impl Iterator<Item = &Spanned<String>> {
    let messenger = &profile.messenger;
    let facts = messenger.facts.values().flat_map(|fact| &fact.sources);
    let measures = messenger.measures.values().flat_map(|measure| &measure.sources);
    facts.chain(measures).chain(messenger.history.iter().flat_map(|event| &event.sources))
}

fn used_by_edition(catalog: &Catalog, parent: usize, name: &str) -> bool {
    let editions = catalog.profiles.iter().filter(|profile| profile.parent == Some(parent));
    editions.into_iter().any(|edition| cited(edition).any(|own| own.value == name))
}

fn check(source: &SourceRef, file: SourceId, found: &mut Vec<Diagnostic>) {
    url(&source.url, file, found);
    if let Some(via) = &source.via {
        url(via, file, found);
    }
    if let Some(published) = &source.published
        && published.value > source.seen.value
    {
        let finding = Diagnostic::error("seen-before-published", file, source.seen.span);
        found.push(finding.with("seen", source.seen.to_string()).with("published", published.to_string()));
    }
}

fn url(url: &Spanned<String>, file: SourceId, found: &mut Vec<Diagnostic>) {
    if safe_url(url).is_empty() || !url.contains("://") {
        found.push(Diagnostic::error("bad-url", file, url.span).with("url", url.as_str()));
    }
}
