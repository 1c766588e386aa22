//! Criteria resolved against the vocabulary, ready for the engine.

use serde::{Deserialize, Serialize};

use super::conditions;
use super::doc::Doc;
use super::facts::{Concrete, Facts};
use super::table::{Table, advance, combinations};
use crate::diagnostic::{Diagnostic, Message};
use crate::model::{Criterion, Goal};
use crate::source::{SourceId, Span};

/// A criterion the engine can decide.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rule {
    /// The criterion's id.
    pub id: String,
    /// Its area: the folder it stands in.
    pub area: String,
    /// Its file.
    pub source: SourceId,
    /// What the file says.
    pub criterion: Doc<Criterion>,
    /// Protection goals, the leading one first.
    pub goals: Vec<Goal>,
    /// Own weight, 1 to 5.
    pub weight: u32,
    /// The table.
    pub table: Table,
}

impl Rule {
    /// The goal whose emphasis the weight takes.
    pub fn leading_goal(&self) -> Goal {
        self.goals.first().copied().unwrap_or(Goal::Transparency)
    }

    /// Whether the criterion serves this goal.
    pub fn serves(&self, goal: Goal) -> bool {
        self.goals.contains(&goal)
    }
}

/// Resolves a criterion. What does not resolve is reported; such a criterion is left out.
pub fn resolve(
    id: String,
    area: String,
    source: SourceId,
    criterion: Criterion,
    facts: &Facts,
    found: &mut Vec<Diagnostic>,
) -> Option<Rule> {
    let before = found.len();
    let rows = criterion.table.iter().map(|row| (row.when.as_ref(), row.then.value));
    let table = conditions::table(rows, source, facts, found);
    let last = criterion.table.len().saturating_sub(1);
    for row in criterion.table.iter().take(last).filter(|row| row.when.is_none()) {
        found.push(Diagnostic::error("row-without-when", source, row.then.span));
    }
    check_head(&criterion, source, found);
    if found.len() == before {
        check_complete(&criterion, &table, source, facts, found);
    }
    if found.len() > before {
        return None;
    }
    Some(Rule {
        id,
        area,
        source,
        goals: criterion.goals.iter().map(|goal| goal.value).collect(),
        weight: criterion.weight.value,
        criterion: Doc::new(criterion, source),
        table,
    })
}

/// A last row without a condition covers everything. Where there is none, every combination of values must be
/// covered by the others; the first that is not is named.
fn check_complete(criterion: &Criterion, table: &Table, source: SourceId, facts: &Facts, found: &mut Vec<Diagnostic>) {
    /// Larger tables are not searched: they need a last row without a condition.
    const MOST: usize = 1 << 16;
    let Some(last) = criterion.table.last().filter(|row| row.when.is_some()) else {
        return;
    };
    let choices = table.all_choices();
    let finding =
        Diagnostic::error("table-incomplete", source, last.then.span).help(Message::new("table-incomplete-help"));
    if combinations(&choices).is_none_or(|count| count > MOST) {
        return found.push(Diagnostic { message: Message::new("table-not-searched"), ..finding });
    }
    let mut picks = vec![0; choices.len()];
    loop {
        let values: Vec<Concrete> = choices.iter().zip(&picks).map(|(own, pick)| own[*pick]).collect();
        if table.row(&|slot: usize| values[slot]).is_none() {
            return found.push(finding.with("combination", facts.spell_all(&table.facts, &values)));
        }
        if !advance(&mut picks, &choices) {
            return;
        }
    }
}

fn check_head(criterion: &Criterion, source: SourceId, found: &mut Vec<Diagnostic>) {
    if criterion.goals.is_empty() {
        found.push(Diagnostic::error("no-goal", source, Span::default()));
    }
    if criterion.table.is_empty() {
        found.push(Diagnostic::error("empty-table", source, Span::default()));
    }
    if !(1..=5).contains(&criterion.weight.value) {
        let finding = Diagnostic::error("out-of-range", source, criterion.weight.span);
        let finding = finding.with("found", criterion.weight.to_string()).with("low", "1").with("high", "5");
        found.push(finding);
    }
}
