//! Buttons there and back, and forged ones.

use super::super::cut::Run;
use super::*;
use crate::domain::{Feedback, Reason, Revision};
use crate::store::QuestionId;

fn a_key() -> Key {
    Key::parse("abcdefgh23").unwrap()
}

#[test]
fn a_button_comes_back_as_what_it_asked_for() {
    let key = Key::parse("abcdefgh23").unwrap();
    let longest = DraftId::new(9_007_199_254_740_991, i32::MAX, Timestamp::MAX);
    for wish in [
        Wish::Passage(Shown::whole(key.clone())),
        Wish::Context(Shown { topic: Some(key.clone()), ..Shown::whole(key.clone()) }),
        Wish::Passage(Shown { run: Some(Run { first: 2, last: 5 }), ..Shown::whole(key.clone()) }),
        Wish::Context(Shown {
            passage: key.clone(),
            topic: Some(key.clone()),
            run: Some(Run { first: u16::MAX, last: u16::MAX }),
        }),
        Wish::Topic(key.clone()),
        Wish::Upcoming(0),
        Wish::Upcoming(3),
        Wish::Event(key.clone()),
        Wish::Calendar(key.clone()),
        Wish::Offer(key.clone()),
        Wish::PostNow(Cause::Event(key.clone())),
        Wish::Leave(Cause::Event(key.clone())),
        Wish::PostNow(Cause::Words(longest.clone())),
        Wish::Leave(Cause::Words(longest)),
        Wish::Remind,
        Wish::Topics(12),
        Wish::Review(Review::StillTrue, key.clone(), ScheduleRevision(1)),
        Wish::Review(Review::Outdated, key, ScheduleRevision(u32::MAX)),
        Wish::Decide(Decision::Post, DeliveryId(1)),
        Wish::Decide(Decision::Drop, DeliveryId(i64::MAX)),
        Wish::DecideAll(Decision::IsThere, DeliveryId(i64::MAX), "9999-12-30T00:00:00Z".parse().unwrap()),
        Wish::OneByOne(DeliveryId(i64::MAX), DeliveryId(i64::MAX)),
        Wish::Doubts(DeliveryId(0)),
        Wish::Subscribe(ChatRef { id: i64::MIN, thread: None }),
        Wish::Unsubscribe(SubscriptionId(3)),
        Wish::Settings(SubscriptionId(3), None),
        Wish::Settings(SubscriptionId(i64::MAX), Change::parse("kind.anniversary.off")),
        Wish::Group(i64::MIN, None),
        Wish::Group(i64::MIN, groups::Change::parse("language.question")),
        Wish::Preview(SubscriptionId(3)),
        Wish::Feedback(Given { feedback: Feedback::Yes, revision: Revision(a_key()), shown: Shown::whole(a_key()) }),
        Wish::Feedback(Given {
            feedback: Feedback::No(Some(Reason::AnotherQuestion)),
            revision: Revision(a_key()),
            shown: Shown {
                topic: Some(a_key()),
                run: Some(Run { first: u16::MAX, last: u16::MAX }),
                ..Shown::whole(a_key())
            },
        }),
        Wish::Keep(Keeping::Tell),
        Wish::Keep(Keeping::Withdraw(QuestionId(i64::MAX))),
        Wish::Mine(Mine::Ask),
        Wish::Mine(Mine::Forget),
        Wish::Mine(Mine::Leave),
        Wish::Mine(Mine::Withdraw(QuestionId(1))),
        Wish::Speak(None),
        Wish::Speak(Some(Language::English)),
    ] {
        let press = Press { language: Language::Russian, wish };
        assert_eq!(Press::parse(&press.payload().unwrap()), Some(press));
    }
}

#[test]
fn a_forged_button_asks_for_nothing() {
    for forged in [
        "",
        "p",
        "p.en",
        "p.en.short",
        "1.en.abcdefgh23",
        "p.de.abcdefgh23",
        "l.en.-1",
        "o.en.",
        "o.en.-1",
        "e.en.short",
        "r.en.you",
        "n.en.x.abcdefgh23",
        "n.en.e.short",
        "n.en.w.",
        "q.en.w.../..",
        "s.ru.de",
        "b.en.",
        "b.en.x",
        "b.en.channel.-5",
        "u.en.0",
        "u.en.x",
        "g.en.0",
        "g.en.3.",
        "g.en.3.hour.25",
        "v.en.-1",
        "h.en.",
        "h.en.x",
        "h.en.-5.",
        "h.en.-5.delete.1m",
        "h.en.-5.answer",
        "d.en.post",
        "d.en.post.0",
        "d.en.post.-1",
        "d.en.true.1",
        "f.en.true.abcdefgh23",
        "f.en.post.abcdefgh23.1",
        "f.en.true.short.1",
        "f.en.true.abcdefgh23.-1",
        "d.en.perhaps.1",
        "d.en.post.1x",
        "k.en.post.1.1795435200000",
        "k.en.there.0.1795435200000",
        "k.en.there.1",
        "k.en.there.1.9223372036854775807",
        "w.en.1",
        "w.en.0.1",
        "m.en.x",
        "y.en.y",
        "y.en.y.abcdefgh23",
        "y.en.perhaps.abcdefgh23.abcdefgh23",
        "y.en.y.short.abcdefgh23",
        "y.en.n.abcdefgh23.abcdefgh23.x",
        "j.en.x",
        "j.en.not",
        "j.en.not.0",
        "j.en.tell.1",
        "z.en.x",
        "z.en.forget.1",
        "z.en.not.-1",
        "p.en.ABCDEFGH23",
        "p.en.abcdefgh23.short",
        "p.en.abcdefgh23.1-",
        "p.en.abcdefgh23.+1-2",
        "p.en.abcdefgh23.1-70000",
        "p.en.abcdefgh23.1-2.abcdefgh23",
        "p.en.abcdefgh23.abcdefgh23.1-2.x",
    ] {
        assert_eq!(Payload::new(forged).as_ref().and_then(Press::parse), None, "{forged}");
    }
}
