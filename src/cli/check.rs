//! `check`: everything that is wrong with data files.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::{Args, ValueEnum};

use super::finding_output::{FormatParser, Target, TargetParser};
use super::{Common, Outcome, context, reach};
use crate::catalog::{self, Base, Catalog, Changes, Loaded, display, load_inputs, load_paths};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lints::{self, Subject};
use crate::report::findings::{self, FindingFormat, USUAL};
use crate::report::{Words, files};
use crate::source::SourceId;

#[derive(Args)]
pub struct CheckArgs {
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = USUAL.name, hide_default_value = true)]
    #[arg(value_parser = FormatParser)]
    format: &'static FindingFormat,
    #[arg(long, short = 'o', value_name = "FORMAT=FILE", value_parser = TargetParser)]
    output: Vec<Target>,
    #[arg(long)]
    force: bool,
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    only: Vec<String>,
    #[arg(long, value_name = "LEVEL", default_value = "warning", hide_default_value = true)]
    level: Level,
    #[arg(long, value_name = "LEVEL", default_value = "warning", hide_default_value = true)]
    fail_on: FailOn,
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,
    #[arg(long)]
    online: bool,
}

/// The least that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    Note,
    Warning,
    Error,
}

/// The least that makes the run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Note,
    Warning,
    Error,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}

/// What a run is about.
struct Scope {
    /// The files whose findings count; `None` for the shipped data.
    files: Option<HashSet<SourceId>>,
    /// The data as they were.
    before: Option<Catalog>,
    /// Whether every file of the data is among them.
    complete: bool,
}

pub fn run(common: &Common, args: &CheckArgs) -> anyhow::Result<Outcome> {
    let mut paths: Vec<PathBuf> = common.data.iter().chain(&args.paths).cloned().collect();
    if paths.is_empty() && args.since.is_some() {
        paths.push(PathBuf::from("."));
    }
    let Loaded { catalog, findings: mut found, read } = load_paths(&paths)?;
    let words = Words::new(&catalog, context::language(common));
    if !paths.is_empty() && read.is_empty() && found.is_empty() {
        let shown: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        bail!("{}", words.fill("cli.nothing-to-check", &[("paths", &shown.join(", "))]));
    }
    each_file_once(&args.output, &words)?;
    known_checks(&args.only, &catalog, &words)?;
    let scope = scope(args, &paths, &catalog, &read, &words)?;
    let today = context::today(common, &words)?;
    let subject = match &scope.files {
        None => Subject::all(&catalog, today),
        Some(files) => Subject::of(&catalog, today, files.iter().copied()),
    };
    let subject = subject.before(scope.before.as_ref());
    // Of what loading found only what concerns these files; the checks keep to them by themselves.
    found.retain(|finding| finding.labels.first().is_none_or(|label| subject.concerns(label.source)));
    found.extend(lints::run(&subject));
    if args.online {
        let failed = |error: std::io::Error| words.fill("cli.no-curl", &[("detail", &error.to_string())]);
        reach::unreachable(&subject, &mut found).map_err(|error| anyhow::anyhow!(failed(error)))?;
    }
    let known = |name: &str| catalog.lint_pages.iter().any(|page| page.id == name);
    let waived = lints::waive(&subject, &known, scope.complete, &mut found);
    found.retain(|finding| args.only.is_empty() || args.only.iter().any(|only| only == finding.code));
    let failed = args.fail_on.severity().is_some_and(|least| found.iter().any(|own| own.severity >= least));
    let hidden = hide(args, &mut found);
    let checked: Vec<SourceId> = match &scope.files {
        None => catalog.sources.ids().filter(|id| !is_template(&catalog, *id)).collect(),
        Some(files) => read.iter().copied().filter(|id| files.contains(id)).collect(),
    };
    // The pages of all checks are read only where a format lists them.
    let listed = args.format.lists_rules || args.output.iter().any(|target| target.format.lists_rules);
    let rules = if listed { findings::rules(&catalog, &words) } else { Vec::new() };
    let context = findings::Context {
        catalog: &catalog,
        words: &words,
        colour: true,
        width: context::width(common),
        checked: &checked,
        rules: &rules,
        hidden,
        waived,
    };
    deliver(context, args, &found)?;
    Ok(if failed { Outcome::Findings } else { Outcome::Clean })
}

fn is_template(catalog: &Catalog, id: SourceId) -> bool {
    Path::new(catalog.sources.get(id).path.as_ref()).extension().is_some_and(|ending| ending == "j2")
}

/// Takes out what is below the level to be shown and says how much that was.
fn hide(args: &CheckArgs, found: &mut Vec<Diagnostic>) -> usize {
    let shown = match args.level {
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    };
    // What makes the run fail is always shown.
    let least = args.fail_on.severity().map_or(shown, |least| least.min(shown));
    let all = found.len();
    found.retain(|finding| finding.severity >= least);
    all - found.len()
}

fn scope(
    args: &CheckArgs,
    paths: &[PathBuf],
    catalog: &Catalog,
    read: &[SourceId],
    words: &Words<'_>,
) -> anyhow::Result<Scope> {
    let folders = paths.iter().all(|path| path.is_dir());
    let complete = args.only.is_empty() && folders;
    if paths.is_empty() {
        return Ok(Scope { files: None, before: None, complete });
    }
    let all: HashSet<SourceId> = read.iter().copied().collect();
    let Some(revision) = &args.since else {
        return Ok(Scope { files: Some(all), before: None, complete });
    };
    let mut changed: HashSet<String> = HashSet::new();
    let mut ground = false;
    let mut before = Vec::new();
    for path in paths {
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(Path::new(".")) };
        let Changes { paths, removed } =
            catalog::changed_since(folder, revision).map_err(|error| no_changes(error, folder, revision, words))?;
        // What others are judged by, or what they may refer to, concerns them all.
        ground |= removed || paths.iter().any(|path| catalog::is_ground(path));
        changed.extend(paths.iter().map(|path| display(&folder.join(path))));
        before.extend(catalog::files_at(folder, revision)?);
    }
    let is_changed = |id: &SourceId| ground || changed.contains(catalog.sources.get(*id).path.as_ref());
    let files = all.into_iter().filter(is_changed).collect();
    let before = load_inputs(Base::Shipped, before)?.catalog;
    Ok(Scope { files: Some(files), before: Some(before), complete: false })
}

/// Why it cannot be told what changed: most often the revision is missing.
fn no_changes(error: anyhow::Error, folder: &Path, revision: &str, words: &Words<'_>) -> anyhow::Error {
    // Without git nothing can be said about the revision.
    if error.root_cause().is::<std::io::Error>() || catalog::is_revision(folder, revision) {
        return error;
    }
    let folder = folder.display().to_string();
    anyhow!("{}", words.fill("cli.no-revision", &[("name", revision), ("folder", &folder)]))
}

/// Refuses a check that does not exist.
fn known_checks(only: &[String], catalog: &Catalog, words: &Words<'_>) -> anyhow::Result<()> {
    let names = || catalog.lint_pages.iter().map(|page| page.id.as_str());
    match only.iter().find(|name| !names().any(|known| known == name.as_str())) {
        Some(name) => bail!(context::unknown(words, "cli.unknown-check", name, names())),
        None => Ok(()),
    }
}

fn each_file_once(targets: &[Target], words: &Words<'_>) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for target in targets {
        if !seen.insert(&target.path) {
            bail!("{}", words.fill("cli.output-twice", &[("file", &target.path.display().to_string())]));
        }
    }
    Ok(())
}

/// Prints the findings, then writes the files, so that a file that cannot be written hides nothing.
fn deliver(context: findings::Context<'_>, args: &CheckArgs, found: &[Diagnostic]) -> anyhow::Result<()> {
    files::print(&(args.format.render)(context, found)?)?;
    let uncoloured = findings::Context { colour: false, ..context };
    for Target { format, path } in &args.output {
        files::write(path, &(format.render)(uncoloured, found)?, args.force, context.words)?;
        let shown = path.display().to_string();
        anstream::eprintln!("{}", context.words.fill("cli.written", &[("file", &shown)]));
    }
    Ok(())
}
