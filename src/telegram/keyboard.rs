//! Buttons as Telegram has them: under the message, or in place of the letters where a chat is to be chosen.

use reqwest::Url;
use teloxide::types::{
    ButtonRequest, ChatAdministratorRights, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton,
    KeyboardButtonRequestChat, KeyboardMarkup, ReplyMarkup, RequestId,
};

use crate::chat::{Action, LinkPayload, Target};
use crate::domain::ChatKind;

use super::setup::Me;

/// The buttons under a message. One that Telegram would refuse (a malformed address) is left out.
pub(super) fn inline(actions: &[Vec<Action>], me: &Me) -> Option<InlineKeyboardMarkup> {
    let button = |action| inline_button(action, me);
    let rows = actions.iter().map(|row| row.iter().filter_map(button).collect::<Vec<_>>());
    let rows: Vec<_> = rows.filter(|row| !row.is_empty()).collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

/// All buttons of a new message.
pub(super) fn markup(actions: &[Vec<Action>], me: &Me) -> Option<ReplyMarkup> {
    let choices = actions.iter().map(|row| row.iter().filter_map(choice).collect::<Vec<_>>());
    let choices: Vec<_> = choices.filter(|row| !row.is_empty()).collect();
    if choices.is_empty() {
        return inline(actions, me).map(ReplyMarkup::InlineKeyboard);
    }
    let keyboard = KeyboardMarkup::new(choices).one_time_keyboard().resize_keyboard();
    Some(ReplyMarkup::Keyboard(keyboard))
}

/// What kind of chat a request of that number asked for.
pub(super) fn kind_of_request(id: RequestId) -> Option<ChatKind> {
    [ChatKind::Channel, ChatKind::Group].into_iter().find(|kind| request_id(*kind) == Some(id))
}

const fn request_id(kind: ChatKind) -> Option<RequestId> {
    match kind {
        ChatKind::Channel => Some(RequestId(1)),
        ChatKind::Group => Some(RequestId(2)),
        ChatKind::Private => None,
    }
}

fn inline_button(action: &Action, me: &Me) -> Option<InlineKeyboardButton> {
    match &action.target {
        Target::Press(payload) => Some(InlineKeyboardButton::callback(&action.label, payload.as_str())),
        Target::Open(url) => Some(InlineKeyboardButton::url(&action.label, Url::parse(url).ok()?)),
        Target::Copy(words) => {
            let copied = CopyTextButton { text: words.clone() };
            Some(InlineKeyboardButton::copy_text_button(&action.label, copied))
        }
        Target::Share(payload) => Some(InlineKeyboardButton::url(&action.label, shared(me, payload)?)),
        Target::Forward(payload) => me
            .supports_inline_queries
            .then(|| InlineKeyboardButton::switch_inline_query(&action.label, payload.as_str())),
        Target::Talk(payload) => Some(InlineKeyboardButton::url(&action.label, private_chat(me, payload)?)),
        Target::Choose(_) => None,
    }
}

/// The page on which Telegram lets a person choose whom to send a link to.
fn shared(me: &Me, payload: &LinkPayload) -> Option<Url> {
    let link = private_chat(me, payload)?;
    Url::parse_with_params("https://t.me/share/url", [("url", link.as_str())]).ok()
}

/// The address of the private chat with the bot.
fn private_chat(me: &Me, payload: &LinkPayload) -> Option<Url> {
    Url::parse_with_params(&format!("https://t.me/{}", me.username), [("start", payload.as_str())]).ok()
}

/// Only chats that the person administers are shown; the person is offered to add the bot where it is not.
fn choice(action: &Action) -> Option<KeyboardButton> {
    let Target::Choose(kind) = action.target else { return None };
    let mut request = KeyboardButtonRequestChat::new(request_id(kind)?, kind == ChatKind::Channel);
    request.request_title = true;
    // A bot may post in a channel only as its administrator; in a group it is enough to be a member. The person's
    // rights have to include the bot's.
    request.user_administrator_rights = Some(rights(kind));
    match kind {
        ChatKind::Channel => request.bot_administrator_rights = Some(rights(kind)),
        ChatKind::Group | ChatKind::Private => request.bot_is_member = true,
    }
    Some(KeyboardButton::new(&action.label).request(ButtonRequest::RequestChat(request)))
}

fn rights(kind: ChatKind) -> ChatAdministratorRights {
    ChatAdministratorRights {
        is_anonymous: false,
        can_manage_chat: false,
        can_delete_messages: false,
        can_manage_video_chats: false,
        can_restrict_members: false,
        can_promote_members: false,
        can_change_info: false,
        can_invite_users: false,
        can_post_messages: (kind == ChatKind::Channel).then_some(true),
        can_edit_messages: None,
        can_pin_messages: None,
        can_post_stories: None,
        can_edit_stories: None,
        can_delete_stories: None,
        can_manage_topics: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserRef;

    fn me() -> Me {
        Me {
            id: UserRef(1),
            username: "quote_bot".into(),
            can_read_all_group_messages: false,
            supports_inline_queries: true,
        }
    }

    fn shown_by(me: &Me, targets: &[Target]) -> serde_json::Value {
        let action = |target: &Target| Action { label: "x".to_owned(), target: target.clone() };
        serde_json::to_value(markup(&[targets.iter().map(action).collect()], me)).unwrap()
    }

    fn shown(targets: &[Target]) -> serde_json::Value {
        shown_by(&me(), targets)
    }

    #[test]
    fn a_chat_is_chosen_among_those_the_person_administers() {
        let channel = shown(&[Target::Choose(ChatKind::Channel)]);
        let request = &channel["keyboard"][0][0]["request_chat"];
        assert_eq!(request["chat_is_channel"], true);
        assert_eq!(request["user_administrator_rights"]["can_post_messages"], true);
        assert_eq!(request["bot_administrator_rights"]["can_post_messages"], true);
        let group = shown(&[Target::Choose(ChatKind::Group)]);
        let request = &group["keyboard"][0][0]["request_chat"];
        assert_eq!((&request["chat_is_channel"], &request["bot_is_member"]), (&false.into(), &true.into()));
        assert_eq!(channel["one_time_keyboard"], true);
    }

    #[test]
    fn other_buttons_stand_under_the_message_and_malformed_ones_nowhere() {
        let open = |url: &str| Target::Open(url.to_owned());
        assert_eq!(shown(&[open("https://a/")])["inline_keyboard"][0][0]["url"], "https://a/");
        let talk = shown(&[Target::Talk(LinkPayload::new("group-5").unwrap())]);
        assert_eq!(talk["inline_keyboard"][0][0]["url"], "https://t.me/quote_bot?start=group-5");
        for nothing in [open("not an address"), Target::Choose(ChatKind::Private)] {
            assert_eq!(shown(&[nothing]), serde_json::Value::Null);
        }
    }

    #[test]
    fn a_quote_is_copied_and_its_link_shared() {
        let copy = shown(&[Target::Copy("“words”".to_owned())]);
        assert_eq!(copy["inline_keyboard"][0][0]["copy_text"]["text"], "“words”");
        let share = shown(&[Target::Share(LinkPayload::new("abcdefghij_2-5").unwrap())]);
        let url = "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fquote_bot%3Fstart%3Dabcdefghij_2-5";
        assert_eq!(share["inline_keyboard"][0][0]["url"], url);
    }

    #[test]
    fn a_quote_is_forwarded_by_a_search_where_there_is_one() {
        let forward = [Target::Forward(LinkPayload::new("abcdefghij_2-5").unwrap())];
        assert_eq!(shown(&forward)["inline_keyboard"][0][0]["switch_inline_query"], "abcdefghij_2-5");
        let without = Me { supports_inline_queries: false, ..me() };
        assert_eq!(shown_by(&without, &forward), serde_json::Value::Null);
    }

    #[test]
    fn only_requests_of_the_bot_are_known() {
        assert_eq!(kind_of_request(RequestId(1)), Some(ChatKind::Channel));
        assert_eq!(kind_of_request(RequestId(2)), Some(ChatKind::Group));
        assert_eq!(kind_of_request(RequestId(3)), None);
    }
}
