//! See `tests/fuzzed/yaml.rs`, which `cargo test` runs over the corpus as well.
#![no_main]

#[path = "../../tests/fuzzed/yaml.rs"]
mod yaml;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| yaml::run(bytes));
