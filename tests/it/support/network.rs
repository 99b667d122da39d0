//! The way to the fake, which can be missing: a port that refuses connections until it is opened.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

use super::fake::FakeTelegram;

/// A port that nothing listens on, kept so that nobody else takes it.
pub(crate) struct ClosedPort(TcpSocket);

impl ClosedPort {
    pub(crate) fn reserve() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket can be made");
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("loopback has a free port");
        Self(socket)
    }

    /// Where the bot is told that the Bot API is.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("a bound socket has an address"))
    }

    /// From now on it leads to `fake`, until the task is aborted.
    pub(crate) fn open(self, fake: &FakeTelegram) -> JoinHandle<()> {
        let to = fake.url().trim_start_matches("http://").to_owned();
        let listener = self.0.listen(64).expect("a bound socket can listen");
        tokio::spawn(lead(listener, to))
    }
}

async fn lead(listener: TcpListener, to: String) {
    while let Ok((mut from, _)) = listener.accept().await {
        let to = to.clone();
        tokio::spawn(async move {
            if let Ok(mut to) = TcpStream::connect(to).await {
                // It ends when either side does.
                let _ = copy_bidirectional(&mut from, &mut to).await;
            }
        });
    }
}
