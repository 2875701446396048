//! Which heading is the title, and how deep the others are.

use super::piece::{Piece, Placed, Start};
use crate::document::Kind;
use crate::import::letters::letters;
use pulldown_cmark::{HeadingLevel, TagEnd};

/// How many blocks may stand before a title.
const BEFORE: usize = 2;

/// The headings of a text at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// The piece that starts the title, if a heading is the title.
    pub title: Option<usize>,
    /// The highest level of the other headings.
    top: u8,
}

impl Outline {
    /// The outline of a text whose title, as far as it says it in its front matter, is `said`.
    pub fn of(body: &[Placed], said: Option<&str>) -> Outline {
        let headings = headings(body);
        // The one heading above all others, if there is one.
        let highest = headings.iter().map(|h| h.level).min();
        let mut above = headings.iter().filter(|h| Some(h.level) == highest);
        let above = above.next().filter(|_| above.next().is_none());
        let title = match said {
            Some(said) => headings.first().into_iter().chain(above).find(|h| same(&h.words, said)),
            None => headings.first().filter(|first| {
                first.level == 1 && first.blocks <= BEFORE && above.is_some_and(|h| h.piece == first.piece)
            }),
        };
        let title = title.map(|t| t.piece);
        let others = headings.iter().filter(|h| Some(h.piece) != title);
        Outline { title, top: others.map(|h| h.level).min().unwrap_or(1) }
    }

    /// What the heading is that starts at a piece.
    pub fn kind(&self, piece: usize, level: HeadingLevel) -> Kind {
        if self.title == Some(piece) {
            Kind::Title
        } else {
            Kind::Heading((level as u8).saturating_sub(self.top) + 1)
        }
    }
}

/// The words of a heading without the name that some give it, `{#name}`: it is for links, not for readers.
pub(super) fn without_name(words: &str) -> &str {
    let name = words.trim_end().strip_suffix('}').and_then(|w| w.rsplit_once(" {"));
    match name {
        Some((words, name)) if name.starts_with(['#', '.', '-']) && !name.contains('}') => words,
        _ => words,
    }
}

struct Heading {
    piece: usize,
    level: u8,
    words: String,
    /// How many blocks stand before it.
    blocks: usize,
}

/// The headings that stand in no quotation and no list.
fn headings(body: &[Placed]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let (mut depth, mut blocks) = (0_usize, 0);
    let mut open = false;
    for (piece, (what, _)) in body.iter().enumerate() {
        match what {
            Piece::Start(Start::Quotation(_) | Start::List(_) | Start::Meaning) => depth += 1,
            Piece::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::DefinitionListDefinition) => {
                depth -= 1
            }
            Piece::Start(Start::Heading(level)) if depth == 0 => {
                headings.push(Heading { piece, level: *level as u8, words: String::new(), blocks });
                open = true;
            }
            Piece::End(TagEnd::Heading(_)) => open = false,
            Piece::Start(Start::Paragraph | Start::Code | Start::Table | Start::Item | Start::Term) => {
                blocks += 1
            }
            Piece::Words(words) => add(&mut headings, open, without_name(words)),
            Piece::Code(words) => add(&mut headings, open, words),
            Piece::Start(_)
            | Piece::End(_)
            | Piece::Lines(_)
            | Piece::Html(_)
            | Piece::Tag(_)
            | Piece::Break
            | Piece::Rule
            | Piece::Call(_)
            | Piece::Inline(_)
            | Piece::Unanswered(_) => {}
        }
    }
    headings
}

fn add(headings: &mut [Heading], open: bool, words: &str) {
    if let Some(heading) = headings.last_mut().filter(|_| open) {
        heading.words.push_str(words);
    }
}

/// Whether two titles have the same letters; where they have none, the same signs.
fn same(one: &str, other: &str) -> bool {
    match (letters(one), letters(other)) {
        (one_letters, _) if one_letters.is_empty() => one.trim() == other.trim(),
        (one, other) => one == other,
    }
}
