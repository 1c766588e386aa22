//! Findings with the lines in question, as a compiler shows them.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Context, resolved};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::Source;

/// A line with more bytes than this is not shown, only its place: nobody reads it, and the renderer would go through
/// it for every finding anew.
const LONGEST_LINE: usize = 8 << 10;

/// All findings and a closing line.
pub fn render(context: Context<'_>, findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    for finding in findings {
        let renderer = if context.colour { Renderer::styled() } else { Renderer::plain() };
        out.push_str(&one(context, &renderer.term_width(context.width), finding));
        out.push_str("\n\n");
    }
    out.push_str(&summary(context, findings));
    out.push('\n');
    out
}

/// `1 error and 2 warnings in 3 files checked`.
fn summary(context: Context<'_>, findings: &[Diagnostic]) -> String {
    let words = context.words;
    let files = context.checked.len();
    let left_out = left_out(context);
    if findings.is_empty() {
        return words.fill("check.summary-clean", &[("files", &files.to_string())]) + &left_out;
    }
    let some = |number: usize, one: &str, many: &str| {
        let key = if number == 1 { one } else { many };
        (number > 0).then(|| words.fill(key, &[("count", &number.to_string())]))
    };
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [
        some(count(Severity::Error), "check.errors-one", "check.errors-many"),
        some(count(Severity::Warning), "check.warnings-one", "check.warnings-many"),
        some(count(Severity::Note), "check.notes-one", "check.notes-many"),
    ];
    let counts = words.list(&counts.into_iter().flatten().collect::<Vec<_>>());
    match some(files, "check.files-one", "check.files-many") {
        Some(files) => words.fill("check.summary", &[("counts", &counts), ("files", &files)]) + &left_out,
        None => counts,
    }
}

/// What was found and is not shown.
fn left_out(context: Context<'_>) -> String {
    let line = |number: usize, key: &str| match number {
        0 => String::new(),
        _ => format!("\n{}", context.words.fill(key, &[("count", &number.to_string())])),
    };
    line(context.hidden, "check.summary-hidden") + &line(context.waived, "check.summary-waived")
}

fn one(context: Context<'_>, renderer: &Renderer, finding: &Diagnostic) -> String {
    let words = context.words;
    let level = match finding.severity {
        Severity::Error => Level::ERROR.with_name(words.get("check.level-error")),
        Severity::Warning => Level::WARNING.with_name(words.get("check.level-warning")),
        Severity::Note => Level::NOTE.with_name(words.get("check.level-note")),
    };
    let message = resolved::message(context, &finding.message);
    let mut group: Group<'_> = Group::with_title(level.primary_title(&message).id(finding.code));
    for (number, (first, labels)) in pieces(context, finding).into_iter().enumerate() {
        let source = context.catalog.sources.get(first.source);
        let line = source.line_at(first.span.start);
        group = if source.text.trim().is_empty() || line.len() > LONGEST_LINE {
            let at = source.position(first.span.start);
            group.element(Origin::path(source.path.as_ref()).line(at.line).char_column(at.column))
        } else {
            group.element(snippet(context, source, &labels, number == 0))
        };
    }
    let help = finding.help.as_ref().map(|help| resolved::help(context, help));
    if let Some(help) = &help {
        group = group.element(Level::HELP.with_name(words.get("check.level-help")).message(help));
    }
    renderer.render(&[group])
}

/// What is to be shown, file by file with its first label, the finding's own place first. Where a line is too long to
/// be shown every place stands alone: the renderer would show all that is between two.
fn pieces<'f>(context: Context<'_>, finding: &'f Diagnostic) -> Vec<(&'f Label, Vec<&'f Label>)> {
    let line = |label: &Label| context.catalog.sources.get(label.source).line_at(label.span.start);
    let fits = finding.labels.iter().all(|label| line(label).chars().count() <= 2 * context.width);
    let mut pieces: Vec<(&Label, Vec<&Label>)> = Vec::new();
    for label in &finding.labels {
        match pieces.iter_mut().find(|(first, _)| fits && first.source == label.source) {
            Some((_, labels)) => labels.push(label),
            None => pieces.push((label, vec![label])),
        }
    }
    pieces
}

/// The lines with these labels. The renderer goes through all it is given, for every finding anew: it gets no more of
/// the file than that. `own`: the first is the finding's own place.
fn snippet<'a>(context: Context<'a>, source: &'a Source, labels: &[&Label], own: bool) -> Snippet<'a, Annotation<'a>> {
    let places: Vec<Range<usize>> = labels.iter().map(|label| place(source, label)).collect();
    let first = places.iter().map(|place| place.start).min().unwrap_or_default();
    let last = places.iter().map(|place| place.end).max().unwrap_or_default();
    let start = source.text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = source.text[last..].find('\n').map_or(source.text.len(), |at| last + at + 1);
    let annotations = labels.iter().zip(places).enumerate().map(|(at, (label, place))| {
        let kind = if own && at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(place.start - start..place.end - start);
        match &label.text {
            Some(message) => annotation.label(resolved::message(context, message)),
            None => annotation,
        }
    });
    let line = source.text[..start].matches('\n').count() + 1;
    Snippet::source(&source.text[start..end]).line_start(line).path(source.path.as_ref()).annotations(annotations)
}

/// A place that runs over several lines is shown by its first.
fn place(source: &Source, label: &Label) -> Range<usize> {
    let start = source.clamp(label.span.start);
    let end = source.clamp(label.span.end).max(start);
    start..source.text[start..end].find(['\r', '\n']).map_or(end, |at| start + at)
}
