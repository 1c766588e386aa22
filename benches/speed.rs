//! What takes time: reading, checking, judging, formatting, drawing. Run with `cargo bench`.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a bench that cannot go on fails")]

use std::borrow::Cow;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use messwerk::catalog::{Base, Catalog, Content, Input, Loaded, Role, Situation, load, load_inputs};
use messwerk::document::{self, DocumentKind, Place};
use messwerk::engine::{Plan, assess_all, rank};
use messwerk::lints::{self, Subject};
use messwerk::model::{Date, Lang};
use messwerk::report::view::{Stamp, compare};
use messwerk::report::{Format, Words, template};
use messwerk::source::{Source, SourceId};
use messwerk::{fmt, yaml};

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

fn main() {
    divan::main();
}

/// A real profile, large as they go.
fn profile() -> Source {
    let file = messwerk::embedded::FILES.iter().find(|file| file.path == "messengers/signal.yaml").unwrap();
    Source { path: Cow::Borrowed(file.path), text: Cow::Borrowed(file.text), embedded: false }
}

/// That profile under many ids.
fn many(count: usize) -> Vec<Input> {
    let text = profile().text;
    let input = |at: usize| Input {
        role: Role::Data(Place { kind: DocumentKind::Messenger, id: format!("probe-{at:05}"), area: None }),
        content: Content::Bytes(format!("messengers/probe-{at:05}.yaml"), text.as_bytes().to_vec()),
    };
    (0..count).map(input).collect()
}

fn shipped() -> Catalog {
    load(&[]).unwrap().catalog
}

#[divan::bench]
fn start() -> Catalog {
    shipped()
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let source = profile();
    let bytes = BytesCount::of_str(&source.text);
    bencher.counter(bytes).bench_local(|| yaml::parse(black_box(&source), SourceId(0)).unwrap());
}

#[divan::bench]
fn read(bencher: Bencher) {
    let source = profile();
    let bytes = BytesCount::of_str(&source.text);
    bencher.counter(bytes).bench_local(|| document::read(DocumentKind::Messenger, black_box(&source), SourceId(0)));
}

#[divan::bench]
fn format(bencher: Bencher) {
    let (source, catalog) = (profile(), shipped());
    let facts: Vec<&str> = catalog.facts.iter().map(|(_, own)| own.key.as_str()).collect();
    let bytes = BytesCount::of_str(&source.text);
    bencher.counter(bytes).bench_local(|| fmt::format(&source, SourceId(0), DocumentKind::Messenger, &facts).unwrap());
}

#[divan::bench(args = [1, 10, 100], sample_count = 10)]
fn load_profiles(bencher: Bencher, count: usize) {
    let bencher = bencher.counter(ItemsCount::new(count)).with_inputs(|| many(count));
    bencher.bench_local_values(|inputs| load_inputs(Base::Shipped, inputs).unwrap());
}

#[divan::bench(args = [1, 10, 100], sample_count = 10)]
fn check_profiles(bencher: Bencher, count: usize) {
    let Loaded { catalog, read, .. } = load_inputs(Base::Shipped, many(count)).unwrap();
    let subject = Subject::of(&catalog, TODAY, read);
    bencher.counter(ItemsCount::new(count)).bench_local(|| lints::run(black_box(&subject)));
}

#[divan::bench(sample_count = 20)]
fn assess_everything(bencher: Bencher) {
    let (catalog, situation) = (shipped(), Situation::default());
    let all: Vec<usize> = (0..catalog.profiles.len()).collect();
    bencher.bench_local(|| {
        let settings = catalog.settings.iter();
        settings.map(|setting| assess_all(&Plan::new(&catalog, setting, &situation), &all)).collect::<Vec<_>>()
    });
}

#[divan::bench(args = ["markdown", "html", "dokuwiki", "mediawiki", "csv", "json"], sample_count = 20)]
fn draw_comparison(bencher: Bencher, format: &str) {
    let (catalog, situation) = (shipped(), Situation::default());
    let words = Words::new(&catalog, Lang::De);
    let plan = Plan::new(&catalog, &catalog.settings[catalog.setting("employment").unwrap()], &situation);
    let mut assessments = assess_all(&plan, &(0..catalog.profiles.len()).collect::<Vec<_>>());
    rank(&mut assessments, &catalog);
    let stamp = Stamp { today: TODAY, own_data: false };
    let view = compare::view(&catalog, &words, stamp, &[(plan, assessments)], compare::Detail::Reasons);
    let format = Format::named(format);
    bencher.bench_local(|| template::draw(&catalog, &words, 80, "compare", &format, &view).unwrap());
}
