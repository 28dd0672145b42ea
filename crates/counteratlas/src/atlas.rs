//! An atlas folder: where its settings, its ledger and its key are.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use ledger::archive::{Blobs, Digest};
use ledger::{DirStorage, Ledger, SigningKey, Unsealed};
use model::{Day, Vocabulary};
use serde::{Deserialize, Serialize};

/// The settings of `atlas.toml`. A key that is not named here is an error.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The atlas' name, as readers see it.
    pub name: String,
    /// Licence of the data, as readers see it.
    pub licence: String,
    /// The address under which the site is published, without a slash at the end; empty if none.
    #[serde(default)]
    pub address: String,
    /// Font files for the words in pictures, before those of the system. Without any font that has a letter, pictures
    /// have numbers alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fonts: Vec<PathBuf>,
    /// How much may be taken back from one edition to the next, in percent of all records of a sort, before it is held
    /// back.
    #[serde(default = "shrink_bound")]
    pub shrink_bound: f64,
    /// How many suggestions are taken in an hour, from everybody together.
    #[serde(default = "suggestions_an_hour")]
    pub suggestions_an_hour: u32,
    /// How many undecided suggestions may wait at the desk.
    #[serde(default = "suggestions_waiting")]
    pub suggestions_waiting: i64,
    /// The atlas' name in other languages, by BCP 47 tag.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

fn shrink_bound() -> f64 {
    2.0
}

fn suggestions_an_hour() -> u32 {
    300
}

fn suggestions_waiting() -> i64 {
    desk::inbox::Bounds::default().waiting
}

impl Settings {
    /// The settings of a new atlas.
    pub fn named(name: &str) -> Self {
        let plain = ui::Imprint::default();
        let names = if name == plain.name { plain.names } else { BTreeMap::new() };
        let (licence, address) = (plain.licence, plain.address);
        Self {
            name: name.into(),
            licence,
            address,
            fonts: Vec::new(),
            shrink_bound: shrink_bound(),
            suggestions_an_hour: suggestions_an_hour(),
            suggestions_waiting: suggestions_waiting(),
            names,
        }
    }
}

/// An atlas folder that exists.
#[derive(Debug, Clone)]
pub struct Atlas {
    folder: PathBuf,
    /// Its settings.
    pub settings: Settings,
}

const SETTINGS: &str = "atlas.toml";
const KEY: &str = "keys/log.key";
const SEALED: &str = "sealed";

impl Atlas {
    /// Makes a new atlas. The folder must not exist or be empty.
    pub fn create(folder: &Path, origin: &str, name: &str) -> Result<Self> {
        let taken = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        if taken {
            bail!("`{}` is not empty; hint: name a folder that does not exist yet", folder.display());
        }
        let key =
            SigningKey::generate(origin, random()?).with_context(|| format!("`{origin}` can't be the log's name"))?;
        fs::create_dir_all(folder.join("keys")).with_context(|| format!("can't make `{}`", folder.display()))?;
        write_new(&folder.join(KEY), &(key.to_secret_text() + "\n"), 0o600)?;
        Self::write_settings(folder, &Settings::named(name))?;
        Ledger::create(storage(folder), &key)?;
        sync_folders(folder)?;
        Self::open(folder)
    }

    /// Writes the settings of a new atlas.
    pub fn write_settings(folder: &Path, settings: &Settings) -> Result<()> {
        let text = toml::to_string(settings).context("settings can't be written")?;
        write_new(&folder.join(SETTINGS), &text, 0o644)
    }

    /// Opens an atlas.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(SETTINGS);
        let text = fs::read_to_string(&path).with_context(|| {
            format!(
                "`{}` is no atlas: can't read `{}`; hint: make one with `counteratlas init`",
                folder.display(),
                path.display()
            )
        })?;
        let settings: Settings =
            toml::from_str(&text).with_context(|| format!("`{}` can't be understood", path.display()))?;
        crate::publication::check_bound(settings.shrink_bound, &path)?;
        Ok(Self { folder: folder.to_owned(), settings })
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the publisher of its site sets.
    pub fn setup(&self) -> web::Setup {
        let Settings { name, names, licence, address, fonts, .. } = self.settings.clone();
        let imprint = ui::Imprint { name, names, licence, address: address.trim_end_matches('/').to_owned() };
        web::Setup { imprint, fonts, build: build() }
    }

    /// The ledger as it stands. What was signed last is remembered beside the key.
    pub fn ledger(&self) -> Result<Ledger> {
        Ok(Ledger::open(storage(&self.folder))?.remembering(storage(&self.folder.join("keys"))))
    }

    /// Where the desk keeps what is not decided.
    pub fn desk(&self) -> PathBuf {
        self.folder.join("desk")
    }

    /// The captures that lie beside the ledger.
    pub fn archive(&self) -> Blobs {
        Blobs::new(storage(&self.folder))
    }

    /// The values that are sealed until a day. No copy of the atlas has them, and no reader.
    pub fn vault(&self) -> Arc<DirStorage> {
        storage(&self.folder.join(SEALED))
    }

    /// The same; the folder is made, if need be, so that nobody but its owner can look into it.
    pub fn make_vault(&self) -> Result<Arc<DirStorage>> {
        let path = self.folder.join(SEALED);
        if !path.is_dir() {
            make_secret(&path)?;
            sync_folder(&self.folder)?;
        }
        Ok(self.vault())
    }

    /// The ledger as whoever has the vault may read it. It can't be written to.
    pub fn unsealed(&self) -> Result<Ledger> {
        Ok(Ledger::open(Arc::new(Unsealed::new(storage(&self.folder), self.vault())))?)
    }

    /// The words of captures.
    pub fn texts(&self) -> CapturedTexts {
        CapturedTexts(self.archive())
    }

    /// Reads the signing key. Only commands that write may call this.
    pub fn signing_key(&self) -> Result<SigningKey> {
        let path = self.folder.join(KEY);
        let text = fs::read_to_string(&path).with_context(|| {
            format!("can't read `{}`; hint: only the machine that holds the key can write", path.display())
        })?;
        Ok(SigningKey::parse(text.trim())?)
    }

    /// The vocabulary: the atlas' own `vocabulary/` if it has one, else the program's.
    pub fn vocabulary(&self) -> Result<Arc<Vocabulary>> {
        let own = self.folder.join("vocabulary");
        crate::words::vocabulary(own.is_dir().then_some(own.as_path()))
    }
}

/// The words of captures, for pages.
pub struct CapturedTexts(Blobs);

impl model::Texts for CapturedTexts {
    fn text(&self, digest: &[u8; 32]) -> Option<model::CaptureText> {
        model::CaptureText::from_bytes(&self.0.get(&Digest(*digest)).ok()??)
    }

    fn picture(&self, digest: &[u8; 32]) -> Option<Vec<u8>> {
        self.0.get(&Digest(*digest)).ok()?
    }
}

fn storage(folder: &Path) -> Arc<DirStorage> {
    Arc::new(DirStorage::new(folder))
}

/// Makes a folder that nobody but its owner can look into.
pub fn make_secret(folder: &Path) -> Result<()> {
    let made = fs::DirBuilder::new().mode(0o700).create(folder);
    made.with_context(|| format!("can't make `{}`", folder.display()))
}

/// Which program this is: the CRC-32 of its own file; 0 where that can't be read.
fn build() -> u32 {
    let own = std::env::current_exe().and_then(fs::read);
    own.map(|bytes| crc32fast::hash(&bytes)).unwrap_or_default()
}

/// Writes a file that did not exist, with these rights, and has its bytes on the disk.
pub fn write_new(path: &Path, text: &str, rights: u32) -> Result<()> {
    let failed = || format!("can't make `{}`", path.display());
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(rights).open(path).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)?;
    file.sync_all().with_context(failed)
}

/// Has the names of a new atlas on the disk too: its key's, its settings', its own.
fn sync_folders(folder: &Path) -> Result<()> {
    let folder = folder.canonicalize()?;
    sync_folder(&folder.join("keys"))?;
    sync_folder(&folder)?;
    match folder.parent().map(fs::File::open) {
        // One may be allowed to make a folder in a place that one may not read.
        Some(Err(error)) if error.kind() == std::io::ErrorKind::PermissionDenied => Ok(()),
        Some(parent) => Ok(parent?.sync_all()?),
        None => Ok(()),
    }
}

/// Has the names in a folder on the disk.
pub fn sync_folder(folder: &Path) -> Result<()> {
    fs::File::open(folder)
        .and_then(|opened| opened.sync_all())
        .with_context(|| format!("can't sync `{}`", folder.display()))
}

/// 32 bytes from the operating system.
pub fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    Ok(bytes)
}

/// The time in UTC, to the second: `YYYY-MM-DDThh:mm:ssZ`.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

/// Today in UTC.
pub fn today() -> Day {
    let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let (year, month, day) = (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
    Day::new(year, month, day).expect("invariant: the clock gives days of the calendar")
}
