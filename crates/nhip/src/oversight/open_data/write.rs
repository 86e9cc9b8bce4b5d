//! Writes the folder of the open data, as the city stood at one moment.

use super::super::facts::{Book, Fact, Facts};
use super::super::store;
use super::table::{Cell, Column, Table, not_written};
use super::{published, tables};
use crate::case::event_store;
use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, Db};
use crate::platform::error::Result;
use crate::service_request::list::filter::PageKey;
use crate::service_request::list::store as list_store;
use crate::service_request::view::{ReportView, view};
use domain::case::CaseRef;
use domain::case::Event;
use domain::disclosure::{Audience, Part};
use domain::ids::ServiceRequestId;
use domain::pack::Pack;
use domain::service_request::{ServiceRequest, State};
use domain::time::DayKind;
use jiff::Timestamp;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

/// Reports read at once.
const BATCH: usize = 1_000;

/// Replaces `folder` by files as of now, for [`super::edition`] or for somebody at the command line.
pub async fn write(db: &Db, ctx: &Ctx, folder: &Path) -> Result<()> {
    db.read(work(ctx, folder)).await
}

/// [`write`] for the command line.
pub fn write_blocking(db: &Db, ctx: &Ctx, folder: &Path) -> Result<()> {
    db.read_blocking(work(ctx, folder))
}

fn work(
    ctx: &Ctx,
    folder: &Path,
) -> impl FnOnce(&mut Conn<'_>) -> Result<()> + Send + 'static + use<> {
    let (ctx, target) = (ctx.clone(), folder.to_path_buf());
    move |conn: &mut Conn<'_>| {
        let (fresh, old) = (target.with_extension("new"), target.with_extension("old"));
        for leftover in [&fresh, &old] {
            if leftover.exists() {
                fs::remove_dir_all(leftover).map_err(|e| not_written(&e))?;
            }
        }
        fs::create_dir_all(&fresh).map_err(|e| not_written(&e))?;
        conn.snapshot(|conn| fill(conn, &ctx, &fresh))?;
        if target.exists() {
            fs::rename(&target, &old).map_err(|e| not_written(&e))?;
        }
        fs::rename(&fresh, &target).map_err(|e| not_written(&e))?;
        if old.exists() {
            fs::remove_dir_all(&old).map_err(|e| not_written(&e))?;
        }
        Ok(())
    }
}

fn fill(conn: &mut Conn<'_>, ctx: &Ctx, folder: &Path) -> Result<()> {
    let (pack, now) = (&*ctx.pack, ctx.now);
    let facts = Facts::default();
    let mut codes = Vec::new();
    let mut after = PageKey { at: 0, id: String::new() };
    loop {
        let batch = store::changed_since(conn, &after, BATCH)?;
        facts.apply(&batch, pack);
        codes.extend(batch.iter().map(|stood| stood.id.clone()));
        let Some(last) = batch.last().filter(|_| batch.len() == BATCH) else { break };
        after = PageKey { at: last.updated_at.as_millisecond(), id: last.id.to_string() };
    }
    let promises = store::promises_settled_since(conn, 0)?;
    facts.settle(&store::rounds_left_since(conn, 0)?, &promises);
    let book = facts.read();
    of_reports(conn, folder, pack, &book, &codes)?;
    let mut scorecards = Table::create(folder, "scorecards", tables::SCORECARDS)?;
    published::write(&mut scorecards, &book, pack, now)?;
    scorecards.finish()?;
    of_pack(folder, pack)?;
    let mut about = Table::create(folder, "about", tables::ABOUT)?;
    let facts = [
        ("format", "1".to_owned()),
        ("city", pack.id.clone()),
        ("as_of", Cell::At(now).said()),
        ("zone", pack.zone.clone()),
        ("reports", codes.len().to_string()),
    ];
    for (key, value) in facts {
        about.put(vec![Cell::text(key), Cell::Text(value)])?;
    }
    about.finish()
}

/// The reports as features, one a line.
struct GeoJson {
    file: BufWriter<File>,
    any: bool,
}

impl GeoJson {
    fn create(path: &Path) -> Result<Self> {
        let mut file = BufWriter::new(File::create(path).map_err(|e| not_written(&e))?);
        let head = b"{\"type\":\"FeatureCollection\",\"features\":[";
        file.write_all(head).map_err(|e| not_written(&e))?;
        Ok(Self { file, any: false })
    }

    fn put(&mut self, columns: &[Column], row: &[Cell], at: (f64, f64)) -> Result<()> {
        let properties = columns.iter().zip(row).filter(|(c, _)| !matches!(c.name, "lat" | "long"));
        let properties: serde_json::Map<String, serde_json::Value> =
            properties.map(|(column, cell)| (column.name.to_owned(), cell.json())).collect();
        let feature = serde_json::json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [at.1, at.0] },
            "properties": properties,
        });
        let between = if std::mem::replace(&mut self.any, true) { ",\n" } else { "\n" };
        write!(self.file, "{between}{feature}").map_err(|e| not_written(&e))
    }

    fn finish(mut self) -> Result<()> {
        let end = self.file.write_all(b"\n]}\n").and_then(|()| self.file.flush());
        end.map_err(|e| not_written(&e))
    }
}

fn of_reports(
    conn: &mut Conn<'_>,
    folder: &Path,
    pack: &Pack,
    book: &Book,
    codes: &[ServiceRequestId],
) -> Result<()> {
    let mut table = Table::create(folder, "reports", tables::REPORTS)?;
    let mut events = Table::create(folder, "events", tables::EVENTS)?;
    let mut places = GeoJson::create(&folder.join("reports.geojson"))?;
    for batch in codes.chunks(BATCH) {
        let cases: Vec<CaseRef> = batch.iter().map(CaseRef::from).collect();
        let mut histories = event_store::of_many(conn, &cases)?;
        for report in list_store::by_ids(conn, batch)? {
            let Some(place) = book.place(report.id.as_str()) else { continue };
            let history = histories.remove(&CaseRef::from(&report.id)).unwrap_or_default();
            let responded = report.responded_at;
            let view = view_of(report, pack);
            let row = report_row(&view, book, place, responded);
            if let Some(point) = view.point {
                places.put(tables::REPORTS, &row, (point.lat(), point.long()))?;
            }
            table.put(row)?;
            for event in view.events(history) {
                events.put(event_row(&event, book, place))?;
            }
        }
    }
    table.finish()?;
    events.finish()?;
    places.finish()
}

fn view_of(report: ServiceRequest, pack: &Pack) -> ReportView {
    let seen = view(report, Audience::Public, pack);
    // The published numbers are those of the areas there are now.
    let heir = seen.area.as_ref().and_then(|id| pack.heir(id)).map(|area| area.id.clone());
    ReportView { area: heir.or(seen.area), ..seen }
}

fn report_row(
    view: &ReportView,
    book: &Book,
    place: usize,
    responded: Option<Timestamp>,
) -> Vec<Cell> {
    let steps = view.sees(Part::Steps);
    let own = book.rows.get(place).is_some_and(|row| row.own_staff);
    vec![
        Cell::text(&view.id),
        Cell::text(view.openness),
        Cell::maybe(view.field.as_ref()),
        Cell::maybe(view.service.as_ref()),
        Cell::maybe(view.area.as_ref()),
        Cell::maybe(view.agency.as_ref()),
        Cell::text(view.channel),
        view.point.map_or(Cell::None, |point| Cell::Real(point.lat())),
        view.point.map_or(Cell::None, |point| Cell::Real(point.long())),
        view.point.map_or(Cell::None, |_| Cell::Flag(view.point_is_exact)),
        Cell::At(view.received_at),
        Cell::at(view.accepted_at.filter(|_| steps)),
        Cell::at(responded.filter(|_| steps)),
        Cell::at(view.due_at),
        Cell::at(view.closed_at),
        Cell::At(view.updated_at),
        Cell::text(view.state),
        Cell::maybe(view.outcome),
        Cell::maybe(view.planned_for),
        Cell::maybe(view.refusal_code.as_ref().filter(|_| view.state == State::Closed)),
        Cell::maybe(view.rating),
        Cell::maybe(view.merged_into.as_ref()),
        Cell::Int(view.attempt),
        Cell::Int(view.supports),
        Cell::Int(view.comments),
        Cell::Flag(own),
    ]
}

/// The round that this closing ended, as the numbers know it.
fn closed_by(book: &Book, place: usize, event: &Event<ServiceRequest>) -> Option<Fact> {
    let closes = event.to == State::Closed && event.from != Some(State::Closed);
    let row = book.rows.get(place).filter(|_| closes)?;
    let past = book.past(place).iter().map(|over| over.masked(row).round);
    let at = event.at.as_millisecond();
    past.chain([row.round]).find(|round| round.closed == Some(at))
}

fn event_row(event: &Event<ServiceRequest>, book: &Book, place: usize) -> Vec<Cell> {
    let (data, round) = (&event.data, closed_by(book, place, event));
    let word = |number: u16| Some(book.words.word(number)).filter(|word| !word.is_empty());
    let instant = |ms: i64| Timestamp::from_millisecond(ms).ok();
    // A closing tells the whole round: who had it, by when, and what came of it.
    let (agency, due, outcome, code, planned, again) = match round {
        Some(round) => (
            Cell::maybe(word(round.agency)),
            Cell::at(round.due.and_then(instant)),
            Cell::maybe(round.outcome),
            Cell::maybe(word(round.refusal)),
            Cell::maybe(round.planned),
            Cell::Flag(round.again),
        ),
        None => (
            Cell::maybe(data.agency.as_ref()),
            Cell::at(data.due_at),
            Cell::maybe(data.outcome),
            Cell::maybe(data.code.as_ref()),
            Cell::maybe(data.planned_for),
            Cell::None,
        ),
    };
    vec![
        Cell::text(&event.id),
        Cell::text(&event.case),
        Cell::At(event.at),
        Cell::text(event.verb),
        Cell::text(event.actor.role),
        Cell::maybe(event.from),
        Cell::text(event.to),
        Cell::Int(event.attempt),
        agency,
        due,
        outcome,
        code,
        planned,
        Cell::maybe(data.rating),
        Cell::maybe(data.step.as_ref()),
        data.percent.map_or(Cell::None, |percent| Cell::Int(i64::from(percent))),
        again,
    ]
}

fn of_pack(folder: &Path, pack: &Pack) -> Result<()> {
    let language = pack.default_language();
    let mut agencies = Table::create(folder, "agencies", tables::AGENCIES)?;
    for agency in &pack.agencies {
        agencies.put(vec![
            Cell::text(&agency.id),
            Cell::maybe(agency.parent.as_ref()),
            Cell::Text(word(&agency.kind)),
            Cell::text(agency.name.text(language)),
            Cell::text(agency.short.text(language)),
        ])?;
    }
    agencies.finish()?;
    let mut areas = Table::create(folder, "areas", tables::AREAS)?;
    for area in &pack.areas {
        areas.put(vec![
            Cell::text(&area.id),
            Cell::text(area.name.text(language)),
            Cell::text(&area.agency),
            Cell::Real(area.centre.lat()),
            Cell::Real(area.centre.long()),
        ])?;
    }
    areas.finish()?;
    let mut services = Table::create(folder, "services", tables::SERVICES)?;
    for service in pack.all_services() {
        let field = pack.field(&service.field).map_or("", |field| field.name.text(language));
        services.put(vec![
            Cell::text(&service.code),
            Cell::text(&service.field),
            Cell::text(service.name.text(language)),
            Cell::text(field),
            Cell::text(&service.procedure),
            Cell::Flag(pack.offered(&service.code).is_some()),
        ])?;
    }
    services.finish()?;
    procedures(folder, pack)?;
    calendar(folder, pack)
}

/// The word by which a kind is stored.
fn word(kind: &impl serde::Serialize) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn joined(words: &[impl ToString]) -> String {
    words.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn procedures(folder: &Path, pack: &Pack) -> Result<()> {
    let language = pack.default_language();
    let mut table = Table::create(folder, "procedures", tables::PROCEDURES)?;
    for procedure in &pack.procedures {
        for step in &procedure.steps {
            table.put(vec![
                Cell::text(&procedure.code),
                Cell::Int(i64::from(procedure.version)),
                Cell::text(&procedure.hash),
                Cell::text(procedure.effective_from),
                Cell::text(procedure.name.text(language)),
                Cell::text(&procedure.owner),
                Cell::text(procedure.promise),
                Cell::maybe(procedure.first_response),
                Cell::text(&step.id),
                Cell::text(step.role),
                Cell::text(step.action.text(language)),
                Cell::text(step.product.text(language)),
                Cell::text(step.budget),
                Cell::Text(joined(&step.after)),
                Cell::Text(joined(&step.begins_on)),
                Cell::Text(joined(&step.done_by)),
                Cell::Text(joined(&step.pauses_on)),
            ])?;
        }
    }
    table.finish()
}

/// The hours of the week, then the days that are different.
fn calendar(folder: &Path, pack: &Pack) -> Result<()> {
    let language = pack.default_language();
    let hours = |day: &[(jiff::civil::Time, jiff::civil::Time)]| {
        let said = |(from, to): &(jiff::civil::Time, jiff::civil::Time)| {
            format!("{}-{}", from.strftime("%H:%M"), to.strftime("%H:%M"))
        };
        day.iter().map(said).collect::<Vec<_>>().join(" ")
    };
    let mut table = Table::create(folder, "calendar", tables::CALENDAR)?;
    for (n, day) in pack.calendar.week().iter().enumerate() {
        table.put(vec![
            Cell::None,
            Cell::Int(n as i64 + 1),
            Cell::text("week"),
            Cell::Text(hours(day)),
            Cell::None,
            Cell::None,
            Cell::None,
        ])?;
    }
    for day in &pack.days {
        let kind = if matches!(day.kind, DayKind::Off { .. }) { "off" } else { "work" };
        table.put(vec![
            Cell::text(day.date),
            Cell::Int(i64::from(day.date.weekday().to_monday_one_offset())),
            Cell::text(kind),
            Cell::Text(hours(pack.calendar.intervals_on(day.date))),
            Cell::text(day.name.text(language)),
            Cell::text(&day.basis),
            Cell::maybe(day.source.as_ref()),
        ])?;
    }
    table.finish()
}
