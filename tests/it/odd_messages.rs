//! What is no question gets a calm verdict: nothing, or a passage that the words of it that can be read ask for.

use onrecord::app::{Outcome, Preference, answer};

use crate::support::{bot, odd};

/// What speaks of the exercises, and of the border.
const EXERCISES: Option<&str> = Some("a4.5");
const BORDER: Option<&str> = Some("a4.3");

#[test]
fn what_is_no_question_gets_a_calm_verdict() {
    let snapshot = bot::shipped().snapshot();
    let wanted = [
        ("10,000 words", EXERCISES),
        ("10,000 misspelled words", EXERCISES),
        ("1,000,000 equal tokens", BORDER),
        ("1,000,000 equal unknown tokens", None),
        ("1,000,000 letters without a space", None),
        ("one-letter words", None),
        ("one-letter words in Russian", None),
        ("mixed scripts", None),
        ("Latin letters for Russian", EXERCISES),
        ("the wrong keyboard layout", EXERCISES),
        ("zero-width characters", EXERCISES),
        ("nothing but zero-width characters", None),
        ("right-to-left text", None),
        ("direction overrides", EXERCISES),
        ("marks on marks", None),
        ("emoji of several people", None),
        ("nothing but punctuation", None),
        ("control characters", EXERCISES),
        ("one long word of many parts", None),
        ("digits", None),
        ("white space", None),
    ];
    let messages = odd::messages();
    assert_eq!(messages.len(), wanted.len());
    for ((name, message), (wanted_name, passage)) in messages.iter().zip(wanted) {
        assert_eq!(*name, wanted_name);
        match answer(&snapshot, message, Preference::default()).outcome {
            Outcome::Quote(found) | Outcome::Choices(found) => {
                assert_eq!(Some(found[0].quote.name().passage.as_str()), passage, "{name}");
            }
            Outcome::NotCovered => assert_eq!(passage, None, "{name}"),
            Outcome::Chat(talk) => panic!("{name}: {talk:?}"),
        }
    }
}

#[test]
fn only_the_first_thousand_characters_of_a_message_are_read() {
    let snapshot = bot::shipped().snapshot();
    for (name, message) in odd::messages() {
        let read = message.chars().take(1_000).collect::<String>();
        let answers = [&message, &read].map(|message| answer(&snapshot, message, Preference::default()));
        assert_eq!(answers[0], answers[1], "{name}");
        assert!(answers[0].read_as.len() <= 3, "{name}");
    }
}
