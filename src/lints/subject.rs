//! What the checks look at: the data, the day, and which files are meant.

use std::collections::HashSet;

use crate::catalog::{Catalog, Entry, Profile, Rule, Setting, source_of};
use crate::model::{Checklist, Date, Fact, Positions, SourceRef, Spanned};
use crate::source::SourceId;

/// The data under check.
#[derive(Debug)]
pub struct Subject<'a> {
    /// Everything, since a file is judged against the others.
    pub catalog: &'a Catalog,
    /// The day of the check.
    pub today: Date,
    /// The data as they were, for checks on what changed.
    pub before: Option<&'a Catalog>,
    /// The files to report about; `None` for all.
    wanted: Option<HashSet<SourceId>>,
    /// Of these every n-th, beginning with the k-th: (n, k).
    share: (u32, u32),
}

impl<'a> Subject<'a> {
    /// All files of a catalogue.
    pub fn all(catalog: &'a Catalog, today: Date) -> Self {
        Self { catalog, today, before: None, wanted: None, share: (1, 0) }
    }

    /// Only these files.
    pub fn of(catalog: &'a Catalog, today: Date, files: impl IntoIterator<Item = SourceId>) -> Self {
        Self { wanted: Some(files.into_iter().collect()), ..Self::all(catalog, today) }
    }

    /// With the data as they were before.
    #[must_use]
    pub fn before(mut self, before: Option<&'a Catalog>) -> Self {
        self.before = before;
        self
    }

    /// Parts that together are the whole; a small subject stays in one piece.
    pub fn split(&self, most: usize) -> Vec<Subject<'a>> {
        const WORTHWHILE: usize = 32;
        let files = self.wanted.as_ref().map_or(self.catalog.sources.len(), HashSet::len);
        let parts = u32::try_from(most.min(files / WORTHWHILE).max(1)).unwrap_or(1);
        let part = |number| Subject {
            catalog: self.catalog,
            today: self.today,
            before: self.before,
            wanted: self.wanted.clone(),
            share: (parts, number),
        };
        (0..parts).map(part).collect()
    }

    /// Whether a file is meant, in this part or another.
    pub fn concerns(&self, source: SourceId) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains(&source))
    }

    /// Whether a file is meant in this part.
    pub fn wants(&self, source: SourceId) -> bool {
        let (parts, number) = self.share;
        source.0 % parts == number && self.concerns(source)
    }

    /// Whether this part answers for what belongs to no file.
    pub fn leads(&self) -> bool {
        self.share.1 == 0
    }

    /// The messengers meant, with their index.
    pub fn profiles(&self) -> impl Iterator<Item = (usize, &'a Profile)> {
        self.catalog.profiles.iter().enumerate().filter(|(_, profile)| self.wants(profile.source))
    }

    /// The facts the messengers meant state themselves, with the index of the messenger.
    pub fn facts(&self) -> impl Iterator<Item = (usize, &'a Profile, &'a Spanned<String>, &'a Fact)> {
        self.profiles()
            .flat_map(|(at, profile)| profile.messenger.facts.iter().map(move |(key, fact)| (at, profile, key, fact)))
    }

    /// The criteria meant.
    pub fn rules(&self) -> impl Iterator<Item = &'a Rule> {
        self.catalog.rules.iter().filter(|rule| self.wants(rule.source))
    }

    /// The use cases meant.
    pub fn settings(&self) -> impl Iterator<Item = &'a Setting> {
        self.catalog.settings.iter().filter(|setting| self.wants(setting.source))
    }

    /// The checklists meant.
    pub fn checklists(&self) -> impl Iterator<Item = &'a Entry<Checklist>> {
        self.catalog.checklists.iter().filter(|entry| self.wants(entry.source))
    }

    /// The files with positions meant.
    pub fn positions(&self) -> impl Iterator<Item = &'a Entry<Positions>> {
        self.catalog.positions.iter().filter(|entry| self.wants(entry.source))
    }

    /// The sources described in the files meant, each with its file.
    pub fn sources(&self) -> impl Iterator<Item = (SourceId, &'a Spanned<String>, &'a SourceRef)> {
        let of_profiles = self.profiles().flat_map(|(_, profile)| {
            profile.messenger.sources.iter().map(|(name, source)| (profile.source, name, source))
        });
        let of_settings = self
            .settings()
            .flat_map(|setting| setting.use_case.sources.iter().map(|(name, source)| (setting.source, name, source)));
        of_profiles.chain(of_settings)
    }

    /// The sources of a fact that a messenger states, the most important first.
    pub fn cited(&self, profile: usize, fact: &Fact) -> impl Iterator<Item = &'a SourceRef> {
        fact.sources.iter().filter_map(move |name| source_of(self.catalog, profile, name))
    }
}
