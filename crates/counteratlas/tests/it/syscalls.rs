//! Every call to the file system that a writing command makes fails once in every way, by `strace`, on the program as it
//! is: whatever was acknowledged is there, the ledger is whole, and the same command done again ends well.
//!
//! The suite draws some of the cases by a seed; `COUNTERATLAS_SYSCALLS=all` tries every one.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use ledger::{DirStorage, Ledger, Unsealed, verify};

use crate::atlas::{Atlas, PROGRAM, holds, read_below};
use crate::cli::facts;

/// The calls that reach files: those that a run makes of them are counted, and each is made to fail.
const CALLS: &str = "openat,open,creat,read,pread64,readv,write,pwrite64,writev,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,\
    unlink,unlinkat,rmdir,mkdir,mkdirat,stat,lstat,statx,newfstatat,fstat,getdents64,flock,fcntl,lseek,ftruncate,fallocate,\
    copy_file_range,sendfile,close,readlink,readlinkat,chmod,fchmod,fchmodat,linkat,symlinkat,getcwd,access,faccessat2";

/// What a call is made to come to.
const FAULTS: [&str; 4] = ["error=EIO", "error=ENOSPC", "error=EINTR", "signal=SIGKILL"];

/// Drawn cases are the same in every run.
const SEED: u64 = 0x5ca1_1ed0;

const SECRET: &str = "Makes cameras.";

/// One command on an atlas that lies ready.
struct Scene {
    name: &'static str,
    /// The folder as it is before.
    ready: Atlas,
    words: Vec<String>,
    /// What it says when it is done, and not before.
    done: &'static str,
    /// How many entries it adds.
    adds: u64,
    /// What must be so once it was acknowledged or done again.
    after: fn(&Path),
}

fn scenes() -> Vec<Scene> {
    let scene = |name, ready: Atlas, words: &[&str], done, adds, after| {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Scene { name, ready, words, done, adds, after }
    };
    let imported = || {
        let atlas = facts();
        atlas.run(["import", "facts"]).code(0);
        atlas
    };
    let secret = crate::redact::claim(&imported(), SECRET);
    let redact = ["redact", "atlas", &secret, "--reason", "safety", "--notice", "n"];
    let decided = imported();
    let segment = decided.path("atlas/segments/000-0000000000.seg");
    let before = std::fs::read(&segment).unwrap();
    decided.run(redact[..1].iter().chain(&redact[2..]).copied()).code(0);
    // As if the process had died between the entry and the destruction.
    std::fs::write(&segment, before).unwrap();
    let due = crate::embargo::due();
    let copied = imported();
    copied.program(["backup", "atlas", "copy"]).code(0);
    vec![
        scene("import", facts(), &["import", "atlas", "facts"], "appended entry", 1, |_| ()),
        scene("append", grown(), &["import", "atlas", "more"], "appended entry", 1, |_| ()),
        scene("redact", imported(), &redact, "destroyed 1 values", 1, gone),
        scene("seal", facts(), &["import", "atlas", "facts", "--embargo", "2999-12-01"], "sealed until", 1, |at| {
            sealed(&at.join("atlas"));
        }),
        scene("reveal", due, &["reveal", "atlas"], "appended entry", 1, |_| ()),
        scene("redact --finish", decided.broken(), &["redact", "atlas", "--finish"], "destroyed 1 values", 0, gone),
        scene("backup to a folder", imported(), &["backup", "atlas", "copy"], "backed up", 0, |at| {
            sound(&at.join("copy"))
        }),
        scene("backup to a file", imported(), &["backup", "atlas", "copy.tar"], "backed up", 0, |at| {
            assert!(at.join("copy.tar").is_file());
        }),
        scene("restore", copied, &["restore", "copy", "new"], "equal by root", 0, |at| sound(&at.join("new"))),
    ]
}

/// An atlas of several entries, so that tiles are extended, and one more source to import.
fn grown() -> Atlas {
    let header = "id,title,publisher,published_on,language,kind,reports_on,url,note\n";
    let atlas = facts();
    for n in 0..4 {
        atlas.put("more/sources.csv", format!("{header}more-{n},Report {n},A paper,2020,en,news,,,\n"));
        if n < 3 {
            atlas.run(["import", "more"]).code(0);
        }
    }
    atlas
}

fn gone(folder: &Path) {
    let mut files = Vec::new();
    read_below(&folder.join("atlas"), &mut files);
    assert!(!files.iter().any(|(_, bytes)| holds(bytes, SECRET.as_bytes())), "the redacted value is still there");
}

/// Every value that was sealed can be revealed.
fn sealed(folder: &Path) {
    let vault = DirStorage::new(folder.join("sealed"));
    let view = Unsealed::new(Arc::new(DirStorage::new(folder)), Arc::new(vault));
    assert_eq!(verify(&view, None).sealed, [], "sealed values are lost");
}

fn sound(folder: &Path) {
    let verdict = verify(&DirStorage::new(folder), None);
    assert!(verdict.holds(), "{}: {:?}", folder.display(), verdict.findings);
}

fn size(folder: &Path) -> u64 {
    Ledger::open(Arc::new(DirStorage::new(folder.join("atlas")))).expect("it opens").checkpoint().size
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

impl Scene {
    fn run(&self, folder: &Path, strace: &[&str]) -> Output {
        let mut command = if strace.is_empty() { Command::new(PROGRAM) } else { Command::new("strace") };
        if !strace.is_empty() {
            command.args(["-f", "-qq", "-o", "/dev/null"]).args(strace).arg(PROGRAM);
        }
        command.args(&self.words).current_dir(folder).output().expect("it runs")
    }

    /// How often a run makes each call.
    fn calls(&self, folder: &Path) -> BTreeMap<String, u64> {
        copy(&self.ready.path(""), folder);
        let log = folder.join("strace.log");
        let output = self
            .run(folder, &["-o", &log.display().to_string(), "-e", &format!("trace=?{}", CALLS.replace(',', ",?"))]);
        assert!(String::from_utf8_lossy(&output.stderr).contains(self.done), "{}: {output:?}", self.name);
        let mut calls = BTreeMap::new();
        for line in std::fs::read_to_string(&log).unwrap().lines() {
            let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            if let Some((name, _)) = call.split_once('(').filter(|_| !call.starts_with("<...")) {
                *calls.entry(name.to_owned()).or_default() += 1;
            }
        }
        std::fs::remove_dir_all(folder).unwrap();
        calls
    }

    /// Makes one call fail in one way and looks at what is left.
    fn try_case(&self, folder: &Path, case: &Case) -> Result<Came, String> {
        copy(&self.ready.path(""), folder);
        let before = size(folder);
        let output = self.run(folder, &["-e", &format!("inject={}:{}:when={}", case.call, case.fault, case.nth)]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        // It is told by the last line, or, should that not have been written, by the exit code.
        let told = said.contains(self.done) || output.status.code() == Some(0);
        let wrong = |what: &str| Err(format!("{} {case:?}: {what}; {}; {said}", self.name, output.status));
        if said.contains("panicked") {
            return wrong("it panicked");
        }
        if output.status.code().is_some_and(|code| code != 0) && said.trim().is_empty() {
            return wrong("it failed and did not say why");
        }
        sound(&folder.join("atlas"));
        let now = size(folder);
        if now > before + self.adds || (told && now != before + self.adds) {
            return wrong(&format!("there are {now} entries, there were {before}"));
        }
        if told {
            (self.after)(folder);
        }
        if let Err(what) = self.heal(folder, now, before + self.adds) {
            return wrong(&what);
        }
        std::fs::remove_dir_all(folder).unwrap();
        Ok(if told { Came::Done } else { Came::Failed })
    }

    /// Without the fault the command ends well, whatever the one before has left.
    fn heal(&self, folder: &Path, now: u64, wanted: u64) -> Result<(), String> {
        let output = self.run(folder, &[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        // Only that the name is taken may keep a copy from being made again: then the copy stands.
        let stands = said.contains("is there already");
        if output.status.code() != Some(0) && !stands {
            return Err(format!("done again it fails: {said}"));
        }
        let then = size(folder);
        if then < wanted || then > now.max(wanted) {
            return Err(format!("done again there are {then} entries instead of {wanted}"));
        }
        sound(&folder.join("atlas"));
        (self.after)(folder);
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Came {
    Done,
    Failed,
}

#[derive(Debug)]
struct Case {
    call: String,
    nth: u64,
    fault: &'static str,
}

fn cases(calls: &BTreeMap<String, u64>) -> Vec<Case> {
    let mut cases = Vec::new();
    for (call, count) in calls {
        for (nth, fault) in (1..=*count).flat_map(|nth| FAULTS.map(|fault| (nth, fault))) {
            // What was written is synced before it is closed, and the standard library ends a program whose folder can't
            // be closed, which no file system does.
            if call == "close" && fault != "signal=SIGKILL" {
                continue;
            }
            cases.push(Case { call: call.clone(), nth, fault });
        }
    }
    cases
}

/// One in how many cases is tried.
fn share() -> u64 {
    if std::env::var("COUNTERATLAS_SYSCALLS").is_ok_and(|text| text == "all") { 1 } else { 40 }
}

fn drawn(scene: u64, n: u64) -> bool {
    let mixed = (SEED ^ (scene << 32 | n)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 17).is_multiple_of(share())
}

/// Whether this machine lets a process be traced.
fn can_trace() -> bool {
    let tried = Command::new("strace").args(["-f", "-qq", "-o", "/dev/null", "true"]).output();
    let can = tried.is_ok_and(|output| output.status.success());
    if !can {
        println!("SKIPPED: `strace` can't be run here; install it, and allow ptrace, to try failing system calls");
    }
    can
}

#[test]
fn a_call_to_the_file_system_may_fail_anywhere_and_nothing_acknowledged_is_lost() {
    if !can_trace() {
        return;
    }
    let (begun, place) = (std::time::Instant::now(), Atlas::none());
    let (mut tried, mut done) = (0, 0);
    for (n, scene) in (0u64..).zip(scenes()) {
        let calls = scene.calls(&place.path("count"));
        let all = cases(&calls);
        let chosen: Vec<&Case> = (0u64..).zip(&all).filter(|(m, _)| drawn(n, *m)).map(|(_, case)| case).collect();
        let came = on_all_cores(&chosen, |worker, case| scene.try_case(&place.path(&format!("run-{worker}")), case));
        let ended = came.iter().filter(|came| **came == Came::Done).count();
        let instances: u64 = calls.values().sum();
        println!(
            "{}: {instances} calls, {} of {} faults, {ended} done all the same",
            scene.name,
            chosen.len(),
            all.len()
        );
        (tried, done) = (tried + chosen.len(), done + ended);
    }
    let seconds = begun.elapsed().as_secs_f32();
    println!("syscalls: {tried} faults, {done} done all the same, seed {SEED}, 0 lost or damaged, {seconds:.1} s");
    assert!(done > 0 && done < tried);
}

fn on_all_cores<T: Sync, R: Send>(list: &[T], work: impl Fn(usize, &T) -> Result<R, String> + Sync) -> Vec<R> {
    let (next, all) = (std::sync::atomic::AtomicUsize::new(0), Mutex::new(Vec::new()));
    let run = |worker: usize| {
        while let Some(one) = list.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let came = work(worker, one).unwrap_or_else(|what| panic!("{what}"));
            all.lock().unwrap().push(came);
        }
    };
    let (cores, run) = (std::thread::available_parallelism().map_or(1, usize::from), &run);
    std::thread::scope(|scope| (0..cores).for_each(|worker| drop(scope.spawn(move || run(worker)))));
    all.into_inner().unwrap()
}
