//! What became of all questions: a bar for each language and kind, split by what was replied.

use plotters::style::text_anchor::HPos;

use super::super::palette::{CHOICE, INK, ON_PALE, ON_STRONG, QUIET, RIGHT, SILENT, Tone, WRONG};
use super::canvas::{TEXT, WIDTH, bar, bold, drawn, part, text};
use crate::app::{Grade, Judged};
use crate::cli::eval::phrases;
use crate::domain::Language;

/// From the top of one bar to that of the next.
const ROW: i32 = 66;
/// The height of a bar.
const BAR: i32 = 30;
/// So much a digit needs, with the air beside a number; a narrower piece holds no number.
const DIGIT: i32 = 9;
const AIR: i32 = 5;
/// Between two pieces, which tell themselves apart in grey print, too.
const SEAM: i32 = 2;

/// What the colours mean, in the order of the pieces.
pub(in super::super) const LEGEND: [(Tone, &str); 4] = [
    (RIGHT, "right: the right quote, or rightly told that nothing was found"),
    (CHOICE, "offered: passages to choose from"),
    (SILENT, "missed: told that nothing was found, though the interview answers it"),
    (WRONG, "wrong quote: the mistake that matters most"),
];

/// What a number on each of them is written in.
const ON: [Tone; 4] = [ON_STRONG, ON_PALE, ON_PALE, ON_STRONG];

/// Draws the bars.
pub(in super::super) fn outcomes(judged: &[Judged<'_>]) -> anyhow::Result<String> {
    let rows = rows(judged);
    let height = ROW * i32::try_from(rows.len())? + 6;
    drawn(height, |canvas| {
        for (row, top) in rows.iter().zip((0..).step_by(ROW.unsigned_abs() as usize)) {
            let n_all: usize = row.pieces.iter().sum();
            canvas.draw_text(&row.title, &bold(INK, HPos::Left), (0, top + TEXT / 2))?;
            canvas.draw_text(
                &phrases::counted(n_all, "question"),
                &text(QUIET, HPos::Right),
                (WIDTH, top + TEXT / 2),
            )?;
            let mut n_before = 0;
            for ((n, (tone, _)), on) in row.pieces.iter().zip(LEGEND).zip(ON) {
                let place = |n: usize| part(WIDTH, ratio(n, n_all));
                let (from, upto) = (place(n_before), place(n_before + n));
                n_before += n;
                canvas.draw(&bar((from, top + 22), ((upto - SEAM).max(from), top + 22 + BAR), tone))?;
                let counted = n.to_string();
                if *n > 0 && upto - from >= DIGIT * i32::try_from(counted.len())? + AIR {
                    canvas.draw_text(&counted, &bold(on, HPos::Center), ((from + upto) / 2, top + 22 + BAR / 2))?;
                }
            }
        }
        Ok(())
    })
}

struct Row {
    title: String,
    /// How many questions, in the order of the legend.
    pieces: [usize; 4],
}

fn rows(judged: &[Judged<'_>]) -> Vec<Row> {
    let mut rows = Vec::new();
    for language in Language::ALL {
        for (what, kind) in [("answered by the interview", Kind::Answered), ("not answered by it", Kind::Outside)] {
            let mut pieces = [0; 4];
            for one in judged.iter().filter(|one| one.judgment.language == language) {
                if let Some((of, piece)) = piece(one.grade)
                    && of == kind
                {
                    pieces[piece] += 1;
                }
            }
            if pieces.iter().sum::<usize>() > 0 {
                rows.push(Row { title: format!("{}, {what}", phrases::language(language)), pieces });
            }
        }
    }
    rows
}

#[derive(PartialEq, Eq)]
enum Kind {
    Answered,
    Outside,
}

/// Where a question belongs; small talk has no bar.
const fn piece(grade: Grade) -> Option<(Kind, usize)> {
    match grade {
        Grade::RightQuote => Some((Kind::Answered, 0)),
        Grade::RightChoice | Grade::WrongChoice => Some((Kind::Answered, 1)),
        Grade::Missed => Some((Kind::Answered, 2)),
        Grade::WrongQuote => Some((Kind::Answered, 3)),
        Grade::Refused => Some((Kind::Outside, 0)),
        Grade::Offered => Some((Kind::Outside, 1)),
        Grade::Quoted => Some((Kind::Outside, 3)),
        Grade::Chatted | Grade::NotChatted => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
fn ratio(n: usize, of: usize) -> f64 {
    n as f64 / of.max(1) as f64
}
