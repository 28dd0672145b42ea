//! Embargoes: values that are committed to today and read later. Until then they lie in a vault, a storage of its own of
//! which no copy of the ledger and no reader has anything; the ledger holds their commitments alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::error::LedgerError;
use crate::layout::{File, SEGMENTS};
use crate::ledger::Ledger;
use crate::operation::{OperationId, commitment};
use crate::read::{each_part, each_raw, visit_segment};
use crate::redact::Redact;
use crate::segment::{Flaw, Header, Raw, Records, SegmentWriter};
use crate::storage::{Storage, StorageError, Transaction};

/// A file of the vault that changes with every entry in it: swapping it makes durable what was written before.
const NEWEST: &str = "newest";

/// A vault that is being filled. It holds the vault's lock from beginning to end.
pub(crate) struct Vault<'a> {
    storage: &'a dyn Storage,
    tx: Box<dyn Transaction + 'a>,
    open: u8,
}

impl<'a> Vault<'a> {
    /// Takes the lock, and removes what a writer left whose entry, from `size` on, never came to be.
    pub fn begin(storage: &'a dyn Storage, open: u8, size: u64) -> Result<Self, LedgerError> {
        let mut tx = storage.begin()?;
        for path in storage.list(SEGMENTS)? {
            if matches!(File::parse(&path), Some(File::Segment { entry, .. }) if entry >= size) {
                tx.remove(&path)?;
            }
        }
        Ok(Self { storage, tx, open })
    }

    pub fn storage(&self) -> &'a dyn Storage {
        self.storage
    }

    /// Keeps a segment, and gives what the ledger may hold of it.
    pub fn keep(&mut self, file: File, bytes: &[u8]) -> Result<Vec<u8>, LedgerError> {
        self.tx.create(&file.to_string(), bytes)?;
        rewrite(file, bytes, |_, raw| match raw.kind == self.open {
            true => raw,
            false => Raw { kind: 0, value: None, sealed: true, ..raw },
        })
    }

    /// Has everything that was kept on the disk.
    pub fn settle(&mut self, entry: u64) -> Result<(), LedgerError> {
        let before = self.storage.read(NEWEST)?;
        self.tx.swap(NEWEST, before.as_deref(), format!("{entry}\n").as_bytes())?;
        Ok(())
    }
}

impl Ledger {
    /// Puts the sealed values of an entry into their place, out of the vault, or out of any copy of the ledger in which
    /// they are open. Nothing is taken on trust: every value has to open the commitment that was published when it was
    /// sealed. Gives how many were put in; none, if it was done before. The vault stays as it is: see [`forget`].
    ///
    /// # Errors
    /// [`LedgerError::Missing`] and [`LedgerError::Damaged`] for what the vault does not hold, or holds otherwise; then
    /// the segment at hand stays sealed.
    pub fn unseal(&self, entry: u64, from: &dyn Storage) -> Result<u32, LedgerError> {
        let (storage, entry) = (self.storage(), self.entry(entry)?);
        let mut tx = storage.begin()?;
        let mut count = 0;
        each_part(storage, &entry, |file, bytes| {
            let (end, sealed) = sealed_in(file, bytes)?;
            if !sealed.is_empty() {
                let path = file.to_string();
                let vault = from.read(&path)?.ok_or_else(|| LedgerError::missing(format!("sealed/{path}")))?;
                let whole = merged(file, bytes, &vault)?;
                if !tx.swap(&path, Some(bytes), &whole)? || storage.read(&path)?.as_ref() != Some(&whole) {
                    let what = "it is not what was just written";
                    return Err(LedgerError::damaged(file, 0..whole.len() as u64, what));
                }
                // A crash here: these values can be read, the others are sealed still; the next run does the rest.
                count += sealed.len() as u32;
            }
            Ok(end)
        })?;
        Ok(count)
    }

    /// The operations of an entry that are sealed.
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`], [`LedgerError::Damaged`], [`LedgerError::Missing`].
    pub fn sealed(&self, entry: u64) -> Result<Vec<OperationId>, LedgerError> {
        let mut sealed = Vec::new();
        each_raw(self.storage(), &self.entry(entry)?, |operation, raw| {
            sealed.extend(raw.sealed.then_some(OperationId { entry, operation }));
        })?;
        Ok(sealed)
    }

    /// Destroys the sealed values of an entry that will never be read: in the vault, and then the ledger says so. Doing
    /// it again does nothing. Write the reason down first, as an operation.
    ///
    /// # Errors
    /// [`LedgerError::NoSuch`], [`LedgerError::Damaged`], [`LedgerError::Missing`], [`LedgerError::Storage`].
    pub fn abandon(&self, entry: u64, vault: &dyn Storage) -> Result<u32, LedgerError> {
        forget(vault, entry)?;
        let sealed = self.sealed(entry)?;
        let doomed = sealed.iter().map(|id| id.operation).collect();
        let entries = [(entry, (self.entry(entry)?, doomed))].into();
        Ok(Redact::begin(self.storage())?.run(&entries)?.len() as u32)
    }
}

/// Whether a vault holds values of this entry.
///
/// # Errors
/// [`LedgerError::Storage`].
pub fn keeps(vault: &dyn Storage, entry: u64) -> Result<bool, LedgerError> {
    Ok(!kept(vault, entry)?.is_empty())
}

/// Removes an entry's values from the vault, once they are in their place or shall never be.
///
/// # Errors
/// [`LedgerError::Storage`].
pub fn forget(vault: &dyn Storage, entry: u64) -> Result<(), LedgerError> {
    let paths = kept(vault, entry)?;
    if paths.is_empty() {
        return Ok(());
    }
    let mut tx = vault.begin()?;
    paths.iter().try_for_each(|path| tx.remove(path))?;
    Ok(paths.iter().try_for_each(|path| tx.settle(path))?)
}

fn kept(vault: &dyn Storage, entry: u64) -> Result<Vec<String>, LedgerError> {
    let of_entry = |path: &String| matches!(File::parse(path), Some(File::Segment { entry: at, .. }) if at == entry);
    Ok(vault.list(SEGMENTS)?.into_iter().filter(of_entry).collect())
}

/// A ledger's files with those values put in that a vault holds, for whoever may read them before their day.
pub struct Unsealed {
    storage: Arc<dyn Storage>,
    vault: Arc<dyn Storage>,
}

impl Unsealed {
    /// The files of this ledger and this vault together.
    pub fn new(storage: Arc<dyn Storage>, vault: Arc<dyn Storage>) -> Self {
        Self { storage, vault }
    }
}

impl Storage for Unsealed {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let held = self.storage.read(path)?;
        let (Some(bytes), Some(file @ File::Segment { .. })) = (&held, File::parse(path)) else { return Ok(held) };
        // A vault that does not fit leaves the values sealed; whoever needs them is told by `unseal`.
        let vault = self.vault.read(path)?;
        Ok(vault.and_then(|vault| merged(file, bytes, &vault).ok()).or(held))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        self.storage.list(folder)
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        let source = std::io::Error::from(std::io::ErrorKind::ReadOnlyFilesystem);
        Err(StorageError::Io { action: "write to", path: "a ledger whose seals are lifted".into(), source })
    }
}

/// Which operations of a segment are sealed, and which operation comes behind it.
fn sealed_in(file: File, bytes: &[u8]) -> Result<(u64, BTreeSet<u32>), LedgerError> {
    let mut sealed = BTreeSet::new();
    let end = visit_segment(file, bytes, &mut |operation, raw: Raw<'_>| {
        sealed.extend(raw.sealed.then_some(operation));
    });
    Ok((end.map_err(|flaw| LedgerError::damaged(file, flaw.range, flaw.what))?, sealed))
}

/// The segment with its sealed values put in from the same segment of the vault.
fn merged(file: File, bytes: &[u8], vault: &[u8]) -> Result<Vec<u8>, LedgerError> {
    let hidden = format!("sealed/{file}");
    let damaged = |flaw: Flaw| LedgerError::damaged(&hidden, flaw.range, flaw.what);
    let header = Header::decode(vault).map_err(damaged)?;
    let values: Vec<_> = Records::new(vault, &header).collect::<Result<_, _>>().map_err(damaged)?;
    let mut missing = None;
    let merged = rewrite(file, bytes, |operation, raw| {
        if !raw.sealed {
            return raw;
        }
        let place = operation.checked_sub(header.first).and_then(|place| values.get(place as usize));
        let opens = |kept: &&Raw<'_>| match kept.value {
            Some((salt, value)) => commitment(kept.kind, salt, value) == *raw.commitment,
            None => false,
        };
        place.map(|(_, kept)| kept).filter(opens).copied().unwrap_or_else(|| {
            missing.get_or_insert(operation);
            raw
        })
    })?;
    let what = "a sealed value is not the one that was committed to";
    missing.map_or(Ok(merged), |_| Err(LedgerError::damaged(&hidden, 0..vault.len() as u64, what)))
}

/// A segment with its records changed one by one.
fn rewrite<'b>(
    file: File,
    bytes: &'b [u8],
    mut change: impl FnMut(u32, Raw<'b>) -> Raw<'b>,
) -> Result<Vec<u8>, LedgerError> {
    let damaged = |flaw: Flaw| LedgerError::damaged(file, flaw.range, flaw.what);
    let header = Header::decode(bytes).map_err(damaged)?;
    let mut writer = SegmentWriter::new(header.entry, header.first);
    for (operation, record) in (header.first..).zip(Records::new(bytes, &header)) {
        writer.push(change(operation, record.map_err(damaged)?.1));
    }
    Ok(writer.finish())
}
