//! The one table of commands: what each is called, what it does, where it means something, what it takes.
//!
//! The keymap binds these names, help prints these words, the reader matches on these variants. Nothing here
//! knows a key or carries a command out.

/// Where the keys are going: the modes that have a keymap table of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// The running text.
    Reading,
    /// The note pane, when it has the focus.
    Note,
    /// Words being selected, in the text or in the note pane.
    Select,
    /// A list to choose from: contents, bookmarks, recent texts, the report.
    List,
    /// A line being typed: a search, a label, a place to go to.
    Prompt,
    /// The help screen.
    Help,
}

impl Context {
    /// Every context, in the order of the keymap's tables.
    pub const ALL: [Self; 6] =
        [Self::Reading, Self::Note, Self::Select, Self::List, Self::Prompt, Self::Help];

    /// The name of its table in the keymap.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Note => "note",
            Self::Select => "select",
            Self::List => "list",
            Self::Prompt => "prompt",
            Self::Help => "help",
        }
    }
}

/// The headings under which help lists the commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Through the text.
    Moving,
    /// References, links and the notes behind them.
    Notes,
    /// Places left, marked and kept.
    Places,
    /// Looking for words.
    Searching,
    /// Words selected, copied, highlighted.
    Selecting,
    /// How the page is set.
    Page,
    /// What is done with the entry chosen.
    Choosing,
    /// Editing the line in a prompt.
    Typing,
    /// What works wherever one is.
    Always,
}

impl Group {
    /// The heading itself.
    pub fn title(self) -> &'static str {
        match self {
            Self::Moving => "moving",
            Self::Notes => "notes",
            Self::Places => "places",
            Self::Searching => "searching",
            Self::Selecting => "selecting",
            Self::Page => "the page",
            Self::Choosing => "choosing",
            Self::Typing => "typing",
            Self::Always => "always",
        }
    }
}

/// What a command takes besides its key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    /// A number before the key: how often, or which.
    Count,
    /// A letter after the key: the name of a mark.
    Letter,
}

struct Row {
    command: Command,
    name: &'static str,
    takes: Takes,
    does: &'static str,
    group: Group,
    places: &'static [(Context, &'static str)],
}

/// Makes the enum and its rows from one table. A row reads: variant, name, what it takes, what it does,
/// and the contexts where it applies, each with words of its own where the general ones would mislead.
macro_rules! commands {
    (@words $does:literal) => { $does };
    (@words $does:literal $words:literal) => { $words };
    ($($group:ident { $($variant:ident $name:literal $takes:ident $does:literal:
        $($context:ident $(= $words:literal)?),+;)+ })+) => {
        /// What the reader can be told to do by a key. The order is that of help: the commonest first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $($(#[doc = concat!("`", $name, "`: ", $does, ".")] $variant,)+)+
        }

        static ROWS: &[Row] = &[$($(Row {
            command: Command::$variant,
            name: $name,
            takes: Takes::$takes,
            does: $does,
            group: Group::$group,
            places: &[$((Context::$context, commands!(@words $does $($words)?))),+],
        },)+)+];
    };
}

commands! {
    Moving {
        LineDown          "line-down"          Count   "one line down": Reading, Note, Select, List, Help;
        LineUp            "line-up"            Count   "one line up": Reading, Note, Select, List, Help;
        PageDown          "page-down"          Count   "a page down": Reading, Note, Select, List, Help;
        PageUp            "page-up"            Count   "a page up": Reading, Note, Select, List, Help;
        HalfPageDown      "half-page-down"     Count   "half a page down": Reading, Note, Select, List, Help;
        HalfPageUp        "half-page-up"       Count   "half a page up": Reading, Note, Select, List, Help;
        NextSection       "next-section"       Count   "next section": Reading, Note = "next note";
        PreviousSection   "previous-section"   Count   "previous section": Reading, Note = "previous note";
        NextParagraph     "next-paragraph"     Count   "next paragraph":
            Reading, Select = "to the end of the paragraph";
        PreviousParagraph "previous-paragraph" Count   "previous paragraph":
            Reading, Select = "to the start of the paragraph";
        SectionStart      "section-start"      Nothing "start of the section":
            Reading, Note = "start of the note";
        SectionEnd        "section-end"        Nothing "end of the section":
            Reading, Note = "end of the note";
        TextStart         "text-start"         Nothing "start of the text":
            Reading, Note, Select, List = "first entry", Help = "top of the help";
        TextEnd           "text-end"           Nothing "end of the text":
            Reading, Note, Select, List = "last entry", Help = "end of the help";
        Contents          "contents"           Nothing "contents": Reading, Note;
        GoTo              "go-to"              Nothing "go to note, section, 40%": Reading, Note;
    }
    Notes {
        NextReference     "next-reference"     Count   "next reference or link": Reading, Note;
        PreviousReference "previous-reference" Count   "previous reference or link": Reading, Note;
        Open              "open"               Count   "open the reference, note N":
            Reading, Note = "follow what it points to";
        NextCandidate     "next-candidate"     Nothing "next thing it could mean": Note;
        CitingPlaces      "citing-places"      Nothing "the places that cite it": Note;
        NotesPlace        "notes-place"        Nothing "where the notes stand": Reading, Note;
    }
    Places {
        Back              "back"               Count   "back to the place left": Reading, Note, List;
        Forward           "forward"            Count   "forward again": Reading, Note;
        AddBookmark       "add-bookmark"       Nothing "add a bookmark": Reading, Note;
        Bookmarks         "bookmarks"          Nothing "the bookmarks": Reading, Note;
        SetMark           "set-mark"           Letter  "set a mark: its letter": Reading, Note;
        GoToMark          "go-to-mark"         Letter  "go to a mark: its letter": Reading, Note;
        Where             "where"              Nothing "where am I": Reading, Note;
        TakeOffer         "take-offer"         Nothing "take the offer at the foot": Reading;
    }
    Searching {
        Search            "search"             Nothing "search": Reading, Note;
        SearchBackward    "search-backward"    Nothing "search backward": Reading, Note;
        NextMatch         "next-match"         Count   "next match": Reading, Note;
        PreviousMatch     "previous-match"     Count   "previous match": Reading, Note;
        Concordance       "concordance"        Nothing "every match in a line": Reading, Note,
            List = "another concordance";
    }
    Selecting {
        Select            "select"             Nothing "select words":
            Reading, Note, Select = "by word, by sentence, by line";
        Copy              "copy"               Nothing "copy the sentence":
            Reading, Note, Select = "copy the selection";
        CopyCited         "copy-cited"         Nothing "copy it with its source":
            Reading, Note, Select = "copy the selection with its source";
        Highlight         "highlight"          Nothing "highlight; again: recolour":
            Reading, Note, Select = "highlight the selection", List = "another colour";
        Comment           "comment"            Nothing "comment on the sentence":
            Reading, Note, Select = "comment on the selection", List = "comment on the highlight";
        NextUnit          "next-unit"          Count   "on by a word, sentence or line": Select;
        PreviousUnit      "previous-unit"      Count   "back by a word, sentence or line": Select;
        NextWord          "next-word"          Count   "on to the next word": Select;
        PreviousWord      "previous-word"      Count   "back to the word before": Select;
        NextSentence      "next-sentence"      Count   "to the end of the sentence": Select;
        PreviousSentence  "previous-sentence"  Count   "to the start of the sentence": Select;
        LineStart         "line-start"         Nothing "to the start of the line": Select;
        LineEnd           "line-end"           Nothing "to the end of the line": Select;
        SwapEnds          "swap-ends"          Nothing "move the other end": Select;
    }
    Page {
        Wider             "wider"              Count   "wider measure": Reading, Note;
        Narrower          "narrower"           Count   "narrower measure": Reading, Note;
        DefaultMeasure    "default-measure"    Nothing "default measure": Reading, Note;
        ContentsPanel     "contents-panel"     Nothing "contents beside the text": Reading, Note;
        NextTheme         "next-theme"         Count   "next theme": Reading, Note;
        Justify           "justify"            Nothing "ragged or justified": Reading, Note;
        Columns           "columns"            Nothing "one page or two": Reading, Note;
    }
    Choosing {
        Accept            "accept"             Nothing "accept":
            List = "go to the chosen entry", Prompt = "accept what was typed";
        Rename            "rename"             Nothing "rename the entry": List;
        Delete            "delete"             Nothing "delete the entry; a setting: default": List;
        Restore           "restore"            Nothing "bring the deleted one back": List;
        Filter            "filter"             Nothing "filter the list": List;
        ForThisText       "for-this-text"      Nothing "a setting: for this text, or all": List;
        Sort              "sort"               Nothing "sort by place, left, right": List;
        Editor            "editor"             Nothing "write the comment in the editor": List, Prompt;
    }
    Typing {
        Earlier           "earlier"            Nothing "what was typed before": Prompt;
        Later             "later"              Nothing "what was typed after": Prompt;
        RegularExpression "regular-expression" Nothing "regular expression or not": Prompt;
        DeleteBack        "delete-back"        Nothing "delete to the left": Prompt;
        DeleteForward     "delete-forward"     Nothing "delete to the right": Prompt;
        DeleteWord        "delete-word"        Nothing "delete the word before": Prompt;
        DeleteLine        "delete-line"        Nothing "delete the line": Prompt;
        CursorLeft        "cursor-left"        Nothing "one character left": Prompt;
        CursorRight       "cursor-right"       Nothing "one character right": Prompt;
        WordLeft          "word-left"          Nothing "one word left": Prompt;
        WordRight         "word-right"         Nothing "one word right": Prompt;
        CursorStart       "cursor-start"       Nothing "start of the line": Prompt;
        CursorEnd         "cursor-end"         Nothing "end of the line": Prompt;
    }
    Always {
        Help              "help"               Nothing "help":
            Reading, Note, Select, List, Prompt, Help = "close the help";
        Leave             "leave"              Nothing "close the topmost thing":
            Reading, Note, Select = "leave the selection", List, Prompt = "leave the prompt", Help;
        Redraw            "redraw"             Nothing "redraw the screen":
            Reading, Note, Select, List, Prompt, Help;
        Suspend           "suspend"            Nothing "suspend ibid":
            Reading, Note, Select, List, Prompt, Help;
        Quit              "quit"               Nothing "quit; everything is saved":
            Reading, Note, Select, List, Help;
    }
}

impl Command {
    /// Every command, the commonest first.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        ROWS.iter().map(|row| row.command)
    }

    /// The command that a keymap calls by this name.
    pub fn named(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(|row| row.command)
    }

    /// Its name in a keymap.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it does, in a few words for help.
    pub fn does(self) -> &'static str {
        self.row().does
    }

    /// What it does in this context, or `None` where it means nothing.
    pub fn does_in(self, context: Context) -> Option<&'static str> {
        self.row().places.iter().find(|(place, _)| *place == context).map(|(_, words)| *words)
    }

    /// Whether it means something in this context.
    pub fn applies(self, context: Context) -> bool {
        self.does_in(context).is_some()
    }

    /// Whether it waits for a letter after its key, as `m` does in `ma`.
    pub fn takes_letter(self) -> bool {
        self.row().takes == Takes::Letter
    }

    /// Whether a number before its key makes sense, as in `5j`.
    pub fn takes_count(self) -> bool {
        self.row().takes == Takes::Count
    }

    /// The heading under which help lists it.
    pub fn group(self) -> Group {
        self.row().group
    }

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `NextSection` -> `next-section`
    fn kebab(variant: &str) -> String {
        variant
            .chars()
            .flat_map(|c| c.is_uppercase().then_some('-').into_iter().chain(c.to_lowercase()))
            .skip(1)
            .collect()
    }

    #[test]
    fn each_command_is_named_after_its_variant_and_found_by_that_name() {
        for command in Command::all() {
            assert_eq!(command.name(), kebab(&format!("{command:?}")));
            assert_eq!(Command::named(command.name()), Some(command));
        }
        assert_eq!(Command::named("nothing"), None, "a keymap needs this word to unbind a key");
    }

    #[test]
    fn contexts_are_listed_in_their_own_order() {
        let places: Vec<_> = Context::ALL.iter().map(|context| *context as usize).collect();
        assert_eq!(
            places,
            (0..Context::ALL.len()).collect::<Vec<_>>(),
            "a context indexes what is kept by context"
        );
    }

    #[test]
    fn a_group_stands_together_in_the_table() {
        let mut groups: Vec<Group> = Command::all().map(Command::group).collect();
        groups.dedup();
        let mut once = groups.clone();
        once.sort();
        once.dedup();
        assert_eq!(groups.len(), once.len(), "{groups:?}");
    }

    #[test]
    fn words_are_short_lower_case_and_differ_within_a_context() {
        for context in Context::ALL {
            let words: Vec<_> = Command::all().filter_map(|command| command.does_in(context)).collect();
            for (i, does) in words.iter().enumerate() {
                assert!(does.len() <= 60 && does.starts_with(char::is_lowercase), "{does}");
                assert!(!words[..i].contains(does), "{does} is said twice in {}", context.name());
            }
        }
    }

    #[test]
    fn a_command_may_do_something_else_in_another_context() {
        assert_eq!(Command::NextSection.does(), "next section");
        assert_eq!(Command::NextSection.does_in(Context::Note), Some("next note"));
        assert_eq!(Command::NextSection.does_in(Context::Help), None);
        assert!(Command::SetMark.takes_letter() && !Command::SetMark.takes_count());
        assert!(Command::Open.takes_count() && !Command::Open.takes_letter());
    }
}
