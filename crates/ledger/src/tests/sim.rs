//! A disk in memory that forgets: it remembers what was synced, and from what was not it makes every state in which a
//! power loss may leave a disk.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::storage::{Disk, Handle};

/// Gives random numbers below a bound.
pub(crate) type Dice<'a> = &'a mut dyn FnMut(usize) -> usize;

/// A disk; clones are the same disk.
#[derive(Clone, Default)]
pub(crate) struct SimDisk(Arc<Mutex<Sim>>);

#[derive(Clone, Default)]
struct Sim {
    files: Vec<Bytes>,
    /// What a running program sees.
    names: Names,
    /// What a power loss leaves in any case.
    durable: Names,
    /// Changes of names that were not synced yet, in order.
    pending: Vec<Change>,
    told: Vec<String>,
    /// The call at which the writer dies: from then on all fail.
    dies_at: Option<usize>,
    failing_syncs: Option<ErrorKind>,
    /// Syncs that do nothing and say that they did: for tests of these tests.
    lying: Option<fn(&str, &Path) -> bool>,
}

/// Names by their text: comparing paths part by part is slow.
type Names = BTreeMap<String, Node>;

#[derive(Clone, Copy, PartialEq)]
enum Node {
    Folder,
    File(usize),
}

#[derive(Clone, Default)]
struct Bytes {
    durable: Vec<u8>,
    now: Vec<u8>,
}

/// A change of names within one folder, atomic as the file system does it.
#[derive(Clone)]
struct Change {
    folder: String,
    removed: Option<String>,
    set: Option<(String, Node)>,
}

impl SimDisk {
    pub fn new() -> Self {
        Self::default()
    }

    /// A disk that holds these files, all of them durable.
    pub fn holding(root: &str, files: &BTreeMap<String, Vec<u8>>) -> Self {
        let disk = Self::new();
        for (path, bytes) in files {
            let path = Path::new(root).join(path);
            disk.make_folder(path.parent().expect("a file lies in a folder")).expect("it makes folders");
            disk.create(&path).and_then(|mut file| file.write_all(bytes)).expect("it takes files");
        }
        disk.settled()
    }

    /// The same disk with everything on it durable.
    pub fn settled(&self) -> Self {
        let mut sim = self.sim().clone();
        sim.files.iter_mut().for_each(|file| file.durable = file.now.clone());
        (sim.durable, sim.pending, sim.told) = (sim.names.clone(), Vec::new(), Vec::new());
        Self(Arc::new(Mutex::new(sim)))
    }

    fn sim(&self) -> MutexGuard<'_, Sim> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Every change and sync so far, in words.
    pub fn told(&self) -> Vec<String> {
        self.sim().told.clone()
    }

    pub fn calls(&self) -> usize {
        self.sim().told.len()
    }

    pub fn fail_syncs(&self, kind: ErrorKind) {
        self.sim().failing_syncs = Some(kind);
    }

    /// Makes the syncs that `lying` picks, by `file` or `folder` and path, do nothing.
    pub fn lie(&self, lying: fn(&str, &Path) -> bool) {
        self.sim().lying = Some(lying);
    }

    /// The same disk for a writer that dies at its `call`th change or sync.
    pub fn dying_at(&self, call: usize) -> Self {
        let mut sim = self.sim().clone();
        (sim.told, sim.dies_at) = (Vec::new(), Some(call));
        Self(Arc::new(Mutex::new(sim)))
    }

    /// The same disk as the next program finds it when only the writer died: what was written is there, synced or not.
    pub fn after_death(&self) -> Self {
        let mut sim = self.sim().clone();
        (sim.told, sim.dies_at) = (Vec::new(), None);
        Self(Arc::new(Mutex::new(sim)))
    }

    /// The disk after a power loss: of what was not synced each change may be there or not, in any order that keeps
    /// changes of one name in theirs; unsynced bytes may be there, absent, cut, or garbage from some sector on.
    pub fn after_power_loss(&self, dice: Dice<'_>) -> Self {
        let sim = self.sim();
        let mut names = sim.durable.clone();
        let mut skipped = BTreeSet::new();
        for change in &sim.pending {
            let touched: Vec<&String> = change.removed.iter().chain(change.set.iter().map(|(path, _)| path)).collect();
            if touched.iter().any(|path| skipped.contains(*path)) || dice(2) == 0 {
                skipped.extend(touched.into_iter().cloned());
                continue;
            }
            change.removed.iter().for_each(|path| forget(&mut names, path));
            names.extend(change.set.clone());
        }
        let reachable = |path: &str| {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            folders.into_iter().all(|folder| names.get(folder) == Some(&Node::Folder))
        };
        let mut left = Sim { lying: sim.lying, ..Sim::default() };
        for (path, node) in names.iter().filter(|(path, _)| reachable(path)) {
            let node = match *node {
                Node::Folder => Node::Folder,
                Node::File(file) => {
                    let bytes = sim.files[file].after_power_loss(dice);
                    left.files.push(Bytes { durable: bytes.clone(), now: bytes });
                    Node::File(left.files.len() - 1)
                }
            };
            left.names.insert(path.clone(), node);
        }
        left.durable = left.names.clone();
        Self(Arc::new(Mutex::new(left)))
    }

    /// Shows every file with its bytes.
    pub fn each_file(&self, mut see: impl FnMut(&str, &[u8])) {
        let sim = self.sim();
        for (path, node) in &sim.names {
            if let Node::File(file) = node {
                see(path, &sim.files[*file].now);
            }
        }
    }

    /// Writes down a change or a sync; fails if the writer is dead by then.
    fn step(&self, what: &str, path: &Path) -> io::Result<MutexGuard<'_, Sim>> {
        let mut sim = self.sim();
        let dead = sim.dies_at.is_some_and(|at| sim.told.len() >= at);
        sim.told.push(format!("{what} {}", path.display()));
        if dead { Err(io::Error::other("the writer is dead")) } else { Ok(sim) }
    }

    fn open_as(&self, path: &Path, node: Node) -> Box<dyn Handle> {
        Box::new(Open { disk: self.clone(), path: path.into(), node })
    }
}

impl Sim {
    fn change(&mut self, removed: Option<&str>, set: Option<(&str, Node)>) {
        removed.iter().for_each(|path| forget(&mut self.names, path));
        let set = set.map(|(path, node)| (path.to_owned(), node));
        self.names.extend(set.clone());
        let path = removed.or(set.as_ref().map(|(path, _)| path.as_str())).expect("a change names something");
        let folder = folder_of(path).to_owned();
        self.pending.push(Change { folder, removed: removed.map(str::to_owned), set });
    }

    fn make_file(&mut self, path: &str) -> Node {
        self.files.push(Bytes::default());
        let node = Node::File(self.files.len() - 1);
        self.change(None, Some((path, node)));
        node
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("our paths are text").trim_end_matches('/')
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn forget(names: &mut Names, path: &str) {
    names.remove(path);
}

impl Bytes {
    fn after_power_loss(&self, dice: Dice<'_>) -> Vec<u8> {
        if self.durable == self.now {
            return self.now.clone();
        }
        let kind = dice(5);
        if kind < 2 {
            return if kind == 0 { self.durable.clone() } else { self.now.clone() };
        }
        let sector = [512, 4096, 64, 1][dice(4)];
        let cut = dice(self.now.len() / sector + 1) * sector;
        let mut torn = self.now[..cut].to_vec();
        if kind > 2 {
            let garbage = if kind == 3 { 0 } else { dice(256) as u8 };
            torn.resize(self.now.len(), garbage);
        }
        torn
    }
}

struct Open {
    disk: SimDisk,
    path: PathBuf,
    node: Node,
}

impl Handle for Open {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Node::File(file) = self.node else { return Err(ErrorKind::IsADirectory.into()) };
        let dead = self.disk.step("write", &self.path);
        let torn = dead.is_err();
        drop(dead);
        let written = if torn { &bytes[..bytes.len() / 2] } else { bytes };
        self.disk.sim().files[file].now.extend(written);
        if torn { Err(io::Error::other("the writer is dead")) } else { Ok(()) }
    }

    fn sync(&self) -> io::Result<()> {
        let mut sim = self.disk.step("sync", &self.path)?;
        if let Some(kind) = sim.failing_syncs {
            return Err(kind.into());
        }
        let kind = if self.node == Node::Folder { "folder" } else { "file" };
        if sim.lying.is_some_and(|lying| lying(kind, &self.path)) {
            return Ok(());
        }
        match self.node {
            Node::File(file) => {
                let bytes = &mut sim.files[file];
                bytes.durable = bytes.now.clone();
            }
            Node::Folder => {
                let pending = std::mem::take(&mut sim.pending);
                let (here, elsewhere) = pending.into_iter().partition(|change| change.folder == text(&self.path));
                sim.pending = elsewhere;
                let here: Vec<Change> = here;
                for change in here {
                    change.removed.iter().for_each(|path| forget(&mut sim.durable, path));
                    sim.durable.extend(change.set);
                }
            }
        }
        Ok(())
    }
}

impl Disk for SimDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let sim = self.sim();
        match sim.names.get(text(path)) {
            Some(Node::File(file)) => Ok(sim.files[*file].now.clone()),
            Some(Node::Folder) => Err(ErrorKind::IsADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
        let sim = self.sim();
        let folder = text(folder);
        if sim.names.get(folder) != Some(&Node::Folder) {
            return Err(ErrorKind::NotFound.into());
        }
        let below = sim.names.range(format!("{folder}/")..format!("{folder}0"));
        let inside = below.filter(|(path, _)| folder_of(path) == folder);
        Ok(inside.map(|(path, node)| (path.into(), *node == Node::Folder)).collect())
    }

    fn is_folder(&self, path: &Path) -> bool {
        let path = text(path);
        path.is_empty() || path == "." || self.sim().names.get(path) == Some(&Node::Folder)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let missing = |path: &&Path| !self.is_folder(path);
        let mut missing: Vec<&Path> = path.ancestors().take_while(missing).collect();
        while let Some(path) = missing.pop() {
            self.step("make", path)?.change(None, Some((text(path), Node::Folder)));
        }
        Ok(())
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        if self.sim().names.contains_key(text(path)) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let node = self.step("create", path)?.make_file(text(path));
        Ok(self.open_as(path, node))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let mut sim = self.step("create", path)?;
        let node = match sim.names.get(text(path)) {
            Some(Node::File(file)) => {
                let file = *file;
                sim.files[file].now.clear();
                Node::File(file)
            }
            _ => sim.make_file(text(path)),
        };
        drop(sim);
        Ok(self.open_as(path, node))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let node = if self.is_folder(path) { Some(Node::Folder) } else { self.sim().names.get(text(path)).copied() };
        let node = node.ok_or(ErrorKind::NotFound)?;
        let path = if path == Path::new(".") { Path::new("") } else { path };
        Ok(self.open_as(path, node))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut sim = self.step("rename", from)?;
        let node = *sim.names.get(text(from)).ok_or(ErrorKind::NotFound)?;
        sim.change(Some(text(from)), Some((text(to), node)));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if !self.sim().names.contains_key(text(path)) {
            return Err(ErrorKind::NotFound.into());
        }
        self.step("remove", path)?.change(Some(text(path)), None);
        Ok(())
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Any>> {
        // Every test has one writer at a time.
        if !self.sim().names.contains_key(text(path)) {
            self.step("create", path)?.make_file(text(path));
        }
        Ok(Box::new(()))
    }
}
