//! The page of a check: what it finds, why that matters, and its two examples.

use serde::Serialize;

use super::common::Named;
use crate::catalog::Entry;
use crate::model::{LintLevel, LintPage, Spanned};
use crate::report::Words;

/// `explain CHECK`.
#[derive(Debug, Serialize)]
pub struct CheckPage {
    /// Shape and version of this document.
    pub schema: &'static str,
    /// Its name.
    pub id: String,
    /// How much a finding matters.
    pub level: Named,
    /// One sentence.
    pub summary: String,
    /// Why it matters and what to do.
    pub explanation: String,
    /// Files with the mistake; empty where text cannot show it.
    pub faulty: Vec<ExampleFile>,
    /// The same files without it.
    pub clean: Vec<ExampleFile>,
}

/// A file of an example.
#[derive(Debug, Serialize)]
pub struct ExampleFile {
    /// Its path within a data folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Arranges the page of a check.
pub fn view(words: &Words<'_>, page: &Entry<LintPage>) -> CheckPage {
    let level = match page.value.level {
        LintLevel::Error => "error",
        LintLevel::Warning => "warning",
        LintLevel::Note => "note",
    };
    let file = |(path, text): (&Spanned<String>, &String)| ExampleFile { path: path.value.clone(), text: text.clone() };
    CheckPage {
        schema: "messwerk.check-page/1",
        id: page.id.clone(),
        level: Named { id: level.to_owned(), label: words.named("check", &format!("level-{level}")) },
        summary: words.text(&page.value.summary).to_owned(),
        explanation: words.text(&page.value.explanation).to_owned(),
        faulty: page.value.faulty.iter().map(file).collect(),
        clean: page.value.clean.iter().map(file).collect(),
    }
}
