//! `backup`: a copy of an atlas as of one checkpoint, checked before the command says done.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use ledger::archive::{Blobs, is_capture_file};
use ledger::{DirStorage, Ledger, Storage, is_ledger_file, verify};
use model::Severity;
use sha2::{Digest, Sha256};

use crate::archive::{Archive, Writer};
use crate::args::Backup;
use crate::atlas::{Atlas, make_secret};
use crate::holdings::{self, Expected};
use crate::publication::{self, PUBLISHED};
use crate::report::{out, say};

/// The file that names all others with their SHA-256, as `sha256sum` writes it.
pub const MANIFEST: &str = "MANIFEST";

/// An append that fills a tile removes older files of it; then the copy begins anew with the newer checkpoint.
const TRIES: usize = 8;

/// Copies, checks, and gives the copy its name.
pub fn run(args: &Backup) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let mut targets = [Some(&args.target), args.sealed.as_ref()].into_iter().flatten();
    if let Some(target) = targets.find(|target| target.exists()) {
        bail!("`{}` is there already; hint: name a new file or folder", target.display());
    }
    let part = beside(&args.target);
    let copied = (0..TRIES).find_map(|_| copy(&atlas, &args.atlas, &part).transpose());
    let checked =
        copied.unwrap_or_else(|| bail!("the ledger kept changing; hint: try again")).and_then(|_| check(&part));
    if checked.is_err() {
        let _ = remove(&part);
    }
    let (size, root) = checked?;
    fs::rename(&part, &args.target).with_context(|| format!("can't rename to `{}`", args.target.display()))?;
    sync_folder_of(&args.target)?;
    if let Some(target) = &args.sealed {
        copy_vault(&*atlas.vault(), target)?;
    }
    say(&format!("backed up {size} entries to `{}`; the signing key is not in it", args.target.display()));
    out(&root);
    Ok(true)
}

/// Copies sealed values into a folder that nobody but its owner can look into.
pub fn copy_vault(vault: &dyn Storage, target: &Path) -> Result<usize> {
    make_secret(target)?;
    let paths: Vec<String> = vault.list("segments/")?;
    for path in &paths {
        let bytes = vault.read(path)?.with_context(|| format!("`sealed/{path}` went away"))?;
        write_synced(&target.join(path), &bytes).with_context(|| format!("can't write `{path}`"))?;
    }
    sync_folders(target)?;
    sync_folder_of(target)?;
    say(&format!("copied {} files of sealed values to `{}`; keep them secret", paths.len(), target.display()));
    Ok(paths.len())
}

/// The name of something half done, with the ending of the whole.
pub fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().map_or_else(Default::default, |name| name.to_string_lossy().into_owned());
    target.with_file_name(format!(".part-{name}"))
}

pub fn remove(path: &Path) -> std::io::Result<()> {
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}

/// A backup as a storage, whatever its form.
pub fn open(path: &Path) -> Result<Box<dyn Storage>> {
    let opened = || -> Result<Box<dyn Storage>> {
        Ok(if path.is_dir() { Box::new(DirStorage::new(path)) } else { Box::new(Archive::open(path)?) })
    };
    opened().with_context(|| format!("can't read the backup `{}`", path.display()))
}

/// Whether a backup of a ledger of `size` entries may hold a file of this path.
pub fn belongs(path: &str, size: u64) -> bool {
    let word =
        |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) && !name.starts_with('.');
    let plain = ["atlas.toml", PUBLISHED, crate::witnessing::POLICY, crate::witnessing::COSIGNED];
    plain.contains(&path)
        || path.strip_prefix("vocabulary/").is_some_and(word)
        || is_ledger_file(path, size)
        || is_capture_file(path)
}

/// Copies one checkpoint's files; `None` if one of them went away meanwhile.
fn copy(atlas: &Atlas, folder: &Path, part: &Path) -> Result<Option<()>> {
    let _ = remove(part);
    let storage = DirStorage::new(folder);
    // What is listed before the checkpoint is read can miss files of it, so the checkpoint comes first.
    let checkpoint = atlas.ledger()?.checkpoint().clone();
    let mut sink = Sink::create(part)?;
    let mut manifest = String::new();
    for path in storage.list("")?.into_iter().filter(|path| belongs(path, checkpoint.size)) {
        let bytes = match path.as_str() {
            "log/checkpoint" => Some(checkpoint.note.clone().into_bytes()),
            _ => storage.read(&path)?,
        };
        let Some(bytes) = bytes else { return Ok(None) };
        if path == PUBLISHED && !publication::is_within(&bytes, checkpoint.size) {
            continue;
        }
        manifest += &format!("{}  {path}\n", hex(&Sha256::digest(&bytes)));
        sink.put(&path, &bytes)?;
    }
    sink.put(MANIFEST, manifest.as_bytes())?;
    sink.finish().map(Some)
}

/// Reads the copy back: every file as the manifest says, and a ledger that verifies. Gives its size and root.
pub fn check(path: &Path) -> Result<(u64, String)> {
    let storage: Arc<dyn Storage> = open(path)?.into();
    check_manifest(&*storage)?;
    let verdict = verify(&*storage, None);
    if let Some(finding) = verdict.findings.iter().find(|finding| finding.severity == Severity::Error) {
        bail!("the copy is not sound: {finding}; hint: run `counteratlas verify` on the atlas");
    }
    let ledger = Ledger::open(storage.clone())?;
    let unfinished = super::verify::unexplained(&ledger, &verdict)?;
    if let Some(problem) = unfinished.first() {
        bail!("{problem}");
    }
    let archive = holdings::check(&ledger, &Blobs::new(storage), Expected::Copied)?;
    for problem in archive.problems {
        match problem.severity {
            Severity::Error => bail!("the copy is not sound: {problem}"),
            Severity::Warning => say(&problem.to_string()),
            Severity::Note => {}
        }
    }
    Ok((verdict.size, verdict.root.map_or_else(String::new, |root| hex(&root))))
}

fn check_manifest(storage: &dyn Storage) -> Result<()> {
    let manifest = storage.read(MANIFEST)?.context("the backup has no `MANIFEST`")?;
    let manifest = String::from_utf8(manifest).context("`MANIFEST` is not text")?;
    let mut named = std::collections::BTreeSet::from([MANIFEST]);
    for line in manifest.lines() {
        let (digest, path) = line.split_once("  ").with_context(|| format!("`MANIFEST` has the line `{line}`"))?;
        let bytes = storage.read(path)?.with_context(|| format!("`{path}` is missing from the backup"))?;
        if hex(&Sha256::digest(&bytes)) != digest {
            bail!("`{path}` is not what `MANIFEST` says");
        }
        named.insert(path);
    }
    let stranger = storage.list("")?.into_iter().find(|path| !named.contains(path.as_str()));
    stranger.map_or(Ok(()), |path| bail!("`{path}` is not in `MANIFEST`"))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where a copy goes.
pub enum Sink {
    /// A tar file.
    Tar(Writer),
    /// A folder.
    Folder(PathBuf),
}

impl Sink {
    fn create(path: &Path) -> Result<Self> {
        let tar = path.extension().is_some_and(|ending| ending == "tar");
        let failed = || format!("can't make `{}`", path.display());
        if tar {
            return Ok(Self::Tar(Writer::create(path).with_context(failed)?));
        }
        Self::folder(path)
    }

    /// A new folder.
    pub fn folder(path: &Path) -> Result<Self> {
        fs::create_dir(path).with_context(|| format!("can't make `{}`", path.display()))?;
        Ok(Self::Folder(path.to_owned()))
    }

    /// Adds a file.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let put = match self {
            Self::Tar(writer) => writer.put(name, bytes),
            Self::Folder(folder) => write_synced(&folder.join(name), bytes),
        };
        put.with_context(|| format!("can't write `{name}`"))
    }

    /// Makes all of it durable.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Tar(writer) => Ok(writer.finish()?),
            Self::Folder(folder) => sync_folders(&folder),
        }
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_folders(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    Ok(File::open(folder)?.sync_all()?)
}

/// Makes a name durable.
pub fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(File::open(folder)?.sync_all()?)
}
