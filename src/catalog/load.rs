//! From files to a catalogue: embedded data first, then the user's folders over them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Catalog, Entry, Profile, Rule, Setting, Template, embedded, files, profiles, references, rules, settings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{self, Document, DocumentKind, Place};
use crate::model::{Checklist, Criterion, Glossary, Messenger, Positions, UseCase};
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

impl Loaded {
    /// Whether something is wrong that makes the data unusable.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Loads the embedded data and lays the user's folders over them, in the order given.
pub fn load(folders: &[PathBuf]) -> anyhow::Result<Loaded> {
    let mut loader = Loader::with_embedded()?;
    for folder in folders {
        loader.folder(folder);
    }
    Ok(loader.finish())
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
        id: path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default(),
        area: None,
    })
}

#[derive(Default)]
struct Loader {
    catalog: Catalog,
    findings: Vec<Diagnostic>,
    read: Vec<SourceId>,
    thorough: bool,
    criteria: BTreeMap<String, (SourceId, String, Criterion)>,
    use_cases: BTreeMap<String, (SourceId, UseCase)>,
    checklists: BTreeMap<String, (SourceId, Checklist)>,
    positions: BTreeMap<String, (SourceId, Positions)>,
    messengers: BTreeMap<String, (SourceId, Messenger)>,
}

impl Loader {
    fn with_embedded() -> anyhow::Result<Self> {
        let mut loader = Self::default();
        for (path, document) in embedded::documents()? {
            let text = embedded::text(&path).unwrap_or_default();
            let source = loader.catalog.sources.add(Source {
                path: path.clone(),
                text: Cow::Borrowed(text),
                embedded: true,
            });
            if let Some(place) = document::place(&path) {
                loader.add(place, source, document);
            }
        }
        for (path, text) in embedded::FILES {
            if let Some(name) = path.strip_prefix("templates/").filter(|name| is_template(name)) {
                loader.template(name, (*text).to_owned(), false);
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
                let text = self.catalog.sources.get(source).text.to_string();
                self.template(name, text, true);
            }
            Err(finding) => self.findings.push(*finding),
        }
    }

    fn template(&mut self, name: &str, text: String, from_user: bool) {
        self.catalog
            .templates
            .insert(name.to_owned(), Template { text, from_user });
    }

    fn add(&mut self, place: Place, source: SourceId, document: Document) {
        let id = place.id;
        match document {
            Document::Vocabulary(vocabulary) => {
                for (area, label) in vocabulary.areas {
                    self.catalog.facts.areas.insert(area.value, label);
                }
                for (key, def) in vocabulary.facts {
                    self.catalog.facts.define(key, source, def);
                }
            }
            Document::Criterion(criterion) => {
                self.criteria
                    .insert(id, (source, place.area.unwrap_or_default(), criterion));
            }
            Document::UseCase(use_case) => drop(self.use_cases.insert(id, (source, use_case))),
            Document::Checklist(checklist) => drop(self.checklists.insert(id, (source, checklist))),
            Document::Positions(positions) => drop(self.positions.insert(id, (source, positions))),
            Document::Messenger(messenger) => drop(self.messengers.insert(id, (source, messenger))),
            Document::Glossary(glossary) => match &mut self.catalog.glossary {
                Some(known) => known.terms.extend(glossary.terms),
                none => *none = Some(Glossary { terms: glossary.terms }),
            },
            Document::Texts(texts) => self.catalog.texts.extend(texts),
            // Belongs to one run, not to the data.
            Document::Organisation(_) => {}
        }
    }

    fn finish(mut self) -> Loaded {
        let mut found = std::mem::take(&mut self.findings);
        let catalog = &mut self.catalog;
        check_vocabulary(catalog, &mut found);
        for (id, (source, area, criterion)) in self.criteria {
            let rule: Option<Rule> = rules::resolve(id, area, source, criterion, &catalog.facts, &mut found);
            catalog.rules.extend(rule);
        }
        let areas = &catalog.facts.areas;
        catalog
            .rules
            .sort_by_cached_key(|rule| (areas.get_index_of(&rule.area), rule.id.clone()));
        let profiles: Vec<Profile> = profiles::resolve(self.messengers, &catalog.facts, &mut found);
        catalog.profiles = profiles;
        for (id, (source, use_case)) in self.use_cases {
            let setting: Setting = settings::resolve(id, source, use_case, &catalog.facts, &catalog.rules, &mut found);
            catalog.settings.push(setting);
        }
        catalog.checklists = entries(self.checklists);
        catalog.positions = entries(self.positions);
        // The user's files can only add or replace ids, never take one away, so references in the shipped
        // files, which a test checks, stay whole; checking them at every start would only cost time.
        if self.thorough || !self.read.is_empty() {
            let mut references = Vec::new();
            references::check(catalog, &mut references);
            let own = |finding: &Diagnostic| {
                finding
                    .labels
                    .first()
                    .is_some_and(|label| self.read.contains(&label.source))
            };
            found.extend(references.into_iter().filter(|finding| self.thorough || own(finding)));
        }
        // A finding about a shipped file that only follows from the user's files is still worth showing, but last.
        found.sort_by_key(|finding| {
            let label = finding.labels.first();
            label.map(|label| {
                (
                    catalog.sources.get(label.source).embedded,
                    label.source,
                    label.span.start,
                )
            })
        });
        Loaded {
            catalog: self.catalog,
            findings: found,
            read: self.read,
        }
    }
}

fn is_template(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "j2") && !name.contains('/')
}

fn entries<T>(documents: BTreeMap<String, (SourceId, T)>) -> Vec<Entry<T>> {
    let entry = |(id, (source, value))| Entry { id, source, value };
    documents.into_iter().map(entry).collect()
}

/// Keys of the form `AREA.NAME` with a known area, values only where they make sense.
fn check_vocabulary(catalog: &Catalog, found: &mut Vec<Diagnostic>) {
    use crate::model::Kind;
    for (_, definition) in catalog.facts.iter() {
        let area = definition.key.split('.').next().unwrap_or_default();
        if !catalog.facts.areas.contains_key(area) || !definition.key.contains('.') {
            let finding = Diagnostic::error("unknown-area", definition.source, definition.key.span);
            let areas = catalog.facts.areas.keys().map(String::as_str);
            found.push(finding.with("area", area).suggest(area, areas));
        }
        let listed = matches!(definition.def.kind.value, Kind::Choice | Kind::Set);
        let count = definition.def.values.len();
        if listed != (count > 0) || count > super::MAX_SET {
            let code = if listed { "values-missing" } else { "values-not-allowed" };
            found.push(
                Diagnostic::error(code, definition.source, definition.def.kind.span)
                    .with("fact", definition.key.as_str()),
            );
        }
        for reserved in ["unknown", "disputed", "not_applicable"] {
            if let Some((key, _)) = definition.def.values.get_key_value(reserved) {
                found.push(Diagnostic::error("reserved-value", definition.source, key.span).with("value", reserved));
            }
        }
    }
}
