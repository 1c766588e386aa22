//! References between files that the engine does not need but a reader does.

use super::{Catalog, Entry};
use crate::diagnostic::Diagnostic;
use crate::index;
use crate::model::{Checklist, Law, Positions, SourceRef, Spanned};
use crate::source::SourceId;

/// Checks everything in the wanted files that names something in another file.
pub fn check(catalog: &Catalog, wanted: &dyn Fn(SourceId) -> bool, found: &mut Vec<Diagnostic>) {
    for checklist in catalog.checklists.iter().filter(|own| wanted(own.source)) {
        check_checklist(catalog, checklist, found);
    }
    for positions in catalog.positions.iter().filter(|own| wanted(own.source)) {
        check_positions(catalog, positions, found);
    }
    for setting in catalog.settings.iter().filter(|own| wanted(own.source)) {
        check_use_case(catalog, setting, found);
    }
    for profile in catalog.profiles.iter().filter(|own| wanted(own.source)) {
        let ids = catalog.profiles.iter().map(|other| other.id.as_str());
        if let Some(successor) = &profile.messenger.successor {
            known(successor, "kind.messenger", ids, profile.source, found);
        }
        for excluded in profile.messenger.measures.values().flat_map(|measure| &measure.excludes) {
            let ids = profile.measures.iter().map(|step| step.id.as_str());
            known(excluded, "kind.measure", ids, profile.source, found);
        }
    }
    for rule in catalog.rules.iter().filter(|own| wanted(own.source)) {
        for law in &rule.criterion.legal_basis {
            check_law(law, rule.source, found);
        }
        if !catalog.facts.areas.contains_key(&rule.area) {
            let span = rule.criterion.weight.span;
            let finding = Diagnostic::error("unknown-area", rule.source, span).with("area", rule.area.as_str());
            found.push(finding.suggest(&rule.area, catalog.facts.areas.keys().map(String::as_str)));
        }
    }
}

fn check_checklist(catalog: &Catalog, checklist: &Entry<Checklist>, found: &mut Vec<Diagnostic>) {
    let source = checklist.source;
    for (at, requirement) in checklist.value.requirements.iter().enumerate() {
        let earlier = &checklist.value.requirements[..at];
        if earlier.iter().any(|other| other.id == requirement.id) {
            found.push(
                Diagnostic::error("duplicate-id", source, requirement.id.span).with("id", requirement.id.as_str()),
            );
        }
        for name in &requirement.criteria {
            index::criterion(name, source, &catalog.rules, found);
        }
        for key in &requirement.organisation {
            check_org(catalog, key, source, found);
        }
        for law in &requirement.legal_basis {
            check_law(law, source, found);
        }
        let answered = !requirement.criteria.is_empty() || !requirement.organisation.is_empty();
        if answered == requirement.not_assessable.is_some() {
            let code = if answered { "assessable-and-not" } else { "requirement-unanswered" };
            found.push(Diagnostic::error(code, source, requirement.id.span).with("id", requirement.id.as_str()));
        }
    }
}

fn check_positions(catalog: &Catalog, positions: &Entry<Positions>, found: &mut Vec<Diagnostic>) {
    let source = positions.source;
    for position in &positions.value.positions {
        for name in &position.messengers {
            let ids = catalog.profiles.iter().map(|profile| profile.id.as_str());
            known(name, "kind.messenger", ids, source, found);
        }
        for name in &position.use_cases {
            let ids = catalog.settings.iter().map(|setting| setting.id.as_str());
            known(name, "kind.use-case", ids, source, found);
        }
        let same = |id: &str| catalog.all_positions().filter(|(_, other)| other.id.value == id).count();
        if same(&position.id) > 1 {
            found.push(Diagnostic::error("duplicate-id", source, position.id.span).with("id", position.id.as_str()));
        }
        if let Some(later) = &position.superseded_by {
            let ids: Vec<&str> = catalog.all_positions().map(|(_, other)| other.id.as_str()).collect();
            known(later, "kind.position", ids, source, found);
        }
    }
}

fn check_use_case(catalog: &Catalog, setting: &super::Setting, found: &mut Vec<Diagnostic>) {
    let (use_case, source) = (&setting.use_case, setting.source);
    for name in &use_case.checklists {
        known(name, "kind.checklist", catalog.checklists.iter().map(|entry| entry.id.as_str()), source, found);
    }
    for duty in &use_case.duties {
        check_org(catalog, &duty.org, source, found);
        duty.law.iter().for_each(|law| check_law(law, source, found));
    }
    for basis in &use_case.legal_basis {
        check_law(&basis.law, source, found);
    }
    for knock_out in &use_case.knock_outs {
        knock_out.demanded_by.laws.iter().for_each(|law| check_law(law, source, found));
        for name in &knock_out.demanded_by.requirements {
            if catalog.requirement(name).is_none() {
                let all: Vec<String> = catalog.requirement_names().collect();
                known(name, "kind.requirement", all.iter().map(String::as_str), source, found);
            }
        }
    }
    for (at, alias) in use_case.aliases.iter().enumerate() {
        let twice = use_case.aliases[..at].contains(alias);
        let taken = twice
            || catalog.settings.iter().any(|other| {
                let own = other.id == setting.id;
                other.id == alias.value || !own && other.use_case.aliases.contains(alias)
            });
        if taken {
            found.push(Diagnostic::error("alias-taken", source, alias.span).with("alias", alias.as_str()));
        }
    }
}

fn check_org(catalog: &Catalog, key: &Spanned<String>, source: SourceId, found: &mut Vec<Diagnostic>) {
    if catalog.facts.lookup(key, source, found).is_some() && !key.starts_with("org.") {
        found.push(Diagnostic::error("needs-org-fact", source, key.span).with("key", key.as_str()));
    }
}

fn check_law(law: &Spanned<Law>, source: SourceId, found: &mut Vec<Diagnostic>) {
    if !law.is_known() {
        let names: Vec<&str> = Law::instruments().collect();
        let finding = Diagnostic::error("unknown-law", source, law.span).with("law", law.value.0.as_str());
        let help = crate::diagnostic::Message::new("unknown-law-help").with("allowed", names.join(", "));
        found.push(finding.help(help));
    }
}

/// Reports a name that is not among the candidates.
fn known<'a>(
    name: &Spanned<String>,
    kind: &'static str,
    candidates: impl IntoIterator<Item = &'a str>,
    source: SourceId,
    found: &mut Vec<Diagnostic>,
) {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    if !candidates.contains(&name.as_str()) {
        let finding = Diagnostic::error("unknown-reference", source, name.span).with_key("kind", kind);
        found.push(finding.with("name", name.as_str()).suggest(name, candidates));
    }
}

/// The sources a profile may cite: its own and, for an edition, its ancestors'.
pub fn source_of<'a>(catalog: &'a Catalog, profile: usize, id: &str) -> Option<&'a SourceRef> {
    let mut at = Some(profile);
    while let Some(index) = at {
        let profile = &catalog.profiles[index];
        if let Some(source) = profile.messenger.sources.get(id) {
            return Some(source);
        }
        at = profile.parent;
    }
    None
}
