//! `explain`: why a criterion came out as it did, or what a check finds.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs, context};
use crate::engine::{Plan, assess};
use crate::report::template;
use crate::report::view::check_page;
use crate::report::view::explain::view;

#[derive(Args)]
pub struct ExplainArgs {
    #[arg(value_name = "MESSENGER")]
    messenger: String,
    #[arg(value_name = "CRITERION", requires = "use_case")]
    criterion: Option<String>,
    #[arg(long, short = 'u', value_name = "ID", requires = "criterion")]
    use_case: Option<String>,
    #[arg(long, value_name = "FILE")]
    organisation: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(common: &Common, args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let Some(mut session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let (Some(criterion), Some(use_case)) = (&args.criterion, &args.use_case) else {
        return check(&session, args);
    };
    let Some(situation) = session.situation(args.organisation.as_deref())? else {
        return Ok(Outcome::Findings);
    };
    let profile = session.messenger(&args.messenger)?;
    let rule = session.criterion(criterion)?;
    let setting = session.use_case(use_case)?;
    let catalog = &session.catalog;
    let plan = Plan::new(catalog, &catalog.settings[setting], &situation);
    let words = session.words();
    let view = view(&words, session.stamp, &plan, &assess(&plan, profile), rule);
    let text = template::draw(catalog, &words, session.width, "explain", &format(&args.output, "terminal"), &view)?;
    session.deliver(&args.output, &text)
}

/// The page of a check.
fn check(session: &Session, args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let (catalog, words) = (&session.catalog, session.words());
    let Some(page) = catalog.lint_pages.iter().find(|page| page.id == args.messenger) else {
        let known = catalog.lint_pages.iter().map(|page| page.id.as_str());
        bail!(context::unknown(&words, "cli.explain-what", &args.messenger, known));
    };
    let view = check_page::view(&words, page);
    let text = template::draw(catalog, &words, session.width, "check", &format(&args.output, "terminal"), &view)?;
    session.deliver(&args.output, &text)
}
