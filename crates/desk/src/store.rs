//! What the desk keeps while it is not yet decided: one SQLite file beside the ledger, deletable and never published.
//!
//! Two processes use it: `counteratlas desk`, and `counteratlas serve` for what strangers send in. A commit is on the
//! disk before it returns. What is deleted leaves the file: pages are overwritten, and [`Store::scrub`] empties the
//! journal.

mod migrations;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

/// The file in the desk's folder.
const FILE: &str = "desk.sqlite";

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(5);

/// So many connections for reading are kept open.
const READERS: usize = 8;

/// The desk's store. Cheap to share: readers do not wait for each other nor for the writer.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// Why the store can't do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Folder or file can't be made or reached.
    #[error("can't use `{}`: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another process held the store for too long; the same again may work.
    #[error("the desk's store is busy")]
    Busy,
    /// The file was made by another version of the program, or changed by hand.
    #[error("the desk's store does not fit this program: {what}")]
    Foreign {
        /// What does not fit.
        what: String,
    },
    /// What SQLite says.
    #[error("the desk's store failed: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}

impl Store {
    /// Opens the store in a folder such as `ATLAS/desk`; makes both where they are not there yet, for the owner alone.
    ///
    /// # Errors
    /// [`StoreError::File`]; [`StoreError::Foreign`] if the file holds what this program does not know.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        make(folder, &path)?;
        let mut writer = connect(&path)?;
        migrations::bring_up(&mut writer)?;
        Ok(Self { path, writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Whether a folder holds a store.
    pub fn exists(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Reads; everything that `work` sees is of one moment.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let kept = held(&self.readers).pop();
        let connection = kept.map_or_else(|| connect(&self.path), Ok)?;
        let moment = connection.unchecked_transaction()?;
        let result = work(&moment);
        moment.finish()?;
        let mut readers = held(&self.readers);
        if readers.len() < READERS {
            readers.push(connection);
        }
        result
    }

    /// Writes all that `work` does, or nothing if it gives an error. It is on the disk before this returns.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process held the store for five seconds; those of `work`.
    pub fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = held(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Takes out of the journal what was deleted. Deleted rows are overwritten in the file itself by the deletion.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if someone reads an older moment just now.
    pub fn scrub(&self) -> Result<(), StoreError> {
        let busy: i64 = held(&self.writer).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
    }
}

/// A lock whose holder panicked is whole: a transaction that was not committed is rolled back.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes folder and file so that nobody but their owner can read them, with their names on the disk.
fn make(folder: &Path, path: &Path) -> Result<(), StoreError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| StoreError::File { path, source }
    };
    if !folder.is_dir() {
        let made = DirBuilder::new().mode(0o700).create(folder);
        made.or_else(|e| if e.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(e) })
            .map_err(failed(folder))?;
        let above = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sync(above).map_err(failed(above))?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(file) => file.sync_all().and_then(|()| sync(folder)).map_err(failed(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(failed(path)(error)),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    fs::metadata(folder)?;
    File::open(folder)?.sync_all()
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    Ok(connection)
}

#[cfg(test)]
mod tests;
