//! A text as an editor has it: words in paragraphs, each word known by a number whatever becomes of it.

use ibid::document::builder::Builder;
use ibid::document::report::Format;
use ibid::document::{Document, Kind};
use std::collections::HashMap;
use std::ops::Range;

/// A word, and the number that it keeps. In a script without blanks two characters are one.
#[derive(Clone, Debug)]
pub struct Word {
    pub id: usize,
    pub text: String,
    /// Whether a blank stands before it, unless it is the first.
    pub is_parted: bool,
}

/// A heading or a paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub kind: Kind,
    pub words: Vec<Word>,
}

/// A copy of a text that can be edited.
#[derive(Clone, Debug)]
pub struct Copy {
    pub paragraphs: Vec<Paragraph>,
    next: usize,
}

impl Copy {
    /// The words of a document. Its notes are paragraphs behind the others.
    pub fn of(document: &Document) -> Copy {
        let mut copy = Copy { paragraphs: Vec::new(), next: 0 };
        for block in document.blocks() {
            let kind = match block.kind {
                Kind::Heading(level) => Kind::Heading(level),
                _ => Kind::Paragraph,
            };
            let text = &document.text()[block.range.clone()];
            let mut words = Vec::new();
            for word in text.split_whitespace() {
                let is_unspaced = word.contains(|c| c >= '\u{2e80}');
                let letters: Vec<char> = word.chars().collect();
                for (i, piece) in letters.chunks(if is_unspaced { 2 } else { letters.len() }).enumerate() {
                    let word = copy.word(&piece.iter().collect::<String>());
                    words.push(Word { is_parted: i == 0, ..word });
                }
            }
            copy.paragraphs.push(Paragraph { kind, words });
        }
        copy
    }

    /// A word that was not there before.
    pub fn word(&mut self, text: &str) -> Word {
        self.next += 1;
        Word { id: self.next, text: text.to_owned(), is_parted: true }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.paragraphs.iter().map(|p| p.words.len()).sum()
    }

    /// The document that it makes, and where each word stands in it.
    pub fn set(&self) -> (Document, HashMap<usize, Range<usize>>) {
        let mut builder = Builder::new(Format::Text, "UTF-8");
        for paragraph in self.paragraphs.iter().filter(|p| !p.words.is_empty()) {
            let mut text = String::new();
            for word in &paragraph.words {
                text += if word.is_parted { " " } else { "" };
                text += &word.text;
            }
            builder.block(paragraph.kind, 0, &text);
        }
        let document = builder.finish();
        let places = self.places(&document);
        (document, places)
    }

    /// Where each word stands in a document that holds these words in this order, whatever else it holds.
    pub fn places(&self, document: &Document) -> HashMap<usize, Range<usize>> {
        let text = document.text();
        let mut at = 0;
        let mut places = HashMap::new();
        for word in self.paragraphs.iter().flat_map(|p| &p.words) {
            // What was hidden or replaced in the word does not tell.
            let Some(found) = text[at..].find(&word.text) else { continue };
            if found > 400 {
                continue;
            }
            places.insert(word.id, at + found..at + found + word.text.len());
            at += found + word.text.len();
        }
        places
    }
}
