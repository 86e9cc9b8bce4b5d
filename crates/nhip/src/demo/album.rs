//! The drawn photos of the demo: before and after of the same scene, kept once and shown by many reports.

use super::pictures;
use crate::media::{Media, StoredPhoto, keep_variants, process};
use crate::platform::ctx::Ids;
use crate::platform::error::{Error, Result};
use domain::ids::MediaId;
use domain::service::Service;
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
        for service in services {
            let subject = pictures::subject_of(&service.icon);
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

    /// A photo of the trouble. What the reporter wrote chooses the scene.
    pub fn before(
        &self,
        service: &Service,
        description: &str,
        ids: &Ids,
        at: Timestamp,
    ) -> Vec<StoredPhoto> {
        self.pair(service, description)
            .map(|pair| again(&pair.before, ids, at))
            .into_iter()
            .collect()
    }

    /// The same scene put right.
    pub fn after(
        &self,
        service: &Service,
        description: &str,
        ids: &Ids,
        at: Timestamp,
    ) -> Vec<StoredPhoto> {
        self.pair(service, description)
            .map(|pair| again(&pair.after, ids, at))
            .into_iter()
            .collect()
    }

    fn pair(&self, service: &Service, description: &str) -> Option<&Pair> {
        let pairs = self.pairs.get(pictures::subject_of(&service.icon))?;
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
