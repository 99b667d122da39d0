//! Updates whose handling goes wrong: their reader gets one calm sentence, everybody else is answered.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use jiff::Timestamp;
use onrecord::clock::Clock;

use super::{QUESTION, SORRY};
use crate::support::log::Log;
use crate::support::service::{ADMIN, NOON, Served, Stage, library_with, reader, skip};

/// Asking for the time is the last thing that a handler does for a question, and the one thing in it that a test
/// holds in its hand.
#[tokio::test]
async fn a_panic_in_a_handler_spoils_one_update() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let (ann, ben) = (reader(7), reader(8));
    let answer = stage.ask(&ann, QUESTION).await;
    let n_before = stage.dial.n_reads();
    assert_eq!(stage.ask(&ann, QUESTION).await, answer);
    let n_reads_a_question = stage.dial.n_reads() - n_before;

    for n_panics in 1..=3 {
        stage.dial.break_after(n_reads_a_question);
        assert_eq!(stage.ask(&ann, QUESTION).await, SORRY);
        assert_eq!(log.count("handling an update panicked"), n_panics, "{}", log.text());
        assert_eq!(stage.ask(&ann, QUESTION).await, answer);
        assert_eq!(stage.ask(&ben, QUESTION).await, answer);
    }

    bot.stop().await.unwrap();
    assert!(!log.text().contains("Belarus"), "{}", log.text());
    assert_eq!(stage.fake.violations(), [""; 0]);
    assert_eq!(stage.fake.unconfirmed(), [0; 0]);
}

/// The only handler that can take long without occupying its thread is a reload: it hangs where the library asks for
/// the time. The ten seconds are skipped, not waited for.
#[tokio::test]
async fn a_handler_that_takes_too_long_spoils_one_update() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let (clock, hold, release) = held_clock();
    let mut service = stage.service().await;
    service.library = library_with(clock);
    let bot = Served::start(service);
    let (admin, ann) = (reader(ADMIN), reader(7));
    stage.ask(&ann, QUESTION).await;

    hold.send(()).unwrap();
    stage.fake.private_text(&admin, "/reload");
    stage.fake.private_text(&admin, "/about");
    stage.ask(&ann, QUESTION).await;
    assert_eq!(stage.fake.sent_to(ADMIN).len(), 0, "it hangs");
    skip(Duration::from_secs(10)).await;
    let sent = stage.fake.wait_for_sent(ADMIN, 2).await;
    assert_eq!(sent[0].text, SORRY);
    assert_ne!(sent[1].text, SORRY, "the next update of the chat");
    assert_eq!(log.count("handling an update took too long"), 1, "{}", log.text());

    drop(release);
    bot.stop().await.unwrap();
    assert_eq!(stage.fake.violations(), [""; 0]);
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
