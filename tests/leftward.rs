//! A text that is read from right to left: the screen is laid out as it is read, in every mode. Told as journeys and kept
//! as pictures.

mod common;

use common::journey::{Journey, journey};
use ibid::document::Document;
use ibid::import::{Options, import};
use ibid::layout::Bidi;

/// Hebrew in sections, with notes that stand for others, a list, a table, and a paragraph of English.
const TEXT: &str = "\
# ישראל והים: דברי ימי ההפלגות

## הפלגה ראשונה

בשנת 1948 יצאה הספינה מן הנמל, ועל סיפונה שלוש מאות נוסעים (רובם ילדים) שבאו מאירופה.[^1] רב־החובל, שנולד בעיר \
Hamburg, ידע רק מילים מעטות בעברית, ובכל זאת הבינו אותו כולם.[^2]

- פריט ראשון
- פריט שני (עם סוגריים) ארוך יותר, כדי שיעבור לשורה שנייה ויראה כיצד הוא תלוי מתחת לעצמו

| שנה | ספינה | נוסעים |
|---|---|---|
| 1948 | אקסודוס | 300 |
| 1949 | Hamburg | 1200 |

## הפלגה שנייה

The English paragraph with שלום in it stands at the left.

הנוסעים ירדו בחיפה, ואיש לא ידע לאן ילך.[^3]

### תת־פרק

מילים אחדות על הספינה.

[^1]: אהוד לוין, *הספינה והים* (תל אביב, 1962), עמ' 182.
[^2]: Ann Author, *The Ship* (Oxford, 1970), p. 12.
[^3]: Ibid., p. 13.
";

fn hebrew(columns: u16, rows: u16) -> Journey {
    journey(document(), (columns, rows))
}

fn document() -> Document {
    import(TEXT.as_bytes(), "text.md", &Options::default()).expect("a text")
}

#[test]
fn every_mode_is_laid_out_as_it_is_read() {
    for (name, size, keys) in [
        ("leftward-page", (60, 34), ""),
        ("leftward-contents", (60, 12), "t"),
        ("leftward-panel", (110, 20), "T ]"),
        ("leftward-margin", (120, 30), "] F Tab"),
        ("leftward-two-pages", (160, 24), "W"),
        ("leftward-note", (60, 24), "3 Enter"),
        ("leftward-concordance", (80, 16), "/ \"הספינה\" Enter &"),
        ("leftward-prompt", (60, 14), "/ \"הספינה\" Left Left"),
        ("leftward-filter", (60, 14), "t / \"חיפה\" Enter"),
        ("leftward-record", (21, 30), "] } } }"),
    ] {
        insta::assert_snapshot!(name, hebrew(size.0, size.1).keys(keys).dump());
    }
}

/// A terminal that brings lines into order gets them in the order in which they are read, and lays out nothing in a
/// mirror.
#[test]
fn a_terminal_that_reorders_gets_what_is_read() {
    let mut j = hebrew(60, 12);
    j.state.options.bidi = Bidi::Terminal;
    let j = j.resize(60, 12).keys("t");
    insta::assert_snapshot!("leftward-by-the-terminal", j.dump());
}

/// Down in a selection goes to the word beneath, whichever way the lines run.
#[test]
fn a_selection_goes_down_by_the_column() {
    let j = hebrew(60, 34).keys("] } v");
    let (_, first) = j.buffer();
    let j = j.keys("j");
    let (_, second) = j.buffer();
    assert_eq!(second.1, first.1 + 1);
    // The first word of a line stands at its right; so does the one beneath.
    assert!(second.0 + 8 > first.0, "{first:?} {second:?}");
    let (_, back) = j.keys("k").buffer();
    assert_eq!((back.1, back.0), (first.1, first.0));
}
