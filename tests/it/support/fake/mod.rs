//! Our own Telegram Bot API over HTTP, written from the documented behaviour.
//!
//! A test starts one, points the bot at it, writes to the bot as a person would, and reads what came
//! out; faults are scripted per method. The log of every call is the judge: it knows what was
//! accepted, whatever the client was told. It serves the test's own process and, over loopback, a
//! spawned binary.
//!
//! ```ignore
//! let fake = FakeTelegram::start().await;
//! // … start the bot with TELOXIDE_API_URL = fake.url() and TELOXIDE_TOKEN = fake.token()
//! let ann = User::new(7, "Ann").speaking("en");
//! fake.script(Script::new("sendMessage", Fault::Stall).accepted(Accepted::After));
//! fake.private_text(&ann, "/start");
//! let sent = fake.wait_for_sent(ann.id, 1).await;
//! insta::assert_snapshot!(sent[0].render());
//! assert!(fake.violations().is_empty());
//! ```
//!
//! Where it is not sure what Telegram does it is the stricter of the two. It has no users' clients,
//! no files but the bot's own documents, no cache of inline results and no rate limits of its own.

mod buttons;
mod chats;
mod choices;
mod content;
mod draft;
mod entities;
mod faults;
mod inline;
mod legibility;
mod log;
mod methods;
mod migration;
mod params;
mod people;
mod polling;
mod profile;
mod queries;
mod refusal;
mod render;
mod sent;
mod server;
mod setup;
mod topics;
mod updates;
mod violations;
mod wire;
mod world;
mod writing;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub(crate) use self::{
    draft::Draft,
    faults::{Accepted, Fault, FaultBody, Script},
    inline::Offers,
    log::{Call, Shown},
    migration::Told,
    people::{Chat, Membership, User},
    queries::DEADLINE,
    refusal::{PERMANENT, Refusal},
    sent::{Action, Sent},
    updates::{Pressed, Pushed},
};
use self::{wire::WireListener, world::World};

/// The user id of the bot under test.
pub(crate) const BOT_ID: i64 = 424_242;
/// The username of the bot under test, without `@`.
pub(crate) const BOT_USERNAME: &str = "onrecord_test_bot";
/// The only token that is let in: shaped like a real one, and easy to find in output where it
/// must not be.
const TOKEN: &str = "424242:CANARYdoNotPrintThisTokenAnywhere01";

/// A running fake; it stops accepting connections when dropped.
pub(crate) struct FakeTelegram {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl FakeTelegram {
    /// Serves on a free port of 127.0.0.1, in a task of the current runtime.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared::default());
        let server = tokio::spawn(server::serve(WireListener(listener), Arc::clone(&shared)));
        Self { address, shared, server }
    }

    /// The base of the API's URLs, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The token that is let in.
    pub(crate) fn token(&self) -> &'static str {
        TOKEN
    }
}

impl Drop for FakeTelegram {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// The state, and the news that it changed.
#[derive(Default)]
struct Shared {
    /// Held for short sections only, never across an await.
    world: Mutex<World>,
    version: watch::Sender<u64>,
}

impl Shared {
    fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the state and wakes all who wait for something to become true.
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner));
        self.version.send_modify(|version| *version += 1);
        result
    }

    /// To be taken before the first look, so that no change goes unseen.
    fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }
}
