//! How often one may ask: counted by a keyed hash of where somebody comes from, in memory alone, forgotten within the
//! hour.
//!
//! An address is cut before it is hashed (IPv6 to the 56 bits that one household has) and the key is thrown away with
//! the counts. This machine's own addresses stand for everybody behind a proxy or an onion service and are counted
//! only with all others.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// The key is thrown away after so many seconds.
const ROTATED: u64 = 60 * 60;

/// So many are counted; more, and the counts begin anew.
const MOST: usize = 50_000;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    /// Sending a suggestion.
    Send,
    /// Having files cleaned.
    Clean,
    /// Asking by a code.
    Ask,
}

impl Act {
    /// How many an hour one may do, and how many all together where all may send 300.
    const fn an_hour(self) -> (f64, f64) {
        match self {
            Self::Send => (20.0, 300.0),
            Self::Clean => (60.0, 900.0),
            Self::Ask => (120.0, 3_600.0),
        }
    }
}

/// The counts.
pub(super) struct Turns(Mutex<Counts>, f64);

struct Counts {
    key: [u8; 32],
    since: u64,
    all: HashMap<(u64, Act), Bucket>,
}

/// What is left, and as of when.
#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: u64,
}

/// Stands for all together.
const EVERYBODY: u64 = 0;

impl Turns {
    /// All together may send so many suggestions an hour.
    pub fn new(key: [u8; 32], an_hour: u32) -> Self {
        Self(Mutex::new(Counts { key, since: 0, all: HashMap::new() }), f64::from(an_hour) / 300.0)
    }

    /// Whether somebody may do this now; then it is counted. `now` is in seconds of any beginning.
    pub fn allow(&self, peer: Option<IpAddr>, act: Act, now: u64) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.rotate(now);
        let (one, all) = act.an_hour();
        let own = peer.filter(|peer| !peer.is_loopback()).map(|peer| counts.name(peer));
        let may_one = own.is_none_or(|own| counts.take((own, act), one, now));
        may_one && counts.take((EVERYBODY, act), all * self.1, now)
    }
}

impl Counts {
    fn rotate(&mut self, now: u64) {
        if now >= self.since + ROTATED || self.all.len() >= MOST {
            let everybody = self.all.iter().filter(|((who, _), _)| *who == EVERYBODY);
            self.all = everybody.map(|(key, bucket)| (*key, *bucket)).collect();
            (self.key, self.since) = (super::random(), now);
        }
    }

    fn name(&self, peer: IpAddr) -> u64 {
        let hash = Sha256::new().chain_update(self.key).chain_update(cut(peer)).finalize();
        let start: [u8; 8] = std::array::from_fn(|at| hash[at]);
        u64::from_be_bytes(start) | 1
    }

    fn take(&mut self, who: (u64, Act), an_hour: f64, now: u64) -> bool {
        let bucket = self.all.entry(who).or_insert(Bucket { left: an_hour, at: now });
        #[expect(clippy::cast_precision_loss, reason = "seconds of one process stay far below 2^53")]
        let passed = now.saturating_sub(bucket.at) as f64;
        bucket.left = (bucket.left + passed * an_hour / 3_600.0).min(an_hour);
        bucket.at = now;
        let may = bucket.left >= 1.0;
        bucket.left -= if may { 1.0 } else { 0.0 };
        may
    }
}

/// What is left of an address: a household.
fn cut(peer: IpAddr) -> Vec<u8> {
    match peer.to_canonical() {
        IpAddr::V4(four) => four.octets().to_vec(),
        IpAddr::V6(six) => six.octets()[..7].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    fn allowed(turns: &Turns, peer: Option<IpAddr>, now: u64) -> usize {
        (0..1_000).filter(|_| turns.allow(peer, Act::Send, now)).count()
    }

    #[test]
    fn one_household_has_20_an_hour_and_all_together_300() {
        let turns = Turns::new([1; 32], 300);
        assert_eq!(allowed(&turns, from("192.0.2.1"), 0), 20);
        assert_eq!(allowed(&turns, from("192.0.2.1"), 180), 1, "one for each three minutes");
        assert_eq!(allowed(&turns, from("2001:db8:0:100::1"), 180), 20);
        assert_eq!(allowed(&turns, from("2001:db8:0:1ff::2"), 180), 0, "the same 56 bits");
        assert_eq!(allowed(&turns, from("2001:db8:0:200::2"), 180), 20);
        assert_eq!(allowed(&turns, None, 180), 300 + 15 - 61, "everybody together, 15 of them regained");
        assert_eq!(allowed(&turns, from("198.51.100.7"), 180), 0);
    }

    #[test]
    fn this_machine_stands_for_all_behind_it() {
        let turns = Turns::new([1; 32], 600);
        assert_eq!(allowed(&turns, from("127.0.0.1"), 0), 600);
        assert_eq!(allowed(&turns, from("::1"), 0), 0);
    }

    #[test]
    fn names_are_forgotten_within_the_hour() {
        let turns = Turns::new([1; 32], 300);
        allowed(&turns, from("192.0.2.1"), 0);
        let name = |turns: &Turns| turns.0.lock().unwrap().name("192.0.2.1".parse().unwrap());
        let before = name(&turns);
        turns.allow(None, Act::Ask, ROTATED);
        assert_ne!(name(&turns), before);
        assert!(turns.0.lock().unwrap().all.keys().all(|(who, _)| *who == EVERYBODY));
    }
}
