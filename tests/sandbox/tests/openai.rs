//! The stand-in for OpenAI, over HTTP: transcriptions, the language model by rules, its odd relatives.

mod stage;

use std::time::{Duration, Instant};

use reqwest::{Method, Response};
use ringcentral_sandbox::Options;
use serde_json::{Value, json};
use stage::{Stage, known_words, quick, read, shipped};

/// A form with a file and fields, as a browser writes it.
fn form(name: &str, file: &[u8], fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let head = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: audio/mpeg\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(file);
    body.extend(b"\r\n--edge--\r\n");
    body
}

async fn upload(stage: &Stage, name: &str, file: &[u8], fields: &[(&str, &str)]) -> Response {
    let request =
        stage.http.post(format!("{}/openai/v1/audio/transcriptions", stage.base)).header("authorization", "Bearer sandbox-key");
    request.header("content-type", "multipart/form-data; boundary=edge").body(form(name, file, fields)).send().await.unwrap()
}

async fn transcribed(stage: &Stage, name: &str, fields: &[(&str, &str)]) -> Value {
    let (status, answer) = read(upload(stage, name, &shipped(name), fields).await).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn complete(stage: &Stage, body: &Value) -> (u16, Value) {
    let request =
        stage.http.post(format!("{}/openai/v1/chat/completions", stage.base)).header("authorization", "Bearer sandbox-key");
    read(request.body(body.to_string()).send().await.unwrap()).await
}

/// What a model says to a user's message, by a schema.
async fn filled(stage: &Stage, model: &str, text: &str, schema: &Value) -> Value {
    let format = json!({"type": "json_schema", "json_schema": {"name": "x", "schema": schema}});
    let messages = json!([{"role": "system", "content": "Answer in JSON."}, {"role": "user", "content": text}]);
    let (status, answer) =
        complete(stage, &json!({"model": model, "messages": messages, "temperature": 0, "response_format": format})).await;
    assert_eq!((status, &answer["choices"][0]["finish_reason"]), (200, &json!("stop")), "{answer}");
    serde_json::from_str(answer["choices"][0]["message"]["content"].as_str().unwrap()).unwrap()
}

/// The support call as one would show it to a model.
fn call() -> String {
    let known: Value = serde_json::from_slice(&shipped("support-call.words.json")).unwrap();
    let line = |(number, turn): (usize, &Value)| {
        let words: Vec<_> = turn["words"].as_array().unwrap().iter().map(|word| word["text"].as_str().unwrap()).collect();
        format!("[{number}] {}: {}", turn["speakerId"].as_str().unwrap(), words.join(" "))
    };
    known["utterances"].as_array().unwrap().iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_file_is_transcribed_in_the_format_that_is_asked_for() {
    let stage = Stage::new(quick()).await;
    let known = known_words("support-call");
    let text = known.iter().map(|word| word.1.as_str()).collect::<Vec<_>>().join(" ");
    let short =
        transcribed(&stage, "support-call.mp3", &[("model", "whisper-1"), ("language", "en"), ("prompt", "Coffee")]).await;
    assert_eq!(short, json!({"text": text, "usage": {"type": "duration", "seconds": 84}}));
    for (format, beginning) in [
        ("text", "Thank you for calling Brightwater Coffee, this is Dana. How"),
        ("srt", "1\n00:00:00,600 --> 00:00:03,680\nThank you for calling Brightwater Coffee, this is Dana.\n\n2\n"),
        ("vtt", "WEBVTT\n\n00:00:00.600 --> 00:00:03.680\nThank you"),
    ] {
        let response = upload(
            &stage,
            "support-call.mp3",
            &shipped("support-call.mp3"),
            &[("model", "whisper-1"), ("response_format", format)],
        )
        .await;
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
        assert!(response.text().await.unwrap().starts_with(beginning), "{format}");
    }
}

#[tokio::test]
async fn segments_and_words_come_when_asked_for_with_the_times_of_32_bit_floats() {
    let stage = Stage::new(quick()).await;
    let known = known_words("support-call");
    let verbose = [("model", "whisper-1"), ("response_format", "verbose_json")];
    let answer = transcribed(&stage, "support-call.mp3", &verbose).await;
    assert_eq!((&answer["language"], &answer["task"], &answer["words"]), (&json!("english"), &json!("transcribe"), &Value::Null));
    let segments = answer["segments"].as_array().unwrap();
    let said: String = segments.iter().map(|segment| segment["text"].as_str().unwrap()).collect();
    assert_eq!(said.trim_start(), answer["text"].as_str().unwrap());
    assert!(answer["duration"].as_f64().unwrap().fract().to_string().len() > 10, "{}", answer["duration"]);

    let mut fields = verbose.to_vec();
    fields.push(("timestamp_granularities[]", "word"));
    let answer = transcribed(&stage, "support-call.mp3", &fields).await;
    assert_eq!(answer["segments"], Value::Null);
    let words = answer["words"].as_array().unwrap();
    assert_eq!(words.len(), known.len());
    for (word, (_, text, start, _)) in words.iter().zip(&known) {
        assert_eq!(word["word"], text.trim_matches(|sign: char| !sign.is_alphanumeric()));
        assert!((word["start"].as_f64().unwrap() - start).abs() < 1e-5);
    }
    fields.push(("timestamp_granularities[]", "segment"));
    let both = transcribed(&stage, "support-call.mp3", &fields).await;
    assert!(both["segments"].is_array() && both["words"].is_array());
}

#[tokio::test]
async fn a_model_has_the_formats_that_it_has() {
    let stage = Stage::new(quick()).await;
    let (status, refused) = read(
        upload(
            &stage,
            "silence.mp3",
            &shipped("silence.mp3"),
            &[("model", "gpt-4o-transcribe"), ("response_format", "verbose_json")],
        )
        .await,
    )
    .await;
    assert_eq!((status, &refused["error"]["param"]), (400, &json!("response_format")));
    let diarize = [("model", "gpt-4o-transcribe-diarize"), ("response_format", "diarized_json")];
    let (status, refused) = read(upload(&stage, "silence.mp3", &shipped("silence.mp3"), &diarize).await).await;
    assert_eq!((status, &refused["error"]["param"]), (400, &json!("chunking_strategy")));
    let answer = transcribed(&stage, "support-call.mp3", &[diarize[0], diarize[1], ("chunking_strategy", "auto")]).await;
    let speakers: Vec<_> = answer["segments"].as_array().unwrap().iter().map(|one| one["speaker"].as_str().unwrap()).collect();
    assert_eq!((speakers.len(), &speakers[..3]), (16, &["A", "B", "A"][..]));
}

#[tokio::test]
async fn what_is_wrong_is_said_in_openais_words() {
    let stage = Stage::new(quick()).await;
    let silence = shipped("silence.mp3");
    let code = async |name: &str, file: &[u8], fields: &[(&str, &str)]| {
        let (status, answer) = read(upload(&stage, name, file, fields).await).await;
        (status, answer["error"]["code"].clone(), answer["error"]["message"].as_str().unwrap().to_owned())
    };
    let (status, found, _) = code("a.mp3", &silence, &[("model", "whisper-9")]).await;
    assert_eq!((status, found), (404, json!("model_not_found")));
    let (status, found, _) = code("a.mp3", &silence, &[("model", "whisper-1"), ("language", "en-US")]).await;
    assert_eq!((status, found), (400, json!("invalid_language_format")));
    for (name, file, fields, said) in [
        ("a.mp3", &silence[..], &[][..], "you must provide a model"),
        ("a.docx", &silence, &[("model", "whisper-1")], "Unrecognized file format"),
        ("a.mp3", b"no audio", &[("model", "whisper-1")], "could not be decoded"),
        ("a.mp3", &silence, &[("model", "whisper-1"), ("timestamp_granularities[]", "word")], "verbose_json"),
    ] {
        let (status, _, message) = code(name, file, fields).await;
        assert!(status == 400 && message.contains(said), "{message}");
    }
    let (status, found, message) = code("a.mp3", &vec![0; 26_214_400], &[("model", "whisper-1")]).await;
    assert_eq!((status, found), (413, Value::Null));
    assert!(message.starts_with("413: Maximum content size limit (26214400) exceeded (26214"), "{message}");

    let with_key = async |key: Option<&str>| {
        let request = stage.http.get(format!("{}/openai/v1/models", stage.base));
        let request = key.into_iter().fold(request, |request, key| request.header("authorization", key));
        let (status, answer) = read(request.send().await.unwrap()).await;
        (status, answer["error"]["code"].clone())
    };
    assert_eq!(with_key(None).await, (401, Value::Null));
    assert_eq!(with_key(Some("Bearer S3CRET")).await, (401, json!("invalid_api_key")));
    assert_eq!(with_key(Some("Bearer sandbox-nocredit")).await, (429, json!("insufficient_quota")));
    assert_eq!(with_key(Some("Bearer sandbox-key")).await.0, 200);
}

#[tokio::test]
async fn a_conversation_is_summed_up_by_what_stands_in_it() {
    let stage = Stage::new(quick()).await;
    let strings = json!({"type": "array", "items": {"type": "string"}});
    let schema = json!({"type": "object", "properties": {
        "short": {"type": "string"}, "long": {"type": "string"}, "topics": strings, "sentiment": {"enum": ["negative", "neutral", "positive"]},
        "keyPhrases": {"type": "array", "items": {"type": "object", "properties": {"value": {"type": "string"}, "quote": {"type": "string"}}, "required": ["value", "quote"]}},
        "questions": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string"}, "utterance": {"type": "integer"}, "speakerId": {"type": "string"}}}},
        "extractive": {"type": "array", "items": {"type": "integer"}},
    }});
    let (call, answer) = (call(), filled(&stage, "sandbox-chat", &call(), &schema).await);
    assert_eq!(answer, filled(&stage, "sandbox-chat", &call, &schema).await, "the same question has the same answer");
    assert!(
        answer["topics"].as_array().unwrap().contains(&json!("grinder")) && answer["short"].as_str().unwrap().contains("grinder")
    );
    assert!(answer["long"].as_str().unwrap().len() > answer["short"].as_str().unwrap().len());
    let phrases = answer["keyPhrases"].as_array().unwrap();
    for phrase in phrases {
        assert!(call.contains(phrase["quote"].as_str().unwrap()), "{phrase}");
        assert!(
            phrase["quote"].as_str().unwrap().to_lowercase().replace(',', "").contains(phrase["value"].as_str().unwrap()),
            "{phrase}"
        );
    }
    let questions = answer["questions"].as_array().unwrap();
    assert!(phrases.len() > 3 && questions.len() > 4);
    for question in questions {
        let line = format!("[{}] {}: ", question["utterance"], question["speakerId"].as_str().unwrap());
        let line = call.lines().find(|one| one.starts_with(&line)).unwrap();
        assert!(line.contains(question["text"].as_str().unwrap()) && question["text"].as_str().unwrap().ends_with('?'));
    }
    assert!(answer["extractive"].as_array().unwrap().iter().all(|number| number.as_u64().unwrap() < 16));
}

#[tokio::test]
async fn texts_are_punctuated_in_their_order_and_number() {
    let stage = Stage::new(quick()).await;
    let texts: Vec<String> = (0..20).map(|number| format!("so its shelf {number} right")).chain([String::new()]).collect();
    let message = format!("Punctuate these texts: {}", json!(texts));
    let schema =
        json!({"type": "object", "properties": {"texts": {"type": "array", "items": {"type": "string"}}}, "required": ["texts"]});
    let answer = filled(&stage, "sandbox-chat", &message, &schema).await;
    let expected: Vec<_> = (0..20).map(|number| format!("So its shelf {number} right?")).chain([String::new()]).collect();
    assert_eq!(answer["texts"], json!(expected));
    let items = json!({"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object",
        "properties": {"index": {"type": "integer"}, "text": {"type": "string"}}}}}});
    let numbered = "Add punctuation.\n[4] i dont know\n[9] well";
    let answer = filled(&stage, "sandbox-chat", numbered, &items).await;
    assert_eq!(answer["items"], json!([{"index": 4, "text": "I don't know."}, {"index": 9, "text": "Well."}]));
}

#[tokio::test]
async fn odd_models_lie_break_off_refuse_and_take_their_time() {
    let stage = Stage::new(Options { speed: 200.0, ..quick() }).await;
    let schema = json!({"type": "object", "properties": {"phrases": {"type": "array", "items": {"type": "object",
        "properties": {"phrase": {"type": "string"}, "quote": {"type": "string"}}}}}});
    let call = call();
    let lies = filled(&stage, "sandbox-liar", &call, &schema).await["phrases"].clone();
    let lies = lies.as_array().unwrap();
    assert!(!call.contains(lies[0]["phrase"].as_str().unwrap()) && !call.contains(lies[0]["quote"].as_str().unwrap()));
    assert!(call.contains(lies[1]["quote"].as_str().unwrap()), "it does not lie all the time");
    let texts = json!({"type": "object", "properties": {"texts": {"type": "array", "items": {"type": "string"}}}});
    let changed = filled(&stage, "sandbox-liar", "Punctuate: [\"so it goes\", \"well\"]", &texts).await;
    assert_eq!(changed["texts"], json!(["So it tomorrow.", "Well."]));

    let ask = async |model: &str| {
        let format = json!({"type": "json_schema", "json_schema": {"name": "x", "schema": schema}});
        let body = json!({"model": model, "messages": [{"role": "user", "content": call}], "response_format": format});
        complete(&stage, &body).await.1["choices"][0].clone()
    };
    let is_json =
        |choice: &Value| serde_json::from_str::<Value>(choice["message"]["content"].as_str().unwrap_or_default()).is_ok();
    assert!(is_json(&ask("sandbox-chat").await));
    let broken = ask("sandbox-broken").await;
    assert!(!is_json(&broken) && broken["finish_reason"] == "stop");
    let cut = ask("sandbox-cut").await;
    assert!(!is_json(&cut) && cut["finish_reason"] == "length");
    let refusing = ask("sandbox-refusing").await;
    assert!(refusing["message"]["content"].is_null() && refusing["message"]["refusal"].is_string());
    let begun = Instant::now();
    assert!(is_json(&ask("sandbox-slow").await) && begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_strict_schema_must_be_strict() {
    let stage = Stage::new(quick()).await;
    let ask = async |schema: Value| {
        let format = json!({"type": "json_schema", "json_schema": {"name": "insights", "strict": true, "schema": schema}});
        complete(
            &stage,
            &json!({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hi."}], "response_format": format}),
        )
        .await
    };
    let lax = json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]});
    let (status, refused) = ask(lax.clone()).await;
    assert!(
        status == 400
            && refused["error"]["message"].as_str().unwrap().starts_with("Invalid schema for response_format 'insights'")
    );
    let mut strict = lax;
    strict["additionalProperties"] = json!(false);
    assert_eq!(ask(strict).await.0, 200);
}

#[tokio::test]
async fn faults_meet_it_in_its_own_shape_and_transcriptions_are_listed_as_jobs() {
    let stage = Stage::new(Options { seed: Some(7), ..quick() }).await;
    let set = async |faults: Value| {
        let put = stage.request(Method::PUT, "/sandbox/faults").body(json!({ "faults": faults }).to_string());
        assert_eq!(read(put.send().await.unwrap()).await.0, 200);
    };
    let hello = json!({"model": "sandbox-chat", "messages": [{"role": "user", "content": "Hi."}]});
    set(json!([{"kind": "rate-limit", "chance": 1, "path": "/openai/v1/chat/"}])).await;
    let (status, refused) = complete(&stage, &hello).await;
    assert_eq!((status, &refused["error"]["code"]), (429, &json!("rate_limit_exceeded")));
    transcribed(&stage, "silence.mp3", &[("model", "whisper-1")]).await;
    set(json!([{"kind": "server-error", "chance": 1, "path": "/openai/", "status": [500], "taken": true}])).await;
    let mut kinds = Vec::new();
    for _ in 0..20 {
        let (status, refused) = complete(&stage, &hello).await;
        assert_eq!(status, 500);
        kinds.push(refused["error"]["type"].clone());
    }
    assert!(kinds.contains(&json!("server_error")) && kinds.contains(&Value::Null), "as JSON and as a page");
    upload(&stage, "silence.mp3", &shipped("silence.mp3"), &[("model", "whisper-1")]).await;
    let jobs = stage.get("/sandbox/jobs").await.1;
    let lost: Vec<_> = jobs.as_array().unwrap().iter().map(|job| (job["api"].clone(), job["answerLost"].clone())).collect();
    let api = json!("/openai/v1/audio/transcriptions");
    assert_eq!(lost, [(api.clone(), json!(false)), (api, json!(true))]);
}

#[tokio::test]
async fn whatever_schema_is_sent_is_satisfied() {
    let stage = Stage::new(quick()).await;
    let (call, silence) = (call(), String::new());
    let schemas = [
        json!({"type": "string", "minLength": 400}),
        json!({"type": "array", "items": {"type": "string", "maxLength": 9}, "minItems": 12, "maxItems": 12}),
        json!({"type": "object", "required": ["n", "m", "k", "j"], "properties": {"n": {"type": "integer", "minimum": 3, "maximum": 4},
            "m": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "k": {"type": "integer", "multipleOf": 5, "minimum": 7},
            "j": {"type": "integer", "exclusiveMaximum": 0}}}),
        json!({"enum": ["a", 7, null]}),
        json!({"const": {"x": [1]}}),
        json!({"type": ["null", "string"]}),
        json!({"anyOf": [{"type": "null"}, {"type": "object", "required": ["b"], "properties": {"b": {"type": "boolean"}}, "additionalProperties": false}]}),
        json!({"$defs": {"node": {"type": "object", "required": ["name", "inside"], "properties": {"name": {"type": "string"},
            "inside": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}}, "$ref": "#/$defs/node"}),
        json!({"$defs": {"link": {"type": "object", "required": ["next"], "properties": {"next": {"anyOf": [{"$ref": "#/$defs/link"}, {"type": "null"}]}}}},
            "type": "object", "required": ["link"], "properties": {"link": {"$ref": "#/$defs/link"}}}),
        json!({"allOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
            {"required": ["b"], "properties": {"b": {"type": "string", "minLength": 1}}}]}),
        json!({"properties": {"summary": {"properties": {"long": {"type": "string"}}, "required": ["long"]}}, "required": ["summary"]}),
        json!({}),
    ];
    for schema in &schemas {
        for (model, text) in
            [("sandbox-chat", &call), ("sandbox-liar", &call), ("sandbox-chat", &silence), ("sandbox-liar", &silence)]
        {
            let answer = filled(&stage, model, text, schema).await;
            assert!(satisfies(&answer, schema, schema), "{model}: {schema}\n{answer}");
        }
    }
    assert!(!satisfies(&json!("short"), &schemas[0], &schemas[0]) && !satisfies(&json!({"b": 1}), &schemas[6], &schemas[6]));
}

/// Whether a value satisfies a schema, as far as these tests use schemas.
fn satisfies(value: &Value, schema: &Value, root: &Value) -> bool {
    let fits = |schema: &Value| satisfies(value, schema, root);
    let number = |name: &str| schema[name].as_f64();
    let kind = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    let kinds = schema["type"].as_array().cloned().unwrap_or_else(|| schema.get("type").cloned().into_iter().collect());
    let within = |count: usize, least: &str, most: &str| {
        number(least).is_none_or(|least| count as f64 >= least) && number(most).is_none_or(|most| count as f64 <= most)
    };
    let of_object = |object: &serde_json::Map<String, Value>| {
        let required = schema["required"].as_array().into_iter().flatten();
        let properties = schema["properties"].as_object().cloned().unwrap_or_default();
        required.into_iter().all(|name| object.contains_key(name.as_str().unwrap()))
            && object.iter().all(|(name, value)| properties.get(name).is_none_or(|schema| satisfies(value, schema, root)))
            && (schema["additionalProperties"] != false || object.keys().all(|name| properties.contains_key(name)))
    };
    schema["$ref"].as_str().is_none_or(|place| fits(root.pointer(&place[1..]).unwrap()))
        && schema.get("const").is_none_or(|only| only == value)
        && schema["enum"].as_array().is_none_or(|options| options.contains(value))
        && schema["anyOf"].as_array().is_none_or(|options| options.iter().any(fits))
        && schema["allOf"].as_array().is_none_or(|parts| parts.iter().all(fits))
        && (kinds.is_empty() || kinds.iter().any(|name| kind(name.as_str().unwrap())))
        && value.as_str().is_none_or(|text| within(text.chars().count(), "minLength", "maxLength"))
        && value.as_array().is_none_or(|list| {
            within(list.len(), "minItems", "maxItems")
                && list.iter().all(|one| schema.get("items").is_none_or(|schema| satisfies(one, schema, root)))
        })
        && value.as_object().is_none_or(of_object)
        && value.as_f64().is_none_or(|value| {
            number("minimum").is_none_or(|least| value >= least)
                && number("maximum").is_none_or(|most| value <= most)
                && number("exclusiveMinimum").is_none_or(|least| value > least)
                && number("exclusiveMaximum").is_none_or(|most| value < most)
                && number("multipleOf").is_none_or(|step| (value / step).fract().abs() < 1e-9)
        })
}
