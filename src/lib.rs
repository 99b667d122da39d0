//! `onrecord` answers questions about an interview with the interview itself.
//!
//! A reader asks in any wording, with typos, in English or Russian; the bot finds the passage by keyword and fuzzy
//! matching and replies with the verbatim quote, attributed, and a link to the source, or says that it found nothing on
//! this. It writes no prose about the subject: a [`domain::Quote`] can only be made from a published passage, together
//! with who said it, to whom, when, and in which text.
//!
//! # The house
//!
//! ```text
//!  5  roof        main.rs   cli/   config.rs   telemetry.rs      compose, parse argv, exit codes
//!  4  fronts      telegram/   terminal/                          one each: convert, send, return outcomes
//!  3  use cases   app/                                           what the bot does, in platform-free words
//!  2  ports       chat/   store/   clock.rs                      contracts to the outside
//!  1  engines     matching/ comparing/ knowledge/ announcements/  pure, synchronous, no clock
//!  0  ground      domain/   text/                                values and string functions
//! ```
//!
//! Imports point down and siblings stay apart; `tests/it/layering.rs` checks both, and that each outside thing has one
//! place: the environment in [`config`], the time in [`clock`], SQL in [`store`], Telegram's types in [`telegram`],
//! sentences for people in the catalogues behind `app/replies`. The app does not know which platform it talks to; the
//! terminal is a front like Telegram, and whatever only Telegram could show breaks there first.
//!
//! # One question, from door to door
//!
//! 1. [`telegram`] receives updates by long polling and hands them, raw, to the [`app::Inbox`].
//! 2. The inbox commits them to the [`store`]. Only then are they confirmed to Telegram, by the offset of
//!    the next poll: `kill -9` at any moment loses none.
//! 3. Each chat is a lane of its own. Its next update is read by the front into a [`chat::Incoming`], or into nothing:
//!    what is not addressed to the bot ends here.
//!    Whoever asks more than can be answered is told so once and then not answered for a minute (`app/flood`).
//! 4. [`app::App::handle`] takes the live snapshot (one atomic pointer read; this reply sees one revision of the
//!    knowledge to its end), asks [`matching`] for a verdict (a quote, a choice of up to three, nothing found, or small
//!    talk) and makes a [`chat::Message`] of blocks: attribution, quote, source, buttons. No block is markup.
//! 5. Before it leaves, every quote is compared once more with the passage it names.
//! 6. The front renders and delivers it. Its answer is an outcome by type ([`chat::Failure`]): not sent, unknown, gone,
//!    moved, rejected. Replies are repeated until their fate is settled; a wait that the platform asks for holds up its
//!    own chat and no other.
//! 7. The update is marked handled: its text leaves the inbox, its number stays three days to know a duplicate by.
//!
//! # One announcement, from door to door
//!
//! 1. [`app::Planner`] looks at the clock every few seconds. [`announcements::due()`], a pure function of the events, the
//!    subscriptions and the instant, says what is due; the [`store`] puts each down once, by its key of subscription,
//!    event, schedule revision and occasion.
//! 2. What must not go out unasked is held: an event that no editor has looked at for long, a chat that approves each
//!    post. The questions go out as messages, to each person in a lane of their own, and count as asked once they have
//!    arrived. Their buttons come back as presses, and rights are looked up anew.
//! 3. [`app::Dispatcher`] claims what may go now: the intent is on disk before the first byte. The words are made at
//!    that moment, the quote is compared with its passage, and the front delivers.
//! 4. The outcome is recorded. A doubtful one is never sent again by the machine: an admin looks and decides. What
//!    expires is missed, and told; many about one event are one message.
//! 5. A changed date is told once to whoever got the old one, and the old post is edited to say so. What is queued of an
//!    event that leaves the files is called off, and comes back with it.
//!
//! One process on a database does this, by its [`store::Lead`]; the others only answer.
//!
//! # A question to come back to
//!
//! A reply that found nothing is, in private, a visible reply to its question, with a button. Its press brings the words
//! back from the platform, and only then are they stored. After each change of the knowledge whoever announces tries
//! the kept questions again; a sure answer is sent once, its intent on disk before the first byte, and what may have
//! arrived is not sent again. What readers say of answers is counted under codes whose keys expire.
//!
//! # A reload
//!
//! `/reload` or SIGHUP: [`knowledge`] reads the folder beside the living snapshot and reports every problem with
//! path:line:column. With an error the old knowledge stays; without one, a new snapshot is built (the matcher trains
//! on the phrasings) and swapped whole. Replies under way keep the one they began with. Other
//! processes on the same database are told, and reload as well, each from its own folder.
//!
//! # Words
//!
//! interview: one person's answers to one outlet. text: the interview in one language, an original or a translation.
//! passage: a paragraph of an answer; what is found and quoted. topic: an editor's entry with phrasings, keywords and
//! the passages it points to. judgment: a labelled question. problem: what `check` reports. update, incoming, outgoing,
//! chat, front, messenger: what moves between people and the app. search: words typed behind the bot's name in any chat;
//! results: the quotes to choose from. lane: updates that must stay in order. event: an
//! exercise or date that an interview names. milestone: a moment to announce it. subscription: a chat that wants that.
//! delivery: one announcement to one chat. comparison: how words that somebody quotes stand to the texts.
//! manners: how the bot behaves in a group, as its administrators chose.

pub mod domain;
pub mod text;

pub mod comparing;
pub mod knowledge;
pub mod matching;

pub mod announcements;

pub mod chat;
pub mod clock;
pub mod store;

pub mod app;

pub mod telegram;
pub mod terminal;

pub mod cli;
pub mod config;
pub mod telemetry;

mod fail_points;
