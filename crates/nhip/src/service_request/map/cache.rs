//! Answers already made for the newest picture, so that a tile is made once however many look at it.

use crate::platform::hex::short_hex;
use bytes::Bytes;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Answers kept per version of the picture.
const ANSWERS_KEPT: usize = 1_024;
/// How long an answer stays good while nothing changes: what is late depends on the time.
const GOOD_FOR_SECONDS: i64 = 10;

/// A body with the tag of what is in it.
#[derive(Debug, Clone)]
pub struct Answer {
    pub body: Bytes,
    pub tag: String,
}

impl Answer {
    pub fn of(body: Vec<u8>) -> Self {
        let tag = format!("\"{}\"", short_hex(&Sha256::digest(&body), 12));
        Self { body: body.into(), tag }
    }
}

/// Answers by what was asked, of one version.
pub struct Cache<T>(Mutex<Kept<T>>);

struct Kept<T> {
    version: u64,
    since: i64,
    answers: HashMap<String, T>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::new(Kept { version: 0, since: 0, answers: HashMap::new() }))
    }
}

impl<T: Clone> Cache<T> {
    /// What was answered to the same question about the same version.
    pub fn known(&self, version: u64, now: Timestamp, asked: &str) -> Option<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let age = now.as_second() - kept.since;
        if kept.version != version || !(0..=GOOD_FOR_SECONDS).contains(&age) {
            *kept = Kept { version, since: now.as_second(), answers: HashMap::new() };
        }
        kept.answers.get(asked).cloned()
    }

    pub fn keep(&self, version: u64, asked: String, answer: &T) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version == version {
            if kept.answers.len() >= ANSWERS_KEPT {
                kept.answers.clear();
            }
            kept.answers.insert(asked, answer.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn an_answer_is_good_for_its_version_and_for_some_seconds() {
        let cache: Cache<u8> = Cache::default();
        assert_eq!(cache.known(1, at(100), "a"), None);
        cache.keep(1, "a".to_owned(), &7);
        assert_eq!(cache.known(1, at(105), "a"), Some(7));
        assert_eq!(cache.known(2, at(105), "a"), None, "another version");
        cache.keep(1, "a".to_owned(), &7);
        assert_eq!(cache.known(2, at(105), "a"), None, "it was made of an older one");
        cache.keep(2, "a".to_owned(), &8);
        assert_eq!(cache.known(2, at(116), "a"), None, "what is late has changed");
    }

    #[test]
    fn it_does_not_grow_for_ever() {
        let cache: Cache<usize> = Cache::default();
        cache.known(1, at(0), "");
        for n in 0..3 * ANSWERS_KEPT {
            cache.keep(1, n.to_string(), &n);
        }
        assert!(cache.0.lock().unwrap().answers.len() <= ANSWERS_KEPT);
    }

    #[test]
    fn the_tag_is_of_what_is_in_it() {
        assert_eq!(Answer::of(vec![1]).tag, Answer::of(vec![1]).tag);
        assert_ne!(Answer::of(vec![1]).tag, Answer::of(vec![2]).tag);
    }
}
