//! A table written twice at once: as CSV for people and spreadsheets, as Parquet for programs.

use crate::platform::csv::begun;
use crate::platform::error::{Error, Result};
use jiff::Timestamp;
use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

/// Rows of a row group: so many are kept in memory.
const GROUP: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
    Real,
    /// An instant, UTC, with milliseconds.
    At,
    /// `yes` or `no`.
    Flag,
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    None,
    Text(String),
    Int(i64),
    Real(f64),
    At(Timestamp),
    Flag(bool),
}

impl Cell {
    pub fn text(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }

    pub fn maybe(value: Option<impl ToString>) -> Self {
        value.map_or(Self::None, Self::text)
    }

    pub fn at(value: Option<Timestamp>) -> Self {
        value.map_or(Self::None, Self::At)
    }

    /// As it stands in a CSV file.
    pub fn said(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.clone(),
            Self::Int(n) => n.to_string(),
            Self::Real(x) => x.to_string(),
            Self::At(at) => at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        }
    }

    /// The same where a spreadsheet may open it: words that it would run as a formula stand behind an apostrophe.
    fn in_sheet(&self) -> String {
        let said = self.said();
        let runs = said.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if runs && matches!(self, Self::Text(_)) { format!("'{said}") } else { said }
    }

    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::None => serde_json::Value::Null,
            Self::Int(n) => (*n).into(),
            Self::Real(x) => (*x).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Text(_) | Self::At(_) => self.said().into(),
        }
    }
}

/// A table in the making.
pub struct Table {
    columns: &'static [Column],
    csv: csv::Writer<BufWriter<File>>,
    parquet: SerializedFileWriter<File>,
    rows: Vec<Vec<Cell>>,
}

/// A file of the open data that could not be written.
pub fn not_written(cause: &(dyn std::error::Error + 'static)) -> Error {
    Error::not_written("write the open data", cause)
}

fn packed(error: ParquetError) -> Error {
    if let ParquetError::External(cause) = error {
        let cause: Box<dyn std::error::Error + 'static> = cause;
        return not_written(cause.as_ref());
    }
    not_written(&error)
}

fn schema(name: &str, columns: &[Column]) -> String {
    let column = |column: &Column| {
        let (kind, means) = match column.kind {
            Kind::Text => ("BYTE_ARRAY", " (UTF8)"),
            Kind::Int => ("INT64", ""),
            Kind::Real => ("DOUBLE", ""),
            Kind::At => ("INT64", " (TIMESTAMP(MILLIS,true))"),
            Kind::Flag => ("BOOLEAN", ""),
        };
        format!("OPTIONAL {kind} {}{means};", column.name)
    };
    let columns: Vec<String> = columns.iter().map(column).collect();
    format!("message {name} {{ {} }}", columns.join(" "))
}

impl Table {
    pub fn create(folder: &Path, name: &str, columns: &'static [Column]) -> Result<Self> {
        let file = |end: &str| {
            File::create(folder.join(format!("{name}.{end}"))).map_err(|e| not_written(&e))
        };
        let begun = begun(file("csv")?).map_err(|e| not_written(&e))?;
        let mut csv = csv::Writer::from_writer(begun);
        csv.write_record(columns.iter().map(|column| column.name)).map_err(|e| not_written(&e))?;
        let schema = Arc::new(parse_message_type(&schema(name, columns)).map_err(packed)?);
        let snappy = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let parquet = SerializedFileWriter::new(file("parquet")?, schema, Arc::new(snappy))
            .map_err(packed)?;
        Ok(Self { columns, csv, parquet, rows: Vec::new() })
    }

    /// Adds a row: a cell for each column.
    pub fn put(&mut self, row: Vec<Cell>) -> Result<()> {
        self.csv.write_record(row.iter().map(Cell::in_sheet)).map_err(|e| not_written(&e))?;
        self.rows.push(row);
        if self.rows.len() >= GROUP { self.flush() } else { Ok(()) }
    }

    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        self.csv.flush().map_err(|e| not_written(&e))?;
        self.parquet.finish().map_err(packed)?;
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        let mut group = self.parquet.next_row_group().map_err(packed)?;
        for n in 0..self.columns.len() {
            let Some(mut column) = group.next_column().map_err(packed)? else { break };
            let cells = || rows.iter().map(move |row| row.get(n).unwrap_or(&Cell::None));
            let there: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::None)).collect();
            write_column(column.untyped(), cells(), &there).map_err(packed)?;
            column.close().map_err(packed)?;
        }
        group.close().map_err(packed)?;
        Ok(())
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "a schema of ours has four kinds of columns")]
/// Writes the cells that are there; `there` says of each row whether it has one.
fn write_column<'c>(
    column: &mut ColumnWriter<'_>,
    cells: impl Iterator<Item = &'c Cell>,
    there: &[i16],
) -> Result<(), ParquetError> {
    use parquet::column::writer::get_typed_column_writer_mut as typed;
    let there = Some(there);
    match column {
        ColumnWriter::BoolColumnWriter(_) => {
            let values: Vec<bool> = cells
                .filter_map(|cell| if let Cell::Flag(flag) = cell { Some(*flag) } else { None })
                .collect();
            typed::<BoolType>(column).write_batch(&values, there, None)?;
        }
        ColumnWriter::Int64ColumnWriter(_) => {
            let value = |cell: &Cell| match cell {
                Cell::Int(n) => Some(*n),
                Cell::At(at) => Some(at.as_millisecond()),
                Cell::None | Cell::Text(_) | Cell::Real(_) | Cell::Flag(_) => None,
            };
            let values: Vec<i64> = cells.filter_map(value).collect();
            typed::<Int64Type>(column).write_batch(&values, there, None)?;
        }
        ColumnWriter::DoubleColumnWriter(_) => {
            let values: Vec<f64> = cells
                .filter_map(|cell| if let Cell::Real(x) = cell { Some(*x) } else { None })
                .collect();
            typed::<DoubleType>(column).write_batch(&values, there, None)?;
        }
        _ => {
            let values: Vec<ByteArray> = cells
                .filter(|cell| **cell != Cell::None)
                .map(|cell| ByteArray::from(cell.said().into_bytes()))
                .collect();
            typed::<ByteArrayType>(column).write_batch(&values, there, None)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_spreadsheet_would_run_are_harmless_and_numbers_stay_numbers() {
        for (cell, shown) in [
            (
                Cell::text("=HYPERLINK(\"https://evil.example\")"),
                "'=HYPERLINK(\"https://evil.example\")",
            ),
            (Cell::text("@SUM(A1)"), "'@SUM(A1)"),
            (Cell::text("+84"), "'+84"),
            (Cell::text("-1"), "'-1"),
            (Cell::text("\t=1"), "'\t=1"),
            (Cell::text("Tết 2026 = off"), "Tết 2026 = off"),
            (Cell::Int(-1), "-1"),
            (Cell::Real(-0.5), "-0.5"),
        ] {
            assert_eq!(cell.in_sheet(), shown);
        }
    }
}
