//! What the page around a text left at its edges: consent to cookies, ways to skip and to share.
//!
//! Only the outermost lines are looked at, from the edge inwards, and only as long as each is residue: a sentence about
//! cookies in the middle of an essay is the author's.

use super::lines::Line;
use super::words;
use std::ops::Range;

/// Why such a line is left out.
pub(super) const WHY: &str = "web page residue";

/// Longer lines are somebody's prose.
const LONGEST: usize = 600;

/// A sentence of residue may be broken to so many lines.
const BROKEN: usize = 4;

/// With one of these, a sentence about cookies asks for consent.
const CONSENT: &str = "\
    we use|uses cookies|use of cookies|using cookies|accept all|accept cookies|reject all|you accept|\
    you agree|you consent|your consent|cookie consent|cookie settings|privacy settings|\
    cookie policy|privacy policy|privacy notice|cookie notice|preferences|wir verwenden|\
    verwendet cookies|nutzt cookies|einverstanden|nous utilisons|utilise des cookies|acceptez|utilizza|\
    utilizziamo|utilizamos|utiliza cookies|gebruikt cookies|wij gebruiken|мы используем";

/// Lines that are residue as a whole, in lower case and without punctuation.
const LINES: &str = "\
    skip to content|skip to main content|skip to main|skip to navigation|skip to search|skip navigation|\
    jump to content|jump to navigation|jump to main content|zum inhalt springen|zum inhalt|\
    direkt zum inhalt|aller au contenu|aller au contenu principal|saltar al contenido|ir al contenido|\
    vai al contenuto|back to top|return to top|to top|nach oben|haut de page|print this page|\
    print this article|email this page|share this|share this article|share this page|share this post|\
    advertisement|anzeige|publicité|table of contents menu";

/// Lines made of nothing but these, and small words between them, are rows of buttons.
const BUTTONS: &str = "\
    share|tweet|email|e-mail|mail|print|pin|facebook|twitter|linkedin|whatsapp|reddit|pinterest|\
    telegram|mastodon|bluesky|instagram|youtube|copy|link|save|article|page|home|menu|search|login|log|\
    sign|register|subscribe|contact|help|faq|privacy|policy|terms|cookies|previous|next|top|teilen|\
    drucken|suche|startseite|impressum|datenschutz|kontakt|partager|imprimer|accueil|rechercher|suivant|\
    précédent";
const BETWEEN: &str = "on|via|to|this|in|up|of|use|and|us|about|our";

/// The lines that are left when residue is taken off both edges.
pub(super) fn trim(lines: &[Line]) -> Range<usize> {
    let (mut first, mut last) = (0, lines.len());
    while let Some(count) = (1..=BROKEN).find(|n| is_residue_above(&lines[first..last], *n)) {
        first += count;
    }
    while let Some(count) = (1..=BROKEN).find(|n| is_residue_below(&lines[first..last], *n)) {
        last -= count;
    }
    first..last
}

/// Whether the first lines are residue: one, or several that were broken and have a blank line behind them.
fn is_residue_above(lines: &[Line], count: usize) -> bool {
    let Some((these, rest)) = lines.split_at_checked(count) else { return false };
    let apart = rest.first().is_some_and(|l| l.blanks > 0) && is_whole(these);
    (count == 1 || apart) && is_residue(&join(these))
}

/// Whether the last lines are residue: one, or several that were broken and open a paragraph.
fn is_residue_below(lines: &[Line], count: usize) -> bool {
    let Some((rest, these)) = lines.len().checked_sub(count).map(|at| lines.split_at(at)) else {
        return false;
    };
    let opens = rest.last().is_some_and(|l| these[0].blanks > 0 || these[0].indent > l.indent);
    (count == 1 || opens && is_whole(these)) && is_residue(&join(these))
}

/// Whether no blank line stands between these.
fn is_whole(lines: &[Line]) -> bool {
    lines.iter().skip(1).all(|l| l.blanks == 0)
}

fn join(lines: &[Line]) -> String {
    lines.iter().map(|l| l.text).collect::<Vec<_>>().join(" ")
}

fn is_residue(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let text = text.to_lowercase();
    if text.contains("cookie") && words::entries(CONSENT).any(|words| text.contains(words)) {
        return true;
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let buttons = words.iter().filter(|w| words::has(BUTTONS, w)).count();
    let row = words.iter().all(|w| words::has(BUTTONS, w) || words::has(BETWEEN, w));
    words::has(LINES, &words.join(" ")) || row && buttons > 0 && words.len() > 1
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn check(text: &str, kept: Range<usize>) {
        assert_eq!(trim(&split(text)), kept, "{text}");
    }

    #[test]
    fn residue_is_taken_off_the_edges() {
        check("Skip to main content\nThe title\nText.", 1..3);
        check("Text.\nWe use cookies to count our visitors. Do you accept them?", 0..1);
        check("Share | Tweet | Email\nText.\nPrevious  Next\n[Back to top]", 1..2);
        check("Text.\nDiese Seite verwendet Cookies.", 0..1);
        check("Text.\n\nWe use cookies to count our visitors.\nDo you accept them?", 0..1);
        check("Skip to content\nBack to top", 2..2);
        check("", 0..0);
    }

    #[test]
    fn what_an_author_writes_stays() {
        check("Text.\nWe use cookies to bribe the children.\nIt works.", 0..3);
        check("On Sharing\nAbout Us and Them\nThe next top model.", 0..3);
        check("About Us\nText.", 0..2);
        check("Text.\nHe who accepts cookies pays for them.", 0..2);
        check("Text.\nCookies are baked at noon.", 0..2);
        check("A page that asks one to accept\ncookies wants\na word.", 0..3);
    }
}
