//! The command line as people meet it: commands with their exact output, as data files that read like a session.

use std::path::Path;

fn cases() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    // The tool speaks German where no language is set, and no colours into a pipe.
    for (name, value) in [("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", ""), ("NO_COLOR", "1")] {
        cases.env(name, value);
    }
    cases
}

#[test]
fn commands_print_exactly_this() {
    cases().case("tests/cmd/*.trycmd");
}

#[test]
fn the_readme_shows_what_really_happens() {
    if Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md").exists() {
        cases().case("README.md");
    }
}
