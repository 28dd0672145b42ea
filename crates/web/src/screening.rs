//! Readers' own lists while they are being compared with the atlas: in memory alone, under an address that nobody can
//! guess, and forgotten after half an hour.
//!
//! Nothing of a list is written anywhere: no file, no log line, no message of an error. What all lists together may
//! take is bounded; more is refused until there is room again.

mod done;
mod news;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use edition::Edition;
use model::{Columns, Problem, ReadsLists, Sheet};

pub use done::Screened;
pub(crate) use news::{News, exposed, lists, news};

/// A list is forgotten after this time.
const KEPT: Duration = Duration::from_secs(30 * 60);

/// How often old lists are looked for.
const SWEEP: Duration = Duration::from_secs(5);

/// The most bytes of one upload.
pub(crate) const LARGEST_UPLOAD: usize = 24 << 20;

/// What all lists together may take, in bytes as [`weight`] reckons them, and how many there may be.
const MOST_BYTES: usize = 512 << 20;
const MOST_RUNS: usize = 64;

/// Uploads that are being received at one time may take this much.
const MOST_RECEIVING: usize = 4 * LARGEST_UPLOAD;

/// All lists that are being looked at.
pub(crate) struct Screening {
    reader: Option<Arc<dyn ReadsLists>>,
    runs: Arc<Mutex<HashMap<String, Arc<Run>>>>,
    receiving: Arc<AtomicUsize>,
    sweeping: AtomicBool,
}

/// One list.
pub(crate) struct Run {
    /// The edition with which it is compared, whatever is published meanwhile.
    pub edition: Arc<Edition>,
    made: Instant,
    weight: usize,
    stage: Mutex<Stage>,
    checked: AtomicUsize,
    forgotten: AtomicBool,
}

/// How far a run has come.
#[derive(Clone)]
pub(crate) enum Stage {
    /// The reader looks at what was understood.
    Preview(Arc<Sheet>, Columns),
    /// It is being compared; so many rows there are.
    Running(usize),
    /// It is done.
    Done(Arc<Screened>),
    /// It broke.
    Broken,
}

/// Why a list is not taken.
pub(crate) enum Refused {
    /// There is no room.
    Full,
    /// It can't be read.
    Unreadable(Problem),
}

/// Room that an upload takes while it is received.
pub(crate) struct Receiving(Arc<AtomicUsize>, usize);

impl Drop for Receiving {
    fn drop(&mut self) {
        self.0.fetch_sub(self.1, Ordering::Relaxed);
    }
}

impl Screening {
    pub fn new(reader: Option<Arc<dyn ReadsLists>>) -> Self {
        let runs = Arc::default();
        Self { reader, runs, receiving: Arc::default(), sweeping: AtomicBool::new(false) }
    }

    /// Whether lists can be read at all.
    pub fn can_read(&self) -> bool {
        self.reader.is_some()
    }

    /// Takes room for a body of at most so many bytes, if there is any.
    pub fn receive(&self, bytes: usize) -> Option<Receiving> {
        let before = self.receiving.fetch_add(bytes, Ordering::Relaxed);
        let receiving = Receiving(self.receiving.clone(), bytes);
        (before + bytes <= MOST_RECEIVING).then_some(receiving)
    }

    /// Reads a list and keeps it; its token is the only way to it.
    pub fn begin(&self, edition: Arc<Edition>, label: &str, bytes: &[u8]) -> Result<String, Refused> {
        let Some(reader) = &self.reader else { return Err(Refused::Full) };
        self.sweep();
        if !self.has_room(bytes.len() * 4) {
            return Err(Refused::Full);
        }
        let sheet = reader.sheet(label, bytes).map_err(Refused::Unreadable)?;
        let (weight, columns) = (weight(&sheet), reader.columns(&sheet, edition.vocabulary()));
        if !self.has_room(weight) {
            return Err(Refused::Full);
        }
        let run = Run {
            edition,
            made: Instant::now(),
            weight,
            stage: Mutex::new(Stage::Preview(Arc::new(sheet), columns)),
            checked: AtomicUsize::new(0),
            forgotten: AtomicBool::new(false),
        };
        let token = token();
        self.lock().insert(token.clone(), Arc::new(run));
        self.keep_sweeping();
        Ok(token)
    }

    /// The run of a token.
    pub fn find(&self, token: &str) -> Option<Arc<Run>> {
        self.sweep();
        self.lock().get(token).cloned()
    }

    /// Compares a list in a thread of its own. Does nothing if it is no longer in preview.
    pub fn start(&self, run: &Arc<Run>, columns: &Columns, as_of: i32) {
        let Some(reader) = &self.reader else { return };
        let mut stage = run.lock();
        let Stage::Preview(sheet, _) = &*stage else { return };
        let list = reader.list(sheet, columns, run.edition.vocabulary());
        *stage = Stage::Running(list.asked.len());
        drop(stage);
        let run = run.clone();
        let work = move || {
            let goes_on = |checked| {
                run.checked.store(checked, Ordering::Relaxed);
                !run.forgotten.load(Ordering::Relaxed)
            };
            let done = catch_unwind(AssertUnwindSafe(|| Screened::new(run.edition.clone(), list, as_of, 1, &goes_on)));
            *run.lock() = done.ok().flatten().map_or(Stage::Broken, |done| Stage::Done(Arc::new(done)));
        };
        // A thread that can't be had leaves the run where it is; it is forgotten like any other.
        let _ = std::thread::Builder::new().name("screen".into()).spawn(work);
    }

    /// Forgets a run at once.
    pub fn forget(&self, token: &str) {
        if let Some(run) = self.lock().remove(token) {
            run.forgotten.store(true, Ordering::Relaxed);
        }
    }

    fn has_room(&self, more: usize) -> bool {
        let runs = self.lock();
        runs.len() < MOST_RUNS && runs.values().map(|run| run.weight).sum::<usize>() + more <= MOST_BYTES
    }

    fn sweep(&self) {
        sweep(&self.runs, KEPT);
    }

    /// Sees to it that a list is forgotten even if nobody comes again.
    fn keep_sweeping(&self) {
        if !self.sweeping.swap(true, Ordering::Relaxed) {
            let runs: Weak<_> = Arc::downgrade(&self.runs);
            let work = move || {
                while let Some(runs) = runs.upgrade() {
                    sweep(&runs, KEPT);
                    drop(runs);
                    std::thread::sleep(SWEEP);
                }
            };
            let _ = std::thread::Builder::new().name("forget".into()).spawn(work);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Run>>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Run {
    /// How far it has come.
    pub fn stage(&self) -> Stage {
        self.lock().clone()
    }

    /// How many rows have been compared.
    pub fn checked(&self) -> usize {
        self.checked.load(Ordering::Relaxed)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sweep(runs: &Mutex<HashMap<String, Arc<Run>>>, kept: Duration) {
    let mut runs = runs.lock().unwrap_or_else(PoisonError::into_inner);
    runs.retain(|_, run| {
        let stays = run.made.elapsed() < kept;
        run.forgotten.store(!stays, Ordering::Relaxed);
        stays
    });
}

/// About how many bytes a list takes, its answers included.
fn weight(sheet: &Sheet) -> usize {
    let cells = |row: &Vec<String>| row.iter().map(|cell| cell.len() + 24).sum::<usize>();
    sheet.rows.iter().map(|row| cells(row) * 2 + 300).sum()
}

/// 128 bits of chance.
fn token() -> String {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).expect("invariant: the system gives random bytes");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_received_at_one_time_is_bounded() {
        let screening = Screening::new(None);
        let all: Vec<_> = (0..4).map(|_| screening.receive(LARGEST_UPLOAD)).collect();
        assert!(all.iter().all(Option::is_some));
        assert!(screening.receive(1).is_none());
        drop(all);
        assert!(screening.receive(1).is_some());
    }

    #[test]
    fn a_list_is_forgotten_after_its_time() {
        let run = Run {
            edition: Arc::new(crate::tests::edition()),
            made: Instant::now(),
            weight: 1,
            stage: Mutex::new(Stage::Broken),
            checked: AtomicUsize::new(0),
            forgotten: AtomicBool::new(false),
        };
        let run = Arc::new(run);
        let runs = Mutex::new(HashMap::from([("x".to_owned(), run.clone())]));
        sweep(&runs, Duration::from_secs(60));
        assert_eq!(runs.lock().map(|runs| runs.len()).ok(), Some(1));
        sweep(&runs, Duration::ZERO);
        assert_eq!(runs.lock().map(|runs| runs.len()).ok(), Some(0));
        assert!(run.forgotten.load(Ordering::Relaxed), "the work on it stops");
    }

    #[test]
    fn tokens_are_never_the_same() {
        let tokens: std::collections::BTreeSet<String> = (0..100).map(|_| token()).collect();
        assert_eq!((tokens.len(), tokens.first().map(String::len)), (100, Some(32)));
    }
}
