//! See `tests/fuzzed/condition.rs`, which `cargo test` runs over the corpus as well.
#![no_main]

#[path = "../../tests/fuzzed/condition.rs"]
mod condition;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| condition::run(bytes));
