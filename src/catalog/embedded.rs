//! The data that is compiled into the program.

use anyhow::Context as _;

use crate::document::Document;

/// Path and text of every shipped file, sorted by path.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

static DOCUMENTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/documents.bin"));

/// The shipped files in their typed form, with their paths, sorted by path.
pub fn documents() -> anyhow::Result<Vec<(String, Document)>> {
    postcard::from_bytes(DOCUMENTS).context("the embedded data are damaged")
}

/// The text of a shipped file.
pub fn text(path: &str) -> Option<&'static str> {
    let at = FILES.binary_search_by(|(name, _)| (*name).cmp(path)).ok()?;
    FILES.get(at).map(|(_, text)| *text)
}
