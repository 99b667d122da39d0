//! The bot's own standing in a chat, as a `my_chat_member` update tells it.
//!
//! Read by itself, not through teloxide's types: those refuse a member with one right they do not know.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::chat::{Address, Incoming, Membership, Standing, What};
use crate::domain::{ChatKind, ChatRef, Language, Title, UserRef};

#[derive(Deserialize)]
struct Change {
    chat: Place,
    from: Person,
    /// In unix seconds.
    date: i64,
    old_chat_member: Member,
    new_chat_member: Member,
}

#[derive(Deserialize)]
struct Place {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
    title: Option<String>,
}

#[derive(Deserialize)]
struct Person {
    id: i64,
    #[serde(default)]
    is_bot: bool,
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct Member {
    status: String,
    can_post_messages: Option<bool>,
    can_send_messages: Option<bool>,
}

/// How much the bot may do in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Power {
    /// It is out.
    None,
    /// It may look.
    Look,
    /// It may post.
    Post,
    /// It may post as an administrator.
    Administer,
}

/// Reads a change; `None` if it is one that the bot does nothing about.
pub(super) fn read(change: &Value) -> Option<Incoming> {
    let change = Change::deserialize(change).ok()?;
    let kind = match change.chat.kind.as_str() {
        "private" => ChatKind::Private,
        "channel" => ChatKind::Channel,
        _ => ChatKind::Group,
    };
    let power = |member: &Member| power(kind, member);
    let became = match (power(&change.old_chat_member), power(&change.new_chat_member)) {
        // A group that becomes a supergroup is left as well: only the answer to the next post tells whether it moved.
        (_, Power::None) if change.chat.kind == "group" => Membership::Gone,
        (_, Power::None) => Membership::Removed,
        (Power::Post | Power::Administer, Power::Look) => Membership::Silenced,
        (Power::None, Power::Post) if kind == ChatKind::Group => Membership::Added,
        (Power::None, Power::Administer) if kind == ChatKind::Group => Membership::AddedAsAdministrator,
        (Power::None | Power::Look | Power::Post, Power::Administer) => Membership::Promoted,
        (Power::None | Power::Look, Power::Look | Power::Post)
        | (Power::Post | Power::Administer, Power::Post)
        | (Power::Administer, Power::Administer) => return None,
    };
    Some(Incoming {
        chat: ChatRef { id: change.chat.id, thread: None },
        kind,
        // An administrator who is anonymous has a placeholder, which calls itself a bot.
        from: (!change.from.is_bot).then_some(UserRef(change.from.id)),
        standing: Standing::Own,
        interface: change.from.language_code.as_deref().and_then(Language::from_code),
        message: None,
        title: change.chat.title.as_deref().and_then(Title::clean),
        sent: Timestamp::from_second(change.date).ok()?,
        replied: None,
        address: Address::Personal,
        what: What::Membership(became),
    })
}

fn power(kind: ChatKind, member: &Member) -> Power {
    match (member.status.as_str(), kind) {
        ("creator", _) => Power::Administer,
        ("administrator", ChatKind::Channel) if member.can_post_messages != Some(true) => Power::Look,
        ("administrator", _) => Power::Administer,
        ("member", ChatKind::Channel) => Power::Look,
        ("member", ChatKind::Group | ChatKind::Private) => Power::Post,
        ("restricted", _) if member.can_send_messages == Some(true) => Power::Post,
        ("restricted", _) => Power::Look,
        _ => Power::None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn member(status: &str) -> Value {
        match status {
            "poster" => json!({ "status": "administrator", "can_post_messages": true, "can_fly": { "high": true } }),
            "editor" => json!({ "status": "administrator", "can_post_messages": false }),
            "muted" => json!({ "status": "restricted", "can_send_messages": false }),
            "watched" => json!({ "status": "restricted", "can_send_messages": true }),
            status => json!({ "status": status }),
        }
    }

    fn change(chat: &str, old: &str, new: &str) -> Value {
        json!({
            "chat": { "id": -100, "type": chat, "title": "x" },
            "from": { "id": 7, "is_bot": false, "language_code": "ru" },
            "date": 1_795_435_200,
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        })
    }

    #[test]
    fn what_the_bot_may_do_is_told_by_what_it_could_do_before() {
        use Membership::{Added, AddedAsAdministrator, Gone, Promoted, Removed, Silenced};
        for (chat, old, new, expected) in [
            ("channel", "left", "poster", Some(Promoted)),
            ("channel", "kicked", "poster", Some(Promoted)),
            ("channel", "editor", "poster", Some(Promoted)),
            ("channel", "poster", "poster", None),
            ("channel", "left", "editor", None),
            ("channel", "poster", "editor", Some(Silenced)),
            ("channel", "poster", "member", Some(Silenced)),
            ("channel", "poster", "left", Some(Removed)),
            ("channel", "poster", "kicked", Some(Removed)),
            ("supergroup", "left", "administrator", Some(AddedAsAdministrator)),
            ("group", "kicked", "administrator", Some(AddedAsAdministrator)),
            ("supergroup", "kicked", "watched", Some(Added)),
            ("group", "left", "member", Some(Added)),
            ("private", "left", "member", None),
            ("supergroup", "member", "administrator", Some(Promoted)),
            ("supergroup", "muted", "administrator", Some(Promoted)),
            ("supergroup", "left", "member", Some(Added)),
            ("supergroup", "administrator", "member", None),
            ("supergroup", "muted", "member", None),
            ("supergroup", "administrator", "watched", None),
            ("supergroup", "administrator", "muted", Some(Silenced)),
            ("supergroup", "member", "muted", Some(Silenced)),
            ("supergroup", "left", "muted", None),
            ("supergroup", "member", "kicked", Some(Removed)),
            ("group", "member", "administrator", Some(Promoted)),
            ("group", "member", "left", Some(Gone)),
            ("group", "member", "kicked", Some(Gone)),
            ("private", "member", "kicked", Some(Removed)),
            ("private", "kicked", "member", None),
            ("channel", "poster", "something new", Some(Removed)),
        ] {
            let found = read(&change(chat, old, new)).map(|incoming| incoming.what);
            assert_eq!(found, expected.map(What::Membership), "{chat}: {old} to {new}");
        }
    }

    #[test]
    fn who_did_it_is_known_unless_they_are_anonymous() {
        let mut change = change("channel", "left", "poster");
        let found = read(&change).unwrap();
        assert_eq!((found.from, found.interface), (Some(UserRef(7)), Some(Language::Russian)));
        assert_eq!((found.chat, found.kind), (ChatRef { id: -100, thread: None }, ChatKind::Channel));
        change["from"]["is_bot"] = json!(true);
        assert_eq!(read(&change).unwrap().from, None);
        for missing in ["chat", "from", "date", "old_chat_member", "new_chat_member"] {
            let mut change = change.clone();
            change.as_object_mut().unwrap().remove(missing);
            assert_eq!(read(&change), None, "{missing}");
        }
    }
}
