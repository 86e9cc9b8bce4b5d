//! Where a place lies: by official boundaries once they are imported, else by the nearest centre, which is said.
//!
//! **Cast.** [`geojson`] reads and writes polygons; [`names`] knows which area of the pack a feature means; [`import`]
//! checks a file as a whole and makes a new version of it; [`store`] keeps the versions; [`drawing`] is what maps draw.
//!
//! **Flow.** `nhip areas import` writes a version → a job of every node (`jobs.rs`) sees it and loads a new [`Locator`]
//! → every door asks it: the form, the desk, Open311, corrections, imports. Reports that are here keep the area they
//! were given: that is their history, and `correct` moves one.

pub mod drawing;
pub mod geojson;
pub mod import;
pub mod names;
pub mod store;

use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::limits;
use domain::ids::AreaId;
use domain::pack::{Area, Pack};
use domain::place::region::Region;
use domain::place::{BoundingBox, Point};
use domain::refusal::Refusal;
use jiff::civil::Date;

/// Assigns places to areas.
#[derive(Debug, Default)]
pub struct Locator {
    /// The version in force; 0 when there is none.
    version: i64,
    /// The newest version there is, in force or not.
    newest: i64,
    /// The first day on which a newer version comes into force.
    next: Option<Date>,
    regions: Vec<(AreaId, Region)>,
    drawn: drawing::Drawn,
}

/// The area a place lies in, and whether that is a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub area: AreaId,
    pub approximate: bool,
}

impl Located {
    fn exactly(area: &Area) -> Self {
        Self { area: area.id.clone(), approximate: false }
    }
    fn perhaps(area: &Area) -> Self {
        Self { area: area.id.clone(), approximate: true }
    }
}

impl Locator {
    pub fn new(version: i64, regions: Vec<(AreaId, Region)>) -> Self {
        let drawn = drawing::Drawn::of(&regions);
        Self { version, newest: version, next: None, regions, drawn }
    }

    /// The boundaries in force on a local date.
    pub fn load(conn: &mut Conn<'_>, today: Date) -> Result<Self> {
        let versions = store::versions(conn)?;
        let newest = versions.iter().map(|v| v.version).max().unwrap_or(0);
        let in_force = versions.iter().filter(|v| v.valid_from <= today).map(|v| v.version).max();
        let coming = versions.iter().filter(|v| Some(v.version) > in_force).map(|v| v.valid_from);
        let next = coming.min();
        let located = match in_force {
            None => Self::default(),
            Some(version) => Self::new(version, store::regions(conn, version)?),
        };
        Ok(Self { newest, next, ..located })
    }

    /// Whether the database may have other boundaries than these, for a node that keeps in step.
    pub fn is_outdated(&self, newest: i64, today: Date) -> bool {
        self.newest != newest || self.next.is_some_and(|next| next <= today)
    }

    /// The version in force; 0 when there is none.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// The area of `point`, or a refusal when it lies outside the city.
    pub fn locate(&self, pack: &Pack, point: Point) -> Result<Located, Refusal> {
        let known = |id: &AreaId| pack.heir(id);
        let mut holding = self.regions.iter().filter(|(_, region)| region.contains(point));
        if let Some(area) = holding.find_map(|(id, _)| known(id)) {
            return Ok(Located::exactly(area));
        }
        if let Some(area) = self.beside(point).and_then(known) {
            return Ok(Located::perhaps(area));
        }
        // What no boundary tells is guessed: without boundaries all of it, with them an area that is new in the pack.
        let untold = |area: &Area| !self.regions.iter().any(|(id, _)| *id == area.id);
        let guess = pack.nearest_area(point, untold);
        match guess.filter(|(_, metres)| *metres <= pack.settings.outside_metres) {
            Some((area, _)) => Ok(Located::perhaps(area)),
            None => Err(Refusal::OutsideTheCity),
        }
    }

    /// The area of `point` when somebody also named one: a boundary knows better than they do, a guess does not.
    pub fn locate_named(
        &self,
        pack: &Pack,
        point: Point,
        named: Option<&Area>,
    ) -> Result<Located, Refusal> {
        let located = self.locate(pack, point)?;
        Ok(match named.filter(|_| located.approximate) {
            Some(area) => Located::exactly(area),
            None => located,
        })
    }

    /// The area whose border is nearest, if one is near enough to blame the drawing.
    fn beside(&self, point: Point) -> Option<&AreaId> {
        let near = self.regions.iter().filter_map(|(id, region)| {
            Some((id, region.border_within(point, limits::BESIDE_BOUNDARY_METRES)?))
        });
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(id, _)| id)
    }

    /// The box a map of the city begins with: its boundaries, or the centres of its areas and some ground around them.
    pub fn city(&self, pack: &Pack) -> Option<BoundingBox> {
        /// Degrees around the centres of the areas.
        const MARGIN: f64 = 0.02;
        let corners = self.regions.iter().map(|(_, region)| region.bounds());
        BoundingBox::of(corners.flat_map(|b| [b.south_west(), b.north_east()])).or_else(|| {
            let centres = BoundingBox::of(pack.areas.iter().map(|area| area.centre))?;
            let (low, high) = (centres.south_west(), centres.north_east());
            let (left, bottom) = (low.long() - MARGIN, low.lat() - MARGIN);
            BoundingBox::new(left, bottom, high.long() + MARGIN, high.lat() + MARGIN).ok()
        })
    }

    /// The areas as maps draw them: with their borders, or as points.
    pub fn drawn(&self) -> &drawing::Drawn {
        &self.drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::pack_dir;

    const HARBOUR: &str = include_str!("../../../../docs/guides/harbour.geojson");

    fn harbour() -> (Pack, Locator) {
        let pack = pack_dir::load_checked("harbour").unwrap();
        let found = import::check(&pack, HARBOUR, &names::Properties::default()).unwrap();
        assert_eq!(found.warnings, Vec::<String>::new());
        (pack, Locator::new(1, found.regions))
    }

    fn at(lat: f64, long: f64) -> Point {
        Point::new(lat, long).unwrap()
    }

    fn told(located: Result<Located, Refusal>) -> (String, bool) {
        located.map_or_else(
            |refusal| (refusal.key().to_owned(), false),
            |located| (located.area.to_string(), located.approximate),
        )
    }

    #[test]
    fn a_place_lies_in_the_area_whose_boundary_holds_it() {
        let (pack, locator) = harbour();
        for (lat, long, area, approximate) in [
            (55.0600, 10.6100, "old-town", false),
            // The customs yard, an exclave of the Quays in the middle of the Old Town.
            (55.0624, 10.6168, "quays", false),
            // A rock in the sea.
            (55.0868, 10.6520, "lighthouse-hill", false),
            // The end of a pier, some 70 m before the coast; and the same farther out.
            (55.0458, 10.6092, "quays", true),
            (55.0400, 10.6092, "refusal-outside-the-city", false),
        ] {
            let found = told(locator.locate(&pack, at(lat, long)));
            assert_eq!(found, (area.to_owned(), approximate), "{lat} {long}");
        }
    }

    #[test]
    fn without_boundaries_the_nearest_centre_is_a_guess() {
        let (pack, _) = harbour();
        let guess = |lat, long| told(Locator::default().locate(&pack, at(lat, long)));
        assert_eq!(guess(55.0624, 10.6168), ("old-town".to_owned(), true));
        assert_eq!(guess(55.0400, 10.6092), ("quays".to_owned(), true));
        assert_eq!(guess(56.0, 10.6).0, "refusal-outside-the-city");
    }

    #[test]
    fn a_boundary_knows_better_than_who_named_an_area_and_a_guess_does_not() {
        let (pack, locator) = harbour();
        let named = pack.areas.iter().find(|area| area.id.as_str() == "meadows");
        let place = at(55.0600, 10.6100);
        let by_boundary = locator.locate_named(&pack, place, named);
        assert_eq!(told(by_boundary), ("old-town".to_owned(), false));
        let guessed = Locator::default().locate_named(&pack, place, named);
        assert_eq!(told(guessed), ("meadows".to_owned(), false));
        assert!(locator.locate_named(&pack, at(55.0400, 10.6092), named).is_err());
    }

    #[test]
    fn an_area_that_is_new_in_the_pack_is_guessed_until_its_boundary_comes() {
        let (pack, locator) = harbour();
        let regions = locator.regions.into_iter().filter(|(id, _)| id.as_str() != "meadows");
        let older = Locator::new(1, regions.collect());
        assert_eq!(told(older.locate(&pack, at(55.0790, 10.5940))), ("meadows".to_owned(), true));
        assert_eq!(told(older.locate(&pack, at(55.0600, 10.6100))), ("old-town".to_owned(), false));
        let mut smaller = pack_dir::load("harbour").unwrap();
        let areas = smaller.0.get_mut("areas.toml").unwrap();
        *areas = areas.split("[[area]]\nid = \"meadows\"").next().unwrap().to_owned();
        let smaller = pack_dir::check(&smaller).unwrap();
        let (_, locator) = harbour();
        assert!(locator.locate(&smaller, at(55.0790, 10.5940)).is_err(), "no longer of the city");
    }

    #[test]
    fn a_map_is_given_names_and_borders_that_change_with_the_version() {
        let (pack, locator) = harbour();
        let drawn = |locator: &Locator| -> serde_json::Value {
            serde_json::from_str(&locator.drawn().collection(&pack, "en")).unwrap()
        };
        let kinds = |drawn: &serde_json::Value| -> Vec<String> {
            let features = drawn["features"].as_array().unwrap();
            features.iter().map(|f| f["geometry"]["type"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(kinds(&drawn(&locator)), ["MultiPolygon", "Point"].repeat(4));
        let guessed = kinds(&drawn(&Locator::default()));
        assert_eq!(guessed, ["Point", "Point", "Point", "Point", "MultiLineString"]);
        assert!(drawn(&locator).to_string().len() < HARBOUR.len(), "fewer positions");
        let tag = |version| locator.drawn().tag(version, &pack, "en");
        assert_ne!(tag(1), tag(2));
        let city = |locator: &Locator| locator.city(&pack).unwrap();
        assert!(city(&locator).contains(at(55.0868, 10.6520)), "the rock");
        assert!(!city(&Locator::default()).contains(at(55.0868, 10.6520)));
    }
}
