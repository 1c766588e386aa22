//! Parses, runs, turns the result into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    messwerk::cli::main(std::env::args_os())
}
