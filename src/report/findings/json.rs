//! Findings as one JSON document, `messwerk.check/1`.

use serde::Serialize;

use super::Context;
use crate::diagnostic::{Diagnostic, Label, Severity};

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    files: usize,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: Option<String>,
    #[serde(flatten)]
    place: Option<Place>,
    related: Vec<Place>,
}

/// Lines and columns start at 1; columns count characters; the end is exclusive.
#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

/// All findings.
pub fn render(context: Context<'_>, findings: &[Diagnostic], files: usize) -> anyhow::Result<String> {
    let document = Document {
        schema: "messwerk.check/1",
        version: env!("CARGO_PKG_VERSION"),
        files,
        findings: findings.iter().map(|own| finding(context, own)).collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn finding(context: Context<'_>, finding: &Diagnostic) -> Finding {
    let mut places = finding.labels.iter().map(|label| place(context, label));
    Finding {
        code: finding.code,
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        message: context.words.message(&finding.message),
        help: finding.help.as_ref().map(|help| context.words.message(help)),
        place: places.next(),
        related: places.collect(),
    }
}

fn place(context: Context<'_>, label: &Label) -> Place {
    let source = context.catalog.sources.get(label.source);
    let (start, end) = (source.position(label.span.start), source.position(label.span.end));
    Place {
        file: source.path.to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: label.text.as_ref().map(|text| context.words.message(text)),
    }
}
