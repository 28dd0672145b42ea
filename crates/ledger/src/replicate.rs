//! Copying a ledger from somewhere else, taking nothing on trust: every file is derived again from entries and operations
//! whose hashes lead to a checkpoint that the log's key has signed.

use std::collections::BTreeSet;

use crate::checkpoint::Checkpoint;
use crate::entry::Entry;
use crate::error::LedgerError;
use crate::head::read_checkpoint;
use crate::layout::{File, LOG, SEGMENTS, width};
use crate::log::{Log, extend_bundle};
use crate::merkle::{Tree, leaf_hash, root_of};
use crate::note::VerifyingKey;
use crate::operation::commitment;
use crate::public::is_ledger_file;
use crate::read::{each_part, visit_segment};
use crate::storage::{Storage, Transaction};
use crate::tiles::Edge;

/// Takes a segment that was checked.
type Take<'a> = &'a mut dyn FnMut(File, &[u8]) -> Result<(), LedgerError>;

/// Brings `target`, which may be empty, up to the newest checkpoint of `source`, which is only read, file by file. Gives
/// the checkpoint and how many entries were new. An interrupted copy is finished by the next. `keys` follow each other:
/// the last is the one that signs now, the target may still be signed by an earlier one.
///
/// # Errors
/// [`LedgerError::RolledBack`] if the source does not continue what the target holds: it was set back or forked, and the
/// target stays as it was. [`LedgerError::Damaged`] and [`LedgerError::Missing`] for what is wrong with the source.
pub fn replicate(
    source: &dyn Storage,
    target: &dyn Storage,
    keys: &[VerifyingKey],
) -> Result<(Checkpoint, u64), LedgerError> {
    let key = keys.last().ok_or_else(|| LedgerError::Key { what: "no key to check a copy with".into() })?;
    let head = read_checkpoint(source, key)?;
    let head = head.cosigned("", &[]).map_err(|what| LedgerError::damaged(File::Checkpoint, 0..0, what))?;
    let mut tx = target.begin()?;
    let before = target.read(&File::Checkpoint.to_string())?;
    let old = before.as_ref().map(|_| read_by_any(target, keys)).transpose()?;
    let size = old.as_ref().map_or(0, |old| old.size);
    sweep(target, &mut *tx, size)?;
    let entries = continued(source, target, old.as_ref(), &head)?;
    for (number, bytes) in (size..).zip(&entries) {
        let entry = decode(number, bytes)?;
        copy_operations(source, &entry, &mut |file, bytes| put(target, &mut *tx, file, bytes))?;
    }
    let log = Log { storage: target, size };
    let (mut edge, mut bundle) = (log.edge()?, log.last_bundle()?);
    for (number, bytes) in (size..).zip(&entries) {
        for (file, bytes) in grow(&mut edge, &mut bundle, number, bytes) {
            if lasts(file, head.size) {
                put(target, &mut *tx, file, &bytes)?;
            }
        }
    }
    if !tx.swap(&File::Checkpoint.to_string(), before.as_deref(), head.note.as_bytes())? {
        return Err(LedgerError::Moved { size });
    }
    let stated = target.read(&File::Key.to_string())?;
    tx.swap(&File::Key.to_string(), stated.as_deref(), format!("{key}\n").as_bytes())?;
    Ok((head, entries.len() as u64))
}

/// The checkpoint, by the newest of these keys that signed it.
fn read_by_any(storage: &dyn Storage, keys: &[VerifyingKey]) -> Result<Checkpoint, LedgerError> {
    let mut read = keys.iter().rev().map(|key| read_checkpoint(storage, key));
    let first = read.next().unwrap_or_else(|| Err(LedgerError::missing(File::Checkpoint)));
    first.or_else(|error| read.find_map(Result::ok).ok_or(error))
}

/// The entries of the source behind those of the target, if its checkpoint is a continuation.
fn continued(
    source: &dyn Storage,
    target: &dyn Storage,
    old: Option<&Checkpoint>,
    head: &Checkpoint,
) -> Result<Vec<Vec<u8>>, LedgerError> {
    let size = old.map_or(0, |old| old.size);
    if head.size < size {
        return Err(LedgerError::RolledBack { what: format!("it had `{size}` entries and has `{}`", head.size) });
    }
    let mut tree = Log { storage: target, size }.tree(0..size)?;
    if old.is_some_and(|old| old.root != tree.root()) {
        return Err(LedgerError::damaged(File::Checkpoint, 0..0, "the tiles don't have its root"));
    }
    let entries = Log { storage: source, size: head.size }.unchecked(size..head.size)?;
    tree.extend(entries.iter().map(|entry| leaf_hash(entry)));
    if tree.root() == head.root {
        return Ok(entries);
    }
    let what = match size {
        0 => return Err(LedgerError::damaged(File::Checkpoint, 0..0, "the entries don't have its root")),
        _ => format!("its `{}` entries don't begin with the `{size}` that are known", head.size),
    };
    Err(LedgerError::RolledBack { what })
}

/// Mends what is damaged or missing in `target` with the help of `source`, which holds the same log or a beginning of it.
/// `last` is the newest checkpoint that the target's signer remembers. Gives the files that were mended. What the source
/// has not is left as it is: verify afterwards.
///
/// # Errors
/// [`LedgerError::RolledBack`] if both don't hold the same log: then nothing is changed.
pub fn repair(
    source: &dyn Storage,
    target: &dyn Storage,
    key: &VerifyingKey,
    last: Option<Checkpoint>,
) -> Result<Vec<String>, LedgerError> {
    let mut tx = target.begin()?;
    let theirs = read_checkpoint(source, key)?;
    let theirs = theirs.cosigned("", &[]).map_err(|what| LedgerError::damaged(File::Checkpoint, 0..0, what))?;
    let own = read_checkpoint(target, key).ok();
    let newest = [own, last].into_iter().flatten().chain([theirs.clone()]).rev().max_by_key(|head| head.size);
    let head = newest.expect("invariant: the source has a checkpoint");
    let entries = agreed(source, target, &theirs, &head)?;
    let mut mending = Mending { target, tx: &mut *tx, mended: Vec::new() };
    mending.log(&entries, &head)?;
    for (number, bytes) in (0..theirs.size.min(head.size)).zip(&entries) {
        mending.operations(source, &decode(number, bytes)?)?;
    }
    mending.put(File::Key, format!("{key}\n").as_bytes())?;
    mending.put(File::Checkpoint, head.note.as_bytes())?;
    let mended = mending.mended;
    // What has been mended becomes durable with a swap, which replaces the checkpoint by itself.
    tx.swap(&File::Checkpoint.to_string(), Some(head.note.as_bytes()), head.note.as_bytes())?;
    Ok(mended)
}

/// All entries, as the source has them, and behind those as the target has them.
fn agreed(
    source: &dyn Storage,
    target: &dyn Storage,
    theirs: &Checkpoint,
    head: &Checkpoint,
) -> Result<Vec<Vec<u8>>, LedgerError> {
    let mut entries = Log { storage: source, size: theirs.size }.unchecked(0..theirs.size)?;
    let root = |entries: &[Vec<u8>]| root_of(&entries.iter().map(|entry| leaf_hash(entry)).collect::<Vec<_>>());
    if root(&entries) != theirs.root {
        return Err(LedgerError::damaged(File::Checkpoint, 0..0, "the mirror's entries don't have its root"));
    }
    entries.extend(Log { storage: target, size: head.size }.unchecked(theirs.size..head.size)?);
    if root(&entries) != head.root {
        let what = format!("the mirror's `{}` entries are not those of this ledger", theirs.size);
        return Err(LedgerError::RolledBack { what });
    }
    Ok(entries)
}

struct Mending<'a> {
    target: &'a dyn Storage,
    tx: &'a mut dyn Transaction,
    mended: Vec<String>,
}

impl Mending<'_> {
    /// Every bundle and tile that is there, or has to be.
    fn log(&mut self, entries: &[Vec<u8>], head: &Checkpoint) -> Result<(), LedgerError> {
        let listed = self.target.list(&format!("{LOG}tile/"))?;
        let there: BTreeSet<File> = listed.iter().filter_map(|path| File::parse(path)).collect();
        let mut edge = Edge::load(0, |_, _| Err(LedgerError::missing("nothing")))?;
        let mut bundle = Vec::new();
        for (number, bytes) in (0..).zip(entries) {
            for (file, bytes) in grow(&mut edge, &mut bundle, number, bytes) {
                if there.contains(&file) || is_widest(file, head.size) {
                    self.put(file, &bytes)?;
                }
            }
        }
        Ok(())
    }

    /// The segments of an entry, unless they are sound.
    fn operations(&mut self, source: &dyn Storage, entry: &Entry) -> Result<(), LedgerError> {
        if copy_operations(self.target, entry, &mut |_, _| Ok(())).is_ok() {
            return Ok(());
        }
        copy_operations(source, entry, &mut |file, bytes| self.put(file, bytes))
    }

    fn put(&mut self, file: File, bytes: &[u8]) -> Result<(), LedgerError> {
        if self.target.read(&file.to_string()).ok().flatten().as_deref() != Some(bytes) {
            self.tx.remove(&file.to_string())?;
            self.tx.create(&file.to_string(), bytes)?;
            self.mended.push(file.to_string());
        }
        Ok(())
    }
}

/// Adds an entry and gives the bundle and tiles that the longer log has.
fn grow(edge: &mut Edge, bundle: &mut Vec<u8>, number: u64, entry: &[u8]) -> Vec<(File, Vec<u8>)> {
    let index = number / 256;
    let begun = if number.is_multiple_of(256) { Vec::new() } else { std::mem::take(bundle) };
    *bundle = extend_bundle(begun, entry);
    let mut files = vec![(File::Bundle { index, width: width(number + 1, 0, index) }, bundle.clone())];
    files.extend(edge.push(leaf_hash(entry)));
    files
}

/// Whether a log of this size keeps the file: full tiles, and all widths of those that are not full yet.
fn lasts(file: File, size: u64) -> bool {
    match file {
        File::Bundle { index, width: wide } => wide == 256 || width(size, 0, index) < 256,
        File::Tile { level, index, width: wide } => wide == 256 || width(size, level, index) < 256,
        _ => true,
    }
}

fn is_widest(file: File, size: u64) -> bool {
    match file {
        File::Bundle { index, width: wide } => wide == width(size, 0, index),
        File::Tile { level, index, width: wide } => wide == width(size, level, index),
        _ => false,
    }
}

/// Gives every segment of an entry once it is checked, and wants the entry's root of all.
fn copy_operations(source: &dyn Storage, entry: &Entry, take: Take<'_>) -> Result<(), LedgerError> {
    let mut tree = Tree::new();
    each_part(source, entry, |file, bytes| {
        let mut sound = true;
        let end = visit_segment(file, bytes, &mut |_, raw| {
            tree.push(leaf_hash(raw.commitment));
            sound &= raw.value.is_none_or(|(salt, value)| commitment(raw.kind, salt, value) == *raw.commitment);
        });
        let end = end.map_err(|flaw| LedgerError::damaged(file, flaw.range, flaw.what))?;
        let what = "an operation is not the one that was committed to";
        sound.then_some(()).ok_or_else(|| LedgerError::damaged(file, 0..bytes.len() as u64, what))?;
        take(file, bytes)?;
        Ok(end)
    })?;
    let file = File::Segment { entry: entry.number, first: 0 };
    let what = format!("the operations of entry `{}` don't have the entry's root", entry.number);
    (tree.root() == entry.root).then_some(()).ok_or_else(|| LedgerError::damaged(file, 0..0, what))
}

fn decode(number: u64, bytes: &[u8]) -> Result<Entry, LedgerError> {
    let file = File::Bundle { index: number / 256, width: 256 };
    Entry::decode(number, bytes).map_err(|error| LedgerError::damaged(file, 0..0, error))
}

/// Writes a file that only the next checkpoint asks for, whatever an interrupted copy has left in its place.
fn put(target: &dyn Storage, tx: &mut dyn Transaction, file: File, bytes: &[u8]) -> Result<(), LedgerError> {
    let path = file.to_string();
    if target.read(&path)?.as_deref() != Some(bytes) {
        tx.remove(&path)?;
    }
    Ok(tx.create(&path, bytes)?)
}

/// Removes what an interrupted copy has left.
fn sweep(target: &dyn Storage, tx: &mut dyn Transaction, size: u64) -> Result<(), LedgerError> {
    for folder in [LOG, SEGMENTS] {
        for path in target.list(folder)?.iter().filter(|path| !is_ledger_file(path, size)) {
            tx.remove(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{assert_clean, files, key, of_size, put as append, salts};
    use crate::{Ledger, MemStorage, OperationId, SigningKey};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    fn copy(source: &dyn Storage, target: &dyn Storage) -> Result<(u64, u64), LedgerError> {
        replicate(source, target, &[key().verifying_key()]).map(|(head, added)| (head.size, added))
    }

    fn storage(files: BTreeMap<String, Vec<u8>>) -> MemStorage {
        MemStorage::from(files)
    }

    #[test]
    fn a_copy_grows_with_its_source_and_holds_the_same_bytes() {
        let target = MemStorage::new();
        let (mut had, mut salts) = (0, salts());
        let (source, mut ledger) = of_size(1);
        for size in [1u64, 2, 255, 256, 257, 300] {
            while ledger.checkpoint().size < size {
                let text = format!("operation {}", ledger.checkpoint().size);
                append(&mut ledger, "desk", &[&text], &mut salts);
            }
            assert_eq!(copy(&*source, &target).unwrap(), (size, size - had));
            had = size;
            let verdict = assert_clean(&target);
            assert_eq!(verdict.root, Some(ledger.checkpoint().root));
            for (path, bytes) in files(&target) {
                let same = source.read(&path).unwrap();
                assert!(same.is_none() || same.as_ref() == Some(&bytes), "{path}");
            }
        }
        assert_eq!(copy(&*source, &target).unwrap(), (300, 0));
    }

    #[test]
    fn a_source_that_was_set_back_or_forked_is_refused_and_the_copy_stays_as_it_was() {
        let target = MemStorage::new();
        copy(&*of_size(5).0, &target).unwrap();
        let before = files(&target);
        let (fork, mut ledger) = of_size(4);
        append(&mut ledger, "desk", &["another fifth"], &mut salts());
        assert!(matches!(copy(&*fork, &target), Err(LedgerError::RolledBack { .. })));
        append(&mut ledger, "desk", &["a sixth"], &mut salts());
        assert!(matches!(copy(&*fork, &target), Err(LedgerError::RolledBack { .. })));
        assert!(matches!(copy(&*of_size(4).0, &target), Err(LedgerError::RolledBack { .. })));
        assert!(files(&target) == before);
    }

    #[test]
    fn no_changed_cut_or_missing_file_of_a_source_gets_into_a_copy() {
        let (source, ledger) = of_size(3);
        let good = files(&*source);
        let read_by_copy = |path: &str| !path.contains("/tile/0/") && !path.contains(".p/1") && !path.contains(".p/2");
        for path in good.keys().filter(|path| read_by_copy(path) && !path.ends_with("key.pub")) {
            for change in 0..3 {
                let mut bad = good.clone();
                match change {
                    0 => drop(bad.remove(path)),
                    1 => bad.get_mut(path).unwrap().truncate(7),
                    _ => *bad.get_mut(path).unwrap().last_mut().unwrap() ^= 1,
                }
                let target = MemStorage::new();
                assert!(copy(&storage(bad), &target).is_err(), "{path} {change}");
                assert!(target.read("log/checkpoint").unwrap().is_none(), "{path} {change}");
                // The next copy of the good source sweeps away what the bad one has left.
                assert_eq!(copy(&*source, &target).unwrap().0, 3);
                assert_eq!(assert_clean(&target).root, Some(ledger.checkpoint().root));
            }
        }
    }

    #[test]
    fn another_key_s_log_is_no_source() {
        let other = SigningKey::generate(key().name(), [9; 32]).unwrap().verifying_key();
        assert!(replicate(&*of_size(1).0, &MemStorage::new(), &[other]).is_err());
    }

    fn mended(files: BTreeMap<String, Vec<u8>>, source: &dyn Storage) -> (MemStorage, Vec<String>) {
        let target = storage(files);
        let mended = repair(source, &target, &key().verifying_key(), None).unwrap();
        (target, mended)
    }

    #[test]
    fn whatever_file_is_damaged_or_missing_is_mended_and_nothing_else_is_touched() {
        let (source, _) = of_size(300);
        let good = files(&*source);
        let chosen = |path: &&String| {
            let small = path.starts_with("segments/") && !path.contains("segments/007");
            !small && (!path.contains(".p/") || path.ends_with("/44") || path.ends_with(".p/1"))
        };
        for path in good.keys().filter(chosen) {
            for change in 0..3 {
                let mut bad = good.clone();
                match change {
                    0 => drop(bad.remove(path)),
                    1 => bad.get_mut(path).unwrap().truncate(5),
                    _ => bad.get_mut(path).unwrap()[3] ^= 0x40,
                }
                let (target, list) = mended(bad, &*source);
                // Only the widest form of a tile has to be there.
                let gone = change == 0 && path.ends_with("001.p/1");
                assert_eq!(list, if gone { vec![] } else { vec![path.clone()] }, "{path} {change}");
                assert!(gone || files(&target) == good, "{path} {change}");
            }
        }
        assert_eq!(mended(good, &*source).1, [""; 0]);
    }

    #[test]
    fn a_mirror_of_a_beginning_mends_that_beginning() {
        let (source, _) = of_size(4);
        let (_, ledger) = of_size(6);
        let mut bad = files(ledger.storage());
        bad.remove("segments/002-0000000000.seg");
        bad.remove("log/tile/0/000.p/6");
        let (target, list) = mended(bad, &*source);
        assert_eq!(list.len(), 2, "{list:?}");
        assert_eq!(assert_clean(&target).root, Some(ledger.checkpoint().root));
    }

    #[test]
    fn a_mirror_of_another_history_mends_nothing() {
        let (fork, mut ledger) = of_size(4);
        append(&mut ledger, "desk", &["another fifth"], &mut salts());
        let target = storage(files(&*of_size(6).0));
        let before = files(&target);
        let refused = repair(&*fork, &target, &key().verifying_key(), None);
        assert!(matches!(refused, Err(LedgerError::RolledBack { .. })));
        assert!(files(&target) == before);
    }

    #[test]
    fn a_copy_of_a_redacted_ledger_has_the_same_root() {
        let (source, ledger) = of_size(3);
        ledger.redact(&[OperationId { entry: 1, operation: 0 }]).unwrap();
        let target = Arc::new(MemStorage::new());
        copy(&*source, &*target).unwrap();
        assert_eq!(assert_clean(&*target).redacted.len(), 1);
        assert_eq!(Ledger::open(target).unwrap().checkpoint().root, ledger.checkpoint().root);
    }
}
