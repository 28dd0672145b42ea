//! Cleaned files between two pages of a form: in memory alone, under a name that nobody can guess, and forgotten.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use model::Cleaned;

/// Files are forgotten after this time.
const KEPT: Duration = Duration::from_secs(2 * 60 * 60);

/// How often forgotten files are looked for.
const SWEEP: Duration = Duration::from_secs(30);

/// What all files together may take, in bytes.
const MOST_BYTES: usize = 96 << 20;

/// How many forms may wait.
const MOST: usize = 1_000;

type Waiting = Mutex<HashMap<String, Held>>;

/// All files that wait.
#[derive(Default)]
pub(super) struct Shelf {
    waiting: Arc<Waiting>,
    sweeping: AtomicBool,
}

struct Held {
    files: Vec<Cleaned>,
    made: Instant,
}

impl Shelf {
    /// Keeps files; `None` if there is no room.
    pub fn put(&self, files: Vec<Cleaned>) -> Option<String> {
        let token: String = super::random::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut waiting = lock(&self.waiting);
        let taken: usize = waiting.values().flat_map(|held| &held.files).map(Cleaned::len).sum();
        let more: usize = files.iter().map(Cleaned::len).sum();
        if waiting.len() >= MOST || taken + more > MOST_BYTES {
            return None;
        }
        waiting.insert(token.clone(), Held { files, made: Instant::now() });
        drop(waiting);
        self.keep_sweeping();
        Some(token)
    }

    /// The files of a token.
    pub fn get(&self, token: &str) -> Option<Vec<Cleaned>> {
        lock(&self.waiting).get(token).map(|held| held.files.clone())
    }

    /// The same, which are then forgotten.
    pub fn take(&self, token: &str) -> Option<Vec<Cleaned>> {
        lock(&self.waiting).remove(token).map(|held| held.files)
    }

    /// Sees to it that files are forgotten even if nobody comes again.
    fn keep_sweeping(&self) {
        if !self.sweeping.swap(true, Ordering::Relaxed) {
            let waiting: Weak<Waiting> = Arc::downgrade(&self.waiting);
            let work = move || {
                while let Some(waiting) = waiting.upgrade() {
                    sweep(&waiting, KEPT);
                    drop(waiting);
                    std::thread::sleep(SWEEP);
                }
            };
            let _ = std::thread::Builder::new().name("forget files".into()).spawn(work);
        }
    }
}

fn sweep(waiting: &Waiting, kept: Duration) {
    lock(waiting).retain(|_, held| held.made.elapsed() < kept);
}

fn lock(waiting: &Waiting) -> std::sync::MutexGuard<'_, HashMap<String, Held>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_bounded_and_forgotten() {
        let shelf = Shelf::default();
        let words = |bytes: usize| vec![Cleaned::Words("x".repeat(bytes))];
        let token = shelf.put(words(MOST_BYTES / 2)).expect("there is room");
        assert!(shelf.put(words(MOST_BYTES / 2 + 1)).is_none());
        assert_eq!(shelf.get(&token).map(|files| files.len()), Some(1));
        sweep(&shelf.waiting, Duration::ZERO);
        assert!(shelf.get(&token).is_none() && shelf.put(words(MOST_BYTES)).is_some());
    }
}
