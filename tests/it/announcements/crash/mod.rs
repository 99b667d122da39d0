//! `kill -9` at random moments while posts go out over a bad network: no chat gets a post twice, none is lost in silence.
//!
//! `ONRECORD_TEST_KILLS` says how often (12), `ONRECORD_TEST_SEED` with which dice. The verdict comes from what Telegram
//! saw and from the database, and it is tried on bots with a seeded bug (`controls`).

mod controls;
mod day;
mod dice;
mod network;
#[cfg(feature = "fail-points")]
mod points;
mod verdict;

use std::env;

use day::{Day, End, HOURS};
use dice::Dice;
use network::fault;
use verdict::Verdict;

const GROUPS_AN_HOUR: i64 = 40;
const KILLS_AN_HOUR: usize = 6;

fn number(name: &str, default: u64) -> u64 {
    env::var(name).ok().map_or(default, |text| text.parse().expect("a number"))
}

fn seed() -> u64 {
    number("ONRECORD_TEST_SEED", 1)
}

#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn however_often_it_is_killed_no_chat_gets_a_post_twice_and_none_is_lost_in_silence() {
    let n_kills = usize::try_from(number("ONRECORD_TEST_KILLS", 12)).expect("a number of kills");
    let mut dice = Dice::of(seed());
    let mut total = Verdict::default();
    while total.n_kills < n_kills {
        let n_hours = (n_kills - total.n_kills).div_ceil(KILLS_AN_HOUR).min(HOURS);
        let mut day = Day::new(n_hours, GROUPS_AN_HOUR, || fault(&mut dice)).await;
        'day: while day.next_hour() {
            for _ in 0..KILLS_AN_HOUR {
                if total.n_kills + day.n_kills == n_kills {
                    break 'day;
                }
                day.ask();
                day.kill(End::AnyMoment, &mut dice).await;
            }
        }
        let today = day.end().await;
        println!("seed {}: {today}", seed());
        total = total.and(&today);
    }
    println!("seed {}, in all: {total}", seed());
    assert!(total.is_clean(), "{total}");
    // Whoever makes everything doubtful keeps every promise and is of no use.
    assert!(5 * total.n_there > total.n_posts, "{total}");
}
