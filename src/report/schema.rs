//! JSON Schemas for editors: made from the model's types, completed with the vocabulary.
//!
//! The types alone know that a profile has facts; only the vocabulary knows which. So fact keys and values
//! are added here, each with its description in both languages, for completion and hover.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use crate::catalog::Catalog;
use crate::document::DocumentKind;
use crate::model::{FactDef, Kind, Text};

/// The schema of a kind of document as text, ending with a newline.
pub fn text(catalog: &Catalog, kind: DocumentKind) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&build(catalog, kind))? + "\n")
}

/// The schema of a kind of document.
pub fn build(catalog: &Catalog, kind: DocumentKind) -> Json {
    let mut schema = kind.schema().clone();
    let in_profile = |key: &str| !key.starts_with("setting.") && !key.starts_with("org.");
    match kind {
        DocumentKind::Messenger => {
            let facts = keyed(catalog, in_profile, |def| {
                json!({
                    "allOf": [{"$ref": "#/$defs/Fact"}],
                    "properties": {
                        "value": value(def, true),
                        "candidates": {"items": value(def, false)},
                    },
                })
            });
            replace(&mut schema, "/properties/facts", facts);
            let sets = keyed(catalog, in_profile, |def| value(def, false));
            replace(&mut schema, "/$defs/Measure/properties/sets", sets);
            let needs = keys(catalog, |key| key.starts_with("org."));
            replace(&mut schema, "/$defs/Measure/properties/needs/items", needs);
        }
        DocumentKind::Criterion => {
            conditions(catalog, &mut schema);
            let facts = keyed(catalog, |_| true, |def| value(def, true));
            replace(&mut schema, "/$defs/Example/properties/facts", facts);
        }
        DocumentKind::UseCase => {
            let setting = keyed(catalog, |key| key.starts_with("setting."), |def| value(def, true));
            replace(&mut schema, "/properties/setting", setting);
            let org = keys(catalog, |key| key.starts_with("org."));
            replace(&mut schema, "/$defs/Duty/properties/org", org);
            let criteria = criteria(catalog);
            replace(&mut schema, "/$defs/KnockOut/properties/criterion", criteria);
        }
        DocumentKind::Checklist => {
            let org = keys(catalog, |key| key.starts_with("org."));
            replace(&mut schema, "/$defs/Requirement/properties/organisation/items", org);
            let criteria = criteria(catalog);
            replace(&mut schema, "/$defs/Requirement/properties/criteria/items", criteria);
        }
        DocumentKind::Organisation => {
            let has = keyed(catalog, |key| key.starts_with("org."), |def| value(def, false));
            replace(&mut schema, "/properties/has", has);
        }
        DocumentKind::Policy => permissions(catalog, &mut schema),
        DocumentKind::Contradictions => conditions(catalog, &mut schema),
        DocumentKind::Vocabulary
        | DocumentKind::Positions
        | DocumentKind::Glossary
        | DocumentKind::Texts
        | DocumentKind::Freshness
        | DocumentKind::Redirects
        | DocumentKind::Waivers
        | DocumentKind::LintPage => {}
    }
    schema
}

/// Puts a schema in the place of another and keeps the other's description.
fn replace(schema: &mut Json, pointer: &str, mut new: Json) {
    let Some(place) = schema.pointer_mut(pointer) else {
        return;
    };
    if let (Some(description), Some(object)) = (place.get("description").cloned(), new.as_object_mut()) {
        object.entry("description").or_insert(description);
    }
    *place = new;
}

fn both(text: &Text) -> String {
    format!("{} / {}", text.de, text.en)
}

/// A map whose keys are facts.
fn keyed(catalog: &Catalog, wanted: impl Fn(&str) -> bool, of: impl Fn(&FactDef) -> Json) -> Json {
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
    for (word, label) in &def.values {
        let _ = write!(text, "\n- {word}: {}", both(label));
    }
    text
}

/// What a fact may be. `open` also allows `unknown` and `disputed`.
fn value(def: &FactDef, open: bool) -> Json {
    let mut reserved: Vec<&str> = Vec::new();
    if def.not_applicable {
        reserved.push("not_applicable");
    }
    if open {
        reserved.extend(["unknown", "disputed"]);
    }
    let words: Vec<&str> = def.values.keys().map(|key| key.as_str()).collect();
    let own = match def.kind.value {
        Kind::Choice => {
            let all: Vec<&str> = words.iter().chain(&reserved).copied().collect();
            return json!({"enum": all});
        }
        Kind::Set => json!({"type": "array", "minItems": 1, "uniqueItems": true, "items": {"enum": words}}),
        Kind::Number => json!({"type": "integer", "minimum": 0}),
        Kind::Country => json!({"type": "string", "pattern": "^[A-Z]{2}$"}),
        Kind::Text => json!({"anyOf": [{"type": ["string", "integer"]}, {"$ref": "#/$defs/Text"}]}),
    };
    if reserved.is_empty() { own } else { json!({"anyOf": [own, {"enum": reserved}]}) }
}

/// One of the vocabulary's keys.
fn keys(catalog: &Catalog, wanted: impl Fn(&str) -> bool) -> Json {
    let keys: Vec<&str> =
        catalog.facts.iter().map(|(_, definition)| definition.key.as_str()).filter(|key| wanted(key)).collect();
    json!({"enum": keys})
}

fn criteria(catalog: &Catalog) -> Json {
    let ids: Vec<&str> = catalog.rules.iter().map(|rule| rule.id.as_str()).collect();
    json!({"enum": ids})
}

/// A policy's permissions: use cases and messengers by id, measures by messenger. Aliases of use cases stay allowed.
fn permissions(catalog: &Catalog, schema: &mut Json) {
    let mut use_cases = Map::new();
    for setting in &catalog.settings {
        let own = json!({"$ref": "#/$defs/Permission", "description": both(&setting.use_case.title)});
        use_cases.insert(setting.id.clone(), own);
    }
    if let Some(permitted) = schema.pointer_mut("/properties/permitted").and_then(Json::as_object_mut) {
        permitted.insert("properties".into(), use_cases.into());
    }
    let ids: Vec<&str> = catalog.profiles.iter().map(|profile| profile.id.as_str()).collect();
    replace(schema, "/$defs/Permission/properties/messengers/items", json!({"enum": ids}));
    let mut measures = Map::new();
    for profile in &catalog.profiles {
        let steps: Vec<&str> = profile.measures.iter().map(|step| step.id.as_str()).collect();
        // An enumeration of nothing is no schema.
        let items = if steps.is_empty() { json!(false) } else { json!({"enum": steps}) };
        measures.insert(profile.id.clone(), json!({"type": "array", "items": items}));
    }
    let measures = json!({"type": "object", "properties": measures, "additionalProperties": false});
    replace(schema, "/$defs/Permission/properties/measures", measures);
}

/// Conditions with every fact as a key, each with the tests that fit its kind.
fn conditions(catalog: &Catalog, schema: &mut Json) {
    let Some(condition) = schema.pointer_mut("/$defs/Condition").and_then(Json::as_object_mut) else {
        return;
    };
    condition.remove("patternProperties");
    let Some(properties) = condition.get_mut("properties").and_then(Json::as_object_mut) else {
        return;
    };
    for (_, definition) in catalog.facts.iter() {
        let def = &definition.def;
        let one = match def.kind.value {
            Kind::Set | Kind::Text => json!({"enum": ["not_applicable"]}),
            _ => value(def, false),
        };
        let mut tests = Map::new();
        tests.insert("is".into(), one.clone());
        match def.kind.value {
            Kind::Choice | Kind::Country => {
                tests.insert("one_of".into(), json!({"type": "array", "minItems": 1, "items": one}));
            }
            Kind::Set => {
                let words: Vec<&str> = def.values.keys().map(|key| key.as_str()).collect();
                tests.insert("includes".into(), json!({"enum": words}));
            }
            Kind::Number => {
                tests.insert("at_least".into(), json!({"type": "integer"}));
                tests.insert("at_most".into(), json!({"type": "integer"}));
            }
            Kind::Text => {
                tests.insert("known".into(), json!({"enum": ["yes", "no"]}));
            }
        }
        let test = json!({
            "type": "object",
            "properties": tests,
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 1,
            "description": describe(def),
        });
        properties.insert(definition.key.value.clone(), test);
    }
}
