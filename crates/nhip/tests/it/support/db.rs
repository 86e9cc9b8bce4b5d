//! Fresh, migrated databases for tests: SQLite always, PostgreSQL when `NHIP_TEST_POSTGRES` holds
//! the address of a database whose role may create others.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use super::log;
use nhip::platform::db::Db;

/// Runs `test` on a fresh database of each engine, one after the other.
///
/// ```ignore
/// for_each_engine(async |db| { store::save(&db, …).await.unwrap(); }).await;
/// ```
pub async fn for_each_engine(test: impl AsyncFn(Db)) {
    on_sqlite(&test).await;
    on_postgres(&test).await;
}

/// Runs `test` on an empty database of each engine, whose schema it makes itself.
pub async fn for_each_empty_engine(test: impl AsyncFn(Db)) {
    log::listen();
    let fresh = FreshSqlite::make();
    test(fresh.open()).await;
    log::check();
    if let Some(fresh) = FreshPostgres::make() {
        log::listen();
        test(fresh.open()).await;
        log::check();
    }
}

/// For what only SQLite does.
pub async fn on_sqlite(test: impl AsyncFn(Db)) {
    log::listen();
    let fresh = FreshSqlite::make();
    test(fresh.db()).await;
    log::check();
}

/// For what only PostgreSQL does; left out, visibly, when there is none.
pub async fn on_postgres(test: impl AsyncFn(Db)) {
    if let Some(fresh) = FreshPostgres::make() {
        log::listen();
        test(fresh.db()).await;
        log::check();
    }
}

fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("nhip_test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A folder that is gone when the test ends, however it ends.
struct FreshSqlite {
    folder: PathBuf,
}

impl FreshSqlite {
    fn make() -> Self {
        let folder = env::temp_dir().join(unique_name());
        fs::create_dir_all(&folder).expect("a folder for the database");
        Self { folder }
    }

    fn open(&self) -> Db {
        Db::open_sqlite(&self.folder.join("nhip.db")).expect("an SQLite database")
    }

    fn db(&self) -> Db {
        let db = self.open();
        db.migrate().expect("the schema");
        db
    }
}

impl Drop for FreshSqlite {
    fn drop(&mut self) {
        // A folder left behind in the system's own place for such things harms nobody.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A database of its own on the server, dropped when the test ends.
struct FreshPostgres {
    admin: String,
    name: String,
}

impl FreshPostgres {
    fn make() -> Option<Self> {
        static SAID: Once = Once::new();
        let Ok(admin) = env::var("NHIP_TEST_POSTGRES") else {
            SAID.call_once(|| {
                // Straight to the terminal: the test harness hides what print macros say.
                let note = b"left out: PostgreSQL (NHIP_TEST_POSTGRES is not set)\n";
                let _ = std::io::stderr().write_all(note);
            });
            return None;
        };
        let fresh = Self { admin, name: unique_name() };
        fresh.administer(format!("CREATE DATABASE {}", fresh.name));
        Some(fresh)
    }

    fn open(&self) -> Db {
        let (before, query) = self.admin.split_once('?').unwrap_or((&self.admin, ""));
        let server = before.rsplit_once('/').map_or(before, |(server, _)| server);
        let url = format!("{server}/{}?{query}", self.name);
        Db::open_postgres(&url, 8).expect("a PostgreSQL database")
    }

    fn db(&self) -> Db {
        let db = self.open();
        db.migrate().expect("the schema");
        db
    }

    /// The synchronous client must not run on the async thread of a test.
    fn administer(&self, sql: String) {
        let url = self.admin.clone();
        thread::spawn(move || {
            let mut admin = postgres::Client::connect(&url, postgres::NoTls).expect("a connection");
            admin.batch_execute(&sql).expect("the administrator's statement");
        })
        .join()
        .expect("the administrator's thread");
    }
}

impl Drop for FreshPostgres {
    fn drop(&mut self) {
        self.administer(format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}
