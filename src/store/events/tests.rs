//! Revisions rise, recipients are found.

use super::*;
use crate::domain::{DeliveryState, Occasion, Subject};
use crate::store::Planned;
use crate::store::fixture::{at, chat, days, enqueue, event, force, learn, new, state, subscribe, uid as named};

fn planned(revision: u32, until: i64) -> Planned {
    let uid = named("a");
    Planned { uid, revision: ScheduleRevision(revision), until: at(until) }
}

#[tokio::test]
async fn a_changed_fingerprint_raises_the_revision_and_forgets_what_was_said() {
    let store = Store::in_memory().await.unwrap();
    let a = named("a");
    assert_eq!(learn(&store, "a", "may").await, fresh(a.clone(), ScheduleRevision(1)));
    store.enqueue(&[], &[planned(1, 50)], at(0)).await.unwrap();
    store.confirm_event(&a, ScheduleRevision(1), at(60)).await.unwrap();
    store.drop_event(&a, ScheduleRevision(1)).await.unwrap();
    let said = learn(&store, "a", "may").await;
    assert_eq!((said.planned_until, said.confirmed, said.dropped), (Some(at(50)), Some(at(60)), true));
    assert_eq!(said, learn(&store, "a", "may").await, "nothing changed");
    let raised = learn(&store, "a", "june").await;
    assert_eq!(raised, fresh(a.clone(), ScheduleRevision(2)));
    assert_eq!(raised.previous, Some(ScheduleRevision(1)));
    assert_eq!(learn(&store, "a", "june").await.previous, Some(ScheduleRevision(1)), "a crash forgets no move");
    store.enqueue(&[], &[planned(1, 99)], at(0)).await.unwrap();
    assert_eq!(learn(&store, "a", "june").await.planned_until, None, "the old revision was planned, not this one");
    store.enqueue(&[], &[planned(2, 70)], at(0)).await.unwrap();
    store.enqueue(&[], &[planned(2, 10)], at(0)).await.unwrap();
    let done = learn(&store, "a", "june").await;
    assert_eq!((done.previous, done.planned_until), (None, Some(at(70))), "it never goes back");
    assert_eq!(store.confirm_event(&a, ScheduleRevision(1), at(1)).await.unwrap(), None, "an old button");
    assert_eq!(store.drop_event(&a, ScheduleRevision(1)).await.unwrap(), None, "an old button");
    assert_eq!(learn(&store, "b", "").await.revision, ScheduleRevision(1));
    for (name, revision) in [("a", Some(ScheduleRevision(2))), ("b", Some(ScheduleRevision(1))), ("c", None)] {
        assert_eq!(store.schedule_revision(&named(name)).await.unwrap(), revision);
    }
}

#[tokio::test]
async fn a_new_revision_and_a_dropped_event_touch_only_what_is_queued() {
    for from in DeliveryState::ALL {
        for (dropped, end) in [(false, DeliveryState::Superseded), (true, DeliveryState::Cancelled)] {
            let store = Store::in_memory().await.unwrap();
            learn(&store, "a", "may").await;
            let subscription = subscribe(&store, chat(1)).await;
            let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
            let other = enqueue(&store, new(subscription, event("b", days(7)))).await.id;
            force(&store, id, from).await;
            if dropped {
                let a = named("a");
                let n = u64::from(from == DeliveryState::Queued);
                assert_eq!(store.drop_event(&a, ScheduleRevision(1)).await.unwrap(), Some(n));
            } else {
                learn(&store, "a", "june").await;
            }
            let to = if from == DeliveryState::Queued { end } else { from };
            assert_eq!((state(&store, id).await, state(&store, other).await), (to, DeliveryState::Queued));
        }
    }
}

#[tokio::test]
async fn who_heard_of_an_older_revision_is_told_once_of_the_new_one() {
    let store = Store::in_memory().await.unwrap();
    let a = named("a");
    learn(&store, "a", "may").await;
    let mut heard = Vec::new();
    for (n, from) in (1..).zip(DeliveryState::ALL) {
        let subscription = subscribe(&store, chat(n)).await;
        let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
        force(&store, id, from).await;
        if matches!(from, DeliveryState::Sent | DeliveryState::Sending | DeliveryState::Ambiguous) {
            heard.push(subscription);
        }
    }
    let who = async |revision| {
        let told = store.recipients_of(&a, ScheduleRevision(revision)).await.unwrap();
        told.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(who(1).await, [], "they know this one");
    learn(&store, "a", "june").await;
    assert_eq!(who(2).await, heard);
    let moved = Subject::Event { uid: a.clone(), revision: ScheduleRevision(2), occasion: Occasion::Moved };
    let told = enqueue(&store, new(heard[0], moved)).await;
    assert_eq!(who(2).await, heard[1..]);
    store.end(heard[1], "why", at(5)).await.unwrap();
    assert_eq!(who(2).await, heard[2..]);
    force(&store, told.id, DeliveryState::Sent).await;
    let of_third = who(3).await;
    assert_eq!(of_third.first(), heard.first(), "and of the next");
}
