//! `/timezone`: by an IANA name or a city, of the chat whose number comes first, or of the only one.

use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::chat::{Block, Message};
use crate::domain::{Settings, Subscription};
use crate::store::{Reset, StoreError};

use super::super::replies::Voice;
use super::super::turn::Turn;

/// What a name means.
#[derive(Debug, PartialEq, Eq)]
enum Named {
    One(TimeZone),
    /// A city of several zones, which are not always the same time.
    Several(Vec<String>),
    Nothing,
}

impl Turn<'_> {
    /// Sets the time zone of one of the person's subscriptions.
    pub(in super::super) async fn timezone(&self, voice: Voice<'_>, rest: &str) -> Message {
        let done = self.set_zone(voice, rest).await;
        self.or_apologise(voice, done)
    }

    async fn set_zone(&self, voice: Voice<'_>, rest: &str) -> Result<Message, StoreError> {
        let mine = self.mine().await?;
        let (number, name) = split(rest);
        if name.is_empty() {
            return Ok(Message::text(voice.timezone_usage()));
        }
        let chosen = match (number, mine.as_slice()) {
            (_, []) => return Ok(Message::text(voice.no_subscriptions())),
            (Some(number), mine) => mine.iter().find(|subscription| subscription.chat.to_string() == number),
            (None, [only]) => Some(only),
            (None, [first, ..]) => return Ok(Message::text(voice.timezone_which(first.chat))),
        };
        let Some(subscription) = chosen else { return Ok(Message::text(voice.no_such_subscription())) };
        if !self.administers(subscription.chat).await {
            return Ok(Message::text(voice.not_administrator()));
        }
        match zone(name) {
            Named::One(zone) => self.move_to(voice, subscription, zone).await,
            Named::Nothing => Ok(Message::text(voice.timezone_unknown())),
            Named::Several(names) => {
                let mut message = Message::text(voice.timezone_several());
                message.blocks.push(Block::Items(names));
                Ok(message)
            }
        }
    }

    async fn move_to(&self, voice: Voice<'_>, chosen: &Subscription, zone: TimeZone) -> Result<Message, StoreError> {
        let (store, now) = (&self.app.parts.store, self.app.parts.clock.now());
        let moved = |settings: &Settings| Some(Settings { zone, ..settings.clone() });
        let Reset::Done(changed) = store.change_settings(chosen.id, moved, now).await? else {
            return Ok(Message::text(voice.no_such_subscription()));
        };
        let settings = &changed.settings;
        tracing::info!(subscription = chosen.id.0, "time zone changed");
        Ok(Message::text(if chosen.chat == self.incoming.chat {
            voice.timezone_set_here(settings)
        } else {
            voice.timezone_set(chosen.name(), settings)
        }))
    }
}

/// The number of a chat, if there is one, and the rest. Phones like to write a minus sign or a dash for a hyphen.
fn split(rest: &str) -> (Option<String>, &str) {
    let (first, name) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let number = first.replace(['\u{2212}', '\u{2013}', '\u{2014}'], "-");
    let digits = number.strip_prefix('-').unwrap_or(&number);
    if digits.starts_with(|c: char| c.is_ascii_digit()) { (Some(number), name.trim()) } else { (None, rest.trim()) }
}

/// From the tables built into the program: every machine has the same.
fn zone(name: &str) -> Named {
    let written = name.split_whitespace().collect::<Vec<_>>().join("_");
    let known = TimeZoneDatabase::bundled();
    if let Some(zone) = known.get(&written).ok().filter(|zone| !zone.is_unknown() && zone.iana_name().is_some()) {
        return Named::One(zone);
    }
    let city = |zone: &str| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&written));
    let mut names: Vec<String> =
        known.available().map(|name| name.as_str().to_owned()).filter(|name| city(name)).collect();
    names.sort();
    match names.as_slice() {
        [] => Named::Nothing,
        [one] => known.get(one).map_or(Named::Nothing, Named::One),
        [_, _, ..] => Named::Several(names),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_by_its_name_or_its_city() {
        for (written, name) in [
            ("Asia/Bishkek", "Asia/Bishkek"),
            ("asia/bishkek", "Asia/Bishkek"),
            ("Bishkek", "Asia/Bishkek"),
            ("bishkek", "Asia/Bishkek"),
            ("MOSCOW", "Europe/Moscow"),
            ("new york", "America/New_York"),
            ("New_York", "America/New_York"),
            ("Buenos  Aires", ""),
            ("utc", "UTC"),
            ("", ""),
            ("Osh", ""),
            ("Etc/Unknown", ""),
            ("../etc/passwd", ""),
            ("Asia/", ""),
        ] {
            match zone(written) {
                Named::One(zone) => assert_eq!(zone.iana_name(), Some(name), "{written}"),
                Named::Several(names) => assert!(name.is_empty() && names.len() > 1, "{written}: {names:?}"),
                Named::Nothing => assert_eq!(name, "", "{written}"),
            }
        }
    }

    #[test]
    fn the_number_of_a_chat_comes_first() {
        for (rest, number, name) in [
            ("-100500 Bishkek", Some("-100500"), "Bishkek"),
            ("\u{2212}100500 New York", Some("-100500"), "New York"),
            ("-100500/7  Bishkek", Some("-100500/7"), "Bishkek"),
            ("New York", None, "New York"),
            ("-100500", Some("-100500"), ""),
            ("", None, ""),
        ] {
            assert_eq!(split(rest), (number.map(str::to_owned), name), "{rest}");
        }
    }
}
