//! The terminal front: the same bot, replies and choices as in Telegram, on a `Write` it is given.
//!
//! It keeps the app honest: whatever only Telegram could show breaks here first.

mod screen;

use std::io::{self, BufRead, Write};
use std::pin::Pin;

use crate::app::App;
use crate::chat::{Address, Administers, Incoming, MessageId, PressRef, Rights, Standing, What};
use crate::clock::Clock;
use crate::domain::{ChatKind, ChatRef, UserRef};

pub use screen::{Screen, Style};

/// The one person at the terminal.
pub const PERSON: UserRef = UserRef(0);

/// Their one chat.
const CHAT: ChatRef = ChatRef { id: 0, thread: None };

/// The person at the terminal decides everything there.
#[derive(Debug, Clone, Copy)]
pub struct Everything;

impl Rights for Everything {
    fn administers(&self, _user: UserRef, _chat: ChatRef) -> Pin<Box<dyn Future<Output = Administers> + Send + '_>> {
        Box::pin(std::future::ready(Administers::Yes))
    }

    fn kind(&self, _chat: ChatRef) -> Pin<Box<dyn Future<Output = Option<ChatKind>> + Send + '_>> {
        Box::pin(std::future::ready(None))
    }

    fn linked(&self, _chat: ChatRef) -> Pin<Box<dyn Future<Output = Option<i64>> + Send + '_>> {
        Box::pin(std::future::ready(None))
    }
}

/// Whether the person is asked for the next line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// A sign before each line: a person types.
    Shown,
    /// Nothing: the lines come from a file or a pipe.
    Hidden,
}

/// Replies to each line of `input` until its end, or `/quit`. A number presses that button of the last reply.
/// Returns how many lines were replied to.
///
/// # Errors
/// If `input` cannot be read or the screen cannot be written.
pub async fn chat<W: Write + Send>(
    app: &App,
    clock: &Clock,
    input: &mut (dyn BufRead + Send),
    screen: &Screen<W>,
    prompt: Prompt,
) -> io::Result<usize> {
    let mut n_lines = 0;
    loop {
        if prompt == Prompt::Shown {
            screen.prompt()?;
        }
        let Some(line) = next_line(input)? else { return Ok(n_lines) };
        let words = as_pressed(line.trim());
        if matches!(words, "/quit" | "/exit" | "quit" | "exit") {
            return Ok(n_lines);
        }
        if words.is_empty() {
            continue;
        }
        n_lines += 1;
        if prompt == Prompt::Shown && is_number(words) && screen.pressed(words).is_none() {
            screen.line(&format!("There is no button {words}.\n"))?;
            continue;
        }
        say(app, clock, screen, words).await?;
    }
}

/// One line to the bot, its replies on the screen.
///
/// # Errors
/// If the screen cannot be written.
pub async fn say<W: Write + Send>(app: &App, clock: &Clock, screen: &Screen<W>, words: &str) -> io::Result<()> {
    let (what, message) = match screen.pressed(words) {
        Some((message, payload)) => {
            (What::Press { payload, press: PressRef(String::new()), asked: None }, Some(message))
        }
        None => (What::parse(words).0, None::<MessageId>),
    };
    let incoming = Incoming {
        chat: CHAT,
        kind: ChatKind::Private,
        title: None,
        from: Some(PERSON),
        standing: Standing::Own,
        interface: None,
        message,
        sent: clock.now(),
        replied: None,
        address: Address::Personal,
        what,
    };
    for outgoing in app.handle(incoming).await {
        screen.show(&outgoing)?;
    }
    Ok(())
}

/// A button's number as it is shown, or as people write it: `[1]`, `1.`, `#1`.
fn as_pressed(words: &str) -> &str {
    let bare = words.trim_start_matches(['[', '#', '(']).trim_end_matches([']', '.', ')']);
    if !bare.is_empty() && is_number(bare) { bare } else { words }
}

fn is_number(words: &str) -> bool {
    // A year is a question ("2027"), a button has one or two digits.
    words.len() <= 2 && words.bytes().all(|b| b.is_ascii_digit())
}

/// The next line; bytes that are no UTF-8 become replacement characters, so that one bad line ends nothing.
fn next_line(input: &mut (dyn BufRead + Send)) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let n_bytes = input.read_until(b'\n', &mut line)?;
    Ok((n_bytes > 0).then(|| String::from_utf8_lossy(&line).into_owned()))
}
