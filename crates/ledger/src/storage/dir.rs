//! A storage in a folder of the file system, durable by file and folder syncs.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::{Storage, StorageError, Transaction};

/// The file whose operating-system lock is held during a transaction. It holds nothing.
const LOCK: &str = "ledger.lock";

/// Files below a folder. Opening it touches nothing, and reading writes nothing.
#[derive(Debug)]
pub struct DirStorage {
    root: PathBuf,
    sync: fn(&File) -> io::Result<()>,
    poisoned: OnceLock<String>,
}

impl DirStorage {
    /// The storage in this folder, which the first transaction makes if need be.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), sync: File::sync_all, poisoned: OnceLock::new() }
    }

    fn check_sound(&self) -> Result<(), StorageError> {
        self.poisoned.get().map_or(Ok(()), |path| Err(StorageError::Poisoned { path: path.clone() }))
    }

    /// Syncs, and ends writing for ever if that fails: after a failed fsync the system may have dropped the very
    /// pages that failed, so that a second fsync succeeds and proves nothing.
    fn sync(&self, file: &File, path: &Path) -> Result<(), StorageError> {
        self.check_sound()?;
        (self.sync)(file).map_err(|source| {
            self.poisoned.get_or_init(|| path.display().to_string());
            failed("sync", path)(source)
        })
    }

    fn sync_folder(&self, path: &Path) -> Result<(), StorageError> {
        let folder = File::open(path).map_err(failed("open", path))?;
        self.sync(&folder, path)
    }

    fn collect(&self, folder: &Path, paths: &mut Vec<String>) -> Result<(), StorageError> {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            other => other.map_err(failed("list", folder))?,
        };
        for entry in entries {
            let entry = entry.map_err(failed("list", folder))?;
            let path = entry.path();
            if entry.file_type().map_err(failed("list", &path))?.is_dir() {
                self.collect(&path, paths)?;
            } else {
                let inside = path.strip_prefix(&self.root).unwrap_or(&path);
                paths.push(inside.to_string_lossy().into_owned());
            }
        }
        Ok(())
    }
}

impl Storage for DirStorage {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let path = self.root.join(path);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(failed("read", &path)(error)),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        let mut paths = Vec::new();
        self.collect(&self.root.join(folder), &mut paths)?;
        paths.sort_unstable();
        Ok(paths)
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        self.check_sound()?;
        fs::create_dir_all(&self.root).map_err(failed("make", &self.root))?;
        let path = self.root.join(LOCK);
        let options = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = options.map_err(failed("open", &path))?;
        lock.lock().map_err(failed("lock", &path))?;
        // Another thread's sync may have failed while this one waited.
        self.check_sound()?;
        Ok(Box::new(DirTransaction { storage: self, unsynced: BTreeSet::new(), _lock: lock }))
    }
}

struct DirTransaction<'a> {
    storage: &'a DirStorage,
    /// Folders in which names were made or removed. They are synced once, before a swap, not once a file.
    unsynced: BTreeSet<PathBuf>,
    _lock: File,
}

impl DirTransaction<'_> {
    fn make_folder_of(&mut self, path: &Path) -> Result<(), StorageError> {
        let folder = path.parent().expect("a file lies in a folder");
        for missing in folder.ancestors().take_while(|folder| !folder.is_dir()) {
            self.unsynced.extend(missing.parent().map(Path::to_path_buf));
        }
        fs::create_dir_all(folder).map_err(failed("make", folder))
    }

    fn write(&self, mut file: File, path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
        file.write_all(bytes).map_err(failed("write", path))?;
        self.storage.sync(&file, path)
    }

    fn sync_folders(&mut self) -> Result<(), StorageError> {
        self.unsynced.iter().try_for_each(|folder| self.storage.sync_folder(folder))?;
        self.unsynced.clear();
        Ok(())
    }
}

impl Transaction for DirTransaction<'_> {
    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.storage.check_sound()?;
        let full = self.storage.root.join(path);
        self.make_folder_of(&full)?;
        self.unsynced.extend(full.parent().map(Path::to_path_buf));
        match OpenOptions::new().write(true).create_new(true).open(&full) {
            Ok(file) => self.write(file, &full, bytes),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if self.storage.read(path)?.as_deref() != Some(bytes) {
                    return Err(StorageError::Differs { path: path.into() });
                }
                // Whoever wrote it may have died before it was synced.
                let file = File::open(&full).map_err(failed("open", &full))?;
                self.storage.sync(&file, &full)
            }
            Err(error) => Err(failed("create", &full)(error)),
        }
    }

    fn swap(&mut self, path: &str, from: Option<&[u8]>, to: &[u8]) -> Result<bool, StorageError> {
        self.storage.check_sound()?;
        if self.storage.read(path)?.as_deref() != from {
            return Ok(false);
        }
        let full = self.storage.root.join(path);
        let new = self.storage.root.join(format!("{path}.tmp"));
        self.make_folder_of(&full)?;
        let file = File::create(&new).map_err(failed("create", &new))?;
        self.write(file, &new, to)?;
        self.sync_folders()?;
        fs::rename(&new, &full).map_err(failed("rename", &new))?;
        self.storage.sync_folder(full.parent().expect("a file lies in a folder"))?;
        Ok(true)
    }

    fn remove(&mut self, path: &str) -> Result<(), StorageError> {
        self.storage.check_sound()?;
        let full = self.storage.root.join(path);
        match fs::remove_file(&full) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed("remove", &full)(error)),
            Ok(()) => {
                self.unsynced.extend(full.parent().map(Path::to_path_buf));
                Ok(())
            }
        }
    }
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StorageError {
    let path = path.display().to_string();
    move |source| StorageError::Io { action, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(_: &File) -> io::Result<()> {
        Err(io::Error::from(ErrorKind::StorageFull))
    }

    thread_local! {
        /// What was synced, and whether the swap had taken effect by then.
        static SYNCED: std::cell::RefCell<Vec<(PathBuf, bool)>> = const { std::cell::RefCell::new(Vec::new()) };
    }

    fn record(file: &File) -> io::Result<()> {
        use std::os::fd::AsRawFd;
        let path = fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd()))?;
        let root = path.ancestors().find(|folder| folder.join(LOCK).exists()).unwrap();
        let item = (path.strip_prefix(root).unwrap().to_path_buf(), root.join("head").exists());
        SYNCED.with_borrow_mut(|synced| synced.push(item));
        Ok(())
    }

    #[test]
    fn a_swap_takes_effect_after_every_file_and_folder_is_synced_and_is_then_synced_itself() {
        let folder = tempfile::tempdir().unwrap();
        let storage = DirStorage { sync: record, ..DirStorage::new(folder.path()) };
        let mut tx = storage.begin().unwrap();
        tx.create("a/x/1", b"one").unwrap();
        tx.create("a/x/2", b"two").unwrap();
        tx.remove("a/x/2").unwrap();
        assert!(tx.swap("head", None, b"1").unwrap());
        let synced = SYNCED.take();
        let before = ["a/x/1", "a/x/2", "head.tmp", "", "a", "a/x"].map(|path| (path.into(), false));
        assert_eq!(synced[..6], before);
        assert_eq!(synced[6..], [("".into(), true)]);
    }

    #[test]
    fn one_failed_sync_ends_writing_but_not_reading() {
        let folder = tempfile::tempdir().unwrap();
        let sound = DirStorage::new(folder.path());
        sound.begin().unwrap().create("a", b"1").unwrap();

        let storage = DirStorage { sync: broken, ..DirStorage::new(folder.path()) };
        let mut tx = storage.begin().unwrap();
        assert!(matches!(tx.create("b", b"2"), Err(StorageError::Io { action: "sync", .. })));
        assert!(matches!(tx.create("c", b"3"), Err(StorageError::Poisoned { .. })));
        assert!(matches!(tx.swap("a", Some(b"1"), b"2"), Err(StorageError::Poisoned { .. })));
        drop(tx);
        assert!(matches!(storage.begin().map(|_| ()), Err(StorageError::Poisoned { .. })));
        assert_eq!(storage.read("a").unwrap().as_deref(), Some(&b"1"[..]));
    }

    #[test]
    fn a_swap_whose_bytes_could_not_be_synced_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let storage = DirStorage::new(folder.path());
        assert!(storage.begin().unwrap().swap("head", None, b"1").unwrap());
        let storage = DirStorage { sync: broken, ..DirStorage::new(folder.path()) };
        assert!(storage.begin().unwrap().swap("head", Some(b"1"), b"2").is_err());
        assert_eq!(storage.read("head").unwrap().as_deref(), Some(&b"1"[..]));
    }

    #[test]
    fn what_a_dead_writer_left_half_done_does_not_hinder_a_swap() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("head.tmp"), b"half of a longer text").unwrap();
        let storage = DirStorage::new(folder.path());
        assert!(storage.begin().unwrap().swap("head", None, b"1").unwrap());
        assert_eq!(storage.read("head").unwrap().as_deref(), Some(&b"1"[..]));
        assert_eq!(storage.list("").unwrap(), ["head", "ledger.lock"]);
    }

    #[test]
    fn a_folder_in_a_file_s_place_is_an_error_not_a_panic() {
        let folder = tempfile::tempdir().unwrap();
        let storage = DirStorage::new(folder.path());
        storage.begin().unwrap().create("x/a", b"1").unwrap();
        assert!(matches!(storage.read("x"), Err(StorageError::Io { action: "read", .. })));
        assert!(storage.begin().unwrap().create("x", b"1").is_err());
    }
}
