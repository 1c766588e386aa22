//! The only door to YAML: limits and settings, errors as diagnostics, a tree with positions, typed decoding.
//!
//! A file is read in three steps: text to [`Node`] (syntax), node against the schema of its type
//! ([`shape`], which reports every mismatch at once), node to type ([`decode`]).

mod decode;
mod node;
mod parse;
pub mod shape;

pub use decode::{DecodeError, decode};
pub use node::{Kind, Node};
pub use parse::parse;

/// Files above this size (bytes) are refused before they are read: the largest real profile has about 100 KB.
pub const MAX_BYTES: u64 = 1 << 20;
