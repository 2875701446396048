//! Folders and files that are not as ibid left them, or may not be written to.

use crate::child::{said, say, start};
use crate::{LONG, Window, at, folder, home, labels, open, set, sheet, sheets};
use ibid::shell::store::{Complaint, Reason};
use std::fs;
use std::path::Path;

/// 69: the folders are deleted while the text is open.
#[test]
fn deleted_folders_are_made_again_with_what_was_in_them() {
    for (gone, still) in [("data", true), ("state", true), ("data/docs", true), ("", true)] {
        let home = home();
        let window = Window::open(home.path());
        window.keep("one").unwrap();
        window.keep("two").unwrap();
        let device = fs::read_to_string(home.path().join("state/device")).unwrap();
        // The backup of the day is written behind the word that all is saved.
        window.keeper.flush(LONG).unwrap();
        fs::remove_dir_all(home.path().join(gone)).unwrap();
        window.keep("three").unwrap();
        window.keeper.place(at(9));
        window.keeper.flush(LONG).unwrap();
        let opened = open(home.path());
        assert_eq!(labels(&opened.shelf), set(&["one", "two", "three"]), "{gone}");
        assert_eq!((opened.place.is_some(), opened.complaints), (still, vec![]), "{gone}");
        assert_eq!(fs::read_to_string(home.path().join("state/device")).unwrap(), device);
    }
}

/// 69: and they are when only the place is kept afterwards.
#[test]
fn a_place_brings_back_what_was_deleted() {
    let home = home();
    let window = Window::open(home.path());
    window.keep("one").unwrap();
    fs::remove_dir_all(home.path().join("data")).unwrap();
    window.keeper.place(at(9));
    window.keeper.flush(LONG).unwrap();
    assert_eq!(labels(&open(home.path()).shelf), set(&["one"]));
}

/// 69: an old copy of the file is brought back over the one that is in use.
#[test]
fn an_old_copy_brought_back_loses_nothing_new() {
    let home = home();
    let window = Window::open(home.path());
    window.keep("one").unwrap();
    let old = fs::read(sheet(home.path())).unwrap();
    window.keep("two").unwrap();
    fs::remove_file(sheet(home.path())).and_then(|()| fs::write(home.path().join("x"), &old)).unwrap();
    fs::rename(home.path().join("x"), folder(home.path()).join("device-brought-back.jsonl")).unwrap();
    window.keep("three").unwrap();
    assert_eq!(labels(&open(home.path()).shelf), set(&["one", "two", "three"]));
}

/// 47: a link in the place of a file is not written through.
#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_not_followed() {
    let home = home();
    Window::open(home.path()).keep("one").unwrap();
    let (file, target) = (sheet(home.path()), home.path().join("elsewhere"));
    fs::rename(&file, &target).unwrap();
    std::os::unix::fs::symlink(&target, &file).unwrap();
    let before = fs::read(&target).unwrap();
    let opened = open(home.path());
    assert_eq!(opened.complaints, [Complaint::Unreadable { path: file.clone(), reason: Reason::Link }]);
    Window::open(home.path()).keep("two").unwrap();
    assert_eq!(fs::read(&target).unwrap(), before);
    assert_eq!(labels(&open(home.path()).shelf), set(&["two"]));
}

/// 47: but a folder that is one (dotfiles) is followed.
#[cfg(unix)]
#[test]
fn a_linked_folder_is_followed() {
    let home = home();
    fs::create_dir(home.path().join("dotfiles")).unwrap();
    std::os::unix::fs::symlink("dotfiles", home.path().join("data")).unwrap();
    Window::open(home.path()).keep("one").unwrap();
    assert!(home.path().join("dotfiles/docs").is_dir());
    assert_eq!(labels(&open(home.path()).shelf), set(&["one"]));
}

/// 45: the superuser reads in another's home and leaves no file there.
#[cfg(unix)]
#[test]
fn in_anothers_home_nothing_is_written() {
    let home = home();
    Window::open(home.path()).keep("one").unwrap();
    if std::os::unix::fs::chown(home.path().join("data"), Some(1000), None).is_err() {
        return println!("skipped: only the superuser can give a folder away");
    }
    let before = fs::read(sheet(home.path())).unwrap();
    let opened = open(home.path());
    assert_eq!(labels(&opened.shelf), set(&["one"]));
    assert_eq!(opened.complaints, [Complaint::NotSaving(Reason::Foreign(1000))]);
    assert_eq!(Window::open(home.path()).keep("two"), Err(Reason::Foreign(1000)));
    assert_eq!((fs::read(sheet(home.path())).unwrap(), sheets(home.path())), (before, 1));
}

/// 46: a home that is a file.
#[test]
fn a_file_in_the_place_of_a_folder_is_said() {
    let home = home();
    fs::write(home.path().join("data"), "").unwrap();
    let window = Window::open(home.path());
    assert_eq!(window.keep("one"), Err(Reason::NotAFolder));
    fs::remove_file(home.path().join("data")).unwrap();
    assert_eq!(window.keep("two").unwrap().len(), 2, "both are saved as soon as it can be");
}

/// 58: a folder that may not be written to, until it may.
#[cfg(unix)]
#[test]
fn a_read_only_folder_is_said() {
    use std::os::unix::fs::PermissionsExt;
    if rustix::process::geteuid().is_root() {
        return println!("skipped: the superuser may write everywhere");
    }
    let home = home();
    let window = Window::open(home.path());
    window.keep("one").unwrap();
    let lock = |mode| fs::set_permissions(home.path(), fs::Permissions::from_mode(mode)).unwrap();
    fs::remove_dir_all(home.path().join("data")).unwrap();
    lock(0o500);
    assert_eq!(window.keep("two"), Err(Reason::ReadOnlyFolder));
    lock(0o700);
    assert_eq!(window.keep("three").unwrap().len(), 2);
    assert_eq!(labels(&open(home.path()).shelf), set(&["one", "two", "three"]));
}

/// 49: whatever the umask, files are 0600 and folders 0700.
#[cfg(unix)]
#[test]
fn files_are_the_readers_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let home = home();
    let out = start("has an odd umask", home.path()).output().unwrap();
    assert_eq!(said(&*out.stdout), ["saved 000", "saved 777"]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for umask in ["000", "777"] {
        let home = home.path().join(umask);
        assert_eq!(
            (mode(&home.join("data")), mode(&folder(&home)), mode(&sheet(&home))),
            (0o700, 0o700, 0o600)
        );
    }
}

#[cfg(unix)]
pub fn has_an_odd_umask(home: &Path) {
    for umask in ["000", "777"] {
        let home = home.join(umask);
        fs::create_dir(&home).unwrap();
        let before =
            rustix::process::umask(rustix::fs::Mode::from_raw_mode(u32::from_str_radix(umask, 8).unwrap()));
        let window = Window::open(&home);
        window.keep("one").unwrap();
        window.keep("two").unwrap();
        rustix::process::umask(before);
        say(&format!("saved {umask}"));
    }
}

#[cfg(not(unix))]
pub fn has_an_odd_umask(_: &Path) {}

/// 56: a limit on the size of files: further files take what the first will not, and what none takes is said. (Whoever
/// runs a program has to see to it that the signal that comes with it is not deadly.)
#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_said() {
    let home = home();
    let out = start("may write little", home.path()).output().unwrap();
    let said = said(&*out.stdout);
    let (last, saved) = said.split_last().unwrap();
    assert_eq!(last, "NOT SAVED: the file may not grow further");
    let there = labels(&open(home.path()).shelf);
    assert!(saved.len() > 3 && saved.iter().all(|label| there.contains(label)), "{saved:?}");
}

#[cfg(unix)]
pub fn may_write_little(home: &Path) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let flag = std::sync::Arc::default();
    signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), flag).unwrap();
    setrlimit(Resource::Fsize, Rlimit { current: Some(1500), maximum: Some(1500) }).unwrap();
    let window = Window::open(home);
    for label in (0..).map(|i| "x".repeat(i * 100)) {
        match window.keep(&label) {
            Ok(_) => say(&label),
            Err(reason) => return say(&format!("NOT SAVED: {reason}")),
        }
    }
}

#[cfg(not(unix))]
pub fn may_write_little(_: &Path) {}
