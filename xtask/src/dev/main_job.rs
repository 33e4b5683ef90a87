//! The main job, over HTTP like any user: list recordings, submit one, follow it, print the transcript.

use super::api::Api;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a job may take here.
const PATIENCE: Duration = Duration::from_mins(10);

/// Runs the job once, on the longest recording; where it costs money, on the shortest.
pub(super) fn run(api: &Api, costs_money: bool, engine: Option<&str>) -> Result<()> {
    let engine = engine_of(api, engine)?;
    // RingCentral lists a day's calls where nothing is said, and a real account may have had none.
    let since = if costs_money { "&dateFrom=2020-01-01" } else { "" };
    let list = api.get(&format!("/v1/recordings?source=calls{since}"))?;
    let recordings = list["items"].as_array().context("the list of recordings has no items")?;
    print_recordings(recordings);
    let submittable = recordings.iter().filter(|recording| recording["submittable"] == true);
    let by_length = |a: &&Value, b: &&Value| seconds(a).total_cmp(&seconds(b));
    let chosen = if costs_money { submittable.min_by(by_length) } else { submittable.max_by(by_length) };
    let id = &chosen.context("there is no recording that can be submitted")?["id"];

    let started = Instant::now();
    // Not every engine knows who speaks.
    let fields = engine["tasks"]["speech-to-text"]["fields"].as_array();
    let diarizes = fields.is_some_and(|fields| fields.iter().any(|field| field == "enableSpeakerDiarization"));
    let input = if diarizes { json!({ "enableSpeakerDiarization": true }) } else { json!({}) };
    let media = json!({ "recordingId": id });
    let job = json!({ "task": "speech-to-text", "engine": engine["engine"], "media": media, "input": input });
    let job = api.post("/v1/jobs", &job)?;
    let id = job["id"].as_str().context("the job has no id")?.to_owned();
    println!("\njob {id} for recording {}, by {}", text(&job["media"]["recordingId"]), text(&job["engine"]));
    let job = follow(api, job, started)?;
    if job["status"] != "succeeded" {
        let error = &job["error"];
        bail!("the job {}: {}: {}", text(&job["status"]), text(&error["code"]), text(&error["message"]));
    }
    println!("\n{}", api.get_text(&format!("/v1/jobs/{id}/transcript.txt"))?.trim_end());
    Ok(())
}

/// The engine of that name as the Worker describes it, or the one that does the jobs that name none.
fn engine_of(api: &Api, name: Option<&str>) -> Result<Value> {
    let list = api.get("/v1/engines")?;
    let engines = list["items"].as_array().context("the list of engines has no items")?;
    let is_it = |engine: &&Value| name.map_or(engine["isDefault"] == true, |name| engine["engine"] == name);
    let names = || engines.iter().map(|engine| text(&engine["engine"])).collect::<Vec<_>>().join(", ");
    engines.iter().find(is_it).cloned().with_context(|| format!("there is no such engine; the Worker has: {}", names()))
}

/// Prints each change of the job's status until it has finished.
fn follow(api: &Api, mut job: Value, started: Instant) -> Result<Value> {
    let path = format!("/v1/jobs/{}?wait=1", text(&job["id"]));
    let mut seen = Value::Null;
    loop {
        if job["status"] != seen {
            seen = job["status"].clone();
            println!("{:6.1} s  {}", started.elapsed().as_secs_f32(), change(&job));
        }
        if ["succeeded", "failed", "expired"].contains(&seen.as_str().unwrap_or_default()) {
            return Ok(job);
        }
        if started.elapsed() > PATIENCE {
            bail!("the job is still {seen} after {} minutes", PATIENCE.as_secs() / 60);
        }
        job = api.get(&path)?;
    }
}

fn change(job: &Value) -> String {
    let status = text(&job["status"]);
    match job["via"].as_str() {
        Some("callback") => format!("{status} (via: callback: the engine's callback has arrived)"),
        Some(via) => format!("{status} (via: {via})"),
        None => status.into(),
    }
}

fn print_recordings(recordings: &[Value]) {
    println!("{} recordings:", recordings.len());
    let parties = |recording: &Value| format!("{} → {}", party(&recording["from"]), party(&recording["to"]));
    let width = recordings.iter().map(|recording| parties(recording).chars().count()).max().unwrap_or_default();
    for recording in recordings {
        let seconds = seconds(recording);
        let length = format!("{}:{:02}", (seconds / 60.0).floor(), seconds % 60.0);
        let started = text(&recording["startedAt"]);
        let direction = text(&recording["direction"]);
        let note = match recording["submittable"].as_bool() {
            Some(true) => "can be submitted",
            _ => recording["reason"].as_str().unwrap_or("cannot be submitted"),
        };
        println!("  {started}  {length:>6}  {direction:<9} {:<width$}  {note}", parties(recording));
    }
}

fn seconds(recording: &Value) -> f64 {
    recording["durationS"].as_f64().unwrap_or_default()
}

fn party(party: &Value) -> &str {
    party["name"].as_str().unwrap_or_else(|| text(&party["phoneNumber"]))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("–")
}
