//! Processes that the tests start: this same program, told by its environment what to do instead.

use crate::{deep, fence, program};
use ibid::import::{Options, import};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;
use std::{env, fs};

const TASK: &str = "IBID_HOSTILE_CHILD";
const FILE: &str = "IBID_HOSTILE_FILE";

/// Does a task in a process of its own, on a file.
pub fn run(task: &str, file: &Path) -> Output {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "child::child", "--nocapture", "--test-threads=1"]);
    command.env(TASK, task).env(FILE, file).output().unwrap()
}

/// What a child said behind a word, on a line of its own.
#[track_caller]
pub fn said(output: &Output, word: &str) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    let line = out.lines().find_map(|line| line.strip_prefix(word)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("{word} was not said: {output:?}")).to_owned()
}

/// Not a test: what runs in the processes that the tests start. The harness has begun a line.
#[test]
fn child() {
    let Ok(task) = env::var(TASK) else { return };
    let file = env::var_os(FILE).unwrap();
    let file = Path::new(&file);
    let bytes = fs::read(file).unwrap();
    let read = || import(&bytes, &file.to_string_lossy(), &Options::default()).unwrap();
    match &*task {
        "weigh" => {
            let began = Instant::now();
            let document = read();
            let (words, time) = (document.text().len(), began.elapsed().as_millis());
            println!("\nwords: {words}\npeak: {}\nms: {time}", peak());
        }
        "climb" => println!("\ncame back: {}", deep::climb(&bytes, &file.to_string_lossy())),
        "import behind the fence" => {
            let_malloc_look_up_its_setting();
            println!("\nfence: {}", raised(fence::think_only()));
            println!("words: {}", read().text().len());
        }
        "open behind the fence" => {
            println!("\nfence: {}", raised(fence::think_only()));
            println!("survived: {}", fs::read(file).is_ok());
        }
        "connect offline" => {
            println!("\nfence: {}", raised(fence::stay_offline()));
            println!("survived: {}", std::net::TcpStream::connect("127.0.0.1:9").is_ok());
        }
        "inspect offline" => {
            println!("\nfence: {}", raised(fence::stay_offline()));
            let home = file.parent().unwrap();
            let mut inspect = program::ibid(home);
            let output = inspect.args(["inspect", "--json"]).arg(file).stdin(Stdio::null()).output().unwrap();
            print!("{}", String::from_utf8_lossy(&output.stderr));
            println!(
                "exit: {}",
                output.status.code().map_or_else(|| output.status.to_string(), |code| code.to_string())
            );
        }
        other => panic!("{other}"),
    }
}

/// The C library reads a setting of the kernel when a thread gives back memory for the first time. Let it do so before
/// there is a fence: it is not the importer that asks.
fn let_malloc_look_up_its_setting() {
    let blocks: Vec<Vec<u8>> = (0..256).map(|i| vec![i as u8; 100_000]).collect();
    std::hint::black_box(&blocks);
}

fn raised(fence: Result<(), String>) -> String {
    fence.err().unwrap_or_else(|| "up".to_owned())
}

/// The most memory this process has had, in KiB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
