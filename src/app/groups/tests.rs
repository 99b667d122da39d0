//! What goes out in a group that has replies deleted after a while.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::app::language::Preference;
use crate::app::{ClockIs, Gauges, KnowledgeSource, Library, Parts};
use crate::chat::{Address, Document, Payload, PressRef, Sound, Standing};
use crate::clock::Clock;
use crate::domain::{Lifetime, Role};
use crate::store::Store;
use crate::terminal::Everything;

use super::*;

const HERE: ChatRef = ChatRef { id: -1, thread: None };

/// In one of its forum topics.
const IN_A_TOPIC: ChatRef = ChatRef { id: -1, thread: Some(4) };

const ELSEWHERE: ChatRef = ChatRef { id: 7, thread: None };

fn message() -> Message {
    Message::text("words")
}

#[tokio::test]
async fn whatever_becomes_a_new_message_in_the_group_passes_and_nothing_else() {
    let clock = Clock::system();
    let app = App::new(Parts {
        library: Arc::new(Library::open(KnowledgeSource::Embedded, clock.clone()).unwrap().0),
        store: Store::in_memory().await.unwrap(),
        clock: clock.clone(),
        zone: TimeZone::UTC,
        admins: BTreeSet::new(),
        rights: Arc::new(Everything),
        operator: None,
        gauges: Arc::new(Gauges::new(clock.clone(), ClockIs::Real)),
    });
    let press = PressRef("q".into());
    let incoming = Incoming {
        chat: HERE,
        kind: ChatKind::Group,
        title: None,
        from: Some(UserRef(7)),
        standing: Standing::Own,
        interface: None,
        message: Some(MessageId(5)),
        sent: clock.now(),
        replied: None,
        address: Address::Personal,
        what: What::Press { payload: Payload::new("p").unwrap(), press: press.clone(), asked: None },
    };
    let snapshot = app.library().snapshot();
    let file = |to| {
        let (name, content, caption) = ("a.ics".to_owned(), "BEGIN:VCALENDAR".to_owned(), "a calendar".to_owned());
        Outgoing::File { to, reply_to: None, document: Document { name, mime: "text/calendar", content, caption } }
    };
    let send = |to| Outgoing::Send { to, reply_to: None, message: message() };
    let edit = |chat| Outgoing::Edit { chat, id: MessageId(5), message: message() };
    let post = Outgoing::Post { to: HERE, message: message(), sound: Sound::Audible };
    for lifetime in [Lifetime::Minutes5, Lifetime::Unlimited] {
        let manners = Manners { lifetime, ..Manners::default() };
        let (preference, role) = (Preference::default(), Role::Reader);
        let turn = Turn { app: &app, snapshot: &snapshot, incoming: &incoming, role, preference, manners };
        for (outgoing, passes) in [
            (send(HERE), true),
            (send(IN_A_TOPIC), true),
            (file(HERE), true),
            (edit(HERE), true),
            (send(ELSEWHERE), false),
            (file(ELSEWHERE), false),
            (edit(ELSEWHERE), false),
            (post.clone(), false),
            (Outgoing::Pin { chat: HERE, id: MessageId(5) }, false),
            (Outgoing::Toast { press: press.clone(), text: None }, false),
        ] {
            let expected = match lifetime.duration().filter(|_| passes) {
                Some(lifetime) => Outgoing::Passing { what: Box::new(outgoing.clone()), lifetime },
                None => outgoing.clone(),
            };
            assert_eq!(turn.mannered(outgoing), expected);
        }
    }
}
