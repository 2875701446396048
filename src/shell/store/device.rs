//! The name of this device: made once, kept beside the locks, and part of the name of every file that it writes.

use super::disk::{Disk, make_folders};
use super::lock::{PATIENCE, hold};
use super::replace::replace;
use crate::shelf::base32;
use std::io::Read;
use std::path::Path;

/// The longest name of a host that is taken over, in characters.
const HOST: usize = 32;

/// The name of this device, `anna-laptop-7k2q`: as the state folder has it, else made for `host` and kept there.
///
/// Where it cannot be kept it is made of what does not change, so that the next start has the same.
pub fn name(disk: &dyn Disk, state: &Path, host: &str) -> String {
    // Two first starts at once must not make two names.
    let lock = hold(disk, &state.join("lock").join("device"), PATIENCE);
    if let Some(name) = read(disk, state) {
        return name;
    }
    let digits = |n: u64| base32::encode(&n.to_be_bytes()).chars().take(4).collect::<String>();
    let made = format!("{}-{}", plain(host), digits(super::stamp::random()));
    let is_kept = lock.is_some() && keep(disk, state, &made);
    if is_kept { made } else { plain(host) }
}

/// The name of a device that cannot be told from others of its name.
pub fn plain(host: &str) -> String {
    slug(host, HOST, "device")
}

/// Writes the name down again, should the state folder have been deleted. Whether it is there.
pub fn keep(disk: &dyn Disk, state: &Path, name: &str) -> bool {
    let line = format!("{name}\n");
    make_folders(disk, state).is_ok() && replace(disk, &state.join("device"), line.as_bytes()).is_ok()
}

/// The name, if this device has one.
pub fn read(disk: &dyn Disk, state: &Path) -> Option<String> {
    let mut name = String::new();
    disk.read(&state.join("device")).ok()?.take(256).read_to_string(&mut name).ok()?;
    let name = name.trim();
    let fits = matches!(name.len(), 1..=64) && slug(name, 64, "") == name;
    fits.then(|| name.to_owned())
}

/// The name of the machine, as the kernel or the environment has it; empty if neither does.
pub fn host() -> String {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = || ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| std::env::var(name).ok());
    kernel.or_else(named).unwrap_or_default()
}

/// Text as part of the name of a file on any system: small letters, figures and single hyphens, at most `limit`; for
/// text that has none of them `else_`.
pub fn slug(text: &str, limit: usize, else_: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
        if slug.len() >= limit {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { else_.to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::disk::Local;
    use crate::shell::store::faulty::{Fault, Faulty, scratch};
    use std::fs;

    #[test]
    fn it_is_made_once() {
        let home = scratch();
        let made = name(&Local, home.path(), "Anna's Laptop.local\n");
        assert!(made.starts_with("anna-s-laptop-local-") && made.len() == 24, "{made}");
        assert_eq!(name(&Local, home.path(), "another"), made);
    }

    #[test]
    fn windows_that_start_at_once_agree() {
        let home = scratch();
        let starts: Vec<_> = (0..8)
            .map(|_| home.path().to_owned())
            .map(|state| std::thread::spawn(move || name(&Local, &state, "h")))
            .collect();
        let names: Vec<_> = starts.into_iter().map(|start| start.join().unwrap()).collect();
        assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
    }

    #[test]
    fn what_cannot_be_a_name_is_replaced() {
        let home = scratch();
        for odd in ["", "../x", "A B", "x~y", "\u{1b}[31m", "-x"] {
            fs::write(home.path().join("device"), odd).unwrap();
            assert!(name(&Local, home.path(), "h").starts_with("h-"), "{odd:?}");
        }
    }

    #[test]
    fn where_it_cannot_be_kept_it_stays_the_same() {
        let home = scratch();
        let denied = || Faulty::new(1, Fault::DeniedFromHere);
        assert_eq!(name(&denied(), home.path(), "H"), "h");
        assert_eq!(name(&denied(), home.path(), ""), "device");
    }

    #[test]
    fn slugs() {
        for (text, expected) in [
            ("On Style", "on-style"),
            ("  Économie, ou: la nuit  ", "conomie-ou-la-nuit"),
            ("二十年", "text"),
            ("a very long title that goes on and on and on", "a-very-long-title-that-g"),
        ] {
            assert_eq!(slug(text, 24, "text"), expected);
        }
    }
}
