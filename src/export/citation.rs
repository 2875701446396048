//! A quotation with its source: author, title, section and paragraph, page; in a note, what the note stands for.
//!
//! What is not known is left out, never guessed: names stay as they are printed, and a text without pages has none.

use super::quote::quote;
use crate::apparatus::Standing;
use crate::document::clean::excerpt;
use crate::document::{Document, Locator, Position};
use crate::keymap::Citation as Style;
use serde::Serialize;
use std::fmt::Write;
use std::ops::Range;

/// What a quotation is taken from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The text.
    pub document: &'a Document,
    /// What its notes stand for.
    pub standings: &'a [Option<Standing>],
    /// Which of the works that the note in hand may stand for has been chosen.
    pub chosen: Option<usize>,
    /// What it is called where it has no title.
    pub name: &'a str,
}

/// A range of the text, quoted, with its source in a style. Empty if there are no words in it.
pub fn cited(source: Source<'_>, range: &Range<usize>, style: Style) -> String {
    let words = quote(source.document, range);
    if words.is_empty() {
        return words;
    }
    let cited = Cited::new(source, range, words);
    match style {
        Style::Text => cited.text(),
        Style::Markdown => cited.markdown(),
        Style::Bibtex => cited.bibtex(),
        Style::CslJson => cited.csl(),
    }
}

/// Section, paragraph and page of a range, or the note it is in: what one cites by. Empty on the title page.
pub fn locator(document: &Document, range: &Range<usize>) -> String {
    let (place, page) = (place(document, range), page(document, range));
    [Some(place).filter(|p| !p.is_empty()), page.map(|p| paged(&p))]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// `§2 ¶5`, `§2 ¶5–6`, `§2 ¶5 – §3 ¶1`; for a note where it is cited and its mark.
fn place(document: &Document, range: &Range<usize>) -> String {
    let first = Position::at(range.start);
    let last = document.position(range.end.saturating_sub(1).max(range.start));
    if let Some(note) = document.note_at(first) {
        let cited = document.citations(note).map(|r| r.at).find(|at| document.note_at(*at).is_none());
        let cited = cited.map_or_else(String::new, |at| format!("{}, ", document.locator(at)));
        return format!("{cited}note {}", document.notes()[note].mark);
    }
    let (from, to) = (document.locator(first), document.locator(last));
    match (from, to) {
        (Locator { section: 0, paragraph: 0 }, _) if from == to => String::new(),
        _ if from == to => from.to_string(),
        _ if from.section == to.section && from.paragraph > 0 => format!("{from}–{}", to.paragraph),
        _ => format!("{from} – {to}"),
    }
}

/// The page of the printed book, or the pages from the first to the last.
fn page(document: &Document, range: &Range<usize>) -> Option<String> {
    let page = |at| document.page_at(at).map(|page| excerpt(&page.label, 20));
    let first = page(Position::at(range.start))?;
    let last = page(document.position(range.end.saturating_sub(1).max(range.start)));
    Some(match last {
        Some(last) if last != first => format!("{first}–{last}"),
        Some(_) | None => first,
    })
}

fn paged(page: &str) -> String {
    format!("{} {page}", if page.contains(['–', '-']) { "pp." } else { "p." })
}

/// The pages that a note prints: mere figures are said to be pages, `vol. 2, p. 46` says so itself.
fn printed(pages: &str) -> String {
    let pages = excerpt(pages, 40);
    let figures = pages.chars().all(|c| c.is_ascii_digit() || matches!(c, '–' | '-'));
    if figures { paged(&pages) } else { pages }
}

/// The parts of a citation, each clean and on one line; only the words have as many lines as they need.
struct Cited {
    words: String,
    authors: Vec<String>,
    title: String,
    /// The book or site that the text stands in.
    container: Option<String>,
    language: Option<String>,
    place: String,
    page: Option<String>,
    /// What the note stands for.
    stands: Option<String>,
}

impl Cited {
    fn new(source: Source<'_>, range: &Range<usize>, words: String) -> Cited {
        let Source { document, standings, chosen, name } = source;
        let meta = document.meta();
        let line = |text: &String| excerpt(text, 300);
        let title = meta.title.as_ref().map_or_else(|| excerpt(name, 300), line);
        let subtitle =
            meta.subtitle.as_ref().map(line).filter(|s| !s.is_empty() && !title.contains(s.as_str()));
        let title = match subtitle {
            Some(subtitle) if title.ends_with([':', '?', '!', '.']) => format!("{title} {subtitle}"),
            Some(subtitle) => format!("{title}: {subtitle}"),
            None => title,
        };
        let note = document.note_at(Position::at(range.start));
        let standing = note.and_then(|note| standings.get(note)?.as_ref());
        Cited {
            words,
            authors: meta.authors.iter().map(line).filter(|author| !author.is_empty()).collect(),
            title,
            container: meta.source.as_ref().map(line).filter(|source| !source.is_empty()),
            language: meta.language.clone(),
            place: place(document, range),
            page: page(document, range),
            stands: standing.map(|standing| stands_for(document, standing, chosen)),
        }
    }

    /// Author, title and so on, parted by commas.
    fn source(&self, title: impl Fn(&str) -> String, plain: impl Fn(&str) -> String) -> String {
        let mut parts: Vec<String> = Vec::new();
        if !self.authors.is_empty() {
            parts.push(plain(&self.authors.join(", ")));
        }
        parts.push(title(&self.title));
        parts.extend(self.container.as_ref().map(|container| format!("in {}", title(container))));
        parts.extend(Some(plain(&self.place)).filter(|place| !place.is_empty()));
        parts.extend(self.page.as_ref().map(|page| plain(&paged(page))));
        let stands = self.stands.as_ref().map_or_else(String::new, |stands| format!(" ({})", plain(stands)));
        parts.join(", ") + &stands
    }

    fn text(&self) -> String {
        format!("“{}”\n— {}", self.words, self.source(str::to_owned, str::to_owned))
    }

    fn markdown(&self) -> String {
        let source = self.source(|title| format!("*{}*", escaped(title)), escaped);
        format!("{}\n>\n> — {source}", quotation(&self.words))
    }

    fn bibtex(&self) -> String {
        let kind = if self.container.is_some() { "incollection" } else { "misc" };
        let key = key(&self.authors, &self.title);
        let mut entry = format!("@{kind}{{{key}");
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = write!(entry, ",\n  {name} = {{{value}}}");
            }
        };
        // Braces keep a name whole whose words BibTeX would take for a joint or a turning point.
        let author = |name: &String| {
            if name.contains([',', '{']) || name.contains(" and ") {
                format!("{{{}}}", tex(name))
            } else {
                tex(name)
            }
        };
        field("author", &self.authors.iter().map(author).collect::<Vec<_>>().join(" and "));
        field("title", &format!("{{{}}}", tex(&self.title)));
        field("booktitle", &self.container.as_ref().map_or_else(String::new, |c| format!("{{{}}}", tex(c))));
        field("pages", &self.page.as_ref().map_or_else(String::new, |page| tex(&page.replace('–', "--"))));
        field("note", &tex(&self.remark()));
        field("annote", &tex(&self.words));
        entry + "\n}"
    }

    fn csl(&self) -> String {
        let id = key(&self.authors, &self.title);
        let remark = self.remark();
        let item = Csl {
            id: &id,
            kind: if self.container.is_some() { "chapter" } else { "document" },
            title: &self.title,
            container: self.container.as_deref(),
            author: self.authors.iter().map(|literal| Literal { literal }).collect(),
            language: self.language.as_deref(),
            page: self.page.as_deref(),
            note: Some(remark.as_str()).filter(|remark| !remark.is_empty()),
            annote: &self.words,
        };
        // Strings and lists cannot fail to serialise.
        serde_json::to_string_pretty(&[item]).unwrap_or_default()
    }

    /// What has no field of its own.
    fn remark(&self) -> String {
        let parts = [Some(self.place.clone()).filter(|place| !place.is_empty()), self.stands.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// An item of CSL-JSON. Names are not taken apart: which of their words is the family's cannot be told.
#[derive(Serialize)]
struct Csl<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    title: &'a str,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Literal<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    annote: &'a str,
}

#[derive(Serialize)]
struct Literal<'a> {
    literal: &'a str,
}

/// What a note stands for, in a few words; that it cannot be told is said as well.
fn stands_for(document: &Document, standing: &Standing, chosen: Option<usize>) -> String {
    let work = |note: usize, text: &Range<usize>| {
        let words = excerpt(&document.text()[text.clone()], 300);
        format!("{} (note {})", words.trim_end_matches(['.', ',', ';', ' ']), document.notes()[note].mark)
    };
    match standing {
        Standing::One { note, text, pages, .. } => {
            let pages = pages.as_ref().map_or_else(String::new, |pages| format!(", {}", printed(pages)));
            format!("stands for {}{pages}", work(*note, text))
        }
        Standing::Several(several) if let Some(one) = chosen.and_then(|at| several.get(at)) => {
            format!("taken to stand for {}", work(one.note, &one.text))
        }
        Standing::Several(several) => {
            let works: Vec<String> = several.iter().map(|c| work(c.note, &c.text)).collect();
            format!("may stand for {}", works.join(", or "))
        }
        Standing::Unresolved => "what it stands for cannot be told".to_owned(),
    }
}

/// The words as a block quotation of Markdown.
pub fn quotation(words: &str) -> String {
    let mut lines = words.lines().peekable();
    let mut quoted = String::new();
    while let Some(line) = lines.next() {
        let next = lines.peek().is_some_and(|next| !next.is_empty());
        // Two blanks keep the end of a line of verse.
        let kept = if next && !line.is_empty() { "  " } else { "" };
        let line = if line.is_empty() { ">".to_owned() } else { format!("> {}", escaped(line)) };
        quoted.push_str(&format!("{line}{kept}{}", if lines.peek().is_some() { "\n" } else { "" }));
    }
    quoted
}

/// Words that Markdown would read as something else, as themselves.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let first = words.trim_start();
    let digits = first.len() - first.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    // `1. ` and `2) ` at the start would begin a list, as would `- ` and `+ `; `# ` a heading.
    let numbered = (digits > 0 && first[digits..].starts_with(['.', ')'])).then_some(digits);
    let lead = words.len() - first.len();
    for (i, c) in words.char_indices() {
        let starts = i == lead && matches!(c, '#' | '-' | '+' | '=' | '>' | '~');
        let ends_number = numbered.is_some_and(|digits| i == lead + digits);
        if starts || ends_number || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Words as TeX prints them.
fn tex(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A key for a bibliography: the last word of the first author and the first long word of the title.
fn key(authors: &[String], title: &str) -> String {
    let plain = |word: &str| -> String {
        let letters = word.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).take(20).collect()
    };
    let author =
        authors.first().and_then(|name| name.split_whitespace().last()).map(&plain).unwrap_or_default();
    let word = title.split_whitespace().map(&plain).find(|word| word.len() > 3).unwrap_or_default();
    match (author.as_str(), word.as_str()) {
        ("", "") => "text".to_owned(),
        ("", one) | (one, "") => one.to_owned(),
        (author, word) => format!("{author}-{word}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::builder::Builder;
    use crate::document::report::Format;
    use crate::document::{Kind, Meta};
    use proptest::prelude::*;

    fn book() -> Document {
        let mut b = Builder::new(Format::Epub, "UTF-8");
        *b.meta() = Meta {
            title: Some("The Keeper’s Log".into()),
            subtitle: Some("Oil & Water".into()),
            authors: vec!["Ann Smith".into(), "Bell and Sons".into()],
            source: None,
            language: Some("en".into()),
        };
        b.block(Kind::Heading(1), 0, "Oil");
        b.open(Kind::Paragraph, 0);
        b.page("34");
        b.text("He wrote it *twice*.");
        b.reference("1", "1");
        b.close();
        b.open(Kind::Paragraph, 0);
        b.text("Nobody ");
        b.page("35");
        b.text("read 100% of it.");
        b.reference("2", "2");
        b.close();
        for (label, words) in [("1", "Cy Brown, Rain, 1903."), ("2", "Ibid., p. 9.")] {
            b.open_note(label, label);
            b.text(words);
            b.close_note();
        }
        b.finish()
    }

    fn cite(words: (&str, &str), style: Style) -> String {
        let document = book();
        let standings = crate::apparatus::resolve(&document);
        let from = document.text().find(words.0).unwrap();
        let to = document.text().find(words.1).unwrap() + words.1.len();
        cited(
            Source { document: &document, standings: &standings, chosen: None, name: "log.epub" },
            &(from..to),
            style,
        )
    }

    #[test]
    fn each_style_says_who_wrote_what_and_where() {
        let both = ("He wrote", "of it.");
        assert_eq!(
            cite(both, Style::Text),
            "“He wrote it *twice*.\n\nNobody read 100% of it.”\n— Ann Smith, Bell and Sons, The Keeper’s Log: Oil & Water, §1 ¶1–2, pp. 34–35"
        );
        assert_eq!(
            cite(("He wrote", "wrote"), Style::Markdown),
            "> He wrote\n>\n> — Ann Smith, Bell and Sons, *The Keeper’s Log: Oil & Water*, §1 ¶1, p. 34"
        );
        assert_eq!(
            cite(both, Style::Bibtex),
            "@misc{smith-keepers,\n  author = {Ann Smith and {Bell and Sons}},\n  title = {{The Keeper’s Log: Oil \\& Water}},\n  pages = {34--35},\n  note = {§1 ¶1–2},\n  annote = {He wrote it *twice*.\n\nNobody read 100\\% of it.}\n}"
        );
        let csl: serde_json::Value = serde_json::from_str(&cite(both, Style::CslJson)).unwrap();
        let expected = serde_json::json!([{
            "id": "smith-keepers", "type": "document", "title": "The Keeper’s Log: Oil & Water",
            "author": [{"literal": "Ann Smith"}, {"literal": "Bell and Sons"}], "language": "en", "page": "34–35",
            "note": "§1 ¶1–2", "annote": "He wrote it *twice*.\n\nNobody read 100% of it.",
        }]);
        assert_eq!(csl, expected);
    }

    #[test]
    fn in_a_note_it_is_said_what_the_note_stands_for() {
        let cited = cite(("Ibid.", "p. 9."), Style::Text);
        let source = "— Ann Smith, Bell and Sons, The Keeper’s Log: Oil & Water, §1 ¶2, note 2, p. 35";
        assert_eq!(
            cited,
            format!("“Ibid., p. 9.”\n{source} (stands for Cy Brown, Rain, 1903 (note 1), p. 9)")
        );
        assert!(cite(("Cy", "Brown"), Style::Text).ends_with("§1 ¶1, note 1, p. 34"));
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut b = Builder::new(Format::Text, "UTF-8");
        b.block(Kind::Paragraph, 0, "Only words.");
        let document = b.finish();
        let source = Source { document: &document, standings: &[], chosen: None, name: "notes.txt" };
        assert_eq!(cited(source, &(0..11), Style::Text), "“Only words.”\n— notes.txt, ¶1");
        assert_eq!(cited(source, &(4..5), Style::Text), "");
        assert_eq!(
            cited(source, &(0..4), Style::Bibtex),
            "@misc{notestxt,\n  title = {{notes.txt}},\n  note = {¶1},\n  annote = {Only}\n}"
        );
    }

    #[test]
    fn markdown_is_quoted_as_it_stands() {
        for (words, expected) in [
            ("1. not a *list*", "1\\. not a \\*list\\*"),
            ("# no heading", "\\# no heading"),
            ("a_b [c] <d> `e` \\", "a\\_b \\[c\\] \\<d> \\`e\\` \\\\"),
            ("1914 was", "1914 was"),
        ] {
            assert_eq!(escaped(words), expected);
        }
        assert_eq!(quotation("One\nTwo\n\nThree"), "> One  \n> Two\n>\n> Three");
    }

    proptest! {
        #[test]
        fn any_words_are_cited_and_tex_stays_balanced(text in "\\PC{1,60}", title in any::<String>()) {
            let mut b = Builder::new(Format::Text, "UTF-8");
            b.meta().title = Some(title.clone());
            b.meta().authors = vec![title];
            b.block(Kind::Paragraph, 0, &text);
            let document = b.finish();
            let source = Source { document: &document, standings: &[], chosen: None, name: "x" };
            for style in Style::ALL {
                let cited = cited(source, &(0..document.text().len()), style);
                prop_assert_eq!(cited.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')), None);
                if style == Style::Bibtex {
                    let plain = cited.replace("\\{", "").replace("\\}", "");
                    prop_assert_eq!(plain.matches('{').count(), plain.matches('}').count());
                }
            }
        }
    }
}
