//! What may reach a terminal.
//!
//! A file can hold characters that act on a terminal, hide in a line or turn it round. They are replaced here, after
//! entities and encodings are decoded, by what can be seen or by nothing; the builder counts what was hidden. Classes
//! come from Unicode's properties. Which class becomes what follows the rule "nothing vanishes silently".

use std::borrow::Cow;
use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};

/// How many combining marks a base may carry; real text needs no more than five (stacked Vietnamese, IPA, Hebrew).
pub const MARKS_PER_BASE: u8 = 8;

/// The longest grapheme that is shown, in bytes.
pub const GRAPHEME_BYTES: usize = 64;

/// Where a text is to stand, which decides what becomes of its dangerous characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The text of a document. Soft hyphens, zero-width spaces and joiners stay: the layout needs them.
    Body,
    /// One line on the screen that names something: a title, a label, a quotation of a document.
    Line,
    /// A name of a file, an error: everything odd is escaped so that it can be told from what it imitates.
    Name,
}

/// What kind of character it is, as far as a terminal is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// To be shown as it is.
    Safe,
    /// Line ends of all sorts, form feed and vertical tab among them.
    LineEnd,
    /// The tab.
    Tab,
    /// C0 controls and DEL.
    Control,
    /// C1 controls.
    HighControl,
    /// Embeddings, overrides and isolates: they turn a line round.
    Turn,
    /// Zero-width characters that the layout needs: soft hyphen, zero-width space, word joiner.
    Break,
    /// Joiners, which hold a grapheme together.
    Joiner,
    /// A variation selector for a picture or a text form.
    Variation,
    /// A combining mark.
    Combining,
    /// A letter of the name of a region, which belongs to a flag.
    Tag,
    /// Invisible, and of no use on a screen: directional marks, fillers, byte order marks.
    Invisible,
    /// Private use, unassigned, noncharacters, annotation marks.
    Unknown,
}

/// The class of a character.
pub fn class(c: char) -> Class {
    match c {
        ' '..='~' => Class::Safe,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::LineEnd,
        '\t' => Class::Tab,
        '\0'..='\u{1f}' | '\u{7f}' => Class::Control,
        '\u{80}'..='\u{9f}' => Class::HighControl,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Class::Turn,
        '\u{ad}' | '\u{200b}' | '\u{2060}' => Class::Break,
        '\u{200c}' | '\u{200d}' => Class::Joiner,
        '\u{fe0e}' | '\u{fe0f}' => Class::Variation,
        // Fillers and invisible letters that Unicode does not class as format characters.
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
        | '\u{2800}' => Class::Invisible,
        '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => Class::Invisible,
        '\u{fff9}'..='\u{fffb}' => Class::Unknown,
        '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}' | '\u{e007f}' => Class::Tag,
        _ => match c.general_category() {
            // Spacing marks take a cell of their own where they do not join.
            GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark => Class::Combining,
            GeneralCategory::Format => Class::Invisible,
            GeneralCategory::PrivateUse | GeneralCategory::Unassigned | GeneralCategory::Surrogate => {
                Class::Unknown
            }
            GeneralCategory::Control => Class::Control,
            GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => Class::LineEnd,
            _ => Class::Safe,
        },
    }
}

/// Cleans text as it comes, piece by piece, so that what is split over two pieces is seen whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cleaner {
    last: Option<char>,
    marks: u8,
    /// Whether what comes may name the region of a flag.
    flag: bool,
}

impl Cleaner {
    /// Appends `text` to `out` as it may stand in `place`, and returns how many characters were hidden or replaced.
    /// Line ends are normalised to `\n` in [`Place::Body`] and become a space in [`Place::Line`].
    pub fn push(&mut self, out: &mut String, text: &str, place: Place) -> usize {
        if text.is_empty() {
            return 0;
        }
        if is_plain(text) {
            out.push_str(text);
            self.last = text.chars().next_back().or(self.last);
            self.marks = 0;
            return 0;
        }
        let mut hidden = 0;
        for c in text.chars() {
            let class = class(c);
            if class == Class::Combining {
                self.marks = self.marks.saturating_add(1);
            } else {
                self.marks = 0;
            }
            self.flag = self.last == Some('🏴')
                || self.flag && self.last.is_some_and(|l| self::class(l) == Class::Tag);
            let kept = match place {
                Place::Name => self.name(out, c, class),
                Place::Body | Place::Line => self.shown(out, c, class, place),
            };
            hidden += usize::from(!kept);
            self.last = Some(c);
        }
        hidden
    }

    /// Returns whether the character stands as it was.
    fn shown(&self, out: &mut String, c: char, class: Class, place: Place) -> bool {
        let body = place == Place::Body;
        match class {
            Class::Safe => out.push(c),
            Class::LineEnd if c == '\n' && self.last == Some('\r') => {}
            Class::LineEnd => out.push(if body { '\n' } else { ' ' }),
            Class::Tab => out.push(if body { '\t' } else { ' ' }),
            Class::Tag if self.flag => out.push(c),
            Class::Break if body => out.push(c),
            Class::Break => {}
            Class::Joiner if self.joins() => out.push(c),
            Class::Variation if self.last.is_some_and(|l| l.is_emoji_char() || l == '\u{200d}') => {
                out.push(c)
            }
            Class::Combining if self.marks <= MARKS_PER_BASE => self.mark(out, c),
            Class::Control => {
                out.push(control_picture(c));
                return false;
            }
            Class::HighControl => {
                out.push(char::REPLACEMENT_CHARACTER);
                return false;
            }
            Class::Turn => {
                out.push('⇄');
                return false;
            }
            Class::Unknown => {
                out.push('□');
                return false;
            }
            // A byte order mark between joined files and the directional marks of honest bidi text go unsaid here,
            // but are counted like the rest.
            Class::Joiner | Class::Variation | Class::Combining | Class::Tag | Class::Invisible => {
                return false;
            }
        }
        true
    }

    fn name(&self, out: &mut String, c: char, class: Class) -> bool {
        use std::fmt::Write;
        match class {
            Class::Safe => out.push(c),
            Class::Combining if self.marks <= MARKS_PER_BASE => self.mark(out, c),
            Class::Joiner if self.joins() => out.push(c),
            _ => {
                let _ = match c {
                    '\n' => write!(out, "\\n"),
                    '\r' => write!(out, "\\r"),
                    '\t' => write!(out, "\\t"),
                    c if (c as u32) < 0x80 => write!(out, "\\x{:02x}", c as u32),
                    c => write!(out, "\\u{{{:x}}}", c as u32),
                };
                return false;
            }
        }
        true
    }

    /// A combining mark; one that has no base gets a dotted circle.
    fn mark(&self, out: &mut String, mark: char) {
        if self.last.is_none_or(|l| !matches!(class(l), Class::Safe | Class::Combining) || l == ' ') {
            out.push('◌');
        }
        out.push(mark);
    }

    /// Joiners mean something between pictures and in scripts whose letters join; in Latin they only hide.
    fn joins(&self) -> bool {
        self.last.is_some_and(|l| l > '\u{5ff}')
    }
}

/// Text as it may stand in `place`; borrowed if nothing had to be done.
pub fn clean(text: &str, place: Place) -> Cow<'_, str> {
    if is_plain(text) && !(place != Place::Body && text.contains(['\n', '\t'])) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    Cleaner::default().push(&mut out, text, place);
    Cow::Owned(out)
}

/// A quotation for a message or a list: one line, cleaned, at most `limit` characters, the rest as `…`.
pub fn excerpt(text: &str, limit: usize) -> String {
    let line = clean(text.trim(), Place::Line);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limit) {
        None => line,
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
    }
}

/// Whether a grapheme may be sent to a terminal: the last check, at the cell.
pub fn is_safe(grapheme: &str) -> bool {
    if let [b' '..=b'~'] = grapheme.as_bytes() {
        return true;
    }
    let mut characters = grapheme.chars();
    let Some(base) = characters.next() else { return false };
    let seen = |c| matches!(class(c), Class::Safe | Class::Combining | Class::Joiner | Class::Variation);
    grapheme.len() <= GRAPHEME_BYTES
        && class(base) == Class::Safe
        && (characters.clone().all(seen) || is_flag(base, characters.as_str()))
        && grapheme.chars().filter(|&c| class(c) == Class::Combining).count() <= usize::from(MARKS_PER_BASE)
}

/// The flag of a region: a black flag, the region's name in tags, the end tag.
fn is_flag(base: char, tags: &str) -> bool {
    let name = tags.strip_suffix('\u{e007f}').unwrap_or_default();
    base == '🏴' && !name.is_empty() && name.chars().all(|c| c != '\u{e007f}' && class(c) == Class::Tag)
}

/// Printable ASCII, line feeds and tabs: nothing to look at twice.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t'))
}

fn control_picture(c: char) -> char {
    match c {
        '\u{7f}' => '␡',
        c => char::from_u32(0x2400 + c as u32)
            .filter(|_| (c as u32) < 0x20)
            .unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dangerous_characters_become_visible() {
        for (text, body, line, name) in [
            ("\x1b]0;evil\x07", "␛]0;evil␇", "␛]0;evil␇", "\\x1b]0;evil\\x07"),
            ("a\u{9b}31mb", "a\u{fffd}31mb", "a\u{fffd}31mb", "a\\u{9b}31mb"),
            ("rlo\u{202e}txt.exe", "rlo⇄txt.exe", "rlo⇄txt.exe", "rlo\\u{202e}txt.exe"),
            ("pay\u{200b}pal", "pay\u{200b}pal", "paypal", "pay\\u{200b}pal"),
            ("co\u{ad}op", "co\u{ad}op", "coop", "co\\u{ad}op"),
            ("a\tb\r\nc", "a\tb\nc", "a b c", "a\\tb\\r\\nc"),
            ("x\rEVIL", "x\nEVIL", "x EVIL", "x\\rEVIL"),
            ("\u{e000}", "□", "□", "\\u{e000}"),
            ("a\u{e0061}b", "ab", "ab", "a\\u{e0061}b"),
            ("a\u{e0041}b", "ab", "ab", "a\\u{e0041}b"),
            (
                "👨\u{200d}👩\u{200d}👧",
                "👨\u{200d}👩\u{200d}👧",
                "👨\u{200d}👩\u{200d}👧",
                "👨\u{200d}👩\u{200d}👧",
            ),
            ("ad\u{200d}min", "admin", "admin", "ad\\u{200d}min"),
            ("❤\u{fe0f}", "❤\u{fe0f}", "❤\u{fe0f}", "❤\\u{fe0f}"),
            ("Léon “x” — 二", "Léon “x” — 二", "Léon “x” — 二", "Léon “x” — 二"),
        ] {
            assert_eq!(clean(text, Place::Body), body);
            assert_eq!(clean(text, Place::Line), line);
            assert_eq!(clean(text, Place::Name), name);
        }
    }

    #[test]
    fn a_letter_carries_at_most_eight_marks() {
        let flood = format!("z{}", "\u{301}".repeat(1_000_000));
        assert_eq!(clean(&flood, Place::Body).chars().count(), 9);
        assert_eq!(clean("\u{301}a", Place::Body), "◌\u{301}a");
    }

    #[test]
    fn an_excerpt_is_one_line() {
        assert_eq!(excerpt("  one\n two\u{1b}  three ", 40), "one two␛ three");
        assert_eq!(excerpt("one two three", 7), "one two…");
    }

    proptest! {
        #[test]
        fn any_split_gives_the_same_text(text in any::<String>(), cut in any::<prop::sample::Index>()) {
            let chars: Vec<char> = text.chars().collect();
            let cut = if chars.is_empty() { 0 } else { cut.index(chars.len()) };
            let mut whole = String::new();
            let hidden = Cleaner::default().push(&mut whole, &text, Place::Body);
            let (mut parts, mut cleaner) = (String::new(), Cleaner::default());
            let first: String = chars[..cut].iter().collect();
            let second: String = chars[cut..].iter().collect();
            let hidden2 = cleaner.push(&mut parts, &first, Place::Body) + cleaner.push(&mut parts, &second, Place::Body);
            prop_assert_eq!(&whole, &parts);
            prop_assert_eq!(hidden, hidden2);
        }

        #[test]
        fn what_stands_on_a_line_may_reach_a_terminal(text in any::<String>()) {
            use unicode_segmentation::UnicodeSegmentation;
            for place in [Place::Line, Place::Name] {
                for g in clean(&text, place).graphemes(true).filter(|g| g.len() <= GRAPHEME_BYTES) {
                    prop_assert!(is_safe(g), "{:?}", g);
                }
            }
        }
    }
}
