//! Presses that come twice or late.

use jiff::SignedDuration;

use super::QUESTION;
use crate::support::fake::{Action, DEADLINE, FakeTelegram, Fault, Pressed, Sent};
use crate::support::service::{Stage, reader, skip_until};

/// The data of the first button that comes back to the bot.
pub(super) fn button(message: &Sent) -> String {
    let buttons = message.keyboard.iter().flatten();
    let data = buttons.filter_map(|button| match &button.action {
        Action::Callback(data) => Some(data.clone()),
        Action::Url(_) | Action::Other(_) => None,
    });
    data.into_iter().next().expect("a quote has buttons")
}

async fn answered(fake: &FakeTelegram, pressed: &Pressed) {
    fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
}

#[tokio::test]
async fn a_press_that_comes_twice_changes_the_message_once() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    let ann = reader(7);
    stage.ask(&ann, QUESTION).await;
    let quote = &fake.sent_to(7)[0];
    let data = button(quote);
    let first = fake.press(&ann, quote, &data);
    answered(fake, &first).await;
    let shown = fake.messages(7)[0].text.clone();
    assert_ne!(shown, quote.text, "the button does something");

    let second = fake.press(&ann, quote, &data);
    answered(fake, &second).await;
    // The very same update, too.
    fake.again(first.update_id);
    stage.ask(&reader(8), QUESTION).await;
    bot.stop().await.unwrap();

    let messages = fake.messages(7);
    assert_eq!((messages.len(), messages[0].text.as_str()), (1, shown.as_str()));
    assert_eq!(fake.press_answers(&first.query_id).len(), 1);
    assert_eq!(fake.press_answers(&second.query_id).len(), 1);
    assert_eq!(fake.calls("editMessageText").iter().filter(|call| call.accepted).count(), 1);
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_press_on_a_message_that_is_gone_is_answered_by_a_new_message() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    let ann = reader(7);
    stage.ask(&ann, QUESTION).await;
    let mut quote = fake.sent_to(7)[0].clone();
    let data = button(&quote);
    quote.message_id += 1000;
    let pressed = fake.press(&ann, &quote, &data);
    answered(fake, &pressed).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.sent_to(7).len(), 2);
}

/// The press is in the inbox when the bot stops: its answer stalls. A question beside it is answered however late.
#[tokio::test]
async fn a_replay_drops_presses_that_telegram_takes_no_answer_for() {
    for (late_s, n_answers) in [(150, 1), (151, 0)] {
        let stage = Stage::set().await;
        let fake = &stage.fake;
        let bot = stage.serve().await;
        let (ann, ben) = (reader(7), reader(8));
        stage.ask(&ann, QUESTION).await;
        let quote = &fake.sent_to(7)[0];
        fake.fault("editMessageText", Fault::Stall);
        fake.fault("sendMessage", Fault::Stall);
        let pressed = fake.press(&ann, quote, &button(quote));
        let asked = fake.private_text(&ben, QUESTION);
        fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
        skip_until(async { bot.stop().await.unwrap() }).await;

        stage.dial.turn(SignedDuration::from_secs(late_s));
        let bot = stage.serve().await;
        let late = &fake.wait_for_sent(8, 1).await[0];
        assert_eq!(late.reply_to, Some(asked.message_id), "the chat has gone on since");
        stage.ask(&ann, QUESTION).await;
        bot.stop().await.unwrap();
        assert_eq!(fake.press_answers(&pressed.query_id).len(), n_answers, "after {late_s} s");
        assert_eq!(fake.calls("editMessageText").len(), 1 + n_answers, "after {late_s} s");
    }
}
