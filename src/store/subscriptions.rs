//! Subscriptions: which chats want announcements, and how.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::{ChatKind, ChatRef, Settings, Subscription, SubscriptionId, SubscriptionStatus, UserRef};

use super::settings::{self, Named};
use super::{Store, StoreError, first_number, instant, unreadable};

/// The columns that [`read`] reads, and the table.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT sub_id, chat_id, thread_id, chat_kind, status, since, approval, kinds, milestones, language, tzid, \
             hour, quiet_from, quiet_to, silent, pin FROM subscriptions ",
            $rest
        )
    };
}

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

    /// The subscription of that number; `None` if there never was one, or it ended long ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscription(&self, id: SubscriptionId) -> Result<Option<Subscription>, StoreError> {
        sqlx::query(select!("WHERE sub_id = $1"))
            .bind(id.0)
            .fetch_optional(&self.durable)
            .await
            .and_then(|row| row.as_ref().map(read).transpose())
            .map_err(|error| self.failed(error))
    }

    /// The subscription of that chat or forum topic, whatever its status.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscription_of(&self, chat: ChatRef) -> Result<Option<Subscription>, StoreError> {
        sqlx::query(select!("WHERE chat_id = $1 AND thread_id = $2"))
            .bind(chat.id)
            .bind(stored_thread(chat))
            .fetch_optional(&self.durable)
            .await
            .and_then(|row| row.as_ref().map(read).transpose())
            .map_err(|error| self.failed(error))
    }

    /// All subscriptions of that status, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions(&self, status: SubscriptionStatus) -> Result<Vec<Subscription>, StoreError> {
        sqlx::query(select!("WHERE status = $1 ORDER BY sub_id"))
            .bind(status.name())
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(read).collect())
            .map_err(|error| self.failed(error))
    }

    /// The subscriptions this person made that have not ended, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions_of_owner(&self, owner: UserRef) -> Result<Vec<Subscription>, StoreError> {
        sqlx::query(select!("WHERE owner = $1 AND status <> 'ended' ORDER BY sub_id"))
            .bind(owner.0)
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(read).collect())
            .map_err(|error| self.failed(error))
    }

    /// Who subscribed the chat, to be asked for approval and told of trouble; `None` if that was an anonymous
    /// administrator, if they asked to be forgotten, or if the subscription ended.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn owner(&self, id: SubscriptionId) -> Result<Option<UserRef>, StoreError> {
        let rows = sqlx::query("SELECT owner FROM subscriptions WHERE sub_id = $1")
            .bind(id.0)
            .fetch_all(&self.durable)
            .await
            .map_err(|error| self.failed(error))?;
        let owner: Option<i64> = match rows.first() {
            Some(row) => row.try_get(0).map_err(|error| self.failed(error))?,
            None => None,
        };
        Ok(owner.map(UserRef))
    }

    /// Why it is suspended or ended, as it was said then; `None` while it is active.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reason(&self, id: SubscriptionId) -> Result<Option<String>, StoreError> {
        let rows = sqlx::query("SELECT reason FROM subscriptions WHERE sub_id = $1")
            .bind(id.0)
            .fetch_all(&self.durable)
            .await
            .map_err(|error| self.failed(error))?;
        rows.first().map_or(Ok(None), |row| row.try_get(0).map_err(|error| self.failed(error)))
    }

    /// Forgets who made which subscription; they go on without an owner. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: nothing is forgotten.
    pub async fn forget_owner(&self, owner: UserRef) -> Result<(), StoreError> {
        sqlx::query("UPDATE subscriptions SET owner = NULL WHERE owner = $1")
            .bind(owner.0)
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// Changes its settings; `false` if there is no such subscription, or it ended. What is queued keeps its time, and
    /// whether it waits for approval. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: the old settings stand. A time zone without an IANA name is refused.
    pub async fn set_settings(&self, id: SubscriptionId, settings: &Settings) -> Result<bool, StoreError> {
        let query = sqlx::query(
            "UPDATE subscriptions SET approval = $1, kinds = $2, milestones = $3, language = $4, tzid = $5, \
             hour = $6, quiet_from = $7, quiet_to = $8, silent = $9, pin = $10 WHERE sub_id = $11 AND status <> 'ended'",
        );
        let query = settings::bind(query, settings).map_err(|error| self.failed(error))?;
        let done = query.bind(id.0).execute(&self.durable).await.map_err(|error| self.failed(error))?;
        Ok(done.rows_affected() > 0)
    }

    /// Ends it: its owner is forgotten, and what is queued for it is cancelled. What is being sent keeps its outcome.
    /// `false` if it had ended, or never was. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it goes on.
    pub async fn end(&self, id: SubscriptionId, reason: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let ended = end(&mut transaction, id, reason, now).await?;
            transaction.commit().await?;
            Ok(ended)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// Suspends it if it is active: nothing is sent to it, and what is queued waits, or is missed. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it goes on.
    pub async fn suspend(&self, id: SubscriptionId, reason: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = async { suspend(&mut *self.durable.acquire().await?, id, reason, now).await };
        done.await.map_err(|error| self.failed(error))
    }

    /// Lets a suspended one go on. `false` if it is not suspended. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it stays suspended.
    pub async fn resume(&self, id: SubscriptionId, now: Timestamp) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE subscriptions SET status = 'active', reason = NULL, changed = $1 \
             WHERE sub_id = $2 AND status = 'suspended'",
        )
        .bind(now.as_millisecond())
        .bind(id.0)
        .execute(&self.durable)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(|error| self.failed(error))
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
         changed = $13, status = 'active', reason = NULL WHERE sub_id = $14",
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

pub(super) async fn end(
    connection: &mut AnyConnection,
    id: SubscriptionId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    sqlx::query("UPDATE deliveries SET state = 'cancelled' WHERE sub_id = $1 AND state = 'queued'")
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    let done = sqlx::query(
        "UPDATE subscriptions SET status = 'ended', reason = $1, owner = NULL, changed = $2 \
         WHERE sub_id = $3 AND status <> 'ended'",
    )
    .bind(reason.to_owned())
    .bind(now.as_millisecond())
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn suspend(
    connection: &mut AnyConnection,
    id: SubscriptionId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE subscriptions SET status = 'suspended', reason = $1, changed = $2 \
         WHERE sub_id = $3 AND status = 'active'",
    )
    .bind(reason.to_owned())
    .bind(now.as_millisecond())
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn by_id(connection: &mut AnyConnection, id: SubscriptionId) -> Result<Option<Subscription>, sqlx::Error> {
    let row = sqlx::query(select!("WHERE sub_id = $1")).bind(id.0).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

async fn at(connection: &mut AnyConnection, chat: ChatRef) -> Result<Option<Subscription>, sqlx::Error> {
    let row = sqlx::query(select!("WHERE chat_id = $1 AND thread_id = $2"))
        .bind(chat.id)
        .bind(stored_thread(chat))
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

fn stored_thread(chat: ChatRef) -> i64 {
    chat.thread.map_or(0, i64::from)
}

/// A chat from its two columns.
pub(super) fn chat_ref(id: i64, thread: i64) -> Result<ChatRef, sqlx::Error> {
    let number = i32::try_from(thread).map_err(|_| unreadable("the forum topic", &thread.to_string()))?;
    Ok(ChatRef { id, thread: (number != 0).then_some(number) })
}

fn read(row: &AnyRow) -> Result<Subscription, sqlx::Error> {
    Ok(Subscription {
        id: SubscriptionId(row.try_get(0)?),
        chat: chat_ref(row.try_get(1)?, row.try_get(2)?)?,
        kind: ChatKind::read(row.try_get(3)?)?,
        status: SubscriptionStatus::read(row.try_get(4)?)?,
        since: instant(row.try_get(5)?)?,
        settings: settings::read(row, 6)?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::tz::{Offset, TimeZone};

    use super::*;
    use crate::domain::{Approval, DeliveryState, EventKind, Language, MilestoneChoice, QuietHours};
    use crate::store::fixture::{at, chat, days, enqueue, event, force, new, settings, state, subscribe};

    fn other() -> Settings {
        Settings {
            approval: Approval::Each,
            kinds: [EventKind::Meeting, EventKind::Other].into(),
            milestones: MilestoneChoice::FirstDay,
            language: Language::English,
            zone: TimeZone::get("America/New_York").unwrap(),
            hour: 23,
            quiet: QuietHours::new(22, 8),
            silent: true,
            pin: true,
        }
    }

    #[tokio::test]
    async fn a_subscription_is_read_as_it_was_written() {
        let store = Store::in_memory().await.unwrap();
        let topic = ChatRef { id: -100, thread: Some(3) };
        let made = store.subscribe(topic, ChatKind::Channel, Some(UserRef(9)), &other(), at(5)).await.unwrap();
        let status = SubscriptionStatus::Active;
        let wanted =
            Subscription { id: made.id, chat: topic, kind: ChatKind::Channel, settings: other(), status, since: at(5) };
        assert_eq!(made, wanted);
        assert_eq!(store.subscription(made.id).await.unwrap().as_ref(), Some(&wanted));
        assert_eq!(store.subscription_of(topic).await.unwrap().as_ref(), Some(&wanted));
        assert_eq!(store.subscription_of(chat(-100)).await.unwrap(), None, "the chat is not its topic");
        assert_eq!(store.subscriptions_of_owner(UserRef(9)).await.unwrap(), [wanted]);
        assert_eq!(store.subscriptions_of_owner(UserRef(8)).await.unwrap(), []);
        let none = Settings { kinds: [].into(), ..settings() };
        assert!(store.set_settings(made.id, &none).await.unwrap());
        assert_eq!(store.subscription(made.id).await.unwrap().unwrap().settings, none);
        assert!(!store.set_settings(SubscriptionId(99), &none).await.unwrap());
    }

    #[tokio::test]
    async fn subscribing_again_changes_only_what_does_not_run() {
        let store = Store::in_memory().await.unwrap();
        let first = store.subscribe(chat(1), ChatKind::Group, Some(UserRef(1)), &settings(), at(1)).await.unwrap();
        let again =
            async |now| store.subscribe(chat(1), ChatKind::Group, Some(UserRef(2)), &other(), at(now)).await.unwrap();
        assert_eq!(again(2).await, first);
        assert!(store.suspend(first.id, "no rights", at(3)).await.unwrap());
        assert!(!store.suspend(first.id, "again", at(3)).await.unwrap());
        assert_eq!(store.reason(first.id).await.unwrap().as_deref(), Some("no rights"));
        assert_eq!(again(4).await, first, "it goes on");
        assert_eq!(store.owner(first.id).await.unwrap(), Some(UserRef(1)));
        assert!(store.end(first.id, "unsubscribed", at(5)).await.unwrap());
        assert!(!store.end(first.id, "again", at(6)).await.unwrap());
        assert!(!store.resume(first.id, at(6)).await.unwrap(), "an end is an end");
        assert!(!store.set_settings(first.id, &other()).await.unwrap());
        assert_eq!(store.owner(first.id).await.unwrap(), None, "nobody is remembered without need");
        let anew = again(7).await;
        assert_eq!((anew.id, anew.since, &anew.settings), (first.id, at(7), &other()));
        assert_eq!(
            (store.owner(anew.id).await.unwrap(), store.reason(anew.id).await.unwrap()),
            (Some(UserRef(2)), None)
        );
        store.forget_owner(UserRef(2)).await.unwrap();
        assert_eq!(store.owner(anew.id).await.unwrap(), None);
    }

    #[tokio::test]
    async fn an_end_cancels_what_is_queued_and_nothing_else() {
        for from in DeliveryState::ALL {
            let store = Store::in_memory().await.unwrap();
            let (one, two) = (subscribe(&store, chat(1)).await, subscribe(&store, chat(2)).await);
            let mine = enqueue(&store, new(one, event("a", days(7)))).await.id;
            let theirs = enqueue(&store, new(two, event("a", days(7)))).await.id;
            force(&store, mine, from).await;
            store.end(one, "why", at(5)).await.unwrap();
            let to = if from == DeliveryState::Queued { DeliveryState::Cancelled } else { from };
            assert_eq!((state(&store, mine).await, state(&store, theirs).await), (to, DeliveryState::Queued));
            let by_status =
                async |status| store.subscriptions(status).await.unwrap().into_iter().map(|s| s.id).collect::<Vec<_>>();
            assert_eq!(by_status(SubscriptionStatus::Active).await, [two]);
            assert_eq!(by_status(SubscriptionStatus::Ended).await, [one]);
        }
    }

    #[tokio::test]
    async fn a_zone_that_has_no_name_is_refused() {
        let store = Store::in_memory().await.unwrap();
        let nameless = Settings { zone: TimeZone::fixed(Offset::constant(6)), ..settings() };
        let error = store.subscribe(chat(1), ChatKind::Group, None, &nameless, at(0)).await.unwrap_err().to_string();
        assert!(error.contains("without an IANA name"), "{error}");
        let id = subscribe(&store, chat(1)).await;
        assert!(store.set_settings(id, &nameless).await.is_err());
        assert_eq!(store.subscription(id).await.unwrap().unwrap().settings, settings());
    }

    #[tokio::test]
    async fn what_cannot_have_been_written_is_a_damaged_database() {
        for (sql, told) in [
            ("UPDATE subscriptions SET tzid = 'Asia/Frunze'", "the time zone `Asia/Frunze`"),
            ("UPDATE subscriptions SET hour = 24", "the hour `24`"),
            ("UPDATE subscriptions SET quiet_from = 3", "the quiet hours"),
            ("UPDATE subscriptions SET quiet_from = 3, quiet_to = 3", "the quiet hours"),
            ("UPDATE subscriptions SET kinds = 'exercise war'", "the kind of event `war`"),
            ("UPDATE subscriptions SET status = 'asleep'", "the status `asleep`"),
            ("UPDATE subscriptions SET thread_id = 99999999999", "the forum topic `99999999999`"),
        ] {
            let store = Store::in_memory().await.unwrap();
            let id = subscribe(&store, chat(1)).await;
            sqlx::query(sql).execute(&store.durable).await.unwrap();
            let error = store.subscription(id).await.unwrap_err();
            assert!(matches!(error, StoreError::Damaged { .. }) && error.to_string().contains(told), "{sql}: {error}");
        }
    }
}
