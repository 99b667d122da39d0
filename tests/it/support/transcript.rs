//! A conversation with the bot, written down as it happens: what snapshots are made of.

mod searching;

use std::fmt::Write as _;

use super::bot::Bot;
use super::fake::{Chat, DEADLINE, Draft, FakeTelegram, Sent, User};
use super::service::skip_until;

/// A conversation in one chat.
pub(crate) struct Transcript {
    pub(crate) fake: FakeTelegram,
    bot: Option<Bot>,
    chat: Chat,
    lines: String,
    n_shown: usize,
}

impl Transcript {
    /// With a bot that answers from the shipped knowledge, in a private chat with `user`.
    pub(crate) async fn private(user: &User) -> Self {
        Self::new(Chat::private(user), None).await
    }

    /// The same in a group.
    pub(crate) async fn group(chat: &Chat) -> Self {
        Self::new(chat.clone(), None).await
    }

    /// With a bot that is started by the caller.
    pub(crate) async fn new(chat: Chat, with: Option<(FakeTelegram, Bot)>) -> Self {
        let (fake, bot) = match with {
            Some(both) => both,
            None => {
                let fake = FakeTelegram::start().await;
                let bot = Bot::start(&fake).await;
                (fake, bot)
            }
        };
        fake.add_chat(&chat);
        Self { fake, bot: Some(bot), chat, lines: String::new(), n_shown: 0 }
    }

    /// `user` writes, and the bot replies with one message, which is returned.
    pub(crate) async fn says(&mut self, user: &User, text: &str) -> Sent {
        self.write(Draft::new(&self.chat, user, text), &user.first_name, text);
        self.reply().await
    }

    /// `user` writes as a reply to one of the bot's messages, and the bot replies.
    pub(crate) async fn answers(&mut self, user: &User, to: &Sent, text: &str) -> Sent {
        let draft = Draft::new(&self.chat, user, text).replying_to(to.message_id);
        self.write(draft, &format!("{} (to the bot)", user.first_name), text);
        self.reply().await
    }

    /// `user` writes, and the bot stays silent. What comes next shows it: a chat is answered in order.
    /// Gives the number of the message.
    pub(crate) fn mutters(&mut self, user: &User, text: &str) -> i64 {
        let message_id = self.write(Draft::new(&self.chat, user, text), &user.first_name, text);
        self.lines.push_str("(the bot is silent)\n\n");
        message_id
    }

    /// Somebody writes what is no plain message, and the bot replies.
    pub(crate) async fn writes(&mut self, who: &str, draft: Draft) -> Sent {
        let text = draft.fields["text"].as_str().unwrap_or_default().to_owned();
        self.write(draft, who, &text);
        self.reply().await
    }

    /// `user` presses the button of that label in place of the letters, and chooses a chat; the bot replies.
    pub(crate) async fn chooses(&mut self, user: &User, message: &Sent, label: &str, chat: &Chat) -> Sent {
        writeln!(self.lines, "{} presses [{label}] and chooses “{}”\n", user.first_name, chat.title).unwrap();
        self.fake.choose_chat(user, message, label, chat);
        self.reply().await
    }

    /// The bot replies to something that was not written here.
    pub(crate) async fn hears(&mut self) -> Sent {
        self.reply().await
    }

    /// The same for something that comes at the planner's next look: that much time is skipped.
    pub(crate) async fn hears_in_time(&mut self) -> Sent {
        skip_until(async { drop(self.fake.wait_for_sent(self.chat.id, self.n_shown + 1).await) }).await;
        self.reply().await
    }

    /// `user` presses the button of that label, and the message becomes another.
    pub(crate) async fn presses(&mut self, user: &User, message: &Sent, label: &str) -> Sent {
        writeln!(self.lines, "{} presses [{label}]\n", user.first_name).unwrap();
        let n_edits = self.fake.calls("editMessageText").len();
        let data = message.data_of(label).to_owned();
        self.fake.press(user, message, &data);
        self.fake.wait_for(|fake| fake.calls("editMessageText").len() > n_edits, DEADLINE).await;
        let messages = self.fake.messages(self.chat.id);
        let edited = messages.into_iter().find(|sent| sent.message_id == message.message_id).expect("it is there");
        self.show("Bot (same message)", &edited);
        edited
    }

    /// `user` presses the button of that label, and a line fades in; the message stays as it is.
    pub(crate) async fn taps(&mut self, user: &User, message: &Sent, label: &str) {
        writeln!(self.lines, "{} presses [{label}]\n", user.first_name).unwrap();
        let pressed = self.fake.press(user, message, message.data_of(label));
        self.fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
        let answer = &self.fake.press_answers(&pressed.query_id)[0];
        writeln!(self.lines, "(a line fades in: {})\n", answer["text"].as_str().unwrap_or_default()).unwrap();
    }

    /// `user` presses the button of that label, and a new message comes.
    pub(crate) async fn calls_up(&mut self, user: &User, message: &Sent, label: &str) -> Sent {
        writeln!(self.lines, "{} presses [{label}]\n", user.first_name).unwrap();
        self.fake.press(user, message, message.data_of(label));
        self.reply().await
    }

    /// A line that is neither's.
    pub(crate) fn note(&mut self, what: &str) {
        writeln!(self.lines, "({what})\n").unwrap();
    }

    /// The whole conversation; fails if the bot did anything that Telegram does not allow.
    pub(crate) async fn end(mut self) -> String {
        self.bot.take().expect("it ends once").stop().await;
        assert_eq!(self.fake.sent_to(self.chat.id).len(), self.n_shown, "the bot said more than is shown");
        assert_eq!(self.fake.violations(), Vec::<String>::new());
        self.lines.trim_end().to_owned()
    }

    fn write(&mut self, draft: Draft, who: &str, text: &str) -> i64 {
        writeln!(self.lines, "{who}: {text}\n").unwrap();
        self.fake.write(draft).message_id
    }

    async fn reply(&mut self) -> Sent {
        self.n_shown += 1;
        let sent = self.fake.wait_for_sent(self.chat.id, self.n_shown).await;
        let reply = sent.into_iter().nth(self.n_shown - 1).expect("it was waited for");
        let who = if reply.reply_to.is_some() { "Bot (as a reply)" } else { "Bot" };
        self.show(who, &reply);
        reply
    }

    fn show(&mut self, who: &str, sent: &Sent) {
        writeln!(self.lines, "{who}:\n{}\n", without_revisions(&sent.render())).unwrap();
    }
}

/// Feedback names the revision it is about: any edit of the knowledge would change every answer that is written down.
fn without_revisions(shown: &str) -> String {
    let mut parts = shown.split(" → y.");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |lines, part| {
        let mut names: Vec<&str> = part.splitn(4, '.').collect();
        if let Some(revision) = names.get_mut(2) {
            *revision = "(revision)";
        }
        format!("{lines} → y.{}", names.join("."))
    })
}
