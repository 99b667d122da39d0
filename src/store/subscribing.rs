//! Subscribing: a chat begins to get announcements, or begins anew.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::domain::{ChatKind, ChatRef, Settings, Subscription, SubscriptionId, SubscriptionStatus, UserRef};

use super::settings::{self, Named};
use super::subscriptions::{at, by_id, stored_thread};
use super::{Store, StoreError, first_number};

impl Store {
    /// Subscribes a chat. One that is active keeps its settings, its owner and its beginning; one that is suspended
    /// does too, and gets announcements again; one that had ended starts anew, with nothing due before `now`.
    ///
    /// Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: the chat is subscribed as it was before. A time zone without an IANA name is refused.
    pub async fn subscribe(
        &self,
        chat: ChatRef,
        kind: ChatKind,
        owner: Option<UserRef>,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<Subscription, StoreError> {
        self.start(Start { chat, kind, owner, settings, now }).await.map_err(|error| self.failed(error))
    }

    async fn start(&self, start: Start<'_>) -> Result<Subscription, sqlx::Error> {
        let mut transaction = self.begin_durable().await?;
        let known = at(&mut transaction, start.chat).await?;
        let id = match &known {
            None => {
                let id = SubscriptionId(first_number(&mut transaction, "subscription", 1).await?);
                insert(&mut transaction, id, &start).await?;
                id
            }
            Some(known) if known.status == SubscriptionStatus::Ended => {
                restart(&mut transaction, known.id, &start).await?;
                known.id
            }
            Some(known) => {
                sqlx::query(
                    "UPDATE subscriptions SET status = 'active', reason = NULL, changed = $1 \
                     WHERE sub_id = $2 AND status = 'suspended'",
                )
                .bind(start.now.as_millisecond())
                .bind(known.id.0)
                .execute(&mut *transaction)
                .await?;
                known.id
            }
        };
        let subscription = by_id(&mut transaction, id).await?.ok_or(sqlx::Error::RowNotFound)?;
        transaction.commit().await?;
        Ok(subscription)
    }
}

/// What a subscription starts with.
struct Start<'a> {
    chat: ChatRef,
    kind: ChatKind,
    owner: Option<UserRef>,
    settings: &'a Settings,
    now: Timestamp,
}

async fn insert(connection: &mut AnyConnection, id: SubscriptionId, start: &Start<'_>) -> Result<(), sqlx::Error> {
    let query = sqlx::query(
        "INSERT INTO subscriptions (approval, kinds, milestones, language, tzid, hour, quiet_from, quiet_to, silent, \
         pin, chat_kind, owner, since, changed, status, sub_id, chat_id, thread_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, 'active', $14, $15, $16)",
    );
    settings::bind(query, start.settings)?
        .bind(start.kind.name())
        .bind(start.owner.map(|owner| owner.0))
        .bind(start.now.as_millisecond())
        .bind(id.0)
        .bind(start.chat.id)
        .bind(stored_thread(start.chat))
        .execute(connection)
        .await
        .map(|_| ())
}

async fn restart(connection: &mut AnyConnection, id: SubscriptionId, start: &Start<'_>) -> Result<(), sqlx::Error> {
    let query = sqlx::query(
        "UPDATE subscriptions SET approval = $1, kinds = $2, milestones = $3, language = $4, tzid = $5, hour = $6, \
         quiet_from = $7, quiet_to = $8, silent = $9, pin = $10, chat_kind = $11, owner = $12, since = $13, \
         changed = $13, retimed = NULL, status = 'active', reason = NULL WHERE sub_id = $14",
    );
    settings::bind(query, start.settings)?
        .bind(start.kind.name())
        .bind(start.owner.map(|owner| owner.0))
        .bind(start.now.as_millisecond())
        .bind(id.0)
        .execute(connection)
        .await
        .map(|_| ())
}
