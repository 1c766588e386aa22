//! Calendar dates as sources give them: a day, a month or only a year.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date of the proleptic Gregorian calendar with the precision its source gives.
/// The order is by time; a year sorts before its months, a month before its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, four digits.
    pub year: i16,
    /// Month 1..=12, or 0 if not given.
    pub month: i8,
    /// Day of the month 1..=31, or 0 if not given.
    pub day: i8,
}

impl Date {
    /// Reads `2026`, `2026-11` or `2026-11-22`; `None` for anything else, 30 February included.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |at: usize, digits: usize| -> Option<i16> {
            let part = parts.get(at)?;
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            if plain { part.parse().ok() } else { None }
        };
        let year = number(0, 4)?;
        let month = if parts.len() > 1 { i8::try_from(number(1, 2)?).ok()? } else { 0 };
        let day = if parts.len() > 2 { i8::try_from(number(2, 2)?).ok()? } else { 0 };
        let valid = match parts.len() {
            1 => true,
            2 => (1..=12).contains(&month),
            3 => jiff::civil::Date::new(year, month, day).is_ok(),
            _ => false,
        };
        valid.then_some(Self { year, month, day })
    }

    /// The first day it may stand for: that of the month or year.
    #[must_use]
    pub fn earliest(self) -> Self {
        Self { month: self.month.max(1), day: self.day.max(1), ..self }
    }

    /// The last day it may stand for; a month is taken to end on a 31st, which is enough to compare.
    #[must_use]
    pub fn latest(self) -> Self {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { 31 } else { self.day };
        Self { month, day, ..self }
    }

    /// Whole months from this day to another, 0 if it is not later. A coarse date counts from its start.
    pub fn months_until(self, other: Self) -> u32 {
        let count = |date: Self| i32::from(date.year) * 12 + i32::from(date.month.max(1));
        let begun = i32::from(other.day.max(1) < self.day.max(1));
        u32::try_from(count(other) - count(self) - begun).unwrap_or(0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.year, self.month, self.day).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Self::parse(&text).ok_or_else(|| D::Error::custom(format_args!("not a date: {text}")))
        } else {
            let (year, month, day) = Deserialize::deserialize(deserializer)?;
            Ok(Self { year, month, day })
        }
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Datum / date: 2026, 2026-11, 2026-11-22",
            "type": ["string", "integer"],
            // Not JSON Schema, but what editors show instead of the pattern.
            "patternErrorMessage": "Datum wie 2026, 2026-11 oder 2026-11-22 / a date such as 2026, 2026-11 or 2026-11-22",
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
            "minimum": 1000,
            "maximum": 9999,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn dates_are_read_with_their_precision() {
        for text in ["2026", "2026-11", "2026-11-22", "2024-02-29"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in ["", "26", "2026-13", "2026-00", "2026-02-30", "2026-1-1", "2026-11-22-1", "next year", "+026"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_are_whole_and_run_over_the_end_of_the_year() {
        let months = |from: &str, to: &str| Date::parse(from).zip(Date::parse(to)).map(|(a, b)| a.months_until(b));
        let cases = [
            ("2024-11-22", "2026-11-22", 24),
            ("2024-11-22", "2026-11-21", 23),
            ("2025-12-31", "2026-01-30", 0),
            ("2025-12-31", "2026-01-31", 1),
            ("2025-12-31", "2026-02-28", 1),
            ("2025-12-31", "2026-03-01", 2),
            ("2024-02-29", "2025-02-28", 11),
            ("2024-02-29", "2025-03-01", 12),
            ("2025", "2026-01-01", 12),
            ("2025-11", "2025-12-01", 1),
            ("2026-11-22", "2025-01-01", 0),
        ];
        for (from, to, expected) in cases {
            assert_eq!(months(from, to), Some(expected), "{from} {to}");
        }
    }

    #[test]
    fn coarser_dates_sort_first() {
        let read = |text| Date::parse(text);
        assert!(read("2026") < read("2026-01") && read("2026-01") < read("2026-01-01"));
        assert!(read("2025-12-31") < read("2026"));
    }
}
