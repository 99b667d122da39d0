//! The chats that the bot has to do with: who is in them, what was written, and whether the bot may
//! write there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    BOT_ID,
    people::{Chat, ChatKind, Membership, User},
    refusal::{CHAT_NOT_FOUND, Refusal},
};

/// A message in a chat's history.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// As the API shows it.
    pub(crate) json: Value,
    /// Posts in a channel carry no author, so the JSON alone would not tell.
    pub(crate) by_bot: bool,
}

/// One chat and its history.
#[derive(Debug)]
pub(crate) struct ChatState {
    pub(crate) chat: Chat,
    /// Why the bot may not write here, if it may not.
    pub(crate) barred: Option<Refusal>,
    pub(crate) members: BTreeMap<i64, (User, Membership)>,
    /// Messages by anybody; deleted ones are gone.
    pub(crate) messages: BTreeMap<i64, Message>,
    /// The last one is shown.
    pub(crate) pinned: Vec<i64>,
    /// The group of a channel, or the channel of a group.
    pub(crate) linked: Option<i64>,
    /// Forum topics that there are or were.
    pub(crate) topics: BTreeSet<i64>,
    /// Those that nobody can write in, with what Telegram says then.
    pub(crate) shut_topics: BTreeMap<i64, &'static str>,
    last_message_id: i64,
}

impl ChatState {
    fn new(chat: Chat) -> Self {
        let bot = match chat.kind {
            ChatKind::Channel => Membership::Administrator,
            ChatKind::Private | ChatKind::Group | ChatKind::Supergroup => Membership::Member,
        };
        let members = [(BOT_ID, (User::the_bot("onrecord"), bot))];
        Self {
            chat,
            barred: None,
            members: members.into(),
            messages: BTreeMap::new(),
            pinned: Vec::new(),
            linked: None,
            topics: BTreeSet::new(),
            shut_topics: BTreeMap::new(),
            last_message_id: 0,
        }
    }

    pub(crate) fn next_message_id(&mut self) -> i64 {
        self.last_message_id += 1;
        self.last_message_id
    }

    /// The number that the next message will have.
    pub(crate) fn upcoming_message_id(&self) -> i64 {
        self.last_message_id + 1
    }

    /// Whether there is or was a message of this number.
    pub(crate) fn had(&self, message_id: i64) -> bool {
        (1..=self.last_message_id).contains(&message_id)
    }

    /// Somebody who wrote here is a member, unless more is known.
    pub(crate) fn meet(&mut self, user: &User) {
        self.members
            .entry(user.id)
            .and_modify(|(known, _)| *known = user.clone())
            .or_insert_with(|| (user.clone(), Membership::Member));
    }

    pub(crate) fn bot_membership(&self) -> Membership {
        self.members.get(&BOT_ID).map_or(Membership::Left, |(_, membership)| *membership)
    }
}

/// All chats by id.
#[derive(Debug, Default)]
pub(crate) struct Chats(BTreeMap<i64, ChatState>);

impl Chats {
    /// The chat's state, made when the chat is met for the first time.
    pub(crate) fn meet(&mut self, chat: &Chat) -> &mut ChatState {
        self.0.entry(chat.id).or_insert_with(|| ChatState::new(chat.clone()))
    }

    pub(crate) fn by_id(&self, chat_id: i64) -> Option<&ChatState> {
        self.0.get(&chat_id)
    }

    pub(crate) fn by_id_mut(&mut self, chat_id: i64) -> Option<&mut ChatState> {
        self.0.get_mut(&chat_id)
    }

    /// The user, if they are in any chat that the bot knows.
    pub(crate) fn user(&self, user_id: i64) -> Option<&User> {
        self.0.values().find_map(|state| state.members.get(&user_id)).map(|(user, _)| user)
    }

    /// The chat that a call names by `chat_id`: a number, or the `@name` of a public chat.
    ///
    /// # Errors
    ///
    /// 400 if there is none, or if the bot never met it.
    pub(crate) fn named(&mut self, body: &Value) -> Result<&mut ChatState, Refusal> {
        let chat_id = &body["chat_id"];
        if chat_id.is_null() {
            return Err(Refusal::bad_request("chat_id is empty"));
        }
        let name = chat_id.as_str().and_then(|name| name.strip_prefix('@'));
        self.0
            .values_mut()
            .find(|state| match name {
                Some(name) => state.chat.username.as_deref() == Some(name),
                None => chat_id.as_i64() == Some(state.chat.id),
            })
            .ok_or_else(|| Refusal::bad_request(CHAT_NOT_FOUND))
    }

    /// The chat that a call names, if the bot may write there.
    ///
    /// # Errors
    ///
    /// 400 for an unknown chat, else whatever bars the bot: blocked, kicked, moved, no rights.
    pub(crate) fn writable(&mut self, body: &Value) -> Result<&mut ChatState, Refusal> {
        let state = self.named(body)?;
        match &state.barred {
            None if state.chat.kind == ChatKind::Channel && !state.bot_membership().is_admin() => {
                Err(Refusal::bad_request("need administrator rights in the channel chat"))
            }
            None => Ok(state),
            Some(refusal) => Err(refusal.clone()),
        }
    }
}
