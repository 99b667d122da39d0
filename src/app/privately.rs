//! Writing to a person in private: in the language they chose there, else in the one that is known of them.

use crate::chat::{Message, Outgoing};
use crate::domain::{ChatRef, Language, UserRef};

use super::App;
use super::language::Preference;
use super::replies::Voice;

impl App {
    /// The voice for somebody who may have chosen a language in private; `interface` is what is known of them else.
    pub(super) async fn voice_for(&self, user: UserRef, interface: Option<Language>) -> Voice<'_> {
        // A chosen language is a comfort; the message is the promise.
        let chosen = self.parts.store.language(user.0).await.unwrap_or_default();
        self.voice(Preference { chosen, interface }.of_nothing())
    }
}

/// In the private chat with that person.
pub(super) fn privately(user: UserRef, message: Message) -> Outgoing {
    Outgoing::Send { to: ChatRef { id: user.0, thread: None }, reply_to: None, message }
}
