//! From files to a catalogue: embedded data first, then the user's folders over them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{Catalog, Doc, Entry, Template, files, references};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, DocumentKind, Place};
use crate::embedded;
use crate::index::{Assembly, Index};
use crate::model::{Checklist, Glossary, Positions};
use crate::source::{Source, SourceId};

/// A catalogue and what was found while loading it.
#[derive(Debug)]
pub struct Loaded {
    /// The data.
    pub catalog: Catalog,
    /// Findings, in file order.
    pub findings: Vec<Diagnostic>,
    /// Files of the user that were read, in order.
    pub read: Vec<SourceId>,
}

/// Loads the embedded data and lays the user's folders over them, in the order given.
pub fn load(folders: &[PathBuf]) -> anyhow::Result<Loaded> {
    if folders.is_empty() {
        return shipped();
    }
    let mut loader = Loader::with_embedded()?;
    for folder in folders {
        loader.folder(folder);
    }
    Ok(loader.finish())
}

/// The embedded data alone: nothing is parsed or resolved, most documents are not even decoded.
fn shipped() -> anyhow::Result<Loaded> {
    let mut catalog = Catalog::default();
    add_files(&mut catalog);
    let index: Index = postcard::from_bytes(embedded::INDEX).context("the embedded index is damaged")?;
    catalog.take(index);
    for (number, file) in embedded::FILES.iter().enumerate() {
        let source = SourceId(u32::try_from(number)?);
        let Some(place) = document::place(file.path) else {
            continue;
        };
        match place.kind {
            DocumentKind::Checklist => {
                catalog.checklists.push(Entry { id: place.id, source, value: Doc::embedded(source) });
            }
            DocumentKind::Positions => {
                catalog.positions.push(Entry { id: place.id, source, value: Doc::embedded(source) });
            }
            DocumentKind::Glossary => catalog.glossary = Some(Doc::embedded(source)),
            DocumentKind::Texts => {
                if let Some(Document::Texts(texts)) = embedded::document(source.0) {
                    catalog.texts = texts;
                }
            }
            _ => {}
        }
    }
    Ok(Loaded { catalog, findings: Vec::new(), read: Vec::new() })
}

/// Lists the embedded files, each under its number, and takes the templates among them.
fn add_files(catalog: &mut Catalog) {
    for file in embedded::FILES {
        catalog.sources.add(Source { path: Cow::Borrowed(file.path), text: Cow::Borrowed(file.text), embedded: true });
        if let Some(name) = file.path.strip_prefix("templates/").filter(|name| is_template(name)) {
            let template = Template { text: Cow::Borrowed(file.text), from_user: false };
            catalog.templates.insert(name.to_owned(), template);
        }
    }
}

/// Loads the embedded data with single files or folders over them. A file is placed by the end of its path;
/// one that stands nowhere known is taken for a messenger's profile.
/// Without any path the shipped data themselves are checked thoroughly.
pub fn load_paths(paths: &[PathBuf]) -> anyhow::Result<Loaded> {
    let mut loader = Loader::with_embedded()?;
    loader.thorough = paths.is_empty();
    for path in paths {
        if path.is_dir() {
            loader.folder(path);
        } else {
            let place = place_of(path);
            loader.file(path, &place);
        }
    }
    Ok(loader.finish())
}

/// Where a single file belongs, judged by the longest end of its path that is a known place.
fn place_of(path: &Path) -> Place {
    let shown = files::display(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()));
    let parts: Vec<&str> = shown.split('/').collect();
    let known = (0..parts.len()).find_map(|from| document::place(&parts[from..].join("/")));
    known.unwrap_or_else(|| Place {
        kind: DocumentKind::Messenger,
        id: path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        area: None,
    })
}

#[derive(Default)]
struct Loader {
    catalog: Catalog,
    findings: Vec<Diagnostic>,
    read: Vec<SourceId>,
    thorough: bool,
    assembly: Assembly,
    checklists: BTreeMap<String, Entry<Checklist>>,
    positions: BTreeMap<String, Entry<Positions>>,
    glossary: Option<(SourceId, Glossary)>,
}

impl Loader {
    fn with_embedded() -> anyhow::Result<Self> {
        let mut loader = Self::default();
        add_files(&mut loader.catalog);
        for (number, file) in embedded::FILES.iter().enumerate() {
            let source = SourceId(u32::try_from(number)?);
            if let Some(place) = document::place(file.path) {
                let document = embedded::document(source.0).context("the embedded data are damaged")?;
                loader.add(place, source, document);
            }
        }
        Ok(loader)
    }

    fn folder(&mut self, folder: &Path) {
        // A data folder is often a checkout: only the three folders that hold data are searched.
        for part in ["criteria", "messengers", "templates"].map(|name| folder.join(name)) {
            if part.is_dir() {
                self.part(folder, &part);
            }
        }
    }

    fn part(&mut self, folder: &Path, part: &Path) {
        let (found, findings) = files::walk(part, &["yaml", "yml", "j2"], &mut self.catalog.sources);
        self.findings.extend(findings);
        for path in found {
            let relative = path.strip_prefix(folder).map(files::display).unwrap_or_default();
            if let Some(name) = relative.strip_prefix("templates/").filter(|name| is_template(name)) {
                self.user_template(&path, name);
            } else if let Some(place) = document::place(&relative) {
                self.file(&path, &place);
            } else if relative.starts_with("criteria/") || relative.starts_with("messengers/") {
                // A file the tool would silently ignore is a mistake of its author.
                let finding = match files::read(&path, &mut self.catalog.sources) {
                    Ok(source) => Diagnostic::warning("misplaced-file", source, crate::source::Span::default()),
                    Err(finding) => *finding,
                };
                self.findings.push(finding);
            }
        }
    }

    fn file(&mut self, path: &Path, place: &Place) {
        let source = match files::read(path, &mut self.catalog.sources) {
            Ok(source) => source,
            Err(finding) => return self.findings.push(*finding),
        };
        self.read.push(source);
        match document::read(place.kind, self.catalog.sources.get(source), source) {
            Ok(document) => self.add(place.clone(), source, document),
            Err(findings) => self.findings.extend(findings),
        }
    }

    fn user_template(&mut self, path: &Path, name: &str) {
        match files::read(path, &mut self.catalog.sources) {
            Ok(source) => {
                let template = Template { text: self.catalog.sources.get(source).text.clone(), from_user: true };
                self.catalog.templates.insert(name.to_owned(), template);
            }
            Err(finding) => self.findings.push(*finding),
        }
    }

    fn add(&mut self, place: Place, source: SourceId, document: Document) {
        let id = place.id;
        match document {
            Document::Vocabulary(vocabulary) => self.assembly.vocabulary(source, vocabulary),
            Document::Criterion(criterion) => {
                self.assembly.criterion(id, place.area.unwrap_or_default(), source, criterion);
            }
            Document::UseCase(use_case) => self.assembly.use_case(id, source, use_case),
            Document::Messenger(messenger) => self.assembly.messenger(id, source, messenger),
            Document::Checklist(checklist) => drop(self.checklists.insert(id.clone(), entry(id, source, checklist))),
            Document::Positions(positions) => drop(self.positions.insert(id.clone(), entry(id, source, positions))),
            Document::Glossary(glossary) => match &mut self.glossary {
                Some((_, known)) => known.terms.extend(glossary.terms),
                none => *none = Some((source, glossary)),
            },
            Document::Texts(texts) => self.catalog.texts.extend(texts),
            // Belongs to one run, not to the data.
            Document::Organisation(_) => {}
        }
    }

    fn finish(mut self) -> Loaded {
        let mut found = std::mem::take(&mut self.findings);
        let index = self.assembly.finish(&mut found);
        let catalog = &mut self.catalog;
        catalog.take(index);
        catalog.checklists = self.checklists.into_values().collect();
        catalog.positions = self.positions.into_values().collect();
        catalog.glossary = self.glossary.map(|(source, glossary)| Doc::new(glossary, source));
        // The user's files can only add or replace ids, never take one away, so references in the shipped
        // files, which a test checks, stay whole; checking them at every start would only cost time.
        if self.thorough || !self.read.is_empty() {
            let mut references = Vec::new();
            references::check(catalog, &mut references);
            let own =
                |finding: &Diagnostic| finding.labels.first().is_some_and(|label| self.read.contains(&label.source));
            found.extend(references.into_iter().filter(|finding| self.thorough || own(finding)));
        }
        // A finding about a shipped file that only follows from the user's files is still worth showing, but last.
        found.sort_by_key(|finding| {
            let label = finding.labels.first();
            label.map(|label| (catalog.sources.get(label.source).embedded, label.source, label.span.start))
        });
        Loaded { catalog: self.catalog, findings: found, read: self.read }
    }
}

fn entry<T>(id: String, source: SourceId, value: T) -> Entry<T> {
    let value = Doc::new(value, source);
    Entry { id, source, value }
}

fn is_template(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "j2") && !name.contains('/')
}
