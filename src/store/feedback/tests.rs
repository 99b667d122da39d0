//! One reader counts once, the last word counts, and nobody's number is there.

use super::*;
use crate::store::fixture::at;
use crate::store::{KEY_LIFETIME, KEY_TURN};

const ANN: UserRef = UserRef(7_700_700_700);
const BEN: UserRef = UserRef(8_800_800_800);

fn answer(passage: &str, revision: &str) -> Answered {
    Answered { passage: Key::parse(passage).unwrap(), revision: Revision(Key::parse(revision).unwrap()) }
}

fn first() -> Answered {
    answer("abcdefgh23", "rrrrrrrrrr")
}

async fn counts(store: &Store) -> Vec<(u32, u32, Vec<(Reason, u32)>)> {
    let tallies = store.tallies().await.unwrap().into_iter();
    tallies.map(|tally| (tally.yes, tally.no, tally.reasons.into_iter().collect())).collect()
}

#[tokio::test]
async fn a_reader_counts_once_and_the_last_word_counts() {
    let store = Store::in_memory().await.unwrap();
    let little = Feedback::No(Some(Reason::TooLittle));
    for (given, counted) in [
        (Feedback::Yes, (1, 0, vec![])),
        (Feedback::Yes, (1, 0, vec![])),
        (Feedback::No(None), (0, 1, vec![])),
        (little, (0, 1, vec![(Reason::TooLittle, 1)])),
        // The first press comes again after a crash.
        (Feedback::No(None), (0, 1, vec![(Reason::TooLittle, 1)])),
        (Feedback::No(Some(Reason::OutOfDate)), (0, 1, vec![(Reason::OutOfDate, 1)])),
        (Feedback::Yes, (1, 0, vec![])),
    ] {
        assert!(store.give_feedback(ANN, &first(), given, at(0)).await.unwrap());
        assert_eq!(counts(&store).await, [counted], "{given:?}");
    }
    store.give_feedback(BEN, &first(), little, at(0)).await.unwrap();
    assert_eq!(counts(&store).await, [(1, 1, vec![(Reason::TooLittle, 1)])]);
    assert_eq!(store.feedback_on(BEN, &first(), at(0)).await.unwrap(), Some(little));
}

#[tokio::test]
async fn another_passage_and_another_revision_count_by_themselves() {
    let store = Store::in_memory().await.unwrap();
    for answer in [first(), answer("abcdefgh23", "ssssssssss"), answer("zbcdefgh23", "rrrrrrrrrr")] {
        assert_eq!(store.feedback_on(ANN, &answer, at(0)).await.unwrap(), None);
        store.give_feedback(ANN, &answer, Feedback::Yes, at(0)).await.unwrap();
    }
    assert_eq!(counts(&store).await.len(), 3);
    assert_eq!(store.n_feedback_of(ANN, at(0)).await.unwrap(), 3);
    assert_eq!(store.n_feedback_of(BEN, at(0)).await.unwrap(), 0);
}

#[tokio::test]
async fn a_word_can_be_changed_for_as_long_as_its_key_is_there() {
    let store = Store::in_memory().await.unwrap();
    store.give_feedback(ANN, &first(), Feedback::Yes, at(0)).await.unwrap();
    let turned = at(1) + KEY_TURN;
    store.give_feedback(ANN, &first(), Feedback::No(None), turned).await.unwrap();
    assert_eq!(counts(&store).await, [(0, 1, vec![])]);
    let expired = at(1) + KEY_LIFETIME;
    assert_eq!(store.feedback_on(ANN, &first(), expired).await.unwrap(), None, "nobody can tell any more");
    store.sweep_readers(expired).await.unwrap();
    assert_eq!(counts(&store).await, [(0, 1, vec![])], "the count stays");
    store.sweep_readers(turned + FEEDBACK_LIFETIME + SignedDuration::from_hours(24)).await.unwrap();
    assert_eq!(counts(&store).await, []);
}

#[tokio::test]
async fn one_reader_cannot_fill_the_table() {
    let store = Store::in_memory().await.unwrap();
    let letters: Vec<char> = ('a'..='z').collect();
    let mut refused = 0;
    for n in 0..=usize::try_from(MAX_FEEDBACK).unwrap() {
        let passage: String = [letters[n % 26], letters[n / 26]].into_iter().chain("cdefgh23".chars()).collect();
        let counts = store.give_feedback(ANN, &answer(&passage, "rrrrrrrrrr"), Feedback::Yes, at(0)).await.unwrap();
        refused += usize::from(!counts);
    }
    assert_eq!(refused, 1);
    assert!(store.give_feedback(BEN, &first(), Feedback::Yes, at(0)).await.unwrap());
}

#[tokio::test]
async fn no_file_holds_a_readers_number() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("a.db").display())).await.unwrap();
    store.give_feedback(ANN, &first(), Feedback::Yes, at(0)).await.unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        // SQLite keeps a number in as few bytes as it fits: these six.
        let stored = &ANN.0.to_be_bytes()[2..];
        for form in [ANN.0.to_string().as_bytes(), stored] {
            assert!(!bytes.windows(form.len()).any(|part| part == form));
        }
    }
}
