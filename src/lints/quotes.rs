//! Quotations are short: at most 15 words, which keeps them within what the law of quotation plainly allows.

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::Spanned;
use crate::source::SourceId;

/// The most words a quotation may have.
const MOST: usize = 15;

pub fn run(catalog: &Catalog, found: &mut Vec<Diagnostic>) {
    for profile in &catalog.profiles {
        for fact in profile.messenger.facts.values() {
            check(fact.quote.as_ref(), profile.source, found);
            if let Some(quote) = fact.quote.as_ref().filter(|_| fact.sources.is_empty()) {
                found.push(Diagnostic::error("quote-without-source", profile.source, quote.span));
            }
        }
    }
    for (body, position) in catalog.all_positions() {
        check(position.quote.as_ref(), body.source, found);
    }
}

fn check(quote: Option<&Spanned<String>>, source: SourceId, found: &mut Vec<Diagnostic>) {
    let Some(quote) = quote else { return };
    let words = quote.split_whitespace().count();
    if words > MOST {
        let finding = Diagnostic::error("quote-too-long", source, quote.span);
        found.push(finding.with("words", words.to_string()).with("most", MOST.to_string()));
    }
}
