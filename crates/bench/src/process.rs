//! The servers under measurement: `nhip serve` as people run it, and the bare one.

use crate::{Outcome, store};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use nhip::platform::db::Db;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    pub async fn start(nhip: &Path, pack: &str, folder: &Path) -> Outcome<Self> {
        let port = free_port()?;
        let child = Command::new(nhip)
            .args([
                "serve",
                "--pack",
                pack,
                "--no-pace",
                "--listen",
                &format!("127.0.0.1:{port}"),
                "--data",
            ])
            .arg(folder)
            .env("NHIP_LOG", "warn")
            .spawn()?;
        ready(Self { child, port }, "/readyz").await
    }

    pub async fn start_bare(folder: &Path) -> Outcome<Self> {
        let port = free_port()?;
        let child = Command::new(std::env::current_exe()?)
            .arg("bare")
            .arg(folder.join("bare.sqlite"))
            .env("PORT", port.to_string())
            .stdout(Stdio::null())
            .spawn()?;
        ready(Self { child, port }, "/").await
    }

    /// Processor time of all threads of the server so far, in milliseconds: from `schedstat`, which counts nanoseconds,
    /// because the ticks of `stat` are as long as a hundred requests.
    pub fn cpu_ms(&self) -> Outcome<f64> {
        let mut nanoseconds = 0.0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let text = std::fs::read_to_string(thread?.path().join("schedstat"))?;
            nanoseconds += text.split(' ').next().ok_or("no schedstat")?.parse::<f64>()?;
        }
        Ok(nanoseconds / 1e6)
    }

    /// Bytes the server has given to the system to write so far, to files and to sockets: the same on every machine.
    pub fn written(&self) -> Outcome<f64> {
        let io = std::fs::read_to_string(format!("/proc/{}/io", self.child.id()))?;
        let line = io.lines().find_map(|line| line.strip_prefix("wchar: ")).ok_or("no wchar")?;
        Ok(line.parse()?)
    }

    /// Waits until the server has done what it does at its start (it reads the city and writes the open data), so that no
    /// request is charged for it.
    pub async fn settled(&self) -> Outcome<()> {
        const CALM_MS: f64 = 10.0;
        let mut before = self.cpu_ms()?;
        for _ in 0..240 {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let now = self.cpu_ms()?;
            if now - before < CALM_MS {
                return Ok(());
            }
            before = now;
        }
        Err("the server is still busy with itself after two minutes".into())
    }

    pub fn stop(mut self) {
        // Gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn ready(server: Server, path: &str) -> Outcome<Server> {
    for _ in 0..600 {
        if let Ok(mut client) = crate::client::Client::connect(server.port).await
            && client.send(&crate::client::get(path)).await.is_ok_and(|answer| answer.status == 200)
        {
            return Ok(server);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    server.stop();
    Err("the server did not start within a minute".into())
}

fn free_port() -> Outcome<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The bare server: one handler that answers a page of the size of a list, one insert of one row.
pub fn bare(path: &Path) -> Outcome<()> {
    let db = Db::open_sqlite(path)?;
    store::make(&db)?;
    let page: &'static str = Box::leak("x".repeat(16 * 1024).into_boxed_str());
    let router =
        Router::new().route("/", get(move || async move { page }).post(insert)).with_state(db);
    let port: u16 = std::env::var("PORT")?.parse()?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async move {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        axum::serve(listener, router).await?;
        Ok(())
    })
}

async fn insert(State(db): State<Db>, text: String) -> String {
    store::insert(&db, text).await.map_or_else(|e| e.to_string(), |n| n.to_string())
}
