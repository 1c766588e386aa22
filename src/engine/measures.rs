//! Measures: which are open to an organisation, which go together, and what taking them does to the facts.

use crate::catalog::{Profile, Situation, State, Step, excluded};

/// Takes measures: the facts they set hold from now on.
pub fn apply(profile: &Profile, measures: impl Iterator<Item = usize>, states: &mut [State]) {
    for measure in measures {
        for (fact, value) in &profile.measures[measure].sets {
            states[fact.index()] = State::Known(*value);
        }
    }
}

/// As many measures as can be taken together: first those of the best cure, then the others by id.
pub fn all_measures(profile: &Profile, situation: &Situation, first: &[usize]) -> Vec<usize> {
    let mut taken: Vec<usize> = first.to_vec();
    for (at, step) in profile.measures.iter().enumerate() {
        let free = taken.iter().all(|other| *other != at && !excluded(step, &profile.measures[*other]));
        if free && is_available(step, situation) {
            taken.push(at);
        }
    }
    taken.sort_unstable();
    taken
}

/// Whether a measure is open to this organisation: nothing it needs is stated to be missing.
pub fn is_available(step: &Step, situation: &Situation) -> bool {
    !step.needs.iter().any(|need| situation.lacks.contains(need))
}
