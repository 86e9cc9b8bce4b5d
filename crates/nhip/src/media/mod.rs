//! Photos from the moment they arrive to the moment somebody looks at them.
//!
//! **Cast.** An *upload* is bytes a stranger sent, already bounded in size. `container` decides by
//! content what it is and whether it is whole; `process` decodes it under limits, turns it upright
//! and draws it anew in two sizes, so that no metadata survives; `avif` does so for AVIF in a
//! process of its own; `blobs` keeps the results under
//! the hash of their bytes; `store` holds the row that a report refers to; [`respond`] gives it back.
//!
//! **Flow.** The handler reads the form with [`read_upload`] → [`receive`] decodes off the async
//! threads, at most one picture per core at a time, and puts the files durably in place → the
//! caller opens its own transaction and calls [`store::insert`] for each. Files are written
//! *before* the transaction that names them: a crash in between leaves a file nobody refers to,
//! never a report whose photo is missing.
//!
//! A photo may also come ahead of its form: `held` keeps it apart and gives a ticket for it, which the form brings.
//!
//! `reduced` makes the photos of lists and phones from them when they are asked for. [`cover`] draws black boxes into a
//! photo for a moderator, [`faces`] proposes where.
//!
//! It does not judge what a photo shows or decide who may see it: the `public` flag of the row is set
//! by the slices above.

pub mod attachment_store;
pub mod avif;
pub mod blobs;
mod colour;
pub mod container;
pub mod cover;
pub mod faces;
pub mod form_http;
pub mod held;
mod http;
mod many_pixels;
pub mod phash;
pub mod process;
mod receive;
pub mod reduced;
pub mod refusal;
mod room;
pub mod store;

pub use blobs::{BlobError, Blobs};
pub use http::{Audience, Size, read_upload, respond};
pub use phash::PerceptualHash;

pub use receive::{Accept, Media, Upload, keep_variants, receive};
pub use refusal::PhotoRefusal;
pub use store::{MediaKind, StoredPhoto, insert, set_public, set_public_of_request};

use crate::platform::hex::hex;
use sha2::{Digest as _, Sha256};

/// SHA-256 of some bytes, as hexadecimal text.
pub fn hash_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
