//! Whom something goes to, and what is said instead where that is refused.

use crate::chat::Outgoing;

/// The chat it goes to; `None` for what is shown to whoever asked, wherever that is.
pub(super) const fn chat(outgoing: &Outgoing) -> Option<i64> {
    match outgoing {
        Outgoing::Send { to: chat, .. }
        | Outgoing::Passing { to: chat, .. }
        | Outgoing::Privately { to: chat, .. }
        | Outgoing::Post { to: chat, .. }
        | Outgoing::File { to: chat, .. }
        | Outgoing::Pin { chat, .. }
        | Outgoing::Delete { chat, .. }
        | Outgoing::Edit { chat, .. } => Some(chat.id),
        Outgoing::Toast { .. } | Outgoing::Results { .. } => None,
    }
}

/// Sends it to that chat instead: its own has moved.
pub(super) const fn readdress(outgoing: &mut Outgoing, to: i64) {
    match outgoing {
        Outgoing::Send { to: chat, .. }
        | Outgoing::Passing { to: chat, .. }
        | Outgoing::Privately { to: chat, .. }
        | Outgoing::Post { to: chat, .. }
        | Outgoing::File { to: chat, .. }
        | Outgoing::Pin { chat, .. }
        | Outgoing::Delete { chat, .. }
        | Outgoing::Edit { chat, .. } => chat.id = to,
        Outgoing::Toast { .. } | Outgoing::Results { .. } => {}
    }
}

/// Whether it is for somebody in private who may not be reached there.
pub(super) const fn is_private(outgoing: &Outgoing) -> bool {
    matches!(outgoing, Outgoing::Privately { .. })
}

/// An edit that is refused (the message is gone) is sent as a new message, and what a person cannot be told in private is
/// said as was provided; anything else is refused as it is.
pub(super) fn anew(outgoing: Outgoing) -> Option<Outgoing> {
    match outgoing {
        Outgoing::Edit { chat, message, .. } => Some(Outgoing::Send { to: chat, reply_to: None, message }),
        Outgoing::Privately { otherwise, .. } => Some(*otherwise),
        Outgoing::Send { .. }
        | Outgoing::Passing { .. }
        | Outgoing::Post { .. }
        | Outgoing::File { .. }
        | Outgoing::Pin { .. }
        | Outgoing::Delete { .. }
        | Outgoing::Toast { .. }
        | Outgoing::Results { .. } => None,
    }
}
