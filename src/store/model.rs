//! Random operations against a model in memory: nothing is sent twice without an admin, and nothing vanishes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::domain::{DeliveryId, DeliveryState, Hold};

use super::fixture::{at, chat, days, event, new, state, subscribe};
use super::{Lead, NewDelivery, Settlement, Store};

const CHATS: i64 = 3;

/// Deliveries are named by their order of appearance, modulo how many there are.
#[derive(Debug, Clone)]
enum Step {
    Enqueue { chat: i64, day: u16, hold: bool, supersedes: Vec<u16> },
    Claim { n: u32 },
    Sent(usize),
    Ambiguous(usize),
    Refused(usize),
    Requeue { which: usize, after: i64 },
    Unclaim(usize),
    Moved(usize),
    Settle(usize, Settlement),
    Release(usize),
    Skip(usize),
    EndAndSubscribe(i64),
    Restart,
    Expire,
    Pass(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let which = || 0_usize..8;
    let settlement = prop_oneof![Just(Settlement::IsThere), Just(Settlement::PostAgain), Just(Settlement::Drop)];
    let step = prop_oneof![
        5 => (0..CHATS, 0_u16..5, any::<bool>(), prop::collection::vec(0_u16..5, 0..3))
            .prop_map(|(chat, day, hold, supersedes)| Step::Enqueue { chat, day, hold, supersedes }),
        5 => (0_u32..4).prop_map(|n| Step::Claim { n }),
        2 => which().prop_map(Step::Sent),
        2 => which().prop_map(Step::Ambiguous),
        1 => which().prop_map(Step::Refused),
        2 => (which(), 0_i64..20).prop_map(|(which, after)| Step::Requeue { which, after }),
        1 => which().prop_map(Step::Unclaim),
        1 => which().prop_map(Step::Moved),
        2 => (which(), settlement).prop_map(|(which, settlement)| Step::Settle(which, settlement)),
        1 => which().prop_map(Step::Release),
        1 => which().prop_map(Step::Skip),
        1 => (0..CHATS).prop_map(Step::EndAndSubscribe),
        1 => Just(Step::Restart),
        1 => Just(Step::Expire),
        1 => (1_i64..15).prop_map(Step::Pass),
    ];
    prop::collection::vec(step, 1..60)
}

/// What the world knows of the deliveries.
struct World {
    store: Store,
    lead: Lead,
    now: i64,
    /// The keys that were enqueued, put down as superseded included.
    keys: BTreeSet<(i64, u16)>,
    known: Vec<DeliveryId>,
    /// Those whose message is, or may be, in the chat.
    out: BTreeSet<DeliveryId>,
    in_flight: BTreeMap<DeliveryId, i64>,
}

impl World {
    async fn new() -> Self {
        let store = Store::in_memory().await.unwrap();
        for id in 0..CHATS {
            // Two topics of one group and a chat of its own.
            subscribe(&store, address(id)).await;
        }
        let lead = store.lead().unwrap().unwrap();
        let (keys, known, out, in_flight) = Default::default();
        Self { store, lead, now: 10, keys, known, out, in_flight }
    }

    fn pick(&self, which: usize) -> DeliveryId {
        self.known.get(which % self.known.len().max(1)).copied().unwrap_or(DeliveryId(0))
    }

    async fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        let (store, now) = (self.store.clone(), at(self.now));
        match step {
            Step::Enqueue { chat, day, hold, supersedes } => {
                let subscription = crate::domain::SubscriptionId(chat + 1);
                let hold = if hold { Hold::Approval } else { Hold::Free };
                let older = supersedes.iter().map(|&day| days(day)).collect();
                let new = NewDelivery { hold, supersedes: older, ..new(subscription, event("a", days(day))) };
                let fresh = self.keys.insert((chat, day));
                self.keys.extend(supersedes.into_iter().map(|day| (chat, day)));
                prop_assert_eq!(store.enqueue(&[new], &[], now).await.unwrap(), usize::from(fresh));
                self.known = all(&store).await;
            }
            Step::Claim { n } => {
                for delivery in store.claim(&self.lead, n, now).await.unwrap() {
                    prop_assert!(!self.out.contains(&delivery.id), "sent twice: {:?}", delivery);
                    prop_assert!(self.in_flight.values().all(|&chat| chat != delivery.chat.id), "two in flight");
                    prop_assert!(delivery.hold == Hold::Free && delivery.due <= now && now < delivery.expires);
                    self.in_flight.insert(delivery.id, delivery.chat.id);
                }
            }
            Step::Sent(which) => {
                let id = self.pick(which);
                let done = store.sent(id, 1).await.unwrap();
                self.ends(id, done, true)?;
            }
            Step::Ambiguous(which) => {
                let id = self.pick(which);
                let done = store.ambiguous(id, "reset", now).await.unwrap();
                self.ends(id, done, true)?;
            }
            Step::Refused(which) => {
                let id = self.pick(which);
                let done = store.refused(id, "400", now).await.unwrap();
                self.ends(id, done, false)?;
            }
            Step::Requeue { which, after } => {
                let id = self.pick(which);
                let done = store.requeue(id, at(self.now + after), "429").await.unwrap();
                self.ends(id, done.is_some(), false)?;
            }
            Step::Unclaim(which) => {
                let id = self.pick(which);
                let done = store.unclaim(id, now).await.unwrap();
                self.ends(id, done.is_some(), false)?;
            }
            Step::Moved(which) => {
                let id = self.pick(which);
                let Some(delivery) = store.delivery(id).await.unwrap() else { return Ok(()) };
                let to = delivery.chat.id - 10;
                let done = store.moved(id, to, now).await.unwrap();
                self.ends(id, done.is_some(), false)?;
            }
            Step::Settle(which, settlement) => {
                let id = self.pick(which);
                if store.settle(id, settlement, now).await.unwrap() == Some(DeliveryState::Queued) {
                    self.out.remove(&id);
                }
            }
            Step::Release(which) => drop(store.release(self.pick(which), Hold::Approval).await.unwrap()),
            Step::Skip(which) => drop(store.skip(self.pick(which)).await.unwrap()),
            Step::EndAndSubscribe(chat) => {
                let id = crate::domain::SubscriptionId(chat + 1);
                let place = store.subscription(id).await.unwrap().unwrap().chat;
                store.end(id, "unsubscribed", now).await.unwrap();
                prop_assert_eq!(subscribe(&store, place).await, id);
            }
            Step::Restart => {
                let recovered = store.recover(&self.lead, now).await.unwrap();
                let recovered: BTreeSet<_> = recovered.into_iter().map(|delivery| delivery.id).collect();
                prop_assert_eq!(&recovered, &self.in_flight.keys().copied().collect());
                self.out.extend(recovered);
                self.in_flight.clear();
            }
            Step::Expire => drop(store.expire(now).await.unwrap()),
            Step::Pass(seconds) => self.now += seconds,
        }
        self.check().await
    }

    /// An outcome was given.
    fn ends(&mut self, id: DeliveryId, done: bool, out: bool) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.in_flight.remove(&id).is_some(), done, "an outcome is for what is in flight");
        if done && out {
            self.out.insert(id);
        }
        Ok(())
    }

    async fn check(&self) -> Result<(), TestCaseError> {
        let counts = self.store.counts().await.unwrap();
        prop_assert_eq!(counts.values().sum::<u64>(), self.keys.len() as u64, "something vanished, or came twice");
        prop_assert_eq!(counts[&DeliveryState::Sending], self.in_flight.len() as u64);
        for &id in &self.out {
            let state = state(&self.store, id).await;
            prop_assert!(!matches!(state, DeliveryState::Queued | DeliveryState::Sending), "{:?} is {:?}", id, state);
        }
        Ok(())
    }
}

fn address(id: i64) -> crate::domain::ChatRef {
    match id {
        2 => crate::domain::ChatRef { id: 0, thread: Some(5) },
        _ => chat(id),
    }
}

async fn all(store: &Store) -> Vec<DeliveryId> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT delivery_id FROM deliveries ORDER BY delivery_id")
        .fetch_all(&store.durable)
        .await
        .unwrap();
    ids.into_iter().map(DeliveryId).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_sent_twice_and_nothing_vanishes(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new().await;
            for step in steps {
                world.step(step).await?;
            }
            Ok::<_, TestCaseError>(())
        })?;
    }
}
