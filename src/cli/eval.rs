//! `eval`: scores the labelled questions and compares with the floor.

use std::io::Write;
use std::path::PathBuf;

use crate::app::{Score, Share, Wrong, evaluate};
use crate::config::Config;
use crate::domain::{Expected, Language};

use super::{Ended, open, sets};

/// The interview that the floors are of; another has none of ours.
const SHIPPED: &str = "masadykov-2026";

/// What it reached, rounded down; raised whenever it is beaten. Below it, `eval` and with it CI fail.
const FLOORS: [Floor; 2] = [
    Floor { language: Language::English, right: 0.91, outside_quoted: 0.023 },
    Floor { language: Language::Russian, right: 0.93, outside_quoted: 0.0 },
];

/// The least that is good enough.
struct Floor {
    language: Language,
    /// Right answers among all questions: at least.
    right: f64,
    /// Unanswered questions that get a quote: at most.
    outside_quoted: f64,
}

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Lists the questions that came out wrong
    #[arg(long)]
    wrong: bool,
    /// Scores the public question sets in that folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "wrong")]
    sets: Option<PathBuf>,
}

pub(super) fn eval(config: &Config, arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Ended> {
    if let Some(folder) = &arguments.sets {
        return sets::eval(folder, out);
    }
    let snapshot = open::library(&config.knowledge, &open::clock(config))?.snapshot();
    let scores = evaluate(&snapshot);
    if scores.is_empty() {
        writeln!(out, "no judgments: put labelled questions into judgments.jsonl")?;
        return Ok(Ended::Fine);
    }
    let mut ended = Ended::Fine;
    for (language, score) in &scores {
        show(*language, score, out)?;
        if arguments.wrong {
            for wrong in &score.wrong {
                show_wrong(wrong, out)?;
            }
        }
        let shipped = snapshot.corpus.interviews.iter().any(|interview| interview.id.as_str() == SHIPPED);
        for short in
            FLOORS.iter().filter(|floor| shipped && floor.language == *language).flat_map(|floor| below(floor, score))
        {
            writeln!(out, "below the floor: {short}")?;
            ended = Ended::No;
        }
    }
    Ok(ended)
}

fn show(language: Language, score: &Score, out: &mut impl Write) -> std::io::Result<()> {
    let name = match language {
        Language::English => "English",
        Language::Russian => "Russian",
    };
    writeln!(out, "{name}: {} questions", score.all.of)?;
    for (what, share) in [
        ("right", score.all),
        ("answered: right", score.answered),
        ("answered: right or choice", score.right_or_choice),
        ("answered: refused", score.refused),
        ("outside: refused", score.outside_refused),
        ("outside: quoted", score.outside_quoted),
        ("outside but near: quoted", score.near_quoted),
    ] {
        line(out, what, share)?;
    }
    writeln!(out, "  {:26} {}", "not verbatim", score.not_verbatim)?;
    writeln!(out, "  right by style")?;
    for (style, share) in &score.styles {
        line(out, &format!("  {style}"), *share)?;
    }
    Ok(())
}

fn line(out: &mut impl Write, what: &str, share: Share) -> std::io::Result<()> {
    writeln!(out, "  {what:26} {:.3}  {:>3} of {}", share.ratio(), share.n, share.of)
}

fn show_wrong(wrong: &Wrong, out: &mut impl Write) -> std::io::Result<()> {
    let expected = match &wrong.expected {
        Expected::Quote { passages, .. } => passages.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Expected::NotCovered | Expected::NotCoveredOrChat => "nothing found".to_owned(),
        Expected::Chat => "small talk".to_owned(),
    };
    writeln!(
        out,
        "  {} {:?}: {} {}, expected {expected}",
        wrong.id,
        wrong.question,
        wrong.outcome,
        wrong.replied.join(" ")
    )
}

/// What a score falls short of.
fn below(floor: &Floor, score: &Score) -> Vec<String> {
    let (right, quoted) = (score.all.ratio(), score.outside_quoted.ratio());
    let mut short = Vec::new();
    if right < floor.right {
        short.push(format!("right {right:.3}, at least {:.3}", floor.right));
    }
    if quoted > floor.outside_quoted {
        short.push(format!("outside quoted {quoted:.3}, at most {:.3}", floor.outside_quoted));
    }
    if score.not_verbatim > 0 {
        short.push(format!("{} quotes are not verbatim", score.not_verbatim));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_names_each_number_that_falls_short() {
        let floor = Floor { language: Language::English, right: 0.5, outside_quoted: 0.25 };
        let share = |n, of| Share { n, of };
        for (right, quoted, not_verbatim, n_short) in
            [((1, 2), (1, 4), 0, 0), ((1, 3), (1, 4), 0, 1), ((1, 2), (2, 4), 0, 1), ((0, 2), (4, 4), 1, 3)]
        {
            let score = Score {
                all: share(right.0, right.1),
                outside_quoted: share(quoted.0, quoted.1),
                not_verbatim,
                ..Score::default()
            };
            assert_eq!(below(&floor, &score).len(), n_short, "{right:?} {quoted:?}");
        }
    }
}
