//! A row of the database, read column by column.

use ringcentral_ai::json::Value as Json;
use worker::{Error, Result, SqlStorageValue as Value};

/// The values of a row that have not been read yet.
pub(super) struct Columns(std::vec::IntoIter<Value>);

impl Columns {
    /// A row as the database gives it.
    pub(super) fn of(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    /// A row that the database gives as one JSON array.
    pub(super) fn of_json(text: &str) -> Result<Self> {
        let row = Json::parse(text.as_bytes()).ok_or_else(other)?;
        let values: Result<Vec<Value>> = row.entries().iter().map(plain).collect();
        values.map(Self::of)
    }

    /// A text.
    pub(super) fn text(&mut self) -> Result<String> {
        self.optional_text()?.ok_or_else(other)
    }

    /// A text, or nothing.
    pub(super) fn optional_text(&mut self) -> Result<Option<String>> {
        match self.0.next() {
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            _ => Err(other()),
        }
    }

    /// A whole number that is not negative.
    pub(super) fn number(&mut self) -> Result<u64> {
        self.optional_number()?.ok_or_else(other)
    }

    /// A whole number that is not negative, or nothing.
    pub(super) fn optional_number(&mut self) -> Result<Option<u64>> {
        match self.0.next() {
            Some(Value::Integer(number)) => u64::try_from(number).map(Some).map_err(|_| other()),
            Some(Value::Null) => Ok(None),
            _ => Err(other()),
        }
    }

    /// A count.
    pub(super) fn count(&mut self) -> Result<u32> {
        u32::try_from(self.number()?).map_err(|_| other())
    }

    /// Bytes, or nothing.
    pub(super) fn optional_bytes(&mut self) -> Result<Option<Vec<u8>>> {
        match self.0.next() {
            Some(Value::Blob(bytes)) => Ok(Some(bytes)),
            Some(Value::Null) => Ok(None),
            _ => Err(other()),
        }
    }
}

fn plain(value: &Json<'_>) -> Result<Value> {
    match value {
        Json::Text(text) => Ok(Value::String(text.to_string())),
        Json::Number(_) => value.integer().map(Value::Integer).ok_or_else(other),
        Json::Null => Ok(Value::Null),
        Json::Flag(_) | Json::List(_) | Json::Object(_) => Err(other()),
    }
}

/// What a value looks like that does not fit is not for the log.
fn other() -> Error {
    Error::from("a row is not what was asked for")
}
