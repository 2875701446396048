//! A sitting without a screen: a line in, words out. What is moved or marked is on the disk before the words are out.

use super::store::{Keeper, LAST_WORDS, News, Source};
use super::trouble::{Exit, Trouble};
use super::{House, texts, warn};
use crate::document::Document;
use crate::document::anchor::Anchor;
use crate::export::spoken;
use crate::reader::linear::Linear;
use crate::{apparatus, shelf};
use std::io::{self, BufRead, ErrorKind, IsTerminal, Read, Write};
use std::sync::mpsc;

/// The longest line that is listened to, in bytes.
const LONGEST: u64 = 4096;

/// Reads a text aloud: paragraph by paragraph where somebody can type, else the whole of it with its notes in place.
///
/// # Errors
/// When the output does not take it.
pub fn sit(house: &House, source: &Source, document: Document) -> Result<Exit, Trouble> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        let standings = apparatus::resolve(&document);
        return super::commands::write(spoken::whole(&document, &standings, true));
    }
    let identity = shelf::identity(document.text());
    let title = document.meta().title.clone().unwrap_or_else(|| texts::name(source));
    let opened = house.store.open(&identity, source, &title);
    opened.complaints.iter().for_each(|c| warn(&c.to_string()));
    let place = opened.place.as_ref().map(|p| p.a.anchor.find(&document, &identity.hash).position());
    let mut linear = Linear::new(document, place.unwrap_or_default(), identity.hash.clone());
    let (tell, news) = mpsc::channel();
    let keeper = Keeper::start(opened.drawer, move |news| {
        // Nobody listens any more when the sitting is about to end.
        let _ = tell.send(news);
    });
    let keeper = keeper.map_err(|why| Trouble::new(Exit::Own, "bookmarks", why, "close other programs"))?;
    if let Err(why) = house.store.set_last(source) {
        warn(&format!("the text is not remembered: {why}"));
    }
    out(&linear.begin())?;
    while let Some(line) = typed()? {
        let answer = linear.take(&line);
        let marked = answer.keep.is_some();
        answer.keep.into_iter().for_each(|draft| keeper.keep(draft));
        let at = Anchor::of_place(linear.document(), linear.place(), &identity.hash);
        keeper.place(at);
        let kept = keeper.flush(LAST_WORDS);
        for news in news.try_iter() {
            match news {
                News::Refused(why) => warn(&why.to_string()),
                News::Kept(Ok(_)) if marked => out("saved")?,
                News::Kept(_) | News::Placed(_) | News::Changed(_) => {}
            }
        }
        if let Err(unsaved) = kept {
            warn(&format!("NOT SAVED: {}", unsaved.reason));
        }
        if answer.quit {
            break;
        }
        if !answer.words.is_empty() {
            out(&answer.words)?;
        }
    }
    Ok(Exit::Done)
}

/// The next line that is typed; none at the end of them.
fn typed() -> Result<Option<String>, Trouble> {
    let mut line = Vec::new();
    let read = io::stdin().lock().take(LONGEST).read_until(b'\n', &mut line);
    match read {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(String::from_utf8_lossy(&line).into_owned())),
        Err(error) => Err(Trouble::new(Exit::Input, "the keyboard", error, "type again")),
    }
}

fn out(words: &str) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{words}\n").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Trouble::printing(&error)),
        _ => Ok(()),
    }
}
