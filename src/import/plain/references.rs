//! The marks in a plain text that call its notes.
//!
//! They are looked for only when the notes are known, and only for the notes' numbers. Each place that could be a mark
//! gets a score for how it looks ([`look`](super::look)); the marks are those that [`march`](super::march) with the
//! notes. A text marks its notes in one way: the systems are tried one by one, and the best is taken whole.

use super::look;
use super::march::{self, Step};
use super::opener;
use super::paragraphs::Paragraph;
use std::ops::Range;

/// A mark that calls a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The paragraph it stands in.
    pub paragraph: usize,
    /// Its bytes there.
    pub range: Range<usize>,
    /// The number it shows.
    pub number: usize,
}

/// How a text marks its notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    /// Figures glued to a word or its punctuation: `camp.1`
    Glued,
    /// Raised figures: `camp.¹`
    Raised,
    /// Figures in brackets: `camp.[1]`, `camp.^[1]`
    Bracketed,
}

/// The marks in these paragraphs that call the notes `first` to `last`.
pub(super) fn find(paragraphs: &[Paragraph], first: usize, last: usize) -> Vec<Mark> {
    let systems = [System::Raised, System::Bracketed, System::Glued];
    let marches = systems.map(|system| {
        let marks = candidates(paragraphs, system, first..=last);
        let steps: Vec<Step> = marks.iter().map(|(_, step)| *step).collect();
        (march::best(&steps, first, last), marks)
    });
    // Of equals the first: a glued figure is the weakest sign.
    let best = marches.into_iter().rev().max_by_key(|(march, _)| march.score);
    let Some((march, marks)) = best else { return Vec::new() };
    march.taken.into_iter().map(|i| marks[i].0.clone()).collect()
}

fn candidates(
    paragraphs: &[Paragraph],
    system: System,
    numbers: std::ops::RangeInclusive<usize>,
) -> Vec<(Mark, Step)> {
    let mut found = Vec::new();
    for (paragraph, Paragraph { text, .. }) in paragraphs.iter().enumerate() {
        let mut add = |range: Range<usize>, digits: &str, score: Option<i32>| {
            let number = opener::number(digits).filter(|n| numbers.contains(n));
            if let (Some(number), Some(score)) = (number, score) {
                found.push((Mark { paragraph, range, number }, Step { number, score }));
            }
        };
        match system {
            System::Glued => {
                for run in runs(text, |c| c.is_ascii_digit()) {
                    let (before, digits, after) = around(text, &run);
                    if let Some(cut) = look::overlong(before, digits) {
                        add(run.start + cut..run.end, &digits[cut..], look::torn(after));
                    } else {
                        add(run.clone(), digits, look::glued(before, digits, after));
                    }
                }
            }
            System::Raised => {
                for run in runs(text, |c| opener::raised(c).is_some()) {
                    let (before, digits, _) = around(text, &run);
                    add(run.clone(), digits, look::raised(before));
                }
            }
            System::Bracketed => {
                for run in runs(text, |c| c.is_ascii_digit()) {
                    let (before, digits, after) = around(text, &run);
                    if let (Some(before), Some(after)) = (before.strip_suffix('['), after.strip_prefix(']')) {
                        // Dumps of DocBook set a caret before the bracket.
                        let caret = before.strip_suffix('^');
                        let start = run.start - 1 - usize::from(caret.is_some());
                        add(start..run.end + 1, digits, look::bracketed(caret.unwrap_or(before), after));
                    }
                }
            }
        }
    }
    found
}

/// The runs of characters of a kind.
fn runs(text: &str, of: impl Fn(char) -> bool + Copy) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(of)?;
        at = text[start..].find(|c| !of(c)).map_or(text.len(), |end| start + end);
        Some(start..at)
    })
}

fn around<'a>(text: &'a str, run: &Range<usize>) -> (&'a str, &'a str, &'a str) {
    (&text[..run.start], &text[run.clone()], &text[run.end..])
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::super::paragraphs;
    use super::super::shape::Shape;
    use super::*;

    /// Checks which marks are found in the lines of a text that has notes 1 to `last`: each with what stands before it.
    fn check(text: &str, last: usize, told: &[(&str, usize)]) {
        let formed = paragraphs::form(&split(text), Shape::Unwrapped { spaced: false });
        let marks = find(&formed, 1, last);
        let before = |m: &Mark| {
            let before = &formed[m.paragraph].text[..m.range.start];
            before.rsplit(' ').next().unwrap_or_default().to_owned()
        };
        let got: Vec<_> = marks.iter().map(|m| (before(m), m.number)).collect();
        let told: Vec<_> = told.iter().map(|(before, number)| ((*before).to_owned(), *number)).collect();
        assert_eq!(got, told, "{text}");
    }

    #[test]
    fn marks_are_glued_to_words_and_stops() {
        check(
            "It was the camp.1 In archives,2 and the “state.”3\nSo (it seems)4 was recognition).5 It was right”.6",
            6,
            &[
                ("camp.", 1),
                ("archives,", 2),
                ("“state.”", 3),
                ("seems)", 4),
                ("recognition).", 5),
                ("right”.", 6),
            ],
        );
        check(
            "Not in Germany1 nor in France2, it seems.3",
            3,
            &[("Germany", 1), ("France", 2), ("seems.", 3)],
        );
        check("In 1949.1 The war ended in 1945,2 they say.", 2, &[("1949.", 1), ("1945,", 2)]);
        check("house....1 They said “yes.’ ”2 And went!3", 3, &[("house....", 1), ("”", 2), ("went!", 3)]);
    }

    #[test]
    fn figures_that_call_nothing() {
        for text in [
            "In 1917–1920 there were 25–30,000 men.",
            "The sum of $1,400.25 is 3.5 times £2,000.",
            "See p. 2 and p.2 and pp.1 and Fig.2 and vol.1 and No.2 and § 1.",
            "The U.S.1 and the U.S.2 and an F-1 and a B2.",
            "On June 1, 2 men came at 1:2.",
            "It is 2nd, 1st, 1% and 2° and 1/2.",
            "Read www.example.org/a.1 or a@b.2 now.",
            "CO2 and H2O and MI1.",
            "In ’1 and '2 and the \"2 men\" who stood 6’2 tall.",
        ] {
            check(text, 2, &[]);
        }
    }

    #[test]
    fn the_best_march_wins() {
        check(
            "It grew by word2 first.1 Then came the end.2 And 3.1 times.",
            2,
            &[("first.", 1), ("end.", 2)],
        );
        check("He turned the page.1 He said no.2 He said.3", 3, &[("page.", 1), ("no.", 2), ("said.", 3)]);
        check("One.1 Twice.1 Two.2", 2, &[("One.", 1), ("Twice.", 1), ("Two.", 2)]);
        check("One.1 Three.3", 3, &[("One.", 1), ("Three.", 3)]);
    }

    #[test]
    fn other_systems_are_known() {
        check("archives,¹ and 5 m² of it.² So", 2, &[("archives,", 1), ("it.", 2)]);
        check("as said[1] here. [2] And [sic]", 2, &[("said", 1), ("", 2)]);
    }

    #[test]
    fn figures_may_be_glued_to_figures() {
        let text = "In June 141 they came.2 It cost $7,2503 then, and no more.4";
        check(text, 4, &[("14", 1), ("came.", 2), ("$7,250", 3), ("more.", 4)]);
        check("It came.1 It was 19452 and 1946.3", 3, &[("came.", 1), ("1945", 2), ("1946.", 3)]);
    }
}
