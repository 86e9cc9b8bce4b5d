//! Lists are read by an index, whatever they are narrowed to.

use super::*;
use crate::platform::db::Db;
use crate::platform::pack_dir;
use crate::service_request::list::filter::Asked;

#[test]
fn no_list_sorts_a_whole_city_to_show_twenty_rows() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open_sqlite(&folder.path().join("nhip.sqlite")).unwrap();
    db.migrate().unwrap();
    let pack = pack_dir::load_checked("harbour").unwrap();
    for query in [
        "",
        "field=streets",
        "area=quays&field=streets&state=closed",
        "agency=works&state=open",
        "service=pothole&area=quays",
        "state=assigned",
        "state=open",
        "outcome=refused",
        "late=1",
        "sort=updated",
        "sort=closed&field=streets",
        "sort=oldest",
        "field=streets&after=1-A",
    ] {
        let asked = Asked::parse(query, &pack);
        let plan = db.read_blocking(move |conn| {
            let listing = Listing {
                filter: &asked.filter,
                visibility: &Visibility::Public,
                sort: asked.sort,
                after: asked.after.as_ref(),
                limit: 20,
                now: Timestamp::UNIX_EPOCH,
            };
            let select = statement(conn.engine(), &listing, &Order::of(asked.sort), 21);
            let explain = format!("EXPLAIN QUERY PLAN {}", select.sql);
            conn.query(&explain, &select.values, |row| row.get::<String>(3))
        });
        let plan = plan.unwrap().join("\n");
        assert!(
            plan.contains("INDEX service_request_") && !plan.contains("TEMP B-TREE"),
            "{query}: {plan}"
        );
    }
}
