//! From files to a catalogue: embedded data first, then the user's files over them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use anyhow::Context as _;

use super::entries::{Entry, replace};
use super::inputs::{self, Input, Role};
use super::{Catalog, Doc, Phrases, Template, references};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, DocumentKind, Place};
use crate::embedded;
use crate::index::{Assembly, Index};
use crate::model::Messenger;
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

/// What a user's files are laid over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The data that come with the program.
    Shipped,
    /// Nothing but the program's own texts and templates: the files are a whole set of data.
    Nothing,
}

/// Loads the embedded data and lays the user's folders over them, in the order given.
pub fn load(folders: &[PathBuf]) -> anyhow::Result<Loaded> {
    load_inputs(Base::Shipped, folders.iter().flat_map(|folder| inputs::of_folder(folder)).collect())
}

/// Loads the embedded data with single files or folders over them. A file is placed by the end of its path;
/// one that stands nowhere known is taken for a messenger's profile.
/// Without any path the shipped data themselves are checked.
pub fn load_paths(paths: &[PathBuf]) -> anyhow::Result<Loaded> {
    let mut all = Vec::new();
    for path in paths {
        if path.is_dir() {
            all.extend(inputs::of_folder(path));
        } else {
            all.push(inputs::of_file(path));
        }
    }
    load_inputs(Base::Shipped, all)
}

/// Loads files over a base, in the order given; a later file replaces an earlier one of the same id.
pub fn load_inputs(base: Base, inputs: Vec<Input>) -> anyhow::Result<Loaded> {
    let mut loader = Loader { catalog: shipped(base)?, ..Loader::default() };
    for arrival in inputs::read_all(inputs, loader.catalog.sources.len()) {
        let source = loader.catalog.sources.add(arrival.source);
        // Templates are not data and not checked as such.
        if !matches!(arrival.role, Role::Template(_)) {
            loader.read.push(source);
        }
        match (arrival.document, arrival.role) {
            (Some(document), Role::Data(place)) => loader.add(place, source, document),
            (None, Role::Template(name)) if arrival.findings.is_empty() => loader.template(name, source),
            _ => {}
        }
        loader.findings.extend(arrival.findings);
    }
    loader.finish(base)
}

/// The embedded data alone: nothing is parsed or resolved, most documents are not even decoded.
fn shipped(base: Base) -> anyhow::Result<Catalog> {
    let mut catalog = Catalog { texts: Phrases::shipped()?, ..Catalog::default() };
    add_files(&mut catalog);
    if base == Base::Shipped {
        let index: Index = postcard::from_bytes(embedded::INDEX).context("the embedded index is damaged")?;
        catalog.take(index);
    }
    for (number, file) in embedded::FILES.iter().enumerate() {
        let source = SourceId(u32::try_from(number)?);
        let Some(Place { kind, id, .. }) = document::place(file.path) else {
            continue;
        };
        match kind {
            DocumentKind::LintPage => catalog.lint_pages.push(Entry::embedded(id, source)),
            _ if base == Base::Nothing => {}
            DocumentKind::Checklist => catalog.checklists.push(Entry::embedded(id, source)),
            DocumentKind::Positions => catalog.positions.push(Entry::embedded(id, source)),
            DocumentKind::Glossary => catalog.glossary = Some(Doc::embedded(source)),
            DocumentKind::Contradictions => catalog.contradictions.push(Entry::embedded(id, source)),
            DocumentKind::Freshness => catalog.freshness.push(Entry::embedded(id, source)),
            DocumentKind::Redirects => catalog.redirects.push(Entry::embedded(id, source)),
            DocumentKind::Waivers => catalog.waivers.push(Entry::embedded(id, source)),
            _ => {}
        }
    }
    // Files are sorted by path, and `a-b.yaml` comes before `a.yaml`, unlike their ids.
    catalog.checklists.sort_by(|one, other| one.id.cmp(&other.id));
    catalog.positions.sort_by(|one, other| one.id.cmp(&other.id));
    catalog.lint_pages.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(catalog)
}

/// Lists the embedded files, each under its number, and takes the templates among them.
fn add_files(catalog: &mut Catalog) {
    for file in embedded::FILES {
        catalog.sources.add(Source { path: Cow::Borrowed(file.path), text: Cow::Borrowed(file.text), embedded: true });
        if let Some(name) = file.path.strip_prefix("templates/").filter(|name| inputs::is_template(name)) {
            let template = Template { text: Cow::Borrowed(file.text), from_user: false };
            catalog.templates.insert(name.to_owned(), template);
        }
    }
}

#[derive(Default)]
struct Loader {
    catalog: Catalog,
    findings: Vec<Diagnostic>,
    read: Vec<SourceId>,
    messengers: BTreeMap<String, (SourceId, Messenger)>,
    /// Vocabulary, criteria, use cases: what others are resolved against.
    ground: Vec<(Place, SourceId, Document)>,
}

impl Loader {
    fn template(&mut self, name: String, source: SourceId) {
        let template = Template { text: self.catalog.sources.get(source).text.clone(), from_user: true };
        self.catalog.templates.insert(name, template);
    }

    fn add(&mut self, place: Place, source: SourceId, document: Document) {
        let catalog = &mut self.catalog;
        let id = place.id.clone();
        match document {
            Document::Messenger(messenger) => drop(self.messengers.insert(id, (source, messenger))),
            Document::Vocabulary(_) | Document::Criterion(_) | Document::UseCase(_) => {
                self.ground.push((place, source, document));
            }
            Document::Checklist(own) => replace(&mut catalog.checklists, Entry::new(id, source, own)),
            Document::Positions(own) => replace(&mut catalog.positions, Entry::new(id, source, own)),
            Document::LintPage(own) => replace(&mut catalog.lint_pages, Entry::new(id, source, own)),
            Document::Glossary(mut own) => {
                if let Some(known) = &catalog.glossary {
                    let mut terms = known.terms.clone();
                    terms.extend(own.terms);
                    own.terms = terms;
                }
                catalog.glossary = Some(Doc::new(own, source));
            }
            Document::Contradictions(own) => catalog.contradictions.push(Entry::new(id, source, own)),
            Document::Freshness(own) => catalog.freshness.push(Entry::new(id, source, own)),
            Document::Redirects(own) => catalog.redirects.push(Entry::new(id, source, own)),
            Document::Waivers(own) => catalog.waivers.push(Entry::new(id, source, own)),
            Document::Texts(texts) => catalog.texts.overlay(texts),
            // Belongs to one run, not to the data.
            Document::Organisation(_) | Document::Policy(_) => {}
        }
    }

    fn finish(mut self, base: Base) -> anyhow::Result<Loaded> {
        let mut found = std::mem::take(&mut self.findings);
        let catalog = &mut self.catalog;
        if base == Base::Nothing || !self.ground.is_empty() {
            let mut assembly = match base {
                Base::Shipped => embedded_assembly()?,
                Base::Nothing => Assembly::default(),
            };
            for (place, source, document) in self.ground {
                assembly.add(place, source, document);
            }
            for (id, (source, messenger)) in self.messengers {
                assembly.messenger(id, source, messenger);
            }
            catalog.take(assembly.finish(&mut found));
        } else if !self.messengers.is_empty() {
            catalog.overlay(self.messengers, &mut found);
        }
        // The user's files can only add or replace ids, never take one away, so references in the shipped
        // files, which a test checks, stay whole.
        let own: HashSet<SourceId> = self.read.iter().copied().collect();
        references::check(catalog, &|source| own.contains(&source), &mut found);
        // A finding about a shipped file that only follows from the user's files is still worth showing, but last.
        found.sort_by_key(|finding| {
            let label = finding.labels.first();
            label.map(|label| (catalog.sources.get(label.source).embedded, label.source, label.span.start))
        });
        Ok(Loaded { catalog: self.catalog, findings: found, read: self.read })
    }
}

/// The shipped documents as if they had just been read: needed where a user's file changes the ground they stand on.
fn embedded_assembly() -> anyhow::Result<Assembly> {
    let mut assembly = Assembly::default();
    for (number, file) in embedded::FILES.iter().enumerate() {
        let Some(place) = document::place(file.path).filter(|place| Assembly::takes(place.kind)) else {
            continue;
        };
        let source = SourceId(u32::try_from(number)?);
        let document = embedded::document(source.0).context("the embedded data are damaged")?;
        assembly.add(place, source, document);
    }
    Ok(assembly)
}
