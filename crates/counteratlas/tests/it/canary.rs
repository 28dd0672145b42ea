//! Readers leave no trace: what their browsers send along is found in no file, log or answer afterwards.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::atlas::{Atlas, PROGRAM, holds, read_below};
use crate::cli::facts;

/// How many readers, each with an address, a browser and a referrer that nobody else has.
const READERS: usize = 1000;

fn canary(reader: usize) -> String {
    format!("canary-{reader:04}-Zx9q")
}

/// Serves with everything that it says kept in files; gives the process and its address.
pub fn serve(atlas: &Atlas) -> (Child, String) {
    let mut child = Command::new(PROGRAM)
        .args(["serve", "atlas", "--listen", "127.0.0.1:0"])
        .current_dir(atlas.path(""))
        .env("TMPDIR", atlas.path("tmp"))
        .stdout(std::fs::File::create(atlas.path("said.out")).unwrap())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut lines = BufReader::new(child.stderr.take().expect("invariant: it is piped")).lines();
    let mut log = std::fs::File::create(atlas.path("said.err")).unwrap();
    let address = loop {
        let line = lines.next().expect("it listens").unwrap();
        if let Some((_, rest)) = line.split_once("http://") {
            break rest.split_whitespace().next().unwrap().to_owned();
        }
    };
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(writeln!(log, "{line}"))));
    (child, address)
}

/// Ends it in good order.
pub fn stop(child: &mut Child) {
    let stop = Command::new("kill").arg(child.id().to_string()).status();
    assert!(stop.expect("kill runs").success() && child.wait().unwrap().success());
}

/// Asks as a browser behind a proxy does, with the canary wherever a browser or proxy puts what it knows of a reader.
fn ask(address: &str, path: &str, canary: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let headers = format!(
        "Host: {address}\r\nConnection: close\r\nUser-Agent: {canary}\r\nX-Forwarded-For: {canary}\r\n\
         Forwarded: for={canary}\r\nX-Real-IP: {canary}\r\nReferer: https://{canary}/\r\nCookie: id={canary}\r\n\
         Accept-Language: {canary}\r\nAuthorization: Basic {canary}\r\nIf-None-Match: \"{canary}\"\r\n"
    );
    write!(stream, "GET {path} HTTP/1.1\r\n{headers}\r\n").expect("it reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    answer
}

#[test]
fn nothing_that_a_reader_sends_is_written_anywhere() {
    let atlas = facts();
    std::fs::create_dir(atlas.path("tmp")).unwrap();
    atlas.run(["import", "facts"]).code(0);
    let (mut child, address) = serve(&atlas);
    let paths = [
        "/",
        "/links?q=maker",
        "/item/maker",
        "/zh/link/maker-supplies-police",
        "/nowhere",
        "/links.json?x=1",
        "/log/checkpoint",
        "/log/proof/e0-1",
        "/tiles/0/0/0.mvt",
        "/assets/none",
        "/item/%ff",
    ];
    for reader in 0..READERS {
        let answer = ask(&address, paths[reader % paths.len()], &canary(reader));
        assert!(answer.starts_with(b"HTTP/1.1 "), "{reader}");
        assert!(!holds(&answer, b"canary-"), "reader {reader} got what it had sent");
    }
    stop(&mut child);
    let mut files = Vec::new();
    read_below(&atlas.path(""), &mut files);
    assert!(files.len() > 10);
    for (path, bytes) in &files {
        assert!(!forms("canary-").iter().any(|form| holds(bytes, form)), "{} holds a reader", path.display());
    }
    println!("canaries: {READERS} readers, {} files searched, 0 found", files.len());
}

/// The text as it is, as UTF-16 and in hexadecimal.
fn forms(text: &str) -> [Vec<u8>; 3] {
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    [text.as_bytes().to_vec(), wide, hex.into_bytes()]
}
