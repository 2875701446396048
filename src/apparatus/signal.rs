//! The words that introduce a work: `See also`, `Cf., for example`, `Vgl.`, `Voir`, `См. также`.

use super::pointer;
use super::token::{Shape, Token};

/// Words that introduce a work. Bluebook, rule 1.2, and their like in other languages.
const SIGNALS: [&[&str]; 48] = [
    &["see", "also"],
    &["see", "generally"],
    &["see", "especially"],
    &["see", "e", "g"],
    &["see"],
    &["but", "see"],
    &["cf"],
    &["cp"],
    &["cfr"],
    &["compare"],
    &["accord"],
    &["contra"],
    &["for", "example"],
    &["for", "instance"],
    &["e", "g"],
    &["also"],
    &["thus"],
    &["quoted", "in"],
    &["cited", "in"],
    &["cited", "by"],
    &["quoted", "from"],
    &["quoted", "by"],
    &["vgl"],
    &["vergleiche"],
    &["siehe", "auch"],
    &["siehe"],
    &["s", "auch"],
    &["zit", "nach"],
    &["zitiert", "nach"],
    &["etwa"],
    &["dazu"],
    &["hierzu"],
    &["voir", "aussi"],
    &["voir"],
    &["cite", "par"],
    &["par", "exemple"],
    &["notamment"],
    &["vease"],
    &["vide"],
    &["vedi"],
    &["zie"],
    &["см", "также"],
    &["см"],
    &["ср"],
    &["цит", "по"],
    &["например"],
    &["in"],
    &["so"],
];

/// The signals that also begin a new clause in the middle of a sentence.
const STRONG: [&str; 16] = [
    "cite", "see", "cf", "cp", "cfr", "compare", "quoted", "cited", "vgl", "siehe", "zit", "voir", "vease",
    "vedi", "см", "ср",
];

/// The most signals that one clause may begin with.
const MOST: usize = 6;

/// The first token behind the signals at `from` and the signs between them.
pub(super) fn skip(tokens: &[Token], from: usize) -> usize {
    let mut at = from;
    for _ in 0..MOST {
        at += tokens[at..].iter().take_while(|t| t.is(',') || t.is('.') || t.is(':')).count();
        match self::at(tokens, at) {
            Some(end) if end < tokens.len() => at = end,
            _ => break,
        }
    }
    at
}

/// The end of the longest signal at a token. `In` and its like only where a title or a pointer follows.
pub(super) fn at(tokens: &[Token], at: usize) -> Option<usize> {
    let first = tokens.get(at).filter(|t| t.shape == Shape::Word)?;
    let found = SIGNALS.iter().filter(|words| words[0] == &*first.folded).find_map(|words| {
        let mut end = at;
        for word in *words {
            tokens.get(end).filter(|t| t.reads(word))?;
            end += 1;
            end += usize::from(tokens.get(end).is_some_and(|t| t.is('.')));
        }
        Some(end)
    })?;
    let next = tokens.get(found);
    let weak = matches!(&*first.folded, "in" | "so" | "also" | "thus" | "etwa" | "accord" | "contra");
    let follows =
        next.is_some_and(|t| t.run > 0 && t.run != first.run || pointer::at(tokens, found, true).is_some());
    (!weak || follows).then_some(found)
}

/// Whether a token begins a new clause though no sign parts it from the last.
pub(super) fn is_strong(token: &Token) -> bool {
    STRONG.contains(&&*token.folded)
}
