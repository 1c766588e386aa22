//! A finding about a file: what is wrong, where, and what to write instead.
//!
//! Only data. The words stand in `templates/texts.yaml`; how a finding is drawn is the business of
//! `report::findings`.

use crate::source::{SourceId, Span};

/// How much a finding matters; the greater, the more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// The data can be used, but something should be put right.
    Warning,
    /// The data cannot be used as they are.
    Error,
}

impl Severity {
    /// The name in machine-readable output.
    pub fn id(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A text to be looked up in the user's language: a key of `templates/texts.yaml` and what fills its `{gaps}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Key of the text, without the leading `check.`.
    pub key: &'static str,
    /// Pairs of gap name and what fills it.
    pub args: Vec<(&'static str, Arg)>,
}

/// What fills a gap of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A name, number or piece of the file, the same in every language.
    Verbatim(String),
    /// Another text to be looked up.
    Key(&'static str),
    /// A text of the data, in each language.
    Text {
        /// German.
        de: String,
        /// English.
        en: String,
    },
}

impl Message {
    /// A text without gaps.
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Fills one gap with a name, number or piece of the file.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Arg::Verbatim(value.into())));
        self
    }

    /// Fills one gap with another text of the same table.
    #[must_use]
    pub fn with_key(mut self, name: &'static str, key: &'static str) -> Self {
        self.args.push((name, Arg::Key(key)));
        self
    }

    /// Fills one gap with a text of the data.
    #[must_use]
    pub fn with_both(mut self, name: &'static str, de: &str, en: &str) -> Self {
        self.args.push((name, Arg::Text { de: de.to_owned(), en: en.to_owned() }));
        self
    }
}

/// A place in a file and, if it needs one, a remark on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub source: SourceId,
    /// The bytes in question.
    pub span: Span,
    /// What is to be said about this place.
    pub text: Option<Message>,
}

/// One finding. The first label is the place the finding is reported at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable kebab-case name of the kind of finding; also the key of its message.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub message: Message,
    /// Places; empty only when a file could not be read at all.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<Message>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, source: SourceId, span: Span) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: Message::new(code),
            labels: vec![Label { source, span, text: None }],
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, source: SourceId, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, source, span) }
    }

    /// A note at a place.
    pub fn note(code: &'static str, source: SourceId, span: Span) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, source, span) }
    }

    /// Fills a gap of the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// Fills a gap of the message with another text.
    #[must_use]
    pub fn with_key(mut self, name: &'static str, key: &'static str) -> Self {
        self.message = self.message.with_key(name, key);
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds a second place that explains the first.
    #[must_use]
    pub fn also(mut self, source: SourceId, span: Span, text: Message) -> Self {
        self.labels.push(Label { source, span, text: Some(text) });
        self
    }

    /// Adds "did you mean …" when one of the candidates is close to what was written.
    #[must_use]
    pub fn suggest<'a>(self, found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(found, candidates) {
            Some(near) => self.help(Message::new("did-you-mean").with("name", near)),
            None => self,
        }
    }
}

/// The candidate that is most like `found`, if any is alike enough to be worth naming.
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // 0.8 keeps one typo in a short word and refuses unrelated words; ties go to the first candidate.
    const ALIKE: f64 = 0.8;
    let mut best: Option<(&str, f64)> = None;
    for candidate in candidates {
        let score = strsim::jaro_winkler(found, candidate);
        if score >= ALIKE && best.is_none_or(|(_, top)| score > top) {
            best = Some((candidate, score));
        }
    }
    best.map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_a_typo_and_refuses_strangers() {
        let keys = ["encryption.groups", "encryption.calls", "backup.cloud"];
        assert_eq!(nearest("encyption.groups", keys), Some("encryption.groups"));
        assert_eq!(nearest("zzz", keys), None);
    }

    #[test]
    fn what_matters_more_is_greater() {
        assert!(Severity::Note < Severity::Warning && Severity::Warning < Severity::Error);
        assert_eq!(Diagnostic::note("empty-file", SourceId(0), Span::default()).severity.id(), "note");
    }
}
