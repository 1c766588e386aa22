//! The order of keys: a structure's keys as its schema lists them, a profile's facts as the vocabulary does.
//!
//! Every other map, and every list, keeps its order, since there the order may say something.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::tree::{Entry, Line, Many, Value};
use crate::document::DocumentKind;

/// A schema, or several of which one fits, with what its references point to.
#[derive(Clone)]
pub struct Shape<'a> {
    definitions: Option<&'a Map<String, Json>>,
    variants: Vec<&'a Json>,
}

impl<'a> Shape<'a> {
    /// The shape of a kind of document.
    pub fn of(kind: DocumentKind) -> Shape<'static> {
        let schema = kind.schema();
        Shape { definitions: schema.get("$defs").and_then(Json::as_object), variants: Vec::new() }.with(schema)
    }

    fn with(mut self, schema: &'a Json) -> Self {
        self.variants.clear();
        self.collect(schema);
        self
    }

    /// Follows references and alternatives down to schemas that say something themselves.
    fn collect(&mut self, schema: &'a Json) {
        let name = schema.get("$ref").and_then(Json::as_str).and_then(|path| path.rsplit('/').next());
        if let Some(target) = name.and_then(|name| self.definitions?.get(name)) {
            self.collect(target);
        }
        for word in ["anyOf", "oneOf", "allOf"] {
            for variant in schema.get(word).and_then(Json::as_array).into_iter().flatten() {
                self.collect(variant);
            }
        }
        self.variants.push(schema);
    }

    fn properties(&self) -> impl Iterator<Item = &'a Map<String, Json>> {
        self.variants.iter().filter_map(|schema| schema.get("properties")?.as_object())
    }

    /// The places of a structure's keys; nothing for a map with free keys.
    pub fn ranks(&self) -> Option<HashMap<&'a str, usize>> {
        let names = self.properties().flat_map(|properties| properties.keys());
        let ranks: HashMap<&str, usize> = names.enumerate().map(|(rank, name)| (name.as_str(), rank)).collect();
        (!ranks.is_empty()).then_some(ranks)
    }

    /// The shape of what stands under a key.
    pub fn child(&self, key: &str) -> Self {
        let known = self.properties().find_map(|properties| properties.get(key));
        let other = || {
            let pattern = |schema: &&'a Json| schema.get("patternProperties")?.as_object()?.values().next();
            let free = |schema: &&'a Json| schema.get("additionalProperties").filter(|free| free.is_object());
            self.variants.iter().find_map(pattern).or_else(|| self.variants.iter().find_map(free))
        };
        self.narrowed(known.or_else(other))
    }

    /// The shape of a list's entries.
    pub fn item(&self) -> Self {
        self.narrowed(self.variants.iter().find_map(|schema| schema.get("items")))
    }

    fn narrowed(&self, schema: Option<&'a Json>) -> Self {
        let empty = Self { definitions: self.definitions, variants: Vec::new() };
        match schema {
            Some(schema) => empty.with(schema),
            None => empty,
        }
    }
}

/// Whether this key of a document's root holds a profile's facts.
pub fn holds_facts(kind: DocumentKind, key: &str) -> bool {
    kind == DocumentKind::Messenger && key == "facts"
}

/// Puts all keys of a document in order.
pub fn sort(root: &mut Entry, kind: DocumentKind, facts: &[&str]) {
    let shape = Shape::of(kind);
    if let Value::Many(many) = &mut root.value {
        for entry in many.entries.iter_mut().filter(|entry| holds_facts(kind, name(entry))) {
            if let Value::Many(many) = &mut entry.value {
                sort_facts(many, facts);
            }
        }
    }
    sort_value(&mut root.value, &shape);
}

fn name(entry: &Entry) -> &str {
    entry.key.as_ref().map_or("", |key| key.value.as_str())
}

fn sort_value(value: &mut Value, shape: &Shape<'_>) {
    let Value::Many(many) = value else { return };
    for entry in &mut many.entries {
        let below = match &entry.key {
            Some(key) => shape.child(&key.value),
            None => shape.item(),
        };
        sort_value(&mut entry.value, &below);
    }
    if let Some(ranks) = shape.ranks().filter(|_| many.map) {
        let rank = |entry: &Entry| ranks.get(name(entry)).copied().unwrap_or(usize::MAX);
        // A blank line parts two neighbours, whoever they are; comments go with their entry.
        let split = |above: &[Line]| usize::from(above.first() == Some(&Line::Blank));
        reorder(&mut many.entries, split, rank);
    }
}

/// Facts move only within their group, which a blank line ends.
fn sort_facts(many: &mut Many, facts: &[&str]) {
    let ranks: HashMap<&str, usize> = facts.iter().enumerate().map(|(rank, name)| (*name, rank)).collect();
    let rank = |entry: &Entry| ranks.get(name(entry)).copied().unwrap_or(usize::MAX);
    let split = |above: &[Line]| above.iter().rposition(|line| *line == Line::Blank).map_or(0, |at| at + 1);
    let ends: Vec<usize> = (1..many.entries.len())
        .filter(|at| split(&many.entries[*at].above) > 0)
        .chain(std::iter::once(many.entries.len()))
        .collect();
    let mut start = 0;
    for end in ends {
        reorder(&mut many.entries[start..end], split, rank);
        start = end;
    }
}

/// Sorts entries; of the lines above each, as many as `split` says stay where they are and the others move along.
fn reorder(entries: &mut [Entry], split: impl Fn(&[Line]) -> usize, rank: impl Fn(&Entry) -> usize) {
    if entries.is_sorted_by_key(&rank) {
        return;
    }
    let staying = |entry: &mut Entry| -> Vec<Line> {
        let count = split(&entry.above);
        entry.above.drain(..count).collect()
    };
    let lines: Vec<Vec<Line>> = entries.iter_mut().map(staying).collect();
    entries.sort_by_key(rank);
    for (entry, mut lines) in entries.iter_mut().zip(lines) {
        lines.append(&mut entry.above);
        entry.above = lines;
    }
}
