//! Turning pages, and scrolling the text by lines.

use super::State;
use crate::document::Position;
use crate::layout::spread::Spread;

/// The pages turned that are remembered, so that one comes back to each as it was.
const REMEMBERED: usize = 1000;

impl State {
    /// The spread that would stand at `place`.
    pub(super) fn spread_at(&self, place: Position) -> Spread {
        self.sheet().open(place)
    }

    /// Scrolls the text by lines; down to where its last line is on the screen, not past it.
    pub(super) fn scroll_text(&mut self, lines: i64) {
        let (document, galley) = (&self.text.document, &self.text.galley);
        let many = lines.unsigned_abs() as usize;
        if lines < 0 {
            match galley.starts_before(document, self.place).take(many).last() {
                Some(at) => self.step(at),
                None => self.say("the text starts here"),
            }
            return;
        }
        if self.spread().next().is_none() {
            return self.say("the text ends here");
        }
        let last = self.top_of_end(document.body().end);
        let starts = galley.starts_from(document, self.place).skip(1);
        if let Some(at) = starts.take(many).take_while(|&at| at <= last).last() {
            self.step(at);
        }
    }

    /// Scrolls half a page, and marks the line that was the first one out of sight.
    pub(super) fn scroll_half(&mut self, lines: i64) {
        let next = self.spread().next();
        self.scroll_text(lines);
        if lines > 0 {
            self.resume = next;
        }
    }

    /// Turns pages: no line is skipped, on or back, and back leads to the page one came from.
    pub(super) fn turn(&mut self, pages: i64) {
        let start = self.place;
        let mut resume = None;
        for _ in 0..pages.unsigned_abs() {
            let here = self.place;
            if pages > 0 {
                let Some((top, next)) = self.page_after(here) else { break };
                self.turned.push(here);
                (self.place, resume) = (top, Some(next));
            } else {
                let Some(top) = self.page_before(here) else { break };
                self.place = top;
            }
        }
        let excess = self.turned.len().saturating_sub(REMEMBERED);
        self.turned.drain(..excess);
        let place = std::mem::replace(&mut self.place, start);
        if place == start {
            return self.say(if pages > 0 { "the text ends here" } else { "the text starts here" });
        }
        self.step(place);
        self.resume = resume;
    }

    /// The top of the page after the one at `at`, and the line where the eye goes on: what stands above it is shown again.
    pub(super) fn page_after(&self, at: Position) -> Option<(Position, Position)> {
        let next = self.spread_at(at).next()?;
        let again = self.text.galley.starts_before(self.document(), next);
        let top = again.take(usize::from(self.options.overlap)).take_while(|&top| top > at).last();
        Some((top.unwrap_or(next), next))
    }

    /// The top of the page before the one at `at`: the one it was turned from, if it still leads here, or the farthest
    /// that reaches it.
    fn page_before(&mut self, at: Position) -> Option<Position> {
        let from = self.turned.pop();
        if from.is_some_and(|from| self.page_after(from).is_some_and(|(top, _)| top == at)) {
            return from;
        }
        self.turned.clear();
        self.top_before(at)
    }

    pub(super) fn top_before(&self, at: Position) -> Option<Position> {
        let sheet = self.sheet();
        // With lines shown twice, the page before reaches as far into this one.
        let again = self.text.galley.starts_from(self.document(), at).nth(usize::from(self.options.overlap));
        let top = sheet.before(again.unwrap_or(at));
        let top = if top < at { top } else { sheet.before(at) };
        (top < at).then_some(top)
    }

    /// The top of the page that ends with the byte before `end`.
    pub(super) fn top_of_end(&self, end: usize) -> Position {
        self.sheet().ending(self.document().position(end.saturating_sub(1)))
    }
}
