//! Where something is: points and boxes in WGS84 degrees, distances in metres.
//!
//! Indexing by place is in [`cell`], maps of the web in [`mercator`], borders between centres in [`nearest`], what somebody drew in [`outline`], ground with borders in [`region`], its drawing in
//! [`simplify`]. Boxes do not cross the 180th meridian.

pub mod cell;
pub mod mercator;
pub mod nearest;
pub mod outline;
pub mod region;
pub mod simplify;
#[cfg(test)]
mod tests;

pub use cell::{Cell, cover, cover_circle};

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

crate::word! {
    /// How exactly a place is known. It is kept with each report: where only the area is known, its point is the middle of
    /// the area, near which nothing is.
    Exactness {
        /// Somebody pointed at it, or a device measured it.
        Pin = "pin",
        /// The house of an address, as a register or a geocoder has it.
        Address = "address",
        Area = "area",
    }
}

/// Mean radius of the earth in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;
/// Length of a degree of latitude in metres.
const METRES_PER_DEGREE: f64 = EARTH_RADIUS_M * std::f64::consts::PI / 180.0;

/// A point in WGS84 degrees: latitude −90 to 90, longitude −180 to 180, both finite.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct Point {
    lat: f64,
    long: f64,
}

/// The wire form of a [`Point`], before it is checked.
#[derive(Serialize, Deserialize)]
struct Degrees {
    lat: f64,
    long: f64,
}

/// Why something is not a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    #[error("it is not a number of degrees")]
    NotANumber,
    #[error("a latitude lies between -90 and 90")]
    Latitude,
    #[error("a longitude lies between -180 and 180")]
    Longitude,
    #[error("a box is four numbers: left,bottom,right,top")]
    NotFourNumbers,
    #[error("the box is empty or upside down: left < right and bottom < top are needed")]
    EmptyBox,
}

impl Point {
    pub fn new(lat: f64, long: f64) -> Result<Self, PlaceError> {
        if !lat.is_finite() || !long.is_finite() {
            Err(PlaceError::NotANumber)
        } else if !(-90.0..=90.0).contains(&lat) {
            Err(PlaceError::Latitude)
        } else if !(-180.0..=180.0).contains(&long) {
            Err(PlaceError::Longitude)
        } else {
            Ok(Self { lat, long })
        }
    }

    /// Reads two form fields in decimal degrees.
    pub fn parse(lat: &str, long: &str) -> Result<Self, PlaceError> {
        Self::new(degrees(lat)?, degrees(long)?)
    }

    pub fn lat(self) -> f64 {
        self.lat
    }

    pub fn long(self) -> f64 {
        self.long
    }

    /// Great-circle distance in metres, on a sphere: within 0.6 % of the ellipsoid.
    pub fn distance_m(self, other: Self) -> f64 {
        let (lat_a, lat_b) = (self.lat.to_radians(), other.lat.to_radians());
        let by_lat = ((lat_b - lat_a) / 2.0).sin();
        let by_long = ((other.long - self.long).to_radians() / 2.0).sin();
        let h = by_lat * by_lat + lat_a.cos() * lat_b.cos() * by_long * by_long;
        2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
    }

    /// The centre of the grid cell of about `metres` a side that holds this point: the same for all
    /// points of the cell, so a public place tells no more than the cell. Rounded to 0.1 m. Below
    /// one metre there is nothing to hide and the point stays.
    #[must_use]
    pub fn coarsen(self, metres: f64) -> Self {
        if !metres.is_finite() || metres < 1.0 {
            return self;
        }
        let lat_step = metres / METRES_PER_DEGREE;
        let lat = middle_of_step(self.lat, lat_step);
        // Near the poles a degree of longitude shrinks to nothing: a hundredth is the least.
        let long_step = lat_step / lat.to_radians().cos().max(0.01);
        let long = middle_of_step(self.long, long_step);
        Self { lat: rounded(lat).clamp(-90.0, 90.0), long: rounded(long).clamp(-180.0, 180.0) }
    }
}

fn middle_of_step(value: f64, step: f64) -> f64 {
    ((value / step).floor() + 0.5) * step
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn degrees(text: &str) -> Result<f64, PlaceError> {
    text.trim().parse().map_err(|_| PlaceError::NotANumber)
}

impl TryFrom<Degrees> for Point {
    type Error = PlaceError;

    fn try_from(raw: Degrees) -> Result<Self, PlaceError> {
        Self::new(raw.lat, raw.long)
    }
}

impl From<Point> for Degrees {
    fn from(point: Point) -> Self {
        Self { lat: point.lat, long: point.long }
    }
}

/// `lat,long`, as map links write it.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.lat, self.long)
    }
}

/// A box between two parallels and two meridians; its edges belong to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundingBox {
    south_west: Point,
    north_east: Point,
}

impl BoundingBox {
    /// From left, bottom, right, top in degrees.
    pub fn new(left: f64, bottom: f64, right: f64, top: f64) -> Result<Self, PlaceError> {
        let south_west = Point::new(bottom, left)?;
        let north_east = Point::new(top, right)?;
        if left < right && bottom < top {
            Ok(Self { south_west, north_east })
        } else {
            Err(PlaceError::EmptyBox)
        }
    }

    /// The smallest box that holds a circle, cut off at the edges of the world.
    pub fn around(centre: Point, radius_m: f64) -> Self {
        let radius_m = if radius_m.is_finite() { radius_m.max(0.1) } else { 0.1 };
        let angle = (radius_m / EARTH_RADIUS_M).min(std::f64::consts::PI);
        let by_lat = angle.to_degrees();
        let (bottom, top) = (centre.lat - by_lat, centre.lat + by_lat);
        // The widest place of the circle is nearer the pole than its centre.
        let sine = angle.sin() / centre.lat.to_radians().cos();
        let holds_pole = bottom <= -90.0 || top >= 90.0 || sine >= 1.0;
        let by_long = if holds_pole { 360.0 } else { sine.asin().to_degrees() };
        let corner = |lat: f64, long: f64| Point {
            lat: lat.clamp(-90.0, 90.0),
            long: long.clamp(-180.0, 180.0),
        };
        Self {
            south_west: corner(bottom, centre.long - by_long),
            north_east: corner(top, centre.long + by_long),
        }
    }

    /// The smallest box that holds all points; none without a point.
    pub fn of(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |found: Option<Self>, p| {
            let Some(b) = found else {
                return Some(Self { south_west: p, north_east: p });
            };
            let (sw, ne) = (b.south_west, b.north_east);
            Some(Self {
                south_west: Point { lat: sw.lat.min(p.lat), long: sw.long.min(p.long) },
                north_east: Point { lat: ne.lat.max(p.lat), long: ne.long.max(p.long) },
            })
        })
    }

    pub fn south_west(self) -> Point {
        self.south_west
    }

    pub fn north_east(self) -> Point {
        self.north_east
    }

    pub fn centre(self) -> Point {
        let (sw, ne) = (self.south_west, self.north_east);
        Point { lat: f64::midpoint(sw.lat, ne.lat), long: f64::midpoint(sw.long, ne.long) }
    }

    pub fn contains(self, point: Point) -> bool {
        let (sw, ne) = (self.south_west, self.north_east);
        (sw.lat..=ne.lat).contains(&point.lat) && (sw.long..=ne.long).contains(&point.long)
    }
}

/// `left,bottom,right,top` in degrees, as in the `bbox` parameter.
impl FromStr for BoundingBox {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let parts: Vec<&str> = text.split(',').collect();
        let [left, bottom, right, top] = parts.as_slice() else {
            return Err(PlaceError::NotFourNumbers);
        };
        Self::new(degrees(left)?, degrees(bottom)?, degrees(right)?, degrees(top)?)
    }
}

impl fmt::Display for BoundingBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sw, ne) = (self.south_west, self.north_east);
        write!(f, "{},{},{},{}", sw.long, sw.lat, ne.long, ne.lat)
    }
}
