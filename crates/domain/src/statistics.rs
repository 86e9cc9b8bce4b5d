//! The statistics of a scorecard: shares with their uncertainty, and times that also count what is still waiting.
//!
//! A median over closed cases alone flatters whoever leaves the hard ones lying. So times are estimated after Kaplan and
//! Meier (1958): an open case says "at least so long". Shares carry the interval of Wilson (1927) at 95 %, which holds for
//! small numbers too. Checked against `lifelines`, `scipy` and `statsmodels` in `tests/python/test_statistics.py`.

/// The quantile of the normal distribution for an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// A share computed by many multiplications is no more exact than this.
const ROUNDING: f64 = 1e-12;
/// A number over fewer cases is not shown.
pub const FEWEST: u64 = 10;
/// A number over fewer cases is shown in grey: it moves by chance.
pub const FEW: u64 = 30;

/// How far a number may be trusted by its number of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Not shown.
    None,
    /// Shown in grey.
    Light,
    Full,
}

pub fn weight(n: u64) -> Weight {
    match n {
        0..FEWEST => Weight::None,
        FEWEST..FEW => Weight::Light,
        FEW.. => Weight::Full,
    }
}

/// The Wilson interval at 95 % of `hits` out of `n`; `None` without cases.
pub fn wilson(hits: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (hits, n) = (hits.min(n) as f64, n as f64);
    let share = hits / n;
    let centre = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // None and all of them are certain on one side; rounding must not say otherwise.
    let low = if hits == 0.0 { 0.0 } else { ((centre - spread) / scale).max(0.0) };
    let high = if hits >= n { 1.0 } else { ((centre + spread) / scale).min(1.0) };
    Some((low, high))
}

/// How long cases took, the open ones included.
#[derive(Debug, Clone, Default)]
pub struct Durations {
    /// The duration twice over, and one more for a case that was still open: so they sort as the estimate needs them,
    /// those that ended before those that were still open after the same time.
    cases: Vec<u64>,
}

impl Durations {
    pub fn with_capacity(cases: usize) -> Self {
        Self { cases: Vec::with_capacity(cases) }
    }

    /// A case that took, or has been open for, so long, in whatever unit; less than nothing is nothing.
    pub fn add(&mut self, duration: i64, ended: bool) {
        self.cases.push((duration.max(0).unsigned_abs() << 1) | u64::from(!ended));
    }

    pub fn n(&self) -> u64 {
        self.cases.len() as u64
    }

    /// For each share (of the cases, rising: a half, nine tenths) the shortest time within which so many had ended, by
    /// Kaplan and Meier. `None`: so many have not ended yet.
    pub fn quantiles<const N: usize>(mut self, shares: [f64; N]) -> [Option<i64>; N] {
        self.cases.sort_unstable();
        let mut found = [None; N];
        let mut wanted = shares.iter().zip(found.iter_mut()).peekable();
        let (mut at_risk, mut open_still) = (self.cases.len() as u64, 1.0_f64);
        let mut rest = self.cases.as_slice();
        while let Some(&first) = rest.first() {
            let same = rest.partition_point(|case| case >> 1 == first >> 1);
            let (here, after) = rest.split_at(same);
            let ended = here.partition_point(|case| case & 1 == 0) as u64;
            if ended > 0 {
                open_still *= (at_risk - ended) as f64 / at_risk as f64;
                let reached = |share: f64| open_still <= 1.0 - share + ROUNDING;
                while let Some((_, found)) = wanted.next_if(|(share, _)| reached(**share)) {
                    *found = i64::try_from(first >> 1).ok();
                }
            }
            at_risk -= same as u64;
            rest = after;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantiles(cases: &[(i64, bool)]) -> [Option<i64>; 2] {
        let mut durations = Durations::default();
        for (duration, ended) in cases {
            durations.add(*duration, *ended);
        }
        durations.quantiles([0.5, 0.9])
    }

    #[test]
    fn without_open_cases_a_quantile_is_the_ordinary_one() {
        let cases: Vec<(i64, bool)> = (1..=10).map(|n| (n, true)).collect();
        assert_eq!(quantiles(&cases), [Some(5), Some(9)]);
        assert_eq!(quantiles(&[(7, true)]), [Some(7), Some(7)]);
        assert_eq!(quantiles(&[]), [None, None]);
    }

    #[test]
    fn cases_that_wait_push_the_median_up_where_leaving_them_out_would_push_it_down() {
        let closed = [(1, true), (2, true), (3, true), (4, true)];
        assert_eq!(quantiles(&closed)[0], Some(2));
        let with_open: Vec<_> = closed.iter().copied().chain([(9, false); 3]).collect();
        assert_eq!(quantiles(&with_open), [Some(4), None]);
        assert_eq!(quantiles(&[(1, true), (5, false), (6, false)]), [None, None]);
    }

    /// The first textbook example there is: Freireich et al. (1963), remission in weeks under 6-MP.
    #[test]
    fn the_textbook_says_the_same() {
        let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|weeks| (weeks, true));
        let open = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|weeks| (weeks, false));
        let cases: Vec<_> = ended.into_iter().chain(open).collect();
        assert_eq!(quantiles(&cases), [Some(23), None]);
    }

    #[test]
    fn what_ended_at_the_same_time_as_another_was_seen_open_was_open_with_it() {
        assert_eq!(quantiles(&[(5, false), (5, true)]), [Some(5), None]);
        assert_eq!(quantiles(&[(-3, true)]), [Some(0), Some(0)]);
    }

    #[test]
    fn an_interval_is_wide_over_few_cases_and_never_leaves_nought_and_one() {
        let near = |found: Option<(f64, f64)>, low: f64, high: f64| {
            let (l, h) = found.unwrap();
            assert!((l - low).abs() < 1e-6 && (h - high).abs() < 1e-6, "{l} {h}");
        };
        assert_eq!(wilson(0, 0), None);
        near(wilson(0, 10), 0.0, 0.277_532_8);
        near(wilson(10, 10), 0.722_467_2, 1.0);
        near(wilson(5, 10), 0.236_593_1, 0.763_406_9);
        near(wilson(81, 263), 0.255_288_9, 0.366_209_6);
        for n in 1..200 {
            for hits in 0..=n {
                let (low, high) = wilson(hits, n).unwrap();
                let share = hits as f64 / n as f64;
                assert!(0.0 <= low && low <= share && share <= high && high <= 1.0, "{hits}/{n}");
            }
        }
    }

    #[test]
    fn few_cases_are_grey_and_very_few_are_not_shown() {
        assert_eq!(
            [9, 10, 29, 30].map(weight),
            [Weight::None, Weight::Light, Weight::Light, Weight::Full]
        );
    }
}
