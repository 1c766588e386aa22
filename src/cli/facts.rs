//! `facts`: plain facts side by side, or one messenger's page.

use clap::Args;

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs};
use crate::catalog::Situation;
use crate::engine::{Plan, assess};
use crate::report::view::{facts, sheet};
use crate::report::{Format, template, terminal};

#[derive(Args)]
pub struct FactsArgs {
    #[arg(value_name = "MESSENGER")]
    messengers: Vec<String>,
    #[arg(long, short = 't', value_name = "TAG")]
    tag: Vec<String>,
    #[arg(long, value_name = "AREA")]
    only: Vec<String>,
    #[arg(long)]
    all: bool,
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(common: &Common, args: &FactsArgs) -> anyhow::Result<Outcome> {
    let Some(session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    for area in &args.only {
        session.area(area)?;
    }
    let chosen = session.chosen(&args.messengers, &args.tag)?;
    let format = format(&args.output, "terminal");
    let text = match chosen.as_slice() {
        [one] if args.only.is_empty() => sheet_text(&session, args, *one, &format)?,
        many => table_text(&session, args, many, &format)?,
    };
    session.deliver(&args.output, &text)
}

fn table_text(session: &Session, args: &FactsArgs, chosen: &[usize], format: &Format) -> anyhow::Result<String> {
    let (catalog, words) = (&session.catalog, session.words());
    let view = facts::view(catalog, &words, session.stamp, chosen, &args.only, args.all);
    match format {
        Format::Terminal => Ok(terminal::facts(&view, &words, session.width)),
        other => template::draw(catalog, &words, session.width, "facts", other, &view),
    }
}

fn sheet_text(session: &Session, args: &FactsArgs, profile: usize, format: &Format) -> anyhow::Result<String> {
    let (catalog, words) = (&session.catalog, session.words());
    let situation = Situation::default();
    let results: Vec<_> = catalog
        .settings
        .iter()
        .map(|setting| {
            let plan = Plan::new(catalog, setting, &situation);
            let assessment = assess(&plan, profile);
            (plan, assessment)
        })
        .collect();
    let jurisdiction = args.jurisdiction.as_deref();
    let view = sheet::view(catalog, &words, session.stamp, profile, &results, jurisdiction);
    match format {
        Format::Terminal => Ok(terminal::sheet(&view, &words, session.width)),
        other => template::draw(catalog, &words, session.width, "sheet", other, &view),
    }
}
