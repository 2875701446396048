//! How chapters open: with a title that is set as a plain line, and with lines above their title (`Chapter One`), which
//! belong to the chapter and not to the end of the one before. Nothing is changed here: it is found out first.

use crate::import::html::names;
use crate::import::html::tree::{Id, Tree};
use crate::import::letters::letters;
use crate::import::plain::rank::{self, Rank};

/// How many lines a chapter opens with at most: those above its title, and those that its title is set in.
const MOST_LINES: usize = 4;

/// The longest line above a title, in characters.
const LONGEST_LINE: usize = 60;

/// How many lines may stand above a title.
const MOST_ABOVE: usize = 2;

/// How many nodes a line may have.
const FEW: usize = 32;

/// How many nodes are looked through for the first lines.
const NEAR: usize = 512;

/// A block of words that holds no other block.
#[derive(Debug)]
struct Line {
    id: Id,
    words: String,
    is_heading: bool,
}

/// The lines from a place on, a few of them; they end at what is no line, and at the end of the page.
fn lines(tree: &Tree, from: Id) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut unread = None;
    for id in tree.onward(from).take(NEAR) {
        unread = unread.filter(|unread| tree.contains(*unread, id));
        unread = unread.or_else(|| names::is_unread(tree.name(id)).then_some(id));
        let known = unread.is_some() || lines.last().is_some_and(|line| tree.contains(line.id, id));
        if known || tree.words(id).is_none_or(|words| words.trim().is_empty()) {
            continue;
        }
        let block = tree.ancestors(id).find(|id| names::is_block(tree.name(*id)));
        let Some(id) = block.filter(|block| lines.len() < MOST_LINES && is_line(tree, *block)) else { break };
        let words = one_line(tree, id);
        let is_heading = matches!(tree.name(id).as_bytes(), [b'h', b'1'..=b'6']);
        lines.push(Line { id, words, is_heading });
    }
    lines
}

fn one_line(tree: &Tree, id: Id) -> String {
    tree.text_of(id).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_line(tree: &Tree, block: Id) -> bool {
    let holder = matches!(tree.name(block), "body" | "html" | "section" | "article" | "main" | "blockquote");
    let mut inside = tree.within(block).skip(1);
    let simple = !holder && inside.by_ref().take(FEW).all(|id| !names::is_block(tree.name(id)));
    simple && inside.next().is_none()
}

/// The lines that together spell a title (by its letters), near the place that the table of contents names; no heading
/// is among them.
pub(super) fn spelled(tree: &Tree, place: Id, title: &str) -> Option<Vec<Id>> {
    let lines = lines(tree, place);
    let plain = lines.iter().take_while(|line| !line.is_heading).count();
    (0..plain).find_map(|start| {
        let mut said = String::new();
        let end = (start..plain).find(|end| {
            said.push_str(&letters(&lines[*end].words));
            said == title
        })?;
        Some(lines[start..=end].iter().map(|line| line.id).collect())
    })
}

/// The lines above the title of a chapter that belong to it: those at the top of its page, those from the place that the
/// table names to the title, or a bare `Chapter One` wherever it stands. The title of the book is none of them.
pub(super) fn above(tree: &Tree, page: Id, place: Id, title: Id, book: Option<&str>) -> Vec<Id> {
    let from = if tree.contains(title, place) { page } else { place };
    let mut above = lines(tree, from);
    above.retain(|line| tree.span(line.id).end <= tree.rank(title));
    let is_book = |line: &Line| book == Some(&*letters(&line.words));
    let first = above.iter().rposition(is_book).map_or(0, |at| at + 1);
    above.drain(..first);
    let words = tree.text_of(title);
    let reaches = |last: &Line| next_shown(tree, last.id) == Some(title);
    let whole = above.last().is_some_and(reaches) && above.len() <= MOST_ABOVE;
    if whole && above.iter().all(|line| belongs(&line.words, &words)) {
        return above.into_iter().map(|line| line.id).collect();
    }
    let nearest = nearest_above(tree, title).filter(|line| rank::is_bare(&line.words));
    nearest.filter(|line| next_shown(tree, line.id) == Some(title)).map(|line| line.id).into_iter().collect()
}

/// The next thing behind a block that is to be seen: a heading, a picture, words.
fn next_shown(tree: &Tree, block: Id) -> Option<Id> {
    let heading = |id: Id| matches!(tree.name(id).as_bytes(), [b'h', b'1'..=b'6']);
    let shows = |id: Id| tree.words(id).map_or(tree.name(id) == "img", |words| !words.trim().is_empty());
    let mut behind = tree.onward(block).take(NEAR).skip_while(|id| tree.contains(block, *id));
    let next = behind.find(|id| heading(*id) || shows(*id))?;
    // A title that is a plain line is told by its words.
    Some(tree.ancestors(next).find(|id| names::is_block(tree.name(*id))).unwrap_or(next))
}

/// The line right above a heading, if it is one.
fn nearest_above(tree: &Tree, heading: Id) -> Option<Line> {
    let outer = tree.ancestors(heading).find(|id| tree.node(*id).previous.is_some())?;
    let before = tree.before(outer);
    let blank = |id: &Id| tree.words(*id).is_some_and(|words| words.trim().is_empty());
    let before = before.take(FEW).find(|id| !blank(id))?;
    is_line(tree, before).then(|| Line { id: before, words: one_line(tree, before), is_heading: false })
}

/// Whether a line may belong to the title below it.
fn belongs(line: &str, title: &str) -> bool {
    let short = line.chars().count() <= LONGEST_LINE;
    let ends = line.ends_with(['.', '!', '?', '…', '”', '"', '»', ':', ',', ';']) && !rank::is_bare(line);
    short && !ends && !heads_part(line, title)
}

/// Whether a line is the heading of a part, and no line of its first chapter: `Part One` above `Chapter 1`.
pub(super) fn heads_part(line: &str, title: &str) -> bool {
    rank::rank(line) == Some(Rank::Part)
        && !matches!(rank::rank(title.trim()), None | Some(Rank::Part | Rank::Bare))
}
