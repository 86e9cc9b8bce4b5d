//! Reports whose reporters have an address, and a mail server of sixty lines that keeps what it is sent.

use domain::ids::ServiceCode;
use domain::place::Exactness;
use domain::service_request::{Channel, ServiceRequest};
use domain::text::EmailAddress;
use nhip::account::vault::{self, Identity};
use nhip::platform::ctx::Ctx;
use nhip::platform::db::Conn;
use nhip::platform::error::Result;
use nhip::platform::sealing::Vault;
use nhip::service_request::action::submit::{Submission, submit};
use nhip::service_request::form::receipt;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub fn email(address: &str) -> EmailAddress {
    EmailAddress::parse(address).unwrap()
}

/// A report of `service` by the owner of `address`, as the page with the form sends it.
pub fn report_by(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    service: &str,
    address: &str,
) -> Result<ServiceRequest> {
    let identity = Identity { email: Some(email(address)), ..Identity::default() };
    let reporter = vault::keep(conn, ctx, vault, &identity, "en")?;
    let area = &ctx.pack.areas[0];
    let service = ServiceCode::parse(service).unwrap();
    let asked = ctx.pack.service(&service).unwrap().attributes.iter().filter(|a| a.required);
    let attributes = asked
        .map(|a| (a.code.clone(), vec![a.values.first().map_or("a date", |v| &v.key).to_owned()]))
        .collect();
    let (receipt, _) = receipt::make(ctx, vault)?;
    let sent = Submission {
        service,
        point: area.centre,
        exactness: Exactness::Pin,
        area: (area.id.clone(), true),
        address: None,
        description: "Win a prize at https://evil.example\r\nBcc: everybody@example.org".to_owned(),
        attributes,
        photos: Vec::new(),
        public: true,
        language: "en".to_owned(),
        channel: Channel::Web,
        reporter: Some(reporter),
        filed_by: None,
        idempotency_key: None,
        receipt: Some(receipt),
    };
    Ok(submit(conn, ctx, sent)?.report)
}

/// A mail server on a free port of this machine.
pub struct MailServer {
    pub url: String,
    letters: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    /// `refused`: addresses that get a 550; `busy`: addresses that get a 451.
    pub async fn start(refused: &'static str, busy: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&kept), refused, busy));
            }
        });
        Self { url, letters }
    }

    pub fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

async fn talk(stream: TcpStream, kept: Arc<Mutex<Vec<String>>>, refused: &str, busy: &str) {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let _ = writing.write_all(b"220 test\r\n").await;
    while let Ok(Some(line)) = lines.next_line().await {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match word.as_str() {
            "RCPT" if line.contains(refused) => "550 no such mailbox".to_owned(),
            "RCPT" if line.contains(busy) => format!("451 {line}: come back later"),
            "DATA" => {
                let _ = writing.write_all(b"354 go on\r\n").await;
                let mut letter = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    letter += &line;
                    letter.push('\n');
                }
                kept.lock().unwrap().push(letter);
                "250 kept".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            _ => "250 test".to_owned(),
        };
        if writing.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}
