//! `new`: data files to fill in.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};

use super::context::Session;
use super::{Common, Outcome};
use crate::report::scaffold::{self, Scaffold};
use crate::report::{Words, files};

#[derive(Args)]
pub struct NewArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Messenger(MessengerArgs),
}

#[derive(Args)]
struct MessengerArgs {
    #[arg(value_name = "ID")]
    id: String,
    #[arg(long, value_name = "ID")]
    edition_of: Option<String>,
    #[arg(long, short = 'o', value_name = "FILE", conflicts_with = "stdout")]
    output: Option<PathBuf>,
    #[arg(long)]
    force: bool,
    #[arg(long)]
    stdout: bool,
}

pub fn run(common: &Common, args: &NewArgs) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Messenger(args) => messenger(common, args),
    }
}

fn messenger(common: &Common, args: &MessengerArgs) -> anyhow::Result<Outcome> {
    let Some(session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let (catalog, words) = (&session.catalog, session.words());
    if !is_id(&args.id) {
        bail!("{}", words.fill("cli.bad-id", &[("id", &args.id)]));
    }
    let edition_of = args.edition_of.as_ref().map(|id| session.messenger(id)).transpose()?;
    let scaffold = Scaffold { id: &args.id, edition_of, today: session.stamp.today };
    let text = scaffold::messenger(catalog, &words, scaffold)?;
    if args.stdout {
        files::print(&text)?;
        return Ok(Outcome::Clean);
    }
    let path = target(common, args, &words)?;
    if let Some(known) = catalog.profile(&args.id).filter(|_| !args.force && !path.exists()) {
        let file = catalog.sources.get(catalog.profiles[known].source).path.as_ref();
        bail!("{}", words.fill("cli.id-taken", &[("id", &args.id), ("file", file)]));
    }
    if let Some(folder) = path.parent().filter(|_| args.output.is_none()) {
        let shown = folder.display().to_string();
        fs::create_dir_all(folder).with_context(|| words.fill("cli.cannot-write", &[("file", &shown)]))?;
    }
    files::write(&path, &text, args.force, &words)?;
    tell(&path, &words);
    Ok(Outcome::Clean)
}

/// Lower-case words joined by single hyphens: what is safe as a file name everywhere and in every list of ids.
fn is_id(id: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.split('-').all(word)
}

/// Where the profile is written: the file named, else below the first data folder, else below this one.
fn target(common: &Common, args: &MessengerArgs, words: &Words<'_>) -> anyhow::Result<PathBuf> {
    if let Some(path) = &args.output {
        let shown = path.display().to_string();
        if path.file_name().is_none_or(|name| name != format!("{}.yaml", args.id).as_str()) {
            bail!("{}", words.fill("cli.file-is-id", &[("file", &shown), ("id", &args.id)]));
        }
        return Ok(path.clone());
    }
    let here = || ["messengers", "criteria"].iter().any(|part| Path::new(part).is_dir());
    let messengers = match common.data.first() {
        Some(folder) => folder.join("messengers"),
        None if here() => PathBuf::from("messengers"),
        None => bail!("{}", words.get("cli.no-place")),
    };
    Ok(messengers.join(format!("{}.yaml", args.id)))
}

/// What was written and what to do next.
fn tell(path: &Path, words: &Words<'_>) {
    let file = path.display().to_string();
    anstream::eprintln!("{}", words.fill("cli.written", &[("file", &file)]));
    anstream::eprintln!("{}", words.fill("cli.new-next", &[("file", &file)]));
    // The profile's first line names the schema relative to its folder.
    let folder = path.parent().map_or_else(|| PathBuf::from(".."), |parent| parent.join("../criteria/schema"));
    if !folder.join("messenger.json").exists() {
        let root = path.parent().and_then(Path::parent).unwrap_or(Path::new(""));
        let folder = root.join("criteria/schema").display().to_string();
        anstream::eprintln!("{}", words.fill("cli.new-schema", &[("folder", &folder)]));
    }
}
