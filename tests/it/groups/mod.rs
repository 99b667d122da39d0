//! Manners in groups, and floods, over HTTP: what stays, what goes, what is not answered.

mod addressing;
mod apologies;
mod floods;
mod moving;
mod private;
mod settings;
mod taking_all_back;
mod taking_back;
mod troubles;

use jiff::SignedDuration;
use onrecord::domain::{Lifetime, Manners, Venue};
use onrecord::store::Store;

use crate::support::fake::{Chat, DEADLINE, FakeTelegram};
use crate::support::service::{Stage, skip_until};

const QUESTION: &str = "/ask contacts with the OSCE";

const BRIEF: Manners = Manners { lifetime: Lifetime::Minutes5, venue: Venue::Here, language: None };

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// A group that chose this.
async fn stage(manners: Manners) -> (Stage, Store) {
    let stage = Stage::set().await;
    stage.fake.add_chat(&group());
    let store = stage.service().await.store;
    choose(&store, &group(), manners).await;
    (stage, store)
}

async fn choose(store: &Store, group: &Chat, manners: Manners) {
    store.change_manners(group.id, |_| manners).await.unwrap();
}

/// That much time goes by for the bot and in Telegram.
fn pass(stage: &Stage, time: SignedDuration, now: &mut i64) {
    stage.dial.turn(time);
    *now += time.as_secs();
    stage.fake.set_date(*now);
}

async fn gone(fake: &FakeTelegram) {
    skip_until(fake.wait_for(|fake| fake.messages(group().id).is_empty(), DEADLINE)).await;
}
