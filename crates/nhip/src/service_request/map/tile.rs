//! A tile of the map: what lies in one range of the curve, as points, and as clusters where several lie in one cell of
//! it. A report is in exactly one tile of each zoom, so what four tiles count is what the one above them counts.

use super::mvt::{EXTENT, Layer, Value};
use super::rows::{Kind, Piece, Row};
use super::shapes::pieces;
use super::wanted::{Asks, Wanted};
use super::{Names, Snapshot};
use domain::place::mercator::{DEEPEST, ORDER, Spot, Tile};

/// The zoom from which streets can be told apart, and clusters need less room.
const STREET_ZOOM: u8 = 14;
/// Halvings of a tile, which is drawn 512 pixels wide, for one cluster: cells of 64 pixels, at street level of 32, close
/// by of 16; and of 16 for the heat, whose spots run into each other.
const CLUSTER: u8 = 3;
const STREET_CLUSTER: u8 = 4;
const CLOSE_CLUSTER: u8 = 5;
/// Cells of two pixels, half a metre: what lies in one stands at the same place.
const SAME_PLACE: u8 = 8;
const HEAT: u8 = 5;

/// What a tile shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shows {
    /// The layers `reports` and `clusters`.
    Reports,
    /// The layer `heat`: how many lie where. What stands in the middle of its area only for want of a place is left out.
    Heat,
}

impl Snapshot {
    /// The tile, as it travels.
    pub fn tile(&self, tile: Tile, asks: &Asks<'_>, shows: Shows) -> Vec<u8> {
        let Some(mut wanted) = Wanted::of(asks, self) else { return Vec::new() };
        wanted.placed_only |= shows == Shows::Heat;
        let level = cells(tile.zoom(), shows);
        let heaps = self.heaps(tile, level, &mut wanted);
        let mut bytes = Vec::new();
        match shows {
            Shows::Heat => {
                let mut heat = Layer::new("heat");
                for heap in &heaps {
                    let count = ("count", Value::Number(u64::from(heap.count)));
                    heat.point(tile.within(heap.middle(), EXTENT), vec![count]);
                }
                heat.write(&mut bytes);
            }
            Shows::Reports => {
                let (mut reports, mut clusters) = (Layer::new("reports"), Layer::new("clusters"));
                for heap in &heaps {
                    let at = tile.within(heap.middle(), EXTENT);
                    if heap.count == 1 {
                        reports.point(at, self.told(heap.first, wanted.now));
                    } else {
                        clusters.point(at, heap.told());
                    }
                }
                reports.write(&mut bytes);
                clusters.write(&mut bytes);
            }
        }
        bytes
    }

    /// What passes in the tile, cell by cell.
    fn heaps(&self, tile: Tile, level: u8, wanted: &mut Wanted) -> Vec<Heap<'_>> {
        let (first, last) = tile.range();
        let bits = 2 * u32::from(ORDER - level);
        let mut heaps: Vec<Heap<'_>> = Vec::new();
        for (piece, asks) in pieces(&self.rows, (first, last), &wanted.shapes) {
            let mut rest = piece;
            while let Some((cell, here, more)) = rest.split_cell(bits) {
                let heap = if wanted.is_everything() {
                    Heap::of_all(cell, &here, wanted.now)
                } else {
                    Heap::of_some(cell, (&here, asks), wanted, &self.kinds)
                };
                if let Some(heap) = heap {
                    Heap::join(&mut heaps, heap);
                }
                rest = more;
            }
        }
        heaps
    }

    fn told(&self, row: &Row, now: u32) -> Vec<(&'static str, Value)> {
        let kind = self.kinds.get(row.kind as usize);
        let service = kind.map_or("", |kind| Names::name(&self.names, kind.service));
        let status = kind.map_or("", |kind| kind.status());
        vec![
            ("code", Value::Text(row.code().to_owned())),
            ("service", Value::Text(service.to_owned())),
            ("status", Value::Text(status.to_owned())),
            ("late", Value::Yes(row.is_late(now))),
        ]
    }
}

/// How fine the cells are in which reports become one thing.
fn cells(zoom: u8, shows: Shows) -> u8 {
    let finer = match shows {
        Shows::Heat => HEAT,
        Shows::Reports if zoom >= DEEPEST => SAME_PLACE,
        Shows::Reports if zoom + 2 > DEEPEST => CLOSE_CLUSTER,
        Shows::Reports if zoom >= STREET_ZOOM => STREET_CLUSTER,
        Shows::Reports => CLUSTER,
    };
    (zoom + finer).min(ORDER)
}

/// Reports of one cell.
struct Heap<'a> {
    cell: i64,
    first: &'a Row,
    count: u32,
    late: u32,
    /// Sums of columns and rows.
    x: u64,
    y: u64,
}

impl<'a> Heap<'a> {
    fn of_all(cell: i64, piece: &Piece<'a>, now: u32) -> Option<Self> {
        Some(Self {
            cell,
            first: piece.rows.first()?,
            count: piece.rows.len() as u32,
            late: piece.owed.iter().map(|owed| u32::from(*owed < now)).sum(),
            x: piece.spots.iter().map(|spot| u64::from(spot.x)).sum(),
            y: piece.spots.iter().map(|spot| u64::from(spot.y)).sum(),
        })
    }

    fn of_some(
        cell: i64,
        (piece, asks): (&Piece<'a>, bool),
        wanted: &mut Wanted,
        kinds: &[Kind],
    ) -> Option<Self> {
        let now = wanted.now;
        let mut heap: Option<Self> = None;
        wanted.among((piece, asks), kinds, |place| {
            let (Some(first), Some(spot), Some(owed)) =
                (piece.rows.get(place), piece.spots.get(place), piece.owed.get(place))
            else {
                return;
            };
            let heap = heap.get_or_insert(Self { cell, first, count: 0, late: 0, x: 0, y: 0 });
            heap.count += 1;
            heap.late += u32::from(*owed < now);
            heap.x += u64::from(spot.x);
            heap.y += u64::from(spot.y);
        });
        heap
    }

    /// Pieces end where chunks end, which is not where cells do.
    fn join(heaps: &mut Vec<Self>, next: Self) {
        match heaps.last_mut().filter(|last| last.cell == next.cell) {
            None => heaps.push(next),
            Some(last) => {
                last.count += next.count;
                last.late += next.late;
                last.x += next.x;
                last.y += next.y;
            }
        }
    }

    fn middle(&self) -> Spot {
        let count = u64::from(self.count).max(1);
        Spot { x: (self.x / count) as u32, y: (self.y / count) as u32 }
    }

    fn told(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("count", Value::Number(u64::from(self.count))),
            ("late", Value::Number(u64::from(self.late))),
        ]
    }
}
