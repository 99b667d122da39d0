//! Presses in a storm: the same update again and again, an impatient thumb, two people at once. The effect is that of
//! one.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use onrecord::domain::{ChatKind, ChatRef, Language, Settings, UserRef};

use super::QUESTION;
use super::presses::button;
use crate::support::fake::{Action, Chat, DEADLINE, FakeTelegram, Pressed, Sent, User};
use crate::support::service::{ADMIN, NOON, Served, Stage, reader};

const N_PRESSES: usize = 50;

/// Every press was answered, once.
async fn answered_once(fake: &FakeTelegram, presses: &[Pressed]) {
    let is_answered = |fake: &FakeTelegram| presses.iter().all(|press| !fake.press_answers(&press.query_id).is_empty());
    fake.wait_for(is_answered, DEADLINE).await;
    assert!(presses.iter().all(|press| fake.press_answers(&press.query_id).len() == 1));
}

fn n_edits(fake: &FakeTelegram) -> usize {
    fake.calls("editMessageText").iter().filter(|call| call.accepted).count()
}

#[tokio::test]
async fn a_press_that_is_delivered_fifty_times_is_one() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    let ann = reader(7);
    stage.ask(&ann, QUESTION).await;
    let quote = &fake.sent_to(7)[0];
    let pressed = fake.press(&ann, quote, &button(quote));
    (1..N_PRESSES).for_each(|_| fake.again(pressed.update_id));
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    // What is asked after them is answered after them.
    stage.ask(&ann, QUESTION).await;
    bot.stop().await.unwrap();

    answered_once(fake, &[pressed]).await;
    assert_eq!((n_edits(fake), fake.sent_to(7).len()), (1, 2));
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_button_that_two_people_press_at_once_again_and_again_does_what_it_does_once() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    let group = Chat::supergroup(-1001, "Friends");
    fake.group_text(&group, &reader(7), &format!("/ask {QUESTION}"));
    let quote = &fake.wait_for_sent(group.id, 1).await[0];
    let data = button(quote);
    let presses: Vec<Pressed> =
        (0..N_PRESSES).map(|n| fake.press(&reader(if n % 2 == 0 { 7 } else { 8 }), quote, &data)).collect();
    answered_once(fake, &presses).await;
    bot.stop().await.unwrap();

    assert_eq!((n_edits(fake), fake.sent_to(group.id).len()), (1, 1));
    assert_ne!(fake.messages(group.id)[0].text, quote.text);
    assert_eq!(fake.violations(), [""; 0]);
}

/// The button under an announcement that sends it out.
fn sending(offer: &Sent) -> &str {
    let data = offer.keyboard.iter().flatten().find_map(|button| match &button.action {
        Action::Callback(data) if data.starts_with("n.") => Some(data.as_str()),
        Action::Callback(_) | Action::Url(_) | Action::Other(_) => None,
    });
    data.unwrap_or_else(|| panic!("nothing to send it with in:\n{}", offer.render()))
}

#[tokio::test]
async fn an_announcement_that_two_admins_send_at_once_again_and_again_arrives_once() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let mut service = stage.service().await;
    let admins = [User::new(ADMIN, "Ann").speaking("en"), User::new(2, "Ben").speaking("en")];
    service.admins = admins.iter().map(|admin| UserRef(admin.id)).collect();
    let groups = [-1001, -1002].map(|id| Chat::supergroup(id, "Friends"));
    for group in &groups {
        fake.add_chat(group);
        let (place, now) = (ChatRef { id: group.id, thread: None }, Timestamp::from_second(NOON).unwrap());
        let settings = Settings::new(ChatKind::Group, Language::English, TimeZone::UTC);
        service.store.subscribe(place, ChatKind::Group, None, &settings, now).await.unwrap();
    }
    let bot = Served::start(service);
    // Each has it before them: whoever is quicker, the same words go out.
    fake.private_text(&admins[0], "/announce The bot will be away tonight.");
    let offer = fake.wait_for_sent(ADMIN, 1).await.remove(0);
    fake.private_text(&admins[1], "/about");
    let any = fake.wait_for_sent(2, 1).await.remove(0);
    let data = sending(&offer);
    let presses: Vec<Pressed> = (0..N_PRESSES)
        .map(|n| if n % 2 == 0 { fake.press(&admins[0], &offer, data) } else { fake.press(&admins[1], &any, data) })
        .collect();
    answered_once(fake, &presses).await;
    for group in &groups {
        fake.wait_for_sent(group.id, 1).await;
    }
    bot.stop().await.unwrap();

    for group in &groups {
        assert_eq!(fake.sent_to(group.id).len(), 1);
    }
    assert_eq!(fake.violations(), [""; 0]);
}
