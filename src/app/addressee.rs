//! Whom something goes to, and what is said instead where that is refused.

use crate::chat::Outgoing;

/// The chat it goes to; `None` for what is shown to whoever asked, wherever that is.
pub(super) fn chat(outgoing: &Outgoing) -> Option<i64> {
    match outgoing.itself() {
        Outgoing::Send { to: chat, .. }
        | Outgoing::Privately { to: chat, .. }
        | Outgoing::Post { to: chat, .. }
        | Outgoing::File { to: chat, .. }
        | Outgoing::Pin { chat, .. }
        | Outgoing::Delete { chat, .. }
        | Outgoing::Edit { chat, .. } => Some(chat.id),
        Outgoing::Passing { .. } | Outgoing::Toast { .. } | Outgoing::Results { .. } => None,
    }
}

/// Sends it to that chat instead: its own has moved.
pub(super) fn readdress(outgoing: &mut Outgoing, to: i64) {
    match outgoing {
        Outgoing::Passing { what, .. } => readdress(what, to),
        Outgoing::Send { to: chat, .. }
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

/// An edit that is refused (the message is gone) is sent as a new message, for as long as one would stay, and what a
/// person cannot be told in private is said as was provided; anything else is refused as it is.
pub(super) fn anew(outgoing: Outgoing) -> Option<Outgoing> {
    match outgoing {
        Outgoing::Passing { what, lifetime } => {
            anew(*what).map(|what| Outgoing::Passing { what: Box::new(what), lifetime })
        }
        Outgoing::Edit { chat, message, .. } => Some(Outgoing::Send { to: chat, reply_to: None, message }),
        Outgoing::Privately { otherwise, .. } => Some(*otherwise),
        Outgoing::Send { .. }
        | Outgoing::Post { .. }
        | Outgoing::File { .. }
        | Outgoing::Pin { .. }
        | Outgoing::Delete { .. }
        | Outgoing::Toast { .. }
        | Outgoing::Results { .. } => None,
    }
}
