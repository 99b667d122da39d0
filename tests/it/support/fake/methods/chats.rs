//! What the bot asks about chats and their members.

use serde_json::{Value, json};

use crate::support::fake::{
    BOT_ID,
    chats::ChatState,
    content::set,
    people::{ChatKind, Membership},
    refusal::Refusal,
    world::World,
};

pub(super) fn get(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let state = world.chats.named(call)?;
    // The bot that was thrown out still may look at somebody's private chat, not at a group.
    match &state.barred {
        Some(refusal) if state.chat.kind != ChatKind::Private => Err(refusal.clone()),
        _ => {
            let mut chat = state.chat.to_full_json();
            set(&mut chat, "linked_chat_id", state.linked.map(|id| json!(id)));
            Ok(chat)
        }
    }
}

pub(super) fn member(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let state = readable(world, call)?;
    let user_id = call["user_id"].as_i64().unwrap_or_default();
    if let Some((user, membership)) = state.members.get(&user_id) {
        return Ok(membership.to_json(user));
    }
    let Some(user) = world.chats.user(user_id) else {
        return Err(Refusal::bad_request("user not found"));
    };
    Ok(Membership::Left.to_json(user))
}

pub(super) fn administrators(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let state = readable(world, call)?;
    if state.chat.kind == ChatKind::Private {
        return Err(Refusal::bad_request("there are no administrators in the private chat"));
    }
    let admins = state
        .members
        .values()
        .filter(|(_, membership)| membership.is_admin())
        // Other bots are left out of the answer.
        .filter(|(user, _)| !user.is_bot || user.id == BOT_ID)
        .map(|(user, membership)| membership.to_json(user));
    Ok(admins.collect())
}

fn readable<'a>(world: &'a mut World, call: &Value) -> Result<&'a ChatState, Refusal> {
    let state = world.chats.named(call)?;
    // Somebody who is only muted may still look around.
    let shut_out = |refusal: &&Refusal| refusal.code == 403 || refusal.parameters.is_some();
    match state.barred.as_ref().filter(shut_out) {
        Some(refusal) => Err(refusal.clone()),
        None if state.chat.kind == ChatKind::Channel && !state.bot_membership().is_admin() => {
            Err(Refusal::bad_request("member list is inaccessible"))
        }
        None => Ok(&*state),
    }
}

pub(super) fn leave(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let bot = world.profile.user();
    let state = world.chats.writable(call)?;
    if state.chat.kind == ChatKind::Private {
        return Err(Refusal::bad_request("chat not found"));
    }
    state.members.insert(BOT_ID, (bot, Membership::Left));
    let reason = format!("bot is not a member of the {} chat", state.chat.kind_name());
    state.barred = Some(Refusal::forbidden(&reason));
    Ok(json!(true))
}
