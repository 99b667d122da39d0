//! An event's card, from the list of dates: its calendar file, and a reader who wants to be told.

use insta::assert_snapshot;
use onrecord::app::KnowledgeSource;
use onrecord::cli::Service;
use onrecord::clock::Clock;
use onrecord::domain::{ChatKind, ChatRef, SubscriptionStatus, UserRef};

use super::{ann, edit, folder, group, oleg};
use crate::support::announcer::instant;
use crate::support::bot::{self, Bot, service};
use crate::support::fake::{Chat, DEADLINE, FakeTelegram, Fault, Script, Sent};
use crate::support::transcript::Transcript;

const BARRIER: &str = "Special exercise “Barrier-2026”";

#[tokio::test]
async fn a_card_leads_to_a_calendar_file() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let list = talk.says(&ann, "/upcoming").await;
    let card = talk.presses(&ann, &list, BARRIER).await;
    let file = talk.calls_up(&ann, &card, "Calendar").await;
    assert_eq!(file.json["document"]["file_name"], "barrier-2026.ics");
    let content = file.json["document"]["content"].as_str().unwrap().replace("\r\n ", "");
    for line in [
        "BEGIN:VCALENDAR\r\n",
        "UID:barrier-2026@onrecord\r\n",
        "SEQUENCE:0\r\n",
        "DTSTART;VALUE=DATE:20260101\r\n",
        "DTEND;VALUE=DATE:20270101\r\n",
        "STATUS:TENTATIVE\r\n",
        "END:VCALENDAR\r\n",
    ] {
        assert!(content.contains(line), "{line}: {content}");
    }
    assert_eq!(content.matches("BEGIN:VEVENT").count(), 1);
    talk.presses(&ann, &card, "All dates").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn a_file_that_has_to_wait_comes_later() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let list = talk.says(&ann, "/upcoming").await;
    let card = talk.presses(&ann, &list, BARRIER).await;
    talk.fake.script(Script::new("sendDocument", Fault::TooManyRequests { retry_after: Some(1) }));
    talk.calls_up(&ann, &card, "Calendar").await;
    assert_eq!(talk.fake.calls("sendDocument").len(), 2);
    talk.end().await;
}

#[tokio::test]
async fn a_reader_is_reminded_until_they_unsubscribe() {
    let oleg = oleg();
    // A day of the exercise is known, and ahead.
    let folder = folder();
    let confirmed = "confirmed = { when = \"2026-12-20\", source = \"https://example.org/barrier\" }";
    edit(
        &folder.path().join("masadykov-2026/events.toml"),
        "when = \"2026\"\npassage = \"a4.5\"",
        &format!("when = \"2026\"\n{confirmed}\npassage = \"a4.5\""),
    );
    let fake = FakeTelegram::start().await;
    let library = bot::open(KnowledgeSource::Folder(folder.path().to_owned()));
    let service = Service { library, ..service(&fake).await };
    let store = service.store.clone();
    let bot = Bot::serve(service);
    let mut talk = Transcript::new(Chat::private(&oleg), Some((fake, bot))).await;
    let list = talk.says(&oleg, "/upcoming").await;
    let card = talk.presses(&oleg, &list, "Специальное учение «Барьер-2026»").await;
    talk.calls_up(&oleg, &card, "Напомнить мне").await;
    let here = ChatRef { id: oleg.id, thread: None };
    let subscription = store.subscription_of(here).await.unwrap().unwrap();
    assert_eq!((subscription.kind, subscription.status), (ChatKind::Private, SubscriptionStatus::Active));
    assert_eq!(subscription.owner, Some(UserRef(oleg.id)));
    talk.calls_up(&oleg, &card, "Напомнить мне").await;
    let settings = talk.says(&oleg, "/subscriptions").await;
    talk.presses(&oleg, &settings, "Этот чат").await;
    let mine = talk.says(&oleg, "/unsubscribe").await;
    talk.presses(&oleg, &mine, "Этот чат").await;
    assert_eq!(store.subscription_of(here).await.unwrap(), None, "its number is his, and nothing of it is kept");
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn a_card_in_a_group_has_nothing_for_one_reader() {
    let ann = ann();
    let mut talk = Transcript::group(&group()).await;
    let list = talk.says(&ann, "/upcoming").await;
    let card = talk.presses(&ann, &list, BARRIER).await;
    let labels: Vec<&str> = card.keyboard.iter().flatten().map(|button| button.label.as_str()).collect();
    assert_eq!(labels, ["Share", "All dates"]);
    let key = list.data_of(BARRIER).rsplit('.').next().unwrap().to_owned();
    for data in [format!("i.en.{key}"), "r.en.me".to_owned()] {
        let pressed = talk.fake.press(&ann, &card, &data);
        talk.fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
        let answer = &talk.fake.press_answers(&pressed.query_id)[0];
        assert_eq!(answer["text"], "This command works in a private chat with me.");
    }
    talk.end().await;
}

fn labels(message: &Sent) -> Vec<String> {
    message.keyboard.iter().flatten().map(|button| button.label.clone()).collect()
}

#[tokio::test]
async fn buttons_that_do_not_fit_under_the_list_are_a_page_further() {
    let ann = ann();
    let fake = FakeTelegram::start().await;
    let service = service(&fake).await;
    // The interview has just appeared, and all it names is ahead.
    let now = instant("2026-02-10T12:00:00Z");
    fake.set_date(now.as_second());
    let bot = Bot::serve(Service { clock: Clock::driven(move || now), ..service });
    let mut talk = Transcript::new(Chat::private(&ann), Some((fake, bot))).await;
    let first = talk.says(&ann, "/upcoming").await;
    let second = talk.presses(&ann, &first, "Later →").await;
    assert_eq!(second.text, first.text, "the list stays");
    let (on_first, on_second) = (labels(&first), labels(&second));
    assert_eq!((on_first.len(), on_first.last().unwrap().as_str()), (9, "Later →"), "{on_first:?}");
    assert_eq!(on_second.last().unwrap(), "← Earlier", "{on_second:?}");
    assert!(on_second.iter().all(|label| !on_first.contains(label)), "{on_second:?}");
    let passage = talk.presses(&ann, &second, &on_second[on_second.len() - 2]).await;
    assert!(passage.text.starts_with("Taalatbek Masadykov"), "{}", passage.text);
    for forged in ["o.en.99", "o.en.18446744073709551615"] {
        let n_edits = talk.fake.calls("editMessageText").len();
        talk.fake.press(&ann, &first, forged);
        talk.fake.wait_for(|fake| fake.calls("editMessageText").len() > n_edits, DEADLINE).await;
        let shown = talk.fake.messages(ann.id).into_iter().find(|sent| sent.message_id == first.message_id).unwrap();
        assert_eq!(labels(&shown), on_second, "the last page");
    }
    talk.end().await;
}
