//! Two administrators of a chat change its settings at the same time: neither undoes what the other set.

use std::time::Duration;

use onrecord::domain::{Approval, ChatKind, ChatRef, UserRef};

use super::subscribing::{ann, ben, group};
use crate::support::announcer::{instant, plain};
use crate::support::bot::{Bot, TODAY, service};
use crate::support::fake::{DEADLINE, FakeTelegram, Fault, Membership, Script, Sent, User};
use crate::support::service::skip;

/// How long Telegram takes to say whether Ann administers the chat: Ben presses meanwhile.
const LATE: Duration = Duration::from_secs(5);

async fn presses(fake: &FakeTelegram, user: &User, message: &Sent, data: &str) {
    let pressed = fake.press(user, message, data);
    fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
}

#[tokio::test]
async fn what_one_sets_while_the_other_is_looked_up_stays_set() {
    for by_command in [false, true] {
        let (ann, ben, fake) = (ann("en"), ben("en"), FakeTelegram::start().await);
        let service = service(&fake).await;
        let store = service.store.clone();
        let chat = ChatRef { id: group().id, thread: None };
        let made =
            store.subscribe(chat, ChatKind::Group, Some(UserRef(ann.id)), &plain(), instant(TODAY)).await.unwrap();
        for user in [&ann, &ben] {
            fake.set_member(&group(), user, Membership::Administrator);
        }
        let bot = Bot::serve(service);
        fake.private_text(&ann, "/subscriptions");
        let list = fake.wait_for_sent(ann.id, 1).await.remove(0);
        presses(&fake, &ann, &list, list.data_of("-100500")).await;
        let panel = fake.messages(ann.id).remove(0);
        fake.private_text(&ben, "/about");
        let any = fake.wait_for_sent(ben.id, 1).await.remove(0);

        fake.script(Script::new("getChatMember", Fault::Slow(LATE)).when(|call| call["user_id"] == 7));
        let pressed = if by_command {
            fake.private_text(&ann, "/timezone Bishkek");
            None
        } else {
            Some(fake.press(&ann, &panel, panel.data_of("Without a sound")))
        };
        fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
        presses(&fake, &ben, &any, panel.data_of("Ask before each post")).await;
        skip(LATE).await;
        let is_done = |fake: &FakeTelegram| match &pressed {
            Some(pressed) => !fake.press_answers(&pressed.query_id).is_empty(),
            None => fake.sent_to(ann.id).len() == 2,
        };
        fake.wait_for(is_done, DEADLINE).await;
        let settings = store.subscription(made.id).await.unwrap().unwrap().settings;
        bot.stop().await;

        let zone = if by_command { "Asia/Bishkek" } else { "UTC" };
        assert_eq!((settings.approval, settings.silent), (Approval::Each, !by_command));
        assert_eq!(settings.zone.iana_name(), Some(zone));
    }
}
