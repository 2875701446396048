//! What stands before the text: its title over one or several lines, the series it stands in, its author.

use super::aozora;
use super::gutenberg::Book;
use super::lines::Line;
use super::names;
use super::paragraphs::{self, Paragraph};
use super::rank::{self, Rank};
use super::shape::{self, Shape};
use super::wording;
use super::words;
use crate::document::Kind;
use crate::import::letters::letters;

/// A line of a title is no longer than this, in characters.
const LONGEST: usize = 120;

/// More lines than this before the first prose are no title.
const MOST: usize = 8;

/// A short line of more words than this that ends with a stop is a sentence.
const SENTENCE: usize = 8;

/// A title may be broken to so many lines.
const BROKEN: usize = 3;

/// How far into a book its title page goes, in paragraphs.
const PAGES: usize = 60;

/// Words of a line that names the series or journal a text stands in, in lower case.
const SERIES: &str = "\
    vol|volume|no|number|issue|series|journal|review|bulletin|quarterly|magazine|proceedings|\
    transactions|reprinted|excerpt|band|heft|zeitschrift|revue|numéro|rivista|revista";

/// Words that a title does not end with: it goes on in the next line.
const OPEN_ENDS: &str =
    "of|the|and|a|an|in|on|for|to|with|from|or|der|die|das|und|von|des|de|la|le|et|di|e|y|el";

/// How many lines stand before the first prose of a text, and may be its title.
pub(super) fn extent(lines: &[Line], shape: Shape) -> usize {
    let small = lines.first().is_some_and(|l| l.text.starts_with(char::is_lowercase));
    // `1. The Stair`, below a title.
    let numbered = |i: usize| {
        i > 0 && lines[i].blanks > 1 && matches!(rank::rank(lines[i].text), Some(Rank::Decimal(1)))
    };
    let first = (0..lines.len()).find(|i| is_prose(&lines[*i..], shape) || numbered(*i));
    match first {
        _ if small => 0,
        Some(first) if first <= MOST => first,
        // Nothing but short lines: verse perhaps. Its title stands apart, or above who wrote it.
        _ => match lines {
            [_, ..] if is_prose(lines, shape) => 0,
            [_, next, ..] if next.blanks > 0 => 1,
            [_, by, next, ..] if names::is_by_line(by.text) && next.blanks > 0 => 2,
            _ => 0,
        },
    }
}

/// Whether the first of these lines begins a paragraph of prose, or something else that no title goes over.
fn is_prose(lines: &[Line], shape: Shape) -> bool {
    let line = &lines[0];
    if line.text.chars().nth(LONGEST).is_some() || is_broken(lines, shape) {
        return true;
    }
    let words = line.text.split_whitespace().count();
    let stopped = line.text.ends_with(['.', '!', ';', '…']) && !wording::is_capitals(line.text);
    let titled = wording::is_titled(line.text.trim_end_matches('.'), true);
    let sentence = stopped && (words > SENTENCE || !titled && names::after_by(line.text).is_none());
    sentence || paragraphs::is_rule(line.text) || is_heading(line.text)
}

/// Whether the first of these lines was broken off, and not in a title of a few lines.
fn is_broken(lines: &[Line], shape: Shape) -> bool {
    let (Shape::Wrapped { width, .. }, [line, next, ..]) = (shape, lines) else { return false };
    let group = 1 + lines[1..].iter().take(BROKEN).take_while(|l| l.blanks == 0).count();
    let words: Vec<&str> = lines[..group].iter().map(|l| l.text).collect();
    let title = group <= BROKEN && wording::is_titled(&words.join(" "), true);
    next.blanks == 0 && shape::is_full(line.end(), next.text, width - width / 6) && !title
}

/// Whether a line is the heading of a section by its label; a number alone may stand in a title.
fn is_heading(text: &str) -> bool {
    rank::rank(text).is_some_and(|rank| rank != Rank::Decimal(1))
}

/// Says what each of the first `front` paragraphs is.
pub(super) fn mark(paragraphs: &mut [Paragraph], front: usize, shape: Shape) {
    let (front, body) = paragraphs.split_at_mut(front);
    let lines = front.len();
    let mut titles = 0;
    for i in 0..lines {
        let text = front[i].text.clone();
        let rest = &front[i + 1..];
        let titled = titles > 0;
        let last = rest.iter().all(|p| names::after_by(&p.text).is_some() || is_imprint(&p.text));
        // The name may stand below the word, or with an address.
        let below = i > 0 && front[i - 1].kind == Kind::Author && names::is_by(&front[i - 1].text);
        let ends = rest.first().is_none_or(|p| p.blanks > 0);
        let close = ends && i > 0 && has_room(&front[i - 1], &front[i], shape);
        let named = names::is_addressed(&text)
            || last && names::is_name(&text, body)
            || close && names::is_name_below(&text, body);
        let by =
            names::after_by(&text).is_some() || titled && (names::is_by_line(&text) || names::is_by(&text));
        front[i].kind = if by || below || titled && named {
            front[i].joins = below;
            Kind::Author
        } else if is_imprint(&text) {
            Kind::Paragraph
        } else if lines > 1 && is_source(&text, titled) && (titled || !last) {
            Kind::Source
        } else {
            titles += 1;
            if titled { Kind::Subtitle } else { Kind::Title }
        };
    }
    // A second line is a second title unless the first one leads on to it or was broken.
    for i in 1..lines {
        let (before, here) = (&front[i - 1], &front[i]);
        let on = matches!(before.kind, Kind::Title | Kind::Subtitle) && here.kind == Kind::Subtitle;
        let broken = !shape.is_unwrapped() && here.blanks == 0;
        if on && (broken || before.kind == Kind::Subtitle || leads_on(&before.text, &here.text)) {
            front[i].kind = front[i - 1].kind;
            front[i].joins = true;
        }
    }
}

/// Says what the first `front` paragraphs are where each line has its place: titles, and then those who wrote the text.
pub(super) fn mark_declared(paragraphs: &mut [Paragraph], front: usize) {
    let lines: Vec<&str> = paragraphs[..front].iter().map(|p| &*p.text).collect();
    let titles = aozora::titles(&lines);
    for (i, paragraph) in paragraphs[..front].iter_mut().enumerate() {
        paragraph.joins = false;
        paragraph.kind = match i {
            0 => Kind::Title,
            i if i < titles => Kind::Subtitle,
            _ => Kind::Author,
        };
    }
}

/// Whether a line stands close below another that had room for it, and does not go on with it.
fn has_room(line: &Paragraph, next: &Paragraph, shape: Shape) -> bool {
    let Shape::Wrapped { width, .. } = shape else { return false };
    next.blanks == 0
        && !shape::is_full(wording::columns(&line.text, LONGEST), &next.text, width)
        && !leads_on(&line.text, &next.text)
}

fn leads_on(line: &str, next: &str) -> bool {
    let word = line.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    line.ends_with([':', ',', '–', '—', '-', '&'])
        || words::has(OPEN_ENDS, &word)
        || next.starts_with(|c: char| c.is_lowercase())
}

/// A date, or a line about who may copy the text.
fn is_imprint(text: &str) -> bool {
    wording::is_date(text) || text.contains('©') || text.starts_with("Copyright ")
}

/// A line wholly in quotation marks, or one that speaks of volumes and numbers above the title.
fn is_source(text: &str, titled: bool) -> bool {
    let pairs = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('「', '」'), ('『', '』')];
    let quoted = pairs.iter().any(|(open, close)| {
        let inner = text.strip_prefix(*open).and_then(|t| t.strip_suffix(*close));
        inner.is_some_and(|t| !t.contains(*close) && !t.contains(*open))
    });
    let mut words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    quoted || !titled && words.any(|w| words::has(SERIES, &w)) && text.contains(|c: char| c.is_ascii_digit())
}

/// Finds title and author of a book, which its header names, on its title page. Returns whether the title is there.
pub(super) fn mark_known(paragraphs: &mut [Paragraph], book: &Book) -> bool {
    let page = paragraphs.len().min(PAGES);
    let page = &mut paragraphs[..page];
    if let Some(author) = book.author.as_deref().map(letters) {
        let names = |p: &Paragraph| {
            let shown = letters(&p.text);
            shown == author || shown.strip_prefix("by") == Some(&author)
        };
        page.iter_mut().filter(|p| names(p)).take(1).for_each(|p| p.kind = Kind::Author);
    }
    let Some(title) = book.title.as_deref() else { return false };
    let Some(lines) = (0..page.len()).find_map(|i| spelled(page, i, title)) else { return false };
    let mut kind = Kind::Title;
    for i in lines.clone() {
        let ends = page[i].text.ends_with([',', '.', ':', ';']);
        page[i].joins = i > lines.start && page[i - 1].kind == kind;
        page[i].kind = kind;
        if ends {
            kind = Kind::Subtitle;
        }
    }
    true
}

/// The paragraphs from `first` on that together spell a title, or its first part.
fn spelled(page: &[Paragraph], first: usize, title: &str) -> Option<std::ops::Range<usize>> {
    let wanted = letters(title);
    let main = letters(title.split([':', ';', ',', '(']).next().unwrap_or(title));
    let mut seen = String::new();
    let mut best = None;
    for (i, paragraph) in page.iter().enumerate().skip(first) {
        let more = letters(&paragraph.text);
        if more.is_empty() || !wanted[seen.len()..].starts_with(&more) {
            break;
        }
        seen.push_str(&more);
        if seen == main || seen == wanted {
            best = Some(first..i + 1);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    const PROSE: &str = "The keeper of the light climbed the stair at the same hour every evening, and every evening \
        he counted the steps as if one of them might have gone in the night, which it never had.";

    fn check(front: &str, told: &[(Kind, &str)]) {
        let text = format!("{front}\n{PROSE}\n{PROSE}");
        let lines = split(&text);
        let shape = Shape::of(&lines);
        let mut formed = paragraphs::form(&lines, shape, &Default::default());
        let front = extent(&lines, shape);
        mark(&mut formed, front, shape);
        let mut got: Vec<(Kind, String)> = Vec::new();
        for p in &formed[..front] {
            match got.last_mut() {
                Some((_, text)) if p.joins => *text = format!("{text} {}", p.text),
                _ => got.push((p.kind, p.text.clone().into_owned())),
            }
        }
        let told: Vec<_> = told.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
        assert_eq!(got, told);
    }

    #[test]
    fn a_title_may_have_several_lines() {
        check(
            "“Lights of the North”\nThe Last Keeper:\nA History of Lamps",
            &[(Kind::Source, "“Lights of the North”"), (Kind::Title, "The Last Keeper: A History of Lamps")],
        );
        check(
            "The Last Keeper of\nthe Northern Light\nBy Anna Lamp",
            &[(Kind::Title, "The Last Keeper of the Northern Light"), (Kind::Author, "By Anna Lamp")],
        );
        check(
            "The Last Keeper\nA History of Lamps\nAnna K. Lamp",
            &[
                (Kind::Title, "The Last Keeper"),
                (Kind::Subtitle, "A History of Lamps"),
                (Kind::Author, "Anna K. Lamp"),
            ],
        );
        check(
            "Journal of Lamps, No. 4\nThe Last Keeper\n12 May 1931",
            &[
                (Kind::Source, "Journal of Lamps, No. 4"),
                (Kind::Title, "The Last Keeper"),
                (Kind::Paragraph, "12 May 1931"),
            ],
        );
        check(
            "The Last Keeper\nby Lucian\nCopyright 1931 Anna Lamp",
            &[
                (Kind::Title, "The Last Keeper"),
                (Kind::Author, "by Lucian"),
                (Kind::Paragraph, "Copyright 1931 Anna Lamp"),
            ],
        );
        check(
            "The Last Keeper\nAnna Keeper <anna@example.org>\nVersion 2 of 1931",
            &[
                (Kind::Title, "The Last Keeper"),
                (Kind::Author, "Anna Keeper <anna@example.org>"),
                (Kind::Subtitle, "Version 2 of 1931"),
            ],
        );
        check(
            "THE LAST KEEPER\nBY\nLUCIAN",
            &[(Kind::Title, "THE LAST KEEPER"), (Kind::Author, "BY LUCIAN")],
        );
        check("By Night", &[(Kind::Title, "By Night")]);
        check("The Last Keeper.", &[(Kind::Title, "The Last Keeper.")]);
        check("“The Last Keeper”", &[(Kind::Title, "“The Last Keeper”")]);
    }

    #[test]
    fn a_title_may_be_broken_to_a_width() {
        let prose = textwrap::fill(PROSE, 50);
        let text = format!(
            "The Last Keeper of the Northern Light and His Two\nLogbooks\n\nby Anna Lamp\n\n{prose}\n"
        );
        let lines = split(&text);
        let shape = Shape::of(&lines);
        assert_eq!(extent(&lines, shape), 3);
        let mut formed: Vec<Paragraph> = Vec::new();
        for line in &lines[..3] {
            formed.extend(paragraphs::form(
                std::slice::from_ref(line),
                Shape::Unwrapped { spaced: false },
                &Default::default(),
            ));
        }
        mark(&mut formed, 3, shape);
        let kinds: Vec<_> = formed.iter().map(|p| (p.kind, p.joins)).collect();
        assert_eq!(kinds, [(Kind::Title, false), (Kind::Title, true), (Kind::Author, false)]);
    }

    #[test]
    fn an_author_may_stand_close_below_a_title_that_had_room() {
        let check = |name: &str, author: bool| {
            let prose = textwrap::fill(&format!("{PROSE} {name}, {name}, said it. It was a light."), 50);
            let text = format!("The Last Keeper\n{name}\n\n{prose}\n");
            let lines = split(&text);
            let shape = Shape::of(&lines);
            let front = extent(&lines, shape);
            let mut formed: Vec<Paragraph> = Vec::new();
            for line in &lines[..front] {
                let alone = Shape::Unwrapped { spaced: false };
                formed.extend(paragraphs::form(std::slice::from_ref(line), alone, &Default::default()));
            }
            formed.extend(paragraphs::form(&lines[front..], shape, &Default::default()));
            mark(&mut formed, front, shape);
            assert_eq!(formed[1].kind == Kind::Author, author, "{name}");
        };
        check("Anna Lamp", true);
        check("Northern Light", false);
    }

    #[test]
    fn a_text_may_have_no_title() {
        check("Introduction", &[]);
        check("It was a night in the last of all the winters.", &[]);
        check("It was cold.", &[]);
        check(PROSE, &[]);
    }

    #[test]
    fn a_known_title_is_found_on_its_page() {
        let lines = split("Studies\n\nTHE\n\nLAST KEEPER,\n\nA HISTORY\n\nBY\n\nANNA LAMP\n");
        let mut formed = paragraphs::form(&lines, Shape::Unwrapped { spaced: true }, &Default::default());
        let title = Some("The Last Keeper: A History".to_owned());
        let book = Book { title, author: Some("Anna Lamp".to_owned()), ..Book::default() };
        assert!(mark_known(&mut formed, &book));
        let kinds: Vec<_> = formed.iter().map(|p| (p.kind, p.joins)).collect();
        assert_eq!(kinds[1..4], [(Kind::Title, false), (Kind::Title, true), (Kind::Subtitle, false)]);
        assert_eq!(kinds[5].0, Kind::Author);
    }
}
