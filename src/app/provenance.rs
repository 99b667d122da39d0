//! Where a quote comes from, for whoever wants to check or cite it: the text, the passage, the revision, ways to take it
//! along.

use crate::chat::{Action, Block, Link, Message, Target};
use crate::domain::{Interview, Placed, Quote};

use super::citation::{Format, cite};
use super::cut;
use super::landing::Landing;
use super::press::{Press, Wish};
use super::reply::Desk;
use super::shown::Shown;

/// The longest text a button copies, in UTF-16 units (Telegram's `copy_text`, the tightest among the fronts).
const MAX_COPIED: usize = 256;

impl Desk<'_> {
    /// Which text a quote is taken from and in which state of the knowledge, with every link there is to it.
    pub(super) fn provenance(&self, placed: Placed<'_>, shown: &Shown) -> Option<Message> {
        let voice = self.voice;
        let quote = cut::again(placed, shown.run)?;
        let mut message = Message::default();
        let topic = shown.topic.as_ref().and_then(|key| self.corpus.topic_name(key));
        self.add_words(&mut message, &quote, topic.as_ref());
        let text = placed.text;
        let mut items = vec![voice.fact_text(&text.title)];
        items.push(voice.fact_translation(text.kind, text.language, placed.interview.original_language));
        items.extend(text.retrieved.map(|day| voice.fact_retrieved(day)));
        items.push(voice.fact_passage(quote.name()));
        items.push(voice.fact_revision(&self.corpus.revision));
        message.blocks.push(Block::Items(items));
        message.blocks.extend(self.later_known(&quote).map(Block::Text));
        message.blocks.push(Block::Source {
            label: voice.source_label(quote.source()),
            links: self.all_links(&quote, placed.interview),
        });
        message.actions = self.taking_along(&quote, shown, None);
        Some(message)
    }

    /// The quote in a format that others print.
    pub(super) fn citation(&self, placed: Placed<'_>, shown: &Shown, format: Format) -> Option<Message> {
        let quote = cut::again(placed, shown.run)?;
        let mut blocks = vec![Block::Text(self.voice.citation_how()), Block::Report(cite(&quote, self.voice, format))];
        blocks.extend(self.later_known(&quote).map(Block::Text));
        Some(Message { blocks, actions: self.taking_along(&quote, shown, Some(format)) })
    }

    /// The passage, and the interview in every language it can be read in.
    fn all_links(&self, quote: &Quote, interview: &Interview) -> Vec<Link> {
        let passage = Link { label: self.voice.open_passage(), url: quote.source().url.clone() };
        let elsewhere = interview
            .also
            .iter()
            .map(|also| Link { label: self.voice.also_in(also.language, &also.label), url: also.url.clone() });
        std::iter::once(passage).chain(elsewhere).filter(|link| !link.url.is_empty()).collect()
    }

    /// Copy, share, forward, cite, and the way back.
    fn taking_along(&self, quote: &Quote, shown: &Shown, cited: Option<Format>) -> Vec<Vec<Action>> {
        let voice = self.voice;
        // Of a quote that is too long to be copied by a button its link is.
        let [words, link] = [voice.quoted(quote.words()), quote.source().url.clone()];
        let copied = [(voice.copy_words(), words), (voice.copy_link(), link)];
        let fits = |text: &str| (1..=MAX_COPIED).contains(&text.encode_utf16().count());
        let copy = copied.into_iter().find(|(_, text)| fits(text));
        let copy = copy.map(|(label, text)| Action { label, target: Target::Copy(text) });
        let link = Landing::Quote(shown.clone()).payload();
        let share = link.clone().map(|payload| Action { label: voice.share_it(), target: Target::Share(payload) });
        let forward = link.map(|payload| Action { label: voice.forward_it(), target: Target::Forward(payload) });
        let others = Format::ALL.into_iter().filter(|format| Some(*format) != cited);
        let cites = others.filter_map(|format| self.wish(Wish::Cite(format, shown.clone()), voice.format(format)));
        let source = cited.and_then(|_| self.wish(Wish::Source(shown.clone()), voice.source_button()));
        let back = Press { language: voice.language, wish: Wish::Passage(shown.clone()) };
        let rows = [
            copy.into_iter().chain(share).collect::<Vec<_>>(),
            forward.into_iter().collect(),
            cites.collect(),
            source.into_iter().chain(back.button(voice.only_the_answer())).collect(),
        ];
        rows.into_iter().filter(|row| !row.is_empty()).collect()
    }
}
