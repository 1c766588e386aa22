//! Bytes nobody would write by hand, through the reader and the formatter within this process: nothing panics, nothing
//! hangs, every place lies in the text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

#[path = "fuzzed/condition.rs"]
mod condition;
#[path = "fuzzed/yaml.rs"]
mod yaml;

use std::fs;
use std::sync::OnceLock;

use messwerk::catalog::decode;
use messwerk::document::{self, DocumentKind};
use messwerk::source::SourceId;
use proptest::prelude::*;
use proptest::sample::Index;

use support::root;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The code with which a profile of these bytes is refused.
fn refused(bytes: impl Into<Vec<u8>>) -> &'static str {
    let (source, read) = decode("x.yaml".into(), bytes.into(), SourceId(0));
    if let Err(finding) = read {
        return finding.code;
    }
    let (document, findings) = document::read(DocumentKind::Messenger, &source, SourceId(0));
    assert!(document.is_none(), "read: {:.80}", source.text);
    findings.first().map_or("", |finding| finding.code)
}

/// Small files of several kinds, to be spoilt.
fn samples() -> &'static [String] {
    static READ: OnceLock<Vec<String>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut all = support::shipped_yaml();
        all.retain(|(path, text)| text.len() < 8000 && !path.starts_with("templates/"));
        all.sort_by_key(|(_, text)| text.len());
        let step = (all.len() / 24).max(1);
        all.into_iter().step_by(step).map(|(_, text)| text).collect()
    })
}

/// One way to spoil a file.
#[derive(Debug, Clone)]
enum Spoil {
    Delete(Index, usize),
    Double(Index, usize),
    Insert(Index, Vec<u8>),
    DeleteLine(Index),
    DoubleLine(Index),
    SwapLines(Index, Index),
    Indent(Index, usize),
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let signs = [
        "\t", ": ", "- ", "\n", "\r", "#", "'", "\"", "|\n", ">\n", "{", "}", "[", "]", ",", "&a ", "*a", "!!str ",
        "%", "---\n", "\u{feff}", "\u{0}", "\u{85}", "ä", "? ",
    ];
    prop_oneof![
        (any::<Index>(), 1_usize..20).prop_map(|(at, many)| Spoil::Delete(at, many)),
        (any::<Index>(), 1_usize..20).prop_map(|(at, many)| Spoil::Double(at, many)),
        (any::<Index>(), proptest::collection::vec(any::<u8>(), 1..3)).prop_map(|(at, bytes)| Spoil::Insert(at, bytes)),
        (any::<Index>(), proptest::sample::select(signs.to_vec()))
            .prop_map(|(at, sign)| Spoil::Insert(at, sign.as_bytes().to_vec())),
        any::<Index>().prop_map(Spoil::DeleteLine),
        any::<Index>().prop_map(Spoil::DoubleLine),
        (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Spoil::SwapLines(one, other)),
        (any::<Index>(), 1_usize..5).prop_map(|(at, many)| Spoil::Indent(at, many)),
    ]
}

impl Spoil {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let range = |at: &Index, many: usize| {
            let at = at.index(bytes.len());
            at..(at + many).min(bytes.len())
        };
        match self {
            Self::Delete(at, many) => return drop(bytes.drain(range(at, *many))),
            Self::Double(at, many) => {
                let part = bytes[range(at, *many)].to_vec();
                return insert(bytes, *at, &part);
            }
            Self::Insert(at, part) => return insert(bytes, *at, part),
            Self::DeleteLine(at) => drop(lines.remove(at.index(lines.len()))),
            Self::DoubleLine(at) => {
                let at = at.index(lines.len());
                lines.insert(at, lines[at].clone());
            }
            Self::SwapLines(one, other) => {
                let (one, other) = (one.index(lines.len()), other.index(lines.len()));
                lines.swap(one, other);
            }
            Self::Indent(at, many) => {
                let at = at.index(lines.len());
                lines[at].splice(0..0, std::iter::repeat_n(b' ', *many));
            }
        }
        *bytes = lines.concat();
    }
}

fn insert(bytes: &mut Vec<u8>, at: Index, part: &[u8]) {
    let at = at.index(bytes.len() + 1);
    bytes.splice(at..at, part.iter().copied());
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        yaml::run(&bytes);
    }

    #[test]
    fn random_text(text in "\\PC{0,120}") {
        yaml::run(text.as_bytes());
    }

    #[test]
    fn random_text_of_the_signs_that_matter(text in "[ab1 \\n\\t:,#&*!|>'\"%@`?{}\\[\\]\\-~=.\\\\\u{e4}\u{85}\u{2028}\u{feff}]{0,40}") {
        yaml::run(text.as_bytes());
    }

    #[test]
    fn random_conditions(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        condition::run(&bytes);
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn shipped_files_spoilt(which in any::<Index>(), how in proptest::collection::vec(spoil(), 1..4)) {
        let mut bytes = which.get(samples()).clone().into_bytes();
        for spoil in &how {
            spoil.apply(&mut bytes);
        }
        yaml::run(&bytes);
    }
}

#[test]
fn what_the_fuzzer_has_found_worth_keeping() {
    for (target, run) in [("yaml", yaml::run as fn(&[u8])), ("condition", condition::run)] {
        let folder = root().join("fuzz/corpus").join(target);
        // The published package comes without the fuzzer.
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut count = 0;
        for entry in entries {
            run(&fs::read(entry.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(count > 20, "{}: {count} files", folder.display());
    }
}

#[test]
fn a_file_may_break_off_anywhere() {
    for (at, text) in samples().iter().enumerate().step_by(6) {
        let ends: Vec<usize> = text.char_indices().map(|(end, _)| end).collect();
        let step = (ends.len() / 25).max(1);
        // Each file breaks off at other places.
        for end in ends.iter().skip(at % step).step_by(step) {
            yaml::run(&text.as_bytes()[..*end]);
        }
    }
    // One from its first byte to its last, within characters as well.
    let text = "name: Ä\nsummary: {de: \"x\\u00e4\", en: 'y'}\nfacts:\n  a.b: # why\n    value: [c, d]\n    note: >-\n      long\n\n      text\n";
    for end in 0..text.len() {
        yaml::run(&text.as_bytes()[..end]);
    }
}

#[test]
fn nesting_of_every_kind_and_depth() {
    let flow: [(&str, &str); 4] = [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]"), ("- ", "")];
    for deep in [1, 2, 7, 15, 16, 17, 18, 63, 64, 65, 255, 1000, 10_000, 100_000] {
        for (open, close) in flow {
            let whole = format!("{}x{}\n", open.repeat(deep), close.repeat(deep));
            let broken = format!("{}x\n", open.repeat(deep));
            for text in [whole, broken] {
                let code = refused(text);
                assert!(deep < 17 || code == "yaml-too-large" || code == "yaml-syntax", "{deep} {open}: {code}");
            }
        }
    }
    // By indentation, as far as a file may be long.
    for deep in [16_usize, 100, 1000, 1300] {
        for entry in ["a:", "-"] {
            let lines: String = (0..deep).map(|level| " ".repeat(level) + entry + "\n").collect();
            let code = refused(lines);
            assert!(deep <= 16 || code == "yaml-too-large", "{deep} {entry}: {code}");
        }
    }
    assert_eq!(refused(format!("a: {}x{}\n", "{not: ".repeat(1000), "}".repeat(1000))), "yaml-too-large");
}

#[test]
fn much_of_everything() {
    use std::fmt::Write as _;

    let keys = (0..100_000).fold(String::new(), |mut all, number| {
        let _ = writeln!(all, "k{number}: 1");
        all
    });
    assert_eq!(refused(keys.as_str()), if keys.len() > 1 << 20 { "file-too-large" } else { "yaml-too-large" });
    let keys: String = keys.split_inclusive('\n').take(9_000).collect();
    assert_eq!(refused(keys), "unknown-key");
    let long = "x".repeat(1_000_000);
    for text in [
        format!("name: {long}\n"),
        format!("{long}: 1\n"),
        format!("\"{long}\": 1\n"),
        format!("? {long}\n: 1\n"),
        format!("name: |\n  {long}\n"),
        format!("name: '{long}'\n"),
        format!("# {long}\nname: x\n"),
        format!("name: {}\n", "x ".repeat(500_000)),
        format!("name: \"{}\"\n", "\\\n  ".repeat(200_000)),
        format!("name: x{}y\n", " ".repeat(1_000_000)),
        format!("name: x\n{}", "\n".repeat(1_000_000)),
        format!("name: x\n{}", "#\n".repeat(500_000)),
        format!("name: >\n{}", "  x\n".repeat(250_000)),
        format!("name: {}\n", "9".repeat(1_000_000)),
        format!("name: 0.{}e{}\n", "9".repeat(500_000), "9".repeat(400_000)),
    ] {
        let code = refused(text.as_str());
        assert!(!code.is_empty() && code != "file-too-large", "{text:.20}: {code}");
    }
    assert_eq!(refused("x".repeat((1 << 20) + 1)), "file-too-large");
}

#[test]
fn text_in_other_encodings_is_refused_at_its_place() {
    let text = "name: Ä\nsummary: x\n";
    let utf16 = |order: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let marked = if mark { "\u{feff}" } else { "" };
        marked.encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
    };
    assert_eq!(refused(utf16(u16::to_le_bytes, true)), "not-utf8");
    assert_eq!(refused(utf16(u16::to_be_bytes, true)), "not-utf8");
    // Without a mark the first umlaut is no UTF-8; without one it would be text full of zeros.
    assert_eq!(refused(utf16(u16::to_le_bytes, false)), "not-utf8");
    assert_eq!(refused(utf16(u16::to_be_bytes, false)), "not-utf8");
    let zeros = |order: fn(u16) -> [u8; 2]| -> Vec<u8> { "name: x\n".encode_utf16().flat_map(order).collect() };
    assert_eq!(refused(zeros(u16::to_le_bytes)), "yaml-syntax");
    assert_eq!(refused(zeros(u16::to_be_bytes)), "yaml-syntax");
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(refused(latin), "not-utf8");
    // Half of a pair of UTF-16, an overlong slash, a character beyond the last.
    for bytes in [&b"name: \xed\xa0\x80\n"[..], b"name: \xc0\xaf\n", b"name: \xf4\x90\x80\x80\n", b"name: \xff\n"] {
        assert_eq!(refused(bytes), "not-utf8");
    }
    for control in ["\u{0}", "\u{1}", "\u{7f}", "\u{1b}[31m", "\u{ffff}"] {
        assert_eq!(refused(format!("name: x{control}\n")), "yaml-syntax", "{control:?}");
    }
}

#[test]
fn every_line_end_ends_a_line() {
    let text = "name: X\nsummary: {de: x, en: x}\nchecked: 2026-11-22\n";
    for end in ["\r", "\r\n", "\n"] {
        let (source, _) = decode("x.yaml".into(), text.replace('\n', end).into_bytes(), SourceId(0));
        let (document, findings) = document::read(DocumentKind::Messenger, &source, SourceId(0));
        assert!(document.is_some(), "{end:?}: {findings:?}");
        let normal = messwerk::fmt::format(&source, SourceId(0), DocumentKind::Messenger, &[]).unwrap();
        assert_eq!(normal, text, "{end:?}");
    }
}
