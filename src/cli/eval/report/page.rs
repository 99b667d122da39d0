//! The page: a headline, the charts with what they mean, the mistakes, and every question at the end.

use crate::app::{Calibration, Judged, MAX_QUOTED, Price, Score, Share, confusions, reliability, scores};
use crate::cli::eval::phrases;
use crate::domain::Language;

use super::palette::{self, CHOICE, RIGHT, Tone, WRONG};
use super::{Contents, charts, tables};

const STYLE: &str = include_str!("style.css");

/// The whole page.
pub(super) fn page(contents: &Contents<'_, '_>) -> anyhow::Result<String> {
    let Contents { corpus, judged, calibration } = *contents;
    let scores = scores(judged);
    let reliability = reliability(judged);
    let titles: Vec<&str> =
        corpus.interviews.iter().filter_map(|interview| Some(interview.texts.first()?.title.as_str())).collect();
    let title = escaped(&titles.join(" · "));
    let mut sections = vec![
        section(
            "What became of the questions",
            "Each bar is all questions of one kind. The longer the green piece, the better.",
            &figure(
                &charts::outcomes(judged)?,
                &legend(&charts::OUTCOMES),
                "Questions that the interview answers should get the right quote. Questions that it does not answer should \
                 be told that nothing was found. When unsure, onrecord offers passages to choose from, which claims \
                 nothing. Small talk is left out.",
            ),
        ),
        section(
            "Ways to ask",
            "People ask the same thing in many ways; some are harder to understand.",
            &figure(
                &charts::styles(&scores)?,
                "",
                "How many questions of each kind got the right reply. An offer of passages counts as not right here, even \
                 if the right one is among them.",
            ),
        ),
        section(
            "Does it know when it is right?",
            "For every question onrecord says how sure it is of the nearest passage. That is only worth something if it \
             means what it says: of the questions where it is 80 % sure, 8 in 10 should be right.",
            &(figure(
                &charts::reliability(&reliability)?,
                "",
                &format!(
                    "Each point is a group of questions of about the same sureness, the larger the more questions. On the \
                     thin slanting line sureness is exactly right; points above it are right more often than it thinks, \
                     points below it less often. The upright bars say where a point belongs in 9 of 10 cases (Wilson's \
                     interval): the fewer questions, the longer. On average sureness is \
                     {:.1} percentage points off (the expected calibration error).",
                    reliability.expected_calibration_error * 100.0
                ),
            ) + &figure(
                &charts::counts(&reliability)?,
                &legend(&[(RIGHT, "the nearest passage was right"), (WRONG, "it was not")]),
                "How many questions it was how sure of, and of how many of them it was right. Small talk is left out. Good is: nearly all on the far right in green, where it quotes, and \
                 on the far left in red, where it keeps silent, for there the questions are that nothing answers; little \
                 in between.",
            )),
        ),
    ];
    if let Some(calibration) = calibration {
        sections.push(calibrated(calibration)?);
    }
    let confusions = confusions(judged);
    if !confusions.is_empty() {
        sections.push(section(
            "The worst confusions",
            "What was replied instead of what, the most frequent first, with an example of each. A choice with the right \
             passage in it is none.",
            &tables::confusions(corpus, &confusions),
        ));
    }
    sections.push(tables::wrong(corpus, judged));
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>How well it answers: {title}</title>\n<style>\n{}{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>How well it answers</h1>\n<p class=\"quiet\">{title}<br>{} with known right replies, knowledge revision \
         <code>{}</code></p>\n{}\n{}\n</main>\n</body>\n</html>\n",
        palette::rules(),
        phrases::counted(judged.len(), "question"),
        corpus.revision,
        tiles(judged, scores.iter().map(|(language, score)| (*language, score))),
        sections.join("\n"),
    ))
}

/// The numbers to take away.
fn tiles<'s>(judged: &[Judged<'_>], scores: impl Iterator<Item = (Language, &'s Score)>) -> String {
    let mut tiles = String::new();
    let mut quoted = Share::default();
    for (language, score) in scores {
        quoted = Share { n: quoted.n + score.outside_quoted.n, of: quoted.of + score.outside_quoted.of };
        let what = format!("of {} questions in {} got the right reply", score.all.of, phrases::language(language));
        tiles += &tile("good", &per_cent(score.all), &what);
    }
    if quoted.of > 0 {
        let what = format!("of {} that the interview does not answer got a quote all the same", counted(quoted.of));
        tiles += &tile(if quoted.n == 0 { "good" } else { "bad" }, &per_cent(quoted), &what);
    }
    let n_bent: usize = judged.iter().map(|one| one.n_bent).sum();
    let kind = if n_bent == 0 { "good" } else { "bad" };
    tiles += &tile(kind, &n_bent.to_string(), "quotes with a word that does not stand in the interview");
    format!("<div class=\"tiles\">{tiles}</div>")
}

fn counted(n: usize) -> String {
    phrases::counted(n, "question")
}

fn tile(kind: &str, number: &str, what: &str) -> String {
    format!("<div class=\"tile {kind}\"><b>{number}</b><span>{what}</span></div>")
}

fn calibrated(calibration: &Calibration) -> anyhow::Result<String> {
    let chart = charts::thresholds(calibration)?;
    let lines = [
        (RIGHT, "answered questions that get the right quote"),
        (CHOICE, "answered questions that are offered a choice"),
        (WRONG, "unanswered questions that get a quote"),
    ];
    let caption = format!(
        "Further to the right onrecord quotes only what it is very sure of: fewer wrong quotes, but fewer right ones too. The \
         thin red line is the promise, at most {:.0} wrong quotes in 100 questions that nothing answers; the thin upright \
         one is where it stands now.",
        MAX_QUOTED * 100.0
    );
    Ok(section(
        "How sure is sure enough?",
        "What would happen if onrecord quoted sooner or later than it does. These questions, once used for such a choice, \
         cannot measure it any more.",
        &format!(
            "{}<p>{}</p>{}",
            figure(&chart, &legend(&lines), &caption),
            proposal(calibration),
            tables::prices(calibration)
        ),
    ))
}

/// The pair of thresholds that keeps the promise at the least price, beside the present one.
fn proposal(calibration: &Calibration) -> String {
    let told = |price: &Price| {
        format!(
            "QUOTE {:.2} and QUOTE_OUTSIDE {:.2}: {} of {} unanswered questions quoted, {} of {} answered ones right",
            price.thresholds.quote,
            price.thresholds.quote_outside,
            price.outside_quoted.n,
            price.outside_quoted.of,
            price.right.n,
            price.right.of
        )
    };
    let none = || format!("none: {}", phrases::no_proposal(calibration));
    let proposed = calibration.proposed.as_ref().map_or_else(none, told);
    format!(
        "Now {}.<br>Of all pairs, the one that keeps the promise at the least price: {proposed}.<br>But {}.",
        told(&calibration.now),
        phrases::left_open(calibration)
    )
}

fn section(title: &str, about: &str, body: &str) -> String {
    format!("<section>\n<h2>{title}</h2>\n<p>{about}</p>\n{body}\n</section>")
}

/// A chart with what its colours mean, and what it shows.
fn figure(svg: &str, legend: &str, caption: &str) -> String {
    format!("<figure>\n<div class=\"scroll\">{svg}</div>{legend}<figcaption>{caption}</figcaption>\n</figure>")
}

fn legend(tones: &[(Tone, &str)]) -> String {
    let items: String = tones
        .iter()
        .map(|(tone, what)| format!("<li><i style=\"background:{}\"></i>{what}</li>", tone.variable()))
        .collect();
    format!("<ul class=\"legend\">{items}</ul>")
}

/// “91 %”.
pub(super) fn per_cent(share: Share) -> String {
    format!("{:.1} %", share.ratio() * 100.0)
}

/// Text as it may stand between tags and in attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
