//! Confidence beside what came of it: points that should lie on the diagonal, and how many questions lie where.

use plotters::prelude::{Circle, PathElement, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, ShapeStyle};

use super::super::palette::{CHOICE, QUIET, RIGHT, Tone, WRONG};
use super::canvas::{Axis, drawn, per_cent, plot, text};
use crate::app::Reliability;

/// The radius of a point of one question, and of the largest: so small that what is always right stays in the plot.
const LEAST: f64 = 4.0;
const MOST: f64 = 11.0;

const SURE: Axis<'_> = Axis { name: "how sure it was", range: 0.0..1.0, n_labels: 6, label: per_cent };

/// Draws a point for each bucket, the larger the more questions are in it, and how far off it may be by chance.
pub(in super::super) fn reliability(reliability: &Reliability) -> anyhow::Result<String> {
    let up = Axis { name: "how often it was right", range: 0.0..1.0, n_labels: 6, label: per_cent };
    let filled: Vec<_> = reliability.buckets.iter().filter(|bucket| bucket.right.of > 0).collect();
    let n_most = filled.iter().map(|bucket| bucket.right.of).max().unwrap_or(1);
    drawn(430, |canvas| {
        let mut plot = plot(canvas, &SURE, &up)?;
        let line = |tone: Tone, width| ShapeStyle::from(tone.colour()).stroke_width(width);
        plot.draw_series([PathElement::new([(0.0, 0.0), (1.0, 1.0)], line(QUIET, 1))])?;
        plot.draw_series(filled.iter().map(|bucket| {
            let (low, high) = bucket.right.range();
            PathElement::new([(bucket.confidence, low), (bucket.confidence, high)], line(CHOICE, 3))
        }))?;
        plot.draw_series(filled.iter().map(|bucket| {
            let place = (bucket.confidence, bucket.right.ratio());
            Circle::new(place, radius(bucket.right.of, n_most), RIGHT.colour().filled())
        }))?;
        Ok(())
    })
}

/// Draws how many questions lie in each bucket, right ones below, wrong ones on top.
pub(in super::super) fn counts(reliability: &Reliability) -> anyhow::Result<String> {
    let n_most = reliability.buckets.iter().map(|bucket| bucket.right.of).max().unwrap_or(0).max(1);
    let up = Axis { name: "questions", range: 0.0..number(n_most) * 1.1, n_labels: 4, label: |n| format!("{n:.0}") };
    drawn(320, |canvas| {
        let mut plot = plot(canvas, &SURE, &up)?;
        for bucket in &reliability.buckets {
            let (from, upto) = (bucket.from + 0.008, bucket.upto - 0.008);
            let (n_right, n) = (number(bucket.right.n), number(bucket.right.of));
            plot.draw_series([
                Rectangle::new([(from, 0.0), (upto, n_right)], RIGHT.colour().filled()),
                Rectangle::new([(from, n_right), (upto, n)], WRONG.colour().filled()),
            ])?;
            let over = text(QUIET, HPos::Center).pos(Pos::new(HPos::Center, VPos::Bottom));
            let (x, y) = plot.backend_coord(&(f64::midpoint(from, upto), n));
            // Of two questions a piece may be lower than a line is wide: the number tells what the bar cannot.
            let counted = match bucket.right.of {
                0 => String::new(),
                of => format!("{}/{of}", bucket.right.n),
            };
            canvas.draw_text(&counted, &over, (x, y - 4))?;
        }
        Ok(())
    })
}

/// The area of a point grows with the number of questions.
#[expect(clippy::cast_possible_truncation, reason = "a few pixels")]
fn radius(n: usize, n_most: usize) -> i32 {
    (MOST * (number(n) / number(n_most)).sqrt()).max(LEAST).round() as i32
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
const fn number(n: usize) -> f64 {
    n as f64
}
