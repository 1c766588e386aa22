//! The arguments that say how findings are shown: formats by name, files to write.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::help;
use crate::report::findings::{self, FORMATS, FindingFormat};

/// A file to write and what it is to look like.
#[derive(Debug, Clone)]
pub struct Target {
    /// What it is to look like.
    pub format: &'static FindingFormat,
    /// Where it goes.
    pub path: PathBuf,
}

/// Reads the name of a format.
#[derive(Debug, Clone, Copy)]
pub struct FormatParser;

impl FormatParser {
    fn names() -> PossibleValuesParser {
        PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.name).aliases(format.alias)))
    }
}

impl TypedValueParser for FormatParser {
    type Value = &'static FindingFormat;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        let name = Self::names().parse_ref(command, arg, value)?;
        findings::format(&name).ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        // For the completion of shells.
        let names: Vec<PossibleValue> = Self::names().possible_values()?.collect();
        Some(Box::new(names.into_iter()))
    }
}

/// Reads `FORMAT=FILE`.
#[derive(Debug, Clone, Copy)]
pub struct TargetParser;

impl TypedValueParser for TargetParser {
    type Value = Target;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Target, clap::Error> {
        let parts = value.to_str().and_then(|value| value.split_once('='));
        let Some((name, path)) = parts.filter(|(_, path)| !path.is_empty()) else {
            let name = arg.map(ToString::to_string).unwrap_or_default();
            let shown = value.to_string_lossy().into_owned();
            let known = FORMATS.iter().map(|format| format!("{}=FILE", format.name)).collect();
            return Err(help::invalid_value(command, name, shown, known));
        };
        let format = FormatParser.parse_ref(command, arg, OsStr::new(name))?;
        Ok(Target { format, path: path.into() })
    }
}
