//! What is amiss in a text: with its notes, and with its letters.

use super::SCHEMA;
use crate::apparatus::{Class, Finding};
use crate::document::Document;
use crate::document::clean::excerpt;
use serde::Serialize;
use std::fmt::Write;

/// The findings in a document, in its order.
#[derive(Debug, Serialize)]
pub struct Check {
    schema: u32,
    check: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    class: &'static str,
    kind: &'static str,
    line: usize,
    text: String,
    suggestion: Option<String>,
    #[serde(skip)]
    place: String,
}

/// The findings, told.
pub fn check(document: &Document, findings: &[Finding]) -> Check {
    let row = |finding: &Finding| Row {
        class: finding.class.name(),
        kind: finding.kind.name(),
        line: finding.line,
        text: finding.text.clone(),
        suggestion: finding.suggestion.clone(),
        place: document.name_of(finding.at),
    };
    Check { schema: SCHEMA, check: findings.iter().map(row).collect() }
}

/// Whether anything is wrong with the notes; what may be slips of scanning never fails a run.
pub fn fails(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.class == Class::Apparatus)
}

impl Check {
    /// One finding a line, the notes first.
    pub fn lines(&self) -> String {
        let mut out = String::new();
        for class in [Class::Apparatus, Class::Slip] {
            let rows: Vec<&Row> = self.check.iter().filter(|r| r.class == class.name()).collect();
            if rows.is_empty() {
                continue;
            }
            let title = match class {
                Class::Apparatus => "the notes",
                Class::Slip => "perhaps slips of scanning",
            };
            let _ = writeln!(out, "{title}");
            for row in rows {
                let suggestion =
                    row.suggestion.as_ref().map_or_else(String::new, |s| format!(" → {}", excerpt(s, 60)));
                let _ =
                    writeln!(out, "  {:<10} {}: {}{suggestion}", row.place, row.kind, excerpt(&row.text, 70));
            }
        }
        if out.is_empty() {
            out.push_str("nothing is amiss\n");
        }
        out
    }
}
