//! `check --online` against a server of the test's own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use serde_json::Value as Json;
use support::{Folder, run};

/// Answers each path with a status; `/only-get` refuses HEAD, `/moved` leads to `/good`.
fn serve(mut stream: TcpStream) {
    let mut request = [0; 2048];
    let length = stream.read(&mut request).unwrap_or(0);
    let request = String::from_utf8_lossy(&request[..length]).into_owned();
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, more) = match (method, path) {
        (_, "/good") | ("GET", "/only-get") => ("200 OK", ""),
        (_, "/only-get") => ("405 Method Not Allowed", ""),
        (_, "/moved") => ("302 Found", "Location: /good\r\n"),
        (_, "/refused") => ("403 Forbidden", ""),
        _ => ("404 Not Found", ""),
    };
    let _ = write!(stream, "HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
}

#[test]
fn addresses_that_do_not_answer_are_reported() {
    if Command::new("curl").arg("--version").output().is_err() {
        // Nothing can be tried without it.
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(|| serve(stream));
        }
    });
    // A port nobody listens at: taken and given back.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let urls = [
        ("good", format!("http://{address}/good")),
        ("moved", format!("http://{address}/moved")),
        ("only-get", format!("http://{address}/only-get")),
        ("refused", format!("http://{address}/refused")),
        ("gone", format!("http://{address}/gone")),
        ("closed", format!("http://{closed}/")),
    ];
    let mut text = "name: Probe\nsummary: {de: Probe, en: Probe}\nchecked: 2026-11-22\nsources:\n".to_owned();
    for (id, url) in &urls {
        let rest = "publisher: Example, kind: press, seen: 2026-11-22";
        writeln!(text, "  {id}: {{title: {id}, url: '{url}', {rest}}}").unwrap();
    }
    text += "history:\n  - date: 2026-01-01\n    event: {de: Probe, en: Probe}\n";
    text += "    sources: [good, moved, only-get, refused, gone, closed]\n";
    let folder = Folder::with([("messengers/probe.yaml", text.as_str())]);
    let path = folder.path().to_str().unwrap();
    let base = ["check", path, "--today", "2026-11-22", "--format", "json", "--level", "note"];
    run(base).ended_with(0);
    let online = run(base.iter().chain(&["--online"]));
    let report: Json = serde_json::from_str(&online.ended_with(1).out).unwrap();
    let shown = |own: &Json| {
        let message = own["message"].as_str().unwrap();
        let (id, _) = urls.iter().find(|(_, url)| message.contains(url.as_str())).unwrap();
        format!("{} {id}", own["severity"].as_str().unwrap())
    };
    let found: Vec<String> = report["findings"].as_array().unwrap().iter().map(shown).collect();
    assert_eq!(found, ["note refused", "warning gone", "warning closed"]);
}
