//! Notes that say what they are: `[Footnote 1: …]`, over as many lines as their brackets do.

use super::label::{self, Label};
use super::lines::Line;

/// How many lines such a note may have.
const REACH: usize = 600;

/// The words that open one.
const WORDS: [&str; 9] =
    ["Footnote", "FOOTNOTE", "Endnote", "Fußnote", "Fussnote", "Anmerkung", "Nota", "Note", "NOTE"];

/// The start of such a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named<'a> {
    /// The label; [`Label::Unnamed`] where none can be read.
    pub label: Label,
    /// The label as it is printed.
    pub printed: &'a str,
    /// The byte at which the words begin.
    pub words: usize,
    /// Whether the bracket closes behind the label: `[Footnote 52]: …`
    closed: bool,
}

/// The note that a text opens with.
pub(super) fn opens(text: &str) -> Option<Named<'_>> {
    let inner = text.strip_prefix('[')?;
    let word = WORDS.iter().find(|w| inner.starts_with(**w))?;
    let rest = &inner[word.len()..];
    let sure = !word.eq_ignore_ascii_case("note") && *word != "Nota";
    let at = |rest: &str| text.len() - rest.trim_start().len();
    if let Some(words) = rest.strip_prefix(':') {
        return sure.then(|| Named { label: Label::Unnamed, printed: "", words: at(words), closed: false });
    }
    let token = rest.trim_start();
    // `[Footnotes …` and `[Noteworthy …` are other words.
    if token.len() == rest.len() && token.starts_with(char::is_alphabetic) {
        return None;
    }
    let reach = token.floor_char_boundary(label::LONGEST);
    let colon = token[..reach].find([']', ' ', '.', ',']);
    let paged = token[..reach].find(": ").or(token[..reach].ends_with(':').then(|| reach - 1));
    let end = [colon, paged].into_iter().flatten().min().unwrap_or(reach);
    let printed = token[..end].trim_end_matches(':');
    let behind = token[printed.len()..].trim_start();
    let label = match printed {
        "?" => Some(Label::Unnamed),
        _ => Label::read(printed),
    };
    let (stop, words) = (behind.chars().next(), behind.trim_start_matches(['.', ']', ':', ')']));
    match (label, stop) {
        (Some(label), Some(stop @ (':' | '.' | ']' | ')'))) => {
            Some(Named { label, printed, words: at(words), closed: stop == ']' })
        }
        // `[Footnote K Text`
        (Some(label), _) if sure && !printed.contains(char::is_lowercase) => {
            Some(Named { label, printed, words: at(behind), closed: false })
        }
        (_, _) if sure => Some(Named { label: Label::Unnamed, printed: "", words: at(token), closed: false }),
        _ => None,
    }
}

/// The note that a text opens with, where its label stands with it in one pair of brackets, and no word says what it is:
/// `[1: Text]`, `[* Text]`. Much else does: only a mark with its label makes it a note.
pub(super) fn within(text: &str) -> Option<Named<'_>> {
    let inner = text.strip_prefix('[')?;
    let sign = inner.chars().next().filter(|c| !c.is_alphanumeric());
    let end = match sign {
        Some(sign) => inner.find(|c| c != sign)?,
        None => inner.find([':', '.', ' ', ']'])?,
    };
    let printed = &inner[..end];
    let label = Label::read(printed)?;
    let rest = &inner[end..];
    let words = rest.trim_start_matches([':', '.', ' ']);
    let parted = match label.kind() {
        label::Kind::Number => words.len() < rest.len(),
        // `[A man …]`
        label::Kind::Letters => rest.starts_with(": "),
        label::Kind::Sign => true,
        label::Kind::Unnamed => false,
    };
    // `[*Footnote.] Text`
    let opens = parted && !words.is_empty() && !words.starts_with(']') && !words.starts_with("Footnote");
    opens.then(|| Named { label, printed, words: text.len() - words.len(), closed: false })
}

/// Where such a note ends: the line, and the byte of its closing bracket if it has one.
pub(super) fn close(lines: &[Line], at: usize, named: &Named) -> (usize, Option<usize>) {
    // The next note may stand close below.
    let ends = |line: &Line| line.blanks > 0 || opens(line.text).is_some();
    let paragraph = 1 + lines[at + 1..].iter().take(REACH).take_while(|l| !ends(l)).count();
    if named.closed {
        return (at + paragraph - 1, None);
    }
    let mut depth = 1_usize;
    let mut ends_paragraph = None;
    for (i, line) in lines.iter().enumerate().skip(at).take(REACH) {
        if i > at && opens(line.text).is_some() {
            break;
        }
        let start = if i == at { named.words } else { 0 };
        for (j, byte) in line.text.bytes().enumerate().skip(start) {
            match byte {
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return (i, Some(j));
            }
        }
        let last = line.text.ends_with(']') && lines.get(i + 1).is_none_or(ends);
        if last && ends_paragraph.is_none() {
            ends_paragraph = Some((i, Some(line.text.len() - 1)));
        }
    }
    // A bracket inside was lost, or the closing one.
    ends_paragraph.unwrap_or((at + paragraph - 1, None))
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn such_notes_open_in_many_ways() {
        for (text, told) in [
            ("[Footnote 1: Text]", Some(("1", "Text]"))),
            ("[Footnote A: Text]", Some(("A", "Text]"))),
            ("[Footnote *: Text]", Some(("*", "Text]"))),
            ("[Footnote: Text]", Some(("", "Text]"))),
            ("[Footnote ?: Text]", Some(("?", "Text]"))),
            ("[Footnote 52]: Text", Some(("52", "Text"))),
            ("[Footnote K Text]", Some(("K", "Text]"))),
            ("[Footnote 52:1: Text]", Some(("52:1", "Text]"))),
            ("[Footnote by the editor: Text]", Some(("", "by the editor: Text]"))),
            ("[Note 1 : Text]", Some(("1", "Text]"))),
            ("[Note 1. Text]", Some(("1", "Text]"))),
            ("[Note: Text]", None),
            ("[Noteworthy 1: Text]", None),
            ("[Footnotes 1: Text]", None),
            ("Footnote 1: Text", None),
        ] {
            let got = opens(text).map(|n| (n.printed, &text[n.words..]));
            assert_eq!(got, told, "{text}");
        }
    }

    #[test]
    fn a_label_may_stand_with_its_note_in_brackets() {
        for (text, told) in [
            ("[1: Text]", Some(("1", "Text]"))),
            ("[1. Text]", Some(("1", "Text]"))),
            ("[1 Text]", Some(("1", "Text]"))),
            ("[A: Text]", Some(("A", "Text]"))),
            ("[** Text]", Some(("**", "Text]"))),
            ("[*Text]", Some(("*", "Text]"))),
            ("[1]", None),
            ("[1] Text", None),
            ("[*] Text", None),
            ("[*Footnote.] Text", None),
            ("[A man]", None),
            ("[Text]", None),
        ] {
            let got = within(text).map(|n| (n.printed, &text[n.words..]));
            assert_eq!(got, told, "{text}");
        }
    }

    fn check(text: &str, told: (usize, Option<usize>)) {
        let lines = split(text);
        let named = opens(lines[0].text).unwrap();
        assert_eq!(close(&lines, 0, &named), told, "{text}");
    }

    #[test]
    fn such_notes_end_with_their_bracket() {
        check("[Footnote 1: One.]\nText", (0, Some(17)));
        check("[Footnote 1: One [sic] and\n[two].]\n\nText", (1, Some(6)));
        check("[Footnote 1: One.\n\n    Two.]", (1, Some(4)));
        // The bracket was never closed.
        check("[Footnote 1: One.\nTwo.\n\nText.", (1, None));
        check("[Footnote 1: One.\nTwo.\n\n[Footnote 2: One.]", (1, None));
        check("[Footnote 52]: One.\nTwo.\n\nText.", (1, None));
        // One inside was not.
        check("[Footnote 1: One [sic.\nTwo.]\n\nText.", (1, Some(4)));
        check("[Footnote 1: One [sic.\nTwo.]\n[Footnote 2: One.]", (1, Some(4)));
    }
}
