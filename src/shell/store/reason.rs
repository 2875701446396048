//! Why something did not reach the disk, in the words in which the foot of the page says it.

use std::io::{self, ErrorKind};

/// Why something did not reach the disk: `NOT SAVED: ` goes before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// No space, or no room for another file.
    #[error("disk full")]
    Full,
    /// The user's share of the disk is used up.
    #[error("disk quota used up")]
    Quota,
    /// The disk is mounted to be read only.
    #[error("read-only disk")]
    ReadOnlyDisk,
    /// The folder may not be written to.
    #[error("read-only folder")]
    ReadOnlyFolder,
    /// The disk failed.
    #[error("the disk reports an error")]
    Broken,
    /// A limit on the size of files was reached.
    #[error("the file may not grow further")]
    TooLarge,
    /// A symbolic link stands where a file of ibid should be.
    #[error("a file in the data folder is a symbolic link")]
    Link,
    /// A file stands where a folder should be.
    #[error("the data folder cannot be made: a file is in its place")]
    NotAFolder,
    /// The folders belong to another user.
    #[error("the data folder belongs to another user ({0})")]
    Foreign(u32),
    /// There is no home folder, nor a name for one.
    #[error("no home folder; IBID_DATA_DIR can name one")]
    Homeless,
    /// The worker that saves did not answer in time.
    #[error("the disk does not answer")]
    Silent,
    /// Anything else, as the system says it.
    #[error("{0}")]
    Other(String),
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Reason {
        if is_link(&error) {
            return Reason::Link;
        }
        match error.kind() {
            ErrorKind::StorageFull => Reason::Full,
            ErrorKind::QuotaExceeded => Reason::Quota,
            ErrorKind::ReadOnlyFilesystem => Reason::ReadOnlyDisk,
            ErrorKind::PermissionDenied => Reason::ReadOnlyFolder,
            ErrorKind::FileTooLarge => Reason::TooLarge,
            ErrorKind::NotADirectory | ErrorKind::IsADirectory => Reason::NotAFolder,
            _ if is_broken(&error) => Reason::Broken,
            _ => Reason::Other(error.to_string()),
        }
    }
}

impl Reason {
    /// Whether another file in the same folder could take what this one would not.
    pub const fn is_of_the_file(&self) -> bool {
        match self {
            Reason::ReadOnlyFolder
            | Reason::Broken
            | Reason::TooLarge
            | Reason::Link
            | Reason::NotAFolder
            | Reason::Other(_) => true,
            Reason::Full
            | Reason::Quota
            | Reason::ReadOnlyDisk
            | Reason::Foreign(_)
            | Reason::Homeless
            | Reason::Silent => false,
        }
    }
}

#[cfg(unix)]
fn is_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(unix)]
fn is_broken(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}

#[cfg(not(unix))]
fn is_link(_: &io::Error) -> bool {
    false
}

#[cfg(not(unix))]
fn is_broken(_: &io::Error) -> bool {
    false
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use rustix::io::Errno;

    #[test]
    fn every_failure_has_words() {
        for (errno, words) in [
            (Errno::NOSPC, "disk full"),
            (Errno::DQUOT, "disk quota used up"),
            (Errno::ROFS, "read-only disk"),
            (Errno::ACCESS, "read-only folder"),
            (Errno::PERM, "read-only folder"),
            (Errno::IO, "the disk reports an error"),
            (Errno::FBIG, "the file may not grow further"),
            (Errno::LOOP, "a file in the data folder is a symbolic link"),
            (Errno::NOTDIR, "the data folder cannot be made: a file is in its place"),
        ] {
            assert_eq!(Reason::from(io::Error::from(errno)).to_string(), words);
        }
        let other = Reason::from(io::Error::from(Errno::MFILE)).to_string();
        assert!(
            other.starts_with("Too many open files") || other.starts_with("No file descriptors"),
            "{other}"
        );
    }
}
