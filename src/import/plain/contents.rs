//! Tables of contents: what they say the headings of a text are.
//!
//! A table is believed as far as the text bears it out: an entry is a heading where it comes again. That goes over what
//! a line looks like, so that `4.1. control` is one.

use super::lines::Line;
use super::rank;
use super::words;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What stands over a table, in lower case.
const HEADINGS: &str = "\
    contents|table of contents|inhalt|inhaltsverzeichnis|table des matières|índice|indice|sommaire|\
    sommario|inhoud|innehåll|indhold|spis treści|оглавление|содержание|目次|目錄|目录";

/// A table has no more lines.
const REACH: usize = 4000;

/// So many wide lines without a blank one between them are prose, and fewer where no entry begins.
const PROSE: usize = 5;
const SENTENCE: usize = 3;

/// A line is wide, in bytes.
const WIDE: usize = 50;

/// An entry is no longer, in bytes.
const LONGEST: usize = 160;

/// So many entries that come again show that a table is complete.
const MANY: usize = 5;

/// The table of contents of a text, and those of its chapters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// The lines that each takes in the source, from 1, its own heading aside; in order.
    tables: Vec<Range<usize>>,
    entries: HashSet<String>,
    /// Entries of more than one line, by their number: what their first line says.
    broken: HashMap<String, String>,
    /// The numbers of its entries, without the last stop.
    numbers: HashSet<String>,
    /// How many of the entries come again.
    borne_out: usize,
    /// Whether one counts sections inside chapters: `2.3.`
    deep: bool,
}

impl Contents {
    /// The tables of a text that the text bears out, if it has any.
    pub fn find(lines: &[Line]) -> Option<Contents> {
        let first = lines.iter().position(|l| is_heading(l.text))?;
        // Where each line stands last: cheap, and only asked for what may be an entry.
        let mut later: HashMap<String, usize> = HashMap::new();
        for (i, line) in lines.iter().enumerate().skip(first + 1).filter(|(_, l)| l.text.len() <= LONGEST) {
            later.insert(key(line.text), i);
        }
        let mut contents = Contents::default();
        let mut at = first;
        while let Some(heading) = (at..lines.len()).find(|i| is_heading(lines[*i].text)) {
            at = contents.read(lines, heading, &later).max(heading + 1);
        }
        (contents.borne_out > 0).then_some(contents)
    }

    /// Reads the table under a heading. Returns the line behind it.
    fn read(&mut self, lines: &[Line], heading: usize, later: &HashMap<String, usize>) -> usize {
        let mut entries: HashMap<String, usize> = HashMap::new();
        let mut end = heading + 1;
        for (i, line) in lines.iter().enumerate().skip(heading + 1).take(REACH) {
            let key = key(line.text);
            let again = entries.get(&key).is_some_and(|first| {
                // Lines of the table itself may be alike: what comes again with prose behind it is the text.
                (1..=2).any(|n| is_prose(lines, i + n)) || lines[*first].blanks < line.blanks
            });
            if again || is_prose(lines, i) || line.text.len() > LONGEST {
                end = i;
                break;
            }
            end = i + 1;
            entries.entry(key).or_insert(i);
        }
        // The text may begin with headings that the table has in another form.
        let again = |l: &Line| later.get(&key(l.text)).is_some_and(|later| *later >= end);
        let inside = lines.get(heading + 2..end).unwrap_or_default();
        let count = inside.iter().rev().take_while(|l| opens_part(l) && !again(l)).count();
        let end = if end < lines.len() { end - count } else { end };
        let entries =
            entries.into_iter().filter(|(key, at)| *at < end && later.get(key).is_some_and(|l| *l >= end));
        let entries: HashSet<String> = entries.map(|(key, _)| key).filter(|key| !key.is_empty()).collect();
        let [first, .., last] = &lines[heading..end] else { return end };
        if entries.is_empty() {
            return end;
        }
        for pair in lines[heading + 1..end].windows(2) {
            let goes_on =
                pair[1].blanks == 0 && !rank::is_labelled(pair[1].text) && pair[1].indent >= pair[0].indent;
            if let Some(number) = number(pair[0].text).filter(|_| goes_on) {
                self.broken.insert(number.to_owned(), key(pair[0].text));
            }
        }
        let numbers = lines[heading + 1..end].iter().filter_map(|l| number(l.text));
        self.numbers.extend(numbers.map(|n| n.trim_end_matches('.').to_owned()));
        let deep = |l: &&Line| matches!(rank::rank(l.text), Some(rank::Rank::Decimal(2..)));
        self.deep |= lines[heading..end].iter().filter(deep).count() >= MANY;
        self.tables.push(lines.get(heading + 1).unwrap_or(first).number..last.number + 1);
        self.borne_out += entries.len();
        self.entries.extend(entries);
        end
    }

    /// Whether a line of the source, from 1, stands in a table.
    pub fn holds(&self, line: usize) -> bool {
        let before = self.tables.partition_point(|table| table.start <= line);
        before.checked_sub(1).is_some_and(|i| self.tables[i].contains(&line))
    }

    /// The line of the source at which the first table starts, and the one behind it.
    pub fn first(&self) -> Option<&Range<usize>> {
        self.tables.first()
    }

    /// Whether the table has a heading.
    pub fn lists(&self, title: &str) -> bool {
        let begins = |number| self.broken.get(number).is_some_and(|first| key(title).starts_with(first));
        title.len() <= LONGEST && (self.entries.contains(&key(title)) || number(title).is_some_and(begins))
    }

    /// Whether a title is numbered as a part of one that the table lists, but is too deep for it to list.
    pub fn is_deeper(&self, title: &str) -> bool {
        let above = number(title).and_then(|n| n.trim_end_matches('.').rsplit_once('.'));
        above.is_some_and(|(above, _)| {
            self.numbers.contains(above) && !self.numbers.contains(&format!("{above}.1"))
        })
    }

    /// Whether every section of the text is in the table.
    pub fn is_complete(&self) -> bool {
        self.deep && self.borne_out >= MANY
    }
}

/// Whether a line is the heading of a table of contents.
pub(super) fn is_heading(text: &str) -> bool {
    text.len() <= 40 && {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        words::has(HEADINGS, &bare)
    }
}

/// Whether prose starts at a line: several wide ones without a blank one between them, or one that nobody broke.
fn is_prose(lines: &[Line], at: usize) -> bool {
    let Some(first) = lines.get(at) else { return false };
    if first.text.len() > LONGEST {
        return true;
    }
    let group = 1 + lines[at + 1..].iter().take(PROSE).take_while(|l| l.blanks == 0).count();
    let wide = lines[at..at + group].iter().filter(|l| l.text.len() >= WIDE).count();
    let numbered = lines[at..at + group].iter().filter(|l| number(l.text).is_some()).count();
    if numbered * 2 >= group {
        return false;
    }
    let least = if rank::is_labelled(first.text) { PROSE } else { SENTENCE };
    group >= least && wide + 1 >= group && first.text.len() >= WIDE
}

/// The number that opens an entry: `2.3.`
fn number(text: &str) -> Option<&str> {
    let first = text.split_whitespace().next()?;
    let parts = first.trim_end_matches('.').split('.');
    let figures = parts.clone().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    (figures && parts.count() > 1).then_some(first)
}

/// Whether a line stands by itself as the heading of a part does.
fn opens_part(line: &Line) -> bool {
    line.text.len() <= 80 && (line.blanks > 1 || line.blanks > 0 && rank::rank(line.text).is_some())
}

/// What is compared: letters and figures, without a page number behind dots or blanks.
fn key(text: &str) -> String {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let led = bare.trim_end_matches(['.', ' ', '\t', '·', '…']);
    let leader = &bare[led.len()..];
    let paged = bare.len() < text.len() && (leader.len() > 1 || leader == "\t");
    let title = if paged && led.contains(char::is_alphabetic) { led } else { text };
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    const PROSE: &str = "The keeper of the light climbed the stair at the same hour every evening\n\
        and every evening he counted the steps as if one of them might have gone\n\
        in the night, which it never had; and when he stood before the lamp once\n\
        more he took the cloth out of his pocket, breathed upon the glass, which\n\
        was as cold as the wind that came in from the sea, and began to polish.\n";

    #[test]
    fn a_table_is_borne_out_by_the_text() {
        let text = format!(
            "Title\n\nCONTENTS\n\n1.1. The Stair ..... 3\n1.2. control      17\n1.3. Lost\n\n\nPART ONE\n\n\n\
             1.1. The Stair\n\n{PROSE}\n1.2. control\n\n{PROSE}"
        );
        let lines = split(&text);
        let contents = Contents::find(&lines).unwrap();
        assert_eq!(contents.first(), Some(&(5..8)));
        assert!(contents.lists("1.1. THE STAIR."));
        assert!(contents.lists("1.2. control"));
        assert!(!contents.lists("1.3. Lost"));
        assert!(!contents.is_complete());
    }

    #[test]
    fn entries_may_be_long_and_broken() {
        let long = "as it was climbed by the keeper of the light every evening at the same";
        let entries: String = (1..8).map(|n| format!("    1.{n}. The stair {long}\n    hour\n")).collect();
        let body: String = (1..8).map(|n| format!("1.{n}. The stair {long}\nhour\n\n{PROSE}\n")).collect();
        let text = format!("Title\n\nContents\n\n{entries}\n{body}");
        let lines = split(&text);
        let contents = Contents::find(&lines).unwrap();
        assert_eq!(contents.first(), Some(&(5..19)));
        assert!(contents.is_complete());
        assert!(contents.lists(&format!("1.7. The stair {long} hour")));
        assert!(!contents.lists("1.7. The lamp"));
    }

    #[test]
    fn chapters_may_have_tables_of_their_own() {
        let chapter = |title: &str, sections: [&str; 2]| {
            let [a, b] = sections;
            format!("{title}\n\nTable of Contents\n\n{a}\n{b}\n\n\n{a}\n\n{PROSE}\n{b}\n\n{PROSE}\n")
        };
        let one = chapter("Chapter 1. The Stair", ["1.1. Steps", "1.2. rails"]);
        let two = chapter("Chapter 2. The Lamp", ["2.1. Wicks", "2.2. oil"]);
        let text = format!("Title\n\n{one}\n{two}");
        let lines = split(&text);
        let contents = Contents::find(&lines).unwrap();
        assert_eq!(contents.tables.len(), 2);
        let all = lines.iter().filter(|l| contents.holds(l.number)).map(|l| l.text);
        assert_eq!(all.collect::<Vec<_>>(), ["1.1. Steps", "1.2. rails", "2.1. Wicks", "2.2. oil"]);
        assert!(contents.is_deeper("2.2.1. Of whales") && !contents.is_deeper("2.3. Of whales"));
        assert!(contents.lists("2.2. oil") && contents.lists("1.1. Steps"));
    }

    #[test]
    fn a_heading_alone_makes_no_table() {
        assert_eq!(Contents::find(&split(&format!("Contents\n\n{PROSE}\n{PROSE}"))), None);
        assert_eq!(Contents::find(&split(PROSE)), None);
    }

    #[test]
    fn entries_are_compared_without_their_pages() {
        for (a, b) in [
            ("The Lamp ........ 12", "THE LAMP."),
            ("The Lamp      12", "The Lamp"),
            ("OF WELL-BEING                                103", "Of well-being"),
            ("Chapter 12", "CHAPTER 12."),
        ] {
            assert_eq!(key(a), key(b));
        }
        assert_ne!(key("Chapter 12"), key("Chapter 13"));
    }
}
