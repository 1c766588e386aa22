//! From facts to verdicts. Pure computation over a catalogue: no files, no words, no clock.

mod assess;
mod backtest;
mod decide;
mod gate;
mod measures;
mod outcomes;
mod score;
mod verdict;
mod weight;

pub use assess::{Assessment, Plan, Variant, assess, assess_all, rank, with_measures};
pub use backtest::{Relation, Trial, backtest};
pub use decide::{Decision, MAX_COMBINATIONS, decide, open_facts, possible_rows, what_if};
pub use gate::{Old, Passage, Reason, Standing, gate};
pub use outcomes::Outcomes;
pub use score::{Part, Ratio, Score, score};
pub use verdict::{KnockOutFinding, KnockOutState, MAX_MEASURES, Verdict, stand};
pub use weight::{Weight, WeightFrom, weight};
