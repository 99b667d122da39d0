//! What the tests of this room share: a clock of seconds, a subscribed chat, an event, a delivery in any state.

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

use crate::domain::{
    Approval, ChatKind, ChatRef, Delivery, DeliveryId, DeliveryState, EventUid, Hold, Language, Milestone, Occasion,
    ScheduleRevision, Settings, Subject, SubscriptionId,
};

use super::{EventSchedule, NewDelivery, Store};

/// So many seconds after the beginning.
pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

pub(super) fn uid(name: &str) -> EventUid {
    EventUid::parse(name).unwrap()
}

pub(super) fn chat(id: i64) -> ChatRef {
    ChatRef { id, thread: None }
}

pub(super) fn days(days: u16) -> Occasion {
    Occasion::Milestone(Milestone::days_before(days).unwrap())
}

pub(super) fn settings() -> Settings {
    Settings::new(ChatKind::Group, Language::Russian, TimeZoneDatabase::bundled().get("Asia/Bishkek").unwrap())
}

/// Subscribes a chat at second 0, without approval.
pub(super) async fn subscribe(store: &Store, chat: ChatRef) -> SubscriptionId {
    store.subscribe(chat, ChatKind::Group, None, &settings(), at(0)).await.unwrap().id
}

/// Subscribes a chat at second 0, that approves each.
pub(super) async fn subscribe_with_approval(store: &Store, chat: ChatRef) -> SubscriptionId {
    let settings = Settings { approval: Approval::Each, ..settings() };
    store.subscribe(chat, ChatKind::Group, None, &settings, at(0)).await.unwrap().id
}

/// An event as it is in its first revision, on an occasion.
pub(super) fn event(name: &str, occasion: Occasion) -> Subject {
    Subject::Event { uid: uid(name), revision: ScheduleRevision(1), occasion }
}

/// Due at second 10, too late at second 100.
pub(super) fn new(subscription: SubscriptionId, subject: Subject) -> NewDelivery {
    NewDelivery { subscription, subject, due: at(10), expires: at(100), hold: Hold::Free, supersedes: Vec::new() }
}

/// Learns an event with that fingerprint, as the planner does.
pub(super) async fn learn(store: &Store, name: &str, fingerprint: &str) -> EventSchedule {
    let lead = store.lead().unwrap().unwrap();
    store.schedule(&lead, &[(uid(name), fingerprint.to_owned())]).await.unwrap().remove(0)
}

/// Enqueues one, and returns it.
pub(super) async fn enqueue(store: &Store, new: NewDelivery) -> Delivery {
    assert_eq!(store.enqueue(std::slice::from_ref(&new), &[], at(10)).await.unwrap(), 1, "{new:?}");
    let key = super::enqueue::key(new.subscription, &new.subject);
    let id: i64 = sqlx::query_scalar("SELECT delivery_id FROM deliveries WHERE dedupe_key = $1")
        .bind(key)
        .fetch_one(&store.durable)
        .await
        .unwrap();
    store.delivery(DeliveryId(id)).await.unwrap().unwrap()
}

/// Puts a delivery into a state, by force.
pub(super) async fn force(store: &Store, id: DeliveryId, state: DeliveryState) {
    let sql = "UPDATE deliveries SET state = $1 WHERE delivery_id = $2";
    sqlx::query(sql).bind(state.name()).bind(id.0).execute(&store.durable).await.unwrap();
}

pub(super) async fn state(store: &Store, id: DeliveryId) -> DeliveryState {
    store.delivery(id).await.unwrap().unwrap().state
}

/// Claims all that can be claimed.
pub(super) async fn claim(store: &Store, now: Timestamp) -> Vec<DeliveryId> {
    let lead = store.lead().unwrap().unwrap();
    store.claim(&lead, 100, now).await.unwrap().into_iter().map(|delivery| delivery.id).collect()
}
