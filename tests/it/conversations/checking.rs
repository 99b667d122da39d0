//! Quotes that somebody wants checked: typed after the command, or in a message that the command replies to.

use insta::assert_snapshot;
use serde_json::json;

use super::{ann, group, oleg};
use crate::support::fake::{Draft, User};
use crate::support::transcript::Transcript;

const VERBATIM: &str = "/check \"the United Nations remains our main partner\"";
const CHANGED: &str = "/check \"In this context, the United Nations is no longer our main partner. We continue to develop \
                       cooperation with the UN on important areas\"";
const ONE_WORD: &str = "/check \"the United Nations remains our main ally\"";
const LEFT_OUT: &str =
    "/check “We continue to develop cooperation with the UN on important areas […] and combating terrorism.”";
const ELSEWHERE: &str = "/check \"All human beings are born free and equal in dignity and rights\"";
const IN_RUSSIAN: &str = "/check «Организация Объединённых Наций остаётся нашим главным партнёром»";

#[tokio::test]
async fn a_quote_is_checked_in_english() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    for question in ["/check", VERBATIM, CHANGED, ONE_WORD, LEFT_OUT, ELSEWHERE, IN_RUSSIAN] {
        talk.says(&ann, question).await;
    }
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn a_quote_is_checked_for_a_russian_reader() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    for question in ["/check", VERBATIM, CHANGED, ONE_WORD, ELSEWHERE, IN_RUSSIAN] {
        talk.says(&oleg, question).await;
    }
    assert_snapshot!(talk.end().await);
}

/// Somebody shares a quote in a group, and another member asks the bot about it.
#[tokio::test]
async fn what_somebody_else_wrote_is_checked_by_a_reply_to_it() {
    let (ann, ben) = (ann(), User::new(9, "Ben").speaking("en"));
    let mut talk = Transcript::group(&group()).await;
    let shared = talk.mutters(
        &ben,
        "Masadykov to Allies.CSTO 👇\nThe threat of international terrorism, extremism, drug trafficking and the \
         transboundary movement of weapons also persists. What do you say?",
    );
    let check = || Draft::new(&group(), &ann, "/check").replying_to(shared);
    talk.writes("Ann (to Ben)", check()).await;
    let part = json!({ "text": "The threat of international terrorism, extremism, drug trafficking", "position": 27 });
    talk.writes("Ann (to a part of it that she picked)", check().with("quote", part)).await;
    let own = talk.mutters(&ben, "I had pizza tonight, and it was great.");
    talk.writes("Ann (to Ben)", Draft::new(&group(), &ann, "/check").replying_to(own)).await;
    assert_snapshot!(talk.end().await);
}
