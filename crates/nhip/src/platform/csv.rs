//! CSV files that spreadsheets read as they are meant: UTF-8 with the mark by which they know it. Without it `Ủy ban` opens
//! in the letters of another country. Readers of CSV skip the mark, ours too.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The file, begun.
pub fn begun(mut file: File) -> io::Result<BufWriter<File>> {
    file.write_all(BYTE_ORDER_MARK)?;
    Ok(BufWriter::new(file))
}
