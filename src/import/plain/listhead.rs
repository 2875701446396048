//! What stands above a list of notes.

use super::words;

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
