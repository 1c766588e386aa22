//! A fact of the vocabulary is read by something; one that nobody asks for is kept up for nothing.

use std::collections::HashSet;

use super::tables::mentions;
use super::{Lint, Subject};
use crate::catalog::Definition;
use crate::diagnostic::{Diagnostic, Severity};

pub const LINT: Lint = Lint { name: "fact-never-asked", level: Severity::Note, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = subject.catalog;
    // A use case has to state every circumstance, asked for or not.
    let may_be = |own: &Definition| subject.wants(own.source) && !own.key.starts_with("setting.");
    let wanted: Vec<_> = catalog.facts.iter().filter(|(_, definition)| may_be(definition)).collect();
    if wanted.is_empty() {
        return;
    }
    let mut asked: HashSet<&str> = HashSet::new();
    for rule in &catalog.rules {
        asked.extend(rule.table.facts.iter().map(|fact| catalog.facts.get(*fact).key.as_str()));
    }
    for step in catalog.profiles.iter().flat_map(|profile| &profile.measures) {
        asked.extend(step.needs.iter().map(|fact| catalog.facts.get(*fact).key.as_str()));
    }
    for requirement in catalog.checklists.iter().flat_map(|checklist| &checklist.value.requirements) {
        asked.extend(requirement.organisation.iter().map(|key| key.as_str()));
    }
    for setting in &catalog.settings {
        asked.extend(setting.use_case.duties.iter().map(|duty| duty.org.as_str()));
    }
    for contradiction in catalog.contradictions.iter().flat_map(|layer| layer.value.values()) {
        asked.extend(mentions(&contradiction.when).into_iter().map(|key| key.as_str()));
    }
    for (_, definition) in wanted {
        if !asked.contains(definition.key.as_str()) {
            found.push(LINT.at(definition.source, definition.key.span).with("fact", definition.key.as_str()));
        }
    }
}
