//! A group's settings move with it, and go with the bot.

use jiff::SignedDuration;
use onrecord::domain::{Language, Manners, UserRef};
use onrecord::store::{DEPARTED_LIFETIME, Keeper, Store};
use serde_json::json;

use super::{BRIEF, choose, group, pass, stage};
use crate::support::fake::{Chat, DEADLINE, FakeTelegram, Fault, Membership, Refusal, Script, Told};
use crate::support::service::{NOON, Stage, reader, skip_until};

/// In Russian, for five minutes.
const CHOSEN: Manners = Manners { language: Some(Language::Russian), ..BRIEF };

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn friends() -> Chat {
    Chat::group(-500, "Old friends")
}

/// The same as a supergroup.
fn many_friends() -> Chat {
    Chat::supergroup(-100_501, "Old friends")
}

/// A basic group that somebody let the bot into, and that chose.
async fn stage_with_friends() -> (Stage, Store) {
    let (stage, store) = stage(Manners::default()).await;
    stage.fake.kick(&friends());
    let bot = stage.serve().await;
    stage.fake.bot_membership(&friends(), &reader(7), Membership::Member);
    stage.fake.wait_for_sent(friends().id, 1).await;
    bot.stop().await.unwrap();
    choose(&store, &friends(), CHOSEN).await;
    (stage, store)
}

/// A bot sweeps, and handles all that waits.
async fn handled(stage: &Stage) {
    let bot = stage.serve().await;
    stage.ask(&reader(99), "thanks").await;
    stage.fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    bot.stop().await.unwrap();
}

/// The group becomes a supergroup; each part of what is told is handled before the next comes.
async fn becomes_many(parts: &[&[Told]]) {
    let (stage, store) = stage_with_friends().await;
    let (fake, ann, mut now) = (&stage.fake, reader(7), NOON);
    for told in parts {
        fake.migrate_telling(told, &friends(), &many_friends(), &ann);
        handled(&stage).await;
    }
    let bot = stage.serve().await;
    fake.group_text(&many_friends(), &reader(8), "/ask thanks");
    let sent = fake.wait_for_sent(many_friends().id, 1).await;
    assert_eq!(sent[0].text, "Пожалуйста.", "in the group's language, and nobody was welcomed: {parts:?}");
    stage.ask(&reader(99), "thanks").await;
    pass(&stage, SignedDuration::from_mins(5), &mut now);
    skip_until(fake.wait_for(|fake| fake.messages(many_friends().id).is_empty(), DEADLINE)).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.sent_to(many_friends().id).len(), 1, "{parts:?}");
    stage.dial.turn(DEPARTED_LIFETIME + SECOND);
    handled(&stage).await;
    assert_eq!(store.manners(many_friends().id).await.unwrap(), CHOSEN, "{parts:?}");
    let keepers = store.keepers(many_friends().id, 9).await.unwrap();
    assert_eq!(keepers.iter().map(|keeper| keeper.user.0).collect::<Vec<_>>(), [7], "{parts:?}");
    assert_eq!(store.manners(friends().id).await.unwrap(), Manners::default());
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_group_that_is_left_after_it_moved_keeps_its_settings() {
    becomes_many(&[&[Told::Moved], &[Told::Joined, Told::Left]]).await;
    becomes_many(&[&[Told::Joined, Told::Moved, Told::Left]]).await;
}

#[tokio::test]
async fn a_group_that_is_left_before_it_moved_keeps_its_settings() {
    becomes_many(&[&[Told::Left], &[Told::Joined], &[Told::Moved]]).await;
    becomes_many(&[&[Told::Left, Told::Moved, Told::Joined]]).await;
}

/// Telegram keeps updates for a day; a bot that was off for longer hears of no move.
#[tokio::test]
async fn a_move_that_nobody_told_is_found_out_by_the_next_reply() {
    let (stage, store) = stage_with_friends().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    fake.group_text(&friends(), &reader(8), "/ask thanks");
    fake.migrate_telling(&[], &friends(), &many_friends(), &reader(7));
    let sent = fake.wait_for_sent(many_friends().id, 1).await;
    bot.stop().await.unwrap();
    assert_eq!(sent[0].text, "Пожалуйста.");
    assert_eq!(store.manners(many_friends().id).await.unwrap(), CHOSEN);
}

#[tokio::test]
async fn a_namesake_of_a_group_is_welcomed() {
    let (stage, _store) = stage_with_friends().await;
    let bot = stage.serve().await;
    stage.fake.kick(&many_friends());
    stage.fake.bot_membership(&many_friends(), &reader(9), Membership::Member);
    stage.fake.wait_for_sent(many_friends().id, 1).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn what_a_group_chose_is_there_when_the_bot_is_back_and_gone_two_days_after_it_left() {
    let (stage, store) = stage_with_friends().await;
    let (fake, ann) = (&stage.fake, reader(7));
    fake.bot_membership(&friends(), &ann, Membership::Kicked);
    handled(&stage).await;
    fake.private_text(&ann, "/settings");
    handled(&stage).await;
    assert!(fake.sent_to(ann.id)[0].keyboard.is_empty(), "it is not offered any more");
    stage.dial.turn(DEPARTED_LIFETIME);
    fake.bot_membership(&friends(), &ann, Membership::Member);
    handled(&stage).await;
    assert_eq!(fake.sent_to(friends().id).len(), 2, "it is welcomed again");
    stage.dial.turn(DEPARTED_LIFETIME);
    handled(&stage).await;
    assert_eq!(store.manners(friends().id).await.unwrap(), CHOSEN);

    fake.bot_membership(&friends(), &ann, Membership::Left);
    handled(&stage).await;
    stage.dial.turn(DEPARTED_LIFETIME);
    handled(&stage).await;
    assert_eq!(store.manners(friends().id).await.unwrap(), CHOSEN);
    stage.dial.turn(SECOND);
    handled(&stage).await;
    assert_eq!(store.manners(friends().id).await.unwrap(), Manners::default());
    assert_eq!(store.keepers(friends().id, 9).await.unwrap(), []);
    assert_eq!(store.due_back(jiff::Timestamp::MAX, 9).await.unwrap(), []);
}

#[tokio::test]
async fn a_removal_that_nobody_told_is_found_out_by_the_next_reply() {
    for refusal in [
        Refusal::forbidden("bot was kicked from the supergroup chat"),
        Refusal::forbidden("the group chat was deleted"),
        Refusal::bad_request("group chat was deactivated"),
        Refusal::bad_request("chat not found"),
    ] {
        let (stage, store) = stage(CHOSEN).await;
        let (fake, ann) = (&stage.fake, Keeper { user: UserRef(7), language: None });
        store.add_keeper(group().id, ann, None, stage.dial.clock().now()).await.unwrap();
        let once = Script::new("sendMessage", Fault::Refuse(refusal.clone()));
        fake.script(once.when(|call| call["chat_id"] == json!(group().id)));
        fake.group_text(&group(), &reader(8), "/ask thanks");
        handled(&stage).await;
        // It was a mistake: a reply gets through again.
        stage.dial.turn(DEPARTED_LIFETIME);
        fake.group_text(&group(), &reader(8), "/ask goodbye");
        handled(&stage).await;
        stage.dial.turn(SECOND);
        handled(&stage).await;
        assert_eq!(store.manners(group().id).await.unwrap(), CHOSEN, "{refusal:?}");

        fake.bar(&group(), refusal.clone());
        fake.group_text(&group(), &reader(8), "/ask hello");
        handled(&stage).await;
        stage.dial.turn(DEPARTED_LIFETIME + SECOND);
        handled(&stage).await;
        assert_eq!(store.manners(group().id).await.unwrap(), Manners::default(), "{refusal:?}");
        assert_eq!(store.keepers(group().id, 9).await.unwrap(), [], "{refusal:?}");
    }
}

/// Nobody asks anything there any more; something is to be taken back.
#[tokio::test]
async fn a_removal_that_nobody_told_is_found_out_by_taking_back() {
    let (stage, store) = stage(CHOSEN).await;
    let (fake, mut now) = (&stage.fake, NOON);
    let bot = stage.serve().await;
    fake.group_text(&group(), &reader(8), "/ask thanks");
    fake.wait_for_sent(group().id, 1).await;
    stage.ask(&reader(8), "thanks").await;
    fake.kick(&group());
    pass(&stage, SignedDuration::from_mins(5), &mut now);
    skip_until(fake.wait_for(|fake: &FakeTelegram| fake.calls("deleteMessage").len() == 1, DEADLINE)).await;
    stage.ask(&reader(8), "goodbye").await;
    bot.stop().await.unwrap();
    stage.dial.turn(DEPARTED_LIFETIME + SECOND);
    handled(&stage).await;
    assert_eq!(store.manners(group().id).await.unwrap(), Manners::default());
}

#[tokio::test]
async fn a_groups_settings_move_with_it_and_go_with_the_bot() {
    let (stage, store) = stage(Manners { language: Some(Language::Russian), ..BRIEF }).await;
    let (fake, ann) = (&stage.fake, reader(7));
    let basic = Chat::group(-500, "Neighbours");
    fake.add_chat(&basic);
    choose(&store, &basic, BRIEF).await;
    let bot = stage.serve().await;
    let moved = Chat::supergroup(-100_501, "Neighbours");
    fake.migrate(&basic, &moved, &ann);
    fake.group_text(&moved, &ann, "/ask thanks");
    fake.wait_for_sent(moved.id, 1).await;
    assert_eq!(store.manners(moved.id).await.unwrap(), BRIEF);
    assert_eq!(store.manners(basic.id).await.unwrap(), Manners::default());

    fake.group_text(&group(), &ann, "/ask thanks");
    let sent = fake.wait_for_sent(group().id, 1).await;
    assert_eq!(sent[0].text, "Пожалуйста.", "in the group's language");
    for chat in [group(), moved.clone()] {
        fake.bot_membership(&chat, &ann, Membership::Kicked);
    }
    stage.ask(&ann, "thanks").await;
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    bot.stop().await.unwrap();
    for chat in [group(), moved] {
        assert_eq!(store.manners(chat.id).await.unwrap(), Manners::default());
        assert_eq!(store.keepers(chat.id, 9).await.unwrap(), []);
    }
    assert_eq!(store.due_back(jiff::Timestamp::MAX, 9).await.unwrap(), []);
}
