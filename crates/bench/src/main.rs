//! `script/bench`: CPU of the server per request, on 10,000 and on 100,000 reports, beside the barest server that
//! could answer: an axum handler that returns the same bytes, and an insert of one row with the same durability.
//!
//! CPU time is read from `/proc`, so it is steadier than wall time. Everything runs on this machine, in one run.
//! Not here: what people would call fast. The targets are printed beside the figures.

mod client;
mod numbers;
mod process;
mod search;
mod seed;
mod store;
mod tiles;

use client::Client;
use process::Server;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A request to measure.
struct Case {
    name: &'static str,
    /// Milliseconds of CPU that we want to stay under.
    target: f64,
    /// Requests in all rounds together.
    count: usize,
    request: fn(&seed::World, usize) -> Vec<u8>,
}

const CASES: &[Case] = &[
    Case {
        name: "report page",
        target: 0.3,
        count: 10_000,
        request: |w, i| client::get(&format!("/reports/{}", w.code(i))),
    },
    Case {
        name: "list of 20",
        target: 0.3,
        count: 10_000,
        request: |_, _| client::get("/reports"),
    },
    Case {
        name: "list, three filters",
        target: 0.3,
        count: 10_000,
        request: |w, i| client::get(&w.three_filters(i)),
    },
    Case { name: "map tile", target: 1.0, count: 5_000, request: |w, i| client::get(&w.tile(i)) },
    Case {
        name: "Open311 list of 100",
        target: 1.0,
        count: 2_500,
        request: |_, _| client::get("/open311/v2/requests.json?page_size=100"),
    },
];

/// The middle one of so many rounds counts, so that what else the machine does disturbs less.
const ROUNDS: usize = 5;
/// Readers at once: enough that the server does not fall asleep between two requests, which costs more than some of them.
const READERS: usize = 8;
/// Creates that run at once, and how many in all.
const WRITERS: usize = 64;
const CREATES: usize = 12_000;
const CREATE_TARGET_MS: f64 = 0.4;
const CREATE_TARGET_RATE: f64 = 4_000.0;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("bare") => process::bare(Path::new(arguments.get(1).ok_or("bare DATABASE")?)),
        Some("numbers") => numbers::run(arguments.get(1).ok_or("numbers PACK")?),
        Some("search") => {
            let nhip = PathBuf::from(arguments.get(1).ok_or("search NHIP PACK")?);
            let pack = arguments.get(2).ok_or("search NHIP PACK")?;
            runtime()?.block_on(search::run(&nhip, pack))
        }
        Some("tiles") => tiles::run(arguments.get(1).ok_or("tiles PACK")?),
        first => {
            let nhip = PathBuf::from(first.ok_or("bench NHIP PACK")?);
            let pack = arguments.get(1).ok_or("bench NHIP PACK")?;
            runtime()?.block_on(run(&nhip, pack))
        }
    }
}

fn runtime() -> Outcome<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?)
}

async fn run(nhip: &Path, pack: &str) -> Outcome<()> {
    let sizes = [10_000, 100_000];
    let mut columns = Vec::new();
    for size in sizes {
        columns.push(measure(nhip, pack, size).await?);
    }
    let bare = measure_bare().await?;
    report(&sizes, &columns, &bare);
    Ok(())
}

/// Milliseconds of CPU per request, and what creates cost.
struct Column {
    reads: Vec<f64>,
    creates: Creates,
}

/// Of one create the milliseconds of CPU and the kilobytes written; and how many a second.
struct Creates {
    cpu: f64,
    kilobytes: f64,
    rate: f64,
}

async fn measure(nhip: &Path, pack: &str, size: usize) -> Outcome<Column> {
    let folder = tempfile(&format!("bench-{size}"))?;
    say(&format!("making {size} reports"));
    let world = seed::make(&folder, pack, size)?;
    let server = Server::start(nhip, pack, &folder).await?;
    server.settled().await?;
    let mut reads = Vec::new();
    for case in CASES {
        let cost = cost_of(&server, case, &world).await?;
        say(&format!("{size}: {} {cost:.3} ms", case.name));
        reads.push(cost);
    }
    let creates = creates(&server, |i| world.create(i)).await?;
    say(&format!("{size}: create {:.3} ms, {:.0} a second", creates.cpu, creates.rate));
    server.stop();
    std::fs::remove_dir_all(&folder)?;
    Ok(Column { reads, creates })
}

async fn cost_of(server: &Server, case: &Case, world: &seed::World) -> Outcome<f64> {
    let requests = |from, to| (from..to).map(|i| (case.request)(world, i)).collect::<Vec<_>>();
    let share = case.count / ROUNDS;
    let mut costs = Vec::new();
    // The first round warms up.
    for round in 0..=ROUNDS {
        let asked = requests(round * share, (round + 1) * share);
        let before = server.cpu_ms()?;
        together(server, case.name, READERS, asked).await?;
        costs.push((server.cpu_ms()? - before) / share as f64);
    }
    costs.remove(0);
    costs.sort_by(f64::total_cmp);
    Ok(costs.get(ROUNDS / 2).copied().ok_or("no round")?)
}

/// Sends the requests over so many connections at once, each taking its share.
async fn together(
    server: &Server,
    name: &'static str,
    connections: usize,
    requests: Vec<Vec<u8>>,
) -> Outcome<()> {
    let port = server.port;
    let mut clients = tokio::task::JoinSet::new();
    for share in requests.chunks(requests.len().div_ceil(connections)) {
        let share = share.to_vec();
        clients.spawn(async move {
            let mut client = Client::connect(port).await?;
            for request in share {
                client.send(&request).await?.expect_ok(name)?;
            }
            Outcome::Ok(())
        });
    }
    while let Some(done) = clients.join_next().await {
        done??;
    }
    Ok(())
}

async fn creates(server: &Server, request: impl Fn(usize) -> Vec<u8>) -> Outcome<Creates> {
    let requests: Vec<Vec<u8>> = (0..CREATES).map(request).collect();
    let (cpu, written) = (server.cpu_ms()?, server.written()?);
    let start = Instant::now();
    together(server, "create", WRITERS, requests).await?;
    let seconds = start.elapsed().as_secs_f64();
    let each = |sum: f64| sum / CREATES as f64;
    Ok(Creates {
        cpu: each(server.cpu_ms()? - cpu),
        kilobytes: each(server.written()? - written) / 1e3,
        rate: CREATES as f64 / seconds,
    })
}

/// The ceilings: what axum alone costs, and an insert of one row alone.
async fn measure_bare() -> Outcome<Column> {
    let folder = tempfile("bench-bare")?;
    let server = Server::start_bare(&folder).await?;
    let requests = vec![client::get("/"); 10_000];
    let before = server.cpu_ms()?;
    together(&server, "bare", READERS, requests).await?;
    let read = (server.cpu_ms()? - before) / 10_000.0;
    let creates = creates(&server, |i| client::post("/", &format!("text=report {i}"))).await?;
    server.stop();
    std::fs::remove_dir_all(&folder)?;
    Ok(Column { reads: vec![read], creates })
}

fn tempfile(name: &str) -> Outcome<PathBuf> {
    let folder = std::env::temp_dir().join(format!("nhip-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

#[expect(clippy::print_stdout, reason = "figures are for whoever ran it")]
fn say(line: &str) {
    println!("{line}");
}

fn report(sizes: &[usize], columns: &[Column], bare: &Column) {
    say("\nCPU of the server per request, in ms");
    say(&format!(
        "{:<24}{:>12}{:>12}{:>10}{:>10}",
        "",
        sizes.first().unwrap_or(&0),
        sizes.get(1).unwrap_or(&0),
        "grows",
        "target"
    ));
    let pair = |pick: &dyn Fn(&Column) -> f64| -> (f64, f64) {
        (columns.first().map_or(f64::NAN, pick), columns.get(1).map_or(f64::NAN, pick))
    };
    for (i, case) in CASES.iter().enumerate() {
        let (small, large) = pair(&|c| c.reads.get(i).copied().unwrap_or(f64::NAN));
        say(&format!(
            "{:<24}{small:>12.3}{large:>12.3}{:>9.2}×{:>10.1}",
            case.name,
            large / small,
            case.target
        ));
    }
    let (small, large) = pair(&|c| c.creates.cpu);
    say(&format!(
        "{:<24}{small:>12.3}{large:>12.3}{:>9.2}×{CREATE_TARGET_MS:>10.1}",
        "create, 64 clients",
        large / small
    ));
    let (small, large) = pair(&|c| c.creates.kilobytes);
    say(&format!(
        "{:<24}{small:>12.1}{large:>12.1}{:>9.2}×",
        "kB written by a create",
        large / small
    ));
    let (small, large) = pair(&|c| c.creates.rate);
    say(&format!(
        "{:<24}{small:>12.0}{large:>12.0}{:>10}{CREATE_TARGET_RATE:>10.0}",
        "creates a second", ""
    ));
    let read = bare.reads.first().copied().unwrap_or(f64::NAN);
    say(&format!(
        "\nceilings: a bare axum handler {read:.3} ms; a bare insert {:.3} ms, {:.0} a second",
        bare.creates.cpu, bare.creates.rate
    ));
}
