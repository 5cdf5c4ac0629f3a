//! A client of the pages on a connection of its own: what it was answered it has read whole.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// What follows `before` up to the next quotation mark.
    pub fn after(&self, before: &str) -> Option<String> {
        let (_, rest) = self.body.split_once(before)?;
        rest.split('"').next().map(str::to_owned)
    }
}

/// A connection that is kept open.
pub struct Http {
    address: SocketAddr,
    headers: String,
    connection: Option<BufReader<TcpStream>>,
}

impl Http {
    /// `headers` are sent with every request; each ends with a line end.
    pub fn new(address: SocketAddr, headers: &str) -> Self {
        Self { address, headers: headers.to_owned(), connection: None }
    }

    /// Asks; an error is a connection that broke off, and nobody knows what became of the request.
    pub fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> std::io::Result<Answer> {
        let answer = self.try_ask(method, path, headers, body);
        if answer.is_err() {
            self.connection = None;
        }
        answer
    }

    pub fn get(&mut self, path: &str) -> std::io::Result<Answer> {
        self.ask("GET", path, "", "")
    }

    fn try_ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> std::io::Result<Answer> {
        let connection = match &mut self.connection {
            Some(open) => open,
            none => {
                let stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                stream.set_nodelay(true)?;
                none.insert(BufReader::new(stream))
            }
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n{}{headers}\r\n",
            self.address,
            body.len(),
            self.headers
        );
        connection.get_mut().write_all((head + body).as_bytes())?;
        read(connection)
    }
}

fn read(from: &mut impl BufRead) -> std::io::Result<Answer> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if from.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let status = head.get(9..12).and_then(number).ok_or(std::io::ErrorKind::InvalidData)?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| number(value))?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    from.read_exact(&mut body)?;
    let body = String::from_utf8_lossy(&body).into_owned();
    Ok(Answer { status: status as u16, head, body })
}
