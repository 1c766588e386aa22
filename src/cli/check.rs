//! `check`: everything that is wrong with data files.

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::{Common, Outcome, context};
use crate::catalog::{Loaded, load_paths};
use crate::lints::{self, Subject};
use crate::report::findings::{self, FindingFormat};
use crate::report::{Words, files};

#[derive(Args)]
pub struct CheckArgs {
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    format: CheckFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    Text,
    Json,
}

pub fn run(common: &Common, args: &CheckArgs) -> anyhow::Result<Outcome> {
    let paths: Vec<PathBuf> = common.data.iter().chain(&args.paths).cloned().collect();
    let lang = context::language(common);
    let Loaded { catalog, findings: mut found, read } = load_paths(&paths)?;
    let words = Words::new(&catalog, lang);
    if !paths.is_empty() && read.is_empty() && found.is_empty() {
        let shown: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        bail!("{}", words.fill("cli.nothing-to-check", &[("paths", &shown.join(", "))]));
    }
    // Without paths the shipped data are checked.
    let all = paths.is_empty();
    let today = context::today(common, &words)?;
    let subject = if all { Subject::all(&catalog, today) } else { Subject::of(&catalog, today, read.iter().copied()) };
    found.extend(lints::run(&subject));
    let format = match args.format {
        CheckFormat::Text => FindingFormat::Text,
        CheckFormat::Json => FindingFormat::Json,
    };
    let context = findings::Context { catalog: &catalog, words: &words, colour: true, width: context::width(common) };
    let files = if all { catalog.sources.len() } else { read.len() };
    files::print(&findings::render(context, format, &found, files)?)?;
    Ok(if found.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
