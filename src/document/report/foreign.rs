//! Formats that ibid reads through pandoc.

/// A format that pandoc reads, and ibid through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// Word, since 2007.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// FictionBook.
    Fb2,
    /// DocBook.
    Docbook,
    /// The article format of journals.
    Jats,
    /// Notebooks of Jupyter.
    Ipynb,
    /// TeX with LaTeX's commands.
    Latex,
    /// The outlines of Emacs.
    Org,
    /// reStructuredText.
    Rst,
    /// The pages of Wikipedia, as they are written.
    Mediawiki,
    /// Textile.
    Textile,
    /// Muse.
    Muse,
}

impl Foreign {
    /// All of them.
    pub const ALL: [Foreign; 13] = [
        Foreign::Docx,
        Foreign::Odt,
        Foreign::Rtf,
        Foreign::Fb2,
        Foreign::Docbook,
        Foreign::Jats,
        Foreign::Ipynb,
        Foreign::Latex,
        Foreign::Org,
        Foreign::Rst,
        Foreign::Mediawiki,
        Foreign::Textile,
        Foreign::Muse,
    ];

    /// The word for it in JSON, in options, and to pandoc.
    pub const fn name(self) -> &'static str {
        match self {
            Foreign::Docx => "docx",
            Foreign::Odt => "odt",
            Foreign::Rtf => "rtf",
            Foreign::Fb2 => "fb2",
            Foreign::Docbook => "docbook",
            Foreign::Jats => "jats",
            Foreign::Ipynb => "ipynb",
            Foreign::Latex => "latex",
            Foreign::Org => "org",
            Foreign::Rst => "rst",
            Foreign::Mediawiki => "mediawiki",
            Foreign::Textile => "textile",
            Foreign::Muse => "muse",
        }
    }

    /// What a person calls a text of this format.
    pub const fn title(self) -> &'static str {
        match self {
            Foreign::Docx => "a Word document",
            Foreign::Odt => "an OpenDocument text",
            Foreign::Rtf => "an RTF text",
            Foreign::Fb2 => "a FictionBook",
            Foreign::Docbook => "a DocBook text",
            Foreign::Jats => "a JATS article",
            Foreign::Ipynb => "a Jupyter notebook",
            Foreign::Latex => "a LaTeX text",
            Foreign::Org => "an Org text",
            Foreign::Rst => "a reStructuredText",
            Foreign::Mediawiki => "a MediaWiki page",
            Foreign::Textile => "a Textile text",
            Foreign::Muse => "a Muse text",
        }
    }

    /// Whether a person can read it as it is written, markup and all.
    pub const fn is_legible(self) -> bool {
        match self {
            Foreign::Docx
            | Foreign::Odt
            | Foreign::Rtf
            | Foreign::Fb2
            | Foreign::Docbook
            | Foreign::Jats
            | Foreign::Ipynb => false,
            Foreign::Latex
            | Foreign::Org
            | Foreign::Rst
            | Foreign::Mediawiki
            | Foreign::Textile
            | Foreign::Muse => true,
        }
    }
}
