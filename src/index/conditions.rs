//! Conditions as written become clauses over the vocabulary; what does not fit it is reported.

use super::facts::{Concrete, FactId, Facts};
use super::table::{Check, Clause, MOST_WORDS, Table, regions};
use crate::diagnostic::{Arg, Diagnostic, Message};
use crate::model::{Answer, Condition, Kind, OutcomeName, Spanned, Test, Value};
use crate::source::{SourceId, Span};

/// Resolves a table. What does not resolve is reported; such a table must not be used.
pub fn table<'a>(
    rows: impl IntoIterator<Item = (Option<&'a Condition>, OutcomeName)>,
    source: SourceId,
    facts: &Facts,
    found: &mut Vec<Diagnostic>,
) -> Table {
    let mut resolver = Resolver { facts, source, slots: Vec::new(), tests: Vec::new(), found };
    let mut resolve = |condition: Option<&Condition>| match condition {
        Some(condition) => resolver.clause(condition),
        None => Clause::All(Vec::new()),
    };
    let rows = rows.into_iter().map(|(condition, outcome)| (resolve(condition), outcome)).collect();
    let (slots, tests) = (resolver.slots, resolver.tests);
    let regions = slots.iter().zip(&tests).map(|(slot, tests)| regions(facts, *slot, tests)).collect();
    Table { facts: slots, regions, rows }
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
                if words_asked(&self.tests[slot]) > MOST_WORDS {
                    self.tests[slot].pop();
                    self.too_many_words(key, test.span);
                    return Clause::All(Vec::new());
                }
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

    /// Reported once for a fact: the next word would be no news.
    fn too_many_words(&mut self, key: &Spanned<String>, span: Span) {
        const CODE: &str = "too-many-set-words";
        let same = Arg::Verbatim(key.value.clone());
        let known = |own: &Diagnostic| own.code == CODE && own.message.args.iter().any(|(_, arg)| *arg == same);
        if !self.found.iter().any(|own| known(own) && own.labels.iter().any(|label| label.source == self.source)) {
            let finding = Diagnostic::error(CODE, self.source, span).with("fact", key.as_str());
            let finding = finding.with("most", MOST_WORDS.to_string());
            self.found.push(finding.help(Message::new("too-many-set-words-help")));
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

/// How many words of a set the tests ask for.
fn words_asked(tests: &[Check]) -> u32 {
    let bits = tests.iter().fold(0, |all, test| if let Check::Includes(bits) = test { all | bits } else { all });
    u32::count_ones(bits)
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
