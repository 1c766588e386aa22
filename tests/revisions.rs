//! `check` on what changed: revisions of git, ids that moved, exceptions, and what makes a run fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

use serde_json::Value as Json;
use support::{Folder, Run, profile, run};

const TODAY: &str = "2026-11-22";

/// A data folder under version control.
struct Repository(Folder);

impl Repository {
    fn new(files: &[(&str, String)]) -> Self {
        let repository = Self(Folder::new());
        for (path, text) in files {
            repository.0.write(path, text);
        }
        repository.git(&["init", "--quiet"]);
        repository.commit();
        repository
    }

    fn git(&self, args: &[&str]) {
        let who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"];
        let status = Command::new("git").arg("-C").arg(self.0.path()).args(who).args(args).status().unwrap();
        assert!(status.success(), "git {args:?}");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "state"]);
    }

    fn check(&self, args: &[&str]) -> Run {
        let folder = self.0.path().to_str().unwrap();
        run(["check", folder, "--today", TODAY, "--lang", "en"].iter().chain(args))
    }

    /// Codes and files of the findings.
    fn found(&self, args: &[&str]) -> Vec<String> {
        let run = self.check(&[args, &["--format", "json"]].concat());
        let findings: Json = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.all()));
        let name = |own: &Json| {
            let file = own["file"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            format!("{} {file}", own["code"].as_str().unwrap())
        };
        findings["findings"].as_array().unwrap().iter().map(name).collect()
    }
}

fn wrong() -> String {
    profile(&[("encryption.groups", "value: defalt")])
}

fn right() -> String {
    profile(&[("encryption.groups", "value: default")])
}

#[test]
fn since_a_revision_only_what_changed_is_reported() {
    let repository = Repository::new(&[("messengers/old.yaml", wrong()), ("messengers/changed.yaml", right())]);
    assert_eq!(repository.found(&[]), ["unknown-value old.yaml"]);
    repository.check(&["--since", "HEAD"]).ended_with(0);
    repository.0.write("messengers/changed.yaml", wrong());
    repository.0.write("messengers/new.yaml", wrong());
    assert_eq!(repository.found(&["--since", "HEAD"]), ["unknown-value changed.yaml", "unknown-value new.yaml"]);
    repository.commit();
    repository.check(&["--since", "HEAD"]).ended_with(0);
    assert_eq!(repository.found(&["--since", "HEAD~1"]).len(), 2);
}

#[test]
fn a_change_of_what_others_are_judged_by_concerns_them_all() {
    let contradiction = "none-groups:\n  when: {encryption.groups: {is: none}}\n  because: {de: x, en: y}\n";
    let repository = Repository::new(&[("messengers/a.yaml", profile(&[("encryption.groups", "value: none")]))]);
    repository.check(&["--since", "HEAD"]).ended_with(0);
    repository.0.write("criteria/contradictions.yaml", contradiction);
    assert_eq!(repository.found(&["--since", "HEAD"]), ["contradictory-facts a.yaml"]);
}

#[test]
fn a_revision_that_is_none_is_an_error_of_usage_and_never_an_option() {
    let repository = Repository::new(&[("messengers/a.yaml", right())]);
    repository.check(&["--since", "nowhere"]).ended_with(2);
    repository.check(&["--since=--output=x"]).ended_with(2);
    assert!(!repository.0.join("x").exists());
}

#[test]
fn an_id_that_went_away_needs_a_redirect() {
    let repository = Repository::new(&[("messengers/before.yaml", right()), ("messengers/stays.yaml", right())]);
    repository.git(&["mv", "messengers/before.yaml", "messengers/after.yaml"]);
    let run = repository.check(&["--since", "HEAD"]);
    run.ended_with(1).says("[moved-without-redirect]").says("messenger \"before\"").says("`before: NEW-ID`");
    repository.0.write("criteria/redirects.yaml", "messengers: {before: after}\n");
    repository.check(&["--since", "HEAD"]).ended_with(0);
    repository.0.write("criteria/redirects.yaml", "messengers: {before: nowhere, stays: after}\n");
    assert_eq!(repository.found(&[]), ["bad-redirect redirects.yaml", "bad-redirect redirects.yaml"]);
}

#[test]
fn a_redirected_id_still_leads_to_its_messenger() {
    let folder = Folder::with([
        ("messengers/after.yaml", right().as_str()),
        ("criteria/redirects.yaml", "messengers: {before: between, between: after}\n"),
    ]);
    let data = folder.path().to_str().unwrap();
    let run = run(["facts", "before", "--data", data, "--lang", "en"]);
    run.ended_with(0).says("\"before\" is now called \"after\"").says("Probe");
}

#[test]
fn an_organisation_s_file_may_still_name_what_is_called_something_else_by_now() {
    let folder = Folder::with([
        (
            "criteria/redirects.yaml",
            "facts: {org.contract: org.dpa_signed}\ncriteria: {contacts: address-book-stays-on-device}\n",
        ),
        ("org.yaml", "has: {org.contract: no}\nweights: {contacts: 0}\n"),
        ("new.yaml", "has: {org.dpa_signed: no}\nweights: {address-book-stays-on-device: 0}\n"),
    ]);
    let compare = |file: &str| {
        let (data, file) = (folder.path().to_str().unwrap().to_owned(), folder.join(file));
        let args = ["compare", "-u", "school", "-f", "json", "--lang", "en", "--today", "2026-11-22", "--data", &data];
        run([&args[..], &["--organisation", file.to_str().unwrap()]].concat())
    };
    let old = compare("org.yaml");
    old.ended_with(0).says("is now called \"org.dpa_signed\"").says("\"contacts\" is now called");
    assert_eq!(old.out, compare("new.yaml").out);
}

#[test]
fn redirects_in_a_circle_end() {
    let folder = Folder::with([("criteria/redirects.yaml", "messengers: {a: b, b: a}\n")]);
    run(["facts", "a", "--data", folder.path().to_str().unwrap()]).ended_with(2);
}

#[test]
fn what_makes_a_run_fail_is_chosen_and_no_matter_of_format() {
    // A service without any test of its own: one warning and no error.
    let text = right()
        + "sources:\n  idle: {title: x, publisher: x, url: 'https://example.org', kind: press, seen: 2026-01-01}\n";
    let repository = Repository::new(&[("messengers/a.yaml", text)]);
    for format in ["human", "concise", "json", "github", "gitlab", "sarif", "junit"] {
        for (level, code) in [("note", 1), ("warning", 1), ("error", 0), ("never", 0)] {
            repository.check(&["--format", format, "--fail-on", level]).ended_with(code);
        }
    }
    assert_eq!(repository.found(&[]), ["unused-source a.yaml"]);
    assert_eq!(repository.found(&["--level", "error", "--fail-on", "error"]), [""; 0]);
    // What makes it fail is shown, whatever else is hidden.
    assert_eq!(repository.found(&["--level", "error"]), ["unused-source a.yaml"]);
}

#[test]
fn only_the_checks_asked_for_are_reported() {
    let repository = Repository::new(&[("messengers/a.yaml", wrong() + "history: []\ndrops: [nothing]\n")]);
    assert_eq!(repository.found(&[]).len(), 2);
    assert_eq!(repository.found(&["--only", "unknown-value"]), ["unknown-value a.yaml"]);
    assert_eq!(repository.found(&["--only", "unknown-value,unknown-reference"]).len(), 2);
    let run = repository.check(&["--only", "unknown-valu"]);
    run.ended_with(2).says("unknown-value");
}

#[test]
fn an_exception_holds_until_its_last_day() {
    let waiver = "waivers:\n  - {lint: measure-without-source, file: messengers/a.yaml, about: m, reason: x, until: 2026-11-22}\n";
    let measure = "measures:\n  m:\n    title: {de: x, en: y}\n    how: {de: x, en: y}\n    effort: low\n    \
                   sets: {encryption.groups: partly}\n";
    let repository =
        Repository::new(&[("messengers/a.yaml", right() + measure), ("criteria/waivers.yaml", waiver.to_owned())]);
    repository.check(&[]).ended_with(0).says("knowingly left standing: 1");
    let later = run(["check", repository.0.path().to_str().unwrap(), "--today", "2026-11-23", "--lang", "en"]);
    later.ended_with(1).says("[measure-without-source]").says("[waiver-expired]");
}

#[test]
fn a_file_that_cannot_be_read_cannot_be_waived() {
    let waiver = "waivers:\n  - {lint: yaml-syntax, file: messengers/a.yaml, reason: x, until: 2030-01-01}\n";
    let repository =
        Repository::new(&[("messengers/a.yaml", "name: [\n".to_owned()), ("criteria/waivers.yaml", waiver.to_owned())]);
    assert!(repository.found(&[]).contains(&"yaml-syntax a.yaml".to_owned()));
}
