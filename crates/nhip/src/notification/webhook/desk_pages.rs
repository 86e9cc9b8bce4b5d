//! `/desk/webhooks`: the programs that are told, what was sent to each and what came of it; add one (its secret is shown
//! once), pause, resume, stop, try.

use super::{Webhook, add, pause, resume, stop, test};
use crate::account::policy::Action;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::notification::follow::What;
use crate::notification::pages::{self as letters, Row as Call};
use crate::notification::store as deliveries;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::{JustDone, Page};
use crate::platform::http::view::{Tab, When};
use crate::platform::i18n::Lang;
use crate::service_request::list::filter::Asked as AskedList;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::WebhookId;
use domain::pack::Pack;
use domain::refusal::Refusal;

/// Calls shown of each.
const CALLS: usize = 10;
/// What can be done to one; the sentences after it are `webhook-done-…`.
const ACTS: [&str; 4] = ["pause", "resume", "stop", "test"];

#[derive(Template)]
#[template(path = "desk/webhooks.html")]
struct WebhooksPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    hooks: Vec<Hook>,
    /// Those that are no more.
    stopped: Vec<Hook>,
    /// An area of this city, for the example of a list.
    area: String,
    /// Name and secret of the one that was just made.
    made: Option<(String, String)>,
    /// `add`.
    form: OpenForm,
}

struct Hook {
    id: String,
    name: String,
    url: String,
    what: String,
    list: String,
    made: When,
    /// `running`, `paused`, `stopped`: the end of `webhook-state-…`.
    state: &'static str,
    calls: Vec<Call>,
    /// Of these calls.
    failed: usize,
}

impl WebhooksPage {
    fn said(&self) -> &str {
        self.form.said_beside("add", &["name", "url", "filter"])
    }
}

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<JustDone>,
) -> Result<Response> {
    let notice = visitor.t.done("webhook-done-", &ACTS, &asked.done);
    let mut drawn = draw(&app, &visitor, OpenForm::default()).await?;
    drawn.page = drawn.page.with_notice(notice);
    Ok(show(&drawn))
}

/// GET of a form's own address: there is no such page.
pub async fn to_page() -> Redirect {
    Redirect::to("/desk/webhooks")
}

/// POST `/desk/webhooks`: makes one. The answer is the only page that ever shows its secret.
pub async fn send(State(app): State<Shared>, visitor: Visitor, typed: Form) -> Result<Response> {
    let ctx = app.ctx(visitor.needs_sign_in()?.actor_to(Action::Administer)?);
    let (name, url) = (typed.get("name").to_owned(), typed.get("url").trim().to_owned());
    let (vault, caller) = (app.vault.clone(), app.caller.clone());
    let made = match list_of(typed.get("filter"), &app.pack.load()) {
        Ok(what) => {
            let called = name.clone();
            let added =
                app.db.write(move |conn| add(conn, &ctx, &vault, &caller, (&called, &url), what));
            added.await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok((_, secret)) => {
            let mut drawn = draw(&app, &visitor, OpenForm::default()).await?;
            drawn.made = Some((name, secret));
            Ok(show(&drawn))
        }
        Err(error) => {
            let (status, form) = OpenForm::refused(&app, &visitor, "add", typed, error)?;
            Ok((status, show(&draw(&app, &visitor, form).await?)).into_response())
        }
    }
}

/// The list behind what was typed: the address of a list, or what stands behind its question mark. What a mistyped word
/// would narrow is not to become the whole city.
fn list_of(typed: &str, pack: &Pack) -> Result<What> {
    let query = typed.trim().rsplit_once('?').map_or(typed.trim(), |(_, query)| query);
    let wrong = || Error::unacceptable("filter", "webhook-filter-wrong", 422);
    if !AskedList::parse(query, pack).problems.is_empty() {
        return Err(wrong());
    }
    let what = What::list(query, pack).ok_or_else(wrong)?;
    let narrows = what != What::List(String::new());
    if narrows || query.is_empty() || typed.trim().ends_with('?') { Ok(what) } else { Err(wrong()) }
}

/// POST `/desk/webhooks/{id}/{act}`.
pub async fn act(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((id, act)): Path<(String, String)>,
) -> Result<Response> {
    let ctx = app.ctx(visitor.needs_sign_in()?.actor_to(Action::Administer)?);
    let wanted = WebhookId::parse(&id).map_err(|_| Refusal::NotFound)?;
    let act = ACTS.into_iter().find(|known| *known == act).ok_or(Refusal::NotFound)?;
    let done = app.db.write(move |conn| match act {
        "pause" => pause(conn, &ctx, &wanted),
        "resume" => resume(conn, &ctx, &wanted),
        "stop" => stop(conn, &ctx, &wanted),
        _ => test(conn, &ctx, &wanted),
    });
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/webhooks?done={act}#w-{id}")).into_response()),
        // Somebody else was faster: this is how it stands now.
        Err(Error::Refused(Refusal::Unknown { .. })) => Err(Refusal::NotFound.into()),
        Err(error) => Err(error),
    }
}

async fn draw(app: &Shared, visitor: &Visitor, form: OpenForm) -> Result<WebhooksPage> {
    let signed = visitor.needs_sign_in()?;
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let read = app.db.read(|conn| {
        let mut found = Vec::new();
        for hook in super::list(conn)? {
            let calls = deliveries::calls_of(conn, &hook.id, CALLS)?;
            found.push((hook, calls));
        }
        Ok::<_, Error>(found)
    });
    let drawn = read.await?.into_iter().map(|(hook, calls)| {
        let calls: Vec<Call> =
            calls.iter().map(|call| letters::row(app, t, signed, call)).collect();
        let failed = calls.iter().filter(|call| call.state == "failed").count();
        Hook { calls, failed, ..drawn(app, &pack, t, &hook) }
    });
    let (stopped, hooks) = drawn.partition(|hook| hook.state == "stopped");
    let mut page = visitor.page(app, t.s("webhook-title")).with_mistakes(form.is_wrong());
    "/desk/webhooks".clone_into(&mut page.path);
    Ok(WebhooksPage {
        page,
        t,
        tabs: app.tabs(visitor, signed).await?,
        hooks,
        stopped,
        area: pack.areas.first().map_or_else(String::new, |area| area.id.to_string()),
        made: None,
        form,
    })
}

fn drawn(app: &Shared, pack: &Pack, t: Lang, hook: &Webhook) -> Hook {
    let what = hook.what.as_ref();
    Hook {
        id: hook.id.to_string(),
        name: hook.name.clone(),
        url: hook.url.clone(),
        what: what.map_or_else(String::new, |what| what.title(pack, t)),
        list: what.map_or_else(String::new, What::path),
        made: When::moment(t, app.clock.now(), hook.created_at, pack.calendar.zone()),
        state: match (hook.ended_at, hook.paused_at) {
            (Some(_), _) => "stopped",
            (None, Some(_)) => "paused",
            (None, None) => "running",
        },
        calls: Vec::new(),
        failed: 0,
    }
}
