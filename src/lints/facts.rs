//! A fact that states something says how sure it is and what it rests on.

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::Value;

pub fn run(catalog: &Catalog, found: &mut Vec<Diagnostic>) {
    for profile in &catalog.profiles {
        for (key, fact) in &profile.messenger.facts {
            // An unknown rests on nothing.
            if fact.value.value == Value::Unknown {
                continue;
            }
            if fact.sources.is_empty() && fact.basis.is_none() {
                let finding = Diagnostic::error("fact-without-source", profile.source, key.span);
                found.push(finding.with("fact", key.as_str()).help(Message::new("fact-without-source-help")));
            }
            if fact.confidence.is_none() {
                let finding = Diagnostic::error("fact-without-confidence", profile.source, key.span);
                found.push(finding.with("fact", key.as_str()));
            }
        }
    }
}
