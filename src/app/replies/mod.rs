//! Every sentence the bot says, one typed function each: the only reader of the message catalogues.

/// Sentences without arguments: a function for each.
macro_rules! sentences {
    ($($name:ident = $key:literal;)*) => {
        impl Voice<'_> {
            $(
                #[doc = concat!("The message `", $key, "`.")]
                #[must_use]
                pub fn $name(self) -> String {
                    self.plain($key)
                }
            )*
        }
    };
}

mod admin;
mod announcements;
mod checking;
mod commands;
mod dates;
mod deciding;
mod groups;
mod provenance;
mod readers;
mod settings;
mod source;
mod subscribing;

use fluent_bundle::FluentArgs;

use crate::domain::Language;

use super::catalogue::Catalogue;

pub(super) use admin::ReloadCounts;

/// The sentences of every language.
pub struct Replies {
    english: Catalogue,
    russian: Catalogue,
}

impl Default for Replies {
    fn default() -> Self {
        Self { english: Catalogue::new(Language::English), russian: Catalogue::new(Language::Russian) }
    }
}

impl Replies {
    /// The bot's voice in one language.
    #[must_use]
    pub const fn voice(&self, language: Language) -> Voice<'_> {
        let catalogue = match language {
            Language::English => &self.english,
            Language::Russian => &self.russian,
        };
        Voice { catalogue, language }
    }
}

/// The bot's voice in one language.
#[derive(Clone, Copy)]
pub struct Voice<'r> {
    catalogue: &'r Catalogue,
    /// The language it speaks.
    pub language: Language,
}

sentences! {
    choose = "choose";
    choose_one = "choose-one";
    nothing_found = "nothing-found";
    near_topics = "near-topics";
    too_late = "too-late";
    passage_changed = "passage-changed";
    button_gone = "button-gone";
    went_wrong = "went-wrong";
    unreadable = "unreadable";
    before_and_after = "before-and-after";
    only_the_answer = "only-the-answer";
    topics_button = "topics-button";
    earlier_page = "earlier-page";
    later_page = "later-page";
    greeting = "greeting";
    farewell = "farewell";
    thanks = "thanks";
    who_are_you = "who-are-you";
    help = "help";
    open_interview = "open-interview";
    editors_note = "editors-note";
    search_near = "search-near";
    search_nothing = "search-nothing";
    search_talk = "search-talk";
}

impl Voice<'_> {
    fn plain(self, key: &str) -> String {
        self.catalogue.say(key, None)
    }

    fn with(self, key: &str, args: &FluentArgs<'_>) -> String {
        self.catalogue.say(key, Some(args))
    }

    /// "Write a question, for example: …"
    #[must_use]
    pub fn nothing_asked(self, example: Option<&str>) -> String {
        match example {
            Some(example) => format!("{} {example}", self.plain("nothing-asked-example")),
            None => self.plain("nothing-asked"),
        }
    }

    /// "Write the question after the command: /ask …"
    #[must_use]
    pub fn ask_usage(self, example: Option<&str>) -> String {
        format!("{} {}", self.plain("ask-usage"), example.unwrap_or("…"))
    }

    /// "Read as: …"
    #[must_use]
    pub fn read_as(self, words: &[String]) -> String {
        format!("{} {}", self.plain("read-as"), words.join(", "))
    }

    /// "Taken as a question about: …"
    #[must_use]
    pub fn leaning_on(self, topic: &str) -> String {
        format!("{} {topic}", self.plain("leaning-on"))
    }

    /// Words between the quotation marks of the language.
    #[must_use]
    pub fn quoted(self, words: &str) -> String {
        match self.language {
            Language::English => format!("“{words}”"),
            Language::Russian => format!("«{words}»"),
        }
    }
}
