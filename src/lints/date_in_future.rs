//! What has been seen, checked or published lies in the past. A service's announced end may not.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Date, Spanned};
use crate::source::SourceId;

pub const LINT: Lint = Lint { name: "date-in-future", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut dates: Vec<(SourceId, &Spanned<Date>)> = Vec::new();
    for (file, _, source) in subject.sources() {
        dates.push((file, &source.seen));
        dates.extend(source.published.iter().map(|date| (file, date)));
    }
    for (_, profile) in subject.profiles() {
        let messenger = &profile.messenger;
        dates.push((profile.source, &messenger.checked));
        let checked = messenger.facts.values().filter_map(|fact| fact.checked.as_ref());
        dates.extend(checked.map(|date| (profile.source, date)));
    }
    for checklist in subject.checklists() {
        dates.extend(checklist.value.date.iter().map(|date| (checklist.source, date)));
    }
    for body in subject.positions() {
        let own = body.value.positions.iter().filter_map(|position| position.date.as_ref());
        dates.extend(own.map(|date| (body.source, date)));
    }
    for (file, date) in dates {
        if date.earliest() > subject.today {
            let finding = LINT.at(file, date.span).with("date", date.to_string());
            found.push(finding.with("today", subject.today.to_string()));
        }
    }
}
