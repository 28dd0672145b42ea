//! How fast names were dealt with, the reading and writing of files aside.

use std::time::Duration;

use crate::report;

/// How many were done in how much time.
#[derive(Default)]
pub struct Rate {
    count: usize,
    spent: Duration,
}

impl Rate {
    /// One more.
    pub fn add(&mut self, spent: Duration) {
        self.count += 1;
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
        report::say(&format!("{} {what} in {seconds:.2} s: {rate:.0} {what}/s, {how}", self.count));
    }
}
