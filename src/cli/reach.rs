//! Whether the addresses of sources still answer. Asks the `curl` program, and only when told to.

use std::collections::BTreeMap;
use std::io;
use std::process::{Child, Command, Stdio};

use crate::catalog::safe_url;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lints::{Subject, addresses};
use crate::model::Spanned;
use crate::source::SourceId;

/// So many addresses are asked at a time.
const AT_ONCE: usize = 16;
/// Seconds an address has to answer.
const PATIENCE: &str = "30";

type Places<'a> = Vec<(SourceId, &'a Spanned<String>)>;

/// Reports each place whose address does not answer. Fails only if `curl` cannot be started.
pub fn unreachable(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) -> io::Result<()> {
    let mut places: BTreeMap<&str, Places<'_>> = BTreeMap::new();
    for (file, url) in addresses(subject) {
        // What is no address at all is another check's matter.
        if !safe_url(url).is_empty() && url.starts_with("http") {
            places.entry(url.as_str()).or_default().push((file, url));
        }
    }
    let urls: Vec<&str> = places.keys().copied().collect();
    for group in urls.chunks(AT_ONCE) {
        let asked: Vec<Child> = group.iter().map(|url| ask(url, "--head")).collect::<io::Result<_>>()?;
        for (url, child) in group.iter().zip(asked) {
            let mut answer = answer(child)?;
            if !answer.is_good() {
                // Not every server knows the question for the head alone.
                answer = self::answer(ask(url, "--get")?)?;
            }
            if !answer.is_good() {
                found.extend(places[url].iter().map(|(file, own)| answer.finding(*file, own)));
            }
        }
    }
    Ok(())
}

/// What came back: a status of HTTP (0 for none) and what curl says about it.
struct Answer {
    status: u16,
    complaint: String,
}

impl Answer {
    fn is_good(&self) -> bool {
        (200..400).contains(&self.status)
    }

    fn finding(&self, file: SourceId, url: &Spanned<String>) -> Diagnostic {
        let detail = if self.status > 0 { format!("HTTP {}", self.status) } else { self.complaint.clone() };
        let finding = Diagnostic::warning("source-unreachable", file, url.span);
        // A refusal may be meant for programs only: worth a look, no more.
        let refused = matches!(self.status, 401 | 403 | 429);
        let severity = if refused { Severity::Note } else { finding.severity };
        Diagnostic { severity, ..finding }.with("url", url.as_str()).with("detail", detail)
    }
}

fn ask(url: &str, how: &str) -> io::Result<Child> {
    Command::new("curl")
        .args(["--silent", "--show-error", "--location", "--max-redirs", "5", "--max-time", PATIENCE, how])
        .args(["--proto", "=http,https", "--proto-redir", "=http,https", "--max-filesize", "50000000"])
        .args(["--user-agent", concat!("messwerk/", env!("CARGO_PKG_VERSION"))])
        .args([
            "--output",
            if cfg!(windows) { "NUL" } else { "/dev/null" },
            "--write-out",
            "%{http_code}",
            "--url",
            url,
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

fn answer(child: Child) -> io::Result<Answer> {
    let output = child.wait_with_output()?;
    let status = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or(0);
    let complaint = String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default().to_owned();
    Ok(Answer { status, complaint })
}
