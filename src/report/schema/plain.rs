//! Makes the schema of the types one that editors offer sensible things from.
//!
//! Four traits of the types' schemas mislead an editor. An optional field may be `null`, which the checker refuses,
//! and completion offers. A `default` is what completion inserts, although leaving the key out says the same. An
//! enumeration made of one constant each shows the meaning of one word instead of all. And where an object may have one
//! key only, nothing is offered on an empty line: the word to come already counts as the one.

use serde_json::{Map, Value as Json, json};

/// Rewrites a schema and everything within.
pub fn simplify(schema: &mut Json) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    object.remove("default");
    required_type(object);
    one_variant(object);
    enumeration(object);
    for (keyword, value) in object.iter_mut() {
        match (keyword.as_str(), value) {
            // Below these stand names, not keywords.
            ("properties" | "patternProperties" | "$defs", Json::Object(named)) => {
                named.values_mut().for_each(simplify);
            }
            ("anyOf" | "oneOf" | "allOf", Json::Array(parts)) => parts.iter_mut().for_each(simplify),
            ("items" | "additionalProperties" | "not", part) => simplify(part),
            _ => {}
        }
    }
    // Last, or it would be rewritten again and again.
    if let Some(most) = object.remove("maxProperties") {
        object.insert("allOf".into(), json!([{"maxProperties": most}]));
    }
}

/// `type: [string, null]` to `type: string`.
fn required_type(object: &mut Map<String, Json>) {
    let Some(types) = object.get_mut("type").and_then(Json::as_array_mut) else {
        return;
    };
    types.retain(|name| name != "null");
    if let [only] = types.as_slice() {
        let only = only.clone();
        object.insert("type".into(), only);
    }
}

/// `anyOf: [X, null]` to X; what stands beside it, its description, stays.
fn one_variant(object: &mut Map<String, Json>) {
    let Some(variants) = object.get_mut("anyOf").and_then(Json::as_array_mut) else {
        return;
    };
    variants.retain(|variant| variant.get("type") != Some(&json!("null")));
    if let [Json::Object(only)] = variants.as_slice() {
        let only = only.clone();
        object.remove("anyOf");
        for (keyword, value) in only {
            object.entry(keyword).or_insert(value);
        }
    }
}

/// `oneOf` of constants to one list with the meaning of each.
fn enumeration(object: &mut Map<String, Json>) {
    let Some(variants) = object.get("oneOf").and_then(Json::as_array) else {
        return;
    };
    let words: Option<Vec<Json>> = variants.iter().map(|variant| variant.get("const").cloned()).collect();
    let Some(words) = words else { return };
    let meaning = |variant: &Json| variant.get("description").cloned().unwrap_or_else(|| json!(""));
    let meanings: Vec<Json> = variants.iter().map(meaning).collect();
    object.remove("oneOf");
    object.insert("enum".into(), words.into());
    object.insert("enumDescriptions".into(), meanings.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_fields_lose_null_and_default_but_keep_their_names_and_descriptions() {
        let mut schema = json!({"properties": {
            "default": {"type": ["string", "null"], "default": null, "description": "a"},
            "b": {"anyOf": [{"$ref": "#/$defs/B", "description": "of B"}, {"type": "null"}], "description": "b"},
        }});
        simplify(&mut schema);
        let expected = json!({"properties": {
            "default": {"type": "string", "description": "a"},
            "b": {"$ref": "#/$defs/B", "description": "b"},
        }});
        assert_eq!(schema, expected);
    }

    #[test]
    fn constants_become_one_list_other_variants_stay() {
        let mut schema = json!({"items": {"oneOf": [{"const": "a", "description": "A"}, {"const": "b"}]}});
        simplify(&mut schema);
        let list = json!({"enum": ["a", "b"], "enumDescriptions": ["A", ""]});
        assert_eq!(schema, json!({"items": list}));
        let open = json!({"oneOf": [{"const": "a"}, {"type": "integer"}]});
        let mut same = open.clone();
        simplify(&mut same);
        assert_eq!(same, open);
    }
}
