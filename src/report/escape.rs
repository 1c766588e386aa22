//! Making text harmless in each markup, so that what a reader sees is exactly what the data say.
//!
//! The DokuWiki and MediaWiki rules were chosen because they survive the wikis' own table parsers;
//! `%%…%%` in DokuWiki, for one, breaks a table as soon as the text itself holds `%%`.

use std::fmt::Write as _;

/// How text is escaped in a template, chosen by the template's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Not at all: plain text.
    Plain,
    /// Markdown as GitHub reads it.
    Markdown,
    /// DokuWiki.
    DokuWiki,
    /// MediaWiki.
    MediaWiki,
    /// Comma-separated values: one field.
    Csv,
}

impl Escape {
    /// The rule for a format's name; HTML is the template engine's own.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "markdown" => Self::Markdown,
            "dokuwiki" => Self::DokuWiki,
            "mediawiki" => Self::MediaWiki,
            "csv" => Self::Csv,
            "terminal" | "text" => Self::Plain,
            _ => return None,
        })
    }

    /// Escapes a text.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Markdown => markdown(text),
            Self::DokuWiki => dokuwiki(text),
            Self::MediaWiki => mediawiki(text),
            Self::Csv => csv(text),
        }
    }
}

/// A line break ends a table cell in every wiki.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Only what Markdown would read as markup, so that the source stays legible too.
fn markdown(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '@' | '#' if calls_somebody(&text, at) => out.extend([c.to_string().as_str(), "&#8203;"]),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            // These mean something only at the start of a line, where a value may stand.
            '#' | '+' | '-' | '=' | ':' if at == 0 => out.extend(['\\', c]),
            '.' | ')' if ends_list_number(&text, at) => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// Whether the dot or bracket at this place would make a list item of the text: `1. Januar`, but not `1.10`.
fn ends_list_number(text: &str, at: usize) -> bool {
    let number = at > 0 && text[..at].bytes().all(|b| b.is_ascii_digit());
    number && text[at + 1..].chars().next().is_none_or(char::is_whitespace)
}

/// Whether a forge would notify an account (`@name`) or link an issue (`#12`); a space of no width prevents that.
fn calls_somebody(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let after = text[at + 1..].chars().next();
    let is_name = |c: char| c.is_ascii_digit() || text[at..].starts_with('@') && c.is_ascii_alphabetic();
    !before && after.is_some_and(is_name)
}

/// Nothing inside `<nowiki>` is read as markup, except its own end.
fn dokuwiki(text: &str) -> String {
    let text = one_line(text);
    let harmless = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ';' | '?' | '!' | '„' | '“' | '–');
    if text.chars().all(harmless) && !text.contains("..") {
        return text;
    }
    let inner = text.replace("</nowiki>", "</</nowiki><nowiki>nowiki>");
    format!("<nowiki>{inner}</nowiki>")
}

/// Every character that could be markup becomes a character reference.
fn mediawiki(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let harmless =
            c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ';' | '?' | '„' | '“' | '–' | '…' | '(' | ')');
        if harmless {
            out.push(c);
        } else {
            let _ = write!(out, "&#{};", u32::from(c));
        }
    }
    out
}

/// RFC 4180 quoting, and an apostrophe before what a spreadsheet would take for a formula.
fn csv(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', ';', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_markup_is_made_harmless() {
        let nasty = "a|b *c* [d](e) <script> </nowiki> %% & {{x}}\nnext";
        assert_eq!(
            Escape::Markdown.apply(nasty),
            "a\\|b \\*c\\* \\[d\\](e) &lt;script&gt; &lt;/nowiki&gt; %% &amp; {{x}} next"
        );
        assert_eq!(
            Escape::DokuWiki.apply(nasty),
            "<nowiki>a|b *c* [d](e) <script> </</nowiki><nowiki>nowiki> %% & {{x}} next</nowiki>"
        );
        assert!(!Escape::MediaWiki.apply(nasty).contains(['|', '[', '<', '{', '*']));
        assert_eq!(Escape::Markdown.apply("1. x"), "1\\. x");
        assert_eq!(Escape::Markdown.apply("@a1, #12 and a@b.c, C# 7"), "@&#8203;a1, #&#8203;12 and a@b.c, C# 7");
        assert_eq!(Escape::DokuWiki.apply("erfüllt, teilweise"), "erfüllt, teilweise");
    }

    #[test]
    fn csv_quotes_and_disarms_formulas() {
        assert_eq!(Escape::Csv.apply("a\"b,c"), "\"a\"\"b,c\"");
        assert_eq!(Escape::Csv.apply("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(Escape::Csv.apply("plain"), "plain");
    }
}
