//! Many reports decided at once at intake: each on its own, all or nothing, and a summary of what could not be done. As
//! with one, what was decided can be taken back for some seconds.

use super::action_http::plain;
use super::bulk_assign_pages::{Handed, HandedPage};
use super::queue::{Queue, SHOWN_AT_MOST};
use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::service_request::action::{On, undo};
use crate::service_request::store;
use crate::visitor::{Visitor, show};
use axum::extract::State;
use axum::response::Response;
use domain::ids::ServiceRequestId;
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;
use jiff::Timestamp;
use std::sync::Arc;

/// What can be done to many at once.
const VERBS: [Verb; 4] = [Verb::Accept, Verb::Refuse, Verb::Merge, Verb::Undo];

/// `POST /desk/decide`: `do` is the verb, each `pick` a report and the version that was seen.
pub async fn decide(
    State(app): State<Shared>,
    visitor: Visitor,
    mut typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let verb = Verb::parse(typed.get("do")).filter(|verb| VERBS.contains(verb));
    let verb = verb.ok_or(Refusal::Invalid { field: "do" })?;
    let picked = picked(&typed);
    if verb == Verb::Merge && typed.get("merge_into").trim().is_empty() {
        let ids = picked.iter().map(|on| on.id.clone()).collect();
        if let Some(first) = oldest(&app, ids).await? {
            typed.keep_only("merge_into", &[]);
            typed.push("merge_into", first.grouped());
        }
    }
    let into = ServiceRequestId::from_human(typed.get("merge_into"));
    let typed = Arc::new(typed);
    let mut page = HandedPage::of(&app, &visitor, app.tabs(&visitor, signed).await?);
    page.title(visitor.t.s1("desk-title-decided", "verb", visitor.t.of("verb-", verb)));
    page.back = Queue::parse(typed.get("queue")).unwrap_or(Queue::Intake).path();
    let mut first_over = Timestamp::MAX;
    for on in picked {
        // The one the others are joined to stays.
        if verb == Verb::Merge && into.as_ref() == Some(&on.id) {
            continue;
        }
        let id = on.id.clone();
        let done = one(&app, signed, on, verb, &typed).await;
        let said = match &done {
            Ok((report, _)) if verb == Verb::Accept => agency_of(&app, &visitor, report),
            Ok(_) => visitor.t.of("verb-", verb).into_owned(),
            Err(error) => answer::sentence(error, visitor.t),
        };
        if let Ok((report, Some(until))) = &done {
            page.undo.push(format!("{}:{}", report.id, report.version));
            first_over = first_over.min(*until);
        }
        page.results.push(Handed::of(&id, done.is_ok(), said));
    }
    // The first of them is over first.
    page.until = first_over.duration_since(app.clock.now()).as_secs().max(0);
    Ok(show(&page.sorted()))
}

/// The reports that were ticked.
pub(super) fn picked(typed: &Form) -> Vec<On> {
    let one = |picked: &str| {
        let (id, seen) = picked.split_once(':')?;
        Some(On { id: ServiceRequestId::parse(id).ok()?, seen: Some(seen.parse().ok()?) })
    };
    typed.all("pick").take(SHOWN_AT_MOST).filter_map(one).collect()
}

/// The one that came first: what came later is joined to it.
async fn oldest(app: &Shared, ids: Vec<ServiceRequestId>) -> Result<Option<ServiceRequestId>> {
    let found = app.db.read(move |conn| {
        let mut found = Vec::new();
        for id in ids {
            found.extend(store::find(conn, &id)?);
        }
        Ok::<_, Error>(found)
    });
    let first = found.await?.into_iter().min_by_key(|r| (r.received_at, r.id.clone()));
    Ok(first.map(|report| report.id))
}

async fn one(
    app: &Shared,
    signed: &Signed,
    on: On,
    verb: Verb,
    typed: &Arc<Form>,
) -> Result<(ServiceRequest, Option<Timestamp>)> {
    let id = on.id.clone();
    let report = app.db.read(move |conn| store::find(conn, &id)).await?.ok_or(Refusal::NotFound)?;
    if !may(signed, Action::SeeDesk, Some(&report)) {
        return Err(Refusal::NotFound.into());
    }
    let ctx = app.ctx(signed.actor_for(verb, &report)?);
    let typed = typed.clone();
    let (acted, until) = app
        .db
        .write(move |conn| {
            undo::with_time(conn, &ctx, &on, verb, |conn| plain(conn, &ctx, &on, verb, &typed))
        })
        .await?;
    app.tell(&acted.report);
    Ok((acted.report, until))
}

fn agency_of(app: &Shared, visitor: &Visitor, report: &ServiceRequest) -> String {
    let pack = app.pack.load();
    let agency = pack.agency(&report.agency);
    let name = agency.map_or(report.agency.as_str(), |a| a.short.text(visitor.t.code()));
    visitor.t.s1("desk-goes-to", "agency", name).into_owned()
}
