//! Sends a finished letter: by SMTP, or into a folder of `.eml` files. Knows nothing of who is told what.
//!
//! A letter may be handed over twice when the process dies between sending and noting it; its `Message-ID` stays the
//! same, so that mail programs fold the two (RFC 5322, 3.6.4) and a folder holds one file.

use crate::platform::config::Config;
use crate::platform::error::{Error, Result};
use jiff::Timestamp;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, UNIX_EPOCH};

/// How long one word of the SMTP dialogue may take; a letter is leased for longer than all of them.
const SMTP_TIMEOUT: Duration = Duration::from_secs(15);
/// Connections kept to the mail server; letters go out one after the other.
const CONNECTIONS: u32 = 2;

/// A letter, ready to go.
#[derive(Clone)]
pub struct Letter {
    /// Left side of the `Message-ID` and name of the file: letters, digits, `-` and `.` only.
    pub id: String,
    /// Shown beside our address.
    pub from_name: String,
    /// The bare address: a name that a stranger typed never becomes a header.
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Where one click stops letters like this one (RFC 8058); `None` for those that were asked for.
    pub stop: Option<String>,
    pub at: Timestamp,
}

/// Why a letter did not go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    /// For staff; holds no address.
    pub detail: String,
    /// The mail server says that there is no such mailbox: trying again will not help.
    pub for_good: bool,
}

pub enum Mailer {
    /// The connections are made with the first letter: they need the async threads, which are not there yet when the
    /// service opens.
    Smtp {
        server: AsyncSmtpTransportBuilder,
        connected: OnceLock<Transport>,
        from: Address,
    },
    Folder {
        folder: PathBuf,
        from: Address,
    },
}

type Transport = AsyncSmtpTransport<Tokio1Executor>;

impl Mailer {
    /// As the settings say. Checks the address of the server and of the sender, not whether the server answers.
    pub fn open(config: &Config) -> Result<Self> {
        // Only the address counts: the name beside it is the city's, in the reader's language.
        let from: Mailbox = config
            .mail_from
            .parse()
            .map_err(|e| Error::failed("read the sender of letters (mail-from)", e))?;
        let from = from.email;
        let Some(url) = &config.smtp else {
            let folder = config.data.join("letters");
            fs::create_dir_all(&folder)
                .map_err(|e| Error::failed("make the folder for letters", e))?;
            return Ok(Self::Folder { folder, from });
        };
        let server = Transport::from_url(&with_tls(url))
            // The error may repeat the URL, and with it the password.
            .map_err(|_| {
                Error::failed(
                    "read the address of the mail server (smtp)",
                    "expected smtp://user:password@host:port or smtps://…",
                )
            })?
            .timeout(Some(SMTP_TIMEOUT))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        Ok(Self::Smtp { server, connected: OnceLock::new(), from })
    }

    /// The bare address that letters come from.
    pub fn from(&self) -> &str {
        match self {
            Self::Smtp { from, .. } | Self::Folder { from, .. } => from.as_ref(),
        }
    }

    pub async fn send(&self, letter: Letter) -> Result<(), NotSent> {
        match self {
            Self::Smtp { server, connected, from } => {
                let transport = connected.get_or_init(|| server.clone().build());
                let to = letter.to.clone();
                let message = message(letter, from)?;
                transport.send(message).await.map(drop).map_err(|error| smtp_failed(&error, &to))
            }
            Self::Folder { folder, from } => {
                let name = format!("{}.eml", letter.id);
                let bytes = message(letter, from)?.formatted();
                let folder = folder.clone();
                let written =
                    tokio::task::spawn_blocking(move || write_whole(&folder, &name, &bytes)).await;
                written.map_err(|e| not_sent(e.to_string()))?.map_err(|e| not_sent(e.to_string()))
            }
        }
    }
}

/// Without a word about TLS in the URL: always when there is a password to protect, else where the server offers it.
fn with_tls(url: &str) -> String {
    if !url.starts_with("smtp://") || url.contains("tls=") {
        return url.to_owned();
    }
    let tls = if url.contains('@') { "required" } else { "opportunistic" };
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}tls={tls}")
}

fn not_sent(detail: String) -> NotSent {
    NotSent { detail, for_good: false }
}

/// What the server said, without the reader's address in it.
fn smtp_failed(error: &lettre::transport::smtp::Error, to: &str) -> NotSent {
    let code = error.status().map(u16::from);
    let detail = std::error::Error::source(error)
        .map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
    NotSent { detail: detail.replace(to, "…"), for_good: matches!(code, Some(550 | 551 | 553)) }
}

fn message(letter: Letter, from: &Address) -> Result<Message, NotSent> {
    let broken = |e: &dyn std::fmt::Display| not_sent(format!("the letter cannot be built: {e}"));
    let to: Address =
        letter.to.parse().map_err(|_| not_sent("the address cannot be written to".to_owned()))?;
    let mut builder = Message::builder()
        .from(Mailbox::new(Some(one_line(&letter.from_name)), from.clone()))
        .to(Mailbox::new(None, to))
        .subject(one_line(&letter.subject))
        .message_id(Some(format!("<{}@{}>", letter.id, from.domain())))
        .date(UNIX_EPOCH + Duration::from_millis(letter.at.as_millisecond().max(0).cast_unsigned()))
        // RFC 3834: nobody's holiday notice should answer.
        .raw_header(raw("Auto-Submitted", "auto-generated"));
    if let Some(stop) = letter.stop {
        builder = builder
            .raw_header(raw("List-Unsubscribe", &format!("<{stop}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    builder
        .multipart(MultiPart::alternative_plain_html(letter.text, letter.html))
        .map_err(|e| broken(&e))
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), one_line(value))
}

/// Nothing in a header may end it and begin another.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The file is there whole or not at all, also after the power fails or the disk was full.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = folder.join(format!(".{name}.part"));
    let write = || {
        let mut file = fs::File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, folder.join(name))?;
        fs::File::open(folder)?.sync_all()
    };
    write().inspect_err(|_| {
        // Half a letter would only take what room there is; it may never have been there.
        let _ = fs::remove_file(&unfinished);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            id: "01ABC.1".to_owned(),
            from_name: "Huế".to_owned(),
            to: "hoa@example.org".to_owned(),
            subject: "Phản ánh K7QM-4RTX".to_owned(),
            text: "Đã nhận".to_owned(),
            html: "<p>Đã nhận</p>".to_owned(),
            stop: Some("https://city.example/letters/stop/x".to_owned()),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn headers_of(letter: Letter) -> String {
        let formatted =
            message(letter, &"no-reply@city.example".parse().unwrap()).unwrap().formatted();
        let text = String::from_utf8(formatted).unwrap();
        text.split("\r\n\r\n").next().unwrap().to_owned()
    }

    #[test]
    fn a_letter_says_who_it_is_and_how_to_stop_it() {
        let headers = headers_of(letter());
        for line in [
            "Message-ID: <01ABC.1@city.example>",
            "To: hoa@example.org",
            "List-Unsubscribe: <https://city.example/letters/stop/x>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Auto-Submitted: auto-generated",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000",
        ] {
            assert!(headers.lines().any(|l| l == line), "{line} not in\n{headers}");
        }
    }

    #[test]
    fn nothing_gets_out_of_its_header() {
        let evil = "x\r\nBcc: everybody@example.org\r\n\r\n<script>";
        let headers = headers_of(Letter {
            subject: evil.to_owned(),
            from_name: evil.to_owned(),
            stop: Some(evil.to_owned()),
            ..letter()
        });
        assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
        let to = Letter { to: "a@b.example\r\nBcc: c@d.example".to_owned(), ..letter() };
        assert!(message(to, &"no-reply@city.example".parse().unwrap()).is_err());
    }

    #[test]
    fn a_password_travels_only_encrypted() {
        assert_eq!(with_tls("smtp://u:p@h:587"), "smtp://u:p@h:587?tls=required");
        assert_eq!(with_tls("smtp://h:25"), "smtp://h:25?tls=opportunistic");
        assert_eq!(with_tls("smtps://u:p@h"), "smtps://u:p@h");
        assert_eq!(with_tls("smtp://u:p@h?tls=opportunistic"), "smtp://u:p@h?tls=opportunistic");
    }
}
