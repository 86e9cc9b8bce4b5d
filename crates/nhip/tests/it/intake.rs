//! Intake on a bad day: the order of the list, the next one after each decision, many at once, and taking back.

use crate::support::city::{Answer, Browser, City};
use crate::support::db::for_each_engine;
use crate::support::town::Town;
use axum::http::StatusCode;
use domain::actor::Role;
use domain::ids::ServiceRequestId;
use domain::service_request::State;
use domain::service_request::workflow::Verb;
use jiff::SignedDuration;
use nhip::case::clock;
use nhip::platform::db::{Db, params};
use nhip::platform::error::Error;

const SECOND: SignedDuration = SignedDuration::from_secs(1);

async fn enter(operator: &mut Browser<'_>, service: &str, words: &str) -> String {
    let fields = [
        ("channel", "phone"),
        ("service_code", service),
        ("description", words),
        ("area", "quays"),
        ("attribute-size", "plate"),
    ];
    let answer = operator.post("/desk/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let to = answer.location();
    to.strip_prefix("/desk/reports/").unwrap().split('?').next().unwrap().to_owned()
}

async fn act(who: &mut Browser<'_>, code: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
    let case = who.get(&format!("/desk/reports/{code}")).await.text();
    let version =
        case.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut all = vec![("version", version)];
    all.extend_from_slice(fields);
    who.post(&format!("/desk/reports/{code}/{verb}"), &all).await
}

/// The form in the toast, as its button sends it.
fn way_back(page: &str) -> Option<(String, String)> {
    let form = page.split("data-do=\"undo\"").nth(1)?;
    let version = form.split("name=\"version\" value=\"").nth(1)?.split('"').next()?;
    let action = page.split("data-do=\"undo\"").next()?.rsplit("action=\"").next()?;
    Some((action.split('"').next()?.to_owned(), version.to_owned()))
}

fn id(code: &str) -> ServiceRequestId {
    ServiceRequestId::parse(code).unwrap()
}

async fn clocks(town: &Town, code: &str) -> Vec<clock::Kept> {
    let id = id(code);
    town.city.app.db.read(move |conn| clock::of(conn, &id)).await.unwrap()
}

/// Whatever may be taken back within ten seconds, done and taken back, on this database.
async fn is_as_it_was(db: Db, verb: &str, fields: &[(&str, &str)]) {
    let town = Town::of(City::of_on("harbour", db));
    let mut operator = town.city.staff("ola", &[Role::Operator], None).await;
    let first = enter(&mut operator, "graffiti", "Paint on the gate").await;
    let code = enter(&mut operator, "pothole", "A hole before the fish market").await;
    town.letters(&code).await;
    let (was, clocks_were) = (town.report(&code).await, clocks(&town, &code).await);
    let mut all = fields.to_vec();
    all.push(("queue", "intake"));
    if verb == "merge" {
        all.push(("merge_into", &first));
    }
    let done = act(&mut operator, &code, verb, &all).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{verb}: {}", done.text());
    assert!(
        done.location().starts_with(&format!("/desk/reports/{first}?queue=intake&done={verb}")),
        "the next one of the list: {}",
        done.location()
    );
    let page = operator.follow(done).await.text();
    let (action, version) = way_back(&page).unwrap_or_else(|| panic!("{verb}: {page}"));
    assert_ne!(town.report(&code).await.state, State::Received);
    let before = town.letters(&code).await.len();

    town.city.later(SECOND * 9);
    let back = operator.post(&action, &[("version", &version), ("queue", "intake")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{verb}: {}", back.text());
    let now = town.report(&code).await;
    assert_eq!(now.state, State::Received);
    assert_eq!(
        (now.outcome, &now.agency, now.due_at, &now.merged_into, now.accepted_at, now.closed_at),
        (was.outcome, &was.agency, was.due_at, &was.merged_into, was.accepted_at, was.closed_at)
    );
    assert_eq!((now.responded_at, now.refused_by, now.again), (None, None, None));
    assert_eq!(now.step, was.step, "{verb}: intake owes what it owed");
    assert_eq!(
        clocks(&town, &code).await,
        clocks_were,
        "{verb}: the clocks go on as if nothing was"
    );
    assert_eq!(town.report(&first).await.supports, 0);
    town.city.later(SECOND * 60);
    assert_eq!(town.letters(&code).await.len(), before, "{verb}: nobody was told");
    let verbs = town.verbs(&code).await;
    assert_eq!(verbs.last(), Some(&Verb::Undo), "{verb}: history says so: {verbs:?}");
    let page = town.page(&format!("/reports/{code}"), "en").await;
    assert!(page.contains("taken back"), "{page}");
    for (_, words) in fields.iter().filter(|(name, _)| *name == "reason") {
        assert!(!page.contains(words), "{verb}: nobody reads what was taken back: {page}");
    }
    let rounds = town.city.app.db.read(move |conn| {
        conn.query_one("SELECT COUNT(*) FROM past_round", params![], |row| row.get::<i64>(0))
    });
    assert_eq!(rounds.await.unwrap(), 0, "what was taken back was never closed");
    // It can be decided again, and then it is told.
    let again = act(&mut operator, &code, "accept", &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
}

#[tokio::test]
async fn every_decision_of_intake_can_be_taken_back_before_anybody_is_told() {
    for (verb, fields) in [
        ("accept", vec![("agency", "north-office")]),
        ("refuse", vec![("code", "no-place"), ("reason", "It is the fence of Mr Berg again")]),
        ("ask", vec![("reason", "Which market?")]),
        ("merge", vec![]),
    ] {
        for_each_engine(async |db| is_as_it_was(db, verb, &fields).await).await;
    }
}

#[tokio::test]
async fn after_ten_seconds_people_are_told_and_nothing_is_taken_back() {
    for_each_engine(async |db| {
        let town = Town::of(City::of_on("harbour", db));
        let mut operator = town.city.staff("ola", &[Role::Operator], None).await;
        let code = enter(&mut operator, "pothole", "A hole").await;
        let done = act(&mut operator, &code, "accept", &[("queue", "intake")]).await;
        let page = operator.follow(done).await.text();
        let (action, version) = way_back(&page).unwrap_or_else(|| panic!("{page}"));
        town.city.later(SECOND * 10);
        let late = operator.post(&action, &[("version", &version)]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("too late to take this back"), "{}", late.text());
        assert_eq!(town.report(&code).await.state, State::Assigned);
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_back_what_another_decided_or_what_went_on() {
    let town = Town::of(City::new());
    let mut first = town.city.staff("ola", &[Role::Operator], None).await;
    let mut second = town.city.staff("olga", &[Role::Operator], None).await;
    let code = enter(&mut first, "pothole", "A hole").await;
    act(&mut first, &code, "accept", &[]).await;
    let version = town.report(&code).await.version.to_string();
    let path = format!("/desk/reports/{code}/undo");
    let other = second.post(&path, &[("version", &version)]).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    act(&mut second, &code, "note", &[("reason", "I know the place")]).await;
    act(&mut second, &code, "mark_urgent", &[("reason", "Children play there")]).await;
    let version = town.report(&code).await.version.to_string();
    let moved = first.post(&path, &[("version", &version)]).await;
    assert_eq!(moved.status, StatusCode::CONFLICT, "{}", moved.text());
    assert_eq!(town.report(&code).await.state, State::Assigned);
}

#[tokio::test]
async fn a_dispatcher_and_a_way_back_at_once_one_of_them_has_it() {
    for_each_engine(async |db| {
        let town = Town::of(City::of_on("harbour", db.clone()));
        let mut operator = town.city.staff("ola", &[Role::Operator], None).await;
        let code = enter(&mut operator, "pothole", "A hole").await;
        act(&mut operator, &code, "accept", &[]).await;
        // A node whose clock is ahead has taken the row already.
        let taken = db.write(|conn| {
            let n = conn.execute("DELETE FROM outbox WHERE topic = 'accept'", params![])?;
            Ok::<_, Error>(n)
        });
        assert_eq!(taken.await.unwrap(), 1);
        let kept = town.report(&code).await.version;
        let version = kept.to_string();
        let path = format!("/desk/reports/{code}/undo");
        let undone = operator.post(&path, &[("version", &version)]).await;
        assert_eq!(undone.status, StatusCode::CONFLICT, "{}", undone.text());
        assert_eq!(town.report(&code).await.version, kept);
    })
    .await;
}

#[tokio::test]
async fn what_a_node_whose_clock_is_ahead_has_still_to_tell_is_not_taken_back_with_a_decision() {
    for_each_engine(async |db| {
        let town = Town::of(City::of_on("harbour", db.clone()));
        let mut operator = town.city.staff("ola", &[Role::Operator], None).await;
        town.city.later(SECOND * 60);
        let code = enter(&mut operator, "pothole", "A hole").await;
        town.city.later(-SECOND * 60);
        act(&mut operator, &code, "accept", &[]).await;
        let version = town.report(&code).await.version.to_string();
        let undo = format!("/desk/reports/{code}/undo");
        let undone = operator.post(&undo, &[("version", &version)]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text());
        let waits = db.read(|conn| {
            let sql = "SELECT topic FROM outbox ORDER BY id";
            conn.query(sql, params![], |row| row.get::<String>(0))
        });
        let waits = waits.await.unwrap();
        assert!(waits.iter().any(|topic| topic == "submit"), "{waits:?}");
        assert!(!waits.iter().any(|topic| topic == "accept"), "{waits:?}");
    })
    .await;
}

#[tokio::test]
async fn many_are_decided_at_once_and_the_summary_says_what_could_not_be() {
    let town = Town::of(City::new());
    let mut operator = town.city.staff("ola", &[Role::Operator], None).await;
    let mut codes = Vec::new();
    for n in 0..3 {
        codes.push(enter(&mut operator, "graffiti", &format!("Paint on wall {n}")).await);
        town.city.later(SECOND * 60);
    }
    act(&mut operator, &codes[1], "mark_urgent", &[("reason", "The owner called")]).await;
    let picks: Vec<String> = codes.iter().map(|code| format!("{code}:1")).collect();
    let mut fields: Vec<(&str, &str)> = picks.iter().map(|pick| ("pick", pick.as_str())).collect();
    fields.push(("do", "accept"));
    let page = operator.post("/desk/decide", &fields).await.text();
    assert!(page.contains("2 done") && page.contains("1 could not be done"), "{page}");
    for (code, state) in codes.iter().zip([State::Assigned, State::Received, State::Assigned]) {
        assert_eq!(town.report(code).await.state, state);
    }
    // What was decided at once is taken back at once.
    let back: Vec<String> = [&codes[0], &codes[2]].map(|code| format!("{code}:2")).into();
    for pick in &back {
        assert!(page.contains(&format!("value=\"{pick}\"")), "{pick}: {page}");
    }
    let mut fields: Vec<(&str, &str)> = back.iter().map(|pick| ("pick", pick.as_str())).collect();
    fields.push(("do", "undo"));
    let page = operator.post("/desk/decide", &fields).await.text();
    assert!(page.contains("2 done"), "{page}");
    for code in &codes {
        assert_eq!(town.report(code).await.state, State::Received);
    }
}

#[tokio::test]
async fn many_are_joined_to_the_oldest_and_refused_for_one_reason() {
    let town = Town::of(City::new());
    let mut operator = town.city.staff("ola", &[Role::Operator], None).await;
    let mut codes = Vec::new();
    for n in 0..5 {
        codes.push(enter(&mut operator, "pothole", &format!("The hole, seen by {n}")).await);
        town.city.later(SECOND * 60);
    }
    let picks: Vec<String> = codes.iter().map(|code| format!("{code}:1")).collect();
    let (same, other) = picks.split_at(3);
    let mut fields: Vec<(&str, &str)> = same.iter().rev().map(|p| ("pick", p.as_str())).collect();
    fields.extend([("do", "merge"), ("merge_into", "")]);
    let page = operator.post("/desk/decide", &fields).await.text();
    assert!(page.contains("2 done"), "{page}");
    assert_eq!(town.report(&codes[0]).await.supports, 2);
    for code in &codes[1..3] {
        assert_eq!(town.report(code).await.merged_into, Some(id(&codes[0])));
    }
    let mut fields: Vec<(&str, &str)> = other.iter().map(|p| ("pick", p.as_str())).collect();
    fields.extend([("do", "refuse"), ("code", "no-place"), ("reason", "Nobody finds it")]);
    operator.post("/desk/decide", &fields).await;
    for code in &codes[3..] {
        assert_eq!(town.report(code).await.refusal_code.as_deref(), Some("no-place"));
    }
    let nothing = operator.post("/desk/decide", &[("do", "publish")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_list_stands_by_the_clock_of_the_step_and_can_be_narrowed() {
    let town = Town::of(City::new());
    let mut operator = town.city.staff("ola", &[Role::Operator], None).await;
    let calm = enter(&mut operator, "graffiti", "Paint on the gate").await;
    let urgent = enter(&mut operator, "burst-pipe", "The lights are dark").await;
    let page = operator.get("/desk/intake").await.text();
    let at = |page: &str, code: &str| {
        page.find(&format!("data-row=\"{code}:")).unwrap_or_else(|| panic!("no {code} in {page}"))
    };
    let due = async |code: &str| {
        let steps = clocks(&town, code).await;
        let step = steps.iter().filter(|k| k.clock.is_running() && !k.clock.step.is_empty());
        step.filter_map(|k| k.clock.due_at).min().unwrap()
    };
    let (calm_due, urgent_due) = (due(&calm).await, due(&urgent).await);
    assert!(urgent_due < calm_due, "the step that is owed first comes first");
    assert!(at(&page, &urgent) < at(&page, &calm), "{page}");
    assert!(page.contains("class=\"desk-part\""), "every part has its heading: {page}");
    let newest = operator.get("/desk/intake?order=oldest").await.text();
    assert!(at(&newest, &calm) < at(&newest, &urgent), "{newest}");
    let field =
        town.city.app.pack.load().service(&"graffiti".parse().unwrap()).unwrap().field.clone();
    let narrowed = operator.get(&format!("/desk/intake?field={field}")).await.text();
    assert!(narrowed.contains(&format!("data-row=\"{calm}:")), "{narrowed}");
    assert!(!narrowed.contains(&format!("data-row=\"{urgent}:")), "{narrowed}");
    // The list beside the next case is narrowed alike.
    let rest = format!("&field={field}");
    let fields = [("queue", "intake"), ("list", rest.as_str())];
    let done = act(&mut operator, &calm, "accept", &fields).await;
    let to = done.location();
    assert!(to.starts_with("/desk/intake?done=accept") && to.contains(&rest), "{to}");
}

#[tokio::test]
async fn who_gets_it_stands_beside_the_button_and_can_be_changed_there() {
    let town = Town::of(City::new());
    let mut operator = town.city.staff("ola", &[Role::Operator], None).await;
    let code = enter(&mut operator, "pothole", "A hole").await;
    let short = |id: &str| {
        let pack = town.city.app.pack.load();
        pack.agency(&id.parse().unwrap()).unwrap().short.text("en").to_owned()
    };
    let routed = town.report(&code).await.agency;
    let case = operator.get(&format!("/desk/reports/{code}")).await.text();
    assert!(case.contains(&format!("goes to {}", short(routed.as_str()))), "{case}");
    let fields = [("agency", "north-office"), ("queue", "intake")];
    let done = act(&mut operator, &code, "accept", &fields).await;
    assert_eq!(town.report(&code).await.agency.as_str(), "north-office");
    let said = operator.follow(done).await.text();
    assert!(said.contains(&format!("goes to {}", short("north-office"))), "{said}");
}
