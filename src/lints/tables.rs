//! What is common to the checks of decision tables: going through all combinations of values, and places.

use crate::catalog::{Catalog, Clause, Concrete, Rule, Table, advance, combinations};
use crate::model::{Condition, Spanned};
use crate::source::Span;

/// Tables with more combinations than this are not verified: it would take too long to be worth it.
const MOST: usize = 1 << 16;
/// The most steps one check may take over a table, for the same reason.
const MOST_STEPS: usize = 1 << 26;

/// Calls `visit` with every combination of values until it says to stop (false). A table too large is left out.
pub fn each_combination(table: &Table, mut visit: impl FnMut(&[Concrete]) -> bool) {
    if verified(table).is_none() {
        return;
    }
    let choices = table.all_choices();
    let mut picks = vec![0; choices.len()];
    let mut values: Vec<Concrete> = choices.iter().map(|own| own[0]).collect();
    while visit(&values) && advance(&mut picks, &choices) {
        for (value, (own, pick)) in values.iter_mut().zip(choices.iter().zip(&picks)) {
            *value = own[*pick];
        }
    }
}

/// How many combinations a table has, if it is verified at all.
pub fn verified(table: &Table) -> Option<usize> {
    let count = combinations(&table.all_choices()).filter(|count| *count <= MOST)?;
    // For every combination each test is made, and each row compared with those before it.
    let tests: usize = table.rows.iter().map(|(clause, _)| size(clause)).sum();
    let steps = table.rows.len().saturating_mul(table.rows.len()).saturating_add(tests).saturating_mul(count);
    (steps <= MOST_STEPS).then_some(count)
}

fn size(clause: &Clause) -> usize {
    match clause {
        Clause::All(parts) | Clause::Any(parts) => 1 + parts.iter().map(size).sum::<usize>(),
        Clause::Not(part) => 1 + size(part),
        Clause::Check(..) => 1,
    }
}

/// A combination as a profile would write it.
pub fn spelled(catalog: &Catalog, rule: &Rule, values: &[Concrete]) -> String {
    catalog.facts.spell_all(&rule.table.facts, values)
}

/// Where a row stands: its first fact, or its outcome where it has no condition.
pub fn place(rule: &Rule, row: usize) -> Span {
    rule.criterion
        .table
        .get(row)
        .map_or_else(Span::default, |row| row.when.as_ref().and_then(first_key).map_or(row.then.span, |key| key.span))
}

/// The first mention of a fact in a condition.
pub fn first_key(condition: &Condition) -> Option<&Spanned<String>> {
    mentions(condition).into_iter().next()
}

/// All mentions of facts in a condition, in file order.
pub fn mentions(condition: &Condition) -> Vec<&Spanned<String>> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(mentions).collect(),
        Condition::Not(part) => mentions(part),
        Condition::Fact(key, _) => vec![key],
    }
}
