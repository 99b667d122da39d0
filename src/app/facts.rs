//! Small talk, and facts about the interview itself from its front matter: told as facts, for nobody is quoted.

use crate::chat::{Block, Message};

use super::reply::Desk;
use super::small_talk::SmallTalk;

impl Desk<'_> {
    /// One calm line for small talk; for a question about the interview itself, the fact with the link.
    pub(super) fn small_talk(&self, talk: SmallTalk) -> Message {
        let voice = self.voice;
        match talk {
            SmallTalk::Greeting => Message::text(voice.greeting()),
            SmallTalk::Farewell => Message::text(voice.farewell()),
            SmallTalk::Thanks => Message::text(voice.thanks()),
            SmallTalk::Help => Message::text(voice.help()),
            SmallTalk::WhoAreYou => Message::text(voice.who_are_you()),
            SmallTalk::Speaker
            | SmallTalk::AskedBy
            | SmallTalk::Given
            | SmallTalk::Published
            | SmallTalk::Translation => self.facts(talk),
        }
    }

    fn facts(&self, talk: SmallTalk) -> Message {
        let voice = self.voice;
        let mut blocks = Vec::new();
        for interview in &self.corpus.interviews {
            let fact = match talk {
                SmallTalk::Speaker => Some(voice.fact_speaker(interview)),
                SmallTalk::AskedBy => voice.fact_asked_by(interview),
                SmallTalk::Given => Some(voice.fact_given(interview)),
                SmallTalk::Translation => interview
                    .text_for(voice.language)
                    .map(|text| voice.fact_translation(text.kind, text.language, interview.original_language)),
                SmallTalk::Published
                | SmallTalk::Greeting
                | SmallTalk::Farewell
                | SmallTalk::Thanks
                | SmallTalk::Help
                | SmallTalk::WhoAreYou => None,
            };
            blocks.extend(fact.map(Block::Text));
            blocks.push(self.text_card(interview));
        }
        Message { blocks, actions: Vec::new() }
    }
}
