//! What a discussion keeps and counts, on both engines, also when many come at once.

use crate::support::ctx::{ctx, harbour};
use crate::support::db::for_each_engine;
use crate::support::world::{Made, a_report, put};
use domain::actor::{Actor, Role};
use domain::ids::ServiceRequestId;
use domain::refusal::Refusal;
use domain::service_request::{Outcome, ServiceRequest};
use jiff::SignedDuration;
use nhip::account::policy::Sight;
use nhip::conversation::author::Author;
use nhip::conversation::comment::{Comment, Standing};
use nhip::conversation::store::{self, List};
use nhip::conversation::support::{support, supports, undo};
use nhip::conversation::write::{NewComment, forget_turns, write};
use nhip::conversation::{flag, moderate, talk};
use nhip::platform::ctx::Ctx;
use nhip::platform::db::{Conn, Db};
use nhip::platform::error::{Error, Result};
use nhip::service_request::action::On;
use nhip::service_request::action::merge::merge;
use nhip::service_request::store as requests;
use std::sync::Arc;

const REPORT: &str = "POTHOLE1";

fn id(code: &str) -> ServiceRequestId {
    code.parse().unwrap()
}

/// A citizen acts, `seconds` after the test began, in a town that shows comments at once.
fn after(seconds: i64) -> Ctx {
    let mut pack = (*harbour()).clone();
    pack.settings.comments_first = true;
    let start = ctx();
    let now = start.now + SignedDuration::from_secs(seconds);
    Ctx { now, actor: Actor::reporter(), pack: Arc::new(pack), ..start }
}

/// The same in the town as it is: a moderator reads first.
fn moderated(seconds: i64) -> Ctx {
    Ctx { pack: harbour(), ..after(seconds) }
}

fn operator(ctx: Ctx) -> Ctx {
    ctx.acting_as(Actor { role: Role::Operator, account: None, agency: None })
}

fn person(name: &str, place: &str) -> Author {
    Author { key: format!("person {name}"), place: Some(format!("place {place}")) }
}

fn saying(text: &str) -> NewComment {
    NewComment {
        request: id(REPORT),
        reply_to: None,
        name: String::new(),
        text: text.to_owned(),
        official: false,
    }
}

fn say(conn: &mut Conn<'_>, ctx: &Ctx, author: &Author, text: &str) -> Result<Comment> {
    write(conn, ctx, author, saying(text))
}

async fn with_report(db: &Db, made: impl IntoIterator<Item = Made>) {
    put(db, made).await;
}

async fn report(db: &Db, code: &str) -> ServiceRequest {
    let id = id(code);
    db.read(move |conn| requests::find(conn, &id)).await.unwrap().unwrap()
}

fn seconds_left(result: Result<Comment>) -> Option<i64> {
    match result {
        Err(Error::Refused(Refusal::TooSoon { seconds })) => Some(seconds),
        Err(other) => panic!("{other}"),
        Ok(_) => None,
    }
}

fn usual() -> Sight {
    Sight::default()
}

fn confidential() -> Sight {
    Sight { confidential: true, ..Sight::default() }
}

#[tokio::test]
async fn a_person_writes_once_a_minute_by_browser_and_a_place_more_often() {
    for_each_engine(async |db| {
        with_report(&db, [a_report(REPORT, "pothole")]).await;
        let attempts: [(i64, &str, &str, Option<i64>); 9] = [
            (0, "hoa", "quay", None),
            (1, "hoa", "quay", Some(59)),
            (59, "hoa", "quay", Some(1)),
            // Another browser at the same place is somebody else, and the same browser at another place is not.
            (59, "new", "quay", None),
            (59, "hoa", "market", Some(1)),
            // Somebody else from somewhere else is not held up.
            (58, "lan", "market", None),
            (60, "hoa", "quay", None),
            // What was refused did not make the wait longer, and what was written did.
            (119, "hoa", "quay", Some(1)),
            (120, "hoa", "quay", None),
        ];
        for (at, who, from, expected) in attempts {
            let author = person(who, from);
            // Other words each time: the same again would be the comment that is there.
            let words = format!("It is {at} cm deep, says {who}.");
            let said = db.write(move |conn| say(conn, &after(at), &author, &words)).await;
            assert_eq!(seconds_left(said), expected, "{who} from {from} at {at} s");
        }
        assert_eq!(report(&db, REPORT).await.comments, 5);
    })
    .await;
}

#[tokio::test]
async fn who_wrote_when_is_forgotten_once_it_holds_nobody_up() {
    for_each_engine(async |db| {
        with_report(&db, [a_report(REPORT, "pothole")]).await;
        let left = db.write(|conn| {
            say(conn, &after(0), &person("hoa", "quay"), "It is deep.")?;
            forget_turns(conn, &after(59))?;
            let held = say(conn, &after(59), &person("hoa", "quay"), "Still.");
            Ok::<_, Error>(held.map(drop).is_err())
        });
        assert!(left.await.unwrap());
        let claimed = db.write(|conn| {
            // As long as it is known who was counted from where.
            forget_turns(conn, &after(24 * 3_600))?;
            // A wait of a year shows whether the row is still there.
            let year = SignedDuration::from_hours(24 * 365);
            store::claim_turn(conn, "person hoa", after(24 * 3_600 + 1).now, year)
                .map_err(Error::from)
        });
        assert_eq!(claimed.await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn of_two_comments_of_one_person_at_the_same_moment_one_passes() {
    for_each_engine(async |db| {
        with_report(&db, [a_report(REPORT, "pothole")]).await;
        let writing = (0..12).map(|n| {
            let (db, place) = (db.clone(), format!("{n}"));
            tokio::spawn(async move {
                let author = person("hoa", &place);
                db.write(move |conn| say(conn, &after(0), &author, "Me first.")).await
            })
        });
        let mut passed = 0;
        for attempt in writing.collect::<Vec<_>>() {
            match seconds_left(attempt.await.unwrap()) {
                None => passed += 1,
                Some(left) => assert_eq!(left, 60),
            }
        }
        assert_eq!((passed, report(&db, REPORT).await.comments), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn supports_count_right_however_many_come_at_once() {
    for_each_engine(async |db| {
        let duplicate = a_report("POTHOLE2", "pothole");
        with_report(&db, [a_report(REPORT, "pothole"), duplicate]).await;
        // Twelve people, each tapping twice; four of them have it too elsewhere, and that report is merged meanwhile.
        db.write(|conn| {
            for n in 0..4 {
                let (who, from) = (n.to_string(), format!("place {n}"));
                support(conn, &after(0), &person(&who, &from), &id("POTHOLE2"), None)?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        let mut tasks: Vec<_> = (0..24)
            .map(|n| {
                let (db, who) = (db.clone(), (n % 12).to_string());
                tokio::spawn(async move {
                    let author = person(&who, &format!("place {who}"));
                    db.write(move |conn| support(conn, &after(1), &author, &id(REPORT), None))
                        .await
                        .map(usize::from)
                })
            })
            .collect();
        let merging = db.clone();
        tasks.push(tokio::spawn(async move {
            let on = On { id: id("POTHOLE2"), seen: None };
            merging
                .write(move |conn| merge(conn, &operator(after(1)), &on, &id(REPORT)))
                .await
                .map(|_| 0)
        }));
        let mut added = 0;
        for task in tasks {
            added += task.await.unwrap().unwrap();
        }
        // Whoever came by the merge first was not added again.
        assert!((8..=12).contains(&added), "{added}");
        assert_eq!(
            report(&db, REPORT).await.supports,
            13,
            "twelve, and the merged report's sender"
        );
        let leaving = (0..12).map(|n| {
            let (db, who) = (db.clone(), n.to_string());
            tokio::spawn(async move {
                let author = person(&who, "x");
                db.write(move |conn| undo(conn, &author, &id(REPORT))).await.unwrap()
            })
        });
        for task in leaving.collect::<Vec<_>>() {
            assert!(task.await.unwrap());
        }
        assert_eq!(report(&db, REPORT).await.supports, 1);
    })
    .await;
}

#[tokio::test]
async fn a_report_takes_support_until_it_is_settled_and_none_from_its_sender() {
    for_each_engine(async |db| {
        let mut own = a_report("MYREPORT", "pothole");
        own.0.reporter = Some("P1".parse().unwrap());
        let planned = a_report("PLANNED1", "pothole").closed(Outcome::Planned);
        let fixed = a_report("FIXED123", "pothole").closed(Outcome::Fixed);
        let hidden = a_report("HIDDEN12", "pothole").hidden("names somebody");
        let private = a_report("PRIVATE1", "pothole").private();
        let secret = a_report("CONDUCT1", "conduct");
        with_report(&db, [own, planned, fixed, hidden, private, secret]).await;
        let tried = db.write(|conn| {
            let (hoa, sender) = (person("hoa", "x"), "P1".parse().unwrap());
            let mut said = Vec::new();
            for code in ["PLANNED1", "FIXED123", "HIDDEN12", "PRIVATE1", "CONDUCT1", "MYREPORT"] {
                let tried = support(conn, &after(0), &hoa, &id(code), Some(&sender));
                said.push(tried.map_or_else(|e| e.to_string(), |_| "yes".to_owned()));
            }
            let stranger = "P2".parse().unwrap();
            assert!(support(conn, &after(0), &hoa, &id("MYREPORT"), Some(&stranger))?);
            assert!(!support(conn, &after(0), &hoa, &id("MYREPORT"), Some(&stranger))?);
            assert!(supports(conn, &hoa, &id("MYREPORT"))?);
            Ok::<_, Error>(said)
        });
        let none = "there is no such report";
        assert_eq!(
            tried.await.unwrap(),
            ["yes", "support: support-closed", none, none, none, "support: support-own"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_discussion_is_read_by_pages_with_answers_under_what_they_answer() {
    for_each_engine(async |db| {
        with_report(&db, [a_report(REPORT, "pothole")]).await;
        let pages = db.write(|conn| {
            let mut said = Vec::new();
            for n in 0..55 {
                let author = person(&n.to_string(), &n.to_string());
                said.push(say(conn, &after(n), &author, &format!("Word {n}"))?.id);
            }
            // An answer to an answer stands in the same thread.
            let answer = |to| NewComment { reply_to: Some(to), ..saying("An answer") };
            let first = write(conn, &after(60), &person("a", "a"), answer(said[54].clone()))?;
            let second = write(conn, &after(61), &person("b", "b"), answer(first.id.clone()))?;
            assert_eq!(second.reply_to, first.reply_to);
            let waiting = say(conn, &moderated(62), &person("c", "c"), "Still waiting")?;
            assert_eq!(waiting.standing, Standing::Waiting);
            let to_waiting = write(conn, &after(63), &person("d", "d"), answer(waiting.id));
            assert!(to_waiting.is_err(), "nobody can see what they answer");
            moderate::hide(conn, &operator(after(64)), &said[53], "insult", "")?;
            let newest = talk::read(conn, &id(REPORT), None, None)?.unwrap();
            let older = talk::read(conn, &id(REPORT), newest.earlier.as_ref(), None)?.unwrap();
            Ok::<_, Error>((newest, older))
        });
        // The refused answer was undone by itself: its statements had not failed.
        let (newest, older) = pages.await.unwrap();
        let words = |c: &Comment| c.text.clone();
        assert_eq!(newest.threads.first().map(words).as_deref(), Some("Word 5"));
        assert_eq!(newest.threads.last().map(words).as_deref(), Some("Word 54"));
        assert_eq!(newest.threads[48].standing, Standing::Hidden, "it stays in its place");
        assert_eq!(newest.replies.len(), 2);
        let words: Vec<_> = older.threads.iter().map(words).collect();
        assert_eq!(words, ["Word 0", "Word 1", "Word 2", "Word 3", "Word 4"]);
        assert!(older.earlier.is_none() && older.replies.is_empty());
        assert_eq!(report(&db, REPORT).await.comments, 56, "without the hidden and the waiting");
    })
    .await;
}

#[tokio::test]
async fn moderators_find_what_waits_and_what_was_reported_and_inspectors_their_own() {
    for_each_engine(async |db| {
        with_report(&db, [a_report(REPORT, "pothole")]).await;
        db.write(|conn| {
            let judge = operator(after(9));
            let waiting = say(conn, &moderated(0), &person("a", "a"), "Let me in")?;
            let shown = say(conn, &after(1), &person("b", "b"), "You fool")?;
            let accuse = |conn: &mut Conn<'_>, who: &str, why: &str| {
                flag::flag(conn, &after(2), &person(who, who), &id(REPORT), &shown.id, why)
            };
            accuse(conn, "c", "It insults me.")?;
            accuse(conn, "c", "I say it again.")?;
            accuse(conn, "d", "")?;
            assert!(
                flag::flag(conn, &after(2), &person("c", "c"), &id(REPORT), &waiting.id, "")
                    .is_err()
            );
            assert_eq!(store::to_judge(conn, &usual())?, (1, 1));
            assert_eq!(store::to_judge(conn, &confidential())?, (0, 0));
            let list = |conn: &mut Conn<'_>, list, sight: &Sight| {
                let found = store::judged(conn, list, sight, 9)?;
                Ok::<_, Error>(found.into_iter().map(|j| j.comment.text).collect::<Vec<_>>())
            };
            assert_eq!(list(conn, List::Waiting, &usual())?, ["Let me in"]);
            assert_eq!(list(conn, List::Flagged, &usual())?, ["You fool"]);
            assert_eq!(list(conn, List::Newest(None), &usual())?, ["You fool", "Let me in"]);
            assert!(list(conn, List::Newest(None), &confidential())?.is_empty());
            let found = store::judged(conn, List::Flagged, &usual(), 9)?;
            let flags = store::open_flags(conn, &found)?;
            let words: Vec<_> = flags.iter().map(|(_, words, _)| words.as_deref()).collect();
            assert_eq!(words, [Some("It insults me."), None], "once per person");

            moderate::keep(conn, &judge, &shown.id)?;
            assert!(moderate::keep(conn, &judge, &shown.id).is_err(), "done already");
            accuse(conn, "c", "But it does insult me.")?;
            assert_eq!(store::to_judge(conn, &usual())?, (1, 0), "they had their say");
            accuse(conn, "e", "It insults everybody.")?;
            assert_eq!(store::to_judge(conn, &usual())?, (1, 1));
            moderate::hide(conn, &judge, &shown.id, "other", "It shouts.")?;
            moderate::show(conn, &judge, &waiting.id)?;
            assert_eq!(store::to_judge(conn, &usual())?, (0, 0));
            let hidden = store::find(conn, &shown.id)?.unwrap();
            assert_eq!(hidden.text, "You fool", "the words stay for moderators");
            assert_eq!(hidden.hidden.unwrap().words.as_deref(), Some("It shouts."));
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(report(&db, REPORT).await.comments, 1);
    })
    .await;
}

#[tokio::test]
async fn only_moderators_of_that_report_judge_and_only_with_a_reason() {
    for_each_engine(async |db| {
        with_report(&db, [a_report(REPORT, "pothole")]).await;
        let said = db.write(|conn| {
            let comment = say(conn, &after(0), &person("a", "a"), "You fool")?.id;
            let mut said = Vec::new();
            for role in [Role::Reporter, Role::Officer, Role::Head, Role::Inspector, Role::Leader] {
                let actor = Actor { role, account: None, agency: Some("works".parse().unwrap()) };
                let ctx = after(1).acting_as(actor);
                said.push(moderate::hide(conn, &ctx, &comment, "insult", "").is_err());
            }
            for (code, words) in [("", ""), ("ugly", ""), ("other", " ")] {
                said.push(
                    moderate::hide(conn, &operator(after(1)), &comment, code, words).is_err(),
                );
            }
            Ok::<_, Error>(said)
        });
        assert!(said.await.unwrap().iter().all(|refused| *refused));
        assert_eq!(report(&db, REPORT).await.comments, 1);
    })
    .await;
}
