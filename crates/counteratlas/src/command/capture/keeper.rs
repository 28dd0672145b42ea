//! Puts what was received where it stays: bytes first, then the operations that name them, several as one entry.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::Result;
use edition::Follower;
use ledger::archive::{Blobs, Digest};
use model::{Anchor, CaptureText, Id, Operation, OperationNumber, Place, Reference};

use super::taken::Taken;
use crate::appending::in_turn;
use crate::atlas::Atlas;
use crate::command::import::append;
use crate::report::{out, say};
use crate::witnessing::after_append;

/// An entry is written when so many operations wait for it, or the first of them has waited so long.
const MANY: usize = 32;
const LONG: Duration = Duration::from_secs(10);
/// Or so many bytes are held.
const MUCH: usize = 64 << 20;

/// Keeps captures.
pub struct Keeper<'a> {
    atlas: &'a Atlas,
    follower: Follower,
    archive: Blobs,
    author: &'a str,
    /// Bytes that the operations name.
    bytes: Vec<Vec<u8>>,
    operations: Vec<Operation>,
    /// What is told of each operation once it has its number.
    lines: Vec<String>,
    since: Instant,
    /// The captures that have their number, with the digest of what is kept.
    kept: Vec<(OperationNumber, [u8; 32])>,
    /// What evidence quotes, by source.
    quotes: BTreeMap<Id, Vec<(OperationNumber, String)>>,
}

/// Where these quotes stand in the words of the capture at `place` of the entry to come.
pub fn anchors<'q>(
    words: &CaptureText,
    quotes: impl Iterator<Item = (OperationNumber, &'q str)>,
    place: u32,
) -> impl Iterator<Item = Operation> {
    quotes.filter_map(move |(evidence, quote)| {
        let Place { start, end, page } = words.find(quote)?;
        let (evidence, capture) = (Reference::There(evidence), Reference::Here(place));
        Some(Operation::Anchor(Anchor { evidence, capture, start, end, page }))
    })
}

impl<'a> Keeper<'a> {
    /// Keeps for this atlas, in this role's name. Fails at once if the key can't be read: not after an hour of asking.
    pub fn new(atlas: &'a Atlas, follower: Follower, author: &'a str) -> Result<Self> {
        atlas.signing_key()?;
        let archive = atlas.archive();
        let since = Instant::now();
        let mut quotes: BTreeMap<Id, Vec<(OperationNumber, String)>> = BTreeMap::new();
        for (source, evidence, quote) in follower.state().quotes() {
            quotes.entry(source.clone()).or_default().push((evidence, quote.text().to_owned()));
        }
        let (bytes, operations, lines, kept) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { atlas, follower, archive, author, bytes, operations, lines, since, kept, quotes })
    }

    /// The captures that were written, with the digest of what is kept of each.
    pub fn kept(&self) -> Vec<(OperationNumber, [u8; 32])> {
        self.kept.clone()
    }

    /// Keeps bytes with an operation that names them.
    pub fn attach(&mut self, bytes: Vec<u8>, operation: Operation, line: String) {
        self.bytes.push(bytes);
        self.add(operation, line);
    }

    /// Keeps one; gives its place in the entry to come.
    pub fn keep(&mut self, taken: Taken) -> u32 {
        let Taken { capture, bytes, words, note } = taken;
        self.bytes.extend(bytes);
        if !note.is_empty() {
            say(&format!("{}: {note}", capture.url));
        }
        let (grade, digest) = (capture.grade, Digest(capture.kept.digest));
        let line = format!("{}\t{}\t{digest}\t{}", grade.word(), capture.reason, capture.url);
        let source = capture.source.clone();
        let place = self.add(Operation::Capture(Box::new(capture)), line);
        let quotes = source.and_then(|source| self.quotes.get(&source)).cloned().unwrap_or_default();
        let quotes = quotes.iter().map(|(evidence, quote)| (*evidence, quote.as_str()));
        let anchors: Vec<Operation> = words.iter().flat_map(|words| anchors(words, quotes.clone(), place)).collect();
        for anchor in anchors {
            self.add(anchor, String::new());
        }
        place
    }

    /// Adds an operation; the line is printed behind its number. Gives its place in the entry to come.
    pub fn add(&mut self, operation: Operation, line: String) -> u32 {
        if self.operations.is_empty() {
            self.since = Instant::now();
        }
        self.operations.push(operation);
        self.lines.push(line);
        u32::try_from(self.operations.len() - 1).expect("invariant: an entry is written before it is large")
    }

    /// Writes an entry if it is time; true if it did.
    pub fn settle_if_due(&mut self) -> Result<bool> {
        let bytes: usize = self.bytes.iter().map(Vec::len).sum();
        let due = self.operations.len() >= MANY || self.since.elapsed() >= LONG || bytes >= MUCH;
        if due { self.settle() } else { Ok(false) }
    }

    /// Another process may have destroyed a capture of the same bytes between the two: what is named now stays.
    fn put_again(&self, bytes: &[Vec<u8>]) -> Result<()> {
        let lost = |bytes: &&Vec<u8>| matches!(self.archive.get(&Digest::of(bytes)), Ok(None));
        let lost: Vec<&[u8]> = bytes.iter().filter(lost).map(Vec::as_slice).collect();
        self.archive.put(&lost).map(drop).map_err(Into::into)
    }

    /// Writes what waits; true if anything did.
    pub fn settle(&mut self) -> Result<bool> {
        if self.operations.is_empty() {
            return Ok(false);
        }
        // Bytes first: what the ledger names is there.
        let bytes = std::mem::take(&mut self.bytes);
        self.archive.put(&bytes.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
        let append = |follower: &Follower| Ok(append(self.atlas, follower, self.author, self.operations.clone()));
        let (entry, _) = in_turn(&mut self.follower, append)?;
        self.put_again(&bytes)?;
        let lines = self.lines.drain(..).enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
            out(&format!("e{entry}-{number}\t{line}"));
        }
        let entry = u32::try_from(entry).unwrap_or(u32::MAX);
        for (operation, made) in (0..).zip(self.operations.drain(..)) {
            if let Operation::Capture(capture) = made {
                self.kept.push((OperationNumber { entry, operation }, capture.kept.digest));
            }
        }
        self.follower.follow()?;
        after_append(self.atlas.folder(), self.follower.ledger());
        Ok(true)
    }
}
