//! Views: results arranged for drawing, every word already in the user's language.
//!
//! A view is also the JSON output, so its shape is part of the interface: `schema` names it and its version,
//! fields are only ever added within a version.

pub mod backtest;
pub mod check_page;
mod checklists;
mod common;
pub mod compare;
pub mod diff;
pub mod explain;
pub mod facts;
pub mod gate;
pub mod lists;
mod measures;
pub mod positions;
pub mod recommendation;
pub mod sheet;

pub use common::{FactView, Head, Named, OutcomeView, RangeView, SourceView, Stamp};
