//! Questions to come back to: a reader who was not answered can be told once the knowledge has an answer.
//!
//! The button carries no words: they would not fit, and nothing of a question rests here before somebody wants that. The
//! reply is a visible reply to the question instead, and the platform hands both over with the press. A question that
//! was deleted since cannot be kept.

use crate::chat::{Block, Message, Outgoing, PressRef, Question, What};
use crate::domain::ChatKind;
use crate::store::{Kept, MAX_KEPT, NewQuestion, QuestionId};

use super::Audience;
use super::answer::{Answer, Outcome, answer};
use super::leaning::leans;
use super::press::{Keeping, Wish};
use super::reply::{Desk, rows};
use super::turn::{Turn, toast};

/// A longer question is not kept, in characters.
const MAX_CHARS: usize = 500;

impl Turn<'_> {
    /// Sends an answer; one that found nothing, with the offer to come back to it where that can be kept.
    pub(super) fn send_answer(&self, desk: &Desk<'_>, words: &str, answer: &Answer, message: Message) -> Vec<Outgoing> {
        let is_open = answer.outcome == Outcome::NotCovered;
        if !is_open || !self.can_keep(words) {
            return self.send(message);
        }
        let (to, reply_to) = (self.incoming.chat, self.incoming.message);
        vec![Outgoing::Send { to, reply_to, message: desk.offering_to_tell(message) }]
    }

    /// Not what leans on the question before it: tried again by itself, it would mean nothing.
    fn can_keep(&self, words: &str) -> bool {
        self.incoming.kind == ChatKind::Private
            && self.app.audience == Audience::Readers
            && self.incoming.message.is_some()
            && words.chars().count() <= MAX_CHARS
            && !leans(words)
    }

    pub(super) async fn keeping(&self, desk: &Desk<'_>, keeping: Keeping, by: &PressRef) -> Vec<Outgoing> {
        if self.incoming.kind != ChatKind::Private {
            return vec![toast(by, Some(desk.voice.private_only()))];
        }
        match keeping {
            Keeping::Tell => self.keep_question(desk, by).await,
            Keeping::Withdraw(id) => self.withdraw(desk, id, by).await,
        }
    }

    async fn keep_question(&self, desk: &Desk<'_>, by: &PressRef) -> Vec<Outgoing> {
        let voice = desk.voice;
        let asked = self.asked().filter(|asked| asked.words.chars().count() <= MAX_CHARS);
        let Some(Question { message, words }) = asked else { return vec![toast(by, Some(voice.too_late()))] };
        let answer = answer(self.snapshot, words, self.preference);
        let shown = self.message_of(desk, &answer);
        if answer.outcome != Outcome::NotCovered {
            // The knowledge has gone on since the button was made.
            return self.instead(shown, by, None);
        }
        let (chat, language, tried) = (self.incoming.chat.id, voice.language, self.snapshot.revision());
        let new = NewQuestion { chat, message: message.0, words, language, tried };
        match self.app.parts.store.keep_question(new, self.app.parts.clock.now()).await {
            Ok(Kept::Yes(id)) => self.instead(desk.promising_to_tell(shown, id), by, None),
            Ok(Kept::TooManyOfReader) => vec![toast(by, Some(voice.kept_most(MAX_KEPT)))],
            Ok(Kept::TooMany) => vec![toast(by, Some(voice.kept_full()))],
            Err(error) => {
                tracing::error!(%error, "failed to keep a question");
                vec![toast(by, Some(voice.went_wrong()))]
            }
        }
    }

    async fn withdraw(&self, desk: &Desk<'_>, id: QuestionId, by: &PressRef) -> Vec<Outgoing> {
        let voice = desk.voice;
        if let Err(error) = self.app.parts.store.withdraw_question(id, self.incoming.chat.id).await {
            tracing::error!(%error, "failed to withdraw a question");
            return vec![toast(by, Some(voice.went_wrong()))];
        }
        let message = match self.asked() {
            None => Message::text(voice.kept_withdrawn()),
            Some(Question { words, .. }) => {
                let answer = answer(self.snapshot, words, self.preference);
                let shown = self.message_of(desk, &answer);
                if answer.outcome == Outcome::NotCovered { desk.offering_to_tell(shown) } else { shown }
            }
        };
        self.instead(message, by, Some(voice.kept_withdrawn()))
    }

    /// The question that the pressed message replies to.
    const fn asked(&self) -> Option<&Question> {
        match &self.incoming.what {
            What::Press { asked, .. } => asked.as_ref(),
            _ => None,
        }
    }
}

impl Desk<'_> {
    fn offering_to_tell(&self, mut message: Message) -> Message {
        message.actions.extend(rows(self.wish(Wish::Keep(Keeping::Tell), self.voice.keep_it())));
        message
    }

    fn promising_to_tell(&self, mut message: Message, id: QuestionId) -> Message {
        // Behind what was not found, before what is near it.
        message.blocks.insert(1.min(message.blocks.len()), Block::Text(self.voice.kept()));
        message.actions.extend(rows(self.wish(Wish::Keep(Keeping::Withdraw(id)), self.voice.withdraw_it())));
        message
    }
}
