//! Quotations are short: at most 15 words, which keeps them within what the law of quotation plainly allows.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Severity};

pub const LINT: Lint = Lint { name: "quote-too-long", level: Severity::Error, run };

/// The most words a quotation may have.
const MOST: usize = 15;

fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let facts = subject.facts().filter_map(|(_, profile, _, fact)| Some((profile.source, fact.quote.as_ref()?)));
    let positions = subject.positions().flat_map(|body| {
        body.value.positions.iter().filter_map(|position| Some((body.source, position.quote.as_ref()?)))
    });
    for (file, quote) in facts.chain(positions) {
        let words = quote.split_whitespace().count();
        if words > MOST {
            let finding = LINT.at(file, quote.span);
            found.push(finding.with("words", words.to_string()).with("most", MOST.to_string()));
        }
    }
}
