//! Turns the shipped data into a compact binary form, so that starting the program parses no YAML.
//!
//! Uses the program's own reader (the modules below), so a file that does not load fails the build with
//! its place. Only syntax and shape are checked here; references between files are checked by the tests.
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    reason = "the modules below offer more than the build script uses"
)]

#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/document.rs"]
mod document;
#[path = "src/model/mod.rs"]
mod model;
#[path = "src/source.rs"]
mod source;
#[path = "src/yaml/mod.rs"]
mod yaml;

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use source::{Source, SourceId};

const FOLDERS: [&str; 3] = ["criteria", "messengers", "templates"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut paths = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        collect(&root, &root.join(folder), &mut paths)?;
    }
    paths.sort();
    let mut documents = Vec::new();
    let mut files = String::from("&[\n");
    for path in &paths {
        let text = fs::read_to_string(root.join(path))?;
        writeln!(
            files,
            "({path:?}, include_str!({:?})),",
            root.join(path).display().to_string()
        )?;
        let Some(place) = document::place(path) else { continue };
        let source = Source {
            path: path.clone(),
            text: Cow::Owned(text),
            embedded: true,
        };
        match document::read(place.kind, &source, SourceId(0)) {
            Ok(document) => documents.push((path.clone(), document)),
            Err(findings) => return Err(describe(&source, &findings).into()),
        }
    }
    files.push(']');
    fs::write(out.join("files.rs"), files)?;
    fs::write(out.join("documents.bin"), postcard::to_allocvec(&documents)?)?;
    Ok(())
}

/// All files below a folder, relative to the root, with `/` between parts.
fn collect(root: &Path, folder: &Path, paths: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, paths)?;
        } else if path
            .extension()
            .is_some_and(|ending| ending == "yaml" || ending == "j2")
        {
            let relative = path.strip_prefix(root)?;
            let parts: Vec<String> = relative
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            paths.push(parts.join("/"));
        }
    }
    Ok(())
}

fn describe(source: &Source, findings: &[diagnostic::Diagnostic]) -> String {
    let mut out = String::new();
    for finding in findings {
        let start = finding.labels.first().map_or(0, |label| label.span.start);
        let at = source.position(start);
        let _ = writeln!(out, "{}:{}:{}: {:?}", source.path, at.line, at.column, finding.message);
    }
    out
}
