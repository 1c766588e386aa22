//! The rules are measured by what authorities and courts have published.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use messwerk::catalog::load;
use messwerk::engine::{Relation, backtest};
use messwerk::model::Lang;
use messwerk::report::Words;
use messwerk::report::view::Stamp;
use messwerk::report::view::backtest::{BacktestView, view};

fn tried() -> BacktestView {
    let catalog = load(&[]).unwrap().catalog;
    let words = Words::new(&catalog, Lang::En);
    let stamp = Stamp { today: messwerk::model::Date::parse("2026-11-22").unwrap(), own_data: false };
    view(&catalog, &words, stamp, &backtest(&catalog))
}

#[test]
fn at_most_one_contradiction_in_twenty_is_unexplained_and_a_third_undecided() {
    let view = tried();
    assert!(view.trials > 100, "{}", view.trials);
    assert!(view.unexplained * 20 <= view.trials, "{} of {}", view.unexplained, view.trials);
    assert!(view.undecided * 3 <= view.trials, "{} of {}", view.undecided, view.trials);
    assert_eq!(view.agreements + view.undecided + view.contradictions, view.trials);
}

#[test]
fn contradictions_come_first_and_each_says_what_both_sides_hold() {
    let view = tried();
    let order: Vec<&str> = view.rows.iter().map(|row| row.relation.id.as_str()).collect();
    let place = |id: &str| ["contradiction", "undecided", "agreement"].iter().position(|own| *own == id);
    assert!(order.windows(2).all(|pair| place(pair[0]) <= place(pair[1])));
    for row in view.rows.iter().filter(|row| row.relation.id == "contradiction") {
        let permits = row.position.stance.id != "against";
        let suits = matches!(row.verdict.id, "suitable" | "with_measures");
        assert_ne!(permits, suits, "{} {}", row.position.id, row.use_case.id);
    }
}

#[test]
fn superseded_and_weak_opinions_are_not_tried() {
    let catalog = load(&[]).unwrap().catalog;
    for trial in backtest(&catalog) {
        let position = &catalog.positions[trial.body].value.positions[trial.position];
        assert!(position.backtest && position.superseded_by.is_none(), "{}", position.id);
    }
    let relations: Vec<Relation> = backtest(&catalog).iter().map(|trial| trial.relation).collect();
    assert!(relations.contains(&Relation::Agreement) && relations.contains(&Relation::Contradiction));
}
