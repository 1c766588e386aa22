//! `compare`: messengers ranked in one or more use cases.

use std::path::PathBuf;

use clap::Args;

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs};
use crate::engine::{Plan, assess_all, rank};
use crate::report::view::compare::{Detail, view};
use crate::report::{Format, template, terminal};

#[derive(Args)]
pub struct CompareArgs {
    #[arg(long, short = 'u', value_name = "ID", required = true)]
    use_case: Vec<String>,
    #[arg(long, short = 'm', value_name = "ID")]
    messenger: Vec<String>,
    #[arg(long, short = 't', value_name = "TAG")]
    tag: Vec<String>,
    #[arg(long, value_name = "FILE")]
    organisation: Option<PathBuf>,
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(common: &Common, args: &CompareArgs) -> anyhow::Result<Outcome> {
    let Some(mut session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let Some(situation) = session.situation(args.organisation.as_deref())? else {
        return Ok(Outcome::Findings);
    };
    let chosen = session.chosen(&args.messenger, &args.tag)?;
    let mut settings = Vec::new();
    for name in &args.use_case {
        settings.push(session.use_case(name)?);
    }
    let catalog = &session.catalog;
    let results: Vec<_> = settings
        .into_iter()
        .map(|setting| {
            let plan = Plan::new(catalog, &catalog.settings[setting], &situation);
            let mut assessments = assess_all(&plan, &chosen);
            rank(&mut assessments, catalog);
            (plan, assessments)
        })
        .collect();
    let words = session.words();
    let format = format(&args.output, "terminal");
    let bare = format == Format::Terminal && !args.why;
    let detail = if bare { Detail::Bare } else { Detail::Reasons };
    let view = view(catalog, &words, session.stamp, &results, detail);
    let text = match format {
        Format::Terminal => terminal::compare(&view, &words, session.width, args.why),
        other => template::draw(catalog, &words, session.width, "compare", &other, &view)?,
    };
    session.deliver(&args.output, &text)
}
