//! Which part of a text calls which list of notes.
//!
//! A list serves what stands before it, back to the list before. So numbers may start again with each chapter.

use super::lines::Line;
use super::notelist::{self, NoteList};
use super::paragraphs::{self, Paragraph};
use super::references::{self, Mark};
use super::shape::Shape;
use crate::document::Kind;
use std::collections::BTreeSet;

/// A text with its lists of notes taken out of it.
#[derive(Debug)]
pub(super) struct Scopes<'a> {
    /// Its paragraphs without the notes.
    pub paragraphs: Vec<Paragraph<'a>>,
    /// Its lists, in order.
    pub lists: Vec<NoteList>,
    /// The marks that call a note, in the order of the text.
    pub marks: Vec<Mark>,
    /// For each of the marks the list it calls.
    pub called: Vec<usize>,
}

/// Takes the lists out of a text. Its first `front` lines are kept apart from each other.
pub(super) fn read<'a>(lines: &[Line<'a>], shape: Shape, front: usize) -> Scopes<'a> {
    let mut found = notelist::find(lines, shape);
    // A heading shows how this text keeps its notes: then other lists are just lists.
    if found.iter().any(|l| l.headed) {
        found.retain(|l| l.headed);
    }
    let mut paragraphs = Vec::new();
    for line in &lines[..front] {
        paragraphs.extend(paragraphs::form(std::slice::from_ref(line), Shape::Unwrapped { spaced: false }));
    }
    let mut scopes = Scopes { paragraphs, lists: Vec::new(), marks: Vec::new(), called: Vec::new() };
    let (mut at, mut scope) = (front, 0);
    for list in found.into_iter().filter(|l| l.lines.start >= front) {
        scopes.paragraphs.extend(paragraphs::form(&lines[at..list.lines.start], shape));
        let marks = marks(&scopes.paragraphs, scope, &list);
        at = list.lines.start;
        if list.headed || most_are_called(&marks, &list) {
            at = list.lines.end;
            // A rule over the list is part of it.
            scopes.paragraphs.pop_if(|p| p.kind == Kind::Break);
            scope = scopes.paragraphs.len();
            scopes.called.extend(std::iter::repeat_n(scopes.lists.len(), marks.len()));
            scopes.marks.extend(marks);
            scopes.lists.push(list);
        }
    }
    scopes.paragraphs.extend(paragraphs::form(&lines[at..], shape));
    scopes
}

/// The marks that call the notes of a list, in the paragraphs from `scope` on.
fn marks(paragraphs: &[Paragraph], scope: usize, list: &NoteList) -> Vec<Mark> {
    let (Some(first), Some(last)) = (list.notes.first(), list.notes.last()) else { return Vec::new() };
    let mut marks = references::find(&paragraphs[scope..], first.number, last.number);
    marks.iter_mut().for_each(|m| m.paragraph += scope);
    marks
}

/// Whether a list without a heading is one of notes: most of them are called.
fn most_are_called(marks: &[Mark], list: &NoteList) -> bool {
    let called: BTreeSet<usize> = marks.iter().map(|m| m.number).collect();
    called.len() * 3 >= list.notes.len() * 2
}
