//! Topics of forums: made, closed, opened again and deleted by people, and what the bot is told when it writes in one.

use serde_json::{Value, json};

use super::{
    FakeTelegram,
    chats::ChatState,
    draft::Draft,
    people::{Chat, User},
    refusal::{NO_SUCH_TOPIC, Refusal, TOPIC_CLOSED},
    updates::Pushed,
    world::World,
    writing::write,
};

impl ChatState {
    /// Whether a call may write in the topic it names, if it names one.
    ///
    /// # Errors
    ///
    /// 400 for a topic that is closed or deleted, or never was: chats that are no forum have none, and what is written
    /// in the general topic names none.
    pub(crate) fn check_topic(&self, call: &Value) -> Result<Option<i64>, Refusal> {
        let Some(topic) = call["message_thread_id"].as_i64() else {
            return Ok(None);
        };
        match self.shut_topics.get(&topic) {
            Some(reason) => Err(Refusal::bad_request(reason)),
            None if !self.topics.contains(&topic) => Err(Refusal::bad_request(NO_SUCH_TOPIC)),
            None => Ok(Some(topic)),
        }
    }

    /// A topic is where something was written in it.
    pub(crate) fn meet_topic(&mut self, message: &Value) {
        if message["is_topic_message"] == true {
            self.topics.extend(message["message_thread_id"].as_i64());
        }
    }
}

impl FakeTelegram {
    /// `user` makes a topic. Its number is that of the message that tells it.
    pub(crate) fn create_topic(&self, forum: &Chat, user: &User, name: &str) -> Pushed {
        self.shared.change(|world| {
            let topic = world.chats.meet(forum).upcoming_message_id();
            let created = json!({ "name": name, "icon_color": 7_322_096 });
            tell(world, Draft::new(forum, user, "").in_thread(topic), "forum_topic_created", created)
        })
    }

    /// `user` closes the topic: only administrators of topics can write there, which the bot is not.
    pub(crate) fn close_topic(&self, forum: &Chat, user: &User, topic: i64) -> Pushed {
        self.shut_topic(forum, topic, TOPIC_CLOSED);
        self.shared
            .change(|world| tell(world, Draft::new(forum, user, "").in_thread(topic), "forum_topic_closed", json!({})))
    }

    /// `user` opens the topic again.
    pub(crate) fn reopen_topic(&self, forum: &Chat, user: &User, topic: i64) -> Pushed {
        self.open_topic(forum, topic);
        self.shared.change(|world| {
            tell(world, Draft::new(forum, user, "").in_thread(topic), "forum_topic_reopened", json!({}))
        })
    }

    /// Somebody deletes the topic with all its messages; no update tells it.
    pub(crate) fn delete_topic(&self, forum: &Chat, topic: i64) {
        self.shut_topic(forum, topic, NO_SUCH_TOPIC);
        self.shared.change(|world| {
            let messages = &mut world.chats.meet(forum).messages;
            messages.retain(|_, message| message.json["message_thread_id"] != json!(topic));
        });
    }

    /// Nobody can write in that forum topic any more: `TOPIC_CLOSED`, or, if it was deleted,
    /// `message thread not found`.
    pub(crate) fn shut_topic(&self, forum: &Chat, topic: i64, reason: &'static str) {
        self.shared.change(|world| {
            let state = world.chats.meet(forum);
            state.topics.insert(topic);
            state.shut_topics.insert(topic, reason);
        });
    }

    /// The forum topic is there, and open.
    pub(crate) fn open_topic(&self, forum: &Chat, topic: i64) {
        self.shared.change(|world| {
            let state = world.chats.meet(forum);
            state.topics.insert(topic);
            state.shut_topics.remove(&topic);
        });
    }
}

/// A service message.
fn tell(world: &mut World, draft: Draft, field: &str, content: Value) -> Pushed {
    write(world, draft.with("text", Value::Null).with(field, content))
}
