//! The styles in which a quotation is copied with its source; a keymap chooses one.

/// A style of citation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Citation {
    /// The words in quotation marks, the source on a line of its own.
    #[default]
    Text,
    /// A block quotation of Markdown.
    Markdown,
    /// An entry for BibTeX, the words as its annotation.
    Bibtex,
    /// An item of CSL-JSON, the words as its annotation.
    CslJson,
}

impl Citation {
    /// Every style.
    pub const ALL: [Citation; 4] = [Citation::Text, Citation::Markdown, Citation::Bibtex, Citation::CslJson];

    /// Its name in a keymap.
    pub const fn name(self) -> &'static str {
        match self {
            Citation::Text => "text",
            Citation::Markdown => "markdown",
            Citation::Bibtex => "bibtex",
            Citation::CslJson => "csl-json",
        }
    }

    /// The style that a keymap calls by this name.
    pub fn named(name: &str) -> Option<Citation> {
        Citation::ALL.into_iter().find(|style| style.name() == name)
    }
}
