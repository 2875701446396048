//! A builder together with what is known of the source's lines.

use super::Source;
use super::encoding::Repair;
use crate::document::Document;
use crate::document::builder::Builder;
use crate::document::report::{ChangeKind, Format, ProblemKind};

/// A builder that knows which lines were repaired or guessed, and says so when it comes to them.
#[derive(Debug)]
pub(super) struct Scribe<'a> {
    /// The builder.
    pub builder: Builder,
    repairs: &'a [Repair],
}

impl<'a> Scribe<'a> {
    /// Starts a document that is read from `source` as `format`.
    pub fn new(format: Format, source: &'a Source) -> Scribe<'a> {
        let mut builder = Builder::new(format, source.encoding);
        if let Some(why) = source.unread {
            builder.problem(ProblemKind::UnreadMarkup, why);
        }
        Scribe { builder, repairs: source.repairs }
    }

    /// Goes on with a builder whose source has no damaged lines.
    pub fn over(builder: Builder) -> Scribe<'static> {
        Scribe { builder, repairs: &[] }
    }

    /// Says which line of the source, from 1, comes next.
    pub fn line(&mut self, line: usize) {
        let due = self.repairs.partition_point(|r| r.line <= line);
        let (now, later) = self.repairs.split_at(due);
        for repair in now {
            self.builder.line(repair.line);
            self.builder.change(ChangeKind::Repaired, &repair.text, repair.why());
        }
        self.repairs = later;
        self.builder.line(line);
    }

    /// The document.
    pub fn finish(mut self) -> Document {
        self.line(usize::MAX);
        self.builder.finish()
    }
}
