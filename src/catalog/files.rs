//! Finding and reading files of a user's data folder, safely.

use std::borrow::Cow;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Sources, Span};
use crate::yaml::MAX_BYTES;

/// How deep folders are searched: no data folder is deeper, and a loop of links ends here.
const MAX_DEPTH: usize = 6;

/// A path as shown to people: with `/`, relative where it was given so.
pub fn display(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// All files below a folder with one of the endings, sorted. Folders that cannot be read are reported.
pub fn walk(root: &Path, endings: &[&str], sources: &mut Sources) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut findings = Vec::new();
    let mut open = vec![(root.to_path_buf(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                findings.push(unreadable(&folder, &error, sources));
                continue;
            }
        };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if path.is_dir() {
                if depth < MAX_DEPTH && !hidden {
                    open.push((path, depth + 1));
                }
            } else if endings.iter().any(|ending| path.extension().is_some_and(|own| own == *ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    (found, findings)
}

/// Reads a text file. Whatever is wrong with it becomes a finding; the file is listed in `sources` in any case.
pub fn read(path: &Path, sources: &mut Sources) -> Result<SourceId, Box<Diagnostic>> {
    let refuse = |code: &'static str, sources: &mut Sources| {
        Diagnostic::error(code, sources.add(source(path, String::new())), Span::default())
    };
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) => return Err(Box::new(unreadable(path, &error, sources))),
    };
    // A pipe or device would block or never end.
    if !meta.is_file() {
        return Err(Box::new(refuse("not-a-file", sources)));
    }
    if meta.len() > MAX_BYTES {
        let size = format!("{:.1}", mebibytes(meta.len()));
        return Err(Box::new(refuse("file-too-large", sources).with("size", size)));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read: never take more than the limit.
    let read = fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(Box::new(unreadable(path, &error, sources)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(source(path, text))),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
            let id = sources.add(source(path, text));
            Err(Box::new(Diagnostic::error("not-utf8", id, Span::new(good, good)).with("byte", good.to_string())))
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a size shown with one decimal")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

fn source(path: &Path, text: String) -> Source {
    Source { path: Cow::Owned(display(path)), text: Cow::Owned(text), embedded: false }
}

fn unreadable(path: &Path, error: &std::io::Error, sources: &mut Sources) -> Diagnostic {
    let id = sources.add(source(path, String::new()));
    let finding = Diagnostic::error("unreadable", id, Span::default());
    match error.kind() {
        std::io::ErrorKind::NotFound => finding.with_key("detail", "io.not-found"),
        std::io::ErrorKind::PermissionDenied => finding.with_key("detail", "io.permission"),
        _ => finding.with("detail", error.to_string()),
    }
}
