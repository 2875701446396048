//! What may be in the files that other people make: texts and books that are to cost the reader time, memory, or what
//! stands in other files. The numbers are those of the project's list of faults.

// Helpers of tests may do what tests may.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells its figures"
)]

#[path = "epub/binder.rs"]
mod binder;
#[path = "hostile/bombs.rs"]
mod bombs;
#[cfg(unix)]
#[path = "hostile/bytes.rs"]
mod bytes;
#[path = "hostile/child.rs"]
mod child;
#[path = "hostile/closed.rs"]
mod closed;
#[path = "hostile/deep.rs"]
mod deep;
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
#[path = "hostile/fence.rs"]
mod fence;
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
#[path = "hostile/no_fence.rs"]
mod fence;
#[path = "hostile/markup.rs"]
mod markup;
#[path = "hostile/papers.rs"]
mod papers;
#[path = "hostile/program.rs"]
mod program;
#[path = "hostile/tempting.rs"]
mod tempting;
