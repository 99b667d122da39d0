//! Updates are confirmed by offsets, for good, and only one poller may wait for them.

use serde_json::json;

use super::{Client, ann};
use crate::support::fake::{Accepted, Chat, DEADLINE, FakeTelegram, Fault, Membership, Pushed, Refusal, Script, User};

const NONE: [i64; 0] = [];

#[tokio::test]
async fn an_offset_confirms_all_below_it_for_good() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let ann = User::new(7, "Ann");
    let ids: Vec<_> = (0..4).map(|_| fake.private_text(&ann, "hi").update_id).collect();

    assert_eq!(client.poll(0).await, ids);
    assert_eq!(client.poll(0).await, ids, "unconfirmed ones come again");
    assert_eq!(client.poll(ids[2]).await, ids[2..]);
    assert_eq!(client.poll(ids[0]).await, ids[2..], "a lower offset brings nothing back");
    assert_eq!(fake.confirmed_offset(), ids[2]);
    assert_eq!(fake.unconfirmed(), ids[2..]);
    assert_eq!(client.poll(-1).await, ids[3..], "a negative one keeps the last");
    assert_eq!(client.poll(ids[3] + 1).await, NONE);
    assert_eq!(fake.unconfirmed(), NONE);
}

#[tokio::test]
async fn an_offset_far_ahead_confirms_nothing() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let old = fake.private_text(&User::new(7, "Ann"), "before the quiet week").update_id;
    assert_eq!(client.poll(old + 1).await, NONE);

    fake.renumber_updates(100);
    let new = fake.private_text(&User::new(7, "Ann"), "after it").update_id;
    assert_eq!(new, 100);
    assert_eq!(client.poll(old + 1).await, [100]);
    assert_eq!(client.poll(101).await, NONE);
}

#[tokio::test]
async fn a_limit_is_kept_and_defaults_to_a_hundred() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let ann = User::new(7, "Ann");
    for _ in 0..103 {
        fake.private_text(&ann, "hi");
    }
    for (limit, expected) in [(json!(2), 2), (json!(1000), 100), (json!(null), 100), (json!(0), 100)] {
        let updates = client.ok("getUpdates", json!({ "limit": limit })).await;
        assert_eq!(updates.as_array().unwrap().len(), expected, "{limit}");
    }
}

#[tokio::test]
async fn a_waiting_poll_wakes_at_once_and_ends_empty() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { client.ok("getUpdates", json!({ "timeout": 50 })).await }
    });
    fake.wait_for(|fake| fake.calls("getUpdates").len() == 1, DEADLINE).await;
    let pushed: Pushed = fake.private_text(&User::new(7, "Ann"), "hi");
    let updates = waiting.await.unwrap();
    assert_eq!(updates[0]["update_id"], pushed.update_id);

    let next = json!({ "offset": pushed.update_id + 1, "timeout": 1 });
    assert_eq!(client.ok("getUpdates", next).await, json!([]));
}

#[tokio::test]
async fn a_second_poller_ends_the_first() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.refused("getUpdates", json!({ "timeout": 50 })).await }
    });
    fake.wait_for(|fake| fake.calls("getUpdates").len() == 1, DEADLINE).await;
    assert_eq!(client.poll(0).await, NONE);
    let (status, description) = first.await.unwrap();
    assert_eq!(status, 409);
    assert_eq!(
        description,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance \
         is running"
    );
}

#[tokio::test]
async fn a_webhook_excludes_polling() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    ann(&fake);
    client.ok("setWebhook", json!({ "url": "https://example.org/hook" })).await;
    let (status, description) = client.refused("getUpdates", json!({})).await;
    assert_eq!(status, 409);
    assert!(description.starts_with("Conflict: can't use getUpdates method while webhook"));
    let info = client.ok("getWebhookInfo", json!({})).await;
    assert_eq!(info["url"], "https://example.org/hook");
    assert_eq!(info["pending_update_count"], 1);

    client.ok("deleteWebhook", json!({ "drop_pending_updates": true })).await;
    assert_eq!(client.ok("getWebhookInfo", json!({})).await["url"], "");
    assert_eq!(client.poll(0).await, NONE);
}

#[tokio::test]
async fn only_allowed_kinds_are_queued_and_the_choice_is_remembered() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let ann = User::new(7, "Ann");
    client.ok("getUpdates", json!({ "allowed_updates": ["my_chat_member"] })).await;
    client.ok("getUpdates", json!({})).await;
    assert!(!fake.private_text(&ann, "hi").queued);
    let change = fake.bot_membership(&Chat::private(&ann), &ann, Membership::Kicked);
    let odd = fake.raw(json!({ "no_such_kind": {} }));
    assert_eq!(client.poll(0).await, [change, odd], "raw ones always come");

    client.ok("getUpdates", json!({ "allowed_updates": [] })).await;
    assert!(fake.private_text(&ann, "hi").queued);
}

#[tokio::test]
async fn duplicates_and_ids_out_of_order_are_delivered_once_whatever_was_confirmed() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let first = fake.private_text(&User::new(7, "Ann"), "hi").update_id;
    let next = first + 1;
    assert_eq!(client.poll(next).await, NONE);

    fake.again(first);
    fake.raw(json!({ "update_id": first - 5, "poll": {} }));
    fake.again(first + 99);
    assert_eq!(client.poll(next).await, [first, first - 5]);
    assert_eq!(client.poll(next).await, NONE);
}

#[tokio::test]
async fn a_spoilt_poll_confirms_only_if_it_was_accepted() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let first = fake.private_text(&User::new(7, "Ann"), "hi").update_id;
    fake.fault("getUpdates", Fault::Refuse(Refusal::conflict("no")));
    let (status, description) = client.refused("getUpdates", json!({ "offset": first + 1 })).await;
    assert_eq!((status, description.as_str()), (409, "Conflict: no"));
    assert_eq!(client.poll(0).await, [first]);

    fake.script(Script::new("getUpdates", Fault::ResetConnection).accepted(Accepted::After));
    let lost = client.post("getUpdates", &json!({ "offset": first + 1 })).await;
    assert!(lost.is_err());
    assert_eq!(client.poll(0).await, NONE);
}
