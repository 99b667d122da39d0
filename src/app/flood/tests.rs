//! Whose limit is whose, and that the memory is bounded.

use super::*;
use crate::chat::{MessageId, Payload, PressRef, SearchRef, Standing};
use crate::domain::ChatRef;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000 + millis).unwrap()
}

fn said(chat: i64, user: i64, millis: i64) -> Incoming {
    Incoming {
        chat: ChatRef { id: chat, thread: None },
        kind: if chat < 0 { ChatKind::Group } else { ChatKind::Private },
        title: None,
        from: Some(UserRef(user)),
        standing: Standing::Own,
        interface: None,
        message: Some(MessageId(1)),
        sent: at(millis),
        replied: None,
        address: Address::Personal,
        what: What::Text("OSCE".to_owned()),
    }
}

fn pressed(incoming: Incoming) -> Incoming {
    let payload = Payload::new("l.en.0").unwrap();
    Incoming { what: What::Press { payload, press: PressRef(String::new()), asked: None }, ..incoming }
}

fn command(incoming: Incoming, name: &str, address: Address) -> Incoming {
    Incoming { what: What::Command { name: name.to_owned(), rest: String::new() }, address, ..incoming }
}

/// What so many of them get, at once.
fn at_once(flood: &Flood, n: usize, incoming: &Incoming) -> Vec<Heed> {
    (0..n).map(|_| flood.judge(incoming, Role::Reader)).collect()
}

#[test]
fn a_hurried_person_is_answered_and_a_flood_is_told_once() {
    let flood = Flood::default();
    for n in 0..5 {
        assert_eq!(flood.judge(&said(7, 7, n * 2_000), Role::Reader), Heed::Answered, "five in ten seconds");
    }
    let judged = at_once(&flood, 100, &said(7, 7, 10_000));
    let n_answered = judged.iter().filter(|judged| **judged == Heed::Answered).count();
    assert_eq!(n_answered, 18, "3 of the 5 are there again");
    assert_eq!(judged[18], Heed::Told(Who::Person));
    assert!(judged[19..].iter().all(|judged| *judged == Heed::Silent));
    assert_eq!(flood.judge(&said(8, 8, 10_000), Role::Reader), Heed::Answered, "somebody else");
    assert_eq!(flood.judge(&pressed(said(7, 7, 10_000)), Role::Reader), Heed::Answered, "presses are for themselves");
    assert_eq!(flood.judge(&said(7, 7, 68_999), Role::Reader), Heed::Silent);
    assert_eq!(flood.judge(&said(7, 7, 69_000), Role::Reader), Heed::Answered, "a minute later");
}

#[test]
fn letters_are_searched_one_by_one_and_take_nothing_from_questions() {
    let flood = Flood::default();
    let what = What::Search { query: "o".to_owned(), offset: String::new(), search: SearchRef("q".to_owned()) };
    let search = Incoming { what, ..said(7, 7, 0) };
    let judged = at_once(&flood, 100, &search);
    assert_eq!(judged.iter().filter(|judged| **judged == Heed::Answered).count(), 60);
    assert!(matches!(hushed(&search).as_slice(), [Outgoing::Results { .. }]), "the list does not seem to hang");
    assert_eq!(flood.judge(&said(7, 7, 0), Role::Reader), Heed::Answered);
    assert!(hushed(&said(7, 7, 0)).is_empty());
}

#[test]
fn a_group_is_told_once_however_many_ask() {
    let flood = Flood::default();
    let judged: Vec<Heed> = (0..50).map(|user| flood.judge(&said(-1, user, 0), Role::Reader)).collect();
    let expected = |n| match n {
        0..8 => Heed::Answered,
        8 => Heed::Told(Who::Group),
        _ => Heed::Silent,
    };
    assert_eq!(judged, (0..50).map(expected).collect::<Vec<_>>());
    assert_eq!(flood.judge(&said(-2, 1, 0), Role::Reader), Heed::Answered, "another group");
    assert_eq!(flood.judge(&said(1, 1, 0), Role::Reader), Heed::Answered, "the same person in private");
    assert_eq!(flood.judge(&said(-1, 99, 40_000), Role::Reader), Heed::Answered, "later");
}

#[test]
fn nobody_silences_a_group_alone() {
    let flood = Flood::default();
    for minute in 0..10 {
        let judged = at_once(&flood, 50, &said(-1, 7, minute * 60_000));
        assert_eq!(judged.iter().filter(|judged| **judged == Heed::Answered).count(), 6);
        assert_eq!(judged.iter().filter(|judged| **judged == Heed::Told(Who::Person)).count(), 1);
        assert_eq!(flood.judge(&said(-1, 8, minute * 60_000), Role::Reader), Heed::Answered, "another member");
    }
}

#[test]
fn no_minute_of_a_group_has_more_than_twenty() {
    let flood = Flood::default();
    let mut answered = Vec::new();
    for second in 0..300 {
        let judged = flood.judge(&said(-1, second, second * 1_000), Role::Reader);
        if judged != Heed::Silent {
            answered.push(second);
        }
    }
    for from in 0..240 {
        let n = answered.iter().filter(|second| (from..from + 60).contains(*second)).count();
        assert!(n <= 20, "{n} from second {from}");
    }
}

#[test]
fn admins_and_what_gets_no_reply_are_not_counted() {
    let flood = Flood::default();
    let (private, group) = (said(7, 7, 0), said(-1, 7, 0));
    for _ in 0..100 {
        assert_eq!(flood.judge(&private, Role::Admin), Heed::Answered);
        for name in ["weather", "reload"] {
            let other = command(group.clone(), name, Address::Open);
            assert_eq!(flood.judge(&other, Role::Reader), Heed::Answered);
        }
    }
    assert_eq!(at_once(&flood, 6, &command(group.clone(), "ask", Address::Open)), [Heed::Answered; 6]);
    let to_the_bot = command(group, "weather", Address::Personal);
    assert_eq!(flood.judge(&to_the_bot, Role::Reader), Heed::Told(Who::Person), "a reply would be given");
}

#[test]
fn a_backlog_is_judged_by_when_it_was_sent() {
    let flood = Flood::default();
    for hour in 0..100 {
        assert_eq!(flood.judge(&said(7, 7, hour * 3_600_000), Role::Reader), Heed::Answered);
    }
}

#[test]
fn the_memory_is_bounded_and_keeps_whoever_floods() {
    let flood = Flood::default();
    at_once(&flood, 100, &said(1, 1, 0));
    for user in 2..=3 * i64::try_from(MOST).unwrap() {
        assert_eq!(flood.judge(&said(user, user, 0), Role::Reader), Heed::Answered);
    }
    let kept = lock(&flood.said);
    let buckets = &kept.people.by_key;
    assert!(buckets.len() <= MOST);
    let n_bytes = buckets.capacity() * (size_of::<((i64, UserRef), Bucket)>() + 1);
    assert!(n_bytes <= 600_000, "{n_bytes} bytes for {} people", buckets.len());
    drop(kept);
    assert_eq!(flood.judge(&said(1, 1, 0), Role::Reader), Heed::Silent);
}

#[test]
fn who_is_forgotten_first_was_nearest_to_full() {
    let mut buckets = Buckets::new(PERSON);
    for user in 0..i64::try_from(MOST).unwrap() {
        buckets.take(user, at(0));
    }
    buckets.take(1, at(0));
    buckets.take(-1, at(3_000));
    assert_eq!(buckets.by_key.len(), 2, "the others were full again");
}
