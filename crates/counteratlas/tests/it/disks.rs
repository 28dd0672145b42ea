//! Small disks: no space, no inodes, no descriptors, a limit on the length of files, or no right to write. A command says
//! so and acknowledges nothing, reading goes on, and once there is room it goes on by itself.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::atlas::{Atlas, PROGRAM};
use crate::cli::facts;
use crate::site::get;

/// Makes a disk of memory that only this process and its children see, with the atlas on it. The disk is `disk`.
const DISK: &str = "set -u; mkdir -p disk; mount -t tmpfs -o size=64m tmpfs disk || exit 77; cp -a atlas disk/atlas\n";

/// Tries to import under the limit that was set before, looks at the atlas as it is then, lifts the limit, tries again.
/// Prints one line `WORD CODE` a step; what the first import said is in `said`.
const TRY: &str = "\
{ $LIMIT \"$0\" import disk/atlas facts 2>&1 >out; echo first $? >code; } | cat >said; cat code
\"$0\" verify disk/atlas >out 2>verdict; echo verify $?
\"$0\" export disk/atlas >exported 2>>verdict; echo export $?
eval \"$LIFT\"
\"$0\" import disk/atlas facts >out 2>again; echo again $?
\"$0\" verify disk/atlas >out 2>>verdict; echo healed $?
\"$0\" export disk/atlas >whole; grep -c maker-supplies-police whole >out; echo there $?
";

/// What a try came to.
#[derive(Debug)]
struct Tried {
    /// The first import's exit code; a signal counts as 128 and its number, as shells tell it.
    first: i32,
    said: String,
}

/// A folder in which disks can be made, or nothing where that is not allowed.
fn place() -> Option<Atlas> {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    let (code, said) = shell(&atlas, DISK, &[]);
    if code == 0 {
        return Some(atlas);
    }
    println!("SKIPPED: no file system can be mounted here ({}), so small disks were not tried", said.trim());
    None
}

/// Runs a script as a user who may mount, in a name space of its own.
fn shell(atlas: &Atlas, script: &str, variables: &[(&str, &str)]) -> (i32, String) {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, PROGRAM]).current_dir(atlas.path(""));
    let output = command.envs(variables.iter().copied()).output().expect("unshare runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap_or(-1), said)
}

/// One try: `set` sets a limit for the disk, `limit` is put before the first import, `lift` lifts both.
#[track_caller]
fn attempt(atlas: &Atlas, set: &str, limit: &str, lift: &str) -> Tried {
    let (code, told) = shell(atlas, &format!("{DISK}{set}\n{TRY}"), &[("LIMIT", limit), ("LIFT", lift)]);
    let said = std::fs::read_to_string(atlas.path("said")).unwrap();
    assert_eq!(code, 0, "{set} {limit}: {told}");
    let steps: Vec<(&str, i32)> = told
        .lines()
        .map(|line| line.split_once(' ').map(|(word, code)| (word, code.parse().unwrap())).unwrap())
        .collect();
    let first = steps[0].1;
    let rest = [("verify", 0), ("export", 0), ("again", 0), ("healed", 0), ("there", 0)];
    let verdict = std::fs::read_to_string(atlas.path("verdict")).unwrap();
    assert_eq!(steps[1..], rest, "{set} {limit}: first {first}, {said}, {verdict}");
    assert_eq!(first == 0, said.contains("appended entry"), "{set} {limit}: {said}");
    Tried { first, said }
}

impl Tried {
    /// It went well, or failed with an error that says why.
    #[track_caller]
    fn clean(&self, reasons: &[&str]) -> bool {
        let told = reasons.iter().any(|reason| self.said.contains(reason));
        assert!(self.first == 0 || (self.first == 2 && told), "{self:?}");
        self.first == 0
    }
}

/// Tries with more and more until it has gone well twice running; gives how many failed before.
fn step_up(name: &str, step: u64, most: u64, mut try_with: impl FnMut(u64) -> bool) {
    let mut came = Vec::new();
    for amount in (0..=most).step_by(step as usize) {
        came.push(try_with(amount));
        if came.ends_with(&[true, true]) {
            break;
        }
    }
    let failed = came.iter().filter(|went_well| !**went_well).count();
    println!("{name}: {} steps of {step}, {failed} refused cleanly, all healed", came.len());
    assert!(came.ends_with(&[true, true]) && failed > 0, "{name}: {came:?}");
}

#[test]
fn an_import_on_a_disk_that_fills_up_at_any_point_says_so_and_heals() {
    let Some(atlas) = place() else { return };
    step_up("disk space in KiB", 4, 400, |room| {
        let set = format!("mount -o remount,size=$(($(df --output=used -k disk | tail -1) + {room}))k disk");
        attempt(&atlas, &set, "", "mount -o remount,size=64m disk").clean(&["No space left"])
    });
}

#[test]
fn an_import_on_a_disk_without_inodes_says_so_and_heals() {
    let Some(atlas) = place() else { return };
    step_up("inodes", 1, 60, |room| {
        let set = format!("mount -o remount,nr_inodes=$(($(df --output=iused disk | tail -1) + {room})) disk");
        attempt(&atlas, &set, "", "mount -o remount,nr_inodes=100000 disk").clean(&["No space left"])
    });
}

#[test]
fn an_import_on_a_disk_that_may_only_be_read_says_so_and_heals() {
    let Some(atlas) = place() else { return };
    let tried = attempt(&atlas, "mount -o remount,ro disk", "", "mount -o remount,rw disk");
    assert!(!tried.clean(&["Read-only file system"]));
}

#[test]
fn an_import_with_too_few_descriptors_says_so_and_heals() {
    let Some(atlas) = place() else { return };
    step_up("descriptors", 1, 40, |most| {
        let tried = attempt(&atlas, "", &format!("prlimit --nofile={most}"), "");
        // With fewer than a handful the system can't start a program at all, and says so itself.
        let started = tried.first < 126;
        if started { tried.clean(&["Too many open files"]) } else { false }
    });
}

#[test]
fn an_import_that_may_write_only_short_files_says_so_and_heals() {
    let Some(atlas) = place() else { return };
    // Every write is cut short somewhere, the one of the checkpoint included.
    step_up("file length in bytes", 97, 20_000, |most| {
        attempt(&atlas, "", &format!("prlimit --fsize={most}"), "").clean(&["File too large"])
    });
}

/// Serves from a full disk; prints the address, and stops when its standard input closes.
const SERVE: &str = "\
\"$0\" serve disk/atlas --listen 127.0.0.1:0 2>&1 & server=$!
mount -o remount,size=$(($(df --output=used -k disk | tail -1)))k disk
\"$0\" import disk/atlas facts >out 2>said; echo import $?
cat; kill $server; wait $server
";

#[test]
fn readers_are_served_while_the_disk_is_full() {
    let Some(atlas) = place() else { return };
    let mut child = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &format!("{DISK}{SERVE}"), PROGRAM])
        .current_dir(atlas.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("unshare runs");
    let lines = BufReader::new(child.stdout.take().expect("invariant: it is piped")).lines();
    let (mut address, mut import) = (None, None);
    for line in lines.map_while(Result::ok) {
        let served = line.split_once("http://").and_then(|(_, rest)| rest.split_whitespace().next());
        address = address.or(served.map(str::to_owned));
        import = import.or(line.strip_prefix("import ").map(str::to_owned));
        if let (Some(address), Some(code)) = (&address, &import) {
            assert_eq!(code, "2");
            for path in ["/", "/source/paper", "/log/checkpoint", "/links.json"] {
                assert_eq!(get(address, path).status, 200, "{path}");
            }
            break;
        }
    }
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success() && import.is_some());
}
