//! `eval --calibrate`: what other thresholds would do, and which would keep the promise at the least price.
//!
//! It proposes; a person weighs the price and writes the numbers down where the matcher has them.

use std::io::{self, Write};

use crate::app::{Calibration, MAX_QUOTED, Price, Share};

use super::phrases;

/// Prints the prices and the proposal; `asked_of` says of which questions.
pub(super) fn show(calibration: &Calibration, asked_of: &str, out: &mut impl Write) -> io::Result<()> {
    let Calibration { now, proposed, quote, quote_outside } = calibration;
    writeln!(
        out,
        "how sure is sure enough to quote? at most {:.0} wrong quotes in 100 questions that are not answered\n\
         computed on {asked_of}: {} answered, {} not answered",
        MAX_QUOTED * 100.0,
        now.right.of,
        now.outside_quoted.of
    )?;
    for prices in [quote, quote_outside] {
        table(calibration, prices, out)?;
    }
    writeln!(out)?;
    pair("now", now, out)?;
    match proposed {
        Some(proposed) if proposed.thresholds == now.thresholds => writeln!(out, "proposed  as it is")?,
        Some(proposed) => pair("proposed", proposed, out)?,
        None => writeln!(out, "proposed  none: {}", phrases::no_proposal(calibration))?,
    }
    writeln!(out, "{:10}{}", "", phrases::left_open(calibration))?;
    writeln!(
        out,
        "\nThe thresholds stand in src/matching/thresholds.rs: whoever finds the price right writes them down there,\n\
         and says why. These questions, used for the choice, cannot measure it any more: measure on others."
    )
}

fn table(calibration: &Calibration, prices: &[Price], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n  QUOTE  QUOTE_      not answered:        answered:")?;
    writeln!(out, "         OUTSIDE     quoted                right               wrong  choices  refused")?;
    for price in prices {
        let mark = phrases::mark(calibration, price).map_or_else(String::new, |mark| format!("  {mark}"));
        let Price { thresholds, outside_quoted, right, wrong, choices } = price;
        let refused = right.of - right.n - wrong.n - choices.n;
        writeln!(
            out,
            "  {:5.2}{:9.2}{:>11}{:>9}{:>11}{:>9}{:>14}{:>9}{refused:>9}{mark}",
            thresholds.quote,
            thresholds.quote_outside,
            outside_quoted.n,
            per_cent(*outside_quoted),
            right.n,
            per_cent(*right),
            wrong.n,
            choices.n,
        )?;
    }
    Ok(())
}

fn pair(name: &str, price: &Price, out: &mut impl Write) -> io::Result<()> {
    let Price { thresholds, outside_quoted, right, wrong, choices } = price;
    writeln!(
        out,
        "{name:10}QUOTE = {:.2}, QUOTE_OUTSIDE = {:.2}\n{:10}not answered: {} of {} quoted; answered: {} of {} right, {} \
         wrong, {} choices",
        thresholds.quote,
        thresholds.quote_outside,
        "",
        outside_quoted.n,
        outside_quoted.of,
        right.n,
        right.of,
        wrong.n,
        choices.n,
    )
}

fn per_cent(share: Share) -> String {
    format!("{:.1} %", share.ratio() * 100.0)
}
