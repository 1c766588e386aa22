//! What the vocabulary adds to schemas: which facts there are, what each may be, how each can be tested.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::both;
use super::listing::{Listing, words};
use crate::catalog::Catalog;
use crate::model::{FactDef, Kind};

/// A map whose keys are facts.
pub fn keyed(catalog: &Catalog, wanted: impl Fn(&str) -> bool, of: impl Fn(&FactDef) -> Json) -> Json {
    let mut properties = Map::new();
    for (_, definition) in catalog.facts.iter().filter(|(_, definition)| wanted(&definition.key)) {
        let mut property = of(&definition.def);
        if let Some(object) = property.as_object_mut() {
            object.insert("description".into(), describe(&definition.def).into());
        }
        properties.insert(definition.key.value.clone(), property);
    }
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// Label, reason and, for lists, the meaning of each value.
fn describe(def: &FactDef) -> String {
    let mut text = format!("{}\n\n{}", both(&def.label), both(&def.why));
    if !def.values.is_empty() {
        text.push('\n');
    }
    for (word, label) in &def.values {
        let _ = write!(text, "\n- {word}: {}", both(label));
    }
    text
}

/// What a profile says about one fact: the fields of any fact, with the values of this one.
///
/// Not `allOf` with the general shape: editors would show that one's description instead of this fact's.
pub fn stated(catalog: &Catalog, fields: &Map<String, Json>, def: &FactDef) -> Json {
    let mut properties = Map::new();
    for name in fields.keys() {
        let field = match name.as_str() {
            "value" => value(catalog, def, true),
            "candidates" => json!({"type": "array", "items": value(catalog, def, false)}),
            _ => json!({"$ref": format!("#/$defs/Fact/properties/{name}")}),
        };
        properties.insert(name.clone(), field);
    }
    json!({"type": "object", "properties": properties, "required": ["value"], "additionalProperties": false})
}

/// What a fact may be. `open` also allows `unknown` and `disputed`.
pub fn value(catalog: &Catalog, def: &FactDef, open: bool) -> Json {
    let mut reserved = reserved(catalog, def.not_applicable, open);
    let own = match def.kind.value {
        Kind::Choice => {
            let mut all = words(def);
            all.append(&mut reserved);
            let mut all = all.schema();
            label(&mut all, def);
            return all;
        }
        Kind::Set => json!({"type": "array", "minItems": 1, "uniqueItems": true, "items": words(def).schema()}),
        Kind::Number => json!({"type": "integer", "minimum": 0}),
        Kind::Country => json!({
            "type": "string",
            "pattern": "^[A-Z]{2}$",
            "patternErrorMessage":
                "Ländercode aus zwei Großbuchstaben, etwa DE / country code of two capital letters, such as DE",
        }),
        Kind::Text => json!({"anyOf": [{"type": ["string", "integer"]}, {"$ref": "#/$defs/Text"}]}),
    };
    let mut all = if reserved.is_empty() { own } else { json!({"anyOf": [own, reserved.schema()]}) };
    label(&mut all, def);
    all
}

fn label(schema: &mut Json, def: &FactDef) {
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".into(), both(&def.label).into());
    }
}

/// The words that may stand instead of a value.
fn reserved(catalog: &Catalog, not_applicable: bool, open: bool) -> Listing {
    let mut listing = Listing::default();
    let chosen = [("not_applicable", not_applicable), ("unknown", open), ("disputed", open)];
    for (word, _) in chosen.into_iter().filter(|(_, wanted)| *wanted) {
        let meaning = catalog.texts.get(&format!("value.{word}")).map(|text| both(&text.to_text()));
        listing.add(word, meaning.unwrap_or_default());
    }
    listing
}

/// Conditions with every fact as a key, each with the tests that fit its kind.
pub fn conditions(catalog: &Catalog, schema: &mut Json) {
    let meanings = schema.pointer("/$defs/Test/properties").cloned().unwrap_or_default();
    let Some(condition) = schema.pointer_mut("/$defs/Condition").and_then(Json::as_object_mut) else {
        return;
    };
    condition.remove("patternProperties");
    let Some(properties) = condition.get_mut("properties").and_then(Json::as_object_mut) else {
        return;
    };
    for (_, definition) in catalog.facts.iter() {
        let test = json!({
            "type": "object",
            "properties": tests(catalog, &definition.def, &meanings),
            "additionalProperties": false,
            "minProperties": 1,
            "allOf": [{"maxProperties": 1}],
            "description": describe(&definition.def),
        });
        properties.insert(definition.key.value.clone(), test);
    }
}

/// The tests that fit a fact, each with its meaning.
fn tests(catalog: &Catalog, def: &FactDef, meanings: &Json) -> Map<String, Json> {
    let one = match def.kind.value {
        Kind::Set | Kind::Text => reserved(catalog, true, false).schema(),
        _ => value(catalog, def, false),
    };
    let mut tests = Map::new();
    let mut add = |name: &str, mut test: Json| {
        if let (Some(meaning), Some(object)) = (meanings.pointer(&format!("/{name}/description")), test.as_object_mut())
        {
            object.insert("description".into(), meaning.clone());
        }
        tests.insert(name.into(), test);
    };
    add("is", one.clone());
    match def.kind.value {
        Kind::Choice | Kind::Country => add("one_of", json!({"type": "array", "minItems": 1, "items": one})),
        Kind::Set => add("includes", words(def).schema()),
        Kind::Number => {
            add("at_least", json!({"type": "integer"}));
            add("at_most", json!({"type": "integer"}));
        }
        Kind::Text => add("known", json!({"$ref": "#/$defs/Answer"})),
    }
    tests
}
