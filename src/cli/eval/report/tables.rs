//! The tables of the page: confusions, prices of thresholds, and every question that came out wrong.

use crate::app::{Calibration, Confusion, Judged, Price};
use crate::cli::eval::phrases;
use crate::domain::{Corpus, Expected};

use super::page::{escaped, per_cent};

/// So many kinds of mistakes are shown; all questions stand below.
const MAX_CONFUSIONS: usize = 20;

/// What was replied instead of what.
pub(super) fn confusions(corpus: &Corpus, confusions: &[Confusion<'_, '_>]) -> String {
    let rows: String = confusions
        .iter()
        .take(MAX_CONFUSIONS)
        .map(|confusion| {
            let example = confusion.questions.first().map_or("", |example| &example.judgment.question);
            format!(
                "<tr><td class=\"n\" data-head=\"Times\">{}</td><td data-head=\"It replied\">{}</td>\
                 <td data-head=\"Right would be\">{}</td><td data-head=\"For example\"><q>{}</q></td></tr>\n",
                confusion.questions.len(),
                escaped(&phrases::instead(corpus, &confusion.instead)),
                escaped(&phrases::expected(corpus, &confusion.expected)),
                escaped(example)
            )
        })
        .collect();
    let head = "<th class=\"n\">Times</th><th>It replied</th><th>Right would be</th><th>For example</th>";
    let more = match confusions.len().saturating_sub(MAX_CONFUSIONS) {
        0 => String::new(),
        more => format!("<p class=\"quiet\">… and {more} more kinds; every question stands below.</p>"),
    };
    table(head, &rows) + &more
}

/// What other thresholds would do.
pub(super) fn prices(calibration: &Calibration) -> String {
    let tables: String = [&calibration.quote, &calibration.quote_outside]
        .into_iter()
        .map(|prices| {
            let rows: String = prices.iter().map(|price| row(calibration, price)).collect();
            let head = "<th class=\"n\">QUOTE</th><th class=\"n\">QUOTE_OUTSIDE</th>\
                        <th class=\"n\">Unanswered: quoted</th><th class=\"n\">Answered: right</th>\
                        <th class=\"n\">wrong</th><th class=\"n\">choices</th><th class=\"n\">refused</th><th></th>";
            table(head, &rows)
        })
        .collect();
    format!("<details><summary>The numbers, for both thresholds</summary>{tables}</details>")
}

fn row(calibration: &Calibration, price: &Price) -> String {
    let (class, mark) = match phrases::mark(calibration, price) {
        Some(mark) => (" class=\"marked\"", mark),
        None => ("", ""),
    };
    let Price { thresholds, outside_quoted, right, wrong, choices } = price;
    let refused = right.of - right.n - wrong.n - choices.n;
    format!(
        "<tr{class}><td class=\"n\" data-head=\"QUOTE\">{:.2}</td><td class=\"n\" data-head=\"QUOTE_OUTSIDE\">{:.2}</td>\
         <td class=\"n\" data-head=\"Unanswered: quoted\">{} ({})</td><td class=\"n\" data-head=\"Answered: right\">{} ({})</td>\
         <td class=\"n\" data-head=\"wrong\">{}</td><td class=\"n\" data-head=\"choices\">{}</td>\
         <td class=\"n\" data-head=\"refused\">{refused}</td><td>{mark}</td></tr>\n",
        thresholds.quote,
        thresholds.quote_outside,
        outside_quoted.n,
        per_cent(*outside_quoted),
        right.n,
        per_cent(*right),
        wrong.n,
        choices.n,
    )
}

/// Every question that did not get the right reply.
pub(super) fn wrong(corpus: &Corpus, judged: &[Judged<'_>]) -> String {
    let wrong: Vec<_> = judged.iter().filter(|one| !one.grade.is_right()).collect();
    let rows: String = wrong
        .iter()
        .map(|one| {
            let right = match &one.judgment.expected {
                Expected::Quote { passages, .. } => {
                    let names: Vec<_> = passages.iter().map(|passage| one.interview.name_of(passage)).collect();
                    phrases::expected(corpus, &names)
                }
                Expected::NotCovered | Expected::NotCoveredOrChat => phrases::expected(corpus, &[]),
                Expected::Chat => "small talk".to_owned(),
            };
            let replied: Vec<_> = one.replied.iter().map(|name| phrases::passage(corpus, name)).collect();
            format!(
                "<tr><td><q>{}</q><small>{} · {} · {}</small></td><td data-head=\"Reply\">{}<small>{}</small></td>\
                 <td data-head=\"Right would be\">{}</td><td class=\"n\" data-head=\"Sure\">{:.0} %</td></tr>\n",
                escaped(&one.judgment.question),
                escaped(&one.judgment.id),
                phrases::language(one.judgment.language),
                escaped(phrases::style(&one.judgment.style)),
                phrases::grade(one.grade),
                escaped(&replied.join(", ")),
                escaped(&right),
                one.confidence * 100.0
            )
        })
        .collect();
    let head = "<th>Question</th><th>Reply</th><th>Right would be</th><th class=\"n\">Sure</th>";
    format!(
        "<details><summary>Every question that did not get the right reply ({})</summary>{}</details>",
        wrong.len(),
        table(head, &rows)
    )
}

fn table(head: &str, rows: &str) -> String {
    format!("<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n")
}
