//! Ids that went elsewhere: a file from outside may name what has been renamed since.

use std::collections::BTreeMap;

use super::Catalog;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::{Redirects, Spanned};
use crate::source::SourceId;

/// The redirects of one kind of ids.
pub type Section = fn(&Redirects) -> &BTreeMap<Spanned<String>, Spanned<String>>;

impl Catalog {
    /// Where an id went: the redirects of all layers, followed to their end.
    pub fn moved<'a>(&'a self, id: &str, section: Section) -> Option<&'a str> {
        let one = |id: &str| self.redirects.iter().rev().find_map(|layer| section(&layer.value).get(id));
        let mut at = one(id)?;
        // As many steps as there are redirects; a circle ends here.
        let all: usize = self.redirects.iter().map(|layer| section(&layer.value).len()).sum();
        for _ in 0..all {
            match one(at) {
                Some(next) => at = next,
                None => return Some(at),
            }
        }
        None
    }

    /// The name as written if it is `known`, else the one its id has by now, which becomes a warning.
    pub(super) fn current(
        &self,
        name: &Spanned<String>,
        known: bool,
        section: Section,
        source: SourceId,
        found: &mut Vec<Diagnostic>,
    ) -> Spanned<String> {
        let Some(new) = (!known).then(|| self.moved(name, section)).flatten() else {
            return name.clone();
        };
        let finding = Diagnostic::warning("moved-id", source, name.span).with("old", name.as_str()).with("new", new);
        found.push(finding.help(Message::new("moved-id-help").with("new", new)));
        Spanned { value: new.to_owned(), span: name.span }
    }
}
