//! How many are right of each style of question, language beside language.

use std::collections::{BTreeMap, BTreeSet};

use plotters::style::text_anchor::HPos;

use super::super::palette::{GRID, INK, QUIET, RIGHT};
use super::canvas::{WIDTH, bar, drawn, part, text};
use crate::app::Score;
use crate::cli::eval::phrases;
use crate::domain::Language;

/// Where bars begin and end.
const FROM: i32 = 330;
const LENGTH: i32 = 370;
/// From one bar to the next, and from one style to the next.
const ROW: i32 = 24;
const GAP: i32 = 12;

/// Draws the bars.
pub(in super::super) fn styles(scores: &BTreeMap<Language, Score>) -> anyhow::Result<String> {
    let styles: BTreeSet<&str> = scores.values().flat_map(|score| score.styles.keys().map(String::as_str)).collect();
    let n_bars: usize = scores.values().map(|score| score.styles.len()).sum();
    let height = ROW * i32::try_from(n_bars)? + GAP * i32::try_from(styles.len())?;
    drawn(height, |canvas| {
        let mut top = 0;
        for style in styles {
            canvas.draw_text(phrases::style(style), &text(INK, HPos::Left), (0, top + ROW / 2))?;
            for (language, score) in scores {
                let Some(share) = score.styles.get(style) else { continue };
                let (over, under) = (top + 3, top + ROW - 3);
                canvas.draw_text(
                    phrases::language(*language),
                    &text(QUIET, HPos::Right),
                    (FROM - 10, top + ROW / 2),
                )?;
                canvas.draw(&bar((FROM, over), (FROM + LENGTH, under), GRID))?;
                canvas.draw(&bar((FROM, over), (FROM + part(LENGTH, share.ratio()), under), RIGHT))?;
                let counted = format!("{} of {}", share.n, share.of);
                canvas.draw_text(&counted, &text(QUIET, HPos::Right), (WIDTH, top + ROW / 2))?;
                top += ROW;
            }
            top += GAP;
        }
        Ok(())
    })
}
