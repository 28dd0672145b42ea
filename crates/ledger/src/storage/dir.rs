//! A storage in a folder of the file system, durable by file and folder syncs.

use std::any::Any;
use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::disk::{Disk, Handle, RealDisk};
use super::{Storage, StorageError, Transaction};

/// The file whose operating-system lock is held during a transaction. It holds nothing.
const LOCK: &str = "ledger.lock";

/// So many files are held open until they are synced together.
const OPEN: usize = 64;

/// Files below a folder. Opening it touches nothing, and reading writes nothing.
pub struct DirStorage {
    root: PathBuf,
    disk: Box<dyn Disk>,
    poisoned: OnceLock<String>,
    /// Folders that this process has seen durable in the folders they lie in.
    settled: Mutex<BTreeSet<PathBuf>>,
}

impl DirStorage {
    /// The storage in this folder, which the first transaction makes if need be.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self::on(Box::new(RealDisk), root)
    }

    /// The storage in this folder of a disk.
    pub(crate) fn on(disk: Box<dyn Disk>, root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), disk, poisoned: OnceLock::new(), settled: Mutex::default() }
    }

    fn settled(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check_sound(&self) -> Result<(), StorageError> {
        self.poisoned.get().map_or(Ok(()), |path| Err(StorageError::Poisoned { path: path.clone() }))
    }

    /// Syncs, and ends writing for ever if that fails: after a failed fsync the system may have dropped the very
    /// pages that failed, so that a second fsync succeeds and proves nothing.
    fn sync(&self, file: &dyn Handle, path: &Path) -> Result<(), StorageError> {
        self.check_sound()?;
        file.sync().map_err(|source| {
            self.poisoned.get_or_init(|| path.display().to_string());
            failed("sync", path)(source)
        })
    }

    fn sync_folder(&self, path: &Path) -> Result<(), StorageError> {
        let folder = self.disk.open(path).map_err(failed("open", path))?;
        self.sync(&*folder, path)
    }

    fn collect(&self, folder: &Path, paths: &mut Vec<String>) -> Result<(), StorageError> {
        let entries = match self.disk.list(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            other => other.map_err(failed("list", folder))?,
        };
        for (path, is_folder) in entries {
            if is_folder {
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
        match self.disk.read(&path) {
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
        self.disk.make_folder(&self.root).map_err(failed("make", &self.root))?;
        let path = self.root.join(LOCK);
        let lock = self.disk.lock(&path).map_err(failed("lock", &path))?;
        // Another thread's sync may have failed while this one waited.
        self.check_sound()?;
        Ok(Box::new(DirTransaction {
            storage: self,
            written: Vec::new(),
            unsynced: BTreeSet::new(),
            settling: BTreeSet::new(),
            _lock: lock,
        }))
    }
}

struct DirTransaction<'a> {
    storage: &'a DirStorage,
    /// Files that were written and are synced before a swap: the first sync takes most of the others along.
    written: Vec<(PathBuf, Box<dyn Handle>)>,
    /// Folders in which names were made or removed. They are synced once, before a swap, not once a file.
    unsynced: BTreeSet<PathBuf>,
    /// Folders that are durable in theirs once `unsynced` is synced.
    settling: BTreeSet<PathBuf>,
    _lock: Box<dyn Any>,
}

impl DirTransaction<'_> {
    /// Makes the folders on the way to a file. One that is there already may have been made by a writer that died
    /// before it could sync the folder above, so all are synced that this process has not seen durable.
    fn make_folder_of(&mut self, path: &Path) -> Result<(), StorageError> {
        let folder = path.parent().expect("a file lies in a folder");
        let inside = folder.strip_prefix(&self.storage.root).expect("files lie below the root");
        let mut way = self.storage.root.clone();
        if !self.storage.settled().contains(&way) {
            let above = way.parent().filter(|above| !above.as_os_str().is_empty());
            self.unsynced.insert(above.unwrap_or(Path::new(".")).to_path_buf());
            self.settling.insert(way.clone());
        }
        for name in inside {
            let above = way.clone();
            way.push(name);
            if !self.storage.disk.is_folder(&way) {
                self.storage.disk.make_folder(&way).map_err(failed("make", &way))?;
            } else if self.storage.settled().contains(&way) {
                continue;
            }
            self.unsynced.insert(above);
            self.settling.insert(way.clone());
        }
        Ok(())
    }

    fn write(&mut self, mut file: Box<dyn Handle>, path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
        file.write_all(bytes).map_err(failed("write", path))?;
        self.sync_later(file, path)
    }

    fn sync_later(&mut self, file: Box<dyn Handle>, path: &Path) -> Result<(), StorageError> {
        self.written.push((path.to_owned(), file));
        if self.written.len() < OPEN { Ok(()) } else { self.sync_files() }
    }

    fn sync_files(&mut self) -> Result<(), StorageError> {
        let mut written = std::mem::take(&mut self.written).into_iter();
        written.try_for_each(|(path, file)| self.storage.sync(&*file, &path))
    }

    fn sync_folders(&mut self) -> Result<(), StorageError> {
        self.unsynced.iter().try_for_each(|folder| self.storage.sync_folder(folder))?;
        self.unsynced.clear();
        self.storage.settled().append(&mut self.settling);
        Ok(())
    }
}

impl Transaction for DirTransaction<'_> {
    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.storage.check_sound()?;
        let full = self.storage.root.join(path);
        self.make_folder_of(&full)?;
        self.unsynced.extend(full.parent().map(Path::to_path_buf));
        match self.storage.disk.create_new(&full) {
            Ok(file) => self.write(file, &full, bytes),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if self.storage.read(path)?.as_deref() != Some(bytes) {
                    return Err(StorageError::Differs { path: path.into() });
                }
                // Whoever wrote it may have died before it was synced.
                let file = self.storage.disk.open(&full).map_err(failed("open", &full))?;
                self.sync_later(file, &full)
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
        let file = self.storage.disk.create(&new).map_err(failed("create", &new))?;
        self.write(file, &new, to)?;
        self.sync_files()?;
        self.sync_folders()?;
        self.storage.disk.rename(&new, &full).map_err(failed("rename", &new))?;
        self.storage.sync_folder(full.parent().expect("a file lies in a folder"))?;
        Ok(true)
    }

    fn settle(&mut self, path: &str) -> Result<(), StorageError> {
        let full = self.storage.root.join(path);
        self.storage.sync_folder(full.parent().expect("a file lies in a folder"))
    }

    fn remove(&mut self, path: &str) -> Result<(), StorageError> {
        self.storage.check_sound()?;
        let full = self.storage.root.join(path);
        match self.storage.disk.remove(&full) {
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
    use crate::tests::sim::SimDisk;
    use std::fs;

    #[test]
    fn a_swap_takes_effect_after_every_file_and_folder_is_synced_and_is_then_synced_itself() {
        let disk = SimDisk::new();
        let storage = DirStorage::on(Box::new(disk.clone()), "up/atlas");
        let mut tx = storage.begin().unwrap();
        tx.create("a/x/1", b"one").unwrap();
        tx.create("a/x/2", b"two").unwrap();
        tx.remove("a/x/2").unwrap();
        assert!(tx.swap("head", None, b"1").unwrap());
        let told = disk.told();
        let swap = told.iter().position(|call| call == "rename up/atlas/head.tmp").unwrap();
        let synced = |calls: &[String]| -> Vec<String> {
            calls.iter().filter_map(|call| call.strip_prefix("sync up").map(str::to_owned)).collect()
        };
        let before = ["/atlas/a/x/1", "/atlas/a/x/2", "/atlas/head.tmp", "", "/atlas", "/atlas/a", "/atlas/a/x"];
        assert_eq!(synced(&told[..swap]), before);
        assert_eq!(synced(&told[swap..]), ["/atlas"]);
    }

    #[test]
    fn a_folder_made_by_a_writer_that_died_is_synced_by_the_next() {
        let disk = SimDisk::new();
        let dead = DirStorage::on(Box::new(disk.clone()), "up/atlas");
        dead.begin().unwrap().create("a/x/1", b"cut short").unwrap();
        let next = DirStorage::on(Box::new(disk.clone()), "up/atlas");
        let mut tx = next.begin().unwrap();
        tx.create("a/x/2", b"two").unwrap();
        assert!(tx.swap("head", None, b"1").unwrap());
        assert!(disk.told().contains(&"sync up/atlas/a".to_owned()), "{:?}", disk.told());
    }

    #[test]
    fn one_failed_sync_ends_writing_but_not_reading() {
        let disk = SimDisk::new();
        DirStorage::on(Box::new(disk.clone()), "atlas").begin().unwrap().create("a", b"1").unwrap();

        let storage = DirStorage::on(Box::new(disk.clone()), "atlas");
        disk.fail_syncs(ErrorKind::StorageFull);
        let mut tx = storage.begin().unwrap();
        tx.create("b", b"2").unwrap();
        assert!(matches!(tx.swap("a", Some(b"1"), b"2"), Err(StorageError::Io { action: "sync", .. })));
        assert!(matches!(tx.create("c", b"3"), Err(StorageError::Poisoned { .. })));
        assert!(matches!(tx.swap("a", Some(b"1"), b"2"), Err(StorageError::Poisoned { .. })));
        drop(tx);
        assert!(matches!(storage.begin().map(|_| ()), Err(StorageError::Poisoned { .. })));
        assert_eq!(storage.read("a").unwrap().as_deref(), Some(&b"1"[..]));
    }

    #[test]
    fn a_swap_whose_bytes_could_not_be_synced_changes_nothing() {
        let disk = SimDisk::new();
        assert!(DirStorage::on(Box::new(disk.clone()), "atlas").begin().unwrap().swap("head", None, b"1").unwrap());
        let storage = DirStorage::on(Box::new(disk.clone()), "atlas");
        disk.fail_syncs(ErrorKind::StorageFull);
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
