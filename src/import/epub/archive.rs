//! The ZIP archive that an EPUB is: its members by name, unpacked in memory, each only when it is asked for.
//!
//! What headers say of sizes is never believed: bytes are counted as they are unpacked. Of two members with one name
//! the last of the directory counts. Where the directory is gone, as in a download that broke off, the members are
//! found by their own headers. Nothing is written anywhere.

use super::path;
use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;
use rawzip::{CompressionMethod, ZipArchive, crc32};
use std::cell::Cell;
use std::collections::HashMap;

/// How many members a book may have.
pub(super) const MOST_MEMBERS: usize = 10_000;

/// How long an unpacked member may be, in bytes.
pub(super) const LONGEST_MEMBER: usize = 32 << 20;

/// How much of a book is unpacked, in bytes. Pictures and fonts never are: all of Dickens, with his markup, is half of it.
pub(super) const LONGEST_BOOK: usize = 64 << 20;

/// How much is unpacked at a time, in bytes.
const CHUNK: usize = 64 << 10;

/// The signature of a member's own header, and the length of its fixed part.
const HEADER: (&[u8], usize) = (b"PK\x03\x04", 30);

/// The members of an archive.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    members: HashMap<String, Member>,
    /// The names in the order of the archive.
    names: Vec<String>,
    /// What is wrong with it, in words: a name and what of it.
    pub faults: Vec<(String, &'static str)>,
    unpacked: Cell<usize>,
}

/// Where a member is and how it is packed.
#[derive(Clone, Copy, Debug)]
struct Member {
    /// Where its own header begins.
    at: usize,
    packed: usize,
    method: CompressionMethod,
    crc: Option<u32>,
    encrypted: bool,
}

/// A member as it was unpacked.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// Its bytes, as far as they go.
    pub bytes: Vec<u8>,
    /// Why they do not go all the way, if so.
    pub damage: Option<String>,
}

impl<'a> Archive<'a> {
    /// Reads the directory. The error says what cannot be mended.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, String> {
        let mut archive = Archive {
            bytes,
            members: HashMap::new(),
            names: Vec::new(),
            faults: Vec::new(),
            unpacked: Cell::new(0),
        };
        let whole = archive.read_directory()?;
        if !whole {
            archive.recover()?;
        }
        Ok(archive)
    }

    /// The names of all members, in the order of the archive.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name as the archive has it: exactly, or else with other capitals.
    pub fn find(&self, name: &str) -> Option<&str> {
        if let Some((name, _)) = self.members.get_key_value(name) {
            return Some(name);
        }
        self.names.iter().find(|n| n.eq_ignore_ascii_case(name)).map(String::as_str)
    }

    /// Unpacks a member, `most` bytes of it at most. `None` if there is no such member.
    pub fn read(&self, name: &str, most: usize) -> Option<Part> {
        let member = self.members.get(self.find(name)?)?;
        let left = LONGEST_BOOK - self.unpacked.get().min(LONGEST_BOOK);
        let part = self.unpack(member, if left < most { Limit::Book(left) } else { Limit::Member(most) });
        self.unpacked.set(self.unpacked.get() + part.bytes.len());
        Some(part)
    }

    /// Whether there is a directory and it could be read to its end.
    fn read_directory(&mut self) -> Result<bool, String> {
        let Ok(directory) = ZipArchive::from_slice(self.bytes) else { return Ok(false) };
        let mut entries = directory.entries();
        let mut count = 0;
        loop {
            let entry = match entries.next_entry() {
                Ok(Some(entry)) => entry,
                Ok(None) => return Ok(count > 0),
                Err(_) => return Ok(false),
            };
            count += 1;
            if count > MOST_MEMBERS {
                return Err(format!("it has more than {MOST_MEMBERS} members"));
            }
            let member = Member {
                at: usize::try_from(entry.local_header_offset()).unwrap_or(usize::MAX),
                packed: usize::try_from(entry.compressed_size_hint()).unwrap_or(usize::MAX),
                method: entry.compression_method(),
                crc: Some(entry.crc32()),
                encrypted: entry.flags().is_encrypted(),
            };
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
            if entry.mode().is_symlink() {
                self.faults.push((name, "a link to somewhere else, not followed"));
            } else if !entry.is_dir() {
                self.add(&name, member);
            }
        }
    }

    /// Finds the members by their own headers.
    fn recover(&mut self) -> Result<(), String> {
        self.members.clear();
        self.names.clear();
        self.faults.clear();
        let mut from = 0;
        while let Some(found) = memmem::find(&self.bytes[from..], HEADER.0) {
            let at = from + found;
            from = at + HEADER.0.len();
            let Some((header, start)) = header(self.bytes, at) else { continue };
            if self.names.len() == MOST_MEMBERS {
                return Err(format!("it has more than {MOST_MEMBERS} members"));
            }
            let name = self.bytes[at + HEADER.1..][..header.name].to_vec();
            // Where the length stands behind the member, it ends where the next begins.
            let packed = match header.packed {
                0 => memmem::find(&self.bytes[start..], HEADER.0).unwrap_or(self.bytes.len() - start),
                packed => packed,
            };
            let member = Member { at, packed, method: header.method, crc: None, encrypted: header.encrypted };
            self.add(&String::from_utf8_lossy(&name), member);
            from = start.saturating_add(packed).min(self.bytes.len()).max(from);
        }
        if self.names.is_empty() {
            return Err("nothing is left in its archive that can be read".to_owned());
        }
        self.faults.push((
            String::new(),
            "the directory of the archive is damaged; its parts were sought one by one",
        ));
        Ok(())
    }

    fn add(&mut self, name: &str, member: Member) {
        let Some(key) = path::member(name) else {
            self.faults.push((name.to_owned(), "a name that leads outside the book, left out"));
            return;
        };
        match self.members.insert(key.clone(), member) {
            None => self.names.push(key),
            Some(_) => self.faults.push((key, "there twice, the last one counts")),
        }
    }

    fn unpack(&self, member: &Member, most: Limit) -> Part {
        let damaged = |why: String| Part { bytes: Vec::new(), damage: Some(why) };
        if member.encrypted {
            return damaged("it is encrypted".to_owned());
        }
        let Some((_, start)) = header(self.bytes, member.at) else {
            return damaged("it is not where the archive says".to_owned());
        };
        let end = start.saturating_add(member.packed);
        let packed = &self.bytes[start..end.min(self.bytes.len())];
        let mut part = match member.method {
            CompressionMethod::STORE => store(packed, most),
            CompressionMethod::DEFLATE => inflate(packed, most),
            other => return damaged(format!("it is packed in a way that ibid does not know ({other})")),
        };
        if part.damage.is_none() && end > self.bytes.len() {
            part.damage = Some("it breaks off".to_owned());
        }
        if part.damage.is_none() && member.crc.is_some_and(|crc| crc != crc32(&part.bytes)) {
            part.damage = Some("its checksum is wrong".to_owned());
        }
        part
    }
}

/// What a member's own header says.
#[derive(Debug)]
struct Header {
    name: usize,
    packed: usize,
    method: CompressionMethod,
    encrypted: bool,
}

/// The header at a place, and where the member behind it starts.
fn header(bytes: &[u8], at: usize) -> Option<(Header, usize)> {
    let head = bytes.get(at..)?.get(..HEADER.1)?;
    let short = |i: usize| u16::from_le_bytes([head[i], head[i + 1]]);
    let name = usize::from(short(26));
    let start = at + HEADER.1 + name + usize::from(short(28));
    let packed = u32::from_le_bytes([head[18], head[19], head[20], head[21]]) as usize;
    let header =
        Header { name, packed, method: CompressionMethod::from(short(8)), encrypted: short(6) & 1 == 1 };
    (head.starts_with(HEADER.0) && start <= bytes.len()).then_some((header, start))
}

fn store(bytes: &[u8], most: Limit) -> Part {
    let damage = (bytes.len() > most.bytes()).then(|| most.told());
    Part { bytes: bytes[..bytes.len().min(most.bytes())].to_vec(), damage }
}

/// Unpacks a deflated stream as far as it goes.
fn inflate(packed: &[u8], most: Limit) -> Part {
    let mut inflater = Decompress::new(false);
    let mut bytes = Vec::new();
    let damage = loop {
        let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX).min(packed.len());
        let before = (inflater.total_in(), bytes.len());
        if bytes.try_reserve(CHUNK).is_err() {
            break Some("there is no memory for it".to_owned());
        }
        let result = inflater.decompress_vec(&packed[read..], &mut bytes, FlushDecompress::None);
        if bytes.len() > most.bytes() {
            bytes.truncate(most.bytes());
            break Some(most.told());
        }
        match result {
            Ok(Status::StreamEnd) => break None,
            Ok(_) if (inflater.total_in(), bytes.len()) != before => {}
            Ok(_) => break Some("it breaks off".to_owned()),
            Err(_) => break Some("its packing is damaged".to_owned()),
        }
    };
    Part { bytes, damage }
}

/// How much of a member is unpacked, in bytes, and what sets the limit.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Member(usize),
    /// What the members before have left of the book.
    Book(usize),
}

impl Limit {
    fn bytes(self) -> usize {
        let (Limit::Member(bytes) | Limit::Book(bytes)) = self;
        bytes
    }

    fn told(self) -> String {
        match self {
            Limit::Member(bytes) => format!("it is longer than {} MiB", bytes >> 20),
            Limit::Book(_) => format!("the book is longer than {} MiB", LONGEST_BOOK >> 20),
        }
    }
}
