//! Names for findings that stay the same from run to run, so that a service can tell new ones from known ones.
//!
//! FNV-1a (64 bits) over the code, the path, the flagged line without the blanks around it, and which one it is among
//! findings equal in these: inserting lines elsewhere or indenting changes nothing. The hash is defined once and for
//! all, unlike the standard library's.

use std::collections::HashMap;
use std::hash::Hasher as _;

use fnv::FnvHasher;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// One for each finding, as 16 hexadecimal digits.
pub fn all(sources: &Sources, findings: &[Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<(&str, &str, &str), usize> = HashMap::new();
    let mut one = |finding: &Diagnostic| {
        let (path, line) = finding.labels.first().map_or(("", ""), |label| {
            let source = sources.get(label.source);
            (source.path.as_ref(), source.line_at(label.span.start).trim())
        });
        let ordinal = seen.entry((finding.code, path, line)).or_default();
        *ordinal += 1;
        digest(&[finding.code, path, line, &ordinal.to_string()])
    };
    findings.iter().map(&mut one).collect()
}

fn digest(parts: &[&str]) -> String {
    let mut hasher = FnvHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
        // So that moving a character from one part to the next makes a difference.
        hasher.write(&[0]);
    }
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // The offset basis times the prime, as one zero byte leaves it.
        assert_eq!(digest(&[""]), "af63bd4c8601b7df");
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }
}
