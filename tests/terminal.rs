//! The ways out of the program, each in a terminal of its own: whatever happens, the terminal is as it was before.

mod common {
    pub mod actor;
    pub mod grammar;
    pub mod pty;
}

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use common::actor::{self, DIARY, SLOWLY};
use common::grammar;
use common::pty::{Session, Stage};
use rustix::process::Signal as Kill;
use tempfile::TempDir;

/// What the shell reports when a signal ended the program.
const BY_SIGNAL: u32 = 128;
const ABORTED: u32 = BY_SIGNAL + 6;

fn reader(diary: &TempDir) -> Stage {
    let program = env::current_exe().expect("this program has a name");
    let diary = diary.path().join("diary").display().to_string();
    Stage::of([program.as_os_str(), actor::NAME.as_ref(), "--exact".as_ref(), "--nocapture".as_ref()])
        .env(DIARY, diary)
}

/// Has the reader find a text on standard input.
const TEXT_ON_STDIN: &str = "exec <<END\nready to be read\nEND\n";

fn saved(diary: &TempDir) -> bool {
    fs::read_to_string(diary.path().join("diary")).is_ok_and(|entry| entry == "saved")
}

fn diary() -> TempDir {
    tempfile::tempdir().expect("a folder for a while")
}

/// The terminal is the shell's again, and everything that was written to it belongs there.
#[track_caller]
fn check_restored(session: &Session, case: &str) {
    assert_eq!(session.modes(), session.found(), "{case}: modes of the terminal");
    assert_eq!(grammar::modes_left(&session.bytes()), BTreeMap::new(), "{case}");
    assert!(!session.look(vt100::Screen::alternate_screen), "{case}: alternate screen");
    assert!(!session.look(vt100::Screen::hide_cursor), "{case}: cursor");
}

/// While the terminal was the reader's, it was sent what a reader may send.
#[track_caller]
fn check_grammar(session: &Session, case: &str) {
    for stretch in grammar::stretches(&session.bytes()) {
        if let Err(fault) = grammar::parse(stretch) {
            panic!("{case}: {fault}");
        }
    }
}

/// A way out: what is done, the status that the shell is given, whether the last words are said, what is said on the
/// screen.
type Exit = (&'static str, Leave, u32, bool, &'static str);

#[derive(Clone, Copy)]
enum Leave {
    Key(&'static str),
    Signal(Kill),
}

impl Leave {
    fn take(self, session: &mut Session) {
        match self {
            Self::Key(key) => session.keys(key),
            Self::Signal(signal) => session.signal(signal),
        };
    }
}

const EXITS: [Exit; 14] = [
    ("quit", Leave::Key("q"), 0, false, ""),
    ("error", Leave::Key("e"), 3, false, ""),
    ("panic on main", Leave::Key("p"), 101, true, "on main, \\u{1b}[31min red\\n (tests/common/actor.rs:"),
    ("panic on a worker", Leave::Key("w"), 101, true, "ibid: internal error: on a worker"),
    ("panic in a frame", Leave::Key("d"), 101, true, "your place and bookmarks are saved"),
    ("panic in the hook", Leave::Key("h"), ABORTED, false, "ibid: internal error: aborted"),
    ("stack overflow on main", Leave::Key("s"), ABORTED, false, "ibid: internal error: aborted"),
    ("stack overflow on a worker", Leave::Key("S"), ABORTED, false, "internal error: aborted"),
    ("abort", Leave::Key("a"), ABORTED, false, "ibid: internal error: aborted"),
    ("SIGINT", Leave::Signal(Kill::INT), BY_SIGNAL + 2, true, ""),
    ("SIGTERM", Leave::Signal(Kill::TERM), BY_SIGNAL + 15, true, ""),
    ("SIGHUP", Leave::Signal(Kill::HUP), BY_SIGNAL + 1, true, ""),
    ("SIGQUIT", Leave::Signal(Kill::QUIT), BY_SIGNAL + 3, true, ""),
    ("SIGABRT", Leave::Signal(Kill::ABORT), ABORTED, false, "internal error: aborted"),
];

#[track_caller]
fn check_exits(term: &str) {
    for (case, leave, status, says_last_words, message) in EXITS {
        let case = format!("{case} on {term}");
        let diary = diary();
        let mut session = reader(&diary).env("TERM", term).size((120, 24)).start();
        session.shows("120x24, resumed 0: ready");
        assert_ne!(session.modes(), session.found(), "{case}: the terminal should be raw");
        leave.take(&mut session);
        assert_eq!(session.shell(), status, "{case}: status\n{}", session.screen());
        check_restored(&session, &case);
        if status != ABORTED {
            // The standard library says why it aborts, where it stands.
            check_grammar(&session, &case);
        }
        assert_eq!(saved(&diary), says_last_words, "{case}: last words\n{}", session.screen());
        session.shows(message);
        assert!(session.cpu() < Duration::from_millis(200), "{case}: {:?} of processor time", session.cpu());
    }
}

#[test]
fn every_way_out_restores_an_xterm() {
    check_exits("xterm-256color");
}

#[test]
fn every_way_out_restores_a_screen() {
    check_exits("screen");
}

#[test]
fn every_way_out_restores_a_console() {
    check_exits("linux");
}

#[test]
fn it_stops_and_goes_on_as_often_as_it_is_asked() {
    let stops = [Leave::Key("Ctrl-z"), Leave::Signal(Kill::TSTP), Leave::Key("Ctrl-z")];
    let diary = diary();
    let mut session = reader(&diary).start();
    session.shows("80x24, resumed 0: ready");
    for (times, stop) in (1..).zip(stops) {
        stop.take(&mut session);
        assert!(session.shell() > BY_SIGNAL);
        check_restored(&session, "stopped");
        check_grammar(&session, "stopped");
        session
            .resize((60 + times, 20))
            .keys("\"fg\" Enter")
            .shows(&format!("{}x20, resumed {times}", 60 + times));
        assert!(session.look(vt100::Screen::alternate_screen));
    }
    session.keys("j").shows("key Char('j')").keys("q");
    assert_eq!(session.shell(), 0);
    check_restored(&session, "after being stopped");
}

#[test]
fn a_stop_that_nobody_asked_for_is_made_good() {
    let diary = diary();
    let mut session = reader(&diary).start();
    session.shows("ready").signal(Kill::STOP);
    assert!(session.shell() > BY_SIGNAL);
    // The terminal is raw still, and takes Enter for what it is.
    session.keys("\"fg\" Ctrl-j").shows("resumed 1").keys("q");
    assert_eq!(session.shell(), 0);
    assert_eq!(session.modes(), session.found());
    assert_eq!(grammar::modes_left(&session.bytes()), BTreeMap::new());
}

#[test]
fn where_no_shell_would_wake_it_it_does_not_stop() {
    let diary = diary();
    let mut session = reader(&diary).alone("").start();
    session
        .shows("ready")
        .keys("Ctrl-z")
        .settles()
        .keys("j")
        .shows("key Char('j')")
        .signal(Kill::TSTP)
        .settles();
    session.keys("k").shows("key Char('k')").keys("q");
    assert_eq!(session.ends().code, Some(0));
}

#[test]
fn a_terminal_that_is_gone_ends_it_at_once() {
    for (prelude, slowly) in
        [("", "0"), ("trap '' HUP;", "0"), ("trap '' HUP;", "300"), (TEXT_ON_STDIN, "300")]
    {
        let diary = diary();
        let mut session = reader(&diary).env(SLOWLY, slowly).alone(prelude).start();
        session.shows("ready").hang_up();
        let began = Instant::now();
        let ending = session.ends();
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        assert_eq!(ending.signal.as_deref(), Some("Hangup"), "{ending:?}");
        assert!(ending.cpu <= Duration::from_millis(50), "{ending:?}");
        assert!(saved(&diary));
    }
}

#[test]
fn a_terminal_that_takes_nothing_does_not_keep_it_from_saving() {
    let diary = diary();
    let mut session = reader(&diary).alone("").start();
    session.shows("ready").stall().keys("f");
    thread::sleep(Duration::from_millis(200));
    session.signal(Kill::TERM);
    assert_eq!(session.ends().signal.as_deref(), Some("Terminated"));
    assert!(saved(&diary));
}

#[test]
fn last_words_that_take_too_long_do_not_keep_it_from_ending() {
    let diary = diary();
    let mut session = reader(&diary).env(SLOWLY, "60000").start();
    session.shows("ready").signal(Kill::TERM);
    assert_eq!(session.shell(), BY_SIGNAL + 15);
    check_restored(&session, "slow last words");
    assert!(!saved(&diary));
}

#[test]
fn in_the_background_it_waits_to_be_called() {
    let diary = diary();
    let mut session = reader(&diary).in_background().start();
    assert_eq!(session.shell(), 0);
    thread::sleep(Duration::from_millis(200));
    check_restored(&session, "in the background");
    session.keys("\"fg\" Enter").shows("ready").keys("q");
    assert_eq!(session.shell(), 0);
    check_restored(&session, "after the background");
    assert!(session.cpu() <= Duration::from_millis(50), "{:?}", session.cpu());
}

#[test]
fn a_file_that_may_not_grow_is_no_reason_to_die() {
    let diary = diary();
    let mut session = reader(&diary).alone("ulimit -f 0;").start();
    session.shows("ready").keys("x").shows("FileTooLarge").keys("q");
    assert_eq!(session.ends().code, Some(0));
}

#[test]
fn keys_come_from_the_terminal_when_a_text_comes_from_elsewhere() {
    let diary = diary();
    let mut session = reader(&diary).alone(TEXT_ON_STDIN).start();
    session.shows("ready to be read").keys("j").shows("key Char('j')").keys("q");
    assert_eq!(session.ends().code, Some(0));
}

#[test]
fn input_is_heard() {
    let diary = diary();
    let mut session = reader(&diary).start();
    session.shows("ready").paste("q\x1b[31m").shows("pasted q");
    session
        .keys("PageDown")
        .shows("key PageDown")
        .keys("Shift-Tab")
        .shows("key BackTab")
        .keys("F1")
        .shows("key F(1)");
    session.keys("Esc").shows("key Esc").keys("c").shows("as expected").resize((33, 7)).shows("33x7");
    session.keys("q");
    assert_eq!(session.shell(), 0);
}

#[test]
fn a_storm_of_sizes_passes() {
    let diary = diary();
    let mut session = reader(&diary).start();
    session.shows("ready");
    for n in 1..100 {
        session.resize((1 + n * 37 % 300, 1 + n * 11 % 100)).keys("j");
    }
    session.resize((50, 10)).shows("50x10, resumed 0: key");
    for (n, key) in (0..).zip(["j", "k"].into_iter().cycle().take(200)) {
        session
            .resize((60 + n % 7, 20))
            .keys(key)
            .shows(&format!("{}x20, resumed 0: key Char('{key}')", 60 + n % 7));
    }
    session.keys("q");
    assert_eq!(session.shell(), 0);
    check_restored(&session, "after a storm");
    check_grammar(&session, "in a storm");
}

#[test]
fn many_keys_at_once_are_all_heard() {
    let diary = diary();
    let mut session = reader(&diary).start();
    session.shows("ready").keys(&format!("\"{}k\"", "j".repeat(2500))).shows("key Char('k')").keys("q");
    assert_eq!(session.shell(), 0);
}

#[test]
fn an_idle_reader_costs_nothing() {
    let diary = diary();
    let mut session = reader(&diary).start();
    session.shows("ready").settles();
    let before = session.bytes().len();
    thread::sleep(Duration::from_millis(500));
    assert_eq!(session.bytes().len(), before);
    session.keys("q");
    session.shell();
    assert!(session.cpu() <= Duration::from_millis(50), "{:?}", session.cpu());
}
