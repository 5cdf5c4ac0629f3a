//! Another end of the line that does as a story wants it, in step with what it reads.

use clubhouse_hardware::printer::Target;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Longest life of a peer: no test takes as long.
const LIFE: Duration = Duration::from_secs(10);

/// A connection as its other end sees it.
pub struct Peer {
    stream: TcpStream,
    /// All bytes read so far.
    pub read: Vec<u8>,
    /// What was sent, with the number of bytes that had been read by then.
    pub sent: Vec<(usize, Vec<u8>)>,
    ends_at: Instant,
}

impl Peer {
    /// Listens for one connection and does `story` with it; joined, it answers with what it saw.
    pub fn start(
        story: impl FnOnce(&mut Peer) + Send + 'static,
    ) -> (Target, JoinHandle<Option<Peer>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = format!("tcp:{}", listener.local_addr().unwrap()).parse().unwrap();
        let thread = std::thread::spawn(move || {
            let stream = listener.accept().ok()?.0;
            stream.set_nodelay(true).ok()?;
            let (read, sent) = (Vec::new(), Vec::new());
            let mut peer = Self { stream, read, sent, ends_at: Instant::now() + LIFE };
            story(&mut peer);
            Some(peer)
        });
        (target, thread)
    }

    /// Reads until so many bytes have come in all, or the other end has had enough, or `time` is up.
    pub fn read_until(&mut self, total: usize, time: Duration) -> bool {
        let until = (Instant::now() + time).min(self.ends_at);
        let mut buffer = [0; 4096];
        while self.read.len() < total {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.stream.set_read_timeout(Some(left)).is_err() {
                return false;
            }
            let wanted = buffer.len().min(total - self.read.len());
            match self.stream.read(&mut buffer[..wanted]) {
                Ok(0) => return false,
                Ok(count) => self.read.extend(&buffer[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Says something; whether the other end could still be told.
    pub fn say(&mut self, bytes: &[u8]) -> bool {
        self.sent.push((self.read.len(), bytes.to_vec()));
        let left = self.ends_at.saturating_duration_since(Instant::now());
        let left = left.max(Duration::from_millis(1));
        self.stream.set_write_timeout(Some(left)).is_ok() && self.stream.write_all(bytes).is_ok()
    }

    /// Answers the four questions of status as a printer in order does.
    pub fn is_ready(&mut self) -> bool {
        let before = self.read.len();
        [0x16, 0x12, 0x12, 0x12]
            .iter()
            .zip(1..)
            .all(|(answer, n)| self.read_until(before + 3 * n, LIFE) && self.say(&[*answer]))
    }

    /// Says that no more comes.
    pub fn half_close(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// Reads on until the other end hangs up.
    pub fn listen_on(&mut self) {
        self.read_until(usize::MAX, LIFE);
    }
}
