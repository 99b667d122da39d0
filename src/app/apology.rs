//! The one calm sentence for what could not be handled: in the language, and for as long, as whoever it goes to chose.

use crate::chat::{Incoming, Message, Outgoing, What};
use crate::domain::{ChatKind, Manners};

use super::App;
use super::language::Preference;
use super::search;
use super::turn::{Turn, toast};

impl App {
    /// The sentence, as the reader or the group wants to be answered.
    pub async fn apology(&self, incoming: &Incoming) -> Vec<Outgoing> {
        let manners = self.manners_of(incoming).await;
        let preference = self.preference(incoming, manners).await;
        self.apologise(incoming, preference, manners)
    }

    /// The same where not even what they chose can be looked up.
    #[must_use]
    pub fn bare_apology(&self, incoming: &Incoming) -> Vec<Outgoing> {
        let preference = Preference { chosen: None, interface: incoming.interface };
        self.apologise(incoming, preference, Manners::default())
    }

    fn apologise(&self, incoming: &Incoming, preference: Preference, manners: Manners) -> Vec<Outgoing> {
        let (snapshot, role) = (self.parts.library.snapshot(), self.role(incoming));
        let turn = Turn { app: self, snapshot: &snapshot, incoming, role, preference, manners };
        let words = turn.voice_of_question().went_wrong();
        match (&incoming.what, incoming.kind) {
            (What::Membership(_) | What::Moved { .. }, _) => Vec::new(),
            (What::Press { press, .. }, _) => vec![toast(press, Some(words))],
            (What::Search { search, .. }, _) => vec![search::nothing(search)],
            (_, ChatKind::Private | ChatKind::Group) => {
                let (to, reply_to, message) = (incoming.chat, incoming.message, Message::text(words));
                vec![turn.mannered(Outgoing::Send { to, reply_to, message })]
            }
            (_, ChatKind::Channel) => Vec::new(),
        }
    }
}
