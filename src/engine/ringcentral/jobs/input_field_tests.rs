//! Each field of each task: RingCentral's documents read a second time, and every rule against values made from it.

use super::super::*;
use super::{parse, refused};
use crate::engine::rule_tests::{every_double, every_wrong, whole};
use serde_json::{Value as Json, json};

/// The least that a task is asked with.
fn least(task: Task) -> Json {
    match task {
        Task::SpeakerIdentify => json!({"speakerIds": ["a"]}),
        Task::Punctuate => json!({"texts": ["a"]}),
        Task::Summarize => json!({"utterances": [{"text": "a"}]}),
        _ => json!({}),
    }
}

fn with(task: Task, name: &str, value: &Json) -> Json {
    let mut fields = least(task);
    fields[name] = value.clone();
    fields
}

fn many(count: usize, of: &Json) -> Json {
    Json::Array(vec![of.clone(); count])
}

/// Values that a field takes, and values that it does not.
fn values(name: &str) -> (Vec<Json>, Vec<Json>) {
    let long = "a".repeat(1_001);
    let texts_wrong = vec![json!("a"), json!([1]), json!([["a"]]), json!({"0": "a"}), json!(null)];
    match name {
        "encoding" => {
            (vec![json!("Mpeg"), json!("Ogg")], vec![json!("MP3"), json!("mpeg"), json!(1), json!(null), json!(["Wav"])])
        }
        "languageCode" | "source" => (vec![json!("en-US")], vec![json!(""), json!(" "), json!(7), json!(["x"]), json!(long)]),
        "audioType" => (vec![json!("Voicemail"), json!("CallCenter")], vec![json!("Voice"), json!(true), json!(["Meeting"])]),
        "speakerCount" => {
            (vec![json!(-1), json!(1), json!(6)], vec![json!(0), json!(-2), json!(1.5), json!("2"), json!(1_001), json!(null)])
        }
        "speakerIds" => (
            vec![json!(["a"]), many(1_000, &json!("a"))],
            [texts_wrong, vec![json!([""]), json!([null]), many(1_001, &json!("a"))]].concat(),
        ),
        "speechContexts" => {
            let phrases = |count| json!([{ "phrases": many(count, &json!("a")) }]);
            let other = vec![json!([{"phrases": ["a"], "boost": 1}]), json!([{}]), json!({"phrases": ["a"]}), json!([["a"]])];
            (vec![phrases(1), phrases(50), json!([])], [other, vec![phrases(0), phrases(51), json!([{"phrases": [1]}])]].concat())
        }
        "insights" => (
            vec![json!(["All"]), json!(["Emotion", "Energy", "Topics"])],
            vec![json!([]), json!("All"), json!(["Everything"]), json!(["All", 1]), json!(null)],
        ),
        "sampleRate" => (vec![json!(8_000)], vec![json!(0), json!(-8_000), json!("8000"), json!(0.5), json!(null)]),
        "texts" => (
            vec![json!(["a"]), json!([long, ""]), many(1_001, &json!("a"))],
            [texts_wrong, vec![json!([]), json!(["a", null])]].concat(),
        ),
        "summaryType" => (
            ["Extractive", "AbstractiveShort", "AbstractiveLong", "AbstractiveAll", "All"].map(|name| json!(name)).to_vec(),
            vec![json!("Short"), json!(["All"]), json!(1), json!(null)],
        ),
        "utterances" => {
            let one = |name: &str, value: Json| {
                let mut utterance = json!({"text": "a", "speakerId": "0", "start": 0, "end": 4.800_000_000_000_001});
                utterance[name] = value;
                json!([{"text": "before"}, utterance])
            };
            let shapes =
                vec![json!([]), json!("a"), json!({"text": "a"}), json!([{}]), json!(["a"]), json!([{"speakerId": "0"}])];
            let fields = vec![
                one("text", json!(1)),
                one("text", json!(null)),
                one("speakerId", json!(0)),
                one("start", json!(-1)),
                one("start", json!("0")),
                one("end", json!([1])),
                one("confidence", json!(0.9)),
            ];
            (vec![one("text", json!(long)), one("end", json!(1e3)), many(1_001, &json!({"text": ""}))], [shapes, fields].concat())
        }
        "separateSpeakerPerChannel"
        | "enableVoiceActivityDetection"
        | "enablePunctuation"
        | "enableSpeakerDiarization"
        | "enableWordTimings" => (vec![json!(true), json!(false)], vec![json!("true"), json!(1), json!(null), json!([true])]),
        _ => panic!("{name} has no values to try"),
    }
}

const AUDIO: [&str; 4] = ["encoding", "languageCode", "source", "audioType"];
const SPEAKERS: [&str; 4] = ["separateSpeakerPerChannel", "speakerCount", "speakerIds", "enableVoiceActivityDetection"];

/// The fields of a task, after RingCentral's documents.
fn fields(task: Task) -> Vec<&'static str> {
    let own: &[&str] = match task {
        Task::SpeechToText => &["enablePunctuation", "enableSpeakerDiarization", "speechContexts"],
        Task::SpeakerDiarize => &[],
        Task::SpeakerIdentify => return [&AUDIO[..], &["speakerIds", "enableVoiceActivityDetection"]].concat(),
        Task::AnalyzeInteraction => &["insights", "speechContexts", "sampleRate", "enableWordTimings"],
        Task::Punctuate => return vec!["texts"],
        Task::Summarize => return vec!["summaryType", "utterances"],
    };
    [&AUDIO, &SPEAKERS, own].concat()
}

#[test]
fn the_rules_have_the_fields_of_the_documents() {
    for task in Task::ALL {
        let mut ruled: Vec<&str> = rules(task).each().map(|rule| rule.name).collect();
        let mut documented = fields(task);
        ruled.sort_unstable();
        documented.sort_unstable();
        assert_eq!(ruled, documented, "{task:?}");
    }
}

#[test]
fn every_field_that_has_a_rule_is_refused_by_its_name_for_everything_but_what_the_rule_takes() {
    let mut tried = 0;
    for task in Task::ALL {
        let right = whole(&rules(task));
        let input = parse(task, &right, "input").unwrap();
        assert_eq!(serde_json::from_str::<Json>(&input.write()).unwrap(), right, "{task:?}: all of it is sent as it was given");
        for (name, fields) in every_wrong(&rules(task)) {
            let (field, reason) = refused(task, &fields);
            assert_eq!(field, ["input.", &name].concat(), "{task:?} {name}: {}", fields[&name]);
            assert!(!reason.is_empty() && !reason.contains("UklGRg"), "a value is not quoted: {reason}");
            tried += 1;
        }
        for (name, text) in every_double(&rules(task)) {
            let fields = Value::parse(text.as_bytes()).unwrap();
            assert_eq!(check_input(task, &fields, ""), Err(Error::invalid(name, "it stands there twice")), "{task:?}");
        }
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn each_field_of_each_task_takes_what_is_right_and_refuses_what_is_wrong_by_its_name() {
    for task in Task::ALL {
        for name in fields(task) {
            let (right, wrong) = values(name);
            for value in right {
                assert!(parse(task, &with(task, name, &value), "input").is_ok(), "{task:?} {name}: {value}");
            }
            for value in wrong {
                let (field, reason) = refused(task, &with(task, name, &value));
                assert_eq!(field, ["input.", name].concat(), "{task:?} {value}");
                assert!(!reason.is_empty());
            }
        }
    }
}

#[test]
fn a_field_of_another_task_is_refused_by_its_name() {
    let mut every: Vec<&str> = Task::ALL.iter().flat_map(|task| fields(*task)).collect();
    every.extend(["content", "channelCount", "jobId", "Encoding"]);
    for task in Task::ALL {
        for name in every.iter().filter(|name| !fields(task).contains(name)) {
            let (field, reason) = refused(task, &with(task, name, &json!(["a"])));
            assert_eq!((field, reason), (["input.", name].concat(), [task.name(), " has no such field"].concat()));
        }
        for name in ["contentUri", "webhook"] {
            assert_eq!(refused(task, &with(task, name, &json!("https://h/x"))).0, ["input.", name].concat());
        }
    }
}
