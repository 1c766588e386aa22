//! The program's own texts: those that come with it, and a user's over them.

use anyhow::Context as _;

use crate::document::Texts;
use crate::embedded;
use crate::model::{Lang, Text};

/// One text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase<'a> {
    /// German.
    pub de: &'a str,
    /// English.
    pub en: &'a str,
}

impl<'a> Phrase<'a> {
    /// The text in one language.
    pub fn get(self, lang: Lang) -> &'a str {
        match lang {
            Lang::De => self.de,
            Lang::En => self.en,
        }
    }

    /// The same as a text of the data.
    pub fn to_text(self) -> Text {
        Text { de: self.de.to_owned(), en: self.en.to_owned() }
    }
}

/// All texts by their keys.
#[derive(Debug, Default)]
pub struct Phrases {
    /// Sorted by key; they stay where they are in the program, since every start needs a few of them only.
    shipped: Vec<(&'static str, &'static str, &'static str)>,
    own: Texts,
}

impl Phrases {
    /// The texts that come with the program.
    pub(super) fn shipped() -> anyhow::Result<Self> {
        let shipped = postcard::from_bytes(embedded::TEXTS).context("the embedded texts are damaged")?;
        Ok(Self { shipped, own: Texts::default() })
    }

    /// Lays a user's texts over those that are there.
    pub(super) fn overlay(&mut self, texts: Texts) {
        self.own.extend(texts);
    }

    /// The text of a key.
    pub fn get(&self, key: &str) -> Option<Phrase<'_>> {
        if let Some(Text { de, en }) = self.own.get(key) {
            return Some(Phrase { de, en });
        }
        let at = self.shipped.binary_search_by(|(own, ..)| (*own).cmp(key)).ok()?;
        let (_, de, en) = self.shipped[at];
        Some(Phrase { de, en })
    }

    /// All texts with their keys; a user's own after those that come with the program.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Phrase<'_>)> {
        let shipped = self.shipped.iter().map(|(key, de, en)| (*key, Phrase { de, en }));
        shipped.chain(self.own.iter().map(|(key, Text { de, en })| (key.as_str(), Phrase { de, en })))
    }
}
