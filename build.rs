//! Turns the shipped data into binary form, so that starting the program parses and resolves nothing.
//!
//! Uses the program's own reader and index (the modules below), so a file that does not load or does not
//! resolve fails the build with its place.
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    clippy::pedantic,
    clippy::result_large_err,
    clippy::needless_range_loop,
    reason = "the modules below offer more than the build script uses"
)]

#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/document.rs"]
mod document;
#[path = "src/index/mod.rs"]
mod index;
#[path = "src/model/mod.rs"]
mod model;
#[path = "src/source.rs"]
mod source;
#[path = "src/yaml/mod.rs"]
mod yaml;

/// Stands for the module this script makes: while it runs, nothing is embedded yet.
mod embedded {
    pub fn document(_: u32) -> Option<crate::document::Document> {
        None
    }
}

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use diagnostic::Diagnostic;
use document::Document;
use source::{Source, SourceId, Sources};

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
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let mut assembly = index::Assembly::default();
    let mut files = String::from("&[\n");
    for path in &paths {
        let full = root.join(path);
        let id = sources.add(Source {
            path: Cow::Owned(path.clone()),
            text: Cow::Owned(fs::read_to_string(&full)?),
            embedded: true,
        });
        let binary = out.join(format!("{}.bin", id.0));
        fs::write(&binary, read(path, id, &sources, &mut assembly, &mut found)?)?;
        writeln!(
            files,
            "EmbeddedFile {{ path: {path:?}, text: include_str!({full:?}), binary: include_bytes!({binary:?}) }},"
        )?;
    }
    files.push(']');
    let index = assembly.finish(&mut found);
    if !found.is_empty() {
        return Err(describe(&sources, &found).into());
    }
    fs::write(out.join("files.rs"), files)?;
    fs::write(out.join("index.bin"), postcard::to_allocvec(&index)?)?;
    Ok(())
}

/// Reads a file, hands it to the index and returns its binary form; templates have none.
fn read(
    path: &str,
    id: SourceId,
    sources: &Sources,
    assembly: &mut index::Assembly,
    found: &mut Vec<Diagnostic>,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let Some(place) = document::place(path) else {
        return Ok(Vec::new());
    };
    let (document, findings) = document::read(place.kind, sources.get(id), id);
    found.extend(findings);
    let Some(document) = document else {
        return Ok(Vec::new());
    };
    if let Document::Texts(texts) = &document {
        let table: Vec<_> = texts.iter().map(|(key, text)| (key.as_str(), &text.de, &text.en)).collect();
        fs::write(PathBuf::from(env::var("OUT_DIR")?).join("texts.bin"), postcard::to_allocvec(&table)?)?;
    }
    let binary = postcard::to_allocvec(&document)?;
    assembly.add(place, id, document);
    Ok(binary)
}

/// All files below a folder, relative to the root, with `/` between parts.
fn collect(root: &Path, folder: &Path, paths: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, paths)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "j2") {
            let relative = path.strip_prefix(root)?;
            let parts: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            paths.push(parts.join("/"));
        }
    }
    Ok(())
}

fn describe(sources: &Sources, findings: &[Diagnostic]) -> String {
    let mut out = String::from("the shipped data are not clean:\n");
    for finding in findings {
        if let Some(label) = finding.labels.first() {
            let source = sources.get(label.source);
            let at = source.position(label.span.start);
            let _ = writeln!(out, "{}:{}:{}: {:?}", source.path, at.line, at.column, finding.message);
        }
    }
    out
}
