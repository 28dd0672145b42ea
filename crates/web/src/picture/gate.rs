//! A gate that lets few through at once and few wait, so that costly answers can't be asked for without end.

use std::sync::{Condvar, Mutex, PoisonError};

/// The gate.
#[derive(Debug)]
pub(crate) struct Gate {
    at_once: usize,
    waiting: usize,
    state: Mutex<State>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct State {
    inside: usize,
    waiting: usize,
}

/// Leave to be inside, until it is dropped.
pub(crate) struct Pass<'g>(&'g Gate);

impl Gate {
    /// So many inside, so many more in front of it.
    pub fn new(at_once: usize, waiting: usize) -> Self {
        Self { at_once, waiting, state: Mutex::default(), left: Condvar::new() }
    }

    /// Waits for a place inside; `None` at once if too many wait already.
    pub fn enter(&self) -> Option<Pass<'_>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.inside >= self.at_once && state.waiting >= self.waiting {
            return None;
        }
        state.waiting += 1;
        while state.inside >= self.at_once {
            state = self.left.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting -= 1;
        state.inside += 1;
        Some(Pass(self))
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).inside -= 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_when_it_is_full_is_sent_away_and_may_come_again() {
        let gate = Gate::new(1, 0);
        let pass = gate.enter();
        assert!(pass.is_some() && gate.enter().is_none());
        drop(pass);
        assert!(gate.enter().is_some());
    }

    #[test]
    fn those_who_wait_come_in_one_after_the_other() {
        let gate = Gate::new(1, 10);
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _pass = gate.enter().expect("there is room to wait");
                    assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                    inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                });
            }
        });
    }
}
