//! `import`: files of facts become one entry of the ledger, or nothing at all.

mod sealed;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use desk::{InputFile, Options, Outcome};
use edition::{Follower, State};
use indicatif::{ProgressBar, ProgressStyle};
use ledger::{Draft, LedgerError};
use model::{Day, Notice, Operation, Target, Vocabulary};
use serde::Serialize;

use crate::appending::in_turn;
use crate::args::{Format, Import, Report};
use crate::atlas::{Atlas, random, today};
use crate::publication::Guard;
use crate::report::{self, Row, say};
use crate::witnessing::after_append;

/// Reads the files, works out the difference, and appends it.
pub fn run(args: &Import) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let files = read_all(&args.paths)?;
    let options = options(args)?;
    let vocabulary = atlas.vocabulary()?;
    let embargo = args.embargo.as_deref().map(embargo).transpose()?;
    // What is sealed already is known to whoever seals more, so that the same files again are nothing.
    let ledger = if embargo.is_some() { atlas.unsealed()? } else { atlas.ledger()? };
    let mut follower = Follower::open(ledger, vocabulary.clone())?;
    let appended = in_turn(&mut follower, |follower| {
        let mut outcome = work_out(&files, &options, &vocabulary, follower.state(), args.quiet);
        if embargo.is_none() {
            let missing = |state: &State| work_out(&files, &options, &vocabulary, state, true).operations;
            outcome.problems.extend(sealed::told_again(&atlas, follower, &outcome.operations, missing)?);
        }
        guard(&atlas, follower, args, &mut outcome)?;
        let clean = tell(&outcome, args);
        if !clean || args.dry_run || outcome.operations.is_empty() {
            return Ok(Ok(Err(clean)));
        }
        let appended = match embargo {
            None => append(&atlas, follower, &args.author, outcome.operations),
            Some(until) => seal(&atlas, follower, &args.author, (outcome.operations, until)),
        };
        Ok(appended.map(Ok))
    })?;
    let (entry, operations) = match appended {
        Err(clean) => return Ok(clean),
        Ok(appended) => appended,
    };
    say(&format!("appended entry {entry} with {operations} operations"));
    after_append(atlas.folder(), follower.ledger());
    match embargo {
        None => Guard::of(&atlas).after_append(&mut follower),
        Some(until) => {
            say(&format!("they are sealed until {until}; hint: `sealed/` holds them, keep a copy (`backup --sealed`)"));
        }
    }
    Ok(true)
}

fn embargo(text: &str) -> Result<Day> {
    let until = Day::parse(text).with_context(|| format!("`{text}` is not a day; hint: write YYYY-MM-DD"))?;
    (until > today()).then_some(until).with_context(|| format!("`{until}` has come; hint: name a later day"))
}

/// Refuses to withdraw so much that the edition would be held back, unless a reason is given: that is then an operation
/// of the entry.
fn guard(atlas: &Atlas, follower: &Follower, args: &Import, outcome: &mut Outcome) -> Result<()> {
    let takes = |operation: &Operation| match operation {
        Operation::Withdraw { target, .. } => !matches!(target, Target::Claim(_) | Target::Evidence(_)),
        _ => false,
    };
    if args.embargo.is_some() || !outcome.operations.iter().any(takes) {
        return Ok(());
    }
    let (problems, since, lost) = Guard::of(atlas).trial(follower, &outcome.operations)?;
    match &args.override_ {
        Some(reason) if !problems.is_empty() => {
            let notice = super::publish::overriding(since, lost, reason)?;
            outcome.operations.push(Operation::Notice(notice));
        }
        _ => {
            let hint = "bring them back, or say why it is right: `--override REASON`";
            outcome.problems.extend(problems.into_iter().map(|problem| problem.hint(hint)));
        }
    }
    Ok(())
}

fn options(args: &Import) -> Result<Options> {
    let as_of = args
        .as_of
        .as_deref()
        .map(|text| Day::parse(text).with_context(|| format!("`{text}` is not a day; hint: write YYYY-MM-DD")));
    let format = args.format.map(|format| match format {
        Format::Native => desk::Format::Native,
        Format::Aspi => desk::Format::Aspi,
        Format::Lists => desk::Format::Lists,
        Format::Stories => desk::Format::Stories,
    });
    Ok(Options { format, withdraw_missing: args.withdraw_missing, as_of: as_of.transpose()?, today: today() })
}

fn work_out(
    files: &[InputFile],
    options: &Options,
    vocabulary: &Arc<Vocabulary>,
    state: &State,
    quiet: bool,
) -> Outcome {
    let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
    let style = ProgressStyle::with_template("{msg:12} [{bar:40}] {human_pos}/{human_len} rows {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut progress = |p: desk::Progress| {
        bar.set_message(p.step);
        bar.set_length(p.of);
        bar.set_position(p.done);
    };
    let outcome = desk::import(files, options, vocabulary, state, &mut progress);
    bar.finish_and_clear();
    outcome
}

/// Appends operations as one entry; gives its number and theirs.
pub fn append(
    atlas: &Atlas,
    follower: &Follower,
    author: &str,
    operations: Vec<Operation>,
) -> Result<(u64, usize), LedgerError> {
    let count = operations.len();
    let key = atlas.signing_key().map_err(|e| LedgerError::Key { what: format!("{e:#}") })?;
    let raw = operations.iter().map(|o| ledger::Operation { kind: o.kind(), bytes: o.to_bytes() });
    let mut salts = || random().expect("the system gives random bytes once it has given the first");
    let draft = Draft { day: today(), author };
    let entry = follower.ledger().clone().append(&key, draft, raw, &mut salts)?;
    Ok((entry, count))
}

/// The same, with everything sealed until a day.
fn seal(
    atlas: &Atlas,
    follower: &Follower,
    author: &str,
    (operations, until): (Vec<Operation>, Day),
) -> Result<(u64, usize), LedgerError> {
    let key = atlas.signing_key().map_err(|e| LedgerError::Key { what: format!("{e:#}") })?;
    let vault = atlas.make_vault().map_err(|e| LedgerError::Refused { what: format!("{e:#}") })?;
    let mut ledger = atlas.ledger().map_err(|e| LedgerError::Refused { what: format!("{e:#}") })?;
    let (known, size) = (follower.ledger().checkpoint(), ledger.checkpoint().size);
    if known != ledger.checkpoint() {
        return Err(LedgerError::Moved { size });
    }
    let raw = |o: &Operation| ledger::Operation { kind: o.kind(), bytes: o.to_bytes() };
    let sealed: Vec<ledger::Operation> = operations.iter().map(raw).collect();
    let (count, notice) = (sealed.len(), raw(&Operation::Notice(Notice::Embargo { until })));
    let mut salts = || random().expect("the system gives random bytes once it has given the first");
    let draft = Draft { day: today(), author };
    let entry = ledger.append_sealed(&key, draft, (sealed, notice), &*vault, &mut salts)?;
    Ok((entry, count))
}

#[derive(Serialize)]
struct Summary<'a> {
    problems: Vec<Row<'a>>,
    refused: &'a std::collections::BTreeMap<String, u64>,
    added: u64,
    changed: u64,
    withdrawn: u64,
    operations: usize,
    changes: &'a [String],
}

/// Reports an outcome; true if it may be written.
fn tell(outcome: &Outcome, args: &Import) -> bool {
    let changes = &outcome.changes;
    let clean = outcome.problems.iter().all(|p| p.severity != model::Severity::Error);
    match args.report {
        Report::Json => report::json(&Summary {
            problems: outcome.problems.iter().map(Row::from).collect(),
            refused: &outcome.refused,
            added: changes.added,
            changed: changes.changed,
            withdrawn: changes.withdrawn,
            operations: outcome.operations.len(),
            changes: if args.dry_run { &changes.lines } else { &[] },
        }),
        Report::Text => tell_people(outcome, args),
    }
    clean
}

fn tell_people(outcome: &Outcome, args: &Import) {
    report::problems(&outcome.problems, Report::Text);
    for (reason, count) in &outcome.refused {
        say(&format!("refused {count} rows: {reason}"));
    }
    let changes = &outcome.changes;
    if args.dry_run {
        changes.lines.iter().for_each(|line| report::out(line));
    }
    let word = if args.dry_run { "would add" } else { "added" };
    let (added, changed, withdrawn) = (changes.added, changes.changed, changes.withdrawn);
    if outcome.problems.iter().any(|p| p.severity == model::Severity::Error) {
        say("nothing was written; hint: mend the errors above and import again");
    } else {
        say(&format!("{word} {added}, changed {changed}, withdrew {withdrawn} records, claims and evidence"));
    }
}

/// Reads every file named, and every `.csv`, `.csv.gz` and `.md` below every folder named, in order of their names.
fn read_all(paths: &[PathBuf]) -> Result<Vec<InputFile>> {
    let mut files = Vec::new();
    for path in paths {
        read(path, &label_start(path)?, &mut files)?;
    }
    if files.is_empty() {
        bail!("no CSV or Markdown file in what was named; hint: name files, or folders that hold `.csv` files");
    }
    Ok(files)
}

/// A file's label: its folder's name and its own, so that it is the same on every machine.
fn label_start(path: &Path) -> Result<String> {
    let whole = fs::canonicalize(path).with_context(|| format!("can't read `{}`", path.display()))?;
    let is_folder = fs::metadata(&whole).with_context(|| format!("can't read `{}`", path.display()))?.is_dir();
    let folder = if is_folder { Some(whole.as_path()) } else { whole.parent() };
    let names: Vec<String> =
        folder.into_iter().flat_map(Path::iter).map(|n| n.to_string_lossy().into_owned()).collect();
    Ok(names[names.len().saturating_sub(2)..].join("/").trim_start_matches('/').to_owned())
}

fn read(path: &Path, label: &str, files: &mut Vec<InputFile>) -> Result<()> {
    if !path.is_dir() {
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let bytes = fs::read(path).with_context(|| format!("can't read `{}`", path.display()))?;
        files.push(InputFile { label: format!("{label}/{name}"), shown: path.display().to_string(), bytes });
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(|| format!("can't read `{}`", path.display()))?;
    let mut paths = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    for below in paths {
        let name = below.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        if below.is_dir() {
            read(&below, &format!("{label}/{name}"), files)?;
        } else if [".csv", ".csv.gz", ".md"].iter().any(|ending| name.ends_with(ending)) {
            read(&below, label, files)?;
        }
    }
    Ok(())
}
