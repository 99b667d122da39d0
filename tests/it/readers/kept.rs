//! A question that nobody could answer is answered later: once, by whatever way the knowledge came.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use onrecord::cli::Service;

use super::cape::{Cape, LIGHTHOUSE, MOOD};
use super::{labels, now, send, tap};
use crate::support::fake::{Accepted, Chat, DEADLINE, Fault, FaultBody, Membership, Refusal, Script, Sent, User};
use crate::support::service::{ADMIN, Served, Stage, reader, skip, skip_until};

const TELL: &str = "Tell me when it is answered";
const TOLD: &str = "You asked me to tell you when this is answered.";

struct Play {
    stage: Stage,
    cape: Cape,
    bot: Option<Served>,
}

impl Play {
    async fn begin() -> Self {
        let mut play = Self { stage: Stage::set().await, cape: Cape::write(), bot: None };
        play.start().await;
        play
    }

    async fn start(&mut self) {
        let service = Service { library: self.cape.open(), ..self.stage.service().await };
        self.bot = Some(Served::start(service));
    }

    async fn stop(&mut self) {
        self.bot.take().expect("it runs").stop().await.expect("it ends well");
    }

    async fn ask(&self, user: &User, words: &str) -> Sent {
        let n = self.stage.fake.sent_to(user.id).len();
        self.stage.fake.private_text(user, words);
        self.stage.fake.wait_for_sent(user.id, n + 1).await.swap_remove(n)
    }

    /// Ann is not answered, and wants to be told.
    async fn keep(&self, user: &User) -> Sent {
        let reply = self.ask(user, LIGHTHOUSE).await;
        assert_eq!(tap(&self.stage.fake, user, &reply, TELL).await, "");
        reply
    }

    async fn reload(&self) {
        let admin = User::new(ADMIN, "Admin").speaking("en");
        assert!(self.ask(&admin, "/reload").await.text.starts_with("Reloaded"));
    }

    async fn told(&self, user: &User, n: usize) -> Vec<Sent> {
        let mut told = Vec::new();
        skip_until(async { told = self.stage.fake.wait_for_sent(user.id, n).await }).await;
        told
    }

    /// Whatever was to be told has been: several looks go by.
    async fn rest(&self) {
        for _ in 0..4 {
            skip(Duration::from_secs(5)).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn n_told(&self, user: &User) -> usize {
        self.stage.fake.sent_to(user.id).iter().filter(|sent| sent.text.starts_with(TOLD)).count()
    }
}

#[tokio::test]
async fn a_question_is_answered_once_after_a_reload() {
    let mut play = Play::begin().await;
    let ann = reader(7);
    let reply = play.keep(&ann).await;
    let asked = reply.reply_to.expect("it is a reply to the question");
    let promise = now(&play.stage.fake, &reply);
    assert!(promise.text.contains("\n\nI will tell you when I find an answer to this."), "{}", promise.text);
    assert_eq!(labels(&promise).last(), Some(&"Do not tell me"));
    play.cape.change_nothing_of_use();
    play.reload().await;
    play.rest().await;
    assert_eq!(play.n_told(&ann), 0, "there is no answer yet");
    play.cape.add_the_lighthouse();
    play.reload().await;
    let told = play.told(&ann, 2).await.swap_remove(1);
    assert!(told.text.starts_with(&format!("{TOLD}\n\nAnn Bern, Chair of the harbour")), "{}", told.text);
    assert!(told.text.contains("The lighthouse is paid for by the owners of the ships."), "{}", told.text);
    assert!(!told.text.contains(LIGHTHOUSE), "the question is not repeated");
    assert_eq!(told.reply_to, Some(asked));
    play.cape.change_nothing_of_use();
    play.reload().await;
    play.cape.add_the_lighthouse();
    play.reload().await;
    play.rest().await;
    play.stop().await;
    play.start().await;
    play.rest().await;
    assert_eq!(play.n_told(&ann), 1);
    // The old button shows the answer now.
    assert_eq!(send(&play.stage.fake, &ann, &reply, reply.data_of(TELL)).await, "");
    assert!(now(&play.stage.fake, &reply).text.contains("paid for by the owners"));
    play.stop().await;
    assert_eq!(play.stage.fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_start_with_new_knowledge_answers_too() {
    let mut play = Play::begin().await;
    let ann = reader(7);
    // The button works after a restart: it holds nothing that a process would have to remember.
    let reply = play.ask(&ann, LIGHTHOUSE).await;
    play.stop().await;
    play.start().await;
    assert_eq!(tap(&play.stage.fake, &ann, &reply, TELL).await, "");
    play.stop().await;
    play.cape.add_the_lighthouse();
    play.start().await;
    play.told(&ann, 2).await;
    assert_eq!(play.n_told(&ann), 1);
    play.stop().await;
}

#[tokio::test]
async fn a_reader_is_told_in_the_language_they_chose_since() {
    let mut play = Play::begin().await;
    let ann = reader(7);
    play.keep(&ann).await;
    play.ask(&ann, "/language ru").await;
    play.cape.add_the_lighthouse();
    play.reload().await;
    let told = play.told(&ann, 3).await.swap_remove(2);
    assert!(told.text.starts_with("Вы просили сообщить, когда на это найдётся ответ."), "{}", told.text);
    play.stop().await;
}

#[tokio::test]
async fn a_question_can_be_withdrawn() {
    let mut play = Play::begin().await;
    let ann = reader(7);
    let reply = play.keep(&ann).await;
    let promise = now(&play.stage.fake, &reply);
    for _ in 0..2 {
        let withdraw = promise.data_of("Do not tell me");
        assert_eq!(send(&play.stage.fake, &ann, &reply, withdraw).await, "The question is not kept any more.");
    }
    assert_eq!(labels(&now(&play.stage.fake, &reply)).last(), Some(&TELL), "it can be kept again");
    play.cape.add_the_lighthouse();
    play.reload().await;
    play.rest().await;
    assert_eq!(play.n_told(&ann), 0);
    play.stop().await;
}

#[tokio::test]
async fn only_what_can_be_kept_is_offered_to_be() {
    let mut play = Play::begin().await;
    let fake = &play.stage.fake;
    let (ann, group) = (reader(7), Chat::supergroup(-100_500, "Neighbours"));
    fake.add_chat(&group);
    let answer = play.ask(&ann, MOOD).await;
    assert!(!labels(&answer).contains(&TELL), "it was answered");
    let leaning = play.ask(&ann, "and how many are there?").await;
    assert!(!labels(&leaning).contains(&TELL), "by itself it means nothing: {}", leaning.text);
    let long = format!("{LIGHTHOUSE} {}", "lighthouse ".repeat(60));
    assert!(!labels(&play.ask(&ann, &long).await).contains(&TELL));
    fake.group_text(&group, &ann, "/ask Who pays for the lighthouse?");
    let in_group = fake.wait_for_sent(group.id, 1).await.swap_remove(0);
    assert!(!labels(&in_group).contains(&TELL));
    assert_eq!(send(fake, &ann, &in_group, "j.en.tell").await, "This command works in a private chat with me.");
    // The question's message is gone, or never was.
    assert!(send(fake, &ann, &answer, "j.en.tell").await.contains("too old"));
    let commanded = play.ask(&ann, "/ask Who pays for the lighthouse?").await;
    assert_eq!(tap(fake, &ann, &commanded, TELL).await, "");
    play.stop().await;
}

#[tokio::test]
async fn a_reader_keeps_ten_questions_at_most() {
    let mut play = Play::begin().await;
    let ann = reader(7);
    for n in 0..10 {
        let reply = play.ask(&ann, &format!("{LIGHTHOUSE} {n}")).await;
        assert_eq!(tap(&play.stage.fake, &ann, &reply, TELL).await, "");
    }
    let reply = play.ask(&ann, LIGHTHOUSE).await;
    let toast = tap(&play.stage.fake, &ann, &reply, TELL).await;
    assert_eq!(toast, "10 of your questions are kept already, and no more can be. /mydata shows them.");
    play.stop().await;
}

#[tokio::test]
async fn what_may_have_been_told_is_not_told_again() {
    for (fault, accepted, n_tries, n_told) in [
        (Fault::ResetConnection, Accepted::Before, 1, 0),
        (Fault::ResetConnection, Accepted::After, 1, 1),
        (Fault::Http { status: 502, body: FaultBody::Html }, Accepted::After, 1, 1),
        // What certainly did not arrive is.
        (Fault::TooManyRequests { retry_after: Some(1) }, Accepted::Before, 2, 1),
    ] {
        let mut play = Play::begin().await;
        let ann = reader(7);
        play.keep(&ann).await;
        play.cape.add_the_lighthouse();
        play.reload().await;
        let n_calls = play.stage.fake.calls("sendMessage").len();
        play.stage.fake.script(Script::new("sendMessage", fault.clone()).accepted(accepted));
        skip_until(play.stage.fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE)).await;
        // It is known what became of it, and the pause that the platform asked for is over.
        play.rest().await;
        play.stage.dial.turn(SignedDuration::from_secs(2));
        if n_tries > 1 {
            play.told(&ann, 2).await;
        }
        play.rest().await;
        play.stop().await;
        play.start().await;
        play.rest().await;
        play.stop().await;
        assert_eq!(play.stage.fake.calls("sendMessage").len() - n_calls, n_tries, "{fault:?}");
        assert_eq!(play.n_told(&ann), n_told, "{fault:?}");
    }
}

/// The intent was committed, and the process ended.
#[tokio::test]
async fn what_was_being_told_at_a_kill_is_not_told_again() {
    let mut play = Play::begin().await;
    let ann = reader(7);
    play.keep(&ann).await;
    play.stop().await;
    let store = play.stage.service().await.store;
    let kept = store.kept_of(7).await.unwrap().swap_remove(0);
    let lead = store.lead().unwrap().unwrap();
    assert!(store.claim_question(&lead, kept.id).await.unwrap());
    drop(lead);
    store.close().await;
    play.cape.add_the_lighthouse();
    play.start().await;
    play.rest().await;
    assert_eq!(play.n_told(&ann), 0);
    play.stop().await;
    assert_eq!(play.stage.service().await.store.kept_of(7).await.unwrap(), []);
}

#[tokio::test]
async fn nothing_is_kept_for_who_blocked_the_bot() {
    let mut play = Play::begin().await;
    let (ann, ben) = (reader(7), reader(8));
    play.keep(&ann).await;
    play.keep(&ben).await;
    // Of one it is told, of the other it turns out.
    play.stage.fake.bot_membership(&Chat::private(&ann), &ann, Membership::Kicked);
    play.stage.fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    play.stop().await;
    let store = play.stage.service().await.store;
    assert_eq!((store.kept_of(7).await.unwrap().len(), store.kept_of(8).await.unwrap().len()), (0, 1));
    let blocked = Fault::Refuse(Refusal::new(403, "Forbidden: bot was blocked by the user"));
    play.stage.fake.fault("sendMessage", blocked);
    play.cape.add_the_lighthouse();
    play.start().await;
    skip_until(play.stage.fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE)).await;
    play.rest().await;
    play.stop().await;
    assert_eq!(store.kept_of(8).await.unwrap(), []);
    assert_eq!((play.n_told(&ann), play.n_told(&ben)), (0, 0));
}

#[tokio::test]
async fn only_the_process_that_leads_tells() {
    let mut play = Play::begin().await;
    let ann = reader(7);
    play.keep(&ann).await;
    play.stop().await;
    play.cape.add_the_lighthouse();
    let library = play.cape.open();
    let store = play.stage.service().await.store;
    let lead = store.lead().unwrap().unwrap();
    let bot = Served::start(Service { library: Arc::clone(&library), ..play.stage.service().await });
    play.ask(&ann, MOOD).await;
    play.rest().await;
    assert_eq!(play.n_told(&ann), 0, "another process announces");
    drop(lead);
    play.told(&ann, 3).await;
    bot.stop().await.unwrap();
    assert_eq!(play.n_told(&ann), 1);
}
