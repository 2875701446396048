//! What is read: a document and what is made of it.

use super::options::MEASURE;
use crate::apparatus::Standing;
use crate::document::Document;
use crate::layout::{Galley, Style, bidi};
use std::sync::Arc;

/// A text that is read.
#[derive(Debug)]
pub struct Text {
    /// The document; the thread that folds it shares it.
    pub document: Arc<Document>,
    /// It, set to the measure in force.
    pub galley: Galley,
    /// It, set to the margin, where its notes stand there.
    pub aside: Option<Galley>,
    /// Its folded copies.
    pub index: Arc<crate::search::Index>,
    /// What it is known by, so that places in it can be trusted (see `shelf`).
    pub identity: String,
    /// What names it on the screen where it has no title: its file.
    pub name: String,
    /// What each note stands for.
    pub standings: Vec<Option<Standing>>,
    /// Whether a row under a note says what it stands for.
    pub(super) glosses: Vec<bool>,
    /// Its words, estimated from its beginning.
    pub(super) words: usize,
    /// Whether it is read from right to left.
    pub(super) leftward: bool,
}

impl Text {
    /// A document ready to be read.
    pub fn new(document: Document, identity: String, name: String) -> Text {
        let galley = Galley::new(&document, Style::at(MEASURE));
        let words = estimate_words(&document);
        let leftward = bidi::reads_left(&document);
        let standings = crate::apparatus::resolve(&document);
        let glosses = standings.iter().map(Option::is_some).collect();
        Text {
            document: Arc::new(document),
            galley,
            aside: None,
            index: Arc::default(),
            identity,
            name,
            standings,
            glosses,
            words,
            leftward,
        }
    }

    /// The title, or the name of the file.
    pub fn title(&self) -> &str {
        self.document.meta().title.as_deref().unwrap_or(&self.name)
    }
}

/// Words of the body, counted in its first 64 KB and carried on: good enough to tell minutes.
fn estimate_words(document: &Document) -> usize {
    let body = &document.text()[document.body()];
    let sample = body.floor_char_boundary(64 * 1024);
    // Scripts without blanks are read at about two characters for a word.
    let unspaced = |c: &char| ('\u{2e80}'..='\u{9fff}').contains(c) || ('\u{ac00}'..='\u{d7af}').contains(c);
    match sample {
        0 => 0,
        n => {
            let sample = &body[..n];
            let words = sample.split_whitespace().count() + sample.chars().filter(unspaced).count() / 2;
            words * body.len() / n
        }
    }
}
