//! JSON Schemas for editors: made from the model's types, completed with what the data know.
//!
//! The types alone know that a profile has facts; only the vocabulary knows which. So keys and values are added here,
//! each with its description in both languages, for completion and hover. `docs/editors.md` says what to try in an
//! editor after a change.

mod facts;
mod listing;
mod plain;

use serde_json::{Map, Value as Json, json};

use crate::catalog::Catalog;
use crate::document::DocumentKind;
use crate::model::Text;
use facts::{conditions, keyed, stated, value};

/// The schema of a kind of document as text, ending with a newline.
pub fn text(catalog: &Catalog, kind: DocumentKind) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&build(catalog, kind))? + "\n")
}

/// The schema of a kind of document.
pub fn build(catalog: &Catalog, kind: DocumentKind) -> Json {
    let mut schema = kind.schema().clone();
    plain::simplify(&mut schema);
    match kind {
        DocumentKind::Messenger => messenger(catalog, &mut schema),
        DocumentKind::Criterion => {
            conditions(catalog, &mut schema);
            let facts = keyed(catalog, |_| true, |def| value(catalog, def, true));
            replace(&mut schema, "/$defs/Example/properties/facts", facts);
        }
        DocumentKind::UseCase => use_case(catalog, &mut schema),
        DocumentKind::Checklist => {
            let org = listing::keys(catalog, is_org).schema();
            replace(&mut schema, "/$defs/Requirement/properties/organisation/items", org);
            let criteria = listing::criteria(catalog).schema();
            replace(&mut schema, "/$defs/Requirement/properties/criteria/items", criteria);
        }
        DocumentKind::Positions => {
            let messengers = listing::messengers(catalog).schema();
            replace(&mut schema, "/$defs/Position/properties/messengers/items", messengers);
            let use_cases = listing::use_cases(catalog).schema();
            replace(&mut schema, "/$defs/Position/properties/use_cases/items", use_cases);
        }
        DocumentKind::Organisation => {
            let has = keyed(catalog, is_org, |def| value(catalog, def, false));
            replace(&mut schema, "/properties/has", has);
            weighing(catalog, &mut schema);
        }
        DocumentKind::Policy => permissions(catalog, &mut schema),
        DocumentKind::Contradictions => conditions(catalog, &mut schema),
        DocumentKind::Waivers => {
            replace(&mut schema, "/$defs/Waiver/properties/lint", listing::checks(catalog).schema());
        }
        DocumentKind::Vocabulary
        | DocumentKind::Glossary
        | DocumentKind::Texts
        | DocumentKind::Freshness
        | DocumentKind::Redirects
        | DocumentKind::LintPage => {}
    }
    schema
}

fn is_org(key: &str) -> bool {
    key.starts_with("org.")
}

fn is_setting(key: &str) -> bool {
    key.starts_with("setting.")
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

/// A profile: facts, what measures set and need, other messengers by id.
fn messenger(catalog: &Catalog, schema: &mut Json) {
    let in_profile = |key: &str| !is_setting(key) && !is_org(key);
    let fields = schema.pointer("/$defs/Fact/properties").and_then(Json::as_object).cloned().unwrap_or_default();
    replace(schema, "/properties/facts", keyed(catalog, in_profile, |def| stated(catalog, &fields, def)));
    let sets = keyed(catalog, in_profile, |def| value(catalog, def, false));
    replace(schema, "/$defs/Measure/properties/sets", sets);
    replace(schema, "/$defs/Measure/properties/needs/items", listing::keys(catalog, is_org).schema());
    for name in ["edition_of", "successor"] {
        replace(schema, &format!("/properties/{name}"), listing::messengers(catalog).schema());
    }
}

/// A use case: its circumstances, what it rests on, how it weighs.
fn use_case(catalog: &Catalog, schema: &mut Json) {
    replace(schema, "/properties/setting", keyed(catalog, is_setting, |def| value(catalog, def, true)));
    replace(schema, "/$defs/Duty/properties/org", listing::keys(catalog, is_org).schema());
    replace(schema, "/$defs/KnockOut/properties/criterion", listing::criteria(catalog).schema());
    replace(schema, "/properties/checklists/items", listing::checklists(catalog).schema());
    let requirements = listing::requirements(catalog).schema();
    replace(schema, "/$defs/DemandedBy/properties/requirements/items", requirements);
    weighing(catalog, schema);
}

/// Emphasis of goals and weights of criteria.
fn weighing(catalog: &Catalog, schema: &mut Json) {
    let emphasis = json!({"enum": [1, 2, 3]});
    replace(schema, "/properties/emphasis", listing::goals(catalog).map_of(&emphasis));
    let weight = json!({"enum": [0, 1, 2, 3, 4, 5]});
    replace(schema, "/properties/weights", listing::criteria(catalog).map_of(&weight));
}

/// A policy's permissions: use cases and messengers by id, measures by messenger. Aliases of use cases stay allowed.
fn permissions(catalog: &Catalog, schema: &mut Json) {
    let permission = json!({"$ref": "#/$defs/Permission"});
    let use_cases = listing::use_cases(catalog).map_of(&permission)["properties"].take();
    if let Some(permitted) = schema.pointer_mut("/properties/permitted").and_then(Json::as_object_mut) {
        permitted.insert("properties".into(), use_cases);
    }
    let messengers = listing::messengers(catalog).schema();
    replace(schema, "/$defs/Permission/properties/messengers/items", messengers);
    let mut measures = Map::new();
    for (at, profile) in catalog.profiles.iter().enumerate() {
        let steps = listing::measures(catalog, at);
        // An enumeration of nothing is no schema.
        let items = if steps.is_empty() { json!(false) } else { steps.schema() };
        measures.insert(profile.id.clone(), json!({"type": "array", "items": items}));
    }
    let measures = json!({"type": "object", "properties": measures, "additionalProperties": false});
    replace(schema, "/$defs/Permission/properties/measures", measures);
}
