//! What all drawers share: the disk, the folders, the name of this device, and whether anything may be written.

use super::device;
use super::disk::{Disk, make_folders};
use super::folders::Folders;
use super::owner::stranger;
use super::reason::Reason;
use super::replace::replace;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// What stands in the data folder for whoever looks into it.
const README: &str = "\
Here ibid, a reader for the terminal, keeps bookmarks and reading places.

docs/<title>--<id>/<device>.jsonl      bookmarks: one line of JSON for each change, only ever added to
docs/<title>--<id>/<device>.pos.json   where a device left the text

It is safe to synchronise this folder between machines, to search it, and to edit it by hand while no
ibid is running: each device writes only files that bear its own name, and reads them all.
";

/// What all drawers share.
pub struct Base {
    pub disk: Arc<dyn Disk>,
    pub folders: Folders,
    /// Why nothing may be written, if nothing may.
    pub barred: Option<Reason>,
    host: String,
    device: OnceLock<Arc<str>>,
}

impl Base {
    pub fn new(disk: Arc<dyn Disk>, folders: Option<Folders>, host: String) -> Base {
        let strange = |folders: &Folders| stranger(&folders.data).or_else(|| stranger(&folders.state));
        let barred = match &folders {
            None => Some(Reason::Homeless),
            Some(folders) => strange(folders).map(Reason::Foreign),
        };
        // Without a home there is nothing to find: under a file that is no folder, every look-up fails.
        let folders = folders.unwrap_or_else(|| Folders::under(Path::new("/dev/null")));
        Base { disk, folders, barred, host, device: OnceLock::new() }
    }

    /// The name of this device if it has one: without one, it has never written anything.
    pub fn known_device(&self) -> Option<Arc<str>> {
        if self.device.get().is_none() {
            let name = device::read(&*self.disk, &self.folders.state)?;
            return Some(Arc::clone(self.device.get_or_init(|| name.into())));
        }
        self.device.get().cloned()
    }

    /// The name of this device, made if it has none.
    pub fn device(&self) -> Arc<str> {
        let name = || match &self.barred {
            Some(_) => {
                device::read(&*self.disk, &self.folders.state).unwrap_or_else(|| device::plain(&self.host))
            }
            None => device::name(&*self.disk, &self.folders.state, &self.host),
        };
        Arc::clone(self.device.get_or_init(|| name().into()))
    }

    /// Writes the name of this device down again, should the state folder have been deleted.
    pub fn remember_device(&self) {
        if let Some(device) = self.device.get()
            && device::read(&*self.disk, &self.folders.state).is_none()
        {
            device::keep(&*self.disk, &self.folders.state, device);
        }
    }

    /// Replaces a file, in a folder that is made if need be.
    ///
    /// # Errors
    /// What the system says.
    pub fn replace(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Some(folder) = file.parent() {
            make_folders(&*self.disk, folder)?;
        }
        replace(&*self.disk, file, bytes)
    }

    /// Waits until the names in a folder of a text, and its own and those above it, are on the disk.
    ///
    /// # Errors
    /// What the system says.
    pub fn sync_names(&self, folder: &Path) -> io::Result<()> {
        self.explain();
        for folder in [folder, &self.folders.docs(), &self.folders.data] {
            self.disk.sync_folder(folder)?;
        }
        match self.folders.data.parent().map_or(Ok(()), |above| self.disk.sync_folder(above)) {
            // Not every folder in which one may have a folder may be read.
            Err(e) if e.kind() == ErrorKind::PermissionDenied => Ok(()),
            synced => synced,
        }
    }

    /// Leaves a word for whoever looks into the data folder. It is no matter if that fails.
    fn explain(&self) {
        let file = self.folders.data.join("README");
        if self.disk.stat(&file).is_err_and(|e| e.kind() == ErrorKind::NotFound) {
            let _ = replace(&*self.disk, &file, README.as_bytes());
        }
    }
}
