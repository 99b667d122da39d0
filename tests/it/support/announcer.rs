//! A bot that announces, step by step: its planner and its dispatcher are called when a test says so, by a clock in the
//! test's hand, over HTTP against the fake, on a database file that outlives it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use onrecord::app::{App, ClockIs, Dispatcher, Fate, Gauges, Library, Notice, Parts, Planner};
use onrecord::chat::{Failure, Front, Incoming, Messenger, Outgoing, Rights};
use onrecord::clock::Clock;
use onrecord::domain::{ChatKind, ChatRef, Corpus, Event, Key, Language, Revision, Settings, Subscription, UserRef};
use onrecord::store::Store;
use onrecord::telegram::{self, Api, Telegram};
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::bot::{ADMIN, shipped};
use super::fake::{Chat, Draft, FakeTelegram, Sent, User};

/// The exercise of October 2026: announced on 1 September and on 1 October, at 10:00.
pub(crate) const OCTOBER: &str = "unbreakable-brotherhood-2026";

/// A bot on a stage of its own.
pub(crate) struct Announcer {
    pub(crate) fake: FakeTelegram,
    now: Arc<AtomicI64>,
    corpus: Corpus,
    folder: TempDir,
    run: Option<Run>,
    http: reqwest::Client,
    next_update: i64,
}

struct Run {
    app: Arc<App>,
    front: Arc<Telegram>,
    store: Store,
    planner: Planner,
    dispatcher: Arc<Dispatcher<Telegram>>,
}

/// The admin of the bot, with an English client.
pub(crate) fn admin() -> User {
    User::new(ADMIN, "Admin").speaking("en")
}

/// What a group starts with.
pub(crate) fn plain() -> Settings {
    Settings::new(ChatKind::Group, Language::English, TimeZone::UTC)
}

/// What a channel starts with: its owner sees each post first.
pub(crate) fn careful() -> Settings {
    Settings::new(ChatKind::Channel, Language::English, TimeZone::UTC)
}

impl Announcer {
    /// With the shipped events, all of them looked at just now.
    pub(crate) async fn at(now: &str) -> Self {
        let fake = FakeTelegram::start().await;
        fake.add_chat(&Chat::private(&admin()));
        let now = instant(now);
        let mut corpus = shipped().snapshot().corpus.clone();
        for interview in &mut corpus.interviews {
            // Nobody asks questions here, and training takes its time.
            interview.topics.clear();
            interview.judgments.clear();
            for event in &mut interview.events {
                event.reviewed = TimeZone::UTC.to_datetime(now).date();
            }
        }
        let now = Arc::new(AtomicI64::new(now.as_millisecond()));
        let folder = TempDir::new().expect("a temporary folder can be made");
        let mut bot = Self { fake, now, corpus, folder, run: None, http: reqwest::Client::new(), next_update: 0 };
        bot.restart().await;
        bot
    }

    /// Ends it, and starts another on the same database.
    pub(crate) async fn restart(&mut self) {
        if let Some(run) = self.run.take() {
            run.dispatcher.settled().await;
            run.store.close().await;
        }
        self.run = Some(self.start().await);
    }

    /// An editor changes the exercise of October; the bot starts anew with it.
    pub(crate) async fn edit(&mut self, edit: impl FnOnce(&mut Event)) {
        let mut events = self.corpus.interviews.iter_mut().flat_map(|interview| &mut interview.events);
        edit(events.find(|event| event.uid.as_str() == OCTOBER).expect("it is shipped"));
        self.corpus.revision = Revision(Key::parse("aaaaaaaaaa").expect("it is a key"));
        self.restart().await;
    }

    /// An editor changes which events there are; the bot starts anew with them.
    pub(crate) async fn rewrite(&mut self, rewrite: impl FnOnce(&mut Vec<Event>)) {
        rewrite(&mut self.corpus.interviews[0].events);
        self.restart().await;
    }

    async fn start(&self) -> Run {
        let now = Arc::clone(&self.now);
        let clock = Clock::driven(move || Timestamp::from_millisecond(now.load(Ordering::SeqCst)).expect("in history"));
        self.tell_the_date();
        let database = format!("sqlite://{}", self.folder.path().join("onrecord.db").display());
        let store = Store::open(&database).await.expect("the database opens");
        let api = Api::new(SecretString::from(self.fake.token()), &self.fake.url()).expect("the fake has an address");
        let me = telegram::introduce(&api).await.expect("the token is let in");
        let front = Arc::new(Telegram::new(api, me));
        let app = Arc::new(App::new(Parts {
            library: Arc::new(Library::holding(self.corpus.clone(), clock.clone())),
            store: store.clone(),
            clock: clock.clone(),
            zone: TimeZone::UTC,
            admins: BTreeSet::from([UserRef(ADMIN)]),
            rights: Arc::clone(&front) as Arc<dyn Rights>,
            operator: None,
            gauges: Arc::new(Gauges::new(clock, ClockIs::Set)),
        }));
        let lead = Arc::new(store.lead().expect("the lock can be made").expect("nobody else announces"));
        store.recover(&lead, self.now()).await.expect("the database is there");
        let planner = Planner::new(Arc::clone(&app), Arc::clone(&lead));
        let dispatcher = Dispatcher::new(Arc::clone(&app), Arc::clone(&front), lead, CancellationToken::new());
        Run { planner, app, front, store, dispatcher }
    }

    /// A chat that has been subscribed since now.
    pub(crate) async fn subscribe(&self, chat: &Chat, owner: Option<&User>, settings: &Settings) -> Subscription {
        self.fake.add_chat(chat);
        let kind = kind(chat);
        let owner = owner.map(|user| UserRef(user.id));
        let chat = ChatRef { id: chat.id, thread: None };
        self.store().subscribe(chat, kind, owner, settings, self.now()).await.expect("it is subscribed")
    }

    pub(crate) fn store(&self) -> &Store {
        &self.run().store
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.now.load(Ordering::SeqCst)).expect("in history")
    }

    /// Turns the clock, and looks.
    pub(crate) async fn go(&self, to: &str) {
        self.turn(to);
        self.look().await;
    }

    /// Turns the clock.
    pub(crate) fn turn(&self, to: &str) {
        self.now.store(instant(to).as_millisecond(), Ordering::SeqCst);
        self.tell_the_date();
    }

    fn tell_the_date(&self) {
        self.fake.set_date(self.now().as_second());
    }

    /// Plans, asks and sends until nothing more is to be done at this instant.
    pub(crate) async fn look(&self) {
        let run = self.run();
        for _ in 0..100 {
            let notices = run.planner.plan().await.expect("the database is there");
            self.give(&notices).await;
            let n_sent = run.dispatcher.turn().await.expect("the database is there");
            run.dispatcher.settled().await;
            if notices.is_empty() && n_sent == 0 {
                return;
            }
        }
        panic!("it does not come to rest");
    }

    /// Plans without sending.
    pub(crate) async fn plan(&self) {
        let notices = self.run().planner.plan().await.expect("the database is there");
        self.give(&notices).await;
    }

    /// The running bot reloads its knowledge: from here on it holds what is shipped, whatever was edited.
    pub(crate) fn reload_what_is_shipped(&self) {
        self.run().app.library().reload().expect("what is shipped is sound");
    }

    /// Sends without planning first, as the dispatcher may.
    pub(crate) async fn send(&self) {
        let run = self.run();
        run.dispatcher.turn().await.expect("the database is there");
        run.dispatcher.settled().await;
    }

    /// Plans, and is killed before anything goes out.
    pub(crate) async fn plans_and_is_killed(&mut self) -> usize {
        let n = self.run().planner.plan().await.expect("the database is there").len();
        self.restart().await;
        n
    }

    /// Each notice is tried once.
    async fn give(&self, notices: &[Notice]) {
        for notice in notices {
            let fate = match self.run().front.deliver(&notice.outgoing).await {
                Ok(_) => Fate::Taken,
                Err(Failure::Gone { .. }) => Fate::Unreachable,
                Err(Failure::Unknown { .. }) => Fate::Doubtful,
                Err(other) => panic!("people can be written to: {other}"),
            };
            self.run().planner.settled(notice, fate).await.expect("the database is there");
        }
    }

    async fn deliver(&self, outgoing: &[Outgoing]) {
        for outgoing in outgoing {
            self.run().front.deliver(outgoing).await.expect("people can be written to");
        }
    }

    /// Somebody writes, and the bot does what it does.
    pub(crate) async fn hears(&mut self, draft: Draft) {
        self.fake.write(draft);
        self.catch_up().await;
    }

    /// Somebody presses the button of that label under a message of the bot's. What the bot says in a toast.
    pub(crate) async fn presses(&mut self, user: &User, message: &Sent, label: &str) -> Option<String> {
        let pressed = self.fake.press(user, message, message.data_of(label));
        self.catch_up().await;
        let answers = self.fake.press_answers(&pressed.query_id);
        assert_eq!(answers.len(), 1, "a press is answered once");
        answers[0]["text"].as_str().map(str::to_owned)
    }

    /// The same, told by a platform that does not name the message the button stands under.
    pub(crate) async fn presses_without_its_message(
        &mut self,
        user: &User,
        message: &Sent,
        label: &str,
    ) -> Option<String> {
        let pressed = self.fake.press(user, message, message.data_of(label));
        self.catch_up_with(|incoming| incoming.message = None).await;
        let answers = self.fake.press_answers(&pressed.query_id);
        answers[0]["text"].as_str().map(str::to_owned)
    }

    /// Reads all updates and replies, without the inbox: that has tests of its own.
    async fn catch_up(&mut self) {
        self.catch_up_with(|_| ()).await;
    }

    async fn catch_up_with(&mut self, change: impl Fn(&mut Incoming)) {
        let url = format!("{}/bot{}/getUpdates", self.fake.url(), self.fake.token());
        let answer = self.http.post(url).json(&json!({ "offset": self.next_update })).send().await.expect("it answers");
        let answer: Value = answer.json().await.expect("in JSON");
        for update in answer["result"].as_array().expect("a list") {
            self.next_update = update["update_id"].as_i64().expect("a number") + 1;
            if let Some(mut incoming) = self.run().front.read(&update.to_string(), self.now()) {
                change(&mut incoming);
                let outgoing = self.run().app.handle(incoming).await;
                self.deliver(&outgoing).await;
            }
        }
    }

    /// What the bot last wrote to somebody in private, or posted, as it stands now.
    pub(crate) fn last(&self, chat: i64) -> Sent {
        self.fake.messages(chat).pop().unwrap_or_else(|| panic!("nothing was written to {chat}"))
    }

    /// The posts that a chat got, as they read.
    pub(crate) fn posts(&self, chat: &Chat) -> Vec<String> {
        self.fake.sent_to(chat.id).iter().map(Sent::render).collect()
    }

    /// How many posts a chat got.
    pub(crate) fn n_posts(&self, chat: &Chat) -> usize {
        self.fake.sent_to(chat.id).len()
    }

    /// How many calls tried to post in a chat, accepted or not.
    pub(crate) fn n_tries(&self, chat: &Chat) -> usize {
        self.fake.calls("sendMessage").iter().filter(|call| call.chat_id() == Some(chat.id)).count()
    }

    /// What became of all deliveries: "2 sent, 1 missed".
    pub(crate) async fn deliveries(&self) -> String {
        let counts = self.store().counts().await.expect("the database is there");
        let counts = counts.iter().filter(|(_, n)| **n > 0).map(|(state, n)| format!("{n} {}", state.name()));
        counts.collect::<Vec<_>>().join(", ")
    }

    fn run(&self) -> &Run {
        self.run.as_ref().expect("it runs between two restarts")
    }
}

fn kind(chat: &Chat) -> ChatKind {
    match chat.to_json()["type"].as_str() {
        Some("channel") => ChatKind::Channel,
        Some("private") => ChatKind::Private,
        _ => ChatKind::Group,
    }
}

/// Reads an instant.
pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().expect("a test writes instants that are some")
}
