//! What a file is, decided by its content, and whether it is all there.
//!
//! Only the outside is read: signatures, segment lengths, box sizes. Decoders are forgiving about
//! missing ends (half a JPEG decodes to half a picture over grey); this file is not.
//! Sources: JPEG ITU-T T.81 annex B; PNG (W3C, third edition) §5; WebP RFC 9649; ISO/IEC 14496-12
//! boxes with the brands of AVIF and HEIF; PDF ISO 32000-1 §7.5.

use super::PhotoRefusal;

/// What we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
    Avif,
    /// Only as a document of evidence, by staff.
    Pdf,
}

/// The kind of these bytes, or why they are none of ours.
pub fn sniff(bytes: &[u8]) -> Result<Kind, PhotoRefusal> {
    const TAKEN: [(usize, &[u8], Kind); 4] = [
        (0, b"\xFF\xD8\xFF", Kind::Jpeg),
        (0, b"\x89PNG\r\n\x1A\n", Kind::Png),
        (8, b"WEBP", Kind::WebP),
        (0, b"%PDF-", Kind::Pdf),
    ];
    const KNOWN: [(usize, &[u8], &str); 9] = [
        (0, b"GIF8", "GIF"),
        (0, b"BM", "BMP"),
        (0, b"II*\0", "TIFF"),
        (0, b"MM\0*", "TIFF"),
        (0, b"\xFF\x0A", "JPEG XL"),
        (0, b"\0\0\0\x0CJXL ", "JPEG XL"),
        (0, b"<svg", "SVG"),
        (0, b"\x1A\x45\xDF\xA3", "WebM"),
        (4, b"ftyp", "MP4"),
    ];
    let at =
        |from: usize, mark: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(mark));
    if let Some((_, _, kind)) = TAKEN.iter().find(|(from, mark, _)| at(*from, mark)) {
        return Ok(*kind);
    }
    if at(4, b"ftyp") {
        let brands = || bytes.get(8..64.min(bytes.len())).unwrap_or_default().chunks_exact(4);
        if brands().any(|brand| brand == b"avif") {
            return Ok(Kind::Avif);
        }
        if brands().any(|brand| matches!(brand, b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1")) {
            return Err(PhotoRefusal::UnsupportedKind { kind: "HEIC" });
        }
    }
    match KNOWN.iter().find(|(from, mark, _)| at(*from, mark)) {
        Some((_, _, kind)) => Err(PhotoRefusal::UnsupportedKind { kind }),
        None => Err(PhotoRefusal::NotAPhoto),
    }
}

/// Refuses a file that stops before its format says it ends. Bytes after the end are let be:
/// phones put previews and films there, and re-encoding leaves them behind.
pub fn whole(kind: Kind, bytes: &[u8]) -> Result<(), PhotoRefusal> {
    let ends = match kind {
        Kind::Jpeg => jpeg_end(bytes),
        Kind::Png => png_end(bytes),
        Kind::WebP => webp_end(bytes),
        Kind::Avif => avif_end(bytes),
        Kind::Pdf => pdf_end(bytes),
    };
    ends.ok_or(PhotoRefusal::Truncated)
}

/// Walks the segments to the end-of-image marker. An embedded preview has one too, inside its own
/// segment, which is why the last two bytes alone would prove nothing.
fn jpeg_end(bytes: &[u8]) -> Option<()> {
    let mut at = 2;
    loop {
        // Between segments there may be fill bytes, and inside a scan there is coded data: both are
        // skipped up to the next byte pair that is a marker.
        let found = bytes.get(at..)?.windows(2).position(
            |pair| matches!(pair, [0xFF, mark] if !matches!(mark, 0x00 | 0xFF | 0xD0..=0xD7)),
        )?;
        at += found;
        match bytes.get(at + 1)? {
            0xD9 => return Some(()),
            0x01 | 0xD8 => at += 2,
            _ => {
                let length = u16::from_be_bytes(*bytes.get(at + 2..)?.first_chunk()?);
                at += 2 + usize::from(length.max(2));
            }
        }
    }
}

/// Walks the chunks to `IEND`.
fn png_end(bytes: &[u8]) -> Option<()> {
    let mut at = 8_usize;
    loop {
        let length = u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?);
        let name: &[u8; 4] = bytes.get(at + 4..)?.first_chunk()?;
        at = at.checked_add(12)?.checked_add(length as usize)?;
        if name == b"IEND" {
            return (at <= bytes.len()).then_some(());
        }
    }
}

/// The RIFF header says how long the rest is.
fn webp_end(bytes: &[u8]) -> Option<()> {
    let length = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?);
    (bytes.len() - 8 >= length as usize).then_some(())
}

/// Walks the top-level boxes; the last must not reach beyond the file, and there must be data.
fn avif_end(bytes: &[u8]) -> Option<()> {
    let mut at = 0_usize;
    let mut data = false;
    while at < bytes.len() {
        let short = u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?);
        let name: &[u8; 4] = bytes.get(at + 4..)?.first_chunk()?;
        data |= name == b"mdat";
        let length = match short {
            0 => bytes.len() - at,
            1 => usize::try_from(u64::from_be_bytes(*bytes.get(at + 8..)?.first_chunk()?)).ok()?,
            2..8 => return None,
            _ => short as usize,
        };
        at = at.checked_add(length.max(8))?;
    }
    (data && at == bytes.len()).then_some(())
}

/// The end mark stands within the last kilobyte (implementation note 18 of ISO 32000-1).
fn pdf_end(bytes: &[u8]) -> Option<()> {
    let tail = bytes.get(bytes.len().saturating_sub(1024)..)?;
    tail.windows(5).any(|word| word == b"%%EOF").then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_the_known_strangers_are_named() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        let avif = b"\0\0\0\x1Cftypmif1\0\0\0\0avifmif1miaf";
        let film = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2";
        let unsupported = |kind| Err(PhotoRefusal::UnsupportedKind { kind });
        for (bytes, expected) in [
            (&b"\xFF\xD8\xFF\xE0rest"[..], Ok(Kind::Jpeg)),
            (b"\x89PNG\r\n\x1A\nrest", Ok(Kind::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Ok(Kind::WebP)),
            (avif, Ok(Kind::Avif)),
            (b"%PDF-1.7\n", Ok(Kind::Pdf)),
            (heic, unsupported("HEIC")),
            (film, unsupported("MP4")),
            (b"GIF89a", unsupported("GIF")),
            (b"Dear city, the road is broken", Err(PhotoRefusal::NotAPhoto)),
            (b"", Err(PhotoRefusal::NotAPhoto)),
        ] {
            assert_eq!(sniff(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_document_without_its_end_is_half_a_document() {
        assert_eq!(whole(Kind::Pdf, b"%PDF-1.7\nstuff\n%%EOF\n"), Ok(()));
        assert_eq!(whole(Kind::Pdf, b"%PDF-1.7\nstuff"), Err(PhotoRefusal::Truncated));
    }
}
