//! The one page to see and stop all that somebody follows: `/my/follows` for who is signed in and for the browser that
//! takes notifications, `/follows/{token}` by the signed link in every letter.

use super::pages::{COOKIE, feed, rhythms};
use super::what::{Rhythm, Way};
use super::{Follow, mine};
use crate::app::{App, Shared};
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::Choice;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, cookie, show};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::Response;
use domain::ids::{FollowId, PersonId};
use domain::refusal::Refusal;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "letters/mine.html")]
struct MinePage {
    page: Page,
    t: Lang,
    action: String,
    follows: Vec<Line>,
    /// We know who it is, so that an empty list is one.
    known: bool,
    /// A letter of ours led here, or the account is theirs.
    done: bool,
}

/// Something somebody follows.
struct Line {
    id: String,
    title: String,
    href: String,
    feed: Option<String>,
    way: &'static str,
    rhythm: String,
    /// To choose another one from; none where there is no choice.
    rhythms: Vec<Choice>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MineForm {
    /// A follow to stop, or `all`.
    stop: String,
    /// A follow to be told of in another rhythm.
    follow: String,
    rhythm: String,
}

pub async fn own_page(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response> {
    shown(&app, &visitor, &people(&app, &visitor, &headers), false).await
}

pub async fn own(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<MineForm>,
) -> Result<Response> {
    let people = people(&app, &visitor, &headers);
    change(&app, &visitor, &people, form).await?;
    shown(&app, &visitor, &people, true).await
}

pub async fn linked_page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response> {
    let people = vec![mine::of_token(&app.vault, &token)?];
    shown(&app, &visitor, &people, false).await
}

pub async fn linked(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(form): Form<MineForm>,
) -> Result<Response> {
    let people = vec![mine::of_token(&app.vault, &token)?];
    change(&app, &visitor, &people, form).await?;
    shown(&app, &visitor, &people, true).await
}

/// Who is looking: the signed-in person, and whoever this browser is known as.
fn people(app: &App, visitor: &Visitor, headers: &HeaderMap) -> Vec<PersonId> {
    let signed = visitor.signed.as_ref().and_then(|signed| signed.person.clone());
    let browser = cookie(headers, COOKIE).and_then(|t| mine::of_token(&app.vault, t).ok());
    let mut people: Vec<PersonId> = signed.into_iter().chain(browser).collect();
    people.dedup();
    people
}

async fn change(app: &App, visitor: &Visitor, people: &[PersonId], form: MineForm) -> Result<()> {
    let (ctx, people) = (app.ctx(visitor.reporter()), people.to_vec());
    let id = |text: &str| FollowId::parse(text).map_err(|_| Error::from(Refusal::NotFound));
    let rhythm = Rhythm::parse(&form.rhythm);
    match (form.stop.as_str(), rhythm) {
        ("", Some(rhythm)) => {
            let follow = id(&form.follow)?;
            app.db
                .write(move |conn| {
                    for person in &people {
                        super::set_rhythm(conn, person, &follow, rhythm)?;
                    }
                    Ok::<_, Error>(())
                })
                .await
        }
        ("", None) => Err(Refusal::Missing { field: "stop" }.into()),
        (stop, _) => {
            let one = if stop == "all" { None } else { Some(id(stop)?) };
            app.db
                .write(move |conn| {
                    for person in &people {
                        super::stop_own(conn, &ctx, person, one.as_ref())?;
                    }
                    Ok::<_, Error>(())
                })
                .await
        }
    }
}

async fn shown(app: &App, visitor: &Visitor, people: &[PersonId], done: bool) -> Result<Response> {
    let wanted = people.to_vec();
    let follows = app
        .db
        .read(move |conn| {
            let mut all = Vec::new();
            for person in &wanted {
                all.extend(super::store::running_of(conn, person.as_str())?);
            }
            Ok::<_, Error>(all)
        })
        .await?;
    let (t, pack) = (visitor.t, app.pack.load());
    let line = |follow: Follow| Line {
        id: follow.id.to_string(),
        title: follow.what.title(&pack, t),
        href: follow.what.path(),
        feed: feed(&follow.what),
        way: follow.way.as_str(),
        rhythm: t.of("follow-rhythm-", follow.rhythm).into_owned(),
        rhythms: if follow.way == Way::Mail { rhythms(t, follow.rhythm) } else { Vec::new() },
    };
    let mut page = show(&MinePage {
        page: visitor.page(app, t.s("follows-title")),
        t,
        action: visitor.path.clone(),
        follows: follows.into_iter().map(line).collect(),
        known: !people.is_empty(),
        done,
    });
    page.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(page)
}
