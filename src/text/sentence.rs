//! Where sentences end, so that a long passage can be cut: never inside quotation marks or brackets, never after an
//! abbreviation or an initial. In doubt two sentences stay one: a cut too few is no harm to a quote.

use std::ops::Range;

use super::abbreviation::is_abbreviated;
use super::enclosure::enclosures;

/// The sentences of `text` in order, as byte ranges without the white space around them.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    // Both are in order, and are walked side by side.
    let mut enclosed = enclosures(text).into_iter().peekable();
    let mut found = Vec::new();
    let mut start = 0;
    for end in sentence_ends(text) {
        while enclosed.next_if(|span| span.end <= end).is_some() {}
        if enclosed.peek().is_none_or(|span| end <= span.start) {
            push_trimmed(text, start..end, &mut found);
            start = end;
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    if start < end {
        found.push(start..end);
    }
}

/// Bytes after which a sentence may end by its punctuation: after `.`, `!`, `?` or `…` and the closing marks that follow,
/// before white space and something that can start a sentence.
fn sentence_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let after = &text[at + c.len_utf8()..];
        if after.starts_with(['.', '!', '?', '…']) {
            continue;
        }
        let rest = after.trim_start_matches(['"', '”', '“', '»', '’', '\'', ')', ']', '}']);
        let next = rest.trim_start();
        let may_end = next.len() < rest.len() && next.starts_with(may_start_a_sentence);
        if may_end && !(c == '.' && is_abbreviated(&text[..at])) {
            ends.push(text.len() - rest.len());
        }
    }
    ends
}

fn may_start_a_sentence(c: char) -> bool {
    c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '„' | '«' | '(' | '[' | '–' | '—' | '-' | '¿' | '¡')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<const N: usize>(cases: [(&str, Vec<&str>); N]) {
        for (text, parts) in cases {
            let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, parts, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_parted_between_its_sentences_only() {
        check([
            ("One. Two! Three? Four… Five", vec!["One.", "Two!", "Three?", "Four…", "Five"]),
            ("  One...  Two?!  ", vec!["One...", "Two?!"]),
            ("Он сказал. Они ушли.", vec!["Он сказал.", "Они ушли."]),
            ("He said \"Stop. Now.\" Then he left.", vec!["He said \"Stop. Now.\"", "Then he left."]),
            ("Это «Раз. Два.» Всё.", vec!["Это «Раз. Два.»", "Всё."]),
            ("Es „Ja. Nein.“ Ende.", vec!["Es „Ja. Nein.“", "Ende."]),
            ("First (see 2. There). Second.", vec!["First (see 2. There).", "Second."]),
            ("An open \"quote. Next one.", vec!["An open \"quote. Next one."]),
            (
                "He said ‘Don’t. Stop.’ Then it was the boys’ turn. End.",
                vec!["He said ‘Don’t. Stop.’", "Then it was the boys’ turn.", "End."],
            ),
            ("On dit « Oui. Non. » partout. Fin.", vec!["On dit « Oui. Non. » partout.", "Fin."]),
            ("Man sagt »Ja. Nein.« Ende.", vec!["Man sagt »Ja. Nein.« Ende."]),
            ("Han sade ”Ja. Nej.” Slut.", vec!["Han sade ”Ja. Nej.”", "Slut."]),
            (
                "Буксир «Халден „Второй. Старый“. Порт» ушёл. Всё.",
                vec!["Буксир «Халден „Второй. Старый“. Порт» ушёл.", "Всё."],
            ),
            ("A stray ” mark. A “quote. Of two.” End.", vec!["A stray ” mark.", "A “quote. Of two.”", "End."]),
            ("By Mr. Smith, Gen. Lee and A. B. Ivanov.", vec!["By Mr. Smith, Gen. Lee and A. B. Ivanov."]),
            ("В 2026 г. Россия и др. Страны.", vec!["В 2026 г. Россия и др. Страны."]),
            ("У св. Олафа ок. 40 м, т. е. Порт и т. д. Там.", vec!["У св. Олафа ок. 40 м, т. е. Порт и т. д. Там."]),
            (
                "It is z. B. Hamburg, ca. 5 of Ph.D. Moss et al. There.",
                vec!["It is z. B. Hamburg, ca. 5 of Ph.D. Moss et al. There."],
            ),
            ("The U.S. Army, e.g. The one.", vec!["The U.S. Army, e.g. The one."]),
            ("By J.-P. Sartre, Col.-Gen. Moss.", vec!["By J.-P. Sartre, Col.-Gen. Moss."]),
            ("От ген.-полк. Мосса и Ж.-П. Сартра.", vec!["От ген.-полк. Мосса и Ж.-П. Сартра."]),
            ("По словам г‑на Мосса и г‑н. Ли.", vec!["По словам г‑на Мосса и г‑н. Ли."]),
            ("Maj.–Gen. Lee—Mr. Moss, Lt./Col. Ray.", vec!["Maj.–Gen. Lee—Mr. Moss, Lt./Col. Ray."]),
            ("—J. Smith met Moss. End.", vec!["—J. Smith met Moss.", "End."]),
            ("A cease-fire. A so-so. An end.", vec!["A cease-fire.", "A so-so.", "An end."]),
            ("В Санкт-Петербурге. Кто-то. Всё.", vec!["В Санкт-Петербурге.", "Кто-то.", "Всё."]),
            ("I don’t. We can't. The end/start. Fin.", vec!["I don’t.", "We can't.", "The end/start.", "Fin."]),
            ("О\u{301}н. Они\u{301} с ним. Всё.", vec!["О\u{301}н.", "Они\u{301} с ним.", "Всё."]),
            ("It costs 3.5 percent. 2026 is near.", vec!["It costs 3.5 percent.", "2026 is near."]),
            ("no capital. follows", vec!["no capital. follows"]),
            ("See example.Com for it.", vec!["See example.Com for it."]),
            ("", vec![]),
            ("   ", vec![]),
            ("...", vec!["..."]),
        ]);
    }

    #[test]
    fn a_quotation_that_began_before_the_text_ends_at_its_mark() {
        check([
            (
                "Порт закрыт. Маяк открыт». Он сказал: «Ледокол нам не нужен. Так говорят враги». Всё.",
                vec!["Порт закрыт. Маяк открыт».", "Он сказал: «Ледокол нам не нужен. Так говорят враги».", "Всё."],
            ),
            ("Так. Да. »Потом он: «Раз. Два.» Всё.", vec!["Так. Да. »Потом он: «Раз. Два.» Всё."]),
            ("It is. So be it.” He said “No. Yes.” End.", vec!["It is. So be it.”", "He said “No. Yes.”", "End."]),
            (
                "It is. So be it.\" He said \"No. Yes.\" End.",
                vec!["It is. So be it.\"", "He said \"No. Yes.\"", "End."],
            ),
            ("Es war. So.“ Er sagte „Ja. Nein.“ Ende.", vec!["Es war. So.“", "Er sagte „Ja. Nein.“", "Ende."]),
            (
                "Es war. So«, sagt er. »Ja. Nein«, sagt sie. Ende.",
                vec!["Es war. So«, sagt er. »Ja. Nein«, sagt sie.", "Ende."],
            ),
            ("Det var. Så.” Han sade ”Ja. Nej.” Slut.", vec!["Det var. Så.”", "Han sade ”Ja. Nej.”", "Slut."]),
            ("Раз. Два» и «Три». Он: «Раз. Два». Всё.", vec!["Раз. Два» и «Три».", "Он: «Раз. Два».", "Всё."]),
            ("It is. So be it.’ He said ‘No. Yes.’ End.", vec!["It is. So be it.’", "He said ‘No. Yes.’", "End."]),
            ("Es war. So.‘ Er sagte ‚Ja. Nein‘ dazu. Ende.", vec!["Es war. So.‘ Er sagte ‚Ja. Nein‘ dazu.", "Ende."]),
            ("One. Two) three. Four] five. b) Six. End.", vec!["One.", "Two) three.", "Four] five. b) Six.", "End."]),
            ("Раз. Маяк «Халден». Порт «Мыс». Всё.", vec!["Раз.", "Маяк «Халден».", "Порт «Мыс».", "Всё."]),
            ("Раз. (»Ja. Nein.«) Zwei. „Tak. Nie.” Trzy.", vec!["Раз.", "(»Ja. Nein.«) Zwei.", "„Tak. Nie.”", "Trzy."]),
            (
                "One. Це об\"єкт. Two. Він: \"Так. Ні\". End.",
                vec!["One.", "Це об\"єкт.", "Two.", "Він: \"Так. Ні\".", "End."],
            ),
        ]);
    }

    #[test]
    fn a_quotation_that_is_never_closed_goes_on_to_the_end() {
        check([
            (
                "Раз. Он: «Ледокол не нужен. Так говорят. Потом",
                vec!["Раз.", "Он: «Ледокол не нужен. Так говорят. Потом"],
            ),
            ("One. He: “It is not so. They say. Then", vec!["One.", "He: “It is not so. They say. Then"]),
            ("Eins. Er: „Es ist so. Ja. Nein", vec!["Eins.", "Er: „Es ist so. Ja. Nein"]),
            ("One. He: ‘It is not so. They say. Then", vec!["One.", "He: ‘It is not so. They say. Then"]),
            ("Раз. Ждём «Буксир «Халден». Потом. Всё.", vec!["Раз.", "Ждём «Буксир «Халден». Потом. Всё."]),
            (
                "Раз. Он: «Так (да. И а) порт. И б) маяк. Вот». Всё.",
                vec!["Раз.", "Он: «Так (да. И а) порт. И б) маяк. Вот».", "Всё."],
            ),
            ("An \"open one. He said \"No. Yes.\" End.", vec!["An \"open one. He said \"No. Yes.\" End."]),
            ("One. He: ‘The boys’ rule. Go home. Then", vec!["One.", "He: ‘The boys’ rule. Go home. Then"]),
            (
                "He said: \"The port is closed. The cape is theirs. Then",
                vec!["He said: \"The port is closed. The cape is theirs. Then"],
            ),
            (
                "A pipe of 5\" burst. It was mended. We went on.",
                vec!["A pipe of 5\" burst.", "It was mended.", "We went on."],
            ),
            ("Раз. Ждём «Буксир „Халден». Потом. Всё.", vec!["Раз.", "Ждём «Буксир „Халден».", "Потом.", "Всё."]),
            (
                "One (two. Three [four. Five. O‘zbek. End.",
                vec!["One (two.", "Three [four.", "Five.", "O‘zbek.", "End."],
            ),
            (
                "One. Two «three» four. Five “six” seven. End.",
                vec!["One.", "Two «three» four.", "Five “six” seven.", "End."],
            ),
            ("Eins ‚zwei. Drei‘ vier. Fünf. Ende.", vec!["Eins ‚zwei. Drei‘ vier.", "Fünf.", "Ende."]),
        ]);
    }

    #[test]
    fn an_apostrophe_closes_no_quotation() {
        check([
            (
                "He said: ‘The Pirates’ greed rules. Surrender the cape tonight.’ Then he left. End.",
                vec!["He said: ‘The Pirates’ greed rules. Surrender the cape tonight.’", "Then he left.", "End."],
            ),
            (
                "‘The boys’ turn. The girls’ turn’ was it. End.",
                vec!["‘The boys’ turn. The girls’ turn’ was it.", "End."],
            ),
            ("‘Moss Bros.’ greed. Give up.’ End.", vec!["‘Moss Bros.’ greed. Give up.’", "End."]),
            (
                "‘The boys’ rule. Go,’ he said. Their’ turn. End.",
                vec!["‘The boys’ rule. Go,’ he said.", "Their’ turn.", "End."],
            ),
            ("‘Go’ he said. It was ‘now. Or never.’ End.", vec!["‘Go’ he said.", "It was ‘now. Or never.’", "End."]),
            ("‘Go’ he said. The boys’ turn. End.", vec!["‘Go’ he said. The boys’ turn.", "End."]),
            ("Er rief ‚Ja. Nein.‘ Die Jungs’ Boot. Ende.", vec!["Er rief ‚Ja. Nein.‘ Die Jungs’ Boot.", "Ende."]),
            (
                "“The ‘boys. Go.” They left. The girls’ turn. End.",
                vec!["“The ‘boys. Go.”", "They left.", "The girls’ turn.", "End."],
            ),
            (
                "The boys’ turn. Rock ’n’ roll. The ’90s. End.",
                vec!["The boys’ turn.", "Rock ’n’ roll.", "The ’90s.", "End."],
            ),
        ]);
    }

    #[test]
    fn a_straight_apostrophe_may_be_a_quotation_mark() {
        check([
            ("He said 'No. Never.' Then he left. End.", vec!["He said 'No. Never.'", "Then he left.", "End."]),
            (
                "He said 'the boys' turn. Don't stop,' and left. End.",
                vec!["He said 'the boys' turn. Don't stop,' and left.", "End."],
            ),
            (
                "It was 'the rock 'n' roll. No more,' he said. End.",
                vec!["It was 'the rock 'n' roll. No more,' he said.", "End."],
            ),
            ("It is. So be it.' He said 'No. Yes.' End.", vec!["It is. So be it.'", "He said 'No. Yes.'", "End."]),
            ("The '90s. It's the boys' turn. End.", vec!["The '90s. It's the boys' turn.", "End."]),
            ("It's 'tis. Don't go. The '90s. End.", vec!["It's 'tis.", "Don't go.", "The '90s.", "End."]),
            (
                "The boys' turn. Gosudarstvo' i vlast'. Potom. End.",
                vec!["The boys' turn.", "Gosudarstvo' i vlast'.", "Potom.", "End."],
            ),
            (
                "The U.S.'s turn. The U.S.' turn. Over 5'. End.",
                vec!["The U.S.'s turn.", "The U.S.' turn.", "Over 5'.", "End."],
            ),
            (
                "\"The 'boys. Go.\" They left. The girls' turn. End.",
                vec!["\"The 'boys. Go.\"", "They left.", "The girls' turn.", "End."],
            ),
        ]);
    }

    #[test]
    fn a_long_odd_text_is_parted_like_a_short_one() {
        const REPEATED: usize = 10_000;
        for (unit, a_sentence_each) in [
            ("Aa. ", true),
            ("(Aa. ", true),
            ("Aa.) ", true),
            ("«Aa.» ", true),
            ("“Aa «bb.» (c)” dd. ", true),
            ("\"Aa. ", false),
            ("«Aa. ", false),
            ("‘a ", false),
            ("Aa.» ", false),
            ("‘a «B. (C [d {e. „F “g »h. ’ \" ", false),
            ("x.", false),
            (".’", false),
        ] {
            let found = sentences(&unit.repeat(REPEATED)).len();
            assert_eq!(found, if a_sentence_each { REPEATED } else { 1 }, "{unit:?}");
        }
        let nested = format!("Aa. {}Bb. Cc{}. Dd.", "(".repeat(REPEATED), ")".repeat(REPEATED));
        assert_eq!(sentences(&nested).len(), 3);
    }
}
