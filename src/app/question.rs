//! A question and the reply to it, by itself or leaning on the last answer in its chat.

use crate::chat::{Block, Message, Outgoing};
use crate::domain::{Key, Topic, TopicName};
use crate::text;

use super::answer::{Answer, Outcome, answer};
use super::leaning;
use super::recent::Asker;
use super::reply::Desk;
use super::turn::Turn;

impl Turn<'_> {
    pub(super) async fn question(&self, words: &str) -> Vec<Outgoing> {
        if text::tokens(words).is_empty() {
            let voice = self.app.voice(self.preference.of_nothing());
            return self.send(Message::text(voice.nothing_asked(self.snapshot.corpus.example(voice.language))));
        }
        let alone = answer(self.snapshot, words, self.preference);
        let leaning = self.leaning(words, &alone);
        let answer = leaning.as_ref().map_or(&alone, |(_, answer)| answer);
        if self.is_said_again(words, leaning.as_ref().map(|(topic, _)| &topic.key)) {
            return Vec::new();
        }
        let desk = self.desk(answer.language);
        if matches!(answer.outcome, Outcome::NotCovered) && self.is_among_others() {
            return self.send(desk.nothing_found_in_a_line());
        }
        let mut message = self.message_of(&desk, answer);
        // How the question was understood stands behind the answer, which begins with who said it.
        if let Some((topic, _)) = leaning {
            message.blocks.push(Block::Text(desk.voice.leaning_on(topic.title.get(desk.voice.language))));
        } else if !alone.read_as.is_empty() && !matches!(alone.outcome, Outcome::Chat(_)) {
            message.blocks.push(Block::Text(desk.voice.read_as(&alone.read_as)));
        }
        self.remember(match &answer.outcome {
            Outcome::Quote(found) => {
                found.first().and_then(|found| desk.title_topic(&found.quote, found.topic.as_ref()))
            }
            Outcome::Choices(_) | Outcome::NotCovered | Outcome::Chat(_) => None,
        });
        if let Outcome::Quote(found) = &answer.outcome {
            message = self.asking_whether(&desk, message, found).await;
        }
        self.send_answer(&desk, words, answer, message)
    }

    /// An answer as a message.
    pub(super) fn message_of(&self, desk: &Desk<'_>, answer: &Answer) -> Message {
        match &answer.outcome {
            Outcome::Quote(found) => desk.quotes(found),
            Outcome::Choices(found) => desk.choices(found),
            Outcome::NotCovered => desk.nothing_found(&answer.near_topics),
            Outcome::Chat(Some(talk)) => desk.small_talk(*talk),
            Outcome::Chat(None) => desk.help(self.role),
        }
    }

    /// What a question means that leans on the last one, if it finds something that way, and the topic it leans on.
    fn leaning(&self, words: &str, alone: &Answer) -> Option<(&Topic, Answer)> {
        let is_clear = matches!(alone.outcome, Outcome::Quote(_) | Outcome::Chat(None));
        if is_clear || !leaning::leans(words) {
            return None;
        }
        let key = self.recent_topic()?;
        let (interview, topic) = self.snapshot.corpus.topic_by_key(&key)?;
        // Its words alone: at its marks the title would become a part of the message, and be answered by itself.
        let title: Vec<String> =
            text::tokens(topic.title.get(alone.language)).into_iter().map(|token| token.word).collect();
        let question = format!("{} {words}", title.join(" "));
        let answer = Answer { language: alone.language, ..answer(self.snapshot, &question, self.preference) };
        let Outcome::Quote(found) = &answer.outcome else { return None };
        // Another topic than that and those that follow from it was not meant.
        let is_meant = |name: &TopicName| {
            name.interview == interview.id && (name.topic == topic.id || topic.follow_ups.contains(&name.topic))
        };
        let meant = found.first()?.topic.as_ref().is_some_and(is_meant);
        meant.then_some((topic, answer))
    }

    /// The topic is what "it" means for who asked, from now on; without one "it" means nothing.
    pub(super) fn remember(&self, topic: Option<&Topic>) {
        let key = topic.map(|topic| topic.key.clone());
        self.app.recent.answered(self.asker(), key, self.app.parts.clock.now());
    }

    /// What "it" means for who asks now.
    pub(super) fn recent_topic(&self) -> Option<Key> {
        self.app.recent.topic(self.asker(), self.app.parts.clock.now())
    }

    const fn asker(&self) -> Asker {
        (self.incoming.chat, self.incoming.from)
    }
}
