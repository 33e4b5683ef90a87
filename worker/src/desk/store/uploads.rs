//! The tables of uploads, and of what jobs hold until they end.

use super::{Store, Value, number, sql};
use crate::upload::Upload;
use worker::{Error, Result};

/// What a job's media needs until the job ends.
#[derive(Debug)]
pub(crate) enum Held {
    /// The media itself, sealed: an address with the headers that open it.
    Sealed(Vec<u8>),
    /// An upload, by its id.
    Upload(String),
}

impl Store {
    /// Writes an upload down, new or changed.
    pub(crate) fn put_upload(&self, upload: &Upload) -> Result<()> {
        self.has_held.set(Some(true));
        self.write(sql::PUT_UPLOAD, vec![upload.id.as_str().into(), upload.write().into(), number(upload.until_ms)])
    }

    /// The upload of that id.
    pub(crate) fn upload(&self, id: &str) -> Result<Option<Upload>> {
        self.first(sql::READ_UPLOAD, vec![id.into()])?.map(|mut row| parse(&row.text()?)).transpose()
    }

    /// The first upload whose time is over, and that no job holds.
    pub(crate) fn next_over(&self, now_ms: u64) -> Result<Option<Upload>> {
        if !self.has_held()? {
            return Ok(None);
        }
        self.first(&sql::next_over(), vec![number(now_ms)])?.map(|mut row| parse(&row.text()?)).transpose()
    }

    /// When the next one's time is over.
    pub(crate) fn next_over_ms(&self) -> Result<Option<u64>> {
        if self.has_held()? { self.time(&sql::next_over_ms(), Vec::new()) } else { Ok(None) }
    }

    /// Forgets an upload.
    pub(crate) fn drop_upload(&self, id: &str) -> Result<()> {
        self.write(sql::DROP_UPLOAD, vec![id.into()])
    }

    /// A job holds this until it ends.
    pub(crate) fn hold(&self, job_id: &str, held: Held) -> Result<()> {
        let (sealed, upload) = match held {
            Held::Sealed(sealed) => (Value::from(sealed), Value::Null),
            Held::Upload(id) => (Value::Null, id.into()),
        };
        self.has_held.set(Some(true));
        self.write(sql::HOLD, vec![job_id.into(), sealed, upload])
    }

    /// What a job holds.
    pub(crate) fn held(&self, job_id: &str) -> Result<Option<Held>> {
        if !self.has_held()? {
            return Ok(None);
        }
        let Some(mut row) = self.first(sql::READ_HELD, vec![job_id.into()])? else { return Ok(None) };
        let (sealed, upload) = (row.optional_bytes()?, row.optional_text()?);
        Ok(sealed.map(Held::Sealed).or(upload.map(Held::Upload)))
    }

    /// A job holds nothing any more; the upload that it held comes back.
    pub(crate) fn let_go(&self, job_id: &str) -> Result<Option<String>> {
        if !self.has_held()? {
            return Ok(None);
        }
        self.first(sql::LET_GO, vec![job_id.into()])?.map_or(Ok(None), |mut row| row.optional_text())
    }

    /// Whether there is anything to look for: looked up once.
    fn has_held(&self) -> Result<bool> {
        if let Some(known) = self.has_held.get() {
            return Ok(known);
        }
        let found = self.first(sql::HAS_HELD, Vec::new())?.is_some();
        self.has_held.set(Some(found));
        Ok(found)
    }

    /// Whether a job holds that upload.
    pub(crate) fn is_held(&self, upload_id: &str) -> Result<bool> {
        Ok(self.first(sql::IS_HELD, vec![upload_id.into()])?.is_some())
    }
}

fn parse(written: &str) -> Result<Upload> {
    Upload::parse(written).ok_or_else(|| Error::from("an upload's row is not one that this version writes"))
}
