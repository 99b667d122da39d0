//! What the bot's own buttons carry, and back.

mod decision;
mod readers;

use jiff::Timestamp;

use crate::chat::{Action, Payload, Target};
use crate::domain::{ChatRef, DeliveryId, Key, Language, ScheduleRevision, SubscriptionId};

use super::citation::Format;
use super::groups;
use super::settings::Change;
use super::shown::Shown;

pub(super) use decision::{Decision, Review};
pub(super) use readers::{Given, Keeping, Mine};

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
    Passage(Shown),
    /// A passage with what stands before and after it.
    Context(Shown),
    /// Where a passage comes from.
    Source(Shown),
    /// A passage in a format that others print.
    Cite(Format, Shown),
    /// A topic's best passage.
    Topic(Key),
    /// A page of the list of topics, from 0.
    Topics(usize),
    /// What the interview says is planned, with a page of its buttons, from 0.
    Upcoming(usize),
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
    /// What is said of an event as it stands in that revision. The event is named, not one of what waits for it: that may be
    /// gone by then, with a reader who wants no announcements any more.
    Review(Review, Key, ScheduleRevision),
    /// A decision about an announcement.
    Decide(Decision, DeliveryId),
    /// The same about all that are about the same as that one and were doubtful then.
    DecideAll(Decision, DeliveryId, Timestamp),
    /// The doubtful ones about the same as that one, after that number.
    OneByOne(DeliveryId, DeliveryId),
    /// What is doubtful, from the first after that number.
    Doubts(DeliveryId),
    /// Announcements for a chat that the person administers.
    Subscribe(ChatRef),
    /// No more announcements for that subscription.
    Unsubscribe(SubscriptionId),
    /// A subscription's settings, after a change if there is one.
    Settings(SubscriptionId, Option<Change>),
    /// A group's manners, after a change if there is one.
    Group(i64, Option<groups::Change>),
    /// What that subscription's chat will see next.
    Preview(SubscriptionId),
    /// What is said of an answer.
    Feedback(Given),
    /// What is to become of a question that was not answered.
    Keep(Keeping),
    /// What somebody wants of what is stored about them.
    Mine(Mine),
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

impl Press {
    /// `letter.language.argument`: short, readable in a log, far below the limit of a payload.
    pub(super) fn payload(&self) -> Option<Payload> {
        let language = self.language;
        Payload::new(match &self.wish {
            Wish::Passage(shown) => format!("p.{language}.{}", shown.code()),
            Wish::Context(shown) => format!("c.{language}.{}", shown.code()),
            Wish::Source(shown) => format!("x.{language}.{}", shown.code()),
            Wish::Cite(format, shown) => format!("x.{language}.{}.{}", format.code(), shown.code()),
            Wish::Topic(key) => format!("t.{language}.{key}"),
            Wish::Topics(page) => format!("l.{language}.{page}"),
            Wish::Upcoming(0) => format!("o.{language}.all"),
            Wish::Upcoming(page) => format!("o.{language}.{page}"),
            Wish::Event(key) => format!("e.{language}.{key}"),
            Wish::Calendar(key) => format!("i.{language}.{key}"),
            Wish::Remind => format!("r.{language}.me"),
            Wish::Offer(key) => format!("a.{language}.{key}"),
            Wish::PostNow(cause) => format!("n.{language}.{}", cause.code()),
            Wish::Leave(cause) => format!("q.{language}.{}", cause.code()),
            Wish::Review(review, key, revision) => format!("f.{language}.{}.{key}.{}", review.code(), revision.0),
            Wish::Decide(decision, delivery) => format!("d.{language}.{}.{}", decision.code(), delivery.0),
            Wish::DecideAll(decision, like, asked) => {
                format!("k.{language}.{}.{}.{}", decision.code(), like.0, asked.as_millisecond())
            }
            Wish::OneByOne(like, after) => format!("w.{language}.{}.{}", like.0, after.0),
            Wish::Doubts(after) => format!("m.{language}.{}", after.0),
            Wish::Subscribe(chat) => format!("b.{language}.{}", chat.id),
            Wish::Unsubscribe(id) => format!("u.{language}.{}", id.0),
            Wish::Settings(id, None) => format!("g.{language}.{}", id.0),
            Wish::Settings(id, Some(change)) => format!("g.{language}.{}.{}", id.0, change.code()),
            Wish::Group(chat, None) => format!("h.{language}.{chat}"),
            Wish::Group(chat, Some(change)) => format!("h.{language}.{chat}.{}", change.code()),
            Wish::Preview(id) => format!("v.{language}.{}", id.0),
            Wish::Feedback(given) => format!("y.{language}.{}", given.code()),
            Wish::Keep(keeping) => format!("j.{language}.{}", keeping.code()),
            Wish::Mine(mine) => format!("z.{language}.{}", mine.code()),
            Wish::Speak(choice) => format!("s.{language}.{}", choice.map_or("question", Language::code)),
        })
    }

    /// `None` for what this version of the bot does not make.
    pub(super) fn parse(payload: &Payload) -> Option<Self> {
        let mut parts = payload.as_str().splitn(3, '.');
        let (letter, language, argument) = (parts.next()?, parts.next()?, parts.next()?);
        let wish = match letter {
            "p" => Wish::Passage(Shown::parse(argument)?),
            "c" => Wish::Context(Shown::parse(argument)?),
            "x" => match argument.split_once('.').and_then(|(code, rest)| Some((Format::parse(code)?, rest))) {
                Some((format, shown)) => Wish::Cite(format, Shown::parse(shown)?),
                None => Wish::Source(Shown::parse(argument)?),
            },
            "t" => Wish::Topic(Key::parse(argument)?),
            "l" => Wish::Topics(argument.parse().ok()?),
            "o" if argument == "all" => Wish::Upcoming(0),
            "o" => Wish::Upcoming(argument.parse().ok()?),
            "e" => Wish::Event(Key::parse(argument)?),
            "i" => Wish::Calendar(Key::parse(argument)?),
            "r" if argument == "me" => Wish::Remind,
            "a" => Wish::Offer(Key::parse(argument)?),
            "n" => Wish::PostNow(Cause::parse(argument)?),
            "q" => Wish::Leave(Cause::parse(argument)?),
            "f" => {
                let mut parts = argument.splitn(3, '.');
                let (review, key) = (Review::parse(parts.next()?)?, Key::parse(parts.next()?)?);
                Wish::Review(review, key, ScheduleRevision(parts.next()?.parse().ok()?))
            }
            "d" => {
                let (code, id) = argument.split_once('.')?;
                Wish::Decide(Decision::parse(code)?, delivery(id)?)
            }
            "k" => {
                let mut parts = argument.splitn(3, '.');
                let decision = Decision::parse(parts.next()?).filter(|decision| decision.settlement().is_some())?;
                let like = delivery(parts.next()?)?;
                Wish::DecideAll(decision, like, Timestamp::from_millisecond(parts.next()?.parse().ok()?).ok()?)
            }
            "w" => {
                let (like, after) = argument.split_once('.')?;
                Wish::OneByOne(delivery(like)?, DeliveryId(after.parse().ok()?))
            }
            "m" => Wish::Doubts(DeliveryId(argument.parse().ok()?)),
            "b" => Wish::Subscribe(ChatRef { id: argument.parse().ok()?, thread: None }),
            "u" => Wish::Unsubscribe(subscription(argument)?),
            "g" => match argument.split_once('.') {
                Some((id, change)) => Wish::Settings(subscription(id)?, Some(Change::parse(change)?)),
                None => Wish::Settings(subscription(argument)?, None),
            },
            "h" => match argument.split_once('.') {
                Some((chat, change)) => Wish::Group(chat.parse().ok()?, Some(groups::Change::parse(change)?)),
                None => Wish::Group(argument.parse().ok()?, None),
            },
            "v" => Wish::Preview(subscription(argument)?),
            "y" => Wish::Feedback(Given::parse(argument)?),
            "j" => Wish::Keep(Keeping::parse(argument)?),
            "z" => Wish::Mine(Mine::parse(argument)?),
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

fn delivery(number: &str) -> Option<DeliveryId> {
    number.parse().ok().filter(|id| *id > 0).map(DeliveryId)
}

#[cfg(test)]
mod tests;
