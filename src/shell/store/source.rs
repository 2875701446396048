//! Where a text comes from, as it is written into records.

use std::path::{Path, PathBuf};

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, by its absolute path.
    File(PathBuf),
    /// A text that ibid carries, by its name.
    Carried(String),
    /// Standard input: it lies nowhere.
    Piped,
}

/// How the name of a text that ibid carries begins.
const CARRIED: &str = "ibid:";

/// How a path begins that is not UTF-8.
const ENCODED: &str = "file://";

impl Source {
    /// A file, its path made absolute from the working folder. Links are not resolved: the reader's name for a file is
    /// steadier than the place a link leads to.
    pub fn file(path: &Path) -> Source {
        Source::File(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
    }

    /// As it stands in a record: the path itself; `file://…` for a path that is not UTF-8; `ibid:…`; nothing.
    pub fn key(&self) -> String {
        match self {
            Source::File(path) => path.to_str().map_or_else(|| encode(path), str::to_owned),
            Source::Carried(name) => format!("{CARRIED}{name}"),
            Source::Piped => String::new(),
        }
    }

    /// As an IRI, for programs that know nothing of ibid; what lies nowhere is called by what it is known by, `docid`.
    pub fn iri(&self, docid: &str) -> String {
        match self {
            Source::File(path) => encode(path),
            Source::Carried(name) => format!("{CARRIED}{name}"),
            Source::Piped => format!("{CARRIED}text/{docid}"),
        }
    }

    /// Reads what [`Source::key`] wrote.
    pub fn from_key(key: &str) -> Source {
        if key.is_empty() {
            Source::Piped
        } else if let Some(name) = key.strip_prefix(CARRIED) {
            Source::Carried(name.to_owned())
        } else {
            Source::File(key.strip_prefix(ENCODED).and_then(decode).unwrap_or_else(|| key.into()))
        }
    }
}

fn encode(path: &Path) -> String {
    use std::fmt::Write;
    let mut url = String::from(ENCODED);
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            b if b.is_ascii_alphanumeric() => url.push(char::from(b)),
            // Writing to a `String` cannot fail.
            b => drop(write!(url, "%{b:02X}")),
        }
    }
    url
}

#[cfg(unix)]
fn decode(url: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'%', [a, b, after @ ..]) => {
                let digits = [*a, *b];
                (u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?, after)
            }
            _ => (*first, after),
        };
        bytes.push(byte);
        rest = after;
    }
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn decode(_: &str) -> Option<PathBuf> {
    None
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn every_source_reads_back() {
        let odd = Path::new(std::ffi::OsStr::from_bytes(b"/a b/\xff%\n.txt"));
        for (source, key) in [
            (Source::File("/home/anna/Léon.md".into()), "/home/anna/Léon.md"),
            (Source::File(odd.into()), "file:///a%20b/%FF%25%0A.txt"),
            (Source::Carried("essay".into()), "ibid:essay"),
            (Source::Piped, ""),
        ] {
            assert_eq!(source.key(), key);
            assert_eq!(Source::from_key(key), source);
        }
        assert_eq!(Source::file(Path::new("/x/./y")), Source::File("/x/y".into()));
    }

    #[test]
    fn no_key_is_too_odd() {
        for key in ["file://", "file://%", "file://%zz", "file://%4", "ibid:", "x", "C:\\x"] {
            let _ = Source::from_key(key);
        }
    }
}
