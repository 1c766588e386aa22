//! Finding and reading files of a user's data folder, safely.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Span};
use crate::yaml::MAX_BYTES;

/// How deep folders are searched: no data folder is deeper, and a loop of links ends here.
const MAX_DEPTH: usize = 6;

/// A path as shown to people: with `/`, relative where it was given so.
pub fn display(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// All files below a folder with one of the endings, sorted. A folder that cannot be read is listed as well:
/// reading it as a file says what is wrong.
pub fn walk(root: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![(root.to_path_buf(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            found.push(folder);
            continue;
        };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if path.is_dir() {
                if depth < MAX_DEPTH && !hidden {
                    open.push((path, depth + 1));
                }
            } else if !hidden && endings.iter().any(|ending| path.extension().is_some_and(|own| own == *ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Reads a text file. Whatever is wrong with it becomes a finding; there is a source in any case.
pub fn read(path: &Path, id: SourceId) -> (Source, Result<(), Box<Diagnostic>>) {
    let empty = || source(display(path), String::new());
    match bytes(path) {
        Ok(bytes) => decode(display(path), bytes, id),
        Err(Refusal::Io(error)) => (empty(), Err(Box::new(unreadable(&error, id)))),
        Err(Refusal::NotAFile) => (empty(), Err(Box::new(Diagnostic::error("not-a-file", id, Span::default())))),
        Err(Refusal::TooLarge(size)) => (empty(), Err(Box::new(too_large(size, id)))),
    }
}

/// Why a file's content cannot be had.
enum Refusal {
    Io(io::Error),
    NotAFile,
    TooLarge(u64),
}

fn bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    let meta = fs::metadata(path).map_err(Refusal::Io)?;
    if meta.is_dir() {
        // What is wrong with it is that it cannot be listed.
        fs::read_dir(path).map_err(Refusal::Io)?;
    }
    // A pipe or device would block or never end.
    if !meta.is_file() {
        return Err(Refusal::NotAFile);
    }
    if meta.len() > MAX_BYTES {
        return Err(Refusal::TooLarge(meta.len()));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read: never take more than the limit.
    fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(Refusal::Io)?;
    Ok(bytes)
}

/// Bytes as text; the part before the first byte that is none remains as the source.
pub fn decode(path: String, bytes: Vec<u8>, id: SourceId) -> (Source, Result<(), Box<Diagnostic>>) {
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return (source(path, String::new()), Err(Box::new(too_large(size, id))));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (source(path, text), Ok(())),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
            let source = source(path, text);
            // Without its byte order mark the text may be shorter than the good bytes.
            let end = source.text.len();
            let finding = Diagnostic::error("not-utf8", id, Span::new(end, end)).with("byte", good.to_string());
            (source, Err(Box::new(finding)))
        }
    }
}

/// A byte order mark is no part of the text: it would count as a column.
fn source(path: String, text: String) -> Source {
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Source { path: Cow::Owned(path), text: Cow::Owned(text), embedded: false }
}

fn too_large(bytes: u64, id: SourceId) -> Diagnostic {
    let size = bytes.div_ceil(1 << 10).to_string();
    Diagnostic::error("file-too-large", id, Span::default()).with("size", size)
}

fn unreadable(error: &io::Error, id: SourceId) -> Diagnostic {
    let finding = Diagnostic::error("unreadable", id, Span::default());
    match error.kind() {
        io::ErrorKind::NotFound => finding.with_key("detail", "io.not-found"),
        io::ErrorKind::PermissionDenied => finding.with_key("detail", "io.permission"),
        _ => finding.with("detail", error.to_string()),
    }
}
