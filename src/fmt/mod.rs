//! One normal form for data files, as `messwerk fmt` writes it. What a file means never changes.
//!
//! - Line ends are LF, the text is UTF-8 without byte order mark and ends with one newline; no line ends with blanks.
//! - Two columns per level, list entries one level deeper than their key, one blank after `:` and `-`.
//! - A blank line stays, several become one. Comments stay with their entry.
//! - Texts are plain where that is safe, else in single quotes, in double ones where only escapes will do. A word or
//!   number in quotes that other YAML readers would not take for text keeps them. The program's own texts are all in
//!   double quotes.
//! - A text longer than its line becomes a folded block of 120 columns; one already folded keeps its lines
//!   if they are well filled. `|` keeps its lines.
//! - `[…]` and `{…}` stay on one line if they fit. A longer list is wrapped within its brackets; a longer map, or one
//!   with comments in it, becomes a block.
//! - The keys of a structure follow its schema, a profile's facts the vocabulary; see `order`.
//!
//! The way is from text to tree (`syntax`, `trivia`), in order (`order`), and back to text (`layout`); then
//! `proof` compares.

mod layout;
mod order;
mod proof;
mod scalar;
mod syntax;
mod tree;
mod trivia;
mod wrap;

use crate::diagnostic::{Diagnostic, Message};
use crate::document::DocumentKind;
use crate::source::{Source, SourceId, Span};
use crate::yaml;

use syntax::Refused;

/// The normal form of a file. `facts` are the keys of the vocabulary in their order.
///
/// A file with a mistake of syntax is refused as `check` refuses it. One whose normal form would not prove to say the
/// same, with the same comments, is refused too: that is a mistake of this module.
pub fn format(source: &Source, id: SourceId, kind: DocumentKind, facts: &[&str]) -> Result<String, Box<Diagnostic>> {
    let before = yaml::parse(source, id)?;
    let text = normal(&source.text, kind, facts).map_err(|refused| Box::new(diagnose(refused, id)))?;
    let failed = |key| Box::new(failure(key, id));
    let result = Source { path: source.path.clone(), text: text.clone().into(), embedded: false };
    let Ok(after) = yaml::parse(&result, id) else {
        return Err(failed("fmt-failed.meaning"));
    };
    if !proof::same_meaning(kind, &before, &after) {
        return Err(failed("fmt-failed.meaning"));
    }
    if !proof::same_comments(&source.text, &text) {
        return Err(failed("fmt-failed.comments"));
    }
    if normal(&text, kind, facts).ok().as_deref() != Some(text.as_str()) {
        return Err(failed("fmt-failed.unstable"));
    }
    Ok(text)
}

fn normal(text: &str, kind: DocumentKind, facts: &[&str]) -> Result<String, Refused> {
    let (root, trivia) = syntax::read(text)?;
    let mut tree = trivia::attach(root, trivia);
    order::sort(&mut tree.root, kind, facts);
    Ok(layout::print(&tree, kind == DocumentKind::Texts))
}

fn diagnose(refused: Refused, id: SourceId) -> Diagnostic {
    match refused {
        Refused::Tag(at) => Diagnostic::error("yaml-tag", id, Span::new(at, at)),
        Refused::Directive => Diagnostic::error("yaml-directive", id, Span::default()),
        Refused::Unread => failure("fmt-failed.meaning", id),
    }
}

fn failure(key: &'static str, id: SourceId) -> Diagnostic {
    let finding = Diagnostic::error("fmt-failed", id, Span::default()).with_key("detail", key);
    finding.help(Message::new("fmt-failed-help"))
}
