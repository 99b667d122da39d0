//! Updates whose handling goes wrong: their reader gets one calm sentence, everybody else is answered.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use onrecord::app::{App, ClockIs, Gauges, Inbox, Parts};
use onrecord::chat::{
    Address, Administers, Arrived, Failure, Front, Incoming, Intake, Messenger, Outgoing, Receipt, Rights, Standing,
    What,
};
use onrecord::clock::Clock;
use onrecord::domain::{ChatKind, ChatRef, UserRef};
use onrecord::store::Store;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{QUESTION, SORRY};
use crate::support::fake::{Chat, DEADLINE, Fault, Refusal, Script};
use crate::support::log::Log;
use crate::support::service::{ADMIN, Dial, NOON, Served, Stage, library_with, reader, skip};

/// Asking for the time is the last thing that a handler does for a question, and the one thing in it that a test
/// holds in its hand.
#[tokio::test]
async fn a_panic_in_a_handler_spoils_one_update() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let (ann, ben) = (reader(7), reader(8));
    // Until she is not asked any more whether it was an answer.
    for _ in 0..3 {
        stage.ask(&ann, QUESTION).await;
    }
    let answer = stage.ask(&ann, QUESTION).await;
    // The least of several: the sweep after the start reads the clock, too, once.
    let mut n_reads_a_question = usize::MAX;
    for _ in 0..4 {
        let n_before = stage.dial.n_reads();
        assert_eq!(stage.ask(&ann, QUESTION).await, answer);
        n_reads_a_question = n_reads_a_question.min(stage.dial.n_reads() - n_before);
    }

    for n_panics in 1..=3 {
        stage.dial.break_after(n_reads_a_question);
        assert_eq!(stage.ask(&ann, QUESTION).await, SORRY);
        assert_eq!(log.count("handling an update panicked"), n_panics, "{}", log.text());
        assert_eq!(stage.ask(&ann, QUESTION).await, answer);
        let to_ben = stage.ask(&ben, QUESTION).await;
        assert!(to_ben.starts_with(&answer), "{to_ben}");
    }

    bot.stop().await.unwrap();
    assert!(!log.text().contains("Belarus"), "{}", log.text());
    assert_eq!(stage.fake.violations(), [""; 0]);
    assert_eq!(stage.fake.unconfirmed(), [0; 0]);
}

/// A handler that takes long without occupying its thread: who administers a group is asked of Telegram, which does
/// not answer. The ten seconds are skipped, not waited for.
#[tokio::test]
async fn a_handler_that_takes_too_long_spoils_one_update() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    let (group, ann) = (Chat::supergroup(-100_500, "Neighbours"), reader(7));
    fake.add_chat(&group);
    stage.ask(&ann, QUESTION).await;

    fake.fault("getChatMember", Fault::Stall);
    fake.group_text(&group, &ann, "/subscribe");
    fake.group_text(&group, &ann, "/about");
    fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
    stage.ask(&ann, QUESTION).await;
    assert_eq!(fake.sent_to(group.id).len(), 0, "it hangs");
    skip(Duration::from_secs(10)).await;
    let sent = fake.wait_for_sent(group.id, 2).await;
    assert_eq!(sent[0].text, SORRY);
    assert_ne!(sent[1].text, SORRY, "the next update of the chat");
    assert_eq!(log.count("handling an update took too long"), 1, "{}", log.text());

    bot.stop().await.unwrap();
    assert_eq!(fake.violations(), [""; 0]);
}

/// A reload hangs where the library asks for the time. It cannot be broken off, so it is not called a failure.
#[tokio::test]
async fn a_reload_that_takes_long_is_told_as_what_it_is() {
    let stage = Stage::set().await;
    let (clock, hold, release) = held_clock();
    let mut service = stage.service().await;
    service.library = library_with(clock);
    let bot = Served::start(service);
    let (admin, ann) = (reader(ADMIN), reader(7));
    stage.ask(&ann, QUESTION).await;

    hold.send(()).unwrap();
    stage.fake.private_text(&admin, "/reload");
    stage.ask(&ann, QUESTION).await;
    assert_eq!(stage.fake.sent_to(ADMIN).len(), 0, "it hangs");
    skip(Duration::from_secs(8)).await;
    let told = stage.fake.wait_for_sent(ADMIN, 1).await[0].text.clone();
    assert!(told.starts_with("Still reading"), "{told}");
    assert_eq!(stage.ask(&admin, "/reload").await, "A reload is under way.");

    drop(release);
    let mut status = String::new();
    for _ in 0..100 {
        status = stage.ask(&admin, "/status").await;
        if status.contains("Last reload: 23 November 2026") {
            break;
        }
    }
    assert!(status.contains(", done"), "{status}");
    bot.stop().await.unwrap();
    assert_eq!(stage.fake.violations(), [""; 0]);
}

/// The clock breaks where a reload asks for the time.
#[tokio::test]
async fn a_reload_that_panicked_does_not_keep_the_next_from_its_turn() {
    let stage = Stage::set().await;
    let mut service = stage.service().await;
    let dial = Dial::default();
    service.library = library_with(dial.clock());
    let bot = Served::start(service);
    let admin = reader(ADMIN);
    let sound = stage.ask(&admin, "/reload").await;
    dial.break_after(1);
    assert_eq!(stage.ask(&admin, "/reload").await, SORRY);
    assert_eq!(stage.ask(&admin, "/reload").await, sound);
    bot.stop().await.unwrap();
}

/// A reply that Telegram refuses for good is one that failed.
#[tokio::test]
async fn a_refused_reply_counts_as_failed() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let refusal = Fault::Refuse(Refusal::new(400, "Bad Request: message text is empty"));
    stage.fake.script(Script::new("sendMessage", refusal).when(|call| call["chat_id"] == 7));
    stage.fake.private_text(&reader(7), QUESTION);
    stage.fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
    let status = stage.ask(&reader(ADMIN), "/status").await;
    assert!(status.contains("1 failed"), "{status}");
    bot.stop().await.unwrap();
}

/// A front that panics where it should deliver to one chat: first whatever it is given, then nothing.
#[derive(Clone, Default)]
struct Brittle {
    n_panics: Arc<AtomicUsize>,
    delivered: Arc<Mutex<Vec<(i64, String)>>>,
}

impl Messenger for Brittle {
    async fn deliver(&self, outgoing: &Outgoing) -> Result<Receipt, Failure> {
        let Outgoing::Send { to, message, .. } = outgoing else { panic!("only sends are expected") };
        let due = |n: usize| (to.id == 7 && n > 0).then(|| n - 1);
        if self.n_panics.fetch_update(Ordering::SeqCst, Ordering::SeqCst, due).is_ok() {
            panic!("told to");
        }
        self.delivered.lock().unwrap().push((to.id, format!("{:?}", message.blocks)));
        Ok(Receipt { message: None })
    }
}

impl Front for Brittle {
    fn read(&self, raw: &str, received: Timestamp) -> Option<Incoming> {
        Some(Incoming {
            chat: ChatRef { id: raw.parse().unwrap(), thread: None },
            kind: ChatKind::Private,
            from: None,
            standing: Standing::Own,
            interface: None,
            message: None,
            title: None,
            sent: received,
            replied: None,
            address: Address::Personal,
            what: What::Text(QUESTION.to_owned()),
        })
    }

    async fn can_write_to(&self, _user: UserRef) -> bool {
        true
    }
}

impl Rights for Brittle {
    fn administers(&self, _: UserRef, _: ChatRef) -> Pin<Box<dyn Future<Output = Administers> + Send + '_>> {
        Box::pin(async { Administers::Unknown })
    }

    fn kind(&self, _: ChatRef) -> Pin<Box<dyn Future<Output = Option<ChatKind>> + Send + '_>> {
        Box::pin(async { None })
    }

    fn linked(&self, _: ChatRef) -> Pin<Box<dyn Future<Output = Option<i64>> + Send + '_>> {
        Box::pin(async { None })
    }
}

#[tokio::test]
async fn a_panic_while_a_reply_is_delivered_spoils_one_update_and_not_its_chat() {
    let log = Log::listen();
    let front = Brittle::default();
    let clock = Dial::default().clock();
    let app = Arc::new(App::new(Parts {
        library: library_with(clock.clone()),
        store: Store::in_memory().await.unwrap(),
        clock: clock.clone(),
        zone: TimeZone::UTC,
        admins: BTreeSet::new(),
        rights: Arc::new(front.clone()),
        operator: None,
        gauges: Arc::new(Gauges::new(clock.clone(), ClockIs::Real)),
    }));
    let inbox = Inbox::new(app, Arc::new(front.clone()), clock, CancellationToken::new());
    inbox.begin().await.unwrap();
    let arrived = |id, chat: i64| Arrived { id, lane: chat, raw: chat.to_string() };
    // The first reply panics, and its apology goes out; of the second, the apology panics, too.
    for (id, n_panics) in [(1, 1), (2, 2), (3, 0)] {
        front.n_panics.store(n_panics, Ordering::SeqCst);
        inbox.admit(vec![arrived(id, 7)]).await.unwrap();
        inbox.admit(vec![arrived(id + 10, 8)]).await.unwrap();
        let n_here = [1, 1, 2][usize::try_from(id).unwrap() - 1];
        timeout(DEADLINE, async {
            let n = |chat| front.delivered.lock().unwrap().iter().filter(|(to, _)| *to == chat).count();
            while n(7) < n_here || n(8) < usize::try_from(id).unwrap() || front.n_panics.load(Ordering::SeqCst) > 0 {
                tokio::task::yield_now().await;
            }
        })
        .await
        .expect("the chat is answered");
    }
    let delivered = front.delivered.lock().unwrap();
    let here: Vec<&str> = delivered.iter().filter(|(to, _)| *to == 7).map(|(_, words)| words.as_str()).collect();
    assert!(here[0].contains(SORRY) && here[1].contains("Belarus"), "{here:?}");
    assert_eq!(log.count("delivering a reply panicked"), 3, "{}", log.text());
}

/// A clock whose next read after a `send` lasts until the other sender is dropped.
fn held_clock() -> (Clock, Sender<()>, Sender<()>) {
    let (hold, held) = channel();
    let (release, released) = channel();
    let gate: Mutex<(Receiver<()>, Receiver<()>)> = Mutex::new((held, released));
    let clock = Clock::driven(move || {
        let (held, released) = &*gate.lock().unwrap();
        if held.try_recv().is_ok() {
            // Nothing is ever sent: this ends with the sender.
            released.recv().unwrap_err();
        }
        Timestamp::from_second(NOON).unwrap()
    });
    (clock, hold, release)
}
