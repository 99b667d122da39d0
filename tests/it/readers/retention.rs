//! Nothing rests longer than promised: a word that is in nobody's vocabulary is asked, kept, announced and made a title,
//! and once its time is over no file of the database holds it. No line of the log ever does.

use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use onrecord::cli::Service;

use super::cape::Cape;
use super::tap;
use crate::support::fake::{Chat, DEADLINE, Draft, Membership, User};
use crate::support::log::Log;
use crate::support::service::{ADMIN, Served, Stage, reader, skip};

const CANARY: &str = "Zwxqcanary";

/// Where the canary still is, in the files beside the database.
fn found_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let holds = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes.windows(CANARY.len()).any(|part| part.eq_ignore_ascii_case(CANARY.as_bytes()))
    };
    entries.filter(holds).map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// The sweep runs by itself, every ten minutes.
async fn sweep(stage: &Stage) {
    let before = stage.dial.n_reads();
    skip(Duration::from_secs(601)).await;
    tokio::time::timeout(DEADLINE, async {
        while stage.dial.n_reads() < before + 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("the clock is read");
    tokio::time::sleep(Duration::from_millis(300)).await;
}

#[tokio::test]
async fn what_people_wrote_is_gone_after_its_time() {
    let log = Log::listen_to_everything();
    let (stage, cape) = (Stage::set().await, Cape::write());
    let fake = &stage.fake;
    let bot = Served::start(Service { library: cape.open(), ..stage.service().await });
    let (ann, admin) = (reader(7), User::new(ADMIN, "Admin").speaking("en"));
    // Questions, many of them long: pages of the file fill, split and are freed.
    for n in 0..10 {
        let open = stage.ask(&ann, &format!("{CANARY}{n} {}", "glorbnak frimtel ".repeat(15))).await;
        assert!(open.starts_with("I found nothing"), "{open}");
        let open = fake.sent_to(7).pop().unwrap();
        tap(fake, &ann, &open, "Tell me when it is answered").await;
    }
    // A title.
    let group = Chat::supergroup(-100_500, &format!("{CANARY} group"));
    fake.add_chat(&group);
    fake.set_member(&group, &ann, Membership::Administrator);
    for (n, command) in (1..).zip(["/subscribe", "/unsubscribe"]) {
        fake.group_text(&group, &ann, command);
        fake.wait_for_sent(group.id, n).await;
    }
    // An admin's words, not confirmed.
    stage.ask(&admin, &format!("/announce {CANARY} words")).await;
    // A name, in every message.
    stage.ask(&User::new(9, CANARY).speaking("en"), "hello").await;
    // What is no question.
    fake.write(Draft::private(&ann, "").with("text", serde_json::Value::Null).with("caption", CANARY.into()));
    fake.wait_for_sent(7, 11).await;
    assert!(!found_in(stage.folder()).is_empty(), "the search sees what is there");

    stage.dial.turn(SignedDuration::from_hours(179 * 24));
    sweep(&stage).await;
    assert_eq!(kept(&stage, &ann).await, 10, "they are kept until then");
    stage.dial.turn(SignedDuration::from_hours(2 * 24));
    sweep(&stage).await;
    let gone = async {
        while !found_in(stage.folder()).is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let gone = tokio::time::timeout(DEADLINE, gone).await.is_ok();
    assert!(gone, "it is still in {:?}", found_in(stage.folder()));
    assert_eq!(kept(&stage, &ann).await, 0);
    bot.stop().await.unwrap();
    assert_eq!(found_in(stage.folder()), [""; 0]);
    let text = log.text();
    assert!(text.contains("TRACE"), "everything is listened to");
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(CANARY)).collect();
    assert_eq!(lines, [""; 0]);
}

/// How many questions are kept, as the reader is shown.
async fn kept(stage: &Stage, ann: &User) -> usize {
    stage.ask(ann, "/mydata").await.matches(CANARY).count()
}
