//! The contract of accounts, sessions, links, keys and the vault, on both databases.

use crate::support::ctx::ctx;
use crate::support::db::for_each_engine;
use domain::actor::{Actor, Role};
use domain::ids::{AccountId, AgencyId, PersonId};
use domain::refusal::Refusal;
use domain::text::{EmailAddress, PhoneNumber};
use jiff::ToSpan;
use nhip::account::admin::{self, NewStaff};
use nhip::account::link::{self, ByLink, Purpose};
use nhip::account::session::{self, Kind};
use nhip::account::sign_in::{self, Attempt, Door, Entry};
use nhip::account::throttle::Throttle;
use nhip::account::unasked::Origin;
use nhip::account::vault::{self, Identity};
use nhip::account::{password, totp};
use nhip::platform::clock::Clock;
use nhip::platform::ctx::Ctx;
use nhip::platform::db::{Conn, Db};
use nhip::platform::error::{Error, Result};
use nhip::platform::sealing::Vault;
use std::path::PathBuf;

const PASSWORD: &str = "correct horse battery";

fn a_vault() -> Vault {
    Vault::from_key(&[1; 32])
}

fn later(ctx: &Ctx, minutes: i64) -> Ctx {
    Ctx { now: ctx.now + minutes.minutes(), ..ctx.clone() }
}

async fn write<T: Send + 'static>(
    db: &Db,
    work: impl FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static,
) -> T {
    db.write(work).await.unwrap()
}

fn an_operator() -> NewStaff {
    NewStaff {
        login: "Hoa".into(),
        name: "Hoa".into(),
        roles: vec![Role::Operator],
        agency: None,
        language: "vi".into(),
    }
}

async fn staff(db: &Db, ctx: &Ctx) -> AccountId {
    let (ctx, hash) = (ctx.clone(), password::hash(PASSWORD, 1).unwrap());
    write(db, move |conn| admin::add(conn, &ctx, &an_operator(), &hash)).await
}

fn attempt(login: &str, password: &str) -> Attempt {
    Attempt {
        login: login.into(),
        password: password.into(),
        address: "192.0.2.1".parse().unwrap(),
        device: "Test".into(),
    }
}

async fn try_in(db: &Db, ctx: &Ctx, throttle: &Throttle, login: &str, password: &str) -> Entry {
    let clock = Clock::manual(ctx.now);
    let door = Door { db, clock: &clock, ctx, vault: &a_vault(), throttle };
    sign_in::with_password(door, attempt(login, password)).await.unwrap()
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

#[tokio::test]
async fn a_password_opens_a_session_that_lives_while_it_is_used() {
    for_each_engine(async |db| {
        let (ctx, vault, throttle) = (ctx(), a_vault(), Throttle::default());
        let account = staff(&db, &ctx).await;
        let Entry::In(new) = try_in(&db, &ctx, &throttle, " HOA ", PASSWORD).await else {
            panic!("not in")
        };
        let at = async |minutes| {
            session::of_secret(&db, &vault, later(&ctx, minutes).now, &new.secret).await.unwrap()
        };
        let signed = at(0).await.unwrap();
        assert_eq!(
            (signed.account, signed.kind, signed.roles),
            (account, Kind::Staff, vec![Role::Operator])
        );
        // Used after 11 hours it lives 12 more.
        assert_eq!(at(11 * 60).await.unwrap().seen_at, ctx.now);
        assert_eq!(at(22 * 60).await.unwrap().seen_at, later(&ctx, 11 * 60).now);
        assert!(at(35 * 60).await.is_none());
        assert!(session::of_secret(&db, &vault, ctx.now, "guess").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_unknown_login_and_a_wrong_password_get_the_same_answer_and_a_lock_is_told_to_its_owner_only()
 {
    for_each_engine(async |db| {
        let (ctx, throttle) = (ctx(), Throttle::default());
        let account = staff(&db, &ctx).await;
        assert_eq!(try_in(&db, &ctx, &throttle, "hoa", "wrong password").await, Entry::Wrong);
        assert_eq!(try_in(&db, &ctx, &throttle, "nobody", PASSWORD).await, Entry::Wrong);
        let Entry::In(new) = try_in(&db, &ctx, &throttle, "hoa", PASSWORD).await else {
            panic!("not in")
        };
        let c = ctx.clone();
        write(&db, move |conn| admin::lock(conn, &c, &account, "left the office")).await;
        assert!(session::of_secret(&db, &a_vault(), ctx.now, &new.secret).await.unwrap().is_none());
        assert_eq!(try_in(&db, &ctx, &throttle, "hoa", "wrong password").await, Entry::Wrong);
        assert_eq!(
            try_in(&db, &ctx, &throttle, "hoa", PASSWORD).await,
            Entry::Locked { reason: "left the office".into() }
        );
    })
    .await;
}

#[tokio::test]
async fn after_five_wrong_passwords_even_the_right_one_must_wait() {
    for_each_engine(async |db| {
        let (ctx, throttle) = (ctx(), Throttle::default());
        staff(&db, &ctx).await;
        for _ in 0..5 {
            assert_eq!(try_in(&db, &ctx, &throttle, "hoa", "wrong password").await, Entry::Wrong);
        }
        assert!(matches!(try_in(&db, &ctx, &throttle, "hoa", PASSWORD).await, Entry::Wait { .. }));
        assert!(matches!(
            try_in(&db, &later(&ctx, 1), &throttle, "hoa", PASSWORD).await,
            Entry::In(_)
        ));
    })
    .await;
}

#[tokio::test]
async fn with_a_second_factor_the_password_opens_half_a_session_and_each_code_works_once() {
    for_each_engine(async |db| {
        let (ctx, vault, throttle) = (ctx(), a_vault(), Throttle::default());
        let account = staff(&db, &ctx).await;
        let enrolment = totp::begin(&ctx, &vault, &account, "Harbour: city", "hoa").unwrap();
        let phone = totp_rs::Totp::from_url(&enrolment.uri).unwrap();
        let code_at = |ctx: &Ctx| phone.generate(ctx.now.as_second().cast_unsigned()).to_string();
        let (c, v, e, code) = (ctx.clone(), vault.clone(), enrolment.clone(), code_at(&ctx));
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let codes = write(&db, move |conn| {
            assert_eq!(totp::confirm(conn, &c, &v, (&account, ""), &e, wrong)?, None);
            totp::confirm(conn, &c, &v, (&account, ""), &e, &code)
        })
        .await
        .unwrap();

        let half = async |ctx: &Ctx| {
            let Entry::CodeOwed(half) = try_in(&db, ctx, &throttle, "hoa", PASSWORD).await else {
                panic!("no code owed")
            };
            assert!(
                session::of_secret(&db, &vault, ctx.now, &half.secret).await.unwrap().is_none(),
                "half is not in"
            );
            let (hash, now) = (session::hash(&vault, &half.secret), ctx.now);
            write(&db, move |conn| session::find_half(conn, &hash, now)).await.unwrap()
        };
        let give = async |ctx: &Ctx, code: &str| {
            let clock = Clock::manual(ctx.now);
            let door = Door { db: &db, clock: &clock, ctx, vault: &vault, throttle: &throttle };
            let from = ("192.0.2.1".parse().unwrap(), "Test".to_owned());
            sign_in::with_code(door, half(ctx).await, code.into(), from).await.unwrap()
        };
        let next = later(&ctx, 5);
        assert_eq!(
            give(&ctx, &code_at(&ctx)).await,
            Entry::Wrong,
            "the code of the enrolment is used up"
        );
        assert!(matches!(give(&next, &code_at(&next)).await, Entry::In(_)));
        assert_eq!(give(&next, &code_at(&next)).await, Entry::Wrong);
        let recovery = codes[3].to_uppercase();
        assert!(matches!(give(&next, &recovery).await, Entry::In(_)));
        assert_eq!(give(&next, &recovery).await, Entry::Wrong);
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_a_reset_ends_all() {
    for_each_engine(async |db| {
        let (ctx, vault, throttle) = (ctx(), a_vault(), Throttle::default());
        let account = staff(&db, &ctx).await;
        let enter = async || {
            let Entry::In(new) = try_in(&db, &ctx, &throttle, "hoa", PASSWORD).await else {
                panic!("the right password does not let in");
            };
            new.secret
        };
        let (here, there) = (enter().await, enter().await);
        let of =
            async |secret: &str| session::of_secret(&db, &vault, ctx.now, secret).await.unwrap();
        let signed = of(&here).await.unwrap();
        let clock = Clock::manual(ctx.now);
        let change = async |old: &str, new: &str| {
            let (by, old, new) = ((&db, &clock), old.into(), new.into());
            sign_in::change_password(by, &ctx, &signed, old, new).await.unwrap()
        };
        assert_eq!(change("not it", "another long one").await, Err(sign_in::NotChanged::WrongOld));
        assert_eq!(change(PASSWORD, "short").await, Err(sign_in::NotChanged::TooShort));
        assert_eq!(change(PASSWORD, "another long one").await, Ok(()));
        assert!(of(&here).await.is_some() && of(&there).await.is_none());
        let (c, hash) = (ctx.clone(), password::hash("given by the office", 2).unwrap());
        write(&db, move |conn| admin::reset(conn, &c, &account, &hash)).await;
        assert!(of(&here).await.is_none());
        assert!(matches!(
            try_in(&db, &ctx, &throttle, "hoa", "given by the office").await,
            Entry::In(_)
        ));
    })
    .await;
}

#[tokio::test]
async fn only_whole_accounts_are_added_and_each_login_once() {
    for_each_engine(async |db| {
        let ctx = ctx();
        staff(&db, &ctx).await;
        let refused = async |new: NewStaff| {
            let c = ctx.clone();
            db.write(move |conn| admin::add(conn, &c, &new, "hash"))
                .await
                .unwrap_err()
                .refusal()
                .cloned()
        };
        let new = || NewStaff { login: "lan".into(), ..an_operator() };
        assert_eq!(
            refused(NewStaff { login: "a b".into(), ..new() }).await,
            Some(Refusal::Invalid { field: "login" })
        );
        assert_eq!(
            refused(NewStaff { roles: vec![], ..new() }).await,
            Some(Refusal::Missing { field: "role" })
        );
        assert_eq!(
            refused(NewStaff { roles: vec![Role::System], ..new() }).await,
            Some(Refusal::Invalid { field: "role" })
        );
        assert_eq!(
            refused(NewStaff { roles: vec![Role::Officer], ..new() }).await,
            Some(Refusal::Missing { field: "agency" })
        );
        let nowhere = AgencyId::parse("nowhere").unwrap();
        let unknown = refused(NewStaff { agency: Some(nowhere), ..new() }).await;
        assert_eq!(unknown, Some(Refusal::Unknown { what: "agency", code: "nowhere".into() }));
        let c = ctx.clone();
        let again = db.write(move |conn| admin::add(conn, &c, &an_operator(), "hash")).await;
        let taken = |e: &Error| matches!(e, Error::Unacceptable { field: "login", .. });
        assert!(again.as_ref().is_err_and(taken), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_link_signs_a_citizen_in_once_within_half_an_hour() {
    for_each_engine(async |db| {
        let (ctx, vault) = (ctx(), a_vault());
        let issue = async || {
            let (c, v) = (ctx.clone(), vault.clone());
            write(&db, move |conn| {
                let identity =
                    Identity { email: Some(email("lan@example.org")), ..Identity::default() };
                let person = vault::keep(conn, &c, &v, &identity, "vi")?;
                link::issue(conn, &c, &v, &person, Purpose::SignIn)
            })
            .await
        };
        let open = async |token: &str, minutes| {
            let (c, v, token) = (later(&ctx, minutes), vault.clone(), token.to_owned());
            write(&db, move |conn| link::sign_in(conn, &c, &v, &token, ("Test", "vi"))).await
        };
        let token = issue().await;
        let ByLink::In(new) = open(&token, 1).await else { panic!("not in") };
        assert_eq!(open(&token, 1).await, ByLink::Stale);
        assert_eq!(open(&issue().await, 30).await, ByLink::Stale);
        assert_eq!(open("guess", 0).await, ByLink::Stale);
        let ByLink::In(again) = open(&issue().await, 5).await else { panic!("not in") };
        let who = async |secret: &str| {
            session::of_secret(&db, &vault, later(&ctx, 6).now, secret).await.unwrap().unwrap()
        };
        let (first, second) = (who(&new.secret).await, who(&again.secret).await);
        assert_eq!(first.account, second.account, "one person has one account");
        assert_eq!((first.kind, first.roles), (Kind::Citizen, vec![]));
    })
    .await;
}

#[tokio::test]
async fn an_address_gets_three_letters_in_half_an_hour_and_their_links_are_sealed() {
    for_each_engine(async |db| {
        let (ctx, vault) = (ctx(), a_vault());
        for minute in 0..5 {
            let (c, v) = (later(&ctx, minute), vault.clone());
            write(&db, move |conn| {
                let here = Origin::of(&v, "192.0.2.1".parse().unwrap());
                link::request(conn, &c, &v, &email("lan@example.org"), "vi", &here)
            })
            .await;
        }
        let now = later(&ctx, 5).now;
        let rows =
            write(&db, move |conn| Ok(nhip::platform::outbox::store::due(conn, now, 10)?)).await;
        assert_eq!(rows.iter().map(|row| row.topic.as_str()).collect::<Vec<_>>(), [link::TOPIC; 3]);
        let enclosed = vault::Enclosure::open(&vault, rows[0].sealed.as_deref().unwrap()).unwrap();
        assert!(enclosed.path.starts_with("/sign-in/link/") && enclosed.person.is_some());
    })
    .await;
}

fn hoa() -> Identity {
    Identity {
        name: "Nguyễn Thị Hoa".into(),
        email: Some(email("Hoa@example.org")),
        phone: Some(PhoneNumber::parse("0905 123 456", "+84").unwrap()),
    }
}

#[tokio::test]
async fn one_address_is_one_person_a_shared_telephone_is_not_and_nothing_else_is_kept() {
    for_each_engine(async |db| {
        let (ctx, vault) = (ctx(), a_vault());
        write(&db, move |conn| {
            let phone = hoa().phone;
            let first = vault::keep(conn, &ctx, &vault, &hoa(), "vi")?;
            let same = Identity {
                email: Some(email("hoa@EXAMPLE.org")),
                name: "Somebody else".to_owned(),
                phone: PhoneNumber::parse("0911 111 111", "+84").ok(),
            };
            assert_eq!(vault::keep(conn, &ctx, &vault, &same, "vi")?, first);
            let known = Identity { email: hoa().email, ..Identity::default() };
            assert!(vault::for_letters(conn, &vault, &first)? == Some(known));
            let by_phone = Identity { email: None, name: "An".into(), phone };
            let second = vault::keep(conn, &ctx, &vault, &by_phone, "vi")?;
            assert_ne!(second, first, "letters about An's report must not go to Hoa");
            assert_eq!(vault::keep(conn, &ctx, &vault, &by_phone, "vi")?, second);
            assert_eq!(format!("{:?}", hoa()), "Identity(…)");
            Ok(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_identity_is_opened_by_the_centre_only_with_a_reason_and_the_reporter_sees_it() {
    for_each_engine(async |db| {
        let (ctx, vault) = (ctx(), a_vault());
        write(&db, move |conn| {
            let person = vault::keep(conn, &ctx, &vault, &hoa(), "vi")?;
            let mut open = |role, reason: &str| {
                let actor =
                    Actor { role, account: Some(AccountId::parse("A1").unwrap()), agency: None };
                let result = vault::open_for_staff(
                    conn,
                    &ctx.acting_as(actor),
                    &vault,
                    &person,
                    None,
                    reason,
                );
                result.map_err(|e| e.refusal().cloned())
            };
            assert_eq!(open(Role::Officer, "curious"), Err(Some(Refusal::Forbidden)));
            assert_eq!(open(Role::Operator, "  "), Err(Some(Refusal::NeedsReason)));
            let known = Identity { email: hoa().email, ..Identity::default() };
            assert_eq!(open(Role::Operator, "to ask where exactly"), Ok(known));
            let seen = vault::openings(conn, &person)?;
            let [one] = seen.as_slice() else { panic!("{seen:?}") };
            assert_eq!(
                (one.role, one.reason.as_str(), one.at),
                (Role::Operator, "to ask where exactly", ctx.now)
            );
            vault::erase(conn, &person, ctx.now)?;
            assert_eq!(vault::for_letters(conn, &vault, &person)?, None);
            Ok(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn identities_are_erased_when_nothing_has_been_going_on_for_as_long_as_the_city_says() {
    for_each_engine(async |db| {
        let (ctx, vault) = (ctx(), a_vault());
        let days = i64::from(ctx.pack.settings.erase_identity_after_days);
        write(&db, move |conn| {
            let keep = |conn: &mut Conn<'_>, address: &str, ctx: &Ctx| {
                vault::keep(
                    conn,
                    ctx,
                    &vault,
                    &Identity { email: Some(email(address)), ..Identity::default() },
                    "vi",
                )
            };
            let old: PersonId = keep(conn, "old@example.org", &ctx)?;
            let with_account = keep(conn, "account@example.org", &ctx)?;
            admin::citizen(conn, &ctx, &with_account, "vi")?;
            let in_time = later(&ctx, days * 24 * 60);
            let young = keep(conn, "young@example.org", &in_time)?;
            assert_eq!(vault::erase_old_identities(conn, &in_time, 10)?, 0);
            assert_eq!(vault::erase_old_identities(conn, &later(&in_time, 1), 10)?, 1);
            let mut is_there = |person: &PersonId| {
                vault::for_letters(conn, &vault, person).map(|i| i.is_some()).unwrap()
            };
            assert_eq!(
                [is_there(&old), is_there(&with_account), is_there(&young)],
                [false, true, true]
            );
            Ok(())
        })
        .await;
    })
    .await;
}

/// Where a test keeps a key file; gone with the folder of the operating system.
fn key_path() -> PathBuf {
    let folder = tempfile::tempdir().unwrap().keep();
    folder.join("vault.key")
}

#[tokio::test]
async fn the_key_is_made_once_and_a_database_never_works_with_another() {
    for_each_engine(async |db| {
        let path = key_path();
        let open = |path: &PathBuf| {
            let (path, db) = (path.clone(), db.clone());
            std::thread::spawn(move || Vault::open(&path, &db)).join().unwrap()
        };
        let sealed = open(&path).unwrap().seal("x", b"y");
        assert_eq!(open(&path).unwrap().open_sealed("x", &sealed).unwrap(), b"y");
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(&path).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);
        let key = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(open(&path).unwrap_err().to_string().contains("missing"));
        std::fs::write(&path, "0".repeat(64)).unwrap();
        assert!(open(&path).unwrap_err().to_string().contains("not the key"));
        std::fs::write(&path, "half a key").unwrap();
        assert!(open(&path).is_err());
        std::fs::write(&path, key).unwrap();
        assert!(open(&path).is_ok());
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    })
    .await;
}
