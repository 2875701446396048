//! One event in, effects out.

use super::highlights::Remark;
use super::moving::Scroll;
use super::prompt::Kind as Asking;
use super::{Effect, Event, Gift, Message, Mode, Pending, State, help};
use crate::command::{Command, Context};
use crate::document::anchor::{Anchor, Found};
use crate::document::clean::excerpt;
use crate::keymap::{Key, Lookup};
use crate::layout::width::measured;
use crate::shelf::{Draft, Shelf};
use std::sync::Arc;
use tui_input::InputRequest;

/// Takes an event; returns what is to be done.
#[must_use]
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let (before, settled) = (state.options, state.settings.clone());
    let mut effects = measured(state.options.ambiguous, || take(state, event));
    // What a key has changed is written down, whichever key it was; what came from the settings stands there already.
    if state.options != before && state.settings == settled {
        effects.extend(state.settle(&before).into_iter().map(Effect::Settle));
        state.refresh_settings();
    }
    state.reload();
    state.drop_hidden_choice();
    effects
}

fn take(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Key(key) => press(state, key),
        Event::Pasted(text) => {
            state.paste(&text);
            Vec::new()
        }
        Event::Pointed(pointer) => {
            state.message = None;
            state.point(pointer)
        }
        Event::Resized(size) => {
            state.size = size;
            state.set();
            state.bound_help();
            Vec::new()
        }
        Event::Kept(shelf) => {
            state.unsaved = None;
            state.say("saved");
            shelved(state, shelf)
        }
        Event::Unkept(shelf, why) => {
            state.unsaved = Some(why);
            shelved(state, shelf)
        }
        Event::Placed(kept) => {
            state.unplaced = kept.err();
            Vec::new()
        }
        Event::Shelved(shelf) => shelved(state, shelf),
        Event::Listed(kind, items) => {
            state.open_list(kind, items, 0);
            Vec::new()
        }
        Event::Edited(edited) => state.take_edited(edited),
        Event::Said(message) => {
            state.message = Some(message);
            Vec::new()
        }
        Event::Reloaded(text) => state.changed(text),
    }
}

fn shelved(state: &mut State, shelf: Arc<Shelf>) -> Vec<Effect> {
    state.put_shelf(shelf);
    state.refresh_bookmarks();
    Vec::new()
}

impl Mode {
    /// The table in which its keys are looked up.
    pub fn context(&self) -> Context {
        match self {
            Mode::Reading => Context::Reading,
            Mode::Note { .. } => Context::Note,
            Mode::Select(_) => Context::Select,
            Mode::List(_) => Context::List,
            Mode::Prompt(_) => Context::Prompt,
            Mode::Help { .. } => Context::Help,
        }
    }
}

/// Finds out what a key means here: a letter that was waited for, a part of a count or a sequence, a command, or a
/// character of the line that is being typed.
fn press(state: &mut State, key: Key) -> Vec<Effect> {
    let context = state.mode.context();
    let mut pending = std::mem::take(&mut state.pending);
    // The message stands until the next key. An offer that it hid has not been seen yet, and waits.
    let offer_hidden = state.message.take().is_some();
    let waiting = pending != Pending::default();
    if waiting
        && state.keymap.lookup(context, &[key]) == Lookup::Command(Command::Leave)
        && key.types().is_none()
    {
        // Esc takes back what was typed so far, and no more.
        return Vec::new();
    }
    if let Some(command) = pending.letter {
        if let Some(letter) = key.types() {
            return perform(state, command, pending.count, Some(letter));
        }
        pending = Pending::default();
    }
    let typing = context == Context::Prompt;
    if !typing
        && pending.keys.is_empty()
        && let Some(digit) = digit(key, pending.count.is_some())
    {
        pending.count =
            Some(pending.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(1_000_000));
        state.pending = pending;
        return Vec::new();
    }
    pending.keys.push(key);
    match state.keymap.lookup(context, &pending.keys) {
        Lookup::Command(command) => {
            if !offer_hidden && command != Command::TakeOffer {
                state.offer = None;
            }
            if command.takes_letter() {
                state.pending = Pending { letter: Some(command), ..pending };
                return Vec::new();
            }
            perform(state, command, pending.count, None)
        }
        Lookup::Pending => {
            state.pending = pending;
            Vec::new()
        }
        Lookup::Unbound => {
            match key.types().filter(|_| typing) {
                Some(c) => state.edit(InputRequest::InsertChar(c)),
                None if typing || pending.count.is_some() => {}
                None => unbound(state, &pending.keys),
            }
            Vec::new()
        }
    }
}

/// A figure of a count: not a leading zero.
fn digit(key: Key, counting: bool) -> Option<u32> {
    key.types().and_then(|c| c.to_digit(10)).filter(|&d| d > 0 || counting)
}

fn unbound(state: &mut State, keys: &[Key]) {
    let keys = keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ");
    let help = state.keymap.keys_for(state.mode.context(), Command::Help);
    let help = help.first().map_or("F1", String::as_str);
    state.say(format!("{keys} does nothing here; {help} shows the keys"));
}

/// Carries out a command in the mode one is in.
fn perform(state: &mut State, command: Command, count: Option<u32>, letter: Option<char>) -> Vec<Effect> {
    let times = i64::from(count.unwrap_or(1).max(1));
    if !matches!(command, Command::Open) {
        state.link_shown = None;
    }
    if !matches!(command, Command::Highlight | Command::Comment) {
        state.just_made = None;
    }
    match command {
        Command::LineDown => state.scroll(Scroll::Lines(times)),
        Command::LineUp => state.scroll(Scroll::Lines(-times)),
        Command::PageDown => state.scroll(Scroll::Pages(times)),
        Command::PageUp => state.scroll(Scroll::Pages(-times)),
        Command::HalfPageDown => state.scroll(Scroll::Halves(times)),
        Command::HalfPageUp => state.scroll(Scroll::Halves(-times)),
        Command::NextSection => state.by_sections(times),
        Command::PreviousSection => state.by_sections(-times),
        Command::NextParagraph => state.by_paragraphs(times),
        Command::PreviousParagraph => state.by_paragraphs(-times),
        Command::Select => state.select(),
        Command::Copy => return state.copy(),
        Command::CopyCited => return state.copy_cited(),
        Command::Highlight => return state.highlight(),
        Command::Comment => state.comment(),
        Command::Editor => return state.edit_outside(),
        Command::NextUnit => state.select_units(times),
        Command::PreviousUnit => state.select_units(-times),
        Command::NextWord => state.select_words(times),
        Command::PreviousWord => state.select_words(-times),
        Command::NextSentence => state.select_sentences(times),
        Command::PreviousSentence => state.select_sentences(-times),
        Command::LineStart => state.select_line_edge(false),
        Command::LineEnd => state.select_line_edge(true),
        Command::SwapEnds => state.swap_ends(),
        Command::SectionStart => state.go_to_section_edge(false),
        Command::SectionEnd => state.go_to_section_edge(true),
        Command::TextStart => state.go_to_edge(false),
        Command::TextEnd => state.go_to_edge(true),
        Command::Contents => state.open_contents(),
        Command::GoTo => state.ask(Asking::GoTo, ""),
        Command::NextReference => state.choose(times),
        Command::PreviousReference => state.choose(-times),
        Command::Open => return state.open(count),
        Command::NextCandidate => state.next_candidate(),
        Command::CitingPlaces => state.open_citing(),
        Command::NotesPlace => state.next_notes_place(),
        Command::Back => state.travel(-times),
        Command::Forward => state.travel(times),
        Command::AddBookmark => {
            let at = state.focus();
            state.ask(Asking::Label(at), "");
        }
        Command::Bookmarks => {
            state.open_bookmarks();
            return vec![Effect::Refresh];
        }
        Command::SetMark => return set_mark(state, letter),
        Command::GoToMark => return go_to_mark(state, letter),
        Command::Where => tell_place(state),
        Command::TakeOffer => return take_offer(state),
        Command::Search => return state.ask_search(Asking::Search, false),
        Command::SearchBackward => return state.ask_search(Asking::Search, true),
        Command::Concordance => return state.concordance(),
        Command::NextMatch => return state.next_match(times),
        Command::PreviousMatch => return state.next_match(-times),
        Command::Wider => state.measure(Some(2 * times)),
        Command::Narrower => state.measure(Some(-2 * times)),
        Command::DefaultMeasure => state.measure(None),
        Command::ContentsPanel => {
            state.options.panel = !state.options.panel;
            state.set();
            let off = if state.options.panel { "contents beside the text" } else { "contents in a list" };
            state.say(state.no_panel().unwrap_or_else(|| off.to_owned()));
        }
        Command::NextTheme => {
            state.options.theme = (state.options.theme + times.unsigned_abs() as usize) % state.themes.len();
            state.say(format!("theme: {}", state.theme().name));
        }
        Command::Justify => state.toggle_justified(),
        Command::Columns => state.toggle_columns(),
        Command::Accept => return accept(state),
        Command::Rename => rename(state),
        Command::Delete => return state.delete_item(),
        Command::Restore => return state.restore_item(),
        Command::ForThisText => return state.settle_item(),
        Command::Sort => return state.sort(),
        Command::Filter => {
            let line = match &state.mode {
                Mode::List(list) => list.filter.clone(),
                _ => String::new(),
            };
            state.ask(Asking::Filter, &line);
        }
        Command::Earlier => state.recall(true),
        Command::Later => state.recall(false),
        Command::RegularExpression => return state.toggle_regular(),
        Command::DeleteBack => delete_back(state),
        Command::DeleteForward => state.edit(InputRequest::DeleteNextChar),
        Command::DeleteWord => state.edit(InputRequest::DeletePrevWord),
        Command::DeleteLine => state.edit(InputRequest::DeleteLine),
        Command::CursorLeft => state.edit(InputRequest::GoToPrevChar),
        Command::CursorRight => state.edit(InputRequest::GoToNextChar),
        Command::WordLeft => state.edit(InputRequest::GoToPrevWord),
        Command::WordRight => state.edit(InputRequest::GoToNextWord),
        Command::CursorStart => state.edit(InputRequest::GoToStart),
        Command::CursorEnd => state.edit(InputRequest::GoToEnd),
        Command::Help => toggle_help(state),
        Command::Leave => leave(state),
        Command::Redraw => return vec![Effect::Redraw],
        Command::Suspend => return vec![Effect::Suspend],
        Command::Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

/// Closes the topmost thing: a chosen reference or lit matches count as one.
fn leave(state: &mut State) {
    match std::mem::replace(&mut state.mode, Mode::Reading) {
        Mode::Reading => {
            if state.chosen.take().is_none() {
                state.search.put_out();
            }
        }
        Mode::Note { .. } => {}
        Mode::Select(selection) => state.mode = *selection.over,
        Mode::List(list) => {
            if list.filter.is_empty() {
                state.mode = *list.over;
            } else {
                let mut list = list;
                list.set_filter(&state.text, String::new());
                state.mode = Mode::List(list);
            }
        }
        Mode::Help { over, .. } => state.mode = *over,
        prompt @ Mode::Prompt(_) => {
            state.mode = prompt;
            state.leave_prompt();
        }
    }
}

fn accept(state: &mut State) -> Vec<Effect> {
    match state.mode {
        Mode::List(_) => state.accept_item(),
        Mode::Prompt(_) => state.accept_prompt(),
        Mode::Reading | Mode::Note { .. } | Mode::Select(_) | Mode::Help { .. } => Vec::new(),
    }
}

fn toggle_help(state: &mut State) {
    match std::mem::replace(&mut state.mode, Mode::Reading) {
        Mode::Help { over, .. } => state.mode = *over,
        other => state.mode = Mode::Help { over: Box::new(other), top: 0 },
    }
}

/// On an empty line there is nothing left to delete but the prompt, as in vi and less.
fn delete_back(state: &mut State) {
    match &state.mode {
        Mode::Prompt(prompt) if prompt.input.value().is_empty() => state.leave_prompt(),
        _ => state.edit(InputRequest::DeletePrevChar),
    }
}

fn rename(state: &mut State) {
    let Mode::List(list) = &state.mode else { return };
    match list.chosen().and_then(|i| i.id.clone()) {
        Some(id) if state.shelf.get(&id).is_some_and(|item| item.colour().is_some()) => {
            state.ask_comment(Remark::On(id));
        }
        Some(id) => {
            let label = state.shelf.get(&id).map_or_else(String::new, |e| excerpt(e.label, usize::MAX));
            state.ask(Asking::Rename(id), &label);
        }
        None => state.say("this entry cannot be renamed"),
    }
}

fn set_mark(state: &mut State, letter: Option<char>) -> Vec<Effect> {
    let Some(name) = letter.filter(char::is_ascii_lowercase) else {
        return state.fail("marks are called a to z");
    };
    let at = Anchor::of_place(state.document(), state.focus(), &state.text.identity);
    vec![Effect::Keep(Draft::Mark { name, at })]
}

fn go_to_mark(state: &mut State, letter: Option<char>) -> Vec<Effect> {
    match letter {
        Some('\'' | '`') => state.toggle_place(),
        Some(name) => {
            match state.shelf.mark(name).map(|m| m.anchor.find(state.document(), &state.text.identity)) {
                Some(Found::Attached(at)) => state.leap_unless_shown(at),
                Some(Found::Detached(at)) => {
                    state.leap(at);
                    state.message = Some(Message::Failed(format!(
                        "the words of mark {name} are gone; it stood about here"
                    )));
                }
                None => return state.fail(format!("no mark {name} is set")),
            }
        }
        None => {}
    }
    Vec::new()
}

fn take_offer(state: &mut State) -> Vec<Effect> {
    match state.offer.take().map(|o| o.gift) {
        Some(Gift::Place(at)) => state.leap(at),
        Some(Gift::Marks) => return vec![Effect::Carry],
        None => return state.fail("nothing is offered"),
    }
    Vec::new()
}

/// Section, paragraph, percentage, minutes: everything one may want to cite or to plan by.
fn tell_place(state: &mut State) {
    let document = state.document();
    let at = state.focus();
    let mut words = vec![document.name_of(at)];
    words.extend(document.page_at(at).map(|page| format!("p. {}", page.label)));
    if document.note_at(at).is_none() {
        if let Some(section) = document.section_at(at) {
            words.push(excerpt(document.section_title(section), 60));
        }
        words.push(format!("{:.0}%", document.progress(at) * 100.0));
    }
    words.extend(state.remark_here());
    words.push(minutes(state.minutes_left()));
    let words = words.join(" · ");
    state.say(words);
}

/// How minutes are told.
pub fn minutes(minutes: usize) -> String {
    match minutes {
        0 => "done".to_owned(),
        m if m < 60 => format!("{m} min left"),
        m => format!("{} h {:02} min left", m / 60, m % 60),
    }
}

/// The rows of the help for what lies beneath it.
pub(super) fn help_lines(keymap: &crate::keymap::Keymap, over: &Mode, columns: u16) -> Vec<Vec<help::Cell>> {
    help::help(keymap, over.context(), help_columns(columns)).rows
}

/// The cells the help may take: more than the measure, where the terminal has them.
pub fn help_columns(columns: u16) -> u16 {
    columns.saturating_sub(if columns < 30 { 0 } else { 4 }).min(150)
}
