//! What ibid may write to a terminal, as a strict parser: everything else is a fault.
#![allow(dead_code, reason = "every test program uses a part of it")]

use std::collections::BTreeMap;
use std::fmt;

use unicode_properties::{
    GeneralCategory as Category, GeneralCategoryGroup as Group, UnicodeGeneralCategory,
};

/// One thing that the terminal is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// Characters that are shown.
    Text(String),
    /// `CSI row;column H`, from 1.
    Address { row: u16, column: u16 },
    /// `CSI … m`.
    Look(Vec<u16>),
    /// `CSI K`.
    EraseRowEnd,
    /// `CSI 2J`.
    EraseScreen,
    /// `OSC 52 ; c ; … ST`: what is put on the clipboard, in base 64.
    Clipboard(String),
    /// `CSI ? number h` or `l`.
    Mode { number: u16, on: bool },
}

/// The first byte that does not belong, with some of what follows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its offset.
    pub at: usize,
    /// The bytes there, escaped.
    pub near: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} is outside the grammar: {}", self.at, self.near)
    }
}

/// Line wrap, cursor, mouse and its figures, alternate screen, bracketed paste, synchronised update: each with how a shell
/// expects it.
const MODES: [(u16, bool); 7] =
    [(7, true), (25, true), (1000, false), (1006, false), (1049, false), (2004, false), (2026, false)];

/// Reads everything that was written to a terminal while it belonged to the reader.
pub fn parse(bytes: &[u8]) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let fault = || Fault { at, near: rest[..rest.len().min(40)].escape_ascii().to_string() };
        let length = if rest[0] == 0x1b {
            let (token, length) = sequence(rest).ok_or_else(fault)?;
            tokens.push(token);
            length
        } else {
            let length = rest.iter().position(|byte| *byte == 0x1b).unwrap_or(rest.len());
            let text =
                std::str::from_utf8(&rest[..length]).ok().filter(|text| is_shown(text)).ok_or_else(fault)?;
            tokens.push(Token::Text(text.to_owned()));
            length
        };
        at += length;
    }
    Ok(tokens)
}

fn sequence(bytes: &[u8]) -> Option<(Token, usize)> {
    if let Some(body) = bytes.strip_prefix(b"\x1b]52;c;") {
        let coded = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
        let length = body.iter().take_while(coded).count();
        let ended = length > 0 && body[length..].starts_with(b"\x1b\\");
        let text = String::from_utf8_lossy(&body[..length]).into_owned();
        return ended.then_some((Token::Clipboard(text), 7 + length + 2));
    }
    let body = bytes.strip_prefix(b"\x1b[")?;
    let end = body.iter().take(64).position(|byte| byte.is_ascii_alphabetic())?;
    let written = std::str::from_utf8(&body[..end]).ok()?;
    let (private, written) = written.strip_prefix('?').map_or((false, written), |rest| (true, rest));
    let numbers = match written {
        "" => Vec::new(),
        _ => written.split(';').map(|n| n.parse::<u16>().ok()).collect::<Option<Vec<_>>>()?,
    };
    let token = match (private, body[end], numbers.as_slice()) {
        (false, b'm', codes) if is_look(codes) => Token::Look(codes.to_vec()),
        (false, b'H', []) => Token::Address { row: 1, column: 1 },
        (false, b'H', [0] | [0, _] | [_, 0]) => return None,
        (false, b'H', [row]) => Token::Address { row: *row, column: 1 },
        (false, b'H', [row, column]) => Token::Address { row: *row, column: *column },
        (false, b'K', []) => Token::EraseRowEnd,
        (false, b'J', [2]) => Token::EraseScreen,
        (true, last @ (b'h' | b'l'), [number]) if MODES.iter().any(|(known, _)| known == number) => {
            Token::Mode { number: *number, on: last == b'h' }
        }
        _ => return None,
    };
    Some((token, 2 + end + 1))
}

/// Bold, dim, italic, underlined, reversed, struck; colours by table and by value. Nothing blinks and nothing hides.
fn is_look(codes: &[u16]) -> bool {
    match codes {
        [] => true,
        [38 | 48, 5, 0..=255, rest @ ..] => is_look(rest),
        [38 | 48, 2, 0..=255, 0..=255, 0..=255, rest @ ..] => is_look(rest),
        [0..=4 | 7 | 9 | 22..=24 | 27 | 29..=37 | 39..=47 | 49 | 90..=97 | 100..=107, rest @ ..] => {
            is_look(rest)
        }
        _ => false,
    }
}

/// Whether every character is one that a reader can see, or belongs to one that can be seen.
fn is_shown(text: &str) -> bool {
    let mut marks = 0;
    let mut flag = false;
    text.chars().all(|c| {
        let mark = c.general_category_group() == Group::Mark;
        marks = if mark { marks + 1 } else { 0 };
        flag = c == '🏴' || (flag && matches!(c, '\u{E0020}'..='\u{E007F}'));
        let hidden = matches!(c, '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0D}' | '\u{FFA0}' | '\u{E0100}'..='\u{E01EF}');
        let visible = match c.general_category() {
            Category::Format => matches!(c, '\u{200C}' | '\u{200D}') || flag,
            Category::LineSeparator | Category::ParagraphSeparator => false,
            _ => c.general_category_group() != Group::Other,
        };
        visible && !hidden && marks <= 9
    })
}

/// The stretches of a recording in which the terminal belonged to the reader: from each entering of the alternate
/// screen to the leaving after it. What stands between them was written by the shell, or said after the end.
pub fn stretches(bytes: &[u8]) -> Vec<&[u8]> {
    const ENTER: &[u8] = b"\x1b[?1049h";
    const LEAVE: &[u8] = b"\x1b[?1049l";
    let find = |from: usize, what: &[u8]| {
        bytes[from..].windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let mut stretches = Vec::new();
    let mut from = 0;
    while let Some(start) = find(from, ENTER) {
        let end = find(start, LEAVE).map_or(bytes.len(), |at| at + LEAVE.len());
        stretches.push(&bytes[start..end]);
        from = end;
    }
    stretches
}

/// The modes that a recording leaves otherwise than a shell expects them, with the state they are left in.
pub fn modes_left(bytes: &[u8]) -> BTreeMap<u16, bool> {
    let mut modes = BTreeMap::new();
    for (at, _) in bytes.windows(3).enumerate().filter(|(_, window)| window == b"\x1b[?") {
        let body = &bytes[at + 3..];
        let digits = body.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&body[..digits]).ok().and_then(|digits| digits.parse().ok());
        if let (Some(number), Some(last @ (b'h' | b'l'))) = (number, body.get(digits)) {
            modes.insert(number, *last == b'h');
        }
    }
    let usual = |number| MODES.iter().any(|(known, usual)| *known == number && *usual);
    modes.retain(|number, on| *on != usual(*number));
    modes
}
