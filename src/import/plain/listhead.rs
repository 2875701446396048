//! What stands above a list of notes: its heading, or the title of the chapter whose notes they are.

use super::lines::Line;
use super::opener::{Style, opener};
use super::rank;
use super::shape::Shape;
use super::wording;
use super::words;

/// The title of a chapter has no more lines.
const BROKEN: usize = 3;

/// A line of one is no longer, in bytes.
const LONGEST: usize = 120;

/// The headings of such lists, in lower case.
const HEADINGS: &str = "\
    notes|note|footnotes|footnote|foot notes|endnotes|end notes|references|notes and references|\
    references and notes|notes & references|anmerkungen|anmerkung|fußnoten|fussnoten|endnoten|\
    notes de bas de page|note a piè di pagina|notas|notas al pie|noten|voetnoten|noter|fotnoter|\
    przypisy|примечания|сноски|註|注|註釋|注释|注釈|脚注|尾注";

/// Whether a line is the heading of a list of notes.
pub(super) fn is_heading(text: &str) -> bool {
    // Cheap first: every line of the text is asked.
    if text.len() > 60 {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words::has(HEADINGS, &bare)
        || ["notes for ", "notes to ", "notes on chapter"].iter().any(|start| bare.starts_with(start))
}

/// Whether such a heading may stand above works that no number calls.
pub(super) fn may_be_of_works(text: &str) -> bool {
    text.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("references")
}

/// The line of the first note of a style behind the title of a chapter that stands on a line.
pub(super) fn chapter(lines: &[Line], at: usize, style: Style) -> Option<usize> {
    let opens = |l: &Line| opener(l.text).is_some_and(|o| o.style == style && o.label.is_first());
    let lead = lines[at..].iter().take(BROKEN + 1).take_while(|l| !opens(l) && may_be_title(l.text)).count();
    let first = lines.get(at + lead).filter(|l| lead > 0 && l.blanks > 0 && lines[at].blanks > 0 && opens(l));
    first.filter(|_| !lines[at..at + lead].iter().any(|l| is_heading(l.text))).map(|_| at + lead)
}

/// Whether a title begins on a line, and not a sentence that looks like one as far as the line goes.
pub(super) fn is_title(lines: &[Line], at: usize, shape: Shape) -> bool {
    if shape.is_unwrapped() {
        return may_be_title(lines[at].text);
    }
    let group = 1 + lines[at + 1..].iter().take(BROKEN).take_while(|l| l.blanks == 0).count();
    let apart = lines[at].blanks > 0 && group <= BROKEN;
    apart && lines[at..at + group].iter().all(|l| may_be_title(l.text))
}

/// Whether a line may be one of a title.
fn may_be_title(text: &str) -> bool {
    // `—Cicero, De Finibus` signs what was quoted.
    let signs = text.trim_start_matches(|c: char| "_*“\"".contains(c)).starts_with(['—', '–', '-']);
    text.len() <= LONGEST
        && !signs
        && (rank::rank(text).is_some()
            || opener(text).is_none() && (wording::is_capitals(text) || wording::is_titled(text, false)))
}
