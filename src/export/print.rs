//! The text set for paper, a pipe, or a screen reader: lines as on the screen, without a screen.

use crate::document::{Document, Position};
use crate::layout::ink::{self, Lights, Run};
use crate::layout::{Galley, LineId, Row, Style};
use std::ops::Range;

/// Where the notes are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notes {
    /// At the end of each section those cited in it.
    #[default]
    Foot,
    /// All at the end of the text.
    End,
    /// Nowhere.
    None,
}

/// The text, or one section of it (an index), set to a style. `show` turns a run into what is printed for it.
pub fn print(
    document: &Document,
    style: Style,
    section: Option<usize>,
    notes: Notes,
    mut show: impl FnMut(&Run) -> String,
) -> String {
    let galley = Galley::new(document, style);
    let mut out = Printer { document, galley: &galley, text: String::new(), show: &mut show };
    let stops: Vec<Range<usize>> = match section {
        Some(s) => document.sections().get(s).map(|s| s.range.clone()).into_iter().collect(),
        None => {
            let first = document.sections().first().map_or(document.body().end, |s| s.range.start);
            let opening = (first > 0).then_some(0..first);
            opening.into_iter().chain(document.sections().iter().map(|s| s.range.clone())).collect()
        }
    };
    let mut printed = vec![false; document.notes().len()];
    let mut called = vec![section.is_none(); document.notes().len()];
    for stop in stops {
        if !out.text.is_empty() {
            out.text.push('\n');
        }
        out.flow(stop.clone());
        document.references_in(&stop).iter().filter_map(|r| r.note).for_each(|n| called[n] = true);
        if notes == Notes::Foot {
            let cited = document.references_in(&stop).iter().filter_map(|r| r.note);
            let mut here: Vec<usize> = Vec::new();
            for note in cited.filter(|&n| !std::mem::replace(&mut printed[n], true)) {
                here.push(note);
            }
            out.notes(&here);
        }
    }
    if notes != Notes::None {
        let rest: Vec<usize> = (0..printed.len()).filter(|&n| called[n] && !printed[n]).collect();
        out.notes(&rest);
    }
    out.text
}

struct Printer<'a> {
    document: &'a Document,
    galley: &'a Galley,
    text: String,
    show: &'a mut dyn FnMut(&Run) -> String,
}

impl Printer<'_> {
    fn flow(&mut self, range: Range<usize>) {
        let (document, galley) = (self.document, self.galley);
        let mut blanks = 0;
        for row in galley.rows_from(document, Position::at(range.start)) {
            match row {
                Row::Blank => blanks += 1,
                Row::Line(id) => {
                    if self.galley.line(self.document, id).range.start >= range.end {
                        break;
                    }
                    self.text.extend(std::iter::repeat_n('\n', blanks));
                    blanks = 0;
                    self.line(id);
                }
            }
        }
    }

    fn notes(&mut self, notes: &[usize]) {
        if notes.is_empty() {
            return;
        }
        let rule = usize::from((self.galley.style().measure / 4).max(4));
        self.text.push('\n');
        self.text.push_str(&"─".repeat(rule));
        self.text.push('\n');
        for &note in notes {
            self.flow(self.document.notes()[note].range.clone());
        }
    }

    fn line(&mut self, id: LineId) {
        let runs = ink::runs(self.document, self.galley, id, &Lights::default());
        let start = self.text.len();
        for run in &runs {
            let shown = (self.show)(run);
            self.text.push_str(&shown);
        }
        let kept = start + self.text[start..].trim_end_matches(' ').len();
        self.text.truncate(kept);
        self.text.push('\n');
    }
}
