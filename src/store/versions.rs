//! The versions of the tables. A database of any of them is brought to the last; one of a later version is refused.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every version of the tables. A released one is never edited, only followed by the next.
pub(super) fn migrator() -> Migrator {
    let versions = [
        ("ground", include_str!("migrations/0001_ground.sql")),
        ("announcements", include_str!("migrations/0002_announcements.sql")),
        ("drafts", include_str!("migrations/0003_drafts.sql")),
        ("changes", include_str!("migrations/0004_changes.sql")),
        ("asking", include_str!("migrations/0005_asking.sql")),
        ("titles", include_str!("migrations/0006_titles.sql")),
        ("suspensions", include_str!("migrations/0007_suspensions.sql")),
        ("looks", include_str!("migrations/0008_looks.sql")),
        ("readers", include_str!("migrations/0009_readers.sql")),
        ("groups", include_str!("migrations/0010_groups.sql")),
        ("departures", include_str!("migrations/0011_departures.sql")),
    ];
    let migrations = (1..).zip(versions).map(|(version, (name, sql))| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use sqlx::{AnyConnection, Connection, Executor};

    use super::*;
    use crate::domain::Language;
    use crate::store::{Arrived, Store};

    /// The tables as version 1 made them.
    async fn first_version(path: &std::path::Path) -> AnyConnection {
        sqlx::any::install_default_drivers();
        std::fs::write(path, "").unwrap();
        let mut connection = AnyConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
        let first = migrator().iter().next().unwrap().clone();
        Migrator::with_migrations(vec![first]).run(&mut connection).await.unwrap();
        connection
    }

    #[tokio::test]
    async fn a_database_of_version_1_keeps_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut old = first_version(&path).await;
        for sql in [
            "INSERT INTO inbox (update_id, lane, received, body) VALUES (7, -1, 0, 'a question')",
            "INSERT INTO inbox (update_id, lane, received) VALUES (5, 0, 0)",
            "INSERT INTO chats (chat_id, language) VALUES (-1, 'ru')",
            "INSERT INTO freezes (chat_id, until) VALUES (-1, 9000)",
        ] {
            old.execute(sql).await.unwrap();
        }
        old.close().await.unwrap();
        for _ in 0..2 {
            let store = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
            assert_eq!(store.waiting().await.unwrap().iter().map(|waiting| waiting.id).collect::<Vec<_>>(), [7]);
            let known = [Arrived { id: 5, lane: 0, body: "again".into() }];
            assert_eq!(store.admit(&known, Timestamp::UNIX_EPOCH).await.unwrap(), [0; 0]);
            assert_eq!(store.language(-1).await.unwrap(), Some(Language::Russian));
            assert_eq!(store.frozen(Timestamp::UNIX_EPOCH).await.unwrap().len(), 1);
            assert_eq!(store.counts().await.unwrap().values().sum::<u64>(), 0);
            store.close().await;
        }
    }

    #[tokio::test]
    async fn a_version_that_does_not_fit_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut old = first_version(&path).await;
        old.execute("CREATE TABLE dispatch (somebody_elses BIGINT)").await.unwrap();
        assert!(migrator().run(&mut old).await.is_err());
        let made: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = 'subscriptions'")
            .fetch_one(&mut old)
            .await
            .unwrap();
        assert_eq!(made, 0, "all of a version or nothing");
    }
}
