//! A report about an official: the unit it is about finds nothing of it, whatever its people ask, in whatever role. What
//! everybody may know (a number, a field, a timeline) they may know too: a page that hid more from them than from a
//! stranger would tell them which reports are about them.
//!
//! Routes come from the router, so that a new one is tried without a word here.

mod scene;
mod walk;

use crate::support::db::for_each_engine;
use axum::http::StatusCode;
use domain::actor::Role;
use nhip::gate::Access;
use nhip::router;
use scene::{CODE_OF_NOBODY, Scene, UNIT};
use walk::{Found, plain, queries, ways, without_totals};

/// The people of the unit, in every role there is.
const PEOPLE: [(&str, &[Role]); 5] = [
    ("head", &[Role::Head]),
    ("officer", &[Role::Officer]),
    ("centre", &[Role::Operator, Role::Reviewer]),
    ("above", &[Role::Leader, Role::Administrator]),
    ("moonlighter", &[Role::Inspector]),
];

/// A stream without an end; a new secret each time; a page that shows the totals of the city, whatever it is asked.
const DIFFER: [&str; 3] = ["/desk/events", "/account/second-factor", "/"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_shows_the_unit_anything_of_a_report_about_it() {
    for_each_engine(async |db| {
        let mut scene = Scene::before(db).await;
        let before = look_around(&scene).await;
        scene.report_it().await;
        let after = look_around(&scene).await;
        let mut told: Vec<String> = Vec::new();
        for (place, page) in &after {
            if before.get(place) != Some(page) {
                let old = before.get(place).map_or("", String::as_str);
                told.push(format!("{place} is another page than before: {}", differs(old, page)));
            }
        }
        for (name, _) in PEOPLE {
            told.extend(pry(&scene, name).await);
        }
        assert!(after.len() > 150, "only {} pages were looked at", after.len());
        assert!(told.is_empty(), "{} traces:\n{}", told.len(), told.join("\n"));
        scene.is_untouched().await;
    })
    .await;
}

/// Where two pages part.
fn differs(old: &str, new: &str) -> String {
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    let around =
        |page: &str| page.chars().skip(same.saturating_sub(60)).take(200).collect::<String>();
    format!("{:?} became {:?}", around(old), around(new))
}

/// Every list of staff, and every page of everybody narrowed to something that must not find it, as each of the unit's
/// people sees them: the pages of before and of after must be the same to the letter.
async fn look_around(scene: &Scene) -> std::collections::BTreeMap<String, String> {
    let mut pages = std::collections::BTreeMap::new();
    for (name, _) in PEOPLE {
        for route in router::routes().into_iter().filter(|route| !DIFFER.contains(&route.path)) {
            let own = route.access != Access::Everyone;
            for path in ways(route.path, &scene::usual_ids()) {
                for (query, narrows) in queries(scene) {
                    let narrows = narrows.iter().any(|page| path.starts_with(page));
                    let of_a_place = ["/agencies", "/areas"].iter().any(|p| path.starts_with(p));
                    if own || narrows || of_a_place {
                        let path = format!("{path}{query}");
                        let page = without_totals(&plain(&scene.get(name, &path).await));
                        let place = format!("{name} {path}");
                        pages.insert(scene.without_code(&place), scene.without_code(&page));
                    }
                }
            }
        }
    }
    pages
}

/// Asks every route for the report by its real ids, by GET and by POST: staff pages answer as if there were none, open
/// ones tell no more than everybody may know.
async fn pry(scene: &Scene, name: &str) -> Vec<String> {
    let mut told = Vec::new();
    for route in router::routes().into_iter().filter(|route| route.path != "/desk/events") {
        let own = route.access != Access::Everyone;
        for path in ways(route.path, &scene.ids()) {
            told.extend(knock(scene, name, &path, None, own).await);
            if own {
                told.extend(knock(scene, name, &path, Some(scene.code()), own).await);
            }
        }
        for (query, _) in queries(scene) {
            let path = format!("{}{query}", walk::filled(route.path, &scene::usual_ids()));
            let page = plain(&scene.get(name, &path).await);
            if let Some(secret) = Found::on(&page, scene, &path).secret {
                told.push(format!("{name}: {path} tells {secret}"));
            }
        }
    }
    told
}

/// One request that names the report; of staff pages, the same once more with a code that nobody has.
async fn knock(
    scene: &Scene,
    name: &str,
    path: &str,
    posted: Option<&str>,
    own: bool,
) -> Option<String> {
    let ask = async |path: &str, posted: Option<&str>| match posted {
        None => scene.get(name, path).await,
        Some(code) => scene.post(name, path, code).await,
    };
    let answer = ask(path, posted).await;
    let page = plain(&answer);
    if let Some(secret) = Found::on(&page, scene, path).secret {
        return Some(format!("{name}: {path} tells {secret}"));
    }
    if !own || !(path.contains(scene.code()) || posted.is_some()) {
        return None;
    }
    let nobody = path.replace(scene.code(), CODE_OF_NOBODY);
    let nothing = plain(&ask(&nobody, posted.map(|_| CODE_OF_NOBODY)).await);
    let page = scene.without_code(&page);
    (page != nothing).then(|| format!("{name}: {path} knows it: {}", differs(&nothing, &page)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_walk_finds_what_is_there_for_an_inspector_to_see() {
    for_each_engine(async |db| {
        let mut scene = Scene::before(db).await;
        scene.report_it().await;
        for path in ["/desk", "/desk/search?q=zirconium", "/desk/letters"] {
            let page = plain(&scene.get("ombudsman", path).await);
            let found = Found::on(&page, &scene, path);
            assert!(found.code, "{path}: {page}");
        }
        let file = scene.get("ombudsman", &format!("/desk/search?q={}", scene::FILE)).await;
        assert!(plain(&file).contains(scene.code()), "{}", file.text());
        let case = scene.get("ombudsman", &format!("/desk/reports/{}", scene.code())).await;
        let page = case.text();
        for secret in ["zirconium", "mercury", scene::FILE, "Department of Streets and Works"] {
            assert!(page.contains(secret), "{secret}: {page}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_learns_its_number_its_field_and_its_steps_and_no_more() {
    for_each_engine(async |db| {
        let mut scene = Scene::before(db).await;
        scene.report_it().await;
        let code = scene.code().to_owned();
        for path in [format!("/reports/{code}"), format!("/reports/{code}/slip")] {
            let answer = scene.get("stranger", &path).await;
            let page = answer.text();
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(page.contains("Town hall"), "the field: {page}");
            let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            for secret in
                ["Ombudsman", "Streets and Works", "Quays", "Conduct of an official", scene::FILE]
            {
                assert!(!main.contains(secret), "{path} tells {secret}: {main}");
            }
        }
        let api = scene.get("stranger", &format!("/open311/v2/requests/{code}.json")).await.text();
        for secret in ["conduct", "ombudsman", "works", "quays", "55.0", "Lantern"] {
            assert!(!api.contains(secret), "{secret}: {api}");
        }
        assert!(api.contains(&code) && api.contains("Town hall"), "{api}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_live_stream_is_silent_for_the_unit_and_no_letter_goes_to_it() {
    for_each_engine(async |db| {
        let mut scene = Scene::before(db).await;
        let mut streams = Vec::new();
        for name in ["head", "officer", "centre", "above", "moonlighter"] {
            streams.push((name, scene.stream(name).await));
        }
        scene.report_it().await;
        // What each of them does hear comes after: one about their own work, or about another unit.
        let work = scene.something_else().await;
        for (name, stream) in streams {
            let first = scene::first_event(stream).await;
            let theirs = if name == "moonlighter" { &work.1 } else { &work.0 };
            assert!(first.contains(theirs.as_str()), "{name} heard {first}");
        }
        // Long past every deadline: whoever is told of such things is told.
        scene.city.later(jiff::SignedDuration::from_hours(24 * 60));
        scene.settle().await;
        let written_to = scene.letters_to_staff().await;
        assert_eq!(written_to, ["ombudsman"], "who was written to about it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_about_the_inspectorate_goes_above_it_and_an_inspector_may_name_the_unit_later() {
    for_each_engine(async |db| {
        let scene = Scene::before(db).await;
        let own = scene.file("ombudsman", "The ombudsman never answered: zirconium").await;
        let path = format!("/desk/reports/{own}");
        assert_eq!(scene.get("ombudsman", &path).await.status, StatusCode::NOT_FOUND);
        // The level above has its own inspector; there is nobody else who could.
        let case = scene.get("council", &path).await;
        assert!(case.text().contains("Harbour Town Council"), "{}", case.text());
        // One that named nobody is seen by all inspectors, until one of them says whom it is about.
        let open = scene.file("", "Somebody at a counter, I do not know which").await;
        let path = format!("/desk/reports/{open}");
        assert_eq!(scene.get("moonlighter", &path).await.status, StatusCode::OK);
        let named = scene.act("ombudsman", &open, "correct", &[("concerns", UNIT)]).await;
        assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.text());
        assert_eq!(scene.get("moonlighter", &path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(scene.get("ombudsman", &path).await.status, StatusCode::OK);
        // And it cannot be handed to them.
        scene.act("ombudsman", &open, "accept", &[]).await;
        let handed = scene.act("ombudsman", &open, "assign", &[("agency", UNIT)]).await;
        assert_eq!(handed.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(handed.text().contains("It cannot go to it"), "{}", handed.text());
    })
    .await;
}
