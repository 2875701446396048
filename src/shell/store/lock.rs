//! One window at a time writes the files of a device about a text.
//!
//! The lock is the kernel's, on a file that stays: it is gone with the process that held it, however that died.

use super::disk::{Disk, Lock, make_folders};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a save waits for another window. Then it writes to a file of its own.
pub const PATIENCE: Duration = Duration::from_millis(250);

/// How long between two tries.
const PAUSE: Duration = Duration::from_millis(2);

/// Locks a file, waiting up to `patience`; `None` if another holds it for so long, or nothing can be locked there.
pub fn hold(disk: &dyn Disk, file: &Path, patience: Duration) -> Option<Lock> {
    let start = Instant::now();
    let mut made = false;
    loop {
        match disk.lock(file) {
            Ok(Some(lock)) => return Some(lock),
            Ok(None) if start.elapsed() < patience => std::thread::sleep(PAUSE),
            Err(e) if e.kind() == ErrorKind::NotFound && !made => {
                make_folders(disk, file.parent()?).ok()?;
                made = true;
            }
            Ok(None) | Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::disk::Local;
    use crate::shell::store::faulty::scratch;

    #[test]
    fn it_waits_but_not_for_long() {
        let home = scratch();
        let file = home.path().join("lock/one");
        let held = hold(&Local, &file, PATIENCE).unwrap();
        let start = Instant::now();
        assert!(hold(&Local, &file, Duration::from_millis(20)).is_none());
        assert!(start.elapsed() < PATIENCE);
        let other = file.clone();
        let waiting = std::thread::spawn(move || hold(&Local, &other, Duration::from_secs(9)).is_some());
        drop(held);
        assert!(waiting.join().unwrap());
    }
}
