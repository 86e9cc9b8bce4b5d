//! Slows guessing down: after a few failures each further try must wait, longer each time. In memory: a restart
//! forgives, which helps nobody who guesses.

use crate::platform::http::pace::network;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// What failures are counted by. An attacker with many addresses meets the count of the login; one with many
/// logins that of the address; the owner of an attacked login still gets in from where nobody fails.
struct Count {
    free: u32,
    longest: SignedDuration,
}

/// One login from one address.
const PAIR: Count = Count { free: 5, longest: SignedDuration::from_mins(15) };
/// One address, whoever it tries to be: an office behind one address has many hands.
const ADDRESS: Count = Count { free: 20, longest: SignedDuration::from_mins(15) };
/// One login from everywhere. Short, or strangers could keep its owner out.
const LOGIN: Count = Count { free: 50, longest: SignedDuration::from_mins(1) };

/// Failures are forgotten after this long without another.
const FORGET: SignedDuration = SignedDuration::from_hours(12);
/// Entries before quiet ones are thrown out.
const ENTRIES: usize = 50_000;

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    until: Timestamp,
    last: Timestamp,
}

/// The counts of all logins and addresses.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<String, Failures>>);

impl Throttle {
    /// Counts a try before it is made, so that many at once gain nothing; or says how many seconds to wait.
    pub fn begin(&self, login: &str, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(login, address);
        let wait = keys
            .iter()
            .filter_map(|(key, _)| counts.get(key))
            .map(|f| f.until.duration_since(now))
            .max();
        if let Some(wait) = wait.filter(|wait| *wait > SignedDuration::ZERO) {
            return Err(wait.as_secs().unsigned_abs() + 1);
        }
        if counts.len() >= ENTRIES {
            counts.retain(|_, failures| {
                now.duration_since(failures.last) < FORGET && failures.until > now
            });
        }
        for (key, limit) in keys {
            let entry = counts.entry(key).or_insert(Failures { count: 0, until: now, last: now });
            let forgotten = now.duration_since(entry.last) >= FORGET;
            let count = if forgotten { 1 } else { entry.count.saturating_add(1) };
            *entry = Failures { count, until: now + wait_after(count, &limit), last: now };
        }
        Ok(())
    }

    /// The try was right: its login starts anew from this address. That of the address goes on, or one good
    /// account would let its owner guess at all others.
    pub fn succeeded(&self, login: &str, address: IpAddr) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [(pair, _), (from, _), (all, _)] = keys(login, address);
        counts.remove(&pair);
        for key in [from, all] {
            if let Some(failures) = counts.get_mut(&key) {
                failures.count = failures.count.saturating_sub(1);
                failures.until = failures.last;
            }
        }
    }
}

fn keys(login: &str, address: IpAddr) -> [(String, Count); 3] {
    let address = network(address);
    [
        (format!("p {login} {address}"), PAIR),
        (format!("a {address}"), ADDRESS),
        (format!("l {login}"), LOGIN),
    ]
}

/// Nothing while tries are free, then 1 s, 2 s, 4 s … up to the longest.
fn wait_after(count: u32, limit: &Count) -> SignedDuration {
    match count.checked_sub(limit.free) {
        None => SignedDuration::ZERO,
        Some(over) => SignedDuration::from_secs(1 << over.min(20)).min(limit.longest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "192.0.2.1";
    const ELSEWHERE: &str = "192.0.2.2";

    fn try_at(throttle: &Throttle, address: &str, second: i64) -> Result<(), u64> {
        throttle.begin("hoa", address.parse().unwrap(), Timestamp::from_second(second).unwrap())
    }

    #[test]
    fn five_tries_are_free_and_then_each_waits_twice_as_long() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            try_at(&throttle, HOME, 0).unwrap();
        }
        assert_eq!(try_at(&throttle, HOME, 0), Err(2));
        try_at(&throttle, HOME, 1).unwrap();
        assert_eq!(try_at(&throttle, HOME, 1), Err(3));
        try_at(&throttle, HOME, 3).unwrap();
        assert_eq!(try_at(&throttle, HOME, 3), Err(5));
        assert!(try_at(&throttle, ELSEWHERE, 3).is_ok(), "the owner elsewhere is not kept out");
    }

    #[test]
    fn a_household_with_many_addresses_is_one_and_keeps_nobody_else_out() {
        let throttle = Throttle::default();
        for n in 0..60 {
            let _ = try_at(&throttle, &format!("2001:db8::{n:x}"), 0);
        }
        assert!(try_at(&throttle, "2001:db8::aaaa", 0).is_err());
        assert!(try_at(&throttle, "2001:db8:0:1::1", 0).is_ok(), "the owner, elsewhere");
    }

    #[test]
    fn the_right_password_starts_the_count_anew() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            try_at(&throttle, HOME, 0).unwrap();
        }
        throttle.succeeded("hoa", HOME.parse().unwrap());
        assert!(try_at(&throttle, HOME, 0).is_ok());
    }

    #[test]
    fn nobody_waits_longer_than_a_quarter_of_an_hour_and_twelve_quiet_hours_forget() {
        assert_eq!(wait_after(4, &PAIR), SignedDuration::ZERO);
        assert_eq!(wait_after(1_000, &PAIR), SignedDuration::from_mins(15));
        let throttle = Throttle::default();
        for second in 0..30 {
            let _ = try_at(&throttle, HOME, second * 3_600);
        }
        assert!(try_at(&throttle, HOME, 43 * 3_600).is_ok());
        assert!(try_at(&throttle, HOME, 43 * 3_600).is_ok());
    }
}
