//! A bad network: what a post may meet on its way.

use super::dice::Dice;
use crate::support::fake::{Accepted, Fault, FaultBody};

/// The fault of one post, and on which side of its effect; `None` for the lucky half.
///
/// Whoever is told to wait was not accepted: a server that says so and posts all the same would be believed.
pub(super) fn fault(dice: &mut Dice) -> Option<(Fault, Accepted)> {
    let (roll, delay) = (dice.roll(100), Fault::Slow(dice.millis(80)));
    let either = if dice.roll(2) == 0 { Accepted::Before } else { Accepted::After };
    let wait = |retry_after| (Fault::TooManyRequests { retry_after }, Accepted::Before);
    Some(match roll {
        0..20 => (delay, Accepted::After),
        20..34 => (delay, Accepted::Before),
        34 => wait(Some(1)),
        35 => wait(Some(5)),
        36 => wait(Some(35)),
        37 => wait(None),
        38..41 => (Fault::ResetConnection, either),
        41 => (Fault::Stall, either),
        42 => (Fault::HalfBody, either),
        43 => (Fault::Garbage200, either),
        44 => (Fault::Http { status: 500, body: FaultBody::Json }, either),
        45 => (Fault::Http { status: 502, body: FaultBody::Html }, either),
        _ => return None,
    })
}
