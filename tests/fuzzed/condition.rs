//! A decision table and a state of knowledge from bytes, through text, reader, index and engine. Whatever value an open
//! fact turns out to have, its outcome was among the possible ones; and these are never more than Kleene's bound.

use std::fmt::Write as _;
use std::sync::OnceLock;

use messwerk::catalog::{Clause, Concrete, Facts, State, Table};
use messwerk::document::{self, Document, DocumentKind, Place};
use messwerk::engine::{Outcomes, decide, open_facts, possible_rows, what_if};
use messwerk::index::Assembly;
use messwerk::model::Kind;
use messwerk::source::{Source, SourceId};

const VOCABULARY: &str = "
areas: {probe: {de: p, en: p}}
facts:
  probe.a: {kind: choice, label: {de: p, en: p}, why: {de: p, en: p}, values: {x: {de: p, en: p}, y: {de: p, en: p}}}
  probe.b:
    kind: choice
    label: {de: p, en: p}
    why: {de: p, en: p}
    not_applicable: true
    values: {x: {de: p, en: p}, y: {de: p, en: p}, z: {de: p, en: p}}
  probe.c: {kind: set, label: {de: p, en: p}, why: {de: p, en: p}, values: {x: {de: p, en: p}, y: {de: p, en: p}, z: {de: p, en: p}}}
  probe.d: {kind: number, label: {de: p, en: p}, why: {de: p, en: p}}
  probe.e: {kind: number, label: {de: p, en: p}, why: {de: p, en: p}, not_applicable: true}
  probe.f: {kind: country, label: {de: p, en: p}, why: {de: p, en: p}}
  probe.g: {kind: text, label: {de: p, en: p}, why: {de: p, en: p}}
  probe.h: {kind: choice, label: {de: p, en: p}, why: {de: p, en: p}, values: {x: {de: p, en: p}, y: {de: p, en: p}}}
";
const WORDS: [&str; 3] = ["x", "y", "z"];
const COUNTRIES: [&str; 4] = ["DE", "CH", "US", "ZZ"];
const OUTCOMES: [&str; 4] = ["met", "partly", "not_met", "not_applicable"];
/// Conditions nested deeper than this are the reader's matter.
const DEEPEST: u32 = 4;

/// Bytes one after the other; zeros once there are no more.
struct Bytes<'a>(std::slice::Iter<'a, u8>);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        self.0.next().copied().unwrap_or_default()
    }

    fn below(&mut self, many: usize) -> usize {
        usize::from(self.next()) % many
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Mostly small, sometimes at the ends of what a number can be.
    fn number(&mut self) -> i64 {
        match self.next() {
            0 => i64::MAX,
            1 => i64::MIN,
            2 => i64::MAX - 1,
            3 => -1,
            other => i64::from(other % 8),
        }
    }

    fn natural(&mut self) -> i64 {
        self.number().max(0)
    }
}

pub fn run(bytes: &[u8]) {
    let mut bytes = Bytes(bytes.iter());
    let Some((facts, table)) = table(&mut bytes) else { return };
    let states: Vec<State> = facts.iter().map(|(id, _)| state(&facts, id, &mut bytes)).collect();
    let decision = decide(&table, &states);
    assert!(!decision.outcomes.is_empty());
    assert!(decision.outcomes.is_subset(kleene(&table, &states)), "more than Kleene's bound: {table:?} {states:?}");
    let rows = possible_rows(&table, &states);
    for _ in 0..8 {
        let values: Vec<Concrete> = table
            .facts
            .iter()
            .map(|id| match &states[id.index()] {
                State::Known(value) => *value,
                State::Disputed(values) => bytes.pick(values),
                State::Unknown => value(&facts, *id, &mut bytes),
            })
            .collect();
        let row = table.row(&|slot: usize| values[slot]).expect("the last row holds whatever the values");
        let what = || format!("{values:?} in {table:?} with {states:?}: {decision:?}");
        assert!(decision.outcomes.contains(table.rows[row].1), "{}", what());
        assert!(decision.row.is_none_or(|own| own == row), "{}", what());
        assert!(rows.contains(&row), "{}", what());
    }
    for fact in &table.facts {
        let union = Outcomes::of(what_if(&table, &states, *fact).iter().flat_map(|(_, outcomes)| outcomes.iter()));
        assert!(union.is_subset(decision.outcomes), "{table:?} {states:?}");
        assert!(!decision.exact || union == decision.outcomes, "{table:?} {states:?}");
    }
    let decided = decision.outcomes.decided().is_some();
    assert!(!decided || open_facts(&table, &states).is_empty());
}

/// A vocabulary and a table over it.
fn table(bytes: &mut Bytes<'_>) -> Option<(Facts, Table)> {
    let text = "{de: p, en: p}";
    let mut rows = String::new();
    for _ in 0..bytes.below(5) {
        let (when, then) = (condition(bytes, DEEPEST), bytes.pick(&OUTCOMES));
        let _ = writeln!(rows, "  - {{when: {when}, then: {then}, because: {text}}}");
    }
    let last = bytes.pick(&OUTCOMES);
    let file = format!(
        "title: {text}\nquestion: {text}\ngoals: [transparency]\nweight: 1\ntable:\n{rows}  - {{then: {last}, because: \
         {text}}}\nremedy: {text}\n"
    );
    let mut assembly = Assembly::default();
    assembly.add(place(DocumentKind::Vocabulary), SourceId(0), vocabulary().clone());
    let criterion = read(DocumentKind::Criterion, &file).unwrap_or_else(|found| panic!("{found}\n{file}"));
    assembly.add(place(DocumentKind::Criterion), SourceId(1), criterion);
    let mut found = Vec::new();
    let mut index = assembly.finish(&mut found);
    let Some(rule) = index.rules.pop() else {
        // A negative number or a word of another fact.
        assert!(!found.is_empty(), "neither resolved nor refused: {file}");
        return None;
    };
    Some((index.facts, rule.table))
}

fn vocabulary() -> &'static Document {
    static READ: OnceLock<Document> = OnceLock::new();
    READ.get_or_init(|| read(DocumentKind::Vocabulary, VOCABULARY).expect("the vocabulary is read"))
}

fn read(kind: DocumentKind, text: &str) -> Result<Document, String> {
    let source = Source { path: "file.yaml".into(), text: text.to_owned().into(), embedded: false };
    let (document, findings) = document::read(kind, &source, SourceId(0));
    document.ok_or_else(|| format!("{findings:?}"))
}

fn place(kind: DocumentKind) -> Place {
    Place { kind, id: "probe".into(), area: Some("probe".into()) }
}

fn condition(bytes: &mut Bytes<'_>, deepest: u32) -> String {
    let kind = bytes.below(if deepest == 0 { 1 } else { 4 });
    if kind == 1 {
        return format!("{{not: {}}}", condition(bytes, deepest - 1));
    }
    if kind > 1 {
        let parts: Vec<String> = (0..=bytes.below(3)).map(|_| condition(bytes, deepest - 1)).collect();
        return format!("{{{}: [{}]}}", if kind == 2 { "all" } else { "any" }, parts.join(", "));
    }
    let fact = bytes.pick(&["a", "b", "c", "d", "e", "f", "g", "h"]);
    let test = match fact {
        "c" => format!("includes: {}", bytes.pick(&WORDS)),
        "g" => format!("known: {}", bytes.pick(&["yes", "no"])),
        "d" | "e" => match bytes.below(4) {
            0 => format!("is: {}", bytes.number()),
            1 => format!("one_of: [{}, {}]", bytes.number(), bytes.number()),
            2 => format!("at_least: {}", bytes.number()),
            _ => format!("at_most: {}", bytes.number()),
        },
        "f" => format!("one_of: [{}, {}]", bytes.pick(&COUNTRIES), bytes.pick(&COUNTRIES)),
        "b" if bytes.below(4) == 0 => "is: not_applicable".to_owned(),
        _ => format!("one_of: [{}]", bytes.pick(&WORDS[..if fact == "b" { 3 } else { 2 }])),
    };
    format!("{{probe.{fact}: {{{test}}}}}")
}

fn state(facts: &Facts, id: messwerk::catalog::FactId, bytes: &mut Bytes<'_>) -> State {
    match bytes.below(3) {
        0 => State::Unknown,
        1 => State::Known(value(facts, id, bytes)),
        _ => State::Disputed((0..2 + bytes.below(2)).map(|_| value(facts, id, bytes)).collect()),
    }
}

/// Any value a fact can have.
fn value(facts: &Facts, id: messwerk::catalog::FactId, bytes: &mut Bytes<'_>) -> Concrete {
    let def = &facts.get(id).def;
    if def.not_applicable && bytes.below(4) == 0 {
        return Concrete::NotApplicable;
    }
    let many = def.values.len();
    match def.kind.value {
        Kind::Choice => Concrete::Word(u8::try_from(bytes.below(many)).unwrap_or_default()),
        Kind::Set => Concrete::Set(u32::try_from(1 + bytes.below((1 << many) - 1)).unwrap_or(1)),
        Kind::Number => Concrete::Number(bytes.natural()),
        Kind::Country => Concrete::Country(bytes.pick(&[*b"DE", *b"CH", *b"US", *b"FR"])),
        Kind::Text => bytes.pick(&[Concrete::Text, Concrete::NoText]),
    }
}

/// Which outcomes are possible if every test is judged by itself.
fn kleene(table: &Table, states: &[State]) -> Outcomes {
    let choices = table.choices(states);
    let mut outcomes = Outcomes::default();
    for (clause, outcome) in &table.rows {
        let (hold, fail) = answers(clause, &choices);
        if hold {
            outcomes.insert(*outcome);
        }
        if !fail {
            break;
        }
    }
    outcomes
}

/// Whether a clause can hold, whether it can fail.
fn answers(clause: &Clause, choices: &[&[Concrete]]) -> (bool, bool) {
    match clause {
        Clause::All(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| answers(part, choices)).collect();
            (parts.iter().all(|(hold, _)| *hold), parts.iter().any(|(_, fail)| *fail))
        }
        Clause::Any(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| answers(part, choices)).collect();
            (parts.iter().any(|(hold, _)| *hold), parts.iter().all(|(_, fail)| *fail))
        }
        Clause::Not(part) => {
            let (hold, fail) = answers(part, choices);
            (fail, hold)
        }
        Clause::Check(slot, check) => {
            let answers = |wanted| choices[*slot].iter().any(|value| check.passes(*value) == wanted);
            (answers(true), answers(false))
        }
    }
}
