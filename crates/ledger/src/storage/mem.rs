//! A storage in memory: the twin of a folder for tests and for ledgers that need not last.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Storage, StorageError, Transaction};

/// Files in memory. Clones of an `Arc` of it are the same storage.
#[derive(Debug, Default)]
pub struct MemStorage {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    turn: Mutex<()>,
}

impl MemStorage {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        // No method panics half-way through a change, so a poisoned lock still guards whole files.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<BTreeMap<String, Vec<u8>>> for MemStorage {
    fn from(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files: Mutex::new(files), turn: Mutex::default() }
    }
}

impl Storage for MemStorage {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(self.files().get(path).cloned())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StorageError> {
        Ok(self.files().keys().filter(|path| path.starts_with(folder)).cloned().collect())
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Box::new(MemTransaction { storage: self, _turn: turn }))
    }
}

struct MemTransaction<'a> {
    storage: &'a MemStorage,
    _turn: MutexGuard<'a, ()>,
}

impl Transaction for MemTransaction<'_> {
    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let mut files = self.storage.files();
        let there = files.entry(path.into()).or_insert_with(|| bytes.into());
        if there == bytes { Ok(()) } else { Err(StorageError::Differs { path: path.into() }) }
    }

    fn swap(&mut self, path: &str, from: Option<&[u8]>, to: &[u8]) -> Result<bool, StorageError> {
        let mut files = self.storage.files();
        let fits = files.get(path).map(Vec::as_slice) == from;
        if fits {
            files.insert(path.into(), to.into());
        }
        Ok(fits)
    }

    fn settle(&mut self, _: &str) -> Result<(), StorageError> {
        Ok(())
    }

    fn remove(&mut self, path: &str) -> Result<(), StorageError> {
        self.storage.files().remove(path);
        Ok(())
    }
}
