//! Answers as messages: attribution, quote, source, and the buttons under them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::chat::{Action, Block, Link, Message};
use crate::domain::{Corpus, Interview, Placed, Quote, Topic, TopicName};

use super::answer::Found;
use super::cut;
use super::press::{Press, Wish};
use super::replies::Voice;
use super::shown::Shown;

/// How many buttons lead on from a reply: few enough to be read by somebody in a hurry.
const MAX_RELATED: usize = 2;

/// What a reply is made with: the knowledge, the voice and the day.
#[derive(Clone, Copy)]
pub(super) struct Desk<'d> {
    pub(super) corpus: &'d Corpus,
    pub(super) voice: Voice<'d>,
    pub(super) now: Timestamp,
    pub(super) zone: &'d TimeZone,
}

impl Desk<'_> {
    /// The answer: one quote or more, each with everything that belongs to it.
    pub(super) fn quotes(&self, found: &[Found]) -> Message {
        let mut message = Message::default();
        for found in found {
            self.add_quote(&mut message, &found.quote, found.topic.as_ref());
        }
        if let Some(first) = found.first() {
            message.actions = self.leading_on(&first.quote, found.first().and_then(|found| found.topic.as_ref()));
        }
        message
    }

    /// The answer a link or button leads to.
    pub(super) fn quote(&self, quote: &Quote, topic: Option<&TopicName>) -> Message {
        let mut message = Message::default();
        self.add_quote(&mut message, quote, topic);
        message.actions = self.leading_on(quote, topic);
        message
    }

    /// The answer a topic's button leads to: its best passage.
    pub(super) fn topic(&self, interview: &Interview, topic: &Topic) -> Option<Message> {
        let name = interview.name_of(topic.passages.first()?);
        let placed = self.corpus.passage(&name, self.voice.language)?;
        let found_by = TopicName { interview: interview.id.clone(), topic: topic.id.clone() };
        Some(self.quote(&cut::quote(placed, "")?, Some(&found_by)))
    }

    /// A passage between the ones before and after it, under the interviewer's question.
    pub(super) fn in_context(&self, placed: Placed<'_>, shown: &Shown) -> Message {
        let voice = self.voice;
        let mut message = Message::default();
        let here = placed.question.passages.iter().position(|passage| passage.id == placed.passage.id).unwrap_or(0);
        let around = here.saturating_sub(1)..(here + 2).min(placed.question.passages.len());
        let quotes: Vec<Quote> = placed.question.passages[around]
            .iter()
            .filter_map(|passage| {
                let run = shown.run.filter(|_| passage.id == placed.passage.id);
                cut::again(Placed { passage, ..placed }, run)
            })
            .collect();
        let Some(first) = quotes.first() else { return message };
        self.add_attribution(&mut message, first);
        message
            .blocks
            .push(Block::Question { label: voice.question_by(placed.interview), words: placed.question.words.clone() });
        message.blocks.extend(quotes.iter().cloned().map(|quote| Block::Quote(Box::new(quote))));
        message.blocks.extend(quotes.iter().filter_map(|quote| self.note(quote)));
        message.blocks.extend(quotes.iter().flat_map(|quote| self.later_known(quote)).map(Block::Text));
        if let Some(middle) = quotes.iter().find(|quote| quote.name().passage == placed.passage.id) {
            message.blocks.extend(self.source(middle));
        }
        let back = Press { language: voice.language, wish: Wish::Passage(shown.clone()) };
        message.actions = rows(back.button(voice.only_the_answer()));
        message
    }

    /// What may be meant: a button each.
    pub(super) fn choices(&self, found: &[Found]) -> Message {
        let voice = self.voice;
        let actions = found.iter().filter_map(|found| {
            let shown = self.shown(&found.quote, found.topic.as_ref());
            let press = Press { language: voice.language, wish: Wish::Passage(shown) };
            let title = self.title_of(&found.quote, found.topic.as_ref());
            press.button(match self.interview(&found.quote) {
                Some(interview) => self.told_apart(title, interview),
                None => title,
            })
        });
        let actions = rows(actions);
        let words = if found.len() > 1 { voice.choose() } else { voice.choose_one() };
        Message { blocks: vec![Block::Text(words)], actions }
    }

    /// Nothing found: the whole interview's link and, only if some are near, topics.
    pub(super) fn nothing_found(&self, near: &[TopicName]) -> Message {
        let voice = self.voice;
        let whole = self.corpus.interviews.iter().take(MAX_RELATED).map(|interview| self.whole_interview(interview));
        let links = whole.filter(|link| !link.url.is_empty()).collect();
        let mut message =
            Message { blocks: vec![Block::Source { label: voice.nothing_found(), links }], actions: Vec::new() };
        message.actions = rows(
            near.iter()
                .filter_map(|name| self.corpus.topic(name))
                .filter_map(|(interview, topic)| self.named_topic_button(interview, topic)),
        );
        if !message.actions.is_empty() {
            message.blocks.push(Block::Text(voice.near_topics()));
        }
        message
    }

    /// The same among others: one line, which itself leads to the interview if there is but one.
    pub(super) fn nothing_found_in_a_line(&self) -> Message {
        let words = self.voice.nothing_found();
        let [interview] = self.corpus.interviews.as_slice() else { return Message::text(words) };
        let url = self.whole_interview(interview).url;
        if url.is_empty() {
            return Message::text(words);
        }
        let links = vec![Link { label: words, url }];
        Message { blocks: vec![Block::Source { label: String::new(), links }], actions: Vec::new() }
    }

    /// The link to the whole text, in the reader's language where there is one.
    pub(super) fn whole_interview(&self, interview: &Interview) -> Link {
        let language = self.voice.language;
        let text = interview.text_for(language);
        let also = interview.also.iter().find(|also| also.language == language);
        let url = match (text, also) {
            (Some(text), _) if text.language == language => text.url.clone(),
            (_, Some(also)) => also.url.clone(),
            (Some(text), None) => text.url.clone(),
            (None, None) => String::new(),
        };
        Link { label: self.told_apart(self.voice.open_interview(), interview), url }
    }

    /// The button of a topic.
    pub(super) fn topic_button(&self, topic: &Topic) -> Option<Action> {
        let press = Press { language: self.voice.language, wish: Wish::Topic(topic.key.clone()) };
        press.button(topic.title.get(self.voice.language).to_owned())
    }

    /// The button of a topic among those of other interviews.
    pub(super) fn named_topic_button(&self, interview: &Interview, topic: &Topic) -> Option<Action> {
        let press = Press { language: self.voice.language, wish: Wish::Topic(topic.key.clone()) };
        press.button(self.told_apart(topic.title.get(self.voice.language).to_owned(), interview))
    }

    /// With the interview's name where there is more than one: who speaks and when, else its title.
    pub(super) fn told_apart(&self, label: String, interview: &Interview) -> String {
        if self.corpus.interviews.len() < 2 {
            return label;
        }
        let language = self.voice.language;
        let speaker = interview.speaker.as_ref().map(|speaker| speaker.name.get(language).to_owned());
        let name = match (speaker, interview.text_for(language)) {
            (Some(speaker), _) => [Some(speaker), interview.given.map(|day| self.voice.day(day))],
            (None, Some(text)) => [Some(text.title.clone()), None],
            (None, None) => [None, None],
        };
        std::iter::once(label).chain(name.into_iter().flatten()).collect::<Vec<_>>().join(" · ")
    }

    /// The button of a passage.
    pub(super) fn passage_button(&self, placed: Placed<'_>) -> Option<Action> {
        let title = self.title_of(&Quote::whole(placed.interview, placed.text, placed.passage)?, None);
        let shown = Shown::whole(placed.passage.key.clone());
        Press { language: self.voice.language, wish: Wish::Passage(shown) }.button(title)
    }

    /// A quote with all that belongs to it.
    pub(super) fn add_quote(&self, message: &mut Message, quote: &Quote, topic: Option<&TopicName>) {
        self.add_words(message, quote, topic);
        message.blocks.extend(self.later_known(quote).map(Block::Text));
        message.blocks.extend(self.source(quote));
    }

    /// A quote without what is known later and without its source, which both have to follow; in another language than the
    /// reader's under the title of the topic it was found by.
    pub(super) fn add_words(&self, message: &mut Message, quote: &Quote, topic: Option<&TopicName>) {
        self.add_attribution(message, quote);
        if quote.source().language != self.voice.language {
            let topic = self.title_topic(quote, topic).and_then(|topic| topic.title.exactly(self.voice.language));
            message.blocks.extend(topic.map(|title| Block::Text(self.voice.topic(title))));
        }
        message.blocks.push(Block::Quote(Box::new(quote.clone())));
        message.blocks.extend(self.note(quote));
    }

    fn add_attribution(&self, message: &mut Message, quote: &Quote) {
        let attribution = self.voice.attribution(quote.attribution());
        if !attribution.is_empty() {
            message.blocks.push(Block::Attribution(attribution));
        }
    }

    /// Who published it, with the links to it; an imported set may say neither.
    pub(super) fn source(&self, quote: &Quote) -> Option<Block> {
        let voice = self.voice;
        let source = quote.source();
        let mut links = vec![Link { label: voice.open_passage(), url: source.url.clone() }];
        if source.language != voice.language {
            let theirs = source.also.iter().filter(|also| also.language == voice.language);
            links.extend(
                theirs.map(|also| Link { label: voice.also_in(also.language, &also.label), url: also.url.clone() }),
            );
        }
        links.retain(|link| !link.url.is_empty());
        let label = voice.source_label(source);
        (!label.is_empty() || !links.is_empty()).then_some(Block::Source { label, links })
    }

    fn note(&self, quote: &Quote) -> Option<Block> {
        let interview = self.interview(quote)?;
        let noted = interview.topics.iter().filter(|topic| topic.passages.first() == Some(&quote.name().passage));
        let note = noted.filter_map(|topic| topic.note.as_ref()).next()?;
        Some(Block::Note { label: self.voice.editors_note(), words: note.get(self.voice.language).to_owned() })
    }

    /// Before and after, and the topics to go on with.
    fn leading_on(&self, quote: &Quote, topic: Option<&TopicName>) -> Vec<Vec<Action>> {
        let voice = self.voice;
        let shown = self.shown(quote, topic);
        let context = self.wish(Wish::Context(shown.clone()), voice.before_and_after());
        let source = self.wish(Wish::Source(shown), voice.source_button());
        // Both are short in every language.
        let mut actions = vec![context.into_iter().chain(source).collect::<Vec<_>>()];
        if let Some((interview, topic)) = self.interview(quote).zip(self.title_topic(quote, topic)) {
            let related =
                topic.follow_ups.iter().filter_map(|id| interview.topics.iter().find(|topic| topic.id == *id));
            let elsewhere = related.filter(|topic| topic.passages.first() != Some(&quote.name().passage));
            actions.extend(rows(elsewhere.take(MAX_RELATED).filter_map(|topic| self.topic_button(topic))));
        }
        actions
    }

    /// What a button needs to show this quote again: the topic only where another would be taken without it.
    pub(super) fn shown(&self, quote: &Quote, found_by: Option<&TopicName>) -> Shown {
        let topic = self.title_topic(quote, found_by);
        let telling = topic.filter(|_| topic != self.title_topic(quote, None));
        let placed = self.corpus.passage_by_key(quote.key());
        Shown {
            passage: quote.key().clone(),
            topic: telling.map(|topic| topic.key.clone()),
            run: placed.and_then(|placed| cut::run_of(placed, quote)),
        }
    }

    /// The topic a quote goes under: the one it was found by, else the first that leads with this passage, else the first
    /// that has it.
    pub(super) fn title_topic(&self, quote: &Quote, found_by: Option<&TopicName>) -> Option<&Topic> {
        let topics = &self.interview(quote)?.topics;
        let found_by = found_by.and_then(|name| topics.iter().find(|topic| topic.id == name.topic));
        let leads = |topic: &&Topic| topic.passages.first() == Some(&quote.name().passage);
        let holds = |topic: &&Topic| topic.passages.contains(&quote.name().passage);
        found_by.or_else(|| topics.iter().find(leads)).or_else(|| topics.iter().find(holds))
    }

    /// The title of a quote on a button: its topic's, else its own first words.
    pub(super) fn title_of(&self, quote: &Quote, topic: Option<&TopicName>) -> String {
        match self.title_topic(quote, topic) {
            Some(topic) => topic.title.get(self.voice.language).to_owned(),
            None => first_words(quote.words()),
        }
    }

    pub(super) fn interview(&self, quote: &Quote) -> Option<&Interview> {
        self.corpus.interviews.iter().find(|interview| interview.id == quote.name().interview)
    }
}

/// One button a row: labels are sentences, and two of them side by side are cut off on a phone.
pub(super) fn rows(actions: impl IntoIterator<Item = Action>) -> Vec<Vec<Action>> {
    actions.into_iter().map(|action| vec![action]).collect()
}

/// The first words of a quote, with a sign that more follow.
fn first_words(words: &str) -> String {
    const MAX_WORDS: usize = 6;
    let mut split = words.split_whitespace();
    let first: Vec<&str> = split.by_ref().take(MAX_WORDS).collect();
    let more = if split.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}
