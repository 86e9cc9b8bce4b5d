//! The job that sends the periodic report to those at the desk who asked for it: once for each period, in their language.
//!
//! A letter that was sent is noted after it; killed in between, it goes again under the same `Message-ID`.

use super::digest::{Digest, Every, Periods, digest};
use super::scorecard::Scope;
use super::store::{self, Subscriber};
use crate::account::vault;
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::i18n::{I18n, Lang};
use crate::platform::mail::Letter;
use askama::Template;
use domain::service_request::workflow::Role;

/// What a letter says.
struct Said {
    t: Lang,
    title: String,
    period: String,
    digest: Digest,
    link: String,
    sender: String,
}

#[derive(Template)]
#[template(path = "oversight/letter.html")]
struct Html<'a> {
    said: &'a Said,
}

#[derive(Template)]
#[template(path = "oversight/letter.txt", escape = "none")]
struct Text<'a> {
    said: &'a Said,
}

/// Sends what is due; one that fails is tried again at the next beat and holds up no other.
pub async fn run(app: Shared) -> Result<()> {
    let today = app.pack.load().local_date(app.clock.now());
    let mut failed = None;
    for subscriber in app.db.read(store::subscribers).await? {
        let last = subscriber.every.newest(today).0.1.to_string();
        if subscriber.done >= last {
            continue;
        }
        if let Err(error) = send(&app, &subscriber).await {
            failed = Some(error);
            continue;
        }
        app.db.write(move |conn| store::set_done(conn, &subscriber.account, &last)).await?;
    }
    failed.map_or(Ok(()), Err)
}

async fn send(app: &Shared, to: &Subscriber) -> Result<()> {
    let Some(person) = to.person.clone() else { return Ok(()) };
    let vault = app.vault.clone();
    let identity = app.db.read(move |conn| vault::for_letters(conn, &vault, &person)).await?;
    let Some(address) = identity.and_then(|identity| identity.email) else { return Ok(()) };
    let said = said(app, to).await?;
    let rendered = |text: askama::Result<String>| {
        text.map_err(|e| Error::failed("write a periodic report", e))
    };
    let days = to.every.newest(app.pack.load().local_date(app.clock.now())).0;
    let letter = Letter {
        id: format!("report-{}-{}-{}", to.account, to.every, days.1),
        from_name: said.sender.clone(),
        to: address.as_str().to_owned(),
        subject: format!("{}, {}", said.title, said.period),
        text: rendered(Text { said: &said }.render())?,
        html: rendered(Html { said: &said }.render())?,
        stop: None,
        at: app.clock.now(),
    };
    app.mailer.send(letter).await.map_err(|e| Error::failed("send a periodic report", e.detail))
}

async fn said(app: &Shared, to: &Subscriber) -> Result<Said> {
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    let t = I18n::load().lang(&to.language);
    let all = to.roles.iter().any(|role| matches!(role, Role::Leader | Role::Administrator));
    let scope = Scope { agency: to.agency.clone().filter(|_| !all), ..Scope::default() };
    let (days, before) = Every::newest(to.every, pack.local_date(now));
    let periods = Periods::of(&pack, scope, days, before, now);
    let periods = periods.ok_or_else(|| Error::failed("count", "no such days"))?;
    let (counting, city) = (app.clone(), pack.clone());
    let digest =
        tokio::task::spawn_blocking(move || digest(&counting.facts.read(), &city, t, &periods));
    let period = t.s2("stats-period-is", "from", t.civil_date(days.0), "to", t.civil_date(days.1));
    Ok(Said {
        t,
        title: t.of("overview-report-", to.every).into_owned(),
        period: period.into_owned(),
        digest: digest.await.map_err(|e| Error::failed("count", e))?,
        link: format!("{}/desk/overview/report?every={}", app.config.public_url, to.every),
        sender: format!("{} · {}", pack.service_name.text(t.code()), pack.name.text(t.code())),
    })
}
