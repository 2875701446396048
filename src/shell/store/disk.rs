//! The few things that ibid asks of a file system, as a trait, so that tests can make each of them fail.

mod local;

pub use local::Local;

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A file system.
pub trait Disk: Send + Sync {
    /// The names in a folder, in order; names that are not UTF-8 are not ours and are left out.
    ///
    /// # Errors
    /// `NotFound` if there is no such folder.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// What a file is now.
    ///
    /// # Errors
    /// `NotFound` if there is none.
    fn stat(&self, file: &Path) -> io::Result<Stat>;

    /// A file to be read from its start. Never blocks on what is no regular file.
    ///
    /// # Errors
    /// `NotFound`; what the system says of links; `InvalidInput` for what is no regular file.
    fn read(&self, file: &Path) -> io::Result<Box<dyn Read>>;

    /// A file that is there, to be appended to.
    ///
    /// # Errors
    /// As for [`Disk::read`].
    fn append(&self, file: &Path) -> io::Result<Box<dyn Tail>>;

    /// A new file, to be appended to.
    ///
    /// # Errors
    /// `AlreadyExists` if there is anything under that name; `NotFound` if its folder is not there.
    fn create(&self, file: &Path) -> io::Result<Box<dyn Tail>>;

    /// Makes one folder.
    ///
    /// # Errors
    /// `AlreadyExists`; `NotFound` if the one above is not there.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Gives a file another name, and its former bearer's place to it, in one step.
    ///
    /// # Errors
    /// What the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// What the system says.
    fn remove(&self, file: &Path) -> io::Result<()>;

    /// Returns once the names in a folder have reached the disk, or at once where that cannot be asked for.
    ///
    /// # Errors
    /// What the system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Locks a file, which is made if need be, until the lock is dropped or the process dies; `None` if it is locked.
    ///
    /// # Errors
    /// `NotFound` if its folder is not there; `Unsupported` and others where there are no locks.
    fn lock(&self, file: &Path) -> io::Result<Option<Lock>>;
}

/// An open file that grows at its end.
pub trait Tail: Send {
    /// Its length in bytes.
    ///
    /// # Errors
    /// What the system says.
    fn len(&self) -> io::Result<u64>;

    /// Whether it is empty.
    ///
    /// # Errors
    /// What the system says.
    fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Its byte at `at`.
    ///
    /// # Errors
    /// What the system says.
    fn byte(&mut self, at: u64) -> io::Result<u8>;

    /// Appends some of the bytes and tells how many.
    ///
    /// # Errors
    /// What the system says; `Interrupted` is to be tried again.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Cuts it back to a length.
    ///
    /// # Errors
    /// What the system says.
    fn truncate(&mut self, len: u64) -> io::Result<()>;

    /// Returns once its bytes have reached the disk. An error says that some never will: do not ask again.
    ///
    /// # Errors
    /// What the system says.
    fn sync(&mut self) -> io::Result<()>;
}

/// A lock that is held until it is dropped.
pub type Lock = Box<dyn Send>;

/// By what one sees that a file has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    /// Bytes.
    pub len: u64,
    /// Which file it is; another one under the same name has another number.
    pub file: u64,
    /// When it was written last.
    pub changed: SystemTime,
}

/// Makes a folder and those above it that are missing.
///
/// # Errors
/// What the system says of the first that cannot be made.
pub fn make_folders(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match disk.make_folder(folder) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            let Some(parent) = folder.parent() else { return Err(e) };
            make_folders(disk, parent)?;
            match disk.make_folder(folder) {
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                made => made,
            }
        }
        made => made,
    }
}

/// A name beside `file` that nobody else will choose: hidden, and told as ours by its ending.
pub fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{:016x}{LEFTOVER}", super::stamp::random()))
}

/// How the name of a file ends that was being written.
pub const LEFTOVER: &str = ".tmp";
