//! Whether an answer answered the question: asked in private, counted, and shown to admins.
//!
//! Asked only under a single quote that a question led to, for only there "this" and "your question" mean one thing: not
//! under what a button led to, not under two quotes, not again once this reader has said something of this answer. Once
//! they have, the question goes, and with it how theirs was understood: they know by then.

use crate::chat::{Action, Block, Message, Outgoing, PressRef};
use crate::domain::{ChatKind, Feedback, Key, Quote, Reason};
use crate::store::{Answered, Tally};

use super::Audience;
use super::answer::Found;
use super::press::{Given, Press, Wish};
use super::replies::Voice;
use super::reply::Desk;
use super::turn::{Turn, toast};

/// So many passages are named for each part of the report: the most unhelpful ones.
const MAX_LINES: usize = 8;

impl Turn<'_> {
    /// The answer, with the question whether it is one where that may be asked.
    pub(super) async fn asking_whether(&self, desk: &Desk<'_>, message: Message, found: &[Found]) -> Message {
        let ([found], Some(reader)) = (found, self.incoming.from) else { return message };
        if self.incoming.kind != ChatKind::Private || self.app.audience == Audience::OnePerson {
            return message;
        }
        let (revision, now) = (desk.corpus.revision.clone(), self.app.parts.clock.now());
        let shown = desk.shown(&found.quote, found.topic.as_ref());
        let answer = Answered { passage: shown.passage.clone(), revision: revision.clone() };
        match self.app.parts.store.feedback_on(reader, &answer, now).await {
            Ok(None) if self.app.patience.ask(reader, now) => {
                desk.with_question(message, &Given { feedback: Feedback::Yes, revision, shown })
            }
            Ok(_) => message,
            Err(error) => {
                // The answer is the promise.
                tracing::warn!(%error, "failed to look whether feedback was given");
                message
            }
        }
    }

    /// Counts what was said. The answer stays; the question goes, or asks why once.
    pub(super) async fn feedback(&self, desk: &Desk<'_>, given: &Given, by: &PressRef) -> Vec<Outgoing> {
        let voice = desk.voice;
        let (ChatKind::Private, Some(reader)) = (self.incoming.kind, self.incoming.from) else {
            return vec![toast(by, Some(voice.private_only()))];
        };
        let Some(message) = self.passage(desk, &given.shown) else {
            return vec![toast(by, Some(voice.passage_changed()))];
        };
        let answer = Answered { passage: given.shown.passage.clone(), revision: given.revision.clone() };
        let (store, now) = (&self.app.parts.store, self.app.parts.clock.now());
        if let Err(error) = store.give_feedback(reader, &answer, given.feedback, now).await {
            tracing::error!(%error, "failed to count feedback");
            return vec![toast(by, Some(voice.went_wrong()))];
        }
        self.app.patience.replied(reader);
        match given.feedback {
            Feedback::No(None) => self.instead(desk.asking_why(message, given), by, None),
            Feedback::Yes | Feedback::No(Some(_)) => self.instead(message, by, Some(voice.feedback_thanks())),
        }
    }

    /// The pressed message says this now.
    pub(super) fn instead(&self, message: Message, by: &PressRef, words: Option<String>) -> Vec<Outgoing> {
        let edit = self.incoming.message.map(|id| Outgoing::Edit { chat: self.incoming.chat, id, message });
        edit.into_iter().chain([toast(by, words)]).collect()
    }

    /// What readers said of answers, for admins.
    pub(super) async fn feedback_report(&self, voice: Voice<'_>) -> Message {
        let tallies = self.app.parts.store.tallies().await.map(|tallies| {
            let desk = self.desk(voice.language);
            desk.report(&tallies)
        });
        self.or_apologise(voice, tallies)
    }
}

impl Desk<'_> {
    /// The question stands below everything, its buttons above those that lead on.
    fn with_question(&self, mut message: Message, given: &Given) -> Message {
        let voice = self.voice;
        let choices = [(Feedback::Yes, voice.feedback_yes()), (Feedback::No(None), voice.feedback_no())];
        message.blocks.push(Block::Text(voice.feedback_ask()));
        let row = choices.into_iter().filter_map(|(feedback, label)| self.feedback_button(given, feedback, label));
        message.actions.insert(0, row.collect());
        message
    }

    /// Two in a row: they are short, and four rows would push the answer away.
    fn asking_why(&self, mut message: Message, given: &Given) -> Message {
        let voice = self.voice;
        message.blocks.push(Block::Text(voice.feedback_why()));
        let button =
            |reason: &Reason| self.feedback_button(given, Feedback::No(Some(*reason)), voice.feedback_reason(*reason));
        let rows = Reason::ALL.chunks(2).map(|pair| pair.iter().filter_map(button).collect());
        message.actions.splice(0..0, rows);
        message
    }

    fn feedback_button(&self, given: &Given, feedback: Feedback, label: String) -> Option<Action> {
        let wish = Wish::Feedback(Given { feedback, ..given.clone() });
        Press { language: self.voice.language, wish }.button(label)
    }

    /// The live revision by itself: what an editor has mended counts no more there.
    fn report(&self, tallies: &[Tally]) -> Message {
        let voice = self.voice;
        let (now, before): (Vec<_>, Vec<_>) =
            tallies.iter().partition(|tally| tally.answer.revision == self.corpus.revision);
        let mut blocks = Vec::new();
        for (heading, tallies) in [(voice.feedback_now(), now), (voice.feedback_before(), before)] {
            let lines = self.lines(&by_passage(tallies));
            if !lines.is_empty() {
                blocks.extend([Block::Heading(heading), Block::Items(lines)]);
            }
        }
        if blocks.is_empty() {
            blocks.push(Block::Text(voice.feedback_none()));
        }
        Message { blocks, actions: Vec::new() }
    }

    /// The most unhelpful first; of passages that are not in the knowledge any more, how many there are.
    fn lines(&self, tallies: &[Tally]) -> Vec<String> {
        let voice = self.voice;
        let named = tallies.iter().map(|tally| (tally, self.name_of(&tally.answer.passage)));
        let (there, gone): (Vec<_>, Vec<_>) = named.partition(|(_, name)| name.is_some());
        let mut there: Vec<_> = there.into_iter().filter_map(|(tally, name)| Some((tally, name?))).collect();
        there.sort_by(|(one, name), (other, after)| (other.no, one.yes, name).cmp(&(one.no, other.yes, after)));
        let n_more = there.len().saturating_sub(MAX_LINES) + gone.len();
        let lines = there.into_iter().take(MAX_LINES).map(|(tally, name)| {
            let counts = voice.feedback_count(&name, tally.no, tally.yes);
            let reasons: Vec<String> =
                tally.reasons.iter().map(|(reason, n)| format!("{}: {n}", voice.feedback_reason(*reason))).collect();
            if reasons.is_empty() { counts } else { format!("{counts} — {}", reasons.join(", ")) }
        });
        lines.chain((n_more > 0).then(|| voice.feedback_more(n_more))).collect()
    }

    fn name_of(&self, passage: &Key) -> Option<String> {
        let placed = self.corpus.passage_by_key(passage)?;
        Some(self.title_of(&Quote::whole(placed.interview, placed.text, placed.passage)?, None))
    }
}

/// All revisions of a passage together.
fn by_passage(tallies: Vec<&Tally>) -> Vec<Tally> {
    let mut sums: Vec<Tally> = Vec::new();
    // They come sorted by passage.
    for tally in tallies {
        match sums.last_mut().filter(|sum| sum.answer.passage == tally.answer.passage) {
            None => sums.push(tally.clone()),
            Some(sum) => {
                sum.yes += tally.yes;
                sum.no += tally.no;
                tally.reasons.iter().for_each(|(reason, n)| *sum.reasons.entry(*reason).or_default() += n);
            }
        }
    }
    sums
}
