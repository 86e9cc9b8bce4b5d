//! Photos sent ahead of their form, one by one, while somebody still types: a connection that breaks costs the photo
//! that was on its way, and nothing that had arrived before.
//!
//! A held photo is drawn anew and lies in a folder of its own, which nothing refers to. Its *ticket* says all there is
//! to know of it, sealed with a key of the vault, so that no row is needed and any node can redeem it. [`claim`] copies
//! the files to where photos lie for good; [`tidy`] removes what nobody claimed in time. Whoever sends the same photo
//! twice, because the answer was lost, writes the same files again.

use super::{Accept, Blobs, Media, MediaKind, PerceptualHash, StoredPhoto, Upload, receive};
use crate::media::BlobError;
use crate::platform::ctx::Ids;
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use crate::platform::sealing::Vault;
use domain::ids::MediaId;
use jiff::Timestamp;
use std::net::IpAddr;
use subtle::ConstantTimeEq as _;

/// The folder, and the domain of the seal.
const HELD: &str = "held";

/// What a ticket says, in the order it is written in.
struct Ticket<'a> {
    sha256: &'a str,
    phash: &'a str,
    width: &'a str,
    height: &'a str,
    bytes: &'a str,
    large: &'a str,
    small: &'a str,
}

/// Takes a photo ahead of its form, from this address, and answers with its ticket, which fits a field of a form and an
/// address.
pub async fn hold(
    media: &Media,
    vault: &Vault,
    (upload, from): (Upload, IpAddr),
    ids: &Ids,
    now: Timestamp,
) -> Result<String> {
    media.room.ahead(upload.bytes.len(), from, now)?;
    let stored = receive(&media.apart(HELD), vec![upload], Accept::Photos, ids, now).await?;
    let photo = stored.first().ok_or_else(|| Error::failed("holding a photo", "none was kept"))?;
    let hash_of = |key: &str| key.split('.').next().unwrap_or_default().replace('/', "");
    let said = [
        photo.sha256.clone(),
        photo.phash.map(|hash| hash.0.to_string()).unwrap_or_default(),
        photo.width.to_string(),
        photo.height.to_string(),
        photo.bytes.to_string(),
        hash_of(&photo.large_key),
        photo.small_key.as_deref().map(hash_of).unwrap_or_default(),
    ]
    .join(".");
    let seal = vault.keyed_hash(HELD, &said);
    Ok(format!("{said}.{seal}"))
}

/// The fingerprint of the file that somebody sent, as its ticket says it; not checked.
pub fn original(ticket: &str) -> &str {
    ticket.split('.').next().unwrap_or_default()
}

/// Moves a held photo to where photos lie for good, ready for the transaction that names it. As often as it is asked
/// to: a form that is sent again brings the same tickets.
pub async fn claim(
    media: &Media,
    vault: &Vault,
    ticket: &str,
    ids: &Ids,
    now: Timestamp,
) -> Result<StoredPhoto> {
    let ticket = open(vault, ticket)?;
    let held = media.apart(HELD);
    let put = async |hash: &str, ending: &str| {
        let bytes = read(&held.blobs, &key(hash, ending)).await?;
        let kept = media.blobs.put(bytes, ending).await;
        kept.map_err(|error| Error::not_written("storing a photo", &error))
    };
    Ok(StoredPhoto {
        id: MediaId::parse(&ids.time_ordered(now))
            .map_err(|error| Error::failed("naming a photo", error))?,
        kind: MediaKind::Photo,
        sha256: ticket.sha256.to_owned(),
        phash: ticket.phash.parse().ok().map(PerceptualHash),
        large_key: put(ticket.large, "large.jpg").await?,
        small_key: Some(put(ticket.small, "small.jpg").await?),
        width: number(ticket.width)?,
        height: number(ticket.height)?,
        bytes: number(ticket.bytes)?,
        name: None,
    })
}

/// The small picture, for whoever holds the ticket.
pub async fn look(media: &Media, vault: &Vault, ticket: &str) -> Result<bytes::Bytes> {
    let ticket = open(vault, ticket)?;
    read(&media.apart(HELD).blobs, &key(ticket.small, "small.jpg")).await
}

/// Removes what was not claimed in time; answers how many files that were.
pub async fn tidy(media: &Media, now: Timestamp) -> Result<usize> {
    let age = i64::try_from(limits::HELD_PHOTO.as_millis()).unwrap_or(i64::MAX);
    let before = now.as_millisecond().saturating_sub(age);
    let tidied = media.apart(HELD).blobs.remove_older(before).await;
    let (removed, left) =
        tidied.map_err(|error| Error::failed("removing photos nobody claimed", error))?;
    media.room.counted(left, now);
    Ok(removed)
}

fn key(hash: &str, ending: &str) -> String {
    let (shelf, rest) = hash.split_at_checked(2).unwrap_or(("", hash));
    format!("{shelf}/{rest}.{ending}")
}

async fn read(blobs: &Blobs, key: &str) -> Result<bytes::Bytes> {
    blobs.get(key).await.map_err(|error| match error {
        BlobError::Missing(_) => gone(),
        other @ (BlobError::Address(..) | BlobError::Storage(_) | BlobError::Moving(_)) => {
            Error::failed("reading a held photo", other)
        }
    })
}

/// What a ticket says, if the seal is ours.
fn open<'a>(vault: &Vault, ticket: &'a str) -> Result<Ticket<'a>> {
    let (said, seal) = ticket.rsplit_once('.').ok_or_else(gone)?;
    if !bool::from(vault.keyed_hash(HELD, said).as_bytes().ct_eq(seal.as_bytes())) {
        return Err(gone());
    }
    let mut parts = said.split('.');
    let mut next = || parts.next().ok_or_else(gone);
    Ok(Ticket {
        sha256: next()?,
        phash: next()?,
        width: next()?,
        height: next()?,
        bytes: next()?,
        large: next()?,
        small: next()?,
    })
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| gone())
}

/// Too late, or never ours: the person chooses the photo again.
fn gone() -> Error {
    Error::unacceptable("photos", "photo-gone", 422)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::process::tests::{jpeg, scene};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn bench() -> (tempfile::TempDir, Media, Vault, Ids) {
        let folder = tempfile::tempdir().unwrap();
        let media = Media::open(None, folder.path()).unwrap();
        (folder, media, Vault::from_key(&[7; 32]), Ids::seeded(1))
    }

    fn photo() -> Upload {
        Upload { name: None, bytes: jpeg(&scene(400, 300, 1)).into() }
    }

    fn is_gone<T>(outcome: Result<T>) -> bool {
        matches!(outcome, Err(Error::Unacceptable { key: "photo-gone", .. }))
    }

    #[tokio::test]
    async fn a_held_photo_is_claimed_as_if_it_had_come_with_the_form() {
        let (_folder, media, vault, ids) = bench();
        let whole = receive(&media, vec![photo()], Accept::Photos, &ids, NOW).await.unwrap();
        let ticket = hold(&media, &vault, (photo(), HOME), &ids, NOW).await.unwrap();
        assert_eq!(ticket, hold(&media, &vault, (photo(), HOME), &ids, NOW).await.unwrap());
        let first = claim(&media, &vault, &ticket, &ids, NOW).await.unwrap();
        let again = claim(&media, &vault, &ticket, &ids, NOW).await.unwrap();
        assert_ne!(first.id, again.id);
        for claimed in [&first, &again] {
            assert_eq!(claimed.sha256, whole[0].sha256);
            assert_eq!(claimed.phash, whole[0].phash);
            assert_eq!(claimed.large_key, whole[0].large_key);
            assert_eq!(claimed.small_key, whole[0].small_key);
            assert_eq!((claimed.width, claimed.height), (400, 300));
        }
        let small = look(&media, &vault, &ticket).await.unwrap();
        assert_eq!(small, media.blobs.get(first.small_key.as_deref().unwrap()).await.unwrap());
    }

    #[tokio::test]
    async fn a_ticket_that_was_changed_or_made_elsewhere_opens_nothing() {
        let (_folder, media, vault, ids) = bench();
        let ticket = hold(&media, &vault, (photo(), HOME), &ids, NOW).await.unwrap();
        let larger = ticket.replacen(".400.", ".401.", 1);
        assert_ne!(larger, ticket);
        for wrong in [larger.as_str(), "", ".", "../../etc/passwd", "a.b.c.d.e.f.g.h"] {
            assert!(is_gone(claim(&media, &vault, wrong, &ids, NOW).await), "{wrong}");
            assert!(is_gone(look(&media, &vault, wrong).await), "{wrong}");
        }
        let other = Vault::from_key(&[8; 32]);
        assert!(is_gone(claim(&media, &other, &ticket, &ids, NOW).await));
    }

    #[tokio::test]
    async fn what_nobody_claims_is_removed_and_what_was_claimed_stays() {
        let (_folder, media, vault, ids) = bench();
        let ticket = hold(&media, &vault, (photo(), HOME), &ids, NOW).await.unwrap();
        let claimed = claim(&media, &vault, &ticket, &ids, NOW).await.unwrap();
        // The age of a file is the storage's to say: it was written long after 1970, and long before 9999.
        assert_eq!(tidy(&media, NOW).await.unwrap(), 0, "not yet");
        assert_eq!(tidy(&media, Timestamp::MAX).await.unwrap(), 2);
        assert!(is_gone(claim(&media, &vault, &ticket, &ids, NOW).await));
        media.blobs.get(&claimed.large_key).await.unwrap();
    }
}
