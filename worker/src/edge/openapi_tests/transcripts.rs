//! The forms of a transcript, and the limits of its options.

use super::{document, keys, named, names};
use ringcentral_ai::transcript::{Format, Options};

#[test]
fn a_transcripts_forms_and_options_are_described_with_their_limits() {
    let document = document();
    let operation = document.operation("get_transcript");
    let content = keys(&operation["responses"]["200"]["content"]);
    for parameter in document.parameters(operation) {
        let (name, schema) = (parameter["name"].as_str().unwrap(), &parameter["schema"]);
        let with = |value: String| Options::default().with(&[(name.to_owned(), value)]);
        match (name, parameter["in"].as_str().unwrap()) {
            ("id", _) | (_, "header") => {}
            ("format", _) => {
                let formats = names(&schema["enum"]).into_iter().map(|name| Format::named(&name).unwrap().content_type());
                assert_eq!(named(formats.map(|kind| kind.split(';').next().unwrap())), content);
                assert_eq!(content.len(), 4);
            }
            _ if schema["type"] == "boolean" => assert!(with("true".into()).is_ok() && with("1".into()).is_err()),
            _ => {
                let [least, most] = ["minimum", "maximum"].map(|bound| schema[bound].as_i64().unwrap());
                assert!(with(least.to_string()).is_ok() && with(most.to_string()).is_ok(), "{name}");
                assert!(with((least - 1).to_string()).is_err() && with((most + 1).to_string()).is_err(), "{name}");
            }
        }
    }
    let names = document.parameters(operation).len();
    let told = Options::default().with(&[("surprise".into(), String::new())]).unwrap_err().to_string();
    let known = document.parameters(operation).iter().filter(|known| told.contains(known["name"].as_str().unwrap())).count();
    assert_eq!((names, known), (7, 4), "{told}"); // and id, format, X-Request-Id
}
