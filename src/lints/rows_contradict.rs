//! Two rows of which the later one says something else for combinations that the earlier one always takes first.

use super::tables::{each_combination, place, spelled};
use super::{Lint, Subject};
use crate::catalog::{Catalog, Concrete, Rule};
use crate::diagnostic::{Diagnostic, Message, Severity};

pub const LINT: Lint = Lint { name: "rows-contradict", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for rule in subject.rules() {
        for pair in covered(rule) {
            let outcome = |row: usize| rule.table.rows[row].1;
            if outcome(pair.earlier) != outcome(pair.later) {
                found.push(report(subject.catalog, rule, &pair));
            }
        }
    }
}

/// A row that one earlier row covers completely, and a combination that shows it.
pub struct Covered {
    /// The row that decides.
    pub earlier: usize,
    /// The row that never does.
    pub later: usize,
    /// Both hold for these values.
    pub proof: Vec<Concrete>,
}

/// Whether a row is the one for everything else. It may be needless now and is there for values added later.
pub fn is_rest(rule: &Rule, row: usize) -> bool {
    rule.criterion.table.get(row).is_some_and(|row| row.when.is_none())
}

/// All rows that a single earlier row covers. The row for everything else never counts.
pub fn covered(rule: &Rule) -> Vec<Covered> {
    let rows = &rule.table.rows;
    let mut proofs: Vec<Option<Vec<Concrete>>> = vec![None; rows.len()];
    // For each row the earlier ones that have held whenever it did.
    let mut covering: Vec<Vec<usize>> = (0..rows.len()).map(|row| (0..row).collect()).collect();
    each_combination(&rule.table, |values| {
        let holds: Vec<bool> = rows.iter().map(|(clause, _)| clause.holds(&|slot: usize| values[slot])).collect();
        for row in (0..rows.len()).filter(|row| holds[*row] && !is_rest(rule, *row)) {
            covering[row].retain(|earlier| holds[*earlier]);
            proofs[row].get_or_insert_with(|| values.to_vec());
        }
        true
    });
    let all = covering.into_iter().zip(proofs).enumerate();
    all.filter_map(|(later, (earlier, proof))| Some(Covered { earlier: *earlier.first()?, later, proof: proof? }))
        .collect()
}

fn report(catalog: &Catalog, rule: &Rule, pair: &Covered) -> Diagnostic {
    let name = |row: usize| (row + 1).to_string();
    let finding = LINT.at(rule.source, place(rule, pair.later));
    let finding = finding.with("row", name(pair.later)).with("earlier", name(pair.earlier));
    let finding = finding.with("outcome", rule.table.rows[pair.later].1.id());
    let finding = finding.with("other", rule.table.rows[pair.earlier].1.id());
    let proof = Message::new("proof").with("combination", spelled(catalog, rule, &pair.proof));
    finding.also(rule.source, place(rule, pair.earlier), Message::new("decides-first")).help(proof)
}
