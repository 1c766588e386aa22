//! A knock-out that no messenger can meet, not even with measures, decides nothing between them.

use super::{Lint, Subject};
use crate::catalog::Situation;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{KnockOutState, Plan, assess_all};

pub const LINT: Lint = Lint { name: "knock-out-unmeetable", level: Severity::Warning, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let situation = Situation::default();
    let living: Vec<usize> =
        (0..subject.catalog.profiles.len()).filter(|at| !subject.catalog.profiles[*at].ended).collect();
    for setting in subject.settings() {
        let plan = Plan::new(subject.catalog, setting, &situation);
        let assessments = assess_all(&plan, &living);
        for (rule, _) in &setting.knock_outs {
            let states = assessments.iter().flat_map(|own| &own.knock_outs).filter(|own| own.rule == *rule);
            let mut states = states.map(|own| own.reachable).peekable();
            if states.peek().is_none() || states.any(|state| state != KnockOutState::Failed) {
                continue;
            }
            let id = &subject.catalog.rules[*rule].id;
            let written = setting.use_case.knock_outs.iter().find(|own| own.criterion.value == *id);
            let span = written.map(|own| own.criterion.span).unwrap_or_default();
            found.push(LINT.at(setting.source, span).with("criterion", id));
        }
    }
}
