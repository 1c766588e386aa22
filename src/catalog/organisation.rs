//! One organisation's own statements, resolved against the catalogue.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Catalog, FactId, State, files};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, DocumentKind};
use crate::index;
use crate::model::{Goal, Organisation, Value};
use crate::source::SourceId;

/// What an organisation states, ready for the engine. The default states nothing.
#[derive(Debug, Default)]
pub struct Situation {
    /// Its name for the report.
    pub name: Option<String>,
    /// What is known about the org.* facts.
    pub states: Vec<(FactId, State)>,
    /// The org.* facts stated as `no`: what needs them cannot be done.
    pub lacks: Vec<FactId>,
    /// Own emphasis of goals.
    pub emphasis: BTreeMap<Goal, u32>,
    /// Own weights, by index among the rules.
    pub weights: BTreeMap<usize, u32>,
}

impl Situation {
    /// What is stated about one org.* fact.
    pub fn state(&self, fact: FactId) -> &State {
        self.states.iter().find(|(own, _)| *own == fact).map_or(&State::Unknown, |(_, state)| state)
    }
}

/// Reads an organisation's file. With findings the situation is what could be understood.
pub fn read(path: &Path, catalog: &mut Catalog) -> (Situation, Vec<Diagnostic>) {
    let (file, read) = files::read(path, catalog.sources.next());
    let source = catalog.sources.add(file);
    if let Err(finding) = read {
        return (Situation::default(), vec![*finding]);
    }
    match document::read(DocumentKind::Organisation, catalog.sources.get(source), source) {
        (Some(Document::Organisation(organisation)), mut findings) => {
            let (situation, more) = resolve(organisation, source, catalog);
            findings.extend(more);
            (situation, findings)
        }
        (_, findings) => (Situation::default(), findings),
    }
}

fn resolve(organisation: Organisation, source: SourceId, catalog: &Catalog) -> (Situation, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut states = Vec::new();
    let mut lacks = Vec::new();
    for (key, value) in &organisation.has {
        let known = catalog.facts.id(key).is_some();
        let key = catalog.current(key, known, |redirects| &redirects.facts, source, &mut found);
        let Some(id) = catalog.facts.lookup(&key, source, &mut found) else {
            continue;
        };
        if !key.starts_with("org.") {
            found.push(Diagnostic::error("needs-org-fact", source, key.span).with("key", key.as_str()));
        } else if let Some(concrete) = catalog.facts.concrete(id, value, source, &mut found) {
            states.push((id, State::Known(concrete)));
            if value.value == Value::Word("no".into()) {
                lacks.push(id);
            }
        }
    }
    let emphasis = organisation
        .emphasis
        .iter()
        .map(|(goal, value)| (goal.value, index::in_range(value, 1, 3, source, &mut found)))
        .collect();
    let mut weights = BTreeMap::new();
    for (name, weight) in &organisation.weights {
        let known = catalog.rule(name).is_some();
        let name = catalog.current(name, known, |redirects| &redirects.criteria, source, &mut found);
        if let Some(rule) = index::criterion(&name, source, &catalog.rules, &mut found) {
            weights.insert(rule, index::in_range(weight, 0, 5, source, &mut found));
        }
    }
    let situation = Situation { name: organisation.name, states, lacks, emphasis, weights };
    (situation, found)
}
