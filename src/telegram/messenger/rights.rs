//! Looks up who may decide for a chat and what it is. What goes wrong is logged here, for whoever asks cannot mend it.

use std::pin::Pin;

use serde::Deserialize;
use teloxide::payloads::{GetChat, GetChatMember};
use teloxide::types::UserId;

use crate::chat::{Administers, Rights};
use crate::domain::{ChatKind, ChatRef, UserRef};

use super::{Telegram, recipient};

/// What is read of a member of a chat.
#[derive(Deserialize)]
struct Member {
    status: String,
}

/// What is read of a chat.
#[derive(Deserialize)]
struct Looked {
    #[serde(rename = "type")]
    kind: String,
    linked_chat_id: Option<i64>,
}

impl Telegram {
    /// No is what Telegram says of a member's standing. A refusal says nothing of it: the bot's own rights may be what
    /// is missing.
    async fn standing_of(&self, user: UserRef, chat: ChatRef) -> Administers {
        let Ok(user) = u64::try_from(user.0) else { return Administers::No };
        let payload = GetChatMember::new(recipient(chat.id), UserId(user));
        match self.api.call::<_, Member>(&payload).await {
            Ok(member) => match member.status.as_str() {
                "creator" | "administrator" => Administers::Yes,
                _ => Administers::No,
            },
            Err(error) => {
                tracing::info!(%error, "could not look up whether somebody administers a chat");
                Administers::Unknown
            }
        }
    }

    async fn look_up(&self, chat: ChatRef) -> Option<Looked> {
        let place = self.api.call::<_, Looked>(&GetChat::new(recipient(chat.id))).await;
        place.inspect_err(|error| tracing::info!(%error, "could not look up a chat")).ok()
    }

    async fn kind_of(&self, chat: ChatRef) -> Option<ChatKind> {
        match self.look_up(chat).await?.kind.as_str() {
            "private" => Some(ChatKind::Private),
            "group" | "supergroup" => Some(ChatKind::Group),
            "channel" => Some(ChatKind::Channel),
            _ => None,
        }
    }

    async fn linked_chat(&self, chat: ChatRef) -> Option<i64> {
        self.look_up(chat).await?.linked_chat_id
    }
}

impl Rights for Telegram {
    fn administers(&self, user: UserRef, chat: ChatRef) -> Pin<Box<dyn Future<Output = Administers> + Send + '_>> {
        Box::pin(self.standing_of(user, chat))
    }

    fn kind(&self, chat: ChatRef) -> Pin<Box<dyn Future<Output = Option<ChatKind>> + Send + '_>> {
        Box::pin(self.kind_of(chat))
    }

    fn linked(&self, chat: ChatRef) -> Pin<Box<dyn Future<Output = Option<i64>> + Send + '_>> {
        Box::pin(self.linked_chat(chat))
    }
}
