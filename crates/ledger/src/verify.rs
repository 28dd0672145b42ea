//! Verifying: everything is derived again from the bytes in the storage, and what does not fit is named.

mod log;
mod segments;

use model::{Problem, Severity, Where};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use crate::checkpoint::Checkpoint;
use crate::error::LedgerError;
use crate::head::{read_checkpoint, read_key};
use crate::layout::{File, GROUP, LOG, SEGMENTS, width};
use crate::merkle::{Hash, root_of};
use crate::note::VerifyingKey;
use crate::operation::OperationId;
use crate::redact::is_leftover;
use crate::segment::Flaw;
use crate::storage::Storage;
use crate::turns::{Next, Turn, follow};

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The number of entries: the checkpoint's, or if it can't be trusted the number there are entries for.
    pub size: u64,
    /// The root derived from the entries, or from the tiles where an entry is damaged; `None` if neither is whole.
    pub root: Option<Hash>,
    /// The number of operations that could be read, redacted ones included.
    pub operations: u64,
    /// The operations whose value was destroyed. Whoever knows what operations mean must find a decision for each.
    pub redacted: Vec<OperationId>,
    /// The operations whose value lies elsewhere until a day comes. Whoever knows what operations mean must find an
    /// embargo for each.
    pub sealed: Vec<OperationId>,
    /// What is wrong or worth knowing, by file.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether nothing is wrong; notes and warnings are allowed.
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

/// One thing that verifying found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file's path in the ledger.
    pub file: String,
    /// How much it matters.
    pub severity: Severity,
    /// The first byte and the byte behind the last in which the fault lies; `None` if it is about the whole file.
    /// Where bytes are missing the range lies behind the file's end.
    pub range: Option<(u64, u64)>,
    /// What is wrong: lower case, values in backticks, no full stop.
    pub what: String,
    /// What to do; empty when there is nothing to add.
    pub hint: String,
}

impl From<Finding> for Problem {
    fn from(finding: Finding) -> Self {
        let at = Where { file: finding.file, ..Where::default() };
        let bytes = finding.range.map_or(String::new(), |(from, to)| format!("bytes {from}..{to}: "));
        let (severity, hint) = (finding.severity, finding.hint);
        Self { severity, at, what: bytes + &finding.what, hint }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Problem::from(self.clone()).fmt(f)
    }
}

/// Derives everything again from the bytes in the storage: the checkpoint's signature, every entry, tile and root, every
/// operation's commitment, and whether files are missing or too many. `expected` is the public key as the reader
/// knows it from elsewhere; without it the ledger is only checked against the key it states itself.
///
/// Nothing is written and no lock is taken. Storage that can't be read is a finding like any other.
pub fn verify(storage: &dyn Storage, expected: Option<&VerifyingKey>) -> Verdict {
    run(storage, expected, None)
}

/// The same, and that the ledger begins with the entries of a checkpoint that was seen earlier: whoever holds the key
/// can rewrite history so that it fits itself, but not so that it fits what others have kept.
pub fn verify_since(storage: &dyn Storage, expected: Option<&VerifyingKey>, since: &Checkpoint) -> Verdict {
    run(storage, expected, Some(since))
}

fn run(storage: &dyn Storage, expected: Option<&VerifyingKey>, since: Option<&Checkpoint>) -> Verdict {
    let mut check = Check::new(storage);
    // Files first, checkpoint second: what another process appends meanwhile is then not missed.
    let paths = check.list();
    let files: BTreeSet<File> = paths.iter().filter_map(|path| File::parse(path)).collect();
    let head = check.head(expected);
    let size = head.as_ref().map_or_else(|| entries_there(&files), |head| head.size);
    let log = check.log(&files, size, head.map(|head| head.root));
    check.segments(&files, &log.entries);
    check.turns(expected, size);
    check.strangers(&paths, size);
    since.into_iter().for_each(|since| check.since(&log.leaves, since));
    check.findings.sort();
    let Check { findings, operations, redacted, sealed, .. } = check;
    Verdict { size, root: log.root, operations, redacted, sealed, findings }
}

struct Check<'a> {
    storage: &'a dyn Storage,
    findings: Vec<Finding>,
    operations: u64,
    redacted: Vec<OperationId>,
    sealed: Vec<OperationId>,
    turns: Vec<Turn>,
}

impl<'a> Check<'a> {
    fn new(storage: &'a dyn Storage) -> Self {
        let (findings, turns) = (Vec::new(), Vec::new());
        Self { storage, findings, operations: 0, redacted: Vec::new(), sealed: Vec::new(), turns }
    }
}

impl Check<'_> {
    fn list(&mut self) -> Vec<String> {
        let mut paths = Vec::new();
        for folder in [LOG, SEGMENTS] {
            match self.storage.list(folder) {
                Ok(listed) => paths.extend(listed),
                Err(error) => self.error(folder, None, error),
            }
        }
        paths
    }

    /// The checkpoint, if its signature is good.
    fn head(&mut self, expected: Option<&VerifyingKey>) -> Option<Checkpoint> {
        let stated = read_key(self.storage).map_err(|error| self.failed(error)).ok();
        let by = |key: &VerifyingKey| read_checkpoint(self.storage, key);
        match (expected.map(by), stated.as_ref().map(by)) {
            (Some(Ok(head)), _) | (_, Some(Ok(head))) => Some(head),
            (_, Some(Err(error))) | (Some(Err(error)), None) => {
                self.failed(error);
                None
            }
            (None, None) => None,
        }
    }

    /// Whether the key that the ledger states is the one expected, or one to which that has led, change by change.
    fn turns(&mut self, expected: Option<&VerifyingKey>, size: u64) {
        for turn in self.turns.clone() {
            if matches!(turn.next, Next::Log { .. }) && turn.entry + 1 < size {
                self.error(
                    File::Checkpoint,
                    None,
                    format!("entries lie behind the end of the log, entry `{}`", turn.entry),
                );
            }
        }
        let Ok(stated) = read_key(self.storage) else { return };
        let changes = self.turns.iter().filter(|turn| matches!(turn.next, Next::Key(_)));
        let first = changes.clone().next().map_or(&stated, |turn| &turn.old);
        let whole = follow(first, &self.turns);
        let keys = follow(expected.unwrap_or(first), &self.turns);
        let halfway = changes.clone().next_back().is_some_and(|turn| turn.old == stated);
        match (whole, keys) {
            (Ok(_), Ok(keys)) if keys.last() == Some(&stated) => {}
            (Ok(_), Ok(_)) if halfway => {
                let what = "a change of the key is not finished".to_owned();
                self.report(Severity::Warning, ("log/key.pub", None), what, "repeat `counteratlas log rotate-key`");
            }
            (Err(what), _) => self.error(File::Key, None, what),
            _ => {
                let expected = expected.map_or_else(|| "another one".into(), ToString::to_string);
                self.error(File::Key, None, format!("the ledger's key is `{stated}`, expected was `{expected}`"));
            }
        }
    }

    /// Compares with a checkpoint that was seen earlier.
    fn since(&mut self, leaves: &[Option<Hash>], since: &Checkpoint) {
        let size = since.size;
        let first = usize::try_from(size).ok().and_then(|size| leaves.get(..size));
        let Some(first) = first else {
            let what = format!("it had `{size}` entries and has `{}`: it was set back", leaves.len());
            return self.error(File::Checkpoint, None, what);
        };
        let whole: Option<Vec<Hash>> = first.iter().copied().collect();
        if whole.is_none_or(|leaves| root_of(&leaves) != since.root) {
            let what =
                format!("its first `{size}` entries are not those of the earlier checkpoint: history was rewritten");
            self.error(File::Checkpoint, None, what);
        }
    }

    /// Files that no entry asks for.
    fn strangers(&mut self, paths: &[String], size: u64) {
        let crowded = crowded(paths, size);
        for path in paths {
            let place = if crowded.contains(path) { Place::Beyond } else { place(path, size) };
            match place {
                Place::Belongs => {}
                Place::Leftover => self.report(
                    Severity::Note,
                    (path, None),
                    "left by a writer that did not finish".into(),
                    "the next append or redaction removes it",
                ),
                Place::Beyond => self.report(
                    Severity::Error,
                    (path, None),
                    format!("it lies beyond the checkpoint of `{size}` entries"),
                    "the checkpoint may have been set back to an older one",
                ),
                Place::Nowhere => self.error(path, None, "a ledger has no such file"),
            }
        }
    }

    /// A file's bytes; reports if it is not there or can't be read.
    fn read(&mut self, file: File) -> Option<Vec<u8>> {
        match self.storage.read(&file.to_string()) {
            Ok(Some(bytes)) => return Some(bytes),
            Ok(None) => self.failed(LedgerError::missing(file)),
            Err(error) => self.error(file, None, error),
        }
        None
    }

    fn failed(&mut self, error: LedgerError) {
        match error {
            LedgerError::Damaged { file, range, what } => self.error(file, Some(range), what),
            LedgerError::Missing { file } => self.error(file, None, "the file is missing"),
            other => self.error(File::Checkpoint, None, other),
        }
    }

    fn flaw(&mut self, file: File, flaw: Flaw) {
        self.error(file, Some(flaw.range), flaw.what);
    }

    fn error(&mut self, file: impl ToString, range: Option<Range<u64>>, what: impl ToString) {
        self.report(Severity::Error, (&file.to_string(), range), what.to_string(), "");
    }

    fn report(&mut self, severity: Severity, at: (&str, Option<Range<u64>>), what: String, hint: &str) {
        let range = at.1.map(|range| (range.start, range.end));
        self.findings.push(Finding { severity, file: at.0.into(), range, what, hint: hint.into() });
    }
}

enum Place {
    Belongs,
    Leftover,
    Beyond,
    Nowhere,
}

/// Bundles and tiles beyond a log of `size` entries that are there in several forms: one writer that died leaves one.
fn crowded(paths: &[String], size: u64) -> BTreeSet<String> {
    let mut forms: BTreeMap<File, Vec<&String>> = BTreeMap::new();
    for path in paths.iter().filter(|path| matches!(place(path, size), Place::Leftover)) {
        if let Some(file) = File::parse(path).filter(|file| file.width().is_some()) {
            forms.entry(file.full()).or_default().push(path);
        }
    }
    forms.into_values().filter(|forms| forms.len() > 1).flatten().cloned().collect()
}

/// How a file stands to a log of `size` entries.
fn place(path: &str, size: u64) -> Place {
    let now_or_next = |level, index, wide| match wide {
        _ if wide <= width(size, level, index) => Place::Belongs,
        _ if wide <= width(size.saturating_add(GROUP), level, index) => Place::Leftover,
        _ => Place::Beyond,
    };
    match File::parse(path) {
        Some(File::Checkpoint | File::Key) => Place::Belongs,
        Some(File::Bundle { index, width }) => now_or_next(0, index, width),
        Some(File::Tile { level, index, width }) => now_or_next(level, index, width),
        Some(File::Segment { entry, .. }) => match entry {
            _ if entry < size => Place::Belongs,
            _ if entry - size < GROUP => Place::Leftover,
            _ => Place::Beyond,
        },
        None if path == "log/checkpoint.tmp" || is_leftover(path) => Place::Leftover,
        None => Place::Nowhere,
    }
}

/// The number of entries that there are bundles for.
fn entries_there(files: &BTreeSet<File>) -> u64 {
    let ends = files.iter().map(|file| match file {
        File::Bundle { index, width } => index.saturating_mul(256).saturating_add((*width).into()),
        _ => 0,
    });
    ends.max().unwrap_or(0)
}
