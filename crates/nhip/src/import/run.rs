//! The import from beginning to end: one thread reads and understands, the other writes; progress on the way, a
//! summary at the end. Each batch is one transaction, so it may be interrupted at any moment and run again.

use super::data::Data;
use super::history::{Names, Reading, Ready};
use super::map::Map;
use super::{Reject, create, store};
use crate::area::Locator;
use crate::case::event_store;
use crate::options::ImportOptions;
use crate::platform::clock::Clock;
use crate::platform::csv::begun;
use crate::platform::ctx::{Ctx, Ids};
use crate::platform::db::{Conn, Db};
use crate::platform::error::Result as Done;
use crate::platform::pack_dir;
use crate::service_request::list::search_store;
use crate::service_request::store as reports;
use crate::stop::Stop;
use csv::{ByteRecord, StringRecord};
use domain::actor::Actor;
use domain::case::CaseRef;
use domain::ids::ServiceRequestId;
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{SyncSender, sync_channel};

/// Reports per transaction: many reports then share the pages of the indexes that are written, and the memory they take
/// stays small (180 MB for the whole import).
const BATCH: usize = 3_000;
/// Milliseconds between two lines of progress.
const TELL_EVERY: i64 = 2_000;

/// What came of all rows.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    pub rows: u64,
    pub imported: u64,
    /// An earlier run had brought them.
    pub there_before: u64,
    pub rejected: BTreeMap<&'static str, u64>,
    pub doubtful_times: u64,
    pub milliseconds: i64,
}

/// `nhip import …`.
pub fn run(options: &ImportOptions, out: &mut impl Write) -> Result<Summary, Stop> {
    let clock = Clock::System;
    let path = &options.columns;
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let map = Map::parse(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    if options.create {
        let year = jiff::tz::TimeZone::UTC.to_datetime(clock.now()).year();
        let mut data = Data::open(&options.file)?;
        let added = create::extend(&map, &mut data, Path::new(&options.pack), year)?;
        writeln!(out, "{}: {added} services, fields, agencies and areas added", options.pack)?;
    }
    let pack = Arc::new(pack_dir::load_checked(&options.pack)?);
    std::fs::create_dir_all(&options.data)?;
    let db = match &options.database {
        Some(url) => Db::open(url)?,
        None => Db::open_sqlite(&options.data.join("nhip.sqlite"))?,
    };
    db.migrate()?;
    let ctx = Ctx { now: clock.now(), actor: Actor::system(), ids: Ids::system(), pack };
    let data = Data::open(&options.file)?;
    let rejects = options.rejects.clone().unwrap_or_else(|| options.data.join("rejects.csv"));
    let summary = import(&db, &ctx, &clock, &map, data, &rejects, out)?;
    tell(&summary, &rejects, out)?;
    Ok(summary)
}

fn tell(summary: &Summary, rejects: &Path, out: &mut impl Write) -> io::Result<()> {
    let rejected: u64 = summary.rejected.values().sum();
    let rate = summary.rows as f64 * 1000.0 / summary.milliseconds.max(1) as f64;
    writeln!(
        out,
        "{} rows in {:.1} s ({rate:.0} a second): {} imported, {} there before, {rejected} rejected",
        summary.rows,
        summary.milliseconds as f64 / 1000.0,
        summary.imported,
        summary.there_before
    )?;
    for (kind, count) in &summary.rejected {
        writeln!(out, "  {count} rejected: {kind}")?;
    }
    if rejected > 0 {
        writeln!(out, "  they are in {}, each with its line and reason", rejects.display())?;
    }
    if summary.doubtful_times > 0 {
        let n = summary.doubtful_times;
        writeln!(
            out,
            "  {n} times fell into the change of the clocks and were taken as the earlier possibility"
        )?;
    }
    Ok(())
}

/// Imports `data`; rows that do not come in go to the file `rejects`.
pub fn import(
    db: &Db,
    ctx: &Ctx,
    clock: &Clock,
    map: &Map,
    mut data: Data,
    rejects: &Path,
    out: &mut impl Write,
) -> Result<Summary, Stop> {
    let understood = map.understand(&data.header)?;
    let today = ctx.pack.local_date(ctx.now);
    let locator = db.read_blocking(move |conn| Locator::load(conn, today))?;
    let mut reading = Reading {
        pack: &ctx.pack,
        map: &understood,
        names: Names::of(&ctx.pack),
        locator: &locator,
        ids: &ctx.ids,
        now: ctx.now,
        doubtful_times: 0,
    };
    let mut rejects = Rejects::create(rejects, &data.header)?;
    let (started, bytes, total) = (clock.now(), Arc::clone(&data.read), data.total);
    let (batches, waiting) = sync_channel::<Vec<Ready>>(2);
    let (mut imported, mut there_before) = (0_u64, 0_u64);
    std::thread::scope(|scope| -> Result<Summary, Stop> {
        let reader = scope.spawn(move || {
            let rows = read_all(&mut data, &mut reading, &mut rejects, &batches)?;
            rejects.file.flush().map_err(|e| e.to_string())?;
            Ok::<_, String>((rows, rejects.kinds, reading.doubtful_times))
        });
        let mut told = started;
        for batch in waiting {
            let (ctx, source, size) = (ctx.clone(), understood.source.clone(), batch.len() as u64);
            let new = db.write_blocking(move |conn| write(conn, &ctx, &source, batch))?;
            imported += new;
            there_before += size - new;
            let now = clock.now();
            if now.as_millisecond() - told.as_millisecond() >= TELL_EVERY {
                told = now;
                let took = (now.as_millisecond() - started.as_millisecond()) as f64 / 1000.0;
                let share = bytes.load(Ordering::Relaxed) as f64 / total.max(1) as f64;
                let rows = imported + there_before;
                writeln!(
                    out,
                    "{rows} rows, {:.0} a second, {:.0} %, about {:.0} s left",
                    rows as f64 / took,
                    share * 100.0,
                    took / share.max(0.001) - took
                )?;
            }
        }
        let (rows, rejected, doubtful_times) =
            reader.join().map_err(|_| "reading the data failed".to_owned())??;
        Ok(Summary {
            rows,
            imported,
            there_before,
            rejected,
            doubtful_times,
            milliseconds: clock.now().as_millisecond() - started.as_millisecond(),
        })
    })
}

/// Rows that do not come in, for people to correct and try again: line, reason, and the row as it was.
struct Rejects {
    file: csv::Writer<BufWriter<File>>,
    kinds: BTreeMap<&'static str, u64>,
}

impl Rejects {
    fn create(path: &Path, header: &StringRecord) -> Result<Self, String> {
        let said = |e: &dyn std::error::Error| format!("{}: {e}", path.display());
        let begun = File::create(path).and_then(begun).map_err(|e| said(&e))?;
        let mut file = csv::WriterBuilder::new().flexible(true).from_writer(begun);
        file.write_record(["line", "reason"].into_iter().chain(header)).map_err(|e| said(&e))?;
        Ok(Self { file, kinds: BTreeMap::new() })
    }

    fn put(&mut self, line: u64, why: &Reject, row: &ByteRecord) -> Result<(), String> {
        *self.kinds.entry(why.kind).or_default() += 1;
        let (line, why) = (line.to_string(), why.to_string());
        let first = [line.as_bytes(), why.as_bytes()];
        self.file
            .write_record(first.into_iter().chain(row))
            .map_err(|e| format!("the rejects file cannot be written: {e}"))
    }
}

/// Reads to the end, or until the writer has given up; returns the number of rows.
fn read_all(
    data: &mut Data,
    reading: &mut Reading<'_>,
    rejects: &mut Rejects,
    batches: &SyncSender<Vec<Ready>>,
) -> Result<u64, String> {
    let (mut raw, mut rows, mut batch) = (ByteRecord::new(), 0, Vec::with_capacity(BATCH));
    // Hashes are enough to notice an id that stands twice, and stay small for millions of rows.
    let (mut seen, hasher) = (HashSet::new(), BuildHasherDefault::<DefaultHasher>::default());
    let width = data.header.len();
    while let Some(line) = data.next(&mut raw)? {
        rows += 1;
        let read = understand(&raw, width, reading).and_then(|ready| {
            if seen.insert(hasher.hash_one(&ready.key)) {
                Ok(ready)
            } else {
                Err(Reject::new("its id stood in an earlier row", ready.key))
            }
        });
        match read {
            Ok(ready) => batch.push(ready),
            Err(why) => rejects.put(line, &why, &raw)?,
        }
        if batch.len() == BATCH && batches.send(std::mem::take(&mut batch)).is_err() {
            return Ok(rows);
        }
    }
    // Nobody waits for it when the writer has given up, and then the writer says why.
    let _ = batches.send(batch);
    Ok(rows)
}

fn understand(raw: &ByteRecord, width: usize, reading: &mut Reading<'_>) -> Result<Ready, Reject> {
    if raw.len() != width {
        let detail = format!("{} instead of {width}", raw.len());
        return Err(Reject::new("it has another number of cells than the header", detail));
    }
    let row = StringRecord::from_byte_record(raw.clone())
        .map_err(|_| Reject::new("it is not UTF-8", ""))?;
    reading.row(&row)
}

/// Writes a batch and returns how many of it were new.
fn write(conn: &mut Conn<'_>, ctx: &Ctx, source: &str, batch: Vec<Ready>) -> Done<u64> {
    let mut new = 0;
    for mut ready in batch {
        while reports::exists(conn, &ready.report.id)? {
            let other = ctx.ids.code();
            let fold = |id: &ServiceRequestId| domain::text::fold(id.as_str());
            ready.words = ready.words.replacen(&fold(&ready.report.id), &fold(&other), 1);
            ready.report.id = other;
            ready.events.iter_mut().for_each(|event| event.case = CaseRef::from(&ready.report.id));
        }
        if !store::claim(conn, source, &ready.key, &ready.report.id)? {
            continue;
        }
        reports::insert(conn, ctx, &ready.report)?;
        for event in &ready.events {
            event_store::insert(conn, event)?;
        }
        search_store::add_text(conn, &ready.report.id, &ready.words)?;
        new += 1;
    }
    Ok(new)
}
