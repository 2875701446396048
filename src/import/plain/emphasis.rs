//! What plain text sets apart with signs: `_emphasis_`, `*emphasis*`, `/emphasis/`, `=strong=`.
//!
//! A sign opens before a word and closes behind one, in the same paragraph. Underscores always mean it; the others only
//! where a text makes a habit of them.

use crate::document::Mark;

/// So many words set apart are a habit.
const HABIT: usize = 3;

/// The signs of a text that set words apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Habits {
    stars: bool,
    slashes: bool,
    equals: bool,
}

/// A place where words begin or cease to be set apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// The byte of the sign.
    pub at: usize,
    /// How the words are set apart that begin here; `None` where they end.
    pub opens: Option<Mark>,
}

impl Habits {
    /// The habits of a text.
    pub fn of<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Habits {
        let all = Habits { stars: true, slashes: true, equals: true };
        let mut counts = [0_usize; 3];
        for text in paragraphs {
            if counts.iter().all(|count| *count >= HABIT) {
                break;
            }
            // Cheap first: most paragraphs have none.
            if memchr::memchr3(b'*', b'/', b'=', text.as_bytes()).is_none() {
                continue;
            }
            for turn in turns(text, all).iter().filter(|t| t.opens.is_some()) {
                match text.as_bytes()[turn.at] {
                    b'*' => counts[0] += 1,
                    b'/' => counts[1] += 1,
                    b'=' => counts[2] += 1,
                    _ => {}
                }
            }
        }
        let [stars, slashes, equals] = counts.map(|count| count >= HABIT);
        Habits { stars, slashes, equals }
    }

    fn mark(self, sign: u8) -> Option<Mark> {
        match sign {
            b'_' => Some(Mark::Emphasis),
            b'*' if self.stars => Some(Mark::Emphasis),
            b'/' if self.slashes => Some(Mark::Emphasis),
            b'=' if self.equals => Some(Mark::Strong),
            _ => None,
        }
    }
}

/// Where words of a paragraph begin and cease to be set apart; the turns nest.
pub(super) fn turns(text: &str, habits: Habits) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    // The signs that wait for their end: their byte, and the turn they will be.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let bytes = text.as_bytes();
    let mut kept: Vec<bool> = Vec::new();
    for (at, sign) in bytes.iter().copied().enumerate() {
        let Some(mark) = habits.mark(sign) else { continue };
        let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        // Doubled signs are rules, dunders and comments.
        if before == Some(char::from(sign)) || after == Some(char::from(sign)) {
            continue;
        }
        let waiting = open.iter().rposition(|(other, _)| *other == sign);
        if let Some(waiting) = waiting.filter(|_| closes(before, after, sign)) {
            let (_, turn) = open[waiting];
            kept[turn] = true;
            // Whatever opened inside and did not close is no sign.
            open.truncate(waiting);
            turns.push(Turn { at, opens: None });
            kept.push(true);
        } else if opens(before, after, sign) {
            open.retain(|(other, _)| *other != sign);
            open.push((sign, turns.len()));
            turns.push(Turn { at, opens: Some(mark) });
            kept.push(false);
        }
    }
    let mut kept = kept.into_iter();
    turns.retain(|_| kept.next() == Some(true));
    turns
}

fn opens(before: Option<char>, after: Option<char>, sign: u8) -> bool {
    let free = before
        .is_none_or(|c| !c.is_alphanumeric() && (sign == b'_' || !matches!(c, '/' | ':' | '.' | '<' | '=')));
    free && after.is_some_and(|c| {
        !c.is_whitespace() && (sign == b'_' || c.is_alphabetic() || matches!(c, '"' | '“' | '\''))
    })
}

/// An underscore may close inside a word, for plurals: `the _sawad_s`.
fn closes(before: Option<char>, after: Option<char>, sign: u8) -> bool {
    let ends = before.is_some_and(|c| !c.is_whitespace());
    let free = |c: char| !c.is_alphanumeric() && (sign != b'/' || c != '/');
    ends && after.is_none_or(|c| free(c) || sign == b'_' && c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks a text with what is set apart in it: `<…>` emphasis, `{…}` strong.
    fn check(text: &str, shown: &str) {
        let habits = Habits { stars: true, slashes: true, equals: true };
        let mut got = String::new();
        let (mut at, mut nested) = (0, Vec::new());
        for turn in turns(text, habits) {
            got.push_str(&text[at..turn.at]);
            let ends = match &turn.opens {
                Some(Mark::Strong) => ('{', '}'),
                Some(_) => ('<', '>'),
                None => nested.pop().unwrap(),
            };
            if turn.opens.is_some() {
                nested.push(ends);
            }
            got.push(if turn.opens.is_some() { ends.0 } else { ends.1 });
            at = turn.at + 1;
        }
        got.push_str(&text[at..]);
        assert_eq!(got, shown);
    }

    #[test]
    fn signs_set_words_apart() {
        for (text, shown) in [
            ("_Ibid._, p. 2", "<Ibid.>, p. 2"),
            ("_Ibid.,_ p. 2", "<Ibid.,> p. 2"),
            ("the _Sawad_s of _the\nEast_--all", "the <Sawad>s of <the\nEast>--all"),
            ("(_A_) and \"_B_\"", "(<A>) and \"<B>\""),
            ("it *is* so, =very= /much/ so", "it <is> so, {very} <much> so"),
            ("_a =b= c_", "<a {b} c>"),
            // What crosses does not nest: the outer pair counts.
            ("_a =b_ c=", "<a =b> c="),
        ] {
            check(text, shown);
        }
    }

    #[test]
    fn other_signs_are_themselves() {
        for text in [
            "snake_case_name and __init__",
            "an open _end",
            "an end_ without",
            "_ alone _",
            "a/b and c/d, http://example.org/a/b",
            "2 * 3 * 4 and word.* Then",
            "a = b = c, x=1, y=2",
            "____",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_habit_is_made_of_several() {
        let habits = |text: &str| Habits::of(text.split('\n'));
        assert_eq!(habits("*a* b\n*c* d *e*"), Habits { stars: true, ..Habits::default() });
        assert_eq!(habits("*a* and /b/ and =c="), Habits::default());
    }
}
