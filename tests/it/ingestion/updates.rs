//! Updates: poison, unknown, duplicated, renumbered, and those that a plain parser loses in silence.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use onrecord::cli::Service;
use onrecord::clock::Clock;
use serde_json::{Value, json};

use super::{THANKS, WELCOME, ann, ben};
use crate::support::bot::{Bot, TODAY, service};
use crate::support::fake::{Chat, DEADLINE, Draft, FakeTelegram};

#[tokio::test]
async fn a_panic_in_a_handler_costs_one_update_and_is_told_calmly() {
    let fake = FakeTelegram::start().await;
    // The clock is a port that a test may break. Of one update it is read when that is admitted, when it is begun, and
    // then by its handler, which dies of it.
    let n_readings_left = Arc::new(AtomicUsize::new(usize::MAX));
    let (now, left) = (TODAY.parse::<Timestamp>().unwrap(), Arc::clone(&n_readings_left));
    let breaks_once = move || {
        let left = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| match left {
            usize::MAX => None,
            0 => Some(usize::MAX),
            left => Some(left - 1),
        });
        assert_ne!(left, Ok(0), "the clock broke");
        now
    };
    let service = Service { clock: Clock::driven(breaks_once), ..service(&fake).await };
    let bot = Bot::serve(service);
    fake.private_text(&ann(), THANKS);
    fake.wait_for_sent(7, 1).await;
    n_readings_left.store(2, Ordering::SeqCst);
    fake.private_text(&ann(), THANKS);
    let sent = fake.wait_for_sent(7, 2).await;
    assert_eq!(sent[1].text, "Something went wrong on my side. Please try again in a moment.");
    fake.private_text(&ben(), THANKS);
    fake.private_text(&ann(), THANKS);
    assert_eq!(fake.wait_for_sent(8, 1).await[0].text, WELCOME);
    assert_eq!(fake.wait_for_sent(7, 3).await[2].text, WELCOME);
    bot.stop().await;
}

#[tokio::test]
async fn poison_is_passed_over_and_confirmed() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    let deep = (0..120).fold(json!(1), |inner, _| json!([inner]));
    for poison in [
        json!({"message": "not an object"}),
        json!({"message": {"message_id": "seven", "chat": 5, "date": null}}),
        json!({"message": {"text": "no chat", "message_id": 1, "date": 0}}),
        json!({"poll_of_the_future": {"id": 1}}),
        json!({"message": {"message_id": 2, "date": 0, "chat": {"id": 9, "type": "hologram"}, "text": "hi"}}),
        json!({"guest_message": {"message_id": 3, "date": 0, "chat": {"id": 9, "type": "group", "title": "g"}, "text": "hi"}}),
        json!({"message": {"deep": deep, "message_id": 4, "date": 0, "chat": {"id": 9, "type": "private", "first_name": "x"}}}),
        json!({"callback_query": {"id": "1", "data": "x"}}),
        json!({"message": {"message_id": 5, "date": 0, "chat": {"id": i64::MIN, "type": "private", "first_name": "x"}, "text": "x".repeat(200_000)}}),
        json!({}),
    ] {
        fake.raw(poison);
    }
    let asked = fake.private_text(&ann(), THANKS);
    assert_eq!(fake.wait_for_sent(7, 1).await[0].text, WELCOME);
    fake.wait_for(|fake| fake.confirmed_offset() > asked.update_id, DEADLINE).await;
    bot.stop().await;
    assert_eq!(fake.unconfirmed(), Vec::<i64>::new());
}

#[tokio::test]
async fn what_a_plain_parser_loses_is_answered() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    let channel = json!({"id": -100_9, "type": "channel", "title": "News"});
    let traps: [(&str, Value); 5] = [
        ("external_reply", json!({"origin": {"type": "channel", "date": 0, "message_id": 5, "chat": channel}})),
        ("entities", json!([{"type": "date_time", "offset": 0, "length": 6, "unix_time": 0}])),
        ("entities", json!([{"type": "text_link", "offset": 0, "length": 6, "url": "http://["}])),
        ("reply_markup", json!({"inline_keyboard": [[{"text": "?", "hologram": {"x": 1}}]]})),
        ("feature_of_the_future", json!({"a": [1, 2, {"b": null}]})),
    ];
    for (at, (field, value)) in traps.into_iter().enumerate() {
        fake.write(Draft::private(&ann(), THANKS).with(field, value));
        let sent = fake.wait_for_sent(7, at + 1).await;
        assert_eq!(sent[at].text, WELCOME, "{field}");
    }
    bot.stop().await;
}

#[tokio::test]
async fn duplicates_and_renumbered_updates_are_answered_once() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    let first = fake.private_text(&ann(), THANKS);
    fake.wait_for_sent(7, 1).await;
    fake.again(first.update_id);
    fake.private_text(&ann(), "hello");
    fake.wait_for_sent(7, 2).await;
    fake.renumber_updates(5);
    fake.private_text(&ann(), THANKS);
    fake.wait_for_sent(7, 3).await;
    fake.again(first.update_id);
    fake.private_text(&ben(), THANKS);
    fake.wait_for_sent(8, 1).await;
    bot.stop().await;
    let texts: Vec<String> = fake.sent_to(7).into_iter().map(|sent| sent.text).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
}

#[tokio::test]
async fn a_press_that_comes_twice_has_one_effect() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    fake.private_text(&ann(), "OSCE");
    let sent = fake.wait_for_sent(7, 1).await.remove(0);
    let data = sent.data_of("Before and after").to_owned();
    fake.press(&ann(), &sent, &data);
    fake.press(&ann(), &sent, &data);
    fake.wait_for(|fake| fake.calls("answerCallbackQuery").len() == 2, DEADLINE).await;
    fake.private_text(&ann(), THANKS);
    fake.wait_for_sent(7, 2).await;
    bot.stop().await;
    assert_eq!(fake.sent_to(7).len(), 2, "a press sends nothing anew");
    assert_eq!(fake.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_forged_or_outdated_button_is_told_so() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    fake.private_text(&ann(), "OSCE");
    let sent = fake.wait_for_sent(7, 1).await.remove(0);
    for (data, toast) in
        [("nonsense", "too old"), ("p.en.abcdefgh23", "has changed"), ("t.en.zzzzzzzzzz", "has changed")]
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
    let group = Chat::supergroup(-100_77, "Group");
    let channel = Chat::channel(-100_78, "Channel");
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
