//! Suggestions on their way from a form to the inbox: files that wait in memory, questions that keep machines off, and
//! how often one may ask.
//!
//! Words travel in the form itself, so that nothing is lost when something is refused. Of who sends them nothing is
//! kept but, for an hour at most and in memory alone, a keyed hash that counts.

mod held;
mod question;
mod turns;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use model::{Cleaned, Code, Inbox, Receipt, Refused, Standing, Suggestion};

use held::Shelf;
use question::Questions;
pub(crate) use question::{Answered, Question};
pub(crate) use turns::Act;
use turns::Turns;

/// The most bytes of one form with its files.
pub(crate) const LARGEST: usize = 24 << 20;
/// The most files of one suggestion.
pub(crate) const MOST_FILES: usize = 3;
/// The most bytes of one file.
pub(crate) const LARGEST_FILE: usize = 8 << 20;
/// So many forms with files are looked at together; each takes a process.
const MOST_CLEANING: usize = 2;
/// So many suggestions in an hour, from all the world together, where the publisher sets no other number.
pub(crate) const AN_HOUR: u32 = 300;

/// The way to the inbox, where there is one.
pub(crate) struct Suggesting {
    inbox: Option<Arc<dyn Inbox>>,
    shelf: Shelf,
    questions: Questions,
    turns: Turns,
    cleaning: AtomicUsize,
    begun: Instant,
}

/// Why a step was not done.
pub(crate) enum Stopped {
    /// Too much of it lately.
    TooOften,
    /// The inbox says no.
    Refused(Refused),
}

impl Suggesting {
    pub fn new(inbox: Option<Arc<dyn Inbox>>, an_hour: u32) -> Self {
        Self {
            inbox,
            shelf: Shelf::default(),
            questions: Questions::new(random()),
            turns: Turns::new(random(), an_hour),
            cleaning: AtomicUsize::new(0),
            begun: Instant::now(),
        }
    }

    /// Where suggestions go; none in a copy of an atlas.
    pub fn inbox(&self) -> Option<&dyn Inbox> {
        self.inbox.as_deref()
    }

    /// Has files cleaned and keeps them in memory behind those already there. What can't be kept comes back with its
    /// number, from 0, and the reason.
    pub fn keep(&self, peer: Option<IpAddr>, token: &str, files: &[&[u8]]) -> Result<Kept, Stopped> {
        let Some(inbox) = self.inbox() else { return Err(Stopped::Refused(Refused::Broken)) };
        if !self.turn(peer, Act::Clean) {
            return Err(Stopped::TooOften);
        }
        let Some(_place) = Cleaning::begin(&self.cleaning) else { return Err(Stopped::TooOften) };
        let mut all = self.shelf.take(token).unwrap_or_default();
        let mut refused = Vec::new();
        for (number, bytes) in files.iter().enumerate() {
            let cleaned = match bytes.len() {
                _ if all.len() >= MOST_FILES => Err(Refused::Full),
                0..=LARGEST_FILE => inbox.clean(bytes),
                _ => Err(Refused::Size),
            };
            match cleaned {
                Ok(file) => all.push(file),
                Err(why) => refused.push((number, why)),
            }
        }
        let token = self.shelf.put(all).ok_or(Stopped::Refused(Refused::Full))?;
        Ok(Kept { token, refused })
    }

    /// The files of a token; none if they were forgotten.
    pub fn files(&self, token: &str) -> Option<Vec<Cleaned>> {
        self.shelf.get(token)
    }

    /// Forgets the files of a token.
    pub fn drop_files(&self, token: &str) {
        self.shelf.take(token);
    }

    /// A question that a person can answer.
    pub fn ask(&self) -> Question {
        self.questions.ask(random(), self.now())
    }

    /// Whether the question of a token is answered. A right answer counts once.
    pub fn answered(&self, token: &str, answer: &str) -> Answered {
        self.questions.check(token, answer, self.now())
    }

    /// Sends a suggestion.
    pub fn submit(&self, peer: Option<IpAddr>, suggestion: &Suggestion) -> Result<Receipt, Stopped> {
        self.with(peer, Act::Send, |inbox| inbox.submit(suggestion))
    }

    /// How a suggestion stands.
    pub fn status(&self, peer: Option<IpAddr>, code: &Code) -> Result<Standing, Stopped> {
        self.with(peer, Act::Ask, |inbox| inbox.status(code))
    }

    /// Answers a reviewer.
    pub fn answer(&self, peer: Option<IpAddr>, code: &Code, text: &str) -> Result<Standing, Stopped> {
        self.with(peer, Act::Ask, |inbox| inbox.answer(code, text))
    }

    /// Destroys a suggestion.
    pub fn withdraw(&self, peer: Option<IpAddr>, code: &Code) -> Result<(), Stopped> {
        self.with(peer, Act::Ask, |inbox| inbox.withdraw(code))
    }

    fn with<T>(
        &self,
        peer: Option<IpAddr>,
        act: Act,
        done: impl FnOnce(&dyn Inbox) -> Result<T, Refused>,
    ) -> Result<T, Stopped> {
        let inbox = self.inbox().ok_or(Stopped::Refused(Refused::Broken))?;
        if !self.turn(peer, act) {
            return Err(Stopped::TooOften);
        }
        done(inbox).map_err(Stopped::Refused)
    }

    fn turn(&self, peer: Option<IpAddr>, act: Act) -> bool {
        self.turns.allow(peer, act, self.now())
    }

    /// Seconds since the process began: no clock of the world is looked at.
    fn now(&self) -> u64 {
        self.begun.elapsed().as_secs()
    }
}

/// Files that are held, and those that are not.
pub(crate) struct Kept {
    /// The only way back to them.
    pub token: String,
    /// Which of the files that came are not taken, and why.
    pub refused: Vec<(usize, Refused)>,
}

/// A place among the forms whose files are being cleaned.
struct Cleaning<'c>(&'c AtomicUsize);

impl<'c> Cleaning<'c> {
    fn begin(cleaning: &'c AtomicUsize) -> Option<Self> {
        let place = Self(cleaning);
        (cleaning.fetch_add(1, Ordering::Relaxed) < MOST_CLEANING).then_some(place)
    }
}

impl Drop for Cleaning<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Bytes of chance.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("invariant: the system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_forms_with_files_are_looked_at_together() {
        let cleaning = AtomicUsize::new(0);
        let first = Cleaning::begin(&cleaning);
        let second = Cleaning::begin(&cleaning);
        assert!(first.is_some() && second.is_some() && Cleaning::begin(&cleaning).is_none());
        drop(first);
        assert!(Cleaning::begin(&cleaning).is_some());
    }
}
