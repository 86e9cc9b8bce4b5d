//! Room for photos. Photos that came ahead of their form belong to nobody yet, so that one address may bring only so many
//! of them, and all together only so many. And no photo takes the last of the disk: reports need it, and are small.

use super::PhotoRefusal;
use crate::platform::error::{Error, Result};
use crate::platform::http::pace::network;
use crate::platform::limits;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Of a small disk the twentieth part is kept, and no more.
const SMALL_PART: u64 = 20;
/// What one address brought is forgotten after so long.
const FORGET: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Default)]
pub struct Room {
    /// Where photos lie; `None`: not on a disk of ours.
    folder: Option<PathBuf>,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    bytes: u64,
    /// Bytes, and since when they are counted.
    of: HashMap<IpAddr, (u64, Timestamp)>,
}

impl Room {
    pub fn on(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), held: Mutex::default() }
    }

    // Nothing can panic while it is held.
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For a photo that comes with what it belongs to.
    pub fn for_one(&self) -> Result<()> {
        let full = || Error::Full { doing: "storing a photo", cause: "reports need it".to_owned() };
        if self.leaves(limits::DISK_FOR_REPORTS) { Ok(()) } else { Err(full()) }
    }

    /// For one that comes ahead, of so many bytes; counts it.
    pub fn ahead(&self, bytes: usize, from: IpAddr, now: Timestamp) -> Result<(), PhotoRefusal> {
        if !self.leaves(2 * limits::DISK_FOR_REPORTS) {
            return Err(PhotoRefusal::NoRoom);
        }
        let bytes = bytes as u64;
        let mut held = self.held();
        let own = held.of.get(&network(from)).copied();
        let own = own.filter(|(_, since)| now.duration_since(*since) < FORGET);
        let (brought, since) = own.unwrap_or((0, now));
        if brought + bytes > limits::HELD_OF_ONE || held.bytes + bytes > limits::HELD_OF_ALL {
            return Err(PhotoRefusal::NoRoom);
        }
        held.bytes += bytes;
        held.of.insert(network(from), (brought + bytes, since));
        Ok(())
    }

    /// So much is held, as the storage says.
    pub fn counted(&self, bytes: u64, now: Timestamp) {
        let mut held = self.held();
        held.bytes = bytes;
        held.of.retain(|_, (_, since)| now.duration_since(*since) < FORGET);
    }

    /// Whether so many bytes are free; of a small disk a part.
    fn leaves(&self, bytes: u64) -> bool {
        let Some(folder) = &self.folder else { return true };
        rustix::fs::statvfs(folder).is_ok_and(|disk| {
            let part = disk.f_blocks * disk.f_frsize / SMALL_PART;
            disk.f_bavail * disk.f_frsize >= bytes.min(part)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "2001:db8::1";
    const SAME: &str = "2001:db8::2";
    const OTHER: &str = "192.0.2.1";
    const PHOTO: usize = 10 * 1024 * 1024;

    fn brings(room: &Room, from: &str, now: Timestamp) -> usize {
        let from: IpAddr = from.parse().unwrap();
        (0..10_000).take_while(|_| room.ahead(PHOTO, from, now).is_ok()).count()
    }

    #[test]
    fn one_household_brings_so_much_a_day_and_all_together_so_much() {
        let (room, now) = (Room::default(), Timestamp::UNIX_EPOCH);
        let most = (limits::HELD_OF_ONE / PHOTO as u64) as usize;
        assert_eq!(brings(&room, HOME, now), most);
        assert_eq!(brings(&room, SAME, now), 0, "the same household");
        assert_eq!(brings(&room, OTHER, now), most);
        let later = now + FORGET;
        assert_eq!(brings(&room, HOME, later), most);
        let others = (2..200).map(|n| brings(&room, &format!("192.0.2.{n}"), later)).sum::<usize>();
        let all = (limits::HELD_OF_ALL / PHOTO as u64) as usize;
        assert_eq!(3 * most + others, all);
        room.counted(0, later + FORGET);
        assert_eq!(brings(&room, OTHER, later + FORGET), most);
    }

    #[test]
    fn the_last_of_the_disk_is_not_for_photos() {
        let room = Room::on(&std::env::temp_dir());
        assert!(room.leaves(0) && room.leaves(4_096));
        let lost = Room::on(Path::new("/a/folder/that/is/gone"));
        assert!(!lost.leaves(1) && matches!(lost.for_one(), Err(Error::Full { .. })));
        let ahead = lost.ahead(1, OTHER.parse().unwrap(), Timestamp::UNIX_EPOCH);
        assert_eq!(ahead, Err(PhotoRefusal::NoRoom));
        assert!(Room::default().leaves(u64::MAX), "a bucket is not ours to measure");
    }
}
