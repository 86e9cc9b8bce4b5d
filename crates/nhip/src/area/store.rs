//! The SQL of the areas: versions of official boundaries. A version is never changed; the newest that is valid counts.
//!
//! Tables: `area_boundary`.

use super::geojson;
use crate::platform::db::{Conn, DbError, params};
use crate::platform::error::{Error, Result};
use domain::ids::AreaId;
use domain::place::region::Region;
use jiff::civil::Date;

/// Boundaries of all areas, as they were imported together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub version: i64,
    pub valid_from: Date,
    pub areas: i64,
}

/// The number of the newest version; 0 when there is none.
pub fn newest(conn: &mut Conn<'_>) -> Result<i64, DbError> {
    let newest = conn.query_one("SELECT MAX(version) FROM area_boundary", params![], |row| {
        row.get::<Option<i64>>(0)
    })?;
    Ok(newest.unwrap_or(0))
}

/// All versions, the oldest first.
pub fn versions(conn: &mut Conn<'_>) -> Result<Vec<Version>, DbError> {
    conn.query(
        "SELECT version, MIN(valid_from), COUNT(*) FROM area_boundary GROUP BY version ORDER BY version",
        params![],
        |row| {
            let valid_from = row.parse(1, "a date", |text| text.parse().ok())?;
            Ok(Version { version: row.get(0)?, valid_from, areas: row.get(2)? })
        },
    )
}

/// The boundaries of one version, sorted by area.
pub fn regions(conn: &mut Conn<'_>, version: i64) -> Result<Vec<(AreaId, Region)>> {
    let rows = conn.query(
        "SELECT area, geometry FROM area_boundary WHERE version = $1",
        params![version],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    let region = |(area, geometry): (String, String)| {
        let corrupt = |column| Error::Corrupt {
            table: "area_boundary",
            column,
            id: format!("{version}/{area}"),
        };
        let id = area.parse().map_err(|_| corrupt("area"))?;
        let polygons = geojson::read(&geometry).ok_or_else(|| corrupt("geometry"))?;
        Ok((id, Region::new(polygons).map_err(|_| corrupt("geometry"))?))
    };
    let mut regions = rows.into_iter().map(region).collect::<Result<Vec<_>>>()?;
    // In the same order on every engine, whatever its collation.
    regions.sort_by(|a: &(AreaId, Region), b| a.0.cmp(&b.0));
    Ok(regions)
}

pub fn insert(
    conn: &mut Conn<'_>,
    version: i64,
    area: &AreaId,
    region: &Region,
    valid_from: Date,
) -> Result<(), DbError> {
    let geometry = geojson::written(region.polygons());
    conn.execute(
        "INSERT INTO area_boundary (version, area, geometry, valid_from) VALUES ($1, $2, $3, $4)",
        params![version, area.as_str(), geometry, valid_from.to_string()],
    )?;
    Ok(())
}
