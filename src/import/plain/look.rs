//! How well figures look as the mark of a note where they stand.
//!
//! Counted in scraped essays, a mark stands behind punctuation (70 %), a closing quote or bracket (29 %), a letter
//! (1 %) or a figure (0.3 %); a blank or the end of a line follows nearly always. The scores only weigh these places
//! against each other; what cannot be a mark has none.

use super::opener::Bracket;
use super::wording;
use super::words;
use crate::import::seam;
use std::ops::Range;

/// Abbreviations of what a figure behind them counts or names, without their stop, in lower case.
const UNITS: &str = "\
    p|pp|vol|vols|no|nos|nr|fig|figs|ch|chap|chaps|art|arts|sec|secs|sect|par|para|pars|pt|pts|bk|bks|\
    fn|nn|vv|ll|col|cols|fol|fols|bd|bde|abb|kap|anm|aufl|abs|ziff|ca|approx|lib|cap|tom|jan|feb|mar|\
    apr|jun|jul|aug|sep|sept|oct|nov|dec|стр|гл|рис";

/// Those of them that end sentences, too: `He said no.3 Then …`
const WORDS: &str = "no|art|par";

/// Words that are glued to a number in names of things.
const NAMES: &str = "page|pages|note|notes|chapter|section|figure|table|volume|seite|kapitel";

/// Figures glued to what stands before them.
pub(super) fn glued(before: &str, digits: &str, after: &str) -> Option<i32> {
    let last = before.chars().next_back()?;
    if is_address(before) {
        return None;
    }
    let ahead = ahead(after)?;
    let behind = match last {
        '”' | '»' | ')' | ']' | '」' | '』' | '）' => 3,
        '’' | '"' | '\'' => quote(&before[..before.len() - last.len_utf8()], last)?,
        '.' => stop(&before[..before.len() - 1], digits, ahead)?,
        ',' | ';' if ends_in_figure(before) => number(before, digits)?,
        ',' | ';' => 3,
        ':' if !ends_in_figure(before) => 2,
        '!' | '?' | '…' | '。' | '，' | '！' | '？' => 3,
        c if c.is_alphabetic() => word(before)?,
        _ => return None,
    };
    Some(behind + ahead)
}

/// Raised figures: a mark, or an exponent behind a unit or a figure.
pub(super) fn raised(before: &str) -> Option<i32> {
    match before.chars().next_back()? {
        c if c.is_alphabetic() && last_word(before).chars().count() <= 2 => Some(0),
        c if c.is_numeric() => Some(1),
        _ => Some(4),
    }
}

/// A label in brackets. In round ones stand asides, years and the items of a list, too.
pub(super) fn bracketed(before: &str, after: &str, bracket: Bracket, letter: bool) -> Option<i32> {
    let glued = !before.is_empty() && !before.ends_with(char::is_whitespace);
    match bracket {
        // `[1](…)` is a link, `$field[1]` code.
        Bracket::Square if after.starts_with('(') => None,
        Bracket::Square if glued && (is_variable(before) || is_code(before, after)) => None,
        // `H_{2}O`, `{{1}}`
        Bracket::Curly if before.ends_with(['_', '{']) || after.starts_with('}') => None,
        Bracket::Angle if !glued || letter => None,
        // `f(1)`, `man(1)`, `word(s)`, `(2)(a)`
        Bracket::Round if before.ends_with([')', '=', '+', '/', '§']) => None,
        Bracket::Round if letter && (glued && before.ends_with(char::is_alphanumeric)) => None,
        Bracket::Round if glued => Some(CLOSE),
        Bracket::Round => Some(if before.trim_end().is_empty() { 0 } else { 1 }),
        Bracket::WideRound => Some(2),
        // At the start of a paragraph, or of a line that is kept, it rather opens something.
        _ if before.trim_end_matches(' ').is_empty() || before.ends_with('\n') => Some(1),
        _ => Some(4),
    }
}

/// The score of a label in round brackets that stands close to its word.
pub(super) const CLOSE: i32 = 3;

/// A mark that has lost one of its brackets: it only stands where the march needs it.
pub(super) const LOST: i32 = 0;

/// What closes a word, a clause or a quotation.
const CLOSING: &str = ".,;:!?)]}\"'”’»…";

/// A sign behind a word. `opened` counts those that opened an emphasis before.
pub(super) fn starred(before: &str, after: &str, opened: &mut usize) -> Option<i32> {
    let free = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let behind = after.chars().nth(1).is_some_and(char::is_alphanumeric);
    let ends = next.is_none_or(|c| match c {
        // `*.txt`, `".*,"`
        '.' | ',' | ':' => !behind,
        '"' | '\'' => !last.is_some_and(|l| matches!(l, '"' | '\'' | '.')),
        c => c.is_whitespace() || CLOSING.contains(c) || matches!(c, '—' | '-' | '_'),
    });
    match (free(last), ends) {
        // `*emphasis*`
        (true, false) => *opened += 1,
        (false, true) if *opened > 0 => *opened -= 1,
        (false, true) if last.is_some_and(|c| c.is_alphanumeric() || CLOSING.contains(c)) => return Some(4),
        // `dh_*`, `and/or*`
        (false, true) | (true, true) | (false, false) => {}
    }
    None
}

/// Where a number ends and a mark glued to it begins: behind a year, a day of a month, or a group of thousands.
pub(super) fn overlong(before: &str, digits: &str) -> Option<usize> {
    let grouped = before.strip_suffix(',').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
    let dated = before.strip_suffix(' ').is_some_and(is_month);
    let within = |range: Range<usize>, of: Range<u32>| {
        digits.get(range).and_then(|d| d.parse().ok()).is_some_and(|number| of.contains(&number))
    };
    match digits.len() {
        4..=6 if grouped => Some(3),
        5..=6 if within(0..4, 1500..2030) => Some(4),
        3 if dated && within(0..2, 10..32) => Some(2),
        4 if dated && within(0..2, 10..32) && !within(0..4, 1500..2030) => Some(2),
        _ => None,
    }
}

/// Figures glued to figures: so rare that they only stand where the march needs them.
pub(super) fn torn(after: &str) -> Option<i32> {
    ahead(after).map(|ahead| ahead - 1)
}

/// What follows a mark: the end, a blank, or closing punctuation.
fn ahead(after: &str) -> Option<i32> {
    let mut rest = after.chars();
    match rest.next() {
        None | Some('\n') => Some(2),
        Some(c) if c.is_whitespace() => {
            let next = after.trim_start().chars().next();
            Some(if next.is_some_and(|c| c.is_lowercase()) { 0 } else { 1 })
        }
        // A number goes on: `3.5`, `1,000`, `25–30`.
        Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’' | '"' | '»' | '—' | '–' | '…') =>
        {
            // So does a name: `md5.c`, `sha2.*`.
            let goes_on =
                |c: char| c.is_ascii_digit() || after.starts_with('.') && (c.is_lowercase() || c == '*');
            (!rest.next().is_some_and(goes_on)).then_some(0)
        }
        Some(c) if seam::is_cjk(c) => Some(1),
        Some(_) => None,
    }
}

/// Behind a quotation mark that may open as well as close, or be an apostrophe: `’45`, `"2 men"`, `6’2`.
fn quote(before: &str, mark: char) -> Option<i32> {
    let inner = before.chars().next_back()?;
    let closes = !inner.is_whitespace() && (mark == '"' || !inner.is_ascii_digit());
    closes.then_some(3)
}

/// Behind a full stop: the end of a sentence, an abbreviation, or a number.
fn stop(before: &str, digits: &str, ahead: i32) -> Option<i32> {
    if ends_in_figure(before) {
        return number(before, digits).filter(|_| ahead > 0);
    }
    let word = last_word(before);
    match word.chars().count() {
        0 => Some(3),
        1 => None,
        _ if ahead > 0 && words::has(WORDS, word) => Some(0),
        _ if is_unit(word) => None,
        _ if ahead == 0 => Some(1),
        _ => Some(3),
    }
}

/// Behind a number and its punctuation: a year or the day of a date may end a clause; else the number goes on.
fn number(before: &str, digits: &str) -> Option<i32> {
    let before = before.trim_end_matches([',', ';']);
    let rest = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let figures = &before[rest.len()..];
    let alone =
        rest.chars().next_back().is_none_or(|c| matches!(c, ' ' | '(' | '–' | '—' | '-' | '/' | '“' | '"'));
    let named =
        rest.strip_suffix(' ').is_some_and(|r| is_month(r) || is_unit(last_word(r.trim_end_matches('.'))));
    match () {
        () if !alone => None,
        () if is_year(figures) => Some(2),
        () if named && digits.len() < 3 => Some(1),
        () => None,
    }
}

/// Behind a letter: a word of the language, not a name made of letters and figures.
fn word(before: &str) -> Option<i32> {
    let word = last_word(before);
    let small = word.chars().next_back().is_some_and(|c| !c.is_uppercase());
    let long = word.chars().nth(2).is_some() || word.chars().all(seam::is_cjk);
    let parted = before[..before.len() - word.len()].chars().next_back().is_none_or(|c| !c.is_numeric());
    let named = is_unit(word) || words::has(NAMES, &word.to_lowercase());
    (small && long && parted && !named).then_some(1)
}

/// The letters at the end of a text, at most 24 of them.
fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().take(24).take_while(|(_, c)| c.is_alphabetic()).last();
    start.map_or("", |(i, _)| &text[i..])
}

/// Whether a text ends with a name that a `$` or `@` opens.
fn is_variable(text: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = text.char_indices().rev().take(40).take_while(|(_, c)| name(*c)).last();
    start.is_some_and(|(i, _)| text[..i].ends_with(['$', '@']))
}

/// Whether a label in brackets is part of a path or an expression: `select="/*[1]/node()"`, `(name)[1]|`
fn is_code(before: &str, after: &str) -> bool {
    after.starts_with(['/', '|', '(', '=', '@', '<', '+', '*', '\\']) || token(before).contains("=\"")
}

fn ends_in_figure(text: &str) -> bool {
    text.trim_end_matches([',', ';', ':']).ends_with(|c: char| c.is_ascii_digit())
}

fn is_unit(word: &str) -> bool {
    words::has(UNITS, &word.to_lowercase())
}

fn is_month(text: &str) -> bool {
    let word = last_word(text.trim_end_matches('.'));
    word.starts_with(char::is_uppercase) && wording::is_month(&word.to_lowercase())
}

fn is_year(figures: &str) -> bool {
    figures.len() == 4 && figures.parse().is_ok_and(|year: u32| (1000..2200).contains(&year))
}

/// Whether the word so far is part of a web or mail address, a path or a name in code.
fn is_address(before: &str) -> bool {
    let token = token(before);
    let code =
        token.matches('/').count() > 1 || token.trim_matches(|c: char| !c.is_alphanumeric()).contains('_');
    token.contains("://") || token.contains("www.") || token.contains('@') || code
}

/// What stands at the end of a text without a blank in it, as far as that matters.
fn token(text: &str) -> &str {
    let start = text.char_indices().rev().take(80).take_while(|(_, c)| !c.is_whitespace()).last();
    start.map_or("", |(i, _)| &text[i..])
}
