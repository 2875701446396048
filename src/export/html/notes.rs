//! The notes behind the text, and what stands behind each: what it stands for, and the ways back.

use super::Page;
use crate::apparatus::Standing;
use crate::document::clean::excerpt;
use crate::export::markup;
use crate::export::nesting::Nesting;
use std::fmt::Write;

/// How much of a work that a note stands for is told, in characters.
const WORK: usize = 120;

impl Page<'_> {
    /// Writes the notes.
    pub(super) fn notes(&mut self) {
        let document = self.document;
        if document.notes().is_empty() {
            return;
        }
        self.out.push_str("<section role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n");
        for (i, note) in document.notes().iter().enumerate() {
            self.nesting = Nesting::default();
            let (name, label) = (markup::attribute(self.labels.note(i)), markup::attribute(&note.mark));
            // For browsers without style; a label that is no number is told by the style alone.
            let value =
                note.mark.parse::<u32>().map_or_else(|_| String::new(), |n| format!(" value=\"{n}\""));
            let _ = writeln!(self.out, "<li id=\"note-{name}\"{value} data-label=\"{label}\">");
            self.blocks(document.blocks_in(&note.range), Some(i));
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    /// What stands behind a note: the work it stands for, and a way back to each of its calls.
    pub(super) fn behind(&self, note: usize) -> String {
        let mut out = String::new();
        match self.standings.get(note).and_then(Option::as_ref) {
            Some(Standing::One { note, text, .. }) => out.push_str(&self.work("→", *note, text)),
            Some(Standing::Several(works)) => {
                works.iter().for_each(|work| out.push_str(&self.work("→ perhaps", work.note, &work.text)));
            }
            Some(Standing::Unresolved) | None => {}
        }
        for (nth, call) in self.calls[note].iter().enumerate() {
            let which = if nth == 0 { String::new() } else { format!("<sup>{}</sup>", nth + 1) };
            let _ = write!(
                out,
                " <a href=\"#call-{}\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩\u{fe0e}{which}</a>",
                call + 1
            );
        }
        out
    }

    fn work(&self, lead: &str, note: usize, text: &std::ops::Range<usize>) -> String {
        let Some(of) = self.document.notes().get(note) else { return String::new() };
        let words = markup::text(&excerpt(&self.document.text()[text.clone()], WORK));
        let (name, mark) = (markup::attribute(self.labels.note(note)), markup::text(&of.mark));
        format!(
            " <a class=\"stands-for\" href=\"#note-{name}\" role=\"doc-backlink\">{lead} {mark}: {words}</a>"
        )
    }
}
