//! Conditions over facts: `all`, `any`, `not`, or one test of one fact.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Spanned, Value};

/// A condition as written. In YAML it is a map with exactly one key: `all`, `any`, `not`, or the key of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Condition {
    /// Holds when every part holds.
    All(Vec<Condition>),
    /// Holds when at least one part holds.
    Any(Vec<Condition>),
    /// Holds when the part does not.
    Not(Box<Condition>),
    /// Holds when the fact passes the test.
    Fact(Spanned<String>, Spanned<Test>),
}

/// A test of one fact; in YAML a map with exactly one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(transform = one_key_map)]
pub enum Test {
    /// Der Wert ist genau dieser / the value is exactly this one.
    Is(Spanned<Value>),
    /// Der Wert ist einer von diesen / the value is one of these.
    OneOf(#[schemars(length(min = 1))] Vec<Spanned<Value>>),
    /// Die Menge enthält dieses Wort / the set includes this word.
    Includes(Spanned<String>),
    /// Die Zahl ist mindestens so groß / the number is at least this.
    AtLeast(i64),
    /// Die Zahl ist höchstens so groß / the number is at most this.
    AtMost(i64),
    /// Der Text ist bekannt / the text is stated.
    Known(Answer),
}

/// `yes` or `no`, as everywhere in the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// ja / yes
    #[serde(alias = "true")]
    Yes,
    /// nein / no
    #[serde(alias = "false")]
    No,
}

#[derive(Deserialize)]
enum Compact {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Fact(Spanned<String>, Spanned<Test>),
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_map(ConditionVisitor);
        }
        Ok(match Compact::deserialize(deserializer)? {
            Compact::All(parts) => Self::All(parts),
            Compact::Any(parts) => Self::Any(parts),
            Compact::Not(part) => Self::Not(part),
            Compact::Fact(key, test) => Self::Fact(key, test),
        })
    }
}

struct ConditionVisitor;

impl<'de> Visitor<'de> for ConditionVisitor {
    type Value = Condition;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map with exactly one key: all, any, not, or the key of a fact")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Condition, A::Error> {
        let key: Spanned<String> = map.next_key()?.ok_or_else(|| A::Error::custom("empty condition"))?;
        let condition = match key.as_str() {
            "all" => Condition::All(map.next_value()?),
            "any" => Condition::Any(map.next_value()?),
            "not" => Condition::Not(map.next_value()?),
            _ => Condition::Fact(key, map.next_value()?),
        };
        match map.next_key::<String>()? {
            None => Ok(condition),
            Some(second) => Err(A::Error::custom(format_args!("second key in a condition: {second}"))),
        }
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let part = generator.subschema_for::<Condition>();
        let test = generator.subschema_for::<Test>();
        json_schema!({
            "description": "Bedingung / condition: all, any, not, KEY: {TEST: VALUE}",
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {
                "all": {"description": "alle gelten / all hold", "type": "array", "minItems": 1, "items": part},
                "any": {"description": "mindestens eine gilt / at least one holds", "type": "array", "minItems": 1, "items": part},
                "not": {"description": "gilt nicht / does not hold", "allOf": [part]},
            },
            "patternProperties": {"^[a-z]+\\.[a-z0-9_]+$": test},
            "additionalProperties": false,
        })
    }
}

/// Turns schemars' `oneOf` of an externally tagged enum into one object with optional keys, of which
/// exactly one must be there: editors then place each message and complete each key precisely.
fn one_key_map(schema: &mut Schema) {
    let Some(variants) = schema.remove("oneOf").and_then(|list| list.as_array().cloned()) else {
        return;
    };
    let mut properties = serde_json::Map::new();
    for variant in &variants {
        let description = variant.get("description");
        let Some(fields) = variant.get("properties").and_then(|map| map.as_object()) else {
            continue;
        };
        for (name, field) in fields {
            let mut field = field.clone();
            if let (Some(text), Some(object)) = (description, field.as_object_mut()) {
                object.insert("description".into(), text.clone());
            }
            properties.insert(name.clone(), field);
        }
    }
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), properties.into());
    schema.insert("additionalProperties".into(), false.into());
    schema.insert("minProperties".into(), 1.into());
    schema.insert("maxProperties".into(), 1.into());
}
