//! Bad input through the real program: every mistake is named with its place, nothing blocks, nothing panics,
//! nothing is written by halves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::process::Command;

use support::{Folder, Run, finish, messwerk, profile, run};

const HEAD: &str = "name: X\nsummary: {de: x, en: x}\nchecked: 2026-11-22\n";

/// Checks a data folder with one messenger in it.
fn check(text: impl AsRef<[u8]>) -> Run {
    let folder = Folder::new();
    folder.write("messengers/x.yaml", text);
    check_folder(&folder)
}

/// Checks in both languages: they must agree about codes and places, and leave no gap of a text open.
fn check_folder(folder: &Folder) -> Run {
    let [german, english] =
        ["de", "en"].map(|lang| run(["check".as_ref(), folder.path().as_os_str(), "--lang".as_ref(), lang.as_ref()]));
    assert_eq!(german.code, english.code, "{}{}", german.all(), english.all());
    assert_eq!(places(&german.out), places(&english.out));
    for run in [&german, &english] {
        let open = support::gaps(&run.out);
        assert!(open.is_empty(), "{open:?} is not filled in:\n{}", run.out);
    }
    english
}

/// The codes and places of a report.
fn places(out: &str) -> Vec<&str> {
    let lines = out.lines().filter(|line| line.trim_start().starts_with("--> ") || line.contains("]: "));
    lines.map(|line| line.split(['[', ']']).nth(1).unwrap_or(line).trim()).collect()
}

/// Fails unless the check found exactly this: code, line, column, and these words.
#[track_caller]
fn finds(text: impl AsRef<[u8]>, code: &str, place: &str, words: &[&str]) {
    let run = check(text);
    run.ended_with(1).says(&format!("[{code}]"));
    run.says(&format!("messengers/x.yaml:{place}\n"));
    for word in words {
        run.says(word);
    }
}

#[test]
fn a_clean_profile_is_clean() {
    let run = check(profile(&[("encryption.groups", "value: default")]));
    assert_eq!(run.ended_with(0).err, "");
}

#[test]
fn an_unknown_key_is_named_with_the_nearest() {
    finds(format!("{HEAD}sumary: x\n"), "unknown-key", "4:1", &["sumary", "summary"]);
    finds(
        format!("{HEAD}facts:\n  encryption.groups: {{value: default, basis: inference, confidence: low, qoute: x}}\n"),
        "unknown-key",
        "5:74",
        &["qoute", "quote"],
    );
}

#[test]
fn an_unknown_fact_is_named_with_the_nearest() {
    let text = profile(&[("encryption.goups", "value: default")]);
    finds(text, "unknown-fact", "5:3", &["encryption.goups", "encryption.groups"]);
}

#[test]
fn a_wrong_value_is_named_with_the_allowed_ones() {
    let text = profile(&[("encryption.groups", "value: defalt")]);
    finds(text, "unknown-value", "5:30", &["defalt", "default"]);
    let text = profile(&[("encryption.groups", "value: [default]")]);
    // A list has no place of its own: its first entry is shown.
    finds(text, "wrong-kind", "5:31", &["encryption.groups"]);
}

#[test]
fn a_wrong_date_is_named() {
    finds("name: X\nsummary: {de: x, en: x}\nchecked: 2026-02-30\n", "bad-date", "3:10", &["2026-02-30"]);
}

#[test]
fn a_duplicate_key_is_refused() {
    finds(format!("{HEAD}name: Y\n"), "duplicate-key", "4:1", &["name"]);
    let twice = "facts:\n  encryption.groups: {value: none}\n  encryption.groups: {value: default}\n";
    finds(format!("{HEAD}{twice}"), "duplicate-key", "6:3", &["encryption.groups"]);
}

#[test]
fn a_missing_key_is_named() {
    finds("name: X\nsummary: {de: x, en: x}\n", "missing-key", "1:1", &["checked"]);
    finds("name: X\nsummary: {de: x}\nchecked: 2026-11-22\n", "missing-key", "2:1", &["en"]);
}

#[test]
fn a_fact_without_a_source_is_named() {
    let text = format!("{HEAD}facts:\n  encryption.groups: {{value: default, confidence: high}}\n");
    finds(text, "fact-without-source", "5:3", &["encryption.groups"]);
    let text = format!("{HEAD}facts:\n  encryption.groups: {{value: default, confidence: high, sources: [nowhere]}}\n");
    finds(text, "unknown-source", "5:67", &["nowhere"]);
}

#[test]
fn editions_that_lead_back_to_themselves_are_named_with_their_path() {
    let folder = Folder::new();
    for (id, of) in [("a", "b"), ("b", "c"), ("c", "a"), ("self", "self")] {
        folder.write(&format!("messengers/{id}.yaml"), format!("{HEAD}edition_of: {of}\n"));
    }
    let run = check_folder(&folder);
    run.ended_with(1).says("[edition-cycle]").says("messengers/a.yaml:4:13\n").says("a → b → c → a");
    run.says("messengers/self.yaml:4:13\n").says("self → self");
}

#[test]
fn an_edition_of_nothing_is_named() {
    finds(format!("{HEAD}edition_of: threma\n"), "unknown-reference", "4:13", &["threma", "threema"]);
}

#[test]
fn binary_garbage_is_no_yaml() {
    let garbage: Vec<u8> = (0..4096_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    check(&garbage).ended_with(1).says("messengers/x.yaml:1:").says("error[");
    check([0_u8; 512]).ended_with(1).says("messengers/x.yaml:1:1\n").says("error[");
    // What comes before the first bad byte gives its place.
    finds(b"name: X\nsummary: \xff\xfe\n", "not-utf8", "2:10", &["17"]);
}

#[test]
fn utf16_is_no_yaml() {
    for little in [true, false] {
        let mut bytes: Vec<u8> = if little { vec![0xff, 0xfe] } else { vec![0xfe, 0xff] };
        for unit in HEAD.encode_utf16() {
            bytes.extend(if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        }
        finds(bytes, "not-utf8", "1:1", &[]);
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read() {
    let text = format!("\u{feff}{}", profile(&[("encryption.groups", "value: default")])).replace('\n', "\r\n");
    check(&text).ended_with(0);
    let run = check(text.replace("default", "defalt"));
    run.ended_with(1).says("messengers/x.yaml:5:30\n");
}

#[test]
fn an_empty_file_is_named() {
    for text in ["", "\n", "# only a comment\n"] {
        check(text).ended_with(1).says("messengers/x.yaml:").says("error[empty-");
    }
}

#[test]
fn people_and_machines_are_told_the_same_place() {
    let broken = profile(&[("encryption.groups", "value: defalt")]);
    for text in
        ["", "\n", "# only a comment\n", "name: X\n", "name: [\n", "ä: ö\n", broken.as_str(), "name: X\n\n\n\tx\n"]
    {
        let folder = Folder::with([("messengers/x.yaml", text)]);
        let args = ["check", folder.path().to_str().unwrap(), "--lang", "en"];
        let people = run(args);
        let machines = run(args.into_iter().chain(["-f", "json"]));
        machines.ended_with(1);
        let document: serde_json::Value = serde_json::from_str(&machines.out).unwrap();
        for finding in document["findings"].as_array().unwrap() {
            let place = format!("{}:{}:{}\n", finding["file"].as_str().unwrap(), finding["line"], finding["column"]);
            assert!(people.out.contains(&place), "{text:?}: {place}is missing in:\n{}", people.out);
        }
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = Folder::new();
    let path = folder.write("messengers/x.yaml", "");
    fs::File::options().write(true).open(path).unwrap().set_len(100 << 20).unwrap();
    check_folder(&folder).ended_with(1).says("[file-too-large]").says("102400").says("messengers/x.yaml:1:1\n");
}

#[test]
fn a_bomb_of_aliases_does_not_go_off() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(bomb, "a{level}: &a{level} [{before}]");
    }
    check(bomb).ended_with(1).says("[yaml-alias]").says("messengers/x.yaml:");
}

#[test]
fn nesting_without_end_is_refused() {
    for open in ["[", "{a: ", "- "] {
        check(open.repeat(100_000)).ended_with(1).says("messengers/x.yaml:1:").says("[yaml-too-large]");
    }
    let conditions = format!("{}{}", "{not: ".repeat(100_000), "}".repeat(100_000));
    let folder = Folder::new();
    folder.write("criteria/rules/contacts/x.yaml", format!("table:\n  - when: {conditions}\n"));
    check_folder(&folder).ended_with(1).says("[yaml-too-large]").says("criteria/rules/contacts/x.yaml:2:");
}

#[test]
fn a_flood_of_nodes_is_refused() {
    check(format!("a: [{}]\n", "1,".repeat(100_000))).ended_with(1).says("[yaml-too-large]");
}

#[test]
fn what_plain_yaml_does_not_have_is_refused() {
    finds(format!("{HEAD}---\nname: Y\n"), "several-documents", "4:1", &[]);
    check(format!("{HEAD}website: !!python/object x\n")).ended_with(1).says("error[yaml-").says("x.yaml:4:");
    check(format!("<<: {{name: Z}}\n{HEAD}")).ended_with(1).says("error[yaml-").says("x.yaml:1:");
    check("name: X\n\tsummary: x\n").ended_with(1).says("error[yaml-syntax]").says("x.yaml:2:");
    check("name: [X\n").ended_with(1).says("error[yaml-syntax]").says("x.yaml:");
}

#[test]
fn markup_and_control_characters_do_not_reach_the_terminal() {
    let run = check(format!("{HEAD}\"\\e[31mred\": x\n"));
    run.ended_with(1).says("[unknown-key]");
    assert!(!run.all().contains('\u{1b}'), "{:?}", run.all());
}

#[test]
fn a_folder_with_the_name_of_a_file_is_a_folder() {
    let folder = Folder::new();
    folder.write("messengers/good.yaml", profile(&[]));
    fs::create_dir_all(folder.join("messengers/x.yaml")).unwrap();
    check_folder(&folder).ended_with(0);
    // A profile inside of it stands where nobody would look for it.
    folder.write("messengers/x.yaml/y.yaml", profile(&[]));
    check_folder(&folder).ended_with(1).says("[misplaced-file]").says("messengers/x.yaml/y.yaml");
}

#[test]
fn a_file_that_would_be_ignored_is_reported() {
    let folder = Folder::new();
    folder.write("messengers/x.yml", profile(&[]));
    folder.write("criteria/rules/x.yaml", "a: b\n");
    let run = check_folder(&folder);
    run.ended_with(1).says("messengers/x.yml:1:1\n").says("criteria/rules/x.yaml:1:1\n").says("[misplaced-file]");
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_reported_and_so_is_a_file_nobody_may_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    fs::create_dir_all(folder.join("messengers")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join("messengers/x.yaml")).unwrap();
    check_folder(&folder).ended_with(1).says("[unreadable]").says("messengers/x.yaml:1:1\n");
    let folder = Folder::new();
    let path = folder.write("messengers/x.yaml", profile(&[]));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads it all the same; then there is nothing to see here.
    if fs::File::open(&path).is_err() {
        check_folder(&folder).ended_with(1).says("[unreadable]").says("messengers/x.yaml:1:1\n");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_block() {
    let folder = Folder::new();
    folder.write("messengers/good.yaml", profile(&[]));
    let made = Command::new("mkfifo").arg(folder.join("messengers/x.yaml")).status().unwrap();
    assert!(made.success());
    check_folder(&folder).ended_with(1).says("[not-a-file]").says("messengers/x.yaml:1:1\n");
    let pipe = folder.join("messengers/x.yaml");
    run(["check".as_ref(), pipe.as_os_str()]).ended_with(1).says("[not-a-file]");
    let args = ["compare", "-u", "school", "-m", "signal", "--organisation"];
    run(args.iter().map(AsRef::as_ref).chain([pipe.as_os_str()])).ended_with(1).says("[not-a-file]");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let folder = Folder::new();
    folder.write("messengers/good.yaml", profile(&[]));
    std::os::unix::fs::symlink(folder.path(), folder.join("messengers/loop")).unwrap();
    std::os::unix::fs::symlink("self.yaml", folder.join("messengers/self.yaml")).unwrap();
    let run = check_folder(&folder);
    run.ended_with(1).says("[unreadable]").says("messengers/self.yaml:1:1\n");
}

#[test]
fn data_with_errors_stop_every_other_command() {
    let folder = Folder::with([("messengers/x.yaml", "name: X\n")]);
    let out = folder.join("report.md");
    let data = folder.path().to_str().unwrap();
    for args in [
        vec!["compare", "-u", "school"],
        vec!["report", "signal", "-u", "school", "-o", out.to_str().unwrap()],
        vec!["facts", "signal"],
        vec!["list", "messengers"],
        vec!["explain", "signal", "processing-contract", "-u", "school"],
    ] {
        let run = run(args.iter().copied().chain(["--data", data, "--lang", "en"]));
        run.ended_with(1).says("messengers/x.yaml:1:1\n").says("[missing-key]");
        assert_eq!(run.out, "", "{args:?}: results in spite of errors");
    }
    assert!(!out.exists());
}

#[test]
fn mistakes_in_an_organisation_s_file_are_named() {
    let folder = Folder::with([("own.yaml", "has:\n  org.nothing: yes\nweights: {processing-contract: 9}\n")]);
    let own = folder.join("own.yaml");
    let args = ["compare", "-u", "school", "-m", "signal", "--lang", "en", "--organisation", own.to_str().unwrap()];
    let run = run(args);
    run.ended_with(1).says("own.yaml:2:3\n").says("[unknown-fact]").says("own.yaml:3:32\n").says("[out-of-range]");
    assert_eq!(run.out, "");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    // More than a pipe holds, so that the program meets the closed end.
    for args in [vec!["facts", "--all"], vec!["schema", "messenger"], vec!["compare", "-u", "school", "-f", "json"]] {
        let mut child = messwerk().args(&args).spawn().unwrap();
        let mut first = [0; 16];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let run = finish(child);
        assert_eq!(run.ended_with(0).err, "", "{args:?}");
    }
    let mut child = messwerk().args(["list", "criteria"]).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(finish(child).ended_with(0).err, "");
}

/// The files of a folder, whatever their names.
fn left_in(folder: &Folder) -> Vec<String> {
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const COMPARE: [&str; 7] = ["compare", "-u", "school", "-m", "signal", "--today", "2026-11-22"];

#[test]
fn a_result_is_written_whole_and_never_over_another() {
    let folder = Folder::with([("kept.json", "mine\n")]);
    let written = |name: &str, more: &[&str]| {
        let path = folder.join(name);
        run(COMPARE.iter().chain(&["-f", "json", "-o", path.to_str().unwrap()]).chain(more))
    };
    written("kept.json", &[]).ended_with(2).says("kept.json").says("--force");
    assert_eq!(fs::read_to_string(folder.join("kept.json")).unwrap(), "mine\n");
    let run = written("kept.json", &["--force"]);
    assert_eq!(run.ended_with(0).out, "");
    run.says("kept.json");
    written("new.json", &[]).ended_with(0);
    let printed = support::run(COMPARE.iter().chain(&["-f", "json"]));
    for name in ["kept.json", "new.json"] {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), printed.out);
    }
    assert_eq!(left_in(&folder), ["kept.json", "new.json"]);
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let folder = Folder::with([("file", "")]);
    fs::create_dir(folder.join("folder")).unwrap();
    for target in ["nowhere/x.json", "file/x.json", "folder"] {
        let path = folder.join(target);
        let run = run(COMPARE.iter().chain(&["-f", "json", "--force", "-o", path.to_str().unwrap()]));
        run.ended_with(2).says(target);
    }
    assert_eq!(left_in(&folder), ["file", "folder"]);
    assert!(fs::read_dir(folder.join("folder")).unwrap().next().is_none());
    // Even the superuser cannot write here.
    if cfg!(target_os = "linux") {
        run(COMPARE.iter().chain(&["-f", "json", "-o", "/proc/x.json"])).ended_with(2).says("/proc/x.json");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_replaced_where_it_points() {
    let folder = Folder::with([("target.json", "old\n")]);
    std::os::unix::fs::symlink("target.json", folder.join("link.json")).unwrap();
    let link = folder.join("link.json");
    run(COMPARE.iter().chain(&["-o", link.to_str().unwrap()])).ended_with(2);
    assert_eq!(fs::read_to_string(folder.join("target.json")).unwrap(), "old\n");
    run(COMPARE.iter().chain(&["-o", link.to_str().unwrap(), "--force"])).ended_with(0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(folder.join("target.json")).unwrap().contains("messwerk.compare/1"));
}

#[test]
fn a_name_that_does_not_exist_is_answered_with_the_nearest() {
    let cases: [(&[&str], &str); 7] = [
        (&["compare", "-u", "school", "-m", "sginal"], "signal"),
        (&["compare", "-u", "hospitl"], "hospital"),
        (&["compare", "-u", "school", "-t", "opensource"], "open_source"),
        (&["compare", "-u", "school", "-f", "cvs"], "json"),
        (&["explain", "signal", "proccessing-contract", "-u", "school"], "processing-contract"),
        (&["facts", "--only", "encrypton"], "encryption"),
        (&["schema", "messengers"], "messenger"),
    ];
    for (args, near) in cases {
        for lang in ["de", "en"] {
            let run = run(args.iter().chain(&["--lang", lang]));
            run.ended_with(2);
            assert!(run.err.contains(near), "{args:?}: {}", run.err);
            assert_eq!(run.out, "", "{args:?}");
        }
    }
}

#[test]
fn errors_of_usage_are_explained_in_the_user_s_language() {
    let cases: [(&[&str], &str, &str); 7] = [
        (&["comparre"], "Meinten Sie „compare“?", "Did you mean \"compare\"?"),
        (&["compare", "--use-cas", "x"], "Meinten Sie „--use-case“?", "Did you mean \"--use-case\"?"),
        (&["compare"], "fehlt: --use-case <ID>", "Missing: --use-case <ID>"),
        (&["list"], "<WHAT>", "<WHAT>"),
        (&["list", "messenger"], "messengers", "messengers"),
        (&["compare", "-u", "school", "--today", "2026-02-30"], "2026-02-30", "2026-02-30"),
        (&["--width", "wide", "list", "formats"], "wide", "wide"),
    ];
    for (args, german, english) in cases {
        for (lang, prefix, words) in [("de", "Fehler: ", german), ("en", "error: ", english)] {
            let run = run(args.iter().chain(&["--lang", lang]));
            run.ended_with(2);
            assert!(run.err.starts_with(prefix) && run.err.contains(words), "{args:?}: {}", run.err);
            assert_eq!(run.out, "", "{args:?}");
        }
    }
}

#[test]
fn a_data_folder_that_does_not_exist_is_an_error_of_usage() {
    run(["compare", "-u", "school", "--data", "/nowhere"]).ended_with(2).says("/nowhere");
    run(["check", "/nowhere/x.yaml"]).ended_with(1).says("[unreadable]").says("/nowhere/x.yaml:1:1\n");
    let empty = Folder::new();
    check_folder(&empty).ended_with(2).says(empty.path().to_str().unwrap());
}

#[test]
fn a_template_of_one_s_own_that_fails_is_named_with_its_line() {
    let folder = Folder::with([
        ("templates/compare.mine.j2", "one\n{{ nothing.at.all }}\n"),
        ("templates/compare.broken.j2", "{% for %}\n"),
        (
            "templates/compare.endless.j2",
            "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
        ),
    ]);
    let out = folder.join("out.txt");
    let drawn = |folder: &Folder, format: &str| {
        let tail = ["-f", format, "--data", folder.path().to_str().unwrap(), "-o", out.to_str().unwrap()];
        run(COMPARE.iter().copied().chain(tail))
    };
    // A template that cannot be parsed stops the run, whichever was asked for.
    drawn(&folder, "mine").ended_with(2).says("compare.broken.j2");
    fs::remove_file(folder.join("templates/compare.broken.j2")).unwrap();
    drawn(&folder, "mine").ended_with(2).says("compare.mine.j2").says("undefined");
    drawn(&folder, "mine").says(":2");
    drawn(&folder, "endless").ended_with(2).says("compare.endless.j2").says("fuel");
    assert!(!out.exists());
}
