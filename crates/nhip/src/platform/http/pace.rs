//! How often one device, one address, or one account, may write: `governor`, one quota per kind of request.
//!
//! Behind one address there may be a household, an office, or thousands of phones of a mobile network. So a device that
//! has a cookie of ours is counted first, and its address at a much wider pace; whoever has none shares that of their
//! address. Where it matters there are further limits (comments: one per minute; sign-in: growing delays).

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
    /// Filing a report: bursts of 20, then one every 6 seconds. A street committee may file many at once. From one
    /// address fifteen times as many.
    Submit,
    /// Any other change: 60 a minute, from one address ten times as many.
    Write,
    /// Trying a password, a code or a secret link: bursts of 10, then one every 6 seconds, by address alone.
    Secret,
    /// Of a program, because one city system files for many people: bursts of 2,000, then 20 a second.
    Api,
}

/// Who is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    Address(IpAddr),
    /// A browser with a cookie of ours.
    Device(String),
    /// Somebody who is signed in, or a program with a key: an office with one address has many.
    Account(String),
}

type Limiter = DefaultKeyedRateLimiter<Who>;

/// The quotas of all kinds. Tests and benchmarks may start without.
pub struct Paces(Option<Quotas>);

struct Quotas {
    submit: Limiter,
    submit_of_address: Limiter,
    write: Limiter,
    write_of_address: Limiter,
    secret: Limiter,
    api: Limiter,
}

impl Quotas {
    fn all(&self) -> [&Limiter; 6] {
        let (submits, writes) = (&self.submit_of_address, &self.write_of_address);
        [&self.submit, submits, &self.write, writes, &self.secret, &self.api]
    }
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
            submit_of_address: per_minute(60, 300),
            write: per_minute(60, 60),
            write_of_address: per_minute(600, 600),
            secret: per_minute(10, 10),
            api: per_minute(1_200, 2_000),
        }))
    }

    pub const fn unlimited() -> Self {
        Self(None)
    }

    /// Counts one request, or tells how long to wait.
    pub fn check(&self, pace: Pace, who: Who) -> Result<(), Error> {
        let Some(quotas) = &self.0 else { return Ok(()) };
        let limiter = match (pace, &who) {
            (Pace::Read, _) => return Ok(()),
            (Pace::Api, _) => &quotas.api,
            (Pace::Submit, Who::Address(_)) => &quotas.submit_of_address,
            (Pace::Submit, _) => &quotas.submit,
            (Pace::Write, Who::Address(_)) => &quotas.write_of_address,
            (Pace::Write, _) => &quotas.write,
            (Pace::Secret, _) => &quotas.secret,
        };
        let who = match who {
            Who::Address(address) => Who::Address(network(address)),
            other @ (Who::Device(_) | Who::Account(_)) => other,
        };
        limiter.check_key(&who).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Error::Paced { seconds: wait.as_secs() + 1 }
        })
    }

    /// Counts one request of somebody who is known by several names, the widest first.
    pub fn check_all(&self, pace: Pace, names: Vec<Who>) -> Result<(), Error> {
        names.into_iter().try_for_each(|who| self.check(pace, who))
    }

    /// Forgets addresses that have been quiet; a job calls it now and then.
    pub fn tidy(&self) {
        if let Some(quotas) = &self.0 {
            for limiter in quotas.all() {
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
    fn the_twenty_first_report_of_a_device_in_a_breath_must_wait_and_is_told_how_long() {
        let paces = Paces::new();
        let names = |device: &str| {
            vec![Who::Device(device.to_owned()), Who::Address("192.0.2.7".parse().unwrap())]
        };
        for _ in 0..20 {
            paces.check_all(Pace::Submit, names("A")).unwrap();
        }
        let refused = paces.check_all(Pace::Submit, names("A"));
        assert!(matches!(refused, Err(Error::Paced { seconds: 1..=7 })), "{refused:?}");
        assert!(paces.check_all(Pace::Submit, names("B")).is_ok(), "another phone of the network");
    }

    #[test]
    fn an_address_may_do_much_more_than_a_device_and_not_everything() {
        let paces = Paces::new();
        let address = Who::Address("192.0.2.7".parse().unwrap());
        let reports = (0..1_000).filter(|_| paces.check(Pace::Submit, address.clone()).is_ok());
        assert!((300..310).contains(&reports.count()));
    }

    #[test]
    fn colleagues_behind_one_address_are_counted_one_by_one() {
        let paces = Paces::new();
        let account = |name: &str| Who::Account(name.to_owned());
        let writes = (0..61).map(|_| paces.check(Pace::Write, account("an")).is_ok());
        assert_eq!(writes.filter(|ok| *ok).count(), 60);
        assert!(paces.check(Pace::Write, account("binh")).is_ok());
    }

    #[test]
    fn a_household_with_many_ipv6_addresses_counts_as_one() {
        let a: IpAddr = "2001:db8::1".parse().unwrap();
        let b: IpAddr = "2001:db8::ffff:2".parse().unwrap();
        assert_eq!(network(a), network(b));
    }
}
