//! Scripted faults: what goes wrong, with which call, and on which side of its effect.

use std::{fmt, time::Duration};

use serde_json::Value;

use super::refusal::Refusal;

/// What the client gets in place of the true answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// 429; `retry_after` in seconds, `None` leaves the parameters out.
    TooManyRequests { retry_after: Option<u64> },
    /// A status with a body from Telegram, or from a proxy before it.
    Http { status: u16, body: FaultBody },
    /// A refusal of Telegram's, word for word.
    Refuse(Refusal),
    /// TCP RST in place of an answer.
    ResetConnection,
    /// The connection stays open and silent.
    Stall,
    /// The head and half of the body, then the end of the stream.
    HalfBody,
    /// 200 with a body that is no JSON.
    Garbage200,
    /// The true answer, late. Struck before accepting, the call takes effect after the wait too, and
    /// never if the client has gone by then.
    Slow(Duration),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FaultBody {
    Json,
    Html,
}

/// Which side of the call's effect the fault is on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Accepted {
    /// The call had no effect.
    Before,
    /// The call took effect; only its answer is spoilt.
    After,
}

type Condition = Box<dyn Fn(&Value) -> bool + Send>;

/// A fault, the calls it strikes, and how often.
pub(crate) struct Script {
    method: String,
    fault: Fault,
    accepted: Accepted,
    n_left: usize,
    condition: Option<Condition>,
}

impl Script {
    /// Strikes the next call of `method` once, before it takes effect.
    pub(crate) fn new(method: &str, fault: Fault) -> Self {
        Self { method: method.to_owned(), fault, accepted: Accepted::Before, n_left: 1, condition: None }
    }

    /// Strikes before or after the call takes effect.
    pub(crate) fn accepted(self, accepted: Accepted) -> Self {
        Self { accepted, ..self }
    }

    /// Strikes `n` calls.
    pub(crate) fn times(self, n: usize) -> Self {
        Self { n_left: n, ..self }
    }

    /// Strikes only calls whose parameters satisfy `condition`.
    pub(crate) fn when(self, condition: impl Fn(&Value) -> bool + Send + 'static) -> Self {
        Self { condition: Some(Box::new(condition)), ..self }
    }

    fn strikes(&self, method: &str, body: &Value) -> bool {
        self.method.eq_ignore_ascii_case(method) && self.condition.as_ref().is_none_or(|holds| holds(body))
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} {:?}, accepted {:?}", self.n_left, self.method, self.fault, self.accepted)
    }
}

/// The scripts that wait for their calls, first in, first out per method.
#[derive(Debug, Default)]
pub(crate) struct Scripts(Vec<Script>);

impl Scripts {
    pub(crate) fn add(&mut self, script: Script) {
        if script.n_left > 0 {
            self.0.push(script);
        }
    }

    /// The fault that strikes this call, used up by one.
    pub(crate) fn take(&mut self, method: &str, body: &Value) -> Option<(Fault, Accepted)> {
        let at = self.0.iter().position(|script| script.strikes(method, body))?;
        let script = self.0.get_mut(at)?;
        script.n_left = script.n_left.saturating_sub(1);
        let struck = (script.fault.clone(), script.accepted);
        if script.n_left == 0 {
            self.0.remove(at);
        }
        Some(struck)
    }

    /// How many strikes are still to come.
    pub(crate) fn n_left(&self) -> usize {
        self.0.iter().map(|script| script.n_left).sum()
    }
}
