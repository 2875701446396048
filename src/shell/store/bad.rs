//! What is said of files that are not well, and the copy that is made of what is damaged in them.

use super::base::Base;
use super::binder::Reread;
use super::complaint::Complaint;
use super::disk::make_folders;
use crate::shelf::base32;
use crate::shelf::record::MAJOR;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};

/// What is to be said of a folder that was read.
pub fn complaints(base: &Base, folder: &Path, reread: io::Result<Reread>) -> Vec<Complaint> {
    let reread = match reread {
        Ok(reread) => reread,
        Err(e) => return vec![Complaint::Unreadable { path: folder.to_owned(), reason: e.into() }],
    };
    let mut complaints = Vec::new();
    for (path, read) in reread.files {
        let told = match read {
            Ok(told) => told,
            Err(reason) => {
                complaints.push(Complaint::Unreadable { path, reason });
                continue;
            }
        };
        let path = || path.clone();
        let health = told.health;
        if !health.damaged.is_empty() {
            let (lines, loaded) = (health.damaged.len(), told.records);
            let kept = keep(base, &health.damaged);
            complaints.push(Complaint::Damaged { path: path(), lines, loaded, kept });
        }
        if health.long > 0 {
            complaints.push(Complaint::Long { path: path(), lines: health.long });
        }
        if health.markers > 0 {
            complaints.push(Complaint::Markers { path: path() });
        }
        if !health.missing.is_empty() {
            complaints.push(Complaint::Missing { path: path(), records: health.missing });
        }
        if told.major > MAJOR {
            complaints.push(Complaint::Newer { path: path() });
        }
    }
    complaints
}

/// Copies lines to a file in the state folder that is named by what they say, so that they are copied once.
fn keep(base: &Base, lines: &[Vec<u8>]) -> Option<PathBuf> {
    if base.barred.is_some() {
        return None;
    }
    let mut bytes = lines.join(&b'\n');
    bytes.push(b'\n');
    let name = base32::encode(&Sha256::digest(&bytes)[..10]);
    let file = base.folders.state.join("bad").join(format!("{name}.jsonl"));
    make_folders(&*base.disk, file.parent()?).ok()?;
    match base.disk.stat(&file) {
        Ok(_) => Some(file),
        Err(_) => base.replace(&file, &bytes).ok().map(|()| file),
    }
}
