//! Keys and the revision: hashes that stand for names, words and whole folders.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest as _, Sha256};

use crate::domain::{EventUid, InterviewId, Key, PassageId, Revision, TopicId};

use super::read::Files;

/// A passage's key: it changes when the words do, so that an old link to changed words can be told.
pub(super) fn of_passage(interview: &InterviewId, passage: &PassageId, words: &str) -> Key {
    key(&[interview.as_str(), passage.as_str(), words])
}

/// A topic's key: it stays while the editor works on the topic.
pub(super) fn of_topic(interview: &InterviewId, topic: &TopicId) -> Key {
    key(&[interview.as_str(), "topic", topic.as_str()])
}

/// An event's key: as short as a button needs it, whatever its uid.
#[must_use]
pub fn event_key(uid: &EventUid) -> Key {
    key(&["event", uid.as_str()])
}

/// The fingerprint of all files: their names and bytes in order.
pub(super) fn revision(files: &Files) -> Revision {
    let mut hash = Sha256::new();
    for (path, bytes) in files.iter() {
        hash.update(path);
        hash.update([0]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    Revision(first_characters(hash))
}

/// The parts with a zero byte between them: no part can hold one, so no two lists of parts are hashed alike.
fn key(parts: &[&str]) -> Key {
    let mut hash = Sha256::new();
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            hash.update([0]);
        }
        hash.update(part);
    }
    first_characters(hash)
}

#[expect(
    clippy::expect_used,
    reason = "base32 in lower case is what a key is made of, and a hash has 52 characters of it"
)]
fn first_characters(hash: Sha256) -> Key {
    let text = BASE32_NOPAD.encode(&hash.finalize()).to_ascii_lowercase();
    Key::parse(&text[..Key::LENGTH]).expect("base32 in lower case is a key")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_depend_on_every_part_and_on_nothing_else() {
        let id = |text: &str| PassageId::parse(text).unwrap();
        let (a, b) = (InterviewId::parse("a").unwrap(), InterviewId::parse("b").unwrap());
        let key = of_passage(&a, &id("a1"), "words");
        assert_eq!(key, of_passage(&a, &id("a1"), "words"));
        // `printf 'a\0a1\0words' | sha256sum | xxd -r -p | base32 | head -c 10`
        assert_eq!(key.as_str(), "tbpoopz6rs");
        for other in
            [of_passage(&b, &id("a1"), "words"), of_passage(&a, &id("a2"), "words"), of_passage(&a, &id("a1"), "Words")]
        {
            assert_ne!(key, other);
        }
    }

    #[test]
    fn a_revision_changes_with_a_name_or_a_byte() {
        let files = |path: &str, bytes: &str| Files::from_pairs([(path.to_owned(), bytes.as_bytes().to_vec())]);
        assert_eq!(revision(&files("a", "b")), revision(&files("a", "b")));
        assert_ne!(revision(&files("a", "b")), revision(&files("a", "c")));
        assert_ne!(revision(&files("a", "b")), revision(&files("b", "b")));
    }
}
