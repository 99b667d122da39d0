//! A small knowledge folder about a lighthouse, with judgments of every kind and a few that must come out wrong.

use std::fs;
use std::path::Path;

const FILES: [(&str, &str); 4] = [
    (
        "cape-2031/interview.en.md",
        r#"+++
title = "The <keeper> & the cape"
kind = "original"
original_language = "en"
asked_by = "The Paper"
given = 2031-01-29
publisher = "The Site"
url = "https://example.org/cape"
retrieved = 2031-02-01

[speaker]
name = { en = "Ann Bell", ru = "Анна Белл" }
role = "Keeper"
+++

## What is new at the cape?

The lighthouse was lit again in March, after two dark winters. {#a1.1}

The ferry crosses the strait twice a day, and on Sundays once. {#a1.2}

## And the people?

Amber is gathered on the western beach, mostly by pupils of the school. {#a2.1}

The school has eleven pupils and a single teacher, who also keeps the bees. {#a2.2}
"#,
    ),
    (
        "cape-2031/topics.toml",
        r#"[[topic]]
id = "lighthouse"
title = { en = "The lighthouse", ru = "Маяк" }
passages = ["a1.1"]
keywords = { en = ["lighthouse"], ru = ["маяк"] }
phrasings.en = ["When was the lighthouse lit?", "Is the light on again?", "how long was the tower dark"]
phrasings.ru = ["Когда зажгли маяк?", "Маяк снова горит?", "сколько зим маяк был тёмным"]

[[topic]]
id = "ferry"
title = { en = "The ferry", ru = "Паром" }
passages = ["a1.2"]
keywords = { en = ["ferry"], ru = ["паром"] }
phrasings.en = ["How often does the ferry cross?", "is there a boat over the strait", "ferry on Sundays?"]
phrasings.ru = ["Как часто ходит паром?", "есть ли переправа через пролив", "паром по воскресеньям"]

[[topic]]
id = "amber"
title = { en = "Amber", ru = "Янтарь" }
passages = ["a2.1"]
keywords = { en = ["amber"], ru = ["янтарь"] }
phrasings.en = ["Who gathers amber?", "where is amber found", "amber on the beach"]
phrasings.ru = ["Кто собирает янтарь?", "где находят янтарь", "янтарь на пляже"]

[[topic]]
id = "school"
title = { en = "The school", ru = "Школа" }
passages = ["a2.2"]
keywords = { en = ["school", "bees"], ru = ["школа", "пчёлы"] }
phrasings.en = ["How many pupils has the school?", "who teaches the children", "are there bees?"]
phrasings.ru = ["Сколько учеников в школе?", "кто учит детей", "есть ли пчёлы"]
"#,
    ),
    (
        "cape-2031/outside.toml",
        r#"[[outside]]
near = "ferry"
phrasings = { en = ["What does a ferry ticket cost?"], ru = ["Сколько стоит билет на паром?"] }

[[outside]]
near = "amber"
phrasings = { en = ["What is amber worth?"], ru = ["Сколько стоит янтарь?"] }
"#,
    ),
    (
        "cape-2031/judgments.jsonl",
        r#"{"id": "e1", "lang": "en", "style": "direct", "question": "When was the lighthouse lit again?", "gold": ["a1.1"], "key": ""}
{"id": "e2", "lang": "en", "style": "direct", "question": "How often does the ferry cross the strait?", "gold": ["a1.2"], "key": "twice"}
{"id": "e3", "lang": "en", "style": "typo", "question": "who gathres ambre", "gold": ["a2.1"], "key": ""}
{"id": "e4", "lang": "en", "style": "keyword", "question": "bees", "gold": ["a2.2"], "key": ""}
{"id": "e5", "lang": "en", "style": "on <foot>", "question": "Is <amber> gathered & \"sold\" by the keeper?", "gold": ["a1.1", "a2.2"], "key": ""}
{"id": "e6", "lang": "en", "style": "on <foot>", "question": "Where is amber found by people who walk?", "gold": ["a1.1", "a2.2"], "key": ""}
{"id": "e7", "lang": "en", "style": "direct", "question": "Which songs do they sing at night?", "gold": ["a2.2"], "key": ""}
{"id": "e8", "lang": "en", "style": "near_oos", "question": "What does a ticket for the ferry cost?", "gold": [], "key": ""}
{"id": "e9", "lang": "en", "style": "near_oos", "question": "Who built the lighthouse?", "gold": [], "key": ""}
{"id": "e10", "lang": "en", "style": "far_oos", "question": "bitcoin price today", "gold": [], "key": ""}
{"id": "e11", "lang": "en", "style": "meta", "question": "thank you", "gold": [], "key": ""}
{"id": "r1", "lang": "ru", "style": "direct", "question": "Когда снова зажгли маяк?", "gold": ["a1.1"], "key": ""}
{"id": "r2", "lang": "ru", "style": "direct", "question": "Сколько учеников?", "gold": ["a2.2"], "key": ""}
{"id": "r3", "lang": "ru", "style": "near_oos", "question": "Сколько стоит билет?", "gold": [], "key": ""}
"#,
    ),
];

/// Writes the folder, and gives its path as a setting.
pub(super) fn write_into(place: &Path) -> String {
    let folder = place.join("lighthouse");
    for (path, text) in FILES {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder.display().to_string()
}
