//! The beginning of an encrypted connection, in a task of its own: who never finishes it holds up
//! nobody.

use std::pin::Pin;
use std::time::Duration;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::keeper::Seal;
use super::patient::Patient;

/// How long it may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long whoever speaks unencrypted is listened to, so that the answer arrives.
const FAREWELL: Duration = Duration::from_secs(1);
/// What a TLS handshake begins with (RFC 8446, 5.1).
const TLS_HANDSHAKE: u8 = 0x16;
/// How much unencrypted speech is listened to at the most, in bytes.
const LISTEN_MAX: usize = 64 * 1024;

/// An encrypted connection, unless it does not come about in time.
pub async fn shake_hands(stream: TcpStream, seal: Seal) -> Option<TlsStream<Patient<TcpStream>>> {
    let shaking = async {
        let mut first = [0];
        if stream.peek(&mut first).await.ok()? == 0 {
            return None;
        }
        if first[0] != TLS_HANDSHAKE {
            turn_away(stream).await;
            return None;
        }
        TlsAcceptor::from(seal).accept(Patient::new(stream)).await.ok()
    };
    tokio::time::timeout(HANDSHAKE, shaking).await.ok().flatten()
}

/// Says what to write in front of the address, and closes.
async fn turn_away(mut stream: TcpStream) {
    const WORDS: &str = "这里是加密的页面，网址请以 https:// 开头。\n\
        These pages are encrypted: the address has to begin with https://\n";
    let answer = format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{WORDS}",
        WORDS.len()
    );
    // Whoever has gone meanwhile misses nothing; the answer is shorter than the system's own buffer.
    if stream.writable().await.is_err() || stream.try_write(answer.as_bytes()).is_err() {
        return;
    }
    let _ = std::future::poll_fn(|cx| Pin::new(&mut stream).poll_shutdown(cx)).await;
    // What was sent and not read would reset the connection before the answer is there.
    let _ = tokio::time::timeout(FAREWELL, listen(&stream)).await;
}

/// Reads and forgets until the other side has enough.
async fn listen(stream: &TcpStream) -> std::io::Result<()> {
    let (mut heard, mut some) = (0, [0; 4096]);
    while heard < LISTEN_MAX {
        stream.readable().await?;
        match stream.try_read(&mut some) {
            Ok(0) => break,
            Ok(n) => heard += n,
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}
