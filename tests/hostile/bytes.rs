//! Bytes that are no text, or not the text they seem; files that do not end, or never begin.

use crate::{child, program};
use ibid::import::{ImportError, Options, import};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const MIB: usize = 1 << 20;

/// The most memory that a file of at most ten mebibytes may take, in KiB.
const MOST: u64 = 300 << 10;

/// 16: whatever the bytes are, they are read or said to be no text; the encoding is named, and what was put right.
#[test]
fn any_bytes_are_read_or_said_to_be_none() {
    let plain = "The keeper wrote his log by lamplight, and nobody read it until the winter. ".repeat(4);
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let mark = mark.then_some(0xfeff_u16);
        let units = mark.into_iter().chain(plain.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let with = |bytes: &[u8]| [plain.as_bytes(), bytes, plain.as_bytes()].concat();
    for (what, bytes, encoding, repaired) in [
        ("plain", with(b""), "UTF-8", 0),
        ("a mark", [b"\xef\xbb\xbf", plain.as_bytes()].concat(), "UTF-8", 0),
        ("UTF-16, little end first", utf16(false, true), "UTF-16LE", 0),
        ("UTF-16, big end first", utf16(true, true), "UTF-16BE", 0),
        ("UTF-16 without a mark", utf16(false, false), "UTF-16LE", 0),
        ("overlong", with("café é é é é ".as_bytes()).into_iter().chain(*b"\xc0\xaf").collect(), "UTF-8", 1),
        (
            "a surrogate",
            with("café é é é é ".as_bytes()).into_iter().chain(*b"\xed\xa0\x80").collect(),
            "UTF-8",
            1,
        ),
        ("cut off", with("café é é é é ".as_bytes()).into_iter().chain(*b"\xe2\x82").collect(), "UTF-8", 1),
        ("Latin-1", with(b"caf\xe9 na\xefve d\xe9j\xe0 vu \xe0 la carte"), "windows-1252", 1),
        ("a NUL", with(b"\0"), "UTF-8", 0),
    ] {
        let document = import(&bytes, "a.txt", &Options::default()).unwrap();
        assert!(document.text().contains("The keeper wrote his log"), "{what}");
        assert!(!document.text().contains('\0'), "{what}");
        let report = document.report();
        assert_eq!(report.encoding, encoding, "{what}");
        let repairs =
            report.changes.iter().filter(|c| c.kind == ibid::document::report::ChangeKind::Repaired);
        assert_eq!(repairs.count().min(1), repaired, "{what}: {:?}", report.changes);
    }
    let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 & 0x1f).collect();
    let error = import(&noise, "a.txt", &Options::default()).unwrap_err();
    assert!(matches!(error, ImportError::NotText { .. }), "{error}");
}

/// Weighs what reading a text takes, in a process of its own.
#[track_caller]
fn weigh(what: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.txt");
    fs::write(&file, bytes).unwrap();
    let peak: u64 = child::said(&child::run("weigh", &file), "peak").parse().unwrap();
    println!("{what}: {} MiB at most", peak >> 10);
    match peak {
        0 => println!("skipped: this system does not tell how much memory a process has had"),
        peak => assert!(peak <= MOST, "{what}: {} MiB", peak >> 10),
    }
}

/// 17: one line of ten mebibytes, and ten million empty ones.
#[test]
fn long_lines_and_many_lines_fit_in_the_memory() {
    weigh("one line", "word and word ".repeat(10 * MIB / 14).as_bytes());
    weigh("one word", "a".repeat(10 * MIB).as_bytes());
    weigh("empty lines", "\n".repeat(10_000_000).as_bytes());
}

fn ibid(home: &Path, args: &[&str]) -> Command {
    let mut command = program::ibid(home);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// 17: what does not end is not begun.
#[test]
fn what_is_no_file_or_too_large_is_said_to_be() {
    let home = tempfile::tempdir().unwrap();
    let huge = home.path().join("huge.txt");
    File::create(&huge).unwrap().set_len(5 << 30).unwrap();
    for (file, said) in [
        (huge.as_path(), "too large"),
        (Path::new("/dev/zero"), "not a regular file"),
        (home.path(), "this is a folder"),
        (&home.path().join("none"), "there is no such file"),
    ] {
        let began = Instant::now();
        let output = ibid(home.path(), &["print"]).arg(file).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{error}");
        assert!(error.contains(said) && error.lines().count() == 1, "{error}");
        assert!(began.elapsed() < Duration::from_secs(20), "{}", file.display());
    }
    // What can be read of it cannot be told beforehand.
    let memory = ibid(home.path(), &["print", "/proc/self/mem"]).output().unwrap();
    assert_eq!(memory.status.code(), Some(3), "{memory:?}");
}

/// 35: what never comes can be waited for no longer: Ctrl-C ends it as it ends anything.
#[test]
fn waiting_can_be_ended() {
    let home = tempfile::tempdir().unwrap();
    let pipe = home.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no pipe can be made here");
        return;
    }
    for signal in [Signal::INT, Signal::TERM] {
        // What a shell starts behind its back ignores Ctrl-C, and so does all that this starts.
        if is_ignored(signal) {
            println!("skipped: {signal:?} is ignored here");
            continue;
        }
        let mut child = ibid(home.path(), &["print"]).arg(&pipe).spawn().unwrap();
        thread::sleep(Duration::from_millis(300));
        assert!(child.try_wait().unwrap().is_none(), "it waits for somebody to write");
        kill_process(Pid::from_child(&child), signal).unwrap();
        let status = child.wait().unwrap();
        assert_eq!(status.signal(), Some(signal.as_raw()), "{status}");
    }
}

/// Whether this process was started with a signal ignored, as far as the system tells.
fn is_ignored(signal: Signal) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask & (1 << (signal.as_raw() - 1)) != 0
}

/// 36: what headers claim is not asked for: half a gibibyte is enough for a book that says it has four.
#[test]
fn little_memory_is_enough_for_what_claims_much() {
    use crate::binder::{Book, bind};
    let home = tempfile::tempdir().unwrap();
    let mut members = Book::of(&[("1.xhtml", "<h1>One</h1><p>First words.</p>")]).members();
    for member in &mut members {
        member.said = Some(u32::MAX - 1);
    }
    let file = home.path().join("a.epub");
    fs::write(&file, bind(&members)).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v 524288 || exit 99; exec \"$@\"", "sh"]);
    let output = program::at(&mut shell, home.path()).arg("print").arg(&file).output().unwrap();
    if output.status.code() == Some(99) {
        println!("skipped: this system sets no limit");
        return;
    }
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("First words."), "{output:?}");
}
