//! The architecture as tests: dependencies point one way, files stay small, nothing panics on purpose.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Modules from the ground up; each may use those before it. Equal numbers may not use one another.
const ORDER: [(&str, u32); 16] = [
    ("source", 0),
    ("parallel", 0),
    ("diagnostic", 1),
    ("model", 1),
    ("yaml", 2),
    ("document", 3),
    ("embedded", 4),
    ("index", 5),
    ("catalog", 6),
    ("engine", 7),
    ("fmt", 7),
    ("diff", 8),
    ("lints", 8),
    ("report", 9),
    ("cli", 10),
    ("main", 11),
];

const MOST_LINES: usize = 500;

struct File {
    /// Relative to `src`, such as `report/view/compare.rs`.
    path: String,
    text: String,
}

impl File {
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap()
    }

    /// How many `super::` lead from this file's module to the crate.
    fn depth(&self) -> usize {
        self.path.trim_end_matches("/mod.rs").trim_end_matches(".rs").split('/').count()
    }

    /// Lines of code: no comments.
    fn code(&self) -> String {
        let lines = self.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Code outside of `#[cfg(test)]`.
    fn without_tests(&self) -> String {
        let code = self.code();
        code.split("#[cfg(test)]").next().unwrap().to_owned()
    }
}

fn sources() -> Vec<File> {
    let folder = support::root().join("src");
    let files = support::files_below(&folder, ".rs").into_iter().map(|path| File {
        path: path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(&path).unwrap(),
    });
    let files: Vec<File> = files.collect();
    assert!(files.len() > 40, "the sources are not where they were");
    files
}

/// Names of the crate's modules that a piece of code mentions after one of these beginnings: `crate::x`,
/// `crate::{x, y}`, enough `super::` to reach the crate.
fn used_modules(code: &str, beginnings: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for start in beginnings {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            // Part of a longer name or a longer chain of `super::`.
            if before.is_alphanumeric() || before == '_' || before == ':' || before == '$' {
                continue;
            }
            found.extend(first_names(&code[at + start.len()..]));
        }
    }
    found.remove("super");
    found
}

/// All modules a file uses. In its tests `super::` begins one module deeper, so there only full paths count.
fn uses(file: &File) -> BTreeSet<String> {
    let chain = "super::".repeat(file.depth());
    let mut found = used_modules(&file.code(), &["crate::", "messwerk::"]);
    found.extend(used_modules(&file.without_tests(), &[&chain]));
    found
}

/// `x::y` gives x; `{x::{a, b}, y}` gives x and y.
fn first_names(rest: &str) -> Vec<String> {
    let name =
        |text: &str| -> String { text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let Some(inner) = rest.strip_prefix('{') else {
        return vec![name(rest)];
    };
    let mut names = vec![name(inner)];
    let mut open = 1;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            ',' if open == 1 => names.push(name(&inner[at + 1..])),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn rank(module: &str) -> Option<u32> {
    ORDER.iter().find(|(name, _)| *name == module).map(|(_, rank)| *rank)
}

#[test]
fn the_reader_of_paths_sees_every_way_to_write_one() {
    let code =
        "use crate::a;\nuse crate::{b::{x, y}, c};\nlet z = crate::d::e();\nuse super::super::f::g;\nuse super::h;";
    let beginnings = ["crate::", "super::super::"];
    let found: Vec<_> = used_modules(code, &beginnings).into_iter().collect();
    assert_eq!(found, ["a", "b", "c", "d", "f"]);
    assert!(used_modules("use super::super::super::f;\nmycrate::g();", &beginnings).is_empty());
}

#[test]
fn dependencies_point_one_way() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| file.path != "lib.rs") {
        let Some(own) = rank(file.module()) else {
            wrong.push(format!("{}: has no place in the order of modules", file.path));
            continue;
        };
        for used in uses(file) {
            let allowed = used == file.module() || rank(&used).is_some_and(|other| other < own);
            if !allowed {
                wrong.push(format!("{} uses {used}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files of one folder beside one another, each with those of them it uses: by name, or through what the
/// folder's `mod.rs` passes on.
fn neighbours(files: &[File], folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let within = |file: &File| {
        let rest = file.path.strip_prefix(folder)?.strip_prefix('/')?.trim_end_matches(".rs").to_owned();
        (!rest.contains('/') && rest != "mod").then_some(rest)
    };
    let names: BTreeSet<String> = files.iter().filter_map(within).collect();
    let root = files.iter().find(|file| file.path == format!("{folder}/mod.rs")).unwrap();
    let mut passed_on: BTreeMap<String, &String> = BTreeMap::new();
    for statement in root.without_tests().split("pub use ").skip(1) {
        let (from, what) = statement.split(';').next().unwrap().split_once("::").unwrap();
        if let Some(from) = names.get(from) {
            passed_on.extend(first_names(what).into_iter().map(|name| (name, from)));
        }
    }
    let uses = |file: &File| {
        let used =
            used_modules(&file.without_tests(), &["super::", &format!("crate::{}::", folder.replace('/', "::"))]);
        used.into_iter().filter_map(|name| names.get(&name).or(passed_on.get(&name).copied()).cloned()).collect()
    };
    files.iter().filter_map(|file| Some((within(file)?, uses(file)))).collect()
}

#[test]
fn files_of_one_folder_do_not_use_one_another_in_circles() {
    let files = sources();
    let folders = files.iter().filter_map(|file| file.path.strip_suffix("/mod.rs"));
    let mut seen = 0;
    for folder in folders {
        let mut left = neighbours(&files, folder);
        seen += left.values().map(BTreeSet::len).sum::<usize>();
        // Take away what uses nothing that is left, until nothing more goes.
        while let Some(done) =
            left.iter().find(|(own, used)| used.iter().all(|other| other == *own || !left.contains_key(other)))
        {
            let done = done.0.clone();
            left.remove(&done);
        }
        assert!(left.is_empty(), "src/{folder}: a circle among {:?}", left.keys());
    }
    assert!(seen > 100, "the reader of paths sees only {seen} uses");
}

#[test]
fn every_module_of_the_library_has_its_place_in_the_order() {
    let lib = fs::read_to_string(support::root().join("src/lib.rs")).unwrap();
    let listed: BTreeSet<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let expected: BTreeSet<&str> = ORDER.iter().map(|(name, _)| *name).filter(|name| *name != "main").collect();
    assert_eq!(listed, expected);
}

#[test]
fn no_file_is_longer_than_it_may_be() {
    let long = |file: &File| file.text.lines().count() > MOST_LINES;
    let long: Vec<String> = sources().into_iter().filter(long).map(|file| file.path).collect();
    assert!(long.is_empty(), "more than {MOST_LINES} lines: {long:?}");
}

#[test]
fn test_modules_stand_at_the_end_of_their_files() {
    for file in sources() {
        let Some((_, tests)) = file.text.split_once("#[cfg(test)]\n") else {
            assert!(!file.text.contains("#[cfg(test"), "{}: an unusual #[cfg(test)]", file.path);
            continue;
        };
        assert!(tests.starts_with("mod tests {\n"), "{}: #[cfg(test)] on something else", file.path);
        let closing = tests.lines().filter(|line| *line == "}").count();
        assert!(closing == 1 && tests.ends_with("\n}\n"), "{}: code after the tests", file.path);
    }
}

#[test]
fn nothing_panics_on_purpose_outside_of_tests() {
    let mut wrong = Vec::new();
    for file in sources() {
        let code = file.without_tests();
        for word in [".unwrap(", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("] {
            if code.contains(word) {
                wrong.push(format!("{}: {word})", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_doors_to_yaml_know_the_parser() {
    let doors = ["yaml/parse.rs", "fmt/syntax.rs"];
    for file in sources() {
        let names = file.code().contains("granit");
        assert_eq!(names, doors.contains(&file.path.as_str()), "{}: only {doors:?} know the parser", file.path);
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for file in sources() {
        let first = file.text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! "), "{}: begins with {first:?}", file.path);
    }
}
