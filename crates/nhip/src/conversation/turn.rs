//! Who may say something now: a person once in the time that the rules say, and all who write from one place without an
//! account so many times. A place is an address: a household, an office, or the phones of a whole network.

use super::author::Author;
use super::store;
use crate::platform::db::{Conn, DbError};
use crate::platform::error::{Error, Result};
use crate::platform::limits::{COUNTED_OF_ONE_PLACE, PLACE_COUNTED};
use jiff::{SignedDuration, Timestamp};

/// How many of one place, in what time.
#[derive(Debug, Clone, Copy)]
pub struct Turns {
    pub many: usize,
    pub within: SignedDuration,
}

/// Takes a turn of the person. `Some`: when they took theirs, which is not over.
pub fn of_person(
    conn: &mut Conn<'_>,
    author: &Author,
    now: Timestamp,
    within: SignedDuration,
) -> Result<Option<Timestamp>, DbError> {
    store::claim_turn(conn, &author.key, now, within)
}

/// Takes one of the turns of a place. `Some`: when the first was taken of which none is over.
pub fn of_place(
    conn: &mut Conn<'_>,
    place: &str,
    turns: Turns,
    now: Timestamp,
) -> Result<Option<Timestamp>, DbError> {
    let mut first: Option<Timestamp> = None;
    for turn in 0..turns.many {
        match store::claim_turn(conn, &format!("{place}#{turn}"), now, turns.within)? {
            None => return Ok(None),
            Some(taken) => first = Some(first.map_or(taken, |first| first.min(taken))),
        }
    }
    Ok(first)
}

/// One more of those who are counted by heads, about `what`: whoever throws their cookies away is not somebody new for
/// ever. Whoever has an account is counted by that alone.
pub fn head_of_place(
    conn: &mut Conn<'_>,
    author: &Author,
    what: &str,
    now: Timestamp,
) -> Result<()> {
    let Some(place) = &author.place else { return Ok(()) };
    let turns = Turns { many: COUNTED_OF_ONE_PLACE, within: PLACE_COUNTED };
    match of_place(conn, &format!("{place}:{what}"), turns, now)? {
        None => Ok(()),
        Some(_) => Err(Error::unacceptable("support", "many-of-one-place", 429)),
    }
}
