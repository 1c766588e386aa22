//! Each address can be followed: the web only, complete, without characters that do not belong there.

use super::{Lint, Subject};
use crate::catalog::safe_url;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Spanned;
use crate::source::SourceId;

pub const LINT: Lint = Lint { name: "bad-url", level: Severity::Error, run };

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (file, url) in addresses(subject) {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let complete = rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if !complete || safe_url(url).is_empty() {
            found.push(LINT.at(file, url.span).with("url", url.as_str()));
        }
    }
}

/// All addresses in the files meant, in no particular order.
pub fn addresses<'a>(subject: &Subject<'a>) -> Vec<(SourceId, &'a Spanned<String>)> {
    let mut all = Vec::new();
    for (file, _, source) in subject.sources() {
        all.push((file, &source.url));
        all.extend(source.via.iter().map(|via| (file, via)));
    }
    for (_, profile) in subject.profiles() {
        all.extend(profile.messenger.website.iter().map(|url| (profile.source, url)));
    }
    for checklist in subject.checklists() {
        all.extend(checklist.value.url.iter().map(|url| (checklist.source, url)));
    }
    for body in subject.positions() {
        all.extend(body.value.positions.iter().map(|position| (body.source, &position.url)));
    }
    all
}
