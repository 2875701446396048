//! The places that leaps left, to go back to and forward again.

use super::List;
use crate::document::Position;

/// No reader comes back further than this.
const MOST: usize = 100;

/// Where one was: in the text, and in the note that was open over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The first byte of the top line.
    pub place: Position,
    /// The first byte of the top line of the pane.
    pub note: Option<Position>,
}

/// A spot that was left, and the list from which it was left, if it was one to come back to.
#[derive(Debug)]
pub struct Jump {
    /// Where one was.
    pub spot: Spot,
    /// The list that was open.
    pub list: Option<List>,
}

/// Two stacks, as in a browser.
#[derive(Debug, Default)]
pub struct Jumps {
    behind: Vec<Jump>,
    ahead: Vec<Jump>,
}

impl Jumps {
    /// Notes a spot that a leap leaves. What lay ahead is gone.
    pub fn leave(&mut self, spot: Spot, list: Option<List>) {
        self.ahead.clear();
        if list.is_none() && self.behind.last().is_some_and(|j| j.spot == spot && j.list.is_none()) {
            return;
        }
        self.behind.push(Jump { spot, list });
        if self.behind.len() > MOST {
            self.behind.remove(0);
        }
    }

    /// Goes back from `here`: entries that lead nowhere else are passed over.
    pub fn back(&mut self, here: Spot) -> Option<Jump> {
        let jump = Self::take(&mut self.behind, here)?;
        self.ahead.push(Jump { spot: here, list: None });
        Some(jump)
    }

    /// Goes forward again.
    pub fn forward(&mut self, here: Spot) -> Option<Jump> {
        let jump = Self::take(&mut self.ahead, here)?;
        self.behind.push(Jump { spot: here, list: None });
        Some(jump)
    }

    /// The spot before the last leap, or the one that was gone back from; `here` takes its stead, so that asking again
    /// returns.
    pub fn swap(&mut self, here: Spot) -> Option<Spot> {
        let last = self.behind.last_mut().or(self.ahead.last_mut())?;
        last.list = None;
        Some(std::mem::replace(&mut last.spot, here))
    }

    /// Carries every spot to where it is in a later state of the text. The lists they were left from are of the former one.
    pub fn carry(&mut self, later: impl Fn(Position) -> Position) {
        for jump in self.behind.iter_mut().chain(&mut self.ahead) {
            jump.spot.place = later(jump.spot.place);
            jump.spot.note = jump.spot.note.map(&later);
            jump.list = None;
        }
    }

    fn take(stack: &mut Vec<Jump>, here: Spot) -> Option<Jump> {
        while let Some(jump) = stack.pop() {
            if jump.spot != here || jump.list.is_some() {
                return Some(jump);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(byte: usize) -> Spot {
        Spot { place: Position::at(byte), note: None }
    }

    #[test]
    fn back_and_forward_as_in_a_browser() {
        let mut jumps = Jumps::default();
        jumps.leave(at(1), None);
        jumps.leave(at(2), None);
        assert_eq!(jumps.back(at(3)).map(|j| j.spot), Some(at(2)));
        assert_eq!(jumps.back(at(2)).map(|j| j.spot), Some(at(1)));
        assert!(jumps.back(at(1)).is_none());
        assert_eq!(jumps.forward(at(1)).map(|j| j.spot), Some(at(2)));
        jumps.leave(at(2), None);
        assert!(jumps.forward(at(9)).is_none(), "a leap forgets what lay ahead");
    }

    #[test]
    fn the_last_place_and_back_again() {
        let mut jumps = Jumps::default();
        assert_eq!(jumps.swap(at(5)), None);
        jumps.leave(at(1), None);
        assert_eq!(jumps.swap(at(5)), Some(at(1)));
        assert_eq!(jumps.swap(at(1)), Some(at(5)));
        jumps.back(at(5));
        assert_eq!(jumps.swap(at(1)), Some(at(5)), "after going back there is one ahead");
    }
}
