//! The program: arguments in, exit code out.

use clap::Parser;
use ibid::cli::{Cli, complaint};
use ibid::shell::{self, trouble::Exit, trouble::Trouble};
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match Cli::try_parse() {
        Ok(cli) => shell::run(cli),
        // Help and version are no mistakes: clap prints them.
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => {
            let (what, next) = complaint(&error);
            Err(Trouble::new(Exit::Usage, "command line", what, next))
        }
    };
    match done {
        Ok(exit) => exit.into(),
        Err(trouble) => {
            // Where even this cannot be said, the exit code says it.
            let _ = writeln!(std::io::stderr(), "ibid: {trouble}");
            trouble.exit().into()
        }
    }
}
