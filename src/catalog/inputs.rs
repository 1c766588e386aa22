//! Which files a folder, a path or a revision contributes, and reading them on all processors.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::files;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, DocumentKind, Place};
use crate::parallel;
use crate::source::{Source, SourceId, Span};

/// A data folder is often a checkout: only the three folders that hold data are searched.
pub const PARTS: [&str; 3] = ["criteria", "messengers", "templates"];

/// A file on its way into the catalogue.
#[derive(Debug)]
pub struct Input {
    /// What it is.
    pub role: Role,
    /// Where its content is.
    pub content: Content,
}

/// What a file is, judged by its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Data.
    Data(Place),
    /// A template, by its file name.
    Template(String),
    /// Something in a data folder that would silently be ignored: a mistake of its author.
    Misplaced,
}

/// Where a file's content is.
#[derive(Debug)]
pub enum Content {
    /// In a file.
    File(PathBuf),
    /// At hand, under the path shown to people.
    Bytes(String, Vec<u8>),
}

/// An input after reading.
pub struct Arrival {
    pub role: Role,
    pub source: Source,
    pub document: Option<Document>,
    pub findings: Vec<Diagnostic>,
}

/// The files of a data folder.
pub fn of_folder(folder: &Path) -> Vec<Input> {
    let paths = below(folder, &["yaml", "yml", "j2"]);
    let input = |path: PathBuf| {
        let relative = path.strip_prefix(folder).map(files::display).unwrap_or_default();
        Input { role: role(&relative), content: Content::File(path) }
    };
    paths.map(input).collect()
}

/// The files below the folders that hold data.
fn below(folder: &Path, endings: &[&str]) -> impl Iterator<Item = PathBuf> {
    let parts = PARTS.map(|name| folder.join(name)).into_iter().filter(|part| part.is_dir());
    let found: Vec<PathBuf> = parts.flat_map(|part| files::walk(&part, endings)).collect();
    found.into_iter()
}

/// Whether a folder looks like one with data: templates alone are no reason to think so.
pub fn is_data_folder(folder: &Path) -> bool {
    ["criteria", "messengers"].iter().any(|name| folder.join(name).is_dir())
}

/// The YAML files these paths stand for, each once: files as they are, folders with the data below them.
pub fn data_files(paths: &[PathBuf]) -> Vec<(PathBuf, Place)> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push((path.clone(), place_of(path)));
            continue;
        }
        for file in below(path, &["yaml"]) {
            let relative = file.strip_prefix(path).map(files::display).unwrap_or_default();
            // A folder that cannot be listed stands here as well, to be reported when it is read.
            match document::place(&relative) {
                Some(place) => found.push((file, place)),
                None if file.is_dir() => found.push((file.clone(), place_of(&file))),
                None => {}
            }
        }
    }
    let mut seen = HashSet::new();
    found.retain(|(path, _)| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    found
}

/// A single file; one that stands nowhere known is taken for a messenger's profile.
pub fn of_file(path: &Path) -> Input {
    Input { role: Role::Data(place_of(path)), content: Content::File(path.to_path_buf()) }
}

/// What a file is by its path within a data folder.
pub fn role(relative: &str) -> Role {
    if let Some(name) = relative.strip_prefix("templates/").filter(|name| is_template(name)) {
        return Role::Template(name.to_owned());
    }
    document::place(relative).map_or(Role::Misplaced, Role::Data)
}

/// Whether a file, by its path within a data folder, is one that others are judged by.
pub fn is_ground(relative: &Path) -> bool {
    let place = document::place(&files::display(relative));
    place.is_some_and(|place| {
        matches!(
            place.kind,
            DocumentKind::Vocabulary
                | DocumentKind::Criterion
                | DocumentKind::UseCase
                | DocumentKind::Contradictions
                | DocumentKind::Freshness
                | DocumentKind::Redirects
                | DocumentKind::Waivers
        )
    })
}

/// Whether a file name below `templates/` is a template's.
pub fn is_template(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "j2") && !name.contains('/')
}

/// Where a single file belongs, judged by the longest end of its path that is a known place; one that stands
/// nowhere known is taken for a messenger's profile.
pub fn place_of(path: &Path) -> Place {
    let shown = files::display(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()));
    let parts: Vec<&str> = shown.split('/').collect();
    let known = (0..parts.len()).find_map(|from| document::place(&parts[from..].join("/")));
    known.unwrap_or_else(|| Place {
        kind: DocumentKind::Messenger,
        id: path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        area: None,
    })
}

/// Reads files on all processors. The first gets the number `first`; results are in the order of the inputs.
pub fn read_all(inputs: Vec<Input>, first: usize) -> Vec<Arrival> {
    let numbered = inputs.into_iter().enumerate().collect();
    parallel::map(numbered, |(at, input)| arrive(input, number(first + at)))
}

fn number(at: usize) -> SourceId {
    SourceId(u32::try_from(at).unwrap_or(u32::MAX))
}

fn arrive(input: Input, id: SourceId) -> Arrival {
    let Input { role, content } = input;
    let (source, read) = match content {
        Content::File(path) => files::read(&path, id),
        Content::Bytes(path, bytes) => files::decode(path, bytes, id),
    };
    let (document, findings) = match (read, &role) {
        (Err(finding), _) => (None, vec![*finding]),
        (Ok(()), Role::Data(place)) => document::read(place.kind, &source, id),
        (Ok(()), Role::Template(_)) => (None, Vec::new()),
        (Ok(()), Role::Misplaced) => (None, vec![Diagnostic::warning("misplaced-file", id, Span::default())]),
    };
    Arrival { role, source, document, findings }
}
