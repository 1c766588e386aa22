//! The program's words in the user's language: texts, dates, citations, lists, values.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Concrete, FactId, Phrases};
use crate::diagnostic::{Arg, Message};
use crate::model::{Date, Fact, Lang, Law, Text, Value};

/// Looks words up in one language.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    texts: &'a Phrases,
    /// The language.
    pub lang: Lang,
}

impl<'a> Words<'a> {
    /// The words of a catalogue in a language.
    pub fn new(catalog: &'a Catalog, lang: Lang) -> Self {
        Self { texts: &catalog.texts, lang }
    }

    /// The text of a key. A missing text shows as its key; a test makes sure that none is missing.
    pub fn get<'k: 'a>(&self, key: &'k str) -> &'a str {
        self.texts.get(key).map_or(key, |text| text.get(self.lang))
    }

    /// The text of a key, if there is one.
    pub fn find(&self, key: &str) -> Option<String> {
        self.texts.get(key).map(|text| text.get(self.lang).to_owned())
    }

    /// The text of a key that is put together at run time.
    pub fn named(&self, group: &str, name: &str) -> String {
        let key = format!("{group}.{name}");
        self.texts.get(&key).map_or(key, |text| text.get(self.lang).to_owned())
    }

    /// The text of a key with its `{gaps}` filled.
    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let text = self.texts.get(key).map_or(key, |text| text.get(self.lang));
        fill(text, gaps)
    }

    /// A message of a finding.
    pub fn message(&self, message: &Message) -> String {
        let args: Vec<(&str, String)> = message
            .args
            .iter()
            .map(|(name, arg)| match arg {
                Arg::Verbatim(text) => (*name, text.clone()),
                Arg::Key(key) => (*name, self.named("check", key)),
                Arg::Text { de, en } => (*name, if self.lang == Lang::De { de.clone() } else { en.clone() }),
            })
            .collect();
        let gaps: Vec<(&str, &str)> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
        self.fill(&format!("check.{}", message.key), &gaps)
    }

    /// All texts as a tree by the dots of their keys, for templates: `t.verdict.suitable`.
    pub fn tree(&self) -> BTreeMap<&'a str, serde_json::Value> {
        let mut tree = BTreeMap::new();
        for (key, text) in self.texts.iter() {
            let Some((group, name)) = key.split_once('.') else {
                continue;
            };
            let group = tree.entry(group).or_insert_with(|| serde_json::Value::Object(serde_json::Map::new()));
            if let Some(group) = group.as_object_mut() {
                // Templates write `t.outcome.not_met`; a hyphen would be a minus there.
                group.insert(name.replace(['-', '.'], "_"), text.get(self.lang).into());
            }
        }
        tree
    }

    /// A text of the data.
    pub fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.lang)
    }

    /// `22.11.2026`, `11/2026`, `2026` in German; `22 November 2026`, `November 2026`, `2026` in English.
    pub fn date(&self, date: Date) -> String {
        let Date { year, month, day } = date;
        match (self.lang, month, day) {
            (_, 0, _) => year.to_string(),
            (Lang::De, _, 0) => format!("{month:02}/{year}"),
            (Lang::De, _, _) => format!("{day:02}.{month:02}.{year}"),
            (Lang::En, _, 0) => format!("{} {year}", month_name(month)),
            (Lang::En, _, _) => format!("{day} {} {year}", month_name(month)),
        }
    }

    /// A reference to law.
    pub fn law(&self, law: &Law) -> String {
        match self.lang {
            Lang::De => law.german(),
            Lang::En => law.english(),
        }
    }

    /// `a, b und c`.
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        match items.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.get("word.and")),
        }
    }

    /// A possible value of a fact.
    pub fn concrete(&self, catalog: &Catalog, id: FactId, value: Concrete) -> String {
        let def = &catalog.facts.get(id).def;
        let label = |index: usize| def.values.get_index(index).map(|(_, label)| self.text(label).to_owned());
        match value {
            Concrete::Word(index) => label(usize::from(index)).unwrap_or_default(),
            Concrete::Set(bits) => {
                let set: Vec<String> = (0..32).filter(|bit| bits & (1 << bit) != 0).filter_map(label).collect();
                set.join(", ")
            }
            Concrete::Number(number) => self.number(number, def.unit.as_ref()),
            Concrete::Country(code) => match String::from_utf8_lossy(&code).as_ref() {
                "ZZ" => self.get("value.other-country").to_owned(),
                code => code.to_owned(),
            },
            Concrete::Text => self.get("value.stated").to_owned(),
            Concrete::NoText => self.get("value.none").to_owned(),
            Concrete::NotApplicable => self.get("value.not_applicable").to_owned(),
        }
    }

    fn number(&self, number: i64, unit: Option<&Text>) -> String {
        match unit {
            Some(unit) => format!("{number} {}", self.text(unit)),
            None => number.to_string(),
        }
    }

    /// What a profile states about a fact, as a person reads it.
    pub fn stated(&self, catalog: &Catalog, id: FactId, fact: &Fact) -> String {
        match &fact.value.value {
            Value::Disputed => {
                let candidates: Vec<String> =
                    fact.candidates.iter().map(|value| self.value(catalog, id, &value.value)).collect();
                format!("{}: {}", self.get("value.disputed"), candidates.join(" / "))
            }
            value => self.value(catalog, id, value),
        }
    }

    /// A value as written in a file.
    pub fn value(&self, catalog: &Catalog, id: FactId, value: &Value) -> String {
        let def = &catalog.facts.get(id).def;
        let label =
            |word: &str| def.values.get(word).map_or_else(|| word.to_owned(), |text| self.text(text).to_owned());
        match value {
            Value::Unknown => self.get("value.unknown").to_owned(),
            Value::Disputed => self.get("value.disputed").to_owned(),
            Value::NotApplicable => self.get("value.not_applicable").to_owned(),
            Value::Word(word) => label(word),
            Value::Set(words) => words.iter().map(|word| label(word)).collect::<Vec<_>>().join(", "),
            Value::Number(number) => self.number(*number, def.unit.as_ref()),
            Value::Text(text) => self.text(text).to_owned(),
        }
    }
}

/// Fills `{name}` gaps; anything else in braces stays.
pub fn fill(text: &str, gaps: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let gap = rest.find('}').and_then(|close| {
            let (_, value) = gaps.iter().find(|(name, _)| *name == &rest[1..close])?;
            Some((close, *value))
        });
        match gap {
            Some((close, value)) => {
                out.push_str(value);
                rest = &rest[close + 1..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn gaps_are_filled_once_and_braces_survive() {
        assert_eq!(fill("{a} und {b}, {c}", &[("a", "{b}"), ("b", "2")]), "{b} und 2, {c}");
        assert_eq!(fill("{", &[]), "{");
    }
}
