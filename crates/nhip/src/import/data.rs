//! Reads a table row by row, unpacking `.xz` on the way; never the whole of it.

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use liblzma::read::XzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub type Fields = StringRecord;

/// An open table.
pub struct Data {
    rows: csv::Reader<Box<dyn Read + Send>>,
    pub header: Fields,
    /// Bytes of the file read so far, and all of them: for the time left.
    pub read: Arc<AtomicU64>,
    pub total: u64,
}

impl Data {
    pub fn open(path: &Path) -> Result<Self, String> {
        let said = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let file = File::open(path).map_err(|e| said(&e))?;
        let total = file.metadata().map_err(|e| said(&e))?.len();
        let read = Arc::new(AtomicU64::new(0));
        let counted = BufReader::new(Counted { file, read: Arc::clone(&read) });
        let packed = path.extension().is_some_and(|extension| extension == "xz");
        let source: Box<dyn Read + Send> = if packed {
            Box::new(XzDecoder::new_multi_decoder(counted))
        } else {
            Box::new(counted)
        };
        let mut rows = ReaderBuilder::new().flexible(true).from_reader(source);
        let header = rows.headers().map_err(|e| said(&e))?.clone();
        Ok(Self { rows, header, read, total })
    }

    /// The next row into `row`: its line, or `None` at the end. An error ends the table.
    pub fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>, String> {
        match self.rows.read_byte_record(row) {
            Ok(true) => Ok(Some(row.position().map_or(0, csv::Position::line))),
            Ok(false) => Ok(None),
            Err(error) => Err(format!("the data cannot be read any further: {error}")),
        }
    }
}

/// Counts what is read from the disk.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
