//! Subscriptions begin, change, end and begin again.

use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use super::*;
use crate::domain::{Approval, DeliveryState, EventKind, Language, MilestoneChoice, QuietHours, Settings};
use crate::store::Reset;
use crate::store::fixture::{at, chat, days, enqueue, event, force, new, settings, state, subscribe};

fn other() -> Settings {
    Settings {
        approval: Approval::Each,
        kinds: [EventKind::Meeting, EventKind::Other].into(),
        milestones: MilestoneChoice::FirstDay,
        language: Language::English,
        zone: TimeZoneDatabase::bundled().get("America/New_York").unwrap(),
        hour: 23,
        quiet: QuietHours::new(22, 8),
        silent: true,
        pin: true,
    }
}

async fn stored(store: &Store, id: SubscriptionId) -> Subscription {
    store.subscription(id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_subscription_is_read_as_it_was_written() {
    let store = Store::in_memory().await.unwrap();
    let topic = ChatRef { id: -100, thread: Some(3) };
    let made = store.subscribe(topic, ChatKind::Channel, Some(UserRef(9)), &other(), at(5)).await.unwrap();
    let status = SubscriptionStatus::Active;
    let wanted = Subscription {
        id: made.id,
        chat: topic,
        kind: ChatKind::Channel,
        settings: other(),
        status,
        since: at(5),
        retimed: None,
        title: None,
        owner: made.owner,
        reason: None,
    };
    assert_eq!(made, wanted);
    assert_eq!(store.subscription(made.id).await.unwrap().as_ref(), Some(&wanted));
    assert_eq!(store.subscription_of(topic).await.unwrap().as_ref(), Some(&wanted));
    assert_eq!(store.subscription_of(chat(-100)).await.unwrap(), None, "the chat is not its topic");
    assert_eq!(store.subscriptions_of_owner(UserRef(9)).await.unwrap(), [wanted]);
    assert_eq!(store.subscriptions_of_owner(UserRef(8)).await.unwrap(), []);
    let none = Settings { kinds: [].into(), ..settings() };
    store.change_settings(made.id, |_| Some(none.clone()), at(5)).await.unwrap();
    assert_eq!(store.subscription(made.id).await.unwrap().unwrap().settings, none);
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
    assert_eq!(stored(&store, first.id).await.reason.as_deref(), Some("no rights"));
    assert_eq!(again(4).await, first, "it goes on");
    assert_eq!(stored(&store, first.id).await.owner, Some(UserRef(1)));
    assert!(store.end(first.id, "unsubscribed", at(5)).await.unwrap());
    assert!(!store.end(first.id, "again", at(6)).await.unwrap());
    assert_eq!(store.change_settings(first.id, |_| Some(other()), at(6)).await.unwrap(), Reset::Over);
    assert_eq!(stored(&store, first.id).await.owner, None, "nobody is remembered without need");
    let anew = again(7).await;
    assert_eq!((anew.id, anew.since, &anew.settings), (first.id, at(7), &other()));
    assert_eq!((anew.owner, anew.reason), (Some(UserRef(2)), None));
    assert!(!store.pass_on(anew.id, UserRef(1), UserRef(3)).await.unwrap(), "it is not theirs to give");
    assert!(store.pass_on(anew.id, UserRef(2), UserRef(3)).await.unwrap());
    assert_eq!(stored(&store, anew.id).await.owner, Some(UserRef(3)));
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
    assert!(store.change_settings(id, |_| Some(nameless.clone()), at(1)).await.is_err());
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
