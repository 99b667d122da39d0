//! What is stored about one reader: shown to them, deleted for them, and gone by itself after its lifetime.

use jiff::{SignedDuration, Timestamp};
use sqlx::{Executor, Row};

use crate::domain::{ChatKind, ChatRef, UserRef};

use super::feedback::{FEEDBACK_LIFETIME, forget_feedback};
use super::kept::{KEPT_LIFETIME, forget_kept};
use super::reader_keys::KEY_LIFETIME;
use super::subscriptions::{at, end};
use super::sweep::Step;
use super::{Store, StoreError};

/// Why a subscription of a private chat ends that is forgotten.
const FORGOTTEN: &str = "forgotten";

/// What rests about a private chat that is of no feature of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resting {
    /// Messages and presses that are not handled yet, the one that is being handled included.
    pub n_updates: i64,
    /// An admin's own words that wait to be confirmed.
    pub n_drafts: i64,
    /// Until when the platform asked to leave the chat alone.
    pub frozen: Option<Timestamp>,
}

impl Store {
    /// What rests about a private chat.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn resting(&self, chat: i64, now: Timestamp) -> Result<Resting, StoreError> {
        let done = async {
            let row = sqlx::query(
                "SELECT (SELECT COUNT(*) FROM inbox WHERE lane = $1 AND body IS NOT NULL), \
                 (SELECT COUNT(*) FROM drafts WHERE draft_id LIKE $2), \
                 (SELECT until FROM freezes WHERE chat_id = $1 AND until > $3)",
            )
            .bind(chat)
            .bind(drafts_of(chat))
            .bind(now.as_millisecond())
            .fetch_one(&self.pool)
            .await?;
            let frozen: Option<i64> = row.try_get(2)?;
            let frozen = frozen.map(super::instant).transpose()?;
            Ok(Resting { n_updates: row.try_get(0)?, n_drafts: row.try_get(1)?, frozen })
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// Forgets a reader: their language, kept questions, drafts, feedback as far as it can be told to be theirs, the
    /// subscription of their private chat, that they subscribed others, and that they keep groups. Those go on, for they are their chats' affair.
    /// What has to stay: numbers of updates, what was announced in chats, a freeze until it is over.
    ///
    /// Atomic and idempotent; the write-ahead log is emptied after it, or by the next sweep.
    ///
    /// # Errors
    /// [`StoreError`]: nothing is forgotten.
    pub async fn forget_reader(&self, reader: UserRef, chat: ChatRef, now: Timestamp) -> Result<(), StoreError> {
        self.forget(reader, chat, now).await.map_err(|error| self.failed(error))?;
        if let Err(error) = self.pool.execute("PRAGMA wal_checkpoint(TRUNCATE)").await {
            tracing::debug!(%error, "the write-ahead log is emptied by the next sweep");
        }
        Ok(())
    }

    async fn forget(&self, reader: UserRef, chat: ChatRef, now: Timestamp) -> Result<(), sqlx::Error> {
        let mut transaction = self.begin_durable().await?;
        sqlx::query("DELETE FROM chats WHERE chat_id = $1").bind(chat.id).execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM drafts WHERE draft_id LIKE $1")
            .bind(drafts_of(chat.id))
            .execute(&mut *transaction)
            .await?;
        forget_kept(&mut transaction, chat.id).await?;
        forget_feedback(&mut transaction, reader, now).await?;
        let own = at(&mut transaction, chat).await?.filter(|own| own.kind == ChatKind::Private);
        if let Some(own) = own {
            end(&mut transaction, own.id, FORGOTTEN, now).await?;
        }
        sqlx::query("DELETE FROM keepers WHERE user_id = $1").bind(reader.0).execute(&mut *transaction).await?;
        sqlx::query("UPDATE subscriptions SET owner = NULL WHERE owner = $1")
            .bind(reader.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await
    }

    /// Takes away what readers said and asked to be told that is past its time, and the keys of codes. `now` is by the
    /// clock that stored it. Idempotent. Meant to run as [`Store::sweep`] does.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep_readers(&self, now: Timestamp) -> Result<(), StoreError> {
        self.take_away(&OF_READERS, now).await.map(|_| ())
    }
}

const OF_READERS: [Step; 3] = [
    ("DELETE FROM kept_questions WHERE kept < $1", KEPT_LIFETIME),
    ("DELETE FROM reader_keys WHERE made < $1", KEY_LIFETIME),
    ("DELETE FROM feedback WHERE given < $1", FEEDBACK_LIFETIME),
];

// A day's midnight is what is stored of when feedback was given: it goes up to a day early, never late.
const _: () = assert!(FEEDBACK_LIFETIME.as_hours() > SignedDuration::from_hours(24).as_hours());

/// The drafts of that chat, by how they are named.
fn drafts_of(chat: i64) -> String {
    format!("{chat}-%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Feedback, Key, Language, Revision, SubscriptionStatus};
    use crate::store::fixture::{at, chat, settings};
    use crate::store::{Answered, Arrived, Keeper, NewQuestion};

    const ANN: UserRef = UserRef(7);

    async fn fill(store: &Store, reader: UserRef) {
        let key = || Key::parse("abcdefgh23").unwrap();
        let (here, group) = (chat(reader.0), chat(-reader.0));
        store.set_language(here.id, Language::Russian).await.unwrap();
        store.keep_draft(&format!("{}-1-2", here.id), "words", at(0)).await.unwrap();
        let tried = Revision(key());
        let new = NewQuestion { chat: here.id, message: 1, words: "x", language: Language::English, tried: &tried };
        store.keep_question(new, at(0)).await.unwrap();
        let answer = Answered { passage: key(), revision: Revision(key()) };
        store.give_feedback(reader, &answer, Feedback::Yes, at(0)).await.unwrap();
        store.subscribe(here, ChatKind::Private, Some(reader), &settings(), at(0)).await.unwrap();
        store.subscribe(group, ChatKind::Group, Some(reader), &settings(), at(0)).await.unwrap();
        let keeper = Keeper { user: reader, language: None };
        store.add_keeper(group.id, keeper, None, at(0)).await.unwrap();
        store.freeze(here.id, at(90)).await.unwrap();
        store.admit(&[Arrived { id: reader.0, lane: here.id, body: "{}".to_owned() }], at(0)).await.unwrap();
    }

    /// Language, kept questions, feedback, subscriptions owned and groups kept, private subscriptions, drafts.
    async fn left(store: &Store, reader: UserRef) -> (bool, usize, i64, usize, bool, i64) {
        (
            store.language(reader.0).await.unwrap().is_some(),
            store.kept_of(reader.0).await.unwrap().len(),
            store.n_feedback_of(reader, at(1)).await.unwrap(),
            store.subscriptions_of_owner(reader).await.unwrap().len() + store.kept_by(reader, 9).await.unwrap().len(),
            store.subscription_of(chat(reader.0)).await.unwrap().is_some(),
            store.resting(reader.0, at(1)).await.unwrap().n_drafts,
        )
    }

    #[tokio::test]
    async fn a_reader_is_forgotten_and_nobody_else() {
        let store = Store::in_memory().await.unwrap();
        // Whose number begins with the other's is another.
        let ben = UserRef(77);
        for reader in [ANN, ben] {
            fill(&store, reader).await;
            assert_eq!(left(&store, reader).await, (true, 1, 1, 3, true, 1));
        }
        for _ in 0..2 {
            store.forget_reader(ANN, chat(7), at(1)).await.unwrap();
            assert_eq!(left(&store, ANN).await, (false, 0, 0, 0, false, 0));
        }
        assert_eq!(left(&store, ben).await, (true, 1, 1, 3, true, 1));
        let group = store.subscription_of(chat(-7)).await.unwrap().unwrap();
        assert_eq!((group.owner, group.status), (None, SubscriptionStatus::Active), "it is the group's");
        let resting = store.resting(7, at(1)).await.unwrap();
        assert_eq!(resting, Resting { n_updates: 1, n_drafts: 0, frozen: Some(at(90)) }, "these have to stay");
    }
}
