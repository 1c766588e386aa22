//! A row that can hold but never decides, because earlier rows take every such combination.

use super::rows_contradict::{covered, is_rest};
use super::tables::{each_combination, place, spelled, verified};
use super::{Lint, Subject};
use crate::catalog::Concrete;
use crate::diagnostic::{Diagnostic, Message, Severity};

pub const LINT: Lint = Lint { name: "row-shadowed", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for rule in subject.rules().filter(|rule| verified(&rule.table).is_some()) {
        let rows = &rule.table.rows;
        let mut decides = vec![false; rows.len()];
        let mut taken: Vec<Option<(usize, Vec<Concrete>)>> = vec![None; rows.len()];
        each_combination(&rule.table, |values| {
            let values_of = |slot: usize| values[slot];
            let Some(first) = rule.table.row(&values_of) else { return true };
            decides[first] = true;
            for row in first + 1..rows.len() {
                if taken[row].is_none() && rows[row].0.holds(&values_of) {
                    taken[row] = Some((first, values.to_vec()));
                }
            }
            true
        });
        let contradicted: Vec<usize> = covered(rule)
            .into_iter()
            .filter(|pair| rows[pair.earlier].1 != rows[pair.later].1)
            .map(|pair| pair.later)
            .collect();
        for (row, taken) in taken.into_iter().enumerate() {
            // One that contradicts an earlier row is reported as that.
            let Some((first, proof)) =
                taken.filter(|_| !decides[row] && !contradicted.contains(&row) && !is_rest(rule, row))
            else {
                continue;
            };
            let finding = LINT.at(rule.source, place(rule, row)).with("row", (row + 1).to_string());
            let finding = finding.also(rule.source, place(rule, first), Message::new("decides-first"));
            let proof = Message::new("proof").with("combination", spelled(subject.catalog, rule, &proof));
            found.push(finding.help(proof));
        }
    }
}
