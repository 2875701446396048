//! A file system that fails when it is told to, for tests: the k-th call, or every call from there on.

use super::disk::{Disk, Local, Lock, Stat, Tail};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder for a test, in memory where the system has such a place: thousands of saves need not wait for a disk.
pub fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// What the chosen call does instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It finds the disk full.
    Full,
    /// It finds the disk full, and so do all calls that write from there on.
    FullFromHere,
    /// It finds the disk broken.
    Broken,
    /// It may not.
    Denied,
    /// It and all from there on may not.
    DeniedFromHere,
    /// It and all that lock from there on find that there are no locks here.
    NoLocks,
    /// It is interrupted, once.
    Interrupted,
    /// If it writes, it takes half of the bytes, and the next finds the disk full.
    Short,
    /// If it writes, it takes half of the bytes, and then the disk is gone.
    Torn,
}

impl Fault {
    pub const ALL: [Fault; 9] = [
        Fault::Full,
        Fault::FullFromHere,
        Fault::Broken,
        Fault::Denied,
        Fault::DeniedFromHere,
        Fault::NoLocks,
        Fault::Interrupted,
        Fault::Short,
        Fault::Torn,
    ];

    fn error(self) -> io::Error {
        match self {
            Fault::Full | Fault::FullFromHere | Fault::Short => ErrorKind::StorageFull.into(),
            Fault::Broken | Fault::Torn => io::Error::from_raw_os_error(5),
            Fault::Denied | Fault::DeniedFromHere => ErrorKind::PermissionDenied.into(),
            Fault::NoLocks => ErrorKind::Unsupported.into(),
            Fault::Interrupted => ErrorKind::Interrupted.into(),
        }
    }
}

#[derive(Clone)]
pub struct Faulty {
    calls: Arc<AtomicUsize>,
    at: usize,
    fault: Fault,
}

/// What a call does to the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    Look,
    Change,
    Write,
    Lock,
}

impl Faulty {
    /// Fails at the call number `at`, from 1.
    pub fn new(at: usize, fault: Fault) -> Faulty {
        Faulty { calls: Arc::default(), at, fault }
    }

    /// Whether it came to the call that fails.
    pub fn struck(&self) -> bool {
        self.calls.load(Ordering::SeqCst) >= self.at
    }

    /// Counts a call; an error if it is to fail. `Ok(true)` if it is to write only a part.
    fn call(&self, does: Does) -> io::Result<bool> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let strikes = match self.fault {
            Fault::FullFromHere => call >= self.at && does != Does::Look,
            Fault::DeniedFromHere => call >= self.at,
            Fault::Short => does == Does::Write && (call == self.at || call == self.at + 1),
            Fault::Torn => call > self.at || (call == self.at && does == Does::Write),
            Fault::NoLocks => call >= self.at && does == Does::Lock,
            Fault::Full => call == self.at && does != Does::Look,
            Fault::Interrupted => call == self.at && does == Does::Write,
            Fault::Broken | Fault::Denied => call == self.at,
        };
        match self.fault {
            Fault::Short | Fault::Torn if strikes && call == self.at => Ok(true),
            fault if strikes => Err(fault.error()),
            _ => Ok(false),
        }
    }
}

impl Disk for Faulty {
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.call(Does::Look)?;
        Local.names(folder)
    }

    fn stat(&self, file: &Path) -> io::Result<Stat> {
        self.call(Does::Look)?;
        Local.stat(file)
    }

    fn read(&self, file: &Path) -> io::Result<Box<dyn Read>> {
        self.call(Does::Look)?;
        Local.read(file)
    }

    fn append(&self, file: &Path) -> io::Result<Box<dyn Tail>> {
        self.call(Does::Look)?;
        Ok(Box::new(FaultyTail { tail: Local.append(file)?, disk: self.clone() }))
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn Tail>> {
        self.call(Does::Change)?;
        Ok(Box::new(FaultyTail { tail: Local.create(file)?, disk: self.clone() }))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(Does::Change)?;
        Local.make_folder(folder)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(Does::Change)?;
        Local.rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        self.call(Does::Look)?;
        Local.remove(file)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(Does::Change)?;
        Local.sync_folder(folder)
    }

    fn lock(&self, file: &Path) -> io::Result<Option<Lock>> {
        self.call(Does::Lock)?;
        Local.lock(file)
    }
}

struct FaultyTail {
    tail: Box<dyn Tail>,
    disk: Faulty,
}

impl Tail for FaultyTail {
    fn len(&self) -> io::Result<u64> {
        self.disk.call(Does::Look)?;
        self.tail.len()
    }

    fn byte(&mut self, at: u64) -> io::Result<u8> {
        self.disk.call(Does::Look)?;
        self.tail.byte(at)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let part = if self.disk.call(Does::Write)? { bytes.len() / 2 } else { bytes.len() };
        self.tail.write(&bytes[..part])
    }

    fn truncate(&mut self, len: u64) -> io::Result<()> {
        self.disk.call(Does::Look)?;
        self.tail.truncate(len)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.call(Does::Change)?;
        self.tail.sync()
    }
}
