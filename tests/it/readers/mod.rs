//! What the bot does for one reader: asks whether an answer was one, comes back to a question, shows and deletes what is
//! stored about them.

mod cape;
mod feedback;
mod kept;
mod mine;
mod retention;

pub(crate) use cape::{Cape, LIGHTHOUSE, LIGHTHOUSE_RU, MOOD, MOOD_RU};

use crate::support::fake::{DEADLINE, FakeTelegram, Sent, User};

/// Presses the button of that label; what fades in then.
async fn tap(fake: &FakeTelegram, user: &User, message: &Sent, label: &str) -> String {
    send(fake, user, message, message.data_of(label)).await
}

/// The same with data that need not be on a button.
async fn send(fake: &FakeTelegram, user: &User, message: &Sent, data: &str) -> String {
    let pressed = fake.press(user, message, data);
    fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
    fake.press_answers(&pressed.query_id)[0]["text"].as_str().unwrap_or_default().to_owned()
}

/// A message as it stands now.
fn now(fake: &FakeTelegram, message: &Sent) -> Sent {
    let messages = fake.messages(message.chat_id).into_iter();
    messages.into_iter().find(|sent| sent.message_id == message.message_id).expect("it is there")
}

fn labels(message: &Sent) -> Vec<&str> {
    message.keyboard.iter().flatten().map(|button| button.label.as_str()).collect()
}
