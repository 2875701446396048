//! Lines added to a file, so that they are on the disk when this returns, and old ones are never touched.

use super::disk::{Disk, Tail};
use super::reason::Reason;
use std::io::{self, ErrorKind};
use std::path::Path;

/// How far it came before it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing is in the file: it could not be opened, or was cut back to what it held.
    Unwritten(Reason),
    /// The lines are in the file, but nobody knows whether they are on the disk. The file is not to be trusted again:
    /// asked a second time, the system may well say that all is written.
    Unsure(Reason),
}

/// Appends `lines`, each with its line end, and waits until they have reached the disk. A last line that was torn by a
/// crash is ended first. The caller holds the lock of the file, or is the only one who knows its name.
///
/// # Errors
/// See [`Failure`].
pub fn append(disk: &dyn Disk, file: &Path, lines: &str) -> Result<(), Failure> {
    let unwritten = |e: io::Error| Failure::Unwritten(e.into());
    let mut tail = open(disk, file).map_err(unwritten)?;
    let before = tail.len().map_err(unwritten)?;
    let torn = before > 0 && tail.byte(before - 1).map_err(unwritten)? != b'\n';
    let healed = if torn { format!("\n{lines}") } else { String::new() };
    let bytes = if torn { healed.as_bytes() } else { lines.as_bytes() };
    if let Err(error) = write_all(&mut *tail, bytes) {
        // Should this fail as well, the torn tail is healed by the next save.
        let _ = tail.truncate(before);
        return Err(unwritten(error));
    }
    tail.sync().map_err(|e| Failure::Unsure(e.into()))
}

fn open(disk: &dyn Disk, file: &Path) -> io::Result<Box<dyn Tail>> {
    match disk.append(file) {
        Err(e) if e.kind() == ErrorKind::NotFound => match disk.create(file) {
            // Another window made it just now.
            Err(e) if e.kind() == ErrorKind::AlreadyExists => disk.append(file),
            created => created,
        },
        opened => opened,
    }
}

/// Writes all bytes, counting what each call took: a full disk takes a part and says so only the next time.
///
/// # Errors
/// What the system says; `StorageFull` if it takes nothing and says nothing.
pub fn write_all(tail: &mut dyn Tail, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match tail.write(bytes) {
            Ok(0) => return Err(ErrorKind::StorageFull.into()),
            Ok(taken) => bytes = bytes.get(taken..).unwrap_or_default(),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::disk::Local;
    use crate::shell::store::faulty::{Fault, Faulty, scratch};
    use std::fs;

    #[test]
    fn a_torn_tail_is_healed() {
        let home = scratch();
        let file = home.path().join("a.jsonl");
        append(&Local, &file, "one\n").unwrap();
        append(&Local, &file, "two\nthree\n").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"one\ntwo\nthree\n");
        fs::write(&file, "one\ntw").unwrap();
        append(&Local, &file, "two\n").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"one\ntw\ntwo\n");
    }

    #[test]
    fn whatever_call_fails_the_old_lines_stand() {
        for fault in Fault::ALL {
            for call in 1.. {
                let home = scratch();
                let file = home.path().join("a.jsonl");
                fs::write(&file, "old\n").unwrap();
                let disk = Faulty::new(call, fault);
                let appended = append(&disk, &file, "new\n");
                let held = fs::read_to_string(&file).unwrap();
                match appended {
                    Ok(()) => assert_eq!(held, "old\nnew\n"),
                    Err(Failure::Unwritten(_)) => assert!(held == "old\n" || fault == Fault::Torn, "{held}"),
                    Err(Failure::Unsure(_)) => assert_eq!(held, "old\nnew\n"),
                }
                assert!(held.starts_with("old\n"));
                if !disk.struck() {
                    break;
                }
            }
        }
    }
}
