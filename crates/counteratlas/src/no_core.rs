//! Keeps what is only in memory out of core files.

use rustix::process::{Resource, Rlimit, setrlimit};

/// A process that holds somebody's list leaves no core file behind, whatever happens to it.
pub fn forbid() {
    // Where the system refuses, it is because the limit is lower already.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}
