//! `fmt`: data files in one normal form.

use std::borrow::Cow;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use similar::TextDiff;

use super::{Common, Outcome, context};
use crate::catalog::{self, Catalog, Loaded, data_files, is_data_folder, load, place_of};
use crate::diagnostic::Diagnostic;
use crate::document::DocumentKind;
use crate::fmt;
use crate::report::findings;
use crate::report::{Words, files};
use crate::source::{Source, SourceId};
use crate::yaml::MAX_BYTES;

/// More lines of difference than this are not shown of one file.
const SHOWN: usize = 60;

#[derive(Args)]
pub struct FmtArgs {
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[arg(long)]
    check: bool,
    #[arg(long, value_name = "PATH")]
    stdin_path: Option<PathBuf>,
}

/// A file that has been read.
struct Work {
    path: PathBuf,
    kind: DocumentKind,
    id: SourceId,
}

pub fn run(common: &Common, args: &FmtArgs) -> anyhow::Result<Outcome> {
    let lang = context::language(common);
    let stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    // The vocabulary of a folder is that of its profiles.
    let folders = common.data.iter().chain(&args.paths).filter(|path| path.is_dir());
    let Loaded { mut catalog, .. } = load(&folders.cloned().collect::<Vec<_>>())?;
    if stdin {
        return from_stdin(&mut catalog, common, args);
    }
    let words = Words::new(&catalog, lang);
    if args.stdin_path.is_some() {
        bail!("{}", words.get("fmt.stdin-path-without"));
    }
    let paths = match args.paths.as_slice() {
        [] if is_data_folder(Path::new(".")) => vec![PathBuf::from(".")],
        [] => bail!("{}", words.get("fmt.no-path")),
        paths => paths.to_vec(),
    };
    let (work, mut found) = read(&paths, &mut catalog);
    let words = Words::new(&catalog, lang);
    if work.is_empty() && found.is_empty() {
        let shown: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        bail!("{}", words.fill("fmt.nothing", &[("paths", &shown.join(", "))]));
    }
    let facts = vocabulary(&catalog);
    let (mut changed, mut same, mut unwritten) = (0_usize, 0_usize, None);
    for file in &work {
        let source = catalog.sources.get(file.id);
        match fmt::format(source, file.id, file.kind, &facts) {
            Err(finding) => found.push(*finding),
            Ok(text) if text == source.text => same += 1,
            Ok(text) => {
                let done = if args.check { show(source, &text, &words) } else { write(file, source, &text, &words) };
                match done {
                    Ok(()) => changed += 1,
                    // The others are formatted all the same.
                    Err(error) => unwritten = unwritten.or(Some(error)),
                }
            }
        }
    }
    complain(&catalog, &words, common, &found)?;
    let key = if args.check { "fmt.summary-check" } else { "fmt.summary" };
    let (many, kept, failed) = (changed.to_string(), same.to_string(), found.len().to_string());
    let summary = words.fill(key, &[("changed", &many), ("same", &kept), ("failed", &failed)]);
    files::print(&format!("{summary}\n"))?;
    if let Some(error) = unwritten {
        return Err(error);
    }
    let clean = found.is_empty() && !(args.check && changed > 0);
    Ok(if clean { Outcome::Clean } else { Outcome::Findings })
}

/// Reads all files; those that cannot be read become findings.
fn read(paths: &[PathBuf], catalog: &mut Catalog) -> (Vec<Work>, Vec<Diagnostic>) {
    let (mut work, mut found) = (Vec::new(), Vec::new());
    for (path, place) in data_files(paths) {
        let (source, read) = catalog::read(&path, catalog.sources.next());
        let id = catalog.sources.add(source);
        match read {
            Ok(()) => work.push(Work { path, kind: place.kind, id }),
            Err(finding) => found.push(*finding),
        }
    }
    (work, found)
}

fn vocabulary(catalog: &Catalog) -> Vec<&str> {
    catalog.facts.iter().map(|(_, definition)| definition.key.as_str()).collect()
}

fn write(file: &Work, source: &Source, text: &str, words: &Words<'_>) -> anyhow::Result<()> {
    files::rewrite(&file.path, text, words)?;
    files::print(&format!("{}\n", words.fill("fmt.rewritten", &[("file", &source.path)])))
}

/// Names a file that is not in normal form and shows what would change.
fn show(source: &Source, text: &str, words: &Words<'_>) -> anyhow::Result<()> {
    let (before, after) = (visible(&source.text), visible(text));
    let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
    let diff = diff.unified_diff().context_radius(2).header(&source.path, &source.path).to_string();
    let mut out = words.fill("fmt.differs", &[("file", &source.path)]) + "\n";
    for line in diff.lines().take(SHOWN) {
        out.push_str(line);
        out.push('\n');
    }
    let more = diff.lines().count().saturating_sub(SHOWN);
    if more > 0 {
        out.push_str(&words.fill("fmt.more", &[("lines", &more.to_string())]));
        out.push('\n');
    }
    out.push('\n');
    files::print(&out)
}

/// Control characters as signs: a difference in line ends would not show, and a terminal must not obey a file.
fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| c.is_control() && c != '\n' && c != '\t';
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let sign = |c: char| match c {
        '\r' => '␍',
        c if hidden(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    Cow::Owned(text.chars().map(sign).collect())
}

fn complain(catalog: &Catalog, words: &Words<'_>, common: &Common, found: &[Diagnostic]) -> anyhow::Result<()> {
    if !found.is_empty() {
        let width = context::width(common);
        let context = findings::Context { colour: true, width, ..findings::Context::new(catalog, words) };
        anstream::eprint!("{}", (findings::USUAL.render)(context, found)?);
    }
    Ok(())
}

/// From standard input to standard output, for editors. What cannot be formatted is not printed at all.
fn from_stdin(catalog: &mut Catalog, common: &Common, args: &FmtArgs) -> anyhow::Result<Outcome> {
    let lang = context::language(common);
    if args.paths.len() > 1 {
        bail!("{}", Words::new(catalog, lang).get("fmt.stdin-alone"));
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).context("cannot read standard input")?;
    let path = args.stdin_path.clone().unwrap_or_else(|| PathBuf::from("-"));
    let (source, read) = catalog::decode(catalog::display(&path), bytes, catalog.sources.next());
    let id = catalog.sources.add(source);
    let words = Words::new(catalog, lang);
    if let Err(finding) = read {
        complain(catalog, &words, common, &[*finding])?;
        return Ok(Outcome::Findings);
    }
    let source = catalog.sources.get(id);
    match fmt::format(source, id, place_of(&path).kind, &vocabulary(catalog)) {
        Err(finding) => {
            complain(catalog, &words, common, &[*finding])?;
            Ok(Outcome::Findings)
        }
        Ok(text) if !args.check => files::print(&text).map(|()| Outcome::Clean),
        Ok(text) if text == source.text => Ok(Outcome::Clean),
        Ok(text) => show(source, &text, &words).map(|()| Outcome::Findings),
    }
}
