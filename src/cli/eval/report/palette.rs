//! The colours of the page and its charts, each for light and for dark.
//!
//! A chart is drawn in the light colours; where dark is asked for, the style sheet puts the other in the place of each, for
//! a rule of a style sheet is stronger than a colour written on a shape. So one drawing serves both.

use std::fmt::Write as _;

use plotters::style::RGBColor;

/// A colour with its two looks. The light ones must differ from each other: they are what the dark ones are found by.
#[derive(Clone, Copy)]
pub(super) struct Tone {
    name: &'static str,
    light: u32,
    dark: u32,
}

/// Text.
pub(super) const INK: Tone = Tone { name: "ink", light: 0x1f_2933, dark: 0xe6_eaee };
/// Text that explains, and axes.
pub(super) const QUIET: Tone = Tone { name: "quiet", light: 0x5a_6672, dark: 0x9f_abb7 };
/// Lines behind everything.
pub(super) const GRID: Tone = Tone { name: "grid", light: 0xdd_e2e7, dark: 0x36_3f49 };
/// Right.
pub(super) const RIGHT: Tone = Tone { name: "right", light: 0x0b_7a75, dark: 0x3d_b8ae };
/// Nearly right: a choice.
pub(super) const CHOICE: Tone = Tone { name: "choice", light: 0x5f_b3aa, dark: 0x27_716c };
/// Wrong. With the two above it can be told apart by people who do not see red and green apart, too.
pub(super) const WRONG: Tone = Tone { name: "wrong", light: 0xc8_452d, dark: 0xf0_7f63 };
/// Nothing said.
pub(super) const SILENT: Tone = Tone { name: "silent", light: 0xc3_cbd3, dark: 0x66_727e };
/// Text on a colour that is dark in the light look and light in the dark one.
pub(super) const ON_STRONG: Tone = Tone { name: "on-strong", light: 0xff_fffe, dark: 0x12_1a20 };
/// Text on a colour that is light in the light look and dark in the dark one.
pub(super) const ON_PALE: Tone = Tone { name: "on-pale", light: 0x1f_2934, dark: 0xf2_f5f7 };
/// Behind the text.
const PAPER: Tone = Tone { name: "paper", light: 0xff_ffff, dark: 0x16_1c22 };
/// Behind a chart.
const CARD: Tone = Tone { name: "card", light: 0xf6_f8f9, dark: 0x1e_262e };

const ALL: [Tone; 11] = [INK, QUIET, GRID, RIGHT, CHOICE, WRONG, SILENT, ON_STRONG, ON_PALE, PAPER, CARD];

impl Tone {
    /// As it is drawn.
    pub(super) const fn colour(self) -> RGBColor {
        let [_, red, green, blue] = self.light.to_be_bytes();
        RGBColor(red, green, blue)
    }

    /// As a style sheet names it.
    pub(super) fn variable(self) -> String {
        format!("var(--{})", self.name)
    }
}

/// The rules that give every name its colour, in light and in dark.
pub(super) fn rules() -> String {
    let variables =
        |of: fn(&Tone) -> u32| ALL.iter().map(|tone| format!("--{}:#{:06X};", tone.name, of(tone))).collect::<String>();
    let mut rules = format!(":root{{color-scheme:light dark;{}}}\n", variables(|tone| tone.light));
    let mut repainted = String::new();
    for tone in ALL {
        for place in ["fill", "stroke"] {
            // Writing into a string does not fail.
            let _ = writeln!(repainted, "svg [{place}=\"#{:06X}\"]{{{place}:{}}}", tone.light, tone.variable());
        }
    }
    let dark = variables(|tone| tone.dark);
    let _ = write!(rules, "@media (prefers-color-scheme: dark){{:root{{{dark}}}\n{repainted}}}\n");
    rules
}
