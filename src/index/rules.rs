//! Criteria with their conditions resolved against the vocabulary, ready for the engine.

use serde::{Deserialize, Serialize};

use super::doc::{Doc, Embedded};
use super::facts::{Concrete, FactId, Facts, State};
use crate::diagnostic::{Diagnostic, Message};
use crate::document::Document;
use crate::model::{Answer, Condition, Criterion, Goal, Kind, OutcomeName, Spanned, Test, Value};
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
    /// The facts its table reads, in order of first mention.
    pub facts: Vec<FactId>,
    /// For each of these facts a value of every region the table tells apart: enough to stand for all values.
    pub regions: Vec<Vec<Concrete>>,
    /// The table.
    pub rows: Vec<(Clause, OutcomeName)>,
}

impl Embedded for Criterion {
    fn from_document(document: Document) -> Option<Self> {
        match document {
            Document::Criterion(criterion) => Some(criterion),
            _ => None,
        }
    }
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

/// A resolved condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clause {
    /// Every part holds; without parts always true (the last row).
    All(Vec<Clause>),
    /// At least one part holds.
    Any(Vec<Clause>),
    /// The part does not hold.
    Not(Box<Clause>),
    /// The fact in this slot of [`Rule::facts`] passes the test.
    Check(usize, Check),
}

/// A resolved test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    /// The value is one of these.
    OneOf(Vec<Concrete>),
    /// The set has this bit.
    Includes(u32),
    /// The number is at least this.
    AtLeast(i64),
    /// The number is at most this.
    AtMost(i64),
    /// A text is stated, or is not.
    Known(bool),
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
    let mut resolver = Resolver { facts, source, slots: Vec::new(), tests: Vec::new(), found };
    let mut rows = Vec::new();
    let last = criterion.table.len().saturating_sub(1);
    for (at, row) in criterion.table.iter().enumerate() {
        let clause = match &row.when {
            Some(condition) => resolver.clause(condition),
            None => Clause::All(Vec::new()),
        };
        if row.when.is_none() && at != last {
            let finding = Diagnostic::error("row-without-when", source, row.then.span);
            resolver.found.push(finding);
        }
        if row.when.is_some() && at == last {
            let finding = Diagnostic::error("last-row-with-when", source, row.then.span);
            resolver.found.push(finding.help(Message::new("last-row-help")));
        }
        rows.push((clause, row.then.value));
    }
    let (slots, tests) = (resolver.slots, resolver.tests);
    check_head(&criterion, source, found);
    if found.len() > before {
        return None;
    }
    let regions = slots.iter().zip(&tests).map(|(slot, tests)| regions(facts, *slot, tests)).collect();
    Some(Rule {
        id,
        area,
        source,
        goals: criterion.goals.iter().map(|goal| goal.value).collect(),
        weight: criterion.weight.value,
        criterion: Doc::new(criterion, source),
        facts: slots,
        regions,
        rows,
    })
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

struct Resolver<'a> {
    facts: &'a Facts,
    source: SourceId,
    slots: Vec<FactId>,
    tests: Vec<Vec<Check>>,
    found: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn clause(&mut self, condition: &Condition) -> Clause {
        match condition {
            Condition::All(parts) => Clause::All(parts.iter().map(|part| self.clause(part)).collect()),
            Condition::Any(parts) => Clause::Any(parts.iter().map(|part| self.clause(part)).collect()),
            Condition::Not(part) => Clause::Not(Box::new(self.clause(part))),
            Condition::Fact(key, test) => {
                let checked = self
                    .facts
                    .lookup(key, self.source, self.found)
                    .and_then(|id| Some((id, self.check(id, &test.value, test.span)?)));
                let Some((id, check)) = checked else {
                    return Clause::All(Vec::new());
                };
                let slot = self.slots.iter().position(|known| *known == id).unwrap_or_else(|| {
                    self.slots.push(id);
                    self.tests.push(Vec::new());
                    self.slots.len() - 1
                });
                self.tests[slot].push(check.clone());
                Clause::Check(slot, check)
            }
        }
    }

    fn check(&mut self, id: FactId, test: &Test, span: Span) -> Option<Check> {
        let kind = self.facts.get(id).def.kind.value;
        let fits = match test {
            Test::Is(_) | Test::OneOf(_) => kind != Kind::Text && kind != Kind::Set,
            Test::Includes(_) => kind == Kind::Set,
            Test::AtLeast(_) | Test::AtMost(_) => kind == Kind::Number,
            Test::Known(_) => kind == Kind::Text,
        };
        // `not_applicable` can be asked of every kind.
        let absence = matches!(test, Test::Is(value) if value.value == Value::NotApplicable);
        if !fits && !absence {
            let key = self.facts.get(id).key.value.clone();
            let finding = Diagnostic::error("test-does-not-fit", self.source, span).with("fact", key);
            self.found.push(finding.with_key("kind", kind_key(kind)).help(Message::new(test_help(kind))));
            return None;
        }
        let source = self.source;
        match test {
            Test::Is(value) => Some(Check::OneOf(vec![self.tested(id, value)?])),
            Test::OneOf(values) => {
                let values: Option<Vec<_>> = values.iter().map(|value| self.tested(id, value)).collect();
                Some(Check::OneOf(values?))
            }
            Test::Includes(word) => {
                let set = Spanned { value: Value::Set(vec![word.clone()]), span: word.span };
                match self.facts.concrete(id, &set, source, self.found)? {
                    Concrete::Set(bits) => Some(Check::Includes(bits)),
                    _ => None,
                }
            }
            Test::AtLeast(number) => Some(Check::AtLeast(*number)),
            Test::AtMost(number) => Some(Check::AtMost(*number)),
            Test::Known(answer) => Some(Check::Known(*answer == Answer::Yes)),
        }
    }

    /// A value to compare with. What is not known cannot be asked for: the engine considers every value instead.
    fn tested(&mut self, id: FactId, value: &Spanned<Value>) -> Option<Concrete> {
        if matches!(value.value, Value::Unknown | Value::Disputed) {
            let key = self.facts.get(id).key.value.clone();
            let finding = Diagnostic::error("test-of-unknown", self.source, value.span).with("fact", key);
            self.found.push(finding.help(Message::new("test-of-unknown-help")));
            return None;
        }
        self.facts.concrete(id, value, self.source, self.found)
    }
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => "kind.choice",
        Kind::Set => "kind.set",
        Kind::Number => "kind.number",
        Kind::Text => "kind.text",
        Kind::Country => "kind.country",
    }
}

fn test_help(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice | Kind::Country => "tests.choice",
        Kind::Set => "tests.set",
        Kind::Number => "tests.number",
        Kind::Text => "tests.text",
    }
}

/// A value for every combination of answers the tests can give, over all values the fact can take.
fn regions(facts: &Facts, id: FactId, tests: &[Check]) -> Vec<Concrete> {
    let def = &facts.get(id).def;
    let mut all: Vec<Concrete> = match def.kind.value {
        Kind::Choice => {
            let words = u8::try_from(def.values.len()).unwrap_or(u8::MAX);
            (0..words).map(Concrete::Word).collect()
        }
        Kind::Set => sets(tests, def.values.len()),
        Kind::Number => numbers(tests),
        Kind::Country => countries(tests),
        Kind::Text => vec![Concrete::Text, Concrete::NoText],
    };
    if def.not_applicable {
        all.push(Concrete::NotApplicable);
    }
    all
}

/// Every combination of the mentioned words, with and without "something else"; never the empty set.
fn sets(tests: &[Check], size: usize) -> Vec<Concrete> {
    let mentioned = tests.iter().fold(0, |bits, test| match test {
        Check::Includes(bit) => bits | bit,
        _ => bits,
    });
    let whole = if size >= 32 { u32::MAX } else { (1 << size) - 1 };
    let other = whole & !mentioned;
    // The lowest unmentioned word stands for all of them.
    let free = mentioned | (other & other.wrapping_neg());
    let mut subset = free;
    let mut all = Vec::new();
    while subset != 0 {
        all.push(Concrete::Set(subset));
        subset = (subset - 1) & free;
    }
    all
}

fn numbers(tests: &[Check]) -> Vec<Concrete> {
    let mut all = vec![0];
    for test in tests {
        match test {
            Check::AtLeast(bound) => all.extend([bound - 1, *bound]),
            Check::AtMost(bound) => all.extend([*bound, bound + 1]),
            Check::OneOf(values) => {
                for value in values {
                    if let Concrete::Number(number) = value {
                        all.extend([number - 1, *number, number + 1]);
                    }
                }
            }
            Check::Includes(_) | Check::Known(_) => {}
        }
    }
    // Facts that are numbers count or measure something: they are never negative.
    all.retain(|number| *number >= 0);
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(Concrete::Number).collect()
}

/// All mentioned countries and one that is not (`ZZ` is reserved and never assigned).
fn countries(tests: &[Check]) -> Vec<Concrete> {
    let mut all = vec![Concrete::Country(*b"ZZ")];
    for test in tests {
        if let Check::OneOf(values) = test {
            all.extend(values.iter().filter(|value| matches!(value, Concrete::Country(_))));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The values a fact may have, given what is known.
pub fn candidates<'a>(state: &'a State, regions: &'a [Concrete]) -> &'a [Concrete] {
    match state {
        State::Known(value) => std::slice::from_ref(value),
        State::Disputed(values) => values,
        State::Unknown => regions,
    }
}
