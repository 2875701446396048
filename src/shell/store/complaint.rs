//! What is to be said when a text is opened and not all is well with what was kept. Reading goes on in any case.

use super::reason::Reason;
use crate::document::clean::{Place, clean};
use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// What is to be said once, on the foot of the page and at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// Nothing will be saved.
    NotSaving(Reason),
    /// A file or folder of ibid could not be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: Reason,
    },
    /// Lines of a file are damaged. The file is left as it is.
    Damaged {
        /// Which.
        path: PathBuf,
        /// How many lines.
        lines: usize,
        /// How many records could be read.
        loaded: usize,
        /// Where the lines were copied to, if they could be.
        kept: Option<PathBuf>,
    },
    /// Lines of a file are longer than any record.
    Long {
        /// Which.
        path: PathBuf,
        /// How many lines.
        lines: usize,
    },
    /// A merge left its conflict markers in a file.
    Markers {
        /// Which.
        path: PathBuf,
    },
    /// Records are gone from a file.
    Missing {
        /// Which.
        path: PathBuf,
        /// Their numbers.
        records: Vec<RangeInclusive<u64>>,
    },
    /// A file was written by a later version, and is not written to.
    Newer {
        /// Which.
        path: PathBuf,
    },
    /// Others may write to the folder.
    Open {
        /// Which.
        path: PathBuf,
    },
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &PathBuf| clean(&path.to_string_lossy(), Place::Name).into_owned();
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        match self {
            Complaint::NotSaving(reason) => write!(f, "not saving: {reason}"),
            Complaint::Unreadable { path, reason } => write!(f, "{}: not read: {reason}", shown(path)),
            Complaint::Damaged { path, lines, loaded, kept } => {
                write!(f, "{}: {lines} unreadable record{}", shown(path), plural(*lines))?;
                if let Some(kept) = kept {
                    write!(f, ", kept in {}", shown(kept))?;
                }
                write!(f, "; {loaded} loaded")
            }
            Complaint::Long { path, lines } => {
                write!(f, "{}: {lines} line{} too long to read, left as it is", shown(path), plural(*lines))
            }
            Complaint::Markers { path } => {
                write!(f, "{}: passed over the conflict markers of a merge", shown(path))
            }
            Complaint::Missing { path, records } => {
                let several = records.len() > 1 || records.iter().any(|r| r.start() < r.end());
                write!(f, "{}: record{} ", shown(path), if several { "s" } else { "" })?;
                for (i, range) in records.iter().take(3).enumerate() {
                    f.write_str(if i > 0 { ", " } else { "" })?;
                    if range.start() == range.end() {
                        write!(f, "{}", range.start())?
                    } else {
                        write!(f, "{}–{}", range.start(), range.end())?
                    }
                }
                let more = if records.len() > 3 { " …" } else { "" };
                write!(f, "{more} missing (deleted by hand, or lost)")
            }
            Complaint::Newer { path } => {
                write!(f, "{}: written by a later ibid; new records go to a file beside it", shown(path))
            }
            Complaint::Open { path } => {
                write!(f, "{}: others may write to this folder; chmod go-w closes it", shown(path))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_for_the_reader_of_an_essay() {
        let path = PathBuf::from("a\u{1b}.jsonl");
        let kept = Some(PathBuf::from("/s/bad/x.jsonl"));
        for (complaint, words) in [
            (
                Complaint::NotSaving(Reason::Foreign(1000)),
                "not saving: the data folder belongs to another user (1000)",
            ),
            (
                Complaint::Damaged { path: path.clone(), lines: 2, loaded: 118, kept },
                "a\\x1b.jsonl: 2 unreadable records, kept in /s/bad/x.jsonl; 118 loaded",
            ),
            (
                Complaint::Damaged { path: path.clone(), lines: 1, loaded: 0, kept: None },
                "a\\x1b.jsonl: 1 unreadable record; 0 loaded",
            ),
            (
                Complaint::Missing { path: path.clone(), records: vec![41..=44, 7..=7] },
                "a\\x1b.jsonl: records 41–44, 7 missing (deleted by hand, or lost)",
            ),
            (
                Complaint::Missing { path: path.clone(), records: vec![7..=7] },
                "a\\x1b.jsonl: record 7 missing (deleted by hand, or lost)",
            ),
            (
                Complaint::Unreadable { path, reason: Reason::Broken },
                "a\\x1b.jsonl: not read: the disk reports an error",
            ),
        ] {
            assert_eq!(complaint.to_string(), words);
        }
    }
}
