//! The table of jobs: each row is a job's record, and beside it what the job was asked with and what it is called.

use super::columns::Columns;
use super::row::{record, values};
use super::{Store, Value, number, sql};
use crate::file::File;
use ringcentral_ai::lifecycle::{Record, State};
use worker::Result;

/// What a job was asked with: it never changes, but that its input is completed, its address erased, and what it is called changed.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The media as it may be seen, JSON.
    pub(crate) media: Option<String>,
    /// The engine's request fields, JSON.
    pub(crate) input: Option<String>,
    /// The caller's own content URI, sealed for the job.
    pub(crate) sealed: Option<Vec<u8>>,
    /// The origin that the engine reaches this Worker at.
    pub(crate) public_url: String,
    /// The job that it is once more.
    pub(crate) retry_of: Option<String>,
    /// What its owners call it.
    pub(crate) label: Option<String>,
    /// What they call its speakers, JSON: names by the speakers' ids.
    pub(crate) speakers: Option<String>,
    /// How its engine is to reach its media, where it was said for this job.
    pub(crate) content_access: Option<String>,
    /// How far its engine has fetched its media through here, JSON.
    pub(crate) fetched: Option<String>,
    /// What its result does not hold although it was asked for, JSON.
    pub(crate) missing: Option<String>,
}

/// Which jobs are listed.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    /// Those made before the job of that id.
    pub(crate) before: Option<&'a str>,
    /// Those that stand so.
    pub(crate) state: Option<State>,
    /// Those of that task.
    pub(crate) task: Option<&'a str>,
}

impl Store {
    /// The record of a job.
    pub(crate) fn record(&self, id: &str) -> Result<Option<Record>> {
        if let Some(known) = self.latest.borrow().as_ref().filter(|known| known.id == id) {
            return Ok(Some(known.clone()));
        }
        let row = self.first(&sql::read_record(), vec![id.into()])?;
        let Some(found) = row.map(|mut row| record(&row.text()?)).transpose()? else { return Ok(None) };
        self.latest.replace(Some(found.clone()));
        Ok(Some(found))
    }

    /// Whether an engine's id is known as the one of another job than this.
    pub(crate) fn is_anothers(&self, engine_job_id: Option<&str>, id: &str) -> Result<bool> {
        let Some(engine_job_id) = engine_job_id else { return Ok(false) };
        Ok(self.first(sql::READ_OTHER, vec![engine_job_id.into(), id.into()])?.is_some())
    }

    /// The jobs, so many at most, that wait for what that engine calls so.
    pub(crate) fn waiting(&self, engine: &str, engine_job_id: &str, limit: usize) -> Result<Vec<String>> {
        let rows = self.read(sql::READ_WAITING, vec![engine_job_id.into(), engine.into(), number(limit as u64)])?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }

    /// What a job was asked with.
    pub(crate) fn asked(&self, id: &str) -> Result<Option<Asked>> {
        let row = self.first(&sql::read_asked(), vec![id.into()])?;
        row.map(|mut row| asked(&mut row)).transpose()
    }

    /// So many jobs at most, the newest first.
    pub(crate) fn page(&self, filter: &Filter<'_>, limit: usize) -> Result<Vec<(Record, Asked)>> {
        let Filter { before, state, task } = filter;
        let conditions = [
            before.map(|id| (sql::BEFORE, Value::from(id))),
            state.map(|state| (sql::OF_STATE, state.name().into())),
            task.map(|task| (sql::OF_TASK, task.into())),
        ];
        let (conditions, mut values): (Vec<_>, Vec<_>) = conditions.into_iter().flatten().unzip();
        values.push(number(limit as u64));
        let rows = self.read(&sql::read_page(&conditions), values)?;
        rows.into_iter().map(|mut row| Ok((record(&row.text()?)?, asked(&mut row)?))).collect()
    }

    /// Writes a new job down, with what it was asked with.
    pub(crate) fn add(&self, record: &Record, asked: Asked) -> Result<()> {
        let Asked { media, input, sealed, public_url, retry_of, label, speakers, content_access, fetched, missing } = asked;
        let mut values = values(record);
        values.extend([media.into(), input.into(), sealed.into(), Value::from(public_url)]);
        values.extend([retry_of, label, speakers, content_access, fetched, missing].map(Value::from));
        self.write(&sql::add_job(), values)?;
        self.latest.replace(Some(record.clone()));
        Ok(())
    }

    /// Writes down what has changed of a record; the address that its job was asked with may go with it.
    pub(crate) fn change(&self, before: &Record, after: &Record, erases_address: bool) -> Result<()> {
        if before == after && !erases_address {
            return Ok(());
        }
        let both = values(before).into_iter().zip(values(after));
        let changed = sql::record_columns().zip(both).filter(|(_, (old, new))| old != new).map(|(name, (_, new))| (name, new));
        let (columns, mut values): (Vec<_>, Vec<_>) =
            changed.chain(erases_address.then_some((sql::ADDRESS, Value::Null))).unzip();
        values.push(after.id.as_str().into());
        self.latest.take(); // of a row that could not be written nothing is known
        self.write(&sql::change_job(&columns), values)?;
        self.latest.replace(Some(after.clone()));
        Ok(())
    }

    /// Writes down where a job's media is, sealed.
    pub(crate) fn find_media(&self, id: &str, sealed: Vec<u8>) -> Result<()> {
        self.write(sql::FIND_MEDIA, vec![sealed.into(), id.into()])
    }

    /// What was written down there.
    pub(crate) fn found_media(&self, id: &str) -> Result<Option<Vec<u8>>> {
        self.first(sql::FOUND_MEDIA, vec![id.into()])?.map_or(Ok(None), |mut row| row.optional_bytes())
    }

    /// Notes how far a job's media was fetched, JSON.
    pub(crate) fn note_fetched(&self, id: &str, fetched: String) -> Result<()> {
        self.write(sql::NOTE_FETCHED, vec![fetched.into(), id.into()])
    }

    /// Notes what a job's result does not hold although it was asked for, JSON.
    pub(crate) fn note_missing(&self, id: &str, missing: Option<String>) -> Result<()> {
        self.write(sql::NOTE_MISSING, vec![missing.into(), id.into()])
    }

    /// Completes what a job was asked with by what was found out about its media.
    pub(crate) fn complete(&self, id: &str, input: String) -> Result<()> {
        self.write(sql::COMPLETE_INPUT, vec![input.into(), id.into()])
    }

    /// Has a job and its speakers called so.
    pub(crate) fn call(&self, id: &str, label: Option<String>, speakers: Option<String>) -> Result<()> {
        self.write(sql::CALL_JOB, vec![label.into(), speakers.into(), id.into()])
    }

    /// Notes what the bucket keeps of a job's media.
    pub(crate) fn keep_media(&self, id: &str, file: &File) -> Result<()> {
        self.write(sql::KEEP_MEDIA, vec![file.write().into(), id.into()])
    }

    /// What it keeps.
    pub(crate) fn kept_media(&self, id: &str) -> Result<Option<File>> {
        self.first(sql::KEPT_MEDIA, vec![id.into()])?.map_or(Ok(None), kept)
    }

    /// Removes a job; what the bucket kept of its media comes back.
    pub(crate) fn remove(&self, id: &str) -> Result<Option<File>> {
        self.latest.take();
        self.first(sql::REMOVE_JOB, vec![id.into()])?.map_or(Ok(None), kept)
    }
}

fn kept(mut row: Columns) -> Result<Option<File>> {
    Ok(row.optional_text()?.as_deref().and_then(File::parse))
}

fn asked(row: &mut Columns) -> Result<Asked> {
    Ok(Asked {
        media: row.optional_text()?,
        input: row.optional_text()?,
        sealed: row.optional_bytes()?,
        public_url: row.text()?,
        retry_of: row.optional_text()?,
        label: row.optional_text()?,
        speakers: row.optional_text()?,
        content_access: row.optional_text()?,
        fetched: row.optional_text()?,
        missing: row.optional_text()?,
    })
}
