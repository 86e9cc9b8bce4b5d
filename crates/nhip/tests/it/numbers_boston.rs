//! The numbers on a real city's year: on time by department, next to an independent script over the city's own table.
//! `import.rs` has the city; it takes a while to come in, so it comes in once.

use domain::pack::Pack;
use jiff::Timestamp;
use nhip::oversight::facts::Facts;
use nhip::oversight::period::{days, window};
use nhip::oversight::scorecard::{By, Scope};
use nhip::oversight::store;
use nhip::platform::db::Db;
use nhip::service_request::list::filter::PageKey;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Department → deadlines that fell in 2015, and how many were kept.
type OnTime = BTreeMap<String, (u64, u64)>;

fn by_their_table(data: &Path) -> OnTime {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/python/boston_on_time.py");
    let done = Command::new("python3").arg(script).arg(data).output().expect("python3");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8(done.stdout).unwrap();
    let line = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        (cells[0].to_owned(), (cells[1].parse().unwrap(), cells[2].parse().unwrap()))
    };
    text.lines().map(line).collect()
}

fn by_our_rule(db: &Db, pack: &Pack) -> OnTime {
    let facts = Facts::default();
    let all = PageKey { at: 0, id: String::new() };
    let stood = db.read_blocking(move |conn| store::changed_since(conn, &all, 1_000_000)).unwrap();
    facts.apply(&stood, pack);
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let (first, last) = days("2015", pack.local_date(now)).unwrap();
    let window = window(pack, first, last, now).unwrap();
    let cards = facts.read().table(&Scope::default(), By::Agency, &window);
    let named = |id: &str| {
        pack.agencies.iter().find(|agency| agency.id.as_str() == id).unwrap().name.text("en")
    };
    let counted = cards.iter().map(|(id, card)| {
        let on_time = card.on_time();
        (named(id).to_owned(), (on_time.n, on_time.hits))
    });
    counted.filter(|(_, (deadlines, _))| *deadlines > 0).collect()
}

/// Asserts that both say the same of the city that was imported from `data`.
pub fn agrees(data: &Path, db: &Db, pack: &Pack) {
    let theirs = by_their_table(data);
    assert_eq!(theirs.values().map(|(deadlines, _)| deadlines).sum::<u64>(), 81_664);
    assert_eq!(by_our_rule(db, pack), theirs);
}
