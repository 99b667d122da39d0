//! The charts: each file draws one, as SVG that stands in the page.

mod canvas;
mod outcomes;
mod reliability;
mod styles;
mod thresholds;

pub(super) use outcomes::{LEGEND as OUTCOMES, outcomes};
pub(super) use reliability::{counts, reliability};
pub(super) use styles::styles;
pub(super) use thresholds::thresholds;
