//! `schema`: the JSON Schemas for an editor.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use super::context::Session;
use super::{Common, Outcome};
use crate::document::DocumentKind;
use crate::report::{files, schema};

#[derive(Args)]
pub struct SchemaArgs {
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    #[arg(long, short = 'o', value_name = "DIR")]
    output: Option<PathBuf>,
    #[arg(long)]
    force: bool,
}

pub fn run(common: &Common, args: &SchemaArgs) -> anyhow::Result<Outcome> {
    let Some(session) = Session::open(common)? else {
        return Ok(Outcome::Findings);
    };
    let words = session.words();
    let named = |name: &str| DocumentKind::ALL.into_iter().find(|kind| kind.schema_name() == name);
    match (&args.kind, &args.output) {
        (Some(name), None) => {
            let Some(kind) = named(name) else {
                let known = DocumentKind::ALL.map(DocumentKind::schema_name).join(", ");
                bail!("{}", words.fill("cli.unknown-schema", &[("name", name), ("known", &known)]));
            };
            files::print(&schema::text(&session.catalog, kind)?)?;
        }
        (None, Some(folder)) => {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
            for kind in DocumentKind::ALL {
                let path = folder.join(format!("{}.json", kind.schema_name()));
                files::write(&path, &schema::text(&session.catalog, kind)?, args.force, &words)?;
            }
        }
        _ => bail!("{}", words.get("cli.schema-usage")),
    }
    Ok(Outcome::Clean)
}
