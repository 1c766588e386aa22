//! Much of everything, and files that are none, through the real program: it ends within a minute, with the right code
//! and a clear word.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use messwerk::lints::{self, Subject};
use messwerk::model::Date;
use support::{Folder, Run, criterion, finish, messwerk, profile, run, use_case};

const HEAD: &str = "name: X\nsummary: {de: x, en: x}\nchecked: 2026-11-22\n";
const TEXT: &str = "{de: Probe, en: Probe}";

/// Runs a command in English on the day of the data.
fn english(args: &[&str]) -> Run {
    run(args.iter().chain(&["--lang", "en", "--today", "2026-11-22"]))
}

fn check(folder: &Folder) -> Run {
    english(&["check", folder.path().to_str().unwrap()])
}

/// Text into the formatter, and what becomes of it.
fn formatted(bytes: &[u8], more: &[&str]) -> Run {
    let mut child = messwerk().args(["fmt", "-", "--lang", "en"]).args(more).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    // From a thread of its own, and it may stop reading early.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&bytes)));
    let run = finish(child);
    writer.join().unwrap();
    run
}

/// A vocabulary with a choice of two for each number, and a set of many words.
fn vocabulary(choices: usize, words: usize) -> String {
    let mut out = format!("areas:\n  probe: {TEXT}\nfacts:\n");
    for number in 0..choices {
        let values = format!("{{yes: {TEXT}, no: {TEXT}}}");
        let _ = writeln!(out, "  probe.f{number}: {{kind: choice, label: {TEXT}, why: {TEXT}, values: {values}}}");
    }
    let values: Vec<String> = (0..words).map(|number| format!("w{number}: {TEXT}")).collect();
    if words > 0 {
        let values = values.join(", ");
        let _ = writeln!(out, "  probe.set: {{kind: set, label: {TEXT}, why: {TEXT}, values: {{{values}}}}}");
    }
    out
}

/// The codes of all findings, within this process.
fn codes(folder: &Folder) -> Vec<&'static str> {
    let loaded = folder.load();
    let today = Date { year: 2026, month: 11, day: 22 };
    let mut found = loaded.findings;
    found.extend(lints::run(&Subject::of(&loaded.catalog, today, loaded.read.iter().copied())));
    let mut codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn many_profiles() {
    let folder = Folder::new();
    for number in 0..500 {
        folder.write(&format!("messengers/m{number}.yaml"), HEAD);
    }
    check(&folder).ended_with(0).says("500");
    folder.write("messengers/m77.yaml", "name: X\n");
    check(&folder).ended_with(1).says("messengers/m77.yaml:1:1\n").says("[missing-key]");
}

#[test]
fn thousands_of_findings_in_one_file() {
    let facts = (0..1000).fold(String::new(), |mut all, number| {
        let _ = writeln!(all, "  x.f{number}: {{value: y}}");
        all
    });
    let folder = Folder::with([("messengers/x.yaml", format!("{HEAD}facts:\n{facts}").as_str())]);
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        let run = english(&["check", folder.path().to_str().unwrap(), "-f", format]);
        run.ended_with(1).says("x.f999");
        assert!(run.out.len() < 10 << 20, "{format}: {} bytes", run.out.len());
    }
}

#[test]
fn thousands_of_findings_in_one_line() {
    let facts: Vec<String> = (0..1500).map(|number| format!("x.f{number}: {{value: y}}")).collect();
    let text = format!("{HEAD}facts: {{{}}}\n", facts.join(", "));
    let folder = Folder::with([("messengers/x.yaml", text.as_str())]);
    let run = check(&folder);
    run.ended_with(1).says("x.f1499");
    assert!(run.out.len() < 10 << 20, "{} bytes", run.out.len());
}

#[test]
fn names_as_long_as_a_file() {
    let long = "x".repeat(1_000_000);
    for text in [format!("{HEAD}{long}: 1\n"), format!("{HEAD}tags: [{long}]\nedition_of: {}\n", "y".repeat(20_000))] {
        let folder = Folder::with([("messengers/x.yaml", text.as_str())]);
        let run = check(&folder);
        run.ended_with(1);
        assert!(run.all().len() < 10 << 20);
    }
}

#[test]
fn many_waivers_and_contradictions() {
    let mut waivers = String::from("waivers:\n");
    let mut contradictions = String::new();
    for number in 0..900 {
        let _ = writeln!(waivers, "  - {{lint: bad-url, file: messengers/m{number}.yaml, until: 2027-01, reason: x}}");
        let _ = writeln!(
            contradictions,
            "c{number}:\n  when: {{all: [contacts.address_book_upload: {{is: none}}, encryption.groups: {{is: none}}]}}\n  \
             because: {TEXT}"
        );
    }
    let folder = Folder::with([("criteria/waivers.yaml", waivers.as_str()), ("messengers/x.yaml", HEAD)]);
    check(&folder).ended_with(1).says("[waiver-unused]").says("m899");
    let folder = Folder::with([("criteria/contradictions.yaml", contradictions.as_str()), ("messengers/x.yaml", HEAD)]);
    check(&folder).ended_with(0);
    let broken = contradictions.replace("is: none}, enc", "is: nothing}, enc");
    let folder = Folder::with([("criteria/contradictions.yaml", broken.as_str()), ("messengers/x.yaml", HEAD)]);
    check(&folder).ended_with(1).says("[unknown-value]");
}

#[test]
fn tables_over_many_facts_and_rows() {
    let all = |many: usize| {
        let parts: Vec<String> = (0..many).map(|number| format!("probe.f{number}: {{is: yes}}")).collect();
        format!("{{all: [{}]}}", parts.join(", "))
    };
    for many in [10, 20, 500] {
        let folder = Folder::with([("criteria/facts.yaml", vocabulary(many, 0).as_str())]);
        folder.write("criteria/rules/probe/wide.yaml", criterion(&[(&all(many), "met")], "not_met"));
        folder.write("messengers/x.yaml", profile(&[("probe.f1", "value: yes")]));
        assert!(!codes(&folder).contains(&"table-incomplete"), "{many}");
        // Without a row for everything else all combinations would have to be gone through.
        let text =
            format!("title: {TEXT}\nquestion: {TEXT}\ngoals: [transparency]\nweight: 1\nremedy: {TEXT}\ntable:\n");
        let row = format!("  - {{when: {}, then: met, because: {TEXT}}}\n", all(many));
        folder.write("criteria/rules/probe/wide.yaml", text + &row);
        assert!(codes(&folder).contains(&"table-incomplete"), "{many}");
    }
    // Rows that all hold nearly always are compared with one another.
    let rows: Vec<(String, &str)> = (0..150)
        .map(|row| (format!("{{any: [probe.f{}: {{is: yes}}, probe.f{}: {{is: no}}]}}", row % 12, row % 11), "met"))
        .collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(when, then)| (when.as_str(), *then)).collect();
    let folder = Folder::with([("criteria/facts.yaml", vocabulary(12, 0).as_str())]);
    folder.write("criteria/rules/probe/long.yaml", criterion(&rows, "not_met"));
    assert!(!codes(&folder).contains(&"row-never-holds"));
}

#[test]
fn a_table_that_asks_for_many_words_of_a_set_is_refused_before_all_sets_are_listed() {
    let asked = |many: usize| {
        let parts: Vec<String> = (0..many).map(|number| format!("probe.set: {{includes: w{number}}}")).collect();
        criterion(&[(&format!("{{any: [{}]}}", parts.join(", ")), "met")], "not_met")
    };
    for (many, refused) in [(12, false), (13, true), (32, true)] {
        let folder = Folder::with([("criteria/facts.yaml", vocabulary(0, 32).as_str())]);
        folder.write("criteria/rules/probe/words.yaml", asked(many));
        let found = folder.load().findings;
        let count = found.iter().filter(|finding| finding.code == "too-many-set-words").count();
        assert_eq!(count, usize::from(refused), "{many}");
    }
}

#[test]
fn numbers_at_the_ends_of_what_can_be_counted() {
    let vocabulary =
        format!("areas: {{probe: {TEXT}}}\nfacts:\n  probe.n: {{kind: number, label: {TEXT}, why: {TEXT}}}\n");
    for test in ["at_most", "at_least", "is"] {
        for number in ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "1e400"] {
            let folder = Folder::with([("criteria/facts.yaml", vocabulary.as_str())]);
            let when = format!("{{probe.n: {{{test}: {number}}}}}");
            folder.write("criteria/rules/probe/n.yaml", criterion(&[(&when, "met")], "not_met"));
            folder.write("messengers/x.yaml", profile(&[("probe.n", &format!("value: {number}"))]));
            let whole = number.parse::<i64>().is_ok();
            let found = folder.load().findings;
            assert_eq!(found.is_empty(), whole, "{test}: {number}: {found:?}");
        }
    }
}

#[test]
fn a_long_chain_of_editions() {
    let folder = Folder::with([("messengers/e0.yaml", profile(&[("encryption.groups", "value: default")]).as_str())]);
    for number in 1..60 {
        folder.write(&format!("messengers/e{number}.yaml"), format!("{HEAD}edition_of: e{}\n", number - 1));
    }
    check(&folder).ended_with(0);
    let data = folder.path().to_str().unwrap();
    english(&["facts", "e59", "--only", "encryption.groups", "--data", data]).ended_with(0);
    folder.write("messengers/e0.yaml", format!("{HEAD}edition_of: e59\n"));
    check(&folder).ended_with(1).says("[edition-cycle]").says("e0 → e59 → e58");
}

#[test]
fn many_measures_end_in_time() {
    let mut text = profile(&[]);
    text.push_str("measures:\n");
    for number in 0..40 {
        let _ =
            writeln!(text, "  m{number}: {{title: {TEXT}, how: {TEXT}, effort: low, sets: {{probe.f{number}: yes}}}}");
    }
    let folder = Folder::with([("criteria/facts.yaml", vocabulary(40, 0).as_str()), ("messengers/x.yaml", &text)]);
    let parts: Vec<String> = (0..40).map(|number| format!("probe.f{number}: {{is: yes}}")).collect();
    let rule = criterion(&[(&format!("{{all: [{}]}}", parts.join(", ")), "met")], "not_met");
    folder.write("criteria/rules/probe/wide.yaml", rule);
    folder.write("criteria/use-cases/probe.yaml", use_case(&[("wide", "met")]));
    let data = folder.path().to_str().unwrap();
    let run = english(&["compare", "-u", "probe", "-m", "x", "--data", data]);
    run.ended_with(0).says("Probe");
}

#[test]
fn templates_that_lead_to_themselves_end() {
    let folder = Folder::with([
        ("templates/compare.again.j2", "{% include 'compare.again.j2' %}"),
        ("templates/compare.macro.j2", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
        ("templates/compare.parent.j2", "{% extends 'compare.parent.j2' %}"),
        ("templates/compare.large.j2", "{% set x = 'x' * 100000 %}{% for a in range(9999) %}{{ x }}{% endfor %}"),
    ]);
    let data = folder.path().to_str().unwrap();
    for format in ["again", "macro", "parent"] {
        let run = english(&["compare", "-u", "school", "-m", "signal", "-f", format, "--data", data]);
        run.ended_with(2).says(&format!("compare.{format}.j2"));
        assert_eq!(run.out, "");
    }
}

/// Files that are none, or cannot be read.
#[cfg(unix)]
#[test]
fn links_devices_and_folders_instead_of_files() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    fs::create_dir_all(folder.join("messengers")).unwrap();
    symlink("/dev/zero", folder.join("messengers/zero.yaml")).unwrap();
    symlink("/dev/stdin", folder.join("messengers/stdin.yaml")).unwrap();
    symlink("b.yaml", folder.join("messengers/a.yaml")).unwrap();
    symlink("a.yaml", folder.join("messengers/b.yaml")).unwrap();
    symlink("..", folder.join("messengers/up")).unwrap();
    fs::create_dir(folder.join("messengers/folder.yaml")).unwrap();
    let data = folder.path().to_str().unwrap();
    let run = check(&folder);
    run.ended_with(1).says("[not-a-file]").says("messengers/zero.yaml:1:1\n").says("messengers/a.yaml:1:1\n");
    let zero = folder.join("messengers/zero.yaml");
    let zero = zero.to_str().unwrap();
    let inside = folder.join("messengers/folder.yaml");
    let inside = inside.to_str().unwrap();
    let cases: [(&[&str], i32); 10] = [
        (&["fmt", zero], 1),
        (&["fmt", "--check", zero], 1),
        (&["fmt", inside], 2),
        (&["fmt", "--check", data], 1),
        (&["gate", zero], 1),
        (&["gate", inside], 1),
        (&["compare", "-u", "school", "-m", "signal", "--organisation", zero], 1),
        (&["compare", "-u", "school", "-m", "signal", "--organisation", inside], 1),
        (&["compare", "-u", "school", "-m", "signal", "--data", data], 1),
        (&["diff", data, data], 1),
    ];
    for (args, code) in cases {
        let run = english(args);
        run.ended_with(code);
        assert_eq!(run.out.lines().filter(|line| line.contains("school")).count(), 0, "{args:?}: {}", run.out);
        assert!(!run.err.is_empty() || args[0] == "fmt", "{args:?}: not a word");
    }
    // What is not a file is never replaced by one.
    assert!(fs::symlink_metadata(zero).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::with([("messengers/x.yaml", HEAD), ("criteria/use-cases/x.yaml", "title: x\n")]);
    let lock = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let closed = folder.join("criteria/use-cases");
    lock(&closed, 0o000);
    // The superuser reads it all the same; then there is nothing to see here.
    if fs::read_dir(&closed).is_err() {
        check(&folder).ended_with(1).says("[unreadable]").says("criteria/use-cases:1:1\n");
    }
    lock(&closed, 0o755);
}

#[test]
fn files_that_come_and_go_while_they_are_read() {
    let folder = Folder::new();
    let path = |number: usize| folder.join(&format!("messengers/m{number}.yaml"));
    for number in 0..60 {
        folder.write(&format!("messengers/m{number}.yaml"), HEAD);
    }
    let child = messwerk().args(["check", "--lang", "en"]).arg(folder.path()).spawn().unwrap();
    for number in 0..60 {
        let _ = fs::remove_file(path(number));
        if number % 2 == 0 {
            fs::create_dir(path(number)).unwrap();
        }
    }
    let run = finish(child);
    assert!(run.code.is_some_and(|code| code <= 2) && !run.all().contains("panicked"), "{}", run.all());
}

#[test]
fn the_formatter_takes_nothing_it_cannot_prove() {
    for (bytes, code, word) in [
        (&b"\xff\xfen\0"[..], 1, "not-utf8"),
        (b"", 1, "empty-file"),
        (b"a: [\n", 1, "yaml-syntax"),
        (b"a: &x 1\n", 1, "yaml-alias"),
        (b"a: 1\n---\nb: 2\n", 1, "several-documents"),
        (b"a: 1\na: 2\n", 1, "duplicate-key"),
        (b"%YAML 1.2\n---\na: 1\n", 1, "yaml-directive"),
        (b"a: !!str 1\n", 1, "yaml-tag"),
        (b"|\n a\n\n# b\n", 0, "# b"),
    ] {
        for more in [&[][..], &["--check"]] {
            let run = formatted(bytes, more);
            if code == 0 && more.is_empty() {
                run.ended_with(0).says(word);
            } else {
                run.ended_with(1).says(word);
                assert!(code == 0 || run.out.is_empty(), "{}", run.out);
            }
        }
    }
    let run = formatted("x".repeat(3 << 20).as_bytes(), &[]);
    assert_eq!(run.ended_with(1).says("[file-too-large]").out, "");
    let folder =
        Folder::with([("messengers/x.yaml", "name: [\n"), ("messengers/y.yaml", "checked: 2026-11-22\nname:   Y\n")]);
    let run = english(&["fmt", folder.path().to_str().unwrap()]);
    run.ended_with(1).says("[yaml-syntax]");
    assert_eq!(fs::read_to_string(folder.join("messengers/x.yaml")).unwrap(), "name: [\n");
    assert_eq!(fs::read_to_string(folder.join("messengers/y.yaml")).unwrap(), "name: Y\nchecked: 2026-11-22\n");
}

#[test]
fn diff_gate_and_organisation_name_what_is_wrong_with_their_files() {
    let broken = [
        &b"\xff\xfe"[..],
        b"",
        b"\0",
        b"- a\n",
        b"x",
        b"[[[[[[[[[[[[[[[[[[[[[[[[",
        b"a: &x\n",
        b"permitted: 1\n",
        b"has: []\n",
    ];
    let good = Folder::with([("messengers/x.yaml", HEAD)]);
    let good = good.path().to_str().unwrap();
    for bytes in broken {
        let folder = Folder::new();
        let file = folder.write("messengers/x.yaml", bytes);
        let (data, file) = (folder.path().to_str().unwrap(), file.to_str().unwrap());
        let cases: [&[&str]; 6] = [
            &["diff", data, good],
            &["diff", good, data],
            &["gate", file],
            &["compare", "-u", "school", "-m", "signal", "--organisation", file],
            &["compare", "-u", "school", "-m", "signal", "--data", data],
            &["check", file],
        ];
        for args in cases {
            let run = english(args);
            run.ended_with(1).says("messengers/x.yaml:");
            assert!(args[0] == "check" || run.out.is_empty(), "{args:?}: {}", run.out);
        }
    }
    english(&["diff", good, "/dev/null"]).ended_with(2);
    english(&["diff", "", good]).ended_with(2);
    english(&["diff", "--", "-x", good]).ended_with(2);
}
