//! What commands share: loading, choosing, language, date, width, output.

use std::io::IsTerminal as _;
use std::mem::ManuallyDrop;
use std::path::Path;

use anyhow::{Context as _, bail};

use super::{Common, Outcome, OutputArgs};
use crate::catalog::{Catalog, Loaded, Section, Situation, load, read_organisation};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{Date, Lang};
use crate::report::findings;
use crate::report::view::Stamp;
use crate::report::{Format, Words, files};

/// Everything a command works with.
pub struct Session {
    /// The data. They are not freed: the program ends with its session.
    pub catalog: ManuallyDrop<Catalog>,
    /// Day and data of the result.
    pub stamp: Stamp,
    /// Language.
    pub lang: Lang,
    /// Columns for terminal output.
    pub width: usize,
}

impl Session {
    /// Loads the data. Findings go to standard error; `None` when they make the data unusable.
    pub fn open(common: &Common) -> anyhow::Result<Option<Self>> {
        let Loaded { catalog, findings, .. } = load(&common.data)?;
        let words = Words::new(&catalog, language(common));
        if let Some(folder) = common.data.iter().find(|folder| !folder.is_dir()) {
            bail!("{}", words.fill("cli.not-a-folder", &[("file", &folder.display().to_string())]));
        }
        let session = Self {
            stamp: Stamp { today: today(common, &words)?, own_data: !common.data.is_empty() },
            lang: language(common),
            width: width(common),
            catalog: ManuallyDrop::new(catalog),
        };
        Ok(session.accept(&findings)?.then_some(session))
    }

    /// The words in the user's language.
    pub fn words(&self) -> Words<'_> {
        Words::new(&self.catalog, self.lang)
    }

    /// Shows findings on standard error; false if there are errors among them.
    pub fn accept(&self, findings: &[Diagnostic]) -> anyhow::Result<bool> {
        self.accept_from(&self.catalog, findings)
    }

    /// The same for findings about the files of another catalogue.
    pub fn accept_from(&self, catalog: &Catalog, findings: &[Diagnostic]) -> anyhow::Result<bool> {
        if findings.is_empty() {
            return Ok(true);
        }
        let words = self.words();
        let context = findings::Context { colour: true, width: self.width, ..findings::Context::new(catalog, &words) };
        anstream::eprint!("{}", (findings::USUAL.render)(context, findings)?);
        Ok(!findings.iter().any(|finding| finding.severity == Severity::Error))
    }

    /// The organisation's statements, if a file is given; `None` when they are unusable.
    pub fn situation(&mut self, path: Option<&Path>) -> anyhow::Result<Option<Situation>> {
        let Some(path) = path else {
            return Ok(Some(Situation::default()));
        };
        let (situation, findings) = read_organisation(path, &mut self.catalog);
        Ok(self.accept(&findings)?.then_some(situation))
    }

    /// The index of a messenger.
    pub fn messenger(&self, id: &str) -> anyhow::Result<usize> {
        let ids = self.catalog.profiles.iter().map(|profile| profile.id.as_str());
        let moved = || self.catalog.profile(self.moved(id, |redirects| &redirects.messengers)?);
        self.found(self.catalog.profile(id).or_else(moved), "cli.unknown-messenger", id, ids)
    }

    /// The index of a criterion.
    pub fn criterion(&self, id: &str) -> anyhow::Result<usize> {
        let ids = self.catalog.rules.iter().map(|rule| rule.id.as_str());
        let moved = || self.catalog.rule(self.moved(id, |redirects| &redirects.criteria)?);
        self.found(self.catalog.rule(id).or_else(moved), "cli.unknown-criterion", id, ids)
    }

    /// The index of a use case, by id or alias.
    pub fn use_case(&self, name: &str) -> anyhow::Result<usize> {
        let settings = &self.catalog.settings;
        let names = settings.iter().flat_map(|setting| {
            let aliases = setting.aliases.iter().map(String::as_str);
            std::iter::once(setting.id.as_str()).chain(aliases)
        });
        let moved = || self.catalog.setting(self.moved(name, |redirects| &redirects.use_cases)?);
        let index = self.catalog.setting(name).or_else(moved);
        self.found(index, "cli.unknown-use-case", name, names)
    }

    /// Where an id went; says so, since documents that name it should be brought up to date.
    fn moved(&self, id: &str, section: Section) -> Option<&str> {
        let new = self.catalog.moved(id, section)?;
        anstream::eprintln!("{}", self.words().fill("cli.moved", &[("old", id), ("new", new)]));
        Some(new)
    }

    fn found<'a>(
        &self,
        index: Option<usize>,
        key: &'static str,
        name: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> anyhow::Result<usize> {
        let Some(index) = index else {
            bail!(unknown(&self.words(), key, name, known));
        };
        Ok(index)
    }

    /// Refuses an area or key that no fact begins with.
    pub fn area(&self, start: &str) -> anyhow::Result<()> {
        let facts = &self.catalog.facts;
        let known = facts.iter().any(|(_, definition)| definition.key.starts_with(start));
        let names = facts.areas.keys().map(String::as_str);
        self.found(known.then_some(0), "cli.unknown-area", start, names).map(|_| ())
    }

    /// The messengers that a choice by ids and tags leaves, as indices; all if nothing is chosen.
    pub fn chosen(&self, ids: &[String], tags: &[String]) -> anyhow::Result<Vec<usize>> {
        let mut chosen = Vec::new();
        for id in ids {
            chosen.push(self.messenger(id)?);
        }
        let profiles = &self.catalog.profiles;
        for tag in tags {
            let with = |at: &usize| profiles[*at].tags.contains(tag);
            let tagged: Vec<usize> = (0..profiles.len()).filter(with).collect();
            if tagged.is_empty() {
                let known = profiles.iter().flat_map(|profile| profile.tags.iter().map(String::as_str));
                self.found(None, "cli.unknown-tag", tag, known)?;
            }
            chosen.extend(tagged);
        }
        if ids.is_empty() && tags.is_empty() {
            chosen.extend(0..profiles.len());
        }
        let mut seen = std::collections::BTreeSet::new();
        chosen.retain(|at| seen.insert(*at));
        Ok(chosen)
    }

    /// Writes a result where it was asked for.
    pub fn deliver(&self, output: &OutputArgs, text: &str) -> anyhow::Result<Outcome> {
        match &output.output {
            None => files::print(text)?,
            Some(path) => {
                files::write(path, text, output.force, &self.words())?;
                let shown = path.display().to_string();
                anstream::eprintln!("{}", self.words().fill("cli.written", &[("file", &shown)]));
            }
        }
        Ok(Outcome::Clean)
    }
}

/// That a name is not known, with the nearest one that is.
pub fn unknown<'a>(words: &Words<'_>, key: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut message = words.fill(key, &[("name", name)]);
    if let Some(near) = nearest(name, known) {
        message.push(' ');
        message.push_str(&words.fill("cli.did-you-mean", &[("name", near)]));
    }
    message
}

/// The format asked for, or the one the file's ending makes clear, or the command's own.
pub fn format(output: &OutputArgs, default: &str) -> Format {
    let by_name = output.format.as_deref().map(Format::named);
    let by_file = || output.output.as_deref().and_then(Format::of_file);
    by_name.or_else(by_file).unwrap_or_else(|| Format::named(default))
}

/// `--lang`, else the locale.
pub fn language(common: &Common) -> Lang {
    common.lang.map_or_else(locale, Lang::from)
}

/// German for a German locale and where none is set (the tool speaks German first); English for any other.
pub fn locale() -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        let language = value.split(['_', '.', '@']).next().unwrap_or_default().to_lowercase();
        (!matches!(language.as_str(), "" | "c" | "posix")).then_some(language)
    });
    match named.as_deref() {
        None | Some("de") => Lang::De,
        Some(_) => Lang::En,
    }
}

/// `--today`, else `SOURCE_DATE_EPOCH` (for reproducible output), else the clock, in UTC.
pub fn today(common: &Common, words: &Words<'_>) -> anyhow::Result<Date> {
    if let Some(text) = &common.today {
        let date = Date::parse(text).filter(|date| date.day > 0);
        return date.with_context(|| words.fill("cli.not-a-day", &[("text", text)]));
    }
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds = text.parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            seconds.with_context(|| format!("SOURCE_DATE_EPOCH {text}: not a number of seconds"))?
        }
        Err(_) => jiff::Timestamp::now(),
    };
    let date = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    Ok(Date { year: date.year(), month: date.month(), day: date.day() })
}

/// `--width`, else the terminal's, else 80.
pub fn width(common: &Common) -> usize {
    let terminal = || {
        let (terminal_size::Width(columns), _) = terminal_size::terminal_size()?;
        std::io::stdout().is_terminal().then_some(usize::from(columns))
    };
    common.width.or_else(terminal).unwrap_or(80).clamp(crate::report::terminal::MIN_WIDTH, 500)
}
