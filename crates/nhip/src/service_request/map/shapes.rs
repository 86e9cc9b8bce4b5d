//! What of the picture lies in a shape: squares of the curve are taken or left as a whole, and only at the border of the
//! shape report by report.

use super::rows::{Piece, Rows};
use domain::place::mercator::Square;
use domain::place::outline::{Lies, Shape};

/// So few rows are quicker asked one by one.
const FEW: usize = 48;

/// The pieces between two keys that may lie in all of the shapes, in order; `true` where each row has to be asked.
pub(super) fn pieces<'a>(
    rows: &'a Rows,
    (first, last): (i64, i64),
    shapes: &[Shape],
) -> Vec<(Piece<'a>, bool)> {
    let mut found = Vec::new();
    if shapes.is_empty() {
        found.extend(rows.between(first, last).map(|piece| (piece, false)));
    } else {
        look(rows, (first, last), shapes, Square::WORLD, &mut found);
    }
    found
}

fn look<'a>(
    rows: &'a Rows,
    within: (i64, i64),
    shapes: &[Shape],
    square: Square,
    found: &mut Vec<(Piece<'a>, bool)>,
) {
    let (first, last) = (square.range().0.max(within.0), square.range().1.min(within.1));
    let lies = lies(square, shapes);
    if first > last || lies == Lies::Outside {
        return;
    }
    // Counted only as far as it matters.
    let few = || {
        let mut count = 0;
        rows.between(first, last).all(|piece| {
            count += piece.keys.len();
            count <= FEW
        })
    };
    let quarters = square.quarters();
    if lies == Lies::Inside || few() {
        let asks = lies != Lies::Inside;
        let pieces = rows.between(first, last).filter(|piece| !piece.keys.is_empty());
        found.extend(pieces.map(|piece| (piece, asks)));
    } else {
        let before = found.len();
        for quarter in quarters {
            look(rows, within, shapes, quarter, found);
        }
        // The smallest square has no quarters.
        if before == found.len() && square.range().0 == square.range().1 {
            found.extend(rows.between(first, last).map(|piece| (piece, true)));
        }
    }
}

fn lies(square: Square, shapes: &[Shape]) -> Lies {
    let Some((middle, metres)) = square.around() else { return Lies::Across };
    // A square that wide is curved: look closer.
    if metres > 500_000.0 {
        return Lies::Across;
    }
    let all = shapes.iter().map(|shape| shape.lies(middle, metres));
    all.fold(Lies::Inside, |sum, one| match (sum, one) {
        (Lies::Outside, _) | (_, Lies::Outside) => Lies::Outside,
        (Lies::Inside, Lies::Inside) => Lies::Inside,
        _ => Lies::Across,
    })
}
