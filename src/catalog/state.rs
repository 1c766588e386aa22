//! One state of the data: a folder, or the folder of a repository at a revision.

use std::io;
use std::path::{Path, PathBuf};

use super::inputs::{self, Content, Input, Role};
use super::load::{Base, Loaded, load_inputs};
use super::revision;
use crate::document::DocumentKind;

/// A state of the data and how it was read.
#[derive(Debug)]
pub struct Opened {
    /// The data and what was found in them.
    pub loaded: Loaded,
    /// What the state's files were laid over: nothing, where they are a whole set of data.
    pub base: Base,
    /// Whether it is a revision; otherwise a folder.
    pub revision: bool,
}

/// Why a state cannot be opened.
#[derive(Debug)]
pub enum StateError {
    /// Neither a folder nor a revision.
    Neither,
    /// No folder, and the program that knows revisions is missing.
    GitMissing,
    /// There are no data in it.
    Empty,
    /// Anything else.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for StateError {
    fn from(error: anyhow::Error) -> Self {
        let missing = error.downcast_ref::<io::Error>().is_some_and(|own| own.kind() == io::ErrorKind::NotFound);
        if missing { Self::GitMissing } else { Self::Failed(error) }
    }
}

/// Opens a state by its name: an existing folder is that folder, anything else a revision of `repository`.
/// Files that include a vocabulary are a whole set of data; others lie over the shipped ones. The folders of
/// `over` lie over either.
///
/// Texts and templates belong to the program, not to the data, and those of another state may not fit it:
/// they are left out.
pub fn open_state(repository: &Path, name: &str, over: &[PathBuf]) -> Result<Opened, StateError> {
    let folder = Path::new(name);
    let revision = !folder.is_dir();
    let mut files = if revision { at_revision(repository, name)? } else { inputs::of_folder(folder) };
    files.retain(|input| is_data(&input.role));
    if !files.iter().any(|input| matches!(input.role, Role::Data(_))) {
        return Err(StateError::Empty);
    }
    let base = if files.iter().any(is_vocabulary) { Base::Nothing } else { Base::Shipped };
    files.extend(over.iter().flat_map(|folder| inputs::of_folder(folder)).filter(|input| is_data(&input.role)));
    let loaded = load_inputs(base, files)?;
    Ok(Opened { loaded, base, revision })
}

fn at_revision(repository: &Path, name: &str) -> Result<Vec<Input>, StateError> {
    match revision::files_at(repository, name) {
        Ok(files) => Ok(files),
        Err(error) => match StateError::from(error) {
            StateError::Failed(_) if !revision::is_revision(repository, name) => Err(StateError::Neither),
            other => Err(other),
        },
    }
}

fn is_data(role: &Role) -> bool {
    match role {
        Role::Data(place) => !matches!(place.kind, DocumentKind::Texts | DocumentKind::LintPage),
        Role::Template(_) => false,
        Role::Misplaced => true,
    }
}

fn is_vocabulary(input: &Input) -> bool {
    let readable = match &input.content {
        Content::File(path) => path.is_file(),
        Content::Bytes(..) => true,
    };
    matches!(&input.role, Role::Data(place) if place.kind == DocumentKind::Vocabulary) && readable
}
