//! The same for what is typed behind the bot's name, and for what is sent of it.

use std::fmt::Write as _;

use super::Transcript;
use crate::support::fake::{Chat, Offers, Sent, User};

impl Transcript {
    /// `user` types behind the bot's name, and gets a list.
    pub(crate) async fn types(&mut self, user: &User, query: &str) -> Offers {
        let typed = format!("@onrecord_test_bot {query}");
        writeln!(self.lines, "{} types: {}\n", user.first_name, typed.trim_end()).unwrap();
        self.list(user, query, "").await
    }

    /// `user` scrolls to the end of a list, which their app continues.
    pub(crate) async fn scrolls(&mut self, user: &User, query: &str, offers: &Offers) -> Offers {
        writeln!(self.lines, "{} scrolls on\n", user.first_name).unwrap();
        self.list(user, query, &offers.next).await
    }

    /// `user` chooses from a list, by its number there, and it is sent.
    pub(crate) fn sends(&mut self, user: &User, offers: &Offers, number: usize, chat: &Chat) -> Sent {
        let (_, sent) = self.fake.choose_inline(offers, &offers.list[number - 1].id, chat);
        writeln!(self.lines, "{} sends {number} to “{}”:\n{}\n", user.first_name, chat.title, sent.render()).unwrap();
        sent
    }

    async fn list(&mut self, user: &User, query: &str, offset: &str) -> Offers {
        let typed = self.fake.type_inline(user, query, offset);
        let offers = self.fake.wait_for_offers(&typed).await;
        writeln!(self.lines, "{}\n", offers.render()).unwrap();
        offers
    }
}
