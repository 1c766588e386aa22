//! Work on all processors, in order and without loss.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// How many processors there are to work with.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does the same with each item, on all processors; the results are in the order of the items.
/// A panic in one of them goes on here.
pub fn map<T: Send, R: Send>(items: Vec<T>, each: impl Fn(T) -> R + Sync) -> Vec<R> {
    let share = items.len().div_ceil(processors()).max(1);
    let mut parts: Vec<Vec<T>> = Vec::new();
    let mut rest = items.into_iter();
    loop {
        let part: Vec<T> = rest.by_ref().take(share).collect();
        if part.is_empty() {
            break;
        }
        parts.push(part);
    }
    let each = &each;
    let run = move |part: Vec<T>| part.into_iter().map(each).collect::<Vec<R>>();
    // The last part is done here: a single one needs no thread at all.
    let last = parts.pop().unwrap_or_default();
    thread::scope(|scope| {
        let running: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || run(part))).collect();
        let last = run(last);
        let joined = running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        let mut all: Vec<R> = joined.flatten().collect();
        all.extend(last);
        all
    })
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_complete_and_in_order() {
        for count in [0, 1, 2, 3, 7, 100] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(map(items, |item| item * 2), (0..count).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_is_not_swallowed() {
        let caught = std::panic::catch_unwind(|| map(vec![1, 2, 3, 4], |item| assert_ne!(item, 1)));
        assert!(caught.is_err());
    }
}
