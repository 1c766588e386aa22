//! `report`: the recommendation a data protection officer files.

use std::path::PathBuf;

use clap::Args;

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs};
use crate::engine::{Plan, assess_all, rank};
use crate::report::template;
use crate::report::view::recommendation::view;

#[derive(Args)]
pub struct ReportArgs {
    #[arg(value_name = "MESSENGER", required = true)]
    messengers: Vec<String>,
    #[arg(long, short = 'u', value_name = "ID")]
    use_case: String,
    #[arg(long, value_name = "FILE")]
    organisation: Option<PathBuf>,
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(common: &Common, args: &ReportArgs) -> anyhow::Result<Outcome> {
    let Some(mut session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let Some(situation) = session.situation(args.organisation.as_deref())? else {
        return Ok(Outcome::Findings);
    };
    let asked = session.chosen(&args.messengers, &[])?;
    let setting = session.use_case(&args.use_case)?;
    let catalog = &session.catalog;
    let plan = Plan::new(catalog, &catalog.settings[setting], &situation);
    let all: Vec<usize> = (0..catalog.profiles.len()).collect();
    let mut ranked = assess_all(&plan, &all);
    rank(&mut ranked, catalog);
    let words = session.words();
    let view = view(&words, session.stamp, &plan, &ranked, &asked, args.jurisdiction.as_deref());
    let text = template::draw(catalog, &words, session.width, "report", &format(&args.output, "markdown"), &view)?;
    session.deliver(&args.output, &text)
}
