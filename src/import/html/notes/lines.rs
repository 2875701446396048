//! Notes that are no blocks of their own, but lines of one block, as people type them: `[1] One.<br>[2] Two.` What stands
//! between the breaks is put into a paragraph each, before anybody looks for notes.

use super::printed;
use super::signs;
use crate::import::html::names;
use crate::import::html::tree::{Data, Id, Tree};
use html5ever::LocalName;
use std::collections::HashSet;

/// How many bytes of a line say what it is.
const HEAD: usize = 80;

/// How many nodes of a line are looked at.
const NODES: usize = 64;

/// What stands between two breaks.
#[derive(Debug)]
struct Line {
    nodes: Vec<Id>,
    /// How many breaks stand before it.
    breaks: usize,
}

/// Makes a paragraph of each note that is a line.
pub(in crate::import::html) fn part(tree: &mut Tree) {
    let mut seen = HashSet::new();
    let mut broken: Vec<Id> = Vec::new();
    for br in tree.pages.iter().flat_map(|page| tree.within(*page)).filter(|id| tree.name(*id) == "br") {
        broken.extend(tree.node(br).parent.filter(|parent| seen.insert(*parent)));
    }
    broken.retain(|id| !is_set(tree, *id));
    let mut changed = false;
    for block in broken {
        let groups = groups(tree, block);
        changed |= !groups.is_empty();
        for nodes in groups {
            let line = tree.node(nodes[0]).line;
            let paragraph = tree.add(Data::Element(LocalName::from("p"), Vec::new()), line);
            tree.insert_before(nodes[0], paragraph);
            nodes.into_iter().for_each(|node| tree.append(paragraph, node));
        }
    }
    if changed {
        tree.seal();
    }
}

/// Whether the lines of an element are set as they are: those of headings, of code, of verse.
fn is_set(tree: &Tree, id: Id) -> bool {
    let set = |id: Id| {
        names::heading(tree, id).is_some()
            || matches!(tree.name(id), "pre" | "code" | "dt")
            || names::is_verse(tree, id)
    };
    tree.ancestors(id).take(3).any(set)
}

/// The nodes of each paragraph that is to be made in an element, in order: what stands above the notes, then the notes.
fn groups(tree: &Tree, block: Id) -> Vec<Vec<Id>> {
    let lines = lines(tree, block);
    let mut starts: Vec<usize> = Vec::new();
    let mut sure = is_above_notes(tree, block);
    for (at, line) in lines.iter().enumerate() {
        let head = head(tree, line);
        if number(tree, block, line, &head).is_some_and(|n| n == starts.len() as u32 + 1) {
            sure |= !head.starts_with(|c: char| c.is_ascii_digit()) || is_raised(tree, block, line);
            starts.push(at);
        } else if starts.len() == 1 && signs::is_title(&head) {
            // What was numbered above the notes is none.
            starts.clear();
        }
    }
    let Some(first) = starts.first().copied() else { return Vec::new() };
    let title = first.checked_sub(1).filter(|above| signs::is_title(&head(tree, &lines[*above])));
    if !(sure || title.is_some()) || starts.len() < 2 && title.is_none() {
        return Vec::new();
    }
    let mut groups: Vec<Vec<Id>> = Vec::new();
    groups.extend(title.map(|title| lines[title].nodes.clone()));
    for (i, start) in starts.iter().enumerate() {
        // The last note goes on to what is set apart from it.
        let end = starts.get(i + 1).copied().unwrap_or_else(|| {
            let apart = lines[start + 1..].iter().position(|line| line.breaks != 1);
            apart.map_or(lines.len(), |apart| start + 1 + apart)
        });
        groups.push(with_breaks(tree, &lines[*start..end]));
    }
    groups
}

/// The nodes of lines, with the breaks between them.
fn with_breaks(tree: &Tree, lines: &[Line]) -> Vec<Id> {
    let ends = lines.first().zip(lines.last());
    let Some((first, last)) = ends.and_then(|(a, b)| Some((*a.nodes.first()?, *b.nodes.last()?))) else {
        return Vec::new();
    };
    let onward = std::iter::successors(Some(first), |id| (*id != last).then(|| tree.node(*id).next)?);
    onward.collect()
}

/// The lines of an element that have words, and none of its blocks.
fn lines(tree: &Tree, block: Id) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut breaks, mut nodes) = (0, Vec::new());
    let mut end = |nodes: &mut Vec<Id>, breaks: &mut usize| {
        let nodes = std::mem::take(nodes);
        if nodes.iter().any(|id| !is_blank(tree, *id)) {
            lines.push(Line { nodes, breaks: std::mem::take(breaks) });
        }
    };
    for child in tree.children(block) {
        match tree.name(child) {
            "br" => {
                end(&mut nodes, &mut breaks);
                breaks += 1;
            }
            name if names::is_block(name) || name == "hr" => {
                end(&mut nodes, &mut breaks);
                breaks = 2;
            }
            _ => nodes.push(child),
        }
    }
    end(&mut nodes, &mut breaks);
    lines
}

fn is_blank(tree: &Tree, id: Id) -> bool {
    tree.words(id).is_some_and(|words| words.trim().is_empty())
}

/// The first words of a line.
fn head(tree: &Tree, line: &Line) -> String {
    let mut head = String::new();
    for words in line.nodes.iter().flat_map(|id| tree.within(*id)).take(NODES).filter_map(|id| tree.words(id))
    {
        head.push_str(&words[..words.floor_char_boundary(HEAD)]);
        if head.len() > HEAD {
            break;
        }
    }
    head.trim_start().to_owned()
}

/// The number that a line begins with as a note does.
fn number(tree: &Tree, block: Id, line: &Line, head: &str) -> Option<u32> {
    printed::label(head).or_else(|| raised(tree, block, line))
}

fn is_raised(tree: &Tree, block: Id, line: &Line) -> bool {
    raised(tree, block, line).is_some()
}

/// The raised number that is the first thing in a line.
fn raised(tree: &Tree, block: Id, line: &Line) -> Option<u32> {
    let mut nodes = line.nodes.iter().flat_map(|id| tree.within(*id)).take(NODES);
    let first = nodes.find(|id| tree.words(*id).is_some_and(|words| !words.trim().is_empty()))?;
    let raised = tree.ancestors(first).take_while(|id| *id != block).find(|id| tree.name(*id) == "sup")?;
    signs::bare(&tree.short(raised, 8)?).parse().ok()
}

/// Whether a heading of notes, or a rule, stands right above an element.
fn is_above_notes(tree: &Tree, block: Id) -> bool {
    let above = tree.before(block).take(4).find(|id| !is_blank(tree, *id));
    above.is_some_and(|id| {
        tree.name(id) == "hr" || tree.short(id, HEAD).is_some_and(|words| signs::is_title(&words))
    })
}
