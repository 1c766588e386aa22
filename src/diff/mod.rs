//! Two states of the data: what changed in what they say, and what that does to the verdicts.
//!
//! Meaning is compared, not text: order of keys, comments and spelling of YAML never matter. Everything is
//! symmetrical but for redirects, of which those of the new state count.

mod documents;
mod effects;
mod facts;
mod ground;
mod pairs;
mod parts;

use std::collections::BTreeSet;

use crate::catalog::{Catalog, FactId};

pub use effects::{Effect, KnockOutChange, OutcomeChange, Sets};
pub use facts::{FactChange, MessengerChange};
pub use ground::{GroundChange, GroundKind};
pub use pairs::{Pair, Pairs, Sides};
pub use parts::{Item, Part, Shown, What};

/// What a comparison is limited to, as indices among the pairs; `None`: nothing is left out.
#[derive(Debug, Default)]
pub struct Limits {
    /// Messengers.
    pub messengers: Option<BTreeSet<usize>>,
    /// Use cases.
    pub settings: Option<BTreeSet<usize>>,
}

/// Everything that changed.
#[derive(Debug)]
pub struct Diff {
    /// In the profiles.
    pub messengers: Vec<MessengerChange>,
    /// In everything else.
    pub ground: Vec<GroundChange>,
    /// In the assessments of messengers that exist on both sides, in use cases that do.
    pub effects: Vec<Effect>,
    /// How many use cases were compared.
    pub compared: usize,
}

/// Compares two states.
pub fn diff(old: &Catalog, new: &Catalog, pairs: &Pairs, limits: &Limits) -> Diff {
    let mut ground = ground::ground(old, new, pairs);
    let mut messengers = facts::messengers(old, new, pairs);
    let compared = effects::plans(pairs, limits);
    let effects = effects::effects(old, new, pairs, limits, effects::same_ground(old, new, &ground));
    if let Some(wanted) = &limits.messengers {
        let wanted = lineage(old, new, pairs, wanted);
        messengers.retain(|change| wanted.contains(&change.pair));
    }
    if let Some(wanted) = &limits.settings {
        let pairs: Vec<Pair> = wanted.iter().map(|at| pairs.settings[*at]).collect();
        let names = |id: Option<&String>, at: Option<usize>, all: &Catalog| {
            id.is_some() && at.map(|at| &all.settings[at].id) == id
        };
        ground.retain(|change| {
            let own = pairs.iter().any(|pair| {
                names(change.id.old.as_ref(), pair.old, old) || names(change.id.new.as_ref(), pair.new, new)
            });
            change.kind != GroundKind::UseCase || own
        });
    }
    Diff { messengers, ground, effects, compared: compared.len() }
}

/// Messengers and those they inherit from on either side.
fn lineage(old: &Catalog, new: &Catalog, pairs: &Pairs, wanted: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut all = wanted.clone();
    for at in wanted {
        let pair = pairs.messengers[*at];
        all.extend(ancestors(old, pair.old).into_iter().filter_map(|at| pairs.messenger_of_old(at)));
        all.extend(ancestors(new, pair.new).into_iter().filter_map(|at| pairs.messenger_of_new(at)));
    }
    all
}

fn ancestors(catalog: &Catalog, start: Option<usize>) -> Vec<usize> {
    std::iter::successors(start, |at| catalog.profiles[*at].parent).skip(1).collect()
}

/// The fact at a place of the vocabulary.
fn fact_id(at: usize) -> FactId {
    FactId(u16::try_from(at).unwrap_or(u16::MAX))
}
