//! All texts that were read, as what they were seen: enough to know one again.

use super::disk::Disk;
use super::names::{docid_of, is_sheet};
use crate::shelf::known::Known;
use crate::shelf::sheet;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The folders of all texts under `docs`, in order, with what each text was seen as.
pub fn texts(disk: &dyn Disk, docs: &Path) -> Vec<(PathBuf, Known)> {
    let folders = disk.names(docs).unwrap_or_default().into_iter().filter(|name| !name.starts_with('.'));
    folders.map(|name| (docs.join(&name), known(disk, &docs.join(&name), &name))).collect()
}

fn known(disk: &dyn Disk, folder: &Path, name: &str) -> Known {
    let docid = docid_of(name);
    let mut seen = Vec::new();
    for name in disk.names(folder).unwrap_or_default().iter().filter(|name| is_sheet(name)) {
        // What cannot be read is said when the text is opened to which it belongs.
        let source = disk.read(&folder.join(name)).map(BufReader::new);
        seen.extend(source.and_then(sheet::seen).unwrap_or_default());
    }
    Known { docid, seen }
}
