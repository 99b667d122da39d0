//! Who changes a group's settings, and who does not.

use onrecord::domain::{Language, Lifetime, Manners, Venue};

use super::{BRIEF, QUESTION, choose, group, stage};
use crate::support::fake::{DEADLINE, FakeTelegram, Membership};
use crate::support::service::reader;

#[tokio::test]
async fn a_forged_press_changes_no_group() {
    let (stage, store) = stage(BRIEF).await;
    let (fake, ann) = (&stage.fake, reader(7));
    let bot = stage.serve().await;
    stage.ask(&ann, "OSCE").await;
    let sent = fake.sent_to(ann.id).remove(0);
    for (data, toast) in [
        ("h.en.-100500.answer.private", "Only an administrator"),
        ("h.en.-999.answer.private", "Only an administrator"),
        ("h.en.7.answer.private", "Only an administrator"),
        ("h.en.-100500.answer.nowhere", "too old"),
        ("h.en.x", "too old"),
        ("h.xx.-100500", "too old"),
    ] {
        let pressed = fake.press(&ann, &sent, data);
        fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
        let answer = fake.press_answers(&pressed.query_id).remove(0);
        assert!(answer["text"].as_str().unwrap().contains(toast), "{data}: {answer}");
    }
    fake.set_member(&group(), &ann, Membership::Administrator);
    fake.group_text(&group(), &ann, "/ask thanks");
    let in_group = fake.wait_for_sent(group().id, 1).await.remove(0);
    let pressed = fake.press(&ann, &in_group, "h.en.-100500.answer.private");
    fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
    assert!(fake.press_answers(&pressed.query_id)[0]["text"].as_str().unwrap().contains("private chat"));
    bot.stop().await.unwrap();
    assert_eq!(store.manners(group().id).await.unwrap(), BRIEF);
    assert_eq!(store.manners(7).await.unwrap(), Manners::default());
}

/// One wants the answers gone after a day, the other in private: both get what they want.
#[tokio::test]
async fn two_administrators_who_press_at_once_are_both_heard() {
    let (stage, store) = stage(Manners::default()).await;
    let (fake, people) = (&stage.fake, [reader(7), reader(8)]);
    let bot = stage.serve().await;
    let mut panels = Vec::new();
    for user in &people {
        fake.set_member(&group(), user, Membership::Administrator);
        fake.private_text(user, "/start group-100500");
        panels.push(fake.wait_for_sent(user.id, 1).await.remove(0));
    }
    for (user, panel, label) in
        [(&people[0], &panels[0], "Delete after 24 hours"), (&people[1], &panels[1], "Answer in private")]
    {
        fake.press(user, panel, panel.data_of(label));
    }
    fake.wait_for(|fake: &FakeTelegram| fake.calls("editMessageText").len() == 2, DEADLINE).await;
    bot.stop().await.unwrap();
    let both = Manners { lifetime: Lifetime::Day, venue: Venue::Private, language: None };
    assert_eq!(store.manners(group().id).await.unwrap(), both);
}

/// A button of before the choice says what it says in the language that was chosen.
#[tokio::test]
async fn an_old_button_speaks_the_groups_language() {
    let (stage, store) = stage(Manners::default()).await;
    let (fake, ann) = (&stage.fake, reader(7));
    let bot = stage.serve().await;
    fake.group_text(&group(), &ann, QUESTION);
    let sent = fake.wait_for_sent(group().id, 1).await.remove(0);
    choose(&store, &group(), Manners { language: Some(Language::Russian), ..Manners::default() }).await;
    fake.press(&ann, &sent, sent.data_of("Before and after"));
    fake.wait_for(|fake: &FakeTelegram| fake.calls("editMessageText").len() == 1, DEADLINE).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.messages(group().id)[0].keyboard[0][0].label, "Только ответ");
}
