//! A new key of the vault takes over from an old one: while people write, killed in the middle, on two nodes, and with
//! what was sealed before keys had names. On both databases.

use crate::following::in_town;
use crate::support::city::City;
use crate::support::letters::email;
use crate::support::log;
use crate::support::town::Town;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::actor::{Actor, Role};
use domain::ids::{PersonId, ServiceRequestId};
use domain::text::PhoneNumber;
use jiff::SignedDuration;
use nhip::account::vault::rotate::{self, SEALED};
use nhip::account::vault::{self, Contact, Identity};
use nhip::account::{admin, totp};
use nhip::cli::backup;
use nhip::cli::place::Place;
use nhip::cli::vault::{Action, act};
use nhip::jobs;
use nhip::notification::follow::What;
use nhip::notification::{push, webhook};
use nhip::platform::db::params;
use nhip::platform::error::{Error, Result};
use nhip::platform::sealing::{KeyId, Vault};
use nhip::stop::Stop;
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use std::fs;

const HOA: &str = "hoa@example.org";
const PHONE: &str = "+4520718293";

/// What `nhip vault …` prints in a process of its own, beside the running city.
async fn nhip_vault(city: &City, action: Action) -> Result<String, String> {
    let (db, ctx) = (city.app.db.clone(), city.app.ctx(Actor::system()));
    let file = city.app.config.key_file.clone();
    let said = tokio::task::spawn_blocking(move || {
        let vault = Vault::open(&file, &db)?;
        let mut out = Vec::new();
        act(&Place { db, vault, ctx }, &action, &mut out)?;
        Ok::<_, Stop>(String::from_utf8(out)?)
    });
    said.await.unwrap().map_err(|stop| stop.message)
}

fn keys_in_file(city: &City) -> Vec<String> {
    let text = fs::read_to_string(&city.app.config.key_file).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Rows by table that are sealed with `key`.
async fn sealed_with(city: &City, key: KeyId) -> Vec<(&'static str, i64)> {
    let vault = city.app.vault.clone();
    let (all, _) = city.app.db.read(move |conn| rotate::status(conn, &vault)).await.unwrap();
    all.into_iter().find(|status| status.id == key).map_or_else(Vec::new, |status| status.sealed)
}

async fn opened(city: &City, person: PersonId) -> Result<Identity> {
    let vault = city.app.vault.clone();
    let known = city.app.db.read(move |conn| vault::for_letters(conn, &vault, &person)).await?;
    Ok(known.unwrap())
}

async fn reporter(town: &Town, code: &str) -> PersonId {
    town.report(code).await.reporter.unwrap()
}

/// Reports that came with this, as an operator finds them.
async fn found(city: &City, contact: Contact) -> Vec<String> {
    let (ctx, vault) = (city.acting(Role::Operator, None), city.app.vault.clone());
    let found =
        city.app.db.write(move |conn| vault::find_by_contact(conn, &ctx, &vault, &contact, 9));
    found.await.unwrap().iter().map(ToString::to_string).collect()
}

fn a_browser() -> push::Device {
    let point = SecretKey::from_slice(&[4; 32]).unwrap().public_key().to_encoded_point(false);
    push::Device {
        endpoint: "http://127.0.0.1:9/push".to_owned(),
        p256dh: URL_SAFE_NO_PAD.encode(point.as_bytes()),
        auth: URL_SAFE_NO_PAD.encode([4; 16]),
    }
}

/// Something of every kind that is sealed: people, what they gave with a report, a telephone that makes codes, a browser,
/// a program, letters to be made and letters that were. The code of the report and a code that replaces the telephone.
async fn with_one_of_each(town: &Town) -> (String, String) {
    let code = town.sent("pothole", HOA).await;
    town.job("make letters of events").await;
    town.sent("pothole", "minh@example.org").await;
    town.city.staff("pat", &[Role::Operator], None).await;
    let (ctx, vault, caller) = (
        town.city.app.ctx(Actor::system()),
        town.city.app.vault.clone(),
        town.city.app.caller.clone(),
    );
    let (request, person) = (ServiceRequestId::parse(&code).unwrap(), reporter(town, &code).await);
    let recovery = town.city.app.db.write(move |conn| {
        let phone = PhoneNumber::parse(PHONE, "45").ok();
        let given = Identity { name: "Hoa".to_owned(), email: None, phone };
        vault::keep_given(conn, &vault, &request, &person, &given)?;
        push::keep(conn, &ctx, &vault, &caller, &a_browser(), None, "en")?;
        let what = What::list("service=pothole", &ctx.pack).unwrap();
        webhook::add(conn, &ctx, &vault, &caller, ("A gateway", "http://127.0.0.1:9/x"), what)?;
        let account = admin::by_login(conn, "pat")?.id;
        let enrolment = totp::begin(&ctx, &vault, &account, "Harbour", "pat")?;
        let phone = totp_rs::Totp::from_url(&enrolment.uri).unwrap();
        let now = phone.generate(ctx.now.as_second().cast_unsigned()).to_string();
        let codes = totp::confirm(conn, &ctx, &vault, (&account, ""), &enrolment, &now)?.unwrap();
        Ok::<_, Error>(codes[0].clone())
    });
    (code, recovery.await.unwrap())
}

#[tokio::test]
async fn a_new_key_takes_over_all_that_is_sealed_and_everything_is_found_as_before() {
    in_town(async |town| {
        let city = &town.city;
        let (code, recovery) = with_one_of_each(&town).await;
        let mut hoa = town.reporter(&code).await;
        let (old, person) = (city.app.vault.sealing(), reporter(&town, &code).await);
        let tables: Vec<&str> = SEALED.iter().map(|column| column.table).collect();
        let of_old = sealed_with(city, old).await;
        assert_eq!(of_old.iter().map(|(table, _)| *table).collect::<Vec<_>>(), tables);

        let said = nhip_vault(city, Action::NewKey).await.unwrap();
        assert!(said.contains("nothing uses it yet"), "{said}");
        let waits = nhip_vault(city, Action::Status).await.unwrap();
        assert!(waits.contains("waits for `nhip vault rotate`\tnothing is sealed"), "{waits}");
        let twice = nhip_vault(city, Action::NewKey).await.unwrap_err();
        assert!(twice.contains("is new already"), "{twice}");
        let said = nhip_vault(city, Action::Rotate).await.unwrap();
        let new: KeyId = said.split_once(' ').unwrap().0.parse().unwrap();
        assert!(said.contains(&format!("{old} may be deleted in 2 minutes")), "{said}");
        assert!(sealed_with(city, old).await.is_empty());
        assert_eq!(sealed_with(city, new).await, of_old, "every row, and no row twice");

        // The server reads the new key when it meets it, and takes it up by itself.
        assert_eq!(
            (city.app.vault.sealing(), opened(city, person.clone()).await.is_ok()),
            (old, true)
        );
        town.job("keep the keys in step").await;
        assert_eq!(city.app.vault.sealing(), new);

        // Found again: by address, by number, by the cookie of a receipt; and nobody is somebody new.
        let number = PhoneNumber::parse(PHONE, "45").unwrap();
        assert_eq!(found(city, Contact::Phone(number)).await, [code.as_str()]);
        assert_eq!(found(city, Contact::Email(email(HOA))).await, [code.as_str()]);
        assert_eq!(hoa.get(&format!("/my/{code}")).await.status, StatusCode::OK);
        let again = town.sent("pothole", HOA).await;
        assert_eq!(reporter(&town, &again).await, person);
        town.job("make letters of events").await;
        town.job("send letters").await;
        assert_eq!(city.app.metrics.letters.failed.get(), 0);
        assert!(city.app.metrics.letters.sent.get() >= 2, "the letters that were waiting");

        // A key is forgotten when no server can be writing with it any more.
        let forget = async || nhip_vault(city, Action::Forget { id: old }).await;
        assert!(forget().await.unwrap_err().contains("a server may still be writing"));
        city.later(SignedDuration::from_mins(3));
        assert!(forget().await.unwrap().contains("is forgotten"));
        let file = keys_in_file(city);
        assert_eq!((file.len(), file[0].starts_with("lookups ")), (2, true), "{}", file.len());
        assert!(forget().await.unwrap_err().contains("has no key"));
        let seals = nhip_vault(city, Action::Forget { id: new }).await.unwrap_err();
        assert!(seals.contains("is the key that seals"), "{seals}");

        // Another node that never saw the old key; and the telephone's codes still count.
        let other = Town::of(city.another_node("cities/harbour"));
        assert_eq!(found(&other.city, Contact::Email(email(HOA))).await.len(), 2);
        assert_eq!(opened(&other.city, person).await.unwrap().email, Some(email(HOA)));
        let (ctx, vault) = (other.city.app.ctx(Actor::system()), other.city.app.vault.clone());
        let accepted = other.city.app.db.write(move |conn| {
            let account = admin::by_login(conn, "pat")?;
            totp::accept(conn, &ctx, &vault, &account, &recovery)
        });
        assert!(accepted.await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_rotation_that_is_killed_loses_nothing_and_goes_on() {
    in_town(async |town| {
        let city = &town.city;
        let mut people = Vec::new();
        for address in [HOA, "minh@example.org", "lan@example.org"] {
            let code = town.sent("pothole", address).await;
            people.push((reporter(&town, &code).await, address));
        }
        let old = city.app.vault.sealing();
        nhip_vault(city, Action::NewKey).await.unwrap();
        let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
        // One row, and the command is killed.
        city.app
            .db
            .write(move |conn| {
                rotate::begin(conn, &ctx, &vault)?;
                rotate::seal_anew(conn, &vault, &SEALED[0], "", 1)
            })
            .await
            .unwrap();
        let new = city.app.vault.sealing();
        assert_ne!(new, old);
        for (person, address) in &people {
            assert_eq!(opened(city, person.clone()).await.unwrap().email, Some(email(address)));
        }
        let early = nhip_vault(city, Action::Forget { id: old }).await.unwrap_err();
        assert!(early.contains(&format!("{old} is still needed: person 2, outbox 3")), "{early}");
        let said = nhip_vault(city, Action::Rotate).await.unwrap();
        assert!(said.starts_with(&format!("{new} is the newest key and seals already")), "{said}");
        assert!(said.contains("sealed anew\tperson\t2\n"), "{said}");
        assert!(said.contains(&format!("{old} may be deleted")), "{said}");
        let done = nhip_vault(city, Action::Rotate).await.unwrap();
        assert!(!done.lines().any(|l| l.starts_with("sealed") && !l.ends_with("\t0")), "{done}");
        for (person, address) in people {
            assert_eq!(opened(city, person).await.unwrap().email, Some(email(address)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_node_with_an_older_file_says_what_is_wrong_and_goes_on_when_it_has_the_new_one() {
    in_town(async |town| {
        let code = town.sent("pothole", HOA).await;
        let person = reporter(&town, &code).await;
        let old_file = fs::read(&town.city.app.config.key_file).unwrap();
        let other = Town::of(town.city.another_node("cities/harbour"));
        nhip_vault(&town.city, Action::NewKey).await.unwrap();
        let said = nhip_vault(&town.city, Action::Rotate).await.unwrap();
        let new = said.split_once(' ').unwrap().0;

        let refused = opened(&other.city, person.clone()).await.unwrap_err().to_string();
        assert!(refused.contains(&format!("the key {new} is not in it")), "{refused}");
        let file = &other.city.app.config.key_file;
        assert!(refused.contains(&file.display().to_string()), "{refused}");
        log::expect("job failed");
        log::expect("outbox row could not be dispatched");
        let keep = jobs::jobs().into_iter().find(|job| job.name == "keep the keys in step");
        jobs::run(&other.city.node, &keep.unwrap()).await;
        assert_eq!(other.city.app.metrics.job("keep the keys in step").failures.get(), 1);
        let restarted = nhip_vault(&other.city, Action::Status).await.unwrap_err();
        assert!(restarted.contains(&format!("the key {new} is not in it")), "{restarted}");
        // What it writes meanwhile is sealed with the key it has, and everybody opens it; what it cannot open waits.
        let meanwhile = reporter(&other, &other.sent("pothole", "lan@example.org").await).await;
        assert!(opened(&town.city, meanwhile).await.is_ok());
        other.job("make letters of events").await;
        log::expect("letter could not be written");
        log::expect("letter not sent");
        other.job("send letters").await;

        fs::copy(&town.city.app.config.key_file, file).unwrap();
        assert_eq!(opened(&other.city, person).await.unwrap().email, Some(email(HOA)));
        let keep = jobs::jobs().into_iter().find(|job| job.name == "keep the keys in step");
        jobs::run(&other.city.node, &keep.unwrap()).await;
        nhip_vault(&other.city, Action::Rotate).await.unwrap();
        other.city.later(SignedDuration::from_hours(2));
        other.job("make letters of events").await;
        other.job("send letters").await;
        assert_eq!(other.city.app.metrics.letters.sent.get(), 2, "both letters");

        // A file from before is told apart from a wrong one.
        fs::write(file, old_file).unwrap();
        let before = nhip_vault(&other.city, Action::Status).await.unwrap_err();
        assert!(before.contains("copy the file from where that key was made"), "{before}");
    })
    .await;
}

#[tokio::test]
async fn what_was_sealed_before_keys_had_names_opens_and_gets_one() {
    in_town(async |town| {
        let city = &town.city;
        let code = town.sent("pothole", HOA).await;
        let (old, person) = (city.app.vault.sealing(), reporter(&town, &code).await);
        let stripped = "UPDATE person SET sealed = substr(sealed, 9)";
        city.app.db.write(move |conn| conn.execute(stripped, params![])).await.unwrap();
        assert_eq!(opened(city, person.clone()).await.unwrap().email, Some(email(HOA)));
        let said = nhip_vault(city, Action::Status).await.unwrap();
        assert!(said.contains("sealed by an older version of nhip\tperson 1"), "{said}");

        nhip_vault(city, Action::NewKey).await.unwrap();
        let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
        city.app.db.write(move |conn| rotate::begin(conn, &ctx, &vault)).await.unwrap();
        city.later(SignedDuration::from_hours(1));
        let early = nhip_vault(city, Action::Forget { id: old }).await.unwrap_err();
        assert!(early.contains("person 1"), "{early}");
        nhip_vault(city, Action::Rotate).await.unwrap();
        nhip_vault(city, Action::Forget { id: old }).await.unwrap();
        town.job("keep the keys in step").await;
        let node = city.another_node("cities/harbour");
        assert_eq!(opened(&node, person).await.unwrap().email, Some(email(HOA)));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_no_key_opens_is_told_and_left_as_it_is() {
    in_town(async |town| {
        let city = &town.city;
        let code = town.sent("pothole", HOA).await;
        let person = reporter(&town, &code).await;
        let broken = [9_u8; 80];
        let (id, bytes) = (person.clone(), broken);
        let write = "UPDATE person SET sealed = $1 WHERE id = $2";
        city.app
            .db
            .write(move |c| c.execute(write, params![&bytes[..], id.as_str()]))
            .await
            .unwrap();
        nhip_vault(city, Action::NewKey).await.unwrap();
        let said = nhip_vault(city, Action::Rotate).await.unwrap_err();
        assert!(said.contains(&format!("left as they are: person {person}")), "{said}");
        let read = "SELECT sealed FROM person WHERE id = $1";
        let kept = city.app.db.read(move |conn| {
            conn.query_opt(read, params![person.as_str()], |row| row.get::<Vec<u8>>(0))
        });
        assert_eq!(kept.await.unwrap().unwrap(), broken);
    })
    .await;
}

#[test]
fn every_sealed_column_of_the_schema_is_sealed_anew() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    let mut schema = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let mut table = String::new();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["CREATE", "TABLE", name, ..] => (*name).clone_into(&mut table),
                ["ALTER", "TABLE", of, "ADD", "COLUMN", column, ..]
                    if column.ends_with("sealed") =>
                {
                    schema.push(format!("{of}.{column}"));
                }
                [column, kind, ..] if column.ends_with("sealed") && kind.starts_with("BLOB") => {
                    schema.push(format!("{table}.{column}"));
                }
                _ => {}
            }
        }
    }
    schema.sort();
    let mut known: Vec<String> =
        SEALED.iter().map(|column| format!("{}.{}", column.table, column.column)).collect();
    known.sort();
    assert_eq!(schema, known);
}

#[tokio::test]
async fn a_backup_takes_all_keys_along_wherever_they_are() {
    let city = City::new();
    nhip_vault(&city, Action::NewKey).await.unwrap();
    let (folder, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let elsewhere = folder.path().join("apart.key");
    fs::rename(&city.app.config.key_file, &elsewhere).unwrap();
    let options = backup::BackupOptions {
        target: target.path().to_path_buf(),
        data: city.app.config.data.clone(),
        database: None,
        with_key: true,
        key_file: Some(elsewhere.clone()),
    };
    let mut out = Vec::new();
    backup::run(&options, &mut out).map_err(|stop| stop.message).unwrap();
    let copy = target.path().join("vault.key");
    assert_eq!(fs::read(&copy).unwrap(), fs::read(&elsewhere).unwrap());
    assert_eq!(fs::read_to_string(&copy).unwrap().lines().count(), 2);
}
