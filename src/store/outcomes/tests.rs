//! Every outcome from every state.

use super::*;
use crate::domain::{Delivery, ScheduleRevision, SubscriptionStatus};
use crate::store::Page;
use crate::store::fixture::{at, chat, claim, days, enqueue, event, force, learn, new, state, subscribe, uid};

/// The outcomes, each with where it leads from `sending`.
const OUTCOMES: [(&str, DeliveryState); 8] = [
    ("sent", DeliveryState::Sent),
    ("ambiguous", DeliveryState::Ambiguous),
    ("refused", DeliveryState::Failed),
    ("requeue", DeliveryState::Queued),
    ("unclaim", DeliveryState::Queued),
    ("gone", DeliveryState::Cancelled),
    ("barred", DeliveryState::Queued),
    ("moved", DeliveryState::Queued),
];

/// Whether the outcome says that it moved the delivery.
async fn apply(store: &Store, outcome: &str, id: DeliveryId) -> bool {
    match outcome {
        "sent" => store.sent(id, 7).await.unwrap(),
        "ambiguous" => store.ambiguous(id, "why", at(20)).await.unwrap(),
        "refused" => store.refused(id, "why", at(20)).await.unwrap(),
        "requeue" => store.requeue(id, at(20), "why").await.unwrap().is_some(),
        "unclaim" => store.unclaim(id, at(20)).await.unwrap().is_some(),
        "gone" => store.gone(id, "why", at(20)).await.unwrap(),
        "barred" => store.barred(id, "why", at(20)).await.unwrap(),
        "moved" => store.moved(id, -1001, at(20)).await.unwrap().is_some(),
        other => unreachable!("{other}"),
    }
}

async fn one() -> (Store, Delivery) {
    let store = Store::in_memory().await.unwrap();
    let subscription = subscribe(&store, chat(1)).await;
    let delivery = enqueue(&store, new(subscription, event("a", days(7)))).await;
    (store, delivery)
}

#[tokio::test]
async fn an_outcome_moves_what_is_being_sent_and_nothing_else() {
    for (outcome, to) in OUTCOMES {
        for from in DeliveryState::ALL {
            let (store, delivery) = one().await;
            force(&store, delivery.id, from).await;
            let moves = from == DeliveryState::Sending;
            assert_eq!(apply(&store, outcome, delivery.id).await, moves, "{outcome} from {from:?}");
            assert_eq!(state(&store, delivery.id).await, if moves { to } else { from }, "{outcome} from {from:?}");
            assert!(!apply(&store, outcome, delivery.id).await, "{outcome} from {from:?} again");
            let subscription = store.subscription(delivery.subscription).await.unwrap().unwrap();
            let status = match (moves, outcome) {
                (true, "gone") => SubscriptionStatus::Ended,
                (true, "barred") => SubscriptionStatus::Suspended,
                _ => SubscriptionStatus::Active,
            };
            assert_eq!(subscription.status, status, "{outcome} from {from:?}");
            let number = if moves && outcome == "moved" { -1001 } else { 1 };
            assert_eq!(subscription.chat.id, number, "{outcome} from {from:?}");
        }
        let (store, _) = one().await;
        assert!(!apply(&store, outcome, DeliveryId(99)).await, "{outcome} of nothing");
    }
}

#[tokio::test]
async fn an_outcome_leaves_what_an_admin_needs() {
    let (store, delivery) = one().await;
    claim(&store, at(10)).await;
    store.requeue(delivery.id, at(20), "429").await.unwrap();
    let queued = store.delivery(delivery.id).await.unwrap().unwrap();
    assert_eq!((queued.attempts, queued.error.as_deref(), queued.message), (1, Some("429"), None));
    assert!(claim(&store, at(19)).await.is_empty(), "not before its time");
    assert_eq!(claim(&store, at(20)).await, [delivery.id]);
    store.unclaim(delivery.id, at(30)).await.unwrap();
    assert_eq!(store.delivery(delivery.id).await.unwrap().unwrap().attempts, 1, "as if never claimed");
    assert!(claim(&store, at(29)).await.is_empty(), "not before its time");
    assert_eq!(claim(&store, at(30)).await, [delivery.id]);
    store.sent(delivery.id, 42).await.unwrap();
    let sent = store.delivery(delivery.id).await.unwrap().unwrap();
    assert_eq!((sent.attempts, sent.error, sent.message), (2, None, Some(42)));
}

#[tokio::test]
async fn what_goes_back_goes_where_it_belongs_by_then() {
    for (meanwhile, to) in [
        ("nothing", DeliveryState::Queued),
        ("late", DeliveryState::Missed),
        ("ended", DeliveryState::Cancelled),
        ("revised", DeliveryState::Superseded),
        ("dropped", DeliveryState::Cancelled),
        ("overtaken", DeliveryState::Superseded),
    ] {
        let (store, delivery) = one().await;
        learn(&store, "a", "first").await;
        claim(&store, at(10)).await;
        let mut next = at(20);
        match meanwhile {
            "late" => next = at(100),
            "ended" => assert!(store.end(delivery.subscription, "why", at(15)).await.unwrap()),
            "revised" => assert_eq!(learn(&store, "a", "later").await.revision.0, 2),
            "dropped" => assert!(store.drop_event(&uid("a"), ScheduleRevision(1)).await.unwrap().is_some()),
            "overtaken" => {
                let mut newer = new(delivery.subscription, event("a", days(1)));
                newer.supersedes = vec![days(7)];
                enqueue(&store, newer).await;
            }
            _ => {}
        }
        assert_eq!(state(&store, delivery.id).await, DeliveryState::Sending, "{meanwhile}: its outcome stays open");
        assert_eq!(store.requeue(delivery.id, next, "429").await.unwrap(), Some(to), "{meanwhile}");
    }
}

#[tokio::test]
async fn a_chat_that_is_gone_gets_nothing_more_and_nobody_is_told() {
    let (store, delivery) = one().await;
    let waiting = enqueue(&store, new(delivery.subscription, event("b", days(7)))).await;
    claim(&store, at(10)).await;
    assert!(store.gone(delivery.id, "kicked", at(11)).await.unwrap());
    assert_eq!(state(&store, waiting.id).await, DeliveryState::Cancelled);
    let ended = store.subscription(delivery.subscription).await.unwrap().unwrap();
    assert_eq!(ended.reason.as_deref(), Some("kicked"));
    assert!(store.untold(Page::first(9)).await.unwrap().is_empty());
    assert!(claim(&store, at(12)).await.is_empty());
}

#[tokio::test]
async fn a_barred_one_waits_for_the_right_to_post_or_is_missed() {
    let (store, delivery) = one().await;
    claim(&store, at(10)).await;
    assert!(store.barred(delivery.id, "no rights", at(11)).await.unwrap());
    assert!(claim(&store, at(12)).await.is_empty());
    subscribe(&store, chat(1)).await;
    assert_eq!(claim(&store, at(13)).await, [delivery.id]);
    assert!(store.barred(delivery.id, "no rights", at(14)).await.unwrap());
    assert_eq!(store.expire(at(99)).await.unwrap(), []);
    assert_eq!(store.expire(at(100)).await.unwrap().len(), 1);
    let untold = store.untold(Page::first(9)).await.unwrap();
    assert_eq!(
        untold.iter().map(|missed| (missed.id, missed.state)).collect::<Vec<_>>(),
        [(delivery.id, DeliveryState::Missed)]
    );
    store.told(&[delivery.id]).await.unwrap();
    assert_eq!(store.untold(Page::first(9)).await.unwrap(), []);
}
