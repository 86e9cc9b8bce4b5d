//! Where the files of photos and documents lie: a folder, or a bucket that speaks S3.
//!
//! A file is named by the hash of its own bytes, so writing it twice is writing it once and a file
//! never changes. In a folder a write is answered only after the file and its directory are on
//! disk. Nothing that a row may name is ever deleted here; what waits apart is, when it has waited for too long.

use crate::platform::hex::hex;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt as _, PutPayload};
use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// Bytes of a file on its way that are read at once.
const PIECE: usize = 64 * 1024;

/// What the storage said when it could not do its work. For the log, not for people.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The address of the storage cannot be used as given.
    #[error("media storage `{0}`: {1}")]
    Address(String, String),
    /// A row names a file that is not there.
    #[error("media file {0} is missing")]
    Missing(String),
    /// Disk full, no permission, no connection.
    #[error("media storage: {0}")]
    Storage(#[from] object_store::Error),
    /// A file on its way into the storage: it cannot be read here, or written there.
    #[error("media storage: {0}")]
    Moving(#[from] std::io::Error),
}

/// The store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

impl Blobs {
    /// Opens `s3://bucket/prefix` (endpoint, region and keys from the usual `AWS_…` variables) or a
    /// folder, which is made if it is not there.
    pub fn open(address: &str) -> Result<Self, BlobError> {
        match address.strip_prefix("s3://") {
            Some(rest) => Self::bucket(address, rest),
            None => Self::folder(Path::new(address)),
        }
    }

    /// A folder on this machine.
    pub fn folder(folder: &Path) -> Result<Self, BlobError> {
        let unusable = |error: &dyn std::error::Error| {
            BlobError::Address(folder.display().to_string(), error.to_string())
        };
        std::fs::create_dir_all(folder).map_err(|error| unusable(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| unusable(&error))?;
        Ok(Self { store: Arc::new(store.with_fsync(true)) })
    }

    #[cfg(feature = "s3")]
    fn bucket(address: &str, rest: &str) -> Result<Self, BlobError> {
        use object_store::aws::AmazonS3Builder;

        // Its client takes the cryptography of the process; whoever has chosen it before chose the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let store = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .build()
            .map_err(|error| BlobError::Address(address.to_owned(), error.to_string()))?;
        Ok(Self { store: Arc::new(PrefixStore::new(store, prefix)) })
    }

    #[cfg(not(feature = "s3"))]
    fn bucket(address: &str, _rest: &str) -> Result<Self, BlobError> {
        let reason = "this program was built without the feature `s3`".to_owned();
        Err(BlobError::Address(address.to_owned(), reason))
    }

    /// Keeps the bytes and answers with their key, `ab/cdef….ENDING`, once they are durable.
    pub async fn put(&self, bytes: Bytes, ending: &str) -> Result<String, BlobError> {
        let hash = hex(&Sha256::digest(&bytes));
        let (shelf, rest) = hash.split_at(2);
        let key = format!("{shelf}/{rest}.{ending}");
        self.store.put(&Key::from(key.as_str()), PutPayload::from_bytes(bytes)).await?;
        Ok(key)
    }

    /// Keeps the bytes under a name of their own. Only for a folder [`Self::apart`], and for what can be made again.
    pub(super) async fn put_as(&self, name: &str, bytes: Bytes) -> Result<(), BlobError> {
        self.store.put(&Key::from(name), PutPayload::from_bytes(bytes)).await?;
        Ok(())
    }

    /// Keeps a file of the disk, of any length, under a name of its own: how many bytes it has, and their hash. Only for
    /// a folder [`Self::apart`].
    pub async fn put_file(&self, name: &str, file: &Path) -> Result<(u64, String), BlobError> {
        let mut file = File::open(file).await?;
        let mut kept = BufWriter::new(Arc::clone(&self.store), Key::from(name));
        let (mut bytes, mut hash, mut piece) = (0, Sha256::new(), vec![0; PIECE]);
        loop {
            let n = file.read(&mut piece).await?;
            let Some(read) = piece.get(..n).filter(|read| !read.is_empty()) else { break };
            kept.write_all(read).await?;
            hash.update(read);
            bytes += n as u64;
        }
        kept.shutdown().await?;
        Ok((bytes, hex(&hash.finalize())))
    }

    /// A part of a file, as it comes.
    pub async fn stream(
        &self,
        key: &str,
        part: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, BlobError>>, BlobError> {
        let part = GetOptions { range: Some(part.into()), ..GetOptions::default() };
        match self.store.get_opts(&Key::from(key), part).await {
            Ok(found) => Ok(found.into_stream().err_into().boxed()),
            Err(object_store::Error::NotFound { .. }) => Err(BlobError::Missing(key.to_owned())),
            Err(other) => Err(other.into()),
        }
    }

    /// Whether the file is there.
    pub async fn has(&self, key: &str) -> Result<bool, BlobError> {
        match self.store.head(&Key::from(key)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(other) => Err(other.into()),
        }
    }

    /// Removes every file whose first folder is not wanted any more. Only for a folder [`Self::apart`].
    pub async fn keep_only(&self, wanted: impl Fn(&str) -> bool) -> Result<(), BlobError> {
        let files: Vec<_> = self.store.list(None).try_collect().await?;
        for file in files {
            let folder = file.location.parts().next();
            if !folder.is_some_and(|folder| wanted(folder.as_ref())) {
                self.store.delete(&file.location).await?;
            }
        }
        Ok(())
    }

    /// A folder of its own inside this store.
    #[must_use]
    pub fn apart(&self, folder: &str) -> Self {
        Self { store: Arc::new(PrefixStore::new(Arc::clone(&self.store), folder)) }
    }

    /// Removes every file last written before `instant` (milliseconds UTC, by the storage's own clock); answers how
    /// many, and how many bytes are left. Only for a folder [`Self::apart`].
    pub async fn remove_older(&self, instant: i64) -> Result<(usize, u64), BlobError> {
        let files: Vec<_> = self.store.list(None).try_collect().await?;
        let (mut removed, mut left) = (0, 0);
        for file in &files {
            if file.last_modified.timestamp_millis() < instant {
                self.store.delete(&file.location).await?;
                removed += 1;
            } else {
                left += file.size;
            }
        }
        Ok((removed, left))
    }

    /// The whole file. Variants are a few hundred kilobytes, documents at most one upload.
    pub async fn get(&self, key: &str) -> Result<Bytes, BlobError> {
        match self.store.get(&Key::from(key)).await {
            Ok(found) => Ok(found.bytes().await?),
            Err(object_store::Error::NotFound { .. }) => Err(BlobError::Missing(key.to_owned())),
            Err(other) => Err(other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_same_bytes_have_one_key_and_come_back_after_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::folder(folder.path()).unwrap();
        let first = blobs.put(Bytes::from_static(b"abc"), "large.jpg").await.unwrap();
        let again = blobs.put(Bytes::from_static(b"abc"), "large.jpg").await.unwrap();
        assert_eq!(first, again);
        assert_eq!(
            first,
            "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.large.jpg"
        );
        let reopened = Blobs::open(folder.path().to_str().unwrap()).unwrap();
        assert_eq!(reopened.get(&first).await.unwrap(), Bytes::from_static(b"abc"));
        assert!(matches!(reopened.get("aa/bb.jpg").await, Err(BlobError::Missing(_))));
    }

    /// Whoever answers there: the client is made, and has cryptography to sign and to call with.
    #[cfg(feature = "s3")]
    #[test]
    fn a_bucket_opens_without_being_asked() {
        assert!(Blobs::open("s3://photos/of/the/city").is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named_in_the_error() {
        let error = Blobs::open("/proc/nowhere/media").unwrap_err().to_string();
        assert!(error.contains("/proc/nowhere/media"), "{error}");
    }
}
