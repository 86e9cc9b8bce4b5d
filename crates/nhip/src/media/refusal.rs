//! Why an upload was not taken, each reason with its code and the numbers its sentence needs.
//!
//! The sentences themselves are in `translations/*/media.ftl` under the same codes.

use crate::platform::limits;

/// A reason a person can act on. Never the fault of the environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoRefusal {
    /// More bytes than [`limits::PHOTO_BYTES`].
    #[error("the file is larger than {} bytes", limits::PHOTO_BYTES)]
    TooLarge,
    /// More files than [`limits::PHOTOS`].
    #[error("more than {} files", limits::PHOTOS)]
    TooMany,
    /// The disk is nearly full, or too many photos wait for their form.
    #[error("there is no room for photos now")]
    NoRoom,
    /// The header announces more pixels than we are willing to decode.
    #[error("{width}×{height} pixels are more than we decode")]
    TooManyPixels {
        /// As the header says, in pixels.
        width: u32,
        /// As the header says, in pixels.
        height: u32,
    },
    /// The content is no picture at all, whatever its name says.
    #[error("the content is not a picture")]
    NotAPhoto,
    /// It begins like a picture and stops before its end.
    #[error("the file stops before its end")]
    Truncated,
    /// It is whole, and cannot be decoded.
    #[error("the picture cannot be decoded")]
    Damaged,
    /// A picture or film of a kind we do not take.
    #[error("{kind} is not taken")]
    UnsupportedKind {
        /// The usual name of the format, e.g. `HEIC`.
        kind: &'static str,
    },
}

impl PhotoRefusal {
    /// The Fluent key of the sentence, and the stable code in API answers.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "photo-too-large",
            Self::TooMany => "photo-too-many",
            Self::TooManyPixels { .. } => "photo-too-many-pixels",
            Self::NoRoom => "photo-no-room",
            Self::NotAPhoto => "photo-not-a-photo",
            Self::Truncated => "photo-truncated",
            Self::Damaged => "photo-damaged",
            Self::UnsupportedKind { .. } => "photo-unsupported-kind",
        }
    }

    /// The variables of the sentence, as Fluent wants them.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge => {
                vec![("megabytes", (limits::PHOTO_BYTES / (1024 * 1024)).to_string())]
            }
            Self::TooMany => vec![("count", limits::PHOTOS.to_string())],
            Self::TooManyPixels { width, height } => vec![
                ("width", width.to_string()),
                ("height", height.to_string()),
                ("jpeg", (limits::JPEG_PIXELS / 1_000_000).to_string()),
                ("megapixels", (limits::PHOTO_PIXELS / 1_000_000).to_string()),
                ("side", limits::PHOTO_SIDE_PIXELS.to_string()),
            ],
            Self::UnsupportedKind { kind } => vec![("kind", (*kind).to_owned())],
            Self::NoRoom | Self::NotAPhoto | Self::Truncated | Self::Damaged => Vec::new(),
        }
    }
}

impl From<PhotoRefusal> for crate::platform::error::Error {
    fn from(refusal: PhotoRefusal) -> Self {
        Self::Unacceptable {
            field: "photos",
            key: refusal.code(),
            args: refusal.args(),
            status: 422,
        }
    }
}
