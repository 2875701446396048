//! ibid: a terminal reader for annotated prose. This file is the map of the house.
//!
//! # The one idea
//!
//! An essay is one text; everything else is a range over it. Importers bring every source to a
//! [`Document`](document::Document): a single string, body first and then the notes, and sorted lists of ranges over it.
//! A place is a byte offset into that string. So a bookmark, a match, a reading place and a leap are the same kind of
//! thing, they compare with `<`, and none of them knows the width of a terminal.
//!
//! ```
//! use ibid::import::{Options, import};
//! use ibid::search::{Index, Query};
//!
//! let source = "Better, they said, than Léon Blum.[^1]\n\n[^1]: A slogan of the thirties.\n";
//! let document = import(source.as_bytes(), "essay.md", &Options::default()).expect("a text");
//! assert_eq!(document.notes().len(), 1);
//! assert_eq!(document.before(document.references()[0].at, 5), "Blum.");
//!
//! let query = Query { pattern: "leon blum".to_owned(), regular: false };
//! let found = Index::default().find(&document, &query).expect("a pattern");
//! assert_eq!(&document.text()[found[0].clone()], "Léon Blum");
//! ```
//!
//! # The floors
//!
//! A module imports only from floors below its own; `tests/floors.rs` sees to it, and to each library's staying in its
//! room.
//!
//! ```text
//! 6  shell      the loop, files, signals, threads, the terminal: the only floor that acts
//! 5  view       a state -> a screen of cells          cli      arguments -> what is asked for
//! 4  reader     the state machine: update(&mut State, Event) -> Vec<Effect>; pure
//! 3  export     clean forms out: Markdown, HTML, JSON, lines of text, quotations
//! 2  keymap     keys -> commands                      shelf    what is kept between sittings
//!    theme      the colours of the inks
//! 1  import     bytes -> a document                   layout   a document -> lines and pages
//!    search     a pattern -> matches                  command  the one table of commands
//!    apparatus  what ibid. stands for, who cites again, what is amiss
//!    complaint  a mistake in a file that the user writes, and what was meant
//! 0  document   the text, the ranges over it, cleaning, anchors; its builder is the only door
//! ```
//!
//! # How a key becomes a screen
//!
//! `shell::terminal` reads it, `shell::keys` names it, [`reader::update`](fn@reader::update) looks it up in the [`keymap`] of its mode,
//! carries out the [`command`] and returns effects; `shell::session` performs them; [`view::draw`] paints the state
//! into cells; `shell::painter`, the only place whose bytes reach the terminal, sends what has changed.
//!
//! # What holds everywhere
//!
//! - The place is the first byte of the top line, and only moving changes it: not a new size, measure or note.
//! - What is seen is laid out, nothing else: rows forward from a place and rows backward from it
//!   ([`layout::Galley`]) make every scroll, page and landing, in a text of whatever length.
//! - Bytes in the document, cells on the screen, graphemes only on the bridge between (`layout`).
//! - What may not reach a terminal is replaced at the builder's door ([`document::clean`]) and checked again at the
//!   painter; nothing vanishes silently ([`document::report`]).
//! - Drawing reads the state and changes nothing; geometry is shared by machine and view ([`reader::frame`]).
//! - What was said to be saved is on the disk (`shell::store`); what could not be saved is said until it is.
//! - Import never fails on words: what is doubtful becomes plain text and a problem, what is left out a change.

pub mod apparatus;
pub mod cli;
pub mod command;
pub mod complaint;
pub mod document;
pub mod export;
pub mod import;
pub mod keymap;
pub mod layout;
pub mod reader;
pub mod search;
pub mod shelf;
pub mod shell;
pub mod theme;
pub mod view;
