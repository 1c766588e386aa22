//! `list`: what there is.

use clap::{Args, ValueEnum};

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs};
use crate::report::view::lists::{Listed, view};
use crate::report::{Format, template, terminal};

#[derive(Args)]
pub struct ListArgs {
    #[arg(value_name = "WHAT")]
    what: What,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Messengers,
    Criteria,
    UseCases,
    Checklists,
    Checks,
    Formats,
}

pub fn run(common: &Common, args: &ListArgs) -> anyhow::Result<Outcome> {
    let Some(session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let what = match args.what {
        What::Messengers => Listed::Messengers,
        What::Criteria => Listed::Criteria,
        What::UseCases => Listed::UseCases,
        What::Checklists => Listed::Checklists,
        What::Checks => Listed::Checks,
        What::Formats => Listed::Formats,
    };
    let words = session.words();
    let view = view(&session.catalog, &words, session.stamp, what);
    let text = match format(&args.output, "terminal") {
        Format::Terminal => terminal::list(&view, session.width),
        other => template::draw(&session.catalog, &words, session.width, "list", &other, &view)?,
    };
    session.deliver(&args.output, &text)
}
