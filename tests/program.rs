//! The program itself, in a terminal of its own.

mod common {
    pub mod grammar;
    pub mod pty;
}

use common::grammar;
use common::pty::{Session, Stage};
use rustix::process::Signal;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A reader's home: folders of ibid's own, and texts.
struct Home(TempDir);

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str, words: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, words).expect("a text");
        path
    }

    fn folders(&self) -> [(&'static str, PathBuf); 3] {
        [
            ("IBID_CONFIG_DIR", self.path("config")),
            ("IBID_DATA_DIR", self.path("data")),
            ("IBID_STATE_DIR", self.path("state")),
        ]
    }

    fn stage(&self, args: &[&str]) -> Stage {
        let stage = Stage::of(std::iter::once("ibid").chain(args.iter().copied()));
        self.folders()
            .into_iter()
            .fold(stage, |stage, (name, path)| stage.env(name, path.display().to_string()))
    }

    fn open(&self, args: &[&str]) -> Session {
        self.stage(args).start()
    }

    /// Runs the program without a terminal.
    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
        command.args(args).envs(self.folders()).stdin(Stdio::null());
        command.output().expect("the program runs")
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What was put on the terminal's clipboard, in base 64.
fn copied(session: &Session) -> Vec<String> {
    let tokens = |stretch| grammar::parse(stretch).expect("our grammar");
    let copied = |token| match token {
        grammar::Token::Clipboard(text) => Some(text),
        _ => None,
    };
    grammar::stretches(&session.bytes()).into_iter().flat_map(tokens).filter_map(copied).collect()
}

/// Everything that was written while the terminal was the reader's is of our grammar, and the terminal is as it was.
#[track_caller]
fn check_terminal(session: &Session, case: &str) {
    for stretch in grammar::stretches(&session.bytes()) {
        if let Err(fault) = grammar::parse(stretch) {
            panic!("{case}: {fault}");
        }
    }
    assert_eq!(session.modes(), session.found(), "{case}: modes of the terminal");
    assert!(!session.look(vt100::Screen::alternate_screen), "{case}: alternate screen");
    assert!(!session.look(vt100::Screen::hide_cursor), "{case}: cursor");
}

#[test]
fn a_new_reader_opens_the_essay_finds_the_notes_leaves_and_comes_back_to_the_word() {
    let home = Home::new();
    let mut sitting = home.open(&[]);
    sitting.shows("Ordinary diplomacy is a conversation").shows("all keys");
    sitting.keys("Tab").shows("For a full ideological account").keys("Enter").shows("─── Note 1");
    sitting.keys("Esc").hides("─── Note 1");
    sitting.keys("/ \"leon blum\"").shows("Léon Blum").keys("Enter").shows("1/1");
    sitting.keys("a \"the slogan\" Enter").shows("saved");
    // Beside the text stands the rail of the search, which does not come back.
    let top_of = |screen: String| {
        let line = screen.lines().nth(2).expect("a line").to_owned();
        line.chars().skip(7).take(66).collect::<String>().trim().to_owned()
    };
    let top = top_of(sitting.screen());
    sitting.keys("q");
    assert_eq!(sitting.shell(), 0);
    check_terminal(&sitting, "quit");

    let mut again = home.open(&[]);
    again.shows(&top);
    assert_eq!(top_of(again.screen()), top);
    again.keys("< B").shows("the slogan").keys("Enter").shows("Léon Blum").keys("q");
    assert_eq!(again.shell(), 0);
    let marks = out(&home.run(&["marks", "--json"]));
    assert!(
        marks.contains("\"label\": \"the slogan\"") && marks.contains("\"state\": \"attached\""),
        "{marks}"
    );
    assert!(out(&home.run(&["recent"])).contains("The Soviets and World Communism"));
}

#[test]
fn killed_it_comes_back_to_its_place_with_every_mark_it_called_saved() {
    let home = Home::new();
    let mut sitting = home.open(&[]);
    sitting
        .shows("Ordinary diplomacy")
        .keys("] ]")
        .shows("Stalin and the International")
        .keys("m k")
        .shows("saved");
    // The place is on the disk within two seconds.
    std::thread::sleep(Duration::from_millis(2000));
    sitting.signal(Signal::KILL);
    assert_eq!(sitting.shell(), 128 + 9);
    let mut again = home.open(&[]);
    again.shows("Stalin and the International").keys("< ' k").shows("Stalin and the International").keys("q");
    assert_eq!(again.shell(), 0);
}

#[test]
fn a_signal_saves_the_place_and_gives_the_terminal_back() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)]
    {
        let home = Home::new();
        let mut sitting = home.open(&[]);
        sitting.shows("Ordinary diplomacy").keys("]").shows("Soviet doctrine knows").signal(signal);
        assert_eq!(sitting.shell(), status);
        check_terminal(&sitting, "a signal");
        home.open(&[]).shows("Soviet doctrine knows").keys("q");
    }
}

#[test]
fn two_windows_on_one_text_both_keep_their_bookmarks() {
    let home = Home::new();
    let (mut one, mut two) = (home.open(&[]), home.open(&[]));
    one.shows("Ordinary diplomacy");
    two.shows("Ordinary diplomacy");
    one.keys("] a \"of one\" Enter").shows("saved");
    two.keys("] ] a \"of two\" Enter").shows("saved");
    one.keys("B").shows("of two").keys("Esc q");
    two.keys("B").shows("of one").keys("Esc q");
    assert_eq!((one.shell(), two.shell()), (0, 0));
    let marks = out(&home.run(&["marks"]));
    assert!(marks.contains("of one") && marks.contains("of two"), "{marks}");
}

#[test]
fn an_edit_above_does_not_move_place_or_bookmark() {
    let home = Home::new();
    let paragraphs: Vec<String> = (0..60)
        .map(|i| {
            format!(
                "Paragraph {i} of a text that is long enough to be scrolled and bookmarked, number {i}.\n\n"
            )
        })
        .collect();
    let file = home.text("text.txt", paragraphs.concat());
    let file = file.to_str().expect("a name");
    let mut sitting = home.open(&[file]);
    sitting
        .shows("Paragraph 0 ")
        .keys("9 } 9 } 9 }")
        .shows("Paragraph 27 ")
        .hides("Paragraph 26 ")
        .keys("a \"mine\" Enter")
        .shows("saved")
        .keys("} q");
    assert_eq!(sitting.shell(), 0);
    home.text("text.txt", format!("A new beginning.\n\nAnd a second one.\n\n{}", paragraphs.concat()));
    let mut again = home.open(&[file]);
    again
        .shows("Paragraph 28 ")
        .hides("Paragraph 27 ")
        .keys("< B")
        .shows("mine")
        .keys("Enter")
        .shows("Paragraph 27 ")
        .hides("Paragraph 26 ")
        .keys("q");
    assert_eq!(again.shell(), 0);
}

#[test]
fn what_cannot_be_saved_is_said_and_reading_goes_on() {
    let home = Home::new();
    fs::write(home.path("data"), "a file in the place of a folder").expect("a file");
    let mut sitting = home.open(&[]);
    sitting
        .shows("Ordinary diplomacy")
        .keys("m a")
        .shows("NOT SAVED")
        .keys("j Space")
        .shows("NOT SAVED")
        .keys("q");
    assert_eq!(sitting.shell(), 0);
    check_terminal(&sitting, "not saved");
}

#[test]
fn stopped_and_brought_back_it_paints_itself_anew_in_the_size_the_terminal_has_then() {
    let home = Home::new();
    let mut sitting = home.open(&[]);
    sitting.shows("Ordinary diplomacy").keys("] Ctrl-z");
    sitting.shell();
    check_terminal(&sitting, "suspended");
    sitting.resize((60, 20)).keys("\"fg\" Enter").shows("Soviet doctrine knows").keys("q");
    assert_eq!(sitting.shell(), 0);
    check_terminal(&sitting, "after fg");
}

#[test]
fn an_idle_reader_uses_no_processor() {
    let home = Home::new();
    let mut sitting = home.stage(&[]).alone("").start();
    sitting.shows("Ordinary diplomacy").settles();
    std::thread::sleep(Duration::from_secs(2));
    sitting.keys("q");
    let ending = sitting.ends();
    assert_eq!(ending.code, Some(0));
    assert!(ending.cpu < Duration::from_millis(500), "{:?}", ending.cpu);
}

#[test]
fn sizes_from_the_smallest_to_the_oddest_never_break_it() {
    let home = Home::new();
    let mut sitting = home.open(&[]);
    sitting.shows("Ordinary diplomacy").keys("Tab");
    for size in [(1, 1), (2, 1), (20, 6), (19, 7), (300, 100), (1000, 3), (40, 12), (80, 24)] {
        sitting.resize(size).settles();
        sitting.keys("j k Enter Esc").settles();
    }
    sitting.shows("resigned from the camp").keys("q");
    assert_eq!(sitting.shell(), 0);
    check_terminal(&sitting, "sizes");
}

#[test]
fn a_mistake_in_the_keymap_is_said_and_the_rest_holds() {
    let home = Home::new();
    fs::create_dir_all(home.path("config")).expect("a folder");
    fs::write(home.path("config/keymap.toml"), "[reading]\n\"x\" = \"contents\"\n\"j\" = \"line-dwn\"\n")
        .expect("a keymap");
    let mut sitting = home.open(&[]);
    sitting
        .shows("keymap.toml:3:")
        .keys("x")
        .shows("Contents")
        .keys("Esc 9 j")
        .hides("A study edition")
        .keys("q");
    assert_eq!(sitting.shell(), 0);
}

#[test]
fn the_guide_names_the_keys_in_force() {
    let home = Home::new();
    fs::create_dir_all(home.path("config")).expect("a folder");
    fs::write(home.path("config/keymap.toml"), "[any]\n\"n\" = \"line-down\"\n").expect("a keymap");
    let guide = out(&home.run(&["guide"]));
    assert!(guide.contains("Press n, and again"), "{}", &guide[..600]);
}

#[test]
fn a_text_may_come_through_a_pipe_and_go_into_one() {
    let home = Home::new();
    let mut sitting = home.stage(&["-"]).alone("echo 'Piped words.' |").start();
    sitting.shows("Piped words.").keys("q");
    assert_eq!(sitting.ends().code, Some(0));

    // Nobody reads on: no panic, no complaint.
    let file = home.text("long.txt", "Words and words and words.\n\n".repeat(20_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_ibid"))
        .arg(&file)
        .envs(home.folders())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
    if Path::new("/dev/full").exists() {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
        let output = command.arg(&file).envs(home.folders()).stdout(full).output().expect("it ends");
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).starts_with("ibid: standard output: "), "{}", err(&output));
    }
}

#[test]
fn a_terminal_that_cannot_be_painted_on_gets_the_text_printed() {
    let home = Home::new();
    let mut sitting = home.stage(&[]).env("TERM", "dumb").start();
    assert_eq!(sitting.shell(), 0);
    let written = String::from_utf8_lossy(&sitting.bytes()).into_owned();
    assert!(written.contains("TERM=dumb") && written.contains("Ordinary diplomacy"), "{written}");
    assert!(!written.contains('\u{1b}'), "nothing but text");
}

#[test]
fn whatever_the_terminal_calls_itself_the_text_can_be_read() {
    for (name, figure) in
        [("", "¹"), ("nobody-knows-it", "¹"), ("vt100", "¹"), ("screen", "¹"), ("linux", "[1]")]
    {
        let home = Home::new();
        let mut sitting = home.stage(&[]).env("TERM", name).start();
        sitting.shows("Ordinary diplomacy").keys("Tab").shows(&format!("camp.{figure}")).keys("q");
        assert_eq!(sitting.shell(), 0, "TERM={name}");
        check_terminal(&sitting, name);
    }
}

#[test]
fn without_colour_the_attributes_stay() {
    let home = Home::new();
    let mut sitting = home.stage(&[]).env("NO_COLOR", "1").start();
    sitting.shows("Ordinary diplomacy").keys("Tab").shows("resigned").keys("q");
    assert_eq!(sitting.shell(), 0);
    for stretch in grammar::stretches(&sitting.bytes()) {
        for token in grammar::parse(stretch).expect("our grammar") {
            if let grammar::Token::Look(codes) = token {
                assert!(codes.iter().all(|c| !(30..=49).contains(c)), "a colour: {codes:?}");
            }
        }
    }
}

#[test]
fn errors_are_one_line_with_the_exit_code_of_their_kind() {
    let home = Home::new();
    let binary = home.text("a.bin", (0..=255u8).cycle().take(4096).collect::<Vec<u8>>());
    let empty = home.text("empty.txt", "");
    let latin = home
        .text("latin.txt", b"Un caf\xe9 tr\xe8s serr\xe9, \xe0 No\xebl, et un autre, d\xe9j\xe0 froid.\n");
    let missing = home.path("missing\u{1b}[31m.txt");
    for (args, code, words) in [
        (
            vec![missing.to_str().expect("a name")],
            3,
            "missing\\x1b[31m.txt: there is no such file; check the name",
        ),
        (vec!["/"], 3, "/: this is a folder; name a file in it"),
        (vec![binary.to_str().expect("a name")], 3, "not a text"),
        (vec!["--encoding", "klingon", latin.to_str().expect("a name")], 2, "klingon"),
        (vec!["print", "--section", "9"], 2, "there is no section 9; the text has sections 1 to 3"),
        (vec!["find", "zeppelin"], 1, ""),
        (vec!["find", "a(", "--regex"], 2, "unclosed group"),
        (vec!["recent", "9"], 2, "there is no text 9"),
        (vec!["--nonsense"], 2, "unexpected argument"),
        (vec![empty.to_str().expect("a name")], 0, ""),
        (vec![latin.to_str().expect("a name")], 0, ""),
    ] {
        let output = home.run(&args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", err(&output));
        assert!(err(&output).contains(words), "{args:?}: {}", err(&output));
        assert!(!err(&output).contains('\u{1b}'), "{args:?}");
        if code == 3 {
            assert_eq!(err(&output).lines().count(), 1, "{args:?}");
        }
    }
    assert!(out(&home.run(&[latin.to_str().expect("a name")])).contains("café très serré"));
}

#[test]
fn a_key_and_nothing_else_puts_one_text_on_the_clipboard() {
    let home = Home::new();
    // The platform's program, as far as the test is concerned.
    program(&home, "wl-copy", "exec cat > \"$(dirname \"$0\")/copied\"");
    let path = format!("{}:{}", home.path("").display(), std::env::var("PATH").unwrap_or_default());
    let text = home.text(
        "log.md",
        "# The Log\n\n## Oil\n\nOil\u{ad}lamps,[^1] \u{1b}]52;c;QUFB\u{7} he wrote. No more.\n\n[^1]: A note.\n",
    );
    let file = text.to_str().expect("a name");
    let mut sitting = home.stage(&[file]).env("WAYLAND_DISPLAY", "test-0").env("PATH", path).start();
    sitting.shows("he wrote").keys("j Tab v l w Esc ? Esc / \"oil\" Esc").settles();
    assert_eq!(copied(&sitting), [""; 0]);
    sitting.keys(": \"s1.1\" Enter y").shows("copied 4 words").keys("j k").settles();
    // `Oillamps, ␛]52;c;QUFB␇ he wrote.`
    let coded = "T2lsbGFtcHMsIOKQm101MjtjO1FVRkLikIcgaGUgd3JvdGUu";
    assert_eq!(copied(&sitting), [coded]);
    sitting.keys("q");
    assert_eq!(sitting.shell(), 0);
    check_terminal(&sitting, "copying");
    let taken = home.path("copied");
    for _ in 0..500 {
        if fs::read_to_string(&taken).is_ok_and(|t| !t.is_empty()) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(fs::read_to_string(taken).expect("a copy"), "Oillamps, ␛]52;c;QUFB␇ he wrote.");
}

/// A program of the tests' own in a reader's home.
fn program(home: &Home, name: &str, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = home.text(name, format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("a program");
    path
}

#[test]
fn a_comment_is_written_in_the_editor_which_has_the_terminal_to_itself() {
    let home = Home::new();
    // It tells what it was called with and who may read the file, asks for a line and leaves it in another file under
    // the same name.
    let script = "folder=$(dirname \"$0\"); for a; do echo \"[$a]\"; done > \"$folder/called\"
        stat -c %a \"$3\" >> \"$folder/called\"; cat \"$3\" >> \"$folder/called\"
        echo 'the editor is here'; read line; trap '' INT; kill -INT 0; rm \"$3\"; printf '%s\\n\\nin two parts\\n' \"$line\" > \"$3\"";
    let editor = program(&home, "my editor", script);
    let name = format!("'{}' --opt 'two words;$(id)'", editor.display());
    let mut sitting = home.stage(&[]).env("VISUAL", name).env("EDITOR", "false").start();
    sitting.shows("Ordinary diplomacy").keys("] } v ) C \"typed\"").shows("comment: typed").keys("Ctrl-x");
    sitting.shows("the editor is here").keys("\"jjqq: quit\" Enter").shows("saved");
    sitting.keys("i").shows("yellow: jjqq: quit in two parts").keys("B").shows("jjqq: quit in two parts");
    let called = fs::read_to_string(home.path("called")).expect("it was called");
    let lines: Vec<&str> = called.lines().collect();
    assert_eq!((lines[0], lines[1], lines[3], lines[4]), ("[--opt]", "[two words;$(id)]", "600", "typed"));
    assert!(!Path::new(lines[2].trim_matches(['[', ']'])).exists(), "the file is gone: {called}");
    sitting.keys("Esc q");
    assert_eq!(sitting.shell(), 0);
    check_terminal(&sitting, "the editor");
    let marks = out(&home.run(&["marks", "--json"]));
    assert!(marks.contains("\"comment\": \"jjqq: quit\\n\\nin two parts\""), "{marks}");
    assert!(marks.contains("\"kind\": \"highlight\""), "{marks}");

    // It comes back where it was made, and an editor that gives up changes nothing.
    let mut again = home.stage(&[]).env("EDITOR", "false").start();
    again.keys("B").shows("jjqq: quit").keys("e").shows("the editor gave up; the comment is as it was");
    again.shows("jjqq: quit").keys("Esc q");
    assert_eq!(again.shell(), 0);
    let mut none = home.stage(&[]).env("EDITOR", "/nowhere/editor").start();
    none.keys("B").shows("jjqq: quit").keys("e").shows("/nowhere/editor could not be started").keys("Esc q");
    assert_eq!(none.shell(), 0);
    check_terminal(&none, "no editor");
}

#[test]
fn marks_are_printed_as_a_table_as_a_paper_needs_them_and_for_other_programs() {
    let home = Home::new();
    let file = home.text("the log.md", "# The Log\n\n## Oil\n\nHe wrote it twice. Nobody read it.\n");
    let file = file.to_str().expect("a name");
    let mut sitting = home.open(&[file]);
    sitting.shows("He wrote it").keys("/ \"twice\" Enter C \"why?\" Enter").shows("saved").keys("q");
    assert_eq!(sitting.shell(), 0);
    let table = out(&home.run(&["marks", file]));
    assert!(table.contains("yellow  “twice”  why?"), "{table}");
    let paper = out(&home.run(&["marks", "--markdown", file]));
    assert!(paper.contains("> twice\n>\n> — §1 ¶1 · yellow\n\nwhy?\n"), "{paper}");
    let annotations = out(&home.run(&["marks", "--annotation", file]));
    assert!(annotations.contains("\"@context\": \"http://www.w3.org/ns/anno.jsonld\""), "{annotations}");
    assert!(annotations.contains("/the%20log.md\""), "{annotations}");
    let both = home.run(&["marks", "--markdown", "--json", file]);
    assert_eq!((both.status.code(), out(&both).as_str()), (Some(2), ""), "{}", err(&both));
}

#[test]
fn an_empty_text_is_said_to_be_empty() {
    let home = Home::new();
    let empty = home.text("empty.txt", "");
    let mut sitting = home.open(&[empty.to_str().expect("a name")]);
    sitting.shows("this text is empty").keys("j Space ] / \"x\" Enter B t q");
    assert_eq!(sitting.shell(), 0);
}

/// Sequences that would act on a terminal, characters that hide, and floods of marks.
fn payloads() -> Vec<String> {
    let mut all: Vec<String> = [
        "\x1b]0;title\x07",
        "\x1b]2;title\x1b\\",
        "\x1b]52;c;QUFB\x07",
        "\x1b]52;c;?\x07",
        "\x1b]8;;http://e.org\x1b\\x\x1b]8;;\x1b\\",
        "\x1b]7;file:///\x07",
        "\x1b]9;note\x07",
        "\x1b]777;notify;a;b\x07",
        "\x1b]1337;File=:AAAA\x07",
        "\x1bP$qm\x1b\\",
        "\x1bP+q544e\x1b\\",
        "\x1b[c",
        "\x1b[>c",
        "\x1b[6n",
        "\x1b[>q",
        "\x1b[21t",
        "\x05",
        "\x1bc",
        "\x1b[3J",
        "\x1b[?1049l",
        "\x1b[?1000h",
        "\x1b[?2004l",
        "\x1b[5;10r",
        "\x1b(0",
        "\x0e",
        "\x0f",
        "\x1b[5i",
        "\x1b[99999b",
        "\x1b[8m",
        "\x1b[30;40m",
        "\u{9b}31m",
        "\u{9d}0;x\u{9c}",
        "\u{90}x",
        "\u{85}",
        "\x08\x08\x08",
        "X\x08X",
        "x\rEVIL",
        "\x7f",
        "\x1b",
        "\x1b[",
        "\x1b]0;never ended",
        "\u{202e}txt.exe",
        "\u{2066}x\u{2069}",
        "\u{200f}x",
        "pay\u{200b}pal",
        "a\u{e0041}\u{e0042}",
        "\u{feff}",
        "\u{e000}",
        "\u{fff9}x\u{fffb}",
        "&#27;]0;entity&#7;",
        "&#x9b;31m",
        "&#157;0;x",
        "\x0c",
        "\x0b",
        "\u{2028}",
        "\u{2029}",
    ]
    .map(str::to_owned)
    .into();
    all.push(format!("z{}", "\u{301}".repeat(5000)));
    all.push("👩\u{200d}".repeat(500));
    all.push("🇦".repeat(300));
    all
}

#[test]
fn nothing_in_a_text_reaches_the_terminal_but_what_our_grammar_has() {
    let payloads = payloads();
    assert!(payloads.len() >= 49);
    let joined = payloads.join(" in a word ");
    let plain = {
        let body: String = payloads.iter().map(|p| format!("A paragraph with {p} in it, long enough to be a paragraph of prose and no heading at all.1\n\n")).collect();
        format!("A title {joined}\n\n{body}\nNOTES\n\n1. A note {joined}\n")
    };
    let markdown = {
        let body: String = payloads.iter().enumerate().map(|(i, p)| {
            format!("## Heading {p}\n\nWords {p} and *{p}*, `{p}`, [link {p}](<http://e.org/{}>).[^{i}]\n\n> {p}\n\n- {p}\n\n", p.replace(['<', '>', '\n', '\r'], ""))
        }).collect();
        let notes: String =
            payloads.iter().enumerate().map(|(i, p)| format!("[^{i}]: A note {p}\n")).collect();
        format!("---\ntitle: \"{}\"\nauthor: \"A {}\"\n---\n\n{body}\n{notes}", "T \\e]0;x\\a", "\\e[31m")
    };
    for (name, words) in [("plain\u{1b}]0;name\u{7}.txt", plain), ("marked\u{202e}down.md", markdown)] {
        let home = Home::new();
        let file = home.text(name, words);
        let file = file.to_str().expect("a name");
        let mut sitting = home.open(&[file]);
        sitting
            .settles()
            .keys("Tab Enter")
            .settles()
            .keys("Esc t")
            .settles()
            .keys("Esc : \"report\" Enter")
            .settles();
        sitting
            .keys("Esc a Enter !")
            .settles()
            .keys("C \"so?\" Enter B")
            .settles()
            .keys("Esc / \"in\" Enter")
            .settles();
        for _ in 0..60 {
            sitting.keys("Space");
        }
        sitting.settles().keys("Esc Esc Tab Enter Enter").settles().resize((40, 12)).settles().keys("< q");
        assert_eq!(sitting.shell(), 0, "{name:?}");
        check_terminal(&sitting, name);
        assert_eq!(copied(&sitting), [""; 0], "nothing is copied unless a key says so");
        // Pipes end in terminals too.
        for args in [
            &["print", file][..],
            &["inspect", file],
            &["inspect", file, "--json"],
            &["find", "word", file],
            &["notes", file],
            &["marks", file],
            &["marks", file, "--json"],
            &["marks", file, "--markdown"],
            &["marks", file, "--annotation"],
            &["recent"],
        ] {
            let output = home.run(args);
            let acts = |c: &char| {
                c.is_control() && !matches!(c, '\n' | '\t')
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0041}')
            };
            for text in [out(&output), err(&output)] {
                assert_eq!(text.chars().find(acts), None, "{args:?}");
            }
        }
        for entry in walk(&home.path("data")) {
            let kept = fs::read_to_string(&entry).expect("what is kept is text");
            assert_eq!(kept.chars().find(|c| c.is_control() && *c != '\n'), None, "{}", entry.display());
        }
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
