//! The smallest HTTP/1.1 client that keeps its connection, so that the client costs little beside the server.

use crate::Outcome;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

pub fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n").into_bytes()
}

pub fn post(path: &str, form: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}

impl Client {
    pub async fn connect(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    pub async fn send(&mut self, request: &[u8]) -> Outcome<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let text =
            String::from_utf8_lossy(self.buffer.get(..head).unwrap_or_default()).to_lowercase();
        let status = text.get(9..12).and_then(|s| s.parse().ok()).ok_or("no status line")?;
        let length = text
            .split("content-length: ")
            .nth(1)
            .and_then(|s| s.split("\r\n").next()?.parse::<usize>().ok());
        if let Some(length) = length {
            while self.buffer.len() < head + length {
                self.more().await?;
            }
        } else {
            while !self.buffer.ends_with(b"0\r\n\r\n") {
                self.more().await?;
            }
        }
        Ok(Answer { status, body: self.buffer.get(head..).unwrap_or_default().to_vec() })
    }

    async fn more(&mut self) -> Outcome<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err("the server hung up".into());
        }
        Ok(())
    }
}

impl Answer {
    pub fn expect_ok(&self, what: &str) -> Outcome<()> {
        if (200..400).contains(&self.status) {
            return Ok(());
        }
        Err(format!("{what}: {} {}", self.status, String::from_utf8_lossy(&self.body)).into())
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
