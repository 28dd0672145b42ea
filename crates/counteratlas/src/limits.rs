//! Limits that the system sets to a process, met as errors and not as the end of it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::SIGXFSZ;

/// From now on writing beyond the limit for files (`RLIMIT_FSIZE`) fails like any other write. Without this the system
/// ends the process in the middle of it, and nobody is told why.
pub fn survive_short_files() {
    // What the flag says does not matter, for the write says it too; that there is a handler does. Where the system takes
    // none, all is as it was.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
}
