//! Does a tree have the shape its type's schema asks for? Reports every mismatch, each at its place.
//!
//! The schema is the one editors use, made from the model's types, so that editor, checker and decoder
//! can never ask for different things. Only the keywords that occur in our schemas are understood.

use serde_json::{Map, Value as Json};

use super::{Kind, Node};
use crate::diagnostic::{Diagnostic, Message};
use crate::model::{Date, Spanned};
use crate::source::{SourceId, Span};

/// The schema of a type of the model.
pub fn schema_of<T: schemars::JsonSchema>() -> Json {
    schemars::schema_for!(T).into()
}

/// Compares a document with a schema and returns all mismatches in file order.
pub fn check(node: &Node, schema: &Json, source: SourceId) -> Vec<Diagnostic> {
    let mut checker = Checker { definitions: schema.get("$defs").and_then(Json::as_object), source, found: Vec::new() };
    checker.node(node, schema, node.anchor());
    let mut found = checker.found;
    found.sort_by_key(|finding| finding.labels.first().map(|label| label.span.start));
    found
}

struct Checker<'a> {
    definitions: Option<&'a Map<String, Json>>,
    source: SourceId,
    found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    /// Follows `$ref`; also gives the name of the definition.
    fn resolve(&self, schema: &'a Json) -> (&'a Json, &'a str) {
        let mut current = (schema, "");
        while let Some(path) = current.0.get("$ref").and_then(Json::as_str) {
            let name = path.rsplit('/').next().unwrap_or_default();
            match self.definitions.and_then(|all| all.get(name)) {
                Some(target) => current = (target, name),
                None => break,
            }
        }
        current
    }

    fn error(&self, code: &'static str, span: Span) -> Diagnostic {
        Diagnostic::error(code, self.source, span)
    }

    /// `at` is the key that leads here: lists and maps have no place of their own worth pointing at.
    fn node(&mut self, node: &'a Node, schema: &'a Json, at: Span) {
        let (schema, name) = self.resolve(schema);
        if name == "Date" && node.scalar().is_some() {
            return self.date(node);
        }
        if name == "Text" {
            self.text(node);
        }
        if let Some(parts) = schema.get("allOf").and_then(Json::as_array) {
            for part in parts {
                self.node(node, part, at);
            }
        }
        let variants = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Json::as_array);
        if let Some(variants) = variants {
            return self.variants(node, variants, at);
        }
        if node.kind == Kind::Null {
            return self.found.push(self.error("empty-value", at));
        }
        if let Some(words) = schema.get("enum").and_then(Json::as_array) {
            let words: Vec<&str> = words.iter().filter_map(Json::as_str).collect();
            return self.word(node, &words, at);
        }
        let types = types(schema);
        if !types.is_empty() && !types.iter().any(|wanted| fits(node, wanted)) {
            let finding = self.error("wrong-type", place(node, at));
            let finding = finding.with_key("expected", type_key(types[0])).with_key("found", kind_key(node));
            return self.found.push(finding);
        }
        match &node.kind {
            Kind::Text(text) if text.trim().is_empty() => self.found.push(self.error("empty-text", at)),
            Kind::Text(text) if is_todo(text) => {
                self.found.push(Diagnostic::warning("todo-left", self.source, node.span));
            }
            Kind::Map(entries) => self.map(entries, schema, at),
            Kind::List(items) => self.list(items, schema, at),
            Kind::Plain(raw) => self.range(raw, schema, node.span),
            _ => {}
        }
    }

    fn date(&mut self, node: &Node) {
        if node.scalar().and_then(Date::parse).is_none() {
            let text = node.scalar().unwrap_or_default();
            let finding = self.error("bad-date", node.span).with("text", text);
            self.found.push(finding.help(Message::new("bad-date-help")));
        }
    }

    /// A sentence is not the same in both languages.
    fn text(&mut self, node: &Node) {
        /// Names and technical terms may be the same in both languages, sentences are not.
        const SENTENCE: usize = 8;
        let part = |lang: &str| node.get(lang).and_then(|own| Some((own.scalar()?.trim(), own.span)));
        let parts = ["de", "en"].map(part);
        if let [Some((de, _)), Some((en, span))] = parts
            && de == en
            && de.split_whitespace().count() >= SENTENCE
        {
            self.found.push(Diagnostic::warning("missing-translation", self.source, span));
        }
    }

    /// Optional types and enums: words first, then the variant whose type fits.
    fn variants(&mut self, node: &'a Node, variants: &'a [Json], at: Span) {
        let resolved: Vec<&Json> = variants.iter().map(|variant| self.resolve(variant).0).collect();
        let words: Vec<&str> = resolved.iter().filter_map(|variant| variant.get("const")?.as_str()).collect();
        if words.len() == variants.len() {
            return self.word(node, &words, at);
        }
        let fitting = variants.iter().zip(&resolved).find(|(_, resolved)| {
            let types = types(resolved);
            let open = types.is_empty() && resolved.get("const").is_none();
            open || types.iter().any(|wanted| *wanted != "null" && fits(node, wanted))
        });
        match fitting {
            Some((variant, _)) => self.node(node, variant, at),
            None if node.kind == Kind::Null => self.found.push(self.error("empty-value", at)),
            None => {
                let wanted = resolved.iter().flat_map(|variant| types(variant)).next().unwrap_or("string");
                let finding = self.error("wrong-type", place(node, at));
                let finding = finding.with_key("expected", type_key(wanted)).with_key("found", kind_key(node));
                self.found.push(finding);
            }
        }
    }

    fn word(&mut self, node: &Node, words: &[&str], at: Span) {
        let Some(found) = node.scalar() else {
            let finding = self.error("wrong-type", place(node, at));
            let finding = finding.with_key("expected", "type.word").with_key("found", kind_key(node));
            return self.found.push(finding);
        };
        if !words.contains(&found) {
            let finding = self.error("unknown-word", node.span).with("found", found);
            let finding = finding.help(Message::new("one-of").with("allowed", words.join(", ")));
            self.found.push(finding.suggest(found, words.iter().copied()));
        }
    }

    fn list(&mut self, items: &'a [Node], schema: &'a Json, at: Span) {
        let least = schema.get("minItems").and_then(Json::as_u64).unwrap_or(0);
        if (items.len() as u64) < least {
            self.found.push(self.error("empty-list", at));
        }
        if let Some(item_schema) = schema.get("items") {
            for item in items {
                self.node(item, item_schema, item.anchor());
            }
        }
    }

    fn map(&mut self, entries: &'a [(Spanned<String>, Node)], schema: &'a Json, at: Span) {
        let properties = schema.get("properties").and_then(Json::as_object);
        let patterns = schema.get("patternProperties").and_then(Json::as_object);
        let others = schema.get("additionalProperties");
        for (key, value) in entries {
            let known = properties.and_then(|map| map.get(key.as_str()));
            // The only pattern in our schemas is that of a fact's key; the catalogue checks the key itself.
            let pattern = patterns.and_then(|map| map.values().next()).filter(|_| key.contains('.'));
            match (known.or(pattern), others) {
                (Some(schema), _) | (None, Some(schema @ Json::Object(_))) => self.node(value, schema, key.span),
                (None, Some(Json::Bool(false))) => self.unknown_key(key, properties, patterns.is_some()),
                _ => {}
            }
        }
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten();
        for key in required.filter_map(Json::as_str) {
            if !entries.iter().any(|(name, _)| name.as_str() == key) {
                self.found.push(self.error("missing-key", at).with("key", key));
            }
        }
        let most = schema.get("maxProperties").and_then(Json::as_u64).unwrap_or(u64::MAX);
        if entries.len() as u64 > most {
            let extra = entries.get(1).map_or(at, |(key, _)| key.span);
            self.found.push(self.error("one-key-only", extra).help(Message::new("one-key-only-help")));
        }
        let least = schema.get("minProperties").and_then(Json::as_u64).unwrap_or(0);
        if (entries.len() as u64) < least {
            self.found.push(self.error("empty-map", at));
        }
    }

    fn unknown_key(&mut self, key: &Spanned<String>, properties: Option<&Map<String, Json>>, facts: bool) {
        let names: Vec<&str> = properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        let finding = self.error("unknown-key", key.span).with("key", key.as_str());
        let mut allowed = names.join(", ");
        if facts {
            allowed.push_str(", AREA.FACT");
        }
        let finding = finding.help(Message::new("one-of").with("allowed", allowed));
        self.found.push(finding.suggest(key, names));
    }

    fn range(&mut self, raw: &str, schema: &Json, span: Span) {
        let Ok(number) = raw.parse::<i64>() else { return };
        let bound = |name: &str| schema.get(name).and_then(Json::as_i64);
        let (low, high) = (bound("minimum"), bound("maximum"));
        if low.is_some_and(|low| number < low) || high.is_some_and(|high| number > high) {
            let shown = |bound: Option<i64>| bound.map_or_else(|| "…".to_owned(), |n| n.to_string());
            let finding = self.error("out-of-range", span).with("found", raw);
            self.found.push(finding.with("low", shown(low)).with("high", shown(high)));
        }
    }
}

/// Whether a text only says that it is still to be written.
fn is_todo(text: &str) -> bool {
    text.trim_start().strip_prefix("TODO").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn place(node: &Node, at: Span) -> Span {
    if node.scalar().is_some() { node.span } else { at }
}

fn types(schema: &Json) -> Vec<&str> {
    match schema.get("type") {
        Some(Json::String(one)) => vec![one],
        Some(Json::Array(many)) => many.iter().filter_map(Json::as_str).filter(|name| *name != "null").collect(),
        _ => Vec::new(),
    }
}

/// Whether a node can be read as a JSON type. A number is also text: `published: 2026` needs no quotes.
fn fits(node: &Node, wanted: &str) -> bool {
    match (&node.kind, wanted) {
        (Kind::Map(_), "object") | (Kind::List(_), "array") | (Kind::Text(_) | Kind::Plain(_), "string") => true,
        (Kind::Plain(raw), "integer" | "number") => raw.parse::<i64>().is_ok(),
        (Kind::Plain(raw), "boolean") => raw == "true" || raw == "false",
        _ => false,
    }
}

fn type_key(wanted: &str) -> &'static str {
    match wanted {
        "object" => "type.map",
        "array" => "type.list",
        // What we count is always whole.
        "integer" | "number" => "kind.number",
        "boolean" => "type.boolean",
        _ => "type.text",
    }
}

fn kind_key(node: &Node) -> &'static str {
    match &node.kind {
        Kind::Null => "type.nothing",
        Kind::Plain(raw) if raw.parse::<f64>().is_ok() => "type.number",
        Kind::Plain(_) => "type.boolean",
        Kind::Text(_) => "type.text",
        Kind::List(_) => "type.list",
        Kind::Map(_) => "type.map",
    }
}
