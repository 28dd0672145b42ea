//! Somebody else's published log as a storage that can only be read: the ledger's own checks then work on it as they are.

use std::io::{Error, ErrorKind};

use anyhow::Result;
use ledger::{Storage, StorageError, Transaction};

use crate::http::{Client, base};

/// Entries of a full bundle have at most 64 KiB each.
const LONGEST_TILE: u64 = 256 * (64 << 10) + 512;
/// A segment has at most 32 MiB, or one operation alone, of at most 16 MiB.
const LONGEST_SEGMENT: u64 = 33 << 20;
const LONGEST_NOTE: u64 = 64 << 10;

/// Another atlas' address, from which files are read and to which nothing is written.
pub struct Place {
    client: Client,
    base: String,
}

impl Place {
    /// The place at this address.
    pub fn new(url: &str) -> Result<Self> {
        Ok(Self { client: Client::new(), base: base(url)? })
    }

    /// A file below it; none if it says that there is none.
    ///
    /// # Errors
    /// [`StorageError::Io`] if it can't be reached, answers something else, or has more than `most` bytes.
    pub fn fetch(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, StorageError> {
        let url = format!("{}/{path}", self.base);
        let failed = |source| StorageError::Io { action: "fetch", path: url.clone(), source };
        let reply = self.client.get(&url, most).map_err(|error| failed(Error::other(format!("{error:#}"))))?;
        match reply.status {
            200 => Ok(Some(reply.body)),
            404 => Ok(None),
            status => Err(failed(Error::other(format!("it answers {status}")))),
        }
    }

    /// What whoever wants to do more than read is told.
    pub fn read_only(&self, action: &'static str) -> StorageError {
        StorageError::Io { action, path: self.base.clone(), source: Error::from(ErrorKind::ReadOnlyFilesystem) }
    }
}

/// A log under `<url>/log/`.
pub struct Remote(Place);

impl Remote {
    /// The log of the atlas at this address.
    pub fn new(url: &str) -> Result<Self> {
        Ok(Self(Place::new(url)?))
    }

    /// A file that is no part of the ledger, such as `policy`.
    pub fn extra(&self, name: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.0.fetch(&format!("log/{name}"), LONGEST_NOTE)?)
    }
}

impl Storage for Remote {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match path.strip_prefix("segments/") {
            Some(_) => self.0.fetch(&format!("log/{path}"), LONGEST_SEGMENT),
            None if path.starts_with("log/tile/") => self.0.fetch(path, LONGEST_TILE),
            None => self.0.fetch(path, LONGEST_NOTE),
        }
    }

    fn list(&self, _: &str) -> Result<Vec<String>, StorageError> {
        Err(self.0.read_only("list"))
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>, StorageError> {
        Err(self.0.read_only("write to"))
    }
}
