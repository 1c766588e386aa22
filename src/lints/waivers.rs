//! Findings that are knowingly left standing (`waivers.yaml`), each with its reason and a last day.

use super::{LINTS, Subject};
use crate::catalog::{Catalog, Entry};
use crate::diagnostic::{Arg, Diagnostic, Message, Severity};
use crate::model::{Date, Waiver, Waivers};

/// Takes out what is waived and adds what is wrong with the waivers themselves. `known` tells whether there is a
/// check of this name, `complete` whether all files were checked: only then can a waiver that matches nothing be
/// called needless. Returns how many findings were taken out.
pub fn waive(
    subject: &Subject<'_>,
    known: &dyn Fn(&str) -> bool,
    complete: bool,
    found: &mut Vec<Diagnostic>,
) -> usize {
    let (catalog, today) = (subject.catalog, subject.today);
    // All waivers see all findings: two layers may well waive the same.
    let mut stays = vec![true; found.len()];
    let mut about = Vec::new();
    for layer in &catalog.waivers {
        for waiver in &layer.value.waivers {
            let mut any = false;
            for (stays, _) in stays.iter_mut().zip(found.iter()).filter(|(_, own)| matches(catalog, waiver, own)) {
                any = true;
                *stays &= waiver.until.latest() < today;
            }
            if subject.concerns(layer.source) {
                about.extend(judge(layer, waiver, today, known, any, complete));
            }
        }
    }
    let taken = stays.iter().filter(|stays| !**stays).count();
    let mut stays = stays.into_iter();
    found.retain(|_| stays.next().unwrap_or(true));
    found.extend(about);
    found.sort_by_key(|finding| {
        let label = finding.labels.first();
        label.map(|label| (catalog.sources.get(label.source).embedded, label.source, label.span.start))
    });
    taken
}

fn judge(
    layer: &Entry<Waivers>,
    waiver: &Waiver,
    today: Date,
    known: &dyn Fn(&str) -> bool,
    any: bool,
    complete: bool,
) -> Option<Diagnostic> {
    if !known(&waiver.lint) {
        let finding = Diagnostic::error("unknown-reference", layer.source, waiver.lint.span);
        return Some(finding.with_key("kind", "kind.lint").with("name", waiver.lint.as_str()));
    }
    if waiver.until.latest() < today {
        let finding = Diagnostic::warning("waiver-expired", layer.source, waiver.until.span);
        let finding = finding.with("lint", waiver.lint.as_str()).with("until", waiver.until.to_string());
        return Some(finding.help(Message::new("waiver-expired-help")));
    }
    let needless = complete && !any;
    needless.then(|| {
        let finding = Diagnostic::warning("waiver-unused", layer.source, waiver.lint.span);
        finding.with("lint", waiver.lint.as_str()).with("file", waiver.file.as_str())
    })
}

/// Same check, same file (by the end of its path), and the same subject where one is named.
fn matches(catalog: &Catalog, waiver: &Waiver, finding: &Diagnostic) -> bool {
    // A file that could not be read stays an error: waiving it would hide everything it says.
    let waivable = finding.severity < Severity::Error || LINTS.iter().any(|lint| lint.name == finding.code);
    let Some(label) = finding.labels.first().filter(|_| waivable && finding.code == waiver.lint.as_str()) else {
        return false;
    };
    let path = &catalog.sources.get(label.source).path;
    let same_file = path.strip_suffix(waiver.file.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    let names = |arg: &Arg, wanted: &str| match arg {
        Arg::Verbatim(text) => text.split(", ").any(|name| name == wanted),
        _ => false,
    };
    let about = |wanted: &str| finding.message.args.iter().any(|(_, arg)| names(arg, wanted));
    same_file && waiver.about.as_ref().is_none_or(|wanted| about(wanted))
}
