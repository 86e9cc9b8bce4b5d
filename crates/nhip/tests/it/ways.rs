//! Ways to be told other than letters: notifications and webhooks, against a push service and a receiver of forty lines
//! that answer as they are told, on both databases.

use crate::following::in_town;
use crate::support::city::Browser;
use crate::support::town::Town;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::actor::{Actor, Role};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::SignedDuration;
use nhip::notification::follow::What;
use nhip::notification::webhook;
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use web_push_native::Auth;

/// A request as it came.
#[derive(Debug, Clone)]
struct Came {
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

/// Answers with the statuses it is told, the last one for ever, and keeps what came.
struct Receiver {
    url: String,
    came: Arc<Mutex<Vec<Came>>>,
    says: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let came = Arc::new(Mutex::new(Vec::new()));
        let says = Arc::new(Mutex::new(vec![201]));
        let (kept, answers) = (came.clone(), says.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, kept.clone(), answers.clone()));
            }
        });
        Self { url, came, says }
    }

    fn says(&self, statuses: &[u16]) {
        *self.says.lock().unwrap() = statuses.to_vec();
    }

    fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }
}

async fn talk(mut stream: TcpStream, kept: Arc<Mutex<Vec<Came>>>, says: Arc<Mutex<Vec<u16>>>) {
    let mut bytes = Vec::new();
    let head = loop {
        let mut part = [0; 4_096];
        let read = stream.read(&mut part).await.unwrap_or(0);
        if read == 0 {
            return;
        }
        bytes.extend_from_slice(&part[..read]);
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let pairs = text.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers: HashMap<String, String> =
        pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let length: usize = headers["content-length"].parse().unwrap();
    let mut body = bytes[head..].to_vec();
    while body.len() < length {
        let mut part = [0; 4_096];
        let read = stream.read(&mut part).await.unwrap();
        body.extend_from_slice(&part[..read]);
    }
    kept.lock().unwrap().push(Came { headers, body });
    let status = {
        let mut says = says.lock().unwrap();
        if says.len() > 1 { says.remove(0) } else { says[0] }
    };
    let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(answer.as_bytes()).await;
}

/// A browser that takes notifications: its keys, and what it gives us.
struct Device {
    key: SecretKey,
    auth: [u8; 16],
    endpoint: String,
}

impl Device {
    fn at(receiver: &Receiver, nth: u8) -> Self {
        let endpoint = format!("{}/push/{nth}", receiver.url);
        Self { key: SecretKey::from_slice(&[nth; 32]).unwrap(), auth: [nth; 16], endpoint }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let point = self.key.public_key().to_encoded_point(false);
        vec![
            ("way", "push".to_owned()),
            ("endpoint", self.endpoint.clone()),
            ("p256dh", URL_SAFE_NO_PAD.encode(point.as_bytes())),
            ("auth", URL_SAFE_NO_PAD.encode(self.auth)),
        ]
    }

    /// What a notification says to this browser, and to no other.
    fn reads(&self, came: &Came) -> serde_json::Value {
        let auth = Auth::clone_from_slice(&self.auth);
        let plain = web_push_native::decrypt(came.body.clone(), &self.key, &auth).unwrap();
        serde_json::from_slice(&plain).unwrap()
    }
}

async fn follow_by(
    browser: &mut crate::support::city::Browser<'_>,
    path: &str,
    device: &Device,
) -> StatusCode {
    let fields = device.fields();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    browser.post(path, &fields).await.status
}

async fn told(town: &Town, job: &str) {
    town.job("make letters of events").await;
    town.job(job).await;
}

#[tokio::test]
async fn a_browser_is_notified_until_it_is_gone_or_its_owner_stops_it() {
    in_town(async |town| {
        let receiver = Receiver::start().await;
        let (phone, laptop) = (Device::at(&receiver, 1), Device::at(&receiver, 2));
        let mut lan = town.city.visitor();
        assert_eq!(follow_by(&mut lan, "/follow?area=quays&lang=en", &phone).await, StatusCode::OK);
        let page = lan.get("/my/follows?lang=en").await.text();
        assert!(page.contains("The Quays"), "the browser is known again: {page}");
        let mut minh = town.city.citizen("minh@example.org").await;
        assert_eq!(follow_by(&mut minh, "/follow?q=prize&lang=vi", &laptop).await, StatusCode::OK);

        let code = town.sent("pothole", "hoa@example.org").await;
        told(&town, "send notifications").await;
        told(&town, "send notifications").await;
        let came = receiver.came();
        assert_eq!(came.len(), 2, "each once");
        for one in &came {
            assert_eq!(one.headers["content-encoding"], "aes128gcm");
            assert!(one.headers["authorization"].starts_with("vapid t="), "{one:?}");
            assert!(one.headers["ttl"].parse::<u32>().unwrap() > 0);
        }
        let of = |device: &Device| {
            let path = device.endpoint.rsplit('/').next().unwrap().to_owned();
            let all = receiver.came();
            let auth = Auth::clone_from_slice(&device.auth);
            let mine = |one: &&Came| {
                web_push_native::decrypt(one.body.clone(), &device.key, &auth).is_ok()
            };
            let found: Vec<Came> = all.iter().filter(mine).cloned().collect();
            (path, found)
        };
        let said = phone.reads(&of(&phone).1[0]);
        assert_eq!(said["link"], format!("http://harbour.example/reports/{code}"));
        assert_eq!(said["lang"], "en");
        assert!(!said.to_string().contains("evil") && !said.to_string().contains("example.org"));

        // Busy: it waits and comes later, once.
        receiver.says(&[503, 503, 201]);
        town.sent("pothole", "hoa@example.org").await;
        told(&town, "send notifications").await;
        told(&town, "send notifications").await;
        assert_eq!(receiver.came().len(), 4, "not again at once");
        town.city.later(SignedDuration::from_mins(2));
        told(&town, "send notifications").await;
        assert_eq!(receiver.came().len(), 6);

        // Gone: it is asked no more.
        receiver.says(&[410]);
        town.sent("pothole", "hoa@example.org").await;
        told(&town, "send notifications").await;
        assert_eq!(receiver.came().len(), 8);
        town.sent("pothole", "hoa@example.org").await;
        told(&town, "send notifications").await;
        assert_eq!(receiver.came().len(), 8);

        // It comes back by following again, and its owner stops it.
        receiver.says(&[201]);
        follow_by(&mut lan, "/follow?area=quays", &phone).await;
        lan.post("/my/follows", &[("stop", "all")]).await;
        town.sent("pothole", "hoa@example.org").await;
        told(&town, "send notifications").await;
        assert_eq!(receiver.came().len(), 8);
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_somebody_else_uses_shows_nothing_of_who_used_it_before() {
    in_town(async |town| {
        let receiver = Receiver::start().await;
        let shared = Device::at(&receiver, 3);
        let mut minh = town.city.citizen("minh@example.org").await;
        follow_by(&mut minh, "/follow?area=old-town", &shared).await;
        let mut next = town.city.visitor();
        follow_by(&mut next, "/follow?area=quays", &shared).await;
        let page = next.get("/my/follows?lang=en").await.text();
        assert!(page.contains("The Quays") && !page.contains("Old Town"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_browser_is_refused() {
    in_town(async |town| {
        let receiver = Receiver::start().await;
        let good = Device::at(&receiver, 4);
        let bad =
            Device { endpoint: "https://10.0.0.1/push".to_owned(), ..Device::at(&receiver, 4) };
        let mut lan = town.city.visitor();
        assert_eq!(follow_by(&mut lan, "/follow", &bad).await, StatusCode::UNPROCESSABLE_ENTITY);
        let mut fields = good.fields();
        fields[2].1 = "BAAA".to_owned();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(lan.post("/follow", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn a_browser_whose_address_changed_follows_what_it_did() {
    in_town(async |town| {
        let receiver = Receiver::start().await;
        let (old, new) = (Device::at(&receiver, 1), Device::at(&receiver, 2));
        let mut lan = town.city.visitor();
        assert_eq!(follow_by(&mut lan, "/follow?area=quays&lang=en", &old).await, StatusCode::OK);
        let mut fields = new.fields();
        fields.push(("old", old.endpoint.clone()));
        let send = async |fields: Vec<(&'static str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            town.city.visitor().post("/follows/device", &fields).await.status
        };
        let stranger = [("old", "https://push.example/unknown".to_owned())];
        let unknown = [&new.fields()[..], &stranger].concat();
        assert_eq!(send(unknown).await, StatusCode::NOT_FOUND);
        let keyless = vec![("old", old.endpoint.clone())];
        assert_eq!(send(keyless).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(send(fields.clone()).await, StatusCode::NO_CONTENT);
        let code = town.sent("pothole", "hoa@example.org").await;
        told(&town, "send notifications").await;
        let came = receiver.came();
        assert_eq!(came.len(), 1, "once, to the new address");
        assert!(new.reads(&came[0])["link"].as_str().unwrap().contains(&code));
        // Told twice, the old one is unknown by now.
        assert_eq!(send(fields).await, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_webhook_is_called_signed_until_it_takes_the_news_and_never_after_it_says_gone() {
    in_town(async |town| {
        let receiver = Receiver::start().await;
        let (ctx, vault, caller) = (
            town.city.app.ctx(Actor::system()),
            town.city.app.vault.clone(),
            town.city.app.caller.clone(),
        );
        let url = format!("{}/nhip", receiver.url);
        let secret = town.city.app.db.write(move |conn| {
            let what = What::list("service=pothole", &ctx.pack).unwrap();
            webhook::add(conn, &ctx, &vault, &caller, ("A gateway", &url), what)
        });
        let (id, secret) = secret.await.unwrap();
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();

        receiver.says(&[500, 204]);
        let code = town.sent("pothole", "hoa@example.org").await;
        told(&town, "call webhooks").await;
        town.city.later(SignedDuration::from_mins(2));
        told(&town, "call webhooks").await;
        town.city.later(SignedDuration::from_mins(60));
        told(&town, "call webhooks").await;
        let came = receiver.came();
        assert_eq!(came.len(), 2, "again after a failure, and then no more");
        assert_eq!(came[0].headers["webhook-id"], came[1].headers["webhook-id"]);
        for one in &came {
            let (id, at) = (&one.headers["webhook-id"], &one.headers["webhook-timestamp"]);
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            mac.update(format!("{id}.{at}.").as_bytes());
            mac.update(&one.body);
            let right = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
            assert_eq!(one.headers["webhook-signature"], right);
        }
        let body: serde_json::Value = serde_json::from_slice(&came[0].body).unwrap();
        assert_eq!(body["type"], "report.received");
        assert_eq!(body["data"]["report"]["code"], code);
        assert_eq!(body["data"]["report"]["service"]["code"], "pothole");
        assert!(body["data"]["text"]["en"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(!body.to_string().contains("hoa@"), "{body}");

        // The desk sees it among the letters.
        let mut operator = town.staff(Role::Operator, Some(&"town-desk".parse().unwrap())).await;
        let page = operator.get("/desk/letters?lang=en").await.text();
        assert!(page.contains("webhook"), "{page}");

        receiver.says(&[410]);
        town.sent("pothole", "hoa@example.org").await;
        told(&town, "call webhooks").await;
        town.sent("pothole", "hoa@example.org").await;
        told(&town, "call webhooks").await;
        assert_eq!(receiver.came().len(), 3);
        let all = town.city.app.db.read(webhook::list).await.unwrap();
        assert!(all.iter().any(|hook| hook.id == id && hook.ended_at.is_some()));
    })
    .await;
}

const WEBHOOKS: &str = "/desk/webhooks?lang=en";

#[tokio::test]
async fn a_webhook_that_cannot_be_comes_back_with_what_was_typed_and_only_administrators_see_any() {
    in_town(async |town| {
        let mut ada = town.staff(Role::Administrator, None).await;
        assert!(ada.get(WEBHOOKS).await.text().contains("No program is told"));
        let url = "https://gateway.example/nhip";
        for (name, url, filter) in [
            ("", url, ""),
            ("Gate <b>way", "https://10.0.0.1/hook", ""),
            ("Gate <b>way", "ftp://evil.example", ""),
            ("Gate <b>way", url, "area=atlantis"),
            ("Gate <b>way", url, "/reports?areas=quays"),
        ] {
            let typed = [("name", name), ("url", url), ("filter", filter)];
            let refused = ada.post("/desk/webhooks", &typed).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
            let again = crate::support::forms::unescaped(&refused.text());
            assert!([name, url, filter].iter().all(|typed| again.contains(typed)), "{again}");
        }
        assert!(ada.get(WEBHOOKS).await.text().contains("No program is told"));
        let (id, _) = made(&mut ada, url).await;
        let test = format!("/desk/webhooks/{id}/test");
        for role in [Role::Operator, Role::Leader, Role::Inspector] {
            let mut who = town.staff(role, None).await;
            assert_eq!(who.get(WEBHOOKS).await.status, StatusCode::FORBIDDEN, "{role}");
            assert_eq!(who.post(&test, &[]).await.status, StatusCode::FORBIDDEN, "{role}");
        }
    })
    .await;
}

/// A webhook for potholes, made at the desk: its id, and the key that signs, which is shown once.
async fn made(ada: &mut Browser<'_>, url: &str) -> (String, Vec<u8>) {
    let list = "http://harbour.example/reports?service=pothole";
    let typed = [("name", "Gate <b>way"), ("url", url), ("filter", list)];
    let made = ada.post("/desk/webhooks", &typed).await.text();
    let secret = made.split("whsec_").nth(1).unwrap().split('<').next().unwrap();
    let shown = ada.get(WEBHOOKS).await.text();
    assert!(!shown.contains("whsec_") && shown.contains("Gate &#60;b&#62;way"), "once: {shown}");
    let id = shown.split("/desk/webhooks/").nth(1).unwrap().split('/').next().unwrap();
    (id.to_owned(), STANDARD.decode(secret).unwrap())
}

fn is_signed(one: &Came, key: &[u8]) -> bool {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    let (number, at) = (&one.headers["webhook-id"], &one.headers["webhook-timestamp"]);
    mac.update(format!("{number}.{at}.").as_bytes());
    mac.update(&one.body);
    one.headers["webhook-signature"]
        == format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn the_administrator_adds_tries_pauses_and_removes_a_webhook_at_the_desk() {
    crate::support::log::expect("letter not sent");
    in_town(async |town| {
        let receiver = Receiver::start().await;
        let mut ada = town.staff(Role::Administrator, None).await;
        let (id, key) = made(&mut ada, &format!("{}/nhip", receiver.url)).await;
        let does = |act: &str| format!("/desk/webhooks/{id}/{act}");
        let body = |one: &Came| serde_json::from_slice::<serde_json::Value>(&one.body).unwrap();
        let kinds =
            || receiver.came().iter().map(|one| body(one)["type"].clone()).collect::<Vec<_>>();

        receiver.says(&[500, 204]);
        assert_eq!(ada.post(&does("test"), &[]).await.status, StatusCode::SEE_OTHER);
        told(&town, "call webhooks").await;
        let one = &receiver.came()[0];
        assert!(is_signed(one, &key), "by the secret that was shown");
        assert!(body(one)["type"] == "test" && body(one)["data"]["report"].is_null(), "{one:?}");
        let shown = ada.get(WEBHOOKS).await.text();
        assert!(shown.contains("Test of a webhook") && shown.contains(" 500"), "{shown}");

        // Paused it hears of nothing, but can be tried.
        ada.post(&does("pause"), &[]).await;
        assert_eq!(ada.post(&does("pause"), &[]).await.status, StatusCode::NOT_FOUND, "once");
        town.sent("pothole", "hoa@example.org").await;
        ada.post(&does("test"), &[]).await;
        told(&town, "call webhooks").await;
        assert_eq!(kinds(), ["test", "test"]);
        assert!(ada.get(WEBHOOKS).await.text().contains("the webhook was paused"));
        ada.post(&does("resume"), &[]).await;
        town.sent("pothole", "hoa@example.org").await;
        town.sent("noise", "hoa@example.org").await;
        told(&town, "call webhooks").await;
        assert_eq!(kinds(), ["test", "test", "report.received"], "what it asked for, from now on");
        ada.post(&does("stop"), &[]).await;
        assert_eq!(ada.post(&does("resume"), &[]).await.status, StatusCode::NOT_FOUND);
        town.sent("pothole", "hoa@example.org").await;
        told(&town, "call webhooks").await;
        assert_eq!(kinds().len(), 3);
        assert!(ada.get(WEBHOOKS).await.text().contains("Removed (1)"));
        let expected = ["added", "tested", "paused", "tested", "resumed", "stopped"];
        assert_eq!(noted(&town).await, expected.map(|word| format!("webhook_{word}")));
    })
    .await;
}

/// What the audit log says of webhooks: by whom, and no address.
async fn noted(town: &Town) -> Vec<String> {
    let noted = town.city.app.db.read(|conn| {
        let sql =
            "SELECT action, detail, account FROM audit WHERE action LIKE 'webhook%' ORDER BY id";
        conn.query(sql, &[], |row| {
            assert!(row.get::<Option<String>>(2)?.is_some(), "by whom");
            assert!(!row.get::<String>(1)?.contains("http"), "no address in the log");
            row.get::<String>(0)
        })
    });
    noted.await.unwrap()
}
