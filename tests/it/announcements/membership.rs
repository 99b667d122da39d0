//! The bot is made an administrator, silenced, removed: whoever did it hears of it in private, and the chat never.

use insta::assert_snapshot;
use onrecord::domain::{Approval, ChatKind, ChatRef, SubscriptionStatus, UserRef};

use super::subscribing::{ann, ben, group, news, stage};
use crate::support::announcer::{Announcer, admin, careful, plain};
use crate::support::fake::{
    Call, Chat, DEADLINE, Draft, FakeTelegram, Fault, FaultBody, Membership, Refusal, Script, User,
};
use crate::support::transcript::Transcript;

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";

/// A channel's owner lets the bot in, takes its rights away, gives them back, and removes it.
async fn let_in(language: &str, label: &str) -> String {
    let (ann, news) = (ann(language), news());
    let mut talk = Transcript::new(Chat::private(&ann), Some(stage().await)).await;
    talk.fake.kick(&news);
    talk.fake.set_member(&news, &ann, Membership::Creator);
    talk.note("she makes the bot an administrator of her channel");
    talk.fake.bot_membership(&news, &ann, Membership::Administrator);
    let offer = talk.hears().await;
    talk.note("for a moment she does not administer the channel");
    talk.fake.set_member(&news, &ann, Membership::Member);
    talk.taps(&ann, &offer, label).await;
    talk.fake.set_member(&news, &ann, Membership::Creator);
    talk.presses(&ann, &offer, label).await;
    talk.note("she takes the right to post away");
    talk.fake.bot_membership(&news, &ann, Membership::Member);
    talk.hears_in_time().await;
    talk.note("and gives it back");
    talk.fake.bot_membership(&news, &ann, Membership::Administrator);
    let offer = talk.hears().await;
    talk.presses(&ann, &offer, label).await;
    talk.note("she removes the bot, and it is silent");
    talk.fake.bot_membership(&news, &ann, Membership::Kicked);
    talk.says(&ann, "/unsubscribe").await;
    nothing_was_said_in(&talk.fake, &news);
    talk.end().await
}

fn nothing_was_said_in(fake: &FakeTelegram, chat: &Chat) {
    let calls = fake.all_calls().into_iter().filter(|call| call.chat_id() == Some(chat.id));
    let methods: Vec<String> = calls.map(|call| call.method).collect();
    assert!(methods.iter().all(|method| ["getChatMember", "getChat"].contains(&method.as_str())), "{methods:?}");
}

#[tokio::test]
async fn let_in_in_english() {
    assert_snapshot!(let_in("en", "Subscribe the chat").await);
}

#[tokio::test]
async fn let_in_in_russian() {
    assert_snapshot!(let_in("ru", "Подключить анонсы").await);
}

async fn status(bot: &Announcer, chat: &Chat, thread: Option<i32>) -> SubscriptionStatus {
    bot.store().subscription_of(ChatRef { id: chat.id, thread }).await.unwrap().unwrap().status
}

#[tokio::test]
async fn a_subscribed_chat_is_not_offered_again() {
    let mut bot = Announcer::at(BEFORE).await;
    let ann = ann("en");
    bot.fake.add_chat(&Chat::private(&ann));
    for chat in [news(), group()] {
        bot.subscribe(&chat, Some(&ann), &careful()).await;
        bot.fake.kick(&chat);
        bot.fake.bot_membership(&chat, &ann, Membership::Administrator);
        // Other rights of an administrator are no news.
        bot.fake.bot_membership(&chat, &ann, Membership::Administrator);
    }
    bot.hears(Draft::private(&ann, "/privacy")).await;
    assert_eq!(bot.fake.sent_to(ann.id).len(), 1, "the reply");
}

#[tokio::test]
async fn who_cannot_be_written_to_is_no_trouble() {
    let (ann, ben) = (ann("en"), ben("en"));
    let mut talk = Transcript::new(Chat::private(&ann), Some(stage().await)).await;
    talk.fake.kick(&group());
    // Ben never wrote to the bot; an anonymous administrator has no chat with it at all.
    talk.fake.bot_membership(&group(), &ben, Membership::Administrator);
    talk.fake.kick(&news());
    talk.fake.bot_membership(&news(), &User::anonymous_admin(), Membership::Administrator);
    talk.says(&ann, "/privacy").await;
    talk.fake.wait_for(|fake| fake.calls("sendMessage").len() == 3, DEADLINE).await;
    let tried: Vec<_> = talk.fake.calls("sendMessage").iter().map(Call::chat_id).collect();
    assert!(tried.contains(&Some(ben.id)) && tried.contains(&Some(ann.id)), "{tried:?}");
    assert_eq!(talk.fake.sent_to(group().id).len(), 1, "the welcome");
    nothing_was_said_in(&talk.fake, &news());
    talk.end().await;
}

#[tokio::test]
async fn a_forged_offer_or_a_chat_that_vanished_subscribes_nothing() {
    let (ann, group) = (ann("en"), group());
    let mut talk = Transcript::new(Chat::private(&ann), Some(stage().await)).await;
    talk.fake.kick(&group);
    talk.fake.set_member(&group, &ann, Membership::Administrator);
    talk.fake.bot_membership(&group, &ann, Membership::Administrator);
    let offer = talk.hears().await;
    talk.fake.bar(&group, Refusal::forbidden("the group chat was deleted"));
    let forged = ["b.en.-100700", "b.en.7", "b.ru.-100500", offer.data_of("Subscribe the chat")];
    for data in forged {
        let pressed = talk.fake.press(&ann, &offer, data);
        talk.fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
        let told = talk.fake.press_answers(&pressed.query_id)[0]["text"].as_str().unwrap_or_default().to_owned();
        let refused =
            ["Only an administrator of the chat can do this.", "Это может сделать только администратор чата."];
        assert!(refused.contains(&told.as_str()), "{data}: {told}");
    }
    let mine = talk.says(&ann, "/subscriptions").await;
    assert!(mine.text.starts_with("You have subscribed no chat."), "{}", mine.text);
    talk.end().await;
}

#[tokio::test]
async fn settings_pass_on_to_who_asks_once_their_owner_does_not_administer_the_chat_any_more() {
    let mut bot = Announcer::at(BEFORE).await;
    let (ann, ben) = (ann("en"), ben("en"));
    for user in [&ann, &ben] {
        bot.fake.add_chat(&Chat::private(user));
        bot.fake.set_member(&group(), user, Membership::Administrator);
    }
    bot.subscribe(&group(), Some(&ann), &plain()).await;
    for (ann_is, here, there) in [
        (
            Membership::Administrator,
            "The settings of this chat’s announcements are with",
            "You have subscribed no chat.",
        ),
        (
            Membership::Member,
            "The settings of this chat’s announcements are in a private chat",
            "Which chat’s settings?",
        ),
    ] {
        bot.fake.set_member(&group(), &ann, ann_is);
        bot.hears(Draft::new(&group(), &ben, "/subscriptions")).await;
        assert!(bot.last(group().id).text.starts_with(here), "{}", bot.last(group().id).text);
        bot.hears(Draft::private(&ben, "/subscriptions")).await;
        assert!(bot.last(ben.id).text.starts_with(there), "{}", bot.last(ben.id).text);
    }
    let chat = ChatRef { id: group().id, thread: None };
    let subscription = bot.store().subscription_of(chat).await.unwrap().unwrap();
    assert_eq!(subscription.owner, Some(UserRef(ben.id)));
    bot.hears(Draft::private(&ann, "/subscriptions")).await;
    assert!(bot.last(ann.id).text.starts_with("You have subscribed no chat."), "{}", bot.last(ann.id).text);
}

/// Her look-up failed, his worked: that was taken for her having ceased to administer the chat.
#[tokio::test]
async fn a_look_up_that_fails_takes_no_settings_from_their_owner() {
    for fault in [
        Fault::TooManyRequests { retry_after: Some(5) },
        Fault::Http { status: 502, body: FaultBody::Html },
        Fault::Refuse(Refusal::bad_request("member list is inaccessible")),
        Fault::ResetConnection,
        Fault::Garbage200,
    ] {
        let mut bot = Announcer::at(BEFORE).await;
        let (ann, ben) = (ann("en"), ben("en"));
        bot.fake.set_member(&group(), &ann, Membership::Administrator);
        bot.fake.set_member(&group(), &ben, Membership::Administrator);
        bot.subscribe(&group(), Some(&ann), &plain()).await;
        bot.fake.script(Script::new("getChatMember", fault.clone()).when(|call| call["user_id"] == 7));
        bot.hears(Draft::new(&group(), &ben, "/subscriptions")).await;
        let words = bot.last(group().id).text;
        assert!(words.starts_with("The settings of this chat’s announcements are with"), "{fault:?}: {words}");
        let chat = ChatRef { id: group().id, thread: None };
        let owner = bot.store().subscription_of(chat).await.unwrap().unwrap().owner;
        assert_eq!((owner, bot.fake.faults_left()), (Some(UserRef(ann.id)), 0), "{fault:?}");
    }
}

#[tokio::test]
async fn an_old_button_cannot_make_a_channel_a_group() {
    let mut bot = Announcer::at(BEFORE).await;
    let (ann, news) = (ann("en"), news());
    bot.fake.add_chat(&Chat::private(&ann));
    bot.fake.add_chat(&news);
    bot.fake.set_member(&news, &ann, Membership::Creator);
    bot.hears(Draft::private(&ann, "/about")).await;
    let any = bot.last(ann.id);
    for data in ["b.en.group.-100600", "b.en.-100600"] {
        bot.fake.press(&ann, &any, data);
        bot.hears(Draft::private(&ann, "/about")).await;
    }
    let chat = ChatRef { id: news.id, thread: None };
    let subscription = bot.store().subscription_of(chat).await.unwrap().unwrap();
    assert_eq!((subscription.kind, subscription.settings.approval), (ChatKind::Channel, Approval::Each));
}

#[tokio::test]
async fn a_chat_that_removes_the_bot_gets_nothing_more_and_nobody_is_told() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    let topic = ChatRef { id: group().id, thread: Some(5) };
    bot.store().subscribe(topic, ChatKind::Group, None, &plain(), bot.now()).await.unwrap();
    bot.hears(Draft::private(&admin(), "/pause")).await;
    bot.go(MONTH_AHEAD).await;
    bot.fake.bot_membership(&group(), &ann("en"), Membership::Kicked);
    bot.hears(Draft::private(&admin(), "/resume")).await;
    bot.look().await;
    assert_eq!(bot.deliveries().await, "2 cancelled");
    for thread in [None, Some(5)] {
        assert_eq!(status(&bot, &group(), thread).await, SubscriptionStatus::Ended);
    }
    assert_eq!((bot.n_tries(&group()), bot.fake.sent_to(admin().id).len()), (0, 2), "the two replies");
}

#[tokio::test]
async fn a_reader_who_blocks_the_bot_is_not_reminded_any_more() {
    let mut bot = Announcer::at(BEFORE).await;
    let private = Chat::private(&ann("en"));
    bot.subscribe(&private, Some(&ann("en")), &plain()).await;
    bot.fake.bot_membership(&private, &ann("en"), Membership::Kicked);
    bot.hears(Draft::private(&admin(), "/privacy")).await;
    let here = ChatRef { id: private.id, thread: None };
    assert_eq!(bot.store().subscription_of(here).await.unwrap(), None, "nothing of them is kept");
    bot.go(MONTH_AHEAD).await;
    assert_eq!(bot.n_tries(&private), 0);
}

#[tokio::test]
async fn a_group_that_silences_the_bot_is_suspended_before_the_next_post_and_its_admin_told_once() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.fake.bot_membership(&group(), &ann("en"), Membership::Restricted);
    bot.hears(Draft::private(&admin(), "/privacy")).await;
    bot.look().await;
    assert_eq!(status(&bot, &group(), None).await, SubscriptionStatus::Suspended);
    for at in [MONTH_AHEAD, "2026-09-02T10:00:00Z"] {
        bot.go(at).await;
        bot.restart().await;
    }
    assert_eq!(bot.n_tries(&group()), 0);
    let told = bot.fake.sent_to(admin().id);
    assert_eq!(told.len(), 2, "this, and the reply");
    assert!(told[1].text.ends_with("sends /subscribe to go on."), "{}", told[1].text);
}
