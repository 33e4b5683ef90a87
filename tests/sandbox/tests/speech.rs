//! Where somebody speaks, measured: in speech whose times are known, and in the shipped recordings against their words.

mod stage;

use std::fs;

use audio::{Listen, Sound, Span, hear};
use serde_json::{Value, json};
use stage::{ANALYZE, SPEECH_TO_TEXT, Stage, file_server, quick};

/// When speech was put into the two channels of `formats/speech.mp3` (synthesised sentences, 8 kHz, hiss at -62 dB).
/// Left: a keypad's tones from 3.2 to 4.7 s and a tone of 1 kHz from 7.5 to 9.5 s as well. Right: ringing from 0.5 to
/// 2.5 s and chords from 12.0 to 14.5 s.
const SPEECH: [&[(f64, f64)]; 2] = [&[(1.0, 2.639), (5.2, 6.481), (10.5, 13.46)], &[(3.0, 3.495), (7.0, 9.05)]];

fn file(path: &str) -> Vec<u8> {
    fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn heard(path: &str) -> Sound {
    hear(file(path).into(), Listen::ForSpeech).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn check(spans: &[Span], speech: &[(f64, f64)]) {
    assert_eq!(spans.len(), speech.len(), "{spans:?}");
    for (span, (start, end)) in spans.iter().zip(speech) {
        assert!((span.start - start).abs() <= 0.3 && (span.end - end).abs() <= 0.3, "{span:?} is not {start} to {end}");
    }
    let said: f64 = speech.iter().map(|(start, end)| end - start).sum();
    let measured: f64 = spans.iter().map(|span| span.end - span.start).sum();
    assert!((measured / said - 1.0).abs() <= 0.05, "{measured} s were measured, {said} s said");
}

#[test]
fn speech_between_tones_is_measured_in_each_channel() {
    let sound = heard("tests/formats/speech.mp3");
    assert_eq!(sound.channels.len(), 2);
    for (channel, speech) in sound.channels.iter().zip(SPEECH) {
        check(&channel.speech, speech);
        // The 0.14 s that an MP3 of 8 kHz begins with before the recording are not in the times.
        assert!(channel.speech.iter().zip(speech).all(|(span, (start, _))| (span.start - start).abs() < 0.1));
    }
}

#[tokio::test]
async fn a_job_on_unknown_audio_tells_where_speech_is() {
    let stage = Stage::new(quick()).await;
    let uri = file_server(&file("tests/formats/speech.mp3")).await;
    let response = &stage.run(SPEECH_TO_TEXT, &uri, &json!({})).await["response"];
    let told = response["sandbox"]["speech"].as_array().unwrap();
    for (channel, speech) in SPEECH.iter().enumerate() {
        let spans = told.iter().filter(|span| span["channel"] == channel);
        let time = |span: &Value, name: &str| span[name].as_f64().unwrap();
        let spans: Vec<Span> = spans.map(|span| Span { start: time(span, "start"), end: time(span, "end") }).collect();
        check(&spans, speech);
    }
    let insights = &stage.run(ANALYZE, &uri, &json!({"insights": ["TalkToListenRatio"]})).await["response"];
    let ratio = &insights["speakerInsights"]["insights"][0]["values"][0]["value"];
    assert!(["69:31", "70:30", "71:29"].map(Value::from).contains(ratio), "{ratio}");
}

#[test]
fn every_word_of_every_shipped_recording_lies_where_somebody_speaks() {
    const NEAR_S: f64 = 0.15;
    for (name, ending) in [
        ("planning-1", "mp4"),
        ("planning-2", "mp4"),
        ("silence", "mp3"),
        ("stocktaking", "mp3"),
        ("support-call", "mp3"),
        ("voicemail", "wav"),
    ] {
        let sound = heard(&format!("media/{name}.{ending}"));
        let known: Value = serde_json::from_slice(&file(&format!("media/{name}.words.json"))).unwrap();
        let mut off = Vec::new();
        let mut last = vec![0.0; sound.channels.len()];
        for turn in known["utterances"].as_array().unwrap() {
            let channel = turn["speakerId"].as_str().unwrap().parse().ok().filter(|channel| *channel < last.len()).unwrap_or(0);
            let spoken = &sound.channels[if last.len() == 1 { 0 } else { channel }].speech;
            for word in turn["words"].as_array().unwrap() {
                let (start, end) = (word["start"].as_f64().unwrap(), word["end"].as_f64().unwrap());
                let inside = |span: &Span| start >= span.start - NEAR_S && end <= span.end + NEAR_S;
                if start < last[channel] || end <= start || end > sound.duration_s || !spoken.iter().any(inside) {
                    off.push(word.to_string());
                }
                last[channel] = end;
            }
        }
        assert!(off.is_empty(), "{name}: {} words are off: {off:?}\n{:?}", off.len(), sound.channels[0].speech);
        assert_eq!(known["utterances"] == json!([]), sound.channels.iter().all(|channel| channel.speech.is_empty()), "{name}");
    }
}
