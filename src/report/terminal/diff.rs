//! Two states of the data beside each other, the verdicts first.

use std::fmt::Write as _;

use comfy_table::ColumnConstraint;

use super::{foot, table, text, wrap};
use crate::report::Words;
use crate::report::view::Named;
use crate::report::view::diff::{
    DiffView, FactChangeView, GroundView, GroupView, ItemView, MessengerView, OutcomeGroupView, PartView, ResultView,
    Two,
};

/// Up to so many moved ranges are listed one by one; more are summed up by messenger.
const MOST_RANGES: usize = 24;

/// Draws the comparison.
pub fn diff(view: &DiffView, words: &Words<'_>, width: usize) -> String {
    let mut page = Page { out: String::new(), words, width };
    page.line("", &words.fill("diff.title", &[("old", &view.old.name), ("new", &view.new.name)]));
    page.gap();
    for (key, state) in [("diff.old", &view.old), ("diff.new", &view.new)] {
        let gaps = [("name", state.name.as_str()), ("kind", &state.kind.label), ("reading", &state.reading.label)];
        page.line("", &words.fill(key, &gaps));
    }
    if !view.alike {
        page.line("", words.get("diff.unlike"));
    }
    page.gap();
    page.line("", &view.headline);
    if !view.same {
        page.line("", &view.counts);
    }
    page.verdicts(view);
    page.outcomes(&view.outcomes);
    page.ranges(view);
    page.messengers(&view.messengers);
    page.ground(&view.ground);
    page.gap();
    page.out.push_str(&foot(&view.head, width));
    page.out
}

struct Page<'a> {
    out: String,
    words: &'a Words<'a>,
    width: usize,
}

impl Page<'_> {
    fn line(&mut self, indent: &str, text: &str) {
        let _ = writeln!(self.out, "{}", wrap(text, self.width, indent));
    }

    fn gap(&mut self) {
        self.out.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.gap();
        self.line("", text);
        let _ = writeln!(self.out, "{}", "─".repeat(self.width));
    }

    fn verdicts(&mut self, view: &DiffView) {
        if view.groups.is_empty() {
            return;
        }
        self.heading(self.words.get("diff.verdicts"));
        for group in &view.groups {
            self.group(group);
        }
    }

    fn group(&mut self, group: &GroupView) {
        let verdict = |own: &crate::report::view::compare::VerdictView| format!("{} {}", own.symbol, own.label);
        let (old, new) = (verdict(&group.verdict.old), verdict(&group.verdict.new));
        let change = if group.direction.id == "same" { old } else { format!("{old} → {new}") };
        self.line("", &format!("{}: {change} ({})", group.messenger.label, group.direction.label));
        self.line("    ", &group.in_cases);
        for own in &group.knock_outs {
            let mut text = format!("{}: {} → {}", own.criterion.label, own.label.old, own.label.new);
            if !own.in_cases.is_empty() {
                let _ = write!(text, "; {}", own.in_cases);
            }
            self.line("    ", &text);
        }
        for own in &group.cures {
            let (old, new) = (sets(self.words, &own.old), sets(self.words, &own.new));
            let mut text = self.words.fill("diff.cures", &[("old", &old), ("new", &new)]);
            if !own.in_cases.is_empty() {
                let _ = write!(text, "; {}", own.in_cases);
            }
            self.line("    ", &text);
        }
    }

    fn outcomes(&mut self, all: &[OutcomeGroupView]) {
        if all.is_empty() {
            return;
        }
        self.heading(self.words.get("diff.outcomes"));
        let mut last = "";
        for own in all {
            if own.messenger.id != last {
                self.line("", &own.messenger.label);
                last = &own.messenger.id;
            }
            self.line("  ", &format!("{} ({})", own.criterion.label, own.criterion.id));
            self.line("      ", &outcome(self.words, own));
            self.line("      ", &format!("{}; {}", causes(self.words, own), own.in_cases));
        }
    }

    fn ranges(&mut self, view: &DiffView) {
        let moved: Vec<&ResultView> = view.results.iter().filter(|own| own.moved).collect();
        if moved.is_empty() {
            return;
        }
        // The table has a line of its own.
        self.gap();
        self.line("", self.words.get("diff.ranges"));
        self.gap();
        let drawn = if moved.len() <= MOST_RANGES {
            self.each_range(&moved)
        } else {
            self.ranges_by_messenger(&moved, view.use_cases)
        };
        self.out.push_str(&drawn);
    }

    fn head(&self, names: &[&str]) -> Vec<String> {
        names.iter().map(|name| self.words.named("column", name)).collect()
    }

    fn each_range(&self, moved: &[&ResultView]) -> String {
        let mut table = table(self.width);
        table.set_header(self.head(&["messenger", "use-case", "shipped", "hardened"]));
        let mut moved = moved.to_vec();
        moved.sort_by_key(|own| (&own.messenger.label, &own.use_case.id));
        let mut last = "";
        for own in moved {
            let name = if own.messenger.id == last { String::new() } else { own.messenger.label.clone() };
            last = &own.messenger.id;
            let range = |two: &Two<crate::report::view::RangeView>| arrow(&two.old.label, &two.new.label);
            table.add_row([name, own.use_case.id.clone(), range(&own.shipped), range(&own.hardened)]);
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        text(table)
    }

    fn ranges_by_messenger(&self, moved: &[&ResultView], total: usize) -> String {
        let mut table = table(self.width);
        table.set_header(self.head(&["messenger", "use-cases", "shipped-moves", "hardened-moves"]));
        let mut names: Vec<&Named> = Vec::new();
        for own in moved {
            if !names.iter().any(|name| name.id == own.messenger.id) {
                names.push(&own.messenger);
            }
        }
        for name in names {
            let own: Vec<&ResultView> = moved.iter().copied().filter(|own| own.messenger.id == name.id).collect();
            let count = [("count", own.len().to_string()), ("total", total.to_string())];
            let count = self.words.fill("diff.of-total", &count.each_ref().map(|(gap, text)| (*gap, text.as_str())));
            let shipped = moves(own.iter().map(|own| &own.shipped));
            let hardened = moves(own.iter().map(|own| &own.hardened));
            table.add_row([name.label.clone(), count, shipped, hardened]);
        }
        format!("{}\n\n{}\n", text(table).trim_end(), wrap(self.words.get("diff.moves"), self.width, ""))
    }

    fn messengers(&mut self, all: &[MessengerView]) {
        if all.is_empty() {
            return;
        }
        self.heading(self.words.get("diff.messengers"));
        for own in all {
            self.line("", &messenger_title(self.words, own));
            for fact in &own.facts {
                self.fact(fact);
            }
            self.items("diff.measures", &own.measures);
            self.items("diff.sources", &own.sources);
            for part in &own.parts {
                self.line("  ", &part_line(part));
            }
        }
    }

    fn fact(&mut self, fact: &FactChangeView) {
        self.line("  ", &format!("{} ({})", fact.label, fact.key));
        let value = if fact.value_changed {
            format!("{} → {}", fact.old_value, fact.new_value)
        } else {
            self.words.fill("diff.value-stays", &[("value", &fact.new_value)])
        };
        self.line("      ", &value);
        for part in &fact.parts {
            self.line("      ", &part_line(part));
        }
        for (key, sources) in [("diff.cites", &fact.sources_added), ("diff.cites-no-more", &fact.sources_removed)] {
            for source in sources {
                let named = format!("{}: {}", source.publisher, source.title);
                self.line("      ", &self.words.fill(key, &[("source", &named)]));
            }
        }
        if !fact.reaches.is_empty() {
            let names: Vec<&str> = fact.reaches.iter().map(|own| own.label.as_str()).collect();
            self.line("      ", &self.words.fill("diff.reaches", &[("list", &names.join(", "))]));
        }
    }

    fn items(&mut self, heading: &'static str, items: &[ItemView]) {
        for item in items {
            let kind = self.words.get(heading);
            self.line("  ", &format!("{kind} {}: {}", item.id, item.what.label));
            for part in &item.parts {
                self.line("      ", &part_line(part));
            }
        }
    }

    fn ground(&mut self, all: &[GroundView]) {
        if all.is_empty() {
            return;
        }
        self.heading(self.words.get("diff.ground"));
        for own in all {
            self.line("", &ground_title(self.words, own));
            for part in &own.parts {
                self.line("  ", &part_line(part));
            }
            for item in &own.items {
                let title = if own.kind.id == "use_case" { &item.title } else { &item.id };
                let kind = self.words.named("diff-item", &own.kind.id);
                let title = self.words.fill("word.quoted", &[("text", title)]);
                self.line("  ", &format!("{kind} {title}: {}", item.what.label));
                for part in &item.parts {
                    self.line("      ", &part_line(part));
                }
            }
        }
    }
}

fn arrow(old: &str, new: &str) -> String {
    if old == new { old.to_owned() } else { format!("{old} → {new}") }
}

/// How far the ends of ranges move, from … to.
fn moves<'a>(all: impl Iterator<Item = &'a Two<crate::report::view::RangeView>>) -> String {
    let mut steps: Vec<i64> = Vec::new();
    let mut unclear = false;
    for two in all {
        for (old, new) in [(two.old.low, two.new.low), (two.old.high, two.new.high)] {
            let number = |end: Option<u64>| end.and_then(|end| i64::try_from(end).ok());
            match (number(old), number(new)) {
                (Some(old), Some(new)) => steps.push(new - old),
                (None, None) => {}
                _ => unclear = true,
            }
        }
    }
    let signed = |step: i64| match step {
        0 => "0".to_owned(),
        step if step < 0 => format!("−{}", -step),
        step => format!("+{step}"),
    };
    match (steps.iter().min(), steps.iter().max()) {
        (Some(low), Some(high)) if !unclear && low == high => signed(*low),
        (Some(low), Some(high)) if !unclear => format!("{} … {}", signed(*low), signed(*high)),
        _ => "…".to_owned(),
    }
}

fn sets(words: &Words<'_>, all: &[Vec<Named>]) -> String {
    let set = |own: &Vec<Named>| own.iter().map(|measure| measure.label.as_str()).collect::<Vec<_>>().join(", ");
    let all: Vec<String> = all.iter().map(set).collect();
    if all.is_empty() { words.get("diff.none").to_owned() } else { all.join(words.get("word.or-else")) }
}

fn outcome(words: &Words<'_>, own: &OutcomeGroupView) -> String {
    let two = |two: &Two<crate::report::view::OutcomeView>| {
        format!("{} {} → {} {}", two.old.symbol, two.old.label, two.new.symbol, two.new.label)
    };
    let mut parts = Vec::new();
    if own.shipped.old != own.shipped.new {
        parts.push(format!("{}: {}", words.get("column.shipped"), two(&own.shipped)));
    }
    if own.hardened.old != own.hardened.new {
        parts.push(format!("{}: {}", words.get("column.hardened"), two(&own.hardened)));
    }
    parts.join("; ")
}

fn causes(words: &Words<'_>, own: &OutcomeGroupView) -> String {
    let mut causes: Vec<&str> = own.facts.iter().map(|fact| fact.label.as_str()).collect();
    if own.rule_changed || causes.is_empty() {
        causes.push(words.get("diff.rule-changed"));
    }
    words.fill("diff.because", &[("list", &causes.join("; "))])
}

/// `Signal (geändert)`, `Alt → Neu (umbenannt)`, with where it leads to if it is gone.
fn messenger_title(words: &Words<'_>, own: &MessengerView) -> String {
    if !own.renamed_from.is_empty() {
        return words.fill("diff.renamed", &[("name", &own.name), ("old", &own.renamed_from), ("new", &own.id)]);
    }
    if !own.redirected_to.is_empty() {
        return words.fill("diff.redirected", &[("name", &own.name), ("id", &own.redirected_to)]);
    }
    if own.what.id == "changed" { own.name.clone() } else { format!("{}: {}", own.name, own.what.label) }
}

fn ground_title(words: &Words<'_>, own: &GroundView) -> String {
    if own.kind.id == "other" {
        return format!("{}: {}", own.title, own.what.label);
    }
    let title = words.fill("word.quoted", &[("text", &own.title)]);
    let name = format!("{} {title} ({})", own.kind.label, own.id);
    if own.renamed_from.is_empty() {
        return format!("{name}: {}", own.what.label);
    }
    words.fill("diff.renamed", &[("name", &name), ("old", &own.renamed_from), ("new", &own.id)])
}

/// `Gewicht: 3 → 4`, or what happened to a part that is only named.
fn part_line(part: &PartView) -> String {
    let mut text = part.part.label.clone();
    if !part.item.is_empty() {
        let _ = write!(text, " ({})", part.item);
    }
    match (part.old.is_empty(), part.new.is_empty()) {
        (true, true) => format!("{text}: {}", part.what.label),
        (true, false) => format!("{text}: {}: {}", part.what.label, part.new),
        (false, true) => format!("{text}: {}: {}", part.what.label, part.old),
        (false, false) => format!("{text}: {} → {}", part.old, part.new),
    }
}
