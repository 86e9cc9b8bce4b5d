//! The drawn photos of the demo: before and after of the same scene, kept once and shown by many reports. What no
//! drawing shows has no photo, and its result is the picture of a record.

use crate::media::{Media, StoredPhoto, keep_variants, process};
use crate::platform::ctx::Ids;
use crate::platform::error::{Error, Result};
use demo::pictures;
use domain::ids::MediaId;
use domain::service::Service;
use domain::service_request::ServiceRequest;
use jiff::Timestamp;
use std::collections::HashMap;

/// A scene twice: with the trouble, and put right.
struct Pair {
    before: StoredPhoto,
    after: StoredPhoto,
}

/// Pairs by subject; a report remembers its pair by the bytes of its photo.
pub struct Album {
    pairs: HashMap<&'static str, Vec<Pair>>,
}

impl Album {
    /// Draws `each` scenes of every subject that the icons of `services` stand for.
    pub async fn draw(
        media: &Media,
        services: &[Service],
        each: u64,
        seed: u64,
        ids: &Ids,
        now: Timestamp,
    ) -> Result<Self> {
        let mut pairs: HashMap<&'static str, Vec<Pair>> = HashMap::new();
        let subjects = services.iter().filter_map(|service| pictures::subject_of(&service.icon));
        for subject in subjects.chain([pictures::RECORD]) {
            if pairs.contains_key(subject) {
                continue;
            }
            let mut drawn = Vec::new();
            for scene in 0..each {
                let scene = seed.wrapping_mul(1_000).wrapping_add(scene);
                let before = keep(media, scene, subject, false, ids, now).await?;
                let after = keep(media, scene, subject, true, ids, now).await?;
                drawn.push(Pair { before, after });
            }
            pairs.insert(subject, drawn);
        }
        Ok(Self { pairs })
    }

    /// A photo of the trouble, where one of our drawings shows it. What the reporter wrote chooses the scene.
    pub fn before(
        &self,
        service: &Service,
        description: &str,
        ids: &Ids,
        at: Timestamp,
    ) -> Vec<StoredPhoto> {
        let subject = pictures::subject_of(&service.icon);
        let pair = subject.and_then(|subject| self.pair(subject, description));
        pair.map(|pair| again(&pair.before, ids, at)).into_iter().collect()
    }

    /// The scene of the reporter's photo put right; without such a photo the record of what was done.
    pub fn after(
        &self,
        service: &Service,
        report: &ServiceRequest,
        ids: &Ids,
        at: Timestamp,
    ) -> Vec<StoredPhoto> {
        let subject = pictures::subject_of(&service.icon).filter(|_| report.photo.is_some());
        let Some(pair) = subject.and_then(|subject| self.pair(subject, &report.description)) else {
            return self.record(&report.description, ids, at);
        };
        vec![again(&pair.after, ids, at)]
    }

    /// A signed record, as there is of everything that no picture can show.
    pub fn record(&self, description: &str, ids: &Ids, at: Timestamp) -> Vec<StoredPhoto> {
        let pair = self.pair(pictures::RECORD, description);
        pair.map(|pair| again(&pair.after, ids, at)).into_iter().collect()
    }

    fn pair(&self, subject: &str, description: &str) -> Option<&Pair> {
        let pairs = self.pairs.get(subject)?;
        let scene: usize = description.bytes().map(usize::from).sum();
        pairs.get(scene % pairs.len().max(1))
    }
}

/// The same files under a row of their own.
fn again(photo: &StoredPhoto, ids: &Ids, at: Timestamp) -> StoredPhoto {
    let id = MediaId::try_from(ids.time_ordered(at)).unwrap_or_else(|_| photo.id.clone());
    StoredPhoto { id, ..photo.clone() }
}

async fn keep(
    media: &Media,
    scene: u64,
    subject: &'static str,
    after: bool,
    ids: &Ids,
    now: Timestamp,
) -> Result<StoredPhoto> {
    let drawn = tokio::task::spawn_blocking(move || {
        process::variants_of(pictures::demo_picture(scene, subject, after))
    });
    let variants = drawn.await.map_err(|e| Error::failed("draw a picture", e))??;
    keep_variants(media, variants, ids, now).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::PerceptualHash;

    #[test]
    fn a_drawing_says_enough_to_be_found_again_by_its_look() {
        for subject in pictures::subjects() {
            let drawn = pictures::demo_picture(1, subject, false);
            assert!(PerceptualHash::of(&drawn).is_telling(), "{subject}");
        }
    }
}
