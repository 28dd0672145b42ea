//! Limits that the system sets to a process, met as errors and not as the end of it.

use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

/// What the system sends when a file would grow beyond the limit for this process (`SIGXFSZ`).
const FILE_TOO_LARGE: i32 = 25;

/// From now on writing beyond the limit for files fails like any other write. Without this the system ends the process
/// in the middle of it, and nobody is told why.
pub fn survive_short_files() {
    // A handler stays in place when the runtime that set it is gone. Where none can be had, all is as it was.
    if let Ok(runtime) = Builder::new_current_thread().enable_io().build() {
        drop(runtime.block_on(async { signal(SignalKind::from_raw(FILE_TOO_LARGE)) }));
    }
}
