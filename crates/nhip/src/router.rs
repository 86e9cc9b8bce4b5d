//! Every URL, in one table, with who may come and at what pace. Read it to know what this service answers.

use crate::account::policy::Action;
use crate::accountability::{card_pages as cards, explanation_pages as explanations};
use crate::conversation::lock::{count_pages, desk_pages as locks, own_pages as own_locks};
use crate::conversation::{
    flag_pages as flags, queue_pages as comment_queue, report_pages, support_http,
};
use crate::desk::{calendar_pages, live, staff_pages};
use crate::front::pages as front_pages;
use crate::gate::{Access, Gate, guard, turns};
use crate::node::Node;
use crate::notification::follow::{device_http, mine_pages, pages as follows};
use crate::notification::pages as letters;
use crate::notification::webhook::desk_pages as webhooks;
use crate::open311::{http as open311, reference_http as reference};
use crate::oversight::{
    behind_pages, integrity_pages as integrity, league_pages, open_data, overview_pages,
    stats_pages,
};
use crate::platform::error::Error;
use crate::platform::http::client::know;
use crate::platform::http::csrf::csrf;
use crate::platform::http::file::packs_better;
use crate::platform::http::headers::{Policy, headers};
use crate::platform::http::pace::Pace;
use crate::platform::http::pressure::{Pressure, weigh};
use crate::platform::http::seen::{RequestIds, Seer, seen};
use crate::platform::telemetry::said;
use crate::platform::{self, limits};
use crate::procedure::pages as procedures;
use crate::service_request::form::{
    pages as new, photos_http as new_photos, similar_pages as new_similar,
};
use crate::service_request::public::{
    about, base_map, feeds, map, places, promises, reports, slip, tiles,
};
use crate::service_request::reporter::{action_pages as my_acts, pages as my};
use crate::service_request::staff::{
    action_http, bulk_action_http, bulk_assign_pages, case_pages, entry_pages, field_http,
    field_pages, mask_photo_pages, queue_pages,
};
use crate::task::{new_pages as new_task, pages as tasks};
use crate::visitor::{OwnForm, visit};
use crate::{account_pages, health, metrics, service_request, site};
use Access::{Everyone, SignedIn, Staff, Watcher};
use Pace::{Api, Read, Secret, Submit, Write};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use domain::refusal::Refusal;
use std::any::Any;
use std::convert::Infallible;
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _};

/// A row of the table.
pub struct Route {
    pub path: &'static str,
    pub access: Access,
    pub pace: Pace,
    /// Bytes a request may have.
    pub body: usize,
    pub handler: MethodRouter<Node>,
}

fn route(path: &'static str, access: Access, pace: Pace, handler: MethodRouter<Node>) -> Route {
    Route { path, access, pace, body: limits::FORM_BYTES, handler }
}

/// The same, for forms with photos.
fn upload(path: &'static str, access: Access, pace: Pace, handler: MethodRouter<Node>) -> Route {
    Route { body: limits::UPLOAD_BYTES, ..route(path, access, pace, handler) }
}

/// What pages of other sites may read, and whose errors are told in its own form whatever the method.
fn open(handler: MethodRouter<Node>) -> MethodRouter<Node> {
    handler.options(open311::preflight).fallback(open311::other_method)
}

/// The table.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub fn routes() -> Vec<Route> {
    vec![
        route("/letters/stop/{token}", Everyone, Read, get(letters::stop_page).post(letters::stop)),
        route(
            "/letters/follow/{token}",
            Everyone,
            Write,
            get(follows::confirm_page).post(follows::confirm),
        ),
        route(
            "/reports/{code}/follow",
            Everyone,
            Write,
            get(follows::report_page).post(follows::report),
        ),
        route("/follow", Everyone, Write, get(follows::list_page).post(follows::list)),
        route(
            "/follows/{token}",
            Everyone,
            Write,
            get(mine_pages::linked_page).post(mine_pages::linked),
        ),
        route("/follows/device", Everyone, Write, post(device_http::moved)),
        route("/my/follows", Everyone, Write, get(mine_pages::own_page).post(mine_pages::own)),
        route("/desk/letters", Staff(Action::SeeDeliveries), Read, get(letters::desk_page)),
        route(
            "/desk/letters/{id}/send-again",
            Staff(Action::ResendDelivery),
            Write,
            post(letters::send_again),
        ),
        route(
            "/desk/letters/stuck/{id}",
            Staff(Action::ResendDelivery),
            Write,
            post(letters::try_again),
        ),
        upload(
            "/open311/v2/{document}",
            Everyone,
            Api,
            open(get(open311::document).post(open311::file)),
        ),
        route("/open311/v2/services/{code}", Everyone, Api, open(get(open311::definition))),
        route("/open311/v2/requests/{id}", Everyone, Api, open(get(open311::report))),
        route("/open311/v2/tokens/{token}", Everyone, Api, open(get(open311::token))),
        route("/api", Everyone, Read, get(reference::page)),
        route("/api/openapi.json", Everyone, Read, get(reference::document)),
        route("/", Everyone, Read, get(front_pages::front)),
        route("/reports", Everyone, Read, get(reports::reports)),
        route("/reports.atom", Everyone, Read, get(feeds::atom)),
        route("/reports/{code}", Everyone, Read, get(report_pages::report)),
        route(
            "/reports/{code}/comments",
            Everyone,
            Write,
            get(report_pages::to_discussion).post(report_pages::comment),
        ),
        route(
            "/reports/{code}/comments/{id}/flag",
            Everyone,
            Write,
            get(flags::form).post(flags::send),
        ),
        route("/locked", Everyone, Read, get(own_locks::page)),
        route(
            "/locked/{id}/appeal",
            Everyone,
            Write,
            get(own_locks::to_page).post(own_locks::send),
        ),
        route("/moderation", Everyone, Read, get(count_pages::page)),
        route("/reports/{code}/support", Everyone, Write, post(support_http::tap)),
        route("/reports/{code}/slip", Everyone, Read, get(slip::slip)),
        route("/map", Everyone, Read, get(map::page)),
        route("/map/tiles/{z}/{x}/{y}", Everyone, Read, get(tiles::tile)),
        route("/map/list", Everyone, Read, get(tiles::list)),
        route("/map/places", Everyone, Read, get(places::page)),
        route("/map/base.json", Everyone, Read, get(base_map::what)),
        route("/map/ground.json", Everyone, Read, get(base_map::ground)),
        route("/map/base.pmtiles", Everyone, Read, get(base_map::file)),
        route("/map/areas.json", Everyone, Read, get(map::areas)),
        route("/agencies", Everyone, Read, get(league_pages::league)),
        route("/agencies/{id}", Everyone, Read, get(stats_pages::agency)),
        route("/open-data", Everyone, Read, get(open_data::pages::page)),
        route("/open-data/", Everyone, Read, get(open_data::pages::page)),
        route("/open-data/{file}", Everyone, Read, get(open_data::pages::file)),
        route("/stats", Everyone, Read, get(stats_pages::stats)),
        route("/stats/reports", Everyone, Read, get(behind_pages::behind)),
        route("/fields/{id}", Everyone, Read, get(stats_pages::field)),
        route("/areas/{id}", Everyone, Read, get(stats_pages::area)),
        route("/promises", Everyone, Read, get(promises::promises)),
        route("/explanations", Everyone, Read, get(explanations::list)),
        route("/cards", Everyone, Read, get(cards::list)),
        route("/about", Everyone, Read, get(about::about)),
        route("/what-happens", Everyone, Read, get(about::what_happens)),
        route("/manifest.webmanifest", Everyone, Read, get(site::manifest)),
        route("/worker.js", Everyone, Read, get(site::worker)),
        route("/unsent", Everyone, Read, get(site::unsent)),
        route("/procedures", Everyone, Read, get(procedures::list)),
        route("/procedures/{code}", Everyone, Read, get(procedures::version)),
        route("/robots.txt", Everyone, Read, get(about::robots)),
        route("/healthz", Everyone, Read, get(health::alive)),
        route("/readyz", Everyone, Read, get(health::ready)),
        route("/metrics", Watcher, Read, get(metrics::show)),
        route("/assets/{*path}", Everyone, Read, get(platform::assets::serve)),
        route("/assets/pack.css", Everyone, Read, get(site::colours)),
        route("/dev/components", Everyone, Read, get(site::components)),
        route(
            "/sign-in",
            Everyone,
            Write,
            get(account_pages::sign_in_form).post(account_pages::sign_in),
        ),
        route(
            "/sign-in/code",
            Everyone,
            Write,
            get(account_pages::owe_code).post(account_pages::give_code),
        ),
        route(
            "/sign-in/link",
            Everyone,
            Submit,
            get(account_pages::link_form).post(account_pages::send_link),
        ),
        route(
            "/sign-in/link/{token}",
            Everyone,
            Secret,
            get(account_pages::opened_link).post(account_pages::open_link),
        ),
        route("/sign-out", Everyone, Write, post(account_pages::sign_out)),
        route("/account", SignedIn, Write, get(account_pages::account).post(account_pages::change)),
        route("/account/email", SignedIn, Secret, post(account_pages::confirm)),
        route("/account/password", SignedIn, Secret, post(account_pages::password)),
        route(
            "/account/second-factor",
            SignedIn,
            Secret,
            get(account_pages::second_factor).post(account_pages::set_second_factor),
        ),
        route(
            "/account/sessions",
            SignedIn,
            Write,
            get(account_pages::sessions).post(account_pages::end_sessions),
        ),
        route("/desk", Staff(Action::SeeDesk), Read, get(queue_pages::now)),
        route("/desk/intake", Staff(Action::Intake), Read, get(queue_pages::intake)),
        route("/desk/review", Staff(Action::Review), Read, get(queue_pages::review)),
        route("/desk/mine", Staff(Action::Work), Read, get(queue_pages::mine)),
        route("/desk/on-site", Staff(Action::Work), Read, get(field_pages::page)),
        upload(
            "/desk/on-site/{code}",
            Staff(Action::Work),
            Write,
            get(field_pages::to_list).post(field_http::answer),
        ),
        route("/desk/search", Staff(Action::SeeDesk), Read, get(queue_pages::search)),
        route(
            "/desk/search/people",
            Staff(Action::SearchPeople),
            Write,
            post(queue_pages::search_people),
        ),
        route(
            "/desk/explanations",
            Staff(Action::SeeDesk),
            Write,
            get(explanations::desk).post(explanations::ask),
        ),
        route(
            "/desk/explanations/{id}/answer",
            Staff(Action::Explain),
            Write,
            get(explanations::to_desk).post(explanations::answer),
        ),
        route("/desk/tasks", Staff(Action::SeeDesk), Read, get(tasks::list)),
        route(
            "/desk/tasks/new",
            Staff(Action::SeeDesk),
            Write,
            get(new_task::page).post(new_task::give),
        ),
        route("/desk/tasks/{number}", Staff(Action::SeeDesk), Read, get(tasks::page)),
        route(
            "/desk/tasks/{number}/{verb}",
            Staff(Action::SeeDesk),
            Write,
            get(tasks::to_task).post(tasks::act),
        ),
        route("/desk/cards", Staff(Action::SeeDesk), Read, get(cards::desk)),
        route(
            "/desk/cards/{id}/contest",
            Staff(Action::Explain),
            Write,
            get(cards::to_desk).post(cards::contest),
        ),
        route(
            "/desk/cards/{id}/rule",
            Staff(Action::AskExplanation),
            Write,
            get(cards::to_desk).post(cards::rule),
        ),
        route(
            "/desk/calendar",
            Staff(Action::Administer),
            Write,
            get(calendar_pages::page).post(calendar_pages::add),
        ),
        route(
            "/desk/calendar/{date}/remove",
            Staff(Action::Administer),
            Write,
            get(calendar_pages::to_calendar).post(calendar_pages::remove),
        ),
        route("/desk/staff", Staff(Action::ManageAccounts), Read, get(staff_pages::list)),
        route(
            "/desk/staff/new",
            Staff(Action::ManageAccounts),
            Write,
            get(staff_pages::new).post(staff_pages::add),
        ),
        route(
            "/desk/staff/{id}",
            Staff(Action::ManageAccounts),
            Write,
            get(staff_pages::person).post(staff_pages::change),
        ),
        route(
            "/desk/staff/{id}/{act}",
            Staff(Action::ManageAccounts),
            Write,
            get(staff_pages::to_person).post(staff_pages::act),
        ),
        route(
            "/desk/webhooks",
            Staff(Action::Administer),
            Write,
            get(webhooks::page).post(webhooks::send),
        ),
        route(
            "/desk/webhooks/{id}/{act}",
            Staff(Action::Administer),
            Write,
            get(webhooks::to_page).post(webhooks::act),
        ),
        route("/desk/comments", Staff(Action::Moderate), Read, get(comment_queue::list)),
        route(
            "/desk/comments/{id}/{ruling}",
            Staff(Action::Moderate),
            Write,
            post(comment_queue::judge),
        ),
        route("/desk/locks", Staff(Action::SeeLocks), Read, get(locks::list)),
        route(
            "/desk/locks/new/{comment}",
            Staff(Action::Moderate),
            Write,
            get(locks::form).post(locks::send),
        ),
        route(
            "/desk/locks/{id}/rule",
            Staff(Action::RuleOnLock),
            Write,
            get(locks::to_list).post(locks::decide),
        ),
        route("/desk/integrity", Staff(Action::SeeIntegrity), Read, get(integrity::panel)),
        route("/desk/integrity/{id}", Staff(Action::SeeIntegrity), Read, get(integrity::behind)),
        route("/desk/decide", Staff(Action::Intake), Write, post(bulk_action_http::decide)),
        route("/desk/assign", Staff(Action::BulkAssign), Write, post(bulk_assign_pages::hand_over)),
        upload(
            "/desk/new",
            Staff(Action::EnterOnBehalf),
            Write,
            get(entry_pages::form).post(entry_pages::enter),
        ),
        route("/desk/overview", Staff(Action::Oversee), Read, get(overview_pages::overview)),
        route("/desk/overview/report", Staff(Action::Oversee), Read, get(overview_pages::report)),
        route(
            "/desk/overview/letters",
            Staff(Action::Oversee),
            Write,
            post(overview_pages::subscribe),
        ),
        route("/desk/open-data", Staff(Action::Oversee), Write, post(open_data::pages::renew)),
        route("/desk/events", Staff(Action::SeeDesk), Read, get(live::events)),
        route("/desk/reports/{code}", Staff(Action::SeeDesk), Read, get(case_pages::case)),
        route(
            "/desk/reports/{code}/contact",
            Staff(Action::OpenIdentity),
            Write,
            post(action_http::contact),
        ),
        upload(
            "/desk/reports/{code}/answer",
            Staff(Action::SeeDesk),
            Write,
            post(action_http::answer_form),
        ),
        upload(
            "/desk/reports/{code}/deliver",
            Staff(Action::SeeDesk),
            Write,
            post(action_http::deliver_form),
        ),
        route(
            "/desk/reports/{code}/cover/{media}",
            Staff(Action::SeeDesk),
            Write,
            get(mask_photo_pages::form).post(mask_photo_pages::send),
        ),
        route(
            "/desk/reports/{code}/{verb}",
            Staff(Action::SeeDesk),
            Write,
            get(case_pages::form).post(action_http::act),
        ),
        route(
            "/media/{id}/{size}",
            Everyone,
            Read,
            get(service_request::public::media_http::photo),
        ),
        upload("/new", Everyone, Write, get(new::form).post(new::send)),
        Route {
            body: limits::PHOTO_BYTES + limits::FORM_BYTES,
            ..route("/new/photos", Everyone, Write, post(new_photos::take))
        },
        route("/new/photos/{ticket}", Everyone, Read, get(new_photos::look)),
        route("/new/suggest", Everyone, Read, get(new::suggested)),
        route("/new/questions", Everyone, Read, get(new::asked)),
        route("/new/where", Everyone, Read, get(new::place)),
        route("/new/similar", Everyone, Read, get(new_similar::similar)),
        route("/receipt/{secret}", Everyone, Read, get(my::open)),
        route("/my", SignedIn, Read, get(service_request::reporter::list_pages::list)),
        route("/my/{code}", Everyone, Read, get(my::page)),
        route("/my/{code}/qr.svg", Everyone, Read, get(my::qr)),
        route("/my/{code}/media/{id}/{size}", Everyone, Read, get(my::photo)),
        upload("/my/{code}/reply", Everyone, Write, post(my_acts::reply)),
        upload("/my/{code}/photos", Everyone, Write, post(my_acts::photos)),
        route("/my/{code}/confirm_done", Everyone, Write, post(my_acts::confirm_done)),
        route("/my/{code}/deny_done", Everyone, Write, post(my_acts::deny_done)),
        upload("/my/{code}/rate", Everyone, Write, post(my_acts::rate)),
        route("/my/{code}/reopen", Everyone, Write, post(my_acts::reopen)),
        route("/my/{code}/appeal", Everyone, Write, post(my_acts::appeal)),
        route("/my/{code}/contest", Everyone, Write, post(my_acts::contest)),
        route(
            "/my/{code}/withdraw",
            Everyone,
            Write,
            get(my::withdraw_page).post(my_acts::withdraw),
        ),
    ]
}

/// How hard pages are compressed, of 11 for brotli: above it they take long and hardly get smaller.
const PAGE_QUALITY: CompressionLevel = CompressionLevel::Precise(5);

/// The table as a service, with what all requests share around it.
pub fn service(node: Node) -> Router {
    let app = &node.app;
    let mut router = Router::new();
    let turns = turns();
    for row in routes() {
        let gate = Gate::new(row.path, row.access, row.pace, &turns);
        let guarded = row
            .handler
            .layer::<_, Infallible>(from_fn_with_state((app.clone(), gate), guard))
            .layer(DefaultBodyLimit::max(row.body));
        router = router.route(row.path, guarded);
    }
    let policy = Policy::new(app.config.is_https(), app.base_map.origin());
    let seer: Seer = (app.metrics.clone(), Arc::new(RequestIds::new(&app.ids)));
    router
        .fallback(|| async { Error::from(Refusal::NotFound) })
        .layer(from_fn(csrf))
        // A panic is told like any other failure; the second layer is for those of `visit` itself.
        .layer(CatchPanicLayer::custom(broken))
        .layer(from_fn_with_state((app.clone(), open311::dress as OwnForm), visit))
        .layer(from_fn_with_state(Arc::<Pressure>::default(), weigh))
        .layer(from_fn_with_state(Arc::new(app.config.proxies.clone()), know))
        .layer(
            CompressionLayer::new()
                .quality(PAGE_QUALITY)
                .compress_when(DefaultPredicate::new().and(packs_better)),
        )
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(policy, headers))
        .layer(from_fn_with_state(seer, seen))
        .with_state(node)
}

fn broken(panic: Box<dyn Any + Send>) -> Response {
    Error::failed("answer", said(panic.as_ref())).into_response()
}
