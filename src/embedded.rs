//! The data that is compiled into the program.

use crate::document::Document;

/// A shipped file.
pub struct EmbeddedFile {
    /// Path within the repository.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Its typed form; empty for templates.
    binary: &'static [u8],
}

/// Every shipped file, sorted by path. A file's place here is its number.
pub static FILES: &[EmbeddedFile] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The index of the shipped data.
pub static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.bin"));

/// The program's texts, sorted by key: key, German, English.
pub static TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/texts.bin"));

/// The typed form of a shipped file, by its number.
pub fn document(number: u32) -> Option<Document> {
    let file = FILES.get(usize::try_from(number).ok()?)?;
    postcard::from_bytes(file.binary).ok()
}
