//! Whose a folder is. A reader started as another user (`sudo ibid`) must not leave files there that its owner cannot
//! write to.

use std::path::Path;

/// The user that a folder belongs to, if that is another than the one who runs this program. For a folder that is not
/// there, it is the next one above that counts, and only for the superuser, who could make it anywhere.
#[cfg(unix)]
pub fn stranger(folder: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let me = rustix::process::geteuid().as_raw();
    for (i, folder) in folder.ancestors().enumerate() {
        if let Ok(meta) = std::fs::metadata(folder) {
            return Some(meta.uid()).filter(|owner| *owner != me && (i == 0 || me == 0));
        }
    }
    None
}

/// Whether others than its owner may write to a folder that is there.
#[cfg(unix)]
pub fn is_open(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(folder).is_ok_and(|meta| meta.permissions().mode() & 0o022 != 0)
}

/// Elsewhere there is no such question.
#[cfg(not(unix))]
pub fn stranger(_: &Path) -> Option<u32> {
    None
}

/// Elsewhere there is no such question.
#[cfg(not(unix))]
pub fn is_open(_: &Path) -> bool {
    false
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::faulty::scratch;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, chown};

    #[test]
    fn ones_own_folder_is_no_strangers() {
        let home = scratch();
        assert_eq!(stranger(home.path()), None);
        assert_eq!(stranger(&home.path().join("not/there")), None);
        fs::set_permissions(home.path(), Permissions::from_mode(0o770)).unwrap();
        assert!(is_open(home.path()) && !is_open(&home.path().join("not/there")));
    }

    #[test]
    fn the_superuser_is_a_stranger_in_anothers_home() {
        let home = scratch();
        if chown(home.path(), Some(1000), None).is_err() {
            return eprintln!("skipped: only the superuser can give a folder away");
        }
        assert_eq!(stranger(home.path()), Some(1000));
        assert_eq!(stranger(&home.path().join("not/there")), Some(1000));
    }
}
