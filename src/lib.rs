//! messwerk measures messengers for data protection.
//!
//! Modules in dependency order, each knowing only those above it.

pub mod catalog;
pub mod cli;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod embedded;
pub mod engine;
pub mod fmt;
pub mod index;
pub mod lints;
pub mod model;
pub mod parallel;
pub mod report;
pub mod source;
pub mod yaml;
