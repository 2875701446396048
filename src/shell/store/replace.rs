//! A small file replaced whole: whoever reads it finds the old one or the new one, whenever the power goes.

use super::append::write_all;
use super::disk::{Disk, beside};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Replaces a file, or makes it, and waits until that has reached the disk. What is being written lies beside it, so
/// that the two are on one disk.
///
/// # Errors
/// What the system says; the old file stands, or, if only the last step failed, perhaps the new one.
pub fn replace(disk: &dyn Disk, file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().ok_or(ErrorKind::InvalidInput)?;
    let new = beside(file);
    let mut tail = disk.create(&new)?;
    let written = write_all(&mut *tail, bytes).and_then(|()| tail.sync());
    drop(tail);
    if let Err(error) = written.and_then(|()| disk.rename(&new, file)) {
        // Left lying, it is swept up another day.
        let _ = disk.remove(&new);
        return Err(error);
    }
    disk.sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::disk::Local;
    use crate::shell::store::faulty::{Fault, Faulty, scratch};
    use std::fs;

    #[test]
    fn whatever_call_fails_the_old_or_the_new_stands() {
        for fault in Fault::ALL {
            for call in 1.. {
                let home = scratch();
                let file = home.path().join("a.json");
                fs::write(&file, "old").unwrap();
                let disk = Faulty::new(call, fault);
                let replaced = replace(&disk, &file, b"new");
                let held = fs::read_to_string(&file).unwrap();
                assert!(held == "new" || (held == "old" && replaced.is_err()), "{held}");
                replace(&Local, &file, b"next").unwrap();
                assert_eq!(fs::read_to_string(&file).unwrap(), "next");
                if !disk.struck() {
                    break;
                }
            }
        }
    }

    #[test]
    fn what_was_being_written_is_not_left_lying() {
        let home = scratch();
        replace(&Local, &home.path().join("a.json"), b"one").unwrap();
        replace(&Faulty::new(2, Fault::Full), &home.path().join("a.json"), b"two").unwrap_err();
        assert_eq!(Local.names(home.path()).unwrap().len(), 1);
    }
}
