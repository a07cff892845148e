//! One POST over plain TCP: the whole exchange within a time-out, no redirects, at most 1 MiB of answer.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

const MOST_ANSWER_BYTES: usize = 1 << 20;

/// The body of an answer with status 200 (RSP-006), or why there is none; `http` only.
pub fn post(url: &str, form: &str, timeout: Duration) -> Result<Vec<u8>, String> {
    let until = Instant::now() + timeout;
    let rest = url.strip_prefix("http://").ok_or("this transport speaks http alone")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let with_port = if authority.contains(':') { authority.to_string() } else { format!("{authority}:80") };
    let address = with_port.to_socket_addrs().map_err(said)?.next().ok_or("the host has no address")?;
    let stream = TcpStream::connect_timeout(&address, timeout).map_err(said)?;
    let mut exchange = Exchange { stream, until, buffer: Vec::new(), taken: 0 };
    exchange.send(&format!(
        "POST {path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{form}",
        form.len()
    ))?;
    exchange.answer()
}

fn said(error: std::io::Error) -> String {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "time-out".into(),
        _ => error.to_string(),
    }
}

struct Exchange {
    stream: TcpStream,
    until: Instant,
    buffer: Vec<u8>,
    taken: usize,
}

impl Exchange {
    fn send(&mut self, request: &str) -> Result<(), String> {
        self.stream.set_write_timeout(Some(self.left()?)).map_err(said)?;
        self.stream.write_all(request.as_bytes()).map_err(said)
    }

    fn answer(&mut self) -> Result<Vec<u8>, String> {
        let mut status;
        let mut fields;
        loop {
            status = self.line()?;
            fields = Vec::new();
            loop {
                let line = self.line()?;
                if line.is_empty() {
                    break;
                }
                let (name, value) = line.split_once(':').ok_or("a header line has no colon")?;
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_string()));
            }
            if !status.starts_with("HTTP/1.1 1") {
                break;
            }
        }
        if status.get(..7) != Some("HTTP/1.") || status.get(8..12).map(str::trim_end) != Some(" 200") {
            return Err(format!("expected HTTP status 200, found {status:?}"));
        }
        let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        if field("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
            return self.chunks();
        }
        if let Some(length) = field("content-length") {
            let length = length.parse().map_err(|_| "the Content-Length is no number")?;
            return self.exactly(length);
        }
        while self.more()? {}
        self.exactly(self.buffer.len() - self.taken)
    }

    fn chunks(&mut self) -> Result<Vec<u8>, String> {
        let mut body = Vec::new();
        loop {
            let line = self.line()?;
            let digits = line.split(';').next().unwrap_or("").trim();
            let size = usize::from_str_radix(digits, 16).map_err(|_| "a chunk has no size")?;
            if size == 0 {
                return Ok(body);
            }
            body.extend(self.exactly(size)?);
            if !self.line()?.is_empty() {
                return Err("a chunk does not end".into());
            }
        }
    }

    fn line(&mut self) -> Result<String, String> {
        loop {
            if let Some(length) = self.buffer[self.taken..].iter().position(|&byte| byte == b'\n') {
                let line = self.exactly(length + 1)?;
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_string());
            }
            if !self.more()? {
                return Err("the answer was cut short".into());
            }
        }
    }

    fn exactly(&mut self, count: usize) -> Result<Vec<u8>, String> {
        while self.buffer.len() - self.taken < count {
            if count > MOST_ANSWER_BYTES {
                return Err("the answer is larger than 1 MiB".into());
            }
            if !self.more()? {
                return Err("the answer was cut short".into());
            }
        }
        self.taken += count;
        Ok(self.buffer[self.taken - count..self.taken].to_vec())
    }

    /// Reads on; false at the end of the connection.
    fn more(&mut self) -> Result<bool, String> {
        self.stream.set_read_timeout(Some(self.left()?)).map_err(said)?;
        let mut piece = [0; 16_384];
        let count = self.stream.read(&mut piece).map_err(said)?;
        self.buffer.extend(&piece[..count]);
        if self.buffer.len() > MOST_ANSWER_BYTES {
            return Err("the answer is larger than 1 MiB".into());
        }
        Ok(count > 0)
    }

    /// A socket's time-out starts anew with each byte: this is what is left of the whole exchange's (RSP-008).
    fn left(&self) -> Result<Duration, String> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            Err("time-out".into())
        } else {
            Ok(left)
        }
    }
}
