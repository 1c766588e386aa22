//! Facts of one messenger that cannot be true together (`contradictions.yaml`).

use super::{Lint, Subject};
use crate::catalog::{Catalog, FactId, Profile, Table, table};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::engine::decide;
use crate::model::{Contradiction, OutcomeName, Spanned};
use crate::source::SourceId;

pub const LINT: Lint = Lint { name: "contradictory-facts", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (file, id, contradiction) in entries(subject.catalog) {
        let mut wrong = Vec::new();
        let table = resolve(subject.catalog, file, contradiction, &mut wrong);
        if !wrong.is_empty() {
            // A condition that does not fit the vocabulary is its own file's mistake.
            found.extend(wrong.into_iter().filter(|_| subject.wants(file)));
            continue;
        }
        for (_, profile) in subject.profiles() {
            let outcome = decide(&table, &profile.states).outcomes.decided();
            if outcome == Some(OutcomeName::NotMet) {
                found.extend(report(subject.catalog, profile, &table, id, contradiction, file));
            }
        }
    }
}

/// All contradictions; a later layer's entry replaces an earlier one of the same id.
fn entries(catalog: &Catalog) -> impl Iterator<Item = (SourceId, &Spanned<String>, &Contradiction)> {
    let layers = catalog.contradictions.as_slice();
    layers.iter().enumerate().flat_map(move |(at, layer)| {
        let replaced = move |id: &str| layers[at + 1..].iter().any(|later| later.value.contains_key(id));
        let own = layer.value.iter().filter(move |(id, _)| !replaced(id));
        own.map(|(id, contradiction)| (layer.source, id, contradiction))
    })
}

/// The condition as a table: where it holds the facts do not go together.
fn resolve(catalog: &Catalog, file: SourceId, own: &Contradiction, wrong: &mut Vec<Diagnostic>) -> Table {
    let rows = [(Some(&own.when), OutcomeName::NotMet), (None, OutcomeName::Met)];
    table(rows, file, &catalog.facts, wrong)
}

/// Reported at the first of the facts that this profile states itself; one it only inherits is its parent's matter.
fn report(
    catalog: &Catalog,
    profile: &Profile,
    table: &Table,
    id: &Spanned<String>,
    contradiction: &Contradiction,
    file: SourceId,
) -> Option<Diagnostic> {
    let place = |fact: &FactId| {
        let key = catalog.facts.get(*fact).key.as_str();
        Some((profile.messenger.facts.get_key_value(key)?.0, *fact))
    };
    let own: Vec<_> = table.facts.iter().filter_map(place).collect();
    let (first, rest) = own.split_first()?;
    let finding = LINT.at(profile.source, first.0.span).with("id", id.as_str());
    let names: Vec<&str> = table.facts.iter().map(|fact| catalog.facts.get(*fact).key.as_str()).collect();
    let finding = finding.with("facts", names.join(", "));
    let with_rest = rest
        .iter()
        .fold(finding, |finding, (key, _)| finding.also(profile.source, key.span, Message::new("contradicts")));
    let because = &contradiction.because;
    let because = Message::new("because").with_both("because", &because.de, &because.en);
    Some(with_rest.also(file, id.span, because))
}
