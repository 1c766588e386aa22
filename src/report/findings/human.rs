//! Findings with the lines in question, as a compiler shows them.

use std::fmt::Write as _;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::Context;
use crate::diagnostic::{Diagnostic, Label, Severity};

/// All findings and a closing line.
pub fn render(context: Context<'_>, findings: &[Diagnostic], files: usize) -> String {
    let mut out = String::new();
    for finding in findings {
        let renderer = if context.colour { Renderer::styled() } else { Renderer::plain() };
        out.push_str(&one(context, &renderer.term_width(context.width), finding));
        out.push_str("\n\n");
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let key = if findings.is_empty() { "check.summary-clean" } else { "check.summary" };
    let (errors, warnings, files) = (errors.to_string(), warnings.to_string(), files.to_string());
    let gaps = [("errors", errors.as_str()), ("warnings", &warnings), ("files", &files)];
    let _ = writeln!(out, "{}", context.words.fill(key, &gaps));
    out
}

fn one(context: Context<'_>, renderer: &Renderer, finding: &Diagnostic) -> String {
    let words = context.words;
    let level = match finding.severity {
        Severity::Error => Level::ERROR.with_name(words.get("check.level-error")),
        Severity::Warning => Level::WARNING.with_name(words.get("check.level-warning")),
        Severity::Note => Level::NOTE.with_name(words.get("check.level-note")),
    };
    let message = words.message(&finding.message);
    let mut group: Group<'_> = Group::with_title(level.primary_title(&message).id(finding.code));
    for snippet in snippets(context, finding) {
        group = group.element(snippet);
    }
    let help = finding.help.as_ref().map(|help| words.message(help));
    if let Some(help) = &help {
        group = group.element(Level::HELP.with_name(words.get("check.level-help")).message(help));
    }
    renderer.render(&[group])
}

/// One snippet per file, the finding's own place first.
fn snippets<'a>(context: Context<'a>, finding: &Diagnostic) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut files: Vec<(crate::source::SourceId, Vec<Annotation<'a>>)> = Vec::new();
    for (at, label) in finding.labels.iter().enumerate() {
        let annotation = annotation(context, label, at == 0);
        match files.iter_mut().find(|(source, _)| *source == label.source) {
            Some((_, annotations)) => annotations.push(annotation),
            None => files.push((label.source, vec![annotation])),
        }
    }
    let snippet = |(source, annotations): (crate::source::SourceId, Vec<Annotation<'a>>)| {
        let source = context.catalog.sources.get(source);
        Snippet::source(source.text.as_ref()).path(source.path.as_ref()).annotations(annotations)
    };
    files.into_iter().map(snippet).collect()
}

fn annotation<'a>(context: Context<'a>, label: &Label, primary: bool) -> Annotation<'a> {
    let source = context.catalog.sources.get(label.source);
    let text: &str = &source.text;
    let clamp = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = clamp(label.span.start as usize);
    let end = clamp(label.span.end as usize).max(start);
    // A place that runs over several lines is shown by its first.
    let end = text[start..end].find('\n').map_or(end, |at| start + at);
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(start..end);
    match &label.text {
        Some(message) => annotation.label(context.words.message(message)),
        None => annotation,
    }
}
