//! The proof that formatting changed nothing but looks. A file that fails it is left alone.

use super::order::{Shape, holds_facts};
use super::syntax;
use crate::document::DocumentKind;
use crate::yaml::{Kind, Node};

/// Whether two documents say the same: the same tree, apart from the order of keys that has no meaning.
pub fn same_meaning(kind: DocumentKind, before: &Node, after: &Node) -> bool {
    same(before, after, &Shape::of(kind), &|key| holds_facts(kind, key))
}

fn same(before: &Node, after: &Node, shape: &Shape<'_>, facts: &dyn Fn(&str) -> bool) -> bool {
    match (&before.kind, &after.kind) {
        (Kind::List(one), Kind::List(other)) => {
            let item = shape.item();
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b, &item, &|_| false))
        }
        (Kind::Map(one), Kind::Map(other)) => {
            let names = |entries: &[(crate::model::Spanned<String>, Node)]| -> Vec<String> {
                entries.iter().map(|(key, _)| key.value.clone()).collect()
            };
            let in_order = shape.ranks().is_some() || names(one) == names(other);
            one.len() == other.len()
                && in_order
                && one.iter().all(|(key, a)| after.get(key).is_some_and(|b| below(key, a, b, shape, facts)))
        }
        (one, other) => one == other,
    }
}

fn below(key: &str, one: &Node, other: &Node, shape: &Shape<'_>, facts: &dyn Fn(&str) -> bool) -> bool {
    let shape = shape.child(key);
    match (&one.kind, &other.kind) {
        // Facts may be in another order than before.
        (Kind::Map(a), Kind::Map(b)) if facts(key) => {
            let found = |(name, a): &(crate::model::Spanned<String>, Node)| {
                other.get(name).is_some_and(|b| same(a, b, &shape.child(name), &|_| false))
            };
            a.len() == b.len() && a.iter().all(found)
        }
        _ => same(one, other, &shape, &|_| false),
    }
}

/// Whether two texts have the same comments, in whatever order.
pub fn same_comments(before: &str, after: &str) -> bool {
    let sorted = |text: &str| {
        let mut found = syntax::comments(text).ok()?;
        found.sort_unstable();
        Some(found)
    };
    let before = sorted(before);
    before.is_some() && before == sorted(after)
}
