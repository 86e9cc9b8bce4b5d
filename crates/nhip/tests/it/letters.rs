//! From an event to a letter, step by step, with the process dying in between; on both engines. And every letter there
//! is, in every language.

use crate::support::ctx::ctx;
use crate::support::db::for_each_engine;
use crate::support::letters::{email, report_by};
use domain::actor::{Actor, Role};
use domain::ids::DeliveryId;
use jiff::SignedDuration;
use nhip::account::vault::{self, Enclosure, Identity};
use nhip::account::{policy::Sight, unasked::Origin};
use nhip::conversation::author::Author;
use nhip::conversation::write::{NewComment, write};
use nhip::notification::deliver::{Came, Done, Leased, note_and_lease};
use nhip::notification::dispatch::dispatch;
use nhip::notification::follow::{self, Rhythm, Way, What, Wish};
use nhip::notification::letter::{self, Desk, Written};
use nhip::notification::stop::{Of, Stop};
use nhip::notification::who::{OFFICIAL_COMMENT, TABLE};
use nhip::notification::{desk, letters_of};
use nhip::platform::ctx::Ctx;
use nhip::platform::db::{Conn, DbError};
use nhip::platform::error::Error;
use nhip::platform::i18n::I18n;
use nhip::platform::mail::{Letter, NotSent};
use nhip::platform::outbox;
use nhip::platform::sealing::Vault;
use nhip::service_request::action::On;
use nhip::service_request::action::accept::accept;
use nhip::service_request::action::moderate::hide;
use nhip::service_request::action::withdraw::withdraw;

fn vault() -> Vault {
    Vault::from_key(&[3; 32])
}

fn at(minutes: i64) -> Ctx {
    let start = ctx();
    Ctx { now: start.now + SignedDuration::from_mins(minutes), ..start }
}

fn operator(ctx: &Ctx) -> Ctx {
    ctx.acting_as(Actor { role: Role::Operator, account: None, agency: None })
}

/// Dispatches all that is due.
fn dispatch_all(conn: &mut Conn<'_>, ctx: &Ctx) -> usize {
    let due = outbox::store::due(conn, ctx.now, 100).unwrap();
    due.iter().map(|row| dispatch(conn, ctx, &vault(), row).unwrap()).sum()
}

/// To hear of a report at once.
fn wish(report: &domain::service_request::ServiceRequest) -> Wish {
    Wish { what: What::Report(report.id.clone()), rhythm: Rhythm::AtOnce }
}

fn failed(leased: Leased, for_good: bool) -> Done {
    Done { leased, came: Came::Failed(NotSent { detail: "451 later".to_owned(), for_good }) }
}

#[tokio::test]
async fn a_committed_event_gets_its_letter_once_however_often_it_is_dispatched() {
    for_each_engine(async |db| {
        let ctx = ctx();
        let report = {
            let ctx = ctx.clone();
            db.write(move |conn| report_by(conn, &ctx, &vault(), "pothole", "hoa@example.org"))
                .await
                .unwrap()
        };
        // The process ends here, after the commit: the row is still there for the next one.
        let rows = db.read(move |conn| outbox::store::due(conn, ctx.now, 100)).await.unwrap();
        assert_eq!(rows.len(), 1);
        let ctx = at(1);
        let made = db
            .write(move |conn| {
                let first = dispatch(conn, &ctx, &vault(), &rows[0])?;
                let second = dispatch(conn, &ctx, &vault(), &rows[0])?;
                // The same event in another row, as after a restore from a copy.
                let id = rows[0].event.parse().unwrap();
                outbox::put(conn, &ctx, &id, &report.id, "submit", rows[0].sealed.as_deref())?;
                let third = dispatch_all(conn, &ctx);
                Ok::<_, Error>((first, second, third, letters_of(conn, &report.id)?.len()))
            })
            .await
            .unwrap();
        assert_eq!(made, (1, 0, 0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_letter_whose_sender_died_is_sent_when_the_lease_is_over_and_only_then() {
    for_each_engine(async |db| {
        db.write(|conn| {
            report_by(conn, &ctx(), &vault(), "pothole", "hoa@example.org")?;
            dispatch_all(conn, &ctx());
            let first = note_and_lease(conn, &at(0), None)?.unwrap();
            assert!(note_and_lease(conn, &at(1), None)?.is_none(), "somebody holds it");
            let second = note_and_lease(conn, &at(3), None)?.unwrap();
            assert_eq!(
                (first.id.clone(), first.attempts, second.attempts),
                (second.id.clone(), 1, 2)
            );
            let done = Done { leased: second, came: Came::Sent };
            assert!(note_and_lease(conn, &at(3), Some(&done))?.is_none());
            assert!(note_and_lease(conn, &at(9_999), None)?.is_none(), "sent is sent");
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_fails_waits_longer_each_time_and_fails_in_the_end() {
    crate::support::log::expect("letter not sent");
    for_each_engine(async |db| {
        db.write(|conn| {
            let report = report_by(conn, &ctx(), &vault(), "pothole", "hoa@example.org")?;
            dispatch_all(conn, &ctx());
            let mut minute = 0;
            for wait in [1, 5, 30, 120, 720] {
                let leased = note_and_lease(conn, &at(minute), None)?.unwrap();
                assert!(note_and_lease(conn, &at(minute), Some(&failed(leased, false)))?.is_none());
                minute += wait;
                assert!(
                    note_and_lease(conn, &at(minute - 1), None)?.is_none(),
                    "not before {wait} minutes"
                );
            }
            let leased = note_and_lease(conn, &at(minute), None)?.unwrap();
            note_and_lease(conn, &at(minute), Some(&failed(leased, false)))?;
            assert!(note_and_lease(conn, &at(minute + 9_999), None)?.is_none());
            let letter = letters_of(conn, &report.id)?.remove(0);
            assert_eq!(
                (letter.state.as_str(), letter.attempts, letter.detail.as_deref()),
                ("failed", 6, Some("451 later"))
            );
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_kills_the_process_is_given_up() {
    crate::support::log::expect("letter not sent");
    for_each_engine(async |db| {
        db.write(|conn| {
            let report = report_by(conn, &ctx(), &vault(), "pothole", "hoa@example.org")?;
            dispatch_all(conn, &ctx());
            for death in 0..6 {
                assert!(note_and_lease(conn, &at(death * 3), None)?.is_some());
            }
            assert!(note_and_lease(conn, &at(100), None)?.is_none());
            let letter = letters_of(conn, &report.id)?.remove(0);
            assert_eq!(
                (letter.state.as_str(), letter.detail.as_deref()),
                ("failed", Some("interrupted"))
            );
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_sent_letter_is_sent_again_by_hand_as_a_new_one_with_a_new_link() {
    for_each_engine(async |db| {
        db.write(|conn| {
            let report = report_by(conn, &ctx(), &vault(), "pothole", "hoa@example.org")?;
            dispatch_all(conn, &ctx());
            let first = note_and_lease(conn, &at(0), None)?.unwrap();
            let waiting = desk::send_again(conn, &at(0), &vault(), &first.id);
            assert!(waiting.is_err(), "it is on its way");
            note_and_lease(conn, &at(0), Some(&Done { leased: first.clone(), came: Came::Sent }))?;
            desk::send_again(conn, &at(1), &vault(), &first.id)?;
            let again = note_and_lease(conn, &at(1), None)?.unwrap();
            assert_eq!((again.id, again.round, again.attempts), (first.id, 1, 1));
            assert!(
                again.sealed.is_some() && again.sealed != first.sealed,
                "the old secret is forgotten"
            );
            assert_eq!(letters_of(conn, &report.id)?.len(), 1);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

/// Somewhere in the internet.
fn nowhere() -> Origin {
    Origin::of(&vault(), "192.0.2.1".parse().unwrap())
}

#[tokio::test]
async fn followers_hear_of_a_report_once_they_confirmed_and_until_they_stop() {
    for_each_engine(async |db| {
        db.write(|conn| {
            let ctx = ctx();
            let report = report_by(conn, &ctx, &vault(), "pothole", "hoa@example.org")?;
            dispatch_all(conn, &ctx);
            // Asked twice on one day: one letter.
            for _ in 0..2 {
                let lan = email("lan@example.org");
                follow::ask(conn, &ctx, &vault(), &wish(&report), lan, ("vi", &nowhere()))?;
            }
            assert_eq!(dispatch_all(conn, &ctx), 1);
            let letters = letters_of(conn, &report.id)?;
            assert_eq!(
                letters
                    .iter()
                    .map(|l| l.letter.as_str())
                    .filter(|l| *l == "follow_confirm")
                    .count(),
                1
            );
            // Until the owner says yes, nothing.
            let on = On { id: report.id.clone(), seen: None };
            let office = operator(&ctx);
            accept(conn, &office, &on, "")?;
            assert_eq!(dispatch_all(conn, &ctx), 1, "the reporter");
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stranger_cannot_make_us_flood_a_mailbox() {
    for_each_engine(async |db| {
        db.write(|conn| {
            let ctx = ctx();
            for _ in 0..9 {
                let report = report_by(conn, &ctx, &vault(), "pothole", "hoa@example.org")?;
                follow::ask(
                    conn,
                    &ctx,
                    &vault(),
                    &wish(&report),
                    email("victim@example.org"),
                    ("en", &nowhere()),
                )?;
            }
            dispatch_all(conn, &ctx);
            let filter = desk::Filter::default();
            let letters = desk::letters(conn, &filter, 100)?;
            assert_eq!(letters.iter().filter(|l| l.letter == "follow_confirm").count(), 5);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

/// A delivery of one row of the table, as the database would give it.
fn leased(
    row: &nhip::notification::who::Told,
    event: &str,
    language: &str,
    report: &domain::service_request::ServiceRequest,
) -> Leased {
    let named = matches!(row.topic, "login_link" | "confirm_address");
    let path = "/receipt/SECRET".to_owned();
    let secret = matches!(row.reader.as_str(), "reporter" | "asker");
    Leased {
        id: DeliveryId::parse("01D").unwrap(),
        event: event.to_owned(),
        topic: row.topic.to_owned(),
        request: (!named).then(|| report.id.clone()),
        recipient: report.reporter.clone().unwrap().to_string(),
        reader: row.reader.as_str().to_owned(),
        letter: row.letter.to_owned(),
        language: language.to_owned(),
        sealed: secret.then(|| Enclosure { person: None, path }.seal(&vault()).unwrap()),
        attempts: 1,
        round: 0,
        way: Way::Mail,
        follow: None,
        told: None,
    }
}

fn written(conn: &mut Conn<'_>, leased: &Leased) -> Letter {
    let desk = Desk {
        pack: ctx().pack,
        vault: vault(),
        public_url: "https://city.example".to_owned(),
        now: ctx().now,
    };
    match letter::write(conn, &desk, leased).unwrap() {
        Written::Letter(letter) => *letter,
        Written::Dropped(reason) => panic!("dropped: {reason}"),
    }
}

#[expect(clippy::too_many_lines, reason = "one table of letters, read from top to bottom")]
#[tokio::test]
async fn every_letter_reads_whole_in_every_language_and_carries_nothing_a_citizen_wrote() {
    for_each_engine(async |db| {
        db.write(|conn| {
            let ctx = ctx();
            let report = report_by(conn, &ctx, &vault(), "pothole", "hoa@example.org")?;
            let on = On { id: report.id.clone(), seen: None };
            let event =
                accept(conn, &operator(&ctx), &on, "We look <b>at</b> it\nthis week.")?.event;
            let answer = NewComment {
                request: report.id.clone(),
                reply_to: None,
                name: String::new(),
                text: "We look <b>at</b> it\nthis week.".to_owned(),
                official: true,
            };
            let author = Author { key: "somebody".to_owned(), place: None };
            let answer = write(conn, &operator(&ctx), &author, answer)?.id;
            for row in TABLE {
                for language in I18n::codes() {
                    let official = row.topic == OFFICIAL_COMMENT;
                    let event = if official { answer.as_str() } else { event.as_str() };
                    let letter = written(conn, &leased(row, event, language, &report));
                    let all = format!("{}\n{}\n{}", letter.subject, letter.text, letter.html);
                    for broken in ["mail-", "{", "evil", "everybody", "<b>at</b>"] {
                        assert!(
                            !letter.html.contains(broken) && !letter.subject.contains(broken),
                            "{broken} in {language} {}:\n{all}",
                            row.letter
                        );
                    }
                    assert!(
                        !letter.subject.trim().is_empty()
                            && letter.text.contains("https://city.example/"),
                        "{all}"
                    );
                    assert_eq!(
                        letter.stop.is_some(),
                        !matches!(
                            row.letter,
                            "receipt"
                                | "sign_in"
                                | "confirm_address"
                                | "follow_confirm"
                                | "follow_list_confirm"
                                | "lock_given"
                                | "lock_ruled"
                        )
                    );
                    let mine = matches!(row.reader.as_str(), "reporter" | "follower");
                    assert_eq!(
                        letter.html.matches("<a ").count(),
                        1 + usize::from(letter.stop.is_some()) + usize::from(mine),
                        "{all}"
                    );
                }
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_letter_about_an_official_names_the_code_and_nothing_else() {
    for_each_engine(async |db| {
        db.write(|conn| {
            let ctx = ctx();
            let report = report_by(conn, &ctx, &vault(), "conduct", "hoa@example.org")?;
            let event = outbox::store::due(conn, ctx.now, 1)?.remove(0).event;
            let letter = written(conn, &leased(&TABLE[0], &event, "en", &report));
            assert!(letter.text.contains(&report.id.grouped()));
            assert!(!letter.text.contains("Conduct"), "{}", letter.text);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_outbox_row_that_always_fails_is_put_off_and_then_left_for_people_to_see() {
    for_each_engine(async |db| {
        db.write(|conn| {
            let ctx = ctx();
            outbox::store::put_topic(conn, &ctx, "01E", "", "login_link", None)?;
            let row = outbox::store::due(conn, ctx.now, 1)?.remove(0);
            for _ in 0..outbox::store::MOST_ATTEMPTS {
                outbox::store::postpone(conn, &row.id, ctx.now)?;
            }
            assert!(outbox::store::due(conn, ctx.now, 1)?.is_empty());
            assert_eq!(desk::stuck(conn, &Sight::default())?.len(), 1);
            desk::try_again(conn, &ctx, &Sight::default(), &row.id)?;
            assert_eq!(outbox::store::due(conn, ctx.now, 1)?.len(), 1);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        let row = db.read(|conn| outbox::store::due(conn, ctx().now, 1)).await.unwrap().remove(0);
        let tried = db.write(move |conn| dispatch(conn, &ctx(), &vault(), &row)).await;
        assert!(matches!(tried, Err(Error::Corrupt { .. })), "{tried:?}");
        let left = db
            .read(|conn| Ok::<_, DbError>(outbox::store::due(conn, ctx().now, 1)?.len()))
            .await
            .unwrap();
        assert_eq!(left, 1, "a row that failed is not lost");
    })
    .await;
}

/// What of a letter is sent now: it, or the reason why not.
fn fate(conn: &mut Conn<'_>, leased: &Leased) -> Option<&'static str> {
    let desk = Desk { pack: ctx().pack, vault: vault(), public_url: String::new(), now: ctx().now };
    match letter::write(conn, &desk, leased).unwrap() {
        Written::Letter(_) => None,
        Written::Dropped(reason) => Some(reason),
    }
}

#[tokio::test]
async fn a_letter_that_is_not_wanted_any_more_is_dropped_before_it_goes() {
    for_each_engine(async |db| {
        db.write(|conn| {
            let ctx = ctx();
            let report = report_by(conn, &ctx, &vault(), "pothole", "hoa@example.org")?;
            let other = report_by(conn, &ctx, &vault(), "pothole", "hoa@example.org")?;
            let of = |topic, reader, report| {
                let row = TABLE.iter().find(|r| r.topic == topic && r.reader.as_str() == reader);
                leased(row.unwrap(), "01E", "en", report)
            };
            let person = report.reporter.clone().unwrap();
            assert_eq!(fate(conn, &of("publish", "reporter", &report)), None);
            let stop = Stop { person: person.clone(), of: Of::Report(report.id.clone()) };
            stop.stop(conn, &ctx, false)?;
            assert_eq!(fate(conn, &of("publish", "reporter", &report)), Some("stopped"));
            assert_eq!(fate(conn, &of("publish", "reporter", &other)), None);
            stop.stop(conn, &ctx, true)?;
            stop.stop(conn, &ctx, true)?;
            assert_eq!(fate(conn, &of("publish", "reporter", &other)), Some("stopped"));
            assert_eq!(fate(conn, &of("submit", "reporter", &other)), None);
            // Following again is wanting letters again.
            follow::now(conn, &ctx, &wish(&report), Way::Mail, &person)?;
            assert!(follow::follows(conn, &report.id, &person)?);
            assert_eq!(fate(conn, &of("publish", "follower", &report)), None);
            let office =
                ctx.acting_as(Actor { role: Role::Administrator, account: None, agency: None });
            hide(conn, &office, &On { id: report.id.clone(), seen: None }, "It names somebody.")?;
            assert_eq!(fate(conn, &of("publish", "follower", &report)), Some("not_public"));
            vault::erase(conn, &person, ctx.now)?;
            assert_eq!(fate(conn, &of("submit", "reporter", &other)), Some("no_address"));
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_a_letter_about_what_they_did_themselves() {
    for_each_engine(async |db| {
        db.write(|conn| {
            let ctx = ctx();
            let report = report_by(conn, &ctx, &vault(), "pothole", "hoa@example.org")?;
            let person = report.reporter.clone().unwrap();
            let neighbour = vault::keep(
                conn,
                &ctx,
                &vault(),
                &Identity { email: Some(email("lan@example.org")), ..Identity::default() },
                "vi",
            )?;
            for person in [&person, &neighbour] {
                follow::now(conn, &ctx, &wish(&report), Way::Mail, person)?;
            }
            dispatch_all(conn, &ctx);
            let citizen = ctx.acting_as(Actor::reporter());
            withdraw(conn, &citizen, &On { id: report.id.clone(), seen: None }, "")?;
            assert_eq!(dispatch_all(conn, &ctx), 1);
            let newest = letters_of(conn, &report.id)?;
            assert!(newest.iter().any(|l| l.letter == "news" && l.language == "vi"));
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    })
    .await;
}
