//! HTTP as little as two clients need, so that what is measured is not the server: requests with a length, one after
//! the other on connections that stay open.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::platform::Platform;

/// A request that is whole.
struct Request<'b> {
    /// The last part of its path, in lower case.
    method: String,
    body: &'b [u8],
    n_bytes: usize,
}

/// Serves until it is dropped.
pub(crate) async fn serve(listener: TcpListener, platform: Arc<Platform>) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(converse(stream, Arc::clone(&platform)));
    }
}

/// Ends with the connection, whoever ends it.
async fn converse(mut stream: TcpStream, platform: Arc<Platform>) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(16 * 1024);
    loop {
        let Some(request) = request(&buffer) else {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
            continue;
        };
        let result = platform.answer(&request.method, request.body).await;
        let body = format!("{{\"ok\":true,\"result\":{result}}}");
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ";
        stream.write_all(format!("{head}{}\r\n\r\n{body}", body.len()).as_bytes()).await?;
        let n_bytes = request.n_bytes;
        buffer.drain(..n_bytes);
    }
}

/// The request at the beginning of it, if it has arrived to its end.
fn request(buffer: &[u8]) -> Option<Request<'_>> {
    let n_head = buffer.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let head = str::from_utf8(buffer.get(..n_head)?).ok()?;
    let mut lines = head.lines();
    let path = lines.next()?.split(' ').nth(1)?;
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let n_bytes = n_head + length.unwrap_or(0);
    let method = path.rsplit('/').next()?.to_ascii_lowercase();
    Some(Request { method, body: buffer.get(n_head..n_bytes)?, n_bytes })
}
