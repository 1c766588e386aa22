//! `positions`: what authorities and courts have published.

use clap::{Args, ValueEnum};

use super::context::{Session, format};
use super::{Common, Outcome, OutputArgs};
use crate::model::Stance;
use crate::report::template;
use crate::report::view::Head;
use crate::report::view::positions::{PositionsView, Wanted, views};
use crate::report::view::recommendation::lineage;

#[derive(Args)]
pub struct PositionsArgs {
    #[arg(long, short = 'm', value_name = "ID")]
    messenger: Vec<String>,
    #[arg(long, short = 'u', value_name = "ID")]
    use_case: Option<String>,
    #[arg(long, value_name = "STANCE")]
    stance: Option<StanceArg>,
    #[arg(long, value_name = "CODE")]
    within: Option<String>,
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StanceArg {
    For,
    Conditional,
    Against,
}

pub fn run(common: &Common, args: &PositionsArgs) -> anyhow::Result<Outcome> {
    let Some(session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let (catalog, words) = (&session.catalog, session.words());
    let use_case = args.use_case.as_ref().map(|name| session.use_case(name)).transpose()?;
    let mut ids = Vec::new();
    for id in &args.messenger {
        ids.extend(lineage(catalog, session.messenger(id)?));
    }
    let wanted = Wanted {
        messengers: &ids,
        use_case: use_case.map(|at| catalog.settings[at].id.as_str()),
        stance: args.stance.map(|stance| match stance {
            StanceArg::For => Stance::For,
            StanceArg::Conditional => Stance::Conditional,
            StanceArg::Against => Stance::Against,
        }),
        within: args.within.as_deref(),
        jurisdiction: args.jurisdiction.as_deref(),
    };
    let view = PositionsView {
        head: Head::new("messwerk.positions/1", catalog, &words, session.stamp),
        positions: views(catalog, &words, &wanted),
    };
    let text = template::draw(catalog, &words, session.width, "positions", &format(&args.output, "terminal"), &view)?;
    session.deliver(&args.output, &text)
}
