//! What several test files share: the shipped data, temporary data folders, the real binary.
#![allow(dead_code, reason = "each test file uses a part of this one")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use messwerk::catalog::{Catalog, Loaded, load};
use messwerk::diagnostic::Diagnostic;

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The shipped data.
pub fn shipped() -> &'static Catalog {
    static SHIPPED: OnceLock<Catalog> = OnceLock::new();
    SHIPPED.get_or_init(|| load(&[]).expect("the shipped data load").catalog)
}

/// All files below a folder of the repository whose name ends so, sorted.
pub fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every shipped YAML file: its path relative to the repository with `/`, and its text.
pub fn shipped_yaml() -> Vec<(String, String)> {
    let root = root();
    let mut found = Vec::new();
    for folder in ["criteria", "messengers", "templates"] {
        for path in files_below(&root.join(folder), ".yaml") {
            let relative = path.strip_prefix(&root).unwrap();
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            found.push((parts.join("/"), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// Findings as lines a person can follow.
pub fn shown(catalog: &Catalog, findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    for finding in findings {
        let place = finding.labels.first().map_or_else(String::new, |label| {
            let source = catalog.sources.get(label.source);
            let at = source.position(label.span.start);
            format!("{}:{}:{}", source.path, at.line, at.column)
        });
        let _ = writeln!(out, "{place}: {} {:?}", finding.code, finding.message.args);
    }
    out
}

/// The `{gaps}` of a text.
pub fn gaps(text: &str) -> std::collections::BTreeSet<&str> {
    let name = |rest: &str| rest.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_' || *b == b'-').count();
    let gap = |(at, _): (usize, &str)| {
        let rest = &text[at + 1..];
        let length = name(rest);
        (length > 0 && rest[length..].starts_with('}')).then(|| &rest[..length])
    };
    text.match_indices('{').filter_map(gap).collect()
}

/// A data folder that disappears with the test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// One with these files.
    pub fn with<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let folder = Self::new();
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A path below it.
    pub fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// Writes a file below it.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// The shipped data with this folder over them; fails on any finding.
    pub fn load_clean(&self) -> Catalog {
        let Loaded { catalog, findings, .. } = self.load();
        assert!(findings.is_empty(), "{}", shown(&catalog, &findings));
        catalog
    }

    /// The shipped data with this folder over them.
    pub fn load(&self) -> Loaded {
        load(&[self.path().to_path_buf()]).unwrap()
    }
}

/// A profile with these lines of facts (`KEY: VALUE`, one each), every one founded as the lints ask.
pub fn profile(facts: &[(&str, &str)]) -> String {
    let mut out = String::from("name: Probe\nsummary: {de: Probe, en: Probe}\nchecked: 2026-11-22\n");
    if !facts.is_empty() {
        out.push_str("facts:\n");
    }
    for (key, value) in facts {
        let _ = writeln!(out, "  {key}: {{{value}, confidence: high, basis: general_knowledge}}");
    }
    out
}

/// A criterion: `rows` are pairs of condition (flow style) and outcome, `last` is the outcome of the last row.
pub fn criterion(rows: &[(&str, &str)], last: &str) -> String {
    let text = "{de: Probe, en: Probe}";
    let mut out = format!("title: {text}\nquestion: {text}\ngoals: [transparency]\nweight: 1\ntable:\n");
    for (when, then) in rows {
        let _ = writeln!(out, "  - {{when: {when}, then: {then}, because: {text}}}");
    }
    let _ = writeln!(out, "  - {{then: {last}, because: {text}}}\nremedy: {text}");
    out
}

/// A use case whose knock-outs are these criteria (id and `met` or `partly`); every circumstance of the
/// vocabulary is stated with its first value.
pub fn use_case(knock_outs: &[(&str, &str)]) -> String {
    let text = "{de: Probe, en: Probe}";
    let mut out = format!("title: {text}\nsummary: {text}\nsetting:\n");
    for (_, definition) in shipped().facts.iter().filter(|(_, own)| own.key.starts_with("setting.")) {
        let first = definition.def.values.keys().next().expect("circumstances are choices");
        let _ = writeln!(out, "  {}: {first}", definition.key);
    }
    let _ = writeln!(out, "legal_basis: []\nconsent: {text}\nemphasis:");
    for goal in messwerk::model::Goal::ALL {
        let _ = writeln!(out, "  {}: 1", goal.id());
    }
    out.push_str(if knock_outs.is_empty() { "knock_outs: []\n" } else { "knock_outs:\n" });
    for (criterion, requires) in knock_outs {
        let _ = writeln!(
            out,
            "  - {{criterion: {criterion}, requires: {requires}, demanded_by: {{laws: [GDPR 5(1)(f)]}}, \
             reason: {text}, limits: {text}}}"
        );
    }
    out
}

/// The binary under test, in no language of the surroundings, without colours.
pub fn messwerk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_messwerk"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a run left behind.
pub struct Run {
    /// Exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Both streams.
    pub fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    /// Fails unless the run ended with this code and without a panic.
    #[track_caller]
    pub fn ended_with(&self, code: i32) -> &Self {
        let all = self.all();
        assert!(!all.contains("panicked"), "{all}");
        assert_eq!(self.code, Some(code), "{all}");
        self
    }

    /// Fails unless both streams together contain this.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        let all = self.all();
        assert!(all.contains(text), "“{text}” is missing in:\n{all}");
        self
    }
}

/// Runs the binary; one that does not end within a minute hangs.
pub fn run<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    finish(messwerk().args(args).spawn().unwrap())
}

/// Waits for a run; one that does not end within a minute hangs and is ended.
pub fn finish(child: Child) -> Run {
    let id = child.id();
    let (done, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let _ = done.send(child.wait_with_output());
    });
    let start = Instant::now();
    let Ok(output) = wait.recv_timeout(Duration::from_secs(60)) else {
        let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        panic!("did not end after {:?}", start.elapsed());
    };
    let Output { status, stdout, stderr } = output.unwrap();
    Run { code: status.code(), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
}
