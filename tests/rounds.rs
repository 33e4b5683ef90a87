//! The core alone against the sandbox over real HTTP: each job on each source it fits, from the list to the transcript.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs)]

mod shape;
mod stage;
#[path = "stage/told.rs"]
mod told;

use base64ct::{Base64, Encoding};
use ringcentral_ai::call::Report;
use ringcentral_ai::engine::ringcentral::client::Client;
use ringcentral_ai::engine::ringcentral::delivery::{Envelope, Status, TypedResult};
use ringcentral_ai::engine::ringcentral::enrollments::CreateEnrollment;
use ringcentral_ai::engine::ringcentral::jobs::{JobStatus, SubmitJob, check_input, path_of, submission};
use ringcentral_ai::engine::ringcentral::media::Recording;
use ringcentral_ai::engine::{Input, Job, Media, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::json::Value;
use ringcentral_ai::transcript::{Format, Transcript};
use serde_json::{Value as Json, json};
use shape::assert_shape;
use stage::Stage;
use std::path::Path;
use told::Told;

const EVER: (&str, &str) = ("dateFrom", "2020-01-01");
/// The voice of the voicemail, enrolled.
const CALLER: &str = "caller_1";

/// What a job on media is asked with, beside its media.
fn fields(task: Task) -> Json {
    match task {
        Task::SpeechToText => json!({"enableSpeakerDiarization": true, "audioType": "CallCenter"}),
        Task::SpeakerDiarize => json!({"enableVoiceActivityDetection": true}),
        Task::SpeakerIdentify => json!({"speakerIds": [CALLER]}),
        _ => json!({"insights": ["All"]}),
    }
}

fn input(task: Task, fields: &Json) -> Input {
    check_input(task, &Value::parse(fields.to_string().as_bytes()).unwrap(), "input").unwrap()
}

async fn signed_in(stage: &Stage) -> Client {
    let client = stage.client("sandbox-client");
    let sample = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sandbox/media/voicemail.wav")).unwrap();
    let fields = json!({"speakerId": CALLER, "encoding": "Wav", "content": Base64::encode_string(&sample)}).to_string();
    let enrolled = CreateEnrollment::parse(&Value::parse(fields.as_bytes()).unwrap()).unwrap();
    assert!(stage.ask(&client, enrolled).await.unwrap().is_complete);
    stage.sent();
    client
}

/// Submits one job and reads what came of it: by callback and by status the same, byte for byte.
async fn round(stage: &Stage, client: &Client, task: Task, media: Option<Media>, fields: &Json) -> (Vec<u8>, TypedResult) {
    let webhook = stage.webhook(task.name());
    let job = Job { task, input: input(task, fields), media, relay: None, webhook, asked_ms: None };
    let accepted = stage.run(submission(client.clone(), job)).await.unwrap();
    let reports = stage.reports();
    let [.., Report::Sending] = &reports[..] else { panic!("{reports:?}") };
    let sent = reports.iter().filter(|report| matches!(report, Report::Sending)).count();
    assert_eq!(sent, 1, "written down once, before it was sent");
    let job_id = accepted.job_id.unwrap();
    finish(stage, client, task, &job_id).await
}

async fn finish(stage: &Stage, client: &Client, task: Task, job_id: &str) -> (Vec<u8>, TypedResult) {
    let running = stage.ask(client, JobStatus::new(job_id).unwrap()).await.unwrap();
    let running = Envelope::read(running.as_bytes()).unwrap();
    assert_eq!((running.status, running.job_id.as_deref(), running.completion_ms), (Status::InProgress, Some(job_id), None));
    let body = stage.callback(task.name()).await;
    let finished = stage.ask(client, JobStatus::new(job_id).unwrap()).await.unwrap();
    assert_eq!(finished.as_bytes(), body, "the job's status says what the callback said");
    let envelope = Envelope::read(&body).unwrap();
    assert_eq!((envelope.status, envelope.task(), envelope.job_id.as_deref()), (Status::Success, Some(task), Some(job_id)));
    assert!(envelope.completion_ms > envelope.creation_ms && envelope.expiration_ms > envelope.completion_ms);
    assert_shape(task.name(), &body);
    assert_shape("whole", &body);
    let outcome = TypedResult::read(&body, None).unwrap();
    (body, outcome)
}

/// Every job on media, on one source: `media` says where it is, `told` what is spoken there.
async fn every_job_on(stage: &Stage, client: &Client, media: impl Fn() -> Media, told: &Told, looks: &[&str]) {
    for task in Task::ALL.into_iter().filter(|task| task.has_media()) {
        let (body, outcome) = round(stage, client, task, Some(media()), &fields(task)).await;
        let sent = stage.sent();
        let submit = format!("POST {}", path_of(task));
        let before: Vec<&str> = sent.iter().map(String::as_str).take_while(|line| *line != submit).collect();
        assert_eq!(before.len(), looks.len(), "{before:?}");
        assert!(before.iter().zip(looks).all(|(line, start)| line.starts_with(start)), "{before:?}");
        check(task, &outcome, told);
        check_transcript(task, &body, told);
        stage.forget(task.name());
    }
}

fn near(found: Option<f64>, expected: f64) -> bool {
    found.is_some_and(|found| (found - expected).abs() < 0.31)
}

/// Holds a result against what is spoken.
fn check(task: Task, outcome: &TypedResult, told: &Told) {
    let speakers = told.speakers().len() as u64;
    match outcome {
        TypedResult::SpeechToText(speech) if task == Task::SpeechToText => {
            let text: Vec<String> = told.utterances.iter().map(told::Utterance::text).collect();
            assert_eq!(speech.transcript, text.join(" "));
            assert_eq!((speech.words.len(), speech.speaker_count), (told.word_count(), Some(speakers)));
            assert_eq!(speech.utterances.iter().map(|turn| &turn.text).collect::<Vec<_>>(), text.iter().collect::<Vec<_>>());
            let (first, word) = (&speech.words[0], &told.utterances[0].words[0]);
            assert_eq!((first.start, first.end, first.speaker_id.as_deref()), (Some(word.start), Some(word.end), Some("0")));
            assert!(speech.confidence.is_some_and(|confidence| (0.5..=1.0).contains(&confidence)));
            let (_, duration_s) = speech.other.iter().find(|(name, _)| name == "audio_duration").unwrap();
            assert!(duration_s.as_str().parse::<f64>().unwrap() > told.utterances.last().unwrap().end());
        }
        TypedResult::Diarization(turns) if task == Task::SpeakerDiarize => {
            assert_eq!((turns.speaker_count, turns.utterances.len()), (Some(speakers), told.utterances.len()));
            for (turn, told) in turns.utterances.iter().zip(&told.utterances) {
                assert_eq!(turn.speaker_id.as_deref(), Some(told.speaker_id.as_str()));
                assert!(near(turn.start, told.start()) && near(turn.end, told.end()), "{turn:?}");
            }
        }
        TypedResult::Identification(turns) if task == Task::SpeakerIdentify => {
            assert_eq!(turns.utterances.len(), told.utterances.len());
            let known: Vec<&str> = turns.utterances.iter().map(|turn| turn.speaker_id.as_deref().unwrap()).collect();
            assert!(known.iter().all(|id| [CALLER, "UserNotIdentified"].contains(id)), "{known:?}");
            assert!(turns.utterances.iter().zip(&told.utterances).all(|(turn, told)| near(turn.start, told.start())));
            let is_caller = told.utterances[0].words[0].text == "Hello," && speakers == 1;
            assert!(!is_caller || known.iter().all(|id| *id == CALLER), "{known:?}");
            // The customer of the support call speaks an octave lower.
            let is_support = told.utterances[0].words[0].text == "Thank";
            assert!(!is_support || known[1] == "UserNotIdentified", "{known:?}");
        }
        TypedResult::Interaction(interaction) if task == Task::AnalyzeInteraction => {
            let texts: Vec<&str> = interaction.utterance_insights.iter().map(|turn| turn.text.as_str()).collect();
            assert_eq!(texts, told.utterances.iter().map(told::Utterance::text).collect::<Vec<_>>());
            let of_speakers = interaction.speaker_insights.as_ref().unwrap();
            assert_eq!(of_speakers.speaker_count, Some(speakers));
            let names: Vec<&str> = of_speakers.insights.iter().map(|insight| insight.name.as_str()).collect();
            assert_eq!(names, ["TalkToListenRatio", "Pace", "QuestionsAsked"]);
            assert!(of_speakers.insights.iter().all(|insight| insight.values.len() as u64 == speakers));
            let names: Vec<&str> = interaction.conversational_insights.iter().map(|insight| insight.name.as_str()).collect();
            assert_eq!(names, ["KeyPhrases", "ExtractiveSummary", "Topics", "AbstractiveSummaryLong", "AbstractiveSummaryShort"]);
            let short = &interaction.conversational_insights[4].values;
            let short = short[0].read();
            assert!(texts.iter().any(|text| text.contains(short.get("value").text().unwrap())), "{short:?}");
        }
        other => panic!("{task:?} gave {other:?}"),
    }
}

/// A task with words has its transcript in every form, the others say that there is none.
fn check_transcript(task: Task, body: &[u8], told: &Told) {
    if matches!(task, Task::SpeakerDiarize | Task::SpeakerIdentify) {
        assert_eq!(Transcript::read(body), Err(Error::NoTranscript));
        return;
    }
    let transcript = Transcript::read(body).unwrap();
    let lines: Vec<String> = told.utterances.iter().map(|turn| format!("Speaker {}: {}", turn.speaker_id, turn.text())).collect();
    assert_eq!(transcript.write(Format::Text).trim_end().lines().collect::<Vec<_>>(), lines);
    let (srt, vtt) = (transcript.write(Format::Srt), transcript.write(Format::Vtt));
    let begun = told.utterances[0].start();
    assert!(srt.starts_with(&format!("1\n00:00:{begun:06.3} --> ").replace('.', ",")), "{}", &srt[..60]);
    assert!(vtt.starts_with("WEBVTT"));
    for word in told.utterances.iter().flat_map(|turn| &turn.words) {
        assert!(srt.contains(&word.text) && vtt.contains(&word.text), "{}", word.text);
    }
    let json: Json = serde_json::from_str(&transcript.write(Format::Json)).unwrap();
    let counted: usize = json["segments"].as_array().unwrap().iter().map(|one| one["words"].as_array().unwrap().len()).sum();
    assert_eq!(counted, told.word_count());
}

fn by_id(recording: &Recording) -> impl Fn() -> Media {
    assert!(recording.submittable, "{recording:?}");
    let id = recording.id.clone();
    move || media(&json!({ "recordingId": id }))
}

fn by_address(address: &str) -> impl Fn() -> Media {
    let address = json!({ "contentUri": address });
    move || media(&address)
}

fn media(named: &Json) -> Media {
    Media::parse(&Value::parse(named.to_string().as_bytes()).unwrap(), true).unwrap()
}

fn from_harbor_street(recordings: &[Recording]) -> &Recording {
    let is_it =
        |recording: &&Recording| recording.from.as_ref().is_some_and(|from| from.name.as_deref() == Some("HARBOR STREET"));
    recordings.iter().find(is_it).unwrap()
}

#[tokio::test]
async fn a_call_of_the_users_own() {
    let stage = Stage::new().await;
    let client = signed_in(&stage).await;
    let calls = stage.list(&client, &[EVER, ("perPage", "3")]).await.unwrap();
    let sent = stage.sent();
    assert!(sent.len() > 1 && sent.iter().all(|line| line.ends_with("/call-log")), "page after page: {sent:?}");
    let recording = from_harbor_street(&calls);
    assert_eq!((recording.source, recording.duration_s, recording.direction.as_deref()), ("calls", Some(83), Some("Inbound")));
    every_job_on(&stage, &client, by_id(recording), &Told::of("support-call"), &["GET /restapi/v1.0/account/~/recording/"]).await;
}

#[tokio::test]
async fn a_call_of_the_companys_by_its_address() {
    let stage = Stage::new().await;
    let client = signed_in(&stage).await;
    let calls = stage.list(&client, &[EVER, ("scope", "company"), ("phoneNumber", "+14155550130")]).await.unwrap();
    assert_eq!(stage.sent(), ["GET /restapi/v1.0/account/~/call-log"]);
    let recording = from_harbor_street(&calls);
    let looks = ["GET /restapi/v1.0/account/"];
    every_job_on(&stage, &client, by_address(&recording.content_uri), &Told::of("support-call"), &looks).await;
}

#[tokio::test]
async fn a_meeting_of_the_history() {
    let stage = Stage::new().await;
    let client = signed_in(&stage).await;
    let files = stage.list(&client, &[("source", "meetings"), EVER, ("perPage", "2"), ("text", "cafe")]).await.unwrap();
    stage.sent();
    let first = files.iter().min_by_key(|file| &file.started_at).unwrap();
    assert_eq!((first.content_type.as_deref(), first.duration_s), (Some("video/mp4"), Some(50)));
    let looks = ["GET /rcvideo/v1/history/meetings/"];
    every_job_on(&stage, &client, by_id(first), &Told::of("planning-1"), &looks).await;
}

#[tokio::test]
async fn a_row_of_the_meetings_recordings() {
    let stage = Stage::new().await;
    let client = signed_in(&stage).await;
    for scope in ["user", "company"] {
        let rows = stage
            .list(&client, &[("source", "meetings"), ("scope", scope), ("list", "recordings"), ("perPage", "1"), EVER])
            .await
            .unwrap();
        let path =
            if scope == "user" { "/rcvideo/v1/account/~/extension/~/recordings" } else { "/rcvideo/v1/account/~/recordings" };
        let sent = stage.sent();
        assert!(sent.len() >= 2 && sent.iter().all(|line| *line == format!("GET {path}")), "{sent:?}");
        let second = rows.iter().find(|row| row.duration_s == Some(26)).unwrap();
        assert!(second.id.starts_with("meeting-") && second.id.ends_with("-only"));
        let looks = ["GET /rcvideo/v1/recordings/"];
        every_job_on(&stage, &client, by_address(&second.content_uri), &Told::of("planning-2"), &looks).await;
    }
}

#[tokio::test]
async fn the_only_recording_of_a_meeting_by_its_row() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rounds");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(format!("{}/planning-2.mp4", stage::MEDIA), folder.join("solo.mp4")).unwrap();
    let stage = Stage::with_media(Some(folder)).await;
    let client = signed_in(&stage).await;
    let rows = stage.list(&client, &[("source", "meetings"), ("scope", "company")]).await.unwrap();
    stage.sent();
    let is_alone = |row: &&Recording| rows.iter().filter(|other| other.id == row.id).count() == 1;
    let row = rows.iter().find(is_alone).unwrap();
    let looks = ["GET /rcvideo/v1/history/meetings/"];
    every_job_on(&stage, &client, by_id(row), &Told::of("planning-2"), &looks).await;
}

#[tokio::test]
async fn a_voicemail() {
    let stage = Stage::new().await;
    let client = signed_in(&stage).await;
    let messages = stage.list(&client, &[("source", "voicemail"), EVER]).await.unwrap();
    stage.sent();
    let [message] = &messages[..] else { panic!("{messages:?}") };
    assert_eq!((message.duration_s, message.from.as_ref().unwrap().name.as_deref()), (Some(36), Some("RIVERSIDE DENTAL")));
    let looks = ["GET /restapi/v1.0/account/~/extension/~/message-store/"];
    every_job_on(&stage, &client, by_id(message), &Told::of("voicemail"), &looks).await;
}

#[tokio::test]
async fn media_on_a_host_of_our_own() {
    let stage = Stage::new().await;
    let client = signed_in(&stage).await;
    let (address, told) = (format!("{}/media/voicemail.wav?sig=1", stage.own), Told::of("voicemail"));
    for task in Task::ALL.into_iter().filter(|task| task.has_media()) {
        // With RingCentral's own fields, as the package's methods take them.
        let mut fields = fields(task);
        fields["contentUri"] = json!(address);
        fields["webhook"] = json!(stage.webhook(task.name()).expose());
        fields["encoding"] = json!("Wav");
        let job = SubmitJob::parse(&stage.site(), task.name(), Value::parse(fields.to_string().as_bytes()).unwrap()).unwrap();
        let accepted = stage.ask(&client, job).await.unwrap();
        assert_eq!(stage.sent(), [format!("POST {}", path_of(task))], "a stranger's media is not looked at with our token");
        let (body, outcome) = finish(&stage, &client, task, accepted.job_id.as_deref().unwrap()).await;
        stage.sent();
        check(task, &outcome, &told);
        check_transcript(task, &body, &told);
    }
}

#[tokio::test]
async fn text() {
    let stage = Stage::new().await;
    let client = stage.client("sandbox-client");
    let (body, outcome) =
        round(&stage, &client, Task::Punctuate, None, &json!({"texts": ["are you there", "yes im here"]})).await;
    let TypedResult::Punctuation(punctuation) = outcome else { panic!("{outcome:?}") };
    assert_eq!(punctuation.texts, ["Are you there?", "Yes I'm here."]);
    assert_eq!(Transcript::read(&body), Err(Error::NoTranscript));

    let said = json!([
        {"speakerId": "a", "start": 0.5, "end": 4.0, "text": "Hello. The grinder arrived with a broken grinder lid."},
        {"speakerId": "b", "start": 4.2, "end": 9.0, "text": "We will send a new grinder lid on Friday morning. Is that fine?"},
    ]);
    let fields = json!({"summaryType": "All", "utterances": said});
    let (body, outcome) = round(&stage, &client, Task::Summarize, None, &fields).await;
    let TypedResult::Summary(summary) = outcome else { panic!("{outcome:?}") };
    let names: Vec<&str> = summary.summaries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["Extractive", "AbstractiveLong", "AbstractiveShort"]);
    let short = &summary.summaries[2].values[0];
    assert_eq!(short.value, "The grinder arrived with a broken grinder lid.");
    assert_eq!((short.start, short.end, short.speaker_id.as_deref()), (Some(0.5), Some(4.0), Some("a")));
    assert_eq!(Transcript::read(&body), Err(Error::NoTranscript));
    // Nothing but the jobs and the questions after them.
    assert_eq!(stage.sent().iter().filter(|line| !line.contains("/ai/")).count(), 0);
}
