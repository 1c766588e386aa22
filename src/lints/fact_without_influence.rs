//! A fact that a criterion reads without its outcome ever depending on it.

use std::collections::HashMap;

use super::tables::{each_combination, mentions, verified};
use super::{Lint, Subject};
use crate::catalog::{Concrete, Rule};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::OutcomeName;
use crate::source::Span;

pub const LINT: Lint = Lint { name: "fact-without-influence", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for rule in subject.rules() {
        let Some(count) = verified(&rule.table) else { continue };
        for slot in (0..rule.table.facts.len()).filter(|slot| !matters(rule, *slot)) {
            let key = subject.catalog.facts.get(rule.table.facts[slot]).key.as_str();
            let finding = LINT.at(rule.source, place(rule, key)).with("fact", key);
            let help = Message::new("fact-without-influence-help").with("count", count.to_string());
            found.push(finding.help(help));
        }
    }
}

/// Whether two combinations that differ in this fact alone have different outcomes.
fn matters(rule: &Rule, slot: usize) -> bool {
    let mut outcomes: HashMap<Vec<Concrete>, Option<OutcomeName>> = HashMap::new();
    let mut differs = false;
    each_combination(&rule.table, |values| {
        let outcome = rule.table.row(&|slot: usize| values[slot]).map(|row| rule.table.rows[row].1);
        let mut others = values.to_vec();
        others.remove(slot);
        differs = *outcomes.entry(others).or_insert(outcome) != outcome;
        !differs
    });
    differs
}

fn place(rule: &Rule, key: &str) -> Span {
    let conditions = rule.criterion.table.iter().filter_map(|row| row.when.as_ref());
    conditions.flat_map(mentions).find(|own| own.as_str() == key).map_or_else(Span::default, |own| own.span)
}
