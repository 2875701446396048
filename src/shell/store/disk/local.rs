//! The file system of the machine. Files of ours are 0600 and folders 0700 whatever the umask; a file that has become a
//! symbolic link is refused, a folder that is one is followed.

use super::{Disk, Lock, Stat, Tail};
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::SystemTime;

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Local;

impl Disk for Local {
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.extend(entry?.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    fn stat(&self, file: &Path) -> io::Result<Stat> {
        let meta = fs::symlink_metadata(file)?;
        let changed = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Ok(Stat { len: meta.len(), file: system::number(&meta), changed })
    }

    fn read(&self, file: &Path) -> io::Result<Box<dyn Read>> {
        Ok(Box::new(regular(system::open(OpenOptions::new().read(true), file)?)?))
    }

    fn append(&self, file: &Path) -> io::Result<Box<dyn Tail>> {
        Ok(Box::new(regular(system::open(OpenOptions::new().read(true).append(true), file)?)?))
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn Tail>> {
        let created = system::open(OpenOptions::new().read(true).append(true).create_new(true), file)?;
        system::make_private(&created);
        Ok(Box::new(created))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        system::private_folder(&mut builder);
        builder.create(folder)?;
        system::make_folder_private(folder);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        fs::remove_file(file)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        system::sync_folder(folder).or_else(unless_unsupported)
    }

    fn lock(&self, file: &Path) -> io::Result<Option<Lock>> {
        let held = match system::open(OpenOptions::new().read(true).append(true), file) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let made = system::open(OpenOptions::new().read(true).append(true).create(true), file)?;
                system::make_private(&made);
                made
            }
            opened => opened?,
        };
        match held.try_lock() {
            Ok(()) => Ok(Some(Box::new(held))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(e),
        }
    }
}

impl Tail for File {
    fn len(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn byte(&mut self, at: u64) -> io::Result<u8> {
        use std::io::{Seek, SeekFrom};
        let mut byte = [0];
        self.seek(SeekFrom::Start(at))?;
        self.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(self, bytes)
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all().or_else(unless_unsupported)
    }
}

/// A file system that cannot be asked to write through (some in user space) is no reason not to save on it.
fn unless_unsupported(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => Ok(()),
        _ => Err(error),
    }
}

fn regular(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
    }
}

#[cfg(unix)]
mod system {
    use super::*;
    use rustix::fs::OFlags;
    use std::fs::{Metadata, Permissions};
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};

    /// `NONBLOCK`: opening a FIFO that was put in a file's place must not wait for its other end.
    pub fn open(options: &mut OpenOptions, file: &Path) -> io::Result<File> {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(flags.bits() as i32).open(file)
    }

    /// For a umask that takes the owner's own rights. Where there are no such rights, nothing is lost.
    pub fn make_private(file: &File) {
        let _ = file.set_permissions(Permissions::from_mode(0o600));
    }

    pub fn private_folder(builder: &mut DirBuilder) {
        builder.mode(0o700);
    }

    pub fn make_folder_private(folder: &Path) {
        let _ = fs::set_permissions(folder, Permissions::from_mode(0o700));
    }

    pub fn sync_folder(folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    pub fn number(meta: &Metadata) -> u64 {
        meta.ino()
    }
}

#[cfg(not(unix))]
mod system {
    use super::*;

    pub fn open(options: &mut OpenOptions, file: &Path) -> io::Result<File> {
        options.open(file)
    }

    pub fn make_private(_: &File) {}

    pub fn private_folder(_: &mut DirBuilder) {}

    pub fn make_folder_private(_: &Path) {}

    /// Folders cannot be written through there; renames are.
    pub fn sync_folder(_: &Path) -> io::Result<()> {
        Ok(())
    }

    pub fn number(_: &fs::Metadata) -> u64 {
        0
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::super::make_folders;
    use super::*;
    use crate::shell::store::faulty::scratch;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn files_and_folders_are_the_readers_alone() {
        let home = scratch();
        let folder = home.path().join("a/b/c");
        make_folders(&Local, &folder).unwrap();
        make_folders(&Local, &folder).unwrap();
        let file = folder.join("x.jsonl");
        Local.create(&file).unwrap();
        assert_eq!((mode(&home.path().join("a")), mode(&folder), mode(&file)), (0o700, 0o700, 0o600));
    }

    #[test]
    fn links_and_pipes_are_refused_without_waiting() {
        let home = scratch();
        let (target, link, fifo) = (home.path().join("t"), home.path().join("l"), home.path().join("f"));
        fs::write(&target, "x").unwrap();
        symlink(&target, &link).unwrap();
        assert!(Local.read(&link).is_err() && Local.append(&link).is_err() && Local.create(&link).is_err());
        rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
        assert!(Local.read(&fifo).is_err() && Local.append(&fifo).is_err());
        assert!(Local.read(home.path()).is_err());
        assert_eq!(fs::read(&target).unwrap(), b"x");
    }

    #[test]
    fn a_lock_is_held_by_one_until_it_is_dropped() {
        let home = scratch();
        let file = home.path().join("lock");
        let held = Local.lock(&file).unwrap();
        assert!(held.is_some() && Local.lock(&file).unwrap().is_none());
        drop(held);
        assert!(Local.lock(&file).unwrap().is_some());
    }
}
