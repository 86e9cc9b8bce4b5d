//! AVIF photos, decoded by a process of their own.
//!
//! The one decoder in Rust that needs no other language aborts the whole process on some malformed
//! files (eight bytes are enough). So this service never lets it into its own process: it starts
//! itself once more with the argument [`CHILD`], with no environment and no files, hands over the
//! compressed picture and takes back pixels. What happens to the child happens to that photo only.
//! The decoder is not told about anything but the coded picture: the container around it is read
//! here, by [`still`], in safe Rust.
//!
//! Not taken: pictures made of tiles, films, transparency (what would shine through is opaque).

#[cfg(feature = "avif")]
mod child;
mod still;

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

use super::PhotoRefusal;
use super::process::allowed;
use crate::platform::limits;

#[cfg(feature = "avif")]
pub use child::run_child;

/// The argument with which the program starts itself to decode one picture.
pub const CHILD: &str = "decode-av1";

/// Whether this build can decode AVIF at all.
pub const BUILT_IN: bool = cfg!(feature = "avif");

/// The picture and how it is to be turned. `helper` is the path of this very program.
pub fn decode(bytes: &[u8], helper: &Path) -> Result<(DynamicImage, Orientation), PhotoRefusal> {
    let still = still::still(bytes)?;
    let pixels = u64::from(still.width) * u64::from(still.height);
    allowed(still.width, still.height, pixels.saturating_mul(3))?;
    let answer = ask_child(helper, &still.coded).ok_or(PhotoRefusal::Damaged)?;
    let (size, pixels) = answer.split_first_chunk::<8>().ok_or(PhotoRefusal::Damaged)?;
    if *size != header(still.width, still.height) {
        return Err(PhotoRefusal::Damaged);
    }
    let picture = RgbImage::from_raw(still.width, still.height, pixels.to_vec());
    let picture = picture.ok_or(PhotoRefusal::Damaged)?;
    Ok((DynamicImage::ImageRgb8(picture), still.orientation))
}

/// What the child says before the pixels: width and height, little-endian.
fn header(width: u32, height: u32) -> [u8; 8] {
    (u64::from(width) | (u64::from(height) << 32)).to_le_bytes()
}

/// `None` if the child could not be started, failed, or was ended by its own watch.
fn ask_child(helper: &Path, coded: &[u8]) -> Option<Vec<u8>> {
    let child = Command::new(helper)
        .arg(CHILD)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    to_its_end(child.ok()?, coded)
}

/// The answer of a child that is over.
fn to_its_end(mut child: Child, coded: &[u8]) -> Option<Vec<u8>> {
    let answer = asked(&mut child, coded);
    if answer.is_none() {
        // It may still wait for somebody to read.
        let _ended_already = child.kill();
    }
    // Whatever came of it, it is waited for: who is not stays in the table of processes.
    child.wait().ok()?.success().then_some(answer?)
}

fn asked(child: &mut Child, coded: &[u8]) -> Option<Vec<u8>> {
    // The child reads all before it writes, so neither waits for the other. A child that ends early
    // breaks the pipe; that shows in its exit code.
    let _broken_pipe = child.stdin.take()?.write_all(coded);
    let mut answer = Vec::new();
    let most = limits::PHOTO_PIXELS * 3 + 8;
    child.stdout.take()?.take(most).read_to_end(&mut answer).ok()?;
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the process is there, if only as a row in the table of processes that waits to be read.
    fn is_there(id: u32) -> bool {
        Path::new(&format!("/proc/{id}")).exists()
    }

    #[test]
    fn a_child_is_waited_for_whatever_came_of_it() {
        let (piped, null) = (Stdio::piped, Stdio::null);
        let started = |program: &str, args: &[&str], stdin: Stdio, stdout: Stdio| {
            let mut command = Command::new(program);
            command.args(args).stdin(stdin).stdout(stdout).stderr(null()).spawn().unwrap()
        };
        for child in [
            // It cannot be asked, and would never end by itself.
            started("tail", &["-f", "/dev/null"], null(), piped()),
            // It is asked, and nobody hears the answer.
            started("tail", &["-f", "/dev/null"], piped(), null()),
            // It ends without reading, and says that it failed.
            started("sh", &["-c", "exit 3"], piped(), piped()),
        ] {
            let id = child.id();
            assert!(is_there(id));
            assert_eq!(to_its_end(child, b"coded"), None);
            assert!(!is_there(id), "it stays in the table of processes");
        }
        let well = started("cat", &[], piped(), piped());
        let id = well.id();
        assert_eq!(to_its_end(well, b"pixels").as_deref(), Some(&b"pixels"[..]));
        assert!(!is_there(id));
    }
}
