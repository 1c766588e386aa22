//! An organisation's list of permitted messengers, resolved against the catalogue.

use std::path::Path;

use super::{Catalog, Profile, Section, excluded, files};
use crate::diagnostic::{Diagnostic, Message};
use crate::document::{self, Document, DocumentKind};
use crate::model::{Defaults, LeastVerdict, Permission, Policy, Spanned};
use crate::source::{SourceId, Span};

/// What a policy permits, ready for the engine. Permissions are in the order of the file.
#[derive(Debug, Default)]
pub struct Permits {
    /// The policy's name for the report.
    pub name: Option<String>,
    /// One entry for each use case and messenger; those of one use case stand together.
    pub permits: Vec<Permit>,
}

/// One messenger that is permitted in one use case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    /// Index of the use case.
    pub setting: usize,
    /// Index of the messenger.
    pub profile: usize,
    /// What it must reach.
    pub demands: Demands,
    /// The measures the organisation has taken (indices among the profile's), if the policy names them.
    pub measures: Option<Vec<usize>>,
    /// The policy's file.
    pub source: SourceId,
    /// Where the messenger stands in it.
    pub span: Span,
}

/// What a messenger must reach; `None` demands nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Demands {
    /// The least verdict.
    pub verdict: LeastVerdict,
    /// Low end of the range in percent.
    pub low: Option<u32>,
    /// Coverage in percent.
    pub coverage: Option<u32>,
    /// Whole months since each fact was checked.
    pub age: Option<u32>,
}

impl Demands {
    fn new(own: &Permission, defaults: &Defaults) -> Self {
        Self {
            verdict: own.verdict.or(defaults.verdict).unwrap_or_default(),
            low: own.minimum_low.or(defaults.minimum_low),
            coverage: own.minimum_coverage.or(defaults.minimum_coverage),
            age: own.maximum_age.or(defaults.maximum_age),
        }
    }
}

/// Reads a policy's file. With findings the result is what could be understood.
pub fn read(path: &Path, catalog: &mut Catalog) -> (Permits, Vec<Diagnostic>) {
    let (file, read) = files::read(path, catalog.sources.next());
    let source = catalog.sources.add(file);
    if let Err(finding) = read {
        return (Permits::default(), vec![*finding]);
    }
    match document::read(DocumentKind::Policy, catalog.sources.get(source), source) {
        (Some(Document::Policy(policy)), mut findings) => {
            let (permits, more) = resolve(policy, source, catalog);
            findings.extend(more);
            (permits, findings)
        }
        (_, findings) => (Permits::default(), findings),
    }
}

fn resolve(policy: Policy, source: SourceId, catalog: &Catalog) -> (Permits, Vec<Diagnostic>) {
    let mut resolver = Resolver { catalog, source, found: Vec::new() };
    let mut seen: Vec<(usize, Span)> = Vec::new();
    let mut permits = Vec::new();
    for (name, permission) in &policy.permitted {
        let Some(setting) = resolver.use_case(name) else {
            continue;
        };
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == setting) {
            let id = catalog.settings[setting].id.as_str();
            let finding = Diagnostic::error("use-case-twice", source, name.span).with("id", id);
            resolver.found.push(finding.also(source, *first, Message::new("first-here")));
        }
        seen.push((setting, name.span));
        let demands = Demands::new(permission, &policy.defaults);
        permits.extend(resolver.permission(setting, demands, permission));
    }
    let mut found = resolver.found;
    found.sort_by_key(|finding| finding.labels.first().map(|label| label.span.start));
    (Permits { name: policy.name, permits }, found)
}

struct Resolver<'a> {
    catalog: &'a Catalog,
    source: SourceId,
    found: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn error(&self, code: &'static str, name: &Spanned<String>) -> Diagnostic {
        Diagnostic::error(code, self.source, name.span).with("name", name.as_str())
    }

    fn use_case(&mut self, name: &Spanned<String>) -> Option<usize> {
        let known = self.catalog.setting(name).is_some();
        let written = if known { name.value.clone() } else { name.to_lowercase() };
        let written = Spanned { value: written, span: name.span };
        let section: Section = |redirects| &redirects.use_cases;
        let setting =
            self.catalog.setting(&self.catalog.current(&written, known, section, self.source, &mut self.found));
        if setting.is_none() {
            let names = self.catalog.settings.iter().flat_map(|setting| {
                std::iter::once(setting.id.as_str()).chain(setting.aliases.iter().map(String::as_str))
            });
            let ids: Vec<&str> = self.catalog.settings.iter().map(|setting| setting.id.as_str()).collect();
            let help = Message::new("one-of").with("allowed", ids.join(", "));
            let finding = self.error("unknown-reference", name).with_key("kind", "kind.use-case");
            self.found.push(finding.help(help).suggest(name, names));
        }
        setting
    }

    fn messenger(&mut self, name: &Spanned<String>) -> Option<usize> {
        let known = self.catalog.profile(name).is_some();
        let section: Section = |redirects| &redirects.messengers;
        let profile = self.catalog.profile(&self.catalog.current(name, known, section, self.source, &mut self.found));
        if profile.is_none() {
            let ids = self.catalog.profiles.iter().map(|profile| profile.id.as_str());
            let finding = self.error("unknown-reference", name).with_key("kind", "kind.messenger");
            self.found.push(finding.suggest(name, ids));
        }
        profile
    }

    fn permission(&mut self, setting: usize, demands: Demands, permission: &Permission) -> Vec<Permit> {
        let listed = &permission.messengers;
        for name in permission.measures.keys().filter(|name| !listed.contains(name)) {
            let finding = self.error("measures-not-permitted", name);
            self.found.push(finding.suggest(name, listed.iter().map(|own| own.as_str())));
        }
        let mut permits: Vec<Permit> = Vec::new();
        for name in listed {
            let Some(profile) = self.messenger(name) else {
                continue;
            };
            if permits.iter().any(|own| own.profile == profile) {
                self.found.push(self.error("named-twice", name));
            }
            let measures = permission.measures.get(name.as_str());
            let measures = measures.map(|names| self.measures(&self.catalog.profiles[profile], names));
            permits.push(Permit { setting, profile, demands, measures, source: self.source, span: name.span });
        }
        permits
    }

    /// The measures of a messenger by their names; such as can really be taken together.
    fn measures(&mut self, profile: &Profile, names: &[Spanned<String>]) -> Vec<usize> {
        let steps = &profile.measures;
        let mut taken: Vec<usize> = Vec::new();
        for name in names {
            let Some(at) = steps.iter().position(|step| step.id == name.value) else {
                let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
                let mut finding = self.error("unknown-reference", name).with_key("kind", "kind.measure");
                if !ids.is_empty() {
                    finding = finding.help(Message::new("one-of").with("allowed", ids.join(", ")));
                }
                self.found.push(finding.suggest(name, ids));
                continue;
            };
            if taken.contains(&at) {
                self.found.push(self.error("named-twice", name));
                continue;
            }
            if let Some(other) = taken.iter().find(|other| excluded(&steps[at], &steps[**other])) {
                let finding = Diagnostic::error("measures-exclude", self.source, name.span);
                let other = steps[*other].id.as_str();
                self.found.push(finding.with("one", name.as_str()).with("other", other));
            }
            taken.push(at);
        }
        taken.sort_unstable();
        taken
    }
}
