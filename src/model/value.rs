//! The value of a fact as a profile states it, before the vocabulary has judged it.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Spanned, Text};

/// What a profile says about one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Value {
    /// Looked for and not found.
    Unknown,
    /// Sources disagree; the candidates stand beside it.
    Disputed,
    /// The question does not arise (no calls offered, so no call encryption).
    NotApplicable,
    /// One word of the vocabulary, a country code, or language-neutral text.
    Word(String),
    /// A whole number.
    Number(i64),
    /// Several words of the vocabulary.
    Set(Vec<Spanned<String>>),
    /// Free text in both languages.
    Text(Text),
}

/// The same shape with derived decoding, for the compact embedded form, which does not describe itself.
#[derive(Deserialize)]
enum Compact {
    Unknown,
    Disputed,
    NotApplicable,
    Word(String),
    Number(i64),
    Set(Vec<Spanned<String>>),
    Text(Text),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(ValueVisitor);
        }
        Ok(match Compact::deserialize(deserializer)? {
            Compact::Unknown => Self::Unknown,
            Compact::Disputed => Self::Disputed,
            Compact::NotApplicable => Self::NotApplicable,
            Compact::Word(word) => Self::Word(word),
            Compact::Number(number) => Self::Number(number),
            Compact::Set(words) => Self::Set(words),
            Compact::Text(text) => Self::Text(text),
        })
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word, a number, a list of words or a text in both languages")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Value, E> {
        Ok(match word {
            "unknown" => Value::Unknown,
            "disputed" => Value::Disputed,
            "not_applicable" => Value::NotApplicable,
            other => Value::Word(other.to_owned()),
        })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut words = Vec::new();
        while let Some(word) = seq.next_element()? {
            words.push(word);
        }
        Ok(Value::Set(words))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        Text::deserialize(MapAccessDeserializer::new(map)).map(Value::Text)
    }
}

impl JsonSchema for Value {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        json_schema!({
            "description": "Wert der Tatsache / value of the fact",
            "anyOf": [
                {"type": ["string", "integer"]},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
                text,
            ],
        })
    }
}
