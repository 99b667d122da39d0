//! Sweeping: nothing rests longer than promised.

use jiff::{SignedDuration, Timestamp};
use sqlx::Executor;

use super::{Store, StoreError};

/// How long an unhandled update's text rests at most: as long as Telegram itself would keep it.
pub const BODY_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How long an id is kept, from the day it was received: so at least 48 hours from the moment it was handled.
pub const ID_LIFETIME: SignedDuration = SignedDuration::from_hours(24 + 48);

/// How long an ended delivery is kept, from when it expired: past the same day of the next year.
pub const DELIVERY_LIFETIME: SignedDuration = SignedDuration::from_hours(400 * 24);

/// How long an admin's words wait to be confirmed.
pub const DRAFT_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How long an ended subscription without deliveries is kept: so long, a chat that comes back keeps its number.
pub const ENDED_LIFETIME: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long it is known that somebody was told of a trouble in a group.
pub const TROUBLE_LIFETIME: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long it is tried to take a message back: longer than any platform lets it be.
pub const PASSING_LIFETIME: SignedDuration = SignedDuration::from_hours(48);

/// How long what is stored of a group stays once the bot is out: long enough to be told where the group went.
pub const DEPARTED_LIFETIME: SignedDuration = SignedDuration::from_hours(48);

/// How long it is known who keeps a group, from when they were last seen to: past the same day of the next year.
pub const KEEPER_LIFETIME: SignedDuration = SignedDuration::from_hours(400 * 24);

/// What a sweep of the inbox took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SweptInbox {
    /// Texts that were too old; the updates count as handled now. More than 0 is worth a warning.
    pub bodies: u64,
    /// Ids of handled updates that no duplicate can come of any more.
    pub ids: u64,
}

/// What a sweep of all the rest took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Deliveries that ended long ago.
    pub deliveries: u64,
    /// Subscriptions that ended long ago.
    pub subscriptions: u64,
}

/// What goes, and how long it stays.
pub(super) type Step = (&'static str, SignedDuration);

impl Store {
    /// Takes the updates away that are past their time, then empties the write-ahead log, so that no copy of a text is
    /// left in it. `now` is by the clock that [`Store::admit`] was told.
    ///
    /// The taking away is atomic; the log is emptied after it, or by the next sweep. Idempotent. Meant to run every few minutes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep_inbox(&self, now: Timestamp) -> Result<SweptInbox, StoreError> {
        let [bodies, ids] = self.take_away(&OF_THE_INBOX, now).await?;
        Ok(SweptInbox { bodies, ids })
    }

    /// Takes everything else away that is past its time, as [`Store::sweep_inbox`] does. `now` is by the clock of whoever
    /// stores freezes and deliveries: by another one, a freeze would end too soon.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self, now: Timestamp) -> Result<Swept, StoreError> {
        let [_freezes, private, old, of_private, ended, ..] = self.take_away(&OF_THE_REST, now).await?;
        Ok(Swept { deliveries: private + old, subscriptions: of_private + ended })
    }

    pub(super) async fn take_away<const N: usize>(
        &self,
        steps: &[Step; N],
        now: Timestamp,
    ) -> Result<[u64; N], StoreError> {
        let gone = self.step(steps, now).await.map_err(|error| self.failed(error))?;
        self.pool.execute("PRAGMA wal_checkpoint(TRUNCATE)").await.map_err(|error| self.failed(error))?;
        Ok(gone)
    }

    async fn step<const N: usize>(&self, steps: &[Step; N], now: Timestamp) -> Result<[u64; N], sqlx::Error> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let before = |lifetime| now.saturating_sub(lifetime).map_or(i64::MIN, Timestamp::as_millisecond);
        let mut gone = [0; N];
        for ((sql, lifetime), gone) in steps.iter().zip(&mut gone) {
            *gone = sqlx::query(*sql).bind(before(*lifetime)).execute(&mut *transaction).await?.rows_affected();
        }
        transaction.commit().await?;
        Ok(gone)
    }
}

// What goes, in order. It may be lost with the power: the next sweep does it again.

const OF_THE_INBOX: [Step; 2] = [
    ("UPDATE inbox SET body = NULL, lane = 0 WHERE body IS NOT NULL AND received < $1", BODY_LIFETIME),
    ("DELETE FROM inbox WHERE body IS NULL AND received < $1", ID_LIFETIME),
];

const OF_THE_REST: [Step; 14] = [
    ("DELETE FROM freezes WHERE until <= $1", SignedDuration::ZERO),
    // What was on its way to a private chat when its subscription ended.
    (
        "DELETE FROM deliveries WHERE state NOT IN ('queued', 'sending') AND sub_id IN (SELECT sub_id \
         FROM subscriptions WHERE chat_kind = 'private' AND status = 'ended' AND changed <= $1)",
        SignedDuration::ZERO,
    ),
    ("DELETE FROM deliveries WHERE expires < $1 AND state NOT IN ('queued', 'sending')", DELIVERY_LIFETIME),
    (
        "DELETE FROM subscriptions WHERE chat_kind = 'private' AND status = 'ended' AND changed <= $1 \
         AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.sub_id = subscriptions.sub_id)",
        SignedDuration::ZERO,
    ),
    (
        "DELETE FROM subscriptions WHERE status = 'ended' AND changed < $1 \
         AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.sub_id = subscriptions.sub_id)",
        ENDED_LIFETIME,
    ),
    ("DELETE FROM drafts WHERE created < $1", DRAFT_LIFETIME),
    ("DELETE FROM troubles WHERE told < $1", TROUBLE_LIFETIME),
    ("DELETE FROM passing WHERE due < $1", PASSING_LIFETIME),
    ("DELETE FROM keepers WHERE renewed < $1", KEEPER_LIFETIME),
    // Departures last: they tell of which groups the others go.
    ("DELETE FROM manners WHERE chat_id IN (SELECT chat_id FROM departures WHERE gone_at < $1)", DEPARTED_LIFETIME),
    ("DELETE FROM keepers WHERE chat_id IN (SELECT chat_id FROM departures WHERE gone_at < $1)", DEPARTED_LIFETIME),
    ("DELETE FROM troubles WHERE chat_id IN (SELECT chat_id FROM departures WHERE gone_at < $1)", DEPARTED_LIFETIME),
    ("DELETE FROM passing WHERE chat_id IN (SELECT chat_id FROM departures WHERE gone_at < $1)", DEPARTED_LIFETIME),
    ("DELETE FROM departures WHERE gone_at < $1", DEPARTED_LIFETIME),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DeliveryState;
    use crate::store::Arrived;
    use crate::store::fixture::{at, chat, days, enqueue, event, force, new, subscribe};

    fn arrived(id: i64, body: &str) -> [Arrived; 1] {
        [Arrived { id, lane: 0, body: body.to_owned() }]
    }

    #[tokio::test]
    async fn a_text_stays_24_hours_and_an_id_48_more() {
        let store = Store::in_memory().await.unwrap();
        let noon = Timestamp::from_second(1_795_000_000).unwrap();
        store.admit(&arrived(1, "handled"), noon).await.unwrap();
        store.admit(&arrived(2, "stuck"), noon).await.unwrap();
        store.handled(1).await.unwrap();
        let after = |hours| noon + SignedDuration::from_hours(hours);
        assert_eq!(store.sweep_inbox(after(24)).await.unwrap(), SweptInbox::default());
        assert!(store.begin(2).await.unwrap().is_some());
        assert_eq!(store.sweep_inbox(after(25)).await.unwrap(), SweptInbox { bodies: 1, ids: 0 });
        assert_eq!(store.begin(2).await.unwrap(), None);
        assert_eq!(store.sweep_inbox(after(72)).await.unwrap(), SweptInbox::default());
        assert_eq!(store.admit(&arrived(1, "again"), after(72)).await.unwrap(), [0; 0]);
        assert_eq!(store.sweep_inbox(after(73)).await.unwrap(), SweptInbox { bodies: 0, ids: 2 });
        assert_eq!(store.sweep_inbox(Timestamp::MIN).await.unwrap(), SweptInbox::default());
    }

    #[tokio::test]
    async fn after_a_sweep_no_file_holds_what_was_handled() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("a.db").display())).await.unwrap();
        store.admit(&arrived(1, &"a private question ".repeat(500)), Timestamp::UNIX_EPOCH).await.unwrap();
        store.handled(1).await.unwrap();
        store.sweep_inbox(Timestamp::UNIX_EPOCH).await.unwrap();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(16).any(|part| part == b"private question"), "{}", path.display());
        }
    }

    #[tokio::test]
    async fn what_ended_long_ago_goes_and_nothing_else() {
        for from in DeliveryState::ALL {
            let store = Store::in_memory().await.unwrap();
            let subscription = subscribe(&store, chat(1)).await;
            let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
            store.end(subscription, "unsubscribed", at(10)).await.unwrap();
            force(&store, id, from).await;
            let expired = at(100) + DELIVERY_LIFETIME;
            assert_eq!(store.sweep(expired).await.unwrap(), Swept::default());
            let ended = !matches!(from, DeliveryState::Queued | DeliveryState::Sending);
            let gone = Swept { deliveries: u64::from(ended), subscriptions: u64::from(ended) };
            assert_eq!(store.sweep(expired + SignedDuration::from_secs(1)).await.unwrap(), gone, "{from:?}");
            let again = subscribe(&store, chat(1)).await;
            assert_eq!(again == subscription, !ended, "a number is never given out again");
        }
        let store = Store::in_memory().await.unwrap();
        let (ended, active) = (subscribe(&store, chat(1)).await, subscribe(&store, chat(2)).await);
        store.end(ended, "unsubscribed", at(10)).await.unwrap();
        assert_eq!(store.sweep(at(10) + ENDED_LIFETIME).await.unwrap().subscriptions, 0);
        let later = at(11) + ENDED_LIFETIME;
        assert_eq!(store.sweep(later).await.unwrap().subscriptions, 1);
        assert!(store.subscription(active).await.unwrap().is_some());
    }
}
