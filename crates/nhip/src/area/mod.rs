//! Where a place lies: by official boundaries once they are imported, else by the nearest centre, which is said.

use domain::ids::AreaId;
use domain::pack::Pack;
use domain::place::Point;
use domain::service_request::refusal::Refusal;

/// Assigns places to areas. Without boundaries it guesses by the nearest centre.
#[derive(Debug, Default)]
pub struct Locator {}

/// The area a place lies in, and whether that is a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub area: AreaId,
    pub approximate: bool,
}

impl Locator {
    /// The area of `point`, or a refusal when it lies outside the city.
    pub fn locate(&self, pack: &Pack, point: Point) -> Result<Located, Refusal> {
        let (area, metres) = pack.nearest_area(point).ok_or(Refusal::OutsideTheCity)?;
        if metres > pack.settings.outside_metres {
            return Err(Refusal::OutsideTheCity);
        }
        Ok(Located { area: area.id.clone(), approximate: true })
    }
}
