//! The verifier in Python, which shares nothing with the program: it takes what is sound and refuses every forgery.

use std::process::Command;

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::tidy::root;

/// The log's public key.
pub fn key(atlas: &Atlas) -> String {
    std::fs::read_to_string(atlas.path("atlas/log/key.pub")).unwrap().trim().to_owned()
}

/// Reads the salt out of a proof, which no command shows.
const SALT: &str = "\
import sys
sys.path.insert(0, sys.argv[1])
import verify
lines = open(sys.argv[2]).read().split('\\n')
r = verify.Reader(verify.decode64(lines[1][6:]))
r.sized(), r.number(2), r.sized(), r.number(4), r.take(32)
[r.take(32) for _ in range(r.number(4))]
assert r.number(1) == 1
r.take(1)
print(r.take(32).hex())
";

/// Runs the verifier in the test's folder; gives what it said, and fails if it refuses. The word `salt` gives the salt
/// in a proof instead.
#[track_caller]
pub fn verifier(atlas: &Atlas, words: &[&str]) -> String {
    let (good, said) = judge(atlas, words);
    assert!(good, "{words:?}: {said}");
    said
}

/// The same, where it has to refuse.
#[track_caller]
pub fn refused(atlas: &Atlas, words: &[&str]) -> String {
    let (good, said) = judge(atlas, words);
    assert!(!good, "{words:?}: {said}");
    said
}

fn judge(atlas: &Atlas, words: &[&str]) -> (bool, String) {
    let folder = root().join("tools/verify");
    let mut command = Command::new("python3");
    match words {
        ["salt", file, ..] => command.args(["-B", "-c", SALT]).arg(&folder).arg(file),
        words => command.arg("-B").arg(folder.join("verify.py")).args(words),
    };
    let output = command.current_dir(atlas.path("")).output().expect("python3 runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("Traceback"), "{said}");
    (output.status.success(), said)
}

/// Judges many forgeries in one run, so that a thousand take seconds: every line of the list is `path offset mask`
/// (a byte to change), `path cut length`, `path gone` or `path new`, done and undone one after the other.
const FORGE: &str = "\
import os, sys
sys.path.insert(0, sys.argv[1])
import verify
folder, key, since = sys.argv[2], sys.argv[3], open(sys.argv[4], 'rb').read()
verify.check_ledger(folder, key, since)
refused = 0
for line in open(sys.argv[5]):
    path, what, *rest = line.split()
    path = os.path.join(folder, path)
    old = open(path, 'rb').read() if os.path.exists(path) else None
    if what == 'gone':
        os.remove(path)
    else:
        new = bytearray(old or b'new')
        if what == 'cut':
            del new[int(rest[0]):]
        elif what != 'new':
            new[int(what)] ^= int(rest[0])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, 'wb').write(new)
    try:
        verify.check_ledger(folder, key, since)
        print('passes:', line)
    except (verify.Wrong, OSError, ValueError, verify.struct.error):
        refused += 1
    if old is None:
        os.remove(path)
    else:
        open(path, 'wb').write(old)
print('refused', refused)
";

#[test]
fn it_takes_a_whole_ledger_with_redactions_and_earlier_checkpoints() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    std::fs::copy(atlas.path("atlas/log/checkpoint"), atlas.path("kept")).unwrap();
    atlas.run(["import", "facts"]).code(0);
    let said = verifier(&atlas, &["ledger", "atlas", "--key", &key(&atlas), "--since", "kept"]);
    let own = atlas.run(["verify"]).code(0).err();
    let digest = own.rsplit("root ").next().unwrap_or_default().trim().to_owned();
    assert!(said.contains("2 entries") && said.contains(&digest), "{said} | {own}");
}

#[test]
fn it_takes_the_sample() {
    let said = verifier(Atlas::sample(), &["ledger", "atlas"]);
    assert!(said.contains("the ledger holds: 1 entries"), "{said}");
}

#[test]
fn it_refuses_a_thousand_changed_ledgers() {
    let atlas = facts();
    for folder in ["facts/sources.csv", "facts/entities.csv", "facts/sources.csv", "facts"] {
        atlas.run(["import", folder]);
    }
    std::fs::copy(atlas.path("atlas/log/checkpoint"), atlas.path("kept")).unwrap();
    let mut list = String::new();
    for (path, bytes) in atlas.bytes() {
        let path = path.strip_prefix(atlas.path("atlas")).unwrap().display().to_string();
        if !path.starts_with("log/") && !path.starts_with("segments/") {
            continue;
        }
        for at in (0..bytes.len()).step_by(bytes.len().div_ceil(120)) {
            list += &format!("{path} {at} {}\n{path} cut {at}\n", 1 << (at % 8));
        }
        let newest = path.rsplit_once(".p/").is_none_or(|(_, width)| width == "3");
        list += &if newest { format!("{path} gone\n") } else { String::new() };
    }
    for path in [
        "log/other",
        "log/tile/0/001.p/9",
        "log/tile/0/002.p/1",
        "segments/000-0000000001.seg",
        "segments/500-0000000000.seg",
    ] {
        list += &format!("{path} new\n");
    }
    atlas.put("list", &list);
    let mut command = Command::new("python3");
    command.args(["-B", "-c", FORGE]).arg(root().join("tools/verify")).arg(atlas.path("atlas"));
    command.arg(key(&atlas)).arg(atlas.path("kept")).arg(atlas.path("list"));
    let output = command.output().expect("python3 runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let count = list.lines().count();
    assert_eq!(said.trim(), format!("refused {count}"), "{said}");
    println!("{count} changed ledgers refused by the Python verifier");
    assert!(count >= 1000, "{count}");
}

#[test]
fn both_verifiers_refuse_a_ledger_set_back_to_an_older_copy() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv"]).code(0);
    let copied = Command::new("cp").args(["-a", "atlas", "older"]).current_dir(atlas.path("")).status();
    assert!(copied.expect("cp runs").success());
    atlas.run(["import", "facts"]).code(0);
    std::fs::copy(atlas.path("atlas/log/checkpoint"), atlas.path("kept")).unwrap();
    let words = ["ledger", "older", "--key", &key(&atlas)];
    verifier(&atlas, &words);
    assert!(!judge(&atlas, &[&words[..], &["--since", "kept"]].concat()).0);
    atlas.program(["verify", "older"]).code(0);
    atlas.program(["verify", "older", "--since", "kept"]).code(1).stderr_has("it was set back");
    // The signer remembers as well, if its memory was not set back too: nothing is signed on the older copy.
    std::fs::copy(atlas.path("atlas/keys/log.signed"), atlas.path("older/keys/log.signed")).unwrap();
    atlas.program(["import", "older", "facts/entities.csv"]).code(2).stderr_has("rolled back");
}

#[test]
fn it_refuses_every_changed_character_of_a_proof() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let proof = atlas.program(["log", "prove", "atlas", "e0-3"]).code(0).out();
    atlas.put("proof", &proof);
    verifier(&atlas, &["proof", "proof", "--key", &key(&atlas)]);
    for at in (0..proof.len()).step_by(proof.len() / 40) {
        let mut bytes = proof.clone().into_bytes();
        bytes[at] ^= 1;
        atlas.put("changed", bytes);
        assert!(!judge(&atlas, &["proof", "changed", "--key", &key(&atlas)]).0, "byte {at}");
    }
    assert!(!judge(&atlas, &["redaction", "proof", "--key", &key(&atlas)]).0);
    assert!(!judge(&atlas, &["proof", "proof"]).0, "a proof without a key proves nothing");
    assert!(!judge(&atlas, &["proof", "proof", "--key", &key(&Atlas::new())]).0);
}
