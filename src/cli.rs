//! Arguments: one table from which come the parser, its help, the shell completions and the manual page.

mod complaint;

pub use complaint::complaint;

use crate::document::report::Format;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::io::Write;
use std::path::PathBuf;

/// What was asked for on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "ibid",
    version,
    about = "A terminal reader for annotated prose",
    long_about = "A terminal reader for essays, chapters and books with notes: by section, with the notes that are \
                  cited at the foot of the screen, with bookmarks that last and search that finds Léon when one types \
                  leon. Without FILE it opens the text read last; the first time, the essay it carries.",
    after_help = "In the reader, ? shows the keys; `ibid guide` teaches them. A file named like a command is ./notes.",
    disable_help_subcommand = true
)]
pub struct Cli {
    /// What to do; without it, read.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The text to read.
    #[command(flatten)]
    pub text: Text,
    /// How to understand it.
    #[command(flatten)]
    pub source: Source,
    /// Print instead of painting, for screen readers and braille: a paragraph for each Enter, notes on request
    #[arg(long, global = true)]
    pub linear: bool,
}

/// A text.
#[derive(Args, Clone, Debug, Default)]
pub struct Text {
    /// Plain text, Markdown, HTML, EPUB, and what pandoc reads; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// How a text is to be understood; every command takes these.
#[derive(Args, Clone, Debug, Default)]
pub struct Source {
    /// Read it as this, whatever it looks like; formats behind epub are read through pandoc
    #[arg(long, value_name = "FORMAT", global = true, value_parser = format())]
    pub format: Option<Format>,
    /// Read it in this encoding, such as latin1 or shift_jis
    #[arg(long, value_name = "NAME", global = true)]
    pub encoding: Option<String>,
    /// Its language, such as en or de
    #[arg(long, value_name = "TAG", global = true)]
    pub lang: Option<String>,
}

/// The formats that can be asked for, by the words they have everywhere.
fn format() -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(Format::all().map(Format::name));
    names.try_map(|name| Format::named(&name).ok_or("no such format"))
}

/// What ibid does besides reading.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Learn ibid by reading a text about it
    Guide,
    /// Print the text, set as on the screen
    Print {
        /// The text.
        #[command(flatten)]
        text: Text,
        /// Columns of a full line
        #[arg(long, default_value_t = 66, value_parser = clap::value_parser!(u16).range(8..=1000))]
        width: u16,
        /// Only this section, from 1
        #[arg(long, value_name = "N")]
        section: Option<usize>,
        /// Where the notes go
        #[arg(long, default_value = "foot")]
        notes: Notes,
    },
    /// Tell what was recognised: title, sections, notes, references, what was dropped and why
    Inspect {
        /// The text.
        #[command(flatten)]
        text: Text,
        /// As JSON
        #[arg(long)]
        json: bool,
        /// List everything, however long
        #[arg(long, conflicts_with = "json")]
        all: bool,
    },
    /// Look the notes over; exit 1 if something is wrong with them
    Check {
        /// The text.
        #[command(flatten)]
        text: Text,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Print every place that matches, with the words either side; exit 1 if there is none
    Find {
        /// What to look for
        pattern: String,
        /// The text.
        #[command(flatten)]
        text: Text,
        /// The pattern is a regular expression
        #[arg(long)]
        regex: bool,
        /// Where to look
        #[arg(long = "in", default_value = "all", value_name = "WHERE")]
        scope: Scope,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// List the notes with where each is cited
    Notes {
        /// The text.
        #[command(flatten)]
        text: Text,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the recognised text in a clean form: notes with labels of their own, everything else as it was understood
    Convert {
        /// The text.
        #[command(flatten)]
        text: Text,
        /// The form to write it in
        #[arg(long, value_name = "FORM")]
        to: Form,
        /// Write it to this file, which is replaced whole; - is standard output
        #[arg(short, long, value_name = "OUT")]
        output: Option<PathBuf>,
    },
    /// List the bookmarks, marks and highlights of a text
    Marks {
        /// The text.
        #[command(flatten)]
        text: Text,
        /// The form.
        #[command(flatten)]
        form: MarksForm,
        /// Merge the data folder of another device into this one
        #[arg(long, value_name = "DIR", conflicts_with_all = ["file", "json", "markdown", "annotation", "verify", "restore"])]
        merge: Option<PathBuf>,
        /// Look over all stored records, and change nothing
        #[arg(long, conflicts_with_all = ["file", "json", "markdown", "annotation", "restore"])]
        verify: bool,
        /// Bring back what is gone and was there on a day, or when the last backup was made
        #[arg(long, value_name = "DAY", num_args = 0..=1, require_equals = true, conflicts_with_all = ["file", "json", "markdown", "annotation"])]
        restore: Option<Option<String>>,
    },
    /// Show the settings in force for a text, and where each comes from
    Settings {
        /// The text.
        #[command(flatten)]
        text: Text,
    },
    /// List the texts read lately; with a number, open one
    Recent {
        /// Which of them to open
        number: Option<usize>,
    },
    /// Print the keys in force, by mode
    Keys {
        /// Print the built-in keymap.toml, a template for one's own
        #[arg(long)]
        default: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

impl Command {
    /// What it is called on the command line.
    pub const fn name(&self) -> &'static str {
        match self {
            Command::Guide => "guide",
            Command::Print { .. } => "print",
            Command::Inspect { .. } => "inspect",
            Command::Check { .. } => "check",
            Command::Find { .. } => "find",
            Command::Notes { .. } => "notes",
            Command::Convert { .. } => "convert",
            Command::Marks { .. } => "marks",
            Command::Settings { .. } => "settings",
            Command::Recent { .. } => "recent",
            Command::Keys { .. } => "keys",
            Command::Completions { .. } => "completions",
            Command::Man => "man",
        }
    }
}

/// A form that a text can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Markdown, to be corrected by hand
    Markdown,
    /// A page of HTML
    Html,
    /// What `inspect` tells, with the text
    Json,
}

/// The form in which marks are printed: a table, unless one of these is asked for.
#[derive(Args, Clone, Copy, Debug, Default)]
#[group(multiple = false)]
pub struct MarksForm {
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// As Markdown: quotations with their places and comments
    #[arg(long)]
    pub markdown: bool,
    /// As Web Annotations of the W3C, in JSON-LD
    #[arg(long)]
    pub annotation: bool,
}

/// Where printed notes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Notes {
    /// At the end of each section
    Foot,
    /// At the end of the text
    End,
    /// Nowhere
    None,
}

/// Where to look for a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    /// In the text
    Text,
    /// In the notes
    Notes,
    /// In both
    All,
}

/// Completions for a shell.
pub fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "ibid", &mut out);
    out
}

/// The manual page, in roff: what the table says, then what it cannot.
///
/// # Errors
/// None that a buffer in memory could cause.
pub fn manual() -> std::io::Result<Vec<u8>> {
    let command = Cli::command();
    let page = clap_mangen::Man::new(command.clone());
    let mut out = Vec::new();
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    writeln!(
        out,
        ".SH SYNOPSIS\n\\fBibid\\fR [\\fIOPTIONS\\fR] [\\fIFILE\\fR]\n.br\n\\fBibid\\fR \\fICOMMAND\\fR …"
    )?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    writeln!(out, ".SH COMMANDS")?;
    for sub in command.get_subcommands() {
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        writeln!(out, ".TP\n\\fB{}\\fR\n{about}", sub.get_name())?;
    }
    out.extend(include_str!("cli/manual.roff").bytes());
    page.render_version_section(&mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_arguments_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_file_or_a_command() {
        let parse = |args: &[&str]| Cli::try_parse_from(std::iter::once("ibid").chain(args.iter().copied()));
        let file = |args: &[&str]| parse(args).unwrap().text.file;
        assert_eq!(file(&["essay.txt"]), Some("essay.txt".into()));
        assert_eq!(file(&["-"]), Some("-".into()));
        assert!(matches!(parse(&["notes"]).unwrap().command, Some(Command::Notes { .. })));
        assert_eq!(file(&["./notes"]), Some("./notes".into()));
        assert_eq!(file(&["--", "-dash.txt"]), Some("-dash.txt".into()));
        let found = parse(&["find", "--json", "--in", "all", "--", "-x", "f.txt"]).unwrap();
        assert!(matches!(found.command, Some(Command::Find { ref pattern, .. }) if pattern == "-x"));
        assert!(parse(&["print", "--width", "3"]).is_err());
    }
}
