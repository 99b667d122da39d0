//! What is said of messages. Each table of quotes has one as long of what is none.

use super::fixture::{check, check_not_found, english, of_message, of_quote, russian};

#[test]
fn words_that_stand_in_the_text_are_word_for_word() {
    check(
        &english(),
        of_message,
        [
            ("we shall not turn anybody away", "= a1.2: We shall not turn anybody away"),
            ("“We shall not turn anybody away…”", "= a1.2: We shall not turn anybody away"),
            ("The pilots brought in 1340 ships", "= a1.2: the pilots brought in 1,340 ships"),
            (
                "the insurers - and I say this with respect - paid",
                "= a1.3: The insurers – and I say this with respect – paid",
            ),
            ("barely 12% of the damage", "= a1.3: barely 12 % of the damage"),
            ("The new ferries «Kittiwake» and «Grey\nSeal»", "= a2.2: The new ferries, \"Kittiwake\" and \"Grey Seal"),
            ("lit again in May 2031. Our main duty is", "= a1.1: lit again in May 2031 + a1.2: Our main duty is"),
            ("are ready to resume co-operation", "= a2.3: are ready to resume cooperation"),
            ("THE HARBOUR IS OPEN TO ALL", "= a2.4: The harbour is open to all"),
            ("has changed since the storm reached", "= question: has changed since the storm reached"),
            ("We plan to order", "= a2.1: We plan to order"),
            ("lighthouse", "= a1.1: lighthouse"),
        ],
    );
}

#[test]
fn a_short_phrase_is_word_for_word_or_nothing() {
    check_not_found(
        &english(),
        [
            "what has changed since the flood",
            "the situation in the harbour",
            "the harbour master",
            "ships brought in the pilots",
            "It is open to all who want to come.",
            "in the past two weeks",
            "Talks with the union have been suspended.",
            "A third of the voters will stay at home.",
            "We plan to leave",
            "lighthouses",
        ],
    );
}

#[test]
fn a_single_word_of_a_short_quote_is_told() {
    check(
        &english(),
        of_message,
        [
            (
                "\"we shall not turn anybody off\"",
                "≠ we shall not turn anybody [off] | a1.2: We shall not turn anybody [away]",
            ),
            (
                "We have repaired the northern lighthouse.",
                "≠ We have [repaired] the northern lighthouse | a1.1: We have [rebuilt] the northern lighthouse",
            ),
            (
                "covered by towns along the coast",
                "≠ covered by towns along the coast | a1.3: covered by [the] towns along the coast",
            ),
            (
                "“the pilots hardly brought in 1,340 ships”",
                "≠ the pilots [hardly] brought in 1,340 ships | a1.2: the pilots brought in 1,340 ships",
            ),
            ("barely 15% of the damage", "≠ barely [15] % of the damage | a1.3: barely [12] % of the damage"),
            (
                "ready to resume all cooperation",
                "≠ ready to resume [all] cooperation | a2.3: ready to resume cooperation",
            ),
            (
                "the amber dealers, talks with the customs",
                "≠ the amber [dealers] talks with the customs | a2.3: the amber [smugglers] talks with the customs",
            ),
            (
                "third of them will travel by day",
                "≠ third of them will travel by [day] | a2.2: third of them will travel by [night]",
            ),
        ],
    );
    check_not_found(
        &english(),
        [
            "We have painted the kitchen.",
            "We have to see the northern lights.",
            "She covered the table and sang along.",
            "A third of them will vote.",
            "The new ferries are late.",
            "our rules and the law",
            "in the very near future",
            "a day when the sun is high",
        ],
    );
}

#[test]
fn changed_missing_and_added_words_are_marked() {
    check(
        &english(),
        of_message,
        [
            (
                "Our main duty is to keep the fairway closed for every vessel that asks for shelter",
                "≠ Our main duty is to keep the fairway [closed] for every vessel that asks for shelter | \
                 a1.2: Our main duty is to keep the fairway [open] for every vessel that asks for shelter",
            ),
            (
                "Our main duty is not to keep the fairway open for every vessel",
                "≠ Our main duty is [not] to keep the fairway open for every vessel | \
                 a1.2: Our main duty is to keep the fairway open for every vessel",
            ),
            ("We shall turn anybody away", "≠ We shall turn anybody away | a1.2: We shall [not] turn anybody away"),
            (
                "Our main duty is to keep the fairway open for every vessel that asks for shelter, whatever flag it flies, and be \
                 paid for it.",
                "≠ Our main duty is to keep the fairway open for every vessel that asks for shelter whatever flag it flies [and] \
                 [be] [paid] [for] [it] | a1.2: Our main duty is to keep the fairway open for every vessel that asks for shelter \
                 whatever flag it flies",
            ),
            (
                "Our first duty is to keep the fairways open for all vessels that ask for shelter",
                "≠ Our [first] duty is to keep the [fairways] open for [all] [vessels] that [ask] for shelter | \
                 a1.2: Our [main] duty is to keep the [fairway] open for [every] [vessel] that [asks] for shelter",
            ),
            (
                "In the past two winters, the pilots brought in 1,430 ships",
                "≠ In the past two winters the pilots brought in [1,430] ships | \
                 a1.2: In the past two winters the pilots brought in [1,340] ships",
            ),
            (
                "The new ferries will carry two million passengers a day",
                "≠ The new ferries will carry two [million] passengers a day | a2.2: The new ferries [Kittiwake] [and] [Grey] \
                 [Seal] will carry two [thousand] passengers a day",
            ),
            (
                "Nevertheless we are watching quays and are ready to resume co-operation",
                "≠ Nevertheless we are watching quays and are ready to resume co operation | \
                 a2.3: Nevertheless we are watching [the] quays and are ready to resume cooperation",
            ),
            (
                "the role of the ferries in the distant future",
                "≠ the role of the ferries in the [distant] future | question: the role of the ferries in the [near] future",
            ),
            (
                "lit again in June 2031. Our main duty is to keep",
                "≠ lit again in [June] 2031 Our main duty is to keep | \
                 a1.1: lit again in [May] 2031 + a1.2: Our main duty is to keep",
            ),
        ],
    );
}

#[test]
fn somebodys_own_words_are_not_said_to_differ() {
    check_not_found(
        &english(),
        [
            "The pilots of the airline went on strike in the past two winters.",
            "Our main duty is to our children and to nobody else in the world.",
            "The rest was history, as they say along the coast of Maine.",
            "New ferries are expensive, and the towns along the river cannot afford them.",
            "We are ready to help everybody who asks for advice on taxes.",
            "The lamp in the kitchen was broken again in May.",
            "As for the weather, it will be high time for rain in the near future.",
            "Two thousand passengers were waiting at the station for a train.",
            "I say this with respect: you are wrong about the lighthouse.",
            "We have rebuilt the engine, and it runs again.",
            "Will you keep the fairway open for every vessel that asks for help?",
        ],
    );
}

#[test]
fn a_marked_omission_is_honest() {
    check(
        &english(),
        of_quote,
        [
            (
                "Our main duty is to keep the fairway open … whatever flag it flies.",
                "=… a1.2: Our main duty is to keep the fairway open + a1.2: whatever flag it flies",
            ),
            (
                "We shall not turn anybody away. […] The pilots brought in 1,340 ships.",
                "=… a1.2: We shall not turn anybody away + a1.2: the pilots brought in 1,340 ships",
            ),
            (
                "The insurers [...] paid for barely 12 % of the damage. (…) The rest was covered by the towns",
                "=… a1.3: The insurers + a1.3: paid for barely 12 % of the damage. The rest was covered by the towns",
            ),
            (
                "Our main duty is to keep the fairway closed … whatever flag it flies.",
                "≠ Our main duty is to keep the fairway [closed] whatever flag it flies | a1.2: Our main duty is to keep the \
                 fairway [open] (for) (every) (vessel) (that) (asks) (for) (shelter) whatever flag it flies",
            ),
        ],
    );
}

#[test]
fn a_silent_omission_is_none_and_a_mark_alone_is_no_omission() {
    check(
        &english(),
        of_quote,
        [
            (
                "Our main duty is to keep the fairway open whatever flag it flies.",
                "≠ Our main duty is to keep the fairway open whatever flag it flies | a1.2: Our main duty is to keep the fairway \
                 open [for] [every] [vessel] [that] [asks] [for] [shelter] whatever flag it flies",
            ),
            (
                "the insurers paid for barely 12 % of the damage",
                "≠ the insurers paid for barely 12 % of the damage | a1.3: The insurers [and] [I] [say] [this] [with] [respect] \
                 paid for barely 12 % of the damage",
            ),
            ("Our main duty... is to keep the fairway open", "= a1.2: Our main duty is to keep the fairway open"),
            (
                "…We have rebuilt the northern lighthouse … The harbour is open to the sea …",
                "- We have rebuilt the northern lighthouse … The harbour is open to the sea",
            ),
        ],
    );
}

#[test]
fn russian_quotes_are_compared_like_english_ones() {
    check(
        &russian(),
        of_message,
        [
            ("Еще треть из них поедет ночью", "= a2.2: Ещё треть из них поедет ночью"),
            (
                "«Наша главная обязанность — держать фарватер открытым для каждого судна», — заявила Линдквист.",
                "= a1.2: Наша главная обязанность – держать фарватер открытым для каждого судна",
            ),
            (
                "Наша главная обязанность, сказала она, — держать фарватер открытым для каждого судна",
                "= a1.2: Наша главная обязанность – держать фарватер открытым для каждого судна",
            ),
            ("лоцманы провели 1 340 кораблей", "= a1.2: лоцманы провели 1340 кораблей"),
            (
                "Тем не менее мы … готовы возобновить сотрудничество",
                "=… a2.3: Тем не менее мы + a2.3: готовы возобновить сотрудничество",
            ),
            (
                "Новые паромы \"Моевка\" и \"Серый тюлень\" не будут перевозить две тысячи пассажиров в день.",
                "≠ Новые паромы Моевка и Серый тюлень [не] будут перевозить две тысячи пассажиров в день | \
                 a2.2: Новые паромы Моевка и Серый тюлень будут перевозить две тысячи пассажиров в день",
            ),
            (
                "Мы заново отстроили северные маяки, в мае 2031 года их снова зажгли",
                "≠ Мы заново отстроили [северные] [маяки] в мае 2031 года [их] снова зажгли | \
                 a1.1: Мы заново отстроили [северный] [маяк] [и] в мае 2031 года [его] снова зажгли",
            ),
        ],
    );
    check_not_found(
        &russian(),
        [
            "в ближайшее время",
            "Что касается погоды, то мы готовы ко всему",
            "Переговоры с таможней идут хорошо",
            "Новые поезда будут перевозить больше пассажиров",
            "Мы никого не прогоним, говорил он нам вчера, но прогнал",
            "За две недели лоцманы заработали больше",
            "Наша главная обязанность – растить детей",
        ],
    );
}

/// Once everything up to "he said" was left out, and with it the changed word.
#[test]
fn a_changed_word_before_he_said_is_compared() {
    check(
        &english(),
        of_message,
        [
            ("We have rebuilt the northern lighthouse, he said", "= a1.1: We have rebuilt the northern lighthouse"),
            ("we shall not turn anybody away, he told reporters on Monday", "= a1.2: We shall not turn anybody away"),
            ("barely 12 % of the fire, he said", "≠ barely 12 % of the [fire] | a1.3: barely 12 % of the [damage]"),
            (
                "The new ferries, \"Kittiwake\" and \"Grey Wolf\", he said",
                "≠ The new ferries Kittiwake and Grey [Wolf] | a2.2: The new ferries Kittiwake and Grey [Seal]",
            ),
            (
                "are ready to resume war, according to the harbour",
                "- are ready to resume war, according to the harbour",
            ),
            ("are ready to resume war he said", "- are ready to resume war he said"),
        ],
    );
}
