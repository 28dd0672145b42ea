//! How fast names were dealt with, the reading and writing of files aside: by the processor's time, as other work on the
//! machine would falsify any other clock.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::report;

/// How much of a processor's time this thread has had.
pub fn now() -> Duration {
    let had = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(had.tv_sec.unsigned_abs(), had.tv_nsec.unsigned_abs() as u32)
}

/// How many were done in how much time.
#[derive(Default)]
pub struct Rate {
    count: usize,
    spent: Duration,
}

impl Rate {
    /// So many more.
    pub fn add(&mut self, count: usize, spent: Duration) {
        self.count += count;
        self.spent += spent;
    }

    /// How many there were.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Tells the rate on standard error.
    pub fn say(&self, what: &str, how: &str) {
        let seconds = self.spent.as_secs_f64();
        let rate = self.count as f64 / seconds.max(1e-9);
        report::say(&format!("{} {what} in {seconds:.3} s: {rate:.0} {what}/s, {how}", self.count));
    }
}
