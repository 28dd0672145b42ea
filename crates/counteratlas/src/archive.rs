//! A tar file (POSIX ustar) as the storage of a backup: written in one go, read back by name.
//!
//! A few lines instead of a dependency: our names are short ASCII, our files plain, and the same files give the same bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Error, Read, Result, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ledger::{Storage, StorageError, Transaction};

const BLOCK: usize = 512;

/// A tar file being written.
pub struct Writer {
    file: File,
}

impl Writer {
    /// Begins a file that must not be there.
    pub fn create(path: &Path) -> Result<Self> {
        Ok(Self { file: File::create_new(path)? })
    }

    /// Adds a file. Its name has at most 100 bytes.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let head = head(name, bytes.len() as u64);
        self.file.write_all(&head.ok_or_else(|| Error::other(format!("`{name}` does not fit into a tar file")))?)?;
        self.file.write_all(bytes)?;
        self.file.write_all(&vec![0; bytes.len().next_multiple_of(BLOCK) - bytes.len()])
    }

    /// Ends the file and makes it durable.
    pub fn finish(mut self) -> Result<()> {
        self.file.write_all(&[0; 2 * BLOCK])?;
        self.file.sync_all()
    }
}

/// A tar file to read from, as a storage that nobody can write to.
pub struct Archive {
    file: Mutex<File>,
    /// Where each file's bytes begin, and how many there are.
    files: BTreeMap<String, (u64, u64)>,
}

impl Archive {
    /// Reads the heads of all files in it. Only what [`Writer`] writes is taken, to the last byte, so that no damage
    /// passes because it lies between two files.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let (mut files, mut at) = (BTreeMap::new(), 0);
        let damaged = |at: u64| Error::other(format!("not a tar file of ours, or damaged near byte {at}"));
        while at + 2 * (BLOCK as u64) < length {
            let mut block = [0; BLOCK];
            file.seek(SeekFrom::Start(at))?;
            file.read_exact(&mut block)?;
            let (name, size) = entry(&block).ok_or_else(|| damaged(at))?;
            let begin = at + BLOCK as u64;
            at = begin.saturating_add(size.next_multiple_of(BLOCK as u64));
            if at > length || files.insert(name, (begin, size)).is_some() {
                return Err(damaged(begin));
            }
            check_zeros(&mut file, begin + size, at)?;
        }
        check_zeros(&mut file, at, length)?;
        if length != at + 2 * (BLOCK as u64) {
            Err(damaged(length))
        } else {
            Ok(Self { file: Mutex::new(file), files })
        }
    }

    fn bytes(&self, at: u64, size: u64) -> Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::new();
        Read::by_ref(&mut *file).take(size).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The block in front of a file; `None` if name or length don't fit.
fn head(name: &str, length: u64) -> Option<[u8; BLOCK]> {
    let mut head = [0u8; BLOCK];
    let fields: [(usize, &str); 8] = [
        (0, name),
        (100, "0000644"),
        (108, "0000000"),
        (116, "0000000"),
        (124, &format!("{length:011o}")),
        (136, "00000000000"),
        (156, "0"),
        (257, "ustar\x0000"),
    ];
    if name.len() > 100 || length >= 1 << 33 {
        return None;
    }
    for (at, text) in fields {
        head[at..at + text.len()].copy_from_slice(text.as_bytes());
    }
    head[148..156].fill(b' ');
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Some(head)
}

/// Name and length of the file behind this block.
fn entry(block: &[u8; BLOCK]) -> Option<(String, u64)> {
    let text = |from: usize, to: usize| Some(std::str::from_utf8(&block[from..to]).ok()?.trim_end_matches('\0'));
    let (name, length) = (text(0, 100)?, u64::from_str_radix(text(124, 136)?, 8).ok()?);
    (!name.is_empty() && head(name, length)? == *block).then(|| (name.to_owned(), length))
}

fn check_zeros(file: &mut File, from: u64, to: u64) -> Result<()> {
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    Read::by_ref(file).take(to - from).read_to_end(&mut bytes)?;
    let zeros = bytes.iter().all(|byte| *byte == 0);
    if zeros { Ok(()) } else { Err(Error::other(format!("damaged between bytes {from} and {to}"))) }
}

impl Storage for Archive {
    fn read(&self, path: &str) -> std::result::Result<Option<Vec<u8>>, StorageError> {
        let Some((at, size)) = self.files.get(path) else { return Ok(None) };
        let failed = |source| StorageError::Io { action: "read", path: path.into(), source };
        self.bytes(*at, *size).map(Some).map_err(failed)
    }

    fn list(&self, folder: &str) -> std::result::Result<Vec<String>, StorageError> {
        Ok(self.files.keys().filter(|path| path.starts_with(folder)).cloned().collect())
    }

    fn begin(&self) -> std::result::Result<Box<dyn Transaction + '_>, StorageError> {
        let source = Error::from(std::io::ErrorKind::ReadOnlyFilesystem);
        Err(StorageError::Io { action: "write", path: "backup".into(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn written() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.tar");
        let mut writer = Writer::create(&path).unwrap();
        writer.put("a/b.txt", b"text").unwrap();
        writer.put("empty", b"").unwrap();
        writer.put("a/long", &[7; 1025]).unwrap();
        writer.finish().unwrap();
        (folder, path)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (_folder, path) = written();
        let archive = Archive::open(&path).unwrap();
        assert_eq!(archive.list("").unwrap(), ["a/b.txt", "a/long", "empty"]);
        assert_eq!(archive.read("a/b.txt").unwrap().as_deref(), Some(&b"text"[..]));
        assert_eq!(archive.read("a/long").unwrap().as_deref(), Some(&[7; 1025][..]));
        assert_eq!(archive.read("empty").unwrap().as_deref(), Some(&b""[..]));
        assert_eq!(archive.read("other").unwrap(), None);
        assert!(archive.begin().is_err());
    }

    #[test]
    fn other_programs_read_it_too() {
        let (folder, path) = written();
        let told = Command::new("tar").arg("-tvf").arg(&path).output().expect("tar runs");
        let told = String::from_utf8(told.stdout).unwrap();
        assert_eq!(told.lines().count(), 3, "{told}");
        let out =
            Command::new("tar").args(["-xOf"]).arg(&path).arg("a/b.txt").current_dir(folder.path()).output().unwrap();
        assert_eq!(out.stdout, b"text");
    }

    #[test]
    fn a_cut_grown_or_changed_file_is_refused_unless_a_file_s_own_bytes_changed() {
        let (_folder, path) = written();
        let good = std::fs::read(&path).unwrap();
        let opens = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            Archive::open(&path).is_ok()
        };
        assert!(opens(&good));
        for cut in (0..good.len()).step_by(101) {
            assert!(!opens(&good[..cut]), "cut to {cut}");
        }
        assert!(!opens(&[&good[..], &[0]].concat()) && !opens(&[&good[..], &[0; BLOCK]].concat()));
        // `text` lies at 512, the long file behind two more heads.
        let inside = |at: usize| (512..516).contains(&at) || (2048..3073).contains(&at);
        for at in (0..good.len()).filter(|at| !inside(*at)) {
            let mut bytes = good.clone();
            bytes[at] ^= 1;
            assert!(!opens(&bytes), "byte {at}");
        }
    }

    #[test]
    fn a_name_that_is_too_long_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::create(&folder.path().join("x.tar")).unwrap();
        assert!(writer.put(&"x".repeat(101), b"").is_err());
    }
}
