//! A city's history from a table: every row comes in once, or stands in the rejects with its reason.

use crate::numbers_boston;
use crate::support::shared;
use nhip::import::run::{Summary, run};
use nhip::options::ImportOptions;
use nhip::platform::db::{Db, params};
use nhip::platform::pack_dir;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const MAP: &str = r#"
source = "the-old-system"
zone = "Europe/Copenhagen"
dates = ["%Y-%m-%d %H:%M"]
language = "en"
outcome = "fixed"

[columns]
id = "ID"
opened = "OPENED"
due = "DUE"
closed = "CLOSED"
status = "STATUS"
field = "GROUP"
service = "KIND"
agency = "OFFICE"
area = "PART"
lat = "LAT"
long = "LONG"
note = "NOTE"

[status]
open = ["open"]
closed = ["done"]

[city]
id = "oldtown"
name = "Old Town"
service_name = "Old Town reports"
area_kind = "part"
phone_prefix = "+45"
"#;

const HEADER: &str = "ID,OPENED,DUE,CLOSED,STATUS,GROUP,KIND,OFFICE,PART,LAT,LONG,NOTE\n";
const GOOD: &[&str] = &[
    "1,2025-06-02 09:00,2025-06-10 16:00,2025-06-04 11:00,done,Streets,Pothole,Works,North,55.06,10.60,Filled",
    "2,2025-06-03 09:00,,,open,Streets,Street lamp,Works,South,55.05,10.61,",
    // The hour that came twice.
    "3,2025-10-26 02:30,,2025-10-27 09:00,done,Parks,Bench,Parks office,South,55.05,10.61,\"Quoted, with a comma\"",
];
const BAD: &[(&str, &str)] = &[
    (
        "4,2025-06-03 09:00,,2025-06-02 09:00,done,Streets,Pothole,Works,North,55.06,10.60,",
        "it was closed before it was opened",
    ),
    (
        "5,yesterday,,,open,Streets,Pothole,Works,North,55.06,10.60,",
        "a time is in none of the map's formats: yesterday",
    ),
    ("6,2025-06-03 09:00,,,open,Streets,Pothole,Works,North,,,", "it has no place"),
    ("7,2025-06-03 09:00,,,open,Streets,Pothole,Works,North,95.0,10.60,", "its place is no point"),
    (
        "8,2025-06-03 09:00,,,maybe,Streets,Pothole,Works,North,55.06,10.60,",
        "its status is not in the map: maybe",
    ),
    (
        "1,2025-06-03 09:00,,,open,Streets,Pothole,Works,North,55.06,10.60,",
        "its id stood in an earlier row: 1",
    ),
    ("9,2025-06-03 09:00,,,open,Streets", "it has another number of cells than the header"),
    (",2025-06-03 09:00,,,open,Streets,Pothole,Works,North,55.06,10.60,", "it has no id"),
    (
        "10,2099-06-03 09:00,,,open,Streets,Pothole,Works,North,55.06,10.60,",
        "it lies in the future",
    ),
];

/// A folder with a map, and what an import into it leaves.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("map.toml"), MAP).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn options(&self, file: &Path, columns: PathBuf) -> ImportOptions {
        ImportOptions {
            file: file.to_owned(),
            columns,
            pack: self.path("pack").to_str().unwrap().to_owned(),
            data: self.path("data"),
            database: None,
            create: true,
            rejects: None,
        }
    }

    fn import(&self, rows: &[&str]) -> (Summary, String) {
        let file = self.path("rows.csv");
        std::fs::write(&file, format!("{HEADER}{}\n", rows.join("\n"))).unwrap();
        let mut said = Vec::new();
        let summary = run(&self.options(&file, self.path("map.toml")), &mut said);
        let summary = summary.unwrap_or_else(|stop| panic!("{}", stop.message));
        (summary, String::from_utf8(said).unwrap())
    }

    fn count(&self, sql: &'static str) -> i64 {
        let db = Db::open_sqlite(&self.path("data").join("nhip.sqlite")).unwrap();
        db.read_blocking(move |conn| conn.query_one(sql, params![], |row| row.get(0))).unwrap()
    }
}

#[test]
fn good_rows_come_in_with_their_history_into_a_pack_made_for_them() {
    let place = Place::new();
    let (summary, said) = place.import(GOOD);
    assert_eq!((summary.rows, summary.imported, summary.doubtful_times), (3, 3, 1), "{said}");
    let pack = pack_dir::load_checked(place.path("pack").to_str().unwrap()).unwrap();
    let codes: Vec<&str> = pack.services.iter().map(|s| s.code.as_str()).collect();
    assert_eq!(codes, ["bench", "pothole", "street-lamp"]);
    assert_eq!(pack.areas.len(), 2);
    assert_eq!(place.count("SELECT COUNT(*) FROM service_request WHERE state = 'closed'"), 2);
    assert_eq!(place.count("SELECT COUNT(*) FROM event"), 4 + 2 + 4);
    let after = "SELECT COUNT(*) FROM event e JOIN event p ON p.case_ref = e.case_ref \
        WHERE e.verb = 'answer' AND p.verb = 'publish' AND p.seq = e.seq + 1";
    assert_eq!(place.count(after), 2, "an answer was published after it was given");
    assert_eq!(
        place.count("SELECT COUNT(*) FROM outbox"),
        0,
        "nobody gets a letter about the past"
    );
    // 02:30 of the 26th came twice; the first pass was still summer time.
    let first_pass = "SELECT COUNT(*) FROM service_request WHERE received_at = 1761438600000";
    assert_eq!(place.count(first_pass), 1);
}

#[test]
fn what_cannot_come_in_stands_in_the_rejects_with_line_and_reason() {
    let place = Place::new();
    let mut rows = GOOD.to_vec();
    rows.extend(BAD.iter().map(|(row, _)| *row));
    let (summary, said) = place.import(&rows);
    assert_eq!(summary.imported, 3, "{said}");
    assert_eq!(summary.rejected.values().sum::<u64>(), BAD.len() as u64);
    assert_eq!(summary.rows, summary.imported + BAD.len() as u64, "nothing is dropped in silence");
    let rejects = std::fs::read_to_string(place.path("data").join("rejects.csv")).unwrap();
    let lines: Vec<&str> = rejects.lines().skip(1).collect();
    assert_eq!(lines.len(), BAD.len(), "{rejects}");
    for (n, (line, (row, reason))) in lines.iter().zip(BAD).enumerate() {
        let number = n + GOOD.len() + 2;
        assert!(line.starts_with(&format!("{number},")), "{line}");
        assert!(line.contains(reason) && line.ends_with(row), "{line}\n{reason}");
    }
}

#[test]
fn a_second_run_brings_only_what_is_new_and_corrected_rejects_come_in() {
    let place = Place::new();
    place.import(GOOD);
    let (again, _) = place.import(GOOD);
    assert_eq!((again.imported, again.there_before), (0, 3));
    let mut more = GOOD.to_vec();
    more.push("4,2025-06-03 09:00,,2025-06-05 09:00,done,Streets,Pothole,Works,North,55.06,10.60,");
    let (more, said) = place.import(&more);
    assert_eq!((more.imported, more.there_before), (1, 3), "{said}");
    assert_eq!(place.count("SELECT COUNT(*) FROM service_request"), 4);
}

#[test]
fn the_real_requests_of_boston_come_in_and_its_departments_are_on_time_as_its_own_table_says() {
    let Some(data) = shared("boston311_2015_slim.csv.xz") else { return };
    let place = Place::new();
    let map = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guides/boston311.toml");
    let mut said = Vec::new();
    let summary = run(&place.options(&data, PathBuf::from(map)), &mut said);
    let summary = summary.unwrap_or_else(|stop| panic!("{}", stop.message));
    let said = String::from_utf8(said).unwrap();
    assert_eq!(summary.rows, 121_245, "{said}");
    let early = summary.rejected.get("it was closed before it was opened").copied();
    assert_eq!(early, Some(197), "closed before they were opened: {said}");
    assert_eq!(summary.imported + summary.rejected.values().sum::<u64>(), summary.rows, "{said}");
    let pack = pack_dir::load_checked(place.path("pack").to_str().unwrap()).unwrap();
    let db = Db::open_sqlite(&place.path("data").join("nhip.sqlite")).unwrap();
    numbers_boston::agrees(&data, &db, &pack);
}
