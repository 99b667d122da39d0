//! In which order a chat gets its posts, and how far apart.

use onrecord::domain::{DeliveryId, DeliveryState, Hold, Subject};
use onrecord::store::NewDelivery;

use crate::support::announcer::{Announcer, instant, plain};
use crate::support::fake::{Accepted, Chat, Fault, Script};
use crate::support::service::skip_until;

const NOW: &str = "2026-08-25T00:00:00Z";
const A_SECOND_LATER: &str = "2026-08-25T00:00:01Z";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// A group for which the operator's words wait: "One", then "Two".
async fn with_two_posts() -> Announcer {
    let bot = Announcer::at(NOW).await;
    let subscription = bot.subscribe(&group(), None, &plain()).await.id;
    let posts = ["One", "Two"].map(|text| NewDelivery {
        subscription,
        subject: Subject::Words { id: text.to_owned(), text: text.to_owned() },
        due: instant(NOW),
        expires: instant("2026-08-26T00:00:00Z"),
        hold: Hold::Free,
        supersedes: Vec::new(),
    });
    assert_eq!(bot.store().enqueue(&posts, &[], instant(NOW)).await.unwrap(), 2);
    bot
}

/// The last line of each call to the group, accepted or not.
fn tried(bot: &Announcer) -> Vec<String> {
    let calls = bot.fake.calls("sendMessage").into_iter().filter(|call| call.chat_id() == Some(group().id));
    let last_line = |text: &str| text.lines().last().unwrap_or_default().to_owned();
    calls.map(|call| last_line(call.body["text"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn a_chat_that_has_to_rest_counts_no_attempt() {
    let bot = with_two_posts().await;
    bot.look().await;
    assert_eq!((tried(&bot), bot.deliveries().await.as_str()), (vec!["One".to_owned()], "1 queued, 1 sent"));
    bot.go(A_SECOND_LATER).await;
    assert_eq!(tried(&bot), ["One", "Two"]);
    for id in 1..=2 {
        let delivery = bot.store().delivery(DeliveryId(id)).await.unwrap().unwrap();
        assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Sent, 1), "{delivery:?}");
    }
}

/// It was taken, and the answer never came: nobody but an admin can know, and the chat goes on.
#[tokio::test]
async fn a_post_that_is_never_answered_is_doubtful_and_the_next_one_follows_it() {
    for (accepted, n_there) in [(Accepted::Before, 1), (Accepted::After, 2)] {
        let bot = with_two_posts().await;
        let stalled = Script::new("sendMessage", Fault::Stall).accepted(accepted);
        bot.fake.script(stalled.when(|call| call["chat_id"] == group().id));
        skip_until(bot.look()).await;
        assert_eq!((tried(&bot), bot.deliveries().await.as_str()), (vec!["One".to_owned()], "1 queued, 1 ambiguous"));
        bot.go(A_SECOND_LATER).await;
        assert_eq!((tried(&bot), bot.n_posts(&group())), (vec!["One".to_owned(), "Two".to_owned()], n_there));
        assert_eq!(bot.deliveries().await, "1 sent, 1 ambiguous");
        assert_eq!(bot.fake.violations(), [""; 0]);
    }
}
