//! What the machine asks for is done here.

use super::{Moment, Session, size_of};
use crate::reader::list::Kind;
use crate::reader::{Effect, Event, Message, update};
use crate::shell::signals::{self, Signal};
use crate::shell::terminal::Terminal;
use crate::shell::watch::Stamp;
use crate::shell::{clipboard, editor, links, recents, texts};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

impl Session<'_> {
    /// Does what the machine asks for; `false` to leave.
    pub(super) fn perform(
        &mut self,
        effect: Effect,
        terminal: &mut Terminal,
        moments: &Receiver<Moment>,
    ) -> std::io::Result<bool> {
        match effect {
            Effect::Keep(draft) => self.keeper.keep(draft),
            Effect::Refresh => self.keeper.refresh(),
            Effect::Carry => {
                if let Some(offer) = self.offer.take() {
                    self.keeper.carry(offer);
                }
            }
            Effect::Edit(text) => {
                for event in self.edit(&text, terminal, moments)? {
                    for effect in update(&mut self.state, event) {
                        self.perform(effect, terminal, moments)?;
                    }
                }
            }
            Effect::Copy(text) => {
                terminal.copy(&text)?;
                clipboard::fill(text);
            }
            Effect::Follow(address) => {
                let said = match links::follow(&address) {
                    Ok(()) => Message::Said(format!("opening {address}")),
                    Err(error) => Message::Failed(format!("{address}: {error}")),
                };
                self.tell(Event::Said(said));
            }
            Effect::Open(name) => self.change_text(&name),
            Effect::Recent => {
                let items = self.desk.house.store.recent().iter().map(recents::item).collect();
                self.tell(Event::Listed(Kind::Recent, items));
            }
            Effect::Settings => {
                let items = self.settings();
                self.tell(Event::Listed(Kind::Settings, items));
            }
            Effect::Settle(change) => self.unsettled.push(change),
            Effect::Prepare { regular } => {
                let (document, index) =
                    (Arc::clone(&self.state.text.document), Arc::clone(&self.state.text.index));
                // Where no thread can be had, the first letter waits for the copy.
                let _ = std::thread::Builder::new()
                    .name("fold".to_owned())
                    .spawn(move || index.prepare(&document, regular));
            }
            Effect::Redraw => terminal.repaint(),
            Effect::Suspend => {
                self.suspend(terminal)?;
                let size = size_of(terminal);
                self.tell(Event::Resized(size));
            }
            Effect::Quit => return Ok(false),
        }
        Ok(true)
    }

    /// Has a text written in the editor, which has the terminal meanwhile. Returns what it left, behind all that has
    /// happened since.
    fn edit(
        &mut self,
        text: &str,
        terminal: &mut Terminal,
        moments: &Receiver<Moment>,
    ) -> std::io::Result<Vec<Event>> {
        // The editor may take long, and take the whole computer with it.
        let _ = self.leave();
        terminal.lend();
        let mut since = Vec::new();
        let edited = editor::start(text).and_then(|(editing, mut child)| {
            let tell = self.desk.listener.clone();
            std::thread::Builder::new().name("editor".to_owned()).spawn(move || {
                let ended_well = child.wait().is_ok_and(|status| status.success());
                let _ = tell.send(Moment::Edited(ended_well));
            })?;
            let mut ended_well = None;
            editing.finish(loop {
                match moments.recv() {
                    Ok(Moment::Edited(well)) => {
                        ended_well = Some(well);
                        // An interrupt that was meant for the editor must not come to us when it has ended.
                        signals::tell_size();
                    }
                    Ok(Moment::Signal(Signal::Resize(_))) => {
                        if let Some(well) = ended_well {
                            break well;
                        }
                    }
                    Err(_) => break false,
                    // The editor has stopped, and a shell waits for us to stop as well.
                    Ok(Moment::Signal(Signal::Suspend)) => terminal.stop_with_borrower(),
                    Ok(Moment::Signal(Signal::Continue) | Moment::Input(_)) => {}
                    Ok(news @ (Moment::News(_) | Moment::Reread(_))) => since.push(news),
                }
            })
        });
        terminal.take_back()?;
        let mut events = vec![Event::Resized(size_of(terminal))];
        for moment in since {
            events.extend(self.event(moment, terminal)?);
        }
        events.push(Event::Edited(edited.map_err(|error| error.to_string())));
        Ok(events)
    }

    pub(super) fn suspend(&mut self, terminal: &mut Terminal) -> std::io::Result<()> {
        // What failed is told by the keeper's news.
        let _ = self.leave();
        terminal.suspend()
    }

    /// Reads another text in the place of this one; if it cannot be read, this one stays.
    fn change_text(&mut self, name: &str) {
        let source = recents::named(name);
        let seen = Stamp::of_source(&source);
        match texts::open(&source, &self.desk.house.options, &self.desk.house.keymap) {
            Err(trouble) => self.tell(Event::Said(Message::Failed(trouble.to_string()))),
            Ok(document) => {
                if let Err(unsaved) = self.leave()
                    && !unsaved.records.is_empty()
                {
                    // Another text would drop them.
                    let words =
                        format!("{}; this text stays open until its bookmarks are saved", unsaved.reason);
                    return self.tell(Event::Said(Message::Failed(words)));
                }
                match Session::open(self.desk.clone(), source, document, seen, self.state.size) {
                    Ok(session) => *self = session,
                    Err(trouble) => self.tell(Event::Said(Message::Failed(trouble.to_string()))),
                }
            }
        }
    }
}
