//! Killed at named points: each row of the crash table (RELIABILITY.md §3), and many kills at each.
//!
//! `ONRECORD_TEST_KILLS_A_POINT` says how many (5).

use super::day::{Day, End, HOURS};
use super::dice::Dice;
use super::network::fault;
use super::verdict::Verdict;
use super::{KILLS_AN_HOUR, number, seed};

/// Of a post that is killed at each point of the table: whether it is doubtful, and how often it stands in its chat.
const TABLE: [(&str, (usize, usize)); 6] = [
    ("enqueue-uncommitted", (0, 1)),
    ("intent-uncommitted", (0, 1)),
    ("intent-committed", (1, 0)),
    ("answer-unread.SendMessage", (1, 1)),
    ("answer-unrecorded", (1, 1)),
    ("recorded", (0, 1)),
];

#[tokio::test]
async fn each_row_of_the_crash_table_is_as_it_is_written() {
    for (point, (n_doubtful, n_there)) in TABLE {
        let mut day = Day::new(1, 1, || None).await;
        assert!(day.next_hour());
        assert!(day.kill(End::At(point, 1), &mut Dice::of(seed())).await, "{point} was not reached");
        let verdict = day.end().await;
        // The chat's other post comes after it in any case.
        assert_eq!((verdict.ambiguous, verdict.n_there), (n_doubtful, n_there + 1), "{point}");
        assert!(verdict.is_clean(), "{point}: {verdict}");
    }
}

/// So many kills at that point, after it was passed at most so often. What came of it, and how many there were.
async fn killed_at(point: &'static str, n_passed: u64, n_groups_an_hour: i64) -> (usize, Verdict) {
    let n_kills = usize::try_from(number("ONRECORD_TEST_KILLS_A_POINT", 5)).expect("a number of kills");
    let mut dice = Dice::of(seed());
    let (mut n_there, mut total) = (0, Verdict::default());
    while n_there < n_kills {
        let n_hours = (n_kills - n_there).div_ceil(KILLS_AN_HOUR).min(HOURS);
        let mut day = Day::new(n_hours, n_groups_an_hour, || fault(&mut dice)).await;
        while n_there < n_kills && day.next_hour() {
            for _ in 0..KILLS_AN_HOUR.min(n_kills - n_there) {
                day.ask();
                n_there += usize::from(day.kill(End::At(point, 1 + dice.roll(n_passed)), &mut dice).await);
            }
        }
        total = total.and(&day.end().await);
    }
    (n_there, total)
}

#[tokio::test]
async fn killed_before_what_is_planned_is_committed() {
    let (n_there, verdict) = killed_at("enqueue-uncommitted", 1, 4).await;
    println!("enqueue-uncommitted, seed {}: {n_there} times; {verdict}", seed());
    assert!(verdict.is_clean(), "{verdict}");
}

#[tokio::test]
async fn killed_while_it_is_queued() {
    let (n_there, verdict) = killed_at("intent-uncommitted", 12, 20).await;
    println!("intent-uncommitted, seed {}: {n_there} times; {verdict}", seed());
    assert!(verdict.is_clean(), "{verdict}");
}

#[tokio::test]
async fn killed_before_the_first_byte() {
    let (n_there, verdict) = killed_at("intent-committed", 12, 20).await;
    println!("intent-committed, seed {}: {n_there} times; {verdict}", seed());
    assert!(verdict.is_clean(), "{verdict}");
}

#[tokio::test]
async fn killed_before_the_answer_is_read() {
    let (n_there, verdict) = killed_at("answer-unread.SendMessage", 12, 20).await;
    println!("answer-unread.SendMessage, seed {}: {n_there} times; {verdict}", seed());
    assert!(verdict.is_clean(), "{verdict}");
}

#[tokio::test]
async fn killed_before_the_answer_is_recorded() {
    let (n_there, verdict) = killed_at("answer-unrecorded", 12, 20).await;
    println!("answer-unrecorded, seed {}: {n_there} times; {verdict}", seed());
    assert!(verdict.is_clean(), "{verdict}");
}

#[tokio::test]
async fn killed_after_the_answer_was_recorded() {
    let (n_there, verdict) = killed_at("recorded", 12, 20).await;
    println!("recorded, seed {}: {n_there} times; {verdict}", seed());
    assert!(verdict.is_clean(), "{verdict}");
}
