//! What announcements say around the quote. The date is told as named, never as something that will take place.

use fluent_bundle::FluentArgs;
use jiff::civil::Date;

use crate::domain::{ChatName, PartialDate, When};

use super::Voice;

sentences! {
    announced_undated = "announced-undated";
    announced_place = "announced-place";
    announced_moved = "announced-moved";
    announced_cancelled = "announced-cancelled";
    corrected_moved = "corrected-moved";
    corrected_cancelled = "corrected-cancelled";
    announced_words = "announced-words";
    announce_which = "announce-which";
    announce_unsettled = "announce-unsettled";
    announce_words_only = "announce-words-only";
    announce_left = "announce-left";
    announce_before = "announce-before";
    announce_dropped = "announce-dropped";
    leave_it = "leave-it";
}

impl Voice<'_> {
    /// "Date named: October 2026, no exact date in the interview (next month)", or "Date named: 15 May 2031 (in 7 days)",
    /// counted from `today`.
    #[must_use]
    pub fn announced_date(self, when: &When, today: Date) -> String {
        let mut args = FluentArgs::new();
        args.set("when", self.announced_when(when));
        match self.distance(when, today) {
            Some(distance) => {
                args.set("distance", distance);
                self.with("announced-distance", &args)
            }
            None => self.with("announced-date", &args),
        }
    }

    /// "Date named: October 2026": where another date holds, or none.
    #[must_use]
    pub fn named_date(self, when: &When) -> String {
        let mut args = FluentArgs::new();
        args.set("when", self.when(when));
        self.with("announced-date", &args)
    }

    /// "Date given later: 12 October 2026, according to https://…".
    #[must_use]
    pub fn confirmed_date(self, when: &When, source: &str) -> String {
        self.given_later(self.announced_when(when), source)
    }

    /// "Date given later: 12 October 2026 (in 7 days), according to https://…", counted from `today`.
    #[must_use]
    pub fn announced_confirmed(self, when: &When, today: Date, source: &str) -> String {
        let words = self.announced_when(when);
        match self.distance(when, today) {
            Some(distance) => self.given_later(format!("{words} ({distance})"), source),
            None => self.given_later(words, source),
        }
    }

    /// To how many chats it would go.
    #[must_use]
    pub fn announce_to(self, n: usize) -> String {
        self.with("announce-to", &to_chats(n))
    }

    /// "Post to 3 chats".
    #[must_use]
    pub fn announce_it(self, n: usize) -> String {
        self.with("announce-it", &to_chats(n))
    }

    /// To how many chats it goes.
    #[must_use]
    pub fn announce_done(self, n: usize) -> String {
        self.with("announce-done", &to_chats(n))
    }

    /// That there are too many words, in characters.
    #[must_use]
    pub fn announce_too_long(self, n: usize, most: usize) -> String {
        let mut args = to_chats(n);
        args.set("most", most.to_string());
        args.set("n", n.to_string());
        self.with("announce-too-long", &args)
    }

    /// A chat by its title, between quotation marks, for these are not the bot's words; else by its number.
    pub(super) fn in_chat(self, name: ChatName<'_>) -> FluentArgs<'static> {
        let mut args = FluentArgs::new();
        args.set("chat", self.called(name));
        args
    }

    /// What a chat is called: its title between quotation marks, else its number.
    #[must_use]
    pub fn called(self, name: ChatName<'_>) -> String {
        let title = name.title.map(|title| self.quoted(title.as_str()));
        match (title, name.chat.thread) {
            (None, _) => name.chat.to_string(),
            (Some(title), None) => title,
            // Two topics of a group are called the same.
            (Some(title), Some(_)) => format!("{title} ({})", name.chat),
        }
    }

    fn given_later(self, when: String, source: &str) -> String {
        let mut args = FluentArgs::new();
        args.set("when", when);
        format!("{} {source}", self.with("announced-confirmed", &args))
    }

    fn announced_when(self, when: &When) -> String {
        let words = self.when(when);
        if when.is_exact() { words } else { format!("{words}, {}", self.plain("announced-no-exact-date")) }
    }

    /// How far it is, in the unit it is known in: days, months, and no word for years. `None` once it is over, too.
    fn distance(self, when: &When, today: Date) -> Option<String> {
        let first = when.first_day();
        let mut args = FluentArgs::new();
        if when.is_exact() {
            let days = first.duration_since(today).as_hours() / 24;
            if days < 0 {
                return (today <= when.last_day()).then(|| self.plain("under-way"));
            }
            args.set("days", days);
            return Some(self.with("days-ahead", &args));
        }
        let months = months(first) - months(today);
        let is_a_month = matches!(when, When::Within(PartialDate::Month { .. }));
        args.set("months", months);
        (is_a_month && months >= 0).then(|| self.with("months-ahead", &args))
    }
}

pub(super) fn to_chats(n: usize) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    args.set("n", n);
    args
}

/// Months since the year 0.
fn months(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Replies;
    use super::*;
    use crate::domain::Language;

    #[test]
    fn a_date_is_announced_as_precisely_as_it_is_named() {
        let replies = Replies::default();
        let day = |text| When::Within(PartialDate::parse(text).unwrap());
        let span = |from, to| When::Span(PartialDate::parse(from).unwrap(), PartialDate::parse(to).unwrap());
        let today = date(2026, 10, 1);
        for (when, english, russian) in [
            (
                day("2026-10"),
                "Date named: October 2026, no exact date in the interview (this month)",
                "Названный срок: октябрь 2026 года, точной даты в интервью нет (в этом месяце)",
            ),
            (
                day("2026-11"),
                "Date named: November 2026, no exact date in the interview (next month)",
                "Названный срок: ноябрь 2026 года, точной даты в интервью нет (в следующем месяце)",
            ),
            (
                day("2027-02"),
                "Date named: February 2027, no exact date in the interview (in 4 months)",
                "Названный срок: февраль 2027 года, точной даты в интервью нет (через 4 месяца)",
            ),
            (
                day("2026-09"),
                "Date named: September 2026, no exact date in the interview",
                "Названный срок: сентябрь 2026 года, точной даты в интервью нет",
            ),
            (
                day("2026"),
                "Date named: 2026, no exact date in the interview",
                "Названный срок: 2026 год, точной даты в интервью нет",
            ),
            (day("2026-10-01"), "Date named: 1 October 2026 (today)", "Названный срок: 1 октября 2026 года (сегодня)"),
            (
                day("2026-10-02"),
                "Date named: 2 October 2026 (tomorrow)",
                "Названный срок: 2 октября 2026 года (завтра)",
            ),
            (
                day("2026-10-08"),
                "Date named: 8 October 2026 (in 7 days)",
                "Названный срок: 8 октября 2026 года (через 7 дней)",
            ),
            (
                day("2026-10-22"),
                "Date named: 22 October 2026 (in 21 days)",
                "Названный срок: 22 октября 2026 года (через 21 день)",
            ),
            (day("2026-09-30"), "Date named: 30 September 2026", "Названный срок: 30 сентября 2026 года"),
            (
                span("2026-09-30", "2026-10-04"),
                "Date named: 30 September 2026 to 4 October 2026 (the days named have begun)",
                "Названный срок: 30 сентября 2026 года — 4 октября 2026 года (названные дни начались)",
            ),
        ] {
            assert_eq!(replies.voice(Language::English).announced_date(&when, today), english);
            assert_eq!(replies.voice(Language::Russian).announced_date(&when, today), russian);
        }
    }
}
