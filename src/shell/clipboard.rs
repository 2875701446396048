//! The platform's own clipboard, beside that of the terminal (see [`Terminal::copy`](super::terminal::Terminal::copy)).
//!
//! It is filled by the platform's own small program, which outlives ibid where the clipboard lives in a program. It is
//! called without a shell and gets the text through its standard input; nobody waits for it.

use std::env;
use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

/// A program that fills a clipboard with what it reads, and its arguments.
type Tool = (&'static str, &'static [&'static str]);

/// Has the text put on the clipboard, if the platform has one. Where there is none, or no program for it, the terminal's
/// own clipboard must do.
pub fn fill(text: String) {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let tools = tools(set);
    // Without a thread to do it the text is on the terminal's clipboard all the same.
    let _ = thread::Builder::new()
        .name("clipboard".to_owned())
        .spawn(move || tools.into_iter().any(|(program, arguments)| run(program, arguments, &text)));
}

/// The programs to try, one after the other, in an environment where these variables are set.
fn tools(set: impl Fn(&str) -> bool) -> Vec<Tool> {
    let mut tools: Vec<Tool> = Vec::new();
    if cfg!(target_os = "macos") {
        tools.push(("pbcopy", &[]));
    }
    if set("WAYLAND_DISPLAY") {
        tools.push(("wl-copy", &[]));
    }
    if set("DISPLAY") {
        tools.push(("xclip", &["-selection", "clipboard"]));
        tools.push(("xsel", &["--clipboard", "--input"]));
    }
    // As it is set up at first tmux passes no text on to its terminal, unless it is asked by this command.
    if set("TMUX") {
        tools.push(("tmux", &["load-buffer", "-w", "-"]));
    }
    tools
}

/// Whether the program took the text.
fn run(program: impl AsRef<OsStr>, arguments: &[&str], text: &str) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // It must not be stopped when the reader is.
        command.process_group(0);
    }
    let Ok(mut child) = command.spawn() else { return false };
    let written = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    child.wait().is_ok_and(|status| status.success()) && written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_that_of_the_platform() {
        let names = |set: &[&str]| -> Vec<&str> {
            let named = tools(|name| set.contains(&name)).into_iter().map(|(program, _)| program);
            named.filter(|program| *program != "pbcopy").collect()
        };
        assert_eq!(names(&[]), [""; 0]);
        assert_eq!(names(&["DISPLAY"]), ["xclip", "xsel"]);
        assert_eq!(names(&["WAYLAND_DISPLAY", "DISPLAY", "TMUX"]), ["wl-copy", "xclip", "xsel", "tmux"]);
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_has_taken_nothing() {
        assert!(!run("no such program", &[], "words"));
        assert!(!run("false", &[], "words"));
        assert!(run("cat", &[], "words"));
    }
}
