//! The vocabulary with numbers instead of names, and the judgement whether a stated value belongs to it.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diagnostic::{Diagnostic, Message};
use crate::model::{FactDef, Kind, Spanned, Text, Value};
use crate::source::SourceId;

/// A fact of the vocabulary: its place in display order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactId(pub u16);

impl FactId {
    /// The place in display order, as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One possible value of a fact, ready to be tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Concrete {
    /// Index into the values of a choice.
    Word(u8),
    /// Bit set over the values of a set.
    Set(u32),
    /// A number.
    Number(i64),
    /// A country.
    Country([u8; 2]),
    /// A text is stated.
    Text,
    /// It is established that there is no such text.
    NoText,
    /// The question does not arise.
    NotApplicable,
}

/// What is known about a fact of one messenger.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum State {
    /// Nothing.
    #[default]
    Unknown,
    /// One of several values; sources disagree.
    Disputed(Vec<Concrete>),
    /// This value.
    Known(Concrete),
}

/// The most values a set may have: they are kept in the bits of a `u32`.
pub const MAX_SET: usize = 32;

/// The vocabulary, merged from all layers.
#[derive(Debug, Default)]
pub struct Facts {
    /// Areas in display order.
    pub areas: IndexMap<String, Text>,
    definitions: Vec<Definition>,
    ids: HashMap<String, FactId>,
}

/// One fact of the vocabulary.
#[derive(Debug, Serialize, Deserialize)]
pub struct Definition {
    /// The key, `AREA.NAME`.
    pub key: Spanned<String>,
    /// The file it is defined in.
    pub source: SourceId,
    /// Kind, labels, values.
    pub def: FactDef,
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.areas, &self.definitions).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (areas, definitions): (_, Vec<Definition>) = Deserialize::deserialize(deserializer)?;
        let mut facts = Self { areas, ..Self::default() };
        for definition in definitions {
            facts.insert(definition);
        }
        Ok(facts)
    }
}

impl Facts {
    /// Adds a definition or replaces the one of the same key.
    pub fn define(&mut self, key: Spanned<String>, source: SourceId, def: FactDef) {
        self.insert(Definition { key, source, def });
    }

    fn insert(&mut self, definition: Definition) {
        match self.ids.get(&definition.key.value) {
            Some(id) => self.definitions[id.index()] = definition,
            None => {
                let id = FactId(u16::try_from(self.definitions.len()).unwrap_or(u16::MAX));
                self.ids.insert(definition.key.value.clone(), id);
                self.definitions.push(definition);
            }
        }
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.definitions.len()
    }

    /// Whether the vocabulary is empty.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    /// All facts in display order.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &Definition)> {
        let number = |at: usize| FactId(u16::try_from(at).unwrap_or(u16::MAX));
        self.definitions.iter().enumerate().map(move |(at, definition)| (number(at), definition))
    }

    /// The fact of a key.
    pub fn id(&self, key: &str) -> Option<FactId> {
        self.ids.get(key).copied()
    }

    /// The definition of a fact.
    pub fn get(&self, id: FactId) -> &Definition {
        &self.definitions[id.index()]
    }

    /// Keys of the form `AREA.NAME` with a known area, values only where they make sense.
    pub fn check(&self, found: &mut Vec<Diagnostic>) {
        for (_, definition) in self.iter() {
            let area = definition.key.split('.').next().unwrap_or_default();
            if !self.areas.contains_key(area) || !definition.key.contains('.') {
                let finding = Diagnostic::error("unknown-area", definition.source, definition.key.span);
                let finding = finding.with("area", area).help(Message::new("fact-key-help"));
                let areas = self.areas.keys().map(String::as_str).filter(|known| *known != area);
                found.push(finding.suggest(area, areas));
            }
            let listed = matches!(definition.def.kind.value, Kind::Choice | Kind::Set);
            let count = definition.def.values.len();
            if listed != (count > 0) || count > MAX_SET {
                let code = if listed { "values-missing" } else { "values-not-allowed" };
                found.push(
                    Diagnostic::error(code, definition.source, definition.def.kind.span)
                        .with("fact", definition.key.as_str()),
                );
            }
            for reserved in ["unknown", "disputed", "not_applicable"] {
                if let Some((key, _)) = definition.def.values.get_key_value(reserved) {
                    found
                        .push(Diagnostic::error("reserved-value", definition.source, key.span).with("value", reserved));
                }
            }
        }
    }

    /// Looks a key up; an unknown one becomes a finding with the nearest key.
    pub fn lookup(&self, key: &Spanned<String>, source: SourceId, found: &mut Vec<Diagnostic>) -> Option<FactId> {
        let id = self.id(key);
        if id.is_none() {
            let keys = self.definitions.iter().map(|definition| definition.key.as_str());
            let finding = Diagnostic::error("unknown-fact", source, key.span).with("key", key.as_str());
            found.push(finding.help(Message::new("unknown-fact-help")).suggest(key, keys));
        }
        id
    }

    /// A value as a profile would write it; values that stand for others are shown as such.
    pub fn spell(&self, id: FactId, value: Concrete) -> String {
        let def = &self.get(id).def;
        let word = |index: usize| def.values.get_index(index).map_or("?", |(word, _)| word.as_str());
        match value {
            Concrete::Word(index) => word(usize::from(index)).to_owned(),
            Concrete::Set(bits) => {
                let words: Vec<&str> = (0..MAX_SET).filter(|bit| bits & (1 << bit) != 0).map(word).collect();
                format!("[{}]", words.join(", "))
            }
            Concrete::Number(number) => number.to_string(),
            Concrete::Country(code) => String::from_utf8_lossy(&code).into_owned(),
            Concrete::Text => "{de: …, en: …}".to_owned(),
            Concrete::NoText | Concrete::NotApplicable => "not_applicable".to_owned(),
        }
    }

    /// A combination of values as a profile would write it, one fact after the other.
    pub fn spell_all(&self, ids: &[FactId], values: &[Concrete]) -> String {
        let pairs = ids.iter().zip(values);
        let pairs = pairs.map(|(id, value)| format!("{}: {}", self.get(*id).key, self.spell(*id, *value)));
        pairs.collect::<Vec<_>>().join(", ")
    }

    /// Judges a value against a definition. `None` for unknown, for disputed, and for a wrong value, which
    /// also becomes a finding.
    pub fn concrete(
        &self,
        id: FactId,
        value: &Spanned<Value>,
        source: SourceId,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Concrete> {
        let definition = self.get(id);
        match judge(&definition.def, value, source) {
            Ok(concrete) => concrete,
            Err(finding) => {
                let note = Message::new("fact-defined-here");
                found.push(finding.with("fact", definition.key.as_str()).also(
                    definition.source,
                    definition.key.span,
                    note,
                ));
                None
            }
        }
    }
}

fn judge(def: &FactDef, value: &Spanned<Value>, source: SourceId) -> Result<Option<Concrete>, Box<Diagnostic>> {
    let wrong = |expected| Box::new(Diagnostic::error("wrong-kind", source, value.span).with_key("expected", expected));
    Ok(Some(match (&value.value, def.kind.value) {
        (Value::Unknown | Value::Disputed, _) => return Ok(None),
        (Value::NotApplicable, _) if def.not_applicable => Concrete::NotApplicable,
        (Value::NotApplicable, _) => {
            return Err(Box::new(Diagnostic::error("not-applicable-refused", source, value.span)));
        }
        (Value::Word(word), Kind::Choice) => Concrete::Word(index(def, word, value, source)?),
        (Value::Set(words), Kind::Set) => {
            let mut bits = 0;
            for word in words {
                // A set with more values than bits is reported where it is defined.
                bits |= 1_u32.checked_shl(u32::from(index(def, word, word, source)?)).unwrap_or(0);
            }
            Concrete::Set(bits)
        }
        (Value::Number(number), Kind::Number) => Concrete::Number(*number),
        (Value::Word(code), Kind::Country) => Concrete::Country(country(code).ok_or_else(|| wrong("kind.country"))?),
        (Value::Word(_) | Value::Text(_) | Value::Number(_), Kind::Text) => Concrete::Text,
        (_, Kind::Choice) => return Err(wrong("kind.choice")),
        (_, Kind::Set) => return Err(wrong("kind.set")),
        (_, Kind::Number) => return Err(wrong("kind.number")),
        (_, Kind::Country) => return Err(wrong("kind.country")),
        (_, Kind::Text) => return Err(wrong("kind.text")),
    }))
}

fn index<T>(def: &FactDef, word: &str, at: &Spanned<T>, source: SourceId) -> Result<u8, Box<Diagnostic>> {
    match def.values.get_index_of(word).map(u8::try_from) {
        Some(Ok(index)) => Ok(index),
        _ => {
            let words: Vec<&str> = def.values.keys().map(|key| key.as_str()).collect();
            let finding = Diagnostic::error("unknown-value", source, at.span).with("value", word);
            let finding = finding.help(Message::new("one-of").with("allowed", words.join(", ")));
            Err(Box::new(finding.suggest(word, words)))
        }
    }
}

/// Stands for every country that a table does not name: reserved and never assigned, so nobody may state it.
pub const ANOTHER_COUNTRY: [u8; 2] = *b"ZZ";

fn country(code: &str) -> Option<[u8; 2]> {
    let bytes: [u8; 2] = code.as_bytes().try_into().ok()?;
    (bytes.iter().all(u8::is_ascii_uppercase) && bytes != ANOTHER_COUNTRY).then_some(bytes)
}
