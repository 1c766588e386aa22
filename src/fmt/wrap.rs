//! Breaking words into lines.

/// No line is longer, if it can be broken.
pub const WIDTH: usize = 120;

/// Lines that end between here and [`WIDTH`] are left as they are: authors' editors break a little earlier or later, and
/// a changed word should not move all others.
pub const NARROW: usize = 110;

/// Fills lines with words. `written` are the author's lines, which stay if they are well filled.
pub fn fill(words: &[String], indent: usize, written: &[&str]) -> Vec<String> {
    if !written.is_empty() && written.join(" ") == words.join(" ") && well_filled(written, indent) {
        return written.iter().map(|line| (*line).to_owned()).collect();
    }
    let mut lines: Vec<String> = Vec::new();
    let mut width = 0;
    for word in words {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if indent + width + 1 + length <= WIDTH => {
                line.push(' ');
                line.push_str(word);
                width += 1 + length;
            }
            _ => {
                lines.push(word.clone());
                width = length;
            }
        }
    }
    lines
}

/// No line is too long, and none has much room for the next one's first word.
fn well_filled(lines: &[&str], indent: usize) -> bool {
    let width = |text: &str| text.chars().count();
    let room = |pair: &[&str]| {
        let next = pair[1].split(' ').next().unwrap_or_default();
        indent + width(pair[0]) + 1 + width(next) <= NARROW
    };
    lines.iter().all(|line| indent + width(line) <= WIDTH || !line.contains(' ')) && !lines.windows(2).any(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_up_to_the_width_and_a_long_word_stands_alone() {
        let words: Vec<String> = ["a".repeat(60), "b".repeat(57), "c".into(), "d".repeat(200), "e".into()].into();
        let lines = fill(&words, 2, &[]);
        assert_eq!(lines.iter().map(String::len).collect::<Vec<_>>(), [118, 1, 200, 1]);
    }

    #[test]
    fn the_author_s_lines_stay_when_well_filled() {
        let (long, short) = ("x".repeat(108), "y".repeat(8));
        let words = [long.clone(), short.clone()];
        assert_eq!(fill(&words, 2, &[&long, &short]), [long.clone(), short.clone()]);
        assert_eq!(fill(&words, 2, &[]), [format!("{long} {short}")]);
        let early = "x".repeat(90);
        assert_eq!(fill(&[early.clone(), short.clone()], 2, &[&early, &short]), [format!("{early} {short}")]);
        assert_eq!(fill(&words, 2, &[&long]), [format!("{long} {short}")], "a word is missing there");
    }
}
