//! A reload beside announcements that are planned already: what goes out is what was planned, or waits for the new plan.

use onrecord::domain::{Confirmed, Event, PartialDate, When};

use crate::support::announcer::{Announcer, plain};
use crate::support::fake::Chat;

const BEFORE: &str = "2026-08-25T00:00:00Z";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// Another day than the shipped one, so that a reload of what is shipped changes it.
fn the_twelfth(event: &mut Event) {
    let when = PartialDate::parse("2026-10-12").map(When::Within).unwrap();
    event.confirmed = Some(Confirmed { when, source: "https://example.org/news".to_owned() });
}

#[tokio::test]
async fn what_was_planned_before_a_reload_is_not_posted_with_the_words_after_it() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.edit(the_twelfth).await;
    bot.turn("2026-10-11T10:00:00Z");
    bot.plan().await;
    assert_eq!(bot.deliveries().await, "1 queued, 1 superseded");
    bot.reload_what_is_shipped();
    bot.send().await;
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (0, "1 queued, 1 superseded"));
    for at in ["2026-10-11T10:00:05Z", "2026-10-11T10:00:10Z", "2026-10-11T10:01:00Z"] {
        bot.go(at).await;
    }
    let posts = bot.posts(&group());
    assert!(posts.iter().all(|post| !post.contains("Changed since")), "nobody was told anything else: {posts:?}");
    assert!(!bot.deliveries().await.contains("queued"), "{}", bot.deliveries().await);
}
