//! How the page is set: what the keys change of it. Of all this the place knows nothing.

use super::{Columns, MEASURE, NotesPlace, State, frame};

impl State {
    /// The measure by `by` cells, or the default one.
    pub(super) fn measure(&mut self, by: Option<i64>) {
        let widest = self.size.columns.saturating_sub(2).clamp(frame::LEAST.columns, 200);
        let now = i64::from(self.options.measure.min(widest));
        self.options.measure = match by {
            None => MEASURE,
            Some(by) => (now + by).clamp(i64::from(frame::LEAST.columns), i64::from(widest)) as u16,
        };
        self.set();
        let measure = self.frame().text.columns;
        self.say(format!("{measure} columns"));
    }

    /// Notes at the foot, in the margin if there is one, off.
    pub(super) fn next_notes_place(&mut self) {
        let no_margin = self.no_margin();
        self.options.notes = match (self.options.notes, &no_margin) {
            (NotesPlace::Foot, None) => NotesPlace::Margin,
            (NotesPlace::Foot, Some(_)) | (NotesPlace::Margin, _) => NotesPlace::Off,
            (NotesPlace::Off, _) => NotesPlace::Foot,
        };
        self.set();
        let words = self.options.notes.words();
        match no_margin.filter(|_| self.options.notes == NotesPlace::Off) {
            Some(why) => self.say(format!("{words} ({why})")),
            None => self.say(words),
        }
    }

    /// One page or two that lie open.
    pub(super) fn toggle_columns(&mut self) {
        let no_spread = self.no_spread();
        self.options.columns = match (self.options.columns, &no_spread) {
            (Columns::One, None) => Columns::Two,
            (Columns::Two, _) | (Columns::One, Some(_)) => Columns::One,
        };
        self.set();
        self.say(match (self.options.columns, no_spread) {
            (Columns::Two, _) => "two pages".to_owned(),
            (Columns::One, None) => "one page".to_owned(),
            (Columns::One, Some(why)) => why,
        });
    }

    /// Lines ragged or filled.
    pub(super) fn toggle_justified(&mut self) {
        self.options.justify = !self.options.justify;
        self.set();
        self.say(if self.options.justify { "justified" } else { "ragged" });
    }
}
