//! One file of records, read whatever became of it: torn, doubled, mangled by a sync tool, or edited by hand.

use super::record::{LONGEST, Line, MAJOR, Record, Seen};
use std::io::{self, BufRead};
use std::ops::RangeInclusive;

/// What a file of records holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The device that wrote it, as its first line says; empty if it has none.
    pub device: String,
    /// The version of the format it was written in; [`MAJOR`] if it does not say.
    pub major: u32,
    /// The records that could be read, in their order, the header left out.
    pub records: Vec<Record>,
    /// The number for its next line.
    pub next: u64,
    /// What is wrong with it.
    pub health: Health,
}

/// What is wrong with a file of records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Lines that could not be read, as they are.
    pub damaged: Vec<Vec<u8>>,
    /// Lines that were never finished, and so never confirmed. No harm.
    pub torn: usize,
    /// Lines over [`LONGEST`], left unread in the file.
    pub long: usize,
    /// Conflict markers left by a merge, passed over.
    pub markers: usize,
    /// Numbers that no line has, and that no unreadable line accounts for.
    pub missing: Vec<RangeInclusive<u64>>,
}

impl Sheet {
    /// Reads a file of records line by line; no more than one line is held besides what is kept.
    ///
    /// # Errors
    /// Only those of the source.
    pub fn read(mut source: impl BufRead) -> io::Result<Sheet> {
        let mut reading = Reading { sheet: Sheet { major: MAJOR, ..Sheet::default() }, ..Reading::default() };
        let mut line = Vec::new();
        let mut first = true;
        loop {
            line.clear();
            match next_line(&mut source, &mut line)? {
                End::Nothing => break,
                End::Long => reading.sheet.health.long += 1,
                end => {
                    let bytes =
                        if first { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
                    reading.line(bytes, end == End::Finished);
                }
            }
            first = false;
        }
        Ok(reading.finish())
    }
}

/// As what a text was seen, by the same file, and nothing else of it: for looking through many files.
///
/// # Errors
/// Only those of the source.
pub fn seen(mut source: impl BufRead) -> io::Result<Vec<Seen>> {
    let mut seen = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        match next_line(&mut source, &mut line)? {
            End::Nothing => return Ok(seen),
            End::Long => continue,
            End::Finished | End::Torn => {}
        }
        if memchr::memmem::find(&line, b"\"seen\"").is_some()
            && let Some(Line { record: Record::Seen(record), .. }) = Record::read(trim(&line))
        {
            seen.push(record);
        }
    }
}

/// How a line ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// With a line feed.
    Finished,
    /// With the file.
    Torn,
    /// It was too long and is passed over.
    Long,
    /// There is no further line.
    Nothing,
}

/// The next line without its end, read in pieces so that a line without end needs no memory.
fn next_line(source: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<End> {
    let mut long = false;
    let finish = |line: &[u8], long, end| match (long, line.is_empty(), end) {
        (true, ..) => End::Long,
        (false, true, End::Torn) => End::Nothing,
        (false, _, end) => end,
    };
    loop {
        let buffer = match source.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        if buffer.is_empty() {
            return Ok(finish(line, long, End::Torn));
        }
        let end = memchr::memchr(b'\n', buffer);
        let piece = &buffer[..end.unwrap_or(buffer.len())];
        long |= line.len() + piece.len() > LONGEST;
        if !long {
            line.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        source.consume(used);
        if end.is_some() {
            return Ok(finish(line, long, End::Finished));
        }
    }
}

/// A file half read.
#[derive(Default)]
struct Reading {
    sheet: Sheet,
    numbers: Vec<u64>,
    broken: Vec<Vec<u8>>,
}

impl Reading {
    fn line(&mut self, line: &[u8], finished: bool) {
        // Blanks, a carriage return from a conversion of line ends, and the holes that a power cut leaves.
        let trimmed = trim(line);
        if trimmed.is_empty() {
            if line.contains(&0) && finished {
                self.broken.push(line.to_owned());
            } else if line.contains(&0) {
                self.sheet.health.torn += 1;
            }
        } else if [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"].iter().any(|m| trimmed.starts_with(m))
        {
            self.sheet.health.markers += 1;
        } else if !self.take(trimmed) {
            for piece in pieces(trimmed).filter(|piece| !piece.is_empty()) {
                if !self.take(piece) {
                    if finished {
                        self.broken.push(piece.to_owned());
                    } else {
                        self.sheet.health.torn += 1;
                    }
                }
            }
        }
    }

    /// Whether it could be read.
    fn take(&mut self, line: &[u8]) -> bool {
        let Some(line) = Record::read(line) else { return false };
        if line.n > 0 {
            self.numbers.push(line.n);
        }
        match line.record {
            Record::File(header) => {
                self.sheet.device = header.device;
                self.sheet.major = self.sheet.major.max(line.major.unwrap_or(MAJOR));
            }
            record => self.sheet.records.push(record),
        }
        true
    }

    fn finish(mut self) -> Sheet {
        self.numbers.sort_unstable();
        self.numbers.dedup();
        let health = &mut self.sheet.health;
        for line in self.broken {
            // A line that was torn and healed gave its number to the next one; what was only begun has none.
            match number(&line) {
                Numbered::Begun => health.torn += 1,
                Numbered::As(n) if self.numbers.binary_search(&n).is_ok() => health.torn += 1,
                Numbered::As(_) | Numbered::Not => health.damaged.push(line),
            }
        }
        let mut missing = Vec::new();
        let mut next = 1;
        for &n in &self.numbers {
            if n > next {
                missing.push(next..=n - 1);
            }
            next = n.saturating_add(1);
        }
        let count: u64 = missing.iter().map(|gap| gap.end() - gap.start() + 1).sum();
        if count > (health.damaged.len() + health.long) as u64 {
            health.missing = missing;
        }
        self.sheet.next = next;
        self.sheet
    }
}

fn trim(line: &[u8]) -> &[u8] {
    let is_blank = |b: &u8| matches!(b, 0 | b' ' | b'\t' | b'\r');
    let start = line.iter().position(|b| !is_blank(b)).unwrap_or(line.len());
    let end = line.iter().rposition(|b| !is_blank(b)).map_or(start, |at| at + 1);
    &line[start..end]
}

/// A line cut before every beginning of a record: two on one line, or one behind a torn one. Inside a record these
/// bytes cannot stand, because quotation marks in a string are escaped.
fn pieces(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let begins = |at: &usize| line[*at..].starts_with(b"{\"n\":") || line[*at..].starts_with(b"{\"ibid\":");
    let mut cuts: Vec<usize> = memchr::memchr_iter(b'{', line).filter(begins).collect();
    cuts.insert(0, 0);
    cuts.push(line.len());
    (1..cuts.len()).map(move |i| trim(&line[cuts[i - 1]..cuts[i]]))
}

/// The number of a line that could not be read.
enum Numbered {
    /// It broke off before its number was whole.
    Begun,
    /// Its number.
    As(u64),
    /// It does not begin like a record.
    Not,
}

fn number(line: &[u8]) -> Numbered {
    const PLAIN: &[u8] = b"{\"n\":";
    const HEADER: &[u8] = b"{\"ibid\":1,\"n\":";
    let Some(rest) = line.strip_prefix(PLAIN).or_else(|| line.strip_prefix(HEADER)) else {
        let begun = PLAIN.starts_with(line) || HEADER.starts_with(line);
        return if begun { Numbered::Begun } else { Numbered::Not };
    };
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == rest.len() {
        return Numbered::Begun;
    }
    let n = std::str::from_utf8(&rest[..digits]).ok().and_then(|n| n.parse().ok());
    n.map_or(Numbered::Not, Numbered::As)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = concat!(
        "{\"ibid\":1,\"n\":1,\"t\":\"file\",\"device\":\"anna-7k2q\"}\n",
        "{\"n\":2,\"t\":\"del\",\"id\":\"a\",\"v\":1,\"at\":\"t\"}\n",
        "{\"n\":3,\"t\":\"del\",\"id\":\"b\",\"v\":1,\"at\":\"t\"}\n",
    );
    const FOURTH: &str = "{\"n\":4,\"t\":\"del\",\"id\":\"c\",\"v\":1,\"at\":\"t\"}\n";

    fn read(file: impl AsRef<[u8]>) -> Sheet {
        Sheet::read(file.as_ref()).unwrap()
    }

    /// How many records, damaged lines, torn lines and missing numbers.
    fn check(file: impl AsRef<[u8]>, records: usize, damaged: usize, torn: usize, missing: usize) {
        let sheet = read(&file);
        let gaps = sheet.health.missing.len();
        let told = (sheet.records.len(), sheet.health.damaged.len(), sheet.health.torn, gaps);
        assert_eq!(told, (records, damaged, torn, missing), "{}", String::from_utf8_lossy(file.as_ref()));
    }

    #[test]
    fn a_good_file() {
        let sheet = read(FILE);
        assert_eq!((sheet.device.as_str(), sheet.major, sheet.next), ("anna-7k2q", 1, 4));
        assert_eq!(sheet.health, Health::default());
        check(FILE, 2, 0, 0, 0);
        check("", 0, 0, 0, 0);
        assert_eq!(read("").next, 1);
    }

    #[test]
    fn conversions_and_merges() {
        check(format!("\u{feff}{}", FILE.replace('\n', "\r\n\r\n")), 2, 0, 0, 0);
        assert_eq!(read(format!("\u{feff}{FILE}")).device, "anna-7k2q");
        let merged = format!("<<<<<<< ours\n{FILE}=======\n{FOURTH}>>>>>>> theirs\n");
        check(&merged, 3, 0, 0, 0);
        assert_eq!(read(&merged).health.markers, 3);
        check(format!("{FILE}{FILE}"), 4, 0, 0, 0);
    }

    #[test]
    fn a_torn_tail_is_no_damage() {
        for cut in 1..FOURTH.len() {
            let torn = &FOURTH[..cut];
            let whole = usize::from(torn.ends_with('}'));
            check(format!("{FILE}{torn}"), 2 + whole, 0, 1 - whole, 0);
            // Healed by the next save: a line feed, and the record that takes the number.
            check(format!("{FILE}{torn}\n{FOURTH}"), 3 + whole, 0, 1 - whole, 0);
            // The same without the line feed, by a tool that knows nothing of it.
            check(format!("{FILE}{torn}{FOURTH}"), 3 + whole, 0, 1 - whole, 0);
        }
    }

    #[test]
    fn damage_is_told_and_the_rest_is_read() {
        check(format!("{}{FOURTH}", FILE.replace("\"id\":\"b\"", "\"id:\"b\"")), 2, 1, 0, 0);
        check(format!("{FILE}\0\0\0\0\n{}", FOURTH.replace("4", "5")), 3, 1, 0, 0);
        check(format!("{FILE}\0\0\0\0"), 2, 0, 1, 0);
        check(format!("{FILE}\0\0\0\0{FOURTH}"), 3, 0, 0, 0);
        check(format!("{FILE}what is this\n{FOURTH}"), 3, 1, 0, 0);
        check([FILE.as_bytes(), b"\xff\xfe{\n", FOURTH.as_bytes()].concat(), 3, 1, 0, 0);
        check(FILE.replace("}\n{", "}{"), 2, 0, 0, 0);
    }

    #[test]
    fn lines_taken_out_leave_a_gap() {
        let file = format!("{FILE}{}", FOURTH.replace("4", "9"));
        assert_eq!(read(&file).health.missing, [4..=8]);
        let file = format!("{FILE}{}", FOURTH.replace("4", &u64::MAX.to_string()));
        assert_eq!(read(&file).health.missing.len(), 1);
        assert_eq!(read(&file).next, u64::MAX);
    }

    #[test]
    fn a_line_too_long_is_passed_over() {
        let long = format!("{{\"n\":4,\"note\":\"{}\"}}\n", "x".repeat(LONGEST));
        let sheet = read(format!("{FILE}{long}{}", FOURTH.replace('4', "5")));
        assert_eq!((sheet.records.len(), sheet.health.long, sheet.health.missing.len()), (3, 1, 0));
    }

    #[test]
    fn a_newer_file_says_so() {
        assert_eq!(read(FILE.replace("\"ibid\":1", "\"ibid\":7")).major, 7);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_file(bytes in any::<Vec<u8>>(), at in 0..200_usize) {
            let at = at.min(FILE.len());
            let sheet = read([&FILE.as_bytes()[..at], &bytes, &FILE.as_bytes()[at..]].concat());
            prop_assert!(sheet.records.len() <= bytes.len() + 3);
        }
    }
}
