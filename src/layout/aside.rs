//! Notes in the margin, each beside the line that cites it, as Tufte sets them.
//!
//! A note that would run into the one above it is shifted down; those that would run out of the page at its bottom are
//! shifted up as far as there is room. None lies over another, and what still does not fit is cut.

use super::page::{Page, cited};
use super::{Galley, Row};
use crate::document::{Document, Position};

/// A note in the margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sidenote {
    /// Its index in the document.
    pub note: usize,
    /// The row of the page at which it starts.
    pub row: u16,
    /// How many of its rows are shown.
    pub rows: u16,
    /// Whether it has more.
    pub cut: bool,
    /// Rows under it that say what it stands for.
    pub gloss: u16,
}

/// The margin of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// The notes that stand there, from the top.
    pub notes: Vec<Sidenote>,
    /// The notes that the page cites too, and have no room.
    pub waiting: Vec<usize>,
}

impl Aside {
    /// The note on a row of the margin.
    pub fn note_on(&self, row: u16) -> Option<usize> {
        let here = |n: &&Sidenote| (n.row..n.row + n.rows + n.gloss).contains(&row);
        self.notes.iter().find(here).map(|n| n.note)
    }
}

/// What stands in the margin of a page of `height` rows. `galley` is the text's, `narrow` the same text set to the margin;
/// `gloss` tells the rows that a note has beneath it in the margin.
pub fn beside(
    document: &Document,
    (galley, narrow): (&Galley, &Galley),
    page: &Page,
    height: u16,
    gloss: impl Fn(usize) -> u16,
) -> Aside {
    let mut notes: Vec<Sidenote> = Vec::new();
    for (y, row) in (0..).zip(&page.rows) {
        let Row::Line(id) = *row else { continue };
        for note in cited(document, galley, id) {
            if notes.iter().any(|n| n.note == note) {
                continue;
            }
            let start = Position::at(document.notes()[note].range.start);
            let rows = narrow.rows_from(document, start).take(usize::from(height) + 1).count() as u16;
            notes.push(Sidenote { note, row: y, rows, cut: false, gloss: gloss(note) });
        }
    }
    shorten(&mut notes, height);
    let aside = place(notes.clone(), height);
    // The last row says how many more there are.
    if aside.waiting.is_empty() { aside } else { place(notes, height.saturating_sub(1)) }
}

/// Where the notes together are longer than the page, none takes more than a third of it.
fn shorten(notes: &mut [Sidenote], height: u16) {
    let whole: u32 = notes.iter().map(|n| u32::from(n.rows + n.gloss + 1)).sum();
    let most = if whole > u32::from(height) + 1 && notes.len() > 1 { (height / 3).max(1) } else { height };
    for note in notes.iter_mut().filter(|n| n.rows > most) {
        *note = Sidenote { rows: most, cut: true, gloss: 0, ..*note };
    }
}

/// Shifts the notes apart. An empty row parts each from the next while there is room for that.
fn place(mut notes: Vec<Sidenote>, height: u16) -> Aside {
    let lines: u32 = notes.iter().map(|n| u32::from(n.rows + n.gloss)).sum();
    let air = u16::from(lines + notes.len().saturating_sub(1) as u32 <= u32::from(height));
    // Down: none starts before the one above it has ended.
    let mut free = 0;
    for note in &mut notes {
        note.row = note.row.max(free);
        free = note.row + note.rows + note.gloss + air;
    }
    // Up from the bottom, where that leads out of the page.
    let mut end = height;
    for note in notes.iter_mut().rev() {
        let full = note.rows + note.gloss;
        note.row = note.row.min(end.saturating_sub(full));
        end = note.row.saturating_sub(air);
    }
    // Down again: what still has no room is cut.
    let mut aside = Aside::default();
    let mut free = 0;
    for mut note in notes {
        note.row = note.row.max(free);
        let room = height.saturating_sub(note.row);
        if room == 0 {
            aside.waiting.push(note.note);
            continue;
        }
        if note.rows > room {
            note = Sidenote { rows: room, cut: true, ..note };
        }
        // What a note stands for is told under one that is whole.
        note.gloss = if note.cut || note.rows + note.gloss > room { 0 } else { note.gloss };
        free = note.row + note.rows + note.gloss + air;
        aside.notes.push(note);
    }
    aside
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::page::Notes;
    use super::super::tests::{essay, paragraphs};
    use super::*;
    use proptest::prelude::*;

    fn side(note: usize, row: u16, rows: u16) -> Sidenote {
        Sidenote { note, row, rows, cut: false, gloss: 0 }
    }

    /// The rows from and to which each note stands, and the notes that wait.
    fn placed(notes: &[(u16, u16)], height: u16) -> (Vec<(u16, u16)>, usize) {
        let notes = notes.iter().enumerate().map(|(i, &(row, rows))| side(i, row, rows)).collect();
        let aside = place(notes, height);
        (aside.notes.iter().map(|n| (n.row, n.row + n.rows)).collect(), aside.waiting.len())
    }

    #[test]
    fn notes_stand_beside_their_lines_or_as_near_as_there_is_room() {
        for (notes, height, stand) in [
            // Each beside its line.
            (vec![(0, 2), (5, 3)], 20, vec![(0, 2), (5, 8)]),
            // The second shifted down, with an empty row between.
            (vec![(3, 4), (4, 2)], 20, vec![(3, 7), (8, 10)]),
            // Shifted up from the bottom, and the one above with it.
            (vec![(17, 2), (19, 4)], 20, vec![(13, 15), (16, 20)]),
            // No room for empty rows.
            (vec![(0, 5), (1, 5)], 10, vec![(0, 5), (5, 10)]),
            // No room: cut.
            (vec![(0, 5), (1, 9)], 10, vec![(0, 5), (5, 10)]),
        ] {
            assert_eq!(placed(&notes, height), (stand, 0), "{notes:?} on {height} rows");
        }
        assert_eq!(placed(&[(0, 10), (1, 2)], 10), (vec![(0, 10)], 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn notes_never_lie_over_each_other(words in paragraphs(), measure in 20u16..50, height in 3u16..40) {
            let document = essay(&words);
            let galley = Galley::new(&document, Style::at(66));
            let narrow = Galley::new(&document, Style::at(measure));
            let mut top = Some(Position::at(0));
            while let Some(at) = top {
                let page = Page::fill(&document, &galley, at, height, Notes::Off);
                let aside = beside(&document, (&galley, &narrow), &page, height, |_| 2);
                let mut free = 0;
                for note in &aside.notes {
                    prop_assert!(note.row >= free && note.rows > 0);
                    free = note.row + note.rows + note.gloss;
                    prop_assert!(free <= height);
                }
                let mut cited: Vec<usize> = page.lines().flat_map(|id| cited(&document, &galley, id)).collect();
                cited.sort_unstable();
                cited.dedup();
                let mut told: Vec<usize> = aside.notes.iter().map(|n| n.note).collect();
                told.extend(&aside.waiting);
                told.sort_unstable();
                prop_assert_eq!(told, cited);
                // There is a row left to say that some wait.
                prop_assert!(aside.waiting.is_empty() || free < height);
                top = page.next;
            }
        }
    }
}
