//! The reader, played by this program itself: all of the shell that has to do with the terminal, and no text.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use std::{env, fs, hint, process, thread};

use crossterm::event::{KeyCode, KeyModifiers};
use ibid::shell::painter::Depth;
use ibid::shell::signals::{self, LastWords, Signal, contained, install_panic_hook};
use ibid::shell::terminal::{self, Input, Terminal};
use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::style::Style;

/// The test that is no test, but what a session runs.
pub const NAME: &str = "common::actor::performs";

/// The variable that makes it perform, and names the file for its last words.
pub const DIARY: &str = "IBID_TEST_DIARY";

/// How long the last words take, in milliseconds.
pub const SLOWLY: &str = "IBID_TEST_SLOWLY";

enum Event {
    Input(Input),
    Signal(Signal),
}

impl From<Input> for Event {
    fn from(input: Input) -> Self {
        Self::Input(input)
    }
}

impl From<Signal> for Event {
    fn from(signal: Signal) -> Self {
        Self::Signal(signal)
    }
}

#[test]
fn performs() {
    if let Some(diary) = env::var_os(DIARY) {
        let takes = env::var(SLOWLY).ok().and_then(|millis| millis.parse().ok()).unwrap_or(0);
        let save = move || {
            thread::sleep(Duration::from_millis(takes));
            fs::write(&diary, "saved").expect("a diary takes an entry");
        };
        process::exit(play(save).unwrap_or(1));
    }
}

fn play(save: impl FnOnce() + Send + 'static) -> io::Result<i32> {
    let line = if io::stdin().is_terminal() {
        "ready".to_owned()
    } else {
        io::read_to_string(terminal::take_text()?)?
    };
    let (sender, events) = channel();
    let last_words = LastWords::new(save);
    install_panic_hook(last_words.clone());
    signals::watch(sender.clone(), last_words.clone())?;
    terminal::events::<Event>(sender)?;
    let mut terminal = Terminal::enter(Depth::Ansi16)?;
    act(&mut terminal, &events, line).or_else(|_| signals::hang_up(&last_words))
}

fn act(terminal: &mut Terminal, events: &Receiver<Event>, mut line: String) -> io::Result<i32> {
    let mut resumed = 0;
    loop {
        let size = terminal.size();
        terminal.draw(|frame| {
            let text = format!("{}x{}, resumed {resumed}: {line}", size.width, size.height);
            frame.buffer_mut().set_string(0, 0, text, Style::new());
            frame.set_cursor_position(Position::ORIGIN);
        })?;
        match events.recv().map_err(io::Error::other)? {
            Event::Input(Input::Paste(text)) => line = format!("pasted {text}"),
            Event::Input(Input::Mouse(_)) => {}
            Event::Signal(Signal::Resize(size)) => terminal.resize(size),
            Event::Signal(Signal::Suspend) => terminal.suspend()?,
            Event::Signal(Signal::Continue) => {
                terminal.resume()?;
                resumed += 1;
            }
            Event::Input(Input::Key(key)) if key.modifiers == KeyModifiers::CONTROL => terminal.suspend()?,
            Event::Input(Input::Key(key)) => match key.code {
                KeyCode::Char('q') => return Ok(0),
                KeyCode::Char('e') => return Ok(3),
                KeyCode::Char('p') => panic!("on main, \x1b[31min red\n"),
                KeyCode::Char('w') => drop(thread::spawn(|| panic!("on a worker")).join()),
                KeyCode::Char('d') => terminal.draw(|_| panic!("in a frame"))?,
                KeyCode::Char('h') => {
                    std::panic::set_hook(Box::new(|_| panic!("in the hook")));
                    panic!("twice");
                }
                KeyCode::Char('s') => drop(overflow(1)),
                KeyCode::Char('S') => drop(thread::spawn(|| overflow(1)).join()),
                KeyCode::Char('a') => process::abort(),
                KeyCode::Char('f') => flood(terminal)?,
                KeyCode::Char('x') => line = format!("{:?}", tempfile::tempfile()?.write_all(&[0; 4096])),
                KeyCode::Char('c') => line = format!("{:?}", contained(|| panic!("as expected"))),
                code => line = format!("key {code:?}"),
            },
        }
    }
}

/// Writes more than any terminal holds that does not read.
fn flood(terminal: &mut Terminal) -> io::Result<()> {
    for letter in ('a'..='z').cycle().take(1000) {
        let line = letter.to_string().repeat(usize::from(terminal.size().width));
        let all = |frame: &mut Frame| {
            for y in 0..frame.area().height {
                frame.buffer_mut().set_string(0, y, &line, Style::new());
            }
        };
        terminal.draw(all)?;
    }
    Ok(())
}

#[allow(unconditional_recursion, reason = "that is the point")]
fn overflow(depth: u64) -> u64 {
    hint::black_box(overflow(hint::black_box(depth + 1)) + depth)
}
