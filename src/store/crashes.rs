//! The crash table: what a killed process leaves on disk, and what the next one makes of it.
//!
//! A kill is a handle that is forgotten without being closed, its lead let go as the system would.

use std::path::Path;

use crate::domain::{Delivery, DeliveryId, DeliveryState, SubscriptionId};

use super::fixture::{at, chat, days, enqueue, event, new, state, subscribe};
use super::{Lead, Page, Settlement, Store};

async fn start(path: &Path) -> (Store, Lead) {
    let store = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
    let lead = store.lead().unwrap().unwrap();
    (store, lead)
}

/// Ends the process at this point of a delivery's life, and starts the next one.
async fn restart(path: &Path, point: &str) -> (Store, Lead, SubscriptionId, Option<DeliveryId>) {
    let (store, lead) = start(path).await;
    let subscription = subscribe(&store, chat(1)).await;
    let mut id = None;
    if point != "before enqueue" {
        id = Some(enqueue(&store, new(subscription, event("a", days(7)))).await.id);
    }
    if matches!(point, "claimed" | "recorded") {
        assert_eq!(store.claim(&lead, 9, at(10)).await.unwrap().len(), 1);
    }
    if point == "recorded" {
        assert!(store.sent(id.unwrap(), 7).await.unwrap());
    }
    drop(lead);
    std::mem::forget(store);
    let (store, lead) = start(path).await;
    (store, lead, subscription, id)
}

fn ids(deliveries: &[Delivery]) -> Vec<DeliveryId> {
    deliveries.iter().map(|delivery| delivery.id).collect()
}

#[tokio::test]
async fn after_a_kill_nothing_is_lost_and_nothing_is_sent_twice() {
    for (point, doubtful, sent_by_itself) in
        [("before enqueue", false, true), ("queued", false, true), ("claimed", true, false), ("recorded", false, false)]
    {
        let folder = tempfile::tempdir().unwrap();
        let (store, lead, subscription, id) = restart(&folder.path().join("a.db"), point).await;
        let recovered = store.recover(&lead, at(20)).await.unwrap();
        assert_eq!(!recovered.is_empty(), doubtful, "{point}");
        assert_eq!(store.recover(&lead, at(20)).await.unwrap(), [], "{point}: once");
        let planned = store.enqueue(&[new(subscription, event("a", days(7)))], &[], at(20)).await.unwrap();
        assert_eq!(planned, usize::from(point == "before enqueue"), "{point}");
        assert_eq!(!store.claim(&lead, 9, at(20)).await.unwrap().is_empty(), sent_by_itself, "{point}");
        assert_eq!(store.counts().await.unwrap().values().sum::<u64>(), 1, "{point}");
        if let Some(id) = id.filter(|_| doubtful) {
            assert_eq!(recovered, store.ambiguous_deliveries(Page::first(9)).await.unwrap());
            assert_eq!(store.settle(id, Settlement::PostAgain, at(20)).await.unwrap(), Some(DeliveryState::Queued));
            assert_eq!(ids(&store.claim(&lead, 9, at(20)).await.unwrap()), [id], "only an admin sends it again");
        }
    }
}

#[tokio::test]
async fn a_doubtful_delivery_holds_its_chat_no_longer_than_until_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let (store, lead, subscription, id) = restart(&folder.path().join("a.db"), "claimed").await;
    let later = enqueue(&store, new(subscription, event("b", days(7)))).await.id;
    assert_eq!(store.claim(&lead, 9, at(20)).await.unwrap(), [], "nobody knows of the one in flight yet");
    assert_eq!(ids(&store.recover(&lead, at(20)).await.unwrap()), [id.unwrap()]);
    assert_eq!(ids(&store.claim(&lead, 9, at(20)).await.unwrap()), [later]);
}

#[tokio::test]
async fn a_second_process_answers_and_settles_but_does_not_claim() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let (first, lead) = start(&path).await;
    let second = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
    assert!(second.lead().unwrap().is_none(), "and without a lead nothing can be claimed or recovered");
    let subscription = subscribe(&second, chat(1)).await;
    let id = enqueue(&second, new(subscription, event("a", days(7)))).await.id;
    assert_eq!(ids(&first.claim(&lead, 9, at(10)).await.unwrap()), [id]);
    assert!(first.ambiguous(id, "reset", at(20)).await.unwrap());
    assert_eq!(second.settle(id, Settlement::IsThere, at(11)).await.unwrap(), Some(DeliveryState::Sent));
    assert_eq!(state(&first, id).await, DeliveryState::Sent);
}

#[tokio::test]
async fn both_connections_write_at_the_same_time() {
    let folder = tempfile::tempdir().unwrap();
    let (store, lead) = start(&folder.path().join("a.db")).await;
    let freezing = tokio::spawn({
        let store = store.clone();
        async move {
            for second in 0..200 {
                store.freeze(second, at(second)).await.unwrap();
            }
        }
    });
    let subscription = subscribe(&store, chat(1)).await;
    for day in 0..50 {
        let id = enqueue(&store, new(subscription, event("a", days(day)))).await.id;
        assert_eq!(ids(&store.claim(&lead, 9, at(10)).await.unwrap()), [id]);
        assert!(store.sent(id, i32::from(day)).await.unwrap());
        store.sweep(at(0)).await.unwrap();
    }
    freezing.await.unwrap();
    assert_eq!(store.counts().await.unwrap()[&DeliveryState::Sent], 50);
}
