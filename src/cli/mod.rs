//! The command line: arguments, one file per command, exit codes.
//!
//! Exit codes are the same everywhere: 0 clean, 1 findings in the data, 2 usage or environment.

mod backtest;
mod check;
mod compare;
mod context;
mod diff;
mod explain;
mod facts;
mod finding_output;
mod fmt;
mod gate;
mod help;
mod list;
mod new;
mod positions;
mod reach;
mod recommend;
mod schema;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use crate::model::Lang;

/// How a run ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// There are findings in the data.
    Findings,
}

#[derive(Parser)]
#[command(name = "messwerk", version, disable_help_subcommand = true, subcommand_required = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands. The help texts stand in `templates/texts.yaml`, in both languages.
#[derive(Args, Debug)]
pub struct Common {
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<LangArg>,
    #[arg(long, global = true, value_name = "DIR")]
    data: Vec<PathBuf>,
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<String>,
    #[arg(long, global = true, value_name = "COLUMNS")]
    width: Option<usize>,
}

/// Where a result goes and what it looks like.
#[derive(Args, Debug)]
pub struct OutputArgs {
    #[arg(long, short = 'f', value_name = "FORMAT")]
    format: Option<String>,
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangArg {
    De,
    En,
}

#[derive(Subcommand)]
enum Command {
    Compare(compare::CompareArgs),
    Report(recommend::ReportArgs),
    Facts(facts::FactsArgs),
    Explain(explain::ExplainArgs),
    List(list::ListArgs),
    Positions(positions::PositionsArgs),
    Backtest(backtest::BacktestArgs),
    Gate(gate::GateArgs),
    New(new::NewArgs),
    Diff(diff::DiffArgs),
    Check(check::CheckArgs),
    Fmt(fmt::FmtArgs),
    Schema(schema::SchemaArgs),
    Completions(help::CompletionsArgs),
}

/// Runs the program with its arguments and returns its exit code.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    let lang = help::language(&args);
    let matches = match <Cli as clap::CommandFactory>::command().try_get_matches_from(&args) {
        Ok(matches) => matches,
        Err(error) => return help::explain(&error, &args, lang),
    };
    let result = Cli::from_arg_matches(&matches).map_err(anyhow::Error::from).and_then(run);
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            help::complain(&error, lang);
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let common = &cli.common;
    match cli.command {
        Command::Compare(args) => compare::run(common, &args),
        Command::Report(args) => recommend::run(common, &args),
        Command::Facts(args) => facts::run(common, &args),
        Command::Explain(args) => explain::run(common, &args),
        Command::List(args) => list::run(common, &args),
        Command::Positions(args) => positions::run(common, &args),
        Command::Backtest(args) => backtest::run(common, &args),
        Command::Gate(args) => gate::run(common, &args),
        Command::New(args) => new::run(common, &args),
        Command::Diff(args) => diff::run(common, &args),
        Command::Check(args) => check::run(common, &args),
        Command::Fmt(args) => fmt::run(common, &args),
        Command::Schema(args) => schema::run(common, &args),
        Command::Completions(args) => help::completions(&args),
    }
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::De => Self::De,
            LangArg::En => Self::En,
        }
    }
}
