//! Facts are looked at again in time. How long a check lasts depends on the kind of source (`freshness.yaml`).

use std::collections::BTreeMap;

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::model::{Date, Limits, Spanned};

pub const LINT: Lint = Lint { name: "stale-fact", level: Severity::Note, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(freshness) = subject.catalog.freshness.last() else {
        return;
    };
    for (at, profile) in subject.profiles().filter(|(_, profile)| !profile.ended) {
        let common = &profile.messenger.checked;
        // Facts that share the profile's date are reported together, once per level.
        let mut together: BTreeMap<Severity, Vec<&str>> = BTreeMap::new();
        for (key, fact) in &profile.messenger.facts {
            let kind = subject.cited(at, fact).next().map(|source| source.kind);
            let checked = fact.checked.as_ref().unwrap_or(common);
            let Some(level) = level(checked, subject.today, freshness.value.of(kind)) else {
                continue;
            };
            match &fact.checked {
                Some(own) => found.push(finding(profile.source, own, level, subject, &[key.as_str()])),
                None => together.entry(level).or_default().push(key.as_str()),
            }
        }
        for (level, keys) in together {
            found.push(finding(profile.source, common, level, subject, &keys));
        }
    }
}

fn level(checked: &Spanned<Date>, today: Date, limits: Limits) -> Option<Severity> {
    let age = checked.months_until(today);
    let beyond = |limit: u32| age >= limit;
    if beyond(limits.error) {
        Some(Severity::Error)
    } else if beyond(limits.warning) {
        Some(Severity::Warning)
    } else {
        beyond(limits.note).then_some(Severity::Note)
    }
}

fn finding(
    source: crate::source::SourceId,
    checked: &Spanned<Date>,
    level: Severity,
    subject: &Subject<'_>,
    keys: &[&str],
) -> Diagnostic {
    /// So many are named; more would hide the point.
    const NAMED: usize = 5;
    let mut names = keys[..keys.len().min(NAMED)].join(", ");
    if keys.len() > NAMED {
        names.push_str(", …");
    }
    let finding = Diagnostic { severity: level, ..LINT.at(source, checked.span) };
    let finding = finding.with("count", keys.len().to_string()).with("facts", names);
    let finding = finding.with("checked", checked.to_string());
    let finding = finding.with("months", checked.months_until(subject.today).to_string());
    finding.help(Message::new("stale-fact-help"))
}
