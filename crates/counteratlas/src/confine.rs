//! Takes from this process what it does not need, for ever: for the two that read what strangers wrote.
//!
//! The fetcher may reach the web and read what names are resolved with, and nothing else. The reader may do nothing but
//! compute: no file, no socket, no process, no signal, little memory and little time. Both of Linux' means are used where
//! the kernel has them, Landlock and seccomp; each alone would do for most of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use landlock::{
    ABI, Access, AccessFs, AccessNet, NetPort, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
    path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{SeccompAction, SeccompFilter, TargetArch, apply_filter};

/// Bytes of memory that the reader may write to.
pub const READER_MEMORY: u64 = 224 << 20;
/// Bytes of memory that the fetcher may write to.
const FETCHER_MEMORY: u64 = 768 << 20;
/// Seconds of computing before the reader is ended.
pub const READER_SECONDS: u64 = 9;

/// Confines the reader. An error where the kernel has neither means: then nothing must be read.
pub fn reader() -> Result<()> {
    limit(READER_MEMORY, READER_SECONDS)?;
    let locked = lock(&[], &[])?;
    let filtered = filter(&COMPUTES, SeccompAction::Errno(EPERM), SeccompAction::Allow).is_ok();
    if !locked && !filtered {
        bail!("the kernel can confine no process, so nothing from strangers is read");
    }
    Ok(())
}

/// Confines the fetcher to these ports. False where the kernel can't keep it from files.
pub fn fetcher(ports: &[u16]) -> Result<bool> {
    limit(FETCHER_MEMORY, 300)?;
    let locked = lock(&resolving(), ports)?;
    filter(&NEVER, SeccompAction::Allow, SeccompAction::Errno(EPERM)).context("seccomp")?;
    Ok(locked)
}

const EPERM: u32 = libc::EPERM as u32;

fn limit(memory: u64, seconds: u64) -> Result<()> {
    for (resource, most) in
        [(Resource::Data, memory), (Resource::Cpu, seconds), (Resource::Fsize, 0), (Resource::Core, 0)]
    {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).context("rlimit")?;
    }
    Ok(())
}

/// The files that names are resolved with.
fn resolving() -> Vec<PathBuf> {
    let named = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf"];
    // The first is often a link to a file that a program writes anew beside it.
    let written = std::fs::canonicalize(named[0]).ok().and_then(|path| path.parent().map(PathBuf::from));
    let written = written.filter(|folder| folder.starts_with("/run"));
    named.iter().map(PathBuf::from).chain(written).collect()
}

/// Allows reading these files and connecting to these ports, and nothing else. False if the kernel has no Landlock.
fn lock(files: &[PathBuf], ports: &[u16]) -> Result<bool> {
    let abi = ABI::V6;
    let created = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?;
    let read = path_beneath_rules(files, AccessFs::from_read(abi));
    let connect = |port: &u16| Ok::<_, landlock::RulesetError>(NetPort::new(*port, AccessNet::ConnectTcp));
    let status = created.add_rules(read)?.add_rules(ports.iter().map(connect))?.restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

/// All that a process needs that computes, reads what it is given and writes what it found.
const COMPUTES: [i64; 22] = [
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_sigaltstack,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_sched_yield,
    libc::SYS_gettid,
];

/// What no fetcher ever does: run, spy, mount, listen.
const NEVER: [i64; 30] = [
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_tgkill,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_send_signal,
    libc::SYS_pidfd_getfd,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_init_module,
    libc::SYS_finit_module,
];

fn filter(calls: &[i64], others: SeccompAction, these: SeccompAction) -> Result<()> {
    let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
    let rules: BTreeMap<i64, Vec<seccompiler::SeccompRule>> = calls.iter().map(|call| (*call, Vec::new())).collect();
    let program: seccompiler::BpfProgram = SeccompFilter::new(rules, others, these, architecture)?.try_into()?;
    Ok(apply_filter(&program)?)
}
