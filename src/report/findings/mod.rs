//! Findings about files, drawn for people and for machines. One file per format, one line in [`render`].

mod human;
mod json;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;

use super::Words;

/// How findings are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingFormat {
    /// With the lines in question.
    Text,
    /// One JSON document.
    Json,
}

/// What the drawing needs besides the findings.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// For the files' texts.
    pub catalog: &'a Catalog,
    /// For the words.
    pub words: &'a Words<'a>,
    /// Whether colours may be used.
    pub colour: bool,
    /// Columns available.
    pub width: usize,
}

/// Draws findings. `files` is how many files were checked.
pub fn render(
    context: Context<'_>,
    format: FindingFormat,
    findings: &[Diagnostic],
    files: usize,
) -> anyhow::Result<String> {
    match format {
        FindingFormat::Text => Ok(human::render(context, findings, files)),
        FindingFormat::Json => json::render(context, findings, files),
    }
}
