//! `diff`: what changed between two states of the data, and what that does to the verdicts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs, context};
use crate::catalog::{Catalog, Opened, StateError, open_state};
use crate::diff::{Limits, Pair, Pairs, Sides, diff};
use crate::report::view::diff::{DiffView, StateView, view};
use crate::report::{Format, template, terminal};

#[derive(Args)]
pub struct DiffArgs {
    #[arg(value_name = "OLD")]
    old: String,
    #[arg(value_name = "NEW")]
    new: Option<String>,
    #[arg(long, short = 'C', value_name = "DIR")]
    repository: Option<PathBuf>,
    #[arg(long, short = 'm', value_name = "ID")]
    messenger: Vec<String>,
    #[arg(long, short = 'u', value_name = "ID")]
    use_case: Vec<String>,
    #[arg(long, value_name = "CHANGE", default_value = "never", hide_default_value = true)]
    fail_on: Gate,
    #[command(flatten)]
    output: OutputArgs,
}

/// What makes the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Gate {
    Never,
    VerdictWorse,
    VerdictChange,
    Any,
}

pub fn run(common: &Common, args: &DiffArgs) -> anyhow::Result<Outcome> {
    let Some(session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let repository = args.repository.as_deref().unwrap_or_else(|| Path::new("."));
    let new_name = args.new.clone().unwrap_or_else(|| repository.display().to_string());
    let old = open(&session, repository, &args.old, &common.data)?;
    let new = open(&session, repository, &new_name, &common.data)?;
    // Data with mistakes are read in part only: what is missing would look like a change.
    let clean = [&old, &new].map(|own| session.accept_from(&own.loaded.catalog, &own.loaded.findings));
    let [old_clean, new_clean] = clean;
    if !(old_clean? && new_clean?) {
        return Ok(Outcome::Findings);
    }
    let (before, after) = (&old.loaded.catalog, &new.loaded.catalog);
    let pairs = Pairs::new(before, after);
    let limits = limits(&session, args, before, after, &pairs)?;
    let words = session.words();
    let states = Sides {
        old: StateView::new(&words, &args.old, old.revision, old.base),
        new: StateView::new(&words, &new_name, new.revision, new.base),
    };
    let found = diff(before, after, &pairs, &limits);
    let view = view(&words, session.stamp, Sides { old: before, new: after }, &pairs, states, &found);
    let text = match format(&args.output, "terminal") {
        Format::Terminal => terminal::diff(&view, &words, session.width),
        other => template::draw(&session.catalog, &words, session.width, "diff", &other, &view)?,
    };
    session.deliver(&args.output, &text)?;
    Ok(gate(&session, args.fail_on, &view))
}

fn open(session: &Session, repository: &Path, name: &str, over: &[PathBuf]) -> anyhow::Result<Opened> {
    let words = session.words();
    let folder = repository.display().to_string();
    match open_state(repository, name, over) {
        Ok(opened) => Ok(opened),
        Err(StateError::Neither) => bail!(words.fill("cli.no-state", &[("name", name), ("folder", &folder)])),
        Err(StateError::GitMissing) => bail!(words.fill("cli.no-git", &[("name", name)])),
        Err(StateError::Empty) => bail!(words.fill("cli.empty-state", &[("name", name)])),
        Err(StateError::Failed(error)) => Err(error),
    }
}

/// The messengers and use cases that were chosen, by their id on either side.
fn limits(session: &Session, args: &DiffArgs, old: &Catalog, new: &Catalog, pairs: &Pairs) -> anyhow::Result<Limits> {
    let messengers = |name: &str| (old.profile(name), new.profile(name));
    let settings = |name: &str| (old.setting(name), new.setting(name));
    let ids = || old.profiles.iter().chain(&new.profiles).map(|own| own.id.as_str());
    let cases = || old.settings.iter().chain(&new.settings).map(|own| own.id.as_str());
    Ok(Limits {
        messengers: chosen(session, &args.messenger, &pairs.messengers, messengers, "cli.unknown-messenger", ids)?,
        settings: chosen(session, &args.use_case, &pairs.settings, settings, "cli.unknown-use-case", cases)?,
    })
}

fn chosen<'a, I: Iterator<Item = &'a str>>(
    session: &Session,
    names: &[String],
    pairs: &[Pair],
    find: impl Fn(&str) -> (Option<usize>, Option<usize>),
    unknown: &'static str,
    known: impl Fn() -> I,
) -> anyhow::Result<Option<BTreeSet<usize>>> {
    let mut all = BTreeSet::new();
    for name in names {
        let (old, new) = find(name);
        let with = |pair: &Pair| old.is_some() && pair.old == old || new.is_some() && pair.new == new;
        all.extend(pairs.iter().enumerate().filter(|(_, pair)| with(pair)).map(|(at, _)| at));
        if old.is_none() && new.is_none() {
            bail!(context::unknown(&session.words(), unknown, name, known()));
        }
    }
    Ok((!names.is_empty()).then_some(all))
}

/// Whether the change is one to fail on; says why.
fn gate(session: &Session, gate: Gate, view: &DiffView) -> Outcome {
    let (name, met) = match gate {
        Gate::Never => return Outcome::Clean,
        Gate::VerdictWorse => ("verdict-worse", view.summary.got_worse()),
        Gate::VerdictChange => ("verdict-change", view.summary.verdicts_changed()),
        Gate::Any => ("any", !view.same),
    };
    if !met {
        return Outcome::Clean;
    }
    let summary = &view.summary;
    let count = |number: usize| number.to_string();
    let gaps = [
        ("gate", name),
        ("worse", &count(summary.worse)),
        ("better", &count(summary.better)),
        ("lost", &count(summary.messengers_lost)),
    ];
    let words = session.words();
    let key = if gate == Gate::Any { "diff.gate-any" } else { "diff.gate" };
    anstream::eprintln!("{}", words.fill(key, &gaps));
    Outcome::Findings
}
