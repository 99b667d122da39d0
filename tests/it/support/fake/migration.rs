//! A group becomes a supergroup. Telegram promises no order of what it tells of that, nor that it tells all of it
//! (tdlib/telegram-bot-api, issue 266): a test chooses.

use serde_json::{Value, json};

use super::{
    BOT_ID, FakeTelegram,
    draft::Draft,
    people::{Chat, Membership, User},
    refusal::Refusal,
    updates::Pushed,
    world::World,
    writing::write,
};

/// What Telegram tells of a move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Told {
    /// The bot is not in the group any more.
    Left,
    /// The bot is in the supergroup.
    Joined,
    /// Where the one went and where the other came from: a service message in each.
    Moved,
}

impl FakeTelegram {
    /// A group becomes a supergroup: two service messages, and the old address is refused with the new one.
    pub(crate) fn migrate(&self, group: &Chat, supergroup: &Chat, user: &User) -> [Pushed; 2] {
        self.shared.change(|world| {
            upgrade(world, group, supergroup);
            moved(world, group, supergroup, user)
        })
    }

    /// The same, of which is told so much, in this order.
    pub(crate) fn migrate_telling(&self, told: &[Told], group: &Chat, supergroup: &Chat, user: &User) {
        self.shared.change(|world| {
            upgrade(world, group, supergroup);
            for told in told {
                match told {
                    Told::Left => standing(world, group, user, [Membership::Member, Membership::Left]),
                    Told::Joined => standing(world, supergroup, user, [Membership::Left, Membership::Member]),
                    Told::Moved => {
                        moved(world, group, supergroup, user);
                    }
                }
            }
        });
    }
}

fn upgrade(world: &mut World, group: &Chat, supergroup: &Chat) {
    let mut members = world.chats.meet(group).members.clone();
    members.remove(&BOT_ID);
    world.chats.meet(supergroup).members.extend(members);
    world.chats.meet(group).barred = Some(Refusal::moved(supergroup.id));
}

fn moved(world: &mut World, group: &Chat, supergroup: &Chat, user: &User) -> [Pushed; 2] {
    let service = |chat, field, id: i64| Draft::new(chat, user, "").with("text", Value::Null).with(field, json!(id));
    [
        write(world, service(group, "migrate_to_chat_id", supergroup.id)),
        write(world, service(supergroup, "migrate_from_chat_id", group.id)),
    ]
}

fn standing(world: &mut World, chat: &Chat, user: &User, [old, new]: [Membership; 2]) {
    let (bot, date) = (world.profile.user(), world.date());
    world.chats.meet(chat).members.insert(BOT_ID, (bot.clone(), new));
    world.log.arrive(chat.id);
    let change = json!({
        "chat": chat.to_json(),
        "from": user.to_json(),
        "date": date,
        "old_chat_member": old.to_json(&bot),
        "new_chat_member": new.to_json(&bot),
    });
    world.updates.push("my_chat_member", change);
}
