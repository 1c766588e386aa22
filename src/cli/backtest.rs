//! `backtest`: our verdicts beside published ones.

use clap::Args;

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs};
use crate::engine::backtest;
use crate::report::template;
use crate::report::view::backtest::view;

#[derive(Args)]
pub struct BacktestArgs {
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(common: &Common, args: &BacktestArgs) -> anyhow::Result<Outcome> {
    let Some(session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let (catalog, words) = (&session.catalog, session.words());
    let view = view(catalog, &words, session.stamp, &backtest(catalog));
    let text = template::draw(catalog, &words, session.width, "backtest", &format(&args.output, "terminal"), &view)?;
    session.deliver(&args.output, &text)?;
    // A contradiction nobody has explained is a finding.
    Ok(if view.unexplained == 0 { Outcome::Clean } else { Outcome::Findings })
}
