//! The same findings in every format of `check`, each read back by a reader that is not ours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use messwerk::diagnostic::{Diagnostic, Message};
use messwerk::model::Lang;
use messwerk::report::Words;
use messwerk::report::findings::{self, FORMATS, RuleInfo};
use messwerk::source::{SourceId, Span};
use serde_json::Value as Json;

use support::{Folder, Run, finish, messwerk, shipped};

/// Blanks, umlauts and what some format or other takes for a sign of its own.
const PATH: &str = "messengers/ein bötchen, 100 %.yaml";

const FAULTY: &str = "\
name: Über-Bote 🦊
summary: {de: Prüfung, en: Probe}
checked: 2026-11-22
website: 'süß ]]> <&\" 100 %0A, a::b'
# Kommentar\tmit Tabulator
facts:
  encryption.calls: {value: 'dü%,:<&\"]]>', confidence: high, basis: inference} #\täö
  encryption.goups: {value: default, confidence: high, basis: inference}
  \"🦊{0}[a](b)\": {value: default, confidence: high, basis: inference}
";

fn faulty() -> Folder {
    let folder = Folder::with([("messengers/sauber.yaml", support::profile(&[]).as_str())]);
    folder.write(PATH, FAULTY.replace('\n', "\r\n"));
    folder
}

fn check(folder: &Folder, args: &[&str]) -> Run {
    let mut command = messwerk();
    command.env_remove("NO_COLOR").current_dir(folder.path()).arg("check").args(args);
    finish(command.spawn().unwrap())
}

fn checked(folder: &Folder, format: &str) -> String {
    let run = check(folder, &[".", "--format", format]);
    run.ended_with(1);
    assert_eq!(run.err, "");
    run.out
}

fn parsed(folder: &Folder, format: &str) -> Json {
    serde_json::from_str(&checked(folder, format)).unwrap()
}

/// What all formats that know it must agree on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    file: String,
    code: String,
    severity: String,
    /// Line, column, end line, end column.
    at: [u64; 4],
    /// Message and help.
    text: String,
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or_else(|| panic!("no text: {json}")).to_owned()
}

fn number(json: &Json) -> u64 {
    json.as_u64().unwrap_or_else(|| panic!("no number: {json}"))
}

fn from_json(folder: &Folder) -> Vec<Seen> {
    let document = parsed(folder, "json");
    let seen = |one: &Json| {
        let help = one["help"].as_str().map(|help| format!(". {help}")).unwrap_or_default();
        Seen {
            file: text(&one["file"]),
            code: text(&one["code"]),
            severity: text(&one["severity"]),
            at: ["line", "column", "end_line", "end_column"].map(|name| number(&one[name])),
            text: text(&one["message"]) + &help,
        }
    };
    document["findings"].as_array().unwrap().iter().map(seen).collect()
}

/// Undoes percent signs as RFC 3986 has them.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes().iter();
    while let Some(byte) = rest.next() {
        assert!(byte.is_ascii_graphic(), "{uri}");
        let hex = |digit: Option<&u8>| char::from(*digit.unwrap()).to_digit(16).unwrap();
        bytes.push(match byte {
            b'%' => u8::try_from(hex(rest.next()) * 16 + hex(rest.next())).unwrap(),
            other => *other,
        });
    }
    String::from_utf8(bytes).unwrap()
}

fn sarif_place(location: &Json) -> (String, [u64; 4]) {
    let physical = &location["physicalLocation"];
    assert_eq!(physical["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    let at = ["startLine", "startColumn", "endLine", "endColumn"].map(|name| number(&physical["region"][name]));
    (decoded(&text(&physical["artifactLocation"]["uri"])), at)
}

fn from_sarif(log: &Json) -> Vec<Seen> {
    let seen = |one: &Json| {
        let (file, at) = sarif_place(&one["locations"][0]);
        let text = text(&one["message"]["text"]);
        Seen { file, code: self::text(&one["ruleId"]), severity: self::text(&one["level"]), at, text }
    };
    results(log).iter().map(seen).collect()
}

fn results(log: &Json) -> &Vec<Json> {
    log["runs"][0]["results"].as_array().unwrap()
}

/// As the runner of GitHub Actions reads a line.
fn from_github(line: &str) -> Seen {
    let (head, data) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (command, properties) = head.split_once(' ').unwrap();
    let plain = |text: &str| {
        let text = text.replace("%2C", ",").replace("%3A", ":");
        text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    };
    let properties: Vec<(&str, String)> =
        properties.split(',').map(|one| one.split_once('=').unwrap()).map(|(name, text)| (name, plain(text))).collect();
    let property = |name: &str| properties.iter().find(|(own, _)| *own == name).unwrap().1.clone();
    Seen {
        file: property("file"),
        code: property("title"),
        severity: command.replace("notice", "note"),
        at: ["line", "col", "endLine", "endColumn"].map(|name| property(name).parse().unwrap()),
        text: plain(data).lines().next().unwrap().to_owned(),
    }
}

#[test]
fn places_are_where_an_editor_finds_them() {
    let found = from_json(&faulty());
    let expected = [
        ("unknown-value", "'dü%,:<&\"]]>'"),
        ("unknown-fact", "encryption.goups"),
        ("bad-url", "'süß ]]> <&\" 100 %0A, a::b'"),
    ];
    for (code, flagged) in expected {
        let (line, column) = FAULTY
            .lines()
            .enumerate()
            .find_map(|(line, text)| Some((line + 1, text[..text.find(flagged)?].chars().count() + 1)))
            .unwrap();
        let end = column + flagged.chars().count();
        let at = [line, column, line, end].map(|number| u64::try_from(number).unwrap());
        assert!(
            found.iter().any(|one| one.code == code && one.at == at && one.file == PATH),
            "{code} {at:?}: {found:?}"
        );
    }
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn all_formats_show_the_same_findings() {
    let folder = faulty();
    let found = from_json(&folder);

    let concise = checked(&folder, "concise");
    assert_eq!(concise.lines().count(), found.len());
    for (line, one) in concise.lines().zip(&found) {
        let head = format!("{}:{}:{}: {}[{}]: ", one.file, one.at[0], one.at[1], one.severity, one.code);
        let message = line.strip_prefix(&head).unwrap_or_else(|| panic!("{line} does not begin with {head}"));
        assert!(one.text.starts_with(message), "{message} is not in {}", one.text);
    }

    let github: Vec<Seen> = checked(&folder, "github").lines().map(from_github).collect();
    assert_eq!(github, found);

    let gitlab = parsed(&folder, "gitlab");
    for (issue, one) in gitlab.as_array().unwrap().iter().zip(&found) {
        assert_eq!(issue["description"], one.text);
        assert_eq!(issue["check_name"], one.code);
        assert_eq!(issue["severity"], "major");
        assert_eq!(issue["location"]["path"], one.file);
        assert_eq!(issue["location"]["lines"]["begin"], one.at[0]);
    }
    assert_eq!(gitlab.as_array().unwrap().len(), found.len());

    // What SARIF would read as an argument or a link is defused, all else is as it was.
    let plain = |text: &str| text.replace("{0}", "{{0}}").replace("](", "] (");
    let defused: Vec<Seen> = found.iter().map(|one| Seen { text: plain(&one.text), ..one.clone() }).collect();
    assert_eq!(from_sarif(&parsed(&folder, "sarif")), defused);
}

#[test]
fn human_shows_places_and_lines_without_colours_in_a_pipe() {
    let folder = faulty();
    let found = from_json(&folder);
    let human = checked(&folder, "human");
    assert!(!human.contains(['\r', '\t', '\u{1b}']), "{human}");
    let shown: Vec<&str> = human.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    let places: Vec<String> = found.iter().map(|one| format!("{}:{}:{}", one.file, one.at[0], one.at[1])).collect();
    assert_eq!(shown, places);
    assert!(human.contains("::: criteria/facts.yaml:"), "the vocabulary is not shown beside the profile:\n{human}");
    assert!(human.ends_with("\n4 Fehler in 2 geprüften Dateien\n"), "{human}");
    assert_eq!(human, checked(&folder, "text"), "the older name");
}

#[test]
fn junit_has_a_suite_for_each_file_and_a_case_for_each_finding() {
    let folder = faulty();
    let found = from_json(&folder);
    let text = checked(&folder, "junit");
    let document = roxmltree::Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!((root.attribute("tests"), root.attribute("failures")), (Some("5"), Some("4")));
    let suites: Vec<_> = root.children().filter(roxmltree::Node::is_element).collect();
    let names: Vec<_> = suites.iter().map(|suite| suite.attribute("name").unwrap()).collect();
    assert_eq!(names, [PATH, "messengers/sauber.yaml"]);
    let cases: Vec<_> = suites[0].children().filter(roxmltree::Node::is_element).collect();
    assert_eq!(cases.len(), found.len());
    for (case, one) in cases.iter().zip(&found) {
        assert_eq!(case.attribute("name").unwrap(), format!("{}:{} {}", one.at[0], one.at[1], one.code));
        assert_eq!(case.attribute("file"), Some(PATH));
        let failure = case.first_element_child().unwrap();
        assert_eq!(failure.tag_name().name(), "failure");
        assert_eq!(
            (failure.attribute("type").unwrap(), failure.attribute("message").unwrap()),
            (&*one.code, &*one.text)
        );
        let head = format!("{PATH}:{}:{}: {}[{}]: ", one.at[0], one.at[1], one.severity, one.code);
        assert!(failure.text().unwrap().starts_with(&head), "{:?}", failure.text());
    }
    assert_eq!(suites[1].descendants().filter(|node| node.has_tag_name("failure")).count(), 0);
}

#[test]
fn a_clean_run_is_clean_in_every_format() {
    let folder = Folder::with([("messengers/sauber.yaml", support::profile(&[]).as_str())]);
    for format in FORMATS {
        let run = check(&folder, &[".", "--format", format.name]);
        run.ended_with(0);
        match format.name {
            "concise" | "github" => assert_eq!(run.out, ""),
            "gitlab" => assert_eq!(run.out, "[]\n"),
            "junit" => {
                let document = roxmltree::Document::parse(&run.out).unwrap();
                let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
                assert_eq!(cases.map(|case| case.children().count()).collect::<Vec<_>>(), [0]);
            }
            "sarif" => is_sarif(&serde_json::from_str(&run.out).unwrap()),
            _ => assert!(run.out.contains('1'), "{}: how many files were checked is not said", format.name),
        }
    }
}

// SARIF

fn is_sarif(log: &Json) {
    let schema = fs::read_to_string(support::root().join("tests/data/sarif-2.1.0.schema.json")).unwrap();
    let schema: Json = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // The schema is really read: it knows what is not allowed.
    let mut wrong = log.clone();
    wrong["runs"][0]["columnKind"] = "bytes".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn sarif_keeps_to_its_schema_and_names_its_rules() {
    let log = parsed(&faulty(), "sarif");
    is_sarif(&log);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<String> = rules.iter().map(|rule| text(&rule["id"])).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    for result in results(&log) {
        let index = usize::try_from(number(&result["ruleIndex"])).unwrap();
        assert_eq!(ids[index], text(&result["ruleId"]));
    }
    let value = results(&log).iter().find(|result| result["ruleId"] == "unknown-value").unwrap();
    let related = &value["relatedLocations"][0];
    assert_eq!(sarif_place(related).0, "criteria/facts.yaml");
    assert!(!text(&related["message"]["text"]).is_empty());
}

#[test]
fn an_absolute_path_has_no_base() {
    let folder = faulty();
    let path = folder.join(PATH);
    let run = check(&folder, &["--format", "sarif", path.to_str().unwrap()]);
    let log: Json = serde_json::from_str(&run.ended_with(1).out).unwrap();
    is_sarif(&log);
    let artifact = &results(&log)[0]["locations"][0]["physicalLocation"]["artifactLocation"];
    let uri = decoded(&text(&artifact["uri"]));
    assert!(uri.starts_with("file:///") && uri.ends_with(PATH), "{uri}");
    assert_eq!(artifact["uriBaseId"], Json::Null);
}

#[test]
fn rules_that_found_nothing_are_listed_too() {
    let known = |id: &str| RuleInfo {
        id: id.to_owned(),
        severity: messwerk::diagnostic::Severity::Note,
        summary: "Summary.".to_owned(),
        explanation: "Why **so**.".to_owned(),
    };
    let rules = [known("aaa"), known("zzz")];
    let source = SourceId(0);
    let found = [Diagnostic::warning("empty-file", source, Span::default())];
    let log: Json = serde_json::from_str(&drawn("sarif", Lang::En, &rules, &found)).unwrap();
    is_sarif(&log);
    let listed = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let levels: Vec<(String, String)> =
        listed.iter().map(|rule| (text(&rule["id"]), text(&rule["defaultConfiguration"]["level"]))).collect();
    let levels: Vec<(&str, &str)> = levels.iter().map(|(id, level)| (id.as_str(), level.as_str())).collect();
    assert_eq!(levels, [("aaa", "note"), ("empty-file", "warning"), ("zzz", "note")]);
    assert_eq!(listed[0]["help"]["markdown"], "Why **so**.");
    assert_eq!(results(&log)[0]["ruleIndex"], 1);
}

// Fingerprints

fn fingerprints(folder: &Folder) -> Vec<String> {
    let log = parsed(folder, "sarif");
    let own = |result: &Json| text(&result["partialFingerprints"]["messwerkFinding/v1"]);
    let prints: Vec<String> = results(&log).iter().map(own).collect();
    let gitlab = parsed(folder, "gitlab");
    let theirs: Vec<String> = gitlab.as_array().unwrap().iter().map(|issue| text(&issue["fingerprint"])).collect();
    assert_eq!(prints, theirs);
    prints
}

#[test]
fn fingerprints_survive_lines_inserted_above() {
    let folder = faulty();
    let before = fingerprints(&folder);
    assert_eq!(before.len(), 4);
    folder.write(PATH, format!("# Neu\n\n{FAULTY}"));
    assert_eq!(fingerprints(&folder), before);
    folder.write(PATH, FAULTY.replace("goups", "grups"));
    let changed = fingerprints(&folder);
    assert_eq!(changed.iter().filter(|print| !before.contains(print)).count(), 1);
}

#[test]
fn equal_findings_have_different_fingerprints() {
    // Three keys are missing at the same place.
    let folder = Folder::with([("messengers/probe.yaml", "website: https://example.org\n")]);
    let prints = fingerprints(&folder);
    assert_eq!(prints.len(), 3);
    assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), 3);
}

// The command line

#[test]
fn several_files_are_written_at_once() {
    let folder = faulty();
    let targets: Vec<String> = FORMATS.iter().map(|format| format!("{0}=out.{0}", format.name)).collect();
    let mut args = vec![".", "--format", "concise"];
    for target in &targets {
        args.extend(["-o", target]);
    }
    let run = check(&folder, &args);
    run.ended_with(1);
    assert_eq!(run.out, checked(&folder, "concise"));
    for format in FORMATS {
        let path = folder.join(&format!("out.{}", format.name));
        assert_eq!(fs::read_to_string(&path).unwrap(), checked(&folder, format.name), "{}", format.name);
    }
}

#[test]
fn files_are_never_coloured() {
    let folder = faulty();
    let mut command = messwerk();
    command.env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1").current_dir(folder.path());
    let run = finish(command.args(["check", ".", "--output", "human=out.txt"]).spawn().unwrap());
    run.ended_with(1);
    assert!(run.out.contains('\u{1b}'), "colours are asked for");
    assert!(!fs::read_to_string(folder.join("out.txt")).unwrap().contains('\u{1b}'));
}

#[test]
fn an_existing_file_is_only_replaced_by_force() {
    let folder = faulty();
    let path = folder.write("out.xml", "mine");
    check(&folder, &[".", "-o", "junit=out.xml"]).ended_with(2).says("--force").says(PATH);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    check(&folder, &[".", "-o", "junit=out.xml", "--force"]).ended_with(1);
    assert!(fs::read_to_string(&path).unwrap().starts_with("<?xml"));
}

#[test]
fn what_is_no_format_or_no_target_is_refused() {
    let folder = faulty();
    check(&folder, &[".", "--format", "sarf"]).ended_with(2).says("Meinten Sie „sarif“?");
    check(&folder, &[".", "--output", "junti=a.xml"]).ended_with(2).says("Meinten Sie „junit“?");
    for target in ["a.sarif", "sarif=", "=a.sarif"] {
        check(&folder, &[".", "--output", target]).ended_with(2);
    }
    check(&folder, &[".", "-o", "json=a", "-o", "sarif=a"]).ended_with(2).says("zweimal");
    assert!(!folder.join("a").exists());
}

#[test]
fn the_help_names_every_format() {
    for lang in ["de", "en"] {
        let run = support::run(["check", "--help", "--lang", lang]);
        for format in FORMATS {
            assert!(run.out.contains(format.name), "{}: {}", format.name, run.out);
        }
    }
}

// How it looks

fn drawn(format: &str, lang: Lang, rules: &[RuleInfo], found: &[Diagnostic]) -> String {
    let words = Words::new(shipped(), lang);
    let checked = [SourceId(0), SourceId(1)];
    let context = findings::Context { checked: &checked, rules, ..findings::Context::new(shipped(), &words) };
    (findings::format(format).unwrap().render)(context, found).unwrap()
}

#[test]
fn the_closing_line_counts_in_good_grammar() {
    let at = |make: fn(&'static str, SourceId, Span) -> Diagnostic| make("empty-file", SourceId(0), Span::new(0, 1));
    let (error, warning, note) = (at(Diagnostic::error), at(Diagnostic::warning), at(Diagnostic::note));
    let last = |lang, found: &[Diagnostic]| drawn("human", lang, &[], found).lines().last().unwrap().to_owned();
    let all = [error.clone(), warning.clone(), warning, note.clone(), note.clone(), note.clone()];
    assert_eq!(last(Lang::De, &all), "1 Fehler, 2 Warnungen und 3 Hinweise in 2 geprüften Dateien");
    assert_eq!(last(Lang::En, &all), "1 error, 2 warnings and 3 notes in 2 files checked");
    assert_eq!(last(Lang::En, &[error.clone(), error]), "2 errors in 2 files checked");
    assert_eq!(last(Lang::De, std::slice::from_ref(&note)), "1 Hinweis in 2 geprüften Dateien");
    assert!(drawn("human", Lang::De, &[], std::slice::from_ref(&note)).starts_with("Hinweis[empty-file]: "));
    assert!(drawn("human", Lang::En, &[], std::slice::from_ref(&note)).starts_with("note[empty-file]: "));
    assert!(drawn("github", Lang::En, &[], std::slice::from_ref(&note)).starts_with("::notice file="));
    assert!(drawn("gitlab", Lang::En, &[], std::slice::from_ref(&note)).contains("\"severity\": \"info\""));
    assert!(drawn("concise", Lang::De, &[], &[note]).contains(": note[empty-file]: "));
}

#[test]
fn long_lines_and_long_values_do_not_flood_a_terminal() {
    let long = "ä1 ".repeat(700);
    let (value, key) =
        (format!("checked: '{long}'\n"), format!("checked: 2026-11-22\nsummary: {{de: '{long}', fr: x, en: x}}\n"));
    for middle in [value, key] {
        let folder = Folder::with([("messengers/probe.yaml", format!("name: x\n{middle}").as_str())]);
        for line in checked(&folder, "human").lines() {
            // A sentence may quote a piece of the value; a line of the file fits.
            let most = if line.starts_with("Fehler[") { 160 } else { 80 };
            assert!(line.chars().count() <= most, "{line}");
        }
        assert!(checked(&folder, "concise").lines().all(|line| line.chars().count() < 220));
    }
}

#[test]
fn two_places_far_apart_in_one_line_are_shown_apart() {
    let folder = Folder::with([("messengers/probe.yaml", format!("# {} ende\n", "x".repeat(2000)).as_str())]);
    let catalog = folder.load().catalog;
    let source = catalog.sources.ids().last().unwrap();
    let label = Message::new("fact-defined-here");
    let found = [Diagnostic::error("empty-file", source, Span::new(0, 1)).also(source, Span::new(2003, 2007), label)];
    let words = Words::new(&catalog, Lang::De);
    let context = findings::Context::new(&catalog, &words);
    let human = (findings::USUAL.render)(context, &found).unwrap();
    assert!(human.lines().all(|line| line.chars().count() <= 80), "{human}");
    assert!(human.contains("probe.yaml:1:2004"), "{human}");
}

#[test]
fn files_with_nothing_to_show_end_without_an_empty_snippet() {
    for text in ["", "\r\n"] {
        let folder = Folder::with([("messengers/leer.yaml", text)]);
        let human = checked(&folder, "human");
        assert_eq!(
            human,
            "Fehler[empty-file]: die Datei ist leer\n--> messengers/leer.yaml:1:1\n\n1 Fehler in 1 geprüften Datei\n"
        );
    }
}

#[test]
fn a_byte_order_mark_is_no_column() {
    let folder = Folder::with([("messengers/probe.yaml", "\u{feff}nam: x\n")]);
    let found = from_json(&folder);
    assert!(found.iter().all(|one| one.at == [1, 1, 1, 4]), "{found:?}");
}

#[test]
fn signs_that_steer_a_terminal_are_not_passed_on() {
    let folder =
        Folder::with([("messengers/probe.yaml", "name: x\nsummary: {de: x, en: x}\nchecked: \"a\\e[31m\\nb\"\n")]);
    for format in ["human", "concise", "github"] {
        let out = checked(&folder, format);
        assert!(!out.contains('\u{1b}') && out.contains("a [31m b"), "{format}: {out}");
    }
}
