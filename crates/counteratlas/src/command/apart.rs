//! `apart`: the far side of the processes that this program starts of itself. Nobody types this.

use std::io::{Read, Write};

use anyhow::{Result, bail};
use desk::capture::{Guard, Sockets, SystemResolver, World, fetch, read, read_job, write_fetched};

use crate::apart::Role;
use crate::args::Apart;
use crate::{atlas, confine};

/// Reads a task, gives up all rights that it does not need, and answers.
pub fn run(args: &Apart) -> Result<bool> {
    let answer = match args.role {
        Role::Fetch => fetched()?,
        Role::Read => {
            confine::reader()?;
            read::answer(&task()?)
        }
        Role::Clean => {
            confine::reader()?;
            desk::inbox::answer(&task()?)
        }
        Role::Stamp => {
            confine::reader()?;
            desk::capture::stamp::answer(&task()?)
        }
    };
    let mut out = std::io::stdout().lock();
    out.write_all(&answer)?;
    out.flush()?;
    Ok(true)
}

/// Said of every page, so that nobody takes the fetcher for better confined than it is.
const UNLOCKED: &str = "this kernel has no Landlock, so the fetcher was not kept from files;";

fn task() -> Result<Vec<u8>> {
    let mut task = Vec::new();
    std::io::stdin().lock().read_to_end(&mut task)?;
    Ok(task)
}

fn fetched() -> Result<Vec<u8>> {
    let (job, exceptions) = read_job(&task()?)?;
    if exceptions.iter().any(|address| !address.ip().is_loopback()) {
        bail!("only one's own machine can be an exception");
    }
    let connect = Sockets::public();
    let ports: Vec<u16> = [53, 80, 443].into_iter().chain(exceptions.iter().map(|address| address.port())).collect();
    let locked = confine::fetcher(&ports)?;
    let guard = Guard::with_exceptions(exceptions);
    let world = World { guard: &guard, resolver: &SystemResolver, connect: &connect, now: &atlas::now };
    let mut fetched = fetch(&job, &world);
    if !locked {
        fetched.trouble = format!("{UNLOCKED} {}", fetched.trouble).trim_end().to_owned();
    }
    Ok(write_fetched(&fetched))
}
