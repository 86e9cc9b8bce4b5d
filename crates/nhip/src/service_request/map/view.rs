//! What lies in a window of the map, for the list that stands beside it: how many, and the first of them in the order of
//! the list.

use super::rows::{Code, Kind, Row};
use super::shapes::pieces;
use super::wanted::{Asks, Wanted};
use super::{Snapshot, id_of};
use crate::service_request::list::filter::Sort;
use domain::ids::ServiceRequestId;
use domain::place::mercator::Window;
use std::collections::BinaryHeap;

/// Reports of a window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    pub count: u64,
    pub late: u64,
    /// Another number where another thing is in sight. It tells nothing of what is not.
    pub picture: u64,
    /// The first of them.
    pub first: Vec<ServiceRequestId>,
}

impl Snapshot {
    /// The first `most` reports of a window, or of everywhere, and how many there are. What has no public place is
    /// nowhere.
    pub fn seen(&self, window: Option<Window>, asks: &Asks<'_>, sort: Sort, most: usize) -> Seen {
        let Some(mut wanted) = Wanted::of(asks, self) else { return Seen::default() };
        let (mut count, mut late, mut picture) = (0, 0, 0_u64);
        // The last of the first stands on top.
        let mut first: BinaryHeap<(u32, Code)> = BinaryHeap::new();
        let ranges = window.map_or_else(|| vec![(0, i64::MAX)], Window::ranges);
        let shapes = wanted.shapes.clone();
        let found = ranges.into_iter().flat_map(|range| pieces(&self.rows, range, &shapes));
        for (piece, asks) in found {
            let now = wanted.now;
            wanted.among((&piece, asks), &self.kinds, |place| {
                let Some(row) = piece.rows.get(place) else { return };
                if window.is_some_and(|window| !window.holds(row.spot)) {
                    return;
                }
                count += 1;
                late += u64::from(row.is_late(now));
                picture = picture.wrapping_add(mixed(row, self.kinds.get(row.kind as usize), now));
                let Some(rank) = rank(row, sort) else { return };
                if first.len() < most || first.peek().is_some_and(|last| (rank, row.code) < *last) {
                    first.push((rank, row.code));
                }
                if first.len() > most {
                    first.pop();
                }
            });
        }
        let first = first.into_sorted_vec();
        Seen {
            count,
            late,
            picture,
            first: first.iter().filter_map(|(_, code)| id_of(code)).collect(),
        }
    }
}

/// A number for how a report is drawn: quick, because a map of the whole city asks it of every one.
fn mixed(row: &Row, kind: Option<&Kind>, now: u32) -> u64 {
    /// Odd, its bits well spread (the golden ratio).
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let code = u128::from_le_bytes(row.code);
    let (state, outcome) = kind.map_or((0, 0), |kind| (kind.state, kind.outcome));
    let drawn = u64::from(state) << 16 | u64::from(outcome) << 8 | u64::from(row.is_late(now));
    let n = (code as u64 ^ (code >> 64) as u64).wrapping_mul(SPREAD) ^ drawn.wrapping_add(SPREAD);
    let n = (n ^ (n >> 32)).wrapping_mul(SPREAD);
    n ^ (n >> 29)
}

/// The smaller, the earlier in the list; what the list leaves out has none.
fn rank(row: &Row, sort: Sort) -> Option<u32> {
    match sort {
        // When a report last changed is not kept here: the newest stand for it.
        Sort::Newest | Sort::Updated => Some(u32::MAX - row.received),
        Sort::Oldest => Some(row.received),
        Sort::Due => Some(row.due).filter(|due| *due != 0 && !row.is_closed()),
        Sort::Closed => Some(u32::MAX - row.closed).filter(|_| row.is_closed()),
    }
}
