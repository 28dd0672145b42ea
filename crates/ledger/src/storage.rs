//! Where a ledger's files are kept: a narrow contract, so that a folder, memory, a database or a simulated disk can
//! all hold one.

mod dir;
mod disk;
mod mem;

pub use dir::DirStorage;
#[cfg(test)]
pub(crate) use disk::{Disk, Handle};
pub use mem::MemStorage;

/// Files by path, relative and `/`-separated. Reading needs no lock and goes on while another writes.
pub trait Storage: Send + Sync {
    /// The file's bytes, or `None` if there is no such file.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError>;

    /// The paths of all files below a folder (which ends in `/`, or is empty for all), sorted.
    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError>;

    /// Waits until no other transaction is under way, here or in any other process, and begins one.
    /// The lock ends with the transaction, and with the process however that ends.
    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError>;
}

/// The only way to write. Dropping it ends it; what it wrote stays.
pub trait Transaction {
    /// Writes a file that is never to change. If the file is there with equal bytes nothing happens, with other bytes
    /// it is [`StorageError::Differs`]. The file is durable at the latest when the next [`Transaction::swap`] of this
    /// transaction takes effect. After a crash before that, it may be absent, cut or whole.
    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<(), StorageError>;

    /// Replaces a file's bytes if they still are `from` (`None`: there is no such file), and says whether they were.
    /// The change is atomic: a reader or a crash finds the old bytes or the new. It takes effect only after all that
    /// was created in this transaction is durable, and is itself durable when the call returns.
    fn swap(&mut self, path: &str, from: Option<&[u8]>, to: &[u8]) -> Result<bool, StorageError>;

    /// Makes durable that the file is there as it is read now. Whoever swapped it in may have died before it was.
    fn settle(&mut self, path: &str) -> Result<(), StorageError>;

    /// Removes a file, if there is one. Durable like [`Transaction::create`].
    fn remove(&mut self, path: &str) -> Result<(), StorageError>;
}

/// Why a storage could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The operating system said no.
    #[error("can't {action} `{path}`: {source}")]
    Io {
        /// What was tried: `read`, `write`, `sync` …
        action: &'static str,
        /// The file or folder.
        path: String,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file that must not change was to be written with other bytes.
    #[error("`{path}` is there already with other bytes")]
    Differs {
        /// The file.
        path: String,
    },
    /// A sync failed before. What the disk holds is not known, so this process writes no more; reading goes on.
    #[error("writing has ended because `{path}` could not be synced; restart, and run verify")]
    Poisoned {
        /// The file whose sync failed.
        path: String,
    },
}

#[cfg(test)]
mod tests {
    //! The contract, tested on every storage alike.

    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    fn each(check: impl Fn(&dyn Storage)) {
        check(&MemStorage::new());
        let folder = tempfile::tempdir().unwrap();
        check(&DirStorage::new(folder.path().join("atlas")));
    }

    #[test]
    fn an_absent_file_or_folder_is_no_error() {
        each(|storage| {
            assert_eq!(storage.read("a/b").unwrap(), None);
            assert_eq!(storage.list("a/").unwrap(), [""; 0]);
            storage.begin().unwrap().remove("a/b").unwrap();
        });
    }

    #[test]
    fn what_is_created_is_read_listed_and_removed() {
        each(|storage| {
            let mut tx = storage.begin().unwrap();
            tx.create("a/x/2", b"two").unwrap();
            tx.create("a/1", b"").unwrap();
            tx.create("ab", b"other").unwrap();
            assert_eq!(storage.read("a/x/2").unwrap().as_deref(), Some(&b"two"[..]));
            assert_eq!(storage.read("a/1").unwrap().as_deref(), Some(&b""[..]));
            assert_eq!(storage.list("a/").unwrap(), ["a/1", "a/x/2"]);
            tx.remove("a/x/2").unwrap();
            assert_eq!(storage.list("a/").unwrap(), ["a/1"]);
        });
    }

    #[test]
    fn a_created_file_never_changes() {
        each(|storage| {
            let mut tx = storage.begin().unwrap();
            tx.create("a/1", b"one").unwrap();
            tx.create("a/1", b"one").unwrap();
            for other in [&b"two"[..], b"", b"one more"] {
                assert!(matches!(tx.create("a/1", other), Err(StorageError::Differs { .. })));
            }
            assert_eq!(storage.read("a/1").unwrap().as_deref(), Some(&b"one"[..]));
        });
    }

    #[test]
    fn a_swap_happens_only_if_the_bytes_are_the_expected_ones() {
        each(|storage| {
            let mut tx = storage.begin().unwrap();
            assert!(!tx.swap("head", Some(b"0"), b"1").unwrap());
            assert!(tx.swap("head", None, b"1").unwrap());
            assert!(!tx.swap("head", None, b"2").unwrap());
            assert!(!tx.swap("head", Some(b"0"), b"2").unwrap());
            assert_eq!(storage.read("head").unwrap().as_deref(), Some(&b"1"[..]));
            assert!(tx.swap("head", Some(b"1"), b"2").unwrap());
            assert_eq!(storage.read("head").unwrap().as_deref(), Some(&b"2"[..]));
            assert_eq!(storage.list("").unwrap().iter().filter(|path| path.starts_with("head")).count(), 1);
        });
    }

    #[test]
    fn only_one_transaction_is_under_way_at_a_time() {
        each(|storage| {
            let inside = AtomicU32::new(0);
            let turns = AtomicU32::new(0);
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        for _ in 0..25 {
                            let tx = storage.begin().unwrap();
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            std::thread::yield_now();
                            inside.fetch_sub(1, Ordering::SeqCst);
                            turns.fetch_add(1, Ordering::SeqCst);
                            drop(tx);
                        }
                    });
                }
            });
            assert_eq!(turns.into_inner(), 100);
        });
    }
}
