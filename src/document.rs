//! The kinds of files there are, where each stands, and how one is read.
//!
//! This is the one list to extend when a new kind of file is added. The build script uses it to embed
//! the shipped data, the catalogue to read a user's folder, so both always agree.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{
    Checklist, Contradictions, Criterion, Freshness, Glossary, LintPage, Messenger, Organisation, Policy, Positions,
    Redirects, Spanned, Text, UseCase, Vocabulary, Waivers,
};
use crate::source::{Source, SourceId, Span};
use crate::yaml::{self, DecodeError, Node};

/// The program's own texts: key to sentence.
pub type Texts = BTreeMap<Spanned<String>, Text>;

/// A file that has been read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Document {
    /// `criteria/facts.yaml`
    Vocabulary(Vocabulary),
    /// `criteria/rules/AREA/ID.yaml`
    Criterion(Criterion),
    /// `criteria/use-cases/ID.yaml`
    UseCase(UseCase),
    /// `criteria/checklists/ID.yaml`
    Checklist(Checklist),
    /// `criteria/positions/ID.yaml`
    Positions(Positions),
    /// `criteria/glossary.yaml`
    Glossary(Glossary),
    /// `messengers/ID.yaml`
    Messenger(Messenger),
    /// `templates/texts.yaml`
    Texts(Texts),
    /// `criteria/contradictions.yaml`
    Contradictions(Contradictions),
    /// `criteria/freshness.yaml`
    Freshness(Freshness),
    /// `criteria/redirects.yaml`
    Redirects(Redirects),
    /// `criteria/waivers.yaml`
    Waivers(Waivers),
    /// `templates/lints/NAME.yaml`
    LintPage(LintPage),
    /// a file named on the command line
    Organisation(Organisation),
    /// a file named on the command line
    Policy(Policy),
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// The vocabulary of facts.
    Vocabulary,
    /// One criterion.
    Criterion,
    /// One use case.
    UseCase,
    /// One checklist.
    Checklist,
    /// The positions of one body.
    Positions,
    /// The glossary.
    Glossary,
    /// One messenger.
    Messenger,
    /// The program's texts.
    Texts,
    /// Contradictions between facts.
    Contradictions,
    /// How long checked facts stay fresh.
    Freshness,
    /// Where ids went.
    Redirects,
    /// Findings knowingly left standing.
    Waivers,
    /// The page of one check.
    LintPage,
    /// One organisation's own statements.
    Organisation,
    /// Which messengers an organisation permits.
    Policy,
}

impl DocumentKind {
    /// All kinds, in the order they are read.
    pub const ALL: [Self; 15] = [
        Self::Vocabulary,
        Self::Criterion,
        Self::UseCase,
        Self::Checklist,
        Self::Positions,
        Self::Glossary,
        Self::Messenger,
        Self::Texts,
        Self::Contradictions,
        Self::Freshness,
        Self::Redirects,
        Self::Waivers,
        Self::LintPage,
        Self::Organisation,
        Self::Policy,
    ];

    /// Name of the kind's schema file, without ending.
    pub fn schema_name(self) -> &'static str {
        match self {
            Self::Vocabulary => "vocabulary",
            Self::Criterion => "criterion",
            Self::UseCase => "use-case",
            Self::Checklist => "checklist",
            Self::Positions => "positions",
            Self::Glossary => "glossary",
            Self::Messenger => "messenger",
            Self::Texts => "texts",
            Self::Contradictions => "contradictions",
            Self::Freshness => "freshness",
            Self::Redirects => "redirects",
            Self::Waivers => "waivers",
            Self::LintPage => "lint",
            Self::Organisation => "organisation",
            Self::Policy => "policy",
        }
    }

    /// Where files of this kind stand, as shown to people.
    pub fn place(self) -> &'static str {
        match self {
            Self::Vocabulary => "criteria/facts.yaml",
            Self::Criterion => "criteria/rules/AREA/ID.yaml",
            Self::UseCase => "criteria/use-cases/ID.yaml",
            Self::Checklist => "criteria/checklists/ID.yaml",
            Self::Positions => "criteria/positions/ID.yaml",
            Self::Glossary => "criteria/glossary.yaml",
            Self::Messenger => "messengers/ID.yaml",
            Self::Texts => "templates/texts.yaml",
            Self::Contradictions => "criteria/contradictions.yaml",
            Self::Freshness => "criteria/freshness.yaml",
            Self::Redirects => "criteria/redirects.yaml",
            Self::Waivers => "criteria/waivers.yaml",
            Self::LintPage => "templates/lints/NAME.yaml",
            Self::Organisation => "--organisation FILE",
            Self::Policy => "gate POLICY",
        }
    }

    /// The schema of this kind, as made from the model's types.
    pub fn schema(self) -> &'static Json {
        const KINDS: usize = DocumentKind::ALL.len();
        static SCHEMAS: [OnceLock<Json>; KINDS] = [const { OnceLock::new() }; KINDS];
        SCHEMAS[self as usize].get_or_init(|| match self {
            Self::Vocabulary => yaml::shape::schema_of::<Vocabulary>(),
            Self::Criterion => yaml::shape::schema_of::<Criterion>(),
            Self::UseCase => yaml::shape::schema_of::<UseCase>(),
            Self::Checklist => yaml::shape::schema_of::<Checklist>(),
            Self::Positions => yaml::shape::schema_of::<Positions>(),
            Self::Glossary => yaml::shape::schema_of::<Glossary>(),
            Self::Messenger => yaml::shape::schema_of::<Messenger>(),
            Self::Texts => yaml::shape::schema_of::<Texts>(),
            Self::Contradictions => yaml::shape::schema_of::<Contradictions>(),
            Self::Freshness => yaml::shape::schema_of::<Freshness>(),
            Self::Redirects => yaml::shape::schema_of::<Redirects>(),
            Self::Waivers => yaml::shape::schema_of::<Waivers>(),
            Self::LintPage => yaml::shape::schema_of::<LintPage>(),
            Self::Organisation => yaml::shape::schema_of::<Organisation>(),
            Self::Policy => yaml::shape::schema_of::<Policy>(),
        })
    }
}

/// What a path within a data folder says about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Kind of file.
    pub kind: DocumentKind,
    /// The file's name without ending: the id of what it holds.
    pub id: String,
    /// The folder of a criterion, which is its area.
    pub area: Option<String>,
}

/// Finds the kind and id of a file from its path relative to the data folder, with `/` between parts.
pub fn place(path: &str) -> Option<Place> {
    let stem = path.strip_suffix(".yaml")?;
    let parts: Vec<&str> = stem.split('/').collect();
    let (kind, area, id) = match parts.as_slice() {
        ["criteria", "facts"] => (DocumentKind::Vocabulary, None, "facts"),
        ["criteria", "glossary"] => (DocumentKind::Glossary, None, "glossary"),
        ["criteria", "contradictions"] => (DocumentKind::Contradictions, None, "contradictions"),
        ["criteria", "freshness"] => (DocumentKind::Freshness, None, "freshness"),
        ["criteria", "redirects"] => (DocumentKind::Redirects, None, "redirects"),
        ["criteria", "waivers"] => (DocumentKind::Waivers, None, "waivers"),
        ["criteria", "rules", area, id] => (DocumentKind::Criterion, Some((*area).to_owned()), *id),
        ["criteria", "use-cases", id] => (DocumentKind::UseCase, None, *id),
        ["criteria", "checklists", id] => (DocumentKind::Checklist, None, *id),
        ["criteria", "positions", id] => (DocumentKind::Positions, None, *id),
        ["messengers", id] => (DocumentKind::Messenger, None, *id),
        ["templates", "texts"] => (DocumentKind::Texts, None, "texts"),
        ["templates", "lints", id] => (DocumentKind::LintPage, None, *id),
        _ => return None,
    };
    let id = id.to_owned();
    Some(Place { kind, id, area })
}

/// A file after reading: what it says, if it can be used, and what is to be said about it.
pub type Read = (Option<Document>, Vec<Diagnostic>);

/// Reads one file: syntax, then shape, then type. All mismatches of shape are reported at once.
pub fn read(kind: DocumentKind, source: &Source, id: SourceId) -> Read {
    let node = match yaml::parse(source, id) {
        Ok(node) => node,
        Err(finding) => return (None, vec![*finding]),
    };
    let mut findings = yaml::shape::check(&node, kind.schema(), id);
    if kind == DocumentKind::Texts {
        // The texts with which a new profile is laid out.
        findings.retain(|finding| finding.code != "todo-left");
    }
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return (None, findings);
    }
    match decode(kind, &node) {
        Ok(document) => (Some(document), findings),
        Err(error) => {
            findings.push(does_not_fit(&node, id, error));
            (None, findings)
        }
    }
}

fn decode(kind: DocumentKind, node: &Node) -> Result<Document, DecodeError> {
    Ok(match kind {
        DocumentKind::Vocabulary => Document::Vocabulary(yaml::decode(node)?),
        DocumentKind::Criterion => Document::Criterion(yaml::decode(node)?),
        DocumentKind::UseCase => Document::UseCase(yaml::decode(node)?),
        DocumentKind::Checklist => Document::Checklist(yaml::decode(node)?),
        DocumentKind::Positions => Document::Positions(yaml::decode(node)?),
        DocumentKind::Glossary => Document::Glossary(yaml::decode(node)?),
        DocumentKind::Messenger => Document::Messenger(yaml::decode(node)?),
        DocumentKind::Texts => Document::Texts(yaml::decode(node)?),
        DocumentKind::Contradictions => Document::Contradictions(yaml::decode(node)?),
        DocumentKind::Freshness => Document::Freshness(yaml::decode(node)?),
        DocumentKind::Redirects => Document::Redirects(yaml::decode(node)?),
        DocumentKind::Waivers => Document::Waivers(yaml::decode(node)?),
        DocumentKind::LintPage => Document::LintPage(yaml::decode(node)?),
        DocumentKind::Organisation => Document::Organisation(yaml::decode(node)?),
        DocumentKind::Policy => Document::Policy(yaml::decode(node)?),
    })
}

/// What is still wrong after the shape has been checked is reported as one finding.
fn does_not_fit(node: &Node, id: SourceId, error: DecodeError) -> Diagnostic {
    let span: Span = error.span.unwrap_or_else(|| node.anchor());
    Diagnostic::error("does-not-fit", id, span).with("detail", error.detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_file_is_its_kind_and_id() {
        let found = place("criteria/rules/contacts/x.yaml").map(|at| (at.kind, at.id, at.area));
        assert_eq!(found, Some((DocumentKind::Criterion, "x".into(), Some("contacts".into()))));
        assert_eq!(place("messengers/signal.yaml").map(|at| at.id).as_deref(), Some("signal"));
        for stray in ["messengers/signal.yml", "criteria/rules/x.yaml", "x.yaml", "messengers/a/b.yaml"] {
            assert_eq!(place(stray), None, "{stray}");
        }
    }
}
