//! Findings as one JSON document, `messwerk.check/1`.

use serde::Serialize;

use super::Context;
use super::resolved::{self, Finding};
use crate::diagnostic::Diagnostic;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    files: usize,
    findings: Vec<Finding>,
}

/// All findings.
pub fn render(context: Context<'_>, findings: &[Diagnostic]) -> anyhow::Result<String> {
    let document = Document {
        schema: "messwerk.check/1",
        version: env!("CARGO_PKG_VERSION"),
        files: context.checked.len(),
        findings: resolved::all(context, findings),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
