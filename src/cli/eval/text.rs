//! The evaluation as text, at most 100 columns wide: one column a language, then the mistakes, then the confidence.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::app::{Confusion, Judged, Reliability, Score, Share};
use crate::domain::{Corpus, Expected, Language};

use super::phrases::{self, ROWS};

/// So many kinds of mistakes are shown; the page has more.
const MAX_CONFUSIONS: usize = 8;

/// So many characters of a question fit into a line.
const QUESTION: usize = 78;

/// A bar of the reliability curve that is full.
const BAR: usize = 30;

/// How often the answers are right.
pub(super) fn scores(
    judged: &[Judged<'_>],
    scores: &BTreeMap<Language, Score>,
    out: &mut impl Write,
) -> io::Result<()> {
    let names: BTreeSet<String> = judged.iter().map(|one| one.interview.id.to_string()).collect();
    let names: Vec<String> = names.into_iter().collect();
    let by_language: Vec<String> =
        scores.iter().map(|(language, score)| format!("{}: {}", phrases::language(*language), score.all.of)).collect();
    writeln!(
        out,
        "{} about {} ({})\n",
        phrases::counted(judged.len(), "question"),
        names.join(", "),
        by_language.join(", ")
    )?;
    let heads: String = scores.keys().map(|language| format!("{:>22}", phrases::language(*language))).collect();
    writeln!(out, "{:36}{heads}", "")?;
    row("all questions: right", scores.values().map(|score| score.all), out)?;
    for group in ROWS {
        writeln!(out, "{}", group.title)?;
        for (what, share) in group.rows {
            row(&format!("  {what}"), scores.values().map(share), out)?;
        }
    }
    let bent: String = scores.values().map(|score| format!("{:>22}", score.not_verbatim)).collect();
    writeln!(out, "{:36}{bent}", "quotes that stand in no passage")?;
    writeln!(out, "right, by style of question")?;
    let styles: BTreeSet<&String> = scores.values().flat_map(|score| score.styles.keys()).collect();
    for style in styles {
        let shares = scores.values().map(|score| score.styles.get(style).copied().unwrap_or_default());
        row(&format!("  {style}"), shares, out)?;
    }
    Ok(())
}

fn row(what: &str, shares: impl Iterator<Item = Share>, out: &mut impl Write) -> io::Result<()> {
    let cells: String = shares
        .map(|share| match share.of {
            0 => format!("{:>22}", "–"),
            of => format!("{:>8.3}{:>14}", share.ratio(), format!("{} of {of}", share.n)),
        })
        .collect();
    writeln!(out, "{what:36}{cells}")
}

/// What was replied instead of what.
pub(super) fn confusions(corpus: &Corpus, confusions: &[Confusion<'_, '_>], out: &mut impl Write) -> io::Result<()> {
    if confusions.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nthe worst confusions")?;
    for confusion in confusions.iter().take(MAX_CONFUSIONS) {
        let n = confusion.questions.len();
        writeln!(out, "{n:>4} × {}", phrases::instead(corpus, &confusion.instead))?;
        writeln!(out, "       right is {}", phrases::expected(corpus, &confusion.expected))?;
        if let Some(example) = confusion.questions.first() {
            let question = phrases::clipped(&example.judgment.question, QUESTION);
            writeln!(out, "       {}: {question}", example.judgment.id)?;
        }
    }
    if let Some(more @ 1..) = confusions.len().checked_sub(MAX_CONFUSIONS) {
        writeln!(out, "       … and {more} more; --wrong lists every question")?;
    }
    Ok(())
}

/// Whether confidence means what it says.
pub(super) fn reliability(reliability: &Reliability, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nhow sure it was of the nearest passage, and how often that was a right one")?;
    writeln!(out, "  {:12}{:>10}{:>8}{:>8}", "confidence", "questions", "right", "share")?;
    for bucket in &reliability.buckets {
        let range = format!("{:.1} – {:.1}", bucket.from, bucket.upto);
        write!(out, "  {range:12}{:>10}{:>8}", bucket.right.of, bucket.right.n)?;
        if bucket.right.of > 0 {
            write!(out, "{:>8.2}  {}", bucket.right.ratio(), bar(bucket.right.ratio(), bucket.confidence))?;
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "  █ the share that was right, │ how sure it was\n  expected calibration error {:.3}: so far apart are the two, \
         on average",
        reliability.expected_calibration_error
    )
}

/// A bar as long as the share, with a mark at the confidence.
fn bar(share: f64, confidence: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a few characters")]
    let place = |ratio: f64| (ratio.clamp(0.0, 1.0) * BAR as f64).round() as usize;
    let (filled, mark) = (place(share), place(confidence).min(BAR - 1));
    let bar: String = (0..BAR)
        .map(|at| match at {
            at if at == mark => '│',
            at if at < filled => '█',
            _ => ' ',
        })
        .collect();
    bar.trim_end().to_owned()
}

/// Every question that came out wrong, with what was replied.
pub(super) fn wrong(judged: &[Judged<'_>], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nwrong")?;
    for one in judged.iter().filter(|one| !one.grade.is_right()) {
        let expected = match &one.judgment.expected {
            Expected::Quote { passages, .. } => passages.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Expected::NotCovered | Expected::NotCoveredOrChat => "nothing found".to_owned(),
            Expected::Chat => "small talk".to_owned(),
        };
        let replied: String = one.replied.iter().map(|name| format!(" {}", name.passage)).collect();
        writeln!(
            out,
            "  {} {:?}: {}{replied} ({:.2}), expected {expected}",
            one.judgment.id,
            one.judgment.question,
            phrases::grade(one.grade),
            one.confidence
        )?;
    }
    Ok(())
}
