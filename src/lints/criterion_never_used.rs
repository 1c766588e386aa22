//! A criterion counts somewhere, and somebody asks for it: a requirement, a knock-out or a law.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Message, Severity};

pub const LINT: Lint = Lint { name: "criterion-never-used", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = subject.catalog;
    for (at, rule) in catalog.rules.iter().enumerate().filter(|(_, rule)| subject.wants(rule.source)) {
        let knock_out = catalog.settings.iter().any(|setting| setting.knock_outs.iter().any(|(own, _)| *own == at));
        let weighs = catalog.settings.iter().any(|setting| setting.weights.get(&at) != Some(&0));
        let requirements = || catalog.checklists.iter().flat_map(|checklist| &checklist.value.requirements);
        let demanded = || requirements().any(|requirement| requirement.criteria.iter().any(|own| own.value == rule.id));
        let why = if !weighs && !knock_out {
            "criterion-weighs-nothing"
        } else if !knock_out && rule.criterion.legal_basis.is_empty() && !demanded() {
            "criterion-not-demanded"
        } else {
            continue;
        };
        let finding = LINT.at(rule.source, rule.criterion.weight.span).with("criterion", &rule.id);
        found.push(finding.help(Message::new(why)));
    }
}
