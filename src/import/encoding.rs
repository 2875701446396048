//! Which encoding bytes are in, and the text they spell.
//!
//! In order: what the reader said, a byte order mark, the zeros or the Han of UTF-16, UTF-8 (also where a few bytes of it
//! are damaged), what the text declares of itself if it holds, and the browsers' guesser. A guess must prove itself: a few
//! odd bytes in an English book are no Japanese.

use super::ImportError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};
use std::borrow::Cow;

/// How much of a source the guesser reads.
const SAMPLE: usize = 64 * 1024;

/// How far a declaration is looked for.
const DECLARED: usize = 4096;

/// What stands before the name of an encoding, in lower case.
const DECLARATIONS: [&str; 5] =
    ["character set encoding", "chatacter set encoding", "charset", "encoding=", "coding"];

/// How many bytes beyond ASCII a guess needs to stand on.
const EVIDENCE: usize = 4;

/// How many repaired lines are named one by one.
const NAMED_REPAIRS: usize = 200;

/// A text and how it was read.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding's WHATWG name.
    pub encoding: &'static str,
    /// The lines in which bytes spelled nothing, and the first one that had to be guessed, in order.
    pub repairs: Vec<Repair>,
}

/// What had to be assumed or put right about a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repair {
    /// The line, from 1.
    pub line: usize,
    /// The line as it reads now.
    pub text: String,
    cause: Cause,
    encoding: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
enum Cause {
    /// So many characters stand for bytes that spelled nothing.
    Damaged(usize),
    /// The first line that shows which encoding was guessed.
    Guessed,
}

impl Repair {
    /// What was wrong, in a few words.
    pub fn why(&self) -> String {
        let encoding = self.encoding;
        match self.cause {
            Cause::Damaged(1) => format!("1 damaged character (not {encoding}), shown as \u{fffd}"),
            Cause::Damaged(count) => {
                format!("{count} damaged characters (not {encoding}), shown as \u{fffd}")
            }
            Cause::Guessed => format!("read as {encoding}, which is a guess; --encoding sets another"),
        }
    }
}

/// Decodes bytes in the encoding that has the label `said`, else in the one they seem to be in.
pub(super) fn decode<'a>(bytes: &'a [u8], said: Option<&str>) -> Result<Decoded<'a>, ImportError> {
    let (encoding, guessed) = match said {
        Some(label) => (named(label).ok_or_else(|| ImportError::UnknownEncoding(label.to_owned()))?, false),
        None => match known(bytes) {
            Some(encoding) => (encoding, false),
            None => (guess(bytes), true),
        },
    };
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    let mut found = if damaged { repairs(&text, encoding.name()) } else { Vec::new() };
    if guessed {
        found.extend(guess_of(&text, encoding.name()));
        found.sort_by_key(|r| r.line);
    }
    Ok(Decoded { text, encoding: encoding.name(), repairs: found })
}

/// The encoding with a label; `latin-1` is as good as `latin1`.
fn named(label: &str) -> Option<&'static Encoding> {
    let joined: String = label.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect();
    [label, &joined].into_iter().find_map(|l| Encoding::for_label_no_replacement(l.as_bytes()))
}

/// The encoding that bytes show or declare.
fn known(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    utf16(bytes).or_else(|| mostly_utf8(bytes).then_some(UTF_8)).or_else(|| declared(bytes))
}

/// The encoding that a text declares in its first lines, if its bytes are of it.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String =
        bytes[..bytes.len().min(DECLARED)].iter().map(|b| char::from(b.to_ascii_lowercase())).collect();
    DECLARATIONS.iter().find_map(|words| {
        let (_, rest) = head.split_once(words)?;
        let rest = rest.trim_start_matches([' ', '\t', '"', '\'', '=', ':']);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c)).unwrap_or(rest.len());
        let encoding = named(&rest[..end]).filter(|e| *e != UTF_8 && e.is_ascii_compatible())?;
        // A declaration may lie: what it says must be able to spell the text, and in more than one way only this.
        let single = encoding.is_single_byte();
        let holds = encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some();
        (holds && (!single || encoding != WINDOWS_1252 || is_latin(bytes))).then_some(encoding)
    })
}

/// Whether the letters beyond ASCII stand among those of ASCII, as accented ones do.
fn is_latin(bytes: &[u8]) -> bool {
    let (letters, odd) = bytes.iter().fold((0_usize, 0_usize), |(letters, odd), b| {
        (letters + usize::from(b.is_ascii_alphabetic()), odd + usize::from(!b.is_ascii()))
    });
    letters > odd
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if proves_itself(guess, sample) { guess } else { WINDOWS_1252 }
}

/// UTF-16 without a mark: in Latin text every other byte is zero, always on the same side.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(SAMPLE) & !1];
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    let one_sided = |many: usize, few: usize| many * 4 > pairs && few * 50 < pairs.max(50);
    match () {
        () if one_sided(odd, even) => Some(UTF_16LE),
        () if one_sided(even, odd) => Some(UTF_16BE),
        () if bytes.len().is_multiple_of(2) => [UTF_16LE, UTF_16BE].into_iter().find(|e| is_han(e, head)),
        () => None,
    }
}

/// Whether bytes are Han and kana in UTF-16, nearly all of them: elsewhere two bytes seldom make any.
fn is_han(encoding: &'static Encoding, head: &[u8]) -> bool {
    // Valid text in another encoding is far likelier, and cheaper to see.
    if head.len() < 2 * EVIDENCE || std::str::from_utf8(&head[..head.len().min(64)]).is_ok() {
        return false;
    }
    let (text, _) = encoding.decode_without_bom_handling(head);
    let common = |c: &char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ff5e}' | ' '..='~' | '\n' | '\r');
    let (all, fit) =
        text.chars().fold((0_usize, 0_usize), |(all, fit), c| (all + 1, fit + usize::from(common(&c))));
    let stopped = text.contains(['。', '，', '、', '\n']);
    stopped && fit * 20 >= all * 19
}

/// Whether bytes are UTF-8, or would be but for fewer damages than it has characters beyond ASCII.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    damaged == 0 || sound >= damaged
}

/// The part of the source that says most: from the first line beyond ASCII.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let line = memchr::memrchr(b'\n', &bytes[..first]).map_or(0, |i| i + 1);
    // A line of megabytes would push its first odd byte out of the sample.
    let start = line.max(first.saturating_sub(SAMPLE / 2));
    &bytes[start..bytes.len().min(start + SAMPLE)]
}

/// Whether a guess is borne out by what it makes of the sample.
fn proves_itself(guess: &'static Encoding, sample: &[u8]) -> bool {
    let odd = sample.iter().filter(|b| !b.is_ascii()).count();
    if odd < EVIDENCE {
        return false;
    }
    let (text, _) = guess.decode_without_bom_handling(sample);
    let errors = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let letters = if [SHIFT_JIS, EUC_JP, EUC_KR, GBK, GB18030, BIG5].contains(&guess) {
        // Half-width kana do not count: to Shift_JIS every accented letter looks like one.
        text.chars().filter(|c| matches!(c, '\u{3000}'..='\u{ff60}' | '\u{20000}'..)).count()
    } else {
        odd
    };
    // The sample's end may cut a character in two.
    letters >= EVIDENCE && errors.saturating_sub(1) * 20 <= letters
}

fn repairs(text: &str, encoding: &'static str) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = Vec::new();
    for (i, line) in text.split('\n').enumerate() {
        let count = line.matches(char::REPLACEMENT_CHARACTER).count();
        if count == 0 {
            continue;
        }
        match repairs.get_mut(NAMED_REPAIRS - 1) {
            Some(Repair { cause: Cause::Damaged(sum), .. }) => *sum += count,
            Some(_) | None => {
                let text = excerpt(line, char::REPLACEMENT_CHARACTER);
                repairs.push(Repair { line: i + 1, text, cause: Cause::Damaged(count), encoding });
            }
        }
    }
    repairs
}

/// Where one can see whether the guess was right: the first line beyond ASCII.
fn guess_of(text: &str, encoding: &'static str) -> Option<Repair> {
    let at = text.bytes().position(|b| !b.is_ascii())?;
    let before = &text[..at];
    let line = 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count();
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    let shown = text[at..].chars().next()?;
    Some(Repair { line, text: excerpt(&text[start..end], shown), cause: Cause::Guessed, encoding })
}

/// The words about the first `shown` of a line.
fn excerpt(line: &str, shown: char) -> String {
    let at = line.find(shown).unwrap_or(0);
    let start = line[..at].char_indices().rev().take(60).last().map_or(at, |(i, _)| i);
    line[start..].chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn damaged(repair: &Repair) -> usize {
        match repair.cause {
            Cause::Damaged(count) => count,
            Cause::Guessed => 0,
        }
    }

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.encoding, &*decoded.text), (encoding, text));
    }

    #[test]
    fn bytes_tell_their_encoding() {
        check(b"", "UTF-8", "");
        check(b"plain", "UTF-8", "plain");
        check(b"\xef\xbb\xbfmarked", "UTF-8", "marked");
        check("Léon Blum".as_bytes(), "UTF-8", "Léon Blum");
        check(b"\xff\xfeL\0\xe9\0o\0n\0", "UTF-16LE", "Léon");
        check(b"\xfe\xff\0L\0\xe9\0o\0n", "UTF-16BE", "Léon");
        check(b"L\0\xe9\0o\0n\0 \0b\0", "UTF-16LE", "Léon b");
        check(b"\0L\0\xe9\0o\0n\0 \0b", "UTF-16BE", "Léon b");
        check(b"a NUL\0 is no UTF-16", "UTF-8", "a NUL\0 is no UTF-16");
        check(b"caf\xe9 cr\xe8me d\xe9j\xe0 \x93vu\x94", "windows-1252", "café crème déjà “vu”");
    }

    #[test]
    fn a_declaration_is_heeded_where_it_holds() {
        let text = "Character set encoding: KOI8-R\n\nOf \u{444}\u{438}.";
        let (bytes, _, _) = encoding_rs::KOI8_R.encode(text);
        check(&bytes, "KOI8-R", text);
        assert_eq!(decode(&bytes, None).unwrap().repairs, []);
        check(b"<meta charset=iso-8859-1>caf\xe9", "windows-1252", "<meta charset=iso-8859-1>café");
        // It lies: the bytes are UTF-8; or no text of the encoding.
        check("charset=iso-8859-1 café".as_bytes(), "UTF-8", "charset=iso-8859-1 café");
        check(b"charset=shift_jis caf\xe9 ", "windows-1252", "charset=shift_jis café ");
        check(b"charset=klingon caf\xe9", "windows-1252", "charset=klingon café");
    }

    #[test]
    fn a_guess_says_so() {
        let decoded = decode(b"plain\ncaf\xe9", None).unwrap();
        let told: Vec<_> = decoded.repairs.iter().map(|r| (r.line, &*r.text, r.why())).collect();
        let why = "read as windows-1252, which is a guess; --encoding sets another".to_owned();
        assert_eq!(told, [(2, "café", why)]);
        assert_eq!(decode(b"caf\xe9", Some("latin1")).unwrap().repairs, []);
    }

    #[test]
    fn han_in_utf16_needs_no_mark() {
        let text = "管仲夷吾者，颍上人也。\n少时常与鲍叔牙游，鲍叔知其贤。\n".repeat(4);
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&le, "UTF-16LE", &text);
        check(&be, "UTF-16BE", &text);
    }

    #[test]
    fn one_odd_byte_is_no_other_script() {
        let book = format!("{}Proofreaders", "An ordinary line of an English book.\n".repeat(200));
        for byte in 0x80..=0xffu8 {
            let mut bytes = book.clone().into_bytes();
            bytes.push(byte);
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!(decoded.encoding, "windows-1252", "{byte:x}");
        }
    }

    #[test]
    fn other_scripts_are_known() {
        let text = |s: &str| s.repeat(8);
        let japanese = text("管仲夷吾は潁上の人なり。少き時、常に鮑叔牙と游ぶ。\n");
        let russian = text("Все счастливые семьи похожи друг на друга, каждая несчастливая по-своему.\n");
        let chinese = text("管仲夷吾者，颍上人也。少时常与鲍叔牙游，鲍叔知其贤。\n");
        for (encoding, text) in [
            (SHIFT_JIS, &japanese),
            (EUC_JP, &japanese),
            (encoding_rs::KOI8_U, &russian),
            (encoding_rs::WINDOWS_1251, &russian),
            (GBK, &chinese),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            check(&bytes, encoding.name(), text);
        }
    }

    #[test]
    fn pages_declare_their_encoding_and_may_lie() {
        let page = |label: &str| {
            format!("<html><head><meta charset='{label}'></head><body>Тихий Дон: ёлка, щука</body>")
        };
        for label in ["koi8-r", "windows-1251", "iso-8859-5"] {
            let text = page(label);
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, _, _) = encoding.encode(&text);
            check(&bytes, encoding.name(), &text);
        }
        let lie = page("iso-8859-1");
        check(lie.as_bytes(), "UTF-8", &lie);
        for label in ["utf-8", "shift_jis"] {
            let lie = format!(
                "<meta http-equiv=x content='text/html; charset={label}'>caf\u{e9} cr\u{e8}me d\u{e9}j\u{e0}, vu"
            );
            let bytes: Vec<u8> = lie.chars().map(|c| c as u8).collect();
            check(&bytes, "windows-1252", &lie);
        }
    }

    #[test]
    fn damaged_utf8_stays_utf8_and_says_so() {
        let decoded = decode(b"\xc3\xa9t\xc3\xa9\nna\xefve \xff and more\nend", None).unwrap();
        assert_eq!((decoded.encoding, &*decoded.text), ("UTF-8", "été\nna\u{fffd}ve \u{fffd} and more\nend"));
        assert_eq!(decoded.repairs.iter().map(|r| (r.line, damaged(r))).collect::<Vec<_>>(), [(2, 2)]);
        assert_eq!(decoded.repairs[0].why(), "2 damaged characters (not UTF-8), shown as \u{fffd}");
    }

    #[test]
    fn what_the_reader_says_goes_before() {
        let decoded = decode(b"caf\xe9", Some("Latin-1")).unwrap();
        assert_eq!((decoded.encoding, &*decoded.text), ("windows-1252", "café"));
        let error = decode(b"", Some("klingon")).unwrap_err();
        assert_eq!(error, ImportError::UnknownEncoding("klingon".to_owned()));
    }

    #[test]
    fn many_damaged_lines_are_named_up_to_a_limit() {
        let bytes = "é\u{fffd}".repeat(3).into_bytes();
        let mut lines = bytes;
        for _ in 0..1000 {
            lines.extend(b"\n\xc3\xa9\xff");
        }
        let decoded = decode(&lines, None).unwrap();
        assert_eq!(decoded.repairs.len(), NAMED_REPAIRS);
        assert_eq!(decoded.repairs.iter().map(damaged).sum::<usize>(), 1003);
    }
}
