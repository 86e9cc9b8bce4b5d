//! The job that makes the periodic report to those at the desk who asked for it: once for each period, in their language.
//!
//! It is counted and written here, and sent as all letters are: with attempts, and a link that stops it.

use super::digest::{Digest, Every, Periods, digest};
use super::facts::Facts;
use super::scorecard::Scope;
use super::store::{self, Subscriber};
use crate::app::Shared;
use crate::notification::ready::{self, Ready};
use crate::platform::error::{Error, Result};
use crate::platform::i18n::{I18n, Lang};
use askama::Template;
use domain::actor::{Actor, Role};
use domain::ids::PersonId;
use std::sync::Arc;

/// What a letter says.
struct Said {
    t: Lang,
    title: String,
    period: String,
    digest: Digest,
    link: String,
    sender: String,
    /// The link that stops it.
    stop: String,
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

/// Lays what is due into the line of letters: each once, on however many nodes. Not before the numbers are whole.
pub async fn run(app: Shared, facts: Arc<Facts>) -> Result<()> {
    if !facts.is_whole() {
        return Ok(());
    }
    let today = app.pack.load().local_date(app.clock.now());
    let mut failed = None;
    let now = today.to_string();
    for subscriber in app.db.read(store::subscribers).await? {
        let last = subscriber.every.newest(today).0.1.to_string();
        // Told of days to come: by a clock that was wrong.
        if (subscriber.done < last || subscriber.done > now)
            && let Err(error) = put((&app, &facts), subscriber, last).await
        {
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn put((app, facts): (&Shared, &Arc<Facts>), to: Subscriber, last: String) -> Result<()> {
    let letter = match &to.person {
        Some(person) => Some((person.clone(), ready((app, facts), &to, person).await?)),
        None => None,
    };
    let ctx = app.ctx(Actor::system());
    let put = app.db.write(move |conn| {
        if let Some((person, ready)) = &letter {
            let event = format!("report.{}.{}.{last}", to.account, to.every);
            ready::put(conn, &ctx, &event, person, ready)?;
        }
        Ok::<_, Error>(store::set_done(conn, &to.account, &last)?)
    });
    put.await
}

async fn ready(
    (app, facts): (&Shared, &Arc<Facts>),
    to: &Subscriber,
    person: &PersonId,
) -> Result<Ready> {
    let stop = ready::stop(&app.vault, &app.config.public_url, person);
    let said = said((app, facts), to, stop).await?;
    let rendered = |text: askama::Result<String>| {
        text.map_err(|e| Error::failed("write a periodic report", e))
    };
    Ok(Ready {
        subject: format!("{}, {}", said.title, said.period),
        text: rendered(Text { said: &said }.render())?,
        html: rendered(Html { said: &said }.render())?,
        sender: said.sender,
        stop: said.stop,
    })
}

async fn said((app, facts): (&Shared, &Arc<Facts>), to: &Subscriber, stop: String) -> Result<Said> {
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    let t = I18n::load().lang(&to.language);
    let all = to.roles.iter().any(|role| matches!(role, Role::Leader | Role::Administrator));
    let scope = Scope { agency: to.agency.clone().filter(|_| !all), ..Scope::default() };
    let (days, before) = Every::newest(to.every, pack.local_date(now));
    let periods = Periods::of(&pack, scope, days, before, now);
    let periods = periods.ok_or_else(|| Error::failed("count", "no such days"))?;
    let (facts, city) = (facts.clone(), pack.clone());
    let digest = tokio::task::spawn_blocking(move || digest(&facts.read(), &city, t, &periods));
    let period = t.s2("stats-period-is", "from", t.civil_date(days.0), "to", t.civil_date(days.1));
    Ok(Said {
        t,
        title: t.of("overview-report-", to.every).into_owned(),
        period: period.into_owned(),
        digest: digest.await.map_err(|e| Error::failed("count", e))?,
        link: format!("{}/desk/overview/report?every={}", app.config.public_url, to.every),
        sender: format!("{} · {}", pack.service_name.text(t.code()), pack.name.text(t.code())),
        stop,
    })
}
