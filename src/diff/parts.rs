//! What changed within a document, part by part, in a form that any language can be read from.

use std::collections::BTreeMap;
use std::hash::Hash;

use indexmap::IndexMap;

use crate::model::{Date, Law, Spanned, Text, Value};

use super::Sides;

/// Whether something came, went or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another id.
    Renamed,
    /// It is different.
    Changed,
}

impl What {
    /// By what there is on either side.
    pub fn of(old: bool, new: bool) -> Self {
        match (old, new) {
            (false, _) => Self::Added,
            (true, false) => Self::Removed,
            (true, true) => Self::Changed,
        }
    }
}

/// Something to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A text of the data.
    Text(Text),
    /// An id, an address, a quotation: the same in every language.
    Word(String),
    /// A day.
    Date(Date),
    /// A number.
    Number(i64),
    /// References to law.
    Laws(Vec<Law>),
    /// A word of the program: group and name.
    Key(&'static str, &'static str),
    /// A fact, by its key.
    Fact(String),
    /// A value of a fact, by its key.
    Value(String, Value),
}

/// One part of a document that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which part: the name of its text in the group `diff-part`.
    pub name: &'static str,
    /// Which of several, such as the goal of an emphasis.
    pub item: Option<Shown>,
    /// Whether it came, went or changed.
    pub what: What,
    /// Before; `None` if there was nothing, or it is too much to show.
    pub old: Option<Shown>,
    /// After, likewise.
    pub new: Option<Shown>,
}

/// Something with an id within a document: a measure, a requirement, a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its title before and after, where it has one.
    pub title: Sides<Option<Text>>,
    /// Whether it came, went or changed.
    pub what: What,
    /// What changed within it.
    pub parts: Vec<Part>,
}

/// What changed within a document: its parts, and the things with an id in it.
pub type Within = (Vec<Part>, Vec<Item>);

/// Collects the parts that differ.
#[derive(Debug, Default)]
pub struct Parts(pub Vec<Part>);

impl Parts {
    /// A part that can be shown, if it differs.
    pub fn shown(&mut self, name: &'static str, old: Option<Shown>, new: Option<Shown>) {
        self.item(name, None, old, new);
    }

    /// One of several, if it differs.
    pub fn item(&mut self, name: &'static str, item: Option<Shown>, old: Option<Shown>, new: Option<Shown>) {
        if old != new {
            self.0.push(Part { name, item, what: What::of(old.is_some(), new.is_some()), old, new });
        }
    }

    /// A text, if it differs.
    pub fn text(&mut self, name: &'static str, old: &Text, new: &Text) {
        self.texts(name, Some(old), Some(new));
    }

    /// A text that may be missing, if it differs.
    pub fn texts(&mut self, name: &'static str, old: Option<&Text>, new: Option<&Text>) {
        self.shown(name, old.cloned().map(Shown::Text), new.cloned().map(Shown::Text));
    }

    /// A part that is named only, if it differs.
    pub fn whole<T: PartialEq>(&mut self, name: &'static str, old: &T, new: &T) {
        if old != new {
            self.0.push(Part { name, item: None, what: What::Changed, old: None, new: None });
        }
    }

    /// A list of names whose order says nothing.
    pub fn names(&mut self, name: &'static str, old: &[Spanned<String>], new: &[Spanned<String>]) {
        self.shown(name, joined(old), joined(new));
    }

    /// References to law whose order says nothing.
    pub fn laws(&mut self, name: &'static str, old: &[Spanned<Law>], new: &[Spanned<Law>]) {
        self.shown(name, laws(old), laws(new));
    }

    /// A map whose entries can be shown.
    pub fn map<K: Ord, V>(
        &mut self,
        name: &'static str,
        old: &BTreeMap<K, V>,
        new: &BTreeMap<K, V>,
        item: impl Fn(&K) -> Shown,
        shown: impl Fn(&K, &V) -> Shown,
    ) {
        for key in all_keys(old, new) {
            let side = |map: &BTreeMap<K, V>| map.get(key).map(|value| shown(key, value));
            self.item(name, Some(item(key)), side(old), side(new));
        }
    }
}

/// The keys of both maps.
pub fn all_keys<'a, K: Ord, V>(old: &'a BTreeMap<K, V>, new: &'a BTreeMap<K, V>) -> Vec<&'a K> {
    let mut keys: Vec<&K> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The keys of both maps, in the order of the new one.
pub fn all_in_order<'a, K: Eq + Hash, V>(old: &'a IndexMap<K, V>, new: &'a IndexMap<K, V>) -> Vec<&'a K> {
    new.keys().chain(old.keys().filter(|key| !new.contains_key(*key))).collect()
}

/// Things of two lists that share an id.
pub fn by_id<'a, T>(old: &'a [T], new: &'a [T], id: impl Fn(&T) -> &str) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let before = |own: &T| old.iter().find(|other| id(other) == id(own));
    let kept = new.iter().map(|own| (before(own), Some(own)));
    let gone = old.iter().filter(|own| !new.iter().any(|other| id(other) == id(own)));
    kept.chain(gone.map(|own| (Some(own), None))).collect()
}

/// Names as one word, sorted; `None` if there are none.
pub fn joined(names: &[Spanned<String>]) -> Option<Shown> {
    let mut names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then(|| Shown::Word(names.join(", ")))
}

fn laws(all: &[Spanned<Law>]) -> Option<Shown> {
    let mut all: Vec<Law> = all.iter().map(|law| law.value.clone()).collect();
    all.sort();
    all.dedup();
    (!all.is_empty()).then_some(Shown::Laws(all))
}

/// Whether two values say the same: the order of the words of a set says nothing.
pub fn same_value(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Set(one), Value::Set(other)) => {
            let sorted = |words: &[Spanned<String>]| {
                let mut words: Vec<String> = words.iter().map(|word| word.value.clone()).collect();
                words.sort_unstable();
                words.dedup();
                words
            };
            sorted(one) == sorted(other)
        }
        _ => old == new,
    }
}
