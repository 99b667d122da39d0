//! A problem: what is wrong with a knowledge file, where, and what to do about it.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

/// One thing that is wrong with a knowledge folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub(super) severity: Severity,
    pub(super) path: Arc<str>,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) what: String,
    pub(super) hint: String,
    pub(super) excerpt: Option<Excerpt>,
    /// Whether it stands for others that were only counted.
    pub(super) is_rest: bool,
}

/// Whether a folder with this problem can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It can't.
    Error,
    /// It can, but it may not be what the editor meant.
    Warning,
}

/// How a rendered problem looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Plain text: for logs, files and messages.
    Plain,
    /// With ANSI colours: for a terminal.
    Coloured,
}

/// How much of a line is shown on either side of a problem, in bytes: more than a paragraph, less than a file without
/// line ends.
const WINDOW_BYTES: usize = 4096;

/// The line a problem is shown in. The file's text is shared, not copied: a line may be as long as the file.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The whole file.
    pub(super) text: Arc<str>,
    /// The line without its end, in bytes of the text.
    pub(super) line: Range<usize>,
    /// What is wrong, in bytes of the line.
    pub(super) mark: Range<usize>,
}

impl Problem {
    /// The order in which they are shown: by path, line and column; what stands for the others at the end.
    #[must_use]
    pub fn by_place(&self, other: &Self) -> Ordering {
        let place = |problem: &Self| (problem.is_rest, problem.line, problem.column);
        let (own, others) = (place(self), place(other));
        own.0.cmp(&others.0).then_with(|| (&self.path, own, &self.what).cmp(&(&other.path, others, &other.what)))
    }

    /// The file and the place in it, as editors read it: `masadykov-2026/topics.toml:12:5`.
    ///
    /// Line and column count from 1, the column in characters. A problem of a whole file stands at 1:1.
    #[must_use]
    pub fn location(&self) -> String {
        format!("{}:{}:{}", self.path, self.line, self.column)
    }

    /// Whether the folder can be used all the same.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &str {
        &self.hint
    }

    /// The problem with its line, what is wrong in it underlined, and the hint: several lines without a last line end.
    #[must_use]
    pub fn render(&self, style: Style) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&*self.what);
        let origin = Origin::path(&*self.path).line(self.line).char_column(self.column);
        let snippet = self.excerpt.as_ref().map(|excerpt| {
            let (shown, mark) = excerpt.window();
            let snippet = Snippet::source(shown).line_start(self.line).annotation(AnnotationKind::Primary.span(mark));
            // The column is counted in what is shown: it is right only of a whole line.
            if shown.len() == excerpt.line.len() {
                (snippet.path(&*self.path), None)
            } else {
                (snippet, Some(origin.clone()))
            }
        });
        let group = match snippet {
            Some((snippet, None)) => title.element(snippet),
            Some((snippet, Some(origin))) => title.element(origin).element(snippet),
            None => title.element(origin),
        };
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        renderer.decor_style(DecorStyle::Ascii).render(&[group.element(Level::HELP.message(&*self.hint))])
    }
}

impl Excerpt {
    /// The line and what is wrong in it; of a long line the part around that.
    fn window(&self) -> (&str, Range<usize>) {
        let line = &self.text[self.line.clone()];
        let start = line.floor_char_boundary(self.mark.start.saturating_sub(WINDOW_BYTES));
        let end = line.floor_char_boundary(self.mark.start + WINDOW_BYTES);
        (&line[start..end], self.mark.start - start..self.mark.end.min(end) - start)
    }
}

impl fmt::Debug for Excerpt {
    /// The line alone: a whole file would hide everything else.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", &self.text[self.line.clone()], self.mark)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}; {}", self.severity, self.location(), self.what, self.hint)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(excerpt: Option<Excerpt>) -> Problem {
        Problem {
            severity: Severity::Error,
            path: "a/topics.toml".into(),
            line: 12,
            column: 5,
            what: "there is no key `titel`".to_owned(),
            hint: "did you mean `title`?".to_owned(),
            is_rest: false,
            excerpt,
        }
    }

    #[test]
    fn a_line_says_where_what_and_what_to_do() {
        assert_eq!(
            problem(None).to_string(),
            "error: a/topics.toml:12:5: there is no key `titel`; did you mean `title`?"
        );
    }

    #[test]
    fn the_line_is_shown_with_what_is_wrong_in_it_underlined() {
        let excerpt = Excerpt { text: "x = 1\n«я» titel = 1\n".into(), line: 6..23, mark: 7..12 };
        assert_eq!(
            problem(Some(excerpt)).render(Style::Plain),
            "error: there is no key `titel`\n  --> a/topics.toml:12:5\n   |\n12 | «я» titel = 1\n   |     ^^^^^\n   |\n   \
             = help: did you mean `title`?"
        );
    }

    #[test]
    fn of_an_endless_line_the_part_around_the_problem_is_shown() {
        let line = "я".repeat(500_000);
        let excerpt = Excerpt { line: 0..line.len(), mark: 400_000..400_002, text: line.into() };
        let shown = problem(Some(excerpt)).render(Style::Plain);
        assert!(shown.contains("--> a/topics.toml:12:5") && shown.contains('^'), "{shown}");
        assert!(shown.chars().count() < 1_000, "{}", shown.chars().count());
    }

    #[test]
    fn a_problem_without_a_line_is_shown_too() {
        assert_eq!(
            problem(None).render(Style::Plain),
            "error: there is no key `titel`\n--> a/topics.toml:12:5\n = help: did you mean `title`?"
        );
        assert!(problem(None).render(Style::Coloured).contains("\u{1b}["));
    }
}
