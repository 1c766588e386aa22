//! Findings about files, drawn for people and for machines. One file per format, one line in [`FORMATS`].

mod concise;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod resolved;
mod sarif;

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Entry};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::{LintLevel, LintPage};
use crate::source::SourceId;

use super::Words;

/// A way to draw findings.
#[derive(Debug, Clone, Copy)]
pub struct FindingFormat {
    /// What it is called on the command line.
    pub name: &'static str,
    /// An older name that is still understood.
    pub alias: Option<&'static str>,
    /// Whether it lists the rules, which then have to be at hand.
    pub lists_rules: bool,
    /// Draws.
    pub render: Render,
}

/// All formats.
pub const FORMATS: &[FindingFormat] = &[
    FindingFormat { alias: Some("text"), ..plain("human", |context, found| Ok(human::render(context, found))) },
    plain("concise", |context, found| Ok(concise::render(context, found))),
    plain("json", json::render),
    plain("github", |context, found| Ok(github::render(context, found))),
    plain("gitlab", gitlab::render),
    FindingFormat { lists_rules: true, ..plain("sarif", sarif::render) },
    plain("junit", junit::render),
];

type Render = fn(Context<'_>, &[Diagnostic]) -> anyhow::Result<String>;

const fn plain(name: &'static str, render: Render) -> FindingFormat {
    FindingFormat { name, alias: None, lists_rules: false, render }
}

/// The format where none is asked for.
pub const USUAL: &FindingFormat = &FORMATS[0];

/// The format of this name.
pub fn format(name: &str) -> Option<&'static FindingFormat> {
    FORMATS.iter().find(|format| format.name == name || format.alias == Some(name))
}

/// What the drawing needs besides the findings.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// For the files' texts.
    pub catalog: &'a Catalog,
    /// For the words.
    pub words: &'a Words<'a>,
    /// Whether colours may be used.
    pub colour: bool,
    /// Columns available.
    pub width: usize,
    /// The files that were checked, in order.
    pub checked: &'a [SourceId],
    /// What is known about the rules, sorted by id. A rule that is missing is made up from its finding.
    pub rules: &'a [RuleInfo],
    /// How many findings are not shown because they matter too little.
    pub hidden: usize,
    /// How many findings are waived.
    pub waived: usize,
}

impl<'a> Context<'a> {
    /// Plain, 80 columns wide, nothing known about files and rules.
    pub fn new(catalog: &'a Catalog, words: &'a Words<'a>) -> Self {
        Self { catalog, words, colour: false, width: 80, checked: &[], rules: &[], hidden: 0, waived: 0 }
    }
}

/// What is known about a rule: all findings of one code come from one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
    /// The code of its findings.
    pub id: String,
    /// How much its findings matter.
    pub severity: Severity,
    /// One sentence.
    pub summary: String,
    /// Why it exists and what to do; Markdown. May be empty.
    pub explanation: String,
}

/// All rules that have a page, sorted by id.
pub fn rules(catalog: &Catalog, words: &Words<'_>) -> Vec<RuleInfo> {
    let rule = |page: &Entry<LintPage>| RuleInfo {
        id: page.id.clone(),
        severity: match page.value.level {
            LintLevel::Error => Severity::Error,
            LintLevel::Warning => Severity::Warning,
            LintLevel::Note => Severity::Note,
        },
        summary: words.text(&page.value.summary).to_owned(),
        explanation: words.text(&page.value.explanation).to_owned(),
    };
    catalog.lint_pages.iter().map(rule).collect()
}

/// The known rules and those of the findings, sorted by id.
fn rules_with(context: Context<'_>, findings: &[Diagnostic]) -> Vec<RuleInfo> {
    let known = context.rules.iter().map(|rule| (rule.id.clone(), rule.clone()));
    let mut rules: BTreeMap<String, RuleInfo> = known.collect();
    for finding in findings {
        rules.entry(finding.code.to_owned()).or_insert_with(|| RuleInfo {
            id: finding.code.to_owned(),
            severity: finding.severity,
            summary: summary(context, &finding.message),
            explanation: String::new(),
        });
    }
    rules.into_values().collect()
}

/// The message of a finding as it holds for all findings of its kind: what is particular is left open.
fn summary(context: Context<'_>, message: &Message) -> String {
    let open = message.args.iter().fold(Message::new(message.key), |open, (gap, _)| open.with(gap, "…"));
    context.words.message(&open)
}
