//! Every check has a page, and the page's examples behave as it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use messwerk::catalog::load;
use messwerk::diagnostic::{Diagnostic, Severity};
use messwerk::lints::{self, LINTS, Subject};
use messwerk::model::{Date, LintLevel, LintPage, Spanned};
use support::{Folder, root, shipped, shown};

/// What text in a data folder cannot show: bytes, permissions, the past, other commands, files outside of it.
/// `tests/hostile.rs`, `tests/online.rs`, `tests/revisions.rs`, `tests/fmt.rs`
/// and `tests/gate.rs` show them.
const WITHOUT_EXAMPLE: [&str; 13] = [
    "file-too-large",
    "fmt-failed",
    "measures-exclude",
    "measures-not-permitted",
    "moved-id",
    "moved-without-redirect",
    "named-twice",
    "not-a-file",
    "not-utf8",
    "source-unreachable",
    "unreadable",
    "use-case-twice",
    "yaml-directive",
];

fn severity(level: LintLevel) -> Severity {
    match level {
        LintLevel::Error => Severity::Error,
        LintLevel::Warning => Severity::Warning,
        LintLevel::Note => Severity::Note,
    }
}

/// What `check` would say about these files.
fn findings<'a>(page: &LintPage, files: impl Iterator<Item = (&'a Spanned<String>, &'a String)>) -> Vec<Diagnostic> {
    let folder = Folder::new();
    for (path, text) in files {
        folder.write(path, text);
    }
    let loaded = load(&[folder.path().to_path_buf()]).unwrap();
    let today = page.today.as_ref().map_or(Date { year: 2026, month: 11, day: 22 }, |day| day.value);
    let subject = Subject::of(&loaded.catalog, today, loaded.read.iter().copied());
    let mut found = loaded.findings;
    found.extend(lints::run(&subject));
    let known = |name: &str| loaded.catalog.lint_pages.iter().any(|page| page.id == name);
    lints::waive(&subject, &known, true, &mut found);
    assert!(found.iter().all(|finding| finding.labels.len() < 50));
    if !found.is_empty() {
        // Every finding can be shown.
        let _ = shown(&loaded.catalog, &found);
    }
    found
}

#[test]
fn each_faulty_example_shows_its_check_and_each_clean_one_is_clean() {
    let mut wrong = Vec::new();
    for page in &shipped().lint_pages {
        let (id, page) = (page.id.as_str(), &*page.value);
        if WITHOUT_EXAMPLE.contains(&id) {
            assert!(page.faulty.is_empty() && page.clean.is_empty(), "{id} has examples after all");
            continue;
        }
        let faulty = findings(page, page.faulty.iter());
        match faulty.iter().find(|finding| finding.code == id) {
            None => wrong.push(format!("{id}: the faulty example does not show it: {faulty:?}")),
            Some(finding) if finding.severity != severity(page.level) => {
                wrong.push(format!("{id}: the page says {:?}, the check {:?}", page.level, finding.severity));
            }
            Some(_) => {}
        }
        let unclean = |finding: &&Diagnostic| finding.code == id || finding.severity > Severity::Note;
        let clean = findings(page, page.clean.iter());
        wrong.extend(clean.iter().find(unclean).map(|finding| format!("{id}: the clean example: {finding:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The codes that the sources name where a finding is made.
fn codes() -> BTreeSet<String> {
    let mut codes: BTreeSet<String> = LINTS.iter().map(|lint| lint.name.to_owned()).collect();
    for path in support::files_below(&root().join("src"), ".rs") {
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for start in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note(", "self.error("] {
            for (at, _) in code.match_indices(start) {
                let rest = code[at + start.len()..].trim_start();
                if let Some((name, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                    codes.insert(name.to_owned());
                }
            }
        }
    }
    assert!(codes.len() > 60, "the sources are not read as they should be");
    codes
}

#[test]
fn every_check_has_a_page() {
    let pages: BTreeSet<String> = shipped().lint_pages.iter().map(|page| page.id.clone()).collect();
    let without: Vec<String> = codes().difference(&pages).cloned().collect();
    assert!(without.is_empty(), "no page in templates/lints: {without:?}");
}

#[test]
fn checks_and_pages_agree_about_the_level() {
    for lint in LINTS {
        let page = shipped().lint_pages.iter().find(|page| page.id == lint.name).unwrap();
        assert_eq!(severity(page.value.level), lint.level, "{}", lint.name);
    }
}

#[test]
fn the_checks_are_listed_in_order_each_once() {
    let names: Vec<&str> = LINTS.iter().map(|lint| lint.name).collect();
    let sorted: BTreeSet<&str> = names.iter().copied().collect();
    assert!(names.iter().copied().eq(sorted), "{names:?}");
}
