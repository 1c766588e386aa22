//! `explain`: why a criterion came out as it did.

use std::path::PathBuf;

use clap::Args;

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs};
use crate::engine::{Plan, assess};
use crate::report::template;
use crate::report::view::explain::view;

#[derive(Args)]
pub struct ExplainArgs {
    #[arg(value_name = "MESSENGER")]
    messenger: String,
    #[arg(value_name = "CRITERION")]
    criterion: String,
    #[arg(long, short = 'u', value_name = "ID")]
    use_case: String,
    #[arg(long, value_name = "FILE")]
    organisation: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(common: &Common, args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let Some(mut session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let Some(situation) = session.situation(args.organisation.as_deref())? else {
        return Ok(Outcome::Findings);
    };
    let profile = session.messenger(&args.messenger)?;
    let rule = session.criterion(&args.criterion)?;
    let setting = session.use_case(&args.use_case)?;
    let catalog = &session.catalog;
    let plan = Plan::new(catalog, &catalog.settings[setting], &situation);
    let words = session.words();
    let view = view(&words, session.stamp, &plan, &assess(&plan, profile), rule);
    let text = template::draw(catalog, &words, session.width, "explain", &format(&args.output, "terminal"), &view)?;
    session.deliver(&args.output, &text)
}
