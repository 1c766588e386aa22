//! Use cases with their references resolved, ready for the engine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::doc::Doc;
use super::facts::{FactId, Facts, State};
use super::rules::Rule;
use crate::diagnostic::Diagnostic;
use crate::model::{Goal, Required, Spanned, UseCase, Value};
use crate::source::SourceId;

/// A use case, ready for the engine.
#[derive(Debug, Serialize, Deserialize)]
pub struct Setting {
    /// Its id.
    pub id: String,
    /// Its file.
    pub source: SourceId,
    /// What the file says.
    pub use_case: Doc<UseCase>,
    /// Other names people look for.
    pub aliases: Vec<String>,
    /// The circumstances it states.
    pub states: Vec<(FactId, State)>,
    /// Emphasis per goal, in the order of [`Goal::ALL`].
    pub emphasis: [u32; 7],
    /// Weights that replace a criterion's own, by index among the rules.
    pub weights: BTreeMap<usize, u32>,
    /// Each knock-out's criterion, by index among the rules, and what it requires; in file order.
    pub knock_outs: Vec<(usize, Required)>,
}

impl Setting {
    /// The emphasis of a goal.
    pub fn emphasis_of(&self, goal: Goal) -> u32 {
        self.emphasis[goal as usize]
    }
}

/// Resolves a use case.
pub fn resolve(
    id: String,
    source: SourceId,
    use_case: UseCase,
    facts: &Facts,
    rules: &[Rule],
    found: &mut Vec<Diagnostic>,
) -> Setting {
    let states = states(&use_case, source, facts, found);
    let emphasis = Goal::ALL.map(|goal| {
        let stated = use_case.emphasis.iter().find(|(own, _)| own.value == goal);
        if stated.is_none() {
            let span = use_case.emphasis.keys().next().map(|key| key.span).unwrap_or_default();
            found.push(Diagnostic::error("goal-without-emphasis", source, span).with("goal", goal.id()));
        }
        stated.map_or(1, |(_, value)| in_range(value, 1, 3, source, found))
    });
    let weights = use_case
        .weights
        .iter()
        .filter_map(|(name, weight)| {
            let weight = in_range(weight, 0, 5, source, found);
            Some((criterion(name, source, rules, found)?, weight))
        })
        .collect();
    let mut knock_outs = Vec::new();
    for knock_out in &use_case.knock_outs {
        if let Some(rule) = criterion(&knock_out.criterion, source, rules, found) {
            knock_outs.push((rule, knock_out.requires));
        }
        let demanded = &knock_out.demanded_by;
        if demanded.requirements.is_empty() && demanded.laws.is_empty() {
            let finding = Diagnostic::error("knock-out-without-demand", source, knock_out.criterion.span);
            found.push(finding.with("criterion", knock_out.criterion.as_str()));
        }
    }
    Setting {
        id,
        source,
        aliases: use_case.aliases.iter().map(|alias| alias.value.clone()).collect(),
        use_case: Doc::new(use_case, source),
        states,
        emphasis,
        weights,
        knock_outs,
    }
}

fn states(use_case: &UseCase, source: SourceId, facts: &Facts, found: &mut Vec<Diagnostic>) -> Vec<(FactId, State)> {
    let mut states = Vec::new();
    for (key, value) in &use_case.setting {
        let Some(id) = facts.lookup(key, source, found) else {
            continue;
        };
        if !key.starts_with("setting.") {
            found.push(Diagnostic::error("not-a-setting", source, key.span).with("key", key.as_str()));
            continue;
        }
        match facts.concrete(id, value, source, found) {
            Some(concrete) => states.push((id, State::Known(concrete))),
            // A circumstance is part of what the use case is: it is never unknown.
            None if matches!(value.value, Value::Unknown | Value::Disputed) => {
                found.push(Diagnostic::error("setting-missing", source, value.span).with("key", key.as_str()));
            }
            None => {}
        }
    }
    let place = use_case.setting.keys().next().map(|key| key.span).unwrap_or_default();
    for (_, definition) in facts.iter().filter(|(_, definition)| definition.key.starts_with("setting.")) {
        if !use_case.setting.keys().any(|key| key == &definition.key) {
            found.push(Diagnostic::error("setting-missing", source, place).with("key", definition.key.as_str()));
        }
    }
    states
}

/// A number within its bounds; one outside becomes a finding and is clamped.
pub fn in_range(value: &Spanned<u32>, low: u32, high: u32, source: SourceId, found: &mut Vec<Diagnostic>) -> u32 {
    if !(low..=high).contains(&value.value) {
        let finding = Diagnostic::error("out-of-range", source, value.span).with("found", value.to_string());
        found.push(finding.with("low", low.to_string()).with("high", high.to_string()));
    }
    value.value.clamp(low, high)
}

/// Looks a criterion up by id; an unknown one becomes a finding.
pub fn criterion(
    name: &Spanned<String>,
    source: SourceId,
    rules: &[Rule],
    found: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let index = rules.iter().position(|rule| rule.id == name.value);
    if index.is_none() {
        let finding = Diagnostic::error("unknown-reference", source, name.span);
        let finding = finding.with_key("kind", "kind.criterion").with("name", name.as_str());
        found.push(finding.suggest(name, rules.iter().map(|rule| rule.id.as_str())));
    }
    index
}
