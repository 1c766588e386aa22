//! Bilingual text.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A language of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// German.
    De,
    /// English.
    En,
}

impl Lang {
    /// The language's two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }
}

/// In small letters and with umlauts spelled out: what different ways to write a German word have in common.
pub fn spelled_out(text: &str) -> String {
    text.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

/// Deutsch und Englisch, beide erforderlich / German and English, both required.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Deutscher Text / German text.
    pub de: String,
    /// Englischer Text / English text.
    pub en: String,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        }
    }
}

/// Ein Name: ein Text für beide Sprachen oder einer je Sprache / a name: one text for both languages or one each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Name(pub Text);

impl Name {
    /// The name in one language.
    pub fn get(&self, lang: Lang) -> &str {
        self.0.get(lang)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(NameVisitor)
        } else {
            Text::deserialize(deserializer).map(Name)
        }
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or one in German and one in English")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Name, E> {
        let text = || text.to_owned();
        Ok(Name(Text { de: text(), en: text() }))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Name, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Name, A::Error> {
        Text::deserialize(MapAccessDeserializer::new(map)).map(Name)
    }
}

impl JsonSchema for Name {
    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        json_schema!({
            "description": "Name: ein Text oder je einer für de und en / one text, or one each for de and en",
            "anyOf": [{"type": "string"}, text],
        })
    }
}
