//! What the bot leaves alone, and what it sets by itself: other bots, channels, edits, forged buttons, its own menu.

use std::time::Duration;

use crate::support::bot::Bot;
use crate::support::fake::{Chat, DEADLINE, Draft, FakeTelegram, User};

const THANKS: &str = "thanks";
const WELCOME: &str = "You are welcome.";

fn ann() -> User {
    User::new(7, "Ann").speaking("en")
}

fn ben() -> User {
    User::new(8, "Ben").speaking("en")
}

#[tokio::test]
async fn a_forged_or_outdated_button_is_told_so() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    fake.private_text(&ann(), "OSCE");
    let sent = fake.wait_for_sent(7, 1).await.remove(0);
    for (data, toast) in
        [("nonsense", "too old"), ("p.en.abcdefgh23", "has changed"), ("t.en.zzzzzzzzzz", "not there any more")]
    {
        let pressed = fake.press(&ann(), &sent, data);
        fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
        let answer = fake.press_answers(&pressed.query_id).remove(0);
        assert!(answer["text"].as_str().unwrap().contains(toast), "{data}: {answer}");
    }
    bot.stop().await;
    assert_eq!(fake.calls("editMessageText").len(), 0);
}

#[tokio::test]
async fn other_bots_channels_edits_and_other_commands_get_no_reply() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    let group = Chat::supergroup(-10_077, "Group");
    let channel = Chat::channel(-10_078, "Channel");
    fake.add_chat(&group);
    fake.add_chat(&channel);
    fake.write(Draft::new(&group, &ben().automated(), "/ask OSCE"));
    fake.channel_post(&channel, "/ask OSCE");
    fake.group_text(&group, &ann(), "/ask@some_other_bot OSCE");
    fake.group_text(&group, &ann(), "OSCE?");
    let asked = fake.group_text(&group, &ann(), "/ask thanks");
    fake.edit_message(asked, "/ask hello");
    let sent = fake.wait_for_sent(group.id, 1).await;
    fake.private_text(&ann(), THANKS);
    fake.wait_for_sent(7, 1).await;
    bot.stop().await;
    assert_eq!(sent[0].text, WELCOME);
    assert_eq!(fake.sent_to(group.id).len(), 1);
    assert_eq!(fake.sent_to(channel.id).len(), 0);
}

#[tokio::test]
async fn the_menu_is_set_in_both_languages_once() {
    let fake = FakeTelegram::start().await;
    for _ in 0..2 {
        let bot = Bot::start(&fake).await;
        fake.wait_for(|fake| fake.calls("getMyCommands").len() >= 3, DEADLINE).await;
        fake.private_text(&ann(), THANKS);
        fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
        tokio::time::timeout(Duration::from_secs(20), async {
            fake.wait_for(|fake| fake.calls("getMyShortDescription").len() >= 3, DEADLINE).await;
        })
        .await
        .unwrap();
        bot.stop().await;
    }
    let set = fake.calls("setMyCommands");
    let languages: Vec<&str> = set.iter().map(|call| call.body["language_code"].as_str().unwrap_or("")).collect();
    assert!(languages.contains(&"ru") && languages.contains(&"en"), "{languages:?}");
    let mut once = set.iter().map(|call| call.body.to_string()).collect::<Vec<_>>();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), set.len(), "nothing is set twice");
}
