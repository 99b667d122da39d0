//! Private chats that nobody has opened: what is for somebody there goes where it was provided to go, and the platform is
//! not asked again until they write.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::chat::Outgoing;

/// So many are remembered; when there are more, all are forgotten, and the platform tells again.
const MOST: usize = 10_000;

/// The private chats that refused the bot in this run.
#[derive(Default)]
pub(in crate::app) struct Unopened {
    // Short sections, never held across an await.
    chats: Mutex<HashSet<i64>>,
}

impl Unopened {
    /// The platform let nothing in there.
    pub(in crate::app) fn refused(&self, chat: i64) {
        let mut chats = self.chats();
        if chats.len() >= MOST {
            chats.clear();
        }
        chats.insert(chat);
    }

    /// Whether the platform let nothing in there, and nobody has written since.
    pub(in crate::app) fn is_shut(&self, chat: i64) -> bool {
        self.chats().contains(&chat)
    }

    /// Somebody wrote there.
    pub(in crate::app) fn opened(&self, chat: i64) {
        self.chats().remove(&chat);
    }

    /// What goes out in place of this, if it is for such a chat.
    pub(in crate::app) fn around(&self, mut outgoing: Outgoing) -> Outgoing {
        loop {
            match outgoing {
                Outgoing::Privately { to, otherwise, .. } if self.is_shut(to.id) => outgoing = *otherwise,
                other => return other,
            }
        }
    }

    fn chats(&self) -> MutexGuard<'_, HashSet<i64>> {
        // A set of numbers is whole after any panic.
        self.chats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::Message;
    use crate::domain::ChatRef;

    fn to(id: i64) -> ChatRef {
        ChatRef { id, thread: None }
    }

    #[test]
    fn a_chat_that_refused_is_gone_around_until_somebody_writes_there() {
        let unopened = Unopened::default();
        let last = Outgoing::Send { to: to(-1), reply_to: None, message: Message::text("here") };
        let then = |id, otherwise| Outgoing::Privately {
            to: to(id),
            message: Message::text("there"),
            otherwise: Box::new(otherwise),
        };
        let second = then(8, last.clone());
        let first = then(7, second.clone());
        assert_eq!(unopened.around(first.clone()), first);
        unopened.refused(7);
        assert_eq!(unopened.around(first.clone()), second);
        unopened.refused(8);
        assert_eq!(unopened.around(first.clone()), last);
        assert_eq!(unopened.around(last.clone()), last);
        unopened.opened(7);
        assert_eq!(unopened.around(first.clone()), first);
    }

    #[test]
    fn the_memory_does_not_grow_beyond_its_bound() {
        let unopened = Unopened::default();
        (0..=2 * i64::try_from(MOST).unwrap()).for_each(|chat| unopened.refused(chat));
        assert!(unopened.chats().len() <= MOST);
    }
}
