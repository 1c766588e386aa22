//! Writing results: to standard output, or whole to a file.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context as _, bail};

use super::Words;

/// Writes a file whole: into a temporary file beside it, then renamed. An existing file is only replaced
/// when `force` says so; a link is replaced where it points.
pub fn write(path: &Path, text: &str, force: bool, words: &Words<'_>) -> anyhow::Result<()> {
    let shown = path.display().to_string();
    let say = |key| words.fill(key, &[("file", &shown)]);
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if target.is_dir() {
        bail!(say("cli.is-folder"));
    }
    if target.exists() && !force {
        bail!(say("cli.exists"));
    }
    let mut file = beside(&target).with_context(|| say("cli.cannot-write"))?;
    file.write_all(text.as_bytes()).with_context(|| say("cli.cannot-write"))?;
    readable_by_all(&file)?;
    let done = if force { file.persist(&target) } else { file.persist_noclobber(&target) };
    done.with_context(|| say("cli.cannot-write"))?;
    Ok(())
}

/// Writes an existing file anew, whole as [`write()`] does, with the permissions it has. One that is write-protected is
/// left alone, though a rename could replace it.
pub fn rewrite(path: &Path, text: &str, words: &Words<'_>) -> anyhow::Result<()> {
    let shown = path.display().to_string();
    let failed = || words.fill("cli.cannot-write", &[("file", &shown)]);
    let target = fs::canonicalize(path).with_context(failed)?;
    let permissions = fs::metadata(&target).with_context(failed)?.permissions();
    if permissions.readonly() {
        bail!("{}: {}", failed(), words.get("fmt.write-protected"));
    }
    let mut file = beside(&target).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)?;
    file.as_file().set_permissions(permissions).with_context(failed)?;
    file.persist(&target).with_context(failed)?;
    Ok(())
}

/// A temporary file in the folder of another, so that it can take its place by a rename.
fn beside(target: &Path) -> io::Result<tempfile::NamedTempFile> {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => tempfile::NamedTempFile::new_in(parent),
        _ => tempfile::NamedTempFile::new_in("."),
    }
}

/// A temporary file is private; a report is as readable as any new file.
#[cfg(unix)]
fn readable_by_all(file: &tempfile::NamedTempFile) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = fs::Permissions::from_mode(0o644);
    file.as_file().set_permissions(permissions).context("cannot set permissions")
}

#[cfg(not(unix))]
fn readable_by_all(_: &tempfile::NamedTempFile) -> anyhow::Result<()> {
    Ok(())
}

/// Prints to standard output. A reader that has gone away (`| head`) is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write to standard output"),
    }
}
