//! Notes and what they stand for, told in one line each.

use super::*;
use crate::document::{Kind, Mark, builder::Builder, report::Format};

/// A document with these notes, numbered from 1. `*…*` is set in italics; `[7] …` has a label of its own; `# …` is a
/// heading that stands before the next note is cited.
pub(super) fn document(notes: &[&str]) -> Document {
    let mut b = Builder::new(Format::Text, "UTF-8");
    let mut number = 0;
    for (key, note) in notes.iter().enumerate() {
        if let Some(heading) = note.strip_prefix("# ") {
            b.block(Kind::Heading(1), 0, heading);
            continue;
        }
        number += 1;
        let counted = number.to_string();
        let (label, text) =
            note.strip_prefix('[').and_then(|rest| rest.split_once("] ")).unwrap_or((&counted, note));
        b.open(Kind::Paragraph, 0);
        b.text("A word.");
        b.reference(label, &key.to_string());
        b.open_note(label, &key.to_string());
        b.open(Kind::Paragraph, 0);
        emphasised(&mut b, text, &['*']);
        b.close_note();
    }
    b.finish()
}

/// Adds words, every second part of them between `marks` set off as titles are.
pub(super) fn emphasised(b: &mut Builder, text: &str, marks: &[char]) {
    for (part, words) in text.split(marks).enumerate() {
        if part % 2 == 1 {
            b.open_span(Mark::Emphasis);
        }
        b.text(words);
        if part % 2 == 1 {
            b.close_span();
        }
    }
}

/// `3→1 via 2 p. 183`, `3→1|2`, `3→?`: notes by their place in the row, from 1.
fn told(standings: &[Option<Standing>]) -> String {
    let one = |(at, standing): (usize, &Option<Standing>)| {
        let means = match standing.as_ref()? {
            Standing::One { note, via, pages, .. } => {
                let way: Vec<String> = via.iter().map(|v| (v + 1).to_string()).collect();
                let way = if way.is_empty() { String::new() } else { format!(" via {}", way.join(", ")) };
                let pages = pages.as_ref().map_or(String::new(), |p| {
                    if p.starts_with(|c: char| c.is_ascii_digit()) {
                        format!(" p. {p}")
                    } else {
                        format!(" at {p}")
                    }
                });
                format!("{}{way}{pages}", note + 1)
            }
            Standing::Several(all) => {
                all.iter().map(|c| (c.note + 1).to_string()).collect::<Vec<_>>().join("|")
            }
            Standing::Unresolved => "?".to_owned(),
        };
        Some(format!("{}→{means}", at + 1))
    };
    standings.iter().enumerate().filter_map(one).collect::<Vec<_>>().join("; ")
}

fn check(notes: &[&str], expected: &str) {
    let found = told(&resolve(&document(notes)));
    assert_eq!(found, expected, "\n  {}", notes.join("\n  "));
}

pub(super) const DJILAS: &str = "Milovan Djilas, *Conversations with Stalin*, Harcourt, 1962, p. 132.";
const NORTH: &str =
    "Robert C. North, *Moscow and Chinese Communists*, Stanford University Press, 1953, p. 12.";

#[test]
fn ibid_is_the_work_of_the_note_before() {
    check(&[DJILAS, "Ibid., p. 182.", "Ibid., p. 183."], "2→1 p. 182; 3→1 via 2 p. 183");
    check(&[DJILAS, "*Ibid.*, p. 182. Stalin apparently refers to a visit in 1945."], "2→1 p. 182");
    check(&[DJILAS, "ibid., 182"], "2→1 p. 182");
    check(&[DJILAS, "Ibid"], "2→1");
    check(&[DJILAS, "Ibidem, pp. 7–9."], "2→1 p. 7–9");
    check(&[DJILAS, "See ibid., pp. 5, 9 note."], "2→1 p. 5, 9 note");
    check(&[DJILAS, "Cf. *ibid*., pp. 128-40, and 228-44."], "2→1 p. 128-40, and 228-44");
    check(&[DJILAS, "Stalin was well aware of this danger (ibid., p. 40)."], "2→1 p. 40");
    check(&[DJILAS, "Ibid., vol. 2, p. 46."], "2→1 at vol. 2, p. 46");
    check(&["Autobiography, p. 190.", "Ibid., p. 242.", "Autobiography, pp. 246, 247."], "2→1 p. 242");
    check(&["5 U.S.C.A. § 552a (West).", "Id."], "2→1");
    check(
        &[
            "See Travels into different parts of Africa, by Francis Moor, with a letter to the publisher.",
            "Ibid.",
        ],
        "2→1",
    );
    check(&[DJILAS, "Djilas, ibid., p. 9."], "2→1 p. 9");
}

#[test]
fn id_and_idem_are_the_author_or_the_whole() {
    check(&[DJILAS, "Id. at 645.", "*Id.*"], "2→1 p. 645; 3→1 via 2");
    check(&[DJILAS, "Idem, page 164."], "2→1 p. 164");
    check(&[DJILAS, "Idem. 259."], "2→1 p. 259");
    check(&[DJILAS, "Idem, *The New Class*, Praeger, 1957, p. 3.", "Ibid., p. 4."], "3→2 p. 4");
    check(&[DJILAS, "Id., *The New Class*, 1957.", "Djilas, New Class, p. 5."], "3→2 p. 5");
    check(&[DJILAS, "Idem dicit Cicero.", "Id est, nothing."], "");
    check(
        &[
            "Victor Hugo, *Les misérables*, Livre de poche, 2002, p. 127.",
            "Id., *La légende des siècles*, Hatier, 1998, p. 45.",
        ],
        "",
    );
}

#[test]
fn op_cit_is_a_work_of_the_author_named() {
    check(&[DJILAS, NORTH, "Djilas, op. cit., p. 21."], "3→1 p. 21");
    check(&[DJILAS, NORTH, "Milovan Djilas, *op. cit.*", "Ibid., p. 4."], "3→1; 4→1 via 3 p. 4");
    check(&[DJILAS, NORTH, "Djilas, loc. cit."], "3→1");
    check(&[DJILAS, "Loc. cit."], "2→1");
    check(&["*The Near East*, 30th March, 1917, p. 507.", NORTH, "*The Near East*, loc. cit."], "3→1");
    check(&[DJILAS, NORTH, "As Djilas, op. cit., p. 9, says."], "3→1 p. 9");
    check(&[DJILAS, "Conquest, op. cit., p. 21."], "2→?");
    check(&[DJILAS, NORTH, "Op. cit., p. 21."], "3→?");
    check(&[DJILAS, "Milovan Djilas, *The New Class*, Praeger, 1957.", "Djilas, op. cit., p. 21."], "3→1|2");
    check(
        &[
            DJILAS,
            "Milovan Djilas, *The New Class*, Praeger, 1957.",
            "Djilas, *The New Class*, op. cit., p. 21.",
        ],
        "3→2 p. 21",
    );
    check(
        &[DJILAS, "Milovan Djilas, “Yugoslavia,” *Encounter*, 1970, p. 3.", "Djilas, art. cit., p. 4."],
        "3→2 p. 4",
    );
}

#[test]
fn short_titles_and_short_authors_mean_the_work_named_in_full() {
    check(&[NORTH, "See North, p. 183 note."], "2→1 p. 183 note");
    check(&[NORTH, "North, Moscow, 183."], "2→1 p. 183");
    check(&[NORTH, "North, *Moscow and Chinese Communists*, 183.", "Ibid."], "2→1 p. 183; 3→1 via 2");
    check(
        &[
            "Cf., for example, M. I. Sladkovsky, ed., Noveyshaya istoriya Kitaya (“Modern History of China”), Moscow, 1972, \
             or O. Vladimirov and V. Ryazantsev, Stranitsy politicheskoi biografii Mao Tze-duna, Moscow, 1969.",
            "Noveyshaya istoriya Kitaya, p. 210.",
            "Vladimirov and Ryazantsev, Stranitsy, p. 4.",
            "Sladkovsky, p. 3.",
        ],
        "2→1 p. 210; 3→1 p. 4; 4→1 p. 3",
    );
    check(
        &[
            "Edmund C. Burnett, ed., *Letters of Members of the Continental Congress* (Washington, 1934), VII, 120.",
            DJILAS,
            "Burnett, *Letters*, VII, 269.",
        ],
        "3→1 at VII, 269",
    );
    check(
        &[
            "“Die Bagdadbahn,” by Dr. Paul Rohrbach (Berlin, 1911), pp. 43, 44.",
            "“Bagdadbahn,” p. 60.",
            "Rohrbach, p. 3.",
        ],
        "2→1 p. 60; 3→1 p. 3",
    );
    check(
        &[
            "Jared Diamond, *Guns, Germs, and Steel*, Norton, 1997.",
            "Guns, Germs, and Steel, p. 40.",
            "Diamond, *Guns*, 7.",
        ],
        "2→1 p. 40; 3→1 p. 7",
    );
    check(
        &[
            "Ernest Kaiser, “The Literature of Harlem,” in *Harlem*, ed. J. H. Clarke (Citadel Press, 1964).",
            "Kaiser, “Literature of Harlem,” 189–90.",
        ],
        "2→1 p. 189–90",
    );
    check(
        &[
            "Howard Jones, *Blue and Gray Diplomacy: A History* (Chapel Hill: North Carolina Press, 2010), 51.",
            "Jones, *Blue and Gray*, chap. 3.",
        ],
        "2→1 at chap. 3",
    );
    check(
        &[
            "Karl Marx, *Das Kapital: Kritik der politischen Ökonomie*, 1867.",
            "*Kritik der politischen Ökonomie*, p. 5.",
        ],
        "2→1 p. 5",
    );
    check(
        &[
            "Henrik Ibsen, *A Doll’s House*, trans. William Archer [London, 1889], p. 3.",
            "Ibsen, *Doll’s House*, p. 9.",
        ],
        "2→1 p. 9",
    );
}

#[test]
fn what_is_not_named_in_full_before_is_not_guessed() {
    check(&["Bosman, page 41.", "Bosman, page 50."], "");
    check(&[DJILAS, "Conquest, p. 21."], "");
    check(&[DJILAS, "Djilas, *The New Class*, p. 21."], "");
    check(&["See North, p. 183.", NORTH], "");
    check(
        &[
            "Heine, *Sämtliche Werke*, Hamburg, 1865.",
            "In *Sämtliche Werke*, I, 491.",
            "Heine, *Werke*, I, 4.",
        ],
        "",
    );
    check(&[NORTH, "Stalin went north, p. 5 says."], "");
    check(&["*New York Times*, December 4, 1861.", "Times, p. 5."], "");
    check(&[NORTH, "Robert C. North, *Kuomintang*, 1952.", "North, p. 183."], "3→1|2");
    check(
        &[NORTH, "Douglass North, *Institutions*, Cambridge, 1990.", "D. North, p. 3.", "North, p. 4."],
        "3→2 p. 3; 4→1|2",
    );
    check(&[NORTH, "Wittow, 14 J. Internet L. 1 (2010).", "Id."], "3→2");
}

#[test]
fn notes_are_named_by_their_numbers() {
    check(&[DJILAS, NORTH, "See note 1 above."], "3→1");
    check(&[DJILAS, NORTH, "See n. 1."], "3→1");
    check(&[DJILAS, NORTH, "North, supra note 2, at 15."], "3→2 p. 15");
    check(&[DJILAS, "Ibid., p. 4.", "Supra note 2."], "2→1 p. 4; 3→1 via 2");
    check(&[DJILAS, NORTH, "Djilas (n 1) 40."], "3→1 p. 40");
    check(&[DJILAS, NORTH, "Djilas (wie Anm. 1), S. 20."], "3→1 p. 20");
    check(&[DJILAS, NORTH, "Djilas, supra note 2, at 15."], "3→?");
    check(&[DJILAS, "See note 2 above."], "");
    check(&[DJILAS, "See note 3 below.", NORTH], "");
    check(&[DJILAS, "See note 99 above."], "2→?");
    check(&[DJILAS, NORTH, "Smith, *Other*, 1990, p. 183 note 1."], "");
    check(
        &[&format!("{DJILAS} {NORTH}"), "North, supra note 1, at 3.", "See note 1 above."],
        "2→1 p. 3; 3→1",
    );
    check(&["The parties differed on this.", "See note 1."], "2→1");
}

#[test]
fn several_works_are_told_apart_or_offered() {
    let two = "Djilas, *Conversations*, 1962, p. 5; North, *Moscow*, 1953, p. 7.";
    check(&[two, "Ibid., p. 8."], "2→1 p. 8");
    check(&["Djilas, *Conversations*, 1962, p. 5; see also North, *Moscow*, 1953.", "Ibid., p. 8."], "2→1|1");
    check(
        &["Djilas, *Conversations*, 1962, and North, *Moscow*, 1953.", "Ibid.", "Ibid., p. 8."],
        "2→1|1; 3→1|1",
    );
    check(&["Djilas, *Conversations*, 1962, p. 5; Djilas, *Conversations*, 1962, p. 8.", "Ibid."], "2→1");
    check(&[DJILAS, "Ibid., p. 3; North, *Moscow*, 1953, p. 4.", "Ibid., p. 5."], "2→1 p. 3; 3→2 p. 5");
    check(
        &[DJILAS, "North, *Moscow*, 1953, p. 4; Djilas, op. cit., p. 5.", "Ibid., p. 6."],
        "3→1 via 2 p. 6",
    );
    check(&[DJILAS, "Ibid., p. 3; ibid., p. 9.", "Ibid."], "2→1 p. 3; 3→1 via 2");
    check(&["Smith, *A*, 1990, p. 3. See also ibid., p. 9.", "Ibid."], "2→1");
    check(&[two, "Ibid., p. 8.", "Djilas, p. 9."], "2→1 p. 8; 3→1 p. 9");
}

#[test]
fn broken_chains_stay_broken() {
    check(&["Ibid., p. 4.", "Ibid., p. 5."], "1→?; 2→?");
    check(&["[1] Smith, *Book*, 1990.", "[3] Ibid., p. 4.", "[4] Ibid."], "2→?; 3→?");
    check(&[DJILAS, "Conquest, op. cit., p. 3.", "Ibid., p. 5."], "2→?; 3→?");
    check(
        &[
            "Stalin was well aware that this would in time become a danger to all that he had worked for.",
            "Ibid., p. 5.",
        ],
        "2→?",
    );
    check(&[DJILAS, "Conquest, ibid., p. 9."], "2→?");
    check(&["[*] The Warragamba.", "[1] Smith, *Book*, 1990.", "[*] A tree.", "[2] Ibid."], "4→2");
}

#[test]
fn a_chapter_is_an_edge_and_a_page_is_none() {
    let (one, two) = ("[1] Smith, *Book*, 1990, p. 3.", "[2] Ibid., p. 4.");
    check(&[one, two, "# Two", "[1] Ibid., p. 5.", "[2] Ibid."], "2→1 p. 4; 3→?; 4→?");
    check(&[one, two, "[1] Jones, *Paper*, 1991.", "[2] Ibid., p. 5."], "2→1 p. 4; 4→3 p. 5");
    check(
        &[one, two, "# Two", "[1] Jones, *Paper*, 1991.", "[2] Smith, *Book*, p. 9."],
        "2→1 p. 4; 4→1 p. 9",
    );
    check(&[one, two, "# Two", "[1] Jones, *Paper*, 1991.", "[2] Smith, p. 9."], "2→1 p. 4");
    check(&[one, two, "# Two", "[1] Jones, *Paper*, 1991.", "[2] See note 1."], "2→1 p. 4; 4→3");
    check(
        &["[A] Moor’s travels, page 3.", "[B] Ibid, page 21.", "[A] Idem, p. 46."],
        "2→1 p. 21; 3→1 via 2 p. 46",
    );
    check(&["[A] Moor’s travels, page 3.", "# Two", "[A] Idem, p. 46."], "2→?");
    check(&["[*] Smith, *Book*, 1990.", "[†] Ibid., p. 4."], "2→1 p. 4");
    check(&["[smith] Smith, *Book*, 1990.", "[again] Ibid., p. 4."], "2→1 p. 4");
}

#[test]
fn other_languages_point_back_too() {
    let hugo = "Victor Hugo, *Les misérables*, Livre de poche, 2002, p. 127.";
    check(&[hugo, "*Ibid.*, p. 123.", NORTH, "Hugo, *op. cit.*, p. 21."], "2→1 p. 123; 4→1 p. 21");
    check(&[hugo, NORTH, "Voir V. Hugo, ouvr. cité, p. 21."], "3→1 p. 21");
    check(
        &[
            "Jean Tremblay, « Le vin nouveau », *L’Actualité*, 2003, p. 39.",
            hugo,
            "J. Tremblay, art. cit., p. 40.",
        ],
        "3→1 p. 40",
    );
    check(&[hugo, "Cf. supra, note 1."], "2→1");
    let weber = "Max Weber, *Wirtschaft und Gesellschaft*, Tübingen: Mohr, 1922, S. 12.";
    check(&[weber, "Ebd., S. 15.", "Vgl. ebd., S. 16 ff."], "2→1 p. 15; 3→1 via 2 p. 16 ff.");
    check(&[weber, "Ebenda.", "A.a.O., S. 3."], "2→1; 3→1 via 2 p. 3");
    check(&[weber, NORTH, "Weber, a.a.O., S. 5 f."], "3→1 p. 5 f.");
    check(
        &[weber, "Ders., *Politik als Beruf*, München, 1919, S. 3.", "Weber, *Politik*, S. 4."],
        "3→2 p. 4",
    );
    check(&[weber, "Ders., a.a.O., S. 7."], "2→1 p. 7");
    check(&[weber, "Ders., . See also"], "2→1");
    check(&[weber, "Dies geschah im Jahre 1922.", "Ebenda wohnte er."], "");
    check(&["Белов В. И. Конфликты в России. М., 2002. С. 54–55.", "Там же. С. 68."], "2→1 p. 68");
    check(
        &[
            "Белов В. И. Конфликты в России. М., 2002. С. 54.",
            "Петров А. Б. Право. СПб., 1999.",
            "Белов В. И. Указ. соч. С. 60.",
        ],
        "3→1 p. 60",
    );
    check(
        &["王力：《汉语史稿》，中华书局1980年版，第5页。", "同上，第25页。", "同上。"],
        "2→1 p. 25; 3→1 via 2",
    );
    check(&["Umberto Eco, *Opera aperta*, Bompiani, 1962, p. 3.", "Ivi, p. 7."], "2→1 p. 7");
}

/// The shapes in which notes of our own day come: Markdown theses, law reviews, German and Spanish papers.
#[test]
fn notes_of_all_manners_are_read() {
    let kurose = "James Kurose and Keith Ross, *Computer Networking* (8th ed., Pearson, 2021), Section 1.5, pp. 46–57.";
    check(
        &[
            kurose,
            "Ibid., Section 1.2 (The Edge) and Section 1.3 (The Core), pp. 18–42.",
            "Ibid., pp. 26–34.",
        ],
        "2→1 at Section 1.2; 3→1 via 2 p. 26–34",
    );
    check(
        &[kurose, "Kurose and Ross, *Computer Networking*, Section 2.2 (HTTP), pp. 96–129."],
        "2→1 p. 96–129",
    );
    check(&[kurose, "Ibid., tabla 6.4, pp. 238–239.", "Ibid., viii."], "2→1 p. 238–239; 3→1 via 2 at viii");
    check(
        &[
            "Lloyd, Anne. 1974. The Zoning Ordinance. Pittsburgh, PA: Carnegie Mellon University. 296.",
            "Ibid., 303.",
        ],
        "2→1 p. 303",
    );
    check(&["ZHENG, CASARI; 2018, p. 52.", "Ibidem, p. 48."], "2→1 p. 48");
    check(
        &[
            "Esther Duflo, *Poor Economics*. The book argues that poverty persists for several reasons.",
            "Ibid, p. 32.",
        ],
        "2→1 p. 32",
    );
    check(
        &[DJILAS, "“He had a particular distaste for all that smelled of force.” *Ibid.*, p. 159."],
        "2→1 p. 159",
    );
    check(&["Eaves (2003), pp. 115–130.", "Ibid., p. 9. Eaves gives it a whole chapter."], "2→1 p. 9");
    check(&[kurose, "The text is, unless stated otherwise, based on: ibid., pp. 3–4."], "2→1 p. 3–4");
    check(&["MS of the Synodal Library No. 330/380, fol. 107v.", "Ibid., and fol. 4."], "2→1 at fol. 4");
    check(
        &[
            "Müller, P.: Titel des Werks, 3. Aufl., Berlin 2019, S. 42.",
            "Vgl. Müller, P.: a. a. O., S. 45.",
            "Müller, Titel des Werks, S. 4.",
        ],
        "2→1 p. 45; 3→1 p. 4",
    );
    check(
        &["Max Weber: Wirtschaft und Gesellschaft, Tübingen 1922, S. 5.", "Weber, Wirtschaft, S. 7."],
        "2→1 p. 7",
    );
    check(
        &[
            "J. Goldstein, *Consoler et classifier*, Paris, 1997, p. 3.",
            "Esquirol, cité par J. Goldstein, *Consoler et classifier*, op. cit., p. 217.",
        ],
        "2→1 p. 217",
    );
    check(
        &[
            "Cass R. Sunstein, *On the Function of Law*, 144 U. Pa. L. Rev. 2021, 2030 (1996).",
            "Sunstein, *supra* note 1, at 2035; Kahn v. Lynch, 638 A.2d 1110 (Del. 1994).",
            "*Id.* at 150.",
        ],
        "2→1 p. 2035; 3→2 p. 150",
    );
    check(
        &["IRS Notice 2024-56, Relief (2024).", "IRS Notice 2024-56, supra note 1, at 4.", "Id. at 5."],
        "2→1 p. 4; 3→1 via 2 p. 5",
    );
    check(&[kurose, "See infra Section I.B.", "Id. at 4."], "3→?");
    check(&["26 U.S.C. § 6722.", "Id."], "2→1");
    check(
        &[
            "Лисичкин В. А., Шелепин Л. А. Третья мировая война. М., 1999. С. 12.",
            NORTH,
            "Лисичкин В. А., Шелепин Л. А. Указ. соч. С. 3.",
        ],
        "3→1 p. 3",
    );
    check(
        &[
            "“The point, however, is to change the world that is.” Marx and Engels, *The Communist Manifesto* (1848).",
            "Marx and Engels, *Communist Manifesto*, p. 3.",
        ],
        "2→1 p. 3",
    );
}

/// The work's words are those of the work: no signal before them, no pages behind.
#[test]
fn the_words_are_those_of_the_work() {
    for (notes, words) in [
        (&[DJILAS, "Ibid."][..], "Milovan Djilas, Conversations with Stalin, Harcourt, 1962"),
        (
            &[
                "For politics, see Komintern i Vostok, Moscow, 1969; particularly the entries by Glunin. See also Richard C. \
              Thornton, The Comintern and Chinese Communists, 1928–1931, University of Washington Press, 1969, and Robert C. \
              North, Moscow and Chinese Communists, Stanford University Press, 1953.",
                "See North, p. 183 note.",
            ],
            "Robert C. North, Moscow and Chinese Communists, Stanford University Press, 1953",
        ),
        (
            &["“Die Bagdadbahn,” by Paul Rohrbach (Berlin, 1911), pp. 43, 44.", "Ibid."],
            "“Die Bagdadbahn,” by Paul Rohrbach (Berlin, 1911)",
        ),
        (
            &[
                "A discussion of the foundations is contained in The World Socialist System and Anti-Communism, Moscow, 1972 (in \
              English).",
                "Ibid., p. 3.",
            ],
            "The World Socialist System and Anti-Communism, Moscow, 1972 (in English)",
        ),
        (
            &["*See* Mark H. Wittow, *Cloud Computing,* 14 J. Internet L. 1 (2010).", "*Id.*"],
            "Mark H. Wittow, Cloud Computing, 14 J. Internet L. 1 (2010)",
        ),
    ] {
        let document = document(notes);
        let Some(Some(Standing::One { text, .. })) = resolve(&document).pop() else { panic!("{words}") };
        assert_eq!(&document.text()[text], words);
    }
}

/// How French notes point back: *ibid.* for the work, *id.* and « le même » for its author.
#[test]
fn french_notes_point_back() {
    let hugo = "Victor Hugo, *Les misérables*, Livre de poche, 2002, p. 127.";
    let sand = "George Sand, *La mare au diable*, Paris, Desforges, 1846, p. 3.";
    check(&[hugo, "Ibid."], "2→1");
    check(&[hugo, "Ibid., p. 12.", "Ibid., p. 14-15."], "2→1 p. 12; 3→1 via 2 p. 14-15");
    check(&[hugo, "Id., *ibid.*, p. 45."], "2→1 p. 45");
    check(&[hugo, "Voir *ibid.*, t. II, p. 45."], "2→1 at t. II, p. 45");
    check(&[hugo, sand, "V. Hugo, *op. cit.*, p. 21.", "*Ibid.*, p. 22."], "3→1 p. 21; 4→1 via 3 p. 22");
    check(&[hugo, sand, "Hugo, *Les misérables*, *op. cit.*, p. 21."], "3→1 p. 21");
    check(&[hugo, sand, "Hugo, *loc. cit.*"], "3→1");
    check(&[hugo, sand, "Hugo, ouvrage cité, p. 4."], "3→1 p. 4");
    check(&[hugo, "Même auteur, même ouvrage, p. 7."], "2→1 p. 7");
    check(
        &[
            hugo,
            "Du même auteur, *Quatrevingt-treize*, Paris, Lévy, 1874, p. 9.",
            "Hugo, *Quatrevingt-treize*, p. 10.",
        ],
        "3→2 p. 10",
    );
    check(&[hugo, "Le même, *La légende des siècles*, Hatier, 1998, p. 45.", "*Ibid.*, p. 46."], "3→2 p. 46");
    check(&[hugo, sand, "Voir ci-dessus, note 1."], "3→1");
    check(&[hugo, sand, "Voir plus haut, n. 1, p. 130."], "3→1 p. 130");
    check(&[hugo, sand, "Cf. note 2 ci-dessus."], "3→2");
    check(&[hugo, "Voir infra, note 3.", sand], "");
    check(&[hugo, "Cf. plus bas, note 3.", sand], "");
    check(&["Ibid., p. 3."], "1→?");
    check(&[hugo, "Balzac, *op. cit.*, p. 4."], "2→?");
    check(&[hugo, "Le même jour, il écrivait à Sand."], "");
}

/// And how German and Latin ones do.
#[test]
fn german_and_latin_notes_point_back() {
    let weber = "Max Weber, *Wirtschaft und Gesellschaft*, Tübingen: Mohr, 1922, S. 12.";
    let arendt = "Hannah Arendt, *Vita activa*, Stuttgart: Kohlhammer, 1960, S. 7.";
    check(&[weber, "Ebda., S. 4."], "2→1 p. 4");
    check(&[weber, "Siehe ebenda, S. 6–8."], "2→1 p. 6–8");
    check(&[weber, "Ebd., Anm. 3."], "2→1 at Anm. 3");
    check(&[weber, arendt, "Weber (wie Anm. 1), S. 20."], "3→1 p. 20");
    check(&[weber, arendt, "Weber, wie Anm. 1, S. 3."], "3→1 p. 3");
    check(&[weber, arendt, "Weber (Anm. 1), S. 20."], "3→1 p. 20");
    check(&[weber, arendt, "Weber, a. a. O. (Anm. 1), S. 3."], "3→1 p. 3");
    check(&[weber, arendt, "S. Anm. 1."], "3→1");
    check(&[weber, arendt, "S. o., Anm. 1."], "3→1");
    check(&[weber, arendt, "Vgl. oben, Anm. 1."], "3→1");
    check(&[weber, arendt, "Siehe oben Fn. 2."], "3→2");
    check(&[weber, arendt, "Vgl. Anm. 1."], "3→1");
    check(&[weber, "Siehe unten Anm. 3.", arendt], "");
    check(
        &[arendt, "Dies., *Macht und Gewalt*, München: Piper, 1970, S. 3.", "Arendt, *Macht*, S. 4."],
        "3→2 p. 4",
    );
    check(&[arendt, "Dies., a.a.O., S. 9."], "2→1 p. 9");
    check(&[weber, arendt, "Weber, Wirtschaft und Gesellschaft, S. 9.", "Ebd."], "3→1 p. 9; 4→1 via 3");
    check(&[weber, "Vgl. oben, S. 3."], "");
    check(&[weber, "Troeltsch, a.a.O., S. 3."], "2→?");
    let cicero = "Cicero, *De officiis*, ed. Winterbottom, Oxonii, 1994, p. 3.";
    let tacitus = "Tacitus, *Germania*, ed. Winterbottom, Oxonii, 1975, p. 8.";
    check(&[cicero, "Ibidem, p. 5.", "Ibid., III, 4."], "2→1 p. 5; 3→1 via 2 at III, 4");
    check(&[cicero, "Idem, *De re publica*, ed. Powell, Oxonii, 2006, p. 9.", "Ibidem."], "3→2");
    check(&[cicero, tacitus, "Cicero, l. c."], "3→1");
    check(&[cicero, tacitus, "Cicero, loc. cit., p. 4."], "3→1 p. 4");
    check(&[cicero, tacitus, "Cicero, opere citato, p. 6."], "3→1 p. 6");
    check(&[cicero, tacitus, "Vide supra, n. 1."], "3→1");
    check(&[cicero, "Ut supra, p. 9."], "2→1 p. 9");
    check(&[cicero, "Vide infra, n. 3.", tacitus], "");
}
