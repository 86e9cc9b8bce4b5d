//! The rows of the picture, in the order of the curve and cut into chunks: a change copies the chunk it falls into and
//! no other, however many reports the city has. What tiles count stands in columns beside the rows, because a tile of
//! the whole city reads a few bytes of each of a million.

use domain::place::mercator::Spot;
use domain::service_request::{Outcome, State};
use std::sync::Arc;

/// Characters of a code that fit; ours have 8.
pub(super) const CODE: usize = 16;
/// The key of what has no place that the public may know: it sorts before every place.
pub(super) const NOWHERE: i64 = -1;
/// Rows of a chunk at most; one that grows beyond is cut in two.
const CHUNK: usize = 4_096;
/// Stands for no deadline.
const NEVER: u32 = u32::MAX;

pub(super) type Code = [u8; CODE];
pub(super) type Key = (i64, Code);

/// What many reports have in common, as numbers of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub field: u16,
    pub service: u16,
    pub area: u16,
    pub agency: u16,
    /// Its place among [`State::ALL`].
    pub state: u8,
    /// Its place among [`Outcome::ALL`] and one more; 0 for none.
    pub outcome: u8,
    /// It stands in the middle of its area, because nobody may know more of its place.
    pub coarse: bool,
}

impl Kind {
    pub fn outcome(&self) -> Option<Outcome> {
        usize::from(self.outcome).checked_sub(1).and_then(|n| Outcome::ALL.get(n)).copied()
    }
    pub fn status(&self) -> &'static str {
        let state = State::ALL.get(usize::from(self.state)).copied().unwrap_or(State::Received);
        self.outcome()
            .filter(|_| state == State::Closed)
            .map_or(state.as_str(), |outcome| outcome.as_str())
    }
}

/// A report, small. Instants are seconds since 1970, 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// Of its spot on the curve, or [`NOWHERE`].
    pub key: i64,
    pub code: Code,
    pub spot: Spot,
    pub received: u32,
    pub closed: u32,
    pub due: u32,
    /// Its place among the kinds of the snapshot.
    pub kind: u32,
}

impl Row {
    pub fn key(&self) -> Key {
        (self.key, self.code)
    }
    pub fn is_closed(&self) -> bool {
        self.closed != 0
    }
    /// Until when it is not late; for ever, if nothing is owed.
    pub fn owed(&self) -> u32 {
        if self.is_closed() || self.due == 0 { NEVER } else { self.due }
    }
    pub fn is_late(&self, now: u32) -> bool {
        self.owed() < now
    }
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default().trim_end_matches('\0')
    }
}

/// Rows beside each other, and what tiles read of them.
#[derive(Debug)]
pub(super) struct Chunk {
    rows: Vec<Row>,
    keys: Vec<i64>,
    spots: Vec<Spot>,
    owed: Vec<u32>,
    received: Vec<u32>,
    kinds: Vec<u32>,
}

/// A piece of a chunk, all columns of the same length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub rows: &'a [Row],
    pub keys: &'a [i64],
    pub spots: &'a [Spot],
    pub owed: &'a [u32],
    pub received: &'a [u32],
    pub kinds: &'a [u32],
}

impl Piece<'_> {
    /// The part from one place to before another.
    pub fn part(&self, from: usize, to: usize) -> Self {
        fn cut<T>(all: &[T], from: usize, to: usize) -> &[T] {
            all.get(from..to).unwrap_or_default()
        }
        Piece {
            rows: cut(self.rows, from, to),
            keys: cut(self.keys, from, to),
            spots: cut(self.spots, from, to),
            owed: cut(self.owed, from, to),
            received: cut(self.received, from, to),
            kinds: cut(self.kinds, from, to),
        }
    }

    /// Cuts off what lies in the same cell as its first row, when the curve is cut into cells of so many bits.
    pub fn split_cell(&self, bits: u32) -> Option<(i64, Self, Self)> {
        let cell = self.keys.first()? >> bits;
        let all = self.keys.last().is_some_and(|last| last >> bits == cell);
        let end = if all {
            self.keys.len()
        } else {
            self.keys.partition_point(|key| key >> bits <= cell)
        };
        Some((cell, self.part(0, end), self.part(end, self.keys.len())))
    }
}

impl Chunk {
    fn of(rows: Vec<Row>) -> Self {
        Self {
            keys: rows.iter().map(|row| row.key).collect(),
            spots: rows.iter().map(|row| row.spot).collect(),
            owed: rows.iter().map(Row::owed).collect(),
            received: rows.iter().map(|row| row.received).collect(),
            kinds: rows.iter().map(|row| row.kind).collect(),
            rows,
        }
    }

    fn last(&self) -> Option<Key> {
        self.rows.last().map(Row::key)
    }

    fn whole(&self) -> Piece<'_> {
        Piece {
            rows: &self.rows,
            keys: &self.keys,
            spots: &self.spots,
            owed: &self.owed,
            received: &self.received,
            kinds: &self.kinds,
        }
    }
}

/// All rows.
#[derive(Debug, Default, Clone)]
pub(super) struct Rows {
    chunks: Vec<Arc<Chunk>>,
}

impl Rows {
    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.chunks.iter().flat_map(|chunk| &chunk.rows)
    }

    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.rows.len()).sum()
    }

    pub fn find(&self, key: Key) -> Option<&Row> {
        let at = self.chunks.partition_point(|chunk| chunk.last() < Some(key));
        let rows = &self.chunks.get(at)?.rows;
        rows.get(rows.binary_search_by_key(&key, Row::key).ok()?)
    }

    /// What lies between two keys, both included, piece by piece.
    pub fn between(&self, first: i64, last: i64) -> impl Iterator<Item = Piece<'_>> {
        let ends_before = |chunk: &Arc<Chunk>| chunk.keys.last().is_none_or(|end| *end < first);
        let start = self.chunks.partition_point(ends_before);
        let rest = self.chunks.get(start..).unwrap_or_default();
        rest.iter().take_while(move |chunk| chunk.keys.first().is_some_and(|key| *key <= last)).map(
            move |chunk| {
                let from = chunk.keys.partition_point(|key| *key < first);
                let to = chunk.keys.partition_point(|key| *key <= last);
                chunk.whole().part(from, to)
            },
        )
    }

    /// Without the rows of some keys and with others; both sorted.
    pub fn edited(&self, gone: &[Key], added: &[Row]) -> Self {
        let (mut gone, mut added) = (gone, added);
        let mut chunks = Vec::with_capacity(self.chunks.len() + 1);
        for (at, chunk) in self.chunks.iter().enumerate() {
            let is_last = at + 1 == self.chunks.len();
            let here = |key: Key| is_last || Some(key) <= chunk.last();
            let (gone_here, gone_later) = gone.split_at(gone.partition_point(|key| here(*key)));
            let (added_here, added_later) =
                added.split_at(added.partition_point(|row| here(row.key())));
            (gone, added) = (gone_later, added_later);
            if gone_here.is_empty() && added_here.is_empty() {
                chunks.push(chunk.clone());
            } else {
                cut(&mut chunks, merged(&chunk.rows, gone_here, added_here));
            }
        }
        cut(&mut chunks, added.to_vec());
        Self { chunks }
    }
}

/// Makes chunks of about the same length of the rows.
fn cut(chunks: &mut Vec<Arc<Chunk>>, rows: Vec<Row>) {
    if rows.is_empty() {
        return;
    }
    let pieces = rows.len().div_ceil(CHUNK);
    let length = rows.len().div_ceil(pieces);
    chunks.extend(rows.chunks(length).map(|rows| Arc::new(Chunk::of(rows.to_vec()))));
}

/// The old rows without those of the keys `gone`, and the added ones; all sorted.
fn merged(old: &[Row], gone: &[Key], added: &[Row]) -> Vec<Row> {
    let mut rows = Vec::with_capacity((old.len() + added.len()).saturating_sub(gone.len()));
    let (mut gone, mut added) = (gone.iter().peekable(), added.iter().peekable());
    for row in old {
        while let Some(new) = added.next_if(|new| new.key() < row.key()) {
            rows.push(*new);
        }
        if gone.next_if(|gone| **gone == row.key()).is_none() {
            rows.push(*row);
        }
    }
    rows.extend(added);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn row(key: i64, code: u32, received: u32) -> Row {
        let mut name = [0; CODE];
        name[..4].copy_from_slice(&code.to_be_bytes());
        Row { key, code: name, spot: Spot { x: 0, y: 0 }, received, closed: 0, due: 0, kind: 0 }
    }

    proptest! {
        /// Compared with a map that is sorted by nature.
        #[test]
        fn edits_keep_every_row_in_its_place(rounds in prop::collection::vec(prop::collection::vec((0_u32..3_000, 0_i64..500), 1..4_000), 1..5)) {
            let (mut rows, mut known) = (Rows::default(), BTreeMap::<u32, i64>::new());
            for (turn, round) in rounds.into_iter().enumerate() {
                let moves: BTreeMap<u32, i64> = round.into_iter().collect();
                let mut gone: Vec<Key> = moves.keys()
                    .filter_map(|code| Some(row(*known.get(code)?, *code, 0).key())).collect();
                let mut added: Vec<Row> = moves.iter()
                    .map(|(code, key)| row(*key, *code, turn as u32)).collect();
                gone.sort_unstable();
                added.sort_unstable_by_key(Row::key);
                rows = rows.edited(&gone, &added);
                known.extend(moves);
                let mut expected: Vec<Key> = known.iter().map(|(code, key)| row(*key, *code, 0).key()).collect();
                expected.sort_unstable();
                let found: Vec<Key> = rows.iter().map(Row::key).collect();
                prop_assert_eq!(&found, &expected);
                let some: usize = rows.between(100, 200).map(|piece| piece.keys.len()).sum();
                prop_assert_eq!(some, known.values().filter(|key| (100..=200).contains(*key)).count());
                prop_assert!(expected.iter().all(|key| rows.find(*key).is_some()));
                prop_assert!(rows.chunks.iter().all(|chunk| (1..=CHUNK).contains(&chunk.rows.len())));
            }
        }
    }

    #[test]
    fn a_change_copies_one_chunk_and_leaves_the_others() {
        let many: Vec<Row> = (0..20_000).map(|n| row(i64::from(n), n, 1)).collect();
        let before = Rows::default().edited(&[], &many);
        let after = before.edited(&[many[77].key()], &[row(77, 77, 2)]);
        let same = before.chunks.iter().zip(&after.chunks).filter(|(a, b)| Arc::ptr_eq(a, b));
        assert_eq!((before.chunks.len(), same.count()), (5, 4));
    }

    #[test]
    fn a_piece_is_split_where_a_cell_of_the_curve_ends() {
        let chunk = Chunk::of([0, 1, 3, 4, 9].map(|key| row(key, key as u32, 0)).to_vec());
        let mut rest = chunk.whole();
        let mut cells = Vec::new();
        while let Some((cell, here, more)) = rest.split_cell(2) {
            cells.push((cell, here.keys.len()));
            rest = more;
        }
        assert_eq!(cells, [(0, 3), (1, 1), (2, 1)]);
    }
}
