//! A list compared with an edition: an answer to every row, and what is known of every organisation that was found.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use edition::Edition;
use edition::graph::Scratch;
use edition::screen::{Answer, Record, Verdict};
use model::{Asked, List};

/// A list with its answers.
pub struct Screened {
    pub(crate) edition: Arc<Edition>,
    pub(crate) list: List,
    pub(crate) answers: Vec<Answer>,
    /// What is known of each row's likeliest item.
    pub(crate) records: BTreeMap<u32, Record>,
    /// The day as of which it is told, `yyyymmdd`.
    pub(crate) as_of: i32,
}

/// So many rows are compared before somebody is told.
const PORTION: usize = 64;

impl Screened {
    /// Compares a list with an edition in so many threads. `goes_on` hears how many rows are done; where it says no, there
    /// is no result.
    pub fn new(
        edition: Arc<Edition>,
        list: List,
        as_of: i32,
        threads: usize,
        goes_on: &(dyn Fn(usize) -> bool + Sync),
    ) -> Option<Self> {
        let checked = AtomicUsize::new(0);
        let share = list.asked.len().div_ceil(threads.max(1)).max(1);
        let answers: Option<Vec<Vec<Answer>>> = std::thread::scope(|scope| {
            let (edition, checked) = (&edition, &checked);
            let work = |asked| scope.spawn(move || answers(edition, asked, checked, goes_on));
            let workers: Vec<_> = list.asked.chunks(share).map(work).collect();
            workers.into_iter().map(|worker| worker.join().ok().flatten()).collect()
        });
        let mut screened =
            Self { edition, list, answers: answers?.into_iter().flatten().collect(), records: BTreeMap::new(), as_of };
        let mut scratch = Scratch::default();
        for item in screened.best() {
            if !goes_on(screened.answers.len()) {
                return None;
            }
            let record = screened.edition.screen_record(item, as_of, &mut scratch);
            screened.records.insert(item, record);
        }
        screened.forget_refused();
        Some(screened)
    }

    /// How many rows have each verdict, in the order of [`Verdict::ALL`].
    pub fn counts(&self) -> [usize; 4] {
        Verdict::ALL.map(|verdict| self.answers.iter().filter(|answer| answer.verdict == verdict).count())
    }

    /// The rows with their answers.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&Asked, &Answer)> {
        self.list.asked.iter().zip(&self.answers)
    }

    /// What is known of a row's likeliest item.
    pub(crate) fn record(&self, answer: &Answer) -> Option<&Record> {
        answer.candidates.first().and_then(|best| self.records.get(&best.item))
    }

    fn best(&self) -> std::collections::BTreeSet<u32> {
        self.answers.iter().filter_map(|answer| answer.candidates.first()).map(|best| best.item).collect()
    }

    /// A name that may be a person's is not kept.
    fn forget_refused(&mut self) {
        let rows = self.list.asked.iter_mut().zip(&self.answers);
        for (asked, _) in rows.filter(|(_, answer)| answer.verdict == Verdict::Refused) {
            *asked = Asked { line: asked.line, doubtful: true, earlier: asked.earlier.take(), ..Asked::default() };
        }
    }
}

fn answers(
    edition: &Edition,
    asked: &[Asked],
    checked: &AtomicUsize,
    goes_on: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Vec<Answer>> {
    let mut screener = edition.screener();
    let mut answers = Vec::with_capacity(asked.len());
    for portion in asked.chunks(PORTION) {
        answers.extend(portion.iter().map(|asked| screener.answer(asked)));
        let all = checked.fetch_add(portion.len(), Ordering::Relaxed) + portion.len();
        if !goes_on(all) {
            return None;
        }
    }
    Some(answers)
}
