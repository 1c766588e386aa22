//! Drawing a view with a template from `templates/` or from the user's folder.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior};
use serde::Serialize;

use super::escape::Escape;
use super::terminal::wrap;
use super::{Format, Words, format};
use crate::catalog::{Catalog, safe_url};
use crate::model::spelled_out;

/// Steps a template may take: a runaway user template ends here, a full report takes a few per cent of it.
const FUEL: u64 = 50_000_000;

/// Draws `view` with the template `COMMAND.FORMAT.j2`. Besides the view's fields a template sees `t`, the
/// program's texts in the chosen language, `lang`, and `width`, the columns of a terminal.
pub fn render<V: Serialize>(
    catalog: &Catalog,
    words: &Words<'_>,
    width: usize,
    command: &str,
    name: &str,
    view: &V,
) -> anyhow::Result<String> {
    let template = format!("{command}.{name}.j2");
    if !catalog.templates.contains_key(&template) {
        let known = format::formats_of(catalog, command, true).join(", ");
        bail!("{}", words.fill("cli.unknown-format", &[("format", name), ("known", &known)]));
    }
    let mut environment = environment(catalog, &template)?;
    environment.add_global("t", Value::from(Serde(words.tree())));
    environment.add_global("lang", words.lang.code());
    environment.add_global("width", width);
    let drawn = environment.get_template(&template).and_then(|found| found.render(Value::from(Serde(view))));
    drawn.map_err(|error| anyhow::Error::msg(describe(&error))).with_context(|| format!("templates/{template}"))
}

/// A template's error with its line and the chain of reasons.
fn describe(error: &Error) -> String {
    let mut out = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        out.push_str(": ");
        out.push_str(&inner.to_string());
        source = inner.source();
    }
    out
}

fn environment<'a>(catalog: &'a Catalog, wanted: &str) -> anyhow::Result<Environment<'a>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let syntax = minijinja::syntax::SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    environment.set_syntax(syntax);
    environment.set_auto_escape_callback(auto_escape);
    environment.set_formatter(write_value);
    environment.add_filter("safe_url", |url: String| safe_url(&url).to_owned());
    environment.add_filter("wrap", |text: String, width: usize, indent: String| wrap(&text, width, &indent));
    environment.add_filter("anchor", |text: String| anchor(&text));
    for name in needed(catalog, wanted) {
        let template = &catalog.templates[name];
        environment
            .add_template(name, template.text.as_ref())
            .map_err(|error| anyhow::Error::msg(describe(&error)))
            .with_context(|| format!("templates/{name}"))?;
    }
    Ok(environment)
}

/// A template and those it takes pieces from: reading all takes longer than drawing one. A user's template may put a
/// name together, so beside one all are needed.
fn needed<'a>(catalog: &'a Catalog, wanted: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = vec![wanted];
    while let Some((name, template)) = open.pop().and_then(|name| catalog.templates.get_key_value(name)) {
        if template.from_user {
            return catalog.templates.keys().map(String::as_str).collect();
        }
        let named = |other: &&String| template.text.contains(&format!("\"{other}\""));
        let new = catalog.templates.keys().filter(named).map(String::as_str).filter(|other| !found.contains(other));
        open.extend(new);
        found.insert(name.as_str());
    }
    found
}

/// The escape rule follows from the format in the template's name.
fn auto_escape(template: &str) -> AutoEscape {
    let format = template.strip_suffix(".j2").and_then(|name| name.rsplit('.').next()).unwrap_or_default();
    match format {
        "html" => AutoEscape::Html,
        known if Escape::named(known).is_some() => AutoEscape::Custom(known.to_owned().into()),
        // A user's own format: plain, the template's author knows what it needs.
        _ => AutoEscape::None,
    }
}

fn write_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let rule = match state.auto_escape() {
        AutoEscape::Custom(name) => Escape::named(name),
        _ => None,
    };
    match rule {
        Some(rule) if !value.is_safe() && !value.is_undefined() => {
            out.write_str(&rule.apply(&value.to_string())).map_err(Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// An id for a heading: letters, digits and hyphens.
fn anchor(text: &str) -> String {
    let plain = spelled_out(text);
    let parts: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// Draws a view in a format that is not a terminal's.
pub fn draw<V: Serialize>(
    catalog: &Catalog,
    words: &Words<'_>,
    width: usize,
    command: &str,
    format: &Format,
    view: &V,
) -> anyhow::Result<String> {
    match format {
        Format::Json => Ok(serde_json::to_string_pretty(view)? + "\n"),
        Format::Terminal => render(catalog, words, width, command, "terminal", view),
        Format::Template(name) => render(catalog, words, width, command, name, view),
    }
}
