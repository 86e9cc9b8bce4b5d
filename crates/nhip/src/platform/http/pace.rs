//! How often one address may write: `governor`, one quota per kind of request.
//!
//! Accounts have limits of their own where it matters (comments: one per minute; sign-in: growing delays).

use crate::platform::error::Error;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;

/// A kind of request, for its pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Reading a page; not limited here.
    Read,
    /// Filing a report: bursts of 20, then one every 6 seconds. A street committee may file many at once.
    Submit,
    /// Any other change.
    Write,
    /// Trying a password, a code or a secret link: bursts of 10, then one every 6 seconds.
    Secret,
    /// With an API key: one city system files for many people.
    Api,
}

type Limiter = DefaultKeyedRateLimiter<IpAddr>;

/// The quotas of all kinds. Tests and benchmarks may start without.
pub struct Paces(Option<Quotas>);

struct Quotas {
    submit: Limiter,
    write: Limiter,
    secret: Limiter,
}

const fn count(n: u32) -> NonZeroU32 {
    match NonZeroU32::new(n) {
        Some(n) => n,
        None => NonZeroU32::MIN,
    }
}

impl Paces {
    pub fn new() -> Self {
        let per_minute = |rate, burst| {
            RateLimiter::keyed(Quota::per_minute(count(rate)).allow_burst(count(burst)))
        };
        Self(Some(Quotas {
            submit: per_minute(10, 20),
            write: per_minute(60, 60),
            secret: per_minute(10, 10),
        }))
    }

    pub const fn unlimited() -> Self {
        Self(None)
    }

    /// Counts one request from `address`, or tells how long to wait.
    pub fn check(&self, pace: Pace, address: IpAddr) -> Result<(), Error> {
        let Some(quotas) = &self.0 else { return Ok(()) };
        let limiter = match pace {
            Pace::Read | Pace::Api => return Ok(()),
            Pace::Submit => &quotas.submit,
            Pace::Write => &quotas.write,
            Pace::Secret => &quotas.secret,
        };
        limiter.check_key(&network(address)).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Error::Paced { seconds: wait.as_secs() + 1 }
        })
    }

    /// Forgets addresses that have been quiet; a job calls it now and then.
    pub fn tidy(&self) {
        if let Some(quotas) = &self.0 {
            for limiter in [&quotas.submit, &quotas.write, &quotas.secret] {
                limiter.retain_recent();
            }
        }
    }
}

impl Default for Paces {
    fn default() -> Self {
        Self::new()
    }
}

/// One household has a /64 of IPv6: it counts as one address.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => v6
            .to_ipv4_mapped()
            .map_or_else(|| IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()), IpAddr::V4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_first_report_in_a_breath_must_wait_and_is_told_how_long() {
        let paces = Paces::new();
        let address: IpAddr = "192.0.2.7".parse().unwrap();
        for _ in 0..20 {
            paces.check(Pace::Submit, address).unwrap();
        }
        let refused = paces.check(Pace::Submit, address);
        assert!(matches!(refused, Err(Error::Paced { seconds: 1..=7 })), "{refused:?}");
        assert!(paces.check(Pace::Submit, "192.0.2.8".parse().unwrap()).is_ok());
    }

    #[test]
    fn a_household_with_many_ipv6_addresses_counts_as_one() {
        let a: IpAddr = "2001:db8::1".parse().unwrap();
        let b: IpAddr = "2001:db8::ffff:2".parse().unwrap();
        assert_eq!(network(a), network(b));
    }
}
