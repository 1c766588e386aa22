//! A row whose condition no combination of values can meet.

use super::tables::{each_combination, place, verified};
use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};

pub const LINT: Lint = Lint { name: "row-never-holds", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for rule in subject.rules() {
        let Some(count) = verified(&rule.table) else { continue };
        let mut holds = vec![false; rule.table.rows.len()];
        each_combination(&rule.table, |values| {
            for (known, (clause, _)) in holds.iter_mut().zip(&rule.table.rows) {
                *known = *known || clause.holds(&|slot: usize| values[slot]);
            }
            holds.contains(&false)
        });
        for (row, _) in holds.iter().enumerate().filter(|(_, holds)| !**holds) {
            let finding = LINT.at(rule.source, place(rule, row)).with("row", (row + 1).to_string());
            let help = Message::new("row-never-holds-help").with("count", count.to_string());
            found.push(finding.help(help));
        }
    }
}
