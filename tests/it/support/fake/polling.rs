//! getUpdates, which waits, and the webhook, which excludes it.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::{
    Shared,
    refusal::{OTHER_POLLER, POLLER_UNDER_WEBHOOK, Refusal, WEBHOOK_CAME},
    updates::{Poll, Updates},
    world::World,
};

/// Telegram cuts a longer `timeout` down to this.
const MAX_TIMEOUT: Duration = Duration::from_secs(50);

/// Answers getUpdates as soon as there is an update, or with none when `timeout` is over.
///
/// # Errors
///
/// 409 if there is a webhook, or as soon as another getUpdates or a webhook comes.
pub(crate) async fn get_updates(shared: &Shared, call: &Value) -> Result<Value, Refusal> {
    let mut changes = shared.changes();
    let timeout = Duration::from_secs(call["timeout"].as_u64().unwrap_or(0)).min(MAX_TIMEOUT);
    let deadline = Instant::now() + timeout;
    let poll = shared.change(|world| begin(&mut world.updates, call))?;
    loop {
        if shared.look(|world| stands(&world.updates, poll))? {
            return Ok(shared.change(|world| json!(world.updates.batch(poll))));
        }
        if timeout_at(deadline, changes.changed()).await.is_err() {
            return Ok(json!([]));
        }
    }
}

fn begin(updates: &mut Updates, call: &Value) -> Result<Poll, Refusal> {
    if updates.webhook.is_some() {
        return Err(Refusal::conflict(POLLER_UNDER_WEBHOOK));
    }
    Ok(updates.begin(call))
}

/// Whether a call that is still in force has something to answer.
fn stands(updates: &Updates, poll: Poll) -> Result<bool, Refusal> {
    if updates.webhook.is_some() {
        return Err(Refusal::conflict(WEBHOOK_CAME));
    }
    if !updates.is_current(poll) {
        return Err(Refusal::conflict(OTHER_POLLER));
    }
    Ok(updates.has_news())
}

pub(crate) fn set_webhook(world: &mut World, call: &Value) -> Value {
    let url = call["url"].as_str().unwrap_or_default();
    world.updates.webhook = (!url.is_empty()).then(|| url.to_owned());
    drop_pending_if_asked(world, call);
    json!(true)
}

pub(crate) fn delete_webhook(world: &mut World, call: &Value) -> Value {
    world.updates.webhook = None;
    drop_pending_if_asked(world, call);
    json!(true)
}

fn drop_pending_if_asked(world: &mut World, call: &Value) {
    if call["drop_pending_updates"] == json!(true) {
        world.updates.drop_pending();
    }
}

pub(crate) fn webhook_info(world: &World) -> Value {
    json!({
        "url": world.updates.webhook.as_deref().unwrap_or_default(),
        "has_custom_certificate": false,
        "pending_update_count": world.updates.unconfirmed().len(),
    })
}
