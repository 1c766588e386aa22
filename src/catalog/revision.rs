//! Data folders at a revision of git, and which files changed since one. Asks the `git` program.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use super::inputs::{self, Content, Input, PARTS};

/// Whether git knows this name of a revision in this folder.
pub fn is_revision(folder: &Path, revision: &str) -> bool {
    commit(folder, revision).is_ok()
}

/// The commit a name stands for. The name is checked first, so that it can never be taken for an option.
fn commit(folder: &Path, revision: &str) -> anyhow::Result<String> {
    let wanted = format!("{revision}^{{commit}}");
    let out = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
    Ok(String::from_utf8(out)?.trim().to_owned())
}

/// The data files of a folder at a revision, as inputs whose paths are shown as `REVISION:PATH`.
pub fn files_at(folder: &Path, revision: &str) -> anyhow::Result<Vec<Input>> {
    let commit = commit(folder, revision)?;
    let mut args = vec!["ls-tree", "-r", "-z", &commit, "--"];
    args.extend(PARTS);
    let listing = git(folder, &args)?;
    let mut wanted = Vec::new();
    for entry in listing.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        // MODE TYPE OBJECT TAB PATH; links and submodules hold no data.
        let entry = String::from_utf8_lossy(entry);
        let Some((head, path)) = entry.split_once('\t') else { continue };
        let mut head = head.split(' ');
        let (mode, object) = (head.next().unwrap_or_default(), head.nth(1).unwrap_or_default());
        if is_data(path) && mode.starts_with("100") {
            wanted.push((inputs::role(path), format!("{revision}:{path}"), object.to_owned()));
        }
    }
    let objects: Vec<&str> = wanted.iter().map(|(_, _, object)| object.as_str()).collect();
    let contents = blobs(folder, &objects)?;
    let inputs = wanted.into_iter().zip(contents);
    Ok(inputs.map(|((role, path, _), bytes)| Input { role, content: Content::Bytes(path, bytes) }).collect())
}

/// What changed in a folder since a revision.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files that differ or are new, as paths relative to the folder.
    pub paths: Vec<PathBuf>,
    /// Whether a data file is gone.
    pub removed: bool,
}

/// The files of a folder that differ from a revision or are not in it.
pub fn changed_since(folder: &Path, revision: &str) -> anyhow::Result<Changes> {
    let commit = commit(folder, revision)?;
    let changed = git(folder, &["diff", "--name-only", "--relative", "--diff-filter=d", "-z", &commit, "--"])?;
    let new = git(folder, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let gone = git(folder, &["diff", "--name-only", "--relative", "--diff-filter=D", "-z", &commit, "--"])?;
    let named = |listing: &[u8]| -> Vec<PathBuf> {
        let names = listing.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        names.map(|name| PathBuf::from(String::from_utf8_lossy(name).as_ref())).collect()
    };
    let mut paths = named(&changed);
    paths.extend(named(&new));
    let removed = named(&gone).iter().any(|path| is_data(&super::display(path)));
    Ok(Changes { paths, removed })
}

/// Whether a path within a data folder may be one of its files.
fn is_data(path: &str) -> bool {
    let part = path.split('/').next().unwrap_or_default();
    PARTS.contains(&part) && [".yaml", ".yml", ".j2"].iter().any(|ending| path.ends_with(ending))
}

/// The contents of objects, in order.
fn blobs(folder: &Path, objects: &[&str]) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut child = command(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("git cat-file")?;
    let mut stdin = child.stdin.take().context("git cat-file")?;
    let wanted = objects.join("\n") + "\n";
    // Written from a thread of its own: git answers while it is still being asked.
    let writer = std::thread::spawn(move || stdin.write_all(wanted.as_bytes()));
    let out = child.wait_with_output()?.stdout;
    let _ = writer.join();
    let mut rest = out.as_slice();
    let mut contents = Vec::new();
    for _ in objects {
        // OBJECT TYPE SIZE, a line of its own, then the content and a line end.
        let end = rest.iter().position(|byte| *byte == b'\n').context("git cat-file: cut short")?;
        let size = std::str::from_utf8(&rest[..end])?.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let size = size.context("git cat-file: no size")?;
        contents.push(rest.get(end + 1..end + 1 + size).context("git cat-file: cut short")?.to_vec());
        rest = rest.get(end + 2 + size..).unwrap_or_default();
    }
    Ok(contents)
}

fn git(folder: &Path, args: &[&str]) -> anyhow::Result<Vec<u8>> {
    let output = command(folder).args(args).output().context("git")?;
    if !output.status.success() {
        bail!("git {}: {}", args[0], String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).stdin(Stdio::null());
    command
}
