//! Output formats by name and by file ending.

use std::path::Path;

use crate::catalog::Catalog;

/// An output format. Besides the three built in, every template `COMMAND.FORMAT.j2` is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// Tables for a terminal.
    Terminal,
    /// The view as JSON.
    Json,
    /// Drawn by a template.
    Template(String),
}

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Self {
        match name {
            "terminal" => Self::Terminal,
            "json" => Self::Json,
            other => Self::Template(other.to_owned()),
        }
    }

    /// The format that a file's ending makes clear.
    pub fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Some(match ending {
            "md" | "markdown" => Self::named("markdown"),
            "html" | "htm" => Self::named("html"),
            "csv" => Self::named("csv"),
            "json" => Self::Json,
            "dokuwiki" => Self::named("dokuwiki"),
            "mediawiki" | "wiki" => Self::named("mediawiki"),
            // DokuWiki keeps its pages as .txt, but so does everybody else: not clear.
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Terminal => "terminal",
            Self::Json => "json",
            Self::Template(name) => name,
        }
    }
}

/// The formats a command can be drawn in, built-in ones first.
pub fn formats_of(catalog: &Catalog, command: &str, terminal: bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if terminal {
        names.push("terminal".into());
    }
    names.push("json".into());
    for template in catalog.templates.keys() {
        let parts = template.strip_suffix(".j2").and_then(|name| name.split_once('.'));
        if let Some((own, format)) = parts.filter(|(own, _)| *own == command)
            && !names.iter().any(|known| known == format)
            && !own.is_empty()
        {
            names.push(format.to_owned());
        }
    }
    names
}

/// The commands that have templates, with their formats: `(command, format, from the user's folder)`.
pub fn templates(catalog: &Catalog) -> Vec<(String, String, bool)> {
    let parts = |(name, template): (&String, &crate::catalog::Template)| {
        let (command, format) = name.strip_suffix(".j2")?.split_once('.')?;
        (!command.starts_with('_')).then(|| (command.to_owned(), format.to_owned(), template.from_user))
    };
    catalog.templates.iter().filter_map(parts).collect()
}
