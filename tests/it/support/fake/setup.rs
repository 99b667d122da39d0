//! What a test arranges: faults, rights, the profile, the clock.

use super::{
    BOT_ID, FakeTelegram,
    faults::{Fault, Script},
    people::{Chat, ChatKind, Membership, User},
    refusal::Refusal,
};

impl FakeTelegram {
    /// The next call of `method` meets this fault, and has no effect.
    pub(crate) fn fault(&self, method: &str, fault: Fault) {
        self.script(Script::new(method, fault));
    }

    /// The next `n` calls of `method` meet this fault, and have no effect.
    pub(crate) fn fault_times(&self, method: &str, n: usize, fault: Fault) {
        self.script(Script::new(method, fault).times(n));
    }

    /// Scripts a fault with conditions. Each call meets at most one: the first that fits.
    pub(crate) fn script(&self, script: Script) {
        self.shared.change(|world| world.scripts.add(script));
    }

    /// How many strikes are scripted and did not come yet.
    pub(crate) fn faults_left(&self) -> usize {
        self.shared.look(|world| world.scripts.n_left())
    }

    /// Turns privacy mode off, as its owner can; what it hid before is not delivered later.
    pub(crate) fn turn_privacy_off(&self) {
        self.shared.change(|world| world.profile.can_read_all_group_messages = true);
    }

    /// Fixes the `date` of what comes from now on, in unix seconds.
    pub(crate) fn set_date(&self, unix_seconds: i64) {
        self.shared.change(|world| world.date = Some(unix_seconds));
    }

    /// Makes the chat known to the bot, as a member (in a channel: an administrator).
    pub(crate) fn add_chat(&self, chat: &Chat) {
        self.shared.change(|world| {
            world.chats.meet(chat);
        });
    }

    /// Makes `user` a member, an admin, or gone; for the bot itself see `bot_membership`.
    pub(crate) fn set_member(&self, chat: &Chat, user: &User, membership: Membership) {
        self.shared.change(|world| {
            let members = &mut world.chats.meet(chat).members;
            members.insert(user.id, (user.clone(), membership));
        });
    }

    /// Every write to this chat is refused, until the bot is let in again or somebody writes to it in
    /// private. (To refuse the very answer to a message, script [`Fault::Refuse`].)
    pub(crate) fn bar(&self, chat: &Chat, refusal: Refusal) {
        self.shared.change(|world| world.chats.meet(chat).barred = Some(refusal));
    }

    /// The user blocks the bot, without an update (as if it was missed).
    pub(crate) fn block(&self, user: &User) {
        self.bar_as(&Chat::private(user), Membership::Kicked);
    }

    /// The bot is thrown out of a group or channel, without an update (as if it was missed).
    pub(crate) fn kick(&self, chat: &Chat) {
        self.bar_as(chat, Membership::Kicked);
    }

    fn bar_as(&self, chat: &Chat, membership: Membership) {
        self.shared.change(|world| {
            let bot = world.profile.user();
            let state = world.chats.meet(chat);
            state.members.insert(BOT_ID, (bot, membership));
            state.barred = bar_for(chat, membership);
        });
    }

    /// Posts of the channel appear in the group from now on.
    pub(crate) fn link(&self, channel: &Chat, group: &Chat) {
        self.shared.change(|world| {
            world.chats.meet(channel).linked = Some(group.id);
            world.chats.meet(group).linked = Some(channel.id);
        });
    }

    /// All presses so far are too old to be answered.
    pub(crate) fn expire_presses(&self) {
        self.shared.change(|world| world.presses.values_mut().for_each(|alive| *alive = false));
    }

    /// Numbers the updates to come from `update_id` on, as Telegram does after a quiet week.
    pub(crate) fn renumber_updates(&self, update_id: i64) {
        self.shared.change(|world| world.updates.renumber(update_id));
    }
}

/// What a bot of this membership is told when it writes.
pub(crate) fn bar_for(chat: &Chat, membership: Membership) -> Option<Refusal> {
    let kind = chat.kind_name();
    let reason = match (membership, chat.kind) {
        (Membership::Creator | Membership::Administrator | Membership::Member, _) => return None,
        (Membership::Restricted, _) => {
            return Some(Refusal::bad_request("not enough rights to send text messages to the chat"));
        }
        (_, ChatKind::Private) => "bot was blocked by the user".to_owned(),
        (Membership::Left, _) => format!("bot is not a member of the {kind} chat"),
        (Membership::Kicked, _) => format!("bot was kicked from the {kind} chat"),
    };
    Some(Refusal::forbidden(&reason))
}
