//! The numberings of a text's notes, and the marks that call each.
//!
//! A text may number its notes more than once: figures for the author's, letters for the editor's, stars at the foot of
//! a page. Each kind of label, in each [style](Style), is a series of its own. Its lists serve what stands
//! before them, back to the list before, so that numbers may start again with each chapter or page; lists that stand
//! together serve the chapters one after the other. A series is marked in one way: all are tried, and that is taken whose
//! marks [march](super::march) best.

use super::label::{Kind, Label};
use super::march::{self, Gait, Step};
use super::marks::{Mark, System};
use super::notelist::NoteList;
use super::opener::Style;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many notes of one label in lists that stand together are told apart.
const ALIKE: usize = 64;

/// A sure mark waits for its note over so many lists.
const PATIENCE: usize = 8;

/// A sign stands no more lines before its note; it is the paragraph's first line that counts.
const NEAR: usize = 150;

/// How many notes may be missing in a row so that what calls them is still known to do so.
const MISSING: u32 = 3;

/// A note: which list, and which of its notes.
pub(super) type Place = (usize, usize);

/// Lists of one series that stand together, and the text before them.
#[derive(Debug, Default)]
struct Group {
    /// The line of the source on which the first of them starts.
    line: usize,
    /// Their notes, and the gaps between them.
    rungs: Vec<Rung>,
    /// The first rung of each list.
    starts: Vec<usize>,
    /// The rungs of each label.
    by_label: HashMap<Label, Vec<usize>>,
}

#[derive(Clone, Copy, Debug)]
struct Rung {
    label: Label,
    /// The note; `None` where the list has lost it.
    note: Option<Place>,
}

/// So many numbers may count pages.
const LEAST_PAGES: usize = 6;

/// What a way of marking makes of a series.
#[derive(Debug, Default)]
struct Run {
    score: i32,
    /// The marks taken, and what they call.
    taken: Vec<(usize, Place)>,
    /// Sure marks that found no place in a march: which, and the group they stand before.
    left: Vec<(usize, usize)>,
    /// Those that march, but whose note is missing.
    dangling: BTreeSet<usize>,
}

impl Run {
    /// How much speaks for it, where these marks were free.
    fn weight(&self, style: Style, system: System, free: &[usize], marks: &[Mark]) -> i32 {
        // A note that opens as its mark looks is hardly called by another.
        let score = if system.is_like(style) { self.score * 2 } else { self.score };
        // What counts on and on, beyond the notes, rather counts pages.
        let pages = system.is_strong() && self.taken.len() < free.len() && count_on(free, marks);
        let (used, of) = if pages { (self.taken.len(), free.len()) } else { (1, 1) };
        i32::try_from(i64::from(score) * used as i64 / of as i64).unwrap_or(i32::MAX)
    }
}

/// Whether the numbers of these marks count one by one.
fn count_on(these: &[usize], marks: &[Mark]) -> bool {
    let next = |pair: &&[usize]| matches!(marks[pair[0]].label.distance(marks[pair[1]].label), Some(1 | 2));
    these.len() >= LEAST_PAGES && these.windows(2).filter(next).count() * 5 >= these.len() * 4
}

/// For each of the marks what it calls: a note, one that is missing (`Some(None)`), or none, for it is no mark.
/// `starts` are the lines of the source on which the lists start, `together` which of them stand with the list before.
pub(super) fn pair(
    lists: &[NoteList],
    starts: &[usize],
    together: &[bool],
    marks: &[Mark],
) -> Vec<Option<Option<Place>>> {
    let mut calls = vec![None; marks.len()];
    let mut found: BTreeMap<(Kind, System), Vec<usize>> = BTreeMap::new();
    for (i, mark) in marks.iter().enumerate() {
        found.entry((mark.label.kind(), mark.system)).or_default().push(i);
    }
    for ((style, kind), groups) in series(lists, starts, together) {
        let ways = found.range((kind, System::Raised)..=(kind, System::Glued));
        let runs = ways.rev().filter(|_| kind != Kind::Unnamed).map(|((_, system), of)| {
            let free: Vec<usize> = of.iter().copied().filter(|i| calls[*i].is_none()).collect();
            let run = run(&groups, marks, &free, *system);
            Run { score: run.weight(style, *system, &free, marks), ..run }
        });
        // Of equals the last one tried, the surest.
        let Some(mut run) = runs.max_by_key(|run| run.score) else { continue };
        settle(&groups, marks, &mut run);
        for (mark, note) in run.taken {
            calls[mark] = Some(Some(note));
        }
        for mark in run.dangling {
            calls[mark].get_or_insert(None);
        }
    }
    answer_unnamed(lists, starts, marks, &mut calls);
    calls
}

/// The series of some lists: the surest styles first.
fn series(lists: &[NoteList], starts: &[usize], together: &[bool]) -> BTreeMap<(Style, Kind), Vec<Group>> {
    let mut series: BTreeMap<(Style, Kind), Vec<Group>> = BTreeMap::new();
    for (i, list) in lists.iter().enumerate() {
        let style = match list.style {
            Style::Dot | Style::Half | Style::Bare => Style::Bare,
            style => style,
        };
        let mut opened: Vec<Kind> = Vec::new();
        for (j, note) in list.notes.iter().enumerate() {
            let kind = note.label.kind();
            let groups = series.entry((style, kind)).or_default();
            let new = !opened.contains(&kind);
            if new && (groups.is_empty() || !together[i]) {
                groups.push(Group { line: starts[i], ..Group::default() });
            }
            if new {
                opened.push(kind);
            }
            if let Some(group) = groups.last_mut() {
                group.add(note.label, (i, j));
                if new {
                    group.starts.push(group.rungs.len() - 1);
                }
            }
        }
    }
    for groups in series.iter_mut().filter(|((style, _), _)| style.is_strong()).map(|(_, groups)| groups) {
        groups.iter_mut().for_each(Group::add_missing_behind);
    }
    series
}

impl Group {
    fn add(&mut self, label: Label, note: Place) {
        let before = self.rungs.iter().rev().find(|r| r.note.is_some()).and_then(|r| r.label.plain());
        if let (Some(before), Some(here)) = (before, label.plain()) {
            let lost = here.checked_sub(before + 1).filter(|lost| *lost <= MISSING);
            (1..=lost.unwrap_or(0)).for_each(|n| self.push(Label::number(before + n), None));
        }
        self.push(label, Some(note));
    }

    /// The notes behind the last may be missing, too.
    fn add_missing_behind(&mut self) {
        if let Some(last) = self.rungs.last().and_then(|r| r.label.plain()) {
            (1..MISSING).for_each(|n| self.push(Label::number(last + n), None));
        }
    }

    fn push(&mut self, label: Label, note: Option<Place>) {
        self.by_label.entry(label).or_default().push(self.rungs.len());
        self.rungs.push(Rung { label, note });
    }

    /// The note of a label, the first if there are several.
    fn note(&self, label: Label) -> Option<Place> {
        self.by_label.get(&label)?.iter().find_map(|r| self.rungs[*r].note)
    }
}

/// Lets marks march over the groups of a series, one group after the other.
fn run(groups: &[Group], marks: &[Mark], free: &[usize], system: System) -> Run {
    let mut run = Run::default();
    let mut free = free.iter().copied().peekable();
    // Sure marks wait for the note of their label: the mark, its group, and how many it has passed.
    let mut waiting: Vec<(usize, usize, usize)> = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        let mut scope = std::mem::take(&mut waiting);
        while let Some(mark) = free.next_if(|m| marks[*m].line < group.line) {
            scope.push((mark, g, 0));
        }
        let near = |m: &Mark| m.label.kind() != Kind::Sign || m.line + NEAR >= group.line;
        let mut steps: Vec<Step> = Vec::new();
        for (i, (mark, ..)) in scope.iter().enumerate().filter(|(_, (m, ..))| near(&marks[*m])) {
            let rungs = group.by_label.get(&marks[*mark].label).into_iter().flatten().take(ALIKE);
            steps.extend(rungs.map(|note| Step { mark: i, note: *note, score: marks[*mark].score }));
        }
        let gait = if system.leaps() { Gait::Leaping } else { Gait::Close(&group.starts) };
        let march = march::best(&steps, group.rungs.len(), gait);
        run.score += march.score;
        let mut called = vec![false; group.rungs.len()];
        let mut settled = vec![false; scope.len()];
        for step in march.taken.iter().map(|i| steps[*i]) {
            match group.rungs[step.note].note {
                Some(note) => {
                    run.taken.push((scope[step.mark].0, note));
                    (called[step.note], settled[step.mark]) = (true, true);
                }
                None => {
                    run.dangling.insert(scope[step.mark].0);
                }
            }
        }
        if !system.is_strong() {
            continue;
        }
        for ((mark, home, passed), _) in scope.into_iter().zip(settled).filter(|(_, settled)| !settled) {
            let rungs = group.by_label.get(&marks[mark].label).into_iter().flatten();
            // Out of order, but the only one for its note.
            let alone = rungs.copied().find(|r| group.rungs[*r].note.is_some() && !called[*r] && home == g);
            match (alone, alone.and_then(|r| group.rungs[r].note)) {
                (Some(rung), Some(note)) => {
                    called[rung] = true;
                    run.taken.push((mark, note));
                }
                _ if passed < PATIENCE => waiting.push((mark, home, passed + 1)),
                _ => run.left.push((mark, home)),
            }
        }
    }
    if system.is_strong() {
        run.left.extend(waiting.into_iter().map(|(mark, home, _)| (mark, home)));
        run.left.extend(free.map(|mark| (mark, groups.len().saturating_sub(1))));
    }
    run
}

/// Finds notes for the sure marks that are left: another call of a note of their group, or of the only one with their
/// label.
fn settle(groups: &[Group], marks: &[Mark], run: &mut Run) {
    let mut only: HashMap<Label, Option<Place>> = HashMap::new();
    for group in groups {
        for rung in group.rungs.iter().filter(|r| r.note.is_some()) {
            only.entry(rung.label).and_modify(|place| *place = None).or_insert(rung.note);
        }
    }
    for (mark, home) in std::mem::take(&mut run.left) {
        let label = marks[mark].label;
        let note = groups[home].note(label).or_else(|| only.get(&label).copied().flatten());
        // One that opens a paragraph rather opens something.
        if let Some(note) = note.filter(|_| marks[mark].score > 1) {
            run.taken.push((mark, note));
            run.dangling.remove(&mark);
        }
    }
}

/// Gives notes without a label to the marks before them that have no note, or to signs.
fn answer_unnamed(lists: &[NoteList], starts: &[usize], marks: &[Mark], calls: &mut [Option<Option<Place>>]) {
    let mut first = 0;
    for (i, list) in lists.iter().enumerate() {
        let last = first + marks[first..].partition_point(|m| m.line < starts[i]);
        let near = |m: &usize| marks[*m].label.kind() == Kind::Sign && marks[*m].line + NEAR >= starts[i];
        let free = |m: &usize| calls[*m] == Some(None) || calls[*m].is_none() && near(m);
        let unnamed = (0..list.notes.len()).filter(|j| list.notes[*j].label == Label::Unnamed);
        let pairs: Vec<(usize, usize)> = (first..last).filter(free).zip(unnamed).collect();
        for (mark, note) in pairs {
            calls[mark] = Some(Some((i, note)));
        }
        first = last;
    }
}

#[cfg(test)]
mod tests {
    use super::super::bodies::Body;
    use super::super::notelist::Origin;
    use super::super::shape::Shape;
    use super::super::{lines, marks, paragraphs};
    use super::*;

    /// Checks which marks are found in the lines of a text that has notes 1 to `last`: each with what stands before it.
    fn check(text: &str, last: u32, told: &[(&str, usize)]) {
        let formed =
            paragraphs::form(&lines::split(text), Shape::Unwrapped { spaced: false }, &Default::default());
        let mut found = Vec::new();
        formed.iter().enumerate().for_each(|(i, p)| marks::find(i, p, &mut found));
        let body =
            |n: u32| Body { label: Label::number(n), printed: "".into(), lines: 0..1, words: 0, end: None };
        let notes = (1..=last).map(body).collect();
        let list = NoteList { origin: Origin::Headed, style: Style::Dot, lines: 0..1, notes };
        let calls = pair(&[list], &[999], &[false], &found);
        let before = |m: &Mark| {
            let before = &formed[m.paragraph].text[..m.range.start];
            before.rsplit(' ').next().unwrap_or_default().to_owned()
        };
        let called = found.iter().zip(calls).filter_map(|(mark, call)| Some((mark, call??)));
        let got: Vec<_> = called.map(|(mark, (_, note))| (before(mark), note + 1)).collect();
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
            "if ($f[1] eq 3) { print @wicks[2] }",
            "See src/lib/light.1 and the wick_is_wick1, md5.c and sha2.* for it.",
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
