//! messwerk measures messengers for data protection.
//!
//! Modules in dependency order, each knowing only those above it.

pub mod source;
pub mod diagnostic;
pub mod model;
pub mod yaml;
pub mod document;
pub mod catalog;
pub mod engine;
pub mod lints;
pub mod report;
pub mod cli;
