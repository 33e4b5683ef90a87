//! The Job as the API shows it, one shape everywhere.

use ringcentral_ai::engine::Missing;
use ringcentral_ai::error::ApiError;
use ringcentral_ai::json::{Object, Value, push_text};
use ringcentral_ai::lifecycle::{Fate, JobError, Noted, Record, Tries, Via};
use ringcentral_ai::time::{iso, unix_ms};
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// A job as it is shown, with what the edge has to know of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    /// UUID version 7.
    pub(crate) id: String,
    /// Whether nothing changes any more.
    pub(crate) is_finished: bool,
    /// The whole, JSON.
    json: String,
    /// Where in it a moment stands that moves with the present; an empty place where none does.
    moving: Range<usize>,
}

/// The API's name of a wait for a turn: until when is expected, and not known.
pub(crate) const TURN: &str = "turn";

/// What is shown of a job beside its record; nothing of it is secret.
#[derive(Debug, Default)]
pub(crate) struct Beside<'a> {
    /// The media, JSON.
    pub(crate) media: Option<&'a str>,
    /// The engine's request fields, JSON.
    pub(crate) input: Option<&'a str>,
    /// The job that it is once more.
    pub(crate) retry_of: Option<&'a str>,
    /// What its owners call it.
    pub(crate) label: Option<&'a str>,
    /// What they call its speakers, JSON.
    pub(crate) speakers: Option<&'a str>,
    /// How far its media was fetched, JSON.
    pub(crate) fetched: Option<&'a str>,
    /// What its result does not hold although it was asked for, JSON.
    pub(crate) missing: Option<&'a str>,
}

/// How far an engine has fetched a job's media through this Worker.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fetched {
    /// How often.
    pub(crate) times: u64,
    /// When the latest fetch began, milliseconds since 1970.
    pub(crate) at_ms: u64,
    /// How many bytes have gone through, in all fetches that came to their end.
    pub(crate) bytes: u64,
    /// How many bytes the whole has, where that is known.
    pub(crate) of: Option<u64>,
}

impl Fetched {
    /// As it is shown and stored, JSON.
    pub(crate) fn write(self) -> String {
        let object = Object::new().number("times", self.times).text("at", &iso(self.at_ms)).number("bytes", self.bytes);
        object.optional_number("of", self.of).write()
    }

    /// Reads it.
    pub(crate) fn parse(json: &str) -> Option<Self> {
        let fetched = Value::parse(json.as_bytes())?;
        let number = |name| fetched.get(name).whole();
        Some(Self {
            times: number("times")?,
            at_ms: unix_ms(fetched.get("at").text()?)?,
            bytes: number("bytes")?,
            of: number("of"),
        })
    }
}

impl Job {
    /// A record as it is shown: times are ISO 8601 in UTC. What only the edge knows is missing: the read token, and where the
    /// caller of a reserved job sends its result.
    pub(crate) fn of(record: &Record, beside: &Beside<'_>) -> Self {
        let mut job = Object::new().text("id", &record.id).text("task", &record.task).text("engine", &record.engine);
        job = job.text("status", record.state.name());
        job = job.optional_text("retryOf", beside.retry_of).optional_text("label", beside.label);
        job = job.optional_number("attempt", (record.attempt > 0).then_some(record.attempt.into()));
        if let Some(Tries { what, made, of }) = record.tries() {
            let tries = Object::new().text("for", what.name()).number("made", made.into()).number("of", of.into());
            job = job.json("tries", &tries.write());
        }
        // Who speaks in the house format is RingCentral.
        let engine_id = if record.terms.makes { "engineJobId" } else { "ringcentralJobId" };
        job = job.optional_text(engine_id, record.engine_job_id.as_deref());
        for (name, json) in [
            ("speakers", beside.speakers),
            ("media", beside.media),
            ("fetched", beside.fetched),
            ("input", beside.input),
            ("missing", beside.missing),
        ] {
            if let Some(json) = json {
                job = job.json(name, json);
            }
        }
        job = job.text("createdAt", &iso(record.created_ms));
        job = job.optional_text("submittedAt", record.submitted_ms.map(iso).as_deref());
        job = job.optional_text("completedAt", record.completed_ms.map(iso).as_deref());
        job = job.text("retainedUntil", &iso(record.retained_until_ms));
        job = job.optional_text("via", record.via.map(Via::name));
        if !record.deliveries.is_empty() {
            job = job.list("deliveries", record.deliveries.iter().map(|noted| noted_object(noted).write()));
        }
        if let Some(error) = &record.error {
            job = job.json("error", &error_json(error));
        }
        Self { id: record.id.clone(), is_finished: record.state.is_finished(), json: job.write(), moving: 0..0 }
    }

    /// The same with one more text.
    pub(crate) fn with(self, name: &str, text: &str) -> Self {
        let mut json = String::new();
        push_text(&mut json, text);
        self.with_json(name, &json)
    }

    /// The same with one more value, JSON.
    pub(crate) fn with_json(mut self, name: &str, json: &str) -> Self {
        self.json.pop();
        self.json.push(',');
        push_text(&mut self.json, name);
        self.json.extend([":", json, "}"]);
        self
    }

    /// The same with what it waits for; once at most.
    pub(crate) fn waiting(self, waiting: Waiting) -> Self {
        let mut job = self.with_json("waiting", &waiting.write());
        if let (TURN, Some(until_ms)) = (waiting.what, waiting.until_ms) {
            let end = job.json.len() - r#""}}"#.len(); // it is the last field of the last field
            job.moving = end - iso(until_ms).len()..end;
        }
        job
    }

    /// A number for how it looks: another one when anything that is shown has changed, but for when its turn is expected, which moves
    /// with the present.
    pub(crate) fn look(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.json.get(..self.moving.start), self.json.get(self.moving.end..)).hash(&mut hasher);
        hasher.finish()
    }

    /// The job, JSON.
    pub(crate) fn write(self) -> String {
        self.json
    }
}

/// What an unfinished job waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// The API's name of it.
    pub(crate) what: &'static str,
    /// Its place among those that wait for the same, from 1 on.
    pub(crate) place: Option<u32>,
    /// Until when, where that is known, milliseconds since 1970.
    pub(crate) until_ms: Option<u64>,
}

impl Waiting {
    /// The wait as it is shown, JSON.
    pub(crate) fn write(self) -> String {
        let object = Object::new().text("for", self.what).optional_number("place", self.place.map(u64::from));
        object.optional_text("until", self.until_ms.map(iso).as_deref()).write()
    }
}

/// Why a job failed, JSON, as it is shown and as it is stored.
pub(crate) fn error_json(error: &JobError) -> String {
    let json = Object::new().text("code", &error.code).text("message", &error.message);
    if error.ringcentral.is_empty() {
        return json.write();
    }
    json.list(said_by(&error.code), error.ringcentral.iter().map(ApiError::write)).write()
}

/// The field for a service's own words, by the code of the error.
fn said_by(code: &str) -> &'static str {
    if code.starts_with("engine_") { "engine" } else { "ringcentral" }
}

/// What is told of a job that ended without a result: its engine's words, else ours in their form.
pub(crate) fn said(error: Option<JobError>) -> Vec<ApiError> {
    match error {
        None => Vec::new(),
        Some(JobError { code, message, ringcentral }) if ringcentral.is_empty() => {
            vec![ApiError { error_code: code, message, parameter_name: None }]
        }
        Some(error) => error.ringcentral,
    }
}

/// Reads it.
pub(crate) fn parse_error(json: &str) -> Option<JobError> {
    let error = Value::parse(json.as_bytes())?;
    let code = error.text_of("code")?;
    let ringcentral = ApiError::list(error.get(said_by(&code)));
    Some(JobError { code, message: error.text_of("message")?, ringcentral })
}

/// What a result does not hold although it was asked for, JSON, as it is shown and as it is stored.
pub(crate) fn missing_json(missing: &[Missing]) -> String {
    let entries = missing.iter().map(|Missing { name, reason }| Object::new().text("name", name).text("reason", reason).write());
    ["[", &entries.collect::<Vec<_>>().join(","), "]"].concat()
}

fn noted_object(noted: &Noted) -> Object {
    let object = Object::new().text("at", &iso(noted.at_ms)).text("outcome", noted.fate.name());
    object.optional_text("reason", noted.reason.as_deref())
}

/// What was delivered for a job, JSON, as it is stored: as it is shown, and where the bytes of what is of no use lie.
pub(crate) fn deliveries_json(deliveries: &[Noted]) -> String {
    let entries = deliveries.iter().map(|noted| noted_object(noted).optional_text("deadKey", noted.dead_key.as_deref()).write());
    ["[", &entries.collect::<Vec<_>>().join(","), "]"].concat()
}

/// Reads it.
pub(crate) fn parse_deliveries(json: &str) -> Option<Vec<Noted>> {
    let noted = |entry: &Value<'_>| {
        let fate = Fate::named(entry.get("outcome").text()?)?;
        let at_ms = unix_ms(entry.get("at").text()?)?;
        Some(Noted { at_ms, fate, reason: entry.text_of("reason"), dead_key: entry.text_of("deadKey") })
    };
    Value::parse(json.as_bytes())?.entries().iter().map(noted).collect()
}

#[cfg(test)]
#[path = "job_tests.rs"]
pub(crate) mod tests;
