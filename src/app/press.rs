//! What the bot's own buttons carry, and back.

use jiff::Timestamp;

use crate::chat::{Action, Payload, Target};
use crate::domain::{DeliveryId, Key, Language, SubscriptionId};

use super::settings::Change;

/// What a button asks for, in the language of the message it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Press {
    /// The language the message goes on in.
    pub(super) language: Language,
    /// What is asked for.
    pub(super) wish: Wish,
}

/// What a button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// A passage.
    Passage(Key),
    /// A passage with what stands before and after it.
    Context(Key),
    /// A topic's best passage.
    Topic(Key),
    /// A page of the list of topics, from 0.
    Topics(usize),
    /// What the interview says is planned.
    Upcoming,
    /// An event's card.
    Event(Key),
    /// An event as a calendar file.
    Calendar(Key),
    /// Announcements in this private chat.
    Remind,
    /// An event as it would be announced now.
    Offer(Key),
    /// Announce that now.
    PostNow(Cause),
    /// Announce that not.
    Leave(Cause),
    /// A decision about an announcement.
    Decide(Decision, DeliveryId),
    /// No more announcements for that subscription.
    Unsubscribe(SubscriptionId),
    /// A subscription's settings, after a change if there is one.
    Settings(SubscriptionId, Option<Change>),
    /// What that subscription's chat will see next.
    Preview(SubscriptionId),
    /// Replies in this language from now on; `None`: that of each question.
    Speak(Option<Language>),
}

/// What an admin has announced at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    /// An event.
    Event(Key),
    /// Words of their own.
    Words(DraftId),
}

impl Cause {
    fn code(&self) -> String {
        match self {
            Self::Event(key) => format!("e.{key}"),
            Self::Words(id) => format!("w.{}", id.as_str()),
        }
    }

    fn parse(code: &str) -> Option<Self> {
        match code.split_once('.')? {
            ("e", key) => Key::parse(key).map(Self::Event),
            ("w", id) => DraftId::parse(id).map(Self::Words),
            _ => None,
        }
    }
}

/// An admin's own words, by the message they came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftId(String);

impl DraftId {
    /// A message's number alone is not enough: where there is none, the instant tells two apart.
    pub(super) fn new(chat: i64, message: i32, sent: Timestamp) -> Self {
        Self(format!("{chat}-{message}-{}", sent.as_millisecond()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Option<Self> {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        plain.then(|| Self(text.to_owned()))
    }
}

/// What somebody decides about an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// Its event is as true as when it was last looked at.
    StillTrue,
    /// Its event is not to be announced.
    Outdated,
    /// Its chat is to get it.
    Post,
    /// Its chat is not.
    Skip,
    /// Ask again later.
    Later,
    /// Of a doubtful one: its chat has it.
    IsThere,
    /// Of a doubtful one: its chat does not have it, and is to get it.
    PostAgain,
    /// Of a doubtful one: leave it.
    Drop,
}

impl Decision {
    const CODES: [(&str, Self); 8] = [
        ("true", Self::StillTrue),
        ("outdated", Self::Outdated),
        ("post", Self::Post),
        ("skip", Self::Skip),
        ("later", Self::Later),
        ("there", Self::IsThere),
        ("again", Self::PostAgain),
        ("drop", Self::Drop),
    ];

    fn code(self) -> &'static str {
        Self::CODES.into_iter().find(|(_, decision)| *decision == self).map_or("", |(code, _)| code)
    }

    fn parse(code: &str) -> Option<Self> {
        Self::CODES.into_iter().find(|(known, _)| *known == code).map(|(_, decision)| decision)
    }
}

impl Press {
    /// `letter.language.argument`: short, readable in a log, far below the limit of a payload.
    pub(super) fn payload(&self) -> Option<Payload> {
        let language = self.language;
        Payload::new(match &self.wish {
            Wish::Passage(key) => format!("p.{language}.{key}"),
            Wish::Context(key) => format!("c.{language}.{key}"),
            Wish::Topic(key) => format!("t.{language}.{key}"),
            Wish::Topics(page) => format!("l.{language}.{page}"),
            Wish::Upcoming => format!("o.{language}.all"),
            Wish::Event(key) => format!("e.{language}.{key}"),
            Wish::Calendar(key) => format!("i.{language}.{key}"),
            Wish::Remind => format!("r.{language}.me"),
            Wish::Offer(key) => format!("a.{language}.{key}"),
            Wish::PostNow(cause) => format!("n.{language}.{}", cause.code()),
            Wish::Leave(cause) => format!("q.{language}.{}", cause.code()),
            Wish::Decide(decision, delivery) => format!("d.{language}.{}.{}", decision.code(), delivery.0),
            Wish::Unsubscribe(id) => format!("u.{language}.{}", id.0),
            Wish::Settings(id, None) => format!("g.{language}.{}", id.0),
            Wish::Settings(id, Some(change)) => format!("g.{language}.{}.{}", id.0, change.code()),
            Wish::Preview(id) => format!("v.{language}.{}", id.0),
            Wish::Speak(choice) => format!("s.{language}.{}", choice.map_or("question", Language::code)),
        })
    }

    /// `None` for what this version of the bot does not make.
    pub(super) fn parse(payload: &Payload) -> Option<Self> {
        let mut parts = payload.as_str().splitn(3, '.');
        let (letter, language, argument) = (parts.next()?, parts.next()?, parts.next()?);
        let wish = match letter {
            "p" => Wish::Passage(Key::parse(argument)?),
            "c" => Wish::Context(Key::parse(argument)?),
            "t" => Wish::Topic(Key::parse(argument)?),
            "l" => Wish::Topics(argument.parse().ok()?),
            "o" if argument == "all" => Wish::Upcoming,
            "e" => Wish::Event(Key::parse(argument)?),
            "i" => Wish::Calendar(Key::parse(argument)?),
            "r" if argument == "me" => Wish::Remind,
            "a" => Wish::Offer(Key::parse(argument)?),
            "n" => Wish::PostNow(Cause::parse(argument)?),
            "q" => Wish::Leave(Cause::parse(argument)?),
            "d" => {
                let (code, delivery) = argument.split_once('.')?;
                Wish::Decide(Decision::parse(code)?, DeliveryId(delivery.parse().ok().filter(|id| *id > 0)?))
            }
            "u" => Wish::Unsubscribe(subscription(argument)?),
            "g" => match argument.split_once('.') {
                Some((id, change)) => Wish::Settings(subscription(id)?, Some(Change::parse(change)?)),
                None => Wish::Settings(subscription(argument)?, None),
            },
            "v" => Wish::Preview(subscription(argument)?),
            "s" if argument == "question" => Wish::Speak(None),
            "s" => Wish::Speak(Some(argument.parse().ok()?)),
            _ => return None,
        };
        Some(Self { language: language.parse().ok()?, wish })
    }

    /// A button that asks for this.
    pub(super) fn button(self, label: String) -> Option<Action> {
        Some(Action { label, target: Target::Press(self.payload()?) })
    }
}

fn subscription(number: &str) -> Option<SubscriptionId> {
    number.parse().ok().filter(|id| *id > 0).map(SubscriptionId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_comes_back_as_what_it_asked_for() {
        let key = Key::parse("abcdefgh23").unwrap();
        let longest = DraftId::new(9_007_199_254_740_991, i32::MAX, Timestamp::MAX);
        for wish in [
            Wish::Passage(key.clone()),
            Wish::Context(key.clone()),
            Wish::Topic(key.clone()),
            Wish::Upcoming,
            Wish::Event(key.clone()),
            Wish::Calendar(key.clone()),
            Wish::Offer(key.clone()),
            Wish::PostNow(Cause::Event(key.clone())),
            Wish::Leave(Cause::Event(key)),
            Wish::PostNow(Cause::Words(longest.clone())),
            Wish::Leave(Cause::Words(longest)),
            Wish::Remind,
            Wish::Topics(12),
            Wish::Decide(Decision::StillTrue, DeliveryId(1)),
            Wish::Decide(Decision::Drop, DeliveryId(i64::MAX)),
            Wish::Unsubscribe(SubscriptionId(3)),
            Wish::Settings(SubscriptionId(3), None),
            Wish::Settings(SubscriptionId(i64::MAX), Change::parse("kind.anniversary.off")),
            Wish::Preview(SubscriptionId(3)),
            Wish::Speak(None),
            Wish::Speak(Some(Language::English)),
        ] {
            let press = Press { language: Language::Russian, wish };
            assert_eq!(Press::parse(&press.payload().unwrap()), Some(press));
        }
    }

    #[test]
    fn a_forged_button_asks_for_nothing() {
        for forged in [
            "",
            "p",
            "p.en",
            "p.en.short",
            "x.en.abcdefgh23",
            "p.de.abcdefgh23",
            "l.en.-1",
            "o.en.",
            "e.en.short",
            "r.en.you",
            "n.en.x.abcdefgh23",
            "n.en.e.short",
            "n.en.w.",
            "q.en.w.../..",
            "s.ru.de",
            "u.en.0",
            "u.en.x",
            "g.en.0",
            "g.en.3.",
            "g.en.3.hour.25",
            "v.en.-1",
            "d.en.true",
            "d.en.true.0",
            "d.en.true.-1",
            "d.en.perhaps.1",
            "d.en.post.1x",
            "p.en.ABCDEFGH23",
        ] {
            assert_eq!(Payload::new(forged).as_ref().and_then(Press::parse), None, "{forged}");
        }
    }
}
