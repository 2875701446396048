//! The notation of Aozora Bunko, the Japanese library: readings, commands, and the frame about its books.
//!
//! `｜漢字《かんじ》` gives a reading, `［＃…］` commands the typesetter, `※［＃…］` describes a character that the encoding
//! lacks. The readings stay: they are the author's. Lines stay lines: what is told here is told by their numbers.

use super::lines::Line;
use crate::document::report::ChangeKind;
use crate::import::Scribe;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the legend is called that explains the notation.
const LEGEND: &str = "【テキスト中に現れる記号について】";

/// What the colophon begins with: the printed book the text was taken from.
const COLOPHON: &str = "底本：";

/// Commands that stand for an empty line.
const BREAKS: [&str; 4] = ["改ページ", "改丁", "改段", "改見開き"];

/// The headings: what the command contains, and the level.
const HEADINGS: [(&str, u8); 3] = [("大見出し", 1), ("中見出し", 2), ("小見出し", 3)];

/// What those are called that brought a text to its readers, at the end of their line.
const ROLES: [&str; 10] = ["訳", "譯", "訳註", "譯註", "訳注", "編", "編訳", "校訂", "校註", "補"];

/// The lines before the text are no more.
const FRONT: usize = 12;

/// A command is no longer, in bytes.
const LONGEST: usize = 600;

/// A text without its notation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Aozora {
    /// The text, line by line what it was.
    pub text: String,
    /// The lines that are headings, from 1, with their levels.
    pub headings: BTreeMap<usize, u8>,
    /// The lines of the legend, its rules included.
    pub legend: Range<usize>,
    /// The line on which the colophon begins; behind the last if there is none.
    pub colophon: usize,
    /// How many commands were.
    pub commands: usize,
}

/// Takes the notation out of a text, if it is written in it.
pub(super) fn read(text: &str) -> Option<Aozora> {
    let noted =
        text.contains("［＃") && (text.contains('《') || text.contains(COLOPHON)) || text.contains(LEGEND);
    if !noted {
        return None;
    }
    let mut found = Aozora { legend: legend(text), colophon: usize::MAX, ..Aozora::default() };
    let mut lines = 0;
    for (i, line) in text.split('\n').enumerate() {
        lines = i + 1;
        if i > 0 {
            found.text.push('\n');
        }
        if found.colophon == usize::MAX && line.starts_with(COLOPHON) {
            found.colophon = lines;
        }
        // The legend shows the notation, and the colophon speaks of it.
        if found.legend.contains(&lines) || found.colophon <= lines {
            found.text.push_str(line);
        } else {
            found.line(line, lines);
        }
    }
    found.colophon = found.colophon.min(lines + 1);
    Some(found)
}

/// The lines of the legend, from the rule over it to the rule below.
fn legend(text: &str) -> Range<usize> {
    let is_rule = |line: &str| line.trim_end().len() > 10 && line.trim_end().bytes().all(|b| b == b'-');
    let mut rules =
        text.split('\n').take(200).enumerate().filter(|(_, l)| is_rule(l) || l.starts_with(LEGEND));
    let at: Vec<usize> = rules.by_ref().take(3).map(|(i, _)| i + 1).collect();
    match at[..] {
        [first, middle, last] if middle == first + 1 => first..last + 1,
        _ => 0..0,
    }
}

impl Aozora {
    /// How many lines before the text name it and those who wrote it: up to the legend, or to a blank line.
    pub fn front(&self, lines: &[Line]) -> usize {
        let ends = |i: usize| lines[i].number >= self.legend.start.max(1) && !self.legend.is_empty();
        let apart = |i: usize| i > 0 && lines[i].blanks > 0 && self.legend.is_empty();
        (0..lines.len().min(FRONT)).find(|i| ends(*i) || apart(*i)).unwrap_or(0)
    }

    /// Says what was left out, and what was moved.
    pub fn tell(&self, scribe: &mut Scribe) {
        let mut tell = |kind, count: usize, text: &str, why: &str| {
            if count > 0 {
                scribe.builder.change(kind, text, format!("{why}: {count}"));
            }
        };
        tell(ChangeKind::Dropped, self.commands, "［＃…］", "commands to the typesetter");
        tell(ChangeKind::Moved, self.legend.len(), LEGEND, "lines on the notation of the file, to its end");
    }

    fn line(&mut self, line: &str, number: usize) {
        let mut rest = line;
        while let Some(at) = rest.find(['｜', '［', '※']) {
            self.text.push_str(&rest[..at]);
            rest = &rest[at..];
            rest = if let Some(behind) = rest.strip_prefix('｜') {
                behind
            } else if let Some((description, behind)) = rest.strip_prefix("※［＃").and_then(command) {
                self.text.push(described(description).unwrap_or('※'));
                behind
            } else if let Some((command, behind)) = rest.strip_prefix("［＃").and_then(command) {
                self.command(command, number);
                behind
            } else {
                self.keep(rest)
            };
        }
        self.text.push_str(rest);
    }

    /// Keeps the first character.
    fn keep<'a>(&mut self, rest: &'a str) -> &'a str {
        let mut chars = rest.chars();
        self.text.extend(chars.next());
        chars.as_str()
    }

    fn command(&mut self, command: &str, line: usize) {
        let heading = HEADINGS.iter().find(|(name, _)| command.contains(name));
        if let Some((_, level)) = heading.filter(|_| !command.ends_with("終わり")) {
            self.headings.insert(line, *level);
        } else if BREAKS.contains(&command) {
            self.text.push_str("* * *");
        } else if heading.is_none() && !command.contains("小書き") {
            self.commands += 1;
        }
    }
}

/// A command up to its end; another may stand inside.
fn command(text: &str) -> Option<(&str, &str)> {
    let reach = text.floor_char_boundary(LONGEST);
    let mut depth = 0_usize;
    for (i, c) in text[..reach].char_indices() {
        match c {
            '［' => depth += 1,
            '］' if depth == 0 => return Some((&text[..i], &text[i + c.len_utf8()..])),
            '］' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The character that a description gives the number of: `「口＋世」、U+546D、123-4`.
fn described(description: &str) -> Option<char> {
    let (_, number) = description.split_once("U+")?;
    let end = number.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(number.len());
    char::from_u32(u32::from_str_radix(number.get(..end.min(6))?, 16).ok()?)
}

/// How many of the lines before the text, `lines` in all, are titles; the others name those who wrote it.
pub(super) fn titles(lines: &[&str]) -> usize {
    let brought = |line: &str| ROLES.iter().any(|role| line.trim_end().ends_with(role));
    let roles = lines.iter().rev().take_while(|l| brought(l)).count();
    lines.len().saturating_sub(roles + 1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, told: &str) {
        let text = format!("［＃２字下げ］{line}\n底本：「燈」");
        assert_eq!(read(&text).unwrap().text.split('\n').next(), Some(told), "{line}");
    }

    #[test]
    fn commands_are_left_out() {
        check("管仲夷吾《くわんちういご》は", "管仲夷吾《くわんちういご》は");
        check("一｜匡《きやう》す", "一匡《きやう》す");
        check("（一）［＃「（一）」は行右小書き］潁上", "（一）潁上");
        check("常與［＃二］鮑叔牙［＃一］游", "常與鮑叔牙游");
        check("潁上［＃「潁上」に丸傍点］。", "潁上。");
        check("※［＃「口＋世」、U+546D、12-3］は", "呭は");
        check("※［＃「にんべん＋（八がしら／月）」、第3水準1-14-20］篇", "※篇");
        check("※［＃「［＃入］れ子」、第3水準］篇", "※篇");
        check("［注］と［＃", "［注］と［＃");
    }

    #[test]
    fn the_frame_is_known() {
        let rule = "-".repeat(40);
        let text = format!(
            "燈\n\n{rule}\n{LEGEND}\n《》：ルビ\n{rule}\n\n［＃大見出し］一［＃大見出し終わり］\n本文《ほんぶん》\n\n{COLOPHON}「燈」"
        );
        let found = read(&text).unwrap();
        assert_eq!((found.legend, found.colophon), (3..7, 11));
        assert_eq!(found.headings, BTreeMap::from([(8, 1)]));
        assert!(found.text.contains("《》：ルビ"));
        assert_eq!(read("《》 only"), None);
    }

    #[test]
    fn those_who_wrote_a_text_stand_below_its_titles() {
        for (lines, count) in [
            (&["燈"][..], 1),
            (&["燈", "箭内"], 1),
            (&["燈", "副題", "箭内"], 2),
            (&["燈", "司馬遷", "箭内訳"], 1),
            (&["燈", "副題", "司馬遷", "箭内亙訳註"], 2),
        ] {
            assert_eq!(titles(lines), count, "{lines:?}");
        }
    }
}
