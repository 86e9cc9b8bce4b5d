//! `nhip demo`: a city with an invented past, to try everything in.
//!
//! The crate `demo` has the sentences and draws, `album` keeps the photos, `life` tells the story of one report by the
//! same actions that people use, `talk` lets people talk about it, `staff` makes the sign-ins. The same seed makes the same city. Nothing here is a
//! report of a real person, and nobody is written to about it.

mod album;
mod life;
mod retold;
mod staff;
mod talk;

use crate::app::Shared;
use crate::options::DemoOptions;
use crate::platform::clock::Clock;
use crate::platform::ctx::Ids;
use crate::platform::error::{Error, Result};
use crate::platform::{outbox, pack_dir};
use crate::service_request::action::submit::Submission;
use crate::stop::Stop;
use crate::{serve, service_request};
use album::Album;
use demo::material::{Dice, Material};
use domain::pack::{Pack, PackFiles};
use domain::place::Exactness;
use domain::service_request::Channel;
use jiff::SignedDuration;
use life::Teller;
pub use retold::FILE as TOLD_TWICE;
use retold::Retold;
use std::time::{Duration, Instant};

/// Stories told in one transaction: all or none of them is there after a crash.
const BATCH: usize = 100;
/// Minutes between new reports while the demo runs.
const BEAT_MINUTES: u64 = 12;
const DAYS: f64 = 365.0;
/// Scenes drawn of each subject for a city of 3,000 reports.
const SCENES: u64 = 3;

/// Makes the city if it is not there yet, says how to sign in, and serves it.
pub fn run(options: DemoOptions) -> std::result::Result<(), Stop> {
    let started = Instant::now();
    let files = pack_dir::load(&options.pack)?;
    let pack = pack_dir::load_checked(&options.pack)?;
    let material = Material::of(&files)?;
    let clock = clock(&options, &pack)?;
    let node = serve::open(options.common.config(true), pack, &options.common, clock)?;
    let (app, runtime) = (node.app.clone(), serve::runtime()?);
    let sign_ins = runtime.block_on(staff::sign_ins(&app))?;
    let written = runtime.block_on(write_past(&app, (options.reports, options.seed), material))?;
    if written > 0 {
        say(&format!(
            "Wrote {written} invented reports of the last 12 months in {:.1} s.",
            started.elapsed().as_secs_f64()
        ));
    }
    let url = app.config.public_url.clone();
    runtime.block_on(serve::listen(node, options.pack, move || {
        for line in sign_ins {
            say(&line);
        }
        say(&format!(
            "The city is at {url} (ready after {:.1} s; stop with Ctrl-C).",
            started.elapsed().as_secs_f64()
        ));
        if !options.still {
            tokio::spawn(beat(app, files));
        }
    }))
}

/// The real clock, or one that starts on the day that was asked for, in the city's zone.
fn clock(options: &DemoOptions, pack: &Pack) -> std::result::Result<Clock, Stop> {
    let Some(until) = options.until else { return Ok(Clock::System) };
    let at = pack.calendar.zone().to_timestamp(until);
    let at = at.map_err(|e| Stop::from(format!("--until {until}: {e}")))?;
    Ok(Clock::starting_at(at))
}

#[expect(
    clippy::print_stdout,
    reason = "sign-ins and address are for whoever started the demo, and for scripts"
)]
fn say(line: &str) {
    println!("{line}");
}

async fn teller(
    app: &Shared,
    seed: u64,
    ids: Ids,
    material: Material,
    scenes: u64,
) -> Result<Teller> {
    let pack = app.pack.load_full();
    let now = app.clock.now();
    let album = Album::draw(&app.media, &pack.services, scenes, seed, &ids, now).await?;
    let centre = staff::centre(app).await?;
    let dice = Dice::new(seed);
    let areas = app.locator.load_full();
    let voices = talk::Voices { dice: Dice::new(!seed), ids: Ids::seeded(!seed) };
    let retold = Retold::new(seed);
    Ok(Teller { pack, areas, material, album, centre, ids, dice, now, retold, voices })
}

/// Gives an empty city its sign-ins and an invented past of so many reports; the same seed makes the same city.
pub async fn invent(app: &Shared, files: &PackFiles, reports: usize, seed: u64) -> Result<usize> {
    let material = Material::of(files).map_err(|e| Error::failed("read demo.toml", e))?;
    staff::sign_ins(app).await?;
    write_past(app, (reports, seed), material).await
}

/// Writes the past if there is none; how many reports it wrote.
async fn write_past(
    app: &Shared,
    (reports, seed): (usize, u64),
    material: Material,
) -> Result<usize> {
    if app.db.read(service_request::store::any).await? {
        return Ok(0);
    }
    say(&format!("Inventing {reports} reports: this takes about half a minute, once."));
    let scenes = if reports < 1_000 { 1 } else { SCENES };
    let mut teller = teller(app, seed, Ids::seeded(seed), material, scenes).await?;
    let mut told = 0;
    while told < reports {
        let (from, to, total) = (told, (told + BATCH).min(reports), reports);
        teller = app
            .db
            .write(move |conn| -> Result<Teller> {
                for i in from..to {
                    let at = moment(&mut teller, i, total);
                    life::live(conn, &mut teller, at)?;
                }
                outbox::store::forget_all(conn)?;
                Ok(teller)
            })
            .await?;
        told = to;
    }
    let path = app.config.data.join(retold::FILE);
    tokio::fs::write(&path, teller.retold.truth())
        .await
        .map_err(|e| Error::failed("write which reports were told twice", e))?;
    Ok(told)
}

/// When the `i`th of `total` reports came: evenly over the year, a little more of late, by day more than by night.
fn moment(t: &mut Teller, i: usize, total: usize) -> jiff::Timestamp {
    let share = (i as f64 + t.dice.between(0.0, 1.0)) / total.max(1) as f64;
    let days_ago = DAYS * (1.0 - share).powf(1.25);
    let mut at = t.now - SignedDuration::from_secs((days_ago * 86_400.0) as i64);
    let zone = t.pack.calendar.zone().clone();
    let hour = |at: jiff::Timestamp| zone.to_datetime(at).hour();
    for _ in 0..3 {
        if (6..22).contains(&hour(at)) {
            break;
        }
        at = at.checked_sub(SignedDuration::from_hours(5)).unwrap_or(at);
    }
    at
}

/// Who calls often cannot say more than the area, and what lies in its middle was never pointed at.
fn as_told(sent: &mut Submission, pack: &Pack) {
    let Some(area) = pack.area(&sent.area.0) else { return };
    let calls =
        sent.channel == Channel::Phone && sent.description.chars().count().is_multiple_of(4);
    if calls || sent.point == area.centre {
        (sent.point, sent.exactness, sent.area.1) = (area.centre, Exactness::Area, false);
    }
}

/// The pulse: a new report now and then, while somebody looks.
async fn beat(app: Shared, files: PackFiles) {
    let material = Material::of(&files).unwrap_or_default();
    let mut teller =
        match teller(&app, app.clock.now().as_second().unsigned_abs(), Ids::system(), material, 1)
            .await
        {
            Ok(teller) => teller,
            Err(error) => {
                tracing::error!(%error, "the demo has no pulse");
                return;
            }
        };
    let mut beats = tokio::time::interval(Duration::from_mins(BEAT_MINUTES));
    beats.tick().await;
    loop {
        beats.tick().await;
        let at = app.clock.now();
        let sent = app.db.write(move |conn| -> Result<_> {
            let report = life::sent(conn, &mut teller, at)?;
            Ok((teller, report))
        });
        match sent.await {
            Ok((again, report)) => {
                teller = again;
                app.tell(&report);
            }
            Err(error) => {
                tracing::error!(%error, "the demo's pulse stopped");
                return;
            }
        }
    }
}
