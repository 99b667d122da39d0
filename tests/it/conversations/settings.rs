//! The settings of a subscription, as its owner changes them in the private chat.

use insta::assert_snapshot;
use jiff::tz::TimeZone;
use onrecord::domain::{
    Approval, ChatKind, ChatRef, EventKind, Language, MilestoneChoice, QuietHours, Settings, Subscription, Title,
    UserRef,
};
use onrecord::store::Store;

use super::{ann, oleg};
use crate::support::bot::{Bot, TODAY, service};
use crate::support::fake::{Chat, FakeTelegram, Membership, Refusal, User};
use crate::support::transcript::Transcript;

const CHANNEL: ChatRef = ChatRef { id: -100_700, thread: None };
const TOPIC: ChatRef = ChatRef { id: -100_500, thread: Some(4) };

/// Somebody who subscribed a channel that they administer, alone with the bot.
async fn owner(user: &User, language: Language) -> (Transcript, Store) {
    let fake = FakeTelegram::start().await;
    let channel = Chat::channel(CHANNEL.id, "Exercises");
    fake.add_chat(&channel);
    fake.set_member(&channel, user, Membership::Creator);
    let service = service(&fake).await;
    let store = service.store.clone();
    subscribe(&store, CHANNEL, ChatKind::Channel, user, language).await;
    let bot = Bot::serve(service);
    (Transcript::new(Chat::private(user), Some((fake, bot))).await, store)
}

async fn subscribe(store: &Store, chat: ChatRef, kind: ChatKind, owner: &User, language: Language) {
    let settings = Settings::new(kind, language, TimeZone::UTC);
    let now = TODAY.parse().unwrap();
    let made = store.subscribe(chat, kind, Some(UserRef(owner.id)), &settings, now).await.unwrap();
    let title = if chat == CHANNEL { "Exercises" } else { "Neighbours" };
    store.set_title(made.id, &Title::clean(title).unwrap()).await.unwrap();
}

async fn stored(store: &Store, chat: ChatRef) -> Subscription {
    store.subscription_of(chat).await.unwrap().unwrap()
}

#[tokio::test]
async fn settings_are_changed_in_one_message() {
    let ann = ann();
    let (mut talk, store) = owner(&ann, Language::English).await;
    let list = talk.says(&ann, "/subscriptions").await;
    let first = talk.presses(&ann, &list, "Exercises").await;
    let mut panel = first.clone();
    for label in [
        "Post without asking",
        "Without meetings",
        "Only ahead",
        "At 9:00",
        "Quiet 22:00–8:00",
        "По-русски",
        "Without a sound",
        "Pin posts",
    ] {
        panel = talk.presses(&ann, &panel, label).await;
    }
    let settings = stored(&store, CHANNEL).await.settings;
    let expected = Settings {
        approval: Approval::None,
        kinds: EventKind::ALL.into_iter().filter(|kind| *kind != EventKind::Meeting).collect(),
        milestones: MilestoneChoice::Ahead,
        hour: 9,
        quiet: QuietHours::new(22, 8),
        language: Language::Russian,
        silent: true,
        pin: true,
        ..settings.clone()
    };
    assert_eq!(settings, expected);
    // Pressed again from a message that is not up to date: it sets what it says.
    talk.presses(&ann, &first, "Without meetings").await;
    assert_eq!(stored(&store, CHANNEL).await.settings, expected);
    talk.presses(&ann, &panel, "Unsubscribe").await;
    talk.says(&ann, "/subscriptions").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn settings_are_shown_in_russian() {
    let oleg = oleg();
    let (mut talk, store) = owner(&oleg, Language::Russian).await;
    let list = talk.says(&oleg, "/subscriptions").await;
    let panel = talk.presses(&oleg, &list, "Exercises").await;
    let panel = talk.presses(&oleg, &panel, "Без других дат").await;
    talk.calls_up(&oleg, &panel, "Как это будет").await;
    let list = talk.says(&oleg, "/timezone Bishkek").await;
    assert!(list.text.contains("Asia/Bishkek"), "{}", list.text);
    assert_eq!(stored(&store, CHANNEL).await.settings.zone.iana_name(), Some("Asia/Bishkek"));
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn a_preview_is_what_members_will_see() {
    let ann = ann();
    let (mut talk, _store) = owner(&ann, Language::Russian).await;
    let list = talk.says(&ann, "/subscriptions").await;
    let mut panel = talk.presses(&ann, &list, "Exercises").await;
    for label in ["Without exercises", "Without meetings", "Without other dates"] {
        panel = talk.presses(&ann, &panel, label).await;
    }
    talk.taps(&ann, &panel, "Without anniversaries").await;
    talk.calls_up(&ann, &panel, "Preview").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn who_lost_their_rights_changes_nothing() {
    let ann = ann();
    let (mut talk, store) = owner(&ann, Language::English).await;
    let list = talk.says(&ann, "/subscriptions").await;
    let panel = talk.presses(&ann, &list, "Exercises").await;
    talk.fake.set_member(&Chat::channel(CHANNEL.id, "Exercises"), &ann, Membership::Member);
    let before = stored(&store, CHANNEL).await;
    for label in ["Post without asking", "Preview"] {
        talk.taps(&ann, &panel, label).await;
    }
    let refused = talk.says(&ann, "/timezone Bishkek").await;
    assert_eq!(refused.text, "Only an administrator of the chat can do this.");
    assert_eq!(stored(&store, CHANNEL).await, before);
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn a_time_zone_is_set_by_name_or_city() {
    let ann = ann();
    let (mut talk, store) = owner(&ann, Language::English).await;
    let group = Chat::supergroup(TOPIC.id, "Neighbours");
    talk.fake.set_member(&group, &ann, Membership::Administrator);
    talk.says(&ann, "/timezone").await;
    talk.says(&ann, "/timezone Atlantis").await;
    talk.says(&ann, "/timezone new york").await;
    subscribe(&store, TOPIC, ChatKind::Group, &ann, Language::English).await;
    talk.says(&ann, "/timezone Bishkek").await;
    talk.says(&ann, "/timezone -100500/4 Europe/Oslo").await;
    talk.says(&ann, "/timezone -5 Europe/Oslo").await;
    talk.says(&ann, "/timezone -100700 eastern").await;
    for (chat, zone) in [(CHANNEL, "America/New_York"), (TOPIC, "Europe/Oslo")] {
        assert_eq!(stored(&store, chat).await.settings.zone.iana_name(), Some(zone));
    }
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn settings_are_not_shown_in_a_group() {
    let ann = ann();
    let mut talk = Transcript::group(&Chat::supergroup(TOPIC.id, "Neighbours")).await;
    for command in ["/subscriptions", "/timezone Bishkek"] {
        let reply = talk.says(&ann, command).await;
        assert_eq!(reply.text, "This command works in a private chat with me.");
    }
    talk.end().await;
}

#[tokio::test]
async fn a_chat_that_vanished_between_two_presses_changes_nothing() {
    for refusal in ["the group chat was deleted", "bot was kicked from the channel chat"] {
        let ann = ann();
        let (mut talk, store) = owner(&ann, Language::English).await;
        let list = talk.says(&ann, "/subscriptions").await;
        let of_the_channel = list.keyboard[0][0].label.clone();
        let panel = talk.presses(&ann, &list, &of_the_channel).await;
        talk.fake.bar(&Chat::channel(CHANNEL.id, "Exercises"), Refusal::forbidden(refusal));
        let before = stored(&store, CHANNEL).await;
        for label in ["Post without asking", "Preview"] {
            talk.taps(&ann, &panel, label).await;
        }
        talk.presses(&ann, &panel, "Unsubscribe").await;
        assert_eq!(stored(&store, CHANNEL).await, before);
        assert!(talk.end().await.contains("Only an administrator of the chat can do this."), "{refusal}");
    }
}
