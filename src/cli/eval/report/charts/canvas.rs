//! What all charts are drawn on, and the marks they share.

use std::ops::Range;

use anyhow::Context;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, ChartBuilder, ChartContext, DrawingArea, IntoDrawingArea, IntoFont, Rectangle, SVGBackend, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle};

use super::super::palette::{GRID, INK, QUIET, Tone};

/// The width of every chart, in pixels; the page makes it smaller where it does not fit.
pub(super) const WIDTH: i32 = 800;

/// The size of text; the backend writes it a quarter smaller.
pub(super) const TEXT: i32 = 17;

/// Where a chart is drawn.
pub(super) type Canvas<'s> = DrawingArea<SVGBackend<'s>, Shift>;

/// Draws a chart of that height.
pub(super) fn drawn(height: i32, draw: impl FnOnce(&Canvas<'_>) -> anyhow::Result<()>) -> anyhow::Result<String> {
    let mut svg = String::new();
    let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
    let canvas = SVGBackend::with_string(&mut svg, size).into_drawing_area();
    draw(&canvas).and_then(|()| Ok(canvas.present()?)).context("failed to draw a chart")?;
    drop(canvas);
    Ok(svg)
}

/// A scale of a plot.
pub(super) struct Axis<'a> {
    pub(super) name: &'a str,
    pub(super) range: Range<f64>,
    /// About so many numbers stand beside it.
    pub(super) n_labels: usize,
    pub(super) label: fn(&f64) -> String,
}

/// A plot without anything in it yet.
pub(super) type Plot<'p, 's> = ChartContext<'p, SVGBackend<'s>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Draws the scales of a plot.
pub(super) fn plot<'p, 's>(canvas: &'p Canvas<'s>, across: &Axis<'_>, up: &Axis<'_>) -> anyhow::Result<Plot<'p, 's>> {
    let mut plot = ChartBuilder::on(canvas)
        .margin_top(24)
        .margin_left(8)
        .margin_right(28)
        .x_label_area_size(52)
        .y_label_area_size(66)
        .build_cartesian_2d(across.range.clone(), up.range.clone())?;
    let mut mesh = plot.configure_mesh();
    mesh.axis_style(GRID.colour()).bold_line_style(GRID.colour()).max_light_lines(0);
    mesh.label_style(text(QUIET, HPos::Center)).axis_desc_style(text(INK, HPos::Center));
    mesh.x_labels(across.n_labels).x_label_formatter(&across.label).x_desc(across.name);
    mesh.y_labels(up.n_labels).y_label_formatter(&up.label).y_desc(up.name);
    mesh.draw()?;
    Ok(plot)
}

/// “91 %”.
pub(super) fn per_cent(ratio: &f64) -> String {
    format!("{:.0} %", ratio * 100.0)
}

/// Text of that tone, standing at its point as told.
pub(super) fn text(tone: Tone, across: HPos) -> TextStyle<'static> {
    ("sans-serif", TEXT).into_font().color(&tone.colour()).pos(Pos::new(across, VPos::Center))
}

/// The same in bold.
pub(super) fn bold(tone: Tone, across: HPos) -> TextStyle<'static> {
    ("sans-serif", TEXT, FontStyle::Bold).into_font().color(&tone.colour()).pos(Pos::new(across, VPos::Center))
}

/// A bar between two places and two heights.
pub(super) fn bar(from: (i32, i32), upto: (i32, i32), tone: Tone) -> Rectangle<(i32, i32)> {
    Rectangle::new([from, upto], tone.colour().filled())
}

/// A share of a length in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "charts are far smaller than 2^31 pixels")]
pub(super) fn part(length: i32, ratio: f64) -> i32 {
    (f64::from(length) * ratio).round() as i32
}
