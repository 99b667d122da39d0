//! Connections that can be broken on purpose.
//!
//! axum serves any stream, so each accepted socket is wrapped, and a handler holds the other end of
//! the wrapper: it can have the next answer reset, or cut in the middle, as a client sees it happen
//! on a bad network.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// A handler's hold on the connection that its request came by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wire(Arc<Mutex<Plan>>);

/// What becomes of the next bytes that the server writes.
#[derive(Clone, Copy, Debug, Default)]
enum Plan {
    #[default]
    Flow,
    Reset,
    Withhold(usize),
    Closed,
}

impl Wire {
    /// Resets the connection (TCP RST) in place of the next answer.
    pub(crate) fn reset(&self) {
        self.set(Plan::Reset);
    }

    /// Sends the next answer without its last `n_bytes`, then closes.
    pub(crate) fn withhold(&self, n_bytes: usize) {
        self.set(Plan::Withhold(n_bytes));
    }

    fn set(&self, plan: Plan) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = plan;
    }

    fn plan(&self) -> Plan {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connected<IncomingStream<'_, WireListener>> for Wire {
    fn connect_info(stream: IncomingStream<'_, WireListener>) -> Self {
        stream.io().wire.clone()
    }
}

/// Accepts connections and wraps them.
pub(crate) struct WireListener(pub(crate) TcpListener);

impl Listener for WireListener {
    type Io = WireStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            if let Ok((tcp, address)) = self.0.accept().await {
                // Small answers must not wait for the client's acknowledgement.
                tcp.set_nodelay(true).ok();
                let wire = Wire::default();
                return (WireStream { tcp, wire }, address);
            }
            // Out of descriptors: they come back when other tests end.
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A socket that obeys its [`Wire`].
///
/// It offers no vectored writes: hyper then hands over the head and the body of an answer in one
/// piece, so "all but the last n bytes" is half a body and never half a head.
pub(crate) struct WireStream {
    tcp: TcpStream,
    wire: Wire,
}

impl AsyncRead for WireStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for WireStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.wire.plan() {
            Plan::Flow => Pin::new(&mut self.tcp).poll_write(cx, buf),
            Plan::Reset => {
                // Closing with a linger of zero sends RST in place of FIN.
                self.tcp.set_zero_linger()?;
                Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
            }
            Plan::Withhold(n_bytes) => {
                let n_kept = buf.len().saturating_sub(n_bytes);
                let kept = buf.get(..n_kept).unwrap_or_default();
                let n_written = ready!(Pin::new(&mut self.tcp).poll_write(cx, kept))?;
                if n_written == n_kept {
                    self.wire.set(Plan::Closed);
                }
                Poll::Ready(Ok(n_written))
            }
            Plan::Closed => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
