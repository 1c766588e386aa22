//! Help, errors of usage and shell completions, in the user's language.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Command, CommandFactory as _};

use super::{Cli, Outcome, context};
use crate::catalog::{Loaded, load};
use crate::model::Lang;
use crate::report::{Words, files};

#[derive(Args)]
pub struct CompletionsArgs {
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

/// Prints the completion script of a shell.
pub fn completions(args: &CompletionsArgs) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "messwerk", &mut script);
    files::print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}

/// The language before the arguments are understood: `--lang` wherever it stands, else the locale.
pub fn language(args: &[OsString]) -> Lang {
    let text: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let after = text.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1].clone());
    let joined = text.iter().find_map(|arg| arg.strip_prefix("--lang=").map(str::to_owned));
    match after.or(joined).as_deref() {
        Some("de") => Lang::De,
        Some("en") => Lang::En,
        _ => context::locale(),
    }
}

/// Shows help, version or an error of usage. The program's texts are only loaded here, where they are needed.
pub fn explain(error: &clap::Error, args: &[OsString], lang: Lang) -> ExitCode {
    let Ok(Loaded { catalog, .. }) = load(&[]) else {
        error.exit();
    };
    let words = Words::new(&catalog, lang);
    let mut command = translate(Cli::command(), &words, "");
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Parsed again, the translated command prints the help of the right subcommand.
            match command.try_get_matches_from_mut(args) {
                Err(shown) => {
                    let _ = shown.print();
                    ExitCode::from(u8::from(shown.use_stderr()) * 2)
                }
                Ok(_) => ExitCode::SUCCESS,
            }
        }
        _ => {
            anstream::eprintln!("{}: {}", words.get("cli.error"), usage_error(error, &words));
            anstream::eprintln!("{}", words.get("cli.see-help"));
            ExitCode::from(2)
        }
    }
}

/// The error that an argument has a value of none of the known forms.
pub fn invalid_value(command: &Command, arg: String, value: String, known: Vec<String>) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
    error.insert(ContextKind::InvalidArg, ContextValue::String(arg));
    error.insert(ContextKind::InvalidValue, ContextValue::String(value));
    error.insert(ContextKind::ValidValue, ContextValue::Strings(known));
    error
}

/// An error of usage as a sentence.
fn usage_error(error: &clap::Error, words: &Words<'_>) -> String {
    let part = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    let (arg, value) = (part(ContextKind::InvalidArg), part(ContextKind::InvalidValue));
    let known = part(ContextKind::ValidValue);
    let key = match error.kind() {
        ErrorKind::UnknownArgument => "cli.unknown-argument",
        ErrorKind::InvalidSubcommand => "cli.unknown-command",
        ErrorKind::MissingSubcommand => "cli.missing-command",
        ErrorKind::MissingRequiredArgument => "cli.missing-argument",
        ErrorKind::InvalidValue if value.is_empty() => "cli.missing-value",
        ErrorKind::InvalidValue if known.is_empty() => "cli.invalid-value",
        ErrorKind::InvalidValue => "cli.invalid-value-known",
        ErrorKind::ArgumentConflict => "cli.argument-conflict",
        _ => {
            return error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        }
    };
    let name = if key == "cli.unknown-command" { part(ContextKind::InvalidSubcommand) } else { arg };
    let mut text = words.fill(key, &[("name", &name), ("value", &value), ("known", &known)]);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = near.into_iter().map(part).find(|near| !near.is_empty()) {
        text.push(' ');
        text.push_str(&words.fill("cli.did-you-mean", &[("name", &near)]));
    }
    text
}

/// Gives a command and its subcommands their help texts: `help.COMMAND`, `help.COMMAND.ARG` or `help.ARG`.
fn translate(command: Command, words: &Words<'_>, path: &str) -> Command {
    let name = command.get_name().to_owned();
    let own = if path.is_empty() { "root".to_owned() } else { name };
    let mut command = command
        .about(words.named("help", &own))
        .subcommand_help_heading(words.get("help.heading-commands").to_owned())
        .next_help_heading(words.get("help.heading-options").to_owned())
        .help_template(words.get(if path.is_empty() { "help.template-root" } else { "help.template" }).to_owned())
        .disable_help_flag(true)
        .arg(clap::Arg::new("help").long("help").short('h').action(clap::ArgAction::Help).global(false));
    if path.is_empty() {
        command = command
            .disable_version_flag(true)
            .arg(clap::Arg::new("version").long("version").short('V').action(clap::ArgAction::Version));
    }
    let args: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for (at, id) in args.into_iter().enumerate() {
        let text = words.find(&format!("help.{own}-{id}")).or_else(|| words.find(&format!("help.arg-{id}")));
        command = command.mut_arg(&id, |arg| {
            let heading = if arg.is_positional() { "help.heading-arguments" } else { "help.heading-options" };
            let takes_value = arg.get_action().takes_values();
            // The command's own first, then what every command understands, the help last.
            let rank = if arg.get_id() == "help" { 2 } else { usize::from(arg.is_global_set()) };
            let arg = arg.help_heading(words.get(heading).to_owned()).display_order(rank * 100 + at);
            arg.help(text.unwrap_or_default()).hide_possible_values(takes_value)
        });
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| translate(sub, words, &own));
    }
    command
}

/// An error that stopped the program.
pub fn complain(error: &anyhow::Error, lang: Lang) {
    let prefix = match lang {
        Lang::De => "Fehler",
        Lang::En => "error",
    };
    anstream::eprintln!("{prefix}: {error:#}");
}
