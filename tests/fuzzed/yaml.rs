//! Any bytes as a file: the reader, every kind of document, the formatter. Nothing may panic, every place lies in the
//! text, what is written plainly is kept as written, and the normal form of what can be read can be proved.

use messwerk::catalog::decode;
use messwerk::diagnostic::Diagnostic;
use messwerk::document::{self, DocumentKind};
use messwerk::source::{Source, SourceId, Span};
use messwerk::yaml::{self, Kind, Node};

const ID: SourceId = SourceId(0);

/// Kinds that are formatted differently.
const FORMATTED: [DocumentKind; 3] = [DocumentKind::Messenger, DocumentKind::Criterion, DocumentKind::Texts];

pub fn run(bytes: &[u8]) {
    let (source, read) = decode("file.yaml".into(), bytes.to_vec(), ID);
    if let Err(finding) = read {
        return in_text(&source, &finding);
    }
    let parsed = yaml::parse(&source, ID);
    match &parsed {
        Ok(node) => tree(&source, node),
        Err(finding) => in_text(&source, finding),
    }
    for kind in DocumentKind::ALL {
        let (document, findings) = document::read(kind, &source, ID);
        assert!(document.is_some() || !findings.is_empty(), "{kind:?}: neither read nor refused");
        for finding in &findings {
            in_text(&source, finding);
        }
    }
    for kind in FORMATTED {
        match fmt(&source, kind) {
            Ok(text) => {
                let normal = Source { path: source.path.clone(), text: text.into(), embedded: false };
                assert_eq!(
                    fmt(&normal, kind).as_deref(),
                    Ok(&*normal.text),
                    "{kind:?}: the normal form is not its own"
                );
            }
            Err(code) => {
                let plain = |code| ["yaml-tag", "yaml-directive"].contains(&code);
                // No document of ours is a lone scalar: such a file may be left alone.
                let fine = parsed.as_ref().map_or(code != "fmt-failed", |node| plain(code) || node.scalar().is_some());
                assert!(fine, "{kind:?}: {code}: {:?}", source.text);
            }
        }
    }
}

fn fmt(source: &Source, kind: DocumentKind) -> Result<String, &'static str> {
    messwerk::fmt::format(source, ID, kind, &[]).map_err(|finding| finding.code)
}

fn in_text(source: &Source, finding: &Diagnostic) {
    for label in &finding.labels {
        let _ = source.position(label.span.start);
        let end = source.text.len();
        assert!(label.span.start <= label.span.end && label.span.start as usize <= end, "{finding:?}");
    }
}

fn tree(source: &Source, node: &Node) {
    let text = cut(source, node.span);
    match &node.kind {
        Kind::Null | Kind::Text(_) => {}
        Kind::Plain(raw) => assert_eq!(raw, text.trim(), "at {:?}", node.span),
        Kind::List(items) => items.iter().for_each(|item| tree(source, item)),
        Kind::Map(entries) => {
            for (at, (key, value)) in entries.iter().enumerate() {
                cut(source, key.span);
                assert!(entries[..at].iter().all(|(other, _)| other.value != key.value), "{key:?} twice");
                tree(source, value);
            }
        }
    }
}

fn cut(source: &Source, span: Span) -> &str {
    let text = source.text.get(span.start as usize..span.end as usize);
    text.unwrap_or_else(|| panic!("{span:?} is no place in {:?}", source.text))
}
