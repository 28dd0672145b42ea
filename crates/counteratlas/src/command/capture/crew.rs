//! Several addresses asked at a time, each by a process apart, and what came read by another.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use anyhow::Result;
use desk::capture::read::{Document, Hint, Unread};
use desk::capture::{self, Fetched, Job, Next, Queue, Ticket};
use indicatif::ProgressBar;
use model::Id;

use super::seconds;
use super::taken::read_apart;
use crate::apart::{self, Role};
use crate::args::Manners;
use crate::own;

/// An address to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The address.
    pub url: String,
    /// The source that it is of.
    pub source: Option<Id>,
}

/// What came of an address.
pub enum Came {
    /// Bytes, and what they say.
    Received(Box<Fetched>, Result<Document, Unread>),
    /// Nothing; for the operator, why.
    Nothing(String),
}

/// Those who ask.
pub struct Crew {
    manners: Manners,
    exceptions: Vec<SocketAddr>,
    polite: capture::Manners,
    own: Vec<String>,
}

impl Crew {
    /// A crew with these manners, which may also ask these servers.
    pub fn new(manners: &Manners, exceptions: Vec<SocketAddr>) -> Result<Self> {
        let polite = capture::Manners {
            pause: seconds(manners.pause)?,
            tries: manners.tries.max(1),
            patience: seconds(manners.patience)?,
        };
        Ok(Self { manners: manners.clone(), exceptions, polite, own: own::words(&manners.own) })
    }

    /// Asks for all of them and tells each as it comes. An error ends it.
    pub fn work(&mut self, wanted: &[Wanted], mut tell: impl FnMut(&Wanted, Came) -> Result<()>) -> Result<()> {
        let bar = self.bar(wanted.len());
        let queue = Mutex::new(Queue::new(self.polite, wanted.iter().map(|one| host(&one.url))));
        let begun = Instant::now();
        std::thread::scope(|scope| {
            let (send, come) = mpsc::channel();
            for _ in 0..self.manners.jobs.clamp(1, 64) {
                let (send, queue, crew) = (send.clone(), &queue, &*self);
                scope.spawn(move || crew.ask(wanted, queue, begun, &send));
            }
            drop(send);
            for (number, came) in come {
                let one: &Wanted = &wanted[number];
                bar.suspend(|| tell(one, came)).inspect_err(|_| *lock(&queue) = Queue::new(self.polite, []))?;
                bar.inc(1);
            }
            bar.finish_and_clear();
            Ok(())
        })
    }

    fn bar(&self, of: usize) -> ProgressBar {
        let shown = !self.manners.quiet && std::io::stderr().is_terminal();
        if shown { ProgressBar::new(of as u64) } else { ProgressBar::hidden() }
    }

    fn ask(&self, wanted: &[Wanted], queue: &Mutex<Queue>, begun: Instant, send: &mpsc::Sender<(usize, Came)>) {
        loop {
            let next = lock(queue).next(begun.elapsed());
            match next {
                Next::Empty => return,
                Next::Wait(time) => std::thread::sleep(time.min(Duration::from_millis(200))),
                Next::Ask(ticket) => {
                    let number = ticket.job;
                    let came = self.one(&wanted[number].url);
                    let ended = !self.again(queue, ticket, begun, &came);
                    if ended && send.send((number, came)).is_err() {
                        return;
                    }
                }
            }
        }
    }

    /// Ends a visit; true if the address will be asked again.
    fn again(&self, queue: &Mutex<Queue>, ticket: Ticket, begun: Instant, came: &Came) -> bool {
        let failed = match came {
            Came::Received(fetched, _) => {
                fetched.reason == "silent" || matches!(fetched.status, 429 | 500 | 502 | 503 | 504)
            }
            Came::Nothing(why) => !why.starts_with(REFUSED),
        };
        lock(queue).done(ticket, begun.elapsed(), failed)
    }

    fn one(&self, url: &str) -> Came {
        match self.fetched(url) {
            Err(error) => Came::Nothing(format!("{error:#}")),
            Ok(fetched) if fetched.warc.is_empty() && fetched.reason == "refused" => {
                Came::Nothing(format!("{REFUSED}: {}", fetched.trouble))
            }
            Ok(fetched) if fetched.warc.is_empty() => Came::Nothing(fetched.trouble),
            Ok(fetched) => {
                let hint = Hint {
                    name: String::new(),
                    media_type: fetched.media_type.clone(),
                    charset: fetched.charset.clone(),
                };
                let document = match fetched.body.is_empty() {
                    true => Err(Unread::Kind("nothing".into())),
                    false => read_apart(&fetched.body, &hint),
                };
                Came::Received(Box::new(fetched), document)
            }
        }
    }

    fn fetched(&self, url: &str) -> Result<Fetched> {
        let manners = &self.manners;
        let (vantage, own) = (manners.vantage.clone(), self.own.clone());
        let job = Job { vantage, requisites: manners.requisites, own, ..Job::new(url) };
        let task = capture::write_job(&job, &self.exceptions);
        let answer = apart::run(Role::Fetch, task, Duration::from_secs(600))?;
        Ok(capture::read_fetched(&answer)?)
    }
}

/// Before the reason why the guard let nobody go there.
const REFUSED: &str = "refused";

fn lock(queue: &Mutex<Queue>) -> std::sync::MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What stands between `://` and the path: near enough for taking turns.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase()
}
