//! The real program, in a home of its own.

use std::path::Path;
use std::process::Command;

/// The folders that ibid is given, below a home.
const FOLDERS: [&str; 3] = ["IBID_CONFIG_DIR", "IBID_DATA_DIR", "IBID_STATE_DIR"];

/// Adds the program to a command that starts another program, such as a tracer.
pub fn at<'a>(command: &'a mut Command, home: &Path) -> &'a mut Command {
    command.arg(env!("CARGO_BIN_EXE_ibid"));
    housed(command, home)
}

/// The program.
pub fn ibid(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
    housed(&mut command, home);
    command
}

fn housed<'a>(command: &'a mut Command, home: &Path) -> &'a mut Command {
    command.envs(FOLDERS.map(|name| (name, home.join(name))))
}
