//! Locks, over HTTP and on both engines: a commenter may not write for a term, reads why and by what office, appeals once,
//! somebody else decides, everybody can count it, and in the end nothing is left but the number.

use crate::journey_talk::{seen, town_on};
use crate::support::city::{Answer, Browser, City};
use crate::support::db::for_each_engine;
use crate::support::letters::email;
use crate::support::world::a_report;
use axum::http::StatusCode;
use domain::actor::{Actor, Role};
use jiff::SignedDuration;
use nhip::account::vault::{self, Identity};
use nhip::conversation::lock;
use nhip::notification::{deliver, dispatch};
use nhip::platform::db::{Db, params};
use nhip::platform::error::Error;

const PATH: &str = "/reports/P0TH01E1";
const COMMENTS: &str = "/reports/P0TH01E1/comments";
/// What a lock takes away, and nothing else.
const STOPPED: &str = "You can write comments again:";

async fn town(db: Db) -> City {
    town_on(City::on(db), [a_report("P0TH01E1", "pothole")]).await
}

/// Written, and shown: its id.
fn written(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let to = answer.location();
    to.rsplit_once("#comment-").unwrap_or_else(|| panic!("{to}")).1.to_owned()
}

/// They say something that a moderator hides: the comment.
async fn hidden_words(city: &City, who: &mut Browser<'_>, moderator: &mut Browser<'_>) -> String {
    city.later(SignedDuration::from_mins(2));
    let id = written(&who.post(COMMENTS, &[("text", "You fools, all of you.")]).await);
    let hide = [("code", "insult"), ("list", "newest")];
    let done = moderator.post(&format!("/desk/comments/{id}/hide"), &hide).await;
    let page = moderator.follow(done).await.text();
    assert!(page.contains(&format!("href=\"/desk/locks/new/{id}\"")), "{page}");
    id
}

async fn lock_for(moderator: &mut Browser<'_>, comment: &str, code: &str, term: &str) -> Answer {
    let words = [("code", code), ("term", term), ("reason", "This is the third time.")];
    moderator.post(&format!("/desk/locks/new/{comment}"), &words).await
}

/// The lock a page is about, from the address of one of its forms.
fn lock_on(page: &str, before: &str, after: &str) -> String {
    let found = page.split(before).nth(1).and_then(|rest| rest.split(after).next());
    found.unwrap_or_else(|| panic!("{page}")).to_owned()
}

/// Both jobs, once, and all letters written so far, soft line breaks undone.
async fn letters(city: &City) -> Vec<String> {
    dispatch::run(city.app.clone()).await.unwrap();
    deliver::run(city.app.clone()).await.unwrap();
    let Ok(files) = std::fs::read_dir(city.app.config.data.join("letters")) else {
        return Vec::new();
    };
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    texts.map(|text| text.replace("=\r\n", "").replace("=3D", "=")).collect()
}

#[tokio::test]
async fn a_locked_person_reads_why_keeps_their_words_and_may_do_everything_else() {
    for_each_engine(async |db| {
        let city = town(db).await;
        let (mut hoa, mut lan) = (city.visitor(), city.visitor().at("192.0.2.9"));
        let mut ola = city.staff("ola", &[Role::Operator], None).await;
        let id = hidden_words(&city, &mut hoa, &mut ola).await;
        let form = ola.get(&format!("/desk/locks/new/{id}")).await.text();
        assert!(form.contains("You fools") && form.contains("Never suspended before"), "{form}");
        let done = lock_for(&mut ola, &id, "insult", "day").await;
        assert!(ola.follow(done).await.text().contains("Suspended. The person reads why"));

        city.later(SignedDuration::from_mins(2));
        let said = hoa.post(COMMENTS, &[("text", "But it\nis deep."), ("name", "Hoa")]).await;
        assert_eq!(said.status, StatusCode::FORBIDDEN);
        let page = said.text();
        assert!(page.contains(STOPPED) && page.contains("The reason: insults."), "{page}");
        assert!(page.contains("readonly") && page.contains("But it\nis deep.</textarea>"));
        assert!(page.contains("Harbour") && !page.contains("ola"), "an office, never a person");
        assert!(page.contains("href=\"/locked\""), "{page}");
        // The page says so before they type, to nobody else.
        assert!(hoa.get(PATH).await.text().contains(STOPPED));
        assert!(!seen(&city, PATH).await.contains(STOPPED));
        written(&lan.post(COMMENTS, &[("text", "It is deep.")]).await);
        // Everything else stays open.
        let support = hoa.post(&format!("{PATH}/support"), &[]).await;
        assert_eq!(support.status, StatusCode::SEE_OTHER);
        assert_eq!(hoa.get("/new").await.status, StatusCode::OK);
        // It ends by itself.
        city.later(SignedDuration::from_hours(24));
        written(&hoa.post(COMMENTS, &[("text", "I am calm now.")]).await);
        assert!(hoa.get("/locked").await.text().contains("It is over"));
    })
    .await;
}

#[tokio::test]
async fn a_lock_on_what_became_confidential_is_shown_to_nobody_who_may_not_see_it() {
    for_each_engine(async |db| {
        let city = town(db.clone()).await;
        let mut hoa = city.visitor();
        let mut ola = city.staff("ola", &[Role::Operator], None).await;
        let mut ria = city.staff("ria", &[Role::Reviewer], None).await;
        let id = hidden_words(&city, &mut hoa, &mut ola).await;
        lock_for(&mut ola, &id, "insult", "day").await;
        let page = hoa.get("/locked").await.text();
        let lock = lock_on(&page, "/locked/", "/appeal");
        hoa.post(&format!("/locked/{lock}/appeal"), &[("words", "I was right.")]).await;
        assert!(ria.get("/desk/locks").await.text().contains("You fools"));
        let secret = "UPDATE service_request SET confidential = 1 WHERE id = 'P0TH01E1'";
        db.write(move |conn| conn.execute(secret, params![])).await.unwrap();
        let list = ria.get("/desk/locks").await.text();
        assert!(!list.contains("You fools") && !list.contains("P0TH01E1"), "{list}");
        let rule = [("ruling", "lifted"), ("reason", "It was right.")];
        let ruled = ria.post(&format!("/desk/locks/{lock}/rule"), &rule).await;
        assert_eq!(ruled.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_lock_needs_a_hidden_comment_a_reason_and_a_term_that_the_table_allows() {
    for_each_engine(async |db| {
        let city = town(db).await;
        let mut hoa = city.visitor();
        let mut ola = city.staff("ola", &[Role::Operator], None).await;
        let shown = written(&hoa.post(COMMENTS, &[("text", "The mayor is asleep.")]).await);
        let refused = lock_for(&mut ola, &shown, "insult", "day").await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "what everybody may read locks nobody");
        let id = hidden_words(&city, &mut hoa, &mut ola).await;
        let wrong = [("", "day"), ("insult", ""), ("tone", "day"), ("insult", "year")];
        for (code, term) in wrong.into_iter().chain([("insult", "week")]) {
            let refused = lock_for(&mut ola, &id, code, term).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{code} {term}");
            assert!(refused.text().contains("This is the third time.</textarea>"), "it is kept");
        }
        assert_eq!(lock_for(&mut ola, &id, "insult", "day").await.status, StatusCode::SEE_OTHER);
        let again = lock_for(&mut ola, &id, "insult", "day").await;
        assert_eq!(again.status, StatusCode::CONFLICT, "once for one comment");
        // The second time it may be longer. A session of staff has ended by then.
        city.later(SignedDuration::from_hours(25));
        let mut ola = city.staff("olga", &[Role::Operator], None).await;
        let second = hidden_words(&city, &mut hoa, &mut ola).await;
        assert_eq!(lock_for(&mut ola, &second, "insult", "month").await.status.as_u16(), 422);
        assert_eq!(lock_for(&mut ola, &second, "insult", "week").await.status.as_u16(), 303);
        // Offices are not locked, and who moderates nothing locks nobody.
        for (login, role) in [("finn", Role::Officer), ("leo", Role::Leader)] {
            let mut who = city.staff(login, &[role], Some("works")).await;
            let refused = lock_for(&mut who, &second, "insult", "day").await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role}");
        }
        let mut ines = city.staff("ines", &[Role::Inspector], None).await;
        assert_eq!(lock_for(&mut ines, &second, "insult", "day").await.status.as_u16(), 404);
    })
    .await;
}

#[tokio::test]
async fn an_appeal_goes_to_somebody_else_and_is_decided_with_a_reason() {
    for_each_engine(async |db| {
        let city = town(db).await;
        let mut hoa = city.visitor();
        let mut rikke = city.staff("rikke", &[Role::Reviewer], None).await;
        let mut rolf = city.staff("rolf", &[Role::Reviewer], None).await;
        let id = hidden_words(&city, &mut hoa, &mut rikke).await;
        lock_for(&mut rikke, &id, "personal", "week").await;
        let page = hoa.get("/locked").await.text();
        assert!(page.contains("You fools") && page.contains("This is the third time."), "{page}");
        let lock = lock_on(&page, "action=\"/locked/", "/appeal\"");
        let path = format!("/locked/{lock}/appeal");
        let stranger = city.visitor().post(&path, &[("words", "No.")]).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND, "nobody speaks for another");
        let empty = hoa.post(&path, &[("words", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent = hoa.post(&path, &[("words", "It was a joke <b>among friends</b>.")]).await;
        assert!(hoa.follow(sent).await.text().contains("Someone else looks at it"));
        let twice = hoa.post(&path, &[("words", "And again.")]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "once");

        let rule = format!("/desk/locks/{lock}/rule");
        let upheld = [("ruling", "upheld"), ("reason", "It was not.")];
        let own = rikke.get("/desk/locks").await.text();
        assert!(own.contains("You suspended them yourself") && !own.contains(&rule), "{own}");
        assert_eq!(rikke.post(&rule, &upheld).await.status, StatusCode::FORBIDDEN);
        let mut ola = city.staff("ola", &[Role::Operator], None).await;
        assert_eq!(ola.post(&rule, &upheld).await.status, StatusCode::FORBIDDEN);
        let desk = rolf.get("/desk/locks").await.text();
        assert!(desk.contains(&rule) && desk.contains("&#60;b&#62;among friends"), "{desk}");
        let tab = desk.split("href=\"/desk/locks\"").nth(1).unwrap();
        assert!(tab.split("</a>").next().unwrap().contains("class=\"desk-n\">1<"), "{tab}");
        for wrong in [("upheld", ""), ("", "Why."), ("shortened.month", "Why."), ("shortened", "x")]
        {
            let refused = rolf.post(&rule, &[("ruling", wrong.0), ("reason", wrong.1)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        }
        let words = [("ruling", "shortened.day"), ("reason", "A day is enough for a joke.")];
        assert_eq!(rolf.post(&rule, &words).await.location(), "/desk/locks?done=ruled");
        assert_eq!(rolf.post(&rule, &words).await.status, StatusCode::CONFLICT, "once");
        let page = hoa.get("/locked").await.text();
        assert!(page.contains("It was shortened.") && page.contains("A day is enough"), "{page}");
        assert!(!page.contains("rolf") && !page.contains("rikke"), "never a person");
        city.later(SignedDuration::from_hours(24));
        written(&hoa.post(COMMENTS, &[("text", "Thank you.")]).await);
    })
    .await;
}

#[tokio::test]
async fn an_appeal_that_waits_too_long_lets_them_write_until_somebody_decides() {
    for_each_engine(async |db| {
        let city = town(db).await;
        let mut hoa = city.visitor();
        let mut ola = city.staff("ola", &[Role::Operator], None).await;
        let mut rikke = city.staff("rikke", &[Role::Reviewer], None).await;
        let id = hidden_words(&city, &mut hoa, &mut ola).await;
        lock_for(&mut ola, &id, "threat", "day").await;
        let lock = lock_on(&hoa.get("/locked").await.text(), "action=\"/locked/", "/appeal\"");
        hoa.post(&format!("/locked/{lock}/appeal"), &[("words", "I did not mean it.")]).await;
        assert_eq!(hoa.post(COMMENTS, &[("text", "A")]).await.status, StatusCode::FORBIDDEN);
        city.later(SignedDuration::from_hours(7));
        assert!(hoa.get("/locked").await.text().contains("Nobody decided about your words"));
        written(&hoa.post(COMMENTS, &[("text", "B")]).await);
        assert!(rikke.get("/desk/locks").await.text().contains("late: they may write"));
        let words = [("ruling", "upheld"), ("reason", "You did.")];
        rikke.post(&format!("/desk/locks/{lock}/rule"), &words).await;
        city.later(SignedDuration::from_mins(2));
        assert_eq!(hoa.post(COMMENTS, &[("text", "C")]).await.status, StatusCode::FORBIDDEN);
        // What is shown again is no ground for a lock.
        city.later(SignedDuration::from_hours(20));
        let mut ola = city.staff("olga", &[Role::Operator], None).await;
        let second = hidden_words(&city, &mut hoa, &mut ola).await;
        lock_for(&mut ola, &second, "threat", "month").await;
        assert!(hoa.get(PATH).await.text().contains(STOPPED));
        ola.post(&format!("/desk/comments/{second}/show"), &[]).await;
        assert!(!hoa.get(PATH).await.text().contains(STOPPED));
        assert!(hoa.get("/locked").await.text().contains("It was lifted."));
    })
    .await;
}

/// Staff who can be written to.
async fn give_addresses(city: &City, logins: [&'static str; 2]) {
    let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
    let given = city.app.db.write(move |conn| {
        for login in logins {
            let address = email(&format!("{login}@town.example"));
            let identity = Identity { email: Some(address), ..Identity::default() };
            let person = vault::keep(conn, &ctx, &vault, &identity, "en")?;
            let sql = "UPDATE account SET person = $1 WHERE login = $2";
            conn.execute(sql, params![person.as_str(), login])?;
        }
        Ok::<_, Error>(())
    });
    given.await.unwrap();
}

#[tokio::test]
async fn who_has_an_account_is_told_by_letter_and_the_reviewers_of_the_appeal() {
    for_each_engine(async |db| {
        let city = town(db).await;
        let mut hoa = city.citizen("hoa@example.org").await;
        let mut rikke = city.staff("rikke", &[Role::Reviewer], Some("town-desk")).await;
        city.staff("rolf", &[Role::Reviewer], Some("town-desk")).await;
        give_addresses(&city, ["rikke", "rolf"]).await;
        let id = hidden_words(&city, &mut hoa, &mut rikke).await;
        lock_for(&mut rikke, &id, "personal", "week").await;
        let told = letters(&city).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("To: hoa@example.org") && told[0].contains("/locked"), "{told:?}");
        assert!(told[0].contains("This is the third time.") && !told[0].contains("rikke"));
        let lock = lock_on(&hoa.get("/locked").await.text(), "action=\"/locked/", "/appeal\"");
        hoa.post(&format!("/locked/{lock}/appeal"), &[("words", "A joke.")]).await;
        let told = letters(&city).await;
        let to =
            |address: &str| told.iter().filter(|l| l.contains(&format!("To: {address}"))).count();
        assert_eq!((to("rolf@town.example"), to("rikke@town.example")), (1, 0), "four eyes");
        assert!(told.iter().all(|letter| !letter.contains("A joke.")), "not a citizen's words");
        let mut leo = city.staff("leo", &[Role::Leader], None).await;
        let words = [("ruling", "lifted"), ("reason", "It was a joke.")];
        leo.post(&format!("/desk/locks/{lock}/rule"), &words).await;
        let told = letters(&city).await;
        assert!(told.iter().any(|l| l.contains("It was lifted.") && l.contains("It was a joke.")));
        city.later(SignedDuration::from_mins(2));
        written(&hoa.post(COMMENTS, &[("text", "Good.")]).await);
    })
    .await;
}

#[tokio::test]
async fn everybody_counts_locks_and_in_the_end_nothing_but_the_number_is_left() {
    for_each_engine(async |db| {
        let city = town(db).await;
        let (mut hoa, mut lan) = (city.visitor(), city.visitor().at("192.0.2.9"));
        let mut ola = city.staff("ola", &[Role::Operator], None).await;
        let mut rikke = city.staff("rikke", &[Role::Reviewer], None).await;
        for who in [&mut hoa, &mut lan] {
            let id = hidden_words(&city, who, &mut ola).await;
            lock_for(&mut ola, &id, "insult", "day").await;
        }
        let lock = lock_on(&hoa.get("/locked").await.text(), "action=\"/locked/", "/appeal\"");
        hoa.post(&format!("/locked/{lock}/appeal"), &[("words", "SECRET-WORDS")]).await;
        rikke.post(&format!("/desk/locks/{lock}/rule"), &[("ruling", "lifted"), ("reason", "So.")])
            .await;
        let row = |page: String| {
            let cells = page.split("<th scope=\"row\">insults</th>").nth(1).unwrap().to_owned();
            let cells = cells.split("</tr>").next().unwrap().to_owned();
            let numbers = cells.split("\">").skip(1).map(|c| c.split('<').next().unwrap().to_owned());
            numbers.collect::<Vec<_>>()
        };
        let expected = ["2", "1", "0", "0", "1", "0"];
        assert_eq!(row(city.visitor().get("/moderation").await.text()), expected);
        let ctx = city.app.ctx(Actor::system());
        let forgotten = city.app.db.write(move |conn| lock::forget(conn, &ctx)).await.unwrap();
        assert_eq!(forgotten, 0, "they are kept for a while");
        city.later(SignedDuration::from_hours(24 * 92));
        let ctx = city.app.ctx(Actor::system());
        let forgotten = city.app.db.write(move |conn| lock::forget(conn, &ctx)).await.unwrap();
        assert_eq!(forgotten, 2);
        let left = city.app.db.read(|conn| {
            let sql = "SELECT COUNT(*) FROM comment_lock WHERE author_key IS NOT NULL OR comment IS NOT NULL \
                OR words IS NOT NULL OR appeal IS NOT NULL OR ruling_words IS NOT NULL OR locked_by IS NOT NULL \
                OR ruled_by IS NOT NULL";
            conn.query_one(sql, params![], |row| row.get::<i64>(0))
        });
        assert_eq!(left.await.unwrap(), 0);
        assert_eq!(row(city.visitor().get("/moderation").await.text()), expected, "the number stays");
        assert!(!hoa.get("/locked").await.text().contains("You fools"));
        let audit = city.app.db.read(|conn| {
            let sql = "SELECT action, detail, account FROM audit WHERE action LIKE '%lock%' ORDER BY id";
            conn.query(sql, params![], |row| {
                Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<Option<String>>(2)?))
            })
        });
        let audit = audit.await.unwrap();
        let words: Vec<_> = audit.iter().map(|(action, ..)| action.as_str()).collect();
        let known = ["commenter_locked", "commenter_locked", "lock_appealed", "lock_ruled"];
        assert_eq!(words, known);
        assert!(audit.iter().all(|(_, detail, _)| !detail.contains("SECRET")));
        assert!(audit[2].2.is_none() && audit[3].2.is_some(), "{audit:?}");
    })
    .await;
}
