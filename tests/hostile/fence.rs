//! A fence around a process: system calls that it may not make end it.

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
use std::env::consts::ARCH;

/// What a process of pure work may do: memory, the clock, random numbers for its maps, a word to its parent, an end.
const PURE: &[libc::c_long] = &[
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
    libc::SYS_write,
];

/// What nobody does who does not want to speak to another machine, or another program.
const NETWORK: &[libc::c_long] = &[
    libc::SYS_accept4,
    libc::SYS_bind,
    libc::SYS_connect,
    libc::SYS_io_uring_setup,
    libc::SYS_listen,
    libc::SYS_sendmmsg,
    libc::SYS_sendto,
    libc::SYS_socket,
];

/// From here on, this thread does nothing but think, and say what it thought: it opens no file, asks for no socket and
/// starts no program, or its process dies. The error says why there is no fence.
pub fn think_only() -> Result<(), String> {
    fence(PURE, SeccompAction::Trap, SeccompAction::Allow)
}

/// From here on, this thread and all that it starts have no network, or die.
pub fn stay_offline() -> Result<(), String> {
    fence(NETWORK, SeccompAction::Allow, SeccompAction::Trap)
}

fn fence(calls: &[libc::c_long], others: SeccompAction, these: SeccompAction) -> Result<(), String> {
    let rules = calls.iter().map(|call| (*call, Vec::new())).collect();
    let arch = ARCH.try_into().map_err(|error| format!("{error}"))?;
    let filter = SeccompFilter::new(rules, others, these, arch).map_err(|error| error.to_string())?;
    let program: BpfProgram = filter.try_into().map_err(|error| format!("{error}"))?;
    seccompiler::apply_filter(&program).map_err(|error| error.to_string())
}
