//! References to law, written once and rendered in either language.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fundstelle / citation: `GDPR 5(1)(c)`, `StGB 203(3)`, `BetrVG 87(1) no. 6`.
/// An instrument, a space, then number, paragraph, letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Law(pub String);

/// How a body of law is named and cited.
struct Instrument {
    /// As written in the data.
    id: &'static str,
    de: &'static str,
    en: &'static str,
    /// Cited by article (`Art.`) rather than by section (`§`).
    article: bool,
}

const INSTRUMENTS: &[Instrument] = &[
    instrument("GDPR", "DSGVO", "GDPR", true),
    instrument("DSG-EKD", "DSG-EKD", "DSG-EKD", false),
    instrument("KDG", "KDG", "KDG", false),
    instrument("BDSG", "BDSG", "BDSG", false),
    instrument("TDDDG", "TDDDG", "TDDDG", false),
    instrument("StGB", "StGB", "StGB", false),
    instrument("BetrVG", "BetrVG", "BetrVG", false),
    instrument("SGB I", "SGB I", "SGB I", false),
    instrument("SGB V", "SGB V", "SGB V", false),
    instrument("SGB VIII", "SGB VIII", "SGB VIII", false),
    instrument("SGB X", "SGB X", "SGB X", false),
    instrument("UWG", "UWG", "UWG", false),
    instrument("DSG-CH", "DSG (CH)", "FADP (CH)", true),
    instrument("BRAO", "BRAO", "BRAO", false),
    instrument("BORA", "BORA", "BORA", false),
    instrument("BGB", "BGB", "BGB", false),
    instrument("GG", "GG", "Basic Law", true),
    instrument("DMA", "DMA", "DMA", true),
    instrument("AI Act", "KI-VO", "AI Act", true),
];

const fn instrument(id: &'static str, de: &'static str, en: &'static str, article: bool) -> Instrument {
    Instrument { id, de, en, article }
}

impl Law {
    /// The instrument and the rest, if the instrument is one we know and a number follows it.
    fn parts(&self) -> Option<(&'static Instrument, &str)> {
        INSTRUMENTS
            .iter()
            .filter_map(|known| Some((known, self.0.strip_prefix(known.id)?.strip_prefix(' ')?)))
            .find(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether the reference can be rendered.
    pub fn is_known(&self) -> bool {
        self.parts().is_some()
    }

    /// The names of the instruments a reference may begin with.
    pub fn instruments() -> impl Iterator<Item = &'static str> {
        INSTRUMENTS.iter().map(|known| known.id)
    }

    /// `Art. 5 Abs. 1 lit. c DSGVO`; an unknown reference is given back as written.
    pub fn german(&self) -> String {
        let Some((instrument, locator)) = self.parts() else {
            return self.0.clone();
        };
        let mut out = String::from(if instrument.article { "Art. " } else { "§ " });
        let mut rest = locator;
        while let Some(open) = rest.find('(') {
            let Some(close) = rest[open..].find(')').map(|at| open + at) else {
                break;
            };
            out.push_str(rest[..open].trim_end());
            let inner = &rest[open + 1..close];
            let word = if inner.starts_with(|c: char| c.is_ascii_digit()) { " Abs. " } else { " lit. " };
            out.push_str(word);
            out.push_str(inner);
            rest = &rest[close + 1..];
        }
        out.push_str(&rest.replace("no. ", "Nr. ").replace("sentence ", "Satz "));
        out.push(' ');
        out.push_str(instrument.de);
        out
    }

    /// `Art. 5(1)(c) GDPR`, `section 203(3) StGB`; an unknown reference is given back as written.
    pub fn english(&self) -> String {
        let Some((instrument, locator)) = self.parts() else {
            return self.0.clone();
        };
        let word = if instrument.article { "Art." } else { "section" };
        format!("{word} {locator} {}", instrument.en)
    }
}

#[cfg(test)]
mod tests {
    use super::Law;

    #[test]
    fn citations_read_naturally_in_both_languages() {
        let cases = [
            ("GDPR 5(1)(c)", "Art. 5 Abs. 1 lit. c DSGVO", "Art. 5(1)(c) GDPR"),
            ("GDPR 44", "Art. 44 DSGVO", "Art. 44 GDPR"),
            ("StGB 203(3)", "§ 203 Abs. 3 StGB", "section 203(3) StGB"),
            ("BetrVG 87(1) no. 6", "§ 87 Abs. 1 Nr. 6 BetrVG", "section 87(1) no. 6 BetrVG"),
            ("SGB X 80(2)", "§ 80 Abs. 2 SGB X", "section 80(2) SGB X"),
        ];
        for (law, german, english) in cases {
            let law = Law(law.into());
            assert!(law.is_known());
            assert_eq!((law.german().as_str(), law.english().as_str()), (german, english));
        }
        assert!(!Law("GDPR".into()).is_known());
        assert!(!Law("Foo 3".into()).is_known());
    }
}
