//! What goes into the machine, and what comes out of it.

use super::{Message, Pointer, Size, Text, list, settings};
use crate::keymap::Key;
use crate::shelf::{Draft, Shelf};
use std::sync::Arc;

/// What happens to the reader.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Pasted(String),
    /// The mouse was used.
    Pointed(Pointer),
    /// The terminal has another size.
    Resized(Size),
    /// What was to be kept is on the disk.
    Kept(Arc<Shelf>),
    /// It is not; the shelf holds it all the same, and it will be tried again.
    Unkept(Arc<Shelf>, String),
    /// The place could not be kept, or could be again.
    Placed(Result<(), String>),
    /// Another window or device has put something on the shelf.
    Shelved(Arc<Shelf>),
    /// Rows the shell was asked for.
    Listed(list::Kind, Vec<list::Item>),
    /// What came back from the editor, or why nothing did.
    Edited(Result<String, String>),
    /// Something to say at the foot.
    Said(Message),
    /// The file of the text has changed; this is what it holds now.
    Reloaded(Box<Text>),
}

/// What the reader wants done. Each carries all it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Keep a bookmark, a mark or a change to one.
    Keep(Draft),
    /// Have a text written in the reader's editor; [`Event::Edited`] brings what became of it.
    Edit(String),
    /// Put a text on the clipboard; it is clean.
    Copy(String),
    /// Open the address of a link.
    Follow(String),
    /// Read another text: a path as it was typed, or one that `recent` listed.
    Open(String),
    /// List the texts read lately.
    Recent,
    /// List the settings in force.
    Settings,
    /// Write down, or forget, what was settled.
    Settle(settings::Change),
    /// Take over the marks that were offered.
    Carry,
    /// See what other windows and devices have kept since.
    Refresh,
    /// Have the folded copy of the text ready before the pattern is typed: for words, or for regular expressions.
    Prepare {
        /// For regular expressions.
        regular: bool,
    },
    /// Paint everything anew.
    Redraw,
    /// Stop until the shell brings the program to the front again.
    Suspend,
    /// Leave.
    Quit,
}
