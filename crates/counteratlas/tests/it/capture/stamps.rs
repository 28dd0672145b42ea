//! Time stamps: a local authority made of OpenSSL stamps what we ask it, and judges what we keep; others' proofs are taken.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use desk::capture::stamp::{Question, check};
use ledger::archive::{Digest, is_capture_file};
use model::StampKind;

use super::web::Web;
use super::{blob, run};
use crate::atlas::{Atlas, read_below};
use crate::cli::facts;
use crate::site::Site;

const SETTINGS: &str = "[tsa]\ndefault_tsa = one\n[one]\nserial = ./serial\nsigner_cert = ./tsa.pem\ncerts = ./ca.pem\n\
    signer_key = ./tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\n\
    ordering = no\ntsa_name = yes\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n";

/// Runs OpenSSL in a folder; false if it says no.
fn openssl(folder: &Path, words: &str) -> bool {
    let done = Command::new("openssl").args(words.split(' ')).current_dir(folder).output();
    done.is_ok_and(|done| done.status.success())
}

/// An authority with keys of this kind in a folder of the test; nothing where there is no OpenSSL.
fn authority(atlas: &Atlas, name: &str, key: &str) -> Option<PathBuf> {
    let folder = atlas.path(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("settings"), SETTINGS).unwrap();
    std::fs::write(folder.join("serial"), "01\n").unwrap();
    std::fs::write(folder.join("use"), "extendedKeyUsage=critical,timeStamping\nkeyUsage=digitalSignature\n").unwrap();
    let steps = [
        format!("req -x509 -newkey {key} -nodes -keyout ca.key -out ca.pem -subj /CN=Root-{name} -days 3000"),
        format!("req -newkey {key} -nodes -keyout tsa.key -out tsa.csr -subj /CN=Authority-{name}"),
        "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 3000 -extfile use".into(),
    ];
    let made = steps.iter().all(|words| openssl(&folder, words));
    if !made {
        println!("SKIPPED: no `openssl` that makes certificates is on this machine, so no authority stamped or judged");
    }
    made.then_some(folder)
}

/// Answers questions with this authority's word, for as long as the test runs; gives its address.
fn listen(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() > 0 {
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap().to_lowercase();
            assert!(head.contains("content-type: application/timestamp-query"), "{head}");
            let length = head.split("content-length: ").nth(1).unwrap().split('\r').next().unwrap().parse().unwrap();
            let mut question = vec![0; length];
            stream.read_exact(&mut question).unwrap();
            std::fs::write(folder.join("question"), &question).unwrap();
            assert!(openssl(&folder, "ts -reply -config settings -queryfile question -out answer"));
            let answer = std::fs::read(folder.join("answer")).unwrap();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", answer.len());
            stream.write_all(&[head.as_bytes(), &answer].concat()).unwrap();
        }
    });
    address
}

/// The pieces of the archive that begin so.
fn beginning(atlas: &Atlas, start: &[u8]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    read_below(&atlas.path("atlas/captures"), &mut all);
    all.into_iter().filter(|(_, bytes)| bytes.starts_with(start)).map(|(path, _)| path).collect()
}

#[test]
fn an_authority_stamps_what_we_ask_and_openssl_takes_what_we_keep() {
    for (name, key) in [("rsa", "rsa:2048"), ("ec", "ec -pkeyopt ec_paramgen_curve:P-256")] {
        let (web, atlas) = (Web::new(), facts());
        let Some(folder) = authority(&atlas, name, key) else { return };
        let url = listen(&folder);
        let ran = run(&atlas, &web, "capture", &[&web.url("/page"), "--timestamp", &url]).code(0);
        let ran = ran.stderr_has(&format!("vouches for `CN=Authority-{name}`"));
        let out = ran.out();
        let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
        let (id, kept) = (lines[0][0], Digest::parse(lines[0][3]).unwrap());
        assert_eq!((lines[1][1], lines[1][2], lines[1][4]), (id, "rfc3161", format!("CN=Authority-{name}").as_str()));
        // The judge: the answer that lies in the archive is about the very bytes that lie there.
        let stamps = beginning(&atlas, &std::fs::read(folder.join("answer")).unwrap());
        assert_eq!(stamps.len(), 1);
        let verify = |data: &Path| {
            openssl(&folder, &format!("ts -verify -in {} -data {} -CAfile ca.pem", stamps[0].display(), data.display()))
        };
        assert!(verify(&blob(&atlas, &kept)) && !verify(&stamps[0]));
        atlas
            .run(["check", "--evidence"])
            .code(0)
            .stderr_has("time stamps: 1, of which 1 hold, 0 of them by a trusted");
        std::fs::copy(folder.join("ca.pem"), atlas.path("atlas/authorities.pem")).unwrap();
        atlas.run(["check", "--evidence"]).code(0).stderr_has("1 hold, 1 of them by a trusted");
        let shown = Site::of(&atlas).get(&format!("/capture/{id}")).text();
        assert!(
            shown.contains(&format!("CN=Authority-{name}</bdi> says that the kept bytes were there at")),
            "{shown}"
        );

        sweep(&std::fs::read(&stamps[0]).unwrap(), kept.0);
        refusals(&atlas, &folder, id, &url);
        // Stamp and capture go together, for the stamp holds the digest.
        atlas.run(["redact", id, "--reason", "safety", "--notice", "n-1"]).code(0);
        atlas.run(["verify"]).code(0);
        assert!(!stamps[0].exists());
    }
}

/// No changed byte makes a stamp say another time or name, or be about other bytes; most make it say nothing.
fn sweep(stamp: &[u8], digest: [u8; 32]) {
    let question = Question { kind: StampKind::Rfc3161, digest, nonce: None, roots: Vec::new() };
    let good = check(stamp, &question).unwrap();
    assert!(check(stamp, &Question { digest: [0; 32], ..question.clone() }).is_err());
    let mut refused = 0;
    for at in 0..stamp.len() {
        let mut bad = stamp.to_vec();
        bad[at] ^= 1 << (at % 8);
        match check(&bad, &question) {
            // What is not signed may differ: the root's certificate, text beside the status.
            Ok(word) => assert_eq!(word, good, "byte {at}"),
            Err(_) => refused += 1,
        }
        assert!(check(&stamp[..at], &question).is_err(), "cut to {at}");
    }
    println!("{refused} of {} changed stamps were refused, and all that were cut", stamp.len());
    assert!(refused * 3 > stamp.len(), "{refused}");
}

fn refusals(atlas: &Atlas, folder: &Path, id: &str, url: &str) {
    let answer = std::fs::read(folder.join("answer")).unwrap();
    let mut bad = answer.clone();
    let last = bad.len() - 5;
    bad[last] ^= 1;
    atlas.put("bad.tsr", &bad);
    atlas.run(["timestamp", id, "--proof", "bad.tsr"]).code(1).stdout("").stderr_has("signature does not hold");
    atlas.put("good.tsr", &answer);
    atlas.run(["timestamp", id, "--proof", "good.tsr"]).code(0).stdout_has("\trfc3161\t");
    // Another root vouches for nothing of this authority's.
    let other = authority(atlas, "other", "rsa:2048").unwrap();
    std::fs::copy(other.join("ca.pem"), atlas.path("atlas/authorities.pem")).unwrap();
    atlas.run(["timestamp", id, "--authority", url]).code(1).stdout("").stderr_has("its certificate does not hold");
    atlas.run(["check", "--evidence"]).code(1).stderr_has("its certificate does not hold");
    std::fs::remove_file(atlas.path("atlas/authorities.pem")).unwrap();
    atlas.run(["timestamp", "e9-9", "--authority", url]).code(2).stderr_has("there is no capture `e9-9`");
    atlas.run(["timestamp", id]).code(2).stderr_has("required");
}

/// An OpenTimestamps proof of a digest that one calendar has and no block yet, after the format's published description.
fn proof(digest: &[u8; 32]) -> Vec<u8> {
    let calendar = b"https://calendar.example";
    let mut bytes = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".to_vec();
    bytes.extend(digest);
    // Append eight bytes, hash; then the calendar's promise.
    bytes.extend(b"\xf0\x08nonce-12\x08\0\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e");
    bytes.extend([calendar.len() as u8 + 1, calendar.len() as u8]);
    bytes.extend(calendar);
    bytes
}

#[test]
fn an_opentimestamps_proof_is_kept_for_what_it_is() {
    let atlas = Atlas::new().file("note.txt", "About forty cameras.");
    let out = atlas.run(["capture", "note.txt"]).code(0).out();
    let id = out.split('\t').next().unwrap();
    let digest = Digest::of(b"About forty cameras.");
    atlas.put("note.ots", proof(&digest.0));
    atlas.put("other.ots", proof(&[1; 32]));
    atlas.run(["timestamp", id, "--proof", "other.ots"]).code(1).stderr_has("it is about other bytes");
    let ran = atlas.run(["timestamp", id, "--proof", "note.ots"]).code(0);
    ran.stdout_has(&format!("\t{id}\topentimestamps\t\thttps://calendar.example\n"));
    atlas.run(["check", "--evidence"]).code(0).stderr_has("time stamps: 1, of which 1 hold");
    let shown = Site::of(&atlas).get(&format!("/capture/{id}")).text();
    assert!(shown.contains("no block is named yet, so this proves no time"), "{shown}");
    assert!(is_capture_file(
        &beginning(&atlas, b"\0OpenTimestamps")[0].strip_prefix(atlas.path("atlas")).unwrap().display().to_string()
    ));
    atlas.run(["evidence", "bundle", "--plain"]).code(0);
    let kept = std::fs::read_dir(atlas.path("bundle/stamps")).unwrap().next().unwrap().unwrap().path();
    let Some(judges) = std::env::var_os("COUNTERATLAS_JUDGES").map(PathBuf::from) else {
        println!(
            "SKIPPED: `COUNTERATLAS_JUDGES` names no Python environment with opentimestamps-client, so it judged no proof"
        );
        return;
    };
    let said = Command::new(judges.join("bin/ots")).arg("info").arg(&kept).output().expect("ots runs");
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(
        said.contains(&digest.to_string()) && said.contains("PendingAttestation('https://calendar.example')"),
        "{said}"
    );
}
