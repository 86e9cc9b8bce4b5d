//! Numbers by their definitions, on both databases: which deadlines a period has, what a reopening leaves behind, what of
//! a report that is not public counts, and that a number and the list behind it are the same.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::world::{Made, a_report, ctx, now, put};
use domain::actor::{Actor, Role};
use domain::service_request::{Outcome, Rating, State};
use jiff::{SignedDuration, Timestamp};
use nhip::front::pages::Lately;
use nhip::jobs;
use nhip::oversight::measure::{Measure, Window};
use nhip::oversight::period::Asked;
use nhip::oversight::scorecard::{By, Scope, Scorecard};
use nhip::platform::ctx::Ctx;
use nhip::platform::db::{Db, params};
use nhip::platform::pack_dir;
use nhip::service_request::action::{On, moderate, rate, reopen};
use std::collections::BTreeSet;
use std::sync::Arc;

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// Received so many hours ago, due and closed after so many hours.
fn a_case(n: usize, ago: i64, due: Option<i64>, closed: Option<(i64, Outcome)>) -> Made {
    let mut made = a_report(&format!("CASE{n:04}"), "pothole").hours_ago(ago);
    let report = &mut made.0;
    report.accepted_at = Some(report.received_at + hours(1));
    report.state = State::Assigned;
    report.due_at = due.map(|due| report.received_at + hours(due));
    if let Some((after, outcome)) = closed {
        report.state = State::Closed;
        report.outcome = Some(outcome);
        report.closed_at = Some(report.received_at + hours(after));
        report.responded_at = report.closed_at;
        report.answered_at = report.closed_at;
    }
    // A street for each, so that none is near another.
    made.0.point = domain::place::Point::new(55.05 + 0.001 * n as f64, 10.6).unwrap();
    made
}

/// The harbour town on this database, an hour after [`now`].
async fn town(db: Db, made: impl IntoIterator<Item = Made>) -> City {
    let city = City::on(db);
    city.app.clock.set(now() + hours(1));
    put(&city.app.db, made).await;
    jobs::refresh_facts(city.node.clone()).await.unwrap();
    city
}

fn window(city: &City, query: &str) -> Window {
    Asked::parse(query, &city.app.pack.load(), city.app.clock.now()).window
}

fn counted(city: &City, query: &str) -> Scorecard {
    let asked = Asked::parse(query, &city.app.pack.load(), city.app.clock.now());
    city.node.facts.read().scorecard(&asked.scope, &asked.window)
}

fn some(card: &Scorecard, measures: &[Measure]) -> Vec<u64> {
    measures.iter().map(|measure| card.n(*measure)).collect()
}

#[tokio::test]
async fn the_deadlines_of_a_period_are_those_that_fell_in_it_and_open_ones_are_late() {
    use Outcome::Fixed;
    for_each_engine(async |db| {
        let made = [
            a_case(1, 100, Some(50), Some((40, Fixed))),
            // On the very moment.
            a_case(2, 100, Some(50), Some((50, Fixed))),
            a_case(3, 100, Some(50), Some((51, Fixed))),
            a_case(4, 100, Some(50), None),
            // Its deadline is still to come, though it is closed: it is not yet of the cohort.
            a_case(5, 100, Some(200), Some((10, Fixed))),
            // The deadline fell before the period.
            a_case(6, 24 * 40, Some(24), None),
            a_case(7, 100, None, Some((3, Outcome::Duplicate))),
        ];
        let city = town(db, made).await;
        let card = counted(&city, "period=30d");
        let of = [Measure::Deadlines, Measure::Kept, Measure::Missed, Measure::Closed];
        assert_eq!(some(&card, &of), [4, 2, 2, 5]);
        let of = [Measure::Received, Measure::Open, Measure::Late, Measure::OpenLonger];
        assert_eq!(some(&card, &of), [6, 2, 2, 0]);
        assert_eq!(
            some(&card, &[Measure::Duplicate, Measure::Fixed, Measure::OpenQuarter]),
            [1, 4, 1]
        );
        // Nothing is said of so few.
        assert_eq!(card.on_time().shown(), None);
        let year = counted(&city, "period=365d");
        assert_eq!(some(&year, &[Measure::Deadlines, Measure::Missed]), [5, 3]);
    })
    .await;
}

#[tokio::test]
async fn a_reopened_report_counts_with_each_of_its_rounds_in_its_own_time() {
    for_each_engine(async |db| {
        let mut late = a_case(1, 24 * 40, Some(24), Some((24 * 20, Outcome::Fixed)));
        late.0.procedure = Some("standard".parse().unwrap());
        late.0.procedure_version = Some(1);
        let id = late.0.id.clone();
        let city = town(db, [late]).await;
        let acts = |at: Timestamp| Ctx { now: at, ..city.acting(Role::Reporter, None) };
        let on = On { id, seen: None };
        let (first, again) = (acts(now() - hours(24 * 17)), acts(now() - hours(24 * 16)));
        let done = city.app.db.write(move |conn| {
            rate::rate(conn, &first, &on, Rating::NotSatisfied, "It is still there", &[])?;
            reopen::reopen(conn, &again, &on, "It is still there")
        });
        let report = done.await.unwrap().report;
        jobs::refresh_facts(city.node.clone()).await.unwrap();
        let card = counted(&city, "period=90d");
        let of = [Measure::Closed, Measure::Returned, Measure::Rated, Measure::NotSatisfied];
        assert_eq!(some(&card, &of), [1, 1, 1, 1], "the first round stays as it was");
        // The deadline of the first was missed; that of the second has come and gone too.
        assert!(report.due_at.unwrap() < now());
        assert_eq!(some(&card, &[Measure::Deadlines, Measure::Missed, Measure::Open]), [2, 2, 1]);
        assert_eq!((card.resolution.n, card.resolution.median), (1, None), "open again");
        // Before the reopening everything stood in the report alone: the picture read anew says the same.
        jobs::read_all_facts(&city.node).await.unwrap();
        assert_eq!(counted(&city, "period=90d"), card);
    })
    .await;
}

#[tokio::test]
async fn what_was_reported_again_near_by_soon_after_came_back() {
    for_each_engine(async |db| {
        let first = a_case(1, 24 * 20, Some(48), Some((24, Outcome::Fixed)));
        let mut again = a_case(2, 24 * 10, Some(48), None);
        again.0.point = first.0.point;
        let mut other_field = a_case(3, 24 * 10, Some(48), Some((24, Outcome::Fixed)));
        other_field.0.service = "graffiti".parse().unwrap();
        let place = other_field.0.point;
        let mut near = a_case(4, 24 * 5, Some(48), None);
        near.0.point = place;
        let city = town(db, [first, again, other_field, near]).await;
        let card = counted(&city, "period=30d");
        assert_eq!(some(&card, &[Measure::Closed, Measure::Returned]), [2, 1]);
        // A report that comes later puts a closing in doubt, also when only it is read.
        let mut late = a_case(5, 24, Some(48), None);
        (late.0.service, late.0.point) = ("graffiti".parse().unwrap(), place);
        late.0.updated_at = now();
        put(&city.app.db, [late]).await;
        jobs::refresh_facts(city.node.clone()).await.unwrap();
        assert_eq!(counted(&city, "period=30d").n(Measure::Returned), 2);
    })
    .await;
}

#[tokio::test]
async fn of_a_report_that_is_not_public_only_what_everybody_may_see_is_counted() {
    for_each_engine(async |db| {
        let closed = Some((40, Outcome::Fixed));
        let rated = |mut made: Made| {
            made.0.rating = Some(Rating::Satisfied);
            made
        };
        let mut confidential = a_case(3, 100, Some(50), closed);
        confidential.0.confidential = true;
        let mut own = a_case(5, 100, Some(50), closed);
        own.0.filed_by = Some(own.0.agency.clone());
        let agency = own.0.agency.to_string();
        let made = [
            rated(a_case(1, 100, Some(50), closed)),
            rated(a_case(2, 100, Some(50), closed).private()),
            rated(confidential),
            rated(a_case(4, 100, Some(50), closed).hidden("It names somebody")),
            rated(own),
        ];
        let city = town(db, made).await;
        let of = [Measure::Received, Measure::Closed, Measure::Deadlines, Measure::Rated];
        // Own staff's: received, and nothing an agency is judged by.
        assert_eq!(some(&counted(&city, ""), &of), [5, 4, 2, 1]);
        assert_eq!(some(&counted(&city, "field=streets"), &of), [4, 3, 2, 1]);
        assert_eq!(some(&counted(&city, &format!("agency={agency}")), &of), [3, 2, 2, 1]);
        assert_eq!(some(&counted(&city, "area=old-town"), &of), [3, 2, 2, 1]);
        assert_eq!(counted(&city, "").n(Measure::OwnStaff), 1);
    })
    .await;
}

/// A lively town: a report for each mix of what a report can be.
fn lively() -> Vec<Made> {
    let mut made = Vec::new();
    for n in 0..420 {
        let outcome = Outcome::ALL[n % Outcome::ALL.len()];
        let closed = (n % 4 != 0).then_some((5 + n as i64 % 90, outcome));
        let due = (n % 7 != 0).then_some(20 + n as i64 % 60);
        let mut case = a_case(n, 30 + 20 * n as i64, due, closed);
        let report = &mut case.0;
        (report.service, report.area) = match n % 3 {
            0 => ("graffiti".parse().unwrap(), "quays".parse().unwrap()),
            _ => (report.service.clone(), report.area.clone()),
        };
        report.public = n % 11 != 0;
        report.confidential = n % 13 == 0;
        report.hidden = (n % 17 == 0).then(|| "x".to_owned());
        report.rating = (n % 5 == 0).then_some(Rating::ALL[n % Rating::ALL.len()]);
        report.refusal_code = (outcome == Outcome::Refused).then(|| format!("code{}", n % 2));
        report.planned_for = (outcome == Outcome::Planned && closed.is_some())
            .then(|| "2026-06-01".parse().unwrap());
        made.push(case);
    }
    made
}

#[tokio::test]
async fn each_number_is_as_long_as_the_list_behind_it() {
    for_each_engine(async |db| {
        let city = town(db, lively()).await;
        let scopes = ["", "field=streets", "area=quays", "agency=works&period=2026", "period=30d"];
        for query in scopes {
            let asked = Asked::parse(query, &city.app.pack.load(), city.app.clock.now());
            let card = counted(&city, query);
            for measure in Measure::ALL {
                let (mut seen, mut after) = (BTreeSet::new(), None);
                loop {
                    let wanted = (*measure, None);
                    let book = city.node.facts.read();
                    let (ids, next) =
                        book.behind(&asked.scope, &asked.window, wanted, after.as_ref(), 7);
                    assert!(ids.iter().all(|id| seen.insert(id.clone())), "twice in {measure}");
                    after = next;
                    if after.is_none() {
                        break;
                    }
                }
                assert_eq!(seen.len() as u64, card.n(*measure), "{measure} of {query}");
            }
            let refused: u64 = card.refusals.iter().map(|(_, n)| n).sum();
            assert_eq!(refused, card.n(Measure::Refused));
        }
        // The parts add up to the whole, as far as everybody may know the part.
        let (all, window) = (Scope::default(), window(&city, ""));
        let book = city.node.facts.read();
        let whole = book.scorecard(&all, &window);
        for by in [By::Agency, By::Area] {
            let parts = book.table(&all, by, &window);
            let sum: u64 = parts.values().map(|card| card.n(Measure::Deadlines)).sum();
            assert_eq!(sum, whole.n(Measure::Deadlines), "{by:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_numbers_say_what_they_count_and_lead_to_it() {
    let city = City::new();
    city.app.clock.set(now() + hours(1));
    let mut visitor = city.visitor();
    for path in ["/stats", "/agencies", "/agencies/works", "/fields/streets", "/areas/quays"] {
        let page = visitor.get(path).await;
        assert!(page.status.is_success() && page.text().contains("class=\"empty\""), "{path}");
    }
    put(&city.app.db, lively()).await;
    jobs::refresh_facts(city.node.clone()).await.unwrap();
    for path in ["/stats", "/agencies/works", "/fields/streets", "/areas/quays"] {
        let page = visitor.get(&format!("{path}?lang=en")).await.text();
        assert!(page.contains("<figcaption>") && page.contains("of=deadlines"), "{path}");
        // Every list it leads to is there, and holds something.
        let lists: BTreeSet<&str> = page
            .split("href=\"")
            .filter_map(|rest| rest.split_once('"').map(|(href, _)| href))
            .filter(|href| href.starts_with("/stats/reports"))
            .collect();
        assert!(lists.len() > 10, "{path}: {lists:?}");
        for list in lists {
            let list = list.replace("&#38;", "&").replace("&amp;", "&");
            let answer = visitor.get(&list).await;
            assert!(answer.status.is_success(), "{list}");
            let few = ["returned", "response", "rated"].iter().any(|of| list.contains(of));
            assert!(few || answer.text().contains("class=\"card"), "{list}");
        }
    }
    assert_eq!(visitor.get("/fields/nothing").await.status.as_u16(), 404);
    assert_eq!(visitor.get("/stats/reports?of=nothing").await.status.as_u16(), 404);
    let wrong = visitor.get("/stats?period=never&from=yesterday&lang=en").await;
    assert!(wrong.status.is_success() && wrong.text().contains("aria-invalid"));
}

#[tokio::test]
async fn the_front_page_counts_the_last_days_as_the_page_of_numbers_does() {
    let city = City::new();
    city.app.clock.set(now() + hours(1));
    let mut made = lively();
    // What an agency's own staff send it has a deadline, which counts for nothing.
    for case in made.iter_mut().filter(|case| case.0.due_at.is_some()).take(9) {
        case.0.filed_by = Some(case.0.agency.clone());
    }
    put(&city.app.db, made).await;
    jobs::refresh_map(city.node.clone()).await.unwrap();
    jobs::refresh_facts(city.node.clone()).await.unwrap();
    let days = window(&city, "period=30d");
    let card = city.node.facts.read().scorecard(&Scope::default(), &days);
    assert!(card.n(Measure::OwnStaff) > 0 && card.n(Measure::Deadlines) >= 10, "{card:?}");
    let lately = Lately::of(&city.node.facts, &city.app.pack.load(), city.app.clock.now());
    let (received, closed): (Vec<u64>, Vec<u64>) = lately.days.iter().copied().unzip();
    assert_eq!((received.len(), received.iter().sum()), (30, card.n(Measure::Received)));
    assert_eq!(closed.iter().sum::<u64>(), card.n(Measure::Closed));
    assert_eq!(
        (lately.deadlines, lately.on_time),
        (card.n(Measure::Deadlines), card.on_time().shown())
    );
    let closed = card.n(Measure::Closed);
    let page = city.visitor().get("/?lang=en").await.text();
    let href = "href=\"/stats/reports?of=closed&#38;period=30d\">";
    let figure = page.split(href).nth(1).and_then(|rest| rest.split('<').next());
    assert_eq!(figure, Some(closed.to_string().as_str()), "{page}");
}

#[tokio::test]
async fn a_service_that_a_pack_does_not_have_keeps_its_field() {
    for_each_engine(async |db| {
        put(&db, [a_report("F1ELD001", "graffiti")]).await;
        let pack = Arc::new(pack_dir::load_checked("hue").unwrap());
        let administrator = Actor { role: Role::Administrator, account: None, agency: None };
        let stranger = Ctx { pack, ..ctx(administrator) };
        let on = On { id: "F1ELD001".parse().unwrap(), seen: None };
        let hidden = db.write(move |conn| moderate::hide(conn, &stranger, &on, "It names people"));
        hidden.await.unwrap();
        let field = db.read(|conn| {
            let sql = "SELECT field FROM service_request WHERE id = 'F1ELD001'";
            conn.query_one(sql, params![], |row| row.get::<String>(0))
        });
        assert_eq!(field.await.unwrap(), "cleanliness");
    })
    .await;
}

#[tokio::test]
async fn two_promises_of_one_agency_for_one_day_are_two_however_often_they_are_read() {
    for_each_engine(async |db| {
        let city = town(db, [a_case(1, 500, None, None)]).await;
        let settled = (city.app.clock.now() - hours(1)).as_millisecond();
        city.app
            .db
            .write(move |conn| {
                // The day was named twice, was broken twice and kept once: the register has three rows.
                for (id, state) in [("P1", "broken"), ("P2", "broken"), ("P3", "kept")] {
                    conn.execute(
                        "INSERT INTO promise (id, request, kind, agency, made_at, date, state, settled_at) \
                         VALUES ($1, 'CASE0001', 'planned', 'works', $2, '2026-11-20', $3, $2)",
                        params![id, settled, state],
                    )?;
                }
                Ok::<_, nhip::platform::db::DbError>(())
            })
            .await
            .unwrap();
        let measures = [Measure::KeptPromise, Measure::BrokenPromise];
        // Each second the same rows are read again.
        for _ in 0..3 {
            jobs::refresh_facts(city.node.clone()).await.unwrap();
            assert_eq!(some(&counted(&city, "period=2026-11"), &measures), [1, 2]);
        }
        jobs::read_all_facts(&city.node).await.unwrap();
        assert_eq!(some(&counted(&city, "period=2026-11&agency=works"), &measures), [1, 2]);
        assert_eq!(some(&counted(&city, "period=2026-10"), &measures), [0, 0]);
    })
    .await;
}
