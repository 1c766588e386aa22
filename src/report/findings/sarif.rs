//! Findings as SARIF 2.1.0, the format that code scanning services and editors read.
//!
//! Own structs, as few as are needed: serde-sarif 0.8 was tried and makes fifteen more crates to build (among them syn 1
//! and one under a licence that deny.toml does not list), compiles only while another crate switches on serde's
//! `derive`, and knows the two words that matter here, `version` and `columnKind`, only as untyped JSON.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::resolved::{self, Finding, Place};
use super::{Context, RuleInfo, rules_with};
use crate::diagnostic::Diagnostic;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Everything but the unreserved characters of RFC 3986 and the slash. The colon too: a first part with one would be
/// taken for a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    language: &'static str,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information_uri: Option<&'static str>,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints<'a>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "messwerkFinding/v1")]
    finding: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Text {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

/// All findings and all rules.
pub fn render(context: Context<'_>, findings: &[Diagnostic]) -> anyhow::Result<String> {
    let rules = rules_with(context, findings);
    let findings = resolved::all(context, findings);
    let repository = env!("CARGO_PKG_REPOSITORY");
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        information_uri: (!repository.is_empty()).then_some(repository),
        rules: rules.iter().map(rule).collect(),
    };
    let run = Run {
        tool: Tool { driver },
        invocations: [Invocation { execution_successful: true }],
        language: context.words.lang.code(),
        column_kind: "unicodeCodePoints",
        results: findings.iter().map(|finding| outcome(finding, &rules)).collect(),
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn rule(rule: &RuleInfo) -> Rule<'_> {
    let long = if rule.explanation.is_empty() { &rule.summary } else { &rule.explanation };
    Rule {
        id: &rule.id,
        short_description: text(&rule.summary),
        full_description: text(long),
        help: Text { markdown: Some(long.clone()), ..text(long) },
        default_configuration: Configuration { level: rule.severity.id() },
    }
}

fn outcome<'a>(finding: &'a Finding, rules: &[RuleInfo]) -> Outcome<'a> {
    Outcome {
        rule_id: finding.code,
        // Every finding's rule is among the rules.
        rule_index: rules.partition_point(|rule| rule.id.as_str() < finding.code),
        level: finding.severity.id(),
        message: text(&finding.sentence()),
        locations: finding.place.iter().map(location).collect(),
        related_locations: finding.related.iter().map(location).collect(),
        partial_fingerprints: Fingerprints { finding: &finding.fingerprint },
    }
}

fn location(place: &Place) -> Location {
    let region = Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
    };
    Location {
        physical_location: Physical { artifact_location: artifact(&place.file), region },
        message: place.label.as_deref().map(text),
    }
}

/// A relative path hangs below the root of the sources, wherever that is; an absolute one stands for itself.
fn artifact(path: &str) -> Artifact {
    let encoded = utf8_percent_encode(path, PATH);
    let drive = path.split_once(":/").filter(|(drive, _)| drive.len() == 1);
    let uri = match drive {
        Some((drive, rest)) => format!("file:///{drive}:/{}", utf8_percent_encode(rest, PATH)),
        None if path.starts_with('/') => format!("file://{encoded}"),
        None => return Artifact { uri: encoded.to_string(), uri_base_id: Some("%SRCROOT%") },
    };
    Artifact { uri, uri_base_id: None }
}

/// Words of a file must not be taken for what SARIF reads in a text: `{0}` for an argument, `[…](…)` for a link.
fn text(words: &str) -> Text {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(['{', ']']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let digits = from[1..].bytes().take_while(u8::is_ascii_digit).count();
        if from.starts_with("](") {
            text.push_str("] ");
            rest = &from[1..];
        } else if from.starts_with('{') && digits > 0 && from[1 + digits..].starts_with('}') {
            text.extend(["{", &from[..digits + 2], "}"]);
            rest = &from[digits + 2..];
        } else {
            text.push_str(&from[..1]);
            rest = &from[1..];
        }
    }
    text.push_str(rest);
    Text { text, markdown: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        let uri = |path: &str| {
            let artifact = artifact(path);
            (artifact.uri, artifact.uri_base_id.is_some())
        };
        assert_eq!(uri("messengers/mein bö%.yaml"), ("messengers/mein%20b%C3%B6%25.yaml".into(), true));
        assert_eq!(uri("a:b.yaml"), ("a%3Ab.yaml".into(), true));
        assert_eq!(uri("/data/a b.yaml"), ("file:///data/a%20b.yaml".into(), false));
        assert_eq!(uri("C:/a b.yaml"), ("file:///C:/a%20b.yaml".into(), false));
    }

    #[test]
    fn nothing_in_a_text_is_an_argument_or_a_link() {
        assert_eq!(text("{0} {a} {12 [x](y) ]").text, "{{0}} {a} {12 [x] (y) ]");
    }
}
