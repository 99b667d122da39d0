//! The log of every call: what was asked, whether it took effect, what the client was shown.

use std::{
    fmt,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::sent::Sent;

/// One call of the API.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Counts from 1, in the order of arrival.
    pub(crate) number: usize,
    pub(crate) at: Instant,
    /// As Telegram spells it, whatever the client's capitals; the client's word if there is no such
    /// method.
    pub(crate) method: String,
    /// All parameters, as one JSON object.
    pub(crate) body: Value,
    /// Whether the call took effect.
    pub(crate) accepted: bool,
    pub(crate) shown: Shown,
}

/// What the client saw of the answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown {
    /// Nothing so far: in progress, or the client went away.
    Nothing,
    /// Nothing, and nothing is to come: the connection stays open.
    Silence,
    Reply {
        at: Instant,
        status: u16,
        body: String,
    },
    /// The head, and half of the body.
    Half,
    Reset,
}

impl Call {
    /// The chat that the call names by number.
    pub(crate) fn chat_id(&self) -> Option<i64> {
        self.body["chat_id"].as_i64()
    }

    /// The HTTP status, if the client was shown a whole answer.
    pub(crate) fn status(&self) -> Option<u16> {
        match self.shown {
            Shown::Reply { status, .. } => Some(status),
            Shown::Nothing | Shown::Silence | Shown::Half | Shown::Reset => None,
        }
    }

    /// When the client was told that the bot is barred from the chat, if it was.
    pub(crate) fn barred_at(&self) -> Option<Instant> {
        match self.shown {
            Shown::Reply { at, status: 403, .. } => Some(at),
            _ => None,
        }
    }

    /// When this call's answer told the client to wait, and for how long.
    pub(crate) fn freeze(&self) -> Option<(Instant, Duration)> {
        let Shown::Reply { at, status: 429, body } = &self.shown else {
            return None;
        };
        let body: Value = serde_json::from_str(body).ok()?;
        let seconds = body["parameters"]["retry_after"].as_u64()?;
        Some((*at, Duration::from_secs(seconds)))
    }
}

/// All calls and all accepted messages, in order.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) calls: Vec<Call>,
    /// Messages as they stood when they were accepted.
    pub(crate) sent: Vec<Sent>,
    /// When somebody wrote to or let in the bot, by chat: it may write there again.
    pub(crate) arrivals: Vec<(Instant, i64)>,
    /// How far the clock here is ahead of the machine's.
    pub(crate) ahead: Duration,
}

impl Log {
    /// The present, by the clock that everything here is noted by.
    pub(crate) fn now(&self) -> Instant {
        Instant::now() + self.ahead
    }

    /// Notes a call that came in, and gives its number.
    pub(crate) fn open(&mut self, method: &str, body: &Value) -> usize {
        let number = self.calls.len() + 1;
        self.calls.push(Call {
            number,
            at: self.now(),
            method: method.to_owned(),
            body: body.clone(),
            accepted: false,
            shown: Shown::Nothing,
        });
        number
    }

    /// Somebody wrote to, or let in, the bot in that chat.
    pub(crate) fn arrive(&mut self, chat_id: i64) {
        self.arrivals.push((self.now(), chat_id));
    }

    pub(crate) fn accept(&mut self, number: usize) {
        if let Some(call) = self.calls.get_mut(number - 1) {
            call.accepted = true;
        }
    }

    pub(crate) fn close(&mut self, number: usize, shown: Shown) {
        if let Some(call) = self.calls.get_mut(number - 1) {
            call.shown = shown;
        }
    }
}

/// One line a call, for the panic of a wait that ran out.
impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.calls.first() else {
            return write!(f, "no call at all");
        };
        for call in &self.calls {
            let since = call.at.duration_since(first.at).as_secs_f64();
            let accepted = if call.accepted { "accepted" } else { "not accepted" };
            let body = excerpt(&call.body.to_string());
            writeln!(f, "#{} +{since:.3} s {} {body}", call.number, call.method)?;
            writeln!(f, "    {accepted}, shown: {}", call.shown)?;
        }
        Ok(())
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => write!(f, "nothing"),
            Self::Silence => write!(f, "nothing, for ever"),
            Self::Reply { status, body, .. } => write!(f, "{status} {}", excerpt(body)),
            Self::Half => write!(f, "half an answer"),
            Self::Reset => write!(f, "a reset"),
        }
    }
}

fn excerpt(text: &str) -> String {
    const MAX_CHARS: usize = 300;
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
