//! `gate`: whether the messengers a policy permits still reach what it demands.

use std::path::PathBuf;

use clap::Args;

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs};
use crate::catalog::read_policy;
use crate::engine::gate;
use crate::report::template;
use crate::report::view::gate::view;

#[derive(Args)]
pub struct GateArgs {
    #[arg(value_name = "POLICY")]
    policy: PathBuf,
    #[arg(long, value_name = "FILE")]
    organisation: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(common: &Common, args: &GateArgs) -> anyhow::Result<Outcome> {
    let Some(mut session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let Some(situation) = session.situation(args.organisation.as_deref())? else {
        return Ok(Outcome::Findings);
    };
    let (policy, findings) = read_policy(&args.policy, &mut session.catalog);
    if !session.accept(&findings)? {
        return Ok(Outcome::Findings);
    }
    let (catalog, words) = (&session.catalog, session.words());
    let passages = gate(catalog, &situation, &policy.permits, session.stamp.today);
    let view = view(catalog, &words, session.stamp, &situation, &policy, &passages);
    let text = template::draw(catalog, &words, session.width, "gate", &format(&args.output, "terminal"), &view)?;
    session.deliver(&args.output, &text)?;
    Ok(if view.passes { Outcome::Clean } else { Outcome::Findings })
}
