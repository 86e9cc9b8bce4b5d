//! Handing a letter over: to a mail server over TCP, and to a folder.

use crate::support::ctx::ctx;
use crate::support::letters::MailServer;
use nhip::platform::config::Config;
use nhip::platform::http::client::Proxies;
use nhip::platform::mail::{Letter, Mailer};

fn config(smtp: Option<String>, data: &std::path::Path) -> Config {
    Config {
        data: data.to_path_buf(),
        database: None,
        media: None,
        listen: "127.0.0.1:1".parse().unwrap(),
        public_url: "https://city.example".to_owned(),
        smtp,
        mail_from: "no-reply@city.example".to_owned(),
        proxies: Proxies::default(),
        key_file: data.join("vault.key"),
        metrics_token: None,
        demo: false,
        call_loopback: false,
    }
}

fn a_letter(to: &str) -> Letter {
    Letter {
        id: "01D.0".to_owned(),
        from_name: "Harbour".to_owned(),
        to: to.to_owned(),
        subject: "Đã nhận".to_owned(),
        text: ".a dot at the beginning of a line\n".to_owned(),
        html: "<p>x</p>".to_owned(),
        stop: None,
        at: ctx().now,
    }
}

#[tokio::test]
async fn a_mail_server_takes_a_letter_refuses_one_for_good_and_puts_one_off() {
    let server = MailServer::start("nobody@", "busy@").await;
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::open(&config(Some(server.url.clone()), folder.path())).unwrap();
    mailer.send(a_letter("hoa@example.org")).await.unwrap();
    assert_eq!(server.letters().len(), 1);
    assert!(server.letters()[0].contains("Message-ID: <01D.0@city.example>"));
    let refused = mailer.send(a_letter("nobody@example.org")).await.unwrap_err();
    assert!(refused.for_good, "{refused:?}");
    let later = mailer.send(a_letter("busy@example.org")).await.unwrap_err();
    assert!(!later.for_good && !later.detail.contains("busy@example.org"), "{later:?}");
}

#[tokio::test]
async fn a_mail_server_that_is_down_is_a_failure_that_passes() {
    let gone = MailServer::start("-", "-").await.url.replace("127.0.0.1", "127.0.0.2");
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::open(&config(Some(gone), folder.path())).unwrap();
    assert!(!mailer.send(a_letter("hoa@example.org")).await.unwrap_err().for_good);
    let wrong = Mailer::open(&config(Some("http://user:secret@mail".to_owned()), folder.path()));
    assert!(wrong.err().is_some_and(|e| !e.to_string().contains("secret")));
}

#[tokio::test]
async fn a_letter_sent_twice_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::open(&config(None, folder.path())).unwrap();
    for _ in 0..2 {
        mailer.send(a_letter("hoa@example.org")).await.unwrap();
    }
    let names: Vec<_> = std::fs::read_dir(folder.path().join("letters"))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names, ["01D.0.eml"]);
}

#[test]
fn a_mailer_opens_before_there_are_async_threads() {
    let folder = tempfile::tempdir().unwrap();
    let url = "smtp://127.0.0.1:9".to_owned();
    assert!(Mailer::open(&config(Some(url), folder.path())).is_ok());
}
