//! A table as Parquet: typed columns, each of which may be empty, with what they mean in the file itself.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::table::{Cell, Column, Kind};

/// One file.
pub(super) struct Sheet {
    file: SerializedFileWriter<File>,
    columns: Vec<Values>,
}

/// The values of one column that wait to be written, and for each row whether it has one.
struct Values {
    has: Vec<i16>,
    data: Data,
}

enum Data {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Double(Vec<f64>),
    Single(Vec<f32>),
    Truth(Vec<bool>),
}

impl Sheet {
    /// Begins a file.
    pub(super) fn create(path: &Path, columns: &[Column]) -> io::Result<Self> {
        let begin = || -> Result<Self, ParquetError> {
            let fields = columns.iter().map(|column| Ok(Arc::new(field(column)?)));
            let fields = fields.collect::<Result<Vec<_>, ParquetError>>()?;
            let schema = Type::group_type_builder("fajian").with_fields(fields).build()?;
            // What each column means and in which unit, for readers that have only the file.
            let told = columns
                .iter()
                .map(|(name, _, meaning)| KeyValue::new(format!("column.{name}"), (*meaning).to_owned()));
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_created_by(concat!("fajian ", env!("CARGO_PKG_VERSION")).to_owned())
                .set_key_value_metadata(Some(told.collect()))
                .build();
            let file =
                SerializedFileWriter::new(File::create(path)?, Arc::new(schema), Arc::new(properties))?;
            let values = |(_, kind, _): &Column| Values { has: Vec::new(), data: Data::of(*kind) };
            Ok(Sheet { file, columns: columns.iter().map(values).collect() })
        };
        begin().map_err(io::Error::other)
    }

    /// Takes a row; it is written with the next group.
    pub(super) fn row<'a>(&mut self, cells: impl Iterator<Item = &'a Cell>) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.has.push(i16::from(column.data.push(cell)));
        }
    }

    /// Writes the rows that wait.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        if self.columns.first().is_none_or(|column| column.has.is_empty()) {
            return Ok(());
        }
        let mut write = || -> Result<(), ParquetError> {
            let mut group = self.file.next_row_group()?;
            for column in &mut self.columns {
                let Some(mut writer) = group.next_column()? else { break };
                column.write(&mut writer)?;
                writer.close()?;
            }
            group.close().map(drop)
        };
        write().map_err(io::Error::other)
    }

    /// Writes what waits and ends the file.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.flush()?;
        self.file.close().map(drop).map_err(io::Error::other)
    }
}

impl Values {
    fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        fn typed<T: DataType>(
            writer: &mut SerializedColumnWriter<'_>,
            values: &mut Vec<T::T>,
            has: &[i16],
        ) -> Result<(), ParquetError> {
            writer.typed::<T>().write_batch(values, Some(has), None)?;
            values.clear();
            Ok(())
        }
        match &mut self.data {
            Data::Text(values) => typed::<ByteArrayType>(writer, values, &self.has),
            Data::Whole(values) => typed::<Int64Type>(writer, values, &self.has),
            Data::Double(values) => typed::<DoubleType>(writer, values, &self.has),
            Data::Single(values) => typed::<FloatType>(writer, values, &self.has),
            Data::Truth(values) => typed::<BoolType>(writer, values, &self.has),
        }?;
        self.has.clear();
        Ok(())
    }
}

impl Data {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::String => Data::Text(Vec::new()),
            Kind::Integer => Data::Whole(Vec::new()),
            Kind::Number => Data::Double(Vec::new()),
            Kind::Share => Data::Single(Vec::new()),
            Kind::Boolean => Data::Truth(Vec::new()),
        }
    }

    /// True where the cell holds a value.
    fn push(&mut self, cell: &Cell) -> bool {
        match (self, cell) {
            (Data::Text(values), Cell::Text(text)) => values.push(ByteArray::from(text.as_str())),
            (Data::Whole(values), Cell::Whole(n)) => values.push(i64::try_from(*n).unwrap_or(i64::MAX)),
            // The nearest double, as in JSON: the decimal's own digits are read anew, not divided by its scale.
            (Data::Double(values), Cell::Decimal(number)) => {
                values.push(number.to_string().parse().unwrap_or(f64::NAN));
            }
            (Data::Single(values), Cell::Share(share)) => values.push(*share),
            (Data::Truth(values), Cell::Truth(truth)) => values.push(*truth),
            _ => return false,
        }
        true
    }
}

fn field((name, kind, _): &Column) -> Result<Type, ParquetError> {
    let physical = match kind {
        Kind::String => Physical::BYTE_ARRAY,
        Kind::Integer => Physical::INT64,
        Kind::Number => Physical::DOUBLE,
        Kind::Share => Physical::FLOAT,
        Kind::Boolean => Physical::BOOLEAN,
    };
    let text = (*kind == Kind::String).then_some(LogicalType::String);
    Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(text)
        .build()
}
