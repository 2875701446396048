//! Which language a text is in, by its script and its commonest words. It decides about hyphens and little else, so it
//! rather says nothing than something wrong.

use super::seam;

/// How much of a text is looked at, in each of three places: a preface may be in another language.
const WINDOW: usize = 16 * 1024;

/// How many of a language's words a text must show.
const EVIDENCE: usize = 6;

/// How many letters a sign of Han or kana is worth.
const DENSE: usize = 3;

/// Words that every text of a language is full of, and the other languages of the table mostly lack.
const WORDS: &[(&str, &str)] = &[
    ("en", "the of and to in that is was he for it with as his on be at by had not are but from or which"),
    (
        "fr",
        "le la les de des et du un une est dans que qui pour sur pas plus par ce il elle au avec ne se son",
    ),
    ("de", "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an war"),
    ("it", "il di che e la in un a per è una sono del non si da con le della i gli più dei nella ma come lo"),
    ("es", "el la de que y en un ser se no por con su para como los del las una al es lo más fue sus pero"),
    ("pt", "o a de que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das"),
    ("la", "et in est non ad ut cum quod qui sed quae ex si per enim nec ac aut atque eius esse sunt ab hoc"),
    (
        "nl",
        "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog werd",
    ),
    ("pl", "i w na z się nie do to że jest o jak ale po co za od tak tym przez jego był dla już czy ich"),
    ("sv", "och att det i en som är av för den med till på de inte om ett han men var jag från så vi kan"),
];

/// The language of a text, as a BCP 47 tag; `None` if it cannot be told.
pub(super) fn guess(text: &str) -> Option<&'static str> {
    let windows = [0, text.len() / 2, text.len()].map(|middle| {
        let start = text.floor_char_boundary(middle.saturating_sub(WINDOW / 2));
        &text[start..text.floor_char_boundary(text.len().min(start + WINDOW))]
    });
    by_script(&windows).or_else(|| by_words(&windows))
}

fn by_script(windows: &[&str]) -> Option<&'static str> {
    let (mut letters, mut han, mut kana, mut hangul) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut cyrillic, mut ukrainian, mut greek, mut hebrew, mut arabic) =
        (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for c in windows.iter().flat_map(|w| w.chars()).filter(|c| c.is_alphabetic()) {
        // A sign of Han or kana says as much as several letters.
        letters += if seam::is_cjk(c) { DENSE } else { 1 };
        match c {
            '\u{3040}'..='\u{30ff}' => kana += DENSE,
            '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => han += DENSE,
            '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            'і' | 'ї' | 'є' | 'ґ' => ukrainian += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => greek += 1,
            '\u{590}'..='\u{5ff}' => hebrew += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            _ => {}
        }
    }
    let most = |count: usize| count * 2 > letters;
    match () {
        () if most(han + kana) && kana * 20 > han => Some("ja"),
        () if most(han) => Some("zh"),
        () if most(hangul + han) => Some("ko"),
        () if most(cyrillic + ukrainian) && ukrainian * 50 > cyrillic => Some("uk"),
        () if most(cyrillic) => Some("ru"),
        () if most(greek) => Some("el"),
        () if most(hebrew) => Some("he"),
        () if most(arabic) => Some("ar"),
        () => None,
    }
}

fn by_words(windows: &[&str]) -> Option<&'static str> {
    let table: Vec<(&str, Vec<&str>)> =
        WORDS.iter().map(|(tag, words)| (*tag, words.split(' ').collect())).collect();
    let mut hits = vec![0_usize; table.len()];
    let mut total = 0_usize;
    let words = windows.iter().flat_map(|w| w.split(|c: char| !c.is_alphabetic()));
    for word in words.filter(|w| !w.is_empty()) {
        total += 1;
        let word = word.to_lowercase();
        for (hits, (_, words)) in hits.iter_mut().zip(&table) {
            *hits += usize::from(words.contains(&&*word));
        }
    }
    let mut order: Vec<usize> = (0..table.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(hits[*i]));
    let (best, second) = (hits[order[0]], hits[order[1]]);
    let clear = best >= EVIDENCE && best * 8 >= total && best * 3 >= second * 4;
    clear.then(|| table[order[0]].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_tell_their_language() {
        for (text, tag) in [
            ("The keeper of the light wrote that it was the last of his days at the station.", Some("en")),
            ("Le gardien du phare est dans la tour et il ne sait pas que le vent est pour lui.", Some("fr")),
            (
                "Der Wärter auf dem Turm schrieb, dass es nicht das Ende der Zeit und auch nicht der Wind ist.",
                Some("de"),
            ),
            (
                "Il guardiano della torre non sa che il vento è per lui, ma la notte è più lunga di un anno.",
                Some("it"),
            ),
            (
                "El guarda de la torre no sabe que el viento es para él, pero la noche es más larga.",
                Some("es"),
            ),
            (
                "Gallia est omnis divisa in partes, quarum qui ex his non sunt, et quod sed enim ad eos.",
                Some("la"),
            ),
            ("Смотритель маяка не знал, что ветер будет для него последним.", Some("ru")),
            ("管仲夷吾は潁上の人なり。少き時、常に鮑叔牙と游ぶ。", Some("ja")),
            ("管仲夷吾者，颍上人也。少时常与鲍叔牙游。", Some("zh")),
            ("Debian GNU/Linux をインストールする前に、Installation Guide をお読みください。", Some("ja")),
            ("One word", None),
            ("", None),
            ("1234 5678", None),
        ] {
            assert_eq!(guess(text), tag, "{text}");
        }
    }
}
