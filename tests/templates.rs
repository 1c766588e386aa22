//! Every shipped template draws every view it may meet, and the program's texts are neither missing nor idle.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use messwerk::catalog::{Base, Demands, Permit, Permits, Situation};
use messwerk::diff::{Limits, Pairs, Sides, diff};
use messwerk::engine::{Assessment, Plan, assess, backtest, gate, rank};
use messwerk::model::{Date, Lang, LeastVerdict};
use messwerk::report::view::{
    Head, Stamp, backtest as backtest_view, check_page, compare, diff as diff_view, explain, facts, gate as gate_view,
    lists, positions, recommendation, sheet,
};
use messwerk::report::{Words, format, template};
use serde::Serialize;

use support::{files_below, gaps, root, shipped};

const TODAY: Stamp = Stamp { today: Date { year: 2026, month: 11, day: 22 }, own_data: false };

/// Messengers that differ in everything a template may stumble over: an ended one with hardly any facts, an
/// edition, one with many measures, ones without any, one with published positions.
const HANDFUL: [&str; 6] = ["skype", "threema-work", "xmpp-own-server", "xmpp-public-provider", "whatsapp", "signal"];

const LANGUAGES: [Lang; 2] = [Lang::De, Lang::En];

fn handful() -> Vec<usize> {
    HANDFUL.iter().map(|id| shipped().profile(id).unwrap()).collect()
}

/// The formats of a command's templates.
fn formats(command: &str) -> Vec<String> {
    let own = format::templates(shipped()).into_iter().filter(|(name, _, _)| name == command);
    own.map(|(_, format, _)| format).collect()
}

/// Draws a view with all templates of a command and judges what comes out.
fn draw<V: Serialize>(command: &str, lang: Lang, view: &V) {
    let words = Words::new(shipped(), lang);
    for format in formats(command) {
        let text = template::render(shipped(), &words, 80, command, &format, view);
        let text = text.unwrap_or_else(|error| panic!("{command}.{format}.j2, {}: {error:#}", lang.code()));
        let place = format!("{command}.{format}.j2, {}", lang.code());
        assert!(text.len() > 40, "{place}: hardly anything is drawn");
        assert!(text.ends_with('\n') && !text.contains('\0'), "{place}");
        nothing_is_left_open(&place, &text);
        match format.as_str() {
            "html" => html_keeps_to_itself(&place, &text),
            "csv" => csv_is_a_table(&place, &text),
            _ => {}
        }
    }
}

/// No gap of a text is unfilled, no template syntax shows.
fn nothing_is_left_open(place: &str, text: &str) {
    if let Some(gap) = gaps(text).first() {
        panic!("{place}: {{{gap}}} is not filled: {}", around(text, &format!("{{{gap}}}")));
    }
    for sign in ["{{ ", "{% ", "{#"] {
        assert!(!text.contains(sign), "{place}: {}", around(text, sign));
    }
}

fn around(text: &str, sign: &str) -> String {
    let at = text.find(sign).unwrap_or_default();
    let before = text[..at].chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    format!("{before}{}", text[at..].chars().take(80).collect::<String>())
}

/// Nothing runs, nothing is fetched from elsewhere.
fn html_keeps_to_itself(place: &str, text: &str) {
    // The template engine writes a slash as a character reference.
    let lower = text.to_lowercase().replace("&#x2f;", "/");
    let forbidden = [
        "<script",
        "<iframe",
        "<object",
        "<embed",
        "<link",
        "<img",
        "<base",
        "<form",
        "javascript:",
        "@import",
        "url(",
        " src=",
        " srcset=",
        "http-equiv=\"refresh",
        " onclick=",
        " onload=",
        " onerror=",
    ];
    for sign in forbidden {
        assert!(!lower.contains(sign), "{place}: {}", around(&lower, sign));
    }
    for (at, _) in lower.match_indices("href=\"") {
        let target = &lower[at + 6..];
        let safe = ["#", "https://", "http://", "mailto:"].iter().any(|start| target.starts_with(start));
        assert!(safe, "{place}: {}", &target[..target.len().min(60)]);
    }
    assert!(lower.contains("<!doctype html>") && lower.contains("charset"), "{place}: no whole page");
    for tag in ["table", "tr", "td", "th", "ul", "li", "section", "details", "p", "a", "h1", "h2", "h3"] {
        let opened = lower.matches(&format!("<{tag}>")).count() + lower.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, lower.matches(&format!("</{tag}>")).count(), "{place}: <{tag}> is not closed");
    }
}

/// Reads CSV as RFC 4180 has it.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().unwrap().push('"');
            }
            '"' => {
                assert!(quoted || row.last().unwrap().is_empty(), "a quote within a bare field: {row:?}");
                quoted = !quoted;
            }
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {
                chars.next();
                rows.push(vec![String::new()]);
            }
            '\n' | '\r' if !quoted => panic!("a bare line break after {row:?}"),
            c => row.last_mut().unwrap().push(c),
        }
    }
    assert!(!quoted, "an open quote");
    assert_eq!(rows.pop(), Some(vec![String::new()]), "the last line does not end");
    rows
}

fn csv_is_a_table(place: &str, text: &str) {
    let rows = csv(text);
    assert!(rows.len() > 1, "{place}: no rows");
    let width = rows[0].len();
    assert!(width > 1 && rows[0].iter().all(|head| !head.is_empty()), "{place}: {:?}", rows[0]);
    for row in &rows {
        assert_eq!(row.len(), width, "{place}: {row:?}");
        let formula = row.iter().find(|field| field.starts_with(['=', '+', '-', '@']) && field.parse::<f64>().is_err());
        assert_eq!(formula, None, "{place}: a spreadsheet takes this for a formula");
    }
}

#[test]
fn the_reader_of_csv_knows_quotes() {
    assert_eq!(csv("a,\"b \"\"c\"\",\r\nd\"\r\n,\r\n"), [["a", "b \"c\",\r\nd"], ["", ""]]);
}

#[test]
fn every_template_belongs_to_a_command_this_test_draws() {
    let known =
        ["compare", "report", "facts", "sheet", "explain", "list", "positions", "backtest", "check", "gate", "diff"];
    for (command, format, _) in format::templates(shipped()) {
        assert!(known.contains(&command.as_str()), "{command}.{format}.j2 is drawn by no test");
    }
    assert!(shipped().templates.len() > 10, "hardly any template");
}

fn ranked(plan: &Plan<'_>, profiles: impl Iterator<Item = usize>) -> Vec<Assessment> {
    let mut all: Vec<Assessment> = profiles.map(|profile| assess(plan, profile)).collect();
    rank(&mut all, plan.catalog);
    all
}

#[test]
fn compare_draws_every_messenger_in_every_use_case() {
    let catalog = shipped();
    let situation = Situation::default();
    for setting in &catalog.settings {
        let plan = Plan::new(catalog, setting, &situation);
        let assessments = ranked(&plan, 0..catalog.profiles.len());
        let results = [(plan, assessments)];
        for lang in LANGUAGES {
            draw(
                "compare",
                lang,
                &compare::view(catalog, &Words::new(catalog, lang), TODAY, &results, compare::Detail::Reasons),
            );
        }
    }
}

#[test]
fn report_draws_a_handful_in_every_use_case() {
    let catalog = shipped();
    let asked = handful();
    let mut situation = Situation { name: Some("Klinik | *Süd* <b> & Co.".into()), ..Situation::default() };
    for (at, setting) in catalog.settings.iter().enumerate() {
        if at == 1 {
            // Also without a name.
            situation = Situation::default();
        }
        let plan = Plan::new(catalog, setting, &situation);
        let all = ranked(&plan, 0..catalog.profiles.len());
        for lang in LANGUAGES {
            let words = Words::new(catalog, lang);
            let jurisdiction = (at % 2 == 0).then_some("DE");
            draw("report", lang, &recommendation::view(&words, TODAY, &plan, &all, &asked, jurisdiction));
        }
    }
}

#[test]
fn facts_are_drawn_for_some_and_for_all() {
    let catalog = shipped();
    let everything: Vec<usize> = (0..catalog.profiles.len()).collect();
    for lang in LANGUAGES {
        let words = Words::new(catalog, lang);
        draw("facts", lang, &facts::view(catalog, &words, TODAY, &handful(), &[], true));
        draw("facts", lang, &facts::view(catalog, &words, TODAY, &everything, &["encryption".to_owned()], false));
    }
}

#[test]
fn a_page_is_drawn_for_each_of_a_handful() {
    let catalog = shipped();
    let situation = Situation::default();
    for profile in handful() {
        let results: Vec<_> = catalog
            .settings
            .iter()
            .map(|setting| {
                let plan = Plan::new(catalog, setting, &situation);
                let assessment = assess(&plan, profile);
                (plan, assessment)
            })
            .collect();
        for lang in LANGUAGES {
            let words = Words::new(catalog, lang);
            draw("sheet", lang, &sheet::view(catalog, &words, TODAY, profile, &results, Some("DE")));
        }
    }
}

#[test]
fn every_criterion_is_explained() {
    let catalog = shipped();
    let situation = Situation::default();
    let profiles = handful();
    for rule in 0..catalog.rules.len() {
        let plan = Plan::new(catalog, &catalog.settings[rule % catalog.settings.len()], &situation);
        let assessment = assess(&plan, profiles[rule % profiles.len()]);
        for lang in LANGUAGES {
            draw("explain", lang, &explain::view(&Words::new(catalog, lang), TODAY, &plan, &assessment, rule));
        }
    }
}

#[test]
fn every_list_is_drawn() {
    use lists::Listed::{Checklists, Checks, Criteria, Formats, Messengers, UseCases};
    for lang in LANGUAGES {
        for what in [Messengers, Criteria, UseCases, Checklists, Checks, Formats] {
            draw("list", lang, &lists::view(shipped(), &Words::new(shipped(), lang), TODAY, what));
        }
    }
}

#[test]
fn positions_and_the_backtest_are_drawn() {
    let catalog = shipped();
    for lang in LANGUAGES {
        let words = Words::new(catalog, lang);
        for messengers in [&[][..], &["whatsapp"][..]] {
            let wanted = positions::Wanted { messengers, ..positions::Wanted::default() };
            let view = positions::PositionsView {
                head: Head::new("messwerk.positions/1", catalog, &words, TODAY),
                positions: positions::views(catalog, &words, &wanted),
            };
            assert!(!view.positions.is_empty());
            draw("positions", lang, &view);
        }
        draw("backtest", lang, &backtest_view::view(catalog, &words, TODAY, &backtest(catalog)));
        for page in &catalog.lint_pages {
            draw("check", lang, &check_page::view(&words, page));
        }
    }
}

#[test]
fn permissions_are_drawn_with_every_demand_and_with_none() {
    let catalog = shipped();
    let source = messwerk::source::SourceId(0);
    let strict = Demands { verdict: LeastVerdict::Suitable, low: Some(95), coverage: Some(99), age: Some(0) };
    for (demands, measures) in [(strict, None), (Demands::default(), None), (Demands::default(), Some(Vec::new()))] {
        let permit = |setting, profile| {
            let span = messwerk::source::Span::default();
            Permit { setting, profile, demands, measures: measures.clone(), source, span }
        };
        let permits =
            (0..catalog.settings.len()).flat_map(|setting| handful().into_iter().map(move |own| (setting, own)));
        let permits = permits.map(|(setting, profile)| permit(setting, profile)).collect();
        let policy = Permits { name: Some("Klinik | *Süd* <b> & Co.".into()), permits };
        let situation = Situation { name: policy.name.clone(), ..Situation::default() };
        let passages = gate(catalog, &situation, &policy.permits, Date { year: 2027, month: 1, day: 31 });
        for lang in LANGUAGES {
            let words = Words::new(catalog, lang);
            draw("gate", lang, &gate_view::view(catalog, &words, TODAY, &situation, &policy, &passages));
        }
    }
}

#[test]
fn differences_of_every_kind_are_drawn() {
    let catalog = shipped();
    let mut folder = support::Folder::new();
    let same = folder.load().catalog;
    // Every messenger, criterion, use case, checklist and body of positions says something else.
    for (path, text) in support::shipped_yaml() {
        let parts: Vec<&str> = path.split('/').collect();
        let key = match parts.as_slice() {
            ["messengers", _] => "checked: 2026",
            ["criteria", "rules", ..] | ["criteria", "use-cases" | "checklists", _] => "en: ",
            ["criteria", "positions", _] => "stance: conditional",
            ["criteria", "facts.yaml"] => "label: {de: ",
            _ => continue,
        };
        let other = match key {
            "checked: 2026" => "checked: 2025",
            "stance: conditional" => "stance: against",
            _ => key,
        };
        let changed =
            if key == other { text.replacen(key, &format!("{key}X "), 3) } else { text.replacen(key, other, 1) };
        folder.write(&path, changed);
    }
    folder.write("messengers/probe.yaml", support::profile(&[]));
    let other = folder.load().catalog;
    folder = support::Folder::with([("messengers/signal.yaml", support::profile(&[]).as_str())]);
    let bare = folder.load().catalog;
    for (at, new) in [&same, &other, &bare].into_iter().enumerate() {
        let pairs = Pairs::new(catalog, new);
        let found = diff(catalog, new, &pairs, &Limits::default());
        for lang in LANGUAGES {
            let words = Words::new(catalog, lang);
            let state = |name: &str, revision| diff_view::StateView::new(&words, name, revision, Base::Shipped);
            let states = Sides { old: state("HEAD~1", true), new: state(".", false) };
            let view = diff_view::view(&words, TODAY, Sides { old: catalog, new }, &pairs, states, &found);
            assert_eq!(view.same, at == 0);
            draw("diff", lang, &view);
            nothing_is_left_open("diff", &messwerk::report::terminal::diff(&view, &words, 80));
            let json = serde_json::to_string(&view).unwrap();
            for group in
                ["diff-part.", "diff-what.", "diff-kind.", "diff-other.", "diff-direction.", "knock-out-state."]
            {
                assert!(!json.contains(&format!("\"{group}")), "{group}: {}", around(&json, group));
            }
        }
    }
}

#[test]
fn an_undefined_name_in_a_template_is_an_error() {
    let folder = support::Folder::with([("templates/list.probe.j2", "{{ t.list.nowhere }}\n")]);
    let catalog = folder.load_clean();
    let words = Words::new(&catalog, Lang::De);
    let view = lists::view(&catalog, &words, TODAY, lists::Listed::Formats);
    let error = template::render(&catalog, &words, 80, "list", "probe", &view).unwrap_err();
    assert!(format!("{error:#}").contains("list.probe.j2"), "{error:#}");
}

// Texts

/// The code of the program without comments and tests, by path.
fn code() -> Vec<(String, String)> {
    let folder = root().join("src");
    let read = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        let code = code.split("#[cfg(test)]").next().unwrap().to_owned();
        (path.strip_prefix(&folder).unwrap().display().to_string(), code)
    };
    files_below(&folder, ".rs").into_iter().map(read).collect()
}

/// The string literal that begins right here, if one does.
fn literal(rest: &str) -> Option<&str> {
    let rest = rest.trim_start().strip_prefix('"')?;
    let end = rest.find('"')?;
    Some(&rest[..end])
}

/// The literals that follow a beginning such as `words.get(`.
fn after<'a>(code: &'a str, beginning: &str) -> Vec<&'a str> {
    code.match_indices(beginning).filter_map(|(at, _)| literal(&code[at + beginning.len()..])).collect()
}

/// All short literals of a piece of code, however they are used.
fn literals(code: &str) -> BTreeSet<&str> {
    code.split('"').filter(|part| part.len() < 60 && !part.contains(char::is_whitespace)).collect()
}

fn groups() -> BTreeSet<&'static str> {
    shipped().texts.iter().filter_map(|(key, _)| Some(key.split_once('.')?.0)).collect()
}

/// Group and name of every `t.group.name` of the templates, and the groups that are entered by `t.group[…]`.
fn wanted_by_templates() -> (BTreeMap<(String, String), String>, BTreeSet<String>) {
    let mut found = BTreeMap::new();
    let mut dynamic = BTreeSet::new();
    let word = |rest: &str| -> String { rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect() };
    for (name, template) in &shipped().templates {
        for (at, _) in template.text.match_indices("t.") {
            let before = template.text[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || before == '_' || before == '.' || before == '"' {
                continue;
            }
            let group = word(&template.text[at + 2..]);
            let rest = &template.text[at + 2 + group.len()..];
            if rest.starts_with('[') {
                dynamic.insert(group);
            } else if let Some(rest) = rest.strip_prefix('.') {
                found.insert((group, word(rest)), name.clone());
            }
        }
    }
    (found, dynamic)
}

/// As templates write a name.
fn plain(name: &str) -> String {
    name.replace(['-', '.'], "_")
}

#[test]
fn texts_are_whole_in_both_languages() {
    let mut wrong = Vec::new();
    for (key, text) in shipped().texts.iter() {
        assert!(key.contains('.'), "{key}: no group");
        if text.de.trim().is_empty() || text.en.trim().is_empty() {
            wrong.push(format!("{key}: empty"));
        }
        if gaps(text.de) != gaps(text.en) {
            wrong.push(format!("{key}: the gaps differ: {:?}, {:?}", gaps(text.de), gaps(text.en)));
        }
        for own in [text.de, text.en] {
            if own.matches('{').count() != own.matches('}').count() {
                wrong.push(format!("{key}: a brace is missing"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_text_the_templates_ask_for_exists() {
    let known: BTreeSet<(String, String)> = shipped()
        .texts
        .iter()
        .filter_map(|(key, _)| key.split_once('.'))
        .map(|(a, b)| (a.to_owned(), plain(b)))
        .collect();
    let (wanted, dynamic) = wanted_by_templates();
    assert!(wanted.len() > 20);
    let missing: Vec<_> = wanted.iter().filter(|(key, _)| !known.contains(*key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for group in dynamic {
        assert!(known.iter().any(|(own, _)| plain(own) == group), "{group}");
    }
}

#[test]
fn every_text_the_program_asks_for_exists_and_its_gaps_are_filled() {
    let texts = &shipped().texts;
    let mut wrong = String::new();
    let mut seen = 0;
    for (path, code) in code() {
        for key in ["words.get(", "words().get(", "self.get(", "words.fill(", "words().fill("]
            .iter()
            .flat_map(|start| after(&code, start))
        {
            seen += 1;
            if texts.get(key).is_none() {
                let _ = writeln!(wrong, "{path}: {key} does not exist");
            }
        }
        for start in [
            "Diagnostic::error(",
            "Diagnostic::warning(",
            "Diagnostic::note(",
            "Message::new(",
            "self.error(",
            "refuse(",
        ] {
            for code in after(&code, start) {
                seen += 1;
                if texts.get(&format!("check.{code}")).is_none() {
                    let _ = writeln!(wrong, "{path}: check.{code} does not exist");
                }
            }
        }
        for (at, _) in code.match_indices(".fill(") {
            let rest = &code[at + 6..];
            let Some(text) = literal(rest).and_then(|key| texts.get(key)) else { continue };
            let call = &rest[..rest.find("])").unwrap_or(0)];
            let Some((_, list)) = call.split_once("&[") else { continue };
            let filled: BTreeSet<&str> = after(list, "(").into_iter().collect();
            for gap in gaps(text.de).difference(&filled) {
                let _ = writeln!(wrong, "{path}: {{{gap}}} of {:?} is not filled", literal(rest));
            }
        }
        for group in ["named(", "Named::of(words, ", "label(words, "].iter().flat_map(|start| after(&code, start)) {
            seen += 1;
            if !groups().contains(group) && !path.contains("format") && path != "cli/schema.rs" {
                let _ = writeln!(wrong, "{path}: the group {group} does not exist");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(seen > 100, "the calls are not written as they were");
}

#[test]
fn every_text_is_used_somewhere() {
    let code = code();
    let used: BTreeSet<&str> = code.iter().flat_map(|(_, code)| literals(code)).collect();
    // Groups whose names are put together at run time.
    let dynamic: BTreeSet<&str> = code
        .iter()
        .flat_map(|(_, code)| ["named(", "Named::of(words, ", "label(words, "].map(|start| after(code, start)))
        .flatten()
        .collect();
    let (templates, by_index) = wanted_by_templates();
    let idle = |key: &&str| {
        let Some((group, name)) = key.split_once('.') else { return true };
        let by_code = used.contains(*key) || group == "check" && used.contains(name);
        let by_template = templates.contains_key(&(plain(group), plain(name))) || by_index.contains(&plain(group));
        !(by_code || by_template || dynamic.contains(group))
    };
    let idle: Vec<&str> = shipped().texts.iter().map(|(key, _)| key).filter(idle).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn no_text_shows_as_its_key_in_the_help() {
    for args in [
        vec![],
        vec!["compare"],
        vec!["report"],
        vec!["facts"],
        vec!["explain"],
        vec!["list"],
        vec!["check"],
        vec!["fmt"],
        vec!["schema"],
        vec!["completions"],
        vec!["positions"],
        vec!["backtest"],
        vec!["gate"],
        vec!["new"],
        vec!["new", "messenger"],
        vec!["diff"],
    ] {
        for lang in ["de", "en"] {
            let run = support::run(args.iter().copied().chain(["--help", "--lang", lang]));
            run.ended_with(0);
            assert!(!run.out.contains("help."), "{args:?}: {}", run.out);
            // Every option has its line of explanation.
            for line in run.out.lines().filter(|line| line.trim_start().starts_with('-')) {
                let explained = line.trim().split("  ").filter(|part| !part.trim().is_empty()).count() > 1;
                assert!(explained || run.out.contains(&format!("{line}\n          ")), "{args:?}: {line}");
            }
        }
    }
}

#[test]
fn a_user_s_own_texts_templates_and_pieces_take_the_place_of_the_program_s() {
    let folder = support::Folder::with([
        ("templates/texts.yaml", "verdict.suitable:\n  de: \"prima\"\n  en: \"fine\"\n"),
        ("templates/_base.html.j2", "<p>{% block title %}{% endblock %}</p>{% block content %}{% endblock %}\n"),
        ("templates/_mine.j2", "piece\n"),
        ("templates/compare.mine.j2", "{% set name = '_mine' %}{% include name ~ '.j2' %}{{ t.verdict.suitable }}\n"),
    ]);
    let draw = |lang: &str, format: &str| {
        let data = folder.path().to_str().unwrap();
        let args = ["compare", "-u", "school", "-m", "wire", "--lang", lang, "-f", format, "--data", data];
        let run = support::run(args);
        run.ended_with(0);
        run.out
    };
    for (lang, own) in [("de", "prima"), ("en", "fine")] {
        for format in ["terminal", "markdown", "html"] {
            let text = draw(lang, format);
            assert!(text.split(['<', '>', ' ', '\n']).any(|word| word == own), "{lang}, {format}: {text}");
        }
    }
    assert!(draw("en", "html").starts_with("<p>"));
    assert_eq!(draw("en", "mine"), "piece\nfine\n");
}
