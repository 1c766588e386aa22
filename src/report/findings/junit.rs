//! Findings as JUnit XML, which nearly every CI service shows as tests: a file is a test suite, a finding a failed
//! case. A file without findings is one passed case, so that a clean run is not an empty report.

use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::Context;
use super::resolved::{self, Finding};
use crate::diagnostic::Diagnostic;

const NAME: &str = concat!(env!("CARGO_PKG_NAME"), " check");

/// All findings and all files that were checked.
pub fn render(context: Context<'_>, findings: &[Diagnostic]) -> anyhow::Result<String> {
    let findings = resolved::all(context, findings);
    let paths = context.checked.iter().map(|source| context.catalog.sources.get(*source).path.as_ref());
    let mut files: IndexMap<&str, Vec<&Finding>> = paths.map(|path| (path, Vec::new())).collect();
    for finding in &findings {
        files.entry(finding.file()).or_default().push(finding);
    }
    let mut report = Report::new(NAME);
    for (path, findings) in files {
        report.add_test_suite(suite(path, &findings));
    }
    Ok(report.to_string()?)
}

fn suite(path: &str, findings: &[&Finding]) -> TestSuite {
    let mut suite = TestSuite::new(path);
    if findings.is_empty() {
        suite.add_test_case(case(path, NAME, TestCaseStatus::success()));
    }
    for finding in findings {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(finding.code).set_message(finding.sentence()).set_description(description(finding));
        let place = finding.place.as_ref();
        let name = place.map_or_else(String::new, |place| format!("{}:{} ", place.line, place.column)) + finding.code;
        let mut case = case(path, &name, status);
        if let Some(place) = place {
            case.extra.insert("line".into(), place.line.to_string().into());
        }
        suite.add_test_case(case);
    }
    suite
}

fn case(path: &str, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(path);
    case.extra.insert("file".into(), path.into());
    case
}

/// What a service shows when a case is opened.
fn description(finding: &Finding) -> String {
    let mut lines = vec![finding.line()];
    lines.extend(finding.help.clone());
    for place in &finding.related {
        lines.push(format!("{}: {}", place.short(), place.label.as_deref().unwrap_or_default()));
    }
    lines.join("\n")
}
