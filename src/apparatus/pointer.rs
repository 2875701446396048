//! The words by which a note points back: *ibid.*, *op. cit.*, *ebd.*, *там же*, `supra note 15`.

use super::locator;
use super::token::{Shape, Token};
use super::word::is_han;

/// What a pointer points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// The work named last.
    Before,
    /// The place named last, or, behind a name, the work that author was last cited with.
    Place,
    /// A work of the author who is named with it.
    Work,
    /// The same, where the work is an article.
    Article,
    /// A work of the author named last.
    Author,
    /// The note of this number.
    Note(u32),
    /// Another place of the text itself: a note further on, a section.
    Elsewhere,
}

/// A pointer found in a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    /// What it points at.
    pub sense: Sense,
    /// Its first token.
    pub start: usize,
    /// The token behind it and its full stops.
    pub end: usize,
}

/// Where a form may stand to be a pointer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Anywhere: the word means nothing else.
    Free,
    /// Anywhere, with its full stop.
    Dotted,
    /// At the start of a citation, with a sign, a locator or nothing behind it: else it is a common word.
    First,
    /// The same, and with its full stop.
    FirstDotted,
    /// The same as `First`, or behind a comma.
    Parted,
}

/// The forms. Sources: Chicago Manual of Style 17, 14.34–35 (*ibid.*, *idem*; *op. cit.* and *loc. cit.* in 14.36);
/// Bluebook, rule 4 (*id.*, *supra*); Office québécois de la langue française, "Expressions latines dans les références"
/// (*id.* is the author, *ibid.* the work); Duden and German legal usage (ebd., a.a.O., ders.); GOST R 7.0.5-2008, 8
/// (Там же, Указ. соч.). What *idem* and *id.* are is decided by what follows them.
const FORMS: [(&[&str], Sense, Stand); 53] = [
    (&["ibid"], Sense::Before, Stand::Free),
    (&["ibidem"], Sense::Before, Stand::Free),
    (&["ib"], Sense::Before, Stand::FirstDotted),
    (&["ibd"], Sense::Before, Stand::Dotted),
    (&["ebd"], Sense::Before, Stand::Free),
    (&["ebda"], Sense::Before, Stand::Free),
    (&["ebenda"], Sense::Before, Stand::First),
    (&["ebendort"], Sense::Before, Stand::First),
    (&["ivi"], Sense::Before, Stand::First),
    (&["meme", "ouvrage"], Sense::Before, Stand::Parted),
    (&["tamze"], Sense::Before, Stand::First),
    (&["tamtez"], Sense::Before, Stand::First),
    (&["там", "же"], Sense::Before, Stand::First),
    (&["там", "само"], Sense::Before, Stand::First),
    (&["пак", "там"], Sense::Before, Stand::First),
    (&["idem"], Sense::Author, Stand::First),
    (&["id"], Sense::Author, Stand::FirstDotted),
    (&["eadem"], Sense::Author, Stand::First),
    (&["iidem"], Sense::Author, Stand::First),
    (&["meme", "auteur"], Sense::Author, Stand::First),
    (&["du", "meme", "auteur"], Sense::Author, Stand::First),
    (&["le", "meme"], Sense::Author, Stand::First),
    (&["la", "meme"], Sense::Author, Stand::First),
    (&["les", "memes"], Sense::Author, Stand::First),
    (&["ders"], Sense::Author, Stand::FirstDotted),
    (&["dies"], Sense::Author, Stand::FirstDotted),
    (&["derselbe"], Sense::Author, Stand::First),
    (&["dieselbe"], Sense::Author, Stand::First),
    (&["он", "же"], Sense::Author, Stand::First),
    (&["op", "cit"], Sense::Work, Stand::Free),
    (&["opere", "citato"], Sense::Work, Stand::Free),
    (&["opus", "citatum"], Sense::Work, Stand::Free),
    (&["ouvr", "cite"], Sense::Work, Stand::Free),
    (&["ouvrage", "cite"], Sense::Work, Stand::Free),
    (&["ob", "cit"], Sense::Work, Stand::Free),
    (&["o", "c"], Sense::Work, Stand::Dotted),
    (&["указ", "соч"], Sense::Work, Stand::Free),
    (&["цит", "соч"], Sense::Work, Stand::Free),
    (&["указ", "раб"], Sense::Work, Stand::Free),
    (&["art", "cit"], Sense::Article, Stand::Free),
    (&["art", "cite"], Sense::Article, Stand::Free),
    (&["article", "cite"], Sense::Article, Stand::Free),
    (&["указ", "ст"], Sense::Article, Stand::Free),
    (&["loc", "cit"], Sense::Place, Stand::Free),
    (&["l", "c"], Sense::Place, Stand::Dotted),
    (&["loco", "citato"], Sense::Place, Stand::Free),
    (&["a", "a", "o"], Sense::Place, Stand::Dotted),
    (&["aao"], Sense::Place, Stand::Free),
    (&["am", "angegebenen", "ort"], Sense::Place, Stand::Free),
    (&["am", "angefuhrten", "ort"], Sense::Place, Stand::Free),
    (&["op", "et", "loc", "cit"], Sense::Work, Stand::Free),
    (&["ubi", "supra"], Sense::Place, Stand::Free),
    (&["ut", "supra"], Sense::Place, Stand::First),
];

/// The same in Chinese and Japanese, which run on without blanks.
const HAN: [&str; 6] = ["同上", "同前", "同書", "同书", "仝上", "前引"];

/// Words for a note.
const NOTES: [&str; 19] = [
    "note",
    "notes",
    "n",
    "nn",
    "fn",
    "footnote",
    "endnote",
    "anm",
    "anmerkung",
    "fussnote",
    "прим",
    "примечание",
    "примеч",
    "сноска",
    "сн",
    "nota",
    "注",
    "註",
    "注釈",
];

/// Words that say that the note stands before.
const ABOVE: [&str; 14] = [
    "above",
    "supra",
    "oben",
    "wie",
    "haut",
    "dessus",
    "выше",
    "arriba",
    "sopra",
    "precedente",
    "前掲",
    "earlier",
    "ci-dessus",
    "ci-avant",
];

/// Words that may lead to them at the start of a note: `plus haut`, `weiter oben`, `s. o.`, `vide supra`.
const LEADS: [&str; 9] = ["plus", "weiter", "vide", "v", "s", "o", "mas", "la", "piu"];

/// Words that say that it stands behind.
const BELOW: [&str; 11] = [
    "ci-dessous",
    "ci-apres",
    "below",
    "infra",
    "unten",
    "bas",
    "dessous",
    "ниже",
    "abajo",
    "sotto",
    "following",
];

/// The first pointer among `tokens[from..to]`, the tokens of a clause.
pub(super) fn find(tokens: &[Token], from: usize, to: usize) -> Option<Pointer> {
    let tokens = &tokens[..to];
    (from..to)
        .find_map(|at| self::at(tokens, at, at == from).or_else(|| note(tokens, from, at)))
        .or_else(|| elsewhere(tokens, from))
}

/// A place of the text itself, which opens a citation: `infra Section I.B`, `above, p. 40`; `chapter 10` alone.
fn elsewhere(tokens: &[Token], from: usize) -> Option<Pointer> {
    let word = tokens.get(from)?;
    let way = ABOVE.contains(&&*word.folded) || BELOW.contains(&&*word.folded);
    let part = tokens[from..].iter().skip(usize::from(way)).find(|t| t.shape == Shape::Word)?;
    let parts = ["section", "part", "chapter", "chap", "page", "p", "pp", "text", "s", "kapitel", "chapitre"];
    let found =
        (way || tokens.len() - from <= 4) && parts.contains(&&*part.folded) && part.depth == word.depth;
    let figure = || tokens[from..].iter().any(|t| t.shape == Shape::Figure);
    (found && (way || figure())).then_some(Pointer {
        sense: Sense::Elsewhere,
        start: from,
        end: tokens.len(),
    })
}

/// The pointer that begins at a token, one to a note excepted; `opening` says that the token begins a citation.
pub(super) fn at(tokens: &[Token], at: usize, opening: bool) -> Option<Pointer> {
    // In quotation marks it is another author's pointer, or the word itself.
    let token = tokens.get(at).filter(|t| t.shape == Shape::Word && !t.quoted)?;
    if token.folded.chars().next().is_some_and(is_han) {
        let found = opening && HAN.iter().any(|form| token.folded.starts_with(form));
        return found.then_some(Pointer { sense: Sense::Before, start: at, end: at + 1 });
    }
    FORMS.iter().filter(|(words, ..)| words[0] == &*token.folded).find_map(|&(words, sense, stand)| {
        let (end, dotted) = spelled(tokens, at, words)?;
        let stands = match stand {
            Stand::Free => true,
            Stand::Dotted => dotted,
            Stand::First => opening && (dotted || parted(tokens, end)),
            Stand::FirstDotted => opening && dotted,
            Stand::Parted => (opening || at > 0 && tokens[at - 1].is(',')) && parted(tokens, end),
        };
        stands.then(|| {
            let person = matches!(words[0], "idem" | "id");
            let sense = if person { author_or_work(tokens, end) } else { sense };
            Pointer { sense, start: at, end }
        })
    })
}

/// *Idem* and *Id.* are the author, if a title or another pointer follows, and all of the citation before, if only a
/// page does: so in legal citations and in older English books.
fn author_or_work(tokens: &[Token], end: usize) -> Sense {
    let next = skip(tokens, end);
    let again = at(tokens, next, false).is_some();
    if again || titled(tokens, end) { Sense::Author } else { Sense::Before }
}

/// Whether a title follows at a token: a run set apart, or, behind a comma, a capital that begins no locator.
pub(super) fn titled(tokens: &[Token], at: usize) -> bool {
    let comma = tokens.get(at).is_some_and(|t| t.is(','));
    let next = at + tokens[at..].iter().take_while(|t| t.is(',') || t.is('.') || t.is(':')).count();
    tokens.get(next).is_some_and(|t| t.run > 0 || comma && t.capital)
        && locator::at(tokens, next).is_none()
        && self::at(tokens, next, false).is_none()
}

/// Where what a pointer governs begins: behind its signs, and behind a second pointer, as in `Ders., a.a.O., S. 7`.
pub(super) fn behind(tokens: &[Token], end: usize) -> usize {
    let next = skip(tokens, end);
    at(tokens, next, false).map_or(next, |second| skip(tokens, second.end))
}

/// The first token that is no comma and no full stop.
fn skip(tokens: &[Token], from: usize) -> usize {
    from + tokens[from..].iter().take_while(|t| t.is(',') || t.is('.')).count()
}

/// Whether the tokens spell a form, and whether a full stop ends it.
fn spelled(tokens: &[Token], at: usize, words: &[&str]) -> Option<(usize, bool)> {
    let mut end = at;
    let mut dotted = false;
    for (nth, word) in words.iter().enumerate() {
        // `L. C. Marsh` is a man: of single letters, only the first may be large.
        tokens.get(end).filter(|t| t.reads(word) && !(t.capital && nth == 1 && word.len() == 1))?;
        end += 1;
        dotted = tokens.get(end).is_some_and(|t| t.is('.'));
        end += usize::from(dotted);
    }
    Some((end, dotted))
}

/// Whether a sign, a locator or nothing stands at a token: what may follow a pointer.
fn parted(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_none_or(|t| t.is(',') || t.is(':') || t.is(';') || t.is(')'))
        || locator::at(tokens, at).is_some()
}

/// A pointer to a note by its number: `See note 5 above`, `North, supra note 15`, `Müller (wie Anm. 5)`, `See n. 12.`
fn note(tokens: &[Token], from: usize, at: usize) -> Option<Pointer> {
    let word = tokens.get(at).filter(|t| NOTES.contains(&&*t.folded) && !t.quoted)?;
    let number = at + 1 + usize::from(tokens.get(at + 1)?.is('.'));
    let figure = tokens.get(number).filter(|t| t.shape == Shape::Figure && t.depth == word.depth)?;
    // `notes 15–17` and `notes 3 and 4` are several; they stand for no one work.
    let more = tokens.get(number + 1).is_some_and(|t| t.is('-') || t.reads("and") || t.is('&'));
    if more && tokens.get(number + 2).is_some_and(|t| t.shape == Shape::Figure) {
        return None;
    }
    let near = |t: &Token, words: &[&str]| words.contains(&&*t.folded);
    let lead = tokens[from..at].iter().rev().take(2).find(|t| t.shape == Shape::Word);
    let tail = tokens[number + 1..].iter().take(3).find(|t| t.shape == Shape::Word);
    let said = |words: &[&str]| lead.is_some_and(|t| near(t, words)) || tail.is_some_and(|t| near(t, words));
    let way = |t: &&Token| near(t, &ABOVE) || near(t, &BELOW) || t.is(',');
    let start = at - tokens[from..at].iter().rev().take_while(way).count();
    // `S. o., Anm. 1`, `Voir plus haut, n. 1`: nothing but the way there stands before it.
    let only = |t: &Token| way(&t) || t.is('.') || near(t, &LEADS);
    let start = if tokens[from..at].iter().all(only) { from } else { start };
    // Behind a page, `183 note 5` is a note of the work cited.
    let page = tokens[from..at].iter().rev().find(|t| !t.is(',') && !t.is('.'));
    if page.is_some_and(|t| t.shape == Shape::Figure) {
        return None;
    }
    let alone = start == from && tokens[number + 1..].iter().all(|t| t.is('.') || t.is(')'));
    let bracketed = word.depth > 0 && start > from && tokens[start - 1].is('(');
    let sense = match said(&BELOW) {
        true => Sense::Elsewhere,
        false if said(&ABOVE) || alone || bracketed => Sense::Note(figure.folded.parse().ok()?),
        false => return None,
    };
    let after = tokens[number + 1..].iter().take_while(|t| near(t, &ABOVE) || t.is(')')).count();
    Some(Pointer { sense, start, end: number + 1 + after })
}

#[cfg(test)]
mod tests {
    use super::super::token::read;
    use super::*;

    #[test]
    fn pointers_are_told_from_common_words() {
        for (text, sense) in [
            ("Ibid., p. 182.", Some(Sense::Before)),
            ("Ibid", Some(Sense::Before)),
            ("Idem, page 164.", Some(Sense::Before)),
            ("Idem. 259.", Some(Sense::Before)),
            ("Id. at 645.", Some(Sense::Before)),
            ("Id., La légende des siècles, 1998", Some(Sense::Author)),
            ("Idem dicit Cicero", None),
            ("id est", None),
            ("Ders., Geschichte", Some(Sense::Author)),
            ("Ders., a.a.O., S. 4", Some(Sense::Author)),
            ("Dies war so", None),
            ("Ebd., S. 12", Some(Sense::Before)),
            ("Там же. С. 68", Some(Sense::Before)),
            ("Там же жили", None),
            ("同上，第25页", Some(Sense::Before)),
            ("North, op. cit., p. 5", Some(Sense::Work)),
            ("Müller, a.a.O., S. 5", Some(Sense::Place)),
            ("Chevalier, art. cit.", Some(Sense::Article)),
            ("supra note 15", Some(Sense::Note(15))),
            ("note 5 above", Some(Sense::Note(5))),
            ("n. 12.", Some(Sense::Note(12))),
            ("Smith (n 12) 40", Some(Sense::Note(12))),
            ("Müller (wie Anm. 5), S. 20", Some(Sense::Note(5))),
            ("note 5 below", Some(Sense::Elsewhere)),
            ("Marsh, l.c., p. 4", Some(Sense::Place)),
            ("L. C. Marsh, Canadians, p. 4", None),
            ("infra Section I.B.", Some(Sense::Elsewhere)),
            ("Chapter 12.", Some(Sense::Elsewhere)),
            ("IRS Notice 2024-56, supra note 10, at 4", Some(Sense::Note(10))),
            ("p. 183 note 5", None),
            ("notes 15–17 above", None),
            ("note, page 109", None),
            ("The word “ibid.” means the same place", None),
        ] {
            let tokens = read(text);
            assert_eq!(find(&tokens, 0, tokens.len()).map(|p| p.sense), sense, "{text}");
        }
    }
}
