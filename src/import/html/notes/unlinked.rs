//! Notes that no link leads to, as in pages that were typed by hand or scraped: raised numbers in the text and a list
//! of notes behind it. Sequence is the evidence: the numbers of the text and those of the list have to march together.
//! Where they do, the links that the page lacks are put into its tree, before anybody looks for notes.

use super::signs;
use crate::import::html::names;
use crate::import::html::tree::{Data, Id, Step, Tree};
use html5ever::{Attribute, LocalName, QualName, ns};
use std::ops::Range;

/// The most notes of one list.
const MOST: u32 = 9999;

/// How many blocks without a number may stand in one note.
const FURTHER: usize = 8;

/// The longest word before a raised number whose power it may be: `km`, `x`.
const UNIT: usize = 2;

/// How a number in the text may call a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// It is raised.
    Raised,
    /// It stands in square brackets.
    Bracketed,
}

/// A number in the text that may call a note.
#[derive(Clone, Debug)]
struct Mark {
    rank: u32,
    number: u32,
    style: Style,
    node: Id,
    /// Where it stands in the words of the node, if that holds other words as well.
    range: Option<Range<usize>>,
}

/// A block that may begin a note.
#[derive(Clone, Copy, Debug)]
struct Head {
    block: Id,
    rank: u32,
    number: u32,
}

/// What one meets in a page, as far as it matters here.
enum Met {
    Head(Head),
    /// A heading, and whether it is one of notes.
    Heading(bool),
    /// An ordered list.
    List(Id),
    Block,
}

/// Puts links between numbers and notes where a page has none.
pub(in crate::import::html) fn link(tree: &mut Tree) {
    let mut count = 0;
    for page in tree.pages.clone() {
        if is_linked(tree, page) {
            continue;
        }
        let (marks, met) = look(tree, page);
        let lists = lists(tree, &met);
        let pairs = [Style::Raised, Style::Bracketed].map(|style| pairs(&marks, style, &lists));
        let pairs = pairs.into_iter().max_by_key(|pairs| pairs.len()).unwrap_or_default();
        // From back to front: what is put in stands behind what is still to be found.
        for (list, called) in pairs.into_iter().rev() {
            write(tree, list, &called, count);
            count += list.len();
        }
    }
    if count > 0 {
        tree.seal();
    }
}

/// Whether a page has links that may call notes, or notes that say they are.
fn is_linked(tree: &Tree, page: Id) -> bool {
    tree.within(page).any(|id| {
        let inside =
            tree.name(id) == "a" && tree.attribute(id, "href").is_some_and(|href| href.contains('#'));
        inside && tree.short(id, 24).is_some_and(|words| signs::is_label(&words))
            || signs::says_note(tree, id)
            || signs::says_call(tree, id)
    })
}

/// The numbers that may call notes and all that may be notes, in reading order.
fn look(tree: &Tree, page: Id) -> (Vec<Mark>, Vec<Met>) {
    let (mut marks, mut met) = (Vec::new(), Vec::new());
    let mut before = String::new();
    let mut walk = tree.walk(page);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        let name = tree.name(id);
        if names::is_unread(name) || matches!(name, "pre" | "code" | "math" | "a" | "table") {
            walk.jump(id);
            before.clear();
            continue;
        }
        if names::is_block(name) {
            before.clear();
            met.extend(block(tree, id));
        }
        if name == "sup" {
            let words = tree.short(id, 8).unwrap_or_default();
            let sure = words.trim_start().starts_with(['[', '(']) || !is_power(&before);
            if let Some(number) = signs::bare(&words).parse().ok().filter(|_| sure) {
                marks.push(Mark { rank: tree.rank(id), number, style: Style::Raised, node: id, range: None });
            }
            walk.jump(id);
        } else if let Some(words) = tree.words(id) {
            marks.extend(bracketed(words).map(|(range, number)| Mark {
                rank: tree.rank(id),
                number,
                style: Style::Bracketed,
                node: id,
                range: Some(range),
            }));
            before.clear();
            before.push_str(&words[words.floor_char_boundary(words.len().saturating_sub(8))..]);
        }
    }
    (marks, met)
}

/// What a block is here, if it is anything.
fn block(tree: &Tree, id: Id) -> Option<Met> {
    if names::heading(tree, id).is_some() {
        return Some(Met::Heading(tree.short(id, 80).is_some_and(|words| signs::is_title(&words))));
    }
    if tree.name(id) == "ol" {
        return Some(Met::List(id));
    }
    if !matches!(tree.name(id), "p" | "div" | "li" | "dd")
        || tree.children(id).any(|child| names::is_block(tree.name(child)))
    {
        return None;
    }
    let mut words = String::new();
    for inner in tree.within(id).filter_map(|inner| tree.words(inner)) {
        words.push_str(&inner[..inner.floor_char_boundary(160)]);
        if words.len() > 80 {
            break;
        }
    }
    let words = words.trim_start();
    if signs::is_title(words) {
        return Some(Met::Heading(true));
    }
    if words.is_empty() {
        return None;
    }
    let number = label(words).or_else(|| raised_first(tree, id));
    let head = |number| Head { block: id, rank: tree.rank(id), number };
    Some(number.filter(|n| (1..=MOST).contains(n)).map_or(Met::Block, |number| Met::Head(head(number))))
}

/// The number that words begin with as a note does: `[1] `, `1. `, `(1) `.
fn label(words: &str) -> Option<u32> {
    let open = words.starts_with(['[', '(']);
    let rest = words.trim_start_matches(['[', '(']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = rest[..digits].parse().ok()?;
    let after = rest[digits..].chars().next();
    let closed = match after {
        Some(']') => open,
        Some(')' | '.') => rest[digits + 1..].starts_with(char::is_whitespace),
        _ => false,
    };
    closed.then_some(number)
}

/// The raised number that is the first thing in a block.
fn raised_first(tree: &Tree, block: Id) -> Option<u32> {
    let first =
        tree.within(block).take(8).find(|id| tree.words(*id).is_some_and(|w| !w.trim().is_empty()))?;
    let raised = tree.ancestors(first).take_while(|id| *id != block).find(|id| tree.name(*id) == "sup")?;
    signs::bare(&tree.short(raised, 8)?).parse().ok()
}

/// The numbers in square brackets in words, with their places.
fn bracketed(words: &str) -> impl Iterator<Item = (Range<usize>, u32)> + '_ {
    memchr::memchr_iter(b'[', words.as_bytes()).filter_map(|start| {
        let inner = &words[start + 1..];
        let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = inner.get(..digits).filter(|d| d.len() <= 4)?.parse().ok()?;
        inner[digits..].starts_with(']').then_some((start..start + digits + 2, number))
    })
}

/// Whether a number raised behind words is no mark but a power of theirs, or stands before what it belongs to: `5 km`,
/// `x`, and `C` behind it.
fn is_power(before: &str) -> bool {
    let words = before.trim_end();
    let unit = words.chars().rev().take_while(|c| c.is_alphanumeric()).count();
    words.is_empty()
        || words.ends_with(|c: char| c.is_ascii_digit())
        || words.ends_with(char::is_alphabetic) && (unit <= UNIT || words.len() < before.len())
}

/// The lists of notes: those that are numbered from 1 on under a heading of notes, or that go on for some notes.
fn lists(tree: &Tree, met: &[Met]) -> Vec<Vec<Head>> {
    let mut lists: Vec<Vec<Head>> = Vec::new();
    let mut list: Vec<Head> = Vec::new();
    let (mut titled, mut under, mut gap) = (false, false, 0);
    let mut end = |list: &mut Vec<Head>, under: bool| {
        let list = std::mem::take(list);
        if list.len() > usize::from(!under) {
            lists.push(list);
        }
    };
    for met in met {
        match met {
            Met::Heading(notes) => {
                end(&mut list, under);
                titled = *notes;
            }
            Met::List(id) => {
                if titled && list.is_empty() {
                    let items = tree.children(*id).filter(|item| tree.name(*item) == "li");
                    let head = |(number, block)| Head { block, rank: tree.rank(block), number };
                    let mut items: Vec<Head> = (1..).zip(items).map(head).collect();
                    end(&mut items, true);
                    titled = false;
                }
            }
            Met::Head(head) if head.number == list.len() as u32 + 1 => {
                if list.is_empty() {
                    under = titled;
                }
                list.push(*head);
                gap = 0;
            }
            Met::Head(head) if head.number == 1 => {
                end(&mut list, under);
                list.push(*head);
                (under, gap) = (titled, 0);
            }
            Met::Head(_) | Met::Block => {
                gap += usize::from(!list.is_empty());
                if gap > FURTHER {
                    end(&mut list, under);
                    (titled, gap) = (false, 0);
                }
            }
        }
    }
    end(&mut list, under);
    lists
}

/// Each list with the numbers in the text that call its notes: those between it and the list before. Where several lists
/// stand together, the numbers start again for each of them.
fn pairs<'a>(marks: &[Mark], style: Style, lists: &'a [Vec<Head>]) -> Vec<(&'a [Head], Vec<Mark>)> {
    let marks: Vec<&Mark> = marks.iter().filter(|mark| mark.style == style).collect();
    let behind =
        |list: &[Head]| marks.partition_point(|m| list.first().is_some_and(|head| m.rank < head.rank));
    let mut pairs = Vec::new();
    let mut from = 0;
    for together in lists.chunk_by(|a, b| behind(a) == behind(b)) {
        let to = together.first().map_or(from, |list| behind(list));
        let own = &marks[from..to.max(from)];
        let starts_again = |a: &&Mark, b: &&Mark| !(b.number == 1 && a.number > 1);
        let runs: Vec<&[&Mark]> = match together {
            [_] => vec![own],
            [..] => own.chunk_by(starts_again).collect(),
        };
        let found = runs.len();
        for (list, run) in together.iter().zip(runs) {
            let called = calls(run, list.len());
            if is_enough(&called, list.len()) && found >= together.len() {
                pairs.push((&**list, called));
                from = to;
            }
        }
    }
    pairs
}

/// The marks that march with a list: each is the one before it or the next; one may be missing.
fn calls(marks: &[&Mark], notes: usize) -> Vec<Mark> {
    let mut last = 0;
    let mut called = Vec::new();
    for mark in marks {
        if (1..=notes as u32).contains(&mark.number) && mark.number <= last + 2 {
            last = last.max(mark.number);
            called.push((*mark).clone());
        }
    }
    called
}

/// Whether so many of the notes are called that the list is one of notes.
fn is_enough(called: &[Mark], notes: usize) -> bool {
    let mut numbers: Vec<u32> = called.iter().map(|mark| mark.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    !numbers.is_empty() && numbers.len() * 5 >= notes * 4
}

/// Puts the links of one list into the tree.
fn write(tree: &mut Tree, list: &[Head], called: &[Mark], before: usize) {
    // A blank in it, as no page can have it.
    let name = |number: u32| format!("note {}", before + number as usize);
    for head in list {
        add(tree, head.block, "id", &name(head.number));
        add(tree, head.block, "role", "doc-footnote");
    }
    for mark in called.iter().rev() {
        let line = tree.node(mark.node).line;
        let link = tree.add(Data::Element(LocalName::from("a"), Vec::new()), line);
        add(tree, link, "href", &format!("#{}", name(mark.number)));
        add(tree, link, "role", "doc-noteref");
        match &mark.range {
            None => {
                tree.adopt(mark.node, link);
                tree.append(mark.node, link);
            }
            Some(range) => tree.wrap(mark.node, range.clone(), link),
        }
    }
}

fn add(tree: &mut Tree, id: Id, name: &str, value: &str) {
    if let Data::Element(_, attributes) = &mut tree.node_mut(id).data {
        attributes.retain(|attribute| &*attribute.name.local != name);
        let name = QualName::new(None, ns!(), LocalName::from(name));
        attributes.push(Attribute { name, value: value.into() });
    }
}
