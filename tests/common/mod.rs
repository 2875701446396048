//! What the integration tests share.

#![allow(dead_code, reason = "each test binary uses its part of it")]

pub mod journey;
pub mod picture;
pub mod raggedness;

use std::path::PathBuf;

/// A file of the texts that lie beside the project, if they are there. Tests that need one say plainly when it is not.
pub fn shared(path: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let file = std::env::var_os("IBID_SHARED").map_or(beside, PathBuf::from).join(path);
    if !file.exists() {
        #[allow(clippy::print_stderr, reason = "a test that does not run says so")]
        {
            eprintln!("skipped: {path} is not beside the project");
        }
        return None;
    }
    Some(file)
}

/// A file of the tests' own texts.
pub fn own(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/texts").join(path)
}
