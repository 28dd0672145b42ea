//! The import: files in, the operations of one entry out, all or nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use edition::State;
use model::{OperationNumber, Origin, Problem, Vocabulary, Where};
use sha2::{Digest, Sha256};

use crate::check::check;
use crate::detect::{self, Format};
use crate::diff::{Entry, diff};
use crate::facts::Facts;
use crate::outcome::{InputFile, Options, Outcome, Progress, Refusal};
use crate::table::{Table, decode};
use crate::{aspi, lists, native, stories};

/// Reads files and says which operations bring the ledger up to them.
///
/// `state` is what is live now; the operations are for its next entry. With any error among the
/// problems there are no operations. The same files again give none either.
pub fn import(
    files: &[InputFile],
    options: &Options,
    vocabulary: &Vocabulary,
    state: &State,
    progress: &mut dyn FnMut(Progress),
) -> Outcome {
    let mut run = Run {
        options,
        vocabulary,
        entry: u32::try_from(state.entries()).unwrap_or(u32::MAX),
        state: Cow::Borrowed(state),
        files: files.iter().map(|f| f.shown.clone()).collect(),
        outcome: Outcome::default(),
        refused: BTreeMap::new(),
        reviewed: BTreeSet::new(),
        applied: 0,
        progress,
    };
    let groups = run.groups(files);
    run.all(groups);
    run.outcome.refused = run.refused.iter().map(|(why, count)| (why.reason().to_owned(), *count)).collect();
    if run.outcome.has_errors() {
        run.outcome.operations.clear();
        run.outcome.changes = Default::default();
    }
    run.outcome
        .problems
        .sort_by(|a, b| (&a.at.file, a.at.line, a.at.column).cmp(&(&b.at.file, b.at.line, b.at.column)));
    run.outcome
}

/// Files that together are one dataset.
struct Group<'f> {
    dataset: String,
    format: Format,
    members: Vec<(u32, &'f InputFile)>,
}

struct Run<'a> {
    options: &'a Options,
    vocabulary: &'a Vocabulary,
    entry: u32,
    /// What is live, with what this import adds as soon as a later dataset must see it.
    state: Cow<'a, State>,
    files: Vec<String>,
    outcome: Outcome,
    refused: BTreeMap<Refusal, u64>,
    /// Names that a person has found to be organisations'.
    reviewed: BTreeSet<String>,
    /// Operations that `state` already knows.
    applied: usize,
    progress: &'a mut dyn FnMut(Progress),
}

impl Run<'_> {
    fn groups<'f>(&mut self, files: &'f [InputFile]) -> Vec<Group<'f>> {
        // Lists come in the vocabulary's order, so that what is made first does not hang on file names.
        let mut groups: BTreeMap<(Format, usize, String), Group<'f>> = BTreeMap::new();
        for (number, file) in (0..).zip(files) {
            let Some((format, list)) = self.format_of(file) else { continue };
            let rank =
                self.vocabulary.lists.iter().position(|l| Some(&l.list_id) == list.as_ref()).unwrap_or(usize::MAX);
            let dataset = dataset(format, &file.label, list.as_deref());
            let group = groups.entry((format, rank, dataset.clone())).or_insert_with(|| Group {
                dataset,
                format,
                members: Vec::new(),
            });
            group.members.push((number, file));
        }
        groups.into_values().collect()
    }

    /// The file's format by its header or by the option, and the list it holds.
    fn format_of(&mut self, file: &InputFile) -> Option<(Format, Option<String>)> {
        let text = decode(&file.shown, &file.bytes).map_err(|p| self.outcome.problems.push(p)).ok()?;
        if stories::is_story(&file.label) {
            return Some((Format::Stories, None));
        }
        let mut ignored = Vec::new();
        let table = Table::open(&file.shown, 0, &text, &mut self.outcome.problems)?;
        let guessed = detect::format(&table);
        if table.columns() == [detect::REVIEWED] {
            let mut rows = table.rows();
            while let Some(row) = rows.next(&mut self.outcome.problems) {
                self.reviewed.insert(row.get(detect::REVIEWED).to_owned());
            }
            return None;
        }
        let mut first_list = || table.rows().next(&mut ignored).map(|row| row.get("list_id").to_owned());
        match self.options.format.or(guessed) {
            Some(Format::Native) if detect::native_table(&table).is_none() => {
                self.unknown(file, "none of our own tables has these columns");
                None
            }
            Some(Format::Lists) => Some((Format::Lists, first_list())),
            Some(format) => Some((format, None)),
            None => {
                self.unknown(file, "no known format has these columns");
                None
            }
        }
    }

    fn unknown(&mut self, file: &InputFile, what: &str) {
        let at = Where { file: file.shown.clone(), line: 1, column: 0 };
        let hint =
            "known formats are the native tables, the ASPI export and the restricted lists; name one with `--format`";
        self.outcome.problems.push(Problem::error(at, what).hint(hint));
    }

    /// Our own tables may name each other's records across folders, so they are checked together;
    /// the other formats look for the items that are there once these are in.
    fn all(&mut self, groups: Vec<Group<'_>>) {
        let (native, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.format == Format::Native);
        let facts: Vec<Facts> = native.iter().map(|g| self.read(g)).collect();
        let last = others.len();
        self.take(facts, last > 0);
        for (i, group) in others.iter().enumerate() {
            let facts = self.read(group);
            self.take(vec![facts], i + 1 < last);
        }
    }

    fn read(&mut self, group: &Group<'_>) -> Facts {
        (self.progress)(Progress { step: "reading", done: 0, of: 0 });
        let origin = Origin {
            dataset: group.dataset.as_str().into(),
            format: group.format.word().into(),
            digest: digest(group),
        };
        let texts: Vec<_> = group.members.iter().map(|(n, file)| (*n, decode(&file.shown, &file.bytes).ok())).collect();
        if group.format == Format::Stories {
            let files: Vec<_> =
                texts.iter().map(|(n, text)| (*n, self.files[*n as usize].as_str(), text.as_deref())).collect();
            return stories::read(origin, &files, &mut self.outcome.problems);
        }
        // What is wrong with a header was reported when the format was told.
        let mut again = Vec::new();
        let mut tables = Vec::new();
        for (number, text) in texts.iter().filter_map(|(n, t)| Some((*n, t.as_deref()?))) {
            tables.extend(Table::open(&self.files[number as usize], number, text, &mut again));
        }
        let (vocabulary, state, options) = (self.vocabulary, &*self.state, self.options);
        let (problems, refused) = (&mut self.outcome.problems, &mut self.refused);
        match group.format {
            Format::Native => native::read(origin, &tables, vocabulary, state, problems, refused),
            Format::Lists => {
                let reviewed = &self.reviewed;
                lists::read(
                    &mut lists::Reading { vocabulary, state, options, reviewed, problems, refused },
                    origin,
                    &tables,
                )
            }
            Format::Aspi => {
                let progress = &mut *self.progress;
                let names: Vec<&str> = group.members.iter().map(|(_, f)| f.label.as_str()).collect();
                aspi::read(
                    &mut aspi::Reading { vocabulary, state, options, problems, refused, progress },
                    origin,
                    &tables,
                    &names,
                )
            }
            Format::Stories => Facts::new(origin, Default::default()),
        }
    }

    fn take(&mut self, all: Vec<Facts>, more: bool) {
        (self.progress)(Progress { step: "comparing", done: 0, of: 0 });
        check(&all, &self.state, self.vocabulary, &self.files, &mut self.outcome.problems);
        let count = all.len();
        for (i, facts) in all.into_iter().enumerate() {
            let outcome = &mut self.outcome;
            let entry = Entry {
                number: self.entry,
                files: &self.files,
                operations: &mut outcome.operations,
                changes: &mut outcome.changes,
                problems: &mut outcome.problems,
            };
            diff(facts, &self.state, self.options, entry);
            if more || i + 1 < count {
                self.apply();
            }
        }
    }

    fn apply(&mut self) {
        let entry = self.entry;
        let new = &self.outcome.operations[self.applied..];
        if new.is_empty() {
            return;
        }
        let state = self.state.to_mut();
        for (operation, number) in new.iter().zip((0..).skip(self.applied)) {
            state.apply(OperationNumber { entry, operation: number }, operation.clone());
        }
        self.applied = self.outcome.operations.len();
    }
}

/// A name that stays the same when the same data comes again, on this machine or another.
fn dataset(format: Format, label: &str, list: Option<&str>) -> String {
    match (format, list) {
        (Format::Aspi, _) => "aspi-export".to_owned(),
        (Format::Lists, Some(list)) => format!("list/{list}"),
        (Format::Lists, None) => "list".to_owned(),
        (Format::Native | Format::Stories, _) => folder(label),
    }
}

/// The last two folders of a path.
fn folder(label: &str) -> String {
    let path = label.replace('\\', "/");
    let mut parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty() && *p != "." && *p != "..").collect();
    parts.pop();
    match parts.len() {
        0 => "files".to_owned(),
        n => parts[n.saturating_sub(2)..].join("/"),
    }
}

/// SHA-256 of the only file's bytes, or of the names and digests of several.
fn digest(group: &Group<'_>) -> [u8; 32] {
    let of = |bytes: &[u8]| -> [u8; 32] { Sha256::digest(bytes).into() };
    if let [(_, file)] = group.members[..] {
        return of(&file.bytes);
    }
    let name = |file: &InputFile| file.label.rsplit('/').next().unwrap_or_default().to_owned();
    let mut parts: Vec<_> = group.members.iter().map(|(_, f)| (name(f), of(&f.bytes))).collect();
    parts.sort();
    let mut hash = Sha256::new();
    for (name, digest) in parts {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name.as_bytes());
        hash.update(digest);
    }
    hash.finalize().into()
}
