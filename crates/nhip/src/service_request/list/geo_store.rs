//! Lists narrowed to a place, and the SQL of them. A page reads no more than so many rows, however large the shape and
//! however full the city: few reports in it are read by their place, many by the order of the list, of which they are
//! then so large a part that a page fills.
//!
//! Tables: reads `service_request`.

use super::filter::{Filter, PageKey};
use super::store::{Listing, Order, PLACE_SLACK_METRES, Page, by_ids, index};
use crate::platform::db::{Conn, DbError, Select, Value, dialect, params};
use crate::service_request::store::{COLUMNS, to_request};
use domain::place::{BoundingBox, Point};
use domain::service_request::ServiceRequest;

/// Rows that a page looks at, at most.
pub const LOOKED_AT: usize = 5_000;

/// A row as far as it matters whether it lies in a shape.
struct Candidate {
    at: i64,
    id: String,
    point: Point,
}

/// Where the true place lies so that the public one may lie in what is asked; the view decides by the public one.
pub(super) fn lies(filter: &Filter, point: Point) -> bool {
    let shapes = filter.shapes();
    let near = shapes.iter().all(|shape| shape.is_near(point, PLACE_SLACK_METRES));
    near && filter.within.is_none_or(|bounds| bounds.contains(point))
}

/// The page. Where many rows had to be looked at it may be short of some; the next one goes on where it ended.
pub fn page(
    conn: &mut Conn<'_>,
    listing: &Listing<'_>,
    most: usize,
) -> Result<Page<ServiceRequest>, DbError> {
    let order = Order::of(listing.sort);
    let limit = most as i64;
    let few = are_few(conn, listing.filter, most)?;
    let rows = candidates(conn, listing, &order, few, limit)?;
    let key = |row: &Candidate| PageKey { at: row.at, id: row.id.clone() };
    let inside: Vec<&Candidate> =
        rows.iter().filter(|row| lies(listing.filter, row.point)).take(listing.limit + 1).collect();
    let next = if inside.len() > listing.limit {
        inside.get(listing.limit.saturating_sub(1)).map(|row| key(row))
    } else {
        rows.last().filter(|_| rows.len() == most).map(key)
    };
    let shown = inside.iter().take(listing.limit);
    let ids: Vec<_> = shown.filter_map(|row| row.id.parse().ok()).collect();
    let mut found = by_ids(conn, &ids)?;
    found.sort_by_key(|report| ids.iter().position(|id| *id == report.id));
    Ok(Page { rows: found, next })
}

/// How many there are by their true places, within the slack of public ones. Reads what it counts.
pub(super) fn count(conn: &mut Conn<'_>, listing: &Listing<'_>) -> Result<i64, DbError> {
    let order = Order::of(listing.sort);
    let all = Listing { after: None, ..listing.clone() };
    let rows = candidates(conn, &all, &order, true, i64::MAX)?;
    Ok(rows.iter().filter(|row| lies(listing.filter, row.point)).count() as i64)
}

/// No more rows than `most` lie in the boxes around what is asked for.
fn are_few(conn: &mut Conn<'_>, filter: &Filter, most: usize) -> Result<bool, DbError> {
    let mut select = Select::new("SELECT COUNT(*) FROM (SELECT 1 FROM service_request");
    select.push(&dialect::indexed_by(conn.engine(), "service_request_by_cell"));
    select.push(" WHERE 1 = 1");
    for bounds in boxes(filter) {
        select.cells("cell", bounds);
    }
    select.push(" LIMIT ");
    let one_more = most as i64 + 1;
    select.value(Value::Int(one_more));
    select.push(") AS here");
    let count: i64 = conn.query_one(&select.sql, &select.values, |row| row.get(0))?;
    Ok(count < one_more)
}

fn boxes(filter: &Filter) -> impl Iterator<Item = BoundingBox> {
    let shapes = filter.shapes().into_iter().map(|shape| shape.bounds(PLACE_SLACK_METRES));
    shapes.chain(filter.within)
}

fn candidates(
    conn: &mut Conn<'_>,
    listing: &Listing<'_>,
    order: &Order,
    few: bool,
    limit: i64,
) -> Result<Vec<Candidate>, DbError> {
    let mut select =
        Select::new(format!("SELECT {}, id, lat, long FROM service_request", order.column));
    let by = if few { "service_request_by_cell" } else { index(listing) };
    select.push(&dialect::indexed_by(conn.engine(), by));
    select.push(" WHERE ");
    if few {
        select.narrow(listing);
    } else {
        select.narrow_unplaced(listing);
    }
    select.page(listing, order, limit);
    conn.query(&select.sql, &select.values, |row| {
        let id: String = row.get(1)?;
        let point = Point::new(row.get(2)?, row.get(3)?);
        let point = point.map_err(|_| crate::service_request::store::corrupt("lat", &id))?;
        Ok(Candidate { at: row.get(0)?, id, point })
    })
}

/// Open reports that everybody may see, whose place lies in a range of cells; newest first.
pub fn open_in_cells(
    conn: &mut Conn<'_>,
    first: i64,
    last: i64,
    limit: usize,
) -> Result<Vec<ServiceRequest>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM service_request WHERE cell BETWEEN $1 AND $2 AND state <> 'closed' AND open_to_all = 1 AND exactness <> 'area' \
         ORDER BY received_at DESC LIMIT $3"
    );
    conn.query(&sql, params![first, last, limit as i64], to_request)
}
