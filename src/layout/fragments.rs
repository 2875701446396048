//! A stretch of prose cut into the pieces between which a line may end.
//!
//! The places come from UAX #14, less those that a reader would trip over (`p.|182`, `J.|S. Mill`, a dash that begins a
//! line), and from where words may be parted.

use super::hyphens;
use super::marks;
use super::width::{cells, width};
use crate::document::Reference;
use hypher::Lang;
use icu_segmenter::{LineSegmenter, options::LineBreakOptions};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A piece of text that is not parted, and what may follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The bytes that are shown: without the blanks behind them.
    pub range: Range<usize>,
    /// Cells, the references in it and behind it included.
    pub width: u16,
    /// Cells of the blanks behind it, which are not shown where a line ends.
    pub space: u16,
    /// Whether a hyphen is set if a line ends here.
    pub hyphen: bool,
}

impl textwrap::core::Fragment for Fragment {
    fn width(&self) -> f64 {
        f64::from(self.width)
    }
    fn whitespace_width(&self) -> f64 {
        f64::from(self.space)
    }
    fn penalty_width(&self) -> f64 {
        f64::from(u16::from(self.hyphen))
    }
}

/// What a stretch is cut by.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// The language whose hyphens are set; `None` sets none.
    pub hyphens: Option<Lang>,
    /// The widest piece: wider ones (addresses, mostly) are cut where they are full.
    pub measure: u16,
    /// Bytes that are parted at blanks only: code and the names of keys.
    pub whole: &'a [Range<usize>],
    /// The references that may stand in the stretch, in order.
    pub references: &'a [Reference],
    /// Cells that a reference takes.
    pub mark: &'a dyn Fn(&Reference) -> u16,
}

/// Cuts `text[range]` into fragments.
pub fn fragments(text: &str, range: Range<usize>, rules: Rules<'_>) -> Vec<Fragment> {
    let stretch = &text[range.clone()];
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let mut out = Vec::with_capacity(stretch.len() / 5);
    let mut from = 0;
    for to in segmenter.segment_str(stretch).filter(|&at| at > 0) {
        let blank = stretch[..to].ends_with(' ');
        let whole = !blank && is_inside(rules.whole, range.start + to);
        if to == stretch.len() || !(whole || glued(stretch, to)) {
            piece(text, range.start + from..range.start + to, rules, &mut out);
            from = to;
        }
    }
    out
}

/// Adds one piece: parted at hyphens, cut if it is wider than the measure.
fn piece(text: &str, range: Range<usize>, rules: Rules<'_>, out: &mut Vec<Fragment>) {
    let whole = &text[range.clone()];
    let shown = whole.trim_end_matches(|c: char| c.is_whitespace() && !is_hard_space(c));
    let end = range.start + shown.len();
    let space = width(&whole[shown.len()..]);
    let first = out.len();
    let mut from = range.start;
    // Only a word between blanks is parted: not a part of a compound, of an address, or of what a dash joins.
    let alone = text[..range.start].chars().next_back().is_none_or(|c| c.is_whitespace() || is_dash(c))
        && (space > 0 || end == text.len() || text[end..].starts_with('\n'));
    let code = is_inside(rules.whole, range.start + 1) || is_inside(rules.whole, end);
    for at in hyphens::places(shown, rules.hyphens.filter(|_| alone && !code)) {
        let at = range.start + at;
        out.push(Fragment {
            width: measured(text, from..at, rules),
            range: from..at,
            space: 0,
            hyphen: true,
        });
        from = at;
    }
    // A soft hyphen ends its piece: Unicode allows the break, the hyphen is ours to set.
    let hyphen = shown.ends_with('\u{ad}');
    out.push(Fragment { width: measured(text, from..end, rules), range: from..end, space, hyphen });
    if out[first..].iter().any(|f| f.width + u16::from(f.hyphen) > rules.measure) {
        out.truncate(first);
        chop(text, range.start..end, space, rules, out);
    }
}

/// Cuts a piece that no line can hold into pieces that fill one.
fn chop(text: &str, range: Range<usize>, space: u16, rules: Rules<'_>, out: &mut Vec<Fragment>) {
    let mut from = range.start;
    let mut used = 0;
    for (i, g) in text[range.clone()].grapheme_indices(true) {
        let at = range.start + i;
        let wide = cells(g) + cells_in(at + g.len()..at + g.len() + 1, rules);
        if used + wide > rules.measure && at > from {
            out.push(Fragment { range: from..at, width: used, space: 0, hyphen: false });
            (from, used) = (at, 0);
        }
        used += wide;
    }
    let used = used + if from == range.start { cells_in(from..from + 1, rules) } else { 0 };
    out.push(Fragment { range: from..range.end, width: used.min(rules.measure), space, hyphen: false });
}

/// The cells of a piece with its references: those inside and at its end, and one that begins the block.
fn measured(text: &str, range: Range<usize>, rules: Rules<'_>) -> u16 {
    width(&text[range.clone()])
        + cells_in(range.start + 1..range.end + 1, rules)
        + leading(text, range.start, rules)
}

/// What leads a block, a line or a cell goes before its first grapheme.
fn leading(text: &str, start: usize, rules: Rules<'_>) -> u16 {
    if marks::begins(text, start) { cells_in(start..start + 1, rules) } else { 0 }
}

/// The cells of the references in these bytes.
fn cells_in(bytes: Range<usize>, rules: Rules<'_>) -> u16 {
    let first = rules.references.partition_point(|r| r.at.byte() < bytes.start);
    let last = rules.references.partition_point(|r| r.at.byte() < bytes.end);
    marks::cells(&rules.references[first..last.max(first)], rules.mark)
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–')
}

fn is_hard_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Whether a break that Unicode allows at `at` would part what belongs together.
fn glued(text: &str, at: usize) -> bool {
    let next = text[at..].chars().next().unwrap_or(' ');
    if matches!(next, '—' | '–' | '…' | '⸺' | '⸻') {
        return true;
    }
    let before = text[..at].trim_end_matches(' ');
    if before.len() == at && text[..at].ends_with('-') && in_address(&text[..at]) {
        // Its own hyphen and one of ours could not be told apart.
        return true;
    }
    if before.len() == at {
        // The two ends of a range of figures.
        let mut back = text[..at].chars().rev();
        let dash = back.next() == Some('–');
        return dash && next.is_ascii_digit() && back.next().is_some_and(|c| c.is_ascii_digit());
    }
    let token = before.rsplit([' ', '\n', '—', '\u{a0}']).next().unwrap_or("");
    let token = token.trim_start_matches(['(', '[', '“', '‘', '"', '\'', '„', '«']);
    let figure = next.is_ascii_digit();
    let mut chars = token.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('§' | '¶' | '№'), ..) => true,
        // An initial keeps to the name it begins.
        (Some(c), Some('.'), None) if c.is_uppercase() && next.is_uppercase() => true,
        (Some(c), Some(d), Some('.'))
            if c.is_uppercase() && d.is_lowercase() && token.chars().count() == 3 && next.is_uppercase() =>
        {
            true
        }
        _ if figure => NUMBERED.contains(&token),
        _ if next.is_uppercase() => TITLES.contains(&token),
        // A figure keeps to its unit.
        (Some(c), ..)
            if c.is_ascii_digit() && token.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') =>
        {
            let word = text[at..].split([' ', ',', '.', ';', ')', '\n']).next().unwrap_or("");
            UNITS.contains(&word)
        }
        _ => false,
    }
}

/// Whether a place is inside one of these ranges, not at its edge; they are in order and apart.
fn is_inside(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|r| r.start < at);
    next > 0 && at < ranges[next - 1].end
}

/// Whether what stands before a place belongs to an address, as far as the last blank shows it.
fn in_address(before: &str) -> bool {
    /// How far back one looks: addresses are shorter, and the time stays linear.
    const FAR: usize = 300;
    let mut from = before.len().saturating_sub(FAR);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let token = before[from..].rsplit(char::is_whitespace).next().unwrap_or("");
    token.contains("://") || token.contains("www.")
}

/// Abbreviations that keep to the figure behind them.
const NUMBERED: [&str; 34] = [
    "p.", "pp.", "No.", "no.", "Nos.", "nos.", "vol.", "vols.", "Vol.", "ch.", "chap.", "n.", "nn.", "fn.",
    "f.", "ff.", "fig.", "Fig.", "art.", "Art.", "c.", "ca.", "l.", "ll.", "v.", "vv.", "S.", "Bd.", "Nr.",
    "Abb.", "t.", "T.", "col.", "sec.",
];

/// Forms of address that keep to the name behind them.
const TITLES: [&str; 10] = ["Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Prof.", "Gen.", "Col.", "Mme.", "Hr."];

/// Units that keep to the figure before them.
const UNITS: [&str; 14] =
    ["km", "m", "cm", "mm", "kg", "g", "mg", "l", "°C", "%", "percent", "million", "billion", "thousand"];

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, measure: u16) -> Vec<String> {
        let code = text.find('`').map(|from| from..text.rfind('`').unwrap_or(from) + 1);
        let whole = code.as_slice();
        let rules = Rules { hyphens: Some(Lang::English), measure, whole, references: &[], mark: &|_| 0 };
        let show = |f: &Fragment| format!("{}{}", &text[f.range.clone()], if f.hyphen { "-" } else { "" });
        fragments(text, 0..text.len(), rules).iter().map(show).collect()
    }

    #[test]
    fn lines_end_where_a_reader_does_not_trip() {
        for (text, pieces) in [
            ("see p. 182 there", "see|p. 182|there"),
            ("see § 12 there", "see|§ 12|there"),
            ("by J. S. Mill now", "by|J. S. Mill|now"),
            ("one — two", "one —|two"),
            ("one—two", "one—|two"),
            ("“Well,” he", "“Well,”|he"),
            ("Sino-Soviet", "Sino-|Soviet"),
            ("10 km off", "10 km|off"),
            ("Mr. Byrnes", "Mr. Byrnes"),
            ("in 1941–1942", "in|1941–1942"),
            ("his son, Yu. P. Vlasov", "his|son,|Yu. P. Vlasov"),
            ("日本語", "日|本|語"),
            // Kinsoku: what closes does not begin a line, what opens does not end one, nor do small kana begin one.
            ("「日本」、語。", "「日|本」、|語。"),
            ("あっちへ（行）く", "あっ|ち|へ|（行）|く"),
            ("see no.\u{a0}7 there", "see|no.\u{a0}7|there"),
            ("10\u{202f}000 men", "10\u{202f}000|men"),
            ("about 300 million men", "about|300 mil-|lion|men"),
            ("at 40 °C or 5 %", "at|40 °C|or|5 %"),
            ("in 12 towns", "in|12|towns"),
            ("J. R. R. Tolkien wrote", "J. R. R. Tolkien|wrote"),
            ("by T. S. Eliot, 1922", "by|T. S. Eliot,|1922"),
            ("plan B. Then he", "plan|B. Then|he"),
            ("wrote I. He left", "wrote|I. He|left"),
            ("vol. 3, pp. 12–14", "vol. 3,|pp. 12–14"),
            ("vgl. S. 12, Nr. 4", "vgl.|S. 12,|Nr. 4"),
            ("a … b", "a …|b"),
            ("(see fig. 4)", "(see|fig. 4)"),
            ("“Mr. Byrnes”", "“Mr. Byrnes”"),
            ("either/or", "either/|or"),
            ("co\u{2011}op now", "co\u{2011}op|now"),
            ("press `Ctrl-o` twice", "press|`Ctrl-o`|twice"),
            ("see http://e.org/next-generation-web now", "see|http://|e.org/|next-generation-web|now"),
            ("commitment—if", "commitment—|if"),
            ("naïve hy\u{ad}phen", "naïve|hy\u{ad}-|phen"),
        ] {
            assert_eq!(cut(text, 66).join("|"), pieces);
        }
    }

    #[test]
    fn what_no_line_holds_is_cut_where_it_is_full() {
        assert_eq!(cut("http://example.org/aaaaaaaaaaaaaaaa", 10).iter().map(|s| s.len()).max(), Some(10));
        assert_eq!(cut("xxxxxxxxxxxxxxxxxxxxxxxxx", 10).join("|"), "xxxxxxxxxx|xxxxxxxxxx|xxxxx");
    }
}
