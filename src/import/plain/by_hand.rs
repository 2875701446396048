//! Notes that a Markdown text keeps by hand, rewritten in Markdown's own way.
//!
//! `<sup>1</sup>`, `\[1\]` or a bare figure in the text and a list at its end are all that some authors have. What is
//! known of plain texts tells which they are; then the marks become `[^1]` and the notes `[^1]: …`. Lines stay lines.

use super::hyphens::Hyphens;
use super::lines;
use super::notelist::NoteList;
use super::paragraphs::Paragraph;
use super::scopes::{self, Calls, Scopes};
use super::series::Place;
use super::shape::Shape;
use crate::import::script;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// A tag is no longer, in bytes.
const TAG: usize = 120;

/// A line in which marks are all written `[1]` or `¹`, and what stood there before.
#[derive(Debug, Default)]
struct Normal<'a> {
    text: String,
    /// Where something was replaced, and what.
    replaced: Vec<(Range<usize>, &'a str)>,
}

/// The text with its notes in Markdown's own way, if it keeps some by hand.
pub(in crate::import) fn rewritten(text: &str) -> Option<String> {
    if text.lines().any(is_definition) {
        return None;
    }
    let normal = normal(text);
    let joined = normal.iter().map(|n| &*n.text).collect::<Vec<_>>().join("\n");
    let lines = lines::split(&joined);
    let scopes = scopes::read(&lines, Shape::Unwrapped { spaced: false }, &Hyphens::default(), 0);
    // A star is Markdown's own, for emphasis and for lists: it never tells for certain that there is a note.
    let starred = |list: &NoteList| list.notes.iter().any(|note| note.printed.starts_with('*'));
    // Nor is a label alone a note.
    let bare = |list: &NoteList| {
        let words =
            |line: &lines::Line, from: usize| line.text.get(from..).is_some_and(|t| !t.trim().is_empty());
        !list.notes.iter().any(|n| {
            lines[n.lines.clone()].iter().enumerate().any(|(i, l)| words(l, if i == 0 { n.words } else { 0 }))
        })
    };
    if scopes.lists.is_empty() || scopes.lists.iter().any(|list| starred(list) || bare(list)) {
        return None;
    }
    let labels = labels(&scopes);
    let mut changed: BTreeMap<usize, String> = BTreeMap::new();
    mark(&scopes, &labels, &normal, &mut changed);
    for (i, list) in scopes.lists.iter().enumerate() {
        let first = list.notes.first().map_or(list.lines.start, |n| n.lines.start);
        if list.origin.is_headed() {
            // The heading of the list is no section.
            lines[list.lines.start..first].iter().for_each(|l| drop(changed.insert(l.number, String::new())));
        }
        for (j, note) in list.notes.iter().enumerate() {
            let [first, rest @ ..] = &lines[note.lines.clone()] else { continue };
            let words = first.text.get(note.words..).unwrap_or_default();
            changed.insert(first.number, format!("[^{}]: {words}", labels[&(i, j)]));
            for line in rest {
                changed.insert(line.number, format!("    {}", line.text));
            }
        }
    }
    let rewrite = |(i, line): (usize, &str)| changed.remove(&(i + 1)).unwrap_or_else(|| line.to_owned());
    Some(text.split('\n').enumerate().map(rewrite).collect::<Vec<_>>().join("\n"))
}

/// What each note is called: its label, with the number of its list where labels come again.
fn labels(scopes: &Scopes) -> HashMap<Place, String> {
    let all = || {
        scopes
            .lists
            .iter()
            .enumerate()
            .flat_map(|(i, l)| l.notes.iter().enumerate().map(move |(j, n)| ((i, j), n)))
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, note) in all() {
        *counts.entry(&note.printed).or_default() += 1;
    }
    let label = |((i, j), note): (Place, &super::bodies::Body)| {
        let printed =
            script::lowered(&note.printed).replace(|c: char| c.is_whitespace() || c == '[' || c == ']', "-");
        match counts.get(&*note.printed) {
            Some(1) => ((i, j), printed),
            _ => ((i, j), format!("{printed}-{}", i + 1)),
        }
    };
    all().map(label).collect()
}

/// Rewrites the lines in which marks call notes.
fn mark(
    scopes: &Scopes,
    labels: &HashMap<Place, String>,
    normal: &[Normal],
    changed: &mut BTreeMap<usize, String>,
) {
    let mut calls = scopes.calls.iter().peekable();
    for (i, paragraph) in scopes.paragraphs.iter().enumerate() {
        let mut marks: Vec<(Range<usize>, String)> = Vec::new();
        while let Some(call) = calls.next_if(|c| c.paragraph == i) {
            if let Calls::Note(place) = call.calls {
                marks.push((call.range.clone(), format!("[^{}]", labels[&place])));
            }
        }
        if let Some(line) = normal.get(paragraph.line.wrapping_sub(1)).filter(|_| !marks.is_empty()) {
            changed.insert(paragraph.line, line.with(marks, paragraph));
        }
    }
}

impl Normal<'_> {
    /// The line with marks in it; the rest is what it was. Ranges are those of the paragraph that the line is.
    fn with(&self, marks: Vec<(Range<usize>, String)>, paragraph: &Paragraph) -> String {
        let start = self.text.find(&*paragraph.text).unwrap_or(0);
        let mut pieces: Vec<(Range<usize>, String)> =
            marks.into_iter().map(|(r, mark)| (r.start + start..r.end + start, mark)).collect();
        let taken =
            |range: &Range<usize>| pieces.iter().any(|(r, _)| r.start < range.end && range.start < r.end);
        let kept = self.replaced.iter().filter(|(range, _)| !taken(range));
        let kept: Vec<(Range<usize>, String)> = kept.map(|(r, was)| (r.clone(), (*was).to_owned())).collect();
        pieces.extend(kept);
        pieces.sort_by_key(|(r, _)| r.start);
        let (mut out, mut at) = (String::new(), 0);
        for (range, piece) in pieces {
            out.push_str(self.text.get(at..range.start).unwrap_or_default());
            out.push_str(&piece);
            at = range.end.max(at);
        }
        out + self.text.get(at..).unwrap_or_default()
    }
}

/// The lines, those of code and of definitions empty.
fn normal(text: &str) -> Vec<Normal<'_>> {
    let mut fence: Option<&str> = None;
    let line = |line| {
        let bare = str::trim_start(line);
        let marker = ["```", "~~~"].into_iter().find(|f| bare.starts_with(f));
        let fenced = match (fence, marker) {
            (None, Some(marker)) => {
                fence = Some(marker);
                true
            }
            (Some(open), Some(marker)) if open == marker => {
                fence = None;
                true
            }
            (open, _) => open.is_some(),
        };
        let code = line.starts_with("    ") || line.starts_with('\t');
        if fenced || code || is_link(bare) { Normal::default() } else { one(line.trim_end_matches('\r')) }
    };
    text.split('\n').map(line).collect()
}

/// A line whose marks are written in one way.
fn one(line: &str) -> Normal<'_> {
    let mut normal = Normal::default();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '\\']) {
        normal.text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (label, end) = raised(rest).or_else(|| escaped(rest)).unwrap_or(("", 1));
        let start = normal.text.len();
        match label {
            "" => normal.text.push_str(&rest[..end]),
            label => {
                // Bare raised figures may be an exponent: they are looked at as what they are.
                let figures = rest.starts_with('<') && !rest[..end].contains(['[', '*']);
                if figures {
                    normal.text.push_str(&script::moved(label, false))
                } else {
                    normal.text.push_str(&format!("[{label}]"))
                }
                normal.replaced.push((start..normal.text.len(), &rest[..end]));
            }
        }
        rest = &rest[end..];
    }
    normal.text.push_str(rest);
    normal
}

/// `<sup>1</sup>`, `<sup>[1]</sup>`, `<sup><a href="#n1">1</a></sup>`: the label, and where it ends.
fn raised(text: &str) -> Option<(&str, usize)> {
    let tag = |text: &'_ str| text[..text.floor_char_boundary(TAG)].find('>').map(|i| i + 1);
    let mut at = text.starts_with("<sup").then(|| tag(text)).flatten()?;
    let link = text[at..].starts_with("<a ");
    if link {
        at += tag(&text[at..])?;
    }
    at += text[at..].len() - text[at..].trim_start_matches(['[', '\\']).len();
    let end = at + text[at..].find(|c: char| !c.is_ascii_digit() && c != '*')?;
    let label = &text[at..end];
    let mut rest = text[end..].trim_start_matches([']', '\\']);
    if link {
        rest = rest.strip_prefix("</a>")?;
    }
    let rest = rest.strip_prefix("</sup>")?;
    (!label.is_empty()).then_some((label, text.len() - rest.len()))
}

/// `\[1\]`
fn escaped(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("\\[")?;
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '*')?;
    let rest = inner[end..].strip_prefix("\\]")?;
    ((1..=6).contains(&end)).then_some((&inner[..end], text.len() - rest.len()))
}

/// `[^1]: …`
fn is_definition(line: &str) -> bool {
    let bare = line.trim_start_matches([' ', '>']);
    bare.strip_prefix("[^")
        .is_some_and(|r| r.split_once("]:").is_some_and(|(label, _)| !label.contains([' ', ']'])))
}

/// `[1]: http://…`
fn is_link(bare: &str) -> bool {
    bare.strip_prefix('[').is_some_and(|r| r.split_once("]:").is_some_and(|(label, _)| !label.contains(']')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_by_hand_become_markdown() {
        let list = "## Notes\n\n1. Of whales.\n\n   It stank.\n2. Of cotton.\n";
        let told = "\n\n[^1]: Of whales.\n\n    It stank.\n[^2]: Of cotton.\n";
        for (one, two) in [
            ("<sup>1</sup>", "<sup>2</sup>"),
            ("\\[1\\]", "\\[2\\]"),
            ("[1]", "[2]"),
            ("<sup>[1]</sup>", "<sup>[2]</sup>"),
            ("<sup class=x><a href=\"#a\">1</a></sup>", "<sup class=x><a href=\"#b\">2</a></sup>"),
        ] {
            let text = format!("The *oil*{one} was 3 m<sup>2</sup> wide,{two} he says.\n\n{list}");
            let want = format!("The *oil*[^1] was 3 m<sup>2</sup> wide,[^2] he says.\n\n{told}");
            assert_eq!(rewritten(&text).as_deref(), Some(&*want), "{text}");
        }
        let text = "> Oil.\\[1\\]\n\n\\[1\\] Of whales.\n";
        assert_eq!(rewritten(text).as_deref(), Some("> Oil.[^1]\n\n[^1]: Of whales.\n"));
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in [
            "Oil.[^1]<sup>1</sup>\n\n[^1]: Of whales.\n\n## Notes\n\n1. One.\n",
            "[Oil][1] and [2].\n\n[1]: http://example.org\n[2]: http://example.org\n",
            "```\nOil[1]\n\n[1] Of whales.\n```\n",
            "1. One.\n2. Two.\n3. Three.\n",
            "Opening.\n\n^\\[c\\]\n\n^\\[c\\]\n",
            "Opening.\n\nx*a*\n\n*a\\\n,*\n",
        ] {
            assert_eq!(rewritten(text), None, "{text}");
        }
    }
}
