//! The order in which addresses are asked: one at a time of each host, with a pause between, and again after a failure.
//!
//! It has no clock: the time, since any beginning, is given with every call.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

/// How patient and how polite the fetcher is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// Between the end of one visit to a host and the next.
    pub pause: Duration,
    /// How often an address is asked at most.
    pub tries: u32,
    /// After the first failure; four times as long after each further one.
    pub patience: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self { pause: Duration::from_secs(1), tries: 3, patience: Duration::from_secs(5) }
    }
}

/// An address that waits to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its number among the jobs.
    pub job: usize,
    /// Whose turn it uses.
    pub host: String,
    /// How often it was asked.
    pub tried: u32,
    not_before: Duration,
}

/// What there is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Ask this one, and say so when it is done.
    Ask(Ticket),
    /// Nothing may be asked before this time has gone by.
    Wait(Duration),
    /// Nothing waits any more.
    Empty,
}

/// The addresses that wait.
#[derive(Debug, Clone)]
pub struct Queue {
    manners: Manners,
    waiting: VecDeque<Ticket>,
    busy: BTreeSet<String>,
    free_at: BTreeMap<String, Duration>,
}

impl Queue {
    /// Jobs by number, each with its host.
    pub fn new(manners: Manners, hosts: impl IntoIterator<Item = String>) -> Self {
        let tickets = hosts.into_iter().enumerate();
        let waiting = tickets.map(|(job, host)| Ticket { job, host, tried: 0, not_before: Duration::ZERO }).collect();
        Self { manners, waiting, busy: BTreeSet::new(), free_at: BTreeMap::new() }
    }

    /// Takes the first that may be asked now.
    pub fn next(&mut self, now: Duration) -> Next {
        let mut soonest = None;
        for at in 0..self.waiting.len() {
            let ticket = &self.waiting[at];
            if self.busy.contains(&ticket.host) {
                continue;
            }
            let free = self.free_at.get(&ticket.host).copied().unwrap_or_default().max(ticket.not_before);
            if free <= now {
                let ticket = self.waiting.remove(at).expect("invariant: it was just looked at");
                self.busy.insert(ticket.host.clone());
                return Next::Ask(ticket);
            }
            soonest = Some(soonest.map_or(free, |soonest: Duration| soonest.min(free)));
        }
        match (soonest, self.waiting.is_empty()) {
            (_, true) => Next::Empty,
            (Some(at), _) => Next::Wait(at - now),
            // All that waits is of hosts that are being asked.
            (None, _) => Next::Wait(Duration::from_millis(20)),
        }
    }

    /// A visit has ended. True if it failed and will be tried again.
    pub fn done(&mut self, ticket: Ticket, now: Duration, failed: bool) -> bool {
        self.busy.remove(&ticket.host);
        self.free_at.insert(ticket.host.clone(), now + self.manners.pause);
        let tried = ticket.tried + 1;
        let again = failed && tried < self.manners.tries;
        if again {
            let not_before = now + self.manners.patience * 4u32.saturating_pow(ticket.tried);
            self.waiting.push_back(Ticket { tried, not_before, ..ticket });
        }
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn ask(queue: &mut Queue, now: u64) -> Ticket {
        match queue.next(s(now)) {
            Next::Ask(ticket) => ticket,
            other => panic!("at {now}: {other:?}"),
        }
    }

    #[test]
    fn a_host_is_asked_one_at_a_time_with_a_pause_and_others_do_not_wait_for_it() {
        let mut queue = Queue::new(Manners::default(), ["a", "a", "b"].map(String::from));
        let first = ask(&mut queue, 0);
        let other = ask(&mut queue, 0);
        assert_eq!((first.job, other.job), (0, 2));
        assert_eq!(queue.next(s(0)), Next::Wait(Duration::from_millis(20)));
        assert!(!queue.done(first, s(3), false));
        assert_eq!(queue.next(s(3)), Next::Wait(s(1)));
        assert_eq!(ask(&mut queue, 4).job, 1);
        assert_eq!(queue.next(s(4)), Next::Empty);
    }

    #[test]
    fn a_failure_is_tried_again_ever_later_and_then_given_up() {
        let mut queue = Queue::new(Manners::default(), ["a".into()]);
        let ticket = ask(&mut queue, 0);
        assert!(queue.done(ticket, s(10), true));
        assert_eq!(queue.next(s(10)), Next::Wait(s(5)));
        let ticket = ask(&mut queue, 15);
        assert!(queue.done(ticket, s(15), true));
        assert_eq!(queue.next(s(15)), Next::Wait(s(20)));
        let ticket = ask(&mut queue, 35);
        assert_eq!(ticket.tried, 2);
        assert!(!queue.done(ticket, s(35), true));
        assert_eq!(queue.next(s(99)), Next::Empty);
    }
}
