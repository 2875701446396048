//! The mouse, for who asks for it: the wheel scrolls, a click takes what lies under it.

use super::moving::Scroll;
use super::{Effect, Mode, State, Target};

/// Lines for a notch of the wheel, as most programs have it.
const NOTCH: i64 = 3;

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// The wheel was turned by so many notches, down if positive.
    Wheel(i64),
    /// It was pressed on something.
    Pressed(Hit),
}

/// What lies under a cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A reference or a link.
    Target(Target),
    /// A note at the foot or in the margin.
    Note(usize),
    /// The text itself.
    Text,
    /// A row of the list that is open, counted among those shown.
    Item(usize),
    /// A row of the contents that stand beside the text.
    Stop(usize),
}

impl State {
    /// Does what the mouse asks for; nothing where it has nothing to say.
    pub(super) fn point(&mut self, pointer: Pointer) -> Vec<Effect> {
        match (pointer, &mut self.mode) {
            (Pointer::Wheel(_), Mode::Prompt(_)) => Vec::new(),
            (Pointer::Wheel(notches), _) => {
                self.scroll(Scroll::Lines(notches.saturating_mul(NOTCH)));
                Vec::new()
            }
            (Pointer::Pressed(Hit::Item(item)), Mode::List(list)) => {
                list.at = item;
                self.accept_item()
            }
            (Pointer::Pressed(Hit::Target(target)), Mode::Reading | Mode::Note { .. }) => {
                self.chosen = Some(target);
                self.open(None)
            }
            (Pointer::Pressed(Hit::Note(note)), Mode::Reading | Mode::Note { .. }) => {
                self.open_note(note);
                Vec::new()
            }
            (Pointer::Pressed(Hit::Stop(stop)), Mode::Reading | Mode::Note { .. }) => {
                let at = self.document().stops().nth(stop);
                at.into_iter().for_each(|at| self.leap(at));
                Vec::new()
            }
            (Pointer::Pressed(Hit::Text), Mode::Note { .. }) => {
                self.mode = Mode::Reading;
                Vec::new()
            }
            (Pointer::Pressed(_), _) => Vec::new(),
        }
    }
}
