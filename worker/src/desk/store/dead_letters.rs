//! The table of dead letters: deliveries that were of no use, whose bytes lie in KV.

use super::columns::Columns;
use super::{Store, Value, number, sql};
use worker::Result;

/// A delivery that was of no use.
#[derive(Debug)]
pub(crate) struct Letter {
    /// Its id: a later one is greater.
    pub(crate) id: String,
    /// The job that it was delivered for.
    pub(crate) job_id: String,
    /// The attempt that it was delivered to.
    pub(crate) attempt: u32,
    /// When it came first, milliseconds since 1970.
    pub(crate) at_ms: u64,
    /// What is wrong with it: the name of its fate.
    pub(crate) outcome: String,
    /// The same as a sentence.
    pub(crate) reason: String,
    /// The key of its bytes.
    pub(crate) key: String,
    /// How many they are, where the Desk has seen them.
    pub(crate) bytes: Option<u64>,
    /// When KV lets them go, milliseconds since 1970.
    pub(crate) until_ms: u64,
}

impl Store {
    /// Writes a letter down. One whose bytes came before stays as it is, and is kept for longer.
    pub(crate) fn put_letter(&self, letter: &Letter) -> Result<()> {
        let Letter { id, job_id, attempt, at_ms, outcome, reason, key, bytes, until_ms } = letter;
        let mut values: Vec<Value> = vec![id.as_str().into(), job_id.as_str().into(), number((*attempt).into()), number(*at_ms)];
        values.extend([outcome, reason, key].map(|text| Value::from(text.as_str())));
        values.extend([bytes.map_or(Value::Null, number), number(*until_ms)]);
        // Its bytes come again under a key that KV may still have to let go of.
        self.drop_deletion(key)?;
        self.write(&sql::put_letter(), values)
    }

    /// So many letters at most, the newest first, behind the one of that id.
    pub(crate) fn letters(&self, before: Option<&str>, limit: usize, now_ms: u64) -> Result<Vec<Letter>> {
        self.write(sql::FORGET_OLD_LETTERS, vec![number(now_ms)])?;
        let values = before.map(Value::from).into_iter().chain([number(limit as u64)]);
        let rows = self.read(&sql::read_letters(before.is_some()), values.collect())?;
        rows.into_iter().map(|mut row| letter(&mut row)).collect()
    }

    /// The letter of that id.
    pub(crate) fn letter(&self, id: &str) -> Result<Option<Letter>> {
        self.first(&sql::read_letter(), vec![id.into()])?.map(|mut row| letter(&mut row)).transpose()
    }

    /// Forgets the letter whose bytes lie under that key, if there is one.
    pub(crate) fn drop_letter(&self, key: &str) -> Result<()> {
        self.write(sql::DROP_LETTER, vec![key.into()])
    }
}

fn letter(row: &mut Columns) -> Result<Letter> {
    Ok(Letter {
        id: row.text()?,
        job_id: row.text()?,
        attempt: row.count()?,
        at_ms: row.number()?,
        outcome: row.text()?,
        reason: row.text()?,
        key: row.text()?,
        bytes: row.optional_number()?,
        until_ms: row.number()?,
    })
}
