//! Whatever stands in a group by a reader's wish is taken back; what stood there before is not.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::SignedDuration;
use onrecord::app::KnowledgeSource;
use onrecord::domain::Manners;
use onrecord::knowledge::Files;

use super::{BRIEF, QUESTION, choose, gone, group, pass, stage};
use crate::support::bot;
use crate::support::fake::{DEADLINE, FakeTelegram, Fault, Refusal, Sent};
use crate::support::service::{NOON, Served, Stage, reader, skip_until};

const FIVE_MINUTES: SignedDuration = SignedDuration::from_mins(5);

/// Presses a button in the group; what comes of it is out when somebody else is answered.
async fn press(stage: &Stage, message: &Sent, label: &str) {
    let pressed = stage.fake.press(&reader(7), message, message.data_of(label));
    let is_answered = |fake: &FakeTelegram| !fake.press_answers(&pressed.query_id).is_empty();
    stage.fake.wait_for(is_answered, DEADLINE).await;
}

#[tokio::test]
async fn an_edit_that_is_sent_anew_is_taken_back() {
    let (stage, _store) = stage(BRIEF).await;
    let (fake, mut now) = (&stage.fake, NOON);
    let bot = stage.serve().await;
    fake.group_text(&group(), &reader(7), QUESTION);
    let sent = fake.wait_for_sent(group().id, 1).await.remove(0);
    fake.fault("editMessageText", Fault::Refuse(Refusal::bad_request("message to edit not found")));
    press(&stage, &sent, "Before and after").await;
    fake.wait_for_sent(group().id, 2).await;
    stage.ask(&reader(9), "thanks").await;
    pass(&stage, FIVE_MINUTES, &mut now);
    gone(fake).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.calls("deleteMessage").len(), 2);
    assert_eq!(fake.violations(), [""; 0]);
}

/// The shipped folder with so many dates that they fill more than one message.
fn many_dates(folder: &Path) {
    for (path, bytes) in Files::embedded().iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let file = folder.join("masadykov-2026/events.toml");
    let mut events = fs::read_to_string(&file).unwrap();
    for n in 1..=60 {
        write!(
            events,
            "\n[[event]]\nuid = \"one-of-many-{n}\"\nname = {{ en = \"One of very many meetings, the number {n}\", \
             ru = \"Одна из очень многих встреч, номер {n}\" }}\nkind = \"meeting\"\nwhen = \"2027\"\n\
             passage = \"a2.5\"\nreviewed = \"2026-11-23\"\n"
        )
        .unwrap();
    }
    fs::write(file, events).unwrap();
}

#[tokio::test]
async fn each_part_of_an_edit_that_became_long_is_taken_back() {
    let (stage, _store) = stage(BRIEF).await;
    let (fake, mut now) = (&stage.fake, NOON);
    many_dates(stage.folder());
    let mut service = stage.service().await;
    service.library = bot::open(KnowledgeSource::Folder(stage.folder().to_owned()));
    let bot = Served::start(service);
    fake.group_text(&group(), &reader(7), "/upcoming");
    // The buttons stand under the last part.
    let is_whole = |fake: &FakeTelegram| fake.sent_to(group().id).iter().any(|sent| !sent.keyboard.is_empty());
    fake.wait_for(is_whole, DEADLINE).await;
    let list = fake.sent_to(group().id);
    let last = list.last().unwrap();
    press(&stage, last, &last.keyboard[0][0].label).await;
    let is_last = |sent: &Sent| sent.message_id == last.message_id;
    let card = fake.messages(group().id).into_iter().find(is_last).unwrap();
    press(&stage, &card, "All dates").await;
    let n_new = list.len() - 1;
    assert!(n_new > 0, "it takes several messages");
    fake.wait_for_sent(group().id, list.len() + n_new).await;
    stage.ask(&reader(9), "thanks").await;
    pass(&stage, FIVE_MINUTES, &mut now);
    gone(fake).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.calls("deleteMessage").len(), list.len() + n_new);
    assert_eq!(fake.violations(), [""; 0]);
}

/// Such as an announcement, or a reply from before the choice: a press under it changes what it says, not how long it
/// stays.
#[tokio::test]
async fn what_stays_still_stays_after_a_press() {
    let (stage, store) = stage(Manners::default()).await;
    let (fake, mut now) = (&stage.fake, NOON);
    let bot = stage.serve().await;
    fake.group_text(&group(), &reader(7), QUESTION);
    let sent = fake.wait_for_sent(group().id, 1).await.remove(0);
    choose(&store, &group(), BRIEF).await;
    press(&stage, &sent, "Before and after").await;
    fake.group_text(&group(), &reader(7), "/ask thanks");
    fake.wait_for_sent(group().id, 2).await;
    stage.ask(&reader(9), "thanks").await;
    pass(&stage, FIVE_MINUTES, &mut now);
    let is_left = |fake: &FakeTelegram| fake.messages(group().id).len() == 1;
    skip_until(fake.wait_for(is_left, DEADLINE)).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.messages(group().id)[0].message_id, sent.message_id);
    assert_eq!(store.due_back(jiff::Timestamp::MAX, 9).await.unwrap(), []);
}
