//! Work that is done apart: this program again, as a process that holds nothing and is thrown away.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// What a process apart does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Asks for an address.
    Fetch,
    /// Reads what somebody else wrote.
    Read,
    /// Takes from a file what must not be kept.
    Clean,
    /// Checks a time stamp.
    Stamp,
}

impl Role {
    fn word(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Read => "read",
            Self::Clean => "clean",
            Self::Stamp => "stamp",
        }
    }
}

/// The most bytes that any answer has.
const MOST: u64 = 512 << 20;

/// Has a task done apart and gives the answer. However the process ends, this one goes on.
pub fn run(role: Role, task: Vec<u8>, time: Duration) -> Result<Vec<u8>> {
    let mut child = begin(role).context("can't start a process of this program")?;
    let (mut input, output) = (child.stdin.take(), child.stdout.take());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        // A process that dies while it is told its task says so by its end.
        let _ = input.as_mut().map(|input| input.write_all(&task));
        drop(input);
        let mut answer = Vec::new();
        let read = output.map(|output| output.take(MOST).read_to_end(&mut answer));
        let _ = tell.send((read.is_some_and(|read| read.is_ok()), answer));
    });
    let answer = told.recv_timeout(time);
    if answer.is_err() {
        let _ = child.kill();
    }
    let status = child.wait()?;
    match answer {
        Ok((true, answer)) if status.success() => Ok(answer),
        Ok(_) => bail!("the process apart ended ({status})"),
        Err(_) => bail!("the process apart took longer than {} s", time.as_secs()),
    }
}

fn begin(role: Role) -> std::io::Result<Child> {
    Command::new("/proc/self/exe")
        .args(["apart", role.word()])
        .env_clear()
        // Memory is asked for as it is needed, so that the limit on it means something.
        .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}
