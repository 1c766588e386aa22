//! What there is: messengers, criteria, use cases, checklists, checks, formats.

use serde::Serialize;

use super::check_page;
use super::common::{Head, Stamp};
use crate::catalog::Catalog;
use crate::report::{Words, format};

/// `list`: a plain table.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// About this result.
    #[serde(flatten)]
    pub head: Head,
    /// What is listed.
    pub title: String,
    /// Column headings.
    pub columns: Vec<String>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Messengers and editions.
    Messengers,
    /// Criteria.
    Criteria,
    /// Use cases.
    UseCases,
    /// Checklists, with how far the facts answer them.
    Checklists,
    /// Checks on the data.
    Checks,
    /// Output formats and templates.
    Formats,
}

/// Arranges a list.
pub fn view(catalog: &Catalog, words: &Words<'_>, stamp: Stamp, what: Listed) -> ListView {
    let (title, columns, rows): (&str, &[&str], _) = match what {
        Listed::Messengers => ("list.messengers", &["id", "name", "tags", "checked"], messengers(catalog, words)),
        Listed::Criteria => {
            ("list.criteria", &["id", "criterion", "weight", "goals", "asked"], criteria(catalog, words))
        }
        Listed::UseCases => ("list.use-cases", &["id", "title", "knock-outs", "aliases"], use_cases(catalog, words)),
        Listed::Checklists => (
            "list.checklists",
            &["id", "authority", "requirements", "by-facts", "by-organisation", "not-assessable"],
            checklists(catalog, words),
        ),
        Listed::Checks => ("list.checks", &["id", "level", "finds"], checks(catalog, words)),
        Listed::Formats => ("list.formats", &["command", "format", "origin"], formats(catalog, words)),
    };
    ListView {
        head: Head::new("messwerk.list/1", catalog, words, stamp),
        title: words.get(title).to_owned(),
        columns: columns.iter().map(|column| words.named("column", column)).collect(),
        rows,
    }
}

fn messengers(catalog: &Catalog, words: &Words<'_>) -> Vec<Vec<String>> {
    let row = |profile: &crate::catalog::Profile| {
        let messenger = &profile.messenger;
        let tags: Vec<&str> = messenger.tags.iter().map(|tag| tag.as_str()).collect();
        vec![
            profile.id.clone(),
            messenger.name.get(words.lang).to_owned(),
            tags.join(", "),
            words.date(messenger.checked.value),
        ]
    };
    catalog.profiles.iter().map(row).collect()
}

fn checks(catalog: &Catalog, words: &Words<'_>) -> Vec<Vec<String>> {
    let pages = catalog.lint_pages.iter().map(|entry| check_page::view(words, entry));
    pages.map(|page| vec![page.id, page.level.label, page.summary]).collect()
}

fn criteria(catalog: &Catalog, words: &Words<'_>) -> Vec<Vec<String>> {
    let row = |rule: &crate::catalog::Rule| {
        let criterion = &rule.criterion;
        let asks = |checklist: &&crate::catalog::Entry<crate::model::Checklist>| {
            let requirements = checklist.value.requirements.iter();
            requirements.flat_map(|requirement| &requirement.criteria).any(|id| id.value == rule.id)
        };
        let asked = catalog.checklists.iter().filter(asks).count();
        vec![
            rule.id.clone(),
            words.text(&criterion.title).to_owned(),
            criterion.weight.to_string(),
            words.named("goal-short", rule.leading_goal().id()),
            asked.to_string(),
        ]
    };
    catalog.rules.iter().map(row).collect()
}

fn use_cases(catalog: &Catalog, words: &Words<'_>) -> Vec<Vec<String>> {
    let row = |setting: &crate::catalog::Setting| {
        vec![
            setting.id.clone(),
            words.text(&setting.use_case.title).to_owned(),
            setting.knock_outs.len().to_string(),
            setting.aliases.join(", "),
        ]
    };
    catalog.settings.iter().map(row).collect()
}

/// How many requirements of a checklist are answered by what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// All requirements.
    pub total: usize,
    /// Answered by facts, at least in part.
    pub by_facts: usize,
    /// Answered by the organisation alone.
    pub by_organisation: usize,
    /// Not assessable.
    pub not_assessable: usize,
}

/// Counts a checklist.
pub fn coverage(checklist: &crate::model::Checklist) -> Coverage {
    let mut counts = Coverage::default();
    for requirement in &checklist.requirements {
        counts.total += 1;
        if requirement.not_assessable.is_some() {
            counts.not_assessable += 1;
        } else if requirement.criteria.is_empty() {
            counts.by_organisation += 1;
        } else {
            counts.by_facts += 1;
        }
    }
    counts
}

fn checklists(catalog: &Catalog, words: &Words<'_>) -> Vec<Vec<String>> {
    let row = |entry: &crate::catalog::Entry<crate::model::Checklist>| {
        let counts = coverage(&entry.value);
        let numbers = [counts.total, counts.by_facts, counts.by_organisation, counts.not_assessable];
        let head = [entry.id.clone(), words.text(&entry.value.authority).to_owned()];
        head.into_iter().chain(numbers.map(|number| number.to_string())).collect()
    };
    catalog.checklists.iter().map(row).collect()
}

fn formats(catalog: &Catalog, words: &Words<'_>) -> Vec<Vec<String>> {
    let origin = |own: bool| words.get(if own { "origin.user" } else { "origin.shipped" }).to_owned();
    let built_in = ["compare", "diff", "facts", "report", "sheet", "explain", "list"];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for command in built_in {
        let drawn = catalog.templates.contains_key(&format!("{command}.terminal.j2"));
        let terminal = if drawn { None } else { Some("terminal") };
        for name in terminal.into_iter().chain(["json"]) {
            rows.push(vec![command.to_owned(), name.to_owned(), words.get("origin.built-in").to_owned()]);
        }
    }
    for (command, name, own) in format::templates(catalog) {
        rows.push(vec![command, name, origin(own)]);
    }
    rows.sort();
    rows
}
