//! What holds for whatever notes there are.

use super::tests::{DJILAS, document};
use super::*;
use proptest::prelude::*;

/// Pieces of which notes are made, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "Ibid.",
        "*ibid.*, p. 4",
        "Id.",
        "Idem,",
        "op. cit.",
        "loc. cit., p. 3",
        "Ebd., S. 5",
        "Ders.,",
        "a.a.O.",
        "Там же.",
        "同上，第5页",
        "supra note 2",
        "See note 1 above",
        "(n 3)",
        "n. 2.",
        "see",
        "See also",
        "Cf.",
        ";",
        ",",
        ".",
        "and",
        "(",
        ")",
        "[",
        "“",
        "”",
        "\"",
        "*",
        "North",
        "Robert C. North",
        "Djilas",
        "*Conversations with Stalin*",
        "“A Title,”",
        "Moscow",
        "1962",
        "(London, 1911)",
        "p. 182",
        "pp. 193–195",
        "VII, 269",
        "vol. 2",
        "ed.",
        "by",
        "the party",
        "Press",
        "і",
        "\u{301}",
        "é",
        "王力：《史》",
    ];
    proptest::sample::select(PIECES).prop_map(str::to_owned)
}

fn note() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(piece(), 0..8).prop_map(|pieces| pieces.join(" ")),
        1 => "\\PC{0,40}",
    ]
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (1..9u32).prop_map(|n| n.to_string()),
        1 => "[A-C]",
        1 => Just("*".to_owned()),
        1 => "[a-z]{2,4}",
    ]
}

proptest! {
    #[test]
    fn chains_lead_back_and_end(notes in prop::collection::vec((label(), note()), 0..24)) {
        let notes: Vec<String> = notes.iter().map(|(label, note)| format!("[{label}] {note}")).collect();
        let document = document(&notes.iter().map(String::as_str).collect::<Vec<_>>());
        let standings = resolve(&document);
        prop_assert_eq!(standings.len(), document.notes().len());
        let order = numbering::Numbering::of(&document);
        let rank = |note: usize| order.order().iter().position(|&n| n == note);
        let inside = |note: usize, text: &Range<usize>| {
            let range = &document.notes()[note].range;
            range.start <= text.start && text.start < text.end && text.end <= range.end
                && document.text().get(text.clone()).is_some()
        };
        for (note, standing) in standings.iter().enumerate() {
            match standing {
                Some(one @ Standing::One { note: named, text, .. }) => {
                    let way: Vec<_> = std::iter::once(note).chain(one.chain()).map(rank).collect();
                    prop_assert!(way.windows(2).all(|pair| pair[0] > pair[1]), "{way:?}");
                    prop_assert!(inside(*named, text));
                }
                Some(Standing::Several(all)) => {
                    prop_assert!(!all.is_empty() && all.iter().all(|c| inside(c.note, &c.text) && rank(c.note) < rank(note)));
                }
                Some(Standing::Unresolved) | None => {}
            }
            citing(&document, &standings, note);
        }
        check(&document, &standings);
    }

    /// A number printed nowhere else is a new beginning: what stands before the notes does not change them.
    #[test]
    fn an_earlier_chapter_changes_no_ibid(before in prop::collection::vec(note(), 1..6), pages in 1..400u32) {
        let chapter: Vec<String> = before.iter().enumerate().map(|(i, n)| format!("[{}] {n}", i + 1)).collect();
        let own = [format!("[1] {DJILAS}"), format!("[2] Ibid., p. {pages}.")];
        let all: Vec<&str> = chapter.iter().chain(&own).map(String::as_str).collect();
        let standings = resolve(&document(&all));
        let expected = Some(Standing::One {
            note: before.len(), via: vec![], pages: Some(pages.to_string()),
            text: match &standings[before.len() + 1] { Some(Standing::One { text, .. }) => text.clone(), _ => 0..0 },
        });
        prop_assert_eq!(&standings[before.len() + 1], &expected);
    }
}

/// Eight thousand notes of the worst kinds take no longer than a page turn should.
#[test]
fn many_notes_are_read_in_time() {
    for (kind, notes) in [
        (
            "one chain",
            (0..8000)
                .map(|n| if n == 0 { DJILAS.to_owned() } else { "Ibid., p. 4.".to_owned() })
                .collect::<Vec<_>>(),
        ),
        (
            "one author",
            (0..8000)
                .map(|n| match n % 2 {
                    0 => format!("Robert C. North, *Moscow {n}*, Stanford, 1953."),
                    _ => "North, *Moscow*, p. 3; North, op. cit., p. 4.".to_owned(),
                })
                .collect(),
        ),
        ("one note", vec!["North, *Moscow*, 1953; and see ibid. (“Title, p. 3. And so. ".repeat(8000)]),
        (
            "repetitions",
            [
                "ibid. ",
                "Id., ",
                "1.",
                "p. 3 ",
                "(",
                ") (1990",
                "; ",
                "see ",
                "See also ",
                "North and ",
                "“",
                ", ",
                "n. 5, ",
                "*A* 1990. ",
                "x",
                "supra ",
                "North, p. 3. ",
            ]
            .map(|piece| piece.repeat(5_000))
            .to_vec(),
        ),
    ] {
        let document = document(&notes.iter().map(String::as_str).collect::<Vec<_>>());
        let start = std::time::Instant::now();
        let standings = resolve(&document);
        citing(&document, &standings, 0);
        println!("{kind}: {} notes in {:?}", standings.len(), start.elapsed());
        // A second or two; only what is not linear takes minutes, and a crowded machine must not.
        assert!(start.elapsed().as_secs() < 300, "{kind}");
    }
}
