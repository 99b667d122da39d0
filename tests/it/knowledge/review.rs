//! What a closer look finds in a folder that can be used: phrasings that read alike, keywords that tell nothing, topics
//! that nobody reaches.

use onrecord::knowledge::review;

use super::fixture::Folder;

/// What a closer look finds, and that loading finds nothing, where every topic but `silent` is reached.
#[track_caller]
fn reviewed(folder: Folder, silent: &str) -> Vec<String> {
    let files = folder.clone().files();
    let loaded = folder.load();
    assert_eq!(loaded.problems, [], "this is for a closer look");
    let found = review(&files, &loaded.corpus.unwrap(), |_, topic| topic.id.as_str() != silent);
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_sound_folder_has_nothing_to_warn_of() {
    assert_eq!(reviewed(Folder::sound(), ""), [""; 0]);
}

#[test]
fn a_topic_that_nobody_reaches_is_told_with_its_place() {
    assert_eq!(
        reviewed(Folder::sound(), "plans"),
        [
            "warning: a/topics.toml:10:6: nobody can reach the topic `plans`: none of its 2 phrasings finds it; make its \
          phrasings differ from those of others, or join the two; `onrecord ask --explain \"What is planned?\"` tells what \
          is found instead"
        ]
    );
}

#[test]
fn only_topics_that_people_could_ask_for_have_to_be_reached() {
    let faq = Folder::sound().with(
        "a/interview.en.md",
        "kind = \"translation\"\noriginal_language = \"ru\"\n",
        "kind = \"faq\"\n",
    );
    let loaded = faq.clone().load();
    if let Some(corpus) = loaded.corpus {
        assert_eq!(review(&faq.files(), &corpus, |_, _| panic!("a set has the questions it has")), []);
    } else {
        panic!("{:?}", loaded.problems);
    }
}

#[test]
fn phrasings_that_read_alike_are_told_where_they_ask_for_different_things() {
    let of_mood = |phrasing: &str| {
        format!(
            "warning: a/topics.toml:13:21: the phrasing reads like one of the topic `mood`: “{phrasing}” \
             (topics.toml:5); matching sees no difference: keep the one that fits best, or reword it"
        )
    };
    for (phrasing, told) in [
        ("How do she feels", vec![]),
        ("How does she feels?", vec![of_mood("how does she feel")]),
        ("how does SHE — feeling", vec![of_mood("how does she feel")]),
        ("How does he feel?", vec![]),
        ("She: how does feel?", vec![]),
    ] {
        let folder = Folder::sound().with("a/topics.toml", "What is planned?", phrasing);
        assert_eq!(reviewed(folder, ""), told, "{phrasing}");
    }
    let twice = Folder::sound().with(
        "a/topics.toml",
        "[\"What is planned?\"]",
        "[\"What is planned?\", \"What is planning?\"]",
    );
    assert_eq!(reviewed(twice, ""), [""; 0], "one topic may be asked for in many forms");
}

#[test]
fn a_phrasing_that_reads_like_one_that_is_not_answered_is_told() {
    let folder = Folder::sound().with("a/outside.toml", "How many troops?", "What is planning?");
    assert_eq!(
        reviewed(folder, ""),
        ["warning: a/outside.toml:3:21: the phrasing reads like one of the topic `plans`: “what is planned” \
          (topics.toml:13); matching sees no difference: keep the one that fits best, or reword it"]
    );
}

/// The sound folder with five more topics, each with a phrasing that ends in these words.
fn with_topics_about(words: &str) -> Folder {
    let topics: String = (0..5)
        .map(|n| {
            format!(
                "\n[[topic]]\nid = \"t{n}\"\ntitle = \"T\"\npassages = [\"a1.1\"]\n\
                 phrasings = {{ en = [\"number{n} {words}\"], ru = [\"номер{n}\"] }}\n"
            )
        })
        .collect();
    let all = Folder::sound().text("a/topics.toml") + &topics;
    Folder::sound().and("a/topics.toml", all.as_bytes())
}

#[test]
fn a_keyword_whose_words_are_in_what_is_asked_of_everything_is_told() {
    let told = |keyword: &str| {
        format!(
            "warning: a/topics.toml:6:20: the keyword “{keyword}” matches nearly everything: its words stand in what people \
             ask about 5 of the 6 other topics; delete it, or write what only this topic is about; a keyword's words count in \
             any order"
        )
    };
    for (words, keyword, told) in [
        ("to see and do", "to-do", vec![told("to-do")]),
        ("of the feeling", "feelings", vec![told("feelings")]),
        ("to see", "to-do", vec![]),
        ("of the mood", "feelings", vec![]),
    ] {
        let folder = with_topics_about(words).with("a/topics.toml", "feelings", keyword);
        assert_eq!(reviewed(folder, ""), told, "{keyword:?} beside {words:?}");
    }
}

#[test]
fn a_keyword_that_very_many_passages_hold_is_told() {
    let more: String = (3..8).map(|n| format!("\nNumber {n} is about media. {{#a2.{n}}}\n")).collect();
    let body = Folder::sound().text("a/interview.en.md") + &more;
    let topics = Folder::sound()
        .text("a/topics.toml")
        .replace("\"a2.2\"", "\"a2.2\", \"a2.3\", \"a2.4\", \"a2.5\", \"a2.6\", \"a2.7\"");
    let folder = Folder::sound().and("a/interview.en.md", body.as_bytes()).and("a/topics.toml", topics.as_bytes());
    assert_eq!(reviewed(folder.clone(), ""), [""; 0]);
    assert_eq!(
        reviewed(folder.with("a/topics.toml", "feelings", "media"), ""),
        [
            "warning: a/topics.toml:6:20: the keyword “media” matches nearly everything: it stands in 6 of the 9 passages; delete \
          it, or write what only this topic is about; a keyword's words count in any order"
        ]
    );
}
