//! Findings as GitLab's Code Quality report, which shows them in a merge request.

use serde::Serialize;

use super::Context;
use super::resolved::{self, Finding};
use crate::diagnostic::{Diagnostic, Severity};

#[derive(Serialize)]
struct Violation {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// All findings.
pub fn render(context: Context<'_>, findings: &[Diagnostic]) -> anyhow::Result<String> {
    let violations: Vec<Violation> = resolved::all(context, findings).into_iter().map(violation).collect();
    Ok(serde_json::to_string_pretty(&violations)? + "\n")
}

fn violation(finding: Finding) -> Violation {
    Violation {
        description: finding.sentence(),
        check_name: finding.code,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location {
            path: finding.file().to_owned(),
            lines: Lines { begin: finding.place.as_ref().map_or(1, |place| place.line) },
        },
        fingerprint: finding.fingerprint,
    }
}
