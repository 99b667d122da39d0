//! The commands: one list of them, and what each replies.

use crate::chat::{Action, Block, Link, Message};
use crate::domain::{Interview, Role};

use super::press::{Press, Wish};
use super::replies::Voice;
use super::reply::{Desk, rows};

/// How many topics stand on one page of the list.
const TOPICS_A_PAGE: usize = 8;

/// Everything a person can command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Begin, or land on a passage.
    Start,
    /// Ask a question.
    Ask,
    /// Whether words stand in the interview as somebody quotes them.
    Check,
    /// The list of topics.
    Topics,
    /// Exercises and dates.
    Upcoming,
    /// Announcements for a chat.
    Subscribe,
    /// No more of them.
    Unsubscribe,
    /// The settings of announcements.
    Subscriptions,
    /// How the bot behaves in a group.
    Settings,
    /// The time zone of announcements.
    Timezone,
    /// The language of the replies.
    Language,
    /// What is quoted, and who runs the bot.
    About,
    /// What is stored.
    Privacy,
    /// What is stored about who asks that.
    MyData,
    /// To delete it.
    Forget,
    /// How to ask.
    Help,
    /// Load the knowledge again.
    Reload,
    /// How the bot is doing.
    Status,
    /// Announce something now.
    Announce,
    /// What became of announcements.
    Deliveries,
    /// Announce nothing for now.
    Pause,
    /// Announce again.
    Resume,
    /// What readers say of answers.
    Feedback,
}

impl Command {
    /// All of them, in the order menus show them.
    pub const ALL: [Self; 23] = [
        Self::Ask,
        Self::Check,
        Self::Topics,
        Self::Upcoming,
        Self::Subscribe,
        Self::Unsubscribe,
        Self::Subscriptions,
        Self::Settings,
        Self::Timezone,
        Self::Language,
        Self::About,
        Self::Privacy,
        Self::MyData,
        Self::Forget,
        Self::Help,
        Self::Start,
        Self::Reload,
        Self::Status,
        Self::Announce,
        Self::Deliveries,
        Self::Pause,
        Self::Resume,
        Self::Feedback,
    ];

    /// As it is typed, without the slash.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Ask => "ask",
            Self::Check => "check",
            Self::Topics => "topics",
            Self::Upcoming => "upcoming",
            Self::Subscribe => "subscribe",
            Self::Unsubscribe => "unsubscribe",
            Self::Subscriptions => "subscriptions",
            Self::Settings => "settings",
            Self::Timezone => "timezone",
            Self::Language => "language",
            Self::About => "about",
            Self::Privacy => "privacy",
            Self::MyData => "mydata",
            Self::Forget => "forget",
            Self::Help => "help",
            Self::Reload => "reload",
            Self::Status => "status",
            Self::Announce => "announce",
            Self::Deliveries => "deliveries",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Feedback => "feedback",
        }
    }

    /// The command of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.name() == name)
    }

    /// Who may give it.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::Reload
            | Self::Status
            | Self::Announce
            | Self::Deliveries
            | Self::Pause
            | Self::Resume
            | Self::Feedback => Role::Admin,
            Self::Start
            | Self::Ask
            | Self::Check
            | Self::Topics
            | Self::Upcoming
            | Self::Subscribe
            | Self::Unsubscribe
            | Self::Subscriptions
            | Self::Settings
            | Self::Timezone
            | Self::Language
            | Self::About
            | Self::Privacy
            | Self::MyData
            | Self::Forget
            | Self::Help => Role::Reader,
        }
    }

    /// What it does, in a few words.
    #[must_use]
    pub fn description(self, voice: Voice<'_>) -> String {
        match self {
            Self::Start => voice.command_start(),
            Self::Ask => voice.command_ask(),
            Self::Check => voice.command_check(),
            Self::Topics => voice.command_topics(),
            Self::Upcoming => voice.command_upcoming(),
            Self::Subscribe => voice.command_subscribe(),
            Self::Unsubscribe => voice.command_unsubscribe(),
            Self::Subscriptions => voice.command_subscriptions(),
            Self::Settings => voice.command_settings(),
            Self::Timezone => voice.command_timezone(),
            Self::Language => voice.command_language(),
            Self::About => voice.command_about(),
            Self::Privacy => voice.command_privacy(),
            Self::MyData => voice.command_mydata(),
            Self::Forget => voice.command_forget(),
            Self::Help => voice.command_help(),
            Self::Reload => voice.command_reload(),
            Self::Status => voice.command_status(),
            Self::Announce => voice.command_announce(),
            Self::Deliveries => voice.command_deliveries(),
            Self::Pause => voice.command_pause(),
            Self::Resume => voice.command_resume(),
            Self::Feedback => voice.command_feedback(),
        }
    }
}

impl Desk<'_> {
    /// The first message: what this is, about which interview, and how to ask.
    pub(super) fn start(&self) -> Message {
        let voice = self.voice;
        let mut blocks = vec![Block::Text(voice.start())];
        blocks.extend(self.corpus.interviews.iter().map(|interview| self.card(interview)));
        blocks.push(Block::Text(voice.start_how()));
        Message { blocks, actions: self.topics_way_in() }
    }

    /// How to ask, and the commands a person of that role has.
    pub(super) fn help(&self, role: Role) -> Message {
        let voice = self.voice;
        let mine = Command::ALL.into_iter().filter(|command| command.role() <= role);
        let lines = mine.map(|command| format!("/{} — {}", command.name(), command.description(voice))).collect();
        let blocks = vec![Block::Text(voice.help()), Block::Heading(voice.commands_heading()), Block::Items(lines)];
        Message { blocks, actions: self.topics_way_in() }
    }

    /// What is quoted and who runs the bot: its operator, in their own words, else nobody concerned.
    pub(super) fn about(&self, operator: Option<&str>) -> Message {
        let voice = self.voice;
        let who =
            operator.map_or_else(|| voice.about_no_affiliation(), |name| format!("{} {name}", voice.about_operator()));
        let mut blocks = vec![Block::Text(voice.about()), Block::Text(who)];
        for interview in &self.corpus.interviews {
            blocks.push(Block::Heading(voice.about_quoted()));
            blocks.push(self.card(interview));
            for text in &interview.texts {
                let words = voice.fact_translation(text.kind, text.language, interview.original_language);
                blocks.push(Block::Text(words));
            }
            // The card links to the reader's language already.
            let elsewhere = interview.also.iter().filter(|also| also.language != voice.language);
            let links: Vec<Link> = elsewhere
                .map(|also| Link { label: voice.also_in(also.language, &also.label), url: also.url.clone() })
                .collect();
            if !links.is_empty() {
                blocks.push(Block::Source { label: voice.about_also(), links });
            }
        }
        Message { blocks, actions: Vec::new() }
    }

    /// A page of the list of topics; past the last page the last one.
    pub(super) fn topics(&self, page: usize) -> Message {
        let voice = self.voice;
        let n_topics = self.corpus.topics().count();
        let n_pages = n_topics.div_ceil(TOPICS_A_PAGE).max(1);
        let page = page.min(n_pages - 1);
        let shown = self.corpus.topics().skip(page * TOPICS_A_PAGE).take(TOPICS_A_PAGE);
        let mut actions = rows(shown.filter_map(|(interview, topic)| self.named_topic_button(interview, topic)));
        let turn = |to: usize, label: String| Press { language: voice.language, wish: Wish::Topics(to) }.button(label);
        let earlier = page.checked_sub(1).and_then(|to| turn(to, voice.earlier_page()));
        let later = (page + 1 < n_pages).then(|| turn(page + 1, voice.later_page())).flatten();
        let turns: Vec<Action> = earlier.into_iter().chain(later).collect();
        if !turns.is_empty() {
            actions.push(turns);
        }
        let blocks = vec![Block::Heading(voice.topics_heading()), Block::Text(voice.topics_page(page + 1, n_pages))];
        Message { blocks, actions }
    }

    /// Who said it and when, in which text, with the link to all of it.
    pub(super) fn card(&self, interview: &Interview) -> Block {
        let voice = self.voice;
        let text = interview.text_for(voice.language);
        let who = interview
            .speaker
            .as_ref()
            .map(|speaker| format!("{}, {}", speaker.name.get(voice.language), speaker.role.get(voice.language)));
        let published = text.map(|text| voice.published(text.kind, text.language, &text.publisher));
        let day = interview.given.map(|day| voice.day(day));
        let title = text.map(|text| voice.quoted(&text.title));
        let label = [who, day, title, published].into_iter().flatten().collect::<Vec<_>>().join(". ");
        Block::Source { label, links: self.whole_text(interview) }
    }

    /// The published text with its link.
    pub(super) fn text_card(&self, interview: &Interview) -> Block {
        let voice = self.voice;
        let text = interview.text_for(voice.language);
        let title = text.map(|text| voice.quoted(&text.title));
        let published = text.map(|text| voice.published(text.kind, text.language, &text.publisher));
        let label = [title, published].into_iter().flatten().collect::<Vec<_>>().join(". ");
        Block::Source { label, links: self.whole_text(interview) }
    }

    /// The text that is quoted and, where that is in another language, the interview in the reader's.
    fn whole_text(&self, interview: &Interview) -> Vec<Link> {
        let voice = self.voice;
        let Some(text) = interview.text_for(voice.language) else { return Vec::new() };
        let theirs =
            interview.also.iter().filter(|also| text.language != voice.language && also.language == voice.language);
        let quoted = Link { label: voice.open_interview(), url: text.url.clone() };
        let theirs =
            theirs.map(|also| Link { label: voice.also_in(also.language, &also.label), url: also.url.clone() });
        std::iter::once(quoted).chain(theirs).filter(|link| !link.url.is_empty()).collect()
    }

    fn topics_way_in(&self) -> Vec<Vec<Action>> {
        let press = Press { language: self.voice.language, wish: Wish::Topics(0) };
        rows(press.button(self.voice.topics_button()))
    }
}
