//! Where ibid keeps what: settings, what is to be carried from machine to machine, and what is not.

use etcetera::BaseStrategy;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folders of ibid. None of them need be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// What the user writes: `keymap.toml`. Never written to.
    pub config: PathBuf,
    /// Bookmarks and places: made to be synchronised between machines.
    pub data: PathBuf,
    /// Locks, the name of this device, what was read last: never synchronised.
    pub state: PathBuf,
}

impl Folders {
    /// The folders that the environment names: `IBID_CONFIG_DIR`, `IBID_DATA_DIR` and `IBID_STATE_DIR`, else the places
    /// of the platform. `None` if a folder is neither named nor is there a home.
    pub fn from_env() -> Option<Folders> {
        let platform = etcetera::choose_base_strategy().ok().map(|base| Folders {
            config: base.config_dir().join("ibid"),
            data: base.data_dir().join("ibid"),
            state: base.state_dir().unwrap_or_else(|| base.data_dir()).join("ibid"),
        });
        Folders::choose(|name| env::var_os(name), platform)
    }

    /// Empty names count as none; a name that is relative is taken from the working folder, as the user means it.
    fn choose(var: impl Fn(&str) -> Option<OsString>, platform: Option<Folders>) -> Option<Folders> {
        let named = |name: &str| {
            let folder = var(name).filter(|folder| !folder.is_empty())?;
            std::path::absolute(folder).ok()
        };
        // A home that is relative or empty is none.
        let platform =
            |of: fn(Folders) -> PathBuf| platform.clone().map(of).filter(|p: &PathBuf| p.is_absolute());
        Some(Folders {
            config: named("IBID_CONFIG_DIR").or_else(|| platform(|p| p.config))?,
            data: named("IBID_DATA_DIR").or_else(|| platform(|p| p.data))?,
            state: named("IBID_STATE_DIR").or_else(|| platform(|p| p.state))?,
        })
    }

    /// All three under one folder, for tests and for a reader on a stick.
    pub fn under(folder: &Path) -> Folders {
        let [config, data, state] = ["config", "data", "state"].map(|name| folder.join(name));
        Folders { config, data, state }
    }

    /// Where the folders of the texts are.
    pub(super) fn docs(&self) -> PathBuf {
        self.data.join("docs")
    }

    /// The file that is locked by whoever writes about a text.
    pub(super) fn lock(&self, docid: &str) -> PathBuf {
        self.state.join("lock").join(docid)
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn check(vars: &[(&str, &str)], home: Option<&str>, expected: Option<[&str; 3]>) {
        let var = |name: &str| vars.iter().find(|(n, _)| *n == name).map(|(_, value)| value.into());
        let folders = Folders::choose(var, home.map(|home| Folders::under(Path::new(home))));
        let told = folders.map(|f| [f.config, f.data, f.state]);
        assert_eq!(told, expected.map(|paths| paths.map(PathBuf::from)), "{vars:?}");
    }

    #[test]
    fn what_is_named_holds_else_the_platform() {
        let all = [("IBID_CONFIG_DIR", "/c"), ("IBID_DATA_DIR", "/d"), ("IBID_STATE_DIR", "/s")];
        check(&all, Some("/home/anna"), Some(["/c", "/d", "/s"]));
        check(&all, None, Some(["/c", "/d", "/s"]));
        check(&all[..2], Some("/h"), Some(["/c", "/d", "/h/state"]));
        check(&all[..2], None, None);
        check(&[("IBID_DATA_DIR", "")], Some("/h"), Some(["/h/config", "/h/data", "/h/state"]));
        check(&[], Some("h"), None);
        check(&all, Some("h"), Some(["/c", "/d", "/s"]));
    }

    #[test]
    fn a_relative_name_is_taken_from_the_working_folder() {
        let folders = Folders::choose(|_| Some("here".into()), None).unwrap();
        assert_eq!(folders.data, env::current_dir().unwrap().join("here"));
    }
}
