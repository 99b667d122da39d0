//! A chat chooses other hours on the very day: what was still to come comes once, what came does not come again, and what
//! was not wanted when it fell due is not brought up later.

use onrecord::domain::{MilestoneChoice, PartialDate, Settings, When};

use crate::support::announcer::{Announcer, plain};
use crate::support::fake::{Chat, Draft, Membership, User};

const BEFORE: &str = "2026-10-10T00:00:00Z";
/// The day before, at ten.
const TEN: &str = "2026-10-11T10:00:00Z";
const NOON: &str = "2026-10-11T12:00:00Z";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// Others, who are served at ten.
fn others() -> Chat {
    Chat::supergroup(-100_501, "Others")
}

fn ann() -> User {
    User::new(7, "Ann").speaking("en")
}

/// Ann's group with these settings, on the day before the exercise, when the others were served.
async fn at_noon(settings: &Settings) -> Announcer {
    let mut bot = Announcer::at(BEFORE).await;
    bot.edit(|event| event.when = PartialDate::parse("2026-10-12").map(When::Within)).await;
    bot.fake.add_chat(&Chat::private(&ann()));
    bot.fake.set_member(&group(), &ann(), Membership::Administrator);
    bot.subscribe(&group(), Some(&ann()), settings).await;
    bot.subscribe(&others(), None, &plain()).await;
    bot.go(BEFORE).await;
    bot.go(TEN).await;
    bot.go(NOON).await;
    assert_eq!(bot.n_posts(&others()), 1);
    bot
}

async fn look_often(bot: &mut Announcer, at: &str) {
    for _ in 0..2 {
        bot.go(at).await;
        bot.restart().await;
    }
}

#[tokio::test]
async fn a_milestone_that_a_new_zone_puts_before_the_last_look_is_posted_at_once() {
    let mut bot = at_noon(&Settings { hour: 18, ..plain() }).await;
    assert_eq!(bot.n_posts(&group()), 0);
    // Six in the evening in Tokyo was three hours ago.
    bot.hears(Draft::private(&ann(), "/timezone Tokyo")).await;
    for at in [NOON, "2026-10-11T12:00:05Z", "2026-10-11T14:00:00Z"] {
        look_often(&mut bot, at).await;
        assert_eq!((bot.n_posts(&group()), bot.n_posts(&others())), (1, 1), "{at}");
    }
    assert_eq!(bot.deliveries().await, "2 sent");
}

#[tokio::test]
async fn what_was_posted_is_not_posted_again_by_a_later_hour() {
    let mut bot = at_noon(&plain()).await;
    assert_eq!(bot.n_posts(&group()), 1);
    // Ten in the morning in New York is yet to come.
    bot.hears(Draft::private(&ann(), "/timezone New York")).await;
    for at in [NOON, "2026-10-11T14:00:00Z", "2026-10-11T20:00:00Z"] {
        look_often(&mut bot, at).await;
        assert_eq!(bot.n_posts(&group()), 1, "{at}");
    }
    look_often(&mut bot, "2026-10-12T14:00:00Z").await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (2, "4 sent"), "the day itself");
}

#[tokio::test]
async fn what_was_not_wanted_when_it_fell_due_is_not_brought_up_later() {
    let mut bot = at_noon(&Settings { milestones: MilestoneChoice::FirstDay, ..plain() }).await;
    bot.hears(Draft::private(&ann(), "/subscriptions")).await;
    for label in ["-100500", "Ahead and first day", "At 9:00"] {
        bot.presses(&ann(), &bot.last(ann().id), label).await;
        look_often(&mut bot, NOON).await;
        assert_eq!(bot.n_posts(&group()), 0, "{label}");
    }
    look_often(&mut bot, "2026-10-12T09:00:00Z").await;
    assert_eq!(bot.n_posts(&group()), 1);
}
