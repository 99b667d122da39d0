//! Messages as lines of text: quotes behind a bar, links written out, buttons by number.

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use unicode_segmentation::UnicodeSegmentation;

use crate::chat::{
    Action, Block, Document, Failure, Message, MessageId, Messenger, Outgoing, Payload, Receipt, Target,
};

/// Lines are broken at this many characters.
const WIDTH: usize = 88;

/// Whether lines carry colours and weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For a terminal that shows them.
    Coloured,
    /// For files, pipes and terminals that do not.
    Plain,
}

/// What the terminal shows, and the buttons that can be pressed by number.
pub struct Screen<W> {
    style: Style,
    // Written by one chat at a time; the lock makes the screen shareable as a front.
    shown: Mutex<Shown<W>>,
}

struct Shown<W> {
    out: W,
    last: MessageId,
    buttons: Vec<Target>,
}

impl<W: Write + Send> Screen<W> {
    /// A screen that writes to `out`.
    #[must_use]
    pub fn new(out: W, style: Style) -> Self {
        Self { style, shown: Mutex::new(Shown { out, last: MessageId(0), buttons: Vec::new() }) }
    }

    /// Asks for the next line.
    ///
    /// # Errors
    /// If the screen cannot be written.
    pub fn prompt(&self) -> io::Result<()> {
        let mut shown = self.shown();
        write!(shown.out, "{} ", self.paint("1;32", "?"))?;
        shown.out.flush()
    }

    /// A line that is not a reply: headings of the tour, hints.
    ///
    /// # Errors
    /// If the screen cannot be written.
    pub fn line(&self, words: &str) -> io::Result<()> {
        writeln!(self.shown().out, "{}", self.paint("2", words))
    }

    /// The button that the typed number presses, with the message it stands under.
    #[must_use]
    pub fn pressed(&self, typed: &str) -> Option<(MessageId, Payload)> {
        let shown = self.shown();
        let number: usize = typed.parse().ok()?;
        let payload = shown.buttons.get(number.checked_sub(1)?)?.payload()?;
        Some((shown.last, payload.clone()))
    }

    /// Gives the `Write` back.
    #[must_use]
    pub fn into_inner(self) -> W {
        self.shown.into_inner().unwrap_or_else(PoisonError::into_inner).out
    }

    /// Shows what goes out; `None` if that is nothing to see. What was edited has scrolled away: it is shown anew.
    ///
    /// # Errors
    /// If the screen cannot be written.
    pub fn show(&self, outgoing: &Outgoing) -> io::Result<Option<MessageId>> {
        match outgoing.itself() {
            Outgoing::Send { message, .. }
            | Outgoing::Privately { message, .. }
            | Outgoing::Post { message, .. }
            | Outgoing::Edit { message, .. } => self.write(message).map(Some),
            Outgoing::File { document, .. } => self.write(&written_out(document)).map(Some),
            Outgoing::Passing { .. } | Outgoing::Pin { .. } | Outgoing::Delete { .. } => Ok(None),
            Outgoing::Toast { text: Some(words), .. } => self.write(&Message::text(words.as_str())).map(Some),
            Outgoing::Toast { text: None, .. } => Ok(None),
            // Nobody searches here: there is no other chat to send a quote to.
            Outgoing::Results { .. } => Ok(None),
        }
    }

    fn write(&self, message: &Message) -> io::Result<MessageId> {
        let mut shown = self.shown();
        let mut parts: Vec<String> = message.blocks.iter().map(|block| self.block(block)).collect();
        let buttons: Vec<&Action> = message.actions.iter().flatten().filter(|action| works_here(action)).collect();
        if !buttons.is_empty() {
            let lines = buttons.iter().enumerate().map(|(i, action)| self.button(i + 1, action));
            parts.push(lines.collect::<Vec<_>>().join("\n"));
        }
        writeln!(shown.out, "{}\n", parts.join("\n\n"))?;
        shown.out.flush()?;
        shown.last = MessageId(shown.last.0.wrapping_add(1));
        shown.buttons = buttons.into_iter().map(|action| action.target.clone()).collect();
        Ok(shown.last)
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Attribution(words) => self.paint("1", &wrapped(words, "", WIDTH)),
            Block::Quote(quote) => wrapped(quote.words(), "  │ ", WIDTH),
            Block::Question { label, words } => format!("{label}:\n{}", wrapped(words, "  ", WIDTH)),
            Block::Note { label, words } => wrapped(&format!("{label}: {words}"), "", WIDTH),
            Block::Heading(words) => self.paint("1", words),
            Block::Text(words) => words.lines().map(|line| wrapped(line, "", WIDTH)).collect::<Vec<_>>().join("\n"),
            Block::Source { label, links } => {
                let links = links.iter().map(|link| format!("  {}: {}", link.label, self.paint("4", &link.url)));
                let label = (!label.is_empty()).then(|| wrapped(label, "", WIDTH));
                label.into_iter().chain(links).collect::<Vec<_>>().join("\n")
            }
            Block::Items(items) => {
                let lines = items.iter().map(|item| hanging(&wrapped(item, "    ", WIDTH)));
                lines.collect::<Vec<_>>().join("\n")
            }
            Block::Report(words) => words.clone(),
        }
    }

    fn button(&self, number: usize, action: &Action) -> String {
        let number = self.paint("36", &format!("[{number}]"));
        match &action.target {
            Target::Press(_)
            | Target::Copy(_)
            | Target::Share(_)
            | Target::Forward(_)
            | Target::Talk(_)
            | Target::Choose(_) => {
                format!("{number} {}", action.label)
            }
            Target::Open(url) => format!("{number} {}: {}", action.label, self.paint("4", url)),
        }
    }

    fn paint(&self, code: &str, words: &str) -> String {
        match self.style {
            Style::Coloured => format!("\u{1b}[{code}m{words}\u{1b}[0m"),
            Style::Plain => words.to_owned(),
        }
    }

    fn shown(&self) -> MutexGuard<'_, Shown<W>> {
        // A half-written line is the worst a panic can leave.
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write + Send> Messenger for Screen<W> {
    async fn deliver(&self, outgoing: &Outgoing) -> Result<Receipt, Failure> {
        let message = self.show(outgoing).map_err(|error| Failure::Rejected { reason: error.to_string() })?;
        Ok(Receipt { message })
    }
}

/// Words can be marked in any terminal, and no link leads into one.
const fn works_here(action: &Action) -> bool {
    !matches!(action.target, Target::Copy(_) | Target::Share(_) | Target::Forward(_))
}

/// A file as a message: what is said of it, its name, and all that is in it.
fn written_out(document: &Document) -> Message {
    let content = document.content.replace("\r\n", "\n");
    let blocks = vec![
        Block::Text(document.caption.clone()),
        Block::Heading(document.name.clone()),
        Block::Report(content.trim_end().to_owned()),
    ];
    Message { blocks, actions: Vec::new() }
}

/// `words` broken at spaces into lines of at most `width` characters, each behind `margin`. A longer word stands alone.
fn wrapped(words: &str, margin: &str, width: usize) -> String {
    let room = width.saturating_sub(margin.graphemes(true).count());
    let mut lines: Vec<String> = vec![String::new()];
    let mut n_used = 0;
    for word in words.split(' ') {
        let n_word = word.graphemes(true).count();
        if n_used > 0 && n_used + 1 + n_word > room {
            lines.push(String::new());
            n_used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if n_used > 0 {
                line.push(' ');
                n_used += 1;
            }
            line.push_str(word);
            n_used += n_word;
        }
    }
    lines.iter().map(|line| format!("{margin}{line}")).collect::<Vec<_>>().join("\n")
}

/// A bullet in the margin of the first line.
fn hanging(lines: &str) -> String {
    lines.strip_prefix("    ").map_or_else(|| lines.to_owned(), |rest| format!("  • {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_keep_every_word() {
        for (words, lines) in [
            ("", "| "),
            ("один два", "| один\n| два"),
            ("a b", "| a b"),
            ("unbreakable", "| unbreakable"),
            ("a unbreakable b", "| a\n| unbreakable\n| b"),
        ] {
            assert_eq!(wrapped(words, "| ", 8), lines);
        }
    }
}
