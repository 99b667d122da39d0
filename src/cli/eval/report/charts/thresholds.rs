//! The price of being careful: what is quoted rightly and in vain, threshold by threshold.

use plotters::prelude::{LineSeries, PathElement};
use plotters::style::ShapeStyle;

use super::super::palette::{CHOICE, QUIET, RIGHT, Tone, WRONG};
use super::canvas::{Axis, drawn, per_cent, plot};
use crate::app::{Calibration, MAX_QUOTED, Price, Share};

type ShareOf = fn(&Price) -> Share;

const LINES: [(Tone, ShareOf); 3] =
    [(CHOICE, |price| price.choices), (WRONG, |price| price.outside_quoted), (RIGHT, |price| price.right)];

/// Draws the three lines over the first threshold.
pub(in super::super) fn thresholds(calibration: &Calibration) -> anyhow::Result<String> {
    let place = |price: &Price| f64::from(price.thresholds.quote);
    let prices = &calibration.quote;
    let (from, upto) = (prices.first().map_or(0.0, place), prices.last().map_or(1.0, place));
    let across = Axis {
        name: "how sure it must be to quote (QUOTE)",
        range: from..upto,
        n_labels: 8,
        label: |threshold| format!("{threshold:.2}"),
    };
    let up = Axis { name: "share of the questions", range: 0.0..1.0, n_labels: 6, label: per_cent };
    drawn(340, |canvas| {
        let mut plot = plot(canvas, &across, &up)?;
        let line = |tone: Tone, width| ShapeStyle::from(tone.colour()).stroke_width(width);
        let now = place(&calibration.now);
        for (tone, share) in LINES {
            let points = prices.iter().map(|price| (place(price), share(price).ratio()));
            plot.draw_series(LineSeries::new(points, line(tone, 3)))?;
        }
        // Above the others: one of them may run along it.
        plot.draw_series([
            PathElement::new([(from, MAX_QUOTED), (upto, MAX_QUOTED)], line(WRONG, 1)),
            PathElement::new([(now, 0.0), (now, 1.0)], line(QUIET, 1)),
        ])?;
        Ok(())
    })
}
