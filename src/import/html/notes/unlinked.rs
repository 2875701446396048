//! Notes that no link leads to, as in pages that were typed by hand or scraped: raised numbers in the text and a list
//! of notes behind it. Sequence is the evidence: the numbers of the text and those of the list have to march together.
//! Where they do, the links that the page lacks are put into its tree, before anybody looks for notes.

use super::printed::{self, Style};
use super::signs;
use crate::import::html::names;
use crate::import::html::tree::{Data, Id, Step, Tree, attribute};
use html5ever::LocalName;
use std::ops::Range;

/// The most notes of one list.
const MOST: u32 = 9999;

/// How many lists that are none of notes may stand between a text and its notes.
const ENUMERATIONS: usize = 16;

/// How many blocks without a number may stand in one note.
const FURTHER: usize = 8;

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
    /// Whether the number is raised, as only those of notes are.
    raised: bool,
}

/// Blocks that may be the notes of a text.
#[derive(Debug)]
struct List {
    heads: Vec<Head>,
    /// Whether a heading of notes stands above them.
    titled: bool,
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
        let pairs = Style::ALL.map(|style| pairs(&marks, style, &lists));
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
            let sure = words.trim_start().starts_with(['[', '(']) || !printed::is_power(&before);
            if let Some(number) = signs::bare(&words).parse().ok().filter(|_| sure) {
                marks.push(Mark { rank: tree.rank(id), number, style: Style::Raised, node: id, range: None });
            }
            walk.jump(id);
        } else if let Some(words) = tree.words(id) {
            marks.extend(printed::numbers(&before, words).into_iter().map(|printed| Mark {
                rank: tree.rank(id),
                number: printed.number,
                style: printed.style,
                node: id,
                range: Some(printed.range),
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
    let raised = raised_first(tree, id);
    let number = printed::label(words).or(raised);
    let raised = raised.is_some() || !words.starts_with(|c: char| c.is_ascii());
    let head = |number| Head { block: id, rank: tree.rank(id), number, raised };
    Some(number.filter(|n| (1..=MOST).contains(n)).map_or(Met::Block, |number| Met::Head(head(number))))
}

/// The raised number that is the first thing in a block.
fn raised_first(tree: &Tree, block: Id) -> Option<u32> {
    let first =
        tree.within(block).take(8).find(|id| tree.words(*id).is_some_and(|w| !w.trim().is_empty()))?;
    let raised = tree.ancestors(first).take_while(|id| *id != block).find(|id| tree.name(*id) == "sup")?;
    signs::bare(&tree.short(raised, 8)?).parse().ok()
}

/// The lists of notes: those that are numbered from 1 on under a heading of notes, or that go on for some notes.
fn lists(tree: &Tree, met: &[Met]) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut heads: Vec<Head> = Vec::new();
    let (mut titled, mut under, mut gap) = (false, false, 0);
    let mut end = |heads: &mut Vec<Head>, titled: bool| {
        let heads = std::mem::take(heads);
        let alone = titled || heads.first().is_some_and(|head| head.raised);
        if heads.len() > usize::from(!alone) {
            lists.push(List { heads, titled });
        }
    };
    for met in met {
        match met {
            Met::Heading(notes) => {
                end(&mut heads, under);
                titled = *notes;
            }
            Met::List(id) => {
                if titled && heads.is_empty() {
                    let items = tree.children(*id).filter(|item| tree.name(*item) == "li");
                    let head =
                        |(number, block)| Head { block, rank: tree.rank(block), number, raised: false };
                    let mut items: Vec<Head> = (1..).zip(items).map(head).collect();
                    end(&mut items, true);
                    titled = false;
                }
            }
            Met::Head(head) if head.number == heads.len() as u32 + 1 => {
                if heads.is_empty() {
                    under = titled;
                }
                heads.push(*head);
                gap = 0;
            }
            Met::Head(head) if head.number == 1 => {
                end(&mut heads, under);
                heads.push(*head);
                (under, gap) = (titled, 0);
            }
            Met::Head(_) | Met::Block => {
                gap += usize::from(!heads.is_empty());
                if gap > FURTHER {
                    end(&mut heads, under);
                    (titled, gap) = (false, 0);
                }
            }
        }
    }
    end(&mut heads, under);
    lists
}

/// Each list with the numbers in the text that call its notes: those between it and the list before. Where several lists
/// stand together, the numbers start again for each of them.
fn pairs<'a>(marks: &[Mark], style: Style, lists: &'a [List]) -> Vec<(&'a [Head], Vec<Mark>)> {
    let marks: Vec<&Mark> = marks.iter().filter(|mark| mark.style == style).collect();
    let behind =
        |list: &List| marks.partition_point(|m| list.heads.first().is_some_and(|head| m.rank < head.rank));
    let mut pairs = Vec::new();
    let (mut from, mut refused) = (0, 0);
    for together in lists.chunk_by(|a, b| behind(a) == behind(b)) {
        let to = together.first().map_or(from, behind);
        let own = &marks[from..to.max(from)];
        let starts_again = |a: &&Mark, b: &&Mark| !(b.number == 1 && a.number > 1);
        let runs: Vec<&[&Mark]> = match together {
            [_] => vec![own],
            [..] => own.chunk_by(starts_again).collect(),
        };
        let (found, before) = (runs.len(), pairs.len());
        for (list, run) in together.iter().zip(runs) {
            let notes = list.heads.len();
            let called = calls(run, notes, usize::from(!style.is_doubtful()));
            // Numbers that are often no marks have to agree in all, with what is called notes.
            let all = !style.is_doubtful() || list.titled && notes > 1 && is_all(&called, notes);
            if all && is_enough(&called, notes) && found >= together.len() {
                pairs.push((&*list.heads, called));
            }
        }
        refused = if pairs.len() > before { 0 } else { refused + 1 };
        // An enumeration between a text and its notes takes no marks from them, many do.
        if refused == 0 || refused > ENUMERATIONS {
            (from, refused) = (to, 0);
        }
    }
    pairs
}

/// The marks that march with a list: each is the one before it or the next; so many may be missing.
fn calls(marks: &[&Mark], notes: usize, missing: usize) -> Vec<Mark> {
    let (mut last, missing) = (0, missing as u32);
    let mut called = Vec::new();
    for mark in marks {
        if (1..=notes as u32).contains(&mark.number) && mark.number <= last + 1 + missing {
            last = last.max(mark.number);
            called.push((*mark).clone());
        }
    }
    called
}

/// Whether each of the notes is called once, one after the other.
fn is_all(called: &[Mark], notes: usize) -> bool {
    called.len() == notes && called.iter().zip(1..).all(|(mark, number)| mark.number == number)
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
        attributes.push(attribute(name, value));
    }
}
