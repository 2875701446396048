//! How even the right edge of a text is, set by ibid and by others: figures for a test and for a table.

use ibid::document::{Document, Kind};
use ibid::layout::ink::{self, Lights};
use ibid::layout::width::width;
use ibid::layout::{Galley, Row, Style};
use textwrap::{WordSeparator, WrapAlgorithm, wrap_algorithms::Penalties};

/// What is counted on the lines of paragraphs, their last ones left out: those end where they end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Raggedness {
    pub lines: usize,
    /// The mean of the squares of the cells that lines leave empty.
    pub squares: f64,
    /// Lines that end in a hyphen which the text does not have, in a hundred.
    pub hyphens: f64,
    /// The longest run of lines in a row that end so.
    pub ladder: usize,
}

/// A line as it is set, and whether a hyphen was added to it.
type Set = (String, bool);

fn count(paragraphs: &[Vec<Set>], measure: u16) -> Raggedness {
    let mut found = Raggedness::default();
    let (mut squares, mut hyphens) = (0, 0);
    for lines in paragraphs {
        let mut run = 0;
        for (line, hyphen) in lines.split_last().map_or(&[][..], |(_, inner)| inner) {
            let slack = u64::from(measure.saturating_sub(width(line)));
            squares += slack * slack;
            hyphens += usize::from(*hyphen);
            run = if *hyphen { run + 1 } else { 0 };
            found.ladder = found.ladder.max(run);
            found.lines += 1;
        }
    }
    found.squares = squares as f64 / found.lines.max(1) as f64;
    found.hyphens = 100.0 * hyphens as f64 / found.lines.max(1) as f64;
    found
}

/// The paragraphs of the body as ibid sets them.
fn set(document: &Document, style: Style) -> Vec<Vec<Set>> {
    let galley = Galley::new(document, style);
    let mut paragraphs = Vec::new();
    for block in document.blocks().iter().filter(|b| b.kind == Kind::Paragraph && b.depth == 0) {
        if block.range.start >= document.body().end {
            break;
        }
        let mut lines = Vec::new();
        for row in galley.rows_from(document, document.position(block.range.start)) {
            let Row::Line(id) = row else { break };
            let line = galley.line(document, id);
            let runs = ink::runs(document, &galley, id, &Lights::default());
            lines.push((runs.into_iter().map(|r| r.text).collect::<String>(), line.hyphen));
        }
        paragraphs.push(lines);
    }
    paragraphs
}

/// The paragraphs of the body, each on one line, with the marks of their notes.
pub fn paragraphs(document: &Document) -> Vec<String> {
    let endless = Style { hyphenate: false, ..Style::at(u16::MAX) };
    set(document, endless)
        .into_iter()
        .map(|lines| lines.into_iter().map(|(line, _)| line).collect())
        .collect()
}

/// As ibid sets a document.
pub fn ours(document: &Document, measure: u16) -> Raggedness {
    count(&set(document, Style::at(measure)), measure)
}

/// As ibid sets it without hyphens.
pub fn ours_without_hyphens(document: &Document, measure: u16) -> Raggedness {
    count(&set(document, Style { hyphenate: false, ..Style::at(measure) }), measure)
}

/// Words put on a line while they fit, as `fold -s` and most programs do it.
pub fn greedy(paragraphs: &[String], measure: u16) -> Raggedness {
    let fill = |paragraph: &String| {
        let mut lines: Vec<Set> = Vec::new();
        for word in paragraph.split(' ') {
            match lines.last_mut() {
                Some((line, _)) if width(line) + 1 + width(word) <= measure => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push((word.to_owned(), false)),
            }
        }
        lines
    };
    count(&paragraphs.iter().map(fill).collect::<Vec<_>>(), measure)
}

/// As textwrap sets them: by first fit, or by its optimal fit.
pub fn textwrap(paragraphs: &[String], measure: u16, optimal: bool) -> Raggedness {
    let algorithm =
        if optimal { WrapAlgorithm::OptimalFit(Penalties::new()) } else { WrapAlgorithm::FirstFit };
    let options = textwrap::Options::new(usize::from(measure))
        .wrap_algorithm(algorithm)
        .word_separator(WordSeparator::AsciiSpace);
    let fill = |paragraph: &String| -> Vec<Set> {
        textwrap::wrap(paragraph, &options).into_iter().map(|line| (line.into_owned(), false)).collect()
    };
    count(&paragraphs.iter().map(fill).collect::<Vec<_>>(), measure)
}

/// Paragraphs that another program has set, parted by empty lines.
pub fn dumped(text: &str, measure: u16) -> Raggedness {
    let paragraph = |p: &str| p.lines().map(|line| (line.trim_end().to_owned(), false)).collect::<Vec<Set>>();
    let paragraphs: Vec<_> = text.split("\n\n").map(|p| paragraph(p.trim_matches('\n'))).collect();
    count(&paragraphs, measure)
}
